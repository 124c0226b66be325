import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as engagements } from '#engagements/published.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { formatDecimal, parseDecimal } from '#kernel/decimal.ts';
import { newId } from '#kernel/ids.ts';
import { createEntity, createPeriods, createTaxProfile, done, type World } from '../support/books.ts';
import { lineOf } from '../support/footprint.ts';
import type { Json } from '../support/graph.ts';
import { choices, seeds } from '../support/seeds.ts';
import { aContract, aContractLine, aContractVersion, aCustomer, aProject } from '../support/siblings.ts';
import { subgraphWorld } from '../support/subgraph.ts';

let world: World;
beforeAll(async () => {
  world = await subgraphWorld(financeSubgraph);
});
afterAll(() => world[Symbol.asyncDispose]());

/** 7.70 %: odd enough that most lines have something to round. */
const basisPoints = 770;
const taxed = (minor: bigint): bigint => (minor * BigInt(basisPoints) * 2n + 10_000n) / 20_000n;
const sum = (numbers: readonly bigint[]): bigint => numbers.reduce((total, each) => total + each, 0n);

/** Books, a customer and a contract with two projects, all in one currency; and that currency's money. */
async function firmIn(currency: string, digits: number) {
  const { legalEntity } = await done(world, createEntity, { code: newId().slice(-8), name: currency, currency, countryCode: 'NL' });
  const legalEntityId: string = legalEntity.id;
  const { taxProfile } = await done(world, createTaxProfile, {
    ...{ legalEntityId, code: 'T', name: 'Tax' },
    rates: [{ basisPoints, effectiveFrom: '2020-01-01' }],
  });
  await done(world, createPeriods, { idempotencyKey: newId(), legalEntityId, firstYear: 2026 });
  const [customerId, engagementId, contractId, ...projects] = [newId(), newId(), newId(), newId(), newId()];
  const line = aContractLine();
  const owner = { customerId, engagementId, legalEntityId };
  await world.publish(engagements.Customer, [{ id: customerId, data: aCustomer({ currency, legalEntityId, taxProfileId: taxProfile.id }) }]);
  await world.publish(engagements.Contract, [{ id: contractId, data: aContract({ ...owner, currency, versions: [aContractVersion({ lines: [line] })] }) }]);
  await world.publish(
    engagements.Project,
    projects.map((id) => ({ id, data: aProject({ ...owner, contractId, name: `Project ${id}` }) })),
  );
  const shown = (minor: bigint) => ({ amount: formatDecimal(minor, digits), currency });
  /** The money of an answer in minor units; it has to have the digits of its currency, no more and no fewer. */
  const minorOf = (money: { amount: string; currency: string }): bigint => {
    expect([money.currency, money.amount.split('.')[1]?.length ?? 0]).toEqual([currency, digits]);
    return parseDecimal(money.amount, digits) ?? -1n;
  };
  const fee = (projectId: string, amount: object) => ({
    ...{ externalRef: { system: 'erp', externalId: newId() }, kind: 'UNBILLED_SALES', transactionClass: 'FEE', projectId, contractLineId: line.id },
    ...{ workDate: '2026-02-10', amount },
  });
  return { legalEntityId, customerId, contractId, projects, shown, minorOf, fee };
}

const mutate = async (name: string, select: string, input: object): Promise<Json> => {
  const type = world.schema.getMutationType()?.getFields()[name]?.args[0]?.type;
  const text = `mutation ($input: ${type}) { ${name}(input: $input) { ${select} userErrors { code field guard } } }`;
  return (await world.ok(text, { variables: { input: { idempotencyKey: newId(), ...input } } }))[name];
};
const must = async (name: string, select: string, input: object): Promise<Json> => {
  const answer = await mutate(name, select, input);
  expect([...answer.userErrors, ...(answer.results ?? []).flatMap(({ userErrors }: Json) => userErrors)]).toEqual([]);
  return answer;
};

type Firm = Awaited<ReturnType<typeof firmIn>>;
const money = '{ amount currency }';
const paper = `id status subtotal ${money} tax ${money} total ${money} paid ${money} open ${money} lines(first: 9) { nodes { amount ${money} tax ${money} } }`;

