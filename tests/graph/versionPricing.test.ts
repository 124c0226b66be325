import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as engagements } from '#engagements/published.ts';
import { type ApprovedEntry, postAcceptedMilestones, postApprovedExpenses, postApprovedTime } from '#finance/actual/commands.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { addDays } from '#kernel/period.ts';
import { type Firm, firm, inScope, publishedCard, type World } from '../support/books.ts';
import { aContractLine, aContractVersion, aMilestone } from '../support/siblings.ts';
import { subgraphWorld } from '../support/subgraph.ts';

let world: World;
beforeAll(async () => {
  world = await subgraphWorld(financeSubgraph);
});
afterAll(() => world[Symbol.asyncDispose]());

const post = (entries: ApprovedEntry[]) => inScope(world, (scope) => postApprovedTime(scope, entries));
const explained = 'rule contract { id } contractVersion { id } contractVersionNumber contractRateId contractLineId rateCard { id } rate { amount } text';
type Explained = { amount: { amount: string }; status: string; priceExplanation: Record<string, unknown> };
const salesOf = async (sourceId: string): Promise<Explained[]> => {
  const text = `query ($ids: [ID!]!) { actuals(filter: { sourceIds: $ids, kinds: [UNBILLED_SALES] }) { nodes { id amount { amount } status priceExplanation { ${explained} } } } }`;
  return (await world.ok(text, { variables: { ids: [sourceId] } })).actuals.nodes;
};
const rateFor = (f: Firm) => ({ id: newId(), lineId: null, employeeId: f.employeeId, laborCategoryId: null, effectiveFrom: '2025-01-01', effectiveTo: null });

/** A firm whose contract is sold at 100 until 4 February and at 130 from then on, a Wednesday. */
async function amended() {
  const f = await firm(world);
  await f.standardCards();
  const [before, after] = [
    { ...rateFor(f), minor: '10000' },
    { ...rateFor(f), minor: '13000' },
  ];
  const first = aContractVersion({ effectiveTo: '2026-02-03', lines: [f.line], rates: [before] });
  const second = aContractVersion({ number: 2, effectiveFrom: '2026-02-04', lines: [f.line], rates: [after], paymentTermDays: 60 });
  await f.contract({ versions: [first, second] });
  return { ...f, first, second, before, after };
}

