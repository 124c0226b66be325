import { asc, inArray, sql } from 'drizzle-orm';
import { type Actor, seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import type { FactInput, FactKeys } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { lockRows } from '#kernel/rows.ts';
import { type TimesheetEntryRow, type TimesheetRow, timesheetEntries, timesheets } from '../tables.ts';
import { addRows, writeRows } from '../write.ts';
import { followEntries } from './machine.ts';

/** A timesheet and all of its entries, locked: whoever writes entries locks their timesheet first. */
export type Sheet = {
  row: TimesheetRow;
  entries: Map<string, TimesheetEntryRow>;
  /** What `saveSheets` has to do. */
  state: 'NEW' | 'CHANGED' | 'SAME';
  added: Set<string>;
  changed: Set<string>;
  /** In which columns the changed ones may differ. */
  columns: Set<string>;
};

function sheetOf(row: TimesheetRow, state: Sheet['state']): Sheet {
  return { row, entries: new Map(), state, added: new Set(), changed: new Set(), columns: new Set() };
}

/** Locks timesheets, then their entries, each in the order of ids: two statements. */
export async function lockSheets(scope: Scope, ids: readonly string[]): Promise<Map<string, Sheet>> {
  const rows = await lockRows(scope, timesheets, ids);
  const sheets = new Map([...rows].map(([id, row]) => [id, sheetOf(row, 'SAME')]));
  if (sheets.size === 0) return sheets;
  const entries = await scope.tx
    .select()
    .from(timesheetEntries)
    .where(inArray(timesheetEntries.timesheetId, [...sheets.keys()]))
    .orderBy(asc(timesheetEntries.id))
    .for('update');
  for (const entry of entries) sheets.get(entry.timesheetId)?.entries.set(entry.id, entry);
  return sheets;
}

/** A timesheet that is there once `saveSheets` has run. */
export function newSheet(scope: Scope, period: { employeeId: string; periodStart: CalendarDate; periodEnd: CalendarDate }): Sheet {
  const made = { id: newId(scope.now.getTime()), version: 1, createdAt: scope.now, updatedAt: scope.now };
  return sheetOf({ ...made, ...period, status: 'DRAFT', submittedAt: null }, 'NEW');
}

/** Puts an entry into the sheet as it is to become, and moves its version on. */
export function changeEntry(sheet: Sheet, { entry, changes }: { entry: TimesheetEntryRow; changes: Partial<TimesheetEntryRow> }, now: Date): TimesheetEntryRow {
  const added = sheet.added.has(entry.id);
  const changed = { ...entry, ...changes, timesheetId: sheet.row.id, version: added ? entry.version : entry.version + 1, updatedAt: now };
  sheet.entries.set(entry.id, changed);
  if (added) return changed;
  sheet.changed.add(entry.id);
  for (const name of ['timesheetId', ...Object.keys(changes)]) sheet.columns.add(name);
  return changed;
}

/** The entry goes to another timesheet of its owner. */
export function moveEntry(id: string, from: Sheet, to: Sheet): void {
  if (from === to) return;
  from.entries.delete(id);
  from.changed.delete(id);
  if (from.added.delete(id)) to.added.add(id);
}

/** Lets the timesheet follow its entries: once per action, so that its version says what an approver has seen. */
export function follow(sheet: Sheet, now: Date, changes: Partial<TimesheetRow> = {}): void {
  const status = followEntries([...sheet.entries.values()].map((entry) => entry.status));
  const version = sheet.state === 'NEW' ? sheet.row.version : sheet.row.version + 1;
  sheet.row = { ...sheet.row, ...changes, status, version, updatedAt: now };
  if (sheet.state === 'SAME') sheet.state = 'CHANGED';
}

const sheetColumns: ReadonlySet<string> = new Set(['status', 'submittedAt']);

/** Writes what changed: at most one statement for each of new and changed timesheets and entries. */
export async function saveSheets(scope: Scope, sheets: Iterable<Sheet>): Promise<void> {
  const all = [...sheets];
  const rowsIn = (state: Sheet['state']) => all.filter((sheet) => sheet.state === state).map((sheet) => sheet.row);
  const entriesOf = (chosen: (sheet: Sheet) => Set<string>) => all.flatMap((sheet) => [...chosen(sheet)].flatMap((id) => sheet.entries.get(id) ?? []));
  const columns = new Set(all.flatMap((sheet) => [...sheet.columns]));
  await addRows(scope, timesheets, rowsIn('NEW'));
  await writeRows(scope, timesheets, { rows: rowsIn('CHANGED'), columns: sheetColumns });
  const added = entriesOf((sheet) => sheet.added);
  await addRows(scope, timesheetEntries, added);
  const rows = entriesOf((sheet) => sheet.changed);
  await writeRows(scope, timesheetEntries, { rows, columns });
}

/** The entries that the actor may know of. */
export function seenEntries(sheet: Sheet, actor: Actor): TimesheetEntryRow[] {
  return [...sheet.entries.values()].filter((entry) => seesCustomer(actor, entry.customerId));
}

type About = { timesheetId: string; employeeId: string; periodStart: string; periodEnd: string; entryIds: string[]; hours: string };

/** A fact about some entries of a timesheet. A key is given when it is the same for all of them: it decides who sees the fact. */
export function factAbout<More>(sheet: Sheet, entries: readonly TimesheetEntryRow[], more: More): FactInput<About & More> {
  const { id, version, employeeId, periodStart, periodEnd } = sheet.row;
  const seconds = entries.reduce((sum, entry) => sum + entry.seconds, 0n);
  return {
    subject: { id, version },
    keys: { employeeId, ...sharedKeys(entries) },
    payload: { timesheetId: id, employeeId, periodStart, periodEnd, entryIds: entries.map((entry) => entry.id), hours: hoursOfSeconds(seconds), ...more },
  };
}

function sharedKeys(entries: readonly TimesheetEntryRow[]): FactKeys {
  const shared = (name: 'customerId' | 'engagementId' | 'projectId' | 'legalEntityId') => {
    const values = new Set(entries.map((entry) => entry[name]));
    return values.size === 1 ? entries[0]?.[name] : undefined;
  };
  return { customerId: shared('customerId'), engagementId: shared('engagementId'), projectId: shared('projectId'), legalEntityId: shared('legalEntityId') };
}

/** Days of one person. */
export type Stretch = { employeeId: string; from: CalendarDate; to: CalendarDate };

/** The timesheets that overlap any of the stretches. Periods never change, so that finding needs no lock. */
export async function sheetsOverlapping(scope: Scope, stretches: readonly Stretch[]): Promise<TimesheetRow[]> {
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

/** Buckets of people: so few locks that a batch of 500 does not fill PostgreSQL's lock table. */
const creationBuckets = 256;

/** Whoever makes such things of these people goes alone until the transaction ends: two of one week would exclude each other. */
export async function lockCreation(scope: Scope, of: 'timesheet' | 'expense', employeeIds: readonly string[]): Promise<void> {
  if (employeeIds.length === 0) return;
  await scope.tx.execute(sql`
    select pg_advisory_xact_lock(hashtext(${`time.${of}`}), bucket)
    from (select distinct hashtext(id::text) & ${creationBuckets - 1}::int as bucket from unnest(${sql.param([...employeeIds])}::uuid[]) as id order by 1) as buckets`);
}
