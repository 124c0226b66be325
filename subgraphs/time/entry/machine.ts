import type { Machine } from '#kernel/machine.ts';
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
  ownTime,
  type PeriodSubject,
  periodOpen,
  projectActive,
  type Taken,
  type Totals,
  taskOpen,
  type WorkSubject,
  withinDailyLimit,
  withinProjectDates,
  withinWeeklyLimit,
} from '../guards.ts';
import type { FactName } from '../published.ts';

export type EntryStatus = 'DRAFT' | 'SUBMITTED' | 'APPROVED' | 'REJECTED' | 'RECALL_REQUESTED';
export type PostingStatus = 'NOT_POSTED' | 'POSTED' | 'EXCEPTION';
export const postingStates = ['NOT_POSTED', 'POSTED', 'EXCEPTION'] as const satisfies readonly PostingStatus[];

/** Time that counts as approved: a recall that is only asked for changes nothing about the money. */
export const approvedStates = ['APPROVED', 'RECALL_REQUESTED'] as const satisfies readonly EntryStatus[];

/** What the guards of an entry judge. */
export type EntrySubject = {
  status: EntryStatus;
  /** The invoice that it stands on; null when there is none. */
  taken?: Taken | null;
  laborCategoryId: string | null;
  postingStatus: PostingStatus;
  totals?: Totals;
  /** The day of now. */
  today?: CalendarDate;
} & Partial<WorkSubject> &
  Partial<PeriodSubject> &
  DecisionSubject;

function laborCategoryMissing({ laborCategoryId }: EntrySubject): string | undefined {
  return laborCategoryId === null ? undefined : 'The entry has a labor category. To change it, recall the entry.';
}

function notPosted({ postingStatus }: EntrySubject): string | undefined {
  return postingStatus === 'POSTED' ? 'The entry is posted. To change it, recall it.' : undefined;
}

export const entryMachine = {
  entity: 'TimesheetEntry',
  states: ['DRAFT', 'SUBMITTED', 'APPROVED', 'REJECTED', 'RECALL_REQUESTED'],
  initial: 'DRAFT',
  actions: {
    /** Recording is an update of a new draft: the same guards. */
    update: {
      from: ['DRAFT'],
      to: 'DRAFT',
      may: 'time:write',
      guards: [
        ownTime,
        notOnInvoice,
        projectActive,
        withinProjectDates,
        taskOpen,
        assigned,
        employedOnWorkDate,
        periodOpen,
        withinDailyLimit,
        withinWeeklyLimit,
      ],
      by: 'updateTimeEntry',
    },
    submit: {
      from: ['DRAFT'],
      to: 'SUBMITTED',
      may: 'time:submit',
      guards: [ownTime, periodOpen, employedOnWorkDate, notAheadOfWeek],
      emits: 'TimesheetSubmitted',
      by: 'submitTimesheets',
    },
    recall: { from: ['SUBMITTED'], to: 'DRAFT', may: 'time:write', guards: [ownTime, notOnInvoice], emits: 'TimeEntryRecalled', by: 'recallTimeEntry' },
    approve: {
      from: ['SUBMITTED'],
      to: 'APPROVED',
      may: 'time:approve',
      guards: [approverIsNotOwner, approverHasReason, employedOnWorkDate, notInFuture],
      emits: 'TimesheetApproved',
      by: 'approveTimeEntry',
    },
    reject: {
      from: ['SUBMITTED'],
      to: 'REJECTED',
      may: 'time:approve',
      guards: [approverIsNotOwner, approverHasReason],
      emits: 'TimesheetRejected',
      by: 'rejectTimeEntry',
    },
    revise: { from: ['REJECTED'], to: 'DRAFT', may: 'time:write', guards: [ownTime], by: 'reviseTimeEntry' },
    requestRecall: { from: ['APPROVED'], to: 'RECALL_REQUESTED', may: 'time:write', guards: [ownTime, notOnInvoice], by: 'requestTimeEntryRecall' },
    approveRecall: {
      from: ['RECALL_REQUESTED'],
      to: 'DRAFT',
      may: 'time:approve',
      guards: [approverIsNotOwner, approverHasReason, notOnInvoice],
      emits: 'TimeEntryRecalled',
      by: 'approveTimeEntryRecall',
    },
    refuseRecall: {
      from: ['RECALL_REQUESTED'],
      to: 'APPROVED',
      may: 'time:approve',
      guards: [approverIsNotOwner, approverHasReason],
      by: 'refuseTimeEntryRecall',
    },
    assignLaborCategory: {
      from: ['APPROVED'],
      to: 'APPROVED',
      may: 'time:repair',
      guards: [laborCategoryMissing, notPosted],
      emits: 'LaborCategoryAssigned',
      by: 'assignLaborCategory',
    },
  },
} as const satisfies Machine<EntryStatus, EntrySubject, FactName>;
