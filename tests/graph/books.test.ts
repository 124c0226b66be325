import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postApprovedTime } from '#finance/actual/commands.ts';
import { fiscalPeriodAction } from '#finance/fiscalPeriod/commands.ts';
import { references as published } from '#finance/published.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { executeOne } from '#kernel/command.ts';
import { newId } from '#kernel/ids.ts';
import { asRefused } from '#kernel/outcome.ts';
import { references } from '#kernel/reference.ts';
import { createEntity, createEntry, createPeriods, done, firm, heldOpen, inScope, untilWaiting, type World } from '../support/books.ts';
import { plantCorruption } from '../support/corruption.ts';
import { allowed, subgraphWorld } from '../support/subgraph.ts';

let world: World;
beforeAll(async () => {
  world = await subgraphWorld(financeSubgraph);
});
afterAll(() => world[Symbol.asyncDispose]());

const periodAction = (action: string) =>
  `mutation ($input: FiscalPeriodActionInput!) { ${action}FiscalPeriod(input: $input) { fiscalPeriod { id status closedAt lockedAt version } userErrors { code guard message field } } }`;
const act = async (action: string, input: Record<string, unknown>) => (await world.ok(periodAction(action), { variables: { input } }))[`${action}FiscalPeriod`];
const periodsOf = async (legalEntityId: string) =>
  (
    await world.ok(
      'query ($id: ID!) { legalEntity(id: $id) { fiscalPeriods(first: 50) { totalCount nodes { id name status startDate unpostedInvoices availableActions { name refusals } } } } }',
      { variables: { id: legalEntityId } },
    )
  ).legalEntity.fiscalPeriods;

