import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ImportFailed } from '#connectors/tock/client.ts';
import { exitCodeOf } from '#connectors/tock/report.ts';
import { tinyCard, tinyTock, tock, tockFolder } from '../support/tock.ts';
import { tockTotals } from '../support/tockTotals.ts';
import { tockFolderOf, tockWorld } from '../support/tockWorld.ts';

// Each test starts all of Accord, and imports two or three times.
/** What an import leaves in the graph, without ids and times: equal states print equally. */
const stateOf = `query State {
  timesheets(first: 0) { totalCount }
  customers { nodes { name status timeSummary { entries hours billableHours approvedHours postedHours } workInProgress { amount { amount } } } }
  projects(first: 250) { nodes { name status billable timeSummary { entries hours } } }
  employees(first: 250) { nodes { name status hiredOn terminatedOn laborCategories { effectiveFrom laborCategory { code } } } }
  contracts(first: 250) { nodes { name status lines { method } } }
  timeEntries(first: 50, orderBy: { field: WORK_DATE, direction: ASC }) { totalCount }
  actuals(first: 0) { totalCount }
  operations { exceptions(first: 0) { totalCount } }
}`;

const headOf = '{ operations { log { newestPosition } } }';

describe('a small firm with all the dirt', () => {
  test('is there to the last hundredth of an hour, and a second run changes nothing', async () => {
    await using world = await tockWorld();
    await using folder = await tockFolderOf(tinyTock());
    const json = join(folder.path, 'figures.json');
    const report = await world.import(folder.path, { json });
    expect(report.figures).toEqual({
      timesheets: { read: 6, approved: 4, refused: 2 },
      lines: { read: 7, accepted: 5, refused: { VALIDATION_FAILED: 2 } },
      hoursAccepted: '87.42',
      // 10.05 h x 35.48 = 356.574, twice; 20 h x 41.55; 39.99 h x 41.55 = 1661.5845.
      costActuals: { count: 4, amount: '3205.72' },
      // 10.05 h x 69.50 = 698.475, twice; 39.99 h x 80.63 = 3224.3937.
      salesActuals: { count: 3, hours: '60.09', amount: '4621.35' },
      exceptions: { LABOR_CATEGORY_MISSING: { count: 1, hours: '7.33' } },
      customers: {
        'projects.agency:1': { entries: 1, hours: '20.00', amount: '0.00' },
        'projects.agency:2': { entries: 4, hours: '67.42', amount: '4621.35' },
      },
    });
    expect(report.figures).toEqual(await tockTotals(folder.path));
    expect(JSON.parse(await readFile(json, 'utf8'))).toEqual(report.figures);
    expect(report).toMatchObject({ changed: true, unexpected: [], discrepancies: [] });
    expect(exitCodeOf(report)).toBe(0);
    expect(report.refusals.map(({ source, mutation, code, guard }) => [source, mutation, code, guard]).sort()).toEqual([
      ['hours.timecard:4', 'submitTimesheets', 'GUARD_REFUSED', 'notEmpty'],
      ['hours.timecard:6', 'submitTimesheets', 'GUARD_REFUSED', 'notEmpty'],
      ['hours.timecardobject:4', 'recordTimeEntries', 'VALIDATION_FAILED', null],
      ['hours.timecardobject:6', 'recordTimeEntries', 'VALIDATION_FAILED', null],
    ]);
    expect(report.printed).toContain('Lines:      7 read = 5 accepted + 2 refused (2 VALIDATION_FAILED)');
    expect(report.progress).toContain('timesheets and lines 25 of 25\n');

    const [before, log] = [await world.ok(stateOf), await world.ok(headOf)];
    const second = await world.import(folder.path);
    expect(second.figures).toEqual(report.figures);
    expect(second.refusals.length).toBe(report.refusals.length);
    expect(second.changed).toBe(false);
    expect(second.printed).toContain('Nothing changed: Accord had all of it already');
    expect(await world.ok(stateOf)).toEqual(before);
    expect(await world.ok(headOf)).toEqual(log);
  });

  test('changes nothing either when the idempotency keys have long expired', async () => {
    await using world = await tockWorld();
    await using folder = await tockFolderOf(tinyTock());
    const first = await world.import(folder.path);
    await world.sql`delete from log.idempotency`;
    const [before, log] = [await world.ok(stateOf), await world.ok(headOf)];
    const second = await world.import(folder.path);
    expect(second).toMatchObject({ changed: false, figures: first.figures, unexpected: [], discrepancies: [] });
    expect(await world.ok(stateOf)).toEqual(before);
    expect(await world.ok(headOf)).toEqual(log);
  });

  test('two imports at once give one firm', async () => {
    await using world = await tockWorld();
    await using folder = await tockFolderOf(tinyTock());
    const reports = await Promise.all([world.import(folder.path), world.import(folder.path)]);
    for (const report of reports) expect(report.unexpected).toEqual([]);
    const third = await world.import(folder.path);
    expect(third).toMatchObject({ changed: false, figures: await tockTotals(folder.path) });
  });

  test('takes up a change of the source, and says that something changed', async () => {
    await using world = await tockWorld();
    await using folder = await tockFolderOf(tinyTock());
    await world.import(folder.path);
    const renamed = tinyTock().map((record) =>
      record.model === 'projects.agency' && record.pk === 2 ? { ...record, fields: { name: 'Renamed Agency' } } : record,
    );
    await folder.write('data-update.json', tock(renamed));
    const second = await world.import(folder.path);
    expect(second).toMatchObject({ changed: true, figures: await tockTotals(folder.path) });
    const { customers } = await world.ok('{ customers { nodes { name } } }');
    expect(customers.nodes).toEqual([{ name: 'First Agency' }, { name: 'Renamed Agency' }]);
  });

  test('completes a rate card version that an interrupted run left as a draft', async () => {
    await using world = await tockWorld();
    await using folder = await tockFolderOf(tinyTock());
    const ref = (externalId: string) => ({ system: 'tock', externalId });
    const put = async (mutation: string, field: string, item: object): Promise<string> => {
      const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
      const text = `mutation Put($input: ${type}!) { ${mutation}(input: $input) { results { ${field} { id } userErrors { message } } } }`;
      return (await world.ok(text, { input: { idempotencyKey: `test ${mutation}`, items: [item] } }))[mutation].results[0][field].id;
    };
    const legalEntityId = await put('upsertLegalEntities', 'legalEntity', {
      externalRef: ref('tock.firm:1'),
      code: 'TOCK',
      name: 'T',
      currency: 'USD',
      countryCode: 'US',
    });
    const laborCategoryId = await put('upsertLaborCategories', 'laborCategory', { externalRef: ref('tock.laborcategory:GRADE-1'), code: 'GRADE-1', name: 'G' });
    const card = { externalRef: ref('tock.ratecard:SALES'), name: 'S', kind: 'SALES', scope: 'STANDARD', currency: 'USD', legalEntityId };
    const rateCardId = await put('upsertRateCards', 'rateCard', card);
    const draft = { rateCardId, effectiveFrom: '2014-01-01', lines: [{ laborCategoryId, rate: '1.00' }] };
    await world.ok('mutation Draft($input: CreateRateCardVersionInput!) { createRateCardVersion(input: $input) { userErrors { message } } }', { input: draft });
    const report = await world.import(folder.path);
    expect(report.figures).toEqual(await tockTotals(folder.path));
  });
});

