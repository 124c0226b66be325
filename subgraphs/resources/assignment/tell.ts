import { and, asc, eq, gte, inArray, or } from 'drizzle-orm';
import type { Scope } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { record } from '#kernel/facts.ts';
import { addDays, dateOf } from '#kernel/period.ts';
import { publish, published } from '#kernel/reference.ts';
import { type EmployeeAssignmentsReference, facts, references } from '../published.ts';
import { type AssignmentRow, assignments, employees } from '../tables.ts';

/** Days for which siblings keep knowing of an ended assignment: time for its days may be written late. */
const memory = 400;

/** An assignment that was written: its row now, and what is stated of it. */
export type Told = { row: AssignmentRow; fact: 'ResourceAssigned' | 'AssignmentChanged' };

/** States the facts and lets the siblings know who is assigned, in the command's transaction. Employees are locked. */
export async function tellAssignments(scope: Scope, told: readonly Told[]): Promise<void> {
  for (const type of ['AssignmentChanged', 'ResourceAssigned'] as const) {
    await record(
      scope,
      facts[type],
      told.filter(({ fact }) => fact === type).map(({ row }) => ({ subject: row, keys: keysOf(row), payload: snapshotOf(row) })),
    );
  }
  await publishAssignments(scope, [...new Set(told.map(({ row }) => row.employeeId))]);
}

/** Publishes what employees are assigned to now. The employee's row lock keeps two writers from crossing. */
async function publishAssignments(scope: Scope, employeeIds: readonly string[]): Promise<void> {
  if (employeeIds.length === 0) return;
  const owners = await scope.tx
    .select({ id: employees.id, version: employees.version })
    .from(employees)
    .where(inArray(employees.id, [...employeeIds]));
  const recent = addDays(dateOf(scope.now), -memory);
  const standing = or(eq(assignments.status, 'CONFIRMED'), and(eq(assignments.status, 'ENDED'), gte(assignments.to, recent)));
  const rows = await scope.tx
    .select()
    .from(assignments)
    .where(and(inArray(assignments.employeeId, [...employeeIds]), standing))
    .orderBy(asc(assignments.from), asc(assignments.id));
  const own = Map.groupBy(rows, (row) => row.employeeId);
  await publish(
    scope,
    owners.map(({ id, version }) => published(references.EmployeeAssignments, { id, version, data: referenceOf(own.get(id) ?? []) })),
  );
}

/** What the siblings may know of an employee's assignments. */
export function referenceOf(rows: readonly Pick<AssignmentRow, 'id' | 'projectId' | 'taskId' | 'from' | 'to'>[]): EmployeeAssignmentsReference {
  return { assignments: rows.map(({ id, projectId, taskId, from, to }) => ({ assignmentId: id, projectId, taskId, from, to })) };
}

function keysOf({ customerId, engagementId, projectId, employeeId, legalEntityId }: AssignmentRow) {
  return { customerId, engagementId, projectId, employeeId, legalEntityId };
}

function snapshotOf({ id, employeeId, projectId, taskId, status, from, to, weeklySeconds }: AssignmentRow) {
  return { assignmentId: id, employeeId, projectId, taskId, status, from, to, weeklyHours: hoursOfSeconds(weeklySeconds) };
}