describe('reference data', () => {
  test('is created, published to the siblings, and unique by code', async () => {
    const input = { code: ' HQ ', name: 'Headquarters', currency: 'EUR', countryCode: 'DE', externalRefs: [{ system: 'erp', externalId: '1' }] };
    const { legalEntity } = await done(world, createEntity, input);
    expect(legalEntity).toMatchObject({ version: 1, code: 'HQ', currency: 'EUR' });
    expect(await references(world.db, published.LegalEntity, [legalEntity.id])).toEqual(
      new Map([[legalEntity.id, { code: 'HQ', name: 'Headquarters', currency: 'EUR', countryCode: 'DE' }]]),
    );
    const again = await world.ok(createEntity, { variables: { input: { ...input, externalRefs: [] } } });
    expect(again.createLegalEntity.userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', guard: 'legal_entity_code' }]);
    const wrong = await world.ok(createEntity, { variables: { input: { ...input, code: 'X', countryCode: 'Germany' } } });
    expect(wrong.createLegalEntity.userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'countryCode' }]);
    const list = await world.ok(
      '{ legalEntities(filter: { externalRefs: [{ system: "erp", externalId: "1" }] }) { totalCount nodes { code externalRefs { externalId } } } }',
    );
    expect(list.legalEntities).toEqual({ totalCount: 1, nodes: [{ code: 'HQ', externalRefs: [{ externalId: '1' }] }] });
  });

  test.each([
    ['LegalEntities', 'legalEntity', { code: 'U1', name: 'Upserted', currency: 'EUR', countryCode: 'FR' }, { name: 'Renamed' }],
    [
      'TaxProfiles',
      'taxProfile',
      { code: 'T1', name: 'Upserted', rates: [{ basisPoints: 1900, effectiveFrom: '2026-01-01' }] },
      { rates: [{ basisPoints: 700, effectiveFrom: '2026-01-01' }] },
    ],
    ['CostCenters', 'costCenter', { code: 'C1', name: 'Upserted', startDate: '2026-01-01' }, { endDate: '2026-12-31' }],
  ])('upserts %s: created, unchanged, changed, refused', async (plural, entity, fields, change) => {
    const { legalEntityId } = await firm(world);
    const owner = entity === 'legalEntity' ? {} : { legalEntityId };
    const upsert = `mutation ($input: Upsert${plural}Input!) { upsert${plural}(input: $input) { succeeded failed replayed results { ${entity} { id version name } userErrors { code field } } } }`;
    const item = { externalRef: { system: 'erp', externalId: `${entity}-${newId()}` }, ...owner, ...fields };
    const run = async (idempotencyKey: string, items: unknown[]) =>
      (await world.ok(upsert, { variables: { input: { idempotencyKey, items } } }))[`upsert${plural}`];
    const first = await run(`${entity}1`, [item, { ...item, externalRef: { system: 'erp', externalId: `${entity}-${newId()}` }, code: ' ' }]);
    expect(first).toMatchObject({
      succeeded: 1,
      failed: 1,
      results: [{ [entity]: { version: 1 } }, { [entity]: null, userErrors: [{ code: 'VALIDATION_FAILED', field: 'code' }] }],
    });
    expect((await run(`${entity}2`, [item])).results[0][entity]).toMatchObject({ id: first.results[0][entity].id, version: 1 });
    expect((await run(`${entity}3`, [{ ...item, ...change }])).results[0][entity].version).toBe(2);
    expect((await run(`${entity}3`, [{ ...item, ...change }])).replayed).toBe(true);
  });

  test('a tax profile tells its rate of a day, and says nothing where there is none', async () => {
    const { legalEntityId } = await firm(world);
    const create =
      'mutation ($input: CreateTaxProfileInput!) { createTaxProfile(input: $input) { taxProfile { id rates { basisPoints effectiveFrom effectiveTo } before: rateOn(date: "2019-01-01") past: rateOn(date: "2022-01-01") now: rateOn(date: "2026-01-01") legalEntity { id } } userErrors { code field message } } }';
    const rates = [
      { basisPoints: 1600, effectiveFrom: '2020-07-01' },
      { basisPoints: 1900, effectiveFrom: '2025-01-01' },
    ];
    const { taxProfile } = await done(world, create, { legalEntityId, code: 'DE', name: 'Germany', rates });
    expect(taxProfile).toMatchObject({
      before: null,
      past: 1600,
      now: 1900,
      legalEntity: { id: legalEntityId },
      rates: [{ effectiveTo: '2024-12-31' }, { effectiveTo: null }],
    });
    const unknown = await world.ok(create, { variables: { input: { legalEntityId: newId(), code: 'DE', name: 'x' } } });
    expect(unknown.createTaxProfile.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: 'legalEntityId' }]);
    const update =
      'mutation ($input: UpdateTaxProfileInput!) { updateTaxProfile(input: $input) { taxProfile { exempt now: rateOn(date: "2026-01-01") note } userErrors { code field } } }';
    expect((await done(world, update, { id: taxProfile.id, exempt: true, note: 'Reverse charge' })).taxProfile).toEqual({
      exempt: true,
      now: 0,
      note: 'Reverse charge',
    });
    const stale = await world.ok(update, { variables: { input: { id: taxProfile.id, expectedVersion: 1, exempt: false } } });
    expect(stale.updateTaxProfile.userErrors).toMatchObject([{ code: 'STALE_VERSION' }]);
  });

  test('cost centers are found by the day on which they take costs', async () => {
    const { legalEntityId } = await firm(world);
    const create = 'mutation ($input: CreateCostCenterInput!) { createCostCenter(input: $input) { costCenter { id } userErrors { code field } } }';
    await done(world, create, { legalEntityId, code: 'OLD', name: 'Old', endDate: '2025-12-31' });
    await done(world, create, { legalEntityId, code: 'NEW', name: 'New', startDate: '2026-01-01' });
    const query = 'query ($id: ID!) { costCenters(filter: { legalEntityIds: [$id], activeOn: "2026-03-01" }) { nodes { code legalEntity { id } } } }';
    expect((await world.ok(query, { variables: { id: legalEntityId } })).costCenters.nodes).toEqual([{ code: 'NEW', legalEntity: { id: legalEntityId } }]);
    const backwards = await world.ok(create, { variables: { input: { legalEntityId, code: 'B', name: 'B', startDate: '2026-02-01', endDate: '2026-01-01' } } });
    expect(backwards.createCostCenter.userErrors).toEqual([{ code: 'VALIDATION_FAILED', field: 'endDate' }]);
  });

  test('keeps the currency once there are books', async () => {
    const f = await firm(world);
    await f.standardCards();
    const update = 'mutation ($input: UpdateLegalEntityInput!) { updateLegalEntity(input: $input) { legalEntity { currency } userErrors { code guard } } }';
    expect((await done(world, update, { id: f.legalEntityId, currency: 'USD' })).legalEntity.currency).toBe('USD');
    await done(world, update, { id: f.legalEntityId, currency: 'EUR' });
    await inScope(world, (scope) => postApprovedTime(scope, [f.entry()]));
    expect((await world.ok(update, { variables: { input: { id: f.legalEntityId, currency: 'USD' } } })).updateLegalEntity.userErrors).toEqual([
      { code: 'GUARD_REFUSED', guard: 'currencyForLife' },
    ]);
  });

  test('needs permissions', async () => {
    const actor = { ...allowed, permissions: [] };
    const refused = await world.ok(createEntity, { variables: { input: { code: 'N', name: 'N', currency: 'EUR', countryCode: 'DE' } }, actor });
    expect(refused.createLegalEntity.userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    for (const list of ['legalEntities', 'taxProfiles', 'costCenters', 'fiscalPeriods', 'rateCards', 'rateCardVersions', 'actuals']) {
      expect((await world.run(`{ ${list} { totalCount } }`, { actor })).errors[0]?.code, list).toBe('FORBIDDEN');
    }
  });
});

