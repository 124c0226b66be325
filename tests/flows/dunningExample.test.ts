import { afterAll, beforeAll, expect, test } from 'vitest';
import { dunningIn } from '../support/dunning.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const levels = [
  { name: 'Payment reminder', afterDays: 7 },
  { name: 'First dunning letter', afterDays: 21 },
  { name: 'Final dunning letter', afterDays: 35, feeText: 'A fee of 40.00 EUR may be charged by law.' },
];

/** docs/examples/dunning.md, number by number. */
test('an invoice that is not paid in time comes out as the example says', async () => {
  const { overdue, turns, read, facts, pay } = dunningIn(world);
  const { firm, id } = await overdue();
  await world.graph.done('setDunningPolicy', { id: firm.legalEntityId, levels });
  const standing = async () => {
    const { dunning, open } = await read(id);
    return [dunning.level, open.amount, dunning.nextLevelOn];
  };
  expect(await turns('2026-04-30')).toBe(0);
  expect(await standing()).toEqual([0, '968.00', '2026-05-07']);
  await turns('2026-05-01');
  expect(await facts(id)).toEqual(['InvoiceOverdue']);
  await turns('2026-05-07');
  expect(await standing()).toEqual([1, '968.00', '2026-05-21']);
  const [first] = (await read(id)).dunningNotices;
  await world.graph.done('acknowledgeDunningDelivery', { id: first.id, channel: 'EMAIL', reference: 'message 1' });
  await pay(firm, id, '500.00');
  expect(await turns('2026-05-20')).toBe(0);
  await turns('2026-05-21');
  expect(await standing()).toEqual([2, '468.00', '2026-06-04']);
  await turns('2026-06-04');
  expect(await standing()).toEqual([3, '468.00', null]);
  await pay(firm, id, '468.00');
  expect(await turns('2026-09-01')).toBe(0);
  expect(await standing()).toEqual([0, '0.00', null]);
  expect((await read(id)).dunningNotices).toMatchObject([
    { level: 1, name: 'Payment reminder', feeText: null, dunnedOn: '2026-05-07', open: { amount: '968.00' }, status: 'DELIVERED' },
    { level: 2, name: 'First dunning letter', feeText: null, dunnedOn: '2026-05-21', open: { amount: '468.00' }, status: 'PENDING' },
    { level: 3, feeText: 'A fee of 40.00 EUR may be charged by law.', dunnedOn: '2026-06-04', open: { amount: '468.00' } },
  ]);
  expect(await facts(id)).toEqual(['InvoiceOverdue', 'InvoiceDunned 1', 'DunningNoticeDelivered 1', 'InvoiceDunned 2', 'InvoiceDunned 3']);
});

test('found late, it gets one letter at a time', async () => {
  const { overdue, turns, read, facts } = dunningIn(world);
  const { firm, id } = await overdue();
  await world.graph.done('setDunningPolicy', { id: firm.legalEntityId, levels });
  await turns('2026-07-01');
  expect(await facts(id)).toEqual(['InvoiceOverdue', 'InvoiceDunned 1']);
  for (const day of ['2026-07-14', '2026-07-15', '2026-07-28', '2026-07-29', '2026-12-31']) await turns(day);
  expect((await read(id)).dunningNotices.map(({ level, dunnedOn }: { level: number; dunnedOn: string }) => `${level} ${dunnedOn}`)).toEqual([
    '1 2026-07-01',
    '2 2026-07-15',
    '3 2026-07-29',
  ]);
});
