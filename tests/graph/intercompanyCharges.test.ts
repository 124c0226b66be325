import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postApprovedExpenses, postApprovedTime, reverseForSource } from '#finance/actual/commands.ts';
import type { ApprovedEntry } from '#finance/actual/work.ts';
import { chargeIntercompany } from '#finance/intercompany/commands.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { asRefused } from '#kernel/outcome.ts';
import { done, heldOpen, inScope, type World } from '../support/books.ts';
import { plantCorruption } from '../support/corruption.ts';
import type { Json } from '../support/graph.ts';
import { charge, type Lending, lendingFirm, poundsInEuro, setTerms, standingOf, triedCharge } from '../support/lending.ts';
import { allowed, portalOf, subgraphWorld } from '../support/subgraph.ts';

let world: World;
beforeAll(async () => {
  world = await subgraphWorld(financeSubgraph);
  await poundsInEuro(world);
});
afterAll(() => world[Symbol.asyncDispose]());

const end = '2026-02-28';
/** A lender whose terms are cost and 25 %: an hour is 60.00 GBP, which is 72.00 EUR. */
async function lending(wish = {}): Promise<Lending> {
  const f = await lendingFirm(world, wish);
  await setTerms(world, { lenderId: f.lenderId, borrowerId: f.borrowerId, effectiveFrom: '2026-01-01', method: 'COST_PLUS', markUpPercent: '25' });
  return f;
}
async function posted(f: Lending, more: Partial<ApprovedEntry> = {}): Promise<ApprovedEntry> {
  const entry = f.entry({ employeeId: f.basil, workDate: '2026-02-10', ...more });
  const [outcome] = await inScope(world, (scope) => postApprovedTime(scope, [entry]));
  if (!outcome || 'refused' in outcome) throw new Error(JSON.stringify(outcome));
  return entry;
}
const recall = ({ id, version }: ApprovedEntry) => inScope(world, (scope) => reverseForSource(scope, 'TIMESHEET_ENTRY', [{ id, upToVersion: version }]));
const money = (amount: string, currency: string) => ({ amount, currency });

const lines =
  'lines(first: 50) { nodes { position project { id } employee { id } transactionClass reversing actualCount hours amount { amount currency } borrowerAmount { amount currency } } totalCount }';
const entry = '{ source postingDate lines(first: 20) { nodes { account debit { amount currency } credit { amount currency } project { id } } } }';
const reading = `query ($id: ID!) { intercompanyCharge(id: $id) { number chargedOn actualCount amount { amount currency } borrowerAmount { amount currency }
  lender { id } borrower { id } lenderJournalEntry ${entry} borrowerJournalEntry ${entry} ${lines} } }`;
const read = async (id: string, actor = {}): Promise<Json> =>
  (await world.ok(reading, { variables: { id }, actor: { ...allowed, ...actor } })).intercompanyCharge;
const charged = async (f: Lending, more: object = {}): Promise<Json> => {
  const [found] = await charge(world, { lenderId: f.lenderId, chargedOn: end, ...more });
  return found && read(found.intercompanyCharge.id);
};
const sides = ({ lines: { nodes } }: Json): string[] =>
  nodes.map(
    ({ account, debit, credit }: Json) =>
      `${account} ${debit.amount === '0.00' ? `Cr ${credit.amount} ${credit.currency}` : `Dr ${debit.amount} ${debit.currency}`}`,
  );
