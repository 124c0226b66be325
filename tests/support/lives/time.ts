import { entryMachine } from '#time/entry/machine.ts';
import { expenseMachine } from '#time/expense/machine.ts';
import { timesheetMachine } from '#time/timesheet/machine.ts';
import { type Life, life } from './life.ts';
import { colleague } from './resources.ts';
import type { GridWorld } from './world.ts';

const itself = (_: GridWorld, id: string) => ({ id });
const decided = ({ firm: { approverId } }: GridWorld, id: string) => ({ id, approverId });
const rejected = (world: GridWorld, id: string) => ({ ...decided(world, id), reason: 'grid' });

/** Whose it is. */
async function ownerOf({ sql }: GridWorld, table: string, id: string): Promise<string> {
  const [row] = await sql.unsafe(`select employee_id from ${table} where id = $1`, [id]);
  return String(row?.employee_id);
}
/** By its owner, whom the caller names as the approver. */
const byOwner = async (world: GridWorld, id: string) => ({ approverId: await ownerOf(world, 'time.timesheet', id), id });

/** An hour of somebody new. */
async function recorded(world: GridWorld, employeeId?: string): Promise<string> {
  const item = { employeeId: employeeId ?? (await colleague(world)), projectId: world.firm.projectId, workDate: '2026-02-09', hours: '1' };
  return world.made('recordTimeEntry', 'timeEntry', item);
}

async function timesheetOf({ sql }: GridWorld, id: string): Promise<string> {
  const [row] = await sql`select timesheet_id from time.timesheet_entry where id = ${id}`;
  return String(row?.timesheet_id);
}

const entry = life(entryMachine, {
  table: 'time.timesheet_entry',
  begin: (world) => recorded(world),
  path: {
    DRAFT: [],
    SUBMITTED: ['submit'],
    APPROVED: ['submit', 'approve'],
    REJECTED: ['submit', 'reject'],
    RECALL_REQUESTED: ['submit', 'approve', 'requestRecall'],
  },
  inputs: {
    update: (_, id) => ({ id, hours: '2' }),
    submit: async (world, id) => ({ id: await timesheetOf(world, id) }),
    recall: itself,
    approve: decided,
    reject: rejected,
    revise: itself,
    requestRecall: (_, id) => ({ id, reason: 'grid' }),
    approveRecall: decided,
    refuseRecall: decided,
    assignLaborCategory: ({ firm: { categoryId } }, id) => ({ id, laborCategoryId: categoryId }),
  },
  // The timesheet is asked, and has nothing to submit.
  refusals: { submit: 'INVALID_TRANSITION|GUARD_REFUSED' },
});

/** A timesheet of one person with two entries. */
async function sheet(world: GridWorld): Promise<{ id: string; entries: string[] }> {
  const first = await recorded(world);
  const second = await recorded(world, await ownerOf(world, 'time.timesheet_entry', first));
  return { id: await timesheetOf(world, first), entries: [first, second] };
}

/** The same, submitted, and the first entry decided; the second is a DRAFT again or waits. */
async function partly(world: GridWorld, { approved = true, recalled = false } = {}): Promise<string> {
  const { id, entries } = await sheet(world);
  const [first = '', second = ''] = entries;
  await world.done('submitTimesheet', { id });
  if (approved) await world.done('approveTimeEntry', decided(world, first));
  if (recalled) await world.done('recallTimeEntry', { id: second });
  return id;
}

const timesheet = life(timesheetMachine, {
  table: 'time.timesheet',
  begin: async (world) => (await sheet(world)).id,
  path: { DRAFT: [], SUBMITTED: ['submit'], APPROVED: ['submit', 'approve'], REJECTED: ['submit', 'reject'] },
  made: { PARTLY_APPROVED: (world) => partly(world) },
  readied: {
    'SUBMITTED submit': (world) => partly(world, { approved: false, recalled: true }),
    'PARTLY_APPROVED submit': (world) => partly(world, { recalled: true }),
  },
  inputs: {
    submit: (_, id) => ({ id }),
    approve: ({ firm: { approverId } }, id) => ({ id, approverId }),
    reject: ({ firm: { approverId } }, id) => ({ id, approverId, reason: 'grid' }),
  },
  guarded: {
    approve: { approverIsNotOwner: byOwner },
    reject: { approverIsNotOwner: async (world, id) => ({ ...(await byOwner(world, id)), reason: 'grid' }) },
  },
});

const expense = life(expenseMachine, {
  table: 'time.expense_item',
  begin: async (world) => {
    const cost = { category: 'TRAVEL', workDate: '2026-02-09', amount: { amount: '12.00', currency: 'EUR' } };
    return world.made('recordExpense', 'expense', { employeeId: await colleague(world), projectId: world.firm.projectId, ...cost });
  },
  path: {
    DRAFT: [],
    SUBMITTED: ['submit'],
    APPROVED: ['submit', 'approve'],
    REJECTED: ['submit', 'reject'],
    REIMBURSED: ['submit', 'approve', 'reimburse'],
    RECALL_REQUESTED: ['submit', 'approve', 'requestRecall'],
  },
  inputs: {
    update: (_, id) => ({ id, notes: 'grid' }),
    submit: (_, id) => ({ id }),
    approve: ({ firm: { approverId } }, id) => ({ id, approverId }),
    recall: itself,
    reject: rejected,
    revise: itself,
    requestRecall: (_, id) => ({ id, reason: 'grid' }),
    approveRecall: decided,
    refuseRecall: decided,
    reimburse: itself,
  },
});

export const timeLives: readonly Life[] = [entry, timesheet, expense];
