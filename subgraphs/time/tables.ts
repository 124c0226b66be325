import { balanceColumns, balanceIndexes, idPart, monthPart } from '#kernel/balance.ts';
import { count, entityColumns, externalRefTable, instant, oneOf } from '#kernel/columns.ts';
import { boolean, check, date, index, integer, type PgColumn, pgSchema, type SQL, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type EntryStatus, entryMachine, type PostingStatus, postingStates } from './entry/machine.ts';
import { type ExpenseStatus, expenseMachine } from './expense/machine.ts';
import { type ExpenseCategory, expenseCategories } from './expense/policy.ts';
import { type TimesheetStatus, timesheetMachine } from './timesheet/machine.ts';

export const time = pgSchema('time');

export const externalRefs = externalRefTable(time);

/** That periods of one employee exclude each other stands in the migrations. */
export const timesheets = time.table(
  'timesheet',
  {
    ...entityColumns(),
    employeeId: uuid('employee_id').notNull(),
    startDate: date('period_start').notNull(),
    endDate: date('period_end').notNull(),
    status: text('status').$type<TimesheetStatus>().notNull().default('DRAFT'),
    submittedAt: instant('submitted_at'),
  },
  (table) => [
    oneOf('timesheet_status', table.status, timesheetMachine.states),
    check('timesheet_period', sql`${table.endDate} between ${table.startDate} and ${table.startDate} + 6`),
    index('timesheet_by_period').on(table.startDate, table.id),
    index('timesheet_by_created').on(table.createdAt, table.id),
    index('timesheet_by_employee').on(table.employeeId, table.startDate, table.id),
    index('timesheet_by_status').on(table.status, table.startDate, table.id),
  ],
);
export type TimesheetRow = typeof timesheets.$inferSelect;

/** Where work belongs; the customer stands on the row so that scope is a plain indexed condition. */
function workColumns() {
  return {
    employeeId: uuid('employee_id').notNull(),
    customerId: uuid('customer_id').notNull(),
    engagementId: uuid('engagement_id').notNull(),
    projectId: uuid('project_id').notNull(),
    taskId: uuid('task_id'),
    legalEntityId: uuid('legal_entity_id'),
    workDate: date('work_date').notNull(),
    notes: text('notes'),
    billable: boolean('billable').notNull(),
  };
}

/**
 * `version` counts changes of what a row says and of its status. Posting and billing are finance's bookkeeping and leave it alone:
 * (id, approvedVersion) identifies the actuals of an approval, and stays through a refused recall.
 */
function approvalColumns() {
  return {
    submittedAt: instant('submitted_at'),
    approvedAt: instant('approved_at'),
    approvedBy: uuid('approved_by'),
    approvedVersion: integer('approved_version'),
    rejectionReason: text('rejection_reason'),
    recallReason: text('recall_reason'),
    postingStatus: text('posting_status').$type<PostingStatus>().notNull().default('NOT_POSTED'),
    postedAt: instant('posted_at'),
    billedAt: instant('billed_at'),
  };
}

export type LaborCategorySource = 'EMPLOYEE' | 'ENTRY';

