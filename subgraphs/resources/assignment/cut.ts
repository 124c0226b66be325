import { and, asc, gt, inArray } from 'drizzle-orm';
import type { Scope } from '#kernel/context.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { saveEach } from '#kernel/rows.ts';
import { type AssignmentRow, assignments } from '../tables.ts';
import { tellAssignments } from './tell.ts';

/** An employment's last day; `over` when it has come. */
export type Cut = { employeeId: string; lastDay: CalendarDate; over: boolean };

/** Ends assignments of locked employees on their last day at the latest, and gives up what would begin later. */
export async function cutAssignments(scope: Scope, cuts: readonly Cut[]): Promise<void> {
  if (cuts.length === 0) return;
  const byEmployee = new Map(cuts.map((cut) => [cut.employeeId, cut]));
  const earliest = cuts.map(({ lastDay }) => lastDay).sort()[0] ?? '';
  const open = inArray(assignments.status, ['PROPOSED', 'TENTATIVE', 'CONFIRMED']);
  const rows = await scope.tx
    .select()
    .from(assignments)
    .where(and(inArray(assignments.employeeId, [...byEmployee.keys()]), open, gt(assignments.to, earliest)))
    .orderBy(asc(assignments.id))
    .for('update');
  const cut = rows.flatMap((row) => {
    const own = byEmployee.get(row.employeeId);
    return own && row.to > own.lastDay ? [cutShort(row, own)] : [];
  });
  await saveEach(scope, assignments, cut);
  await tellAssignments(
    scope,
    cut.map((row) => ({ row: { ...row, version: row.version + 1 }, fact: 'AssignmentChanged' })),
  );
}

/** What has begun is shortened, and ended when the last day has come; nothing else outlives the employment. */
export function cutShort(row: AssignmentRow, { lastDay, over }: Omit<Cut, 'employeeId'>): AssignmentRow {
  if (row.from > lastDay || (over && row.status !== 'CONFIRMED')) return { ...row, status: 'CANCELLED' };
  return { ...row, to: lastDay, status: over ? 'ENDED' : row.status };
}