describe('fiscal periods', () => {
  test('are created once, whatever the number of calls, and published as a calendar', async () => {
    const { legalEntityId } = await firm(world);
    const input = { idempotencyKey: newId(), legalEntityId, firstYear: 2026, years: 2 };
    const calls = await Promise.all(
      [1, 2, 3].map((n) => world.ok(createPeriods, { variables: { input: { ...input, idempotencyKey: `${legalEntityId}${n}` } } })),
    );
    for (const { createFiscalPeriods } of calls)
      expect(createFiscalPeriods).toMatchObject({
        userErrors: [],
        fiscalPeriods: { length: 24, 0: { name: '2026-01', startDate: '2026-01-01', endDate: '2026-01-31', status: 'OPEN' } },
      });
    expect((await periodsOf(legalEntityId)).totalCount).toBe(24);
    const calendar = (await references(world.db, published.FiscalCalendar, [legalEntityId])).get(legalEntityId);
    expect(calendar?.periods.map((period) => period.name).slice(-2)).toEqual(['2027-11', '2027-12']);
    const overlapping = await world.ok(createPeriods, { variables: { input: { ...input, idempotencyKey: newId(), length: 'YEAR' } } });
    expect(overlapping.createFiscalPeriods.userErrors).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });

  test('close, reopen, close and lock; every step is in the published calendar', async () => {
    const { legalEntityId } = await firm(world);
    const [january] = (await periodsOf(legalEntityId)).nodes;
    expect(january).toMatchObject({ status: 'OPEN', unpostedInvoices: 0, availableActions: [{ name: 'close', refusals: [] }] });
    const before = (await world.facts()).length;
    const steps = ['close', 'reopen', 'close', 'lock'];
    const states = [];
    for (const step of steps) states.push((await act(step, { id: january.id })).fiscalPeriod.status);
    expect(states).toEqual(['CLOSED', 'OPEN', 'CLOSED', 'LOCKED']);
    expect((await world.facts()).slice(before)).toEqual(['PeriodClosed', 'PeriodOpened', 'PeriodClosed', 'PeriodLocked']);
    const calendar = (await references(world.db, published.FiscalCalendar, [legalEntityId])).get(legalEntityId);
    expect(calendar?.periods[0]).toEqual({ id: january.id, name: '2026-01', from: '2026-01-01', to: '2026-01-31', status: 'LOCKED' });
    expect((await act('reopen', { id: january.id })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    await expect(plantCorruption(world.sql)`update finance.fiscal_period set status = 'OPEN' where id = ${january.id}`).rejects.toThrow(
      'LOCKED one never changes',
    );
    expect((await act('close', { id: newId() })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('stay open while a draft is dated in them', async () => {
    const f = await firm(world);
    const [january, february] = (await periodsOf(f.legalEntityId)).nodes;
    const sides = [
      { account: 'CASH', debit: { amount: '1.00', currency: 'EUR' } },
      { account: 'OTHER', credit: { amount: '1.00', currency: 'EUR' } },
    ];
    const entry = { idempotencyKey: newId(), legalEntityId: f.legalEntityId, postingDate: '2026-01-31', description: 'Draft', lines: sides };
    expect((await done(world, createEntry, entry)).userErrors).toEqual([]);
    expect((await act('close', { id: january.id })).userErrors).toMatchObject([{ code: 'GUARD_REFUSED', guard: 'nothingUnposted' }]);
    expect((await periodsOf(f.legalEntityId)).nodes[0].availableActions[0].refusals[0]).toContain('1 draft journal entries');
    expect((await act('close', { id: february.id })).userErrors).toEqual([]);
  });

  test('two closes of one calendar leave none of them out of the published one', async () => {
    const { legalEntityId } = await firm(world);
    const { nodes } = await periodsOf(legalEntityId);
    await Promise.all(nodes.map((period: { id: string }) => act('close', { id: period.id })));
    const calendar = (await references(world.db, published.FiscalCalendar, [legalEntityId])).get(legalEntityId);
    expect(new Set(calendar?.periods.map((period) => period.status))).toEqual(new Set(['CLOSED']));
  });

  test('take no posting once closed, neither through the command nor around it', async () => {
    const f = await firm(world);
    await f.standardCards();
    const february = (await periodsOf(f.legalEntityId)).nodes[1];
    const [posted] = await inScope(world, (scope) => postApprovedTime(scope, [f.entry()]));
    await act('close', { id: february.id });
    const [refused] = await inScope(world, (scope) => postApprovedTime(scope, [f.entry()]));
    expect(refused).toMatchObject({ refused: { code: 'PERIOD_CLOSED' }, atRisk: { minor: 10_000n, currency: 'EUR' } });
    const again = plantCorruption(
      world.sql,
    )`insert into finance.actual select (jsonb_populate_record(actual, jsonb_build_object('id', ${newId()}::text, 'source_id', ${newId()}::text))).* from finance.actual where id = ${posted && 'actualIds' in posted ? (posted.actualIds[0] ?? '') : ''}`;
    await expect(again).rejects.toMatchObject({ code: 'AC001' });
    expect(asRefused(await again.catch((error: unknown) => error))).toMatchObject({ code: 'PERIOD_CLOSED' });
    const [late] = await inScope(world, (scope) => postApprovedTime(scope, [f.entry()], { lateOn: '2026-03-01' }));
    const [row] =
      await world.sql`select work_date::text, accounting_date::text from finance.actual where id = ${late && 'actualIds' in late ? (late.actualIds[0] ?? '') : ''}`;
    expect(row).toEqual({ work_date: '2026-02-02', accounting_date: '2026-03-01' });
    const [outside] = await inScope(world, (scope) => postApprovedTime(scope, [f.entry({ workDate: '2031-01-01' })]));
    expect(outside).toMatchObject({ refused: { code: 'PERIOD_CLOSED' } });
  });

  test('are not closed beneath a posting: the close waits for it', async () => {
    const f = await firm(world);
    await f.standardCards();
    const february = (await periodsOf(f.legalEntityId)).nodes[1];
    const commit = await heldOpen(world, (scope) => postApprovedTime(scope, [f.entry()]));
    let closed = false;
    const close = act('close', { id: february.id }).then((payload) => {
      closed = true;
      return payload;
    });
    await untilWaiting(world);
    expect(closed).toBe(false);
    await commit();
    expect((await close).fiscalPeriod.status).toBe('CLOSED');
  });

  test('take no posting that began before the close was committed', async () => {
    const f = await firm(world);
    await f.standardCards();
    const february = (await periodsOf(f.legalEntityId)).nodes[1];
    const commit = await heldOpen(world, (scope) => executeOne(scope, fiscalPeriodAction('close'), { id: february.id }));
    const post = inScope(world, (scope) => postApprovedTime(scope, [f.entry(), f.entry()]));
    await untilWaiting(world);
    await commit();
    expect(await post).toMatchObject([{ refused: { code: 'PERIOD_CLOSED' } }, { refused: { code: 'PERIOD_CLOSED' } }]);
  });

  test('survive a crowd that posts while they are closed: every outcome is an actual or PERIOD_CLOSED', async () => {
    const f = await firm(world);
    await f.standardCards();
    const february = (await periodsOf(f.legalEntityId)).nodes[1];
    const post = () => inScope(world, (scope) => postApprovedTime(scope, [f.entry(), f.entry()]));
    const [, ...posts] = await Promise.all([act('close', { id: february.id }), ...Array.from({ length: 8 }, post)]);
    const outcomes = posts.flat();
    const refused = outcomes.filter((outcome) => 'refused' in outcome);
    expect(refused.every((outcome) => outcome.refused.code === 'PERIOD_CLOSED')).toBe(true);
    const [counted] = await world.sql`select count(*)::int as n from finance.actual where legal_entity_id = ${f.legalEntityId}`;
    expect(counted?.n).toBe((outcomes.length - refused.length) * 2);
  });
});
