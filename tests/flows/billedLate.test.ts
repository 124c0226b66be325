import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Consumer } from '#kernel/consume.ts';
import { billedWork } from '#processes/billedWork.ts';
import { firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

test('a credit that is heard of late does not unmark what was billed anew meanwhile', async () => {
  const { done } = world.graph;
  const own = await firmAt(world.graph);
  const entries = await own.approved(['2026-02-09', '2026-02-10']);
  const invoiced = async (): Promise<string> => {
    const input = { cutOffDate: '2026-12-31', contractIds: [own.contractId], invoiceDate: '2026-02-28' };
    const { results } = await done('draftInvoices', input, { select: 'results { invoice { id } }' });
    const { id } = results[0].invoice;
    await done('validateInvoice', { id });
    await done('postInvoice', { id, invoiceDate: '2026-02-28' });
    return id;
  };
  const billed = async () =>
    (await world.sql`select billed_at is not null as billed from time.timesheet_entry where id = any(${entries}::uuid[])`).map((row) => row.billed);
  await world.settle();
  const first = await invoiced();
  await done('creditInvoice', { id: first, reason: 'Wrong date', creditDate: '2026-02-28' });
  await invoiced();
  const deaf: Consumer = {
    ...billedWork,
    handle: async (scope, facts) => {
      if (facts.some((fact) => fact.type === 'InvoiceCredited')) throw new Error('not now');
      await billedWork.handle(scope, facts);
    },
  };
  await world.settle([deaf]);
  expect(await billed()).toEqual([true, true]);
  world.time.now = new Date(world.time.now.getTime() + 3_600_000);
  await world.settle([billedWork]);
  expect(await billed()).toEqual([true, true]);
});