/** Debits and credits by the trial balance: they are equal, in one currency; gives what accounts have. */
async function balances({ legalEntityId, minorOf }: Firm): Promise<Record<string, bigint>> {
  const text = `query ($id: ID!) { trialBalance(legalEntityId: $id) { sums ${money} accounts { account balance ${money} } } }`;
  const { trialBalance } = await world.ok(text, { variables: { id: legalEntityId } });
  // Before the first entry there are no sums.
  expect(trialBalance.sums.map(minorOf).filter((minor: bigint) => minor !== 0n)).toEqual([]);
  return Object.fromEntries(trialBalance.accounts.map(({ account, balance }: Json) => [account, minorOf(balance)]));
}

const currencies = [
  ['JPY', 0],
  ['EUR', 2],
  ['KWD', 3],
  ['CLF', 4],
] as const;

describe.each(currencies)('money in %s, which has %i digits', (currency, digits) => {
  let firm: Firm;
  beforeAll(async () => {
    firm = await firmIn(currency, digits);
  });

  test.each(seeds(7))('goes from the work through invoice, tax and payments to the books, and back, to the last unit (seed %i)', async (seed) => {
    const random = choices(seed);
    const { shown, minorOf, fee, projects, contractId, customerId, legalEntityId } = firm;
    const amounts = Array.from({ length: 12 }, () => BigInt(1 + random.below(10 ** (1 + random.below(8)))));
    const items = amounts.map((minor) => fee(random.one(projects), shown(minor)));
    const recorded = await must('recordActuals', `results { actual { amount ${money} } userErrors { code field guard } }`, { items });
    expect(recorded.results.map(({ actual }: Json) => minorOf(actual.amount))).toEqual(amounts);

    const wish = { cutOffDate: '2026-12-31', contractIds: [contractId], invoiceDate: '2026-03-01' };
    const [{ invoice: draft }] = (await must('draftInvoices', `results { invoice { ${paper} } userErrors { code field guard } }`, wish)).results;
    expect(minorOf(draft.subtotal)).toBe(sum(amounts));
    const { invoice } = await must('validateInvoice', `invoice { ${paper} }`, { id: draft.id });
    const lines: { amount: bigint; tax: bigint }[] = invoice.lines.nodes.map((line: Json) => ({ amount: minorOf(line.amount), tax: minorOf(line.tax) }));
    expect(sum(lines.map(({ amount }) => amount))).toBe(sum(amounts));
    const tax = sum(lines.map((line) => line.tax));
    expect(tax).toBe(taxed(sum(amounts)));
    // A line's share is the tax on its own amount, but for less than a unit.
    for (const line of lines) expect([-1n, 0n, 1n]).toContain(line.tax - taxed(line.amount));
    const total = sum(amounts) + tax;
    // Nobody owes what is not posted yet.
    expect([minorOf(invoice.tax), minorOf(invoice.total), minorOf(invoice.open)]).toEqual([tax, total, 0n]);

    const before = await balances(firm);
    const change = async () => {
      const now = await balances(firm);
      const moved = Object.keys(now).map((account) => [account, (now[account] ?? 0n) - (before[account] ?? 0n)] as const);
      return Object.fromEntries(moved.filter(([, minor]) => minor !== 0n));
    };
    const { invoice: posted } = await must('postInvoice', `invoice { ${paper} }`, { id: draft.id });
    expect([minorOf(posted.total), minorOf(posted.open)]).toEqual([total, total]);
    const { RECEIVABLE, TAX_PAYABLE } = await change();
    expect([RECEIVABLE, TAX_PAYABLE ?? 0n]).toEqual([total, -tax]);

    const parts = [total / 3n, total / 2n].filter((part) => part > 0n);
    const last = total - sum(parts);
    const payments: string[] = [];
    let open = total;
    for (const part of [...parts, last]) {
      const { payment } = await must('recordPayment', `payment { id amount ${money} }`, {
        customerId,
        legalEntityId,
        amount: shown(part),
        receivedOn: '2026-03-01',
      });
      expect(minorOf(payment.amount)).toBe(part);
      await must('applyPayment', 'payment { id }', { id: payment.id, applications: [{ invoiceId: draft.id, amount: shown(part) }] });
      payments.push(payment.id);
      open -= part;
      const now = (await world.ok(`query ($id: ID!) { invoice(id: $id) { ${paper} } }`, { variables: { id: draft.id } })).invoice;
      expect([minorOf(now.open), minorOf(now.paid), now.status]).toEqual([open, total - open, open === 0n ? 'PAID' : 'PARTLY_PAID']);
    }
    expect(await change()).toMatchObject({ CASH: total });
    for (const id of payments) await must('reversePayment', 'payment { id }', { id, reason: 'back' });
    const { invoice: note } = await must('creditInvoice', `invoice { ${paper} }`, { id: draft.id, reason: 'back' });
    expect([minorOf(note.subtotal), minorOf(note.tax), minorOf(note.total)]).toEqual([-sum(amounts), -tax, -total]);
    expect(await change()).toEqual({});
    const ready = `query ($ids: [ID!]) { actuals(first: 250, filter: { contractIds: $ids, statuses: [READY], kinds: [UNBILLED_SALES] }) { nodes { id amount ${money} reverses { id } reversedBy { id } } } }`;
    const found = (await world.ok(ready, { variables: { ids: [contractId] } })).actuals.nodes;
    const nodes = found.filter(({ reverses, reversedBy }: Json) => !reverses && !reversedBy);
    expect(sum(nodes.map(({ amount }: Json) => minorOf(amount)))).toBe(sum(amounts));
    await must('reverseActuals', 'results { userErrors { code field guard } }', { items: nodes.map(({ id }: Json) => ({ id: id, reason: 'end' })) });
  });

  test('is refused with a digit more than it has, and taken with zeros behind', async () => {
    const { customerId, legalEntityId, minorOf } = firm;
    const pay = (amount: string) =>
      mutate('recordPayment', `payment { amount ${money} }`, { customerId, legalEntityId, amount: { amount, currency }, receivedOn: '2026-03-01' });
    const one = formatDecimal(1n, digits);
    const tooFine = digits === 0 ? '1.5' : `${one}5`;
    expect((await pay(tooFine)).userErrors.map(lineOf)).toEqual(['VALIDATION_FAILED amount']);
    const zeros = digits === 0 ? '1.000' : `${one}000`;
    for (const amount of [one, zeros]) expect(minorOf((await pay(amount)).payment.amount)).toBe(1n);
  });

  test('is as much as a million billions of its units, and not one more', async () => {
    const { customerId, legalEntityId, shown, minorOf } = firm;
    const pay = (minor: bigint) =>
      mutate('recordPayment', `payment { amount ${money} }`, { customerId, legalEntityId, amount: shown(minor), receivedOn: '2026-03-01' });
    expect(minorOf((await pay(10n ** 15n)).payment.amount)).toBe(10n ** 15n);
    expect((await pay(10n ** 15n + 1n)).userErrors.map(lineOf)).toEqual(['VALIDATION_FAILED amount']);
  });

  test('of others is not taken for it', async () => {
    const { fee, projects, contractId } = firm;
    const other = { amount: '1', currency: currency === 'EUR' ? 'USD' : 'EUR' };
    const { results } = await mutate('recordActuals', 'results { userErrors { code field guard } }', { items: [fee(projects[0] ?? '', other)] });
    expect(results[0].userErrors.map(lineOf)).toEqual(['CURRENCY_MISMATCH amount']);
    const term = { contractId, method: 'STRAIGHT_LINE', startDate: '2026-02-01', endDate: '2026-03-31', total: other };
    expect((await mutate('scheduleRevenue', 'revenueEvents { id }', term)).userErrors.map(lineOf)).toEqual(['CURRENCY_MISMATCH total']);
  });

  test.each([1n, 2n, 7n, 1_000_003n])('of %s units over a term of seven months is all there, in parts that differ by the days alone', async (minor) => {
    const { shown, minorOf, contractId } = firm;
    const term = { contractId, method: 'STRAIGHT_LINE', startDate: '2026-02-15', endDate: '2026-08-14', total: shown(minor) };
    const { revenueEvents } = await must('scheduleRevenue', `revenueEvents { recognitionDate amount ${money} }`, term);
    const parts: bigint[] = revenueEvents.map(({ amount }: Json) => minorOf(amount));
    expect(sum(parts)).toBe(minor);
    expect(parts.every((part) => part > 0n)).toBe(true);
    const days = 181n;
    const month = 31n;
    for (const part of parts) expect(part * days <= minor * month + days).toBe(true);
  });
});