async function closePeriod(legalEntityId: string, start: string): Promise<void> {
  const [period] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${legalEntityId} and start_date = ${start}`;
  await done(world, 'mutation ($input: FiscalPeriodActionInput!) { closeFiscalPeriod(input: $input) { userErrors { code message } } }', { id: period?.id });
}

describe('a charge', () => {
  test('asks for all that stands up to its day, with balanced entries in both books', async () => {
    const f = await lending();
    const [one] = [await posted(f), await posted(f, { seconds: 5400n, workDate: '2026-02-11' })];
    await posted(f, { workDate: '2026-03-01' });
    const source = { id: newId(), version: 1, customerId: f.customerId, engagementId: f.engagementId, projectId: f.projectId, taskId: null };
    const spent = { employeeId: f.basil, workDate: '2026-02-10', amountMinor: 1000n, currency: 'GBP', billable: false, description: null };
    await inScope(world, (scope) => postApprovedExpenses(scope, [{ ...source, ...spent }]));
    const found = await charged(f);
    expect(found).toMatchObject({
      ...{ number: 1, chargedOn: end, actualCount: 3, lender: { id: f.lenderId }, borrower: { id: f.borrowerId } },
      ...{ amount: money('160.00', 'GBP'), borrowerAmount: money('192.00', 'EUR') },
    });
    expect(found.lines).toMatchObject({
      totalCount: 2,
      nodes: [
        {
          position: 1,
          transactionClass: 'EXPENSE',
          reversing: false,
          actualCount: 1,
          hours: null,
          amount: money('10.00', 'GBP'),
          borrowerAmount: money('12.00', 'EUR'),
        },
        {
          position: 2,
          transactionClass: 'TIME',
          actualCount: 2,
          hours: '2.50',
          amount: money('150.00', 'GBP'),
          borrowerAmount: money('180.00', 'EUR'),
          employee: { id: f.basil },
        },
      ],
    });
    expect(found.lenderJournalEntry).toMatchObject({ source: 'INTERCOMPANY', postingDate: end });
    expect(sides(found.lenderJournalEntry)).toEqual(['INTERCOMPANY Dr 160.00 GBP', 'INTERCOMPANY_REVENUE Cr 160.00 GBP']);
    expect(sides(found.borrowerJournalEntry)).toEqual(['COST_OF_SERVICES Dr 192.00 EUR', 'INTERCOMPANY Cr 192.00 EUR']);
    const { INTERCOMPANY_SALES, COST } = await standingOf(world, one?.id ?? '');
    expect([INTERCOMPANY_SALES.intercompanyCharge, COST.intercompanyCharge]).toEqual([{ number: 1 }, null]);
    expect((await world.facts()).at(-1)).toBe('IntercompanyCharged');
  });

  test('is made once: a repeat finds nothing, the same key gives the same answer, the next one has what came since', async () => {
    const f = await lending();
    await posted(f);
    const input = { idempotencyKey: newId(), lenderId: f.lenderId, chargedOn: end };
    const first = await triedCharge(world, input);
    expect(await triedCharge(world, input)).toEqual({ ...first, replayed: true });
    expect(await charge(world, { lenderId: f.lenderId, chargedOn: end })).toEqual([]);
    await posted(f);
    expect(await charged(f)).toMatchObject({ number: 2, amount: money('60.00', 'GBP') });
  });

  test('is shown before it is made, and a preview leaves nothing behind', async () => {
    const f = await lending();
    await posted(f);
    const rowsOf = async () =>
      world.sql`select (select count(*)::int from finance.intercompany_charge) as charges, (select count(*)::int from finance.journal_entry) as entries`;
    const before = await rowsOf();
    const [preview] = await charge(world, { lenderId: f.lenderId, chargedOn: end, dryRun: true });
    expect(preview).toMatchObject({
      ...{ lender: { id: f.lenderId }, borrower: { id: f.borrowerId }, actualCount: 1, intercompanyCharge: null },
      ...{ amount: money('60.00', 'GBP'), borrowerAmount: money('72.00', 'EUR') },
    });
    expect([...(await rowsOf())]).toEqual([...before]);
    expect(await charged(f)).toMatchObject({ amount: money('60.00', 'GBP') });
  });

  test('is one per borrower, or of the one that is named', async () => {
    const [f, other] = [await lending(), await lendingFirm(world)];
    await setTerms(world, { lenderId: f.lenderId, borrowerId: other.borrowerId, effectiveFrom: '2026-01-01', method: 'COST_PLUS', markUpPercent: '0' });
    const categories = { laborCategoryId: f.senior, billable: false };
    await posted(f);
    const abroad = other.entry({ employeeId: f.basil, workDate: '2026-02-10', ...categories });
    await inScope(world, (scope) => postApprovedTime(scope, [abroad]));
    expect(await charged(f, { borrowerId: other.borrowerId })).toMatchObject({ borrower: { id: other.borrowerId }, amount: money('48.00', 'GBP') });
    expect(await charge(world, { lenderId: f.lenderId, borrowerId: other.borrowerId, chargedOn: end })).toEqual([]);
    const again = other.entry({ employeeId: f.basil, workDate: '2026-02-10', ...categories });
    await inScope(world, (scope) => postApprovedTime(scope, [again]));
    const both = await charge(world, { lenderId: f.lenderId, chargedOn: end });
    expect(both.map(({ intercompanyCharge, amount }: Json) => `${intercompanyCharge.number} ${amount.amount}`).toSorted()).toHaveLength(2);
    expect(both.map(({ intercompanyCharge }: Json) => intercompanyCharge.number).toSorted()).toEqual([2, 3]);
  });

  test('has nothing of what was taken back before it, on either side', async () => {
    const f = await lending();
    await recall(await posted(f));
    expect(await charge(world, { lenderId: f.lenderId, chargedOn: end })).toEqual([]);
    await posted(f, { workDate: '2026-02-11' });
    expect(await charged(f)).toMatchObject({ actualCount: 1, amount: money('60.00', 'GBP') });
  });
});

describe('what is taken back after it was charged', () => {
  test('is given back by the next charge, on lines of its own', async () => {
    const f = await lending();
    const gone = await posted(f);
    await charged(f);
    await recall(gone);
    await posted(f, { seconds: 1800n });
    const next = await charged(f);
    expect(next).toMatchObject({ actualCount: 2, amount: money('-30.00', 'GBP'), borrowerAmount: money('-36.00', 'EUR') });
    expect(next.lines.nodes).toMatchObject([
      { reversing: false, hours: '0.50', amount: money('30.00', 'GBP') },
      { reversing: true, hours: '-1.00', amount: money('-60.00', 'GBP'), borrowerAmount: money('-72.00', 'EUR') },
    ]);
    expect(sides(next.lenderJournalEntry)).toEqual(['INTERCOMPANY Cr 30.00 GBP', 'INTERCOMPANY_REVENUE Dr 30.00 GBP']);
    expect(sides(next.borrowerJournalEntry)).toEqual(['COST_OF_SERVICES Cr 36.00 EUR', 'INTERCOMPANY Dr 36.00 EUR']);
    expect(await charge(world, { lenderId: f.lenderId, chargedOn: end })).toEqual([]);
  });

  test('stays with the charge that asked for it where its own day comes later', async () => {
    const f = await lending();
    const gone = await posted(f);
    await closePeriod(f.lenderId, '2026-02-01');
    await recall(gone);
    await done(world, 'mutation ($input: FiscalPeriodActionInput!) { reopenFiscalPeriod(input: $input) { userErrors { code message } } }', {
      id: (await world.sql`select id from finance.fiscal_period where legal_entity_id = ${f.lenderId} and start_date = '2026-02-01'`)[0]?.id,
      reason: 'test',
    });
    // It stood in the books of February, and was taken back in March.
    expect(await charged(f)).toMatchObject({ amount: money('60.00', 'GBP'), borrowerAmount: money('72.00', 'EUR') });
    expect(await charged(f, { chargedOn: '2026-03-02' })).toMatchObject({ amount: money('-60.00', 'GBP'), borrowerAmount: money('-72.00', 'EUR') });
  });

  test('and priced anew, is charged as the difference', async () => {
    const f = await lending();
    const kept = await posted(f);
    await charged(f);
    await setTerms(world, { lenderId: f.lenderId, borrowerId: f.borrowerId, effectiveFrom: '2026-01-01', method: 'COST_PLUS', markUpPercent: '50' });
    const { COST } = await standingOf(world, kept.id);
    const text = 'mutation ($input: RepriceActualsInput!) { repriceActuals(input: $input) { results { userErrors { code message } } userErrors { code } } }';
    await done(world, text, { idempotencyKey: newId(), items: [{ id: COST.id, reason: 'test' }] });
    const next = await charged(f);
    expect(next).toMatchObject({ amount: money('12.00', 'GBP'), borrowerAmount: money('14.40', 'EUR') });
    expect(next.lines.nodes.map(({ reversing, amount }: Json) => [reversing, amount.amount])).toEqual([
      [false, '72.00'],
      [true, '-60.00'],
    ]);
    const sums =
      await world.sql`select account, sum(debit_minor - credit_minor)::int as minor from finance.journal_line where legal_entity_id = ${f.borrowerId} group by 1 order by 1`;
    // What is in the journal is what the project costs by its actuals.
    expect([...sums]).toEqual([
      { account: 'COST_OF_SERVICES', minor: 8640 },
      { account: 'INTERCOMPANY', minor: -8640 },
    ]);
    const [cost] = await world.sql`select sum(amount_minor)::int as minor from finance.cost_balance where project_id = ${f.projectId}`;
    expect(cost?.minor).toBe(8640);
  });

  test('and comes to nothing with what came since, is a charge without entries', async () => {
    const f = await lending();
    const gone = await posted(f);
    await charged(f);
    await recall(gone);
    await posted(f, { workDate: '2026-02-11' });
    expect(await charged(f)).toMatchObject({
      actualCount: 2,
      amount: money('0.00', 'GBP'),
      lenderJournalEntry: null,
      borrowerJournalEntry: null,
      lines: { totalCount: 2 },
    });
  });
});

describe('a charge is refused', () => {
  let f: Lending;
  beforeAll(async () => {
    f = await lending();
    await posted(f);
  });
  const refused = async (input: object, actor = {}) =>
    (await triedCharge(world, { lenderId: f.lenderId, chargedOn: end, ...input }, { actor: { ...allowed, ...actor } })).userErrors;

  test('to a lender who is none, before its day, and without permission', async () => {
    expect(await refused({ lenderId: newId() })).toMatchObject([{ code: 'NOT_FOUND', field: 'lenderId' }]);
    expect(await refused({ lenderId: 'nobody' })).toMatchObject([{ code: 'NOT_FOUND', field: 'lenderId' }]);
    expect(await refused({ chargedOn: '2026-03-03' })).toMatchObject([{ code: 'GUARD_REFUSED', guard: 'dateReached', field: 'chargedOn' }]);
    expect(await refused({}, { permissions: ['cost:read', 'intercompany:write'] })).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(await refused({}, { permissions: ['intercompany:charge'] })).toMatchObject([{ code: 'FORBIDDEN', message: expect.stringContaining('cost:read') }]);
  });

  test('to who sees one of the two, or some of the customers', async () => {
    expect(await refused({}, { legalEntityIds: [f.lenderId] })).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(await refused({}, { legalEntityIds: [f.borrowerId] })).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await refused({}, { customerIds: [f.customerId] })).not.toEqual([]);
    expect(await refused({}, { ...portalOf(f.customerId), permissions: ['*'] })).not.toEqual([]);
    expect(await refused({ dryRun: true }, { legalEntityIds: [f.lenderId, f.borrowerId] })).toEqual([]);
  });

  test.each([
    ['the lender', () => f.lenderId],
    ['the borrower', () => f.borrowerId],
  ])('where the period of %s is closed, and then there is none in either books', async (_, legalEntityId) => {
    const [period] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${legalEntityId()} and start_date = '2026-02-01'`;
    await closePeriod(legalEntityId(), '2026-02-01');
    expect(await refused({})).toMatchObject([{ code: 'PERIOD_CLOSED', field: 'chargedOn' }]);
    expect((await charge(world, { lenderId: f.lenderId, chargedOn: '2026-03-01', dryRun: true }))[0]).toMatchObject({ amount: money('60.00', 'GBP') });
    await done(world, 'mutation ($input: FiscalPeriodActionInput!) { reopenFiscalPeriod(input: $input) { userErrors { code message } } }', {
      id: period?.id,
      reason: 'test',
    });
    expect(await refused({ dryRun: true })).toEqual([]);
  });
});

