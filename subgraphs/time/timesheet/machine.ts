import type { Machine } from '#kernel/machine.ts';
import type { EntryStatus } from '../entry/machine.ts';
import { approverIsNotOwner, type DecisionSubject, ownTime, type PeriodSubject, periodOpen } from '../guards.ts';
import type { FactName } from '../published.ts';

export type TimesheetStatus = 'DRAFT' | 'SUBMITTED' | 'PARTLY_APPROVED' | 'APPROVED' | 'REJECTED';

/** What the guards of a timesheet judge. `chosen` are the entries that the action is for: all, or those of some projects. */
export type TimesheetSubject = { status: TimesheetStatus; chosen: readonly EntryStatus[] } & Partial<PeriodSubject> & DecisionSubject;

function notEmpty({ chosen }: TimesheetSubject): string | undefined {
  return chosen.length > 0 ? undefined : 'The timesheet has no entries. Record time first.';
}

/** Refuses when no entry could move: of several those in open periods do. */
function anyPeriodOpen(subject: TimesheetSubject): string | undefined {
  return subject.work?.some((each) => !periodOpen({ work: [each] })) ? undefined : periodOpen(subject);
}

function hasDraftEntries({ chosen }: TimesheetSubject): string | undefined {
  return chosen.length === 0 || chosen.includes('DRAFT') ? undefined : 'No entry is DRAFT: there is nothing to submit.';
}

function hasSubmittedEntries({ chosen }: TimesheetSubject): string | undefined {
  return chosen.includes('SUBMITTED') ? undefined : 'No entry that this decision is about is SUBMITTED.';
}

/** The status that follows from the entries' own. A requested recall changes nothing until it is granted. */
export function followEntries(entries: readonly string[]): TimesheetStatus {
  const approved = entries.filter((status) => status === 'APPROVED' || status === 'RECALL_REQUESTED').length;
  if (approved > 0) return approved === entries.length ? 'APPROVED' : 'PARTLY_APPROVED';
  if (entries.includes('SUBMITTED')) return 'SUBMITTED';
  return entries.length === 0 || entries.includes('DRAFT') ? 'DRAFT' : 'REJECTED';
}

const decidable = ['SUBMITTED', 'PARTLY_APPROVED'] as const;

export const timesheetMachine = {
  entity: 'Timesheet',
  states: ['DRAFT', 'SUBMITTED', 'PARTLY_APPROVED', 'APPROVED', 'REJECTED'],
  initial: 'DRAFT',
  follows: followEntries,
  actions: {
    submit: {
      from: ['DRAFT', 'SUBMITTED', 'PARTLY_APPROVED'],
      to: ['SUBMITTED', 'PARTLY_APPROVED'],
      may: 'time:submit',
      guards: [ownTime, notEmpty, hasDraftEntries, anyPeriodOpen],
      emits: 'TimesheetSubmitted',
      by: 'submitTimesheets',
    },
    approve: {
      from: decidable,
      to: ['PARTLY_APPROVED', 'APPROVED'],
      may: 'time:approve',
      guards: [approverIsNotOwner, hasSubmittedEntries],
      emits: 'TimesheetApproved',
      by: 'approveTimesheets',
    },
    reject: {
      from: decidable,
      to: ['SUBMITTED', 'PARTLY_APPROVED', 'DRAFT', 'REJECTED'],
      may: 'time:approve',
      guards: [approverIsNotOwner, hasSubmittedEntries],
      emits: 'TimesheetRejected',
      by: 'rejectTimesheets',
    },
  },
} as const satisfies Machine<TimesheetStatus, TimesheetSubject, FactName>;
