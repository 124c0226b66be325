import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as engagements } from '#engagements/published.ts';
import { newId } from '#kernel/ids.ts';
import { references } from '#kernel/reference.ts';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import type { Json } from '../support/graph.ts';
import { aContract, aContractLine, aContractVersion } from '../support/siblings.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const fields = 'id version status subtotal { amount } total { amount }';
const lineFields = 'id kind description amount { amount } discount { amount } discountPercent discountReason taxCategory taxBasisPoints tax { amount }';
const read = async (id: string): Promise<Json> =>
  (await world.ok(`query ($id: ID!) { invoice(id: $id) { ${fields} lines { nodes { ${lineFields} } } } }`, { variables: { id } })).invoice;
const discount = (input: object) => world.mutate('addInvoiceDiscount', `invoice { ${fields} }`, { reason: 'Volume', ...input });
const add = (input: object) => world.mutate('addInvoiceLine', `invoice { ${fields} }`, { description: 'Correction', ...input });
const remove = (input: Record<string, unknown>) => world.mutate('removeInvoiceAdjustment', `invoice { ${fields} }`, input);
const codes = ({ userErrors }: Json) => userErrors.map(({ code, field }: Json) => `${code} ${field}`);

/** A draft of two hours at 100.00, of a contract of its own. */
async function drafted(upTo: 'DRAFT' | 'VALIDATED' = 'DRAFT'): Promise<{ id: string; lineId: string }> {
  const contractId = newId();
  const like = (await references(world.db, engagements.Contract, [world.ids.contract])).get(world.ids.contract);
  await world.publish(engagements.Contract, [{ id: contractId, data: aContract(like ?? {}) }]);
  const { id } = await world.invoiced(upTo, 2, { contractId });
  return { id, lineId: (await read(id)).lines.nodes[0].id };
}

