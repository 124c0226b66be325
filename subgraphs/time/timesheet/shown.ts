import type { Actor } from '#kernel/actor.ts';
import type { Context } from '#kernel/context.ts';
import { and, inArray, type SQL, sql } from '#kernel/sql.ts';
import { isConfined, visibleTo } from '#kernel/visibility.ts';
import { type TimesheetEntryRow, type TimesheetRow, timesheetEntries, timesheets } from '../tables.ts';
import { followEntries } from './machine.ts';

/** What a timesheet says as a whole. */
export type Shown = Pick<TimesheetRow, 'status' | 'version' | 'submittedAt' | 'updatedAt'>;
type Own = Pick<TimesheetEntryRow, 'status' | 'version' | 'submittedAt' | 'updatedAt'>;

/** The same as follows from some of the entries alone: whoever sees those learns nothing of the others, whatever happens to them. */
export function shownOf(sheet: Pick<TimesheetRow, 'createdAt'>, entries: readonly Own[]): Shown {
  const latest = (instants: readonly (Date | null)[]) => instants.reduce((last, each) => (each && (!last || last < each) ? each : last), null);
  return {
    status: followEntries(entries.map((entry) => entry.status)),
    version: entries.reduce((sum, entry) => sum + entry.version, 1),
    submittedAt: latest(entries.map((entry) => entry.submittedAt)),
    updatedAt: latest([sheet.createdAt, ...entries.map((entry) => entry.updatedAt)]) ?? sheet.createdAt,
  };
}

/** Batch: the entries of timesheets that the actor may know of. */
export async function entriesBySheet(context: Context, ids: readonly string[]): Promise<Map<string, TimesheetEntryRow[]>> {
  const rows = await context.db
    .select()
    .from(timesheetEntries)
    .where(and(inArray(timesheetEntries.timesheetId, [...ids]), visibleTo(context.actor, timesheetEntries)));
  return Map.groupBy(rows, (row) => row.timesheetId);
}

/** A timesheet as the actor may know of it. */
export async function shownTo(context: Context, sheet: TimesheetRow): Promise<Shown> {
  return isConfined(context.actor) ? shownOf(sheet, (await context.load(entriesBySheet, sheet.id)) ?? []) : sheet;
}

/** The same in lists that ask by status or by change. */
export function shownColumns(actor: Actor): { status: SQL; updatedAt: SQL } {
  if (!isConfined(actor)) return { status: sql`${timesheets.status}`, updatedAt: sql`${timesheets.updatedAt}` };
  const { timesheetId, status, updatedAt } = timesheetEntries;
  const own = sql`from ${timesheetEntries} where ${timesheetId} = ${timesheets.id} and ${visibleTo(actor, timesheetEntries) ?? sql`true`}`;
  const approved = sql`count(*) filter (where ${status} in ('APPROVED', 'RECALL_REQUESTED'))`;
  return {
    status: sql`(select case when ${approved} = count(*) and count(*) > 0 then 'APPROVED' when ${approved} > 0 then 'PARTLY_APPROVED'
      when bool_or(${status} = 'SUBMITTED') then 'SUBMITTED' when count(*) = 0 or bool_or(${status} = 'DRAFT') then 'DRAFT' else 'REJECTED' end ${own})`,
    updatedAt: sql`greatest(${timesheets.createdAt}, (select max(${updatedAt}) ${own}))`,
  };
}