describe('work is priced by the version of its day', () => {
  test('in one week over the boundary, and the explanation names version and rate', async () => {
    const f = await amended();
    const entries = Array.from({ length: 5 }, (_, day) => f.entry({ workDate: addDays('2026-02-02', day) }));
    await post(entries);
    const sales = await Promise.all(entries.map(({ id }) => salesOf(id)));
    expect(sales.map(([sale]) => sale?.amount.amount)).toEqual(['100.00', '100.00', '130.00', '130.00', '130.00']);
    expect(sales.map(([sale]) => sale?.priceExplanation)).toEqual(
      [f.first, f.first, f.second, f.second, f.second].map((version) => {
        const rate = version === f.first ? f.before : f.after;
        const amount = version === f.first ? '100.00' : '130.00';
        return {
          ...{ rule: 'CONTRACT_EMPLOYEE', contract: { id: f.contractId }, contractLineId: null, rateCard: null, rate: { amount } },
          ...{ contractVersion: { id: version.id }, contractVersionNumber: version.number, contractRateId: rate.id },
          text: `CONTRACT_EMPLOYEE by EMPLOYEE, version ${version.number} of the contract: ${amount} EUR per hour, rounded HALF_UP once per entry`,
        };
      }),
    );
  });

  test.each<[string, string]>([
    ['2026-01-01', '100.00'],
    ['2026-02-03', '100.00'],
    ['2026-02-04', '130.00'],
    ['2026-12-31', '130.00'],
  ])('asked for %s the rate is %s, by the version that posting would name', async (workDate, amount) => {
    const f = await amended();
    const text = `query ($e: ID!, $p: ID!, $l: ID!, $d: Date!) { rateFor(employeeId: $e, projectId: $p, laborCategoryId: $l, workDate: $d) { rate { amount } explanation { ${explained} } } }`;
    const { rateFor: quote } = await world.ok(text, { variables: { e: f.employeeId, p: f.projectId, l: f.senior, d: workDate } });
    const version = amount === '100.00' ? f.first : f.second;
    expect(quote).toMatchObject({ rate: { amount }, explanation: { contractVersion: { id: version.id }, contractVersionNumber: version.number } });
  });

  test.each([
    ['the day before it begins', '2025-12-31', null],
    ['the day after it ends', '2026-03-01', '2026-02-28'],
  ])('work of %s is not sold, though its line says no dates', async (_, workDate, endDate) => {
    const f = await firm(world);
    await f.standardCards();
    await f.contract({ lines: [f.line], rates: [{ ...rateFor(f), minor: '10000' }], endDate });
    const text =
      'query ($e: ID!, $p: ID!, $l: ID!, $d: Date!) { rateFor(employeeId: $e, projectId: $p, laborCategoryId: $l, workDate: $d) { refused { code message } } }';
    const { rateFor: quote } = await world.ok(text, { variables: { e: f.employeeId, p: f.projectId, l: f.senior, d: workDate } });
    const message = expect.stringContaining(`runs from 2026-01-01${endDate ? ` to ${endDate}` : ''}; ${workDate} lies outside`);
    expect(quote.refused).toEqual({ code: 'PROJECT_NOT_BILLABLE', message });
    const within = ['2026-01-01', '2026-02-28'].map((day) => f.entry({ workDate: day }));
    const posted = { actualIds: { length: 2 } };
    expect(await post([...within, f.entry({ workDate })])).toMatchObject([posted, posted, { refused: { code: expect.any(String) } }]);
  });

  test('cost knows no contract', async () => {
    const f = await amended();
    const entry = f.entry();
    await post([entry]);
    const [row] = await world.sql`select price_explanation from finance.actual where source_id = ${entry.id} and kind = 'COST'`;
    expect(row?.price_explanation).toMatchObject({ contractId: null, contractVersionId: null, contractVersionNumber: null, contractRateId: null });
  });

  test('a version says which card prices, which lines bill, and how amounts are rounded', async () => {
    const f = await firm(world);
    await f.standardCards();
    const named = await publishedCard(world, { kind: 'SALES', scope: 'NAMED', lines: [{ laborCategoryId: f.senior, rate: '0.05' }] });
    const other = aContractLine({ name: 'Other' });
    await f.contract({
      versions: [
        aContractVersion({ effectiveTo: '2026-02-28', lines: [f.line] }),
        aContractVersion({
          number: 2,
          effectiveFrom: '2026-03-01',
          effectiveTo: '2026-03-31',
          lines: [other],
          rateCardId: named.cardId,
          rounding: 'HALF_EVEN',
        }),
        aContractVersion({ number: 3, effectiveFrom: '2026-04-01', lines: [] }),
      ],
    });
    const half = { seconds: 1800n };
    const [february, march, april] = ['2026-02-28', '2026-03-01', '2026-04-01'].map((workDate) => f.entry({ workDate, ...half }));
    expect(await post([february, march, april].filter((entry) => entry !== undefined))).toMatchObject([
      { actualIds: { length: 2 } },
      { actualIds: { length: 2 } },
      { refused: { code: 'PROJECT_NOT_BILLABLE', message: expect.stringContaining('version 3 of the contract') } },
    ]);
    expect(await salesOf(february?.id ?? '')).toMatchObject([
      { amount: { amount: '50.00' }, priceExplanation: { rule: 'STANDARD_RATE_CARD', contractVersionNumber: 1 } },
    ]);
    expect(await salesOf(march?.id ?? '')).toMatchObject([
      {
        amount: { amount: '0.02' },
        priceExplanation: { rule: 'CONTRACT_RATE_CARD', rateCard: { id: named.cardId }, contractVersionNumber: 2, contractRateId: null },
      },
    ]);
  });

  test('expenses, milestones and what other systems record name it too', async () => {
    const f = await amended();
    const { id, version, customerId, engagementId, projectId, employeeId } = f.entry();
    const expense = {
      id,
      version,
      customerId,
      engagementId,
      projectId,
      taskId: null,
      employeeId,
      amountMinor: 5n,
      currency: 'EUR',
      billable: true,
      description: null,
    };
    await inScope(world, (scope) => postApprovedExpenses(scope, [{ ...expense, workDate: '2026-02-04' }]));
    expect(await salesOf(id)).toMatchObject([{ priceExplanation: { rule: 'EXPENSE_AMOUNT', contractVersionNumber: 2, contractLineId: f.lineId } }]);
    const milestone = newId();
    const fee = { customerId, projectId, contractId: f.contractId, contractLineId: f.lineId, amountMinor: '100', acceptedOn: '2026-02-03' };
    await world.publish(engagements.Milestone, [{ id: milestone, data: aMilestone(fee) }]);
    await inScope(world, (scope) => postAcceptedMilestones(scope, [milestone]));
    expect(await salesOf(milestone)).toMatchObject([{ priceExplanation: { rule: 'MILESTONE_AMOUNT', contractVersionNumber: 1, contractLineId: f.lineId } }]);
    const record =
      'mutation ($input: RecordActualsInput!) { recordActuals(input: $input) { results { actual { id priceExplanation { contractVersionNumber } } userErrors { code } } } }';
    const item = { externalRef: { system: 'old', externalId: newId() }, kind: 'UNBILLED_SALES', transactionClass: 'FEE', projectId, contractLineId: f.lineId };
    const input = { idempotencyKey: newId(), items: [{ ...item, workDate: '2026-02-04', amount: { amount: '7', currency: 'EUR' } }] };
    const [recorded] = (await world.ok(record, { variables: { input } })).recordActuals.results;
    expect(recorded).toMatchObject({ actual: { priceExplanation: { contractVersionNumber: 2 } }, userErrors: [] });
  });
});

