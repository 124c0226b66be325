import type { TimesheetFilter, TimesheetOrderField } from '#generated/time.ts';
import type { Actor } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { idIn } from '#kernel/read.ts';
import { and, inArray, type SQL, sql } from '#kernel/sql.ts';
import { isConfined, visibleById, visibleTo } from '#kernel/visibility.ts';
import { between } from '../conditions.ts';
import { externalRefs, type TimesheetRow, timesheetEntries, timesheets } from '../tables.ts';
import { shownColumns } from './shown.ts';

const timesheetsById = visibleById(timesheets, 'timesheet:read');

/** A timesheet, if there is one that the actor may know of. */
export function readTimesheet(context: Context, id: string): Promise<TimesheetRow | undefined> {
  return context.load(timesheetsById, id);
}

/** Batch: the external references of timesheets. */
export const timesheetRefs = externalRefsOf(externalRefs, 'Timesheet');

/** One entry must meet all conditions: a project of another customer then tells a confined actor nothing. */
function withEntry(...conditions: (SQL | undefined)[]): SQL | undefined {
  const all = and(...conditions);
  return all && sql`exists (select from ${timesheetEntries} where ${timesheetEntries.timesheetId} = ${timesheets.id} and ${all})`;
}

export const timesheetList: List<typeof timesheets, TimesheetFilter, TimesheetOrderField> = {
  table: timesheets,
  read: 'timesheet:read',
  orders: { START_DATE: timesheets.startDate, CREATED_AT: timesheets.createdAt, UPDATED_AT: timesheets.updatedAt },
  defaultOrder: { field: 'START_DATE', direction: 'DESC' },
  filter: (filter, actor) => [
    filter.updatedSince ? sql`${shownColumns(actor).updatedAt} >= ${new Date(filter.updatedSince).toISOString()}::timestamptz` : undefined,
    filter.statuses ? sql`${shownColumns(actor).status} = any(${sql.param([...filter.statuses])}::text[])` : undefined,
    idIn(timesheets.employeeId, filter.employeeIds),
    withEntry(
      idIn(timesheetEntries.projectId, filter.projectIds),
      idIn(timesheetEntries.customerId, filter.customerIds),
      filter.projectIds || filter.customerIds ? visibleTo(actor, timesheetEntries) : undefined,
    ),
    ...between(timesheets.endDate, filter.activeFrom, undefined),
    ...between(timesheets.startDate, undefined, filter.activeTo),
    externalRefFilter({ table: externalRefs, entityType: 'Timesheet', id: timesheets.id }, filter.externalRefs),
  ],
};

export const timesheetsOfEmployee = childList(timesheetList, timesheets.employeeId);

type Ordered = { orderBy?: { field: TimesheetOrderField } | null | undefined };

/** The order of all changes would say when others changed what an actor does not see. */
export function demandOwnOrder<Args extends Ordered>(args: Args, actor: Actor): Args {
  if (args.orderBy?.field !== 'UPDATED_AT' || !isConfined(actor)) return args;
  throw new Refused('VALIDATION_FAILED', 'This token sees a part of what timesheets hold: order by START_DATE or CREATED_AT, and filter by updatedSince.', {
    field: 'orderBy',
  });
}

/** Literally the predicate of the partial index timesheet_entry_open_of_project, so that the planner takes it. */
const isOpen = sql`(status in ('SUBMITTED', 'RECALL_REQUESTED') or (status = 'APPROVED' and posting_status <> 'POSTED'))`;

/** Time of each project that is submitted and not yet in the ledger, in entries. */
export async function openTimeOfProjects(db: Db, projectIds: readonly string[]): Promise<Map<string, number>> {
  const { projectId } = timesheetEntries;
  const rows = await db
    .select({ projectId, n: sql<string>`count(*)` })
    .from(timesheetEntries)
    .where(and(inArray(projectId, [...projectIds]), isOpen))
    .groupBy(projectId);
  return new Map(rows.map((row) => [row.projectId, Number(row.n)]));
}

/** The projects that the entries are for. */
export async function projectsOfEntries(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectDistinct({ projectId: timesheetEntries.projectId })
    .from(timesheetEntries)
    .where(inArray(timesheetEntries.id, [...ids]));
  return rows.map((row) => row.projectId);
}
