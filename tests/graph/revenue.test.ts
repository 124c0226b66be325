import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../support/billing.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const fields = 'id version status method recognitionDate amount { amount } description explanation availableActions { name refusals }';
const schedule = (input: Record<string, unknown>) =>
  world.mutate('scheduleRevenue', `revenueEvents { ${fields} } replayed`, { contractId: world.ids.contract, ...input });
const act = (name: string, input: Record<string, unknown>) =>
  world.mutate(name, `revenueEvent { ${fields} journalEntry { id source reversedBy { id } } }`, input);

describe('revenue', () => {
  test('in a straight line is scheduled by month, submitted, recognized and reversed', async () => {
    const input = {
      idempotencyKey: 'line',
      method: 'STRAIGHT_LINE',
      total: eur('1000.00'),
      startDate: '2026-02-01',
      endDate: '2026-04-30',
      projectId: world.ids.project,
    };
    const { revenueEvents: events, userErrors } = await schedule(input);
    expect(userErrors).toEqual([]);
    expect(events.map((event: { recognitionDate: string; amount: { amount: string } }) => [event.recognitionDate, event.amount.amount])).toEqual([
      ['2026-02-28', '314.61'],
      ['2026-03-31', '348.31'],
      ['2026-04-30', '337.08'],
    ]);
    expect(events[0]).toMatchObject({ status: 'SCHEDULED', description: 'Frame, 2026-02', explanation: '28 days of the term from 2026-02-01 to 2026-04-30.' });
    expect(await schedule(input)).toMatchObject({ replayed: true, revenueEvents: events });
    const [february, march, april] = events;
    expect((await act('recognizeRevenueEvent', { id: february.id })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    for (const event of [february, march]) expect((await act('submitRevenueEvent', { id: event.id })).revenueEvent.status).toBe('PENDING_APPROVAL');
    expect((await act('recognizeRevenueEvent', { id: march.id })).userErrors).toMatchObject([{ guard: 'dateReached' }]);
    const facts = await world.facts();
    const { revenueEvent } = await act('recognizeRevenueEvent', { id: february.id });
    expect(revenueEvent).toMatchObject({
      status: 'RECOGNIZED',
      journalEntry: { source: 'REVENUE', reversedBy: null },
      availableActions: [{ name: 'reverse', refusals: [] }],
    });
    expect((await world.facts()).slice(facts.length)).toEqual(['JournalPosted', 'RevenueRecognized']);
    expect([await world.balance('REVENUE'), await world.balance('CONTRACT_LIABILITY')]).toEqual([-31_461, 31_461]);
    expect((await act('reverseRevenueEvent', { id: february.id, reversedOn: '2026-02-01' })).userErrors).toMatchObject([{ field: 'reversedOn' }]);
    const { revenueEvent: reversed } = await act('reverseRevenueEvent', { id: february.id, reversedOn: '2026-03-01' });
    expect(reversed.status).toBe('REVERSED');
    expect(reversed.journalEntry.reversedBy.id).toBeTruthy();
    expect([await world.balance('REVENUE'), await world.balance('CONTRACT_LIABILITY')]).toEqual([0, 0]);
    expect((await act('cancelRevenueEvent', { id: march.id })).revenueEvent.status).toBe('CANCELLED');
    const { revenueEvent: changed } = await act('updateRevenueEvent', {
      id: april.id,
      amount: eur('300.00'),
      recognitionDate: '2026-04-15',
      description: 'April',
    });
    expect(changed).toMatchObject({ amount: { amount: '300.00' }, recognitionDate: '2026-04-15', description: 'April', version: 2 });
    expect((await act('updateRevenueEvent', { id: april.id, amount: eur('0.00') })).userErrors).toMatchObject([{ field: 'amount' }]);
    expect((await act('updateRevenueEvent', { id: april.id, amount: { amount: '1.00', currency: 'USD' } })).userErrors).toMatchObject([
      { code: 'CURRENCY_MISMATCH' },
    ]);
  });

  test('of a milestone is earned when it was accepted, once', async () => {
    const {
      revenueEvents: [event],
    } = await schedule({ method: 'MILESTONE', milestoneId: world.ids.milestone });
    expect(event).toMatchObject({ amount: { amount: '5000.00' }, recognitionDate: '2026-02-20', description: 'Go live' });
    expect((await schedule({ method: 'MILESTONE', milestoneId: world.ids.milestone })).userErrors).toMatchObject([{ guard: 'revenue_event_of_milestone' }]);
    await act('cancelRevenueEvent', { id: event.id });
    await world.sql`update log.reference set data = data || '{"status": "REACHED"}' where entity_id = ${world.ids.milestone}`;
    expect((await schedule({ method: 'MILESTONE', milestoneId: world.ids.milestone })).userErrors).toMatchObject([{ guard: 'milestoneAccepted' }]);
  });

  test('by cost to cost is the share of the cost, less what was recognized', async () => {
    await world.work(3, { kind: 'COST', minor: 10_000, workDate: '2026-02-10' });
    await world.work(2, { kind: 'COST', minor: 10_000, workDate: '2026-03-10' });
    const measure = { method: 'COST_TO_COST', projectId: world.ids.project, total: eur('2000.00'), estimatedCost: eur('1000.00') };
    const first = await schedule({ ...measure, asOf: '2026-02-28' });
    expect(first.revenueEvents[0]).toMatchObject({
      amount: { amount: '600.00' },
      recognitionDate: '2026-02-28',
      explanation: '30.00 % of the estimated cost was incurred by 2026-02-28, less what was recognized before.',
    });
    expect((await schedule({ ...measure, asOf: '2026-02-28' })).userErrors).toMatchObject([{ guard: 'somethingEarned' }]);
    expect((await schedule({ ...measure, asOf: '2026-03-09' })).userErrors).toMatchObject([{ guard: 'somethingEarned' }]);
    const both = await Promise.all([schedule({ ...measure, asOf: '2026-03-10' }), schedule({ ...measure, asOf: '2026-03-10' })]);
    expect(both.flatMap((answer) => answer.revenueEvents).map((event) => event.amount.amount)).toEqual(['400.00']);
    const back = await schedule({ ...measure, estimatedCost: eur('2000.00'), asOf: '2026-03-31' });
    expect(back.revenueEvents[0].amount.amount).toBe('-500.00');
    await act('submitRevenueEvent', { id: first.revenueEvents[0].id });
    await act('recognizeRevenueEvent', { id: first.revenueEvents[0].id });
    expect(await world.balance('REVENUE')).toBe(-60_000);
  });

  test('refuses what the method cannot do, by the field that is missing', async () => {
    const refused = async (input: Record<string, unknown>) => (await schedule(input)).userErrors[0];
    expect(await refused({ method: 'AS_BILLED' })).toMatchObject({ field: 'method' });
    expect(await refused({ method: 'STRAIGHT_LINE', total: eur('1.00'), startDate: '2026-01-01' })).toMatchObject({ field: 'endDate' });
    expect(await refused({ method: 'STRAIGHT_LINE', total: eur('1.00'), startDate: '2026-01-02', endDate: '2026-01-01' })).toMatchObject({ field: 'endDate' });
    expect(await refused({ method: 'STRAIGHT_LINE', total: eur('0.00'), startDate: '2026-01-01', endDate: '2026-01-01' })).toMatchObject({ field: 'total' });
    expect(
      await refused({ method: 'STRAIGHT_LINE', total: { amount: '1.00', currency: 'USD' }, startDate: '2026-01-01', endDate: '2026-01-01' }),
    ).toMatchObject({
      code: 'CURRENCY_MISMATCH',
    });
    expect(await refused({ method: 'MILESTONE' })).toMatchObject({ field: 'milestoneId' });
    expect(await refused({ method: 'COST_TO_COST' })).toMatchObject({ field: 'projectId' });
    expect(await refused({ method: 'MILESTONE', contractId: world.ids.project })).toMatchObject({ code: 'NOT_FOUND', field: 'contractId' });
    expect(await refused({ method: 'COST_TO_COST', projectId: world.ids.contract })).toMatchObject({ code: 'NOT_FOUND', field: 'projectId' });
  });

  test('is not reversed by hand when an invoice recognized it, and fees wait as a liability', async () => {
    const before = { revenue: await world.balance('REVENUE'), liability: await world.balance('CONTRACT_LIABILITY') };
    const { project: projectId, feeLine: contractLineId } = world.ids;
    const instalment = { kind: 'UNBILLED_SALES', transactionClass: 'FEE', projectId, contractLineId, description: 'Instalment 1' };
    const fee = {
      externalRef: { system: 'erp', externalId: 'instalment' },
      ...instalment,
      workDate: '2026-02-10',
      amount: { amount: '500.00', currency: 'EUR' },
    };
    await world.done('recordActuals', 'succeeded', { items: [fee] });
    const posted = await world.invoiced('POSTED', 1);
    expect((await world.balance('REVENUE')) - before.revenue).toBe(-10_000);
    expect((await world.balance('CONTRACT_LIABILITY')) - before.liability).toBe(-50_000);
    const read = await world.ok(
      'query ($id: ID!) { invoice(id: $id) { lines { nodes { kind description account hours } } } revenueEvents(filter: { methods: [AS_BILLED], statuses: [RECOGNIZED] }) { nodes { id availableActions { refusals } } } }',
      { variables: { id: posted.id } },
    );
    expect(read.invoice.lines.nodes[1]).toEqual({ kind: 'FEE', description: 'Alpha: Instalment 1', account: 'CONTRACT_LIABILITY', hours: null });
    const [event] = read.revenueEvents.nodes;
    expect(event.availableActions[0].refusals[0]).toMatch(/^notByInvoice/);
    expect((await act('reverseRevenueEvent', { id: event.id })).userErrors).toMatchObject([{ guard: 'notByInvoice' }]);
  });

  test('is found by its filters', async () => {
    const query = `query ($customer: ID!, $contract: ID!, $engagement: ID!, $project: ID!, $books: ID!) {
      revenueEvents(filter: { statuses: [RECOGNIZED], methods: [COST_TO_COST], customerIds: [$customer], contractIds: [$contract], engagementIds: [$engagement], projectIds: [$project], legalEntityIds: [$books], recognitionDateFrom: "2026-02-01", recognitionDateTo: "2026-02-28" }, orderBy: { field: AMOUNT, direction: DESC }) {
        totalCount nodes { customer { id } contract { id } project { id } legalEntity { code } milestone { id } invoice { id } } } }`;
    const { ids } = world;
    const data = await world.ok(query, {
      variables: { customer: ids.customer, contract: ids.contract, engagement: ids.engagement, project: ids.project, books: ids.books },
    });
    expect(data.revenueEvents).toEqual({
      totalCount: 1,
      nodes: [
        {
          customer: { id: ids.customer },
          contract: { id: ids.contract },
          project: { id: ids.project },
          legalEntity: { code: 'NL' },
          milestone: null,
          invoice: null,
        },
      ],
    });
  });
});
