import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import type { Json } from '../support/graph.ts';
import { portalOf } from '../support/subgraph.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const fields = 'id status open { amount } overdue paid { amount } writtenOff { amount } writtenOffOn writeOffReason';
const writeOff = (input: object, actor?: Json) => world.mutate('writeOffInvoice', `invoice { ${fields} }`, { reason: 'Insolvent', ...input }, actor);
const undo = (input: object) => world.mutate('reverseWriteOff', `invoice { ${fields} }`, { reason: 'Paid after all', ...input });
const codes = ({ userErrors }: Json) => userErrors.map(({ code, field }: Json) => `${code} ${field}`);
const books = () => Promise.all(['RECEIVABLE', 'BAD_DEBT'].map(world.balance));
const factsOf = async (id: string) =>
  (await world.sql`select type, payload from log.pending where subject_id = ${id} and type like '%Wr%te%Off%' order by id`).map(({ type, payload }) => ({
    type,
    ...payload,
  }));

async function received(amount: string): Promise<string> {
  const item = { customerId: world.ids.customer, legalEntityId: world.ids.books, amount: eur(amount), receivedOn: '2026-03-01' };
  return (await world.done('recordPayment', 'payment { id }', item)).payment.id;
}
const apply = (id: string, invoiceId: string, amount: string) =>
  world.mutate('applyPayment', 'payment { status }', { id, applications: [{ invoiceId, amount: eur(amount) }] });

describe('a receivable is written off', () => {
  test('whole, and comes back when the customer pays after all', async () => {
    const [receivable] = await books();
    const { id } = await world.invoiced('POSTED', 1);
    const { invoice } = await writeOff({ id });
    expect(invoice).toMatchObject({ status: 'WRITTEN_OFF', open: { amount: '0.00' }, writtenOff: { amount: '121.00' }, writtenOffOn: '2026-03-02' });
    expect(await books()).toEqual([receivable, 12_100]);
    const payment = await received('121.00');
    expect(codes(await apply(payment, id, '121.00'))).toEqual(['INVALID_TRANSITION status']);
    expect((await undo({ id })).invoice).toMatchObject({ status: 'POSTED', open: { amount: '121.00' }, writtenOff: { amount: '0.00' }, writeOffReason: null });
    expect(codes(await apply(payment, id, '121.00'))).toEqual([]);
    expect(await books()).toEqual([receivable, 0]);
    expect(await factsOf(id)).toMatchObject([
      { type: 'InvoiceWrittenOff', writtenOff: eur('121.00'), reason: 'Insolvent', status: 'WRITTEN_OFF' },
      { type: 'WriteOffReversed', writtenOff: eur('121.00'), reason: 'Paid after all', status: 'POSTED' },
    ]);
  });

  test('the rest of what was paid and credited in part, and never more', async () => {
    const { id } = await world.invoiced('POSTED', 2);
    await apply(await received('42.00'), id, '42.00');
    const { invoice: read } = await world.ok('query ($id: ID!) { invoice(id: $id) { lines { nodes { id } } } }', { variables: { id } });
    const lines = [{ lineId: read.lines.nodes[0].id, amount: eur('50.00') }];
    await world.done('creditInvoice', 'invoice { id }', { id, reason: 'Part', rebill: false, lines });
    expect((await writeOff({ id })).invoice).toMatchObject({ status: 'WRITTEN_OFF', writtenOff: { amount: '139.50' }, paid: { amount: '42.00' } });
    for (const name of ['writeOffInvoice', 'creditInvoice'])
      expect(codes(await world.mutate(name, 'invoice { id }', { id, reason: 'Again' }))).toEqual(['INVALID_TRANSITION status']);
    expect((await undo({ id })).invoice).toMatchObject({ status: 'PARTLY_PAID', open: { amount: '139.50' } });
  });

  test('only with its permission, on an open day that is not before the invoice, with a reason', async () => {
    const { id } = await world.invoiced('POSTED', 1);
    expect(codes(await writeOff({ id, reason: ' ' }))).toEqual(['VALIDATION_FAILED reason']);
    expect(codes(await writeOff({ id, writtenOffOn: '2026-03-01' }))).toEqual(['VALIDATION_FAILED writtenOffOn']);
    expect(codes(await writeOff({ id, writtenOffOn: '2031-01-01' }))).toEqual(['PERIOD_CLOSED writtenOffOn']);
    expect(codes(await undo({ id }))).toEqual(['INVALID_TRANSITION status']);
    const clerk = { id: 'clerk', kind: 'SYSTEM', permissions: ['invoice:read', 'invoice:write', 'invoice:credit', 'invoice:post'] };
    expect(codes(await writeOff({ id }, clerk))).toEqual(['FORBIDDEN null']);
    await writeOff({ id, writtenOffOn: '2026-03-10' });
    expect(codes(await undo({ id, reversedOn: '2026-03-09' }))).toEqual(['VALIDATION_FAILED reversedOn']);
    expect((await undo({ id })).userErrors).toEqual([]);
  });

  test('once: told twice, and by two at once', async () => {
    const [, before] = await books();
    const { id } = await world.invoiced('POSTED', 1);
    const input = { id, idempotencyKey: 'given up once' };
    await writeOff(input);
    await writeOff(input);
    await undo({ id });
    const answers = await Promise.all([writeOff({ id }), writeOff({ id })]);
    expect(answers.flatMap(codes)).toEqual(['INVALID_TRANSITION status']);
    expect((await books())[1]).toBe((before ?? 0) + 12_100);
  });

  test('and its payment at once: one of both', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id } = await world.invoiced('POSTED', 1);
      const payment = await received('121.00');
      const [gone, paid] = await Promise.all([writeOff({ id }), apply(payment, id, '121.00')]);
      expect([...codes(gone), ...codes(paid)]).toEqual(['INVALID_TRANSITION status']);
      const [row] = await world.sql`select status from finance.invoice where id = ${id}`;
      expect(row?.status).toBe(codes(gone).length > 0 ? 'PAID' : 'WRITTEN_OFF');
    }
  });

  test('which its customer is not told: to them it is to be paid', async () => {
    const client = portalOf(world.ids.customer);
    const { id } = await world.invoiced('POSTED', 1);
    await writeOff({ id });
    const query = `query ($id: ID!) { invoice(id: $id) { status open { amount } }
      written: invoices(filter: { statuses: [WRITTEN_OFF] }) { nodes { id } } posted: invoices(filter: { statuses: [POSTED], open: true }) { nodes { id } } }`;
    const theirs = await world.ok(query, { variables: { id }, actor: client });
    expect(theirs).toMatchObject({ invoice: { status: 'POSTED', open: { amount: '121.00' } }, written: { nodes: [] } });
    expect(theirs.posted.nodes).toContainEqual({ id });
    const ours = await world.ok(query, { variables: { id } });
    expect(ours.written.nodes).toContainEqual({ id });
    expect(ours.posted.nodes).not.toContainEqual({ id });
  });
});
