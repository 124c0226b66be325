import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { markPosted } from '#time/entry/commands.ts';
import { approvedEntries } from '#time/entry/queries.ts';
import { timeWorld } from '../support/time.ts';

let world: Awaited<ReturnType<typeof timeWorld>>;
let people: string[];
let project: { id: string };
let boss: string;
beforeAll(async () => {
  world = await timeWorld();
  people = await Promise.all(Array.from({ length: 500 }, () => world.employee()));
  [project, boss] = [await world.project(), await world.employee()];
});
afterAll(() => world[Symbol.asyncDispose]());

type Result = { row: { id: string; timesheet?: { id: string } } };

/** Statements of a call, and what it gave. BEGIN and COMMIT are the driver's and not counted. */
async function counted<Value>(call: () => Promise<Value>): Promise<{ value: Value; statements: number }> {
  world.statements.length = 0;
  const value = await call();
  return { value, statements: world.statements.length };
}

const weeks = (count: number, from = 0) =>
  people.slice(0, count).map((employeeId, n) => ({
    employeeId,
    startDate: '2026-02-23',
    endDate: '2026-03-01',
    externalRef: { system: 'psa', externalId: `sheet ${from + n}` },
  }));
const items = (count: number, more = {}) =>
  people.slice(0, count).map((employeeId, n) => ({
    ...world.item(employeeId, project.id, { hours: '1.01', ...more }),
    externalRef: { system: 'psa', externalId: `${JSON.stringify(more)} ${n}` },
  }));

describe('the number of statements does not depend on the number of items', () => {
  test('when timesheets are opened, filled, submitted and approved', async () => {
    const few = await counted(() => world.bulk('createTimesheets', weeks(2, 1000)));
    const many = await counted(() => world.bulk('createTimesheets', weeks(500)));
    expect([few.value.succeeded, many.value.succeeded]).toEqual([2, 500]);
    expect(many.statements).toBe(few.statements);
    expect(many.statements).toBeLessThanOrEqual(13);

    const recordedFew = await counted(() => world.bulk('recordTimeEntries', items(2, { notes: 'few' }), { select: 'id timesheet { id }' }));
    const recorded = await counted(() => world.bulk('recordTimeEntries', items(500), { select: 'id timesheet { id }' }));
    expect(recorded.value.succeeded).toBe(500);
    expect(recorded.statements).toBe(recordedFew.statements);
    expect(recorded.statements).toBeLessThanOrEqual(20);

    const sheets = recorded.value.results.map(({ row }: Result) => ({ id: row.timesheet?.id }));
    const submittedFew = await counted(() => world.bulk('submitTimesheets', sheets.slice(0, 2)));
    const submitted = await counted(() => world.bulk('submitTimesheets', sheets.slice(2)));
    expect([submittedFew.value.succeeded, submitted.value.succeeded]).toEqual([2, 498]);
    expect(submitted.statements).toBe(submittedFew.statements);
    expect(submitted.statements).toBeLessThanOrEqual(16);

    const approvals = sheets.map((sheet: object) => ({ ...sheet, approverId: boss }));
    const approvedFew = await counted(() => world.bulk('approveTimesheets', approvals.slice(0, 2)));
    const approved = await counted(() => world.bulk('approveTimesheets', approvals.slice(2)));
    expect([approvedFew.value.succeeded, approved.value.succeeded]).toEqual([2, 498]);
    expect(approved.statements).toBe(approvedFew.statements);
    expect(approved.statements).toBeLessThanOrEqual(16);

    const ids = recorded.value.results.map(({ row }: Result) => row.id);
    const posted = await counted(() =>
      world.command(async (scope) => {
        expect(await approvedEntries(scope.tx, ids)).toHaveLength(500);
        await markPosted(scope, ids);
      }),
    );
    expect(posted.statements).toBe(3);
    expect(
      await world.sql`select posting_status, version, approved_version, count(*)::int as n from time.timesheet_entry where id = any(${ids}::uuid[]) group by 1, 2, 3`,
    ).toEqual([{ posting_status: 'POSTED', version: 3, approved_version: 3, n: 500 }]);
    const facts = await world.sql`select type, count(*)::int as n from log.pending group by 1 order by 1`;
    expect(facts).toEqual([
      { type: 'TimesheetApproved', n: 500 },
      { type: 'TimesheetSubmitted', n: 500 },
    ]);
  });

  test('when drafts change and nothing changes', async () => {
    const week = { workDate: '2026-03-02', hours: '2' };
    await world.bulk('recordTimeEntries', items(500, week));
    const same = await counted(() => world.bulk('recordTimeEntries', items(500, week)));
    const changed = items(500, week).map((item) => ({ ...item, hours: '3' }));
    const few = await counted(() => world.bulk('recordTimeEntries', changed.slice(0, 2)));
    const many = await counted(() => world.bulk('recordTimeEntries', changed, { select: 'version hours' }));
    expect(many.statements).toBe(few.statements);
    expect(same.statements).toBeLessThan(many.statements);
    expect(many.value.results.slice(1, 3).map(({ row }: { row: unknown }) => row)).toEqual([
      { version: 2, hours: '3.00' },
      { version: 2, hours: '3.00' },
    ]);
  });

  test('when a page of 50 is read with all that hangs on it', async () => {
    const text = `query ($first: Int) { timesheets(first: $first) { totalCount nodes { employee { id timeEntries(first: 1) { totalCount } utilization(startDate: "2026-02-23", endDate: "2026-03-01") { utilization } } summary { hours }
      externalRefs { externalId } availableActions { name } entries(first: 2) { totalCount nodes { hours externalRefs { externalId } availableActions { name } timesheet { status } project { id timeSummary { hours } timeEntries(first: 3) { totalCount } } customer { id timeSummary { billableHours } } } } } } }`;
    const page = (first: number) => counted(() => world.ok(text, { variables: { first } }));
    const [one, fifty] = [await page(2), await page(50)];
    expect(fifty.value.timesheets.nodes).toHaveLength(50);
    expect(fifty.statements).toBe(one.statements);
  });
});
