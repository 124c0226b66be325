import type { LaborCategoryRule } from '#generated/time.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#kernel/db.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { readerOf } from '#kernel/read.ts';
import { references } from '#kernel/reference.ts';
import { and, sql } from '#kernel/sql.ts';
import { visibleTo } from '#kernel/visibility.ts';
import { references as resources } from '#resources/published.ts';
import { toPost } from '../entry/queries.ts';
import { type LaborCategoryGroupRow, type TimesheetEntryRow, timesheetEntries } from '../tables.ts';
import { categoryByRules } from './rules.ts';

/** Entries that one look, and one transaction, takes. */
export const biteSize = 500;

/** An entry that lacks a labor category, and the one that the rules name for it. */
export type NamedEntry = { entry: TimesheetEntryRow; laborCategoryId: string | undefined };
/** Where a look ended: by work date, as the index of what lacks a category goes. */
export type Place = { workDate: CalendarDate; id: string };
export type Bite = { named: NamedEntry[]; next: Place | null };

type Wanted = { rules: readonly LaborCategoryRule[]; after: Place | null; actor: Actor };

/** The next approved entries without a labor category that are not posted, as far as the actor may know of them: what RECALL_REQUESTED holds, its owner wants back. */
export async function missingBite(db: Db, { rules, after, actor }: Wanted): Promise<Bite> {
  const { columns, row } = readerOf(timesheetEntries);
  const beyond = after === null ? undefined : sql`(work_date, id) > (${after.workDate}::date, ${after.id}::uuid)`;
  const missing = and(toPost, sql`status = 'APPROVED' and labor_category_id is null`, beyond, visibleTo(actor, timesheetEntries));
  const rows = await db.execute(sql`select ${columns} from ${timesheetEntries} where ${missing} order by work_date, id limit ${biteSize}`);
  const entries = rows.map(row);
  const people = await references(db, resources.Employee, [...new Set(entries.map(({ employeeId }) => employeeId))]);
  const named = entries.map((entry) => ({ entry, laborCategoryId: categoryByRules(rules, entry, people.get(entry.employeeId)) }));
  return { named, next: entries.length === biteSize ? placeOf(entries.at(-1)) : null };
}

const placeOf = (last: TimesheetEntryRow | undefined): Place | null => (last ? { workDate: last.workDate, id: last.id } : null);

/** What a bite comes to. It is kept as JSON, so that seconds are text. */
export type BiteFigures = { groups: LaborCategoryGroupRow[]; left: { entries: number; seconds: string } };

/** Sums by what prices them: the same person on the same project in the same category. */
export function figuresOf(named: readonly NamedEntry[]): BiteFigures {
  const left = named.filter(({ laborCategoryId }) => laborCategoryId === undefined);
  const groups = new Map<string, LaborCategoryGroupRow>();
  for (const { entry, laborCategoryId } of named) {
    if (laborCategoryId !== undefined) addTo(groups, groupOf(entry, laborCategoryId));
  }
  return { groups: [...groups.values()], left: { entries: left.length, seconds: String(left.reduce((sum, { entry }) => sum + entry.seconds, 0n)) } };
}

function groupOf({ employeeId, projectId, workDate, seconds, postingStatus }: TimesheetEntryRow, laborCategoryId: string): LaborCategoryGroupRow {
  const exceptions = postingStatus === 'EXCEPTION' ? 1 : 0;
  return { employeeId, projectId, laborCategoryId, workDate, lastWorkDate: workDate, entries: 1, exceptions, seconds: String(seconds) };
}

function addTo(groups: Map<string, LaborCategoryGroupRow>, more: LaborCategoryGroupRow): void {
  const key = [more.employeeId, more.projectId, more.laborCategoryId].join(' ');
  const held = groups.get(key);
  groups.set(key, held ? joined(held, more) : more);
}

function joined(one: LaborCategoryGroupRow, other: LaborCategoryGroupRow): LaborCategoryGroupRow {
  const days = [one.workDate, other.workDate, one.lastWorkDate, other.lastWorkDate].sort();
  return {
    ...one,
    workDate: days[0] ?? one.workDate,
    lastWorkDate: days[3] ?? one.lastWorkDate,
    entries: one.entries + other.entries,
    exceptions: one.exceptions + other.exceptions,
    seconds: String(BigInt(one.seconds) + BigInt(other.seconds)),
  };
}

/** The figures of all bites together: memory grows with persons on projects, not with entries. */
export function totalOf(bites: readonly BiteFigures[]): BiteFigures {
  const groups = new Map<string, LaborCategoryGroupRow>();
  for (const bite of bites) for (const group of bite.groups) addTo(groups, group);
  const left = bites.reduce((sum, bite) => ({ entries: sum.entries + bite.left.entries, seconds: sum.seconds + BigInt(bite.left.seconds) }), {
    entries: 0,
    seconds: 0n,
  });
  return { groups: [...groups.values()], left: { entries: left.entries, seconds: String(left.seconds) } };
}
