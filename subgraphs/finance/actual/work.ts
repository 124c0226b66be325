import type { Refused } from '#kernel/errors.ts';
import type { Money } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import type { ActualRow } from '../tables.ts';

/** Approved time as the process hands it over. Finance asks nobody back for it. */
export type ApprovedEntry = {
  id: string;
  version: number;
  customerId: string;
  engagementId: string;
  projectId: string;
  taskId: string | null;
  employeeId: string;
  workDate: CalendarDate;
  /** Of a week's total any day of the week may be the one that was worked. */
  span?: 'DAY' | 'WEEK';
  seconds: bigint;
  billable: boolean;
  laborCategoryId: string | null;
};

/** An approved expense as the process hands it over. */
export type ApprovedExpense = {
  id: string;
  version: number;
  customerId: string;
  engagementId: string;
  projectId: string;
  taskId: string | null;
  employeeId: string;
  workDate: CalendarDate;
  amountMinor: bigint;
  currency: string;
  /** Contracts may sell it by the day, whatever it cost. */
  category?: string;
  billable: boolean;
  description: string | null;
};

/** What became of one source: the actuals that it has now, or why it has none, with the money at risk where it is known. */
export type PostingOutcome = { sourceId: string; actualIds: string[] } | { sourceId: string; refused: Refused; atRisk?: Money };

/** Time and expenses alike, as they are assessed. */
export type Work = {
  sourceType: 'TIMESHEET_ENTRY' | 'EXPENSE_ITEM';
  sourceId: string;
  sourceVersion: number;
  transactionClass: 'TIME' | 'EXPENSE';
  projectId: string;
  taskId: string | null;
  employeeId: string;
  laborCategoryId: string | null;
  workDate: CalendarDate;
  billable: boolean;
  /** A week's total, whose days are not known. */
  weekly?: boolean;
  /** Of time. */
  seconds: bigint | null;
  /** Of an expense. */
  spent: Money | null;
  expenseCategory: string | null;
  description: string | null;
};

export function workOfTime(entry: ApprovedEntry): Work {
  const { id, version, projectId, taskId, employeeId, laborCategoryId, workDate, billable, seconds } = entry;
  const source = { sourceType: 'TIMESHEET_ENTRY', sourceId: id, sourceVersion: version, transactionClass: 'TIME' } as const;
  const weekly = entry.span === 'WEEK';
  return {
    ...source,
    projectId,
    taskId,
    employeeId,
    laborCategoryId,
    workDate,
    weekly,
    billable,
    seconds,
    spent: null,
    expenseCategory: null,
    description: null,
  };
}

export function workOfExpense(expense: ApprovedExpense): Work {
  const { id, version, projectId, taskId, employeeId, workDate, billable, amountMinor, currency, category, description } = expense;
  const source = { sourceType: 'EXPENSE_ITEM', sourceId: id, sourceVersion: version, transactionClass: 'EXPENSE' } as const;
  return {
    ...source,
    projectId,
    taskId,
    employeeId,
    laborCategoryId: null,
    workDate,
    billable,
    seconds: null,
    spent: { minor: amountMinor, currency },
    expenseCategory: category ?? null,
    description,
  };
}

/** The work behind what one source made; the cost that counts says what was done. Undefined without one. */
export function workOfActuals(rows: readonly ActualRow[]): Work | undefined {
  const standing = (kind: ActualRow['kind']) => rows.find((row) => row.kind === kind && row.reversedById === null);
  const cost = standing('COST');
  const { sourceType, transactionClass, employeeId } = cost ?? {};
  if (!cost || !employeeId || !cost.projectId) return undefined;
  if ((sourceType !== 'TIMESHEET_ENTRY' && sourceType !== 'EXPENSE_ITEM') || (transactionClass !== 'TIME' && transactionClass !== 'EXPENSE')) return undefined;
  const { sourceId, sourceVersion, projectId, taskId, laborCategoryId, workDate, seconds, expenseCategory, description, billable } = cost;
  const source = { sourceType, sourceId, sourceVersion, transactionClass, projectId, taskId, employeeId, laborCategoryId, workDate, billable };
  // Its days were judged when it was posted.
  return {
    ...source,
    weekly: true,
    seconds,
    expenseCategory,
    // What a lender asks is not what was spent.
    spent: transactionClass === 'EXPENSE' ? spentOf(standing('RESOURCING_COST') ?? cost) : null,
    description,
  };
}

/** What was spent, in the currency in which it was. */
function spentOf({ amountMinor, currency, priceExplanation: { conversion } }: ActualRow): Money {
  return conversion ? { minor: BigInt(conversion.minor), currency: conversion.currency } : { minor: amountMinor, currency };
}
