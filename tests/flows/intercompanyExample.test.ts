import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';
import { aReceipt } from '../support/receipts.ts';

let world: FlowWorld;
let berlin: Firm;
let london: string;
let basil: string;
const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const made = (...args: Parameters<FlowWorld['graph']['made']>) => world.graph.made(...args);

beforeAll(async () => {
  world = await flowWorld();
  berlin = await firmAt(world.graph, { name: 'Berlin' });
  london = await made('createLegalEntity', 'legalEntity', {
    code: `LON-${berlin.categoryId.slice(-6)}`,
    name: 'London books',
    currency: 'GBP',
    countryCode: 'GB',
  });
  await done('createFiscalPeriods', { legalEntityId: london, firstYear: 2026, years: 1, startMonth: 1, length: 'MONTH' });
  const card = { name: 'London costs', kind: 'COST', scope: 'STANDARD', currency: 'GBP', legalEntityId: london };
  const rateCardId = await made('createRateCard', 'rateCard', card);
  const version = { rateCardId, effectiveFrom: '2026-01-01', lines: [{ laborCategoryId: berlin.categoryId, rate: '47.77' }] };
  await done('publishRateCardVersion', { id: await made('createRateCardVersion', 'rateCardVersion', version) });
  const laborCategories = [{ laborCategoryId: berlin.categoryId, effectiveFrom: '2020-01-01' }];
  basil = await made('createEmployee', 'employee', { name: 'Basil', legalName: 'Basil', hiredOn: '2020-01-01', legalEntityId: london, laborCategories });
  await done('activateEmployee', { id: basil });
  await assign(basil);
});
afterAll(() => world[Symbol.asyncDispose]());

async function assign(employeeId: string): Promise<void> {
  const planned = { employeeId, projectId: berlin.projectId, startDate: '2026-02-02', endDate: '2026-12-31', weeklyHours: '20' };
  await done('confirmAssignment', { id: await made('createAssignment', 'assignment', planned) });
}

const setRate = (rate: string, effectiveOn: string) =>
  done(
    'setExchangeRates',
    { items: [{ baseCurrency: 'GBP', quoteCurrency: 'EUR', rate, effectiveOn, source: 'ECB' }] },
    { select: 'results { userErrors { message } }' },
  );
const setTerms = (more: object = {}) => {
  const item = { lenderId: london, borrowerId: berlin.legalEntityId, effectiveFrom: '2026-01-01', method: 'COST_PLUS', markUpPercent: '12.5', ...more };
  return done('setIntercompanyTerms', { items: [item] }, { select: 'results { userErrors { message } }' });
};
const worked = async (workDate: string, hours: string): Promise<string> => {
  const [id = ''] = await berlin.approved([workDate], { employeeId: basil, hours });
  await world.settle();
  return id;
};
const pricesOf = async (id: string): Promise<string[]> => {
  const text = 'query ($id: ID!) { actuals(filter: { sourceIds: [$id], reversed: false }) { nodes { kind amount { amount currency } } } }';
  const nodes: Json[] = (await world.graph.ok(text, { id })).actuals.nodes;
  const kinds = ['RESOURCING_COST', 'INTERCOMPANY_SALES', 'COST', 'UNBILLED_SALES'];
  const found = kinds.map((kind) => nodes.find((node) => node.kind === kind)?.amount);
  return found.map((amount) => (amount ? `${amount.amount} ${amount.currency}` : '-'));
};
const entry = '{ lines(first: 9) { nodes { account debit { amount } credit { amount } } } }';
const charged = async (chargedOn: string, dryRun = false): Promise<Json[]> => {
  const lines = 'lines(first: 9) { nodes { transactionClass reversing hours amount { amount } borrowerAmount { amount } } }';
  const select = `charges { actualCount amount { amount currency } borrowerAmount { amount currency }
    intercompanyCharge { number lenderJournalEntry ${entry} borrowerJournalEntry ${entry} ${lines} } }`;
  const { charges } = await done('chargeIntercompany', { lenderId: london, chargedOn, dryRun }, { select });
  await world.settle();
  return charges;
};
const said = ({ amount, borrowerAmount, actualCount }: Json) =>
  `${actualCount}: ${amount.amount} ${amount.currency}, ${borrowerAmount.amount} ${borrowerAmount.currency}`;
const sides = ({ lines: { nodes } }: Json) =>
  nodes.map(({ account, debit, credit }: Json) => `${account} ${debit.amount === '0.00' ? `Cr ${credit.amount}` : `Dr ${debit.amount}`}`);
const linesOf = ({ lines: { nodes } }: Json) =>
  nodes.map(({ transactionClass, reversing, hours, amount, borrowerAmount }: Json) => [
    transactionClass,
    reversing,
    hours,
    amount.amount,
    borrowerAmount.amount,
  ]);
const balanceOf = async (legalEntityId: string): Promise<Json> => {
  const text = 'query ($id: ID!) { trialBalance(legalEntityId: $id) { accounts { account balance { amount } } sums { amount currency } } }';
  return (await world.graph.ok(text, { id: legalEntityId })).trialBalance;
};

