import type { Machine } from '#kernel/machine.ts';
import { sayMoney } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import {
  approverHasReason,
  approverIsNotOwner,
  assigned,
  type DecisionSubject,
  employedOnWorkDate,
  notAheadOfWeek,
  notInFuture,
  notOnInvoice,
  ownExpense,
  type PeriodSubject,
  periodOpen,
  projectActive,
  type Taken,
  taskOpen,
  type WorkSubject,
  withinProjectDates,
} from '../guards.ts';
import type { FactName } from '../published.ts';
import { type ExpenseCategory, policyFor } from './policy.ts';

export type ExpenseStatus = 'DRAFT' | 'SUBMITTED' | 'APPROVED' | 'REJECTED' | 'RECALL_REQUESTED' | 'REIMBURSED';

/** Expenses that count as approved for the ledger: a recall that is only asked for changes nothing about the money. */
export const approvedExpenseStates = ['APPROVED', 'RECALL_REQUESTED', 'REIMBURSED'] as const satisfies readonly ExpenseStatus[];

type Spent = { category: ExpenseCategory; amountMinor: bigint; currency: string; receiptChecksum: string | null };

/** What the guards of an expense judge. `receiptTaken`: another expense has the same receipt. */
export type ExpenseSubject = {
  status: ExpenseStatus;
  receiptTaken?: boolean;
  /** The invoice that it stands on; null when there is none. */
  taken?: Taken | null;
  today?: CalendarDate;
} & Spent &
  Partial<WorkSubject> &
  Partial<PeriodSubject> &
  DecisionSubject;

function receiptIsNew({ receiptTaken }: ExpenseSubject): string | undefined {
  if (receiptTaken === undefined) throw new Error('a guard needs to know whether the receipt is taken');
  return receiptTaken ? 'Another expense has the same receipt.' : undefined;
}

function withinCategoryLimit(expense: ExpenseSubject): string | undefined {
  const { most } = policyFor(expense.category, expense.currency);
  return most !== undefined && expense.amountMinor > most
    ? `An expense of ${expense.category} may not be more than ${sayMoney({ minor: most, currency: expense.currency })}.`
    : undefined;
}

function receiptOverLimit(expense: ExpenseSubject): string | undefined {
  const { receiptOver } = policyFor(expense.category, expense.currency);
  return !expense.receiptChecksum && expense.amountMinor > receiptOver
    ? `${expense.category} of more than ${sayMoney({ minor: receiptOver, currency: expense.currency })} needs a receipt.`
    : undefined;
}

export const expenseMachine = {
  entity: 'ExpenseItem',
  states: ['DRAFT', 'SUBMITTED', 'APPROVED', 'REJECTED', 'RECALL_REQUESTED', 'REIMBURSED'],
  initial: 'DRAFT',
  actions: {
    /** Recording is an update of a new draft: the same guards. */
    update: {
      from: ['DRAFT'],
      to: 'DRAFT',
      may: 'expense:write',
      guards: [
        ownExpense,
        notOnInvoice,
        projectActive,
        withinProjectDates,
        taskOpen,
        assigned,
        employedOnWorkDate,
        periodOpen,
        receiptIsNew,
        withinCategoryLimit,
      ],
      by: 'updateExpense',
    },
    submit: {
      from: ['DRAFT'],
      to: 'SUBMITTED',
      may: 'expense:submit',
      guards: [ownExpense, receiptOverLimit, periodOpen, employedOnWorkDate, notAheadOfWeek],
      emits: 'ExpenseSubmitted',
      by: 'submitExpenses',
    },
    recall: { from: ['SUBMITTED'], to: 'DRAFT', may: 'expense:write', guards: [ownExpense, notOnInvoice], emits: 'ExpenseRecalled', by: 'recallExpense' },
    approve: {
      from: ['SUBMITTED'],
      to: 'APPROVED',
      may: 'expense:approve',
      guards: [approverIsNotOwner, approverHasReason, employedOnWorkDate, notInFuture],
      emits: 'ExpenseApproved',
      by: 'approveExpenses',
    },
    reject: {
      from: ['SUBMITTED'],
      to: 'REJECTED',
      may: 'expense:approve',
      guards: [approverIsNotOwner, approverHasReason],
      emits: 'ExpenseRejected',
      by: 'rejectExpense',
    },
    revise: { from: ['REJECTED'], to: 'DRAFT', may: 'expense:write', guards: [ownExpense], by: 'reviseExpense' },
    requestRecall: {
      from: ['APPROVED'],
      to: 'RECALL_REQUESTED',
      may: 'expense:write',
      guards: [ownExpense, notOnInvoice],
      by: 'requestExpenseRecall',
    },
    approveRecall: {
      from: ['RECALL_REQUESTED'],
      to: 'DRAFT',
      may: 'expense:approve',
      guards: [approverIsNotOwner, approverHasReason, notOnInvoice],
      emits: 'ExpenseRecalled',
      by: 'approveExpenseRecall',
    },
    refuseRecall: {
      from: ['RECALL_REQUESTED'],
      to: 'APPROVED',
      may: 'expense:approve',
      guards: [approverIsNotOwner, approverHasReason],
      by: 'refuseExpenseRecall',
    },
    reimburse: { from: ['APPROVED'], to: 'REIMBURSED', may: 'expense:reimburse', emits: 'ExpenseReimbursed', by: 'reimburseExpense' },
  },
} as const satisfies Machine<ExpenseStatus, ExpenseSubject, FactName>;