export const timesheetEntries = time.table(
  'timesheet_entry',
  {
    ...entityColumns(),
    timesheetId: uuid('timesheet_id')
      .notNull()
      .references(() => timesheets.id),
    ...workColumns(),
    span: text('span').$type<'DAY' | 'WEEK'>().notNull().default('DAY'),
    seconds: count('seconds').notNull(),
    laborCategoryId: uuid('labor_category_id'),
    laborCategorySource: text('labor_category_source').$type<LaborCategorySource>().notNull().default('EMPLOYEE'),
    status: text('status').$type<EntryStatus>().notNull().default('DRAFT'),
    ...approvalColumns(),
  },
  (table) => [
    oneOf('timesheet_entry_status', table.status, entryMachine.states),
    oneOf('timesheet_entry_posting', table.postingStatus, postingStates),
    oneOf('timesheet_entry_span', table.span, ['DAY', 'WEEK']),
    oneOf('timesheet_entry_source', table.laborCategorySource, ['EMPLOYEE', 'ENTRY']),
    check('timesheet_entry_positive', sql`${table.seconds} > 0`),
    index('timesheet_entry_by_timesheet').on(table.timesheetId, table.workDate, table.id),
    index('timesheet_entry_by_work_date').on(table.workDate, table.id),
    index('timesheet_entry_by_created').on(table.createdAt, table.id),
    index('timesheet_entry_by_customer').on(table.customerId, table.workDate, table.id),
    index('timesheet_entry_by_engagement').on(table.engagementId, table.workDate, table.id),
    index('timesheet_entry_by_project').on(table.projectId, table.workDate, table.id),
    index('timesheet_entry_by_task').on(table.taskId, table.workDate, table.id).where(sql`task_id is not null`),
    index('timesheet_entry_by_employee').on(table.employeeId, table.workDate, table.id),
    // Approved ones are nearly all: a list of them goes by work date.
    index('timesheet_entry_open').on(table.status, table.workDate, table.id).where(sql`status <> 'APPROVED'`),
    index('timesheet_entry_to_post').on(table.workDate, table.id).where(sql`status in ('APPROVED', 'RECALL_REQUESTED') and posting_status <> 'POSTED'`),
    index('timesheet_entry_to_post_created')
      .on(table.createdAt, table.id)
      .where(sql`status in ('APPROVED', 'RECALL_REQUESTED') and posting_status <> 'POSTED'`),
    index('timesheet_entry_unposted').on(table.postingStatus, table.workDate, table.id).where(sql`posting_status <> 'POSTED'`),
    index('timesheet_entry_open_of_project')
      .on(table.projectId)
      .where(sql`status in ('SUBMITTED', 'RECALL_REQUESTED') or (status = 'APPROVED' and posting_status <> 'POSTED')`),
    index('timesheet_entry_no_category').on(table.workDate, table.id).where(sql`labor_category_id is null`),
  ],
);
export type TimesheetEntryRow = typeof timesheetEntries.$inferSelect;

/** Hours by where the work was done, how far it is, and its month. */
const hours = () => ({
  customerId: uuid('customer_id').notNull(),
  engagementId: uuid('engagement_id').notNull(),
  projectId: uuid('project_id').notNull(),
  status: text('status').$type<EntryStatus>().notNull(),
  postingStatus: text('posting_status').$type<PostingStatus>().notNull(),
  billable: boolean('billable').notNull(),
  month: date('month').notNull(),
  entries: count('entries').notNull(),
  seconds: count('seconds').notNull(),
});
const places = ['customer_id', 'engagement_id', 'project_id'].map(idPart);
const states = ['status', 'posting_status', 'billable::text', monthPart];

type HoursTable = Record<'key' | 'month' | 'customerId' | 'engagementId' | 'projectId', PgColumn>;

function hoursIndexes(name: string, table: HoursTable) {
  return [
    ...balanceIndexes(name, table),
    index(`${name}_of_month`).on(table.month),
    index(`${name}_of_customer`).on(table.customerId, table.month),
    index(`${name}_of_engagement`).on(table.engagementId, table.month),
    index(`${name}_of_project`).on(table.projectId, table.month),
  ];
}

/** Hours by what summaries group by. */
export const entryBalances = time.table(
  'entry_balance',
  {
    ...hours(),
    employeeId: uuid('employee_id').notNull(),
    laborCategoryId: uuid('labor_category_id'),
    ...balanceColumns([...places, ...['employee_id', 'labor_category_id'].map(idPart), ...states]),
  },
  (table) => [...hoursIndexes('entry_balance', table), index('entry_balance_of_employee').on(table.employeeId, table.month)],
);

/** The same without the people, who make the balances of a large project as many as its entries. */
export const projectBalances = time.table('project_balance', { ...hours(), ...balanceColumns([...places, ...states]) }, (table) =>
  hoursIndexes('project_balance', table),
);

