import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Consumer } from '#kernel/consume.ts';
import { billedWork } from '#processes/billedWork.ts';
import { amending } from '../support/amending.ts';
import { firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** An invoice of eight hours at 100.00 and an expense of 50.00, posted. */
async function invoiced() {
  const firm = await firmAt(world.graph);
  await firm.approved(['2026-02-10']);
  const cost = { category: 'TRAVEL', workDate: '2026-02-12', amount: eur('50.00') };
  const expense = await world.graph.made('recordExpense', 'expense', { employeeId: firm.employeeId, projectId: firm.projectId, ...cost });
  await done('submitExpense', { id: expense });
  await done('approveExpense', { id: expense, approverId: firm.approverId });
  await world.settle();
  const wish = { cutOffDate: '2026-02-28', contractIds: [firm.contractId], invoiceDate: '2026-02-28' };
  const id = (await done('draftInvoices', wish, { select: 'results { invoice { id } }' })).results[0].invoice.id;
  for (const action of ['validateInvoice', 'postInvoice']) await done(action, { id });
  await world.settle();
  return { firm, id, expense };
}

const read = async (id: string): Promise<Json> =>
  (
    await world.graph.ok(
      `query ($id: ID!) { invoice(id: $id) { status credited { amount } open { amount } creditNotes { totalCount } lines { nodes { id kind credited { amount } actuals { id } } } } }`,
      { id },
    )
  ).invoice;

async function dearer({ firm }: { firm: Awaited<ReturnType<typeof firmAt>> }) {
  const { amended, proposals } = amending(world, firm);
  const rates = [{ laborCategoryId: firm.categoryId, rate: eur('112.50') }];
  const amendmentId = await amended({ effectiveFrom: '2026-01-01', changes: { rates } }, 'APPLIED');
  await world.settle();
  return proposals(amendmentId);
}

test('accepting what an amendment asks of an invoice credits the line that the price touches, and leaves the expense billed', async () => {
  const { firm, id, expense } = await invoiced();
  const [proposal] = await dearer({ firm });
  const select = 'rerateProposal { creditNote { total { amount } } rebilled { subtotal { amount } lines { nodes { kind } } } }';
  const { rerateProposal } = await done('acceptRerateProposal', { id: proposal?.id, creditDate: '2026-03-31', invoiceDate: '2026-03-31' }, { select });
  expect(rerateProposal).toEqual({
    creditNote: { total: { amount: '-968.00' } },
    rebilled: { subtotal: { amount: '900.00' }, lines: { nodes: [{ kind: 'TIME' }] } },
  });
  await world.settle();
  expect(await read(id)).toMatchObject({ status: 'POSTED', credited: { amount: '968.00' }, open: { amount: '60.50' } });
  const [billed] = await world.sql`select status from finance.actual where source_id = ${expense} and kind = 'UNBILLED_SALES' and reversed_by_id is null`;
  expect(billed?.status).toBe('BILLED');
  await checkHistory(world.sql);
});

test('a line that somebody gave back before is billed anew at the new price, and not credited twice', async () => {
  const { firm, id } = await invoiced();
  const time = (await read(id)).lines.nodes.find(({ kind }: Json) => kind === 'TIME');
  const [proposal] = await dearer({ firm });
  await done('creditInvoice', { id, reason: 'Wrong', creditDate: '2026-03-31', lines: [{ lineId: time.id }] });
  await world.settle();
  const [entry] = await world.sql`select amount_minor::int as minor, status from finance.actual where contract_id = ${firm.contractId}
    and transaction_class = 'TIME' and kind = 'UNBILLED_SALES' and reverses_id is null and reversed_by_id is null`;
  expect(entry).toEqual({ minor: 90_000, status: 'READY' });
  const select = 'rerateProposal { creditNote { id } rebilled { subtotal { amount } } }';
  const { rerateProposal } = await done('acceptRerateProposal', { id: proposal?.id, invoiceDate: '2026-03-31' }, { select });
  expect(rerateProposal).toEqual({ creditNote: null, rebilled: { subtotal: { amount: '900.00' } } });
  expect(await read(id)).toMatchObject({ status: 'POSTED', creditNotes: { totalCount: 1 } });
  await world.settle();
  await checkHistory(world.sql);
});

test('work on a part that was given back may be recalled and corrected; the rest of the invoice keeps its own', async () => {
  const { firm, id, expense } = await invoiced();
  const time = (await read(id)).lines.nodes.find(({ kind }: Json) => kind === 'TIME');
  const entry = async () => (await world.sql`select id, status, billed_at from time.timesheet_entry where project_id = ${firm.projectId}`)[0];
  expect((await entry())?.billed_at).not.toBeNull();
  await done('creditInvoice', { id, reason: 'Too many hours', creditDate: '2026-03-31', lines: [{ lineId: time.id, actualIds: [time.actuals[0].id] }] });
  await world.settle();
  expect((await entry())?.billed_at).toBeNull();
  await done('requestTimeEntryRecall', { id: (await entry())?.id, reason: 'Six hours' });
  await done('approveTimeEntryRecall', { id: (await entry())?.id, approverId: firm.approverId });
  await world.settle();
  expect((await entry())?.status).toBe('DRAFT');
  const refused = await world.graph.mutate('requestExpenseRecall', { idempotencyKey: 'billed', id: expense, reason: 'No' }, {});
  expect(refused.userErrors).toHaveLength(1);
  await checkHistory(world.sql);
});

test('a part that is given back is heard of late, after it was billed anew: what stands billed stays marked', async () => {
  const { firm, id } = await invoiced();
  const time = (await read(id)).lines.nodes.find(({ kind }: Json) => kind === 'TIME');
  const isBilled = async () =>
    (await world.sql`select billed_at is not null as billed from time.timesheet_entry where project_id = ${firm.projectId}`)[0]?.billed;
  await done('creditInvoice', { id, reason: 'Wrong date', creditDate: '2026-02-28', lines: [{ lineId: time.id }] });
  const wish = { cutOffDate: '2026-02-28', contractIds: [firm.contractId], invoiceDate: '2026-02-28' };
  const { results } = await done('draftInvoices', wish, { select: 'results { invoice { id subtotal { amount } } }' });
  expect(results[0].invoice.subtotal.amount).toBe('800.00');
  for (const action of ['validateInvoice', 'postInvoice']) await done(action, { id: results[0].invoice.id });
  const deaf: Consumer = {
    ...billedWork,
    handle: async (scope, facts) => {
      if (facts.some((fact) => fact.type === 'InvoicePartlyCredited')) throw new Error('not now');
      await billedWork.handle(scope, facts);
    },
  };
  await world.settle([deaf]);
  world.time.now = new Date(world.time.now.getTime() + 3_600_000);
  await world.settle();
  expect(await isBilled()).toBe(true);
  await checkHistory(world.sql);
});
