import type { AssignmentActionInput, CreateAssignmentInput, EndAssignmentInput, UpdateAssignmentInput } from '#generated/resources.ts';
import type { Actor } from '#kernel/actor.ts';
import { type Command, executeAll } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Decision, type DecisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { given } from '#kernel/input.ts';
import { type ActionName, begin, step } from '#kernel/machine.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { wordIn } from '#kernel/read.ts';
import { demandNamed } from '#kernel/rows.ts';
import { and, asc, gt, inArray, lt } from '#kernel/sql.ts';
import { sees } from '#kernel/visibility.ts';
import { checkTerm, weeklySecondsGiven } from '../hours.ts';
import { type AssignmentRow, assignment, assignmentRecord, assignments, externalRefs } from '../tables.ts';
import { cutAssignments } from './cut.ts';
import { checkChange, checkTask, endingOn, keptReason, proposed, reasonOf, subjectOf, widens } from './decide.ts';
import { absorbAssignments, type LoadedAssignments, loadAssignments } from './load.ts';
import { assignmentMachine } from './machine.ts';
import { publishAssignments, stateAssignment } from './snapshot.ts';

type On<Item> = Command<Item, LoadedAssignments>;

/** What all commands on assignments have in common. */
export const onAssignments = {
  may: 'assignment:write',
  entities: [assignment, assignmentRecord],
  absorb: absorbAssignments,
  conclude: publishAssignments,
} satisfies Partial<On<unknown>>;

/** Proposes an employee for a project. */
export const createAssignment: On<CreateAssignmentInput> = {
  ...onAssignments,
  load: (scope, items) => loadAssignments(scope, { placements: items, taskIds: items.map(({ taskId }) => taskId) }),
  decide: (loaded, input, context) => {
    const draft = openDraft(context);
    const { status: _, ...values } = proposed(loaded, input, context);
    const row = draft.insert(assignment, values, begin(assignmentMachine));
    stateAssignment(draft, ['AssignmentChanged'], row);
    draft.link({ refs: externalRefs, entity: assignment, id: row.id }, input.externalRefs);
    return draft.done(row.id);
  },
};

/** Changes task, days or hours of an open assignment. */
export const updateAssignment: On<UpdateAssignmentInput> = {
  ...onAssignments,
  load: (scope, items) => loadAssignments(scope, { ids: items.map(({ id }) => id), taskIds: items.map(({ taskId }) => taskId) }),
  decide: (loaded, input, context) => {
    const { taskId, startDate, endDate } = input;
    for (const [field, value] of Object.entries({ startDate, endDate })) {
      if (value === null) throw new Refused('VALIDATION_FAILED', `${field} cannot be cleared.`, { field });
    }
    const weeklySeconds = weeklySecondsGiven(input);
    const before = demandAssignment(loaded, input, context.actor);
    const changes = given({ taskId, startDate: startDate ?? undefined, ...endingOn(before, endDate), weeklySeconds });
    const wanted = { ...before, ...changes };
    checkTerm(wanted);
    checkTask(loaded, before.projectId, taskId);
    const overbookReason = reasonOf(input);
    const judged = widens(before, wanted) || before.status !== 'CONFIRMED';
    if (judged) checkChange(loaded, { row: wanted, overbookReason }, context.actor);
    const draft = openDraft(context);
    const reason = judged ? keptReason(subjectOf(loaded, wanted, { overbookReason })) : undefined;
    const row = draft.update(assignment, before, { changes: { ...changes, overbookReason: reason } });
    if (row !== before) stateAssignment(draft, ['AssignmentChanged'], row);
    draft.link({ refs: externalRefs, entity: assignment, id: row.id }, input.externalRefs);
    return draft.done(row.id);
  },
};

type Named = Pick<AssignmentActionInput, 'id' | 'expectedVersion'>;
const loadNamed: On<Named>['load'] = (scope, items) => loadAssignments(scope, { ids: items.map(({ id }) => id) });

