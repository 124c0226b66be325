import { hoursOfSeconds } from '#kernel/decimal.ts';
import type { FactType, PayloadOf } from '#kernel/published.ts';
import { facts } from '#resources/published.ts';
import type { AbsenceRow, AssignmentRow, ResourceRequestRow } from '#resources/tables.ts';
import { at } from '../calendar.ts';
import type { Random } from '../random.ts';
import type { Worker } from '../staff.ts';
import { later, type Moment, type Stated, stated, system } from './stated.ts';

/** Somebody was hired, began, and may be on leave or gone by now. */
export function* ofWorker(random: Random, { employee }: Worker): Iterable<Stated> {
  const { id, name, status, hiredOn, terminatedOn, legalEntityId, createdAt, updatedAt } = employee;
  const told = function* (
    type: FactType<PayloadOf<typeof facts.EmployeeHired>>,
    version: number,
    when: { at: Date; status: string; terminatedOn: string | null },
  ) {
    const moment: Moment = { at: when.at, by: system('hr'), correlationId: id };
    const payload = { employeeId: id, name, status: when.status, hiredOn, terminatedOn: when.terminatedOn };
    const said = { id: random.id(when.at.getTime()), subject: { id, version }, keys: { employeeId: id, legalEntityId }, payload };
    yield stated(type, said, moment);
  };
  yield* told(facts.EmployeeHired, 1, { at: createdAt, status: 'PENDING', terminatedOn: null });
  if (status === 'PENDING') return;
  const began = at(hiredOn, '08:00');
  yield* told(facts.EmployeeUpdated, 2, { at: began, status: 'ACTIVE', terminatedOn: null });
  const left = terminatedOn ? at(terminatedOn, '18:00') : later(new Date(Math.max(updatedAt.getTime(), began.getTime())), 60);
  if (status === 'ON_LEAVE') yield* told(facts.EmployeeUpdated, 3, { at: left, status, terminatedOn: null });
  if (status === 'TERMINATED') yield* told(facts.EmployeeTerminated, 3, { at: left, status, terminatedOn });
}

const life = {
  PROPOSED: ['PROPOSED'],
  TENTATIVE: ['PROPOSED', 'TENTATIVE'],
  CONFIRMED: ['PROPOSED', 'CONFIRMED'],
  CANCELLED: ['PROPOSED', 'CANCELLED'],
  ENDED: ['PROPOSED', 'CONFIRMED', 'ENDED'],
} as const satisfies Record<AssignmentRow['status'], readonly AssignmentRow['status'][]>;

/** An assignment was proposed and decided. */
export function* ofAssignment(random: Random, assignment: AssignmentRow, correlationId: string): Iterable<Stated> {
  const { id, employeeId, projectId, taskId, customerId, engagementId, legalEntityId, startDate, endDate, weeklySeconds, createdAt } = assignment;
  for (const [index, status] of life[assignment.status].entries()) {
    const moment: Moment = { at: status === 'ENDED' ? at(endDate, '18:30') : later(createdAt, 15 * index), by: system('psa'), correlationId };
    const type = status === 'CONFIRMED' ? facts.ResourceAssigned : facts.AssignmentChanged;
    const keys = { customerId, engagementId, projectId, employeeId, legalEntityId };
    const payload = { assignmentId: id, employeeId, projectId, taskId, status, startDate, endDate, weeklyHours: hoursOfSeconds(weeklySeconds) };
    yield stated(type, { id: random.id(moment.at.getTime()), subject: { id, version: index + 1 }, keys, payload }, moment);
  }
}

/** Time off was recorded. */
export function* ofAbsence(
  random: Random,
  { id, employeeId, status, startDate, endDate, createdAt }: AbsenceRow,
  workers: readonly Worker[],
): Iterable<Stated> {
  const legalEntityId = workers.find(({ employee }) => employee.id === employeeId)?.employee.legalEntityId ?? null;
  const payload = { absenceId: id, employeeId, status, startDate, endDate };
  const said = { id: random.id(createdAt.getTime()), subject: { id, version: 1 }, keys: { employeeId, legalEntityId }, payload };
  yield stated(facts.AbsenceChanged, said, { at: createdAt, by: system('hr'), correlationId: id });
}

/** A request was submitted, and somebody proposed. */
export function* ofRequest(random: Random, request: ResourceRequestRow): Iterable<Stated> {
  const { id, projectId, taskId, customerId, engagementId, legalEntityId, name, startDate, endDate, proposals, createdAt } = request;
  const steps = [
    { type: facts.ResourceRequested, status: 'SUBMITTED', employeeIds: [] },
    { type: facts.ResourceProposed, status: 'PROPOSED', employeeIds: proposals.map(({ employeeId }) => employeeId) },
  ];
  for (const [index, { type, status, employeeIds }] of steps.entries()) {
    if (request.version < index + 2) return;
    const moment: Moment = { at: later(createdAt, 90 * (index + 1)), by: system('psa'), correlationId: id };
    const payload = { resourceRequestId: id, projectId, taskId, status, name, startDate, endDate, employeeIds };
    const keys = { customerId, engagementId, projectId, legalEntityId };
    yield stated(type, { id: random.id(moment.at.getTime()), subject: { id, version: index + 2 }, keys, payload }, moment);
  }
}
