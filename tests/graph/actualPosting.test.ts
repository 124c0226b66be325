import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ContractRateTerms, references as engagements } from '#engagements/published.ts';
import { type ApprovedEntry, type PostingOutcome, postApprovedTime } from '#finance/actual/commands.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { serviceActor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { createCard, createVersion, done, type Firm, firm, inScope, publishedCard, publishVersion, type World } from '../support/books.ts';
import { aContractLine, aCustomer } from '../support/siblings.ts';
import { subgraphWorld } from '../support/subgraph.ts';

let world: World;
beforeAll(async () => {
  world = await subgraphWorld(financeSubgraph);
});
afterAll(() => world[Symbol.asyncDispose]());

const post = (entries: ApprovedEntry[]) => inScope(world, (scope) => postApprovedTime(scope, entries));
const idsOf = (outcome: PostingOutcome | undefined): string[] => (outcome && 'actualIds' in outcome ? outcome.actualIds : []);
const shown = `{ kind status transactionClass holdCode holdReason amount { amount currency } hours workDate accountingDate contractLineId sourceVersion
  priceExplanation { rule matchedDimensions rate { amount } rounding rateCard { id } rateCardVersion { id } rateCardLineId contract { id } contractLineId text } }`;
type Shown = { kind: string; status: string; holdCode: string | null; amount: { amount: string }; priceExplanation: { rule: string } };
const actualsOf = async (entry: { id: string }) => {
  const data = await world.ok(
    `query ($ids: [ID!]!) { actuals(filter: { sourceIds: $ids }, orderBy: { field: CREATED_AT, direction: ASC }) { nodes ${shown} } }`,
    { variables: { ids: [entry.id] } },
  );
  return data.actuals.nodes as Shown[];
};
const rate = (more: Partial<ContractRateTerms>): ContractRateTerms => ({
  id: newId(),
  lineId: null,
  employeeId: null,
  laborCategoryId: null,
  minor: '1',
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
  ...more,
});
const ready = async (): Promise<Firm> => {
  const f = await firm(world);
  await f.standardCards();
  return f;
};