export const expenses = time.table(
  'expense_item',
  {
    ...entityColumns(),
    ...workColumns(),
    category: text('category').$type<ExpenseCategory>().notNull(),
    amountMinor: count('amount_minor').notNull(),
    currency: text('currency').notNull(),
    receiptChecksum: text('receipt_checksum'),
    receiptUrl: text('receipt_url'),
    status: text('status').$type<ExpenseStatus>().notNull().default('DRAFT'),
    reimbursedAt: instant('reimbursed_at'),
    ...approvalColumns(),
  },
  (table) => [
    oneOf('expense_item_status', table.status, expenseMachine.states),
    oneOf('expense_item_posting', table.postingStatus, postingStates),
    oneOf('expense_item_category', table.category, expenseCategories),
    check('expense_item_positive', sql`${table.amountMinor} > 0`),
    uniqueIndex('expense_item_receipt').on(table.receiptChecksum),
    index('expense_item_by_work_date').on(table.workDate, table.id),
    index('expense_item_by_created').on(table.createdAt, table.id),
    index('expense_item_by_customer').on(table.customerId, table.workDate, table.id),
    index('expense_item_by_engagement').on(table.engagementId, table.workDate, table.id),
    index('expense_item_by_project').on(table.projectId, table.workDate, table.id),
    index('expense_item_by_task').on(table.taskId, table.workDate, table.id).where(sql`task_id is not null`),
    index('expense_item_by_employee').on(table.employeeId, table.workDate, table.id),
    index('expense_item_by_status').on(table.status, table.workDate, table.id),
  ],
);
export type ExpenseItemRow = typeof expenses.$inferSelect;

/** Entities of the siblings, as far as this subgraph resolves fields of them. */
type Elsewhere = { id: string };
export type CustomerRow = Elsewhere;
export type EngagementRow = Elsewhere;
export type ProjectRow = Elsewhere;
export type TaskRow = Elsewhere;
export type EmployeeRow = Elsewhere;
export type LaborCategoryRow = Elsewhere;

/** A timesheet is seen by whoever sees one of its entries. */
function withEntry(condition: SQL): SQL {
  return sql`exists (select from ${timesheetEntries} where ${timesheetEntries.timesheetId} = ${timesheets.id} and ${condition})`;
}

visible(timesheets, {
  customer: (own) => withEntry(own(timesheetEntries.customerId)),
  // Its own also before anything stands on it.
  legalEntity: (own, reader) => sql`(${timesheets.employeeId} = any(${reader.employees}) or ${withEntry(own(timesheetEntries.legalEntityId))})`,
  client: true,
  partner: (reader) => sql`${timesheets.employeeId} = any(${reader.employees})`,
  colleague: { unless: 'colleague:read', rows: (reader) => sql`${timesheets.employeeId} = any(${reader.employees})` },
});
visible(timesheetEntries, {
  customer: timesheetEntries.customerId,
  legalEntity: timesheetEntries.legalEntityId,
  client: true,
  partner: (reader) => sql`${timesheetEntries.employeeId} = any(${reader.employees})`,
  colleague: { unless: 'colleague:read', rows: (reader) => sql`${timesheetEntries.employeeId} = any(${reader.employees})` },
});
visible(expenses, {
  customer: expenses.customerId,
  legalEntity: expenses.legalEntityId,
  client: true,
  partner: (reader) => sql`${expenses.employeeId} = any(${reader.employees})`,
  colleague: { unless: 'colleague:read', rows: (reader) => sql`${expenses.employeeId} = any(${reader.employees})` },
});
visible(externalRefs, {
  follows: { Timesheet: timesheets, TimesheetEntry: timesheetEntries, ExpenseItem: expenses },
  type: externalRefs.entityType,
  id: externalRefs.entityId,
});
visible(entryBalances, {
  customer: entryBalances.customerId,
  legalEntity: 'firm',
  client: true,
  partner: (reader) => sql`${entryBalances.employeeId} = any(${reader.employees})`,
  colleague: { unless: 'colleague:read', rows: (reader) => sql`${entryBalances.employeeId} = any(${reader.employees})` },
});
visible(projectBalances, { customer: projectBalances.customerId, legalEntity: 'firm', client: true, partner: false });

/** What GraphQL shows of time that gets a labor category: the work of a person on a project in it. Seconds are text, since answers are kept as JSON. */
export type LaborCategoryGroupRow = {
  employeeId: string;
  projectId: string;
  laborCategoryId: string;
  workDate: string;
  lastWorkDate: string;
  entries: number;
  exceptions: number;
  seconds: string;
};
