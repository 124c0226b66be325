import type { Actor } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { type Decision, rowsIn } from '#kernel/draft.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { demandVersion, lockRows, notFound, rowsById } from '#kernel/rows.ts';
import { asc, inArray, sql } from '#kernel/sql.ts';
import { isConfined, sees } from '#kernel/visibility.ts';
import { timeEntry, timesheet } from '../entities.ts';
import { type TimesheetEntryRow, type TimesheetRow, timesheetEntries, timesheets } from '../tables.ts';
import { type Shown, shownOf } from './shown.ts';

/** A timesheet and all of its entries. */
export type LoadedTimesheet = { row: TimesheetRow; entries: Map<string, TimesheetEntryRow> };
export type LoadedTimesheets = Map<string, LoadedTimesheet>;

/** Locks timesheets, then their entries, each in the order of ids: two statements. Whoever writes entries locks their timesheet first. */
export async function lockTimesheets(scope: Scope, ids: readonly string[]): Promise<LoadedTimesheets> {
  const rows = await lockRows(scope, timesheets, ids);
  const loaded: LoadedTimesheets = new Map([...rows].map(([id, row]) => [id, { row, entries: new Map() }]));
  if (loaded.size === 0) return loaded;
  const entries = await scope.tx
    .select()
    .from(timesheetEntries)
    .where(inArray(timesheetEntries.timesheetId, [...loaded.keys()]))
    .orderBy(asc(timesheetEntries.id))
    .for('update');
  for (const entry of entries) loaded.get(entry.timesheetId)?.entries.set(entry.id, entry);
  return loaded;
}

/** The same by entries of theirs: which timesheet an entry is in may change until it is locked. */
export async function lockTimesheetsOf(scope: Scope, entryIds: readonly string[]): Promise<LoadedTimesheets> {
  const seen = await rowsById(scope.tx, timesheetEntries, entryIds);
  return lockTimesheets(
    scope,
    [...seen.values()].map((entry) => entry.timesheetId),
  );
}

/** Brings loaded timesheets up to date with a decision: later items of a call see it. */
export function absorbTime(loaded: LoadedTimesheets, decision: Decision): void {
  for (const { id, row } of rowsIn(decision, timesheet)) {
    if (row) loaded.set(id, { row, entries: loaded.get(id)?.entries ?? new Map() });
  }
  for (const { id, row, before } of rowsIn(decision, timeEntry)) {
    if (before && before.timesheetId !== row?.timesheetId) loaded.get(before.timesheetId)?.entries.delete(id);
    if (row) loaded.get(row.timesheetId)?.entries.set(id, row);
  }
}

/** The entries that the actor may know of. */
export function visibleEntries({ entries }: LoadedTimesheet, actor: Actor): TimesheetEntryRow[] {
  return [...entries.values()].filter((entry) => sees(actor, entry));
}

/** The timesheet as the actor may know of it: for who sees a part of the entries it is what these are. */
export function asShown(sheet: LoadedTimesheet, actor: Actor): Shown {
  return isConfined(actor) ? shownOf(sheet.row, visibleEntries(sheet, actor)) : sheet.row;
}

type Asked = { id: string; expectedVersion?: number | null | undefined };

/** The timesheet of this id, if the actor may know of it: when confined to customers, by an entry for one of them. */
export function demandTimesheet(loaded: LoadedTimesheets, { id, expectedVersion }: Asked, actor: Actor): LoadedTimesheet {
  const found = loaded.get(id);
  if (!found || (actor.customerIds && visibleEntries(found, actor).length === 0)) throw notFound('Timesheet', id);
  demandVersion('Timesheet', asShown(found, actor), expectedVersion);
  return found;
}

/** The entry of this id with its timesheet. */
export function demandEntry(loaded: LoadedTimesheets, asked: Asked, actor: Actor): { sheet: LoadedTimesheet; entry: TimesheetEntryRow } {
  for (const sheet of loaded.values()) {
    const entry = sheet.entries.get(asked.id);
    if (!entry || !sees(actor, entry)) continue;
    demandVersion('TimesheetEntry', entry, asked.expectedVersion);
    return { sheet, entry };
  }
  throw notFound('TimesheetEntry', asked.id);
}

/** Days of one person. */
export type Stretch = { employeeId: string; from: CalendarDate; to: CalendarDate };

/** The timesheets that overlap any of the stretches. Periods never change, so that finding needs no lock. */
export async function timesheetsOverlapping(scope: Scope, stretches: readonly Stretch[]): Promise<TimesheetRow[]> {
  if (stretches.length === 0) return [];
  return scope.tx
    .select()
    .from(timesheets)
    .where(
      sql`${timesheets.id} in (
        select sheet.id from jsonb_to_recordset(${JSON.stringify(stretches)}::jsonb) as wanted("employeeId" uuid, "from" date, "to" date)
        join ${timesheets} as sheet on sheet.employee_id = wanted."employeeId" and wanted."from" <= sheet.period_end and wanted."to" >= sheet.period_start)`,
    );
}
