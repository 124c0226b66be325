import type { Draft } from '#kernel/draft.ts';
import { type AssignmentRow, assignmentRecord } from '../tables.ts';

/** Keeps what an assignment says from now on: whoever asks later what was known then, reads it. */
export function keepRecord(draft: Draft, row: AssignmentRow): void {
  const {
    id: assignmentId,
    version: assignmentVersion,
    employeeId,
    projectId,
    taskId,
    customerId,
    legalEntityId,
    status,
    startDate,
    endDate,
    weeklySeconds,
  } = row;
  const place = { employeeId, projectId, taskId, customerId, legalEntityId };
  draft.insert(assignmentRecord, {
    assignmentId,
    assignmentVersion,
    ...place,
    state: status,
    startDate,
    endDate,
    weeklySeconds,
    recordedBy: draft.context.actor.id,
  });
}