describe('what does not fit', () => {
  test('is listed with its source, with all that hangs on it, and makes the exit code 2', async () => {
    await using world = await tockWorld();
    const flat = tinyTock().map((record) =>
      record.model === 'projects.accountingcode' && record.pk === 2 ? { ...record, fields: { ...record.fields, flat_rate: true } } : record,
    );
    await using folder = await tockFolderOf(flat);
    const report = await world.import(folder.path);
    expect(report.unexpected.map(({ source, mutation, code }) => `${source} ${mutation} ${code}`).sort()).toEqual([
      'hours.timecard:1 submitTimesheets GUARD_REFUSED',
      'hours.timecard:3 submitTimesheets GUARD_REFUSED',
      'hours.timecard:5 submitTimesheets GUARD_REFUSED',
      'hours.timecardobject:1 recordTimeEntries NOT_FOUND',
      'hours.timecardobject:2 recordTimeEntries NOT_FOUND',
      'hours.timecardobject:4 recordTimeEntries NOT_FOUND',
      'hours.timecardobject:5 recordTimeEntries NOT_FOUND',
      'hours.timecardobject:7 recordTimeEntries NOT_FOUND',
      'projects.accountingcode:2 upsertContracts VALIDATION_FAILED',
      'projects.project:2 upsertProjects NOT_FOUND',
    ]);
    expect(report.figures.lines).toEqual({ read: 7, accepted: 1, refused: { NOT_FOUND: 5, VALIDATION_FAILED: 1 } });
    expect(exitCodeOf(report)).toBe(2);
    expect(report.printed).toContain('REFUSED AND NOT FORESEEN:\n  ann Doe, week of 2014-10-01 (hours.timecard:1) at submitTimesheets');
  });

  test('ends the import before it begins when the token may not do it', async () => {
    await using world = await tockWorld();
    await using folder = await tockFolderOf(tinyTock());
    const refused = await world.import(folder.path, { role: 'psa' }).catch((error) => error);
    expect(refused).toBeInstanceOf(ImportFailed);
    expect(refused.message).toMatch(/(rate|period):.*FORBIDDEN.*README.md names the permissions/s);
  });

  test('published rates are never changed behind the back of what they priced', async () => {
    await using world = await tockWorld();
    await using folder = await tockFolderOf(tinyTock());
    await world.import(folder.path);
    await folder.write('rate-card.csv', tinyCard.replace('69.50', '70.00'));
    await expect(world.import(folder.path)).rejects.toThrow(/The SALES rate card of 2014-01-01 is published with other rates than rate-card.csv has/);
  });
});

describe.skipIf(!existsSync(tockFolder))('the real firm (when its data is there)', () => {
  test('killed in the middle and run again: all of it, to the last hundredth of an hour; once more: nothing changes', async () => {
    await using world = await tockWorld();
    expect(await world.importAndKill(tockFolder, /^timesheets and lines/)).toBe('SIGKILL');
    const half = await world.ok('{ timesheets(first: 0) { totalCount } }');
    expect(half.timesheets.totalCount).toBeGreaterThan(0);
    const whole = await world.import(tockFolder);
    expect(whole).toMatchObject({ changed: true, unexpected: [], discrepancies: [] });
    const expected = await tockTotals(tockFolder);
    expect(whole.figures).toEqual(expected);
    expect(expected).toMatchObject({
      lines: { read: 11_047, refused: { VALIDATION_FAILED: 15 } },
      hoursAccepted: '171624.72',
      timesheets: { read: 4_348, refused: 24 },
    });
    expect(whole.refusals).toHaveLength(39);
    const log = await world.ok(headOf);
    const again = await world.import(tockFolder);
    expect(again).toMatchObject({ changed: false, figures: expected });
    expect(await world.ok(headOf)).toEqual(log);
  });
});
