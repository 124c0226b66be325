import type { ExpenseItemFilter, ExpenseItemOrderField } from '#generated/time.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { and, asc, eq, inArray } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { between } from '../conditions.ts';
import { type ExpenseItemRow, expenses, externalRefs } from '../tables.ts';
import { approvedExpenseStates } from './machine.ts';

const expensesById = visibleById(expenses, 'expense:read');

/** An expense, if there is one that the actor may know of. */
export function readExpense(context: Context, id: string): Promise<ExpenseItemRow | undefined> {
  return context.load(expensesById, id);
}

/** Batch: the external references of expenses. */
export const expenseRefs = externalRefsOf(externalRefs, 'ExpenseItem');

export const expenseList: List<typeof expenses, ExpenseItemFilter, ExpenseItemOrderField> = {
  table: expenses,
  read: 'expense:read',
  orders: { WORK_DATE: expenses.workDate, CREATED_AT: expenses.createdAt, UPDATED_AT: expenses.updatedAt },
  defaultOrder: { field: 'WORK_DATE', direction: 'DESC' },
  filter: (filter) => [
    changedSince(expenses, filter.updatedSince),
    wordIn(expenses.status, filter.statuses),
    wordIn(expenses.category, filter.categories),
    wordIn(expenses.postingStatus, filter.postingStatuses),
    idIn(expenses.employeeId, filter.employeeIds),
    idIn(expenses.projectId, filter.projectIds),
    idIn(expenses.taskId, filter.taskIds),
    idIn(expenses.customerId, filter.customerIds),
    idIn(expenses.engagementId, filter.engagementIds),
    filter.billable === null || filter.billable === undefined ? undefined : eq(expenses.billable, filter.billable),
    ...between(expenses.workDate, filter.workDateFrom, filter.workDateTo),
    externalRefFilter({ table: externalRefs, entityType: 'ExpenseItem', id: expenses.id }, filter.externalRefs),
  ],
};

export const expensesOfCustomer = childList(expenseList, expenses.customerId);
export const expensesOfProject = childList(expenseList, expenses.projectId);
export const expensesOfEmployee = childList(expenseList, expenses.employeeId);

/** An approved expense as finance needs it. (id, version) is the identity of its actuals: `version` is the one that was approved. */
export type ApprovedExpense = {
  id: string;
  version: number;
  employeeId: string;
  customerId: string;
  engagementId: string;
  projectId: string;
  taskId: string | null;
  legalEntityId: string | null;
  category: string;
  workDate: CalendarDate;
  amountMinor: bigint;
  currency: string;
  billable: boolean;
  notes: string | null;
  posted: boolean;
};

/** Approved expenses among `ids`, locked until the caller's transaction ends. */
export async function approvedExpenses(db: Db, ids: readonly string[]): Promise<ApprovedExpense[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(expenses)
    .where(and(inArray(expenses.id, [...ids]), inArray(expenses.status, [...approvedExpenseStates])))
    .orderBy(asc(expenses.id))
    .for('no key update');
  return rows.map((row) => {
    const { id, employeeId, customerId, engagementId, projectId, taskId, legalEntityId, category, workDate, amountMinor, currency, billable, notes } = row;
    const where = { employeeId, customerId, engagementId, projectId, taskId, legalEntityId };
    return {
      id,
      version: row.approvedVersion ?? row.version,
      ...where,
      category,
      workDate,
      amountMinor,
      currency,
      billable,
      notes,
      posted: row.postingStatus === 'POSTED',
    };
  });
}

/** Batch: the expense that has a receipt, by the receipt's checksum. */
export async function receiptHolders(context: Context, checksums: readonly string[]): Promise<Map<string, string>> {
  const { id, receiptChecksum } = expenses;
  const rows = await context.db
    .select({ id, receiptChecksum })
    .from(expenses)
    .where(inArray(receiptChecksum, [...checksums]));
  return new Map(rows.map((row) => [row.receiptChecksum ?? '', row.id]));
}
