import type { Context } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { externalRefsOf } from '#kernel/external.ts';
import { and, inArray, sql } from '#kernel/sql.ts';
import { visibleById, visibleTo } from '#kernel/visibility.ts';
import { externalRefs, type TimesheetEntryRow, type TimesheetRow, timesheetEntries, timesheets } from '../tables.ts';

const timesheetsById = visibleById(timesheets, 'timesheet:read');

/** A timesheet, if there is one that the actor may know of. */
export function readTimesheet(context: Context, id: string): Promise<TimesheetRow | undefined> {
  return context.load(timesheetsById, id);
}

/** Batch: the external references of timesheets. */
export const timesheetRefs = externalRefsOf(externalRefs, 'Timesheet');

/** Batch: the entries of timesheets that the actor may know of. */
export async function entriesBySheet(context: Context, ids: readonly string[]): Promise<Map<string, TimesheetEntryRow[]>> {
  const rows = await context.db
    .select()
    .from(timesheetEntries)
    .where(and(inArray(timesheetEntries.timesheetId, [...ids]), visibleTo(context.actor, timesheetEntries)));
  return Map.groupBy(rows, (row) => row.timesheetId);
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
