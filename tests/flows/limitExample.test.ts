import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { amending } from '../support/amending.ts';
import { firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import { checkHistory } from '../support/history.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const eur = (amount: string) => ({ amount, currency: 'EUR' });

const work = { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'] };
/** A limit of the line, and the same of the contract as a whole. */
const limits = [
  ['of a line', (amount: string) => ({ lines: [{ ...work, notToExceed: eur(amount) }] }), 'Contract line Work'],
  ['of a contract', (amount: string) => ({ lines: [work], notToExceed: eur(amount) }), 'The contract Acme terms'],
] as const;

/** docs/examples/not-to-exceed.md, number by number. */
test.each(limits)('a limit %s that is met in the middle of a day comes out as the example says', async (_, limitedTo, what) => {
  const firm = await firmAt(world.graph, { salesRate: '87.35', terms: limitedTo('1000.00') });
  const { amended, refusedFor } = amending(world, firm);
  const sold = async (entry: string) => {
    const text = `query ($id: ID!) { actuals(filter: { sourceIds: [$id], kinds: [UNBILLED_SALES], reversed: false }) { nodes {
      id part status holdCode holdReason amount { amount } duration priceExplanation { whole { amount } text } } } }`;
    const { actuals } = await world.graph.ok(text, { id: entry });
    return actuals.nodes.toSorted((one: { part: number }, other: { part: number }) => one.part - other.part);
  };
  const told = async (entry: string) =>
    (await sold(entry)).map(({ status, amount, duration }: Awaited<ReturnType<typeof sold>>) => `${status} ${amount.amount} ${duration}`);
  const billed = async (cutOffDate: string) => {
    const wish = { cutOffDate, contractIds: [firm.contractId], invoiceDate: cutOffDate };
    const { results } = await done('draftInvoices', wish, { select: 'results { invoice { id subtotal { amount } } }' });
    const { id, subtotal } = results[0].invoice;
    const { invoice } = await done('validateInvoice', { id }, { select: 'invoice { total { amount } }' });
    return { id, subtotal: subtotal.amount, total: invoice.total.amount };
  };
  const [first = '', second = '', third = ''] = await firm.approved(['2026-02-02', '2026-02-03', '2026-02-04']);
  await world.settle();
  expect(await told(first)).toEqual(['READY 698.80 PT8H']);
  expect(await told(second)).toEqual(['READY 301.20 PT3H26M54S', 'NOT_READY 397.60 PT4H33M6S']);
  expect(await told(third)).toEqual(['NOT_READY 698.80 PT8H']);
  const [ready, waits] = await sold(second);
  expect(ready.priceExplanation).toMatchObject({
    whole: { amount: '698.80' },
    text: expect.stringContaining('a part of 698.80 EUR, which a limit or a retainer splits'),
  });
  expect(waits).toMatchObject({ holdCode: 'NOT_TO_EXCEED', holdReason: `${what} may bill 1000.00 EUR in all; 301.20 EUR are left and this is 698.80 EUR.` });

  const february = await billed('2026-02-28');
  expect(february).toMatchObject({ subtotal: '1000.00', total: '1210.00' });
  await done('postInvoice', { id: february.id });

  const raised = { effectiveFrom: '2026-02-01', changes: limitedTo('1500.00') };
  await amended(raised, 'APPLIED');
  await world.settle();
  expect(await told(second)).toEqual(['BILLED 301.20 PT3H26M54S', 'READY 397.60 PT4H33M6S']);
  expect(await told(third)).toEqual(['READY 102.40 PT1H10M20S', 'NOT_READY 596.40 PT6H49M40S']);
  const next = await billed('2026-03-31');
  expect(next).toMatchObject({ subtotal: '500.00', total: '605.00' });

  const [one, other] = await sold(second);
  const whole = { code: 'GUARD_REFUSED', guard: 'notOnInvoice' };
  const reversal = async (actualId: string) => {
    const { results } = await world.graph.mutate(
      'reverseActuals',
      { idempotencyKey: newId(), items: [{ id: actualId, reason: 'Recalled' }] },
      { select: 'results { userErrors { code guard } }' },
    );
    return results[0].userErrors[0];
  };
  expect((await reversal(one.id)).code).toBe('INVALID_TRANSITION');
  expect((await reversal(other.id)).code).toBe('INVALID_TRANSITION');
  const recall = () => refusedFor('requestTimeEntryRecall', { id: second, reason: 'Wrong day' }, { role: 'admin', subject: 'dev-admin' });
  expect(await recall()).toBeDefined();
  await done('cancelInvoice', { id: next.id });
  expect(await reversal(other.id)).toMatchObject(whole);
  expect(await recall()).toBeDefined();
  await done('creditInvoice', { id: february.id, reason: 'All of it again' });
  await world.settle();
  await done('requestTimeEntryRecall', { id: second, reason: 'Wrong day' });
  await done('approveTimeEntryRecall', { id: second, approverId: firm.approverId });
  await world.settle();
  expect(await told(second)).toEqual([]);
  await checkHistory(world.sql);
});
