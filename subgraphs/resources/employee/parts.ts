import type { EmployeeSkillInput, EmployeeWorkWeekInput, Weekday } from '#generated/resources.ts';
import type { Batch } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { absorbRows, type Decision, type Draft, differs } from '#kernel/draft.ts';
import { missingTime, readSeconds, timeField } from '#kernel/duration.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { addDays, type CalendarDate } from '#kernel/period.ts';
import { among } from '#kernel/read.ts';
import { asc, sql } from '#kernel/sql.ts';
import { workWeeksOf } from '../capacity/load.ts';
import { type EmployeeSkillRow, type EmployeeWorkWeekRow, employeeSkill, employeeSkills, employeeWorkWeek } from '../tables.ts';

export const weekdays: readonly Weekday[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/** Parts of an employee that an input gives whole. */
export type Parts = {
  skills?: Pick<EmployeeSkillRow, 'name' | 'level' | 'effectiveFrom' | 'source'>[] | undefined;
  workWeeks?: Pick<EmployeeWorkWeekRow, 'effectiveFrom' | 'daySeconds'>[] | undefined;
};
type GivenParts = { skills?: readonly EmployeeSkillInput[] | null | undefined; workWeeks?: readonly EmployeeWorkWeekInput[] | null | undefined };

/** The parts that employees have, by employee. */
export type HeldParts = { skills: Map<string, EmployeeSkillRow[]>; workWeeks: Map<string, EmployeeWorkWeekRow[]> };

const most = 100;

/** Reads the parts that an input gives; an absent one stays, null is an empty list. */
export function partsOf({ skills, workWeeks }: GivenParts): Parts {
  return {
    skills: skills === undefined ? undefined : readSkills(skills ?? []),
    workWeeks: workWeeks === undefined ? undefined : readWorkWeeks(workWeeks ?? []),
  };
}

function readSkills(given: readonly EmployeeSkillInput[]): Parts['skills'] {
  demandFew('skills', given);
  const read = given.map(({ name, level, effectiveFrom, source }) => {
    demandLevel(level);
    return { name: checkText('skills', name, 100), level, effectiveFrom, source: checkText('source', source, 100) };
  });
  demandOnce(read, ({ name }) => name.toLowerCase(), { field: 'skills', what: 'The skill' });
  return read;
}

/** Refuses levels that there are not. */
export function demandLevel(level: number): void {
  if (level < 1 || level > 5) throw new Refused('VALIDATION_FAILED', `A level is 1 to 5, not ${level}.`, { field: 'skills' });
}

function readWorkWeeks(given: readonly EmployeeWorkWeekInput[]): Parts['workWeeks'] {
  demandFew('workWeeks', given);
  demandOnce(given, ({ effectiveFrom }) => effectiveFrom, { field: 'workWeeks', what: 'The first day' });
  return given
    .map(({ effectiveFrom, days }) => {
      demandOnce(days, ({ weekday }) => weekday, { field: 'days', what: 'The weekday' });
      const times = new Map(days.map((day) => [day.weekday, secondsOf(day)]));
      return { effectiveFrom, daySeconds: weekdays.map((weekday) => times.get(weekday) ?? 0) };
    })
    .toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
}

const wholeDay = 86_400n;

function secondsOf(day: EmployeeWorkWeekInput['days'][number]): number {
  const seconds = readSeconds(day);
  if (seconds === undefined) throw missingTime();
  if (seconds < 0n || seconds > wholeDay) throw new Refused('VALIDATION_FAILED', 'Time of a day must be 0 to 24 hours.', { field: timeField(day) });
  return Number(seconds);
}

function demandFew(field: string, given: readonly unknown[]): void {
  if (given.length > most) throw new Refused('VALIDATION_FAILED', `${field} holds ${given.length}; it takes ${most} at most.`, { field });
}

/** Refuses a list in which two say the same of one thing. */
export function demandOnce<Item>(items: readonly Item[], keyOf: (item: Item) => string, { field, what }: { field: string; what: string }): void {
  const seen = new Set<string>();
  for (const item of items) {
    const key = keyOf(item);
    if (seen.has(key)) throw new Refused('VALIDATION_FAILED', `${what} ${key} stands there twice.`, { field });
    seen.add(key);
  }
}

export async function skillsOf(db: Db, employeeIds: readonly string[]): Promise<Map<string, EmployeeSkillRow[]>> {
  if (employeeIds.length === 0) return new Map();
  const { employeeId, name } = employeeSkills;
  const rows = await db
    .select()
    .from(employeeSkills)
    .where(among(employeeId, employeeIds))
    .orderBy(asc(employeeId), asc(sql`lower(${name})`));
  return Map.groupBy(rows, (row) => row.employeeId);
}

/** Skills and work weeks of many employees, each in one statement. */
export const skillsBatch: Batch<EmployeeSkillRow[]> = ({ db }, ids) => skillsOf(db, ids);
export const workWeeksBatch: Batch<EmployeeWorkWeekRow[]> = ({ db }, ids) => workWeeksOf(db, ids);

export async function loadParts(db: Db, employeeIds: readonly string[]): Promise<HeldParts> {
  return { skills: await skillsOf(db, employeeIds), workWeeks: await workWeeksOf(db, employeeIds) };
}

/** Puts whole lists in place of those held: what is equal stays. True when something is not as it was. */
export function replaceParts(draft: Draft, employeeId: string, { held, parts }: { held: HeldParts; parts: Parts }): boolean {
  const { skills, workWeeks } = parts;
  const hadSkills = held.skills.get(employeeId) ?? [];
  const hadWeeks = held.workWeeks.get(employeeId) ?? [];
  const newSkills = skills && replaceRows({ held: hadSkills, wanted: skills.map((skill) => ({ ...skill, employeeId })) });
  for (const row of newSkills?.gone ?? []) draft.remove(employeeSkill, row);
  for (const values of newSkills?.come ?? []) draft.insert(employeeSkill, values);
  const spans = workWeeks?.map((week, index) => ({ ...week, employeeId, effectiveTo: dayBefore(workWeeks[index + 1]?.effectiveFrom) }));
  const newWeeks = spans && replaceRows({ held: hadWeeks, wanted: spans });
  for (const row of newWeeks?.gone ?? []) draft.remove(employeeWorkWeek, row);
  for (const values of newWeeks?.come ?? []) draft.insert(employeeWorkWeek, values);
  return [newSkills, newWeeks].some((change) => change && change.gone.length + change.come.length > 0);
}

function dayBefore(date: CalendarDate | undefined): CalendarDate | null {
  return date ? addDays(date, -1) : null;
}

/** What has to go and to come for the wanted to stand. */
function replaceRows<Row extends object, Values extends Record<string, unknown>>({ held, wanted }: { held: readonly Row[]; wanted: readonly Values[] }) {
  return {
    gone: held.filter((row) => !wanted.some((values) => !differs(row, values))),
    come: wanted.filter((values) => !held.some((row) => !differs(row, values))),
  };
}

/** Lets later items of the call see what this one made or changed. */
export function absorbParts({ skills, workWeeks }: HeldParts, decision: Decision): void {
  const ownSkills = new Map((skills.get(decision.id) ?? []).map((row) => [row.id, row]));
  absorbRows(ownSkills, decision, employeeSkill);
  skills.set(decision.id, [...ownSkills.values()]);
  const ownWeeks = new Map((workWeeks.get(decision.id) ?? []).map((row) => [row.id, row]));
  absorbRows(ownWeeks, decision, employeeWorkWeek);
  workWeeks.set(decision.id, [...ownWeeks.values()]);
}
