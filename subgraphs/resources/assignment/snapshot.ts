import { hoursOfSeconds } from '#kernel/decimal.ts';
import { type DecisionContext, type Draft, type Effect, openDraft } from '#kernel/draft.ts';
import type { ActionName, EmitsOf } from '#kernel/machine.ts';
import { addDays, dateOf } from '#kernel/period.ts';
import { published } from '#kernel/reference.ts';
import { type EmployeeAssignmentsReference, facts, type PlannedWorkReference, references } from '../published.ts';
import type { AssignmentRow } from '../tables.ts';
import { type LoadedAssignments, memory } from './load.ts';
import type { assignmentMachine } from './machine.ts';
import { keepRecord } from './record.ts';

type AssignmentFact = EmitsOf<typeof assignmentMachine, ActionName<typeof assignmentMachine>>;

/** Keeps and publishes what an assignment says now, and states facts about it. */
export function stateAssignment(draft: Draft, emits: readonly AssignmentFact[], row: AssignmentRow): void {
  keepRecord(draft, row);
  draft.publish(published(references.Assignment, { id: row.id, version: row.version, data: plannedWorkOf(row) }));
  for (const fact of emits) draft.state(facts[fact], { subject: row, keys: keysOf(row), payload: snapshotOf(row) });
}

/** Tells whoever manages the project that somebody is gone sooner than planned. */
export function stateCutShort(draft: Draft, row: AssignmentRow, projectManagerId: string | null): void {
  const payload = { ...snapshotOf(row), plannedEndDate: row.plannedEndDate ?? row.endDate, projectManagerId };
  draft.state(facts.AssignmentCutShort, { subject: row, keys: keysOf(row), payload });
}

/** What the employees that a call touched are assigned to now, for the siblings. Their locks keep two writers from crossing. */
export function publishAssignments(
  { employees, confirmed, touched }: Pick<LoadedAssignments, 'employees' | 'confirmed' | 'touched'>,
  context: DecisionContext,
): readonly Effect[] {
  const draft = openDraft(context);
  const since = addDays(dateOf(context.now), -memory);
  for (const id of touched) {
    const rows = (confirmed.get(id) ?? []).filter(({ status, endDate }) => status === 'CONFIRMED' || endDate >= since);
    const inOrder = rows.toSorted((a, b) => (a.startDate === b.startDate ? (a.id < b.id ? -1 : 1) : a.startDate < b.startDate ? -1 : 1));
    const version = employees.get(id)?.version;
    if (version) draft.publish(published(references.EmployeeAssignments, { id, version, data: referenceOf(inOrder) }));
  }
  return draft.done('').effects;
}

/** What the siblings may know of an employee's assignments. */
export function referenceOf(rows: readonly Pick<AssignmentRow, 'id' | 'projectId' | 'taskId' | 'startDate' | 'endDate'>[]): EmployeeAssignmentsReference {
  return { assignments: rows.map(({ id, projectId, taskId, startDate, endDate }) => ({ assignmentId: id, projectId, taskId, from: startDate, to: endDate })) };
}

function plannedWorkOf({ employeeId, projectId, taskId, status, startDate, endDate, weeklySeconds }: AssignmentRow): PlannedWorkReference {
  return { employeeId, projectId, taskId, status, startDate, endDate, weeklySeconds: weeklySeconds.toString() };
}

function keysOf({ customerId, engagementId, projectId, employeeId, legalEntityId }: AssignmentRow) {
  return { customerId, engagementId, projectId, employeeId, legalEntityId };
}

function snapshotOf({ id, employeeId, projectId, taskId, status, startDate, endDate, weeklySeconds }: AssignmentRow) {
  return { assignmentId: id, employeeId, projectId, taskId, status, startDate, endDate, weeklyHours: hoursOfSeconds(weeklySeconds) };
}