/** docs/examples/intercompany.md, number by number and in its order. */
describe('work of a London colleague for a client of Berlin comes out as the example says', () => {
  let tuesday: string;
  let wednesday: string;

  test('without terms it costs what Berlin’s own card says, and readiness names the pair', async () => {
    const free = await worked('2026-02-03', '1');
    expect(await pricesOf(free)).toEqual(['-', '-', '60.00 EUR', '100.00 EUR']);
    const { readiness } = await world.graph.ok('{ readiness(asOf: "2026-02-03") { gaps { code message mutation } } }');
    expect(readiness.gaps.filter(({ code }: Json) => code === 'LENDER_WITHOUT_TERMS')).toMatchObject([
      { mutation: 'setIntercompanyTerms', message: expect.stringMatching(/^London books lends people to Berlin books \(.*\) without terms for the day/) },
    ]);
  });

  test('with terms it costs what London asks, at the rate of the day', async () => {
    await setTerms();
    await setRate('1.20', '2026-02-06');
    const { readiness } = await world.graph.ok('{ readiness(asOf: "2026-02-03") { gaps { code } } }');
    expect(readiness.gaps.map(({ code }: Json) => code)).not.toContain('LENDER_WITHOUT_TERMS');
    tuesday = await worked('2026-02-10', '7.5');
    wednesday = await worked('2026-02-11', '0.5');
    expect(await pricesOf(tuesday)).toEqual(['358.28 GBP', '403.07 GBP', '483.68 EUR', '750.00 EUR']);
    expect(await pricesOf(wednesday)).toEqual(['23.89 GBP', '26.88 GBP', '32.26 EUR', '50.00 EUR']);
    const train = await made('recordExpense', 'expense', {
      ...{ employeeId: basil, projectId: berlin.projectId, receiptChecksum: aReceipt(), category: 'TRAVEL', workDate: '2026-02-10', notes: 'Train' },
      amount: { amount: '80.00', currency: 'GBP' },
    });
    await done('submitExpense', { id: train });
    await done('approveExpense', { id: train, approverId: berlin.approverId });
    await world.settle();
    expect(await pricesOf(train)).toEqual(['80.00 GBP', '80.00 GBP', '96.00 EUR', '96.00 EUR']);
    await checkHistory(world.sql);
  });

  test('February is charged once, in both books', async () => {
    expect((await charged('2026-02-28', true)).map(said)).toEqual(['3: 509.95 GBP, 611.94 EUR']);
    const [charge] = await charged('2026-02-28');
    expect(said(charge)).toBe('3: 509.95 GBP, 611.94 EUR');
    expect(charge.intercompanyCharge.number).toBe(1);
    expect(linesOf(charge.intercompanyCharge)).toEqual([
      ['EXPENSE', false, null, '80.00', '96.00'],
      ['TIME', false, '8.00', '429.95', '515.94'],
    ]);
    expect(sides(charge.intercompanyCharge.lenderJournalEntry)).toEqual(['INTERCOMPANY Dr 509.95', 'INTERCOMPANY_REVENUE Cr 509.95']);
    expect(sides(charge.intercompanyCharge.borrowerJournalEntry)).toEqual(['COST_OF_SERVICES Dr 611.94', 'INTERCOMPANY Cr 611.94']);
    expect(await charged('2026-02-28')).toEqual([]);
    await checkHistory(world.sql);
  });

  test('Wednesday was four hours: the difference is on the charge of March', async () => {
    const { entry: recalled } = await recallOf(wednesday);
    expect(recalled.status).toBe('DRAFT');
    await done('updateTimeEntry', { id: wednesday, hours: '4' }, { select: 'timeEntry { version }' });
    await done('submitTimesheet', { id: recalled.timesheet.id });
    await done('approveTimesheet', { id: recalled.timesheet.id, approverId: berlin.approverId });
    await world.settle();
    expect(await pricesOf(wednesday)).toEqual(['191.08 GBP', '214.97 GBP', '257.96 EUR', '400.00 EUR']);
    const [charge] = await charged('2026-03-31');
    expect(said(charge)).toBe('2: 188.09 GBP, 225.70 EUR');
    expect(linesOf(charge.intercompanyCharge)).toEqual([
      ['TIME', false, '4.00', '214.97', '257.96'],
      ['TIME', true, '-0.50', '-26.88', '-32.26'],
    ]);
    await checkHistory(world.sql);
  });

  test('both books balance, and what the project costs is what Berlin paid', async () => {
    for (const [id, currency] of [
      [berlin.legalEntityId, 'EUR'],
      [london, 'GBP'],
    ] as const)
      expect((await balanceOf(id)).sums).toEqual([{ amount: '0.00', currency }]);
    const accounts = (await balanceOf(london)).accounts.map(({ account, balance }: Json) => `${account} ${balance.amount}`);
    expect(accounts.toSorted()).toEqual(['INTERCOMPANY 698.04', 'INTERCOMPANY_REVENUE -698.04']);
    const text = `query ($id: ID!) { actualSummary(groupBy: [KIND], filter: { projectIds: [$id] }) { kind amount { amount currency } } }`;
    const { actualSummary } = await world.graph.ok(text, { id: berlin.projectId });
    expect(actualSummary.map(({ kind, amount }: Json) => `${kind} ${amount.amount} ${amount.currency}`).toSorted()).toEqual([
      ...['COST 897.64 EUR', 'INTERCOMPANY_SALES 698.04 GBP', 'RESOURCING_COST 629.36 GBP', 'UNBILLED_SALES 1346.00 EUR'],
    ]);
  });
});

async function recallOf(id: string): Promise<Json> {
  await done('requestTimeEntryRecall', { id, reason: 'The hours were wrong' });
  await done('approveTimeEntryRecall', { id, approverId: berlin.approverId });
  await world.settle();
  const { timeEntry: found } = await world.graph.ok('query ($id: ID!) { timeEntry(id: $id) { status timesheet { id } } }', { id });
  return { entry: found };
}