test('an invoice is due by the terms of its date', async () => {
  const f = await amended();
  await post([f.entry({ workDate: '2026-02-02' })]);
  const draft = async (invoiceDate: string) => {
    const text = 'mutation ($input: DraftInvoicesInput!) { draftInvoices(input: $input) { results { invoice { id dueDate } userErrors { code } } } }';
    const input = { idempotencyKey: newId(), cutOffDate: '2026-12-31', contractIds: [f.contractId], invoiceDate };
    return (await world.ok(text, { variables: { input } })).draftInvoices.results[0].invoice;
  };
  const early = await draft('2026-02-03');
  expect(early.dueDate).toBe('2026-03-05');
  await world.ok('mutation ($input: InvoiceActionInput!) { cancelInvoice(input: $input) { userErrors { code } } }', { variables: { input: { id: early.id } } });
  expect((await draft('2026-02-04')).dueDate).toBe('2026-04-05');
});

test('a limit that a new version raises lets go of what the old one held back', async () => {
  const f = await firm(world);
  await f.standardCards();
  const limited = { ...f.line, notToExceedMinor: '10000' };
  const first = aContractVersion({ lines: [limited] });
  await f.contract({ versions: [first] });
  const entries = [f.entry(), f.entry()];
  await post(entries);
  const held = (await Promise.all(entries.map(({ id }) => salesOf(id)))).flat().find(({ status }) => status === 'NOT_READY') as unknown as { id: string };
  const release = async () => {
    const text = 'mutation ($input: ReleaseActualsInput!) { releaseActuals(input: $input) { results { actual { status } userErrors { code } } } }';
    return (await world.ok(text, { variables: { input: { idempotencyKey: newId(), items: [{ id: held.id }] } } })).releaseActuals.results[0];
  };
  expect(await release()).toMatchObject({ actual: null, userErrors: [{ code: 'NOT_TO_EXCEED' }] });
  const raised = { ...limited, notToExceedMinor: '20000' };
  const later = (from: string) => [{ ...first, effectiveTo: addDays(from, -1) }, aContractVersion({ number: 2, effectiveFrom: from, lines: [raised] })];
  const tomorrow = addDays(world.time.now.toISOString().slice(0, 10), 1);
  await f.contract({ versions: later(tomorrow) });
  expect(await release()).toMatchObject({ actual: null, userErrors: [{ code: 'NOT_TO_EXCEED' }] });
  await f.contract({ versions: later(addDays(tomorrow, -1)) });
  expect(await release()).toMatchObject({ actual: { status: 'READY' }, userErrors: [] });
});
