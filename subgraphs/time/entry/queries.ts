import type { TimesheetEntryFilter, TimesheetEntryOrderField } from '#generated/time.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { references } from '#kernel/reference.ts';
import { and, asc, eq, inArray, type PgColumn, type SQL, sql } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { references as resources } from '#resources/published.ts';
import { categoryNow } from '../around.ts';
import { between } from '../conditions.ts';
import { externalRefs, type TimesheetEntryRow, timesheetEntries } from '../tables.ts';
import { approvedStates } from './machine.ts';

const entriesById = visibleById(timesheetEntries, 'time:read');

/** An entry, if there is one that the actor may know of. */
export function readEntry(context: Context, id: string): Promise<TimesheetEntryRow | undefined> {
  return context.load(entriesById, id);
}

/** Batch: the external references of entries. */
export const entryRefs = externalRefsOf(externalRefs, 'TimesheetEntry');

type Summed = Pick<
  typeof timesheetEntries,
  'status' | 'postingStatus' | 'employeeId' | 'projectId' | 'customerId' | 'engagementId' | 'laborCategoryId' | 'billable'
>;
type Shared = { [Name in keyof Summed]: PgColumn };

/** The conditions of a filter on what entries and their balances both say. */
export function sharedConditions(filter: TimesheetEntryFilter, row: Shared): (SQL | undefined)[] {
  const { laborCategoryMissing: missing } = filter;
  return [
    ...placeConditions(filter, row),
    idIn(row.employeeId, filter.employeeIds),
    idIn(row.laborCategoryId, filter.laborCategoryIds),
    missing === null || missing === undefined ? undefined : missing ? sql`${row.laborCategoryId} is null` : sql`${row.laborCategoryId} is not null`,
  ];
}

/** Those that ask for nobody. */
export function placeConditions(filter: TimesheetEntryFilter, row: Omit<Shared, 'employeeId' | 'laborCategoryId'>): (SQL | undefined)[] {
  return [
    wordIn(row.status, filter.statuses),
    wordIn(row.postingStatus, filter.postingStatuses),
    idIn(row.projectId, filter.projectIds),
    idIn(row.customerId, filter.customerIds),
    idIn(row.engagementId, filter.engagementIds),
    filter.billable === null || filter.billable === undefined ? undefined : eq(row.billable, filter.billable),
  ];
}

/** The conditions of a filter. */
export function entryConditions(filter: TimesheetEntryFilter): (SQL | undefined)[] {
  const entry = timesheetEntries;
  return [
    ...sharedConditions(filter, entry),
    changedSince(entry, filter.updatedSince),
    idIn(entry.timesheetId, filter.timesheetIds),
    idIn(entry.taskId, filter.taskIds),
    ...between(entry.workDate, filter.workDateFrom, filter.workDateTo),
    externalRefFilter({ table: externalRefs, entityType: 'TimesheetEntry', id: entry.id }, filter.externalRefs),
  ];
}

export const entryList: List<typeof timesheetEntries, TimesheetEntryFilter, TimesheetEntryOrderField> = {
  table: timesheetEntries,
  read: 'time:read',
  orders: { WORK_DATE: timesheetEntries.workDate, CREATED_AT: timesheetEntries.createdAt, UPDATED_AT: timesheetEntries.updatedAt },
  defaultOrder: { field: 'WORK_DATE', direction: 'DESC' },
  filter: entryConditions,
};

export const entriesOfTimesheet = childList(entryList, timesheetEntries.timesheetId);
export const entriesOfCustomer = childList(entryList, timesheetEntries.customerId);
export const entriesOfEngagement = childList(entryList, timesheetEntries.engagementId);
export const entriesOfProject = childList(entryList, timesheetEntries.projectId);
export const entriesOfTask = childList(entryList, timesheetEntries.taskId);
export const entriesOfEmployee = childList(entryList, timesheetEntries.employeeId);

/** Literally the predicate of the partial index timesheet_entry_to_post, so that the planner takes it. */
export const toPost = sql`status in ('APPROVED', 'RECALL_REQUESTED') and posting_status <> 'POSTED'`;

/** Approved time that is not in the ledger. */
export const approvedNotPostedList: typeof entryList = { ...entryList, only: toPost };

/** Approved time as finance needs it. (id, version) is the identity of its actuals: `version` is the one that was approved. */
/** Time that employees have beyond a day each: how many entries, of how long, and the first day. */
export type TimeBeyond = { employeeId: string; entries: number; seconds: bigint; firstDay: CalendarDate };

/** Of employees with their last days, the time that is recorded after it, in whatever state but rejected. */
export async function timeBeyond(db: Db, ends: readonly { employeeId: string; lastDay: CalendarDate }[]): Promise<TimeBeyond[]> {
  if (ends.length === 0) return [];
  const given = JSON.stringify(ends.map(({ employeeId, lastDay }) => ({ employee_id: employeeId, last_day: lastDay })));
  const rows = await db.execute(sql`
    select entry.employee_id, count(*) as entries, sum(entry.seconds) as seconds, min(entry.work_date)::text as first_day
    from ${timesheetEntries} as entry
    join jsonb_to_recordset(${given}::jsonb) as ended(employee_id uuid, last_day date) on ended.employee_id = entry.employee_id
    where entry.work_date > ended.last_day and entry.status <> 'REJECTED'
    group by entry.employee_id order by entry.employee_id`);
  return rows.map((row) => ({
    employeeId: String(row.employee_id),
    entries: Number(row.entries),
    seconds: BigInt(String(row.seconds)),
    firstDay: String(row.first_day),
  }));
}

export type ApprovedEntry = {
  id: string;
  version: number;
  timesheetId: string;
  employeeId: string;
  customerId: string;
  engagementId: string;
  projectId: string;
  taskId: string | null;
  legalEntityId: string | null;
  laborCategoryId: string | null;
  workDate: CalendarDate;
  span: 'DAY' | 'WEEK';
  seconds: bigint;
  billable: boolean;
  notes: string | null;
  posted: boolean;
};

/** Approved entries among `ids`, with the labor category of now, kept from being recalled until the caller's transaction ends. A requested recall is not granted yet. */
export async function approvedEntries(db: Db, ids: readonly string[]): Promise<ApprovedEntry[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(timesheetEntries)
    .where(and(inArray(timesheetEntries.id, [...ids]), inArray(timesheetEntries.status, [...approvedStates])))
    .orderBy(asc(timesheetEntries.id))
    .for('no key update');
  const employees = await references(
    db,
    resources.Employee,
    rows.map((row) => row.employeeId),
  );
  return rows.map((row) => {
    const { id, timesheetId, employeeId, customerId, engagementId, projectId, taskId, legalEntityId } = row;
    const laborCategoryId = categoryNow(row, employees.get(employeeId));
    const { workDate, span, seconds, billable, notes } = row;
    const where = { timesheetId, employeeId, customerId, engagementId, projectId, taskId, legalEntityId, laborCategoryId };
    return { id, version: row.approvedVersion ?? row.version, ...where, workDate, span, seconds, billable, notes, posted: row.postingStatus === 'POSTED' };
  });
}