/** Performs an action of the machine on assignments. Confirming beyond the capacity is for who may over-book, and says why. */
export function assignmentAction(action: Exclude<ActionName<typeof assignmentMachine>, 'end'>): On<Named & Pick<AssignmentActionInput, 'overbookReason'>> {
  return {
    ...onAssignments,
    load: loadNamed,
    decide: (loaded, item, context) => {
      const overbookReason = reasonOf(item);
      if (overbookReason && action !== 'confirm') throw new Refused('VALIDATION_FAILED', 'Only who confirms over-books.', { field: 'overbookReason' });
      return decideMove(loaded, { before: demandAssignment(loaded, item, context.actor), action, overbookReason }, context);
    },
  };
}

/** Ends a confirmed assignment, on its last day or before. */
export const endAssignment: On<EndAssignmentInput> = {
  ...onAssignments,
  load: loadNamed,
  decide: (loaded, item, context) => {
    const before = demandAssignment(loaded, item, context.actor);
    return decideMove(loaded, { before, action: 'end', endedOn: item.endedOn }, context);
  },
};

type Move = {
  before: AssignmentRow;
  action: ActionName<typeof assignmentMachine>;
  endedOn?: CalendarDate | null | undefined;
  overbookReason?: string | undefined;
};

function decideMove(loaded: LoadedAssignments, { before, action, endedOn, overbookReason }: Move, context: DecisionContext): Decision {
  const draft = openDraft(context);
  const subject = subjectOf(loaded, before, { endedOn, overbookReason });
  const by = step(assignmentMachine, { subject, action, actor: context.actor });
  const row = draft.update(assignment, before, {
    changes: { endDate: endedOn ?? undefined, overbookReason: keptReason({ ...subject, status: by.status }) },
    by,
  });
  stateAssignment(draft, by.emits, row);
  return draft.done(row.id);
}

function demandAssignment({ rows }: LoadedAssignments, { id, expectedVersion }: Named, actor: Actor): AssignmentRow {
  return demandNamed(rows, { entity: assignment.name, id, expectedVersion }, (row) => sees(actor, row));
}

/** Ends open assignments on projects on this day at the latest, and gives up what would begin later. Gives how many. */
export async function endAssignmentsBy(scope: Scope, { projectIds, lastDay }: { projectIds: readonly string[]; lastDay: CalendarDate }): Promise<number> {
  const open = wordIn(assignments.status, ['PROPOSED', 'TENTATIVE', 'CONFIRMED']);
  const beyond = and(inArray(assignments.projectId, [...projectIds]), open, gt(assignments.endDate, lastDay));
  const found = await scope.tx.select({ id: assignments.id }).from(assignments).where(beyond).orderBy(asc(assignments.id));
  const loaded = await loadAssignments(scope, { ids: found.map(({ id }) => id) });
  // Judged again under the lock: somebody may have been faster.
  const past = [...loaded.rows.values()].filter(({ status, endDate }) => status !== 'ENDED' && status !== 'CANCELLED' && endDate > lastDay);
  const cut = { lastDay, over: lastDay < dateOf(scope.now) };
  const command: On<AssignmentRow> = {
    ...onAssignments,
    load: async () => loaded,
    decide: (_, before, context) => {
      const draft = openDraft(context);
      cutAssignments(draft, [before], { cut, projects: loaded.projects });
      return draft.done(before.id);
    },
  };
  return (await executeAll(scope, command, past)).length;
}

/** Assignments that one call of endDueAssignments ends at most. */
export const dueBite = 500;

/** Ends confirmed assignments whose last day has passed. Gives how many. */
export async function endDueAssignments(scope: Scope): Promise<number> {
  const today = dateOf(scope.now);
  const running = and(wordIn(assignments.status, ['CONFIRMED']), lt(assignments.endDate, today));
  const due = await scope.tx
    .select({ id: assignments.id })
    .from(assignments)
    .where(running)
    .orderBy(asc(assignments.endDate), asc(assignments.id))
    .limit(dueBite);
  const loaded = await loadAssignments(scope, { ids: due.map(({ id }) => id) });
  // Judged again under the lock: somebody may have been faster.
  const past = [...loaded.rows.values()].filter(({ status, endDate }) => status === 'CONFIRMED' && endDate < today);
  const command: On<AssignmentRow> = {
    ...onAssignments,
    load: async () => loaded,
    decide: (_, before, context) => decideMove(loaded, { before, action: 'end' }, context),
  };
  return (await executeAll(scope, command, past)).length;
}
