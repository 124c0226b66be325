import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consumers } from '#processes/wiring.ts';
import { dunningIn, postedInvoice } from '../support/dunning.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const mutate = (...args: Parameters<FlowWorld['graph']['mutate']>) => world.graph.mutate(...args);
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const day = 86_400_000;

/** A firm whose customer owes 968.00 twice. */
async function owed() {
  const firm = await firmAt(world.graph);
  const first = await postedInvoice(world, firm, '2026-03-10');
  const second = await postedInvoice(world, firm, '2026-03-11');
  const numbers = await Promise.all([first, second].map(async (id) => (await dunningIn(world).read(id)).number as string));
  return { firm, first, second, numbers };
}
const received = ({ customerId, legalEntityId }: Firm, amount: string, reference?: string): Promise<string> =>
  world.graph.made('recordPayment', 'payment', { customerId, legalEntityId, amount: eur(amount), receivedOn: '2026-05-08', reference });
const fields = 'id version unapplied { amount } matches { key score reasons unapplied { amount } applications { amount { amount } invoice { id } } }';
const read = async (id: string, wish?: Json): Promise<Json> =>
  (await world.graph.ok(`query ($id: ID!) { payment(id: $id) { ${fields} } }`, { id }, wish)).payment;
const apply = (id: string, matchKey: string, more: object = {}) => ({ id, matchKey, appliedOn: '2026-05-08', ...more });
const facts = async (id: string): Promise<string[]> => {
  await world.sequence();
  return (await world.sql`select type from log.fact where subject_id = ${id} order by position`).map(({ type }) => String(type));
};