describe('approved time', () => {
  test('makes cost and unbilled sales, each with the rule that priced it', async () => {
    const f = await firm(world);
    const { sales, cost } = await f.standardCards();
    const entry = f.entry({ seconds: 5400n });
    const before = (await world.facts()).length;
    const [outcome] = await post([entry]);
    expect(idsOf(outcome)).toHaveLength(2);
    expect((await world.facts()).slice(before)).toEqual(['ActualPosted', 'ActualPosted']);
    const [made, sold] = (await actualsOf(entry)).sort((a, b) => (a.kind < b.kind ? -1 : 1));
    expect(made).toMatchObject({ kind: 'COST', status: 'READY', amount: { amount: '90.00', currency: 'EUR' }, hours: '1.50', contractLineId: f.lineId });
    expect(made).toMatchObject({
      priceExplanation: {
        rule: 'STANDARD_RATE_CARD',
        matchedDimensions: ['LABOR_CATEGORY'],
        rate: { amount: '60.00' },
        rateCard: { id: cost.cardId },
        contract: null,
      },
    });
    expect(sold).toMatchObject({ kind: 'UNBILLED_SALES', status: 'READY', amount: { amount: '150.00' }, workDate: '2026-02-02', accountingDate: '2026-02-02' });
    expect(sold).toMatchObject({
      priceExplanation: {
        rateCardVersion: { id: sales.versionId },
        contract: { id: f.contractId },
        text: 'STANDARD_RATE_CARD by LABOR_CATEGORY, version 1 of the contract: 100.00 EUR per hour, rounded HALF_UP once per entry',
      },
    });
    const [logged] = await world.sql`select payload from log.pending where type = 'ActualPosted' and payload->>'kind' = 'COST' order by sequence desc limit 1`;
    expect(logged?.payload).toMatchObject({ amount: null, hours: '1.50', sourceType: 'TIMESHEET_ENTRY', sourceId: entry.id });
  });

  test('that is not billable, or stands under no contract, makes only cost', async () => {
    const f = await ready();
    const [free, internal] = [f.entry({ billable: false }), f.entry({ projectId: newId() })];
    await f.project({ contractId: null, legalEntityId: null }, internal.projectId);
    const outcomes = await post([free, internal]);
    expect(outcomes.map((outcome) => idsOf(outcome).length)).toEqual([1, 1]);
    await f.project({ billable: false });
    expect(idsOf((await post([f.entry()]))[0])).toHaveLength(1);
  });

  test.each(['FIXED_FEE', 'MILESTONE', 'RETAINER'] as const)('under a %s line only makes cost, which counts as consumption of the line', async (method) => {
    const f = await ready();
    const line = aContractLine({ method, kinds: ['TIME'] });
    await f.contract({ lines: [line] });
    const entry = f.entry();
    expect(idsOf((await post([entry]))[0])).toHaveLength(1);
    expect(await actualsOf(entry)).toMatchObject([{ kind: 'COST', contractLineId: line.id }]);
  });

  test('is priced by the contract before the customer before the standard', async () => {
    const f = await ready();
    const lines = (value: string) => [{ laborCategoryId: f.senior, rate: value }];
    const named = await publishedCard(world, { kind: 'SALES', scope: 'NAMED', lines: lines('80') });
    const price = async () => {
      const entry = f.entry();
      await post([entry]);
      const sold = (await actualsOf(entry)).find((actual) => actual.kind === 'UNBILLED_SALES');
      return [sold?.priceExplanation.rule, sold?.amount.amount];
    };
    const found = [await price()];
    await publishedCard(world, { kind: 'SALES', scope: 'CUSTOMER', customerId: f.customerId, lines: lines('90') });
    found.push(await price());
    await f.contract({ rateCardId: named.cardId });
    found.push(await price());
    const rates = [rate({ laborCategoryId: f.senior, minor: '7000' })];
    await f.contract({ rateCardId: named.cardId, rates });
    found.push(await price());
    rates.push(rate({ employeeId: f.employeeId, minor: '6000' }));
    await f.contract({ rateCardId: named.cardId, rates });
    found.push(await price());
    rates.push(rate({ lineId: f.lineId, minor: '5000' }));
    await f.contract({ rateCardId: named.cardId, rates });
    found.push(await price());
    expect(found).toEqual([
      ['STANDARD_RATE_CARD', '100.00'],
      ['CUSTOMER_RATE_CARD', '90.00'],
      ['CONTRACT_RATE_CARD', '80.00'],
      ['CONTRACT_LABOR_CATEGORY', '70.00'],
      ['CONTRACT_EMPLOYEE', '60.00'],
      ['CONTRACT_LINE_OVERRIDE', '50.00'],
    ]);
  });

  test('is priced by the version of its work date, also a superseded one', async () => {
    const f = await firm(world);
    const { sales } = await f.standardCards();
    const { rateCardVersion } = await done(world, createVersion, {
      rateCardId: sales.cardId,
      effectiveFrom: '2026-02-15',
      lines: [{ laborCategoryId: f.senior, rate: '110' }],
    });
    await done(world, publishVersion, { id: rateCardVersion.id });
    const days = ['2026-02-14', '2026-02-15'].map((workDate) => f.entry({ workDate }));
    await post(days);
    const amounts = await Promise.all(days.map(async (entry) => (await actualsOf(entry)).map((actual) => actual.amount.amount).sort()));
    expect(amounts).toEqual([
      ['100.00', '60.00'],
      ['110.00', '60.00'],
    ]);
  });

  test('rounds once per entry, by the policy of the contract', async () => {
    const f = await ready();
    for (const [rounding, expected] of [
      ['HALF_UP', '0.03'],
      ['HALF_EVEN', '0.02'],
    ] as const) {
      await f.contract({ rounding, rates: [rate({ employeeId: f.employeeId, minor: '5' })] });
      const entry = f.entry({ seconds: 1800n });
      await post([entry]);
      expect(
        (await actualsOf(entry)).map((actual) => actual.amount.amount),
        rounding,
      ).toContain(expected);
    }
  });
});

