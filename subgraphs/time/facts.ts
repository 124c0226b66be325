import { catalogue, fact } from '#kernel/facts.ts';

type Week = { timesheetId: string; employeeId: string; periodStart: string; periodEnd: string };

/** The entries that one call submitted; `hours` are theirs, as decimal text. */
export type TimesheetSubmittedPayload = Week & { entryIds: string[]; hours: string };

/** The entries that one call approved; `complete` when no entry of the timesheet waits any more. */
export type TimesheetApprovedPayload = Week & { entryIds: string[]; hours: string; complete: boolean; approverId: string };

/** The entries that one call rejected, and why. */
export type TimesheetRejectedPayload = Week & { entryIds: string[]; hours: string; approverId: string; reason: string };

/** `entryVersion` is the version whose actuals are void now; of time that was never approved there are none. */
export type TimeEntryRecalledPayload = {
  timeEntryId: string;
  entryVersion: number;
  timesheetId: string;
  employeeId: string;
  customerId: string;
  projectId: string;
  workDate: string;
  hours: string;
  wasApproved: boolean;
  wasPosted: boolean;
};

/** An expense as it was then; `expenseVersion` identifies its actuals. */
export type ExpenseSnapshot = {
  expenseId: string;
  expenseVersion: number;
  employeeId: string;
  customerId: string;
  projectId: string;
  category: string;
  workDate: string;
  amount: { amount: string; currency: string };
  billable: boolean;
};

/** The facts of the time subgraph. Payload keys are the event's SDL fields; `<entity>Id` becomes the entity reference. */
export const facts = catalogue('time', {
  TimesheetSubmitted: fact<TimesheetSubmittedPayload>({ subject: 'Timesheet', description: 'Entries of a timesheet were submitted for approval.' }),
  TimesheetApproved: fact<TimesheetApprovedPayload>({ subject: 'Timesheet', description: 'Entries of a timesheet were approved; one fact per approval.' }),
  TimesheetRejected: fact<TimesheetRejectedPayload>({ subject: 'Timesheet', description: 'Entries of a timesheet were sent back with a reason.' }),
  TimeEntryRecalled: fact<TimeEntryRecalledPayload>({ subject: 'TimesheetEntry', description: 'Submitted or approved time is a draft again.' }),
  ExpenseSubmitted: fact<ExpenseSnapshot>({ subject: 'ExpenseItem', description: 'An expense was submitted for approval.' }),
  ExpenseApproved: fact<ExpenseSnapshot & { approverId: string }>({ subject: 'ExpenseItem', description: 'An expense was approved.' }),
  ExpenseRejected: fact<ExpenseSnapshot & { approverId: string; reason: string }>({
    subject: 'ExpenseItem',
    description: 'An expense was sent back with a reason.',
  }),
  ExpenseReimbursed: fact<ExpenseSnapshot>({ subject: 'ExpenseItem', description: 'The employee got the money of an expense.' }),
});

export type FactName = keyof typeof facts;