describe('a payment that comes in', () => {
  test('is matched by the number that it names, applied by the match, and then has no matches', async () => {
    const { firm, second, numbers } = await owed();
    const id = await received(firm, '968.00', `Your invoice ${numbers[1]?.toLowerCase().replaceAll('-', ' ')}`);
    const { matches } = await read(id);
    expect(matches[0]).toMatchObject({
      reasons: expect.arrayContaining(['NUMBER_IN_REFERENCE', 'EXACT_AMOUNT']),
      unapplied: { amount: '0.00' },
      applications: [{ amount: { amount: '968.00' }, invoice: { id: second } }],
    });
    expect(matches[0].score).toBeGreaterThan(90);
    expect(matches[1].reasons).toContain('AMBIGUOUS');
    const { payment } = await done('applyPaymentMatch', apply(id, matches[0].key), { select: `payment { status ${fields} }`, wish: { role: 'finance' } });
    expect(payment).toMatchObject({ status: 'APPLIED', unapplied: { amount: '0.00' }, matches: [] });
    expect(await facts(id)).toEqual(['PaymentReceived', 'PaymentApplied']);
  });

  test('without a word is matched with the sum of both, and never with what others owe', async () => {
    const { firm, first, second } = await owed();
    const [match] = (await read(await received(firm, '1936.00'))).matches;
    expect(match.reasons).toEqual(['SUM_OF_SEVERAL', 'WHOLE_ACCOUNT']);
    expect(match.applications.map(({ invoice }: Json) => invoice.id).sort()).toEqual([first, second].sort());
    const stranger = await firmAt(world.graph);
    expect((await read(await received(stranger, '968.00'))).matches).toEqual([]);
  });

  test('shows a client no guesses, and lets nobody apply without the permission', async () => {
    const { firm } = await owed();
    const id = await received(firm, '968.00');
    const portal = { role: 'portal' as const, customerIds: [firm.customerId] };
    await expect(read(id, portal)).rejects.toThrow('not in the portal contract');
    const [match] = (await read(id)).matches;
    const refused = await mutate('applyPaymentMatch', { idempotencyKey: id, ...apply(id, match.key) }, { wish: { role: 'analyst' } });
    expect(refused.userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });
});

describe('a match', () => {
  test('that is applied twice does so once; another caller is told to read again', async () => {
    const { firm } = await owed();
    const id = await received(firm, '968.00');
    const [match] = (await read(id)).matches;
    const call = { idempotencyKey: `match ${id}`, ...apply(id, match.key) };
    const [first, again] = [await mutate('applyPaymentMatch', call), await mutate('applyPaymentMatch', call)];
    expect([first.userErrors, first.replayed, again.userErrors, again.replayed]).toEqual([[], false, [], true]);
    const late = await mutate('applyPaymentMatch', { ...call, idempotencyKey: `late ${id}` });
    expect(late.userErrors).toMatchObject([{ code: 'STALE_VERSION', field: 'matchKey' }]);
    expect(await facts(id)).toEqual(['PaymentReceived', 'PaymentApplied']);
  });

  test('of two payments for one invoice, raced, is applied once, and never more than is open', async () => {
    const { firm, first, numbers } = await owed();
    const ids = await Promise.all([received(firm, '968.00', numbers[0]), received(firm, '968.00', numbers[0])]);
    const matches = await Promise.all(ids.map(async (id) => (await read(id)).matches[0].key as string));
    const answers = await Promise.all(ids.map((id, at) => mutate('applyPaymentMatch', { idempotencyKey: `raced ${id}`, ...apply(id, matches[at] ?? '') })));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const invoice = await dunningIn(world).read(first);
    expect([invoice.status, invoice.open.amount]).toEqual(['PAID', '0.00']);
  });

  test.each(['nonsense', '00000000000000000000000000000000'])('that never was one (%s) is refused', async (matchKey) => {
    const { firm } = await owed();
    const id = await received(firm, '968.00');
    expect((await mutate('applyPaymentMatch', { idempotencyKey: `${matchKey} ${id}`, ...apply(id, matchKey) })).userErrors).toMatchObject([
      { code: 'STALE_VERSION' },
    ]);
  });
});

describe('a remittance advice', () => {
  const lines = 'remittanceLines { number verdict amount { amount } invoice { id } }';
  const told = ({ remittanceLines }: Json): string[] => remittanceLines.map(({ number, verdict }: Json) => `${number} ${verdict}`);

  test('given with the payment is judged line by line, matched first, and its verdicts follow what happens', async () => {
    const { firm, first, second, numbers } = await owed();
    const { customerId, legalEntityId } = firm;
    const [one = '', two = ''] = numbers;
    const remittanceLines = [
      { number: two, amount: eur('968.00') },
      { number: one, amount: eur('32.00') },
      { number: 'NL-1999-1', amount: eur('1.00') },
    ];
    const input = { customerId, legalEntityId, amount: eur('1000.00'), receivedOn: '2026-05-08', remittanceLines };
    const { payment } = await done('recordPayment', input, { select: `payment { ${fields} ${lines} }` });
    expect(told(payment)).toEqual([`${two} MATCHED`, `${one} PART`, 'NL-1999-1 UNKNOWN']);
    expect(payment.matches[0]).toMatchObject({
      score: 98,
      reasons: ['REMITTANCE_ADVICE'],
      applications: [
        { amount: { amount: '968.00' }, invoice: { id: second } },
        { amount: { amount: '32.00' }, invoice: { id: first } },
      ],
    });
    const applied = await done('applyPaymentMatch', apply(payment.id, payment.matches[0].key), { select: `payment { status ${lines} }` });
    expect([applied.payment.status, told(applied.payment)]).toEqual(['APPLIED', [`${two} SETTLED`, `${one} PART`, 'NL-1999-1 UNKNOWN']]);
  });

  test('given afterwards takes the place of the one before; the same again changes nothing', async () => {
    const { firm, numbers } = await owed();
    const id = await received(firm, '968.00');
    const set = async (remittance: object[], more: object = {}) =>
      (await done('setRemittanceAdvice', { id, lines: remittance, ...more }, { select: `payment { version ${lines} }` })).payment;
    const line = { number: numbers[0], amount: eur('970.00') };
    const given = await set([line], { expectedVersion: 1 });
    expect([given.version, told(given)]).toEqual([2, [`${numbers[0]} BEYOND_OPEN`]]);
    expect((await set([line])).version).toBe(2);
    expect((await read(id)).matches[0]).toMatchObject({
      reasons: expect.arrayContaining(['REMITTANCE_ADVICE', 'EXACT_AMOUNT']),
      unapplied: { amount: '0.00' },
    });
    expect(told(await set([]))).toEqual([]);
  });

  test.each([
    ['a number twice', (number: string) => [1, 2].map(() => ({ number, amount: eur('1.00') })), 'VALIDATION_FAILED'],
    ['nothing of an invoice', (number: string) => [{ number, amount: eur('0.00') }], 'VALIDATION_FAILED'],
    ['another currency', (number: string) => [{ number, amount: { amount: '1.00', currency: 'USD' } }], 'CURRENCY_MISMATCH'],
    ['too many lines', (number: string) => Array.from({ length: 101 }, (_, at) => ({ number: `${number}${at}`, amount: eur('1.00') })), 'VALIDATION_FAILED'],
  ])('with %s is refused and keeps what was said', async (_, of, code) => {
    const firm = await firmAt(world.graph);
    const id = await received(firm, '10.00');
    const { userErrors } = await mutate('setRemittanceAdvice', { id, lines: of('A-1') });
    expect(userErrors).toMatchObject([{ code, field: 'lines' }]);
    const { customerId, legalEntityId } = firm;
    const input = { idempotencyKey: `${code} ${id}`, customerId, legalEntityId, amount: eur('10.00'), receivedOn: '2026-05-08', remittanceLines: of('A-1') };
    expect((await mutate('recordPayment', input)).userErrors).toMatchObject([{ code, field: 'remittanceLines' }]);
    expect((await read(id)).version).toBe(1);
  });
});

describe('what nobody sees to', () => {
  const stuck = async (subjectId: string): Promise<string[]> => {
    const text = 'query ($ids: [ID!]) { operations { stuck(filter: { subjectIds: $ids }) { nodes { code cures { mutation } } } } }';
    return (await world.graph.ok(text, { ids: [subjectId] })).operations.stuck.nodes.map(({ code, cures }: Json) => `${code} ${cures[0].mutation}`);
  };
  const later = (days: number) => {
    world.time.now = new Date(Date.now() + days * day);
  };

  test('is stuck after three days, a payment that is not matched, and no longer once it is applied; told twice and late', async () => {
    const { firm } = await owed();
    const id = await received(firm, '968.00');
    await world.settle();
    expect(await stuck(id)).toEqual([]);
    later(4);
    await world.settle();
    await world.settle();
    expect(await stuck(id)).toEqual(['PAYMENT_UNMATCHED applyPaymentMatch']);
    const [exception] = await world.sql`select id, version from operations.exception where subject_id = ${id}`;
    await done('retryException', { id: String(exception?.id) });
    await world.settle();
    expect(await stuck(id)).toEqual(['PAYMENT_UNMATCHED applyPaymentMatch']);
    await done('applyPaymentMatch', apply(id, (await read(id)).matches[0].key));
    await world.settle([...consumers].reverse());
    expect(await stuck(id)).toEqual([]);
    await world.forgetDeliveries();
    await world.settle();
    expect(await stuck(id)).toEqual([]);
    later(0);
  });

  test('is stuck after two weeks, a dispute that is not resolved; what somebody lives with is not reported again', async () => {
    const { first, second } = await owed();
    const raise = (invoiceId: string) => world.graph.made('disputeInvoice', 'dispute', { invoiceId, reasonCode: 'PRICE', reason: 'Too much' });
    const [one, other] = [await raise(first), await raise(second)];
    later(13);
    await world.settle();
    expect(await stuck(one)).toEqual([]);
    later(15);
    await world.settle();
    expect(await stuck(one)).toEqual(['DISPUTE_UNRESOLVED resolveDispute']);
    await done('resolveDispute', { id: one, outcome: 'REJECTED', resolution: 'As agreed' });
    const [exception] = await world.sql`select id from operations.exception where subject_id = ${other}`;
    await done('dismissException', { id: String(exception?.id), reason: 'In court' });
    await world.settle();
    later(30);
    await world.settle();
    expect([await stuck(one), await stuck(other)]).toEqual([[], []]);
    later(0);
  });
});
