import { and, eq, inArray, not, type SQL, sql } from 'drizzle-orm';
import type { ApproveExpenseItem, ExpenseItemActionInput, RejectExpenseInput, SubmitExpenseItem, UpdateExpenseInput } from '#generated/time.ts';
import { demand, seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { type FactInput, record } from '#kernel/facts.ts';
import { checkText } from '#kernel/input.ts';
import { type ActionName, stepTo } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { asRefused, type Outcome } from '#kernel/mutation.ts';
import { lockRows, notFound } from '#kernel/rows.ts';
import { approverOf, knownApprovers } from '../approver.ts';
import { type ExpenseSnapshot, facts } from '../facts.ts';
import { demandOwn, ownExpense } from '../guards.ts';
import { fiscalCalendars, periodsOf, unjudged } from '../surroundings.ts';
import { type ExpenseItemRow, expenses, externalRefs } from '../tables.ts';
import { writeRows } from '../write.ts';
import { approvedExpenseStates, type ExpenseStatus, expenseMachine } from './machine.ts';
import { updateExpense as rewrite } from './record.ts';

export { recordExpenses } from './record.ts';

type Asked = { id: string; expectedVersion?: number | null | undefined };
type Call = { action: ActionName<typeof expenseMachine>; approverId?: string | undefined; calendars?: Awaited<ReturnType<typeof fiscalCalendars>> };

function checked(scope: Scope, row: ExpenseItemRow | undefined, { id, expectedVersion }: Asked): ExpenseItemRow {
  if (!row || !seesCustomer(scope.actor, row.customerId)) throw notFound('ExpenseItem', id);
  if (expectedVersion !== undefined && expectedVersion !== null && expectedVersion !== row.version) {
    throw new Refused('STALE_VERSION', `ExpenseItem is at version ${row.version}, not ${expectedVersion}. Read it again, then decide.`, {
      field: 'expectedVersion',
    });
  }
  return row;
}

async function lockExpense(scope: Scope, asked: Asked): Promise<ExpenseItemRow> {
  return checked(scope, (await lockRows(scope, expenses, [asked.id])).get(asked.id), asked);
}

function stepOf(scope: Scope, row: ExpenseItemRow, { action, approverId, calendars = new Map() }: Call): ExpenseStatus {
  const work = [{ workDate: row.workDate, periods: periodsOf(calendars, row.legalEntityId) }];
  return stepTo(expenseMachine, { subject: { ...unjudged, ...row, work, receiptTaken: false, approverId }, action, actor: scope.actor });
}

function moved(scope: Scope, row: ExpenseItemRow, changes: Partial<ExpenseItemRow>): ExpenseItemRow {
  return { ...row, ...changes, version: row.version + 1, updatedAt: scope.now };
}

/** Changes a DRAFT expense. */
export async function updateExpense(scope: Scope, input: UpdateExpenseInput): Promise<{ id: string }> {
  demand(scope.actor, 'expense:write');
  await rewrite(scope, await lockExpense(scope, input), input);
  return { id: input.id };
}

/** Deletes a DRAFT expense with its external references. */
export async function deleteExpense(scope: Scope, input: ExpenseItemActionInput): Promise<{ id: string }> {
  demand(scope.actor, 'expense:write');
  const { id, status, employeeId } = await lockExpense(scope, input);
  demandOwn(ownExpense, { employeeId }, scope.actor);
  if (status !== 'DRAFT') throw new Refused('INVALID_TRANSITION', `ExpenseItem is ${status}; only a DRAFT can be deleted.`, { field: 'status' });
  await scope.tx.delete(externalRefs).where(and(eq(externalRefs.entityType, 'ExpenseItem'), eq(externalRefs.entityId, id)));
  await scope.tx.delete(expenses).where(eq(expenses.id, id));
  return { id };
}

/** Submits expenses: four statements, however many they are. */
export async function submitExpenses(scope: Scope, items: readonly SubmitExpenseItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'expense:submit');
  const rows = await lockRows(
    scope,
    expenses,
    items.map((item) => item.expenseId),
  );
  const calendars = await fiscalCalendars(
    scope.tx,
    [...rows.values()].map((row) => row.legalEntityId),
  );
  const batch = carryOut(scope, { items, rows }, (row) => {
    const status = stepOf(scope, row, { action: 'submit', calendars });
    return moved(scope, row, { status, submittedAt: scope.now });
  });
  await writeRows(scope, expenses, { rows: batch.changed });
  await record(
    scope,
    facts.ExpenseSubmitted,
    batch.changed.map((row) => about(row, {})),
  );
  return batch.outcomes;
}

/** Approves expenses: four statements, however many they are. */
export async function approveExpenses(scope: Scope, items: readonly ApproveExpenseItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'expense:approve');
  const rows = await lockRows(
    scope,
    expenses,
    items.map((item) => item.expenseId),
  );
  const approvers = await knownApprovers(
    scope.tx,
    scope.actor,
    items.map((item) => item.approverId),
  );
  const batch = carryOut(scope, { items, rows }, (row, item) => {
    const approverId = approverOf(scope.actor, item.approverId, approvers);
    const status = stepOf(scope, row, { action: 'approve', approverId });
    return moved(scope, row, { status, approvedAt: scope.now, approvedBy: approverId, approvedVersion: row.version + 1, rejectionReason: null });
  });
  await writeRows(scope, expenses, { rows: batch.changed });
  await record(
    scope,
    facts.ExpenseApproved,
    batch.changed.map((row) => about(row, { approverId: row.approvedBy ?? '' })),
  );
  return batch.outcomes;
}

