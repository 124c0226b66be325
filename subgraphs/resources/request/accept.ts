import type { AcceptResourceProposalInput, AssignmentStatus } from '#generated/resources.ts';
import type { Command } from '#kernel/command.ts';
import type { DecisionContext, Draft } from '#kernel/draft.ts';
import { openDraft } from '#kernel/draft.ts';
import { durationOfSeconds } from '#kernel/duration.ts';
import { Refused } from '#kernel/errors.ts';
import { begin, step } from '#kernel/machine.ts';
import { subjectOf as assignmentSubject, keptReason, proposed, reasonOf } from '../assignment/decide.ts';
import { absorbAssignments, type LoadedAssignments, loadAssignments } from '../assignment/load.ts';
import { assignmentMachine } from '../assignment/machine.ts';
import { publishAssignments, stateAssignment } from '../assignment/snapshot.ts';
import { moveTo } from '../assignment/upsert.ts';
import { assignment, assignmentRecord, type ResourceProposalRow, type ResourceRequestRow, resourceRequest } from '../tables.ts';
import { demandRequest, stateFulfilled, subjectOf } from './decide.ts';
import { absorbRequests, type LoadedRequests, loadRequests } from './load.ts';
import { requestMachine } from './machine.ts';

type LoadedAcceptance = LoadedRequests & { staffing: LoadedAssignments };

/** Makes the assignments of all who were proposed, in one transaction: where one is refused, there is none. */
export const acceptResourceProposal: Command<Omit<AcceptResourceProposalInput, 'idempotencyKey'>, LoadedAcceptance> = {
  may: 'assignment:write',
  entities: [resourceRequest, assignment, assignmentRecord],
  consequences: [assignment, assignmentRecord],
  load: async (scope, items) => {
    const loaded = await loadRequests(scope, { ids: items.map(({ id }) => id) });
    const rows = [...loaded.rows.values()];
    const placements = rows.flatMap((row) => row.proposals.map(({ employeeId }) => ({ employeeId, ...placementOf(row) })));
    return { ...loaded, staffing: await loadAssignments(scope, { placements, taskIds: rows.map(({ taskId }) => taskId) }) };
  },
  decide: (loaded, item, context) => {
    const before = demandRequest(loaded, item, context);
    const { assignmentStatus } = item;
    if (assignmentStatus === 'ENDED' || assignmentStatus === 'CANCELLED')
      throw new Refused('VALIDATION_FAILED', 'An accepted proposal makes assignments that are PROPOSED, TENTATIVE or CONFIRMED.', {
        field: 'assignmentStatus',
      });
    const by = step(requestMachine, { subject: subjectOf(loaded, before), action: 'accept', actor: context.actor });
    const draft = openDraft(context);
    const wish = { status: assignmentStatus ?? 'CONFIRMED', overbookReason: reasonOf(item) };
    const proposals = before.proposals.map((proposal) => ({
      ...proposal,
      assignmentId: assign(draft, loaded.staffing, { request: before, proposal, wish, context }),
    }));
    const row = draft.update(resourceRequest, before, { changes: { proposals }, by });
    stateFulfilled(draft, row);
    return draft.done(row.id);
  },
  absorb: (loaded, decision) => {
    absorbRequests(loaded, decision);
    absorbAssignments(loaded.staffing, decision);
  },
  conclude: ({ staffing }, context) => publishAssignments(staffing, context),
};

function placementOf({ projectId, startDate, endDate }: ResourceRequestRow) {
  return { projectId, startDate, endDate };
}

type Assigning = {
  request: ResourceRequestRow;
  proposal: ResourceProposalRow;
  wish: { status: AssignmentStatus; overbookReason: string | undefined };
  context: DecisionContext;
};

/** The assignment of one proposal, in the state that is wanted; gives its id. */
function assign(draft: Draft, staffing: LoadedAssignments, { request, proposal, wish, context }: Assigning): string {
  const { employeeId, weeklySeconds } = proposal;
  const asked = { employeeId, taskId: request.taskId, ...placementOf(request), weeklyDuration: durationOfSeconds(BigInt(weeklySeconds)) };
  const start = proposed(staffing, asked, context);
  const by = moveTo(staffing, { start, ...wish }, context.actor);
  const subject = assignmentSubject(staffing, { ...start, status: by?.status ?? start.status }, wish);
  const { status: _, ...values } = { ...start, overbookReason: keptReason(subject) ?? null };
  const row = draft.insert(assignment, values, by ?? begin(assignmentMachine));
  stateAssignment(draft, by?.emits ?? ['AssignmentChanged'], row);
  return row.id;
}
