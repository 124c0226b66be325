import { references as engagements } from '#engagements/published.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import type { Draft } from '#kernel/draft.ts';
import { step, type Transition } from '#kernel/machine.ts';
import { addDays, type CalendarDate, dateOf } from '#kernel/period.ts';
import { wordIn } from '#kernel/read.ts';
import { references } from '#kernel/reference.ts';
import { and, asc, gt, inArray } from '#kernel/sql.ts';
import { type AssignmentRow, assignment, assignments } from '../tables.ts';
import { absorbConfirmed, confirmedOf, type LoadedAssignments, memory } from './load.ts';
import { assignmentMachine } from './machine.ts';
import { stateAssignment, stateCutShort } from './snapshot.ts';

/** An employment's last day; `over` when it has come. */
export type Cut = { lastDay: CalendarDate; over: boolean };

/** What the end of employments may touch: locked open assignments by employee, and what the siblings know of. */
export type LoadedCuts = Pick<LoadedAssignments, 'confirmed' | 'touched' | 'projects'> & { open: Map<string, AssignmentRow[]> };

/** Locks the open assignments of locked employees that outlive the employments. */
export async function loadCuts(scope: Scope, ends: readonly { employeeId: string; lastDay: CalendarDate }[]): Promise<LoadedCuts> {
  const employeeIds = [...new Set(ends.map(({ employeeId }) => employeeId))];
  const earliest = ends.map(({ lastDay }) => lastDay).sort()[0];
  if (earliest === undefined) return { open: new Map(), confirmed: new Map(), touched: new Set(), projects: new Map() };
  const open = wordIn(assignments.status, ['PROPOSED', 'TENTATIVE', 'CONFIRMED']);
  const rows = await scope.tx
    .select()
    .from(assignments)
    .where(and(inArray(assignments.employeeId, employeeIds), open, gt(assignments.endDate, earliest)))
    .orderBy(asc(assignments.id))
    .for('update');
  const projects = await references(scope.tx, engagements.Project, [...new Set(rows.map(({ projectId }) => projectId))]);
  const confirmed = await confirmedOf(scope.tx, employeeIds, { endedSince: addDays(dateOf(scope.now), -memory) });
  return { open: Map.groupBy(rows, (row) => row.employeeId), confirmed, touched: new Set(), projects };
}

/** Ends assignments of an employee on the last day at the latest, and gives up what would begin later. */
export function cutAssignments(draft: Draft, rows: readonly AssignmentRow[], { cut, projects }: Cutting): void {
  for (const before of rows) {
    if (before.endDate <= cut.lastDay) continue;
    const row = draft.update(assignment, before, cutShort(before, cut, draft.context.actor));
    stateAssignment(draft, ['AssignmentChanged'], row);
    stateCutShort(draft, row, projects.get(row.projectId)?.managerId ?? null);
  }
}

type Cutting = { cut: Cut; projects: LoadedAssignments['projects'] };

/** Brings what is loaded up to date with the assignments that a decision wrote. */
export function absorbCut(loaded: LoadedCuts, rows: readonly AssignmentRow[]): void {
  for (const row of rows) {
    const others = (loaded.open.get(row.employeeId) ?? []).filter(({ id }) => id !== row.id);
    loaded.open.set(row.employeeId, row.status === 'ENDED' || row.status === 'CANCELLED' ? others : [...others, row]);
    absorbConfirmed(loaded, row);
  }
}

type CutShort = { changes: { endDate?: CalendarDate; plannedEndDate: CalendarDate }; by?: Transition<AssignmentRow['status']> };

/** What has begun is shortened, and ended when the last day has come; nothing else outlives the employment. */
export function cutShort(row: AssignmentRow, { lastDay, over }: Cut, actor: Actor): CutShort {
  // Who may end the employment may end what rests on it.
  const writer = { ...actor, permissions: [...actor.permissions, 'assignment:write'] };
  // Of what is cut twice, the plan stays the first one.
  const plannedEndDate = row.plannedEndDate ?? row.endDate;
  if (row.startDate > lastDay || (over && row.status !== 'CONFIRMED'))
    return { changes: { plannedEndDate }, by: step(assignmentMachine, { subject: subjectFor(row), action: 'cancel', actor: writer }) };
  if (!over) return { changes: { endDate: lastDay, plannedEndDate } };
  const subject = { ...subjectFor(row), endedOn: lastDay };
  return { changes: { endDate: lastDay, plannedEndDate }, by: step(assignmentMachine, { subject, action: 'end', actor: writer }) };
}

/** Neither ending nor giving up asks for the employee, the project or the capacity. */
function subjectFor({ status, startDate, endDate }: AssignmentRow) {
  return { status, startDate, endDate, employee: { status: '', hiredOn: startDate, terminatedOn: null }, projectStatus: '', excess: 0n };
}