type Item = { expenseId: string; expectedVersion?: number | null | undefined };

function carryOut<I extends Item>(
  scope: Scope,
  { items, rows }: { items: readonly I[]; rows: Map<string, ExpenseItemRow> },
  change: (row: ExpenseItemRow, item: I) => ExpenseItemRow,
) {
  const changed = new Map<string, ExpenseItemRow>();
  const outcomes = items.map((item): Outcome => {
    try {
      const row = checked(scope, rows.get(item.expenseId), { id: item.expenseId, expectedVersion: item.expectedVersion });
      const after = change(row, item);
      rows.set(after.id, after);
      changed.set(after.id, after);
      return { id: after.id };
    } catch (error) {
      return { refused: asRefused(error) };
    }
  });
  return { outcomes, changed: [...changed.values()] };
}

/** SUBMITTED to REJECTED, with a reason. */
export async function rejectExpense(scope: Scope, input: RejectExpenseInput): Promise<ExpenseItemRow> {
  demand(scope.actor, 'expense:approve');
  const reason = checkText('reason', input.reason, 1000);
  const approverId = approverOf(scope.actor, input.approverId, await knownApprovers(scope.tx, scope.actor, [input.approverId]));
  const row = await act(scope, input, { action: 'reject', approverId, changes: { rejectionReason: reason } });
  await record(scope, facts.ExpenseRejected, about(row, { approverId, reason }));
  return row;
}

/** REJECTED to DRAFT. */
export function reviseExpense(scope: Scope, input: ExpenseItemActionInput): Promise<ExpenseItemRow> {
  return act(scope, input, { action: 'revise' });
}

/** APPROVED to REIMBURSED. */
export async function reimburseExpense(scope: Scope, input: ExpenseItemActionInput): Promise<ExpenseItemRow> {
  const row = await act(scope, input, { action: 'reimburse', changes: { reimbursedAt: scope.now } });
  await record(scope, facts.ExpenseReimbursed, about(row, {}));
  return row;
}

async function act(scope: Scope, input: Asked, call: Call & { changes?: Partial<ExpenseItemRow> }): Promise<ExpenseItemRow> {
  const before = await lockExpense(scope, input);
  const row = moved(scope, before, { ...call.changes, status: stepOf(scope, before, call) });
  await writeRows(scope, expenses, { rows: [row] });
  return row;
}

function about<More>(row: ExpenseItemRow, more: More): FactInput<ExpenseSnapshot & More> {
  const { id, version, employeeId, customerId, engagementId, projectId, legalEntityId, category, workDate, billable } = row;
  const amount = showMoney({ minor: row.amountMinor, currency: row.currency });
  return {
    subject: { id, version },
    keys: { customerId, engagementId, projectId, employeeId, legalEntityId },
    payload: {
      expenseId: id,
      expenseVersion: row.approvedVersion ?? version,
      employeeId,
      customerId,
      projectId,
      category,
      workDate,
      amount,
      billable,
      ...more,
    },
  };
}

/** Approved expenses are in the ledger now. `version` stays: (id, approvedVersion) is what the actuals refer to. */
export function markExpensesPosted(scope: Scope, ids: readonly string[]): Promise<void> {
  return mark(scope, ids, { postingStatus: 'POSTED', postedAt: scope.now });
}

/** Approved expenses could not be posted; an open exception says why. Posted ones stay posted. */
export function markExpensesPostingException(scope: Scope, ids: readonly string[]): Promise<void> {
  return mark(scope, ids, { postingStatus: 'EXCEPTION', postedAt: null, unless: sql`${expenses.postingStatus} = 'POSTED'` });
}

/** Their actuals were reversed: they are to be posted again. */
export function markExpensesUnposted(scope: Scope, ids: readonly string[]): Promise<void> {
  return mark(scope, ids, { postingStatus: 'NOT_POSTED', postedAt: null });
}

/** The invoice with them was posted, or credited (null). */
export function markExpensesBilled(scope: Scope, ids: readonly string[], billedAt: Date | null): Promise<void> {
  return mark(scope, ids, { billedAt });
}

type Marks = Partial<Pick<ExpenseItemRow, 'postingStatus' | 'postedAt' | 'billedAt'>> & { unless?: SQL };

async function mark(scope: Scope, ids: readonly string[], { unless, ...marks }: Marks): Promise<void> {
  demand(scope.actor, 'expense:post');
  if (ids.length === 0) return;
  const { id, status } = expenses;
  const locked = scope.tx
    .select({ id })
    .from(expenses)
    .where(inArray(id, [...ids]))
    .orderBy(id)
    .for('no key update');
  await scope.tx
    .update(expenses)
    .set(marks)
    .where(and(inArray(id, locked), inArray(status, [...approvedExpenseStates]), unless && not(unless)));
}