describe('a draft', () => {
  test('gets discounts and a line, and loses them again', async () => {
    const { id, lineId } = await drafted();
    const before = await read(id);
    expect((await discount({ id, lineId, percent: '12.5' })).invoice.subtotal.amount).toBe('175.00');
    expect((await read(id)).lines.nodes[0]).toMatchObject({ amount: { amount: '175.00' }, discount: { amount: '25.00' }, discountPercent: '12.5' });
    expect((await add({ id, amount: eur('25.00') })).invoice.subtotal.amount).toBe('200.00');
    expect((await discount({ id, amount: eur('50.00'), reason: 'Round sum' })).invoice.subtotal.amount).toBe('150.00');
    const lines = (await read(id)).lines.nodes;
    expect(lines.map(({ kind, amount }: Json) => `${kind} ${amount.amount}`)).toEqual(['TIME 175.00', 'CORRECTION 25.00', 'DISCOUNT -43.75', 'DISCOUNT -6.25']);
    expect((await remove({ id, lineId: lines[3].id })).invoice.subtotal.amount).toBe('200.00');
    await remove({ id, lineId: lines[1].id });
    await remove({ id, lineId });
    const rows = await world.sql`select payload from log.pending where subject_id = ${id} and type = 'InvoiceAdjusted' order by id`;
    expect(rows.map(({ payload }) => `${payload.change.amount} ${payload.reason}`)).toEqual([
      ...['-25.00 Volume', '25.00 Correction', '-50.00 Round sum', '50.00 null', '-25.00 null', '25.00 null'],
    ]);
    const { version: _, ...after } = await read(id);
    const { version: __, ...same } = before;
    expect(after).toEqual(same);
  });

  test('has lines that are taxed otherwise, each in its own group, on paper too', async () => {
    const { id } = await drafted();
    await add({ id, amount: eur('30.00'), taxCategory: 'ZERO_RATED', description: 'Books' });
    await add({ id, amount: eur('-10.00'), account: 'OTHER' });
    await world.done('validateInvoice', 'invoice { id }', { id });
    const breakdown =
      'invoice { taxBreakdown { basisPoints taxable { amount } tax { amount } } journalEntry { lines { nodes { account credit { amount } debit { amount } } } } }';
    const { invoice } = await world.done('postInvoice', breakdown, { id });
    expect(invoice.taxBreakdown).toEqual([
      { basisPoints: 0, taxable: { amount: '30.00' }, tax: { amount: '0.00' } },
      { basisPoints: 2100, taxable: { amount: '190.00' }, tax: { amount: '39.90' } },
    ]);
    expect(invoice.journalEntry.lines.nodes).toContainEqual({ account: 'OTHER', credit: { amount: '0.00' }, debit: { amount: '10.00' } });
    const [event] = await world.sql`select amount_minor::int as minor from finance.revenue_event where invoice_id = ${id}`;
    expect(event?.minor).toBe(23_000);
  });

  test('never exceeds the limit of a line of the contract by what is added', async () => {
    const contractId = newId();
    const tmLine = newId();
    const versions = [aContractVersion({ lines: [aContractLine({ id: tmLine, notToExceedMinor: '5000' })] })];
    const { customer: customerId, engagement: engagementId, books: legalEntityId } = world.ids;
    await world.publish(engagements.Contract, [{ id: contractId, data: aContract({ customerId, engagementId, legalEntityId, name: 'Limited', versions }) }]);
    const { id } = await world.invoiced('DRAFT', 1, { contractId });
    expect(codes(await add({ id, amount: eur('50.01'), contractLineId: tmLine }))).toEqual(['NOT_TO_EXCEED amount']);
    expect(codes(await add({ id, amount: eur('30.00'), contractLineId: tmLine }))).toEqual([]);
    expect(codes(await add({ id, amount: eur('30.00'), contractLineId: tmLine }))).toEqual(['NOT_TO_EXCEED amount']);
    expect(codes(await add({ id, amount: eur('20.00'), contractLineId: tmLine }))).toEqual([]);
    expect(codes(await add({ id, amount: eur('1.00'), contractLineId: world.ids.feeLine }))).toEqual(['NOT_FOUND contractLineId']);
  });

  test('is adjusted once: told twice, by two at once', async () => {
    const { id, lineId } = await drafted();
    const input = { id, lineId, percent: '10', idempotencyKey: 'ten per cent once' };
    await discount(input);
    await discount(input);
    expect((await read(id)).subtotal.amount).toBe('180.00');
    await remove({ id, lineId });
    const answers = await Promise.all([discount({ id, lineId, percent: '10' }), discount({ id, lineId, percent: '10' })]);
    expect(answers.flatMap(codes)).toEqual(['VALIDATION_FAILED lineId']);
    expect((await read(id)).subtotal.amount).toBe('180.00');
    await Promise.all([add({ id, amount: eur('1.00') }), add({ id, amount: eur('2.00') }), discount({ id, percent: '50' })]);
    const { subtotal, lines } = await read(id);
    const sum = lines.nodes.reduce((total: number, { amount }: Json) => total + Math.round(Number(amount.amount) * 100), 0);
    expect(Math.round(Number(subtotal.amount) * 100)).toBe(sum);
  });

  test('refuses what makes no sense, and stays as it is', async () => {
    const { id, lineId } = await drafted();
    const before = await read(id);
    for (const [send, input, code] of [
      [discount, {}, 'VALIDATION_FAILED percent'],
      [discount, { percent: '10', amount: eur('1.00') }, 'VALIDATION_FAILED percent'],
      [discount, { percent: '0' }, 'VALIDATION_FAILED percent'],
      [discount, { percent: '100.01' }, 'VALIDATION_FAILED percent'],
      [discount, { percent: '1.005' }, 'VALIDATION_FAILED percent'],
      [discount, { amount: eur('-1.00') }, 'VALIDATION_FAILED amount'],
      [discount, { amount: eur('200.01') }, 'VALIDATION_FAILED amount'],
      [discount, { lineId, amount: eur('200.01') }, 'VALIDATION_FAILED amount'],
      [discount, { amount: { amount: '1.00', currency: 'USD' } }, 'CURRENCY_MISMATCH amount'],
      [discount, { lineId: newId(), percent: '1' }, 'NOT_FOUND lineId'],
      [discount, { percent: '1', reason: ' ' }, 'VALIDATION_FAILED reason'],
      [add, { amount: eur('0.00') }, 'VALIDATION_FAILED amount'],
      [add, { amount: { amount: '1.00', currency: 'USD' } }, 'CURRENCY_MISMATCH amount'],
      [add, { amount: eur('1.00'), account: 'CASH' }, 'VALIDATION_FAILED account'],
      [add, { amount: eur('1.00'), taxCategory: 'REVERSE_CHARGE' }, 'VALIDATION_FAILED taxCategory'],
      [add, { amount: eur('1.00'), projectId: newId() }, 'NOT_FOUND projectId'],
      [add, { amount: eur('1.00'), projectId: world.ids.project }, 'NOT_FOUND projectId'],
      [add, { amount: eur('1.00'), contractLineId: newId() }, 'NOT_FOUND contractLineId'],
      [add, { amount: eur('1.00'), description: '' }, 'VALIDATION_FAILED description'],
      [remove, { lineId }, 'VALIDATION_FAILED lineId'],
      [remove, { lineId: newId() }, 'NOT_FOUND lineId'],
      [remove, { lineId, expectedVersion: 99 }, 'STALE_VERSION expectedVersion'],
    ] as const)
      expect([input, codes(await send({ id, ...input }))]).toEqual([input, [code]]);
    expect(await read(id)).toEqual(before);
    const later = await drafted('VALIDATED');
    expect(codes(await discount({ id: later.id, percent: '10' }))).toEqual(['INVALID_TRANSITION status']);
  });

  test('given away wholly is not validated: it asks for nothing', async () => {
    const { id } = await drafted();
    await discount({ id, percent: '100' });
    const { userErrors } = await world.mutate('validateInvoice', 'invoice { id }', { id });
    expect(userErrors).toMatchObject([{ guard: 'asksForMoney' }]);
  });
});
