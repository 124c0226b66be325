import { beforeAll, describe, expect, test } from 'vitest';
import { dealAt } from '../support/deals.ts';
import { firmWorld } from '../support/firmWorld.ts';

const { sql, graph, firm } = await firmWorld();
const money = (amount: string, currency = 'EUR') => ({ amount, currency });
const deals = (more: Record<string, unknown> = {}) => dealAt({ graph }, more, firm);
const select = 'opportunity { id version status lostReason }';
const factsOf = async (id: string) =>
  (await sql`select type, payload from log.pending where subject_id = ${id} order by sequence`).map(({ type, payload }) => ({ type, ...payload }));

describe('an opportunity', () => {
  test('is brought by a CRM, with what it says, and is no change when it is said again', async () => {
    const deal = await deals({ lines: [{ name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'], notToExceed: money('40000') }] });
    expect(await deal.upsert()).toMatchObject({ succeeded: 1, results: [{ opportunity: { version: 1, status: 'OPEN' } }] });
    expect(await deal.upsert()).toMatchObject({ succeeded: 1, results: [{ opportunity: { version: 1 } }] });
    const { id } = await deal.now();
    const query = `query ($id: ID!) { opportunity(id: $id) { customer { name } value { amount currency } method expectedCloseOn startDate endDate manager { id } legalEntity { id }
      lines { name method kinds amount { amount } notToExceed { amount } } rates { employee { id } laborCategory { id } rate { amount } effectiveFrom } onboarding project { id } externalRefs { system externalId } } }`;
    expect((await graph.ok(query, { id })).opportunity).toMatchObject({
      ...{
        value: money('50000.00'),
        method: 'TIME_AND_MATERIALS',
        startDate: '2026-01-01',
        endDate: null,
        manager: { id: firm.approverId },
        legalEntity: null,
      },
      lines: [{ name: 'Work', kinds: ['TIME', 'EXPENSE'], amount: null, notToExceed: { amount: '40000.00' } }],
      rates: [{ employee: null, laborCategory: { id: firm.categoryId }, rate: { amount: '140.00' }, effectiveFrom: null }],
      ...{ onboarding: null, project: null, externalRefs: [deal.ref] },
    });
    expect(await factsOf(id)).toMatchObject([{ type: 'OpportunityCreated', status: 'OPEN', value: money('50000.00') }]);
  });

  test.each([
    ['an unknown customer', { customerRef: { system: 'crm', externalId: 'nobody' } }, { code: 'NOT_FOUND', field: 'customerRef' }],
    [
      'a manager whom HR does not know',
      { managerId: undefined, managerRef: { system: 'hr', externalId: 'nobody' } },
      { code: 'NOT_FOUND', field: 'managerRef' },
    ],
    ['a last day before the first', { endDate: '2025-01-01' }, { code: 'VALIDATION_FAILED', field: 'endDate' }],
    ['a negative value', { value: money('-1') }, { code: 'VALIDATION_FAILED', field: 'value' }],
    ['a line that bills nothing', { lines: [{ name: 'Work', method: 'TIME_AND_MATERIALS', kinds: [] }] }, { code: 'VALIDATION_FAILED', field: 'lines.kinds' }],
    ['a fee without a sum', { lines: [{ name: 'Fee', method: 'FIXED_FEE', kinds: ['FEE'] }] }, { code: 'VALIDATION_FAILED', field: 'lines.amount' }],
    ['a rate for nobody', { rates: [{ rate: money('100') }] }, { code: 'VALIDATION_FAILED', field: 'rates.employeeId' }],
    ['a rate below 0', { rates: [{ laborCategoryId: firm.categoryId, rate: money('-1') }] }, { code: 'VALIDATION_FAILED', field: 'rates.rate' }],
  ])('is not taken with %s', async (_, fields, error) => {
    const deal = await deals();
    expect((await deal.upsert(fields)).results).toMatchObject([{ opportunity: null, userErrors: [error] }]);
  });

  test('that lacks everything is told all of it in one answer, and stays as it is', async () => {
    const deal = await deals({ method: null, value: null, startDate: null, managerId: null, rates: null });
    await deal.upsert();
    const before = await deal.now();
    const { userErrors, opportunity } = await deal.win();
    expect(opportunity).toBeNull();
    expect(userErrors.map(({ code, guard }: { code: string; guard: string }) => `${code} ${guard}`)).toEqual(
      ['contractTypeKnown', 'valuePositive', 'managerActive', 'datesKnown'].map((guard) => `GUARD_REFUSED ${guard}`),
    );
    expect(await deal.now()).toEqual(before);
    expect(before.availableActions[0]).toMatchObject({
      name: 'win',
      refusals: [/contractTypeKnown/, /valuePositive/, /managerActive/, /datesKnown/].map((rule) => expect.stringMatching(rule)),
    });
    expect((await deal.upsert({ win: true })).results[0].userErrors).toHaveLength(4);
    expect((await factsOf(before.id)).map(({ type }) => type)).toEqual(['OpportunityCreated']);
  });

  test('is lost for a reason, and open again for another', async () => {
    const deal = await deals();
    await deal.upsert();
    const lose = (reason: string, wish = deal.crm as { role: 'crm' | 'finance' }) =>
      graph.mutate('loseOpportunity', { externalRef: deal.ref, reason }, { select, wish });
    expect((await lose(' ')).userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'reason' }]);
    expect((await lose('Too dear', { role: 'finance' })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(await lose('Too dear')).toMatchObject({ opportunity: { status: 'LOST', lostReason: 'Too dear' }, userErrors: [] });
    expect((await deal.win()).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    const { id } = await deal.now();
    expect(await graph.mutate('reopenOpportunity', { id, reason: 'They called' }, { select })).toMatchObject({
      opportunity: { status: 'OPEN', lostReason: null },
    });
    expect((await factsOf(id)).map(({ type, reason }) => [type, reason])).toEqual([
      ['OpportunityCreated', undefined],
      ['OpportunityLost', 'Too dear'],
      ['OpportunityReopened', 'They called'],
    ]);
  });

  test('is named by id or by reference, and by one of both', async () => {
    const deal = await deals();
    await deal.upsert();
    const { id } = await deal.now();
    for (const named of [{}, { id, externalRef: deal.ref }]) {
      expect((await graph.mutate('winOpportunity', named, { select })).userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'id' }]);
    }
    expect((await graph.mutate('winOpportunity', { id, expectedVersion: 7 }, { select })).userErrors).toMatchObject([{ code: 'STALE_VERSION' }]);
  });

  test('is written by a CRM and by people, and by no other system', async () => {
    const deal = await deals();
    await deal.upsert();
    const { id } = await deal.now();
    const change = (wish: Parameters<typeof graph.mutate>[2]) => graph.mutate('updateOpportunity', { id, name: 'Other name' }, { ...wish, select });
    expect((await change({ wish: { role: 'psa', system: 'psa' } })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await change({ wish: { role: 'crm', system: 'erp' } })).userErrors).toMatchObject([{ code: 'OWNERSHIP_VIOLATION' }]);
    expect((await change({})).userErrors).toEqual([]);
  });
});

describe('the list', () => {
  let ids: string[];
  beforeAll(async () => {
    const [early, late] = [await deals({ expectedCloseOn: '2030-01-01' }), await deals({ expectedCloseOn: '2030-06-01' })];
    for (const deal of [late, early]) await deal.upsert();
    ids = [(await early.now()).id, (await late.now()).id];
  });
  const list = async (filter: object, orderBy = { field: 'EXPECTED_CLOSE', direction: 'ASC' }) => {
    const query =
      'query ($filter: OpportunityFilter, $orderBy: OpportunityOrder) { opportunities(filter: $filter, orderBy: $orderBy) { totalCount nodes { id updatedAt } } }';
    return (await graph.ok(query, { filter, orderBy })).opportunities;
  };

  test('is filtered by days, states, who leads and what changed, in the order asked for', async () => {
    const from = { expectedCloseFrom: '2029-12-01' };
    expect((await list(from)).nodes.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect((await list(from, { field: 'CREATED_AT', direction: 'ASC' })).nodes.map(({ id }: { id: string }) => id)).toEqual([...ids].reverse());
    expect((await list({ ...from, expectedCloseTo: '2030-03-01' })).nodes.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 1));
    expect((await list({ ...from, statuses: ['WON'] })).totalCount).toBe(0);
    expect((await list({ ...from, onboardingStates: ['FAILED'] })).totalCount).toBe(0);
    expect((await list({ ...from, managerIds: [firm.approverId] })).totalCount).toBe(2);
    const [{ updatedAt }] = (await list(from, { field: 'UPDATED_AT', direction: 'DESC' })).nodes;
    expect((await list({ ...from, updatedSince: updatedAt })).totalCount).toBeGreaterThan(0);
  });

  test('is the firm’s own: nothing for a client, no field of a project that leads there', async () => {
    const { errors } = await graph.ask('{ opportunities { totalCount } }', {}, { role: 'portal', customerIds: [firm.customerId] });
    expect(errors[0].message).toMatch(/opportunities is not in the portal contract/);
    const seen = await graph.ask(
      'query ($id: ID!) { project(id: $id) { id opportunity { id } provisionings { id } } }',
      { id: firm.projectId },
      { role: 'consultant', employeeId: firm.employeeId },
    );
    expect(seen.data.project).toMatchObject({ opportunity: null, provisionings: [] });
    expect(seen.errors).toMatchObject([{ path: ['project', 'opportunity'], extensions: { code: 'FORBIDDEN' } }]);
  });
});
