import { postApprovedTime } from '#finance/actual/commands.ts';
import { supplierInvoiceMachine } from '#finance/supplierInvoice/machine.ts';
import { newId } from '#kernel/ids.ts';
import { boughtBy } from '../subcontracting.ts';
import { life } from './life.ts';
import type { GridWorld } from './world.ts';

const itself = (_: GridWorld, id: string) => ({ id });
const withReason = (_: GridWorld, id: string) => ({ id, reason: 'grid' });
const eur = (amount: string) => ({ amount, currency: 'EUR' });

type Bought = Awaited<ReturnType<typeof boughtBy>>;
type Made = { id: string; sourceId: string };

/** An hour of a subcontractor's person, approved and posted. */
async function anHour({ command, firm }: GridWorld, { employeeId }: Bought): Promise<string> {
  const { customerId, engagementId, projectId, categoryId: laborCategoryId } = firm;
  const work = { taskId: null, workDate: '2026-02-10', seconds: 3600n, billable: false, laborCategoryId };
  const entry = { id: newId(), version: 1, customerId, engagementId, projectId, employeeId, ...work };
  await command((scope) => postApprovedTime(scope, [entry]));
  return entry.id;
}

/** The invoice for an hour or for more, as the controller recorded it. */
async function asked({ done }: GridWorld, { subcontractorId, subcontractId }: Bought, { hours = '1', recorder = 'finance' } = {}): Promise<string> {
  const days = { startDate: '2026-02-01', endDate: '2026-02-28' };
  const lines = [{ subcontractId, lineNumber: 1, ...days, hours, unitRate: eur('80.00') }];
  const item = { subcontractorId, number: newId(), invoiceDate: '2026-02-28', lines };
  const options = { select: 'results { supplierInvoice { id } userErrors { message } }', wish: { role: recorder } };
  return (await done('recordSupplierInvoices', { items: [item] }, options)).results[0].supplierInvoice.id;
}

async function supplied(world: GridWorld, wish: Parameters<typeof asked>[2] = {}): Promise<Made> {
  const bought = await boughtBy(world, world.firm);
  const sourceId = await anHour(world, bought);
  return { id: await asked(world, bought, wish), sourceId };
}

/** Compared before the hour was approved: it differs, and would not any more. */
async function tooEarly(world: GridWorld): Promise<string> {
  const bought = await boughtBy(world, world.firm);
  const id = await asked(world, bought);
  await world.done('matchSupplierInvoice', { id });
  await anHour(world, bought);
  return id;
}

async function compared(world: GridWorld, wish?: Parameters<typeof supplied>[1]): Promise<Made> {
  const made = await supplied(world, wish);
  await world.done('matchSupplierInvoice', { id: made.id });
  return made;
}

/** The hour was taken back since: the cost that the invoice was matched with counts no more. */
async function takenBack(world: GridWorld, { id, sourceId }: Made): Promise<string> {
  const [row] = await world.sql`select id from finance.actual where source_id = ${sourceId}`;
  await world.done('reverseActuals', { items: [{ id: String(row?.id), reason: 'grid' }] }, { select: 'results { userErrors { message } }' });
  return id;
}

export const supplierInvoice = life(supplierInvoiceMachine, {
  table: 'finance.supplier_invoice',
  begin: async (world) => (await supplied(world)).id,
  path: { RECEIVED: [], MATCHED: ['match'], APPROVED: ['match', 'approve'], POSTED: ['match', 'approve', 'post'], REJECTED: ['reject'] },
  made: { DISPUTED: async (world) => (await compared(world, { hours: '2' })).id },
  readied: { 'DISPUTED match': tooEarly },
  inputs: { match: itself, approve: itself, approveDifferences: withReason, reject: withReason, post: itself },
  facts: { match: ['SupplierInvoiceMatched'] },
  guarded: {
    approve: {
      approverIsNotRecorder: async (world) => ({ id: (await compared(world, { recorder: 'admin' })).id }),
      hoursStand: async (world) => ({ id: await takenBack(world, await compared(world)) }),
    },
    approveDifferences: {
      approverIsNotRecorder: async (world) => ({ id: (await compared(world, { hours: '2', recorder: 'admin' })).id, reason: 'grid' }),
      hoursStand: async (world) => ({ id: await takenBack(world, await compared(world, { hours: '2' })), reason: 'grid' }),
    },
    post: {
      hoursStand: async (world) => {
        const made = await compared(world);
        await world.done('approveSupplierInvoice', { id: made.id });
        return { id: await takenBack(world, made) };
      },
    },
  },
});
