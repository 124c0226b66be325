import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PostingOptions, postApprovedExpenses, postApprovedTime, reverseForSource } from '#finance/actual/commands.ts';
import type { ApprovedEntry, ApprovedExpense } from '#finance/actual/work.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { references as resources } from '#resources/published.ts';
import { done, inScope, publishedCard, type World } from '../support/books.ts';
import { amountsOf, type Lending, lendingFirm, poundsInEuro, setTerms, standingOf, sumsOf } from '../support/lending.ts';
import { anEmployee } from '../support/siblings.ts';
import { subgraphWorld } from '../support/subgraph.ts';

let world: World;
beforeAll(async () => {
  world = await subgraphWorld(financeSubgraph);
  await poundsInEuro(world);
});
afterAll(() => world[Symbol.asyncDispose]());

const plus = ({ lenderId, borrowerId }: Lending, more: object = {}) => ({
  lenderId,
  borrowerId,
  effectiveFrom: '2026-01-01',
  method: 'COST_PLUS',
  markUpPercent: '25',
  ...more,
});
const hourOf = (f: Lending, more: Partial<ApprovedEntry> = {}) => f.entry({ employeeId: f.basil, workDate: '2026-02-10', ...more });
const post = (entries: ApprovedEntry[], options?: PostingOptions) => inScope(world, (scope) => postApprovedTime(scope, entries, options));
const posted = async (f: Lending, more: Partial<ApprovedEntry> = {}): Promise<ApprovedEntry> => {
  const entry = hourOf(f, more);
  const [outcome] = await post([entry]);
  if (!outcome || 'refused' in outcome) throw new Error(JSON.stringify(outcome));
  return entry;
};
const expense = (f: Lending, more: Partial<ApprovedExpense> = {}): ApprovedExpense => {
  const { customerId, engagementId, projectId, basil: employeeId } = f;
  const source = { id: newId(), version: 1, customerId, engagementId, projectId, employeeId, taskId: null, workDate: '2026-02-10' };
  return { ...source, amountMinor: 10_000n, currency: 'GBP', billable: true, description: 'Hotel', ...more };
};
const items = 'results { actual { id kind amount { amount } pricingRevision } userErrors { code guard message } } userErrors { code }';
const reverse = (id: string, more: object = {}) =>
  done(world, `mutation ($input: ReverseActualsInput!) { reverseActuals(input: $input) { ${items} } }`, {
    idempotencyKey: newId(),
    items: [{ id, reason: 'test', ...more }],
  });
const reprice = (id: string, more: object = {}) =>
  done(world, `mutation ($input: RepriceActualsInput!) { repriceActuals(input: $input) { ${items} } }`, {
    idempotencyKey: newId(),
    items: [{ id, reason: 'test', ...more }],
  });
