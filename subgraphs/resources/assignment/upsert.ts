import type { UpsertAssignmentItem } from '#generated/resources.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import { differs, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { externalKey, takenElsewhere } from '#kernel/external.ts';
import { given } from '#kernel/input.ts';
import { begin, pathTo, step, type Transition } from '#kernel/machine.ts';
import { findReferred } from '#kernel/referred.ts';
import { sees } from '#kernel/visibility.ts';
import { checkTerm, weeklySecondsOf } from '../hours.ts';
import { type AssignmentRow, assignment, externalRefs } from '../tables.ts';
import { onAssignments } from './commands.ts';
import { checkChange, checkTask, endingOn, keptReason, proposed, reasonOf, subjectOf, widens } from './decide.ts';
import { type LoadedAssignments, loadAssignments } from './load.ts';
import { assignmentMachine } from './machine.ts';
import { stateAssignment } from './snapshot.ts';

/** An item, whoever named what it points to. */
type Upsert = Meant<UpsertAssignmentItem, 'employee' | 'project', 'task'>;

/** Creates or changes assignments by external reference and brings them to a state; each item sees what the others took. */
export const upsertAssignments: Command<Upsert, LoadedAssignments> = {
  ...onAssignments,
  load: (scope, items) =>
    loadAssignments(scope, { refs: items.map(({ externalRef }) => externalRef), placements: items, taskIds: items.map(({ taskId }) => taskId) }),
  source: { refs: externalRefs, entity: assignment, of: ({ externalRef }) => externalRef },
  once: ({ externalRef }) => ({ field: 'externalRef', key: externalKey(externalRef) }),
  decide: (loaded, item, context) => {
    const draft = openDraft(context);
    const before = findReferred(loaded, item.externalRef);
    const start = before ? changed(loaded, { item, before }, context.actor) : proposed(loaded, item, context);
    const overbookReason = reasonOf(item);
    const by = moveTo(loaded, { start, status: item.status ?? start.status, overbookReason }, context.actor);
    const { status: _, ...values } = {
      ...start,
      ...given({ overbookReason: reasonFor(loaded, { before, start, status: by?.status ?? start.status, overbookReason }) }),
    };
    const row = before
      ? draft.update(assignment, before, { changes: columnsOf(values), ...(by ? { by } : {}) })
      : draft.insert(assignment, values, by ?? begin(assignmentMachine));
    if (row !== before) stateAssignment(draft, by?.emits ?? ['AssignmentChanged'], row);
    draft.link({ refs: externalRefs, entity: assignment, id: row.id }, [item.externalRef]);
    return draft.done(row.id);
  },
};

export type Start = ReturnType<typeof proposed>;
type Wish = { start: Start; status: AssignmentRow['status']; overbookReason: string | undefined };
type Move = Transition<AssignmentRow['status'], 'AssignmentChanged' | 'ResourceAssigned'>;

/** The last of the machine's steps to a state; nothing when it is there. */
export function moveTo(loaded: LoadedAssignments, { start, status, overbookReason }: Wish, actor: Actor): Move | undefined {
  const path = pathTo(assignmentMachine, start.status, status);
  if (!path) throw new Refused('INVALID_TRANSITION', `An assignment does not go from ${start.status} to ${status}.`, { field: 'status' });
  let by: Move | undefined;
  for (const action of path) {
    const subject = subjectOf(loaded, { ...start, status: by?.status ?? start.status }, { overbookReason });
    by = step(assignmentMachine, { subject, action, actor });
  }
  return by;
}

/** Why it was over-booked, where this item does so. */
function reasonFor(loaded: LoadedAssignments, { before, start, status, overbookReason }: Wish & { before: AssignmentRow | undefined }): string | undefined {
  const asksForMore = !before || before.status !== status || widens(before, start);
  return asksForMore ? keptReason({ ...subjectOf(loaded, start, { overbookReason }), status }) : undefined;
}

function columnsOf({ startDate, endDate, taskId, weeklySeconds, overbookReason, plannedEndDate }: Omit<Start, 'status'>) {
  return { startDate, endDate, taskId, weeklySeconds, overbookReason, plannedEndDate };
}

function changed(loaded: LoadedAssignments, { item, before }: { item: Upsert; before: AssignmentRow }, actor: Actor): AssignmentRow {
  if (!sees(actor, before)) throw takenElsewhere();
  for (const field of ['employeeId', 'projectId'] as const) {
    if (item[field] !== before[field])
      throw new Refused('VALIDATION_FAILED', `${field} of an assignment cannot change. Cancel it and propose another.`, { field });
  }
  checkTerm(item);
  checkTask(loaded, before.projectId, item.taskId);
  const { startDate, endDate, taskId = before.taskId } = item;
  const changes = { startDate, ...endingOn(before, endDate), taskId, weeklySeconds: weeklySecondsOf(item) };
  const row = { ...before, ...changes };
  if (differs(before, changes) && (widens(before, row) || before.status !== 'CONFIRMED')) checkChange(loaded, { row, overbookReason: reasonOf(item) }, actor);
  return row;
}