describe('approved time that cannot be posted', () => {
  test('says the first thing that stands against it, and the money at risk where it is known', async () => {
    const f = await ready();
    const unknown = f.entry({ projectId: newId() });
    const closed = f.entry({ projectId: newId() });
    await f.project({ status: 'CLOSED' }, closed.projectId);
    const uncovered = f.entry({ workDate: '2026-03-05' });
    const costless = f.entry({ laborCategoryId: newId(), employeeId: newId() });
    await f.contract({ lines: [{ ...f.line, endDate: '2026-02-28' }], rates: [rate({ employeeId: costless.employeeId, minor: '4200' })] });
    const outcomes = await post([unknown, closed, f.entry({ laborCategoryId: null }), costless, uncovered, f.entry()]);
    expect(outcomes).toMatchObject([
      { refused: { code: 'NOT_FOUND', field: 'projectId' } },
      { refused: { code: 'GUARD_REFUSED', guard: 'projectOpen' } },
      { refused: { code: 'LABOR_CATEGORY_MISSING' } },
      { refused: { code: 'RATE_NOT_FOUND' }, atRisk: { minor: 4200n, currency: 'EUR' } },
      { refused: { code: 'PROJECT_NOT_BILLABLE' } },
      { actualIds: { length: 2 } },
    ]);
    expect(outcomes.map((outcome) => outcome.sourceId)).toHaveLength(6);
    for (const entry of [unknown, closed, costless, uncovered]) expect(await actualsOf(entry)).toEqual([]);
  });

  test('is posted after the repair', async () => {
    const f = await firm(world);
    await publishedCard(world, { kind: 'COST', scope: 'STANDARD', legalEntityId: f.legalEntityId, lines: [{ laborCategoryId: f.senior, rate: '60' }] });
    const entry = f.entry();
    expect(await post([entry])).toMatchObject([{ refused: { code: 'RATE_NOT_FOUND' } }]);
    await publishedCard(world, { kind: 'SALES', scope: 'STANDARD', legalEntityId: f.legalEntityId, lines: [{ laborCategoryId: f.senior, rate: '100' }] });
    expect(idsOf((await post([entry]))[0])).toHaveLength(2);
  });

  test('mixes no currencies', async () => {
    const f = await ready();
    await f.contract({ currency: 'USD' });
    expect(await post([f.entry()])).toMatchObject([{ refused: { code: 'CURRENCY_MISMATCH' } }]);
  });

  test.each(['DRAFT', 'IN_REVIEW', 'LOST', 'CLOSED'])('is refused under a contract that is %s', async (status) => {
    const f = await ready();
    await f.contract({ status });
    expect(await post([f.entry()])).toMatchObject([{ refused: { code: 'PROJECT_NOT_BILLABLE' } }]);
  });

  test('is refused whole for an actor who may not post', async () => {
    const f = await ready();
    const actor = { ...serviceActor('reader'), permissions: ['actual:read'] };
    await expect(inScope(world, (scope) => postApprovedTime(scope, [f.entry()]), actor)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const confined = { ...serviceActor('confined'), customerIds: [newId()] };
    expect(await inScope(world, (scope) => postApprovedTime(scope, [f.entry()]), confined)).toMatchObject([{ refused: { code: 'NOT_FOUND' } }]);
  });
});

test('the card of a customer is not another customer', async () => {
  const f = await ready();
  const other = newId();
  await world.publish(engagements.Customer, [{ id: other, data: aCustomer({ name: 'Other' }) }]);
  const { rateCard } = await done(world, createCard, { name: 'Other', kind: 'SALES', scope: 'CUSTOMER', customerId: other, currency: 'EUR' });
  const { rateCardVersion } = await done(world, createVersion, {
    rateCardId: rateCard.id,
    effectiveFrom: '2026-01-01',
    lines: [{ laborCategoryId: f.senior, rate: '1' }],
  });
  await done(world, publishVersion, { id: rateCardVersion.id });
  const entry = f.entry();
  await post([entry]);
  expect((await actualsOf(entry)).map((actual) => actual.amount.amount).sort()).toEqual(['100.00', '60.00']);
});
