import type { DunningLevelInput } from '#generated/finance.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines, checkText } from '#kernel/input.ts';
import { addDays, type CalendarDate, latestOf } from '#kernel/period.ts';

/** A step of reminding: what it is called, after how many days it comes, what it says of a fee. */
export type Level = { name: string; afterDays: number; feeText: string | null };

/** What a firm has until it says otherwise. */
export const defaultLevels: readonly Level[] = [
  { name: 'Payment reminder', afterDays: 7, feeText: null },
  { name: 'First dunning letter', afterDays: 21, feeText: null },
  { name: 'Final dunning letter', afterDays: 35, feeText: null },
];

/** Levels as they are kept; refuses what is no order of reminding. */
export function checkLevels(given: readonly DunningLevelInput[]): Level[] {
  const field = 'levels';
  if (given.length < 1 || given.length > 9) throw new Refused('VALIDATION_FAILED', 'Give 1 to 9 levels; active: false ends dunning.', { field });
  return given.map(({ name, afterDays, feeText }, index) => {
    if (afterDays < 1 || afterDays > 999) throw new Refused('VALIDATION_FAILED', 'A level comes 1 to 999 days after the due date.', { field });
    if (afterDays <= (given[index - 1]?.afterDays ?? 0))
      throw new Refused('VALIDATION_FAILED', `Level ${index + 1} must come after more days than level ${index}.`, { field });
    return { name: checkText(field, name, 80), afterDays, feeText: feeText ? checkLines(field, feeText, 500) : null };
  });
}

/** How far an invoice has come. */
export type Reached = { level: number; dunnedOn: CalendarDate | null; holdEndDate: CalendarDate | null };

/**
 * From which day on the next level may come, and which it is; undefined when there is none.
 * However late it is found, nobody gets two letters at once: between two levels lie the days that the policy puts between them.
 */
export function nextLevel(
  levels: readonly Level[],
  dueDate: CalendarDate,
  { level, dunnedOn, holdEndDate }: Reached,
): (Level & { level: number; from: CalendarDate }) | undefined {
  const next = levels[level];
  if (!next) return undefined;
  const before = levels[level - 1];
  const days = [...(dunnedOn && before ? [addDays(dunnedOn, next.afterDays - before.afterDays)] : []), ...(holdEndDate ? [addDays(holdEndDate, 1)] : [])];
  return { ...next, level: level + 1, from: latestOf(addDays(dueDate, next.afterDays), ...days) };
}
