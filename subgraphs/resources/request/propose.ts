import type { ProposeResourcesInput, ResourceProposalInput } from '#generated/resources.ts';
import type { Command } from '#kernel/command.ts';
import { openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import { notFound, rowsById } from '#kernel/rows.ts';
import { weeksIn } from '../capacity/calendar.ts';
import { demandOnce } from '../employee/parts.ts';
import { weeklySecondsGiven } from '../hours.ts';
import { employees, type ResourceProposalRow, type ResourceRequestRow, resourceRequest } from '../tables.ts';
import { onRequests } from './commands.ts';
import { demandRequest, stateRequest, subjectOf } from './decide.ts';
import { type LoadedRequests, loadRequests } from './load.ts';
import { requestMachine } from './machine.ts';
import { match, weeklyWanted } from './matching.ts';
import { type Profiles, profilesOf } from './profiles.ts';

type LoadedProposals = LoadedRequests & Profiles;

const most = 50;

/** Says who is to come; what does not fit is found here, and needs a reason. */
export const proposeResources: Command<Omit<ProposeResourcesInput, 'idempotencyKey'>, LoadedProposals> = {
  ...onRequests,
  may: 'assignment:write',
  load: async (scope, items) => {
    const loaded = await loadRequests(scope, { ids: items.map(({ id }) => id) });
    const named = items.flatMap(({ proposals }) => proposals.map(({ employeeId }) => employeeId));
    const people = await rowsById(scope.tx, employees, named);
    return { ...loaded, ...(await profilesOf(scope.tx, [...people.values()], [...loaded.rows.values()])) };
  },
  decide: (loaded, item, context) => {
    const before = demandRequest(loaded, item, context);
    if (item.proposals.length < 1 || item.proposals.length > most)
      throw new Refused('VALIDATION_FAILED', `Propose 1 to ${most} people.`, { field: 'proposals' });
    demandOnce(item.proposals, ({ employeeId }) => employeeId, { field: 'proposals', what: 'The employee' });
    const proposals = item.proposals.map((each) => proposalOf(loaded, before, each));
    const unexplained = proposals.flatMap(({ mismatches, reason, employeeId }) =>
      reason ? [] : mismatches.map((what) => `${loaded.profiles.get(employeeId)?.employee.name}: ${what}`),
    );
    const by = step(requestMachine, { subject: subjectOf(loaded, before, unexplained), action: 'propose', actor: context.actor });
    const draft = openDraft(context);
    const row = draft.update(resourceRequest, before, { changes: { proposals, decisionNote: null }, by });
    stateRequest(draft, by.emits, row);
    return draft.done(row.id);
  },
};

function proposalOf({ profiles, names }: LoadedProposals, request: ResourceRequestRow, given: ResourceProposalInput): ResourceProposalRow {
  const { employeeId, reason } = given;
  const profile = profiles.get(employeeId);
  if (!profile) throw notFound('Employee', employeeId, 'proposals');
  const weeklySeconds = weeklySecondsGiven(given) ?? weeklyWanted(request, profile);
  const span = weeksIn(request);
  const { reasons } = match(request, profile, { names, span, asked: weeklySeconds });
  return {
    employeeId,
    weeklySeconds: weeklySeconds.toString(),
    mismatches: reasons.flatMap(({ fits, message }) => (fits ? [] : [message])),
    reason: reason ? checkLines('reason', reason, 1000) : null,
    assignmentId: null,
  };
}