describe('the database refuses on its own', () => {
  test('to change a charge or its lines, or to mark a sale otherwise', async () => {
    const f = await lending();
    const { id } = await posted(f);
    await charged(f);
    const owner = world.sql`select id from finance.intercompany_charge where lender_id = ${f.lenderId}`;
    for (const [attempt, guard] of [
      [plantCorruption(world.sql)`update finance.intercompany_charge set amount_minor = 0 where lender_id = ${f.lenderId}`, 'intercompanyChargeFinal'],
      [plantCorruption(world.sql)`delete from finance.intercompany_charge_line where charge_id in (${owner})`, 'intercompanyChargeFinal'],
      [
        plantCorruption(world.sql)`update finance.actual set intercompany_charge_id = null where source_id = ${id} and kind = 'INTERCOMPANY_SALES'`,
        'actualImmutable',
      ],
    ] as const) {
      const [outcome] = await Promise.allSettled([attempt]);
      expect(outcome?.status === 'rejected' && asRefused(outcome.reason)).toMatchObject({ code: 'GUARD_REFUSED', guard });
    }
  });
});

describe('of two at once', () => {
  test('two charges ask for each hour once, and number themselves without a gap', async () => {
    const f = await lending();
    for (let day = 10; day < 15; day += 1) await posted(f, { workDate: `2026-02-${day}` });
    const both = await Promise.all([1, 2].map(() => charge(world, { lenderId: f.lenderId, chargedOn: end })));
    expect(both.flat().map(({ actualCount, amount }: Json) => [actualCount, amount.amount])).toEqual([[5, '300.00']]);
    const rows = await world.sql`select number, amount_minor::int as minor from finance.intercompany_charge where lender_id = ${f.lenderId}`;
    expect([...rows]).toEqual([{ number: 1, minor: 30_000 }]);
  });

  test('a recall that waits for a charge is given back by the next one', async () => {
    const f = await lending();
    const gone = await posted(f);
    const commit = await heldOpen(world, (scope) => chargeIntercompany(scope, { lenderId: f.lenderId, chargedOn: end }));
    const recalled = recall(gone);
    await commit();
    await recalled;
    expect(await charged(f)).toMatchObject({ number: 2, amount: money('-60.00', 'GBP') });
  });

  test('a charge that waits for a recall asks for nothing of it', async () => {
    const f = await lending();
    const gone = await posted(f);
    const commit = await heldOpen(world, (scope) => reverseForSource(scope, 'TIMESHEET_ENTRY', [{ id: gone.id, upToVersion: 1 }]));
    const waiting = charge(world, { lenderId: f.lenderId, chargedOn: end });
    await commit();
    expect(await waiting).toEqual([]);
  });
});