const closePeriod = async (legalEntityId: string, name: string): Promise<string> => {
  const [period] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${legalEntityId} and start_date = ${`${name}-01`}`;
  await done(world, 'mutation ($input: FiscalPeriodActionInput!) { closeFiscalPeriod(input: $input) { userErrors { code message } } }', { id: period?.id });
  return String(period?.id);
};
const nothing = (sums: Record<string, string>) => expect(new Set(Object.values(sums))).toEqual(new Set(['0']));

describe('an hour of somebody whom another legal entity lends', () => {
  test('costs the borrower what the lender asks, and stands with cost and sale in the lender’s books', async () => {
    const f = await lendingFirm(world);
    await setTerms(world, plus(f));
    const entry = await posted(f);
    const { COST, RESOURCING_COST, INTERCOMPANY_SALES, UNBILLED_SALES } = await standingOf(world, entry.id);
    // 48.00 GBP and 25 % are 60.00 GBP; at 1.20 they are 72.00 EUR
    expect(COST).toMatchObject({
      ...{ amount: { amount: '72.00', currency: 'EUR' }, legalEntity: { id: f.borrowerId }, counterpart: { id: f.lenderId }, contract: { id: f.contractId } },
      priceExplanation: {
        rule: 'INTERCOMPANY_COST_PLUS',
        rate: null,
        spent: null,
        markUpPercent: '25.00',
        conversion: { original: { amount: '60.00', currency: 'GBP' }, rate: '1.2' },
      },
    });
    expect(RESOURCING_COST).toMatchObject({
      ...{
        amount: { amount: '48.00', currency: 'GBP' },
        legalEntity: { id: f.lenderId },
        counterpart: { id: f.borrowerId },
        contract: null,
        contractLineId: null,
      },
      priceExplanation: { rule: 'STANDARD_RATE_CARD', rate: { amount: '48.00', currency: 'GBP' }, conversion: null, intercompanyTerms: null },
    });
    expect(INTERCOMPANY_SALES).toMatchObject({
      ...{
        amount: { amount: '60.00', currency: 'GBP' },
        legalEntity: { id: f.lenderId },
        counterpart: { id: f.borrowerId },
        hours: '1.00',
        status: 'READY',
        intercompanyCharge: null,
      },
      priceExplanation: { rule: 'INTERCOMPANY_COST_PLUS', spent: { amount: '48.00', currency: 'GBP' }, markUpPercent: '25.00', conversion: null },
    });
    expect(INTERCOMPANY_SALES.priceExplanation.intercompanyTerms).toEqual(COST.priceExplanation.intercompanyTerms);
    expect(INTERCOMPANY_SALES.priceExplanation.text).toContain('48.00 GBP and 25.00 %');
    expect(UNBILLED_SALES).toMatchObject({ amount: { amount: '100.00', currency: 'EUR' }, legalEntity: { id: f.borrowerId }, counterpart: null });
  });

  test('goes by the card that the terms name, before and after they do', async () => {
    const f = await lendingFirm(world);
    const lines = [{ laborCategoryId: f.senior, rate: '65.00' }];
    const { cardId: rateCardId } = await publishedCard(world, { kind: 'TRANSFER', scope: 'NAMED', currency: 'GBP', legalEntityId: f.lenderId, lines });
    await setTerms(world, plus(f));
    await setTerms(world, { ...plus(f, { markUpPercent: undefined }), method: 'RATE_CARD', effectiveFrom: '2026-02-10', rateCardId });
    const [before, after] = [await posted(f, { workDate: '2026-02-09' }), await posted(f)];
    expect(await amountsOf(world, before.id)).toEqual(['72.00 EUR', '48.00 GBP', '60.00 GBP', '100.00 EUR']);
    expect(await amountsOf(world, after.id)).toEqual(['78.00 EUR', '48.00 GBP', '65.00 GBP', '100.00 EUR']);
    const { COST } = await standingOf(world, after.id);
    expect(COST.priceExplanation).toMatchObject({ rule: 'INTERCOMPANY_RATE_CARD', rate: { amount: '65.00', currency: 'GBP' } });
    const unknown = hourOf(f, { laborCategoryId: f.junior });
    await publishedCard(world, {
      kind: 'COST',
      scope: 'STANDARD',
      currency: 'EUR',
      legalEntityId: f.lenderId,
      lines: [{ laborCategoryId: f.junior, rate: '20.00' }],
    });
    expect((await post([unknown]))[0]).toMatchObject({ refused: { code: 'RATE_NOT_FOUND', message: expect.stringContaining('No rate card by which Lender') } });
  });

  test('costs what the borrower’s own card says where no terms hold, or NONE ended them', async () => {
    const f = await lendingFirm(world);
    const free = await posted(f);
    expect(await amountsOf(world, free.id)).toEqual(['60.00 EUR', null, null, '100.00 EUR']);
    await setTerms(world, plus(f));
    await setTerms(world, { lenderId: f.lenderId, borrowerId: f.borrowerId, effectiveFrom: '2026-02-10', method: 'NONE' });
    expect(await amountsOf(world, (await posted(f)).id)).toEqual(['60.00 EUR', null, null, '100.00 EUR']);
    expect(await amountsOf(world, (await posted(f, { workDate: '2026-02-09' })).id)).toEqual(['72.00 EUR', '48.00 GBP', '60.00 GBP', '100.00 EUR']);
    // The firm's own people are lent by nobody.
    expect(await amountsOf(world, (await posted(f, { employeeId: f.employeeId })).id)).toEqual(['60.00 EUR', null, null, '100.00 EUR']);
  });

  test('needs no exchange between books of one currency, and says which is missing between others', async () => {
    const f = await lendingFirm(world, { currency: 'EUR' });
    await setTerms(world, plus(f));
    const { COST } = await standingOf(world, (await posted(f)).id);
    expect(COST).toMatchObject({ amount: { amount: '60.00', currency: 'EUR' }, priceExplanation: { conversion: null, spent: null } });
    const far = await lendingFirm(world, { currency: 'NOK' });
    await setTerms(world, plus(far));
    const [outcome] = await post([hourOf(far)]);
    expect(outcome).toMatchObject({ refused: { code: 'CURRENCY_MISMATCH' }, atRisk: { minor: 10_000n, currency: 'EUR' } });
    expect(outcome && 'refused' in outcome && outcome.refused.message).toMatch(
      /What Lender .* asks for the work of Basil \(.*\) is in NOK, and the books of Firm .* are in EUR/,
    );
  });

  test('needs what it costs the lender: without a cost card of the lender there is no price', async () => {
    const f = await lendingFirm(world);
    await setTerms(world, plus(f));
    expect((await post([hourOf(f, { laborCategoryId: f.junior })]))[0]).toMatchObject({
      refused: { code: 'RATE_NOT_FOUND', message: expect.stringContaining('No cost card of Lender') },
    });
  });

  test('is looked up as it is posted', async () => {
    const f = await lendingFirm(world);
    await setTerms(world, plus(f));
    const text = `query ($e: ID!, $p: ID!, $l: ID!) { rateFor(employeeId: $e, projectId: $p, laborCategoryId: $l, workDate: "2026-02-10", kind: COST) { rate { amount currency } explanation { rule } refused { code } } }`;
    const variables = { e: f.basil, p: f.projectId, l: f.senior };
    expect((await world.ok(text, { variables })).rateFor).toEqual({
      rate: { amount: '72.00', currency: 'EUR' },
      explanation: { rule: 'INTERCOMPANY_COST_PLUS' },
      refused: null,
    });
    const { errors } = await world.run(text.replace('COST', 'TRANSFER'), { variables });
    expect(errors).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });

  test('is read with one more statement for all, and with none where nobody is lent', async () => {
    const f = await lendingFirm(world);
    await setTerms(world, plus(f));
    const reading = async (...entries: ApprovedEntry[]) => {
      world.statements.length = 0;
      await post(entries);
      return world.statements.filter((statement) => statement.includes('intercompany_terms')).length;
    };
    expect(await reading(f.entry({ workDate: '2026-02-10' }))).toBe(0);
    expect(await reading(hourOf(f), hourOf(f), f.entry({ workDate: '2026-02-10' }))).toBe(1);
  });
});

describe('an expense of somebody who is lent', () => {
  test('is passed on at cost, or with the mark-up of expenses; what was spent is not lost', async () => {
    const f = await lendingFirm(world);
    await setTerms(world, plus(f));
    const hotel = expense(f);
    await inScope(world, (scope) => postApprovedExpenses(scope, [hotel]));
    expect(await amountsOf(world, hotel.id)).toEqual(['120.00 EUR', '100.00 GBP', '100.00 GBP', '120.00 EUR']);
    await setTerms(world, plus(f, { expenseMarkUpPercent: '2.5' }));
    const { COST } = await standingOf(world, hotel.id);
    await reprice(COST.id);
    expect(await amountsOf(world, hotel.id)).toEqual(['123.00 EUR', '100.00 GBP', '102.50 GBP', '120.00 EUR']);
    const dinner = expense(f, { amountMinor: 6000n, currency: 'EUR' });
    await inScope(world, (scope) => postApprovedExpenses(scope, [dinner]));
    // 60.00 EUR are 50.00 GBP by the inverse rate, and 51.25 with the mark-up
    expect(await amountsOf(world, dinner.id)).toEqual(['61.50 EUR', '50.00 GBP', '51.25 GBP', '60.00 EUR']);
    const again = await reprice((await standingOf(world, dinner.id)).COST.id);
    expect(again.results[0].actual.pricingRevision).toBe(1);
  });
});

describe('periods of both books', () => {
  test('must be open, or the late day is: all lines or none', async () => {
    const f = await lendingFirm(world);
    await setTerms(world, plus(f));
    await closePeriod(f.lenderId, '2026-02');
    const entry = hourOf(f);
    expect((await post([entry]))[0]).toMatchObject({ refused: { code: 'PERIOD_CLOSED' }, atRisk: { minor: 10_000n } });
    expect(await standingOf(world, entry.id)).toEqual({});
    await post([entry], { lateOn: '2026-03-02' });
    const found = await standingOf(world, entry.id);
    // The borrower's February is open.
    expect([found.COST, found.UNBILLED_SALES, found.RESOURCING_COST, found.INTERCOMPANY_SALES].map(({ accountingDate }) => accountingDate)).toEqual([
      ...['2026-02-10', '2026-02-10', '2026-03-02', '2026-03-02'],
    ]);
    const own = f.entry({ workDate: '2026-02-10' });
    expect((await post([own]))[0]).toMatchObject({ actualIds: { length: 2 } });
  });

  test('need not be open where the sale alone is priced anew', async () => {
    const f = await lendingFirm(world);
    await setTerms(world, plus(f));
    const entry = await posted(f);
    await closePeriod(f.lenderId, '2026-02');
    const rate = { id: newId(), lineId: null, employeeId: null, laborCategoryId: f.senior, minor: '11000', effectiveFrom: '2026-01-01', effectiveTo: null };
    await f.contract({ rates: [rate] });
    const { UNBILLED_SALES, COST } = await standingOf(world, entry.id);
    expect((await reprice(UNBILLED_SALES.id)).results[0].userErrors).toEqual([]);
    expect(await amountsOf(world, entry.id)).toEqual(['72.00 EUR', '48.00 GBP', '60.00 GBP', '110.00 EUR']);
    await setTerms(world, plus(f, { markUpPercent: '50' }));
    expect((await reprice(COST.id)).results[0].userErrors).toMatchObject([{ code: 'PERIOD_CLOSED' }]);
    expect((await reprice(COST.id, { accountingDate: '2026-03-02' })).results[0].userErrors).toEqual([]);
    expect(await amountsOf(world, entry.id)).toEqual(['86.40 EUR', '48.00 GBP', '72.00 GBP', '110.00 EUR']);
    expect(await sumsOf(world, [entry.id])).toEqual({
      'COST EUR': '8640',
      'INTERCOMPANY_SALES GBP': '7200',
      'RESOURCING_COST GBP': '4800',
      'UNBILLED_SALES EUR': '11000',
    });
  });

  test('are judged anew for what is taken back', async () => {
    const f = await lendingFirm(world);
    await setTerms(world, plus(f));
    const entry = await posted(f);
    await closePeriod(f.lenderId, '2026-02');
    await reverse((await standingOf(world, entry.id)).COST.id);
    const rows =
      await world.sql`select kind, accounting_date::text as day from finance.actual where source_id = ${entry.id} and reverses_id is not null order by kind`;
    expect(rows.map(({ kind, day }) => `${kind} ${day}`)).toEqual(['COST 2026-02-10', 'INTERCOMPANY_SALES 2026-03-02', 'RESOURCING_COST 2026-03-02']);
  });
});

describe('the lines of a cost come and go together, to the cent', () => {
  let f: Lending;
  beforeAll(async () => {
    f = await lendingFirm(world, { cost: '47.77' });
    await setTerms(world, plus(f, { markUpPercent: '12.5' }));
  });
  // 47.77 for 20 minutes: 15.92; 12.5 % are 1.99: 17.91 GBP, 21.49 EUR
  const before = ['21.49 EUR', '15.92 GBP', '17.91 GBP', '33.33 EUR'];
  const third = () => posted(f, { seconds: 1200n });

  test.each(['COST', 'RESOURCING_COST', 'INTERCOMPANY_SALES'] as const)('whichever of them is reversed: %s', async (kind) => {
    const entry = await third();
    expect(await amountsOf(world, entry.id)).toEqual(before);
    const named = (await standingOf(world, entry.id))[kind];
    const { results } = await reverse(named.id);
    expect(results[0].actual).toMatchObject({ kind, amount: { amount: `-${named.amount.amount}` } });
    expect(await amountsOf(world, entry.id)).toEqual([null, null, null, '33.33 EUR']);
    const { 'UNBILLED_SALES EUR': sold, ...sums } = await sumsOf(world, [entry.id]);
    expect(sold).toBe('3333');
    nothing(sums);
    expect((await post([entry]))[0]).toMatchObject({ refused: { code: 'ACTUAL_REVERSED' } });
    await post([entry], { anew: true });
    expect(await amountsOf(world, entry.id)).toEqual(before);
    const { COST, INTERCOMPANY_SALES } = await standingOf(world, entry.id);
    expect([COST.pricingRevision, INTERCOMPANY_SALES.pricingRevision]).toEqual([2, 2]);
  });

  test('when their source is recalled', async () => {
    const entry = await third();
    await inScope(world, (scope) => reverseForSource(scope, 'TIMESHEET_ENTRY', [{ id: entry.id, upToVersion: 1 }]));
    expect(await standingOf(world, entry.id)).toEqual({});
    nothing(await sumsOf(world, [entry.id]));
  });

  test('when a newer version of their source is posted', async () => {
    const entry = await third();
    await post([{ ...entry, version: 2, seconds: 2400n }]);
    // 31.85 and 3.98: 35.83 GBP, 42.996 EUR
    expect(await amountsOf(world, entry.id)).toEqual(['43.00 EUR', '31.85 GBP', '35.83 GBP', '66.67 EUR']);
    expect(await sumsOf(world, [entry.id])).toEqual({
      'COST EUR': '4300',
      'INTERCOMPANY_SALES GBP': '3583',
      'RESOURCING_COST GBP': '3185',
      'UNBILLED_SALES EUR': '6667',
    });
  });

  test('when it is posted again as it was, nothing changes', async () => {
    const entry = await third();
    const first = await standingOf(world, entry.id);
    expect((await post([entry]))[0]).toMatchObject({ actualIds: { length: 4 } });
    expect(await standingOf(world, entry.id)).toEqual(first);
  });

  test('when terms change, end or begin, and the work is priced anew by any of its lines', async () => {
    const own = await lendingFirm(world);
    const entry = await posted(own);
    expect(await amountsOf(world, entry.id)).toEqual(['60.00 EUR', null, null, '100.00 EUR']);
    await setTerms(world, plus(own));
    await reprice((await standingOf(world, entry.id)).UNBILLED_SALES.id);
    expect(await amountsOf(world, entry.id)).toEqual(['72.00 EUR', '48.00 GBP', '60.00 GBP', '100.00 EUR']);
    await setTerms(world, plus(own, { markUpPercent: '50' }));
    const { results } = await reprice((await standingOf(world, entry.id)).INTERCOMPANY_SALES.id);
    expect(results[0].actual).toMatchObject({ kind: 'INTERCOMPANY_SALES', amount: { amount: '72.00' }, pricingRevision: 3 });
    expect(await amountsOf(world, entry.id)).toEqual(['86.40 EUR', '48.00 GBP', '72.00 GBP', '100.00 EUR']);
    await setTerms(world, plus(own, { method: 'NONE', markUpPercent: undefined }));
    await reprice((await standingOf(world, entry.id)).RESOURCING_COST.id);
    expect(await amountsOf(world, entry.id)).toEqual(['60.00 EUR', null, null, '100.00 EUR']);
    expect(await sumsOf(world, [entry.id])).toMatchObject({ 'INTERCOMPANY_SALES GBP': '0', 'RESOURCING_COST GBP': '0', 'COST EUR': '6000' });
    // What no longer stands was not taken back by anybody: it is posted, and priced anew like other work.
    expect((await post([entry]))[0]).toMatchObject({ actualIds: { length: 2 } });
    expect((await reprice((await standingOf(world, entry.id)).COST.id)).results[0].userErrors).toEqual([]);
  });

  test('when the employee is of another legal entity since', async () => {
    const [one, other] = [await lendingFirm(world), await lendingFirm(world)];
    await setTerms(world, plus(one));
    const entry = await posted(one);
    await setTerms(world, { ...plus(one), lenderId: other.lenderId });
    await publishedCard(world, {
      kind: 'COST',
      scope: 'STANDARD',
      currency: 'EUR',
      legalEntityId: other.lenderId,
      lines: [{ laborCategoryId: one.senior, rate: '57.60' }],
    });
    await world.publish(resources.Employee, [{ id: one.basil, version: 2, data: anEmployee({ legalEntityId: other.lenderId, name: 'Basil' }) }]);
    await reprice((await standingOf(world, entry.id)).COST.id);
    // 57.60 EUR are 48.00 GBP: the amounts are the same, and the lender is not
    const { COST, INTERCOMPANY_SALES } = await standingOf(world, entry.id);
    expect(await amountsOf(world, entry.id)).toEqual(['72.00 EUR', '48.00 GBP', '60.00 GBP', '100.00 EUR']);
    expect([COST.counterpart.id, INTERCOMPANY_SALES.legalEntity.id]).toEqual([other.lenderId, other.lenderId]);
    const sums =
      await world.sql`select legal_entity_id as id, sum(amount_minor)::int as minor from finance.actual where source_id = ${entry.id} and kind = 'INTERCOMPANY_SALES' group by 1`;
    expect(new Map(sums.map(({ id, minor }) => [id, minor]))).toEqual(
      new Map([
        [one.lenderId, 0],
        [other.lenderId, 6000],
      ]),
    );
  });
});

describe('an hour of a subcontractor’s person whom another legal entity lends', () => {
  /** The person’s hour is ordered by the lender, on a project of the borrower. */
  async function ordered(f: Lending): Promise<string> {
    const [subcontractorId, lineId] = [newId(), newId()];
    const books = { legalEntityId: f.lenderId, currency: 'GBP' };
    await world.publish(resources.Subcontractor, [{ id: subcontractorId, data: { name: 'Zeta Works', status: 'APPROVED', ...books } }]);
    const days = { startDate: '2026-01-01', endDate: '2026-12-31', closedOn: null };
    const limits = { limitSeconds: null, limitMinor: null, toleranceMinor: '0' };
    const line = { subcontractId: newId(), name: 'Order 7', subcontractorId, number: 1, projectId: f.projectId, employeeId: f.basil, laborCategoryId: null };
    await world.publish(resources.SubcontractLine, [{ id: lineId, data: { ...line, ...books, ...days, ...limits, rateMinor: '4000' } }]);
    await world.publish(resources.Employee, [{ id: f.basil, version: 2, data: anEmployee({ legalEntityId: f.lenderId, name: 'Basil', subcontractorId }) }]);
    return lineId;
  }

  test('costs the lender what it ordered it for, and the borrower what the lender asks on that', async () => {
    const f = await lendingFirm(world);
    await setTerms(world, plus(f));
    const lineId = await ordered(f);
    const entry = await posted(f);
    // 40.00 GBP by the order and 25 % are 50.00 GBP; at 1.20 they are 60.00 EUR
    expect(await amountsOf(world, entry.id)).toEqual(['60.00 EUR', '40.00 GBP', '50.00 GBP', '100.00 EUR']);
    // The order is used once: by the cost of whoever ordered.
    const bought = await world.sql`select kind from finance.actual where subcontract_line_id = ${lineId}`;
    expect(bought.map(({ kind }) => kind)).toEqual(['RESOURCING_COST']);
    const { INTERCOMPANY_SALES } = await standingOf(world, entry.id);
    await reverse(INTERCOMPANY_SALES.id);
    nothing(Object.fromEntries(Object.entries(await sumsOf(world, [entry.id])).filter(([kind]) => !kind.startsWith('UNBILLED'))));
  });
});
