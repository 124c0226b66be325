import { day, firmOnly, flag, hours, id, ids, internal, list, nullable, shownMoney, text, thing, whole } from '#kernel/fields.ts';
import { catalogue, fact, type PayloadOf } from '#kernel/published.ts';

declare module '#kernel/actor.ts' {
  interface KnownPermissions {
    'timesheet:read': true;
    'timesheet:write': true;
    'colleague:read': true;
    'time:read': true;
    'time:write': true;
    'time:submit': true;
    'time:approve': true;
    'time:post': true;
    'time:repair': true;
    'time:delegate': true;
    'expense:read': true;
    'expense:write': true;
    'expense:submit': true;
    'expense:approve': true;
    'expense:reimburse': true;
    'expense:post': true;
    'expense:delegate': true;
    'approval:override': true;
  }
}

const reason = text('Why, in the words of whoever did it.');
const approverId = id('Employee');
const outside = ['CLIENT', 'PARTNER'] as const;

/** What one call did to entries of a timesheet; `hours` are theirs. */
const entries = {
  timesheetId: id('Timesheet'),
  employeeId: id('Employee'),
  startDate: day('The first day of the timesheet.'),
  endDate: day('The last day of the timesheet.'),
  entryIds: ids('TimesheetEntry', 'The ones concerned.'),
  hours: hours('The hours, rounded half up to six digits where they have more.'),
  parts: internal(
    list(
      thing(
        {
          entryId: id('TimesheetEntry'),
          customerId: id('Customer'),
          engagementId: id('Engagement'),
          projectId: id('Project'),
          legalEntityId: nullable(id('LegalEntity')),
          hours: hours('The hours of the entry.'),
        },
        'One of the entries, and whose it is.',
      ),
      'What of it is whose.',
    ),
  ),
};
/** Of several customers on one timesheet each is told its own entries and hours. Version 1 did not say which were whose; version 2 called the days `periodStart` and `periodEnd`. */
const shared = {
  version: 3,
  upcasts: {
    1: (payload: Record<string, unknown>) => ({ ...payload, parts: [] }),
    2: ({ periodStart, periodEnd, ...payload }: Record<string, unknown>) => ({ ...payload, startDate: periodStart, endDate: periodEnd }),
  },
  shares: { parts: 'parts', lists: { entryIds: 'entryId' }, hours: ['hours'] },
} as const;
const expense = {
  expenseId: id('ExpenseItem'),
  expenseVersion: whole('The version of the expense then.'),
  employeeId: id('Employee'),
  customerId: id('Customer'),
  projectId: id('Project'),
  category: text('Its category.'),
  workDate: day('The day on which the work was done.'),
  amount: shownMoney('The amount; null where only holders of a permission may know it.'),
  billable: internal(flag('True when the customer is billed for it.')),
};

/** Who of the firm hears of the work of others: without it, colleagues hear of their own. */
const colleagues = 'colleague:read' as const;

/** The facts of the time subgraph. */
export const facts = catalogue('time', {
  TimesheetSubmitted: fact({
    subject: 'Timesheet',
    description: 'Entries of a timesheet were submitted for approval.',
    read: 'timesheet:read',
    colleagues,
    ...shared,
    fields: entries,
  }),
  TimesheetApproved: fact({
    subject: 'Timesheet',
    description: 'Entries of a timesheet were approved; one fact per approval.',
    // Clients read time and no timesheets; what is approved is time.
    read: 'time:read',
    colleagues,
    outside,
    ...shared,
    fields: {
      ...entries,
      complete: flag('True when no entry of the timesheet waits for a decision any more.'),
      approverId: firmOnly(approverId),
    },
  }),
  TimesheetRejected: fact({
    subject: 'Timesheet',
    description: 'Entries of a timesheet were sent back with a reason.',
    read: 'timesheet:read',
    colleagues,
    ...shared,
    fields: { ...entries, approverId, reason },
  }),
  TimeEntryRecalled: fact({
    subject: 'TimesheetEntry',
    description: 'Submitted or approved time is a draft again.',
    read: 'time:read',
    colleagues,
    outside,
    fields: {
      timeEntryId: id('TimesheetEntry'),
      // The version whose actuals are void now; of time that was never approved there are none.
      entryVersion: whole('The version of the entry then.'),
      timesheetId: id('Timesheet'),
      employeeId: id('Employee'),
      customerId: id('Customer'),
      projectId: id('Project'),
      workDate: day('The day on which the work was done.'),
      hours: hours('The hours, rounded half up to six digits where they have more.'),
      wasApproved: flag('True when it had been approved.'),
      wasPosted: flag('True when it had been posted to the ledger.'),
    },
  }),
  LaborCategoryAssigned: fact({
    subject: 'TimesheetEntry',
    description: 'Approved time got the labor category that prices it.',
    read: 'time:read',
    colleagues,
    fields: {
      timeEntryId: id('TimesheetEntry'),
      timesheetId: id('Timesheet'),
      employeeId: id('Employee'),
      customerId: id('Customer'),
      projectId: id('Project'),
      laborCategoryId: id('LaborCategory'),
    },
  }),
  ExpenseSubmitted: fact({ subject: 'ExpenseItem', description: 'An expense was submitted for approval.', read: 'expense:read', colleagues, fields: expense }),
  ExpenseApproved: fact({
    subject: 'ExpenseItem',
    description: 'An expense was approved.',
    read: 'expense:read',
    colleagues,
    outside: ['CLIENT'],
    fields: { ...expense, approverId: firmOnly(approverId) },
  }),
  ExpenseRejected: fact({
    subject: 'ExpenseItem',
    description: 'An expense was sent back with a reason.',
    read: 'expense:read',
    colleagues,
    fields: { ...expense, approverId, reason },
  }),
  ExpenseRecalled: fact({
    subject: 'ExpenseItem',
    description: 'A submitted or approved expense is a draft again.',
    read: 'expense:read',
    colleagues,
    outside: ['CLIENT'],
    fields: {
      // The version whose actuals are void now; of an expense that was never approved there are none.
      ...expense,
      wasApproved: flag('True when it had been approved.'),
      wasPosted: flag('True when it had been posted to the ledger.'),
    },
  }),
  ExpenseReimbursed: fact({
    subject: 'ExpenseItem',
    description: 'The employee got the money of an expense.',
    read: 'expense:read',
    colleagues,
    fields: expense,
  }),
});

export type FactName = keyof typeof facts;
export type TimesheetSubmittedPayload = PayloadOf<typeof facts.TimesheetSubmitted>;
export type ExpenseSnapshot = PayloadOf<typeof facts.ExpenseSubmitted>;