describe('charges are seen', () => {
  test('by both sides with cost:read, and by nobody else; they are paged and filtered', async () => {
    const f = await lending();
    const stranger = await lending();
    await posted(f);
    const [{ intercompanyCharge }] = await charge(world, { lenderId: f.lenderId, chargedOn: '2026-02-10' });
    await posted(f, { workDate: '2026-02-20' });
    await charge(world, { lenderId: f.lenderId, chargedOn: end });
    for (const legalEntityIds of [[f.lenderId], [f.borrowerId]])
      expect(await read(intercompanyCharge.id, { legalEntityIds })).toMatchObject({ number: 1, lines: { totalCount: 1 } });
    expect(await read(intercompanyCharge.id, { legalEntityIds: [f.borrowerId] })).toMatchObject({
      lender: null,
      lenderJournalEntry: null,
      borrower: { id: f.borrowerId },
    });
    expect(await read(intercompanyCharge.id, { legalEntityIds: [stranger.lenderId] })).toBeNull();
    const text = `query ($filter: IntercompanyChargeFilter, $after: Cursor) { intercompanyCharges(first: 1, after: $after, filter: $filter) { nodes { number } totalCount pageInfo { endCursor hasNextPage } } }`;
    const list = async (variables: object, actor = {}): Promise<Json> =>
      (await world.run(text, { variables: { ...variables }, actor: { ...allowed, ...actor } })).data;
    const filter = { lenderIds: [f.lenderId], borrowerIds: [f.borrowerId] };
    const one = (await list({ filter })).intercompanyCharges;
    expect(one).toMatchObject({ nodes: [{ number: 2 }], totalCount: 2, pageInfo: { hasNextPage: true } });
    expect((await list({ filter, after: one.pageInfo.endCursor })).intercompanyCharges).toMatchObject({
      nodes: [{ number: 1 }],
      pageInfo: { hasNextPage: false },
    });
    expect((await list({ filter: { ...filter, chargedOnTo: '2026-02-20' } })).intercompanyCharges).toMatchObject({ nodes: [{ number: 1 }], totalCount: 1 });
    expect((await list({ filter }, { legalEntityIds: [stranger.lenderId] })).intercompanyCharges).toMatchObject({ nodes: [], totalCount: 0 });
    expect((await list({ filter }, { permissions: ['actual:read', 'rate:read', 'journal:read'] }))?.intercompanyCharges ?? null).toBeNull();
    expect((await list({ filter }, { ...portalOf(f.customerId), permissions: ['*'] })).intercompanyCharges.nodes).toEqual([]);
  });
});

