import type { Db } from '#kernel/db.ts';
import { type Draft, differs } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { addDays, type CalendarDate } from '#kernel/period.ts';
import { inArray } from '#kernel/sql.ts';
import { type EmployeeLaborCategoryRow, employeeLaborCategories, employeeLaborCategory } from '../tables.ts';

export type LaborCategoryStart = { laborCategoryId: string; effectiveFrom: CalendarDate };

/** An input as commands take it: with the ids of its labor categories, whoever named them. */
export type Starting<Input> = Omit<Input, 'laborCategories'> & { laborCategories?: readonly LaborCategoryStart[] | null | undefined };

/** The labor categories of employees, each list by first day, in one statement. */
export async function laborCategoriesOf(db: Db, employeeIds: readonly string[]): Promise<Map<string, EmployeeLaborCategoryRow[]>> {
  const found = new Map<string, EmployeeLaborCategoryRow[]>(employeeIds.map((id) => [id, []]));
  if (found.size === 0) return found;
  const rows = await db
    .select()
    .from(employeeLaborCategories)
    .where(inArray(employeeLaborCategories.employeeId, [...found.keys()]))
    .orderBy(employeeLaborCategories.employeeId, employeeLaborCategories.effectiveFrom);
  for (const row of rows) found.get(row.employeeId)?.push(row);
  return found;
}

/** Sorts by first day; refuses two that begin on one day. */
export function inOrder(starts: readonly LaborCategoryStart[]): LaborCategoryStart[] {
  const sorted = [...starts].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  const twice = sorted.find((start, index) => start.effectiveFrom === sorted[index + 1]?.effectiveFrom);
  if (twice) throw new Refused('VALIDATION_FAILED', `Two labor categories begin on ${twice.effectiveFrom}.`, { field: 'laborCategories' });
  return sorted;
}

/** The starts with one more, which takes the place of what begins on the same day. */
export function withStart(starts: readonly LaborCategoryStart[], start: LaborCategoryStart): LaborCategoryStart[] {
  return inOrder([...starts.filter((each) => each.effectiveFrom !== start.effectiveFrom), start]);
}

/** True when both lists, in order, say the same. */
export function sameStarts(a: readonly LaborCategoryStart[], b: readonly LaborCategoryStart[]): boolean {
  return (
    a.length === b.length && a.every((start, index) => start.laborCategoryId === b[index]?.laborCategoryId && start.effectiveFrom === b[index]?.effectiveFrom)
  );
}

/** Puts a whole history in place of the one held: equal stretches stay as they are. Gives the new one. */
export function replaceHistory(
  draft: Draft,
  employeeId: string,
  { held, starts }: { held: readonly EmployeeLaborCategoryRow[]; starts: readonly LaborCategoryStart[] },
): EmployeeLaborCategoryRow[] {
  const wanted = starts.map(({ laborCategoryId, effectiveFrom }, index) => {
    const next = starts[index + 1];
    return { employeeId, laborCategoryId, effectiveFrom, effectiveTo: next ? addDays(next.effectiveFrom, -1) : null };
  });
  const kept = held.filter((row) => wanted.some((each) => !differs(row, each)));
  for (const row of held) if (!kept.includes(row)) draft.remove(employeeLaborCategory, row);
  return wanted.map((each) => kept.find((row) => !differs(row, each)) ?? draft.insert(employeeLaborCategory, each));
}