describe('what is not charged', () => {
  const text = `query ($id: ID!) { fiscalPeriod(id: $id) { closeChecklist { items { kind count blocks mutation amounts { amount currency } things { label amount { amount } } } } } }`;
  const itemOf = async (legalEntityId: string, actor = {}): Promise<Json> => {
    const [period] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${legalEntityId} and start_date = '2026-02-01'`;
    const { fiscalPeriod } = await world.ok(text, { variables: { id: period?.id }, actor: { ...allowed, ...actor } });
    return fiscalPeriod.closeChecklist.items.find(({ kind }: Json) => kind === 'UNCHARGED_INTERCOMPANY');
  };

  test('stands in the checklist of both books until it is, and holds up no close', async () => {
    const f = await lending();
    await recall(await posted(f));
    expect(await itemOf(f.lenderId)).toBeUndefined();
    await posted(f);
    for (const [own, name] of [
      [f.lenderId, 'Firm'],
      [f.borrowerId, 'Lender'],
    ] as const)
      expect(await itemOf(own)).toMatchObject({
        count: 1,
        blocks: false,
        mutation: 'chargeIntercompany',
        amounts: [money('60.00', 'GBP')],
        things: [{ label: expect.stringContaining(name), amount: { amount: '60.00' } }],
      });
    expect(await itemOf(f.lenderId, { permissions: ['period:read'] })).toMatchObject({ count: 1, amounts: [], things: [] });
    await charged(f);
    expect([await itemOf(f.lenderId), await itemOf(f.borrowerId)]).toEqual([undefined, undefined]);
  });
});
