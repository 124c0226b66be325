import type { AcceptAmendmentInput, AmendmentActionInput, CreateAmendmentInput, EndAmendmentInput, UpdateAmendmentInput } from '#generated/engagements.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Changes, type Decision, type DecisionContext, openDraft, wholeValues } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines, checkText, given } from '#kernel/input.ts';
import { begin, step } from '#kernel/machine.ts';
import { checkWanted, standingOf } from '../contract/amending.ts';
import { absorbLocked } from '../locked.ts';
import { demandOwned } from '../owned.ts';
import { type AmendmentRow, amendment, type amendments, type ContractRow, externalRefs, type WantedChanges } from '../tables.ts';
import { demandAmendment, outlookOf, publishOutlook, stateMove, subjectOf } from './decide.ts';
import { type LoadedAmendments, loadAmendments } from './load.ts';
import { amendmentMachine } from './machine.ts';

export { acknowledgeAmendment, acknowledgeAmendments } from './acknowledge.ts';
export { applyAmendment } from './apply.ts';

type On<Item> = Command<Item, LoadedAmendments>;

const base = { entities: [amendment], absorb: absorbLocked(amendment) };
const loadNamed = (scope: Scope, items: readonly { id: string }[]) => loadAmendments(scope, { ids: items.map(({ id }) => id) });

export const createAmendment: On<CreateAmendmentInput> = {
  ...base,
  may: 'contract:amend',
  load: (scope, items) => loadAmendments(scope, { contractIds: items.map(({ contractId }) => contractId), changes: items.map(({ changes }) => changes) }),
  decide: (loaded, { idempotencyKey: _, contractId, externalRefs: refs, ...fields }, context) => {
    const contract = demandOwned(context, loaded.contracts.rows, { entity: 'Contract', id: contractId, field: 'contractId' });
    demandInForce(contract);
    const { id, customerId, engagementId } = contract;
    const undecided = { submittedBy: null, decidedBy: null, decidedAt: null, decisionNote: null };
    const unapplied = { appliedBy: null, appliedAt: null, fromVersion: null, toVersion: null, applied: null };
    const asked = { adjustmentDate: null, notifiedSystems: [], ...fieldsOf(fields) };
    const whole = { contractId: id, customerId, engagementId, authorId: context.actor.id, ...undecided, ...unapplied, ...asked };
    const draft = openDraft(context);
    const row = draft.insert(amendment, wholeValues(amendment, whole), begin(amendmentMachine));
    checkChanges(loaded, context, { row, contract });
    publishOutlook(draft, loaded, row);
    draft.link({ refs: externalRefs, entity: amendment, id: row.id }, refs);
    return draft.done(row.id);
  },
};

export const updateAmendment: On<UpdateAmendmentInput> = {
  ...base,
  may: 'contract:amend',
  load: (scope, items) => loadAmendments(scope, { ids: items.map(({ id }) => id), changes: items.map(({ changes }) => changes) }),
  decide: (loaded, { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields }, context) => {
    const { row: before, contract } = demandAmendment(loaded, { id, expectedVersion }, context.actor);
    const draft = openDraft(context);
    draft.link({ refs: externalRefs, entity: amendment, id: before.id }, refs);
    const asked = fieldsOf(fields);
    if (Object.keys(asked).length === 0) return draft.done(before.id);
    const changes = wholeValues(amendment, { ...before, ...asked });
    const by = step(amendmentMachine, { subject: subjectOf(loaded, context, before), action: 'update', actor: context.actor });
    const row = draft.update(amendment, before, { changes, by });
    checkChanges(loaded, context, { row, contract });
    publishOutlook(draft, loaded, row);
    return draft.done(row.id);
  },
};

export const submitAmendment: On<AmendmentActionInput> = moving('submit', ({ actor }) => ({ submittedBy: actor.id }));

export const acceptAmendment: On<AcceptAmendmentInput> = moving('accept', ({ actor, now }, { note }) => ({
  ...{ decidedBy: actor.id, decidedAt: now },
  decisionNote: note ? checkLines('note', note, 1000) : null,
}));

const ended = ({ actor, now }: DecisionContext, { reason }: EndAmendmentInput) => ({
  ...{ decidedBy: actor.id, decidedAt: now, decisionNote: checkLines('reason', reason, 1000) },
});

export const rejectAmendment: On<EndAmendmentInput> = moving('reject', ended);

export const withdrawAmendment: On<EndAmendmentInput> = moving('withdraw', ended);

type Move = 'submit' | 'accept' | 'reject' | 'withdraw';

function moving<Item extends AmendmentActionInput>(action: Move, changes: (context: DecisionContext, item: Item) => Changes<typeof amendments>): On<Item> {
  return {
    ...base,
    may: amendmentMachine.actions[action].may,
    load: loadNamed,
    decide: (loaded, item, context): Decision => {
      const { row: before, contract } = demandAmendment(loaded, item, context.actor);
      const draft = openDraft(context);
      const by = step(amendmentMachine, { subject: subjectOf(loaded, context, before), action, actor: context.actor });
      const row = draft.update(amendment, before, { changes: changes(context, item), by });
      publishOutlook(draft, loaded, row);
      stateMove(draft, { row, previousStatus: before.status, contract });
      return draft.done(row.id);
    },
  };
}

type Fields = Omit<UpdateAmendmentInput, 'id' | 'expectedVersion' | 'idempotencyKey' | 'externalRefs'>;

/** The columns that an input gives. */
function fieldsOf({ name, reason, notifiedSystems, changes, effectiveFrom, adjustmentDate }: Fields) {
  if (notifiedSystems && notifiedSystems.length > 20)
    throw new Refused('VALIDATION_FAILED', 'An amendment names at most 20 systems.', { field: 'notifiedSystems' });
  // As JSON has it: what comes out of the database is compared with what was given.
  const plain: WantedChanges | null | undefined = changes && JSON.parse(JSON.stringify(changes));
  return given({
    name: name && checkText('name', name),
    reason: reason && checkLines('reason', reason, 1000),
    notifiedSystems: notifiedSystems && [...new Set(notifiedSystems.map((system) => checkText('notifiedSystems', system)))],
    changes: plain,
    effectiveFrom,
    adjustmentDate,
  });
}

/** Only what is in force is amended. */
function demandInForce({ status }: ContractRow): void {
  const guard = 'contractInForce';
  if (status === 'DRAFT' || status === 'IN_REVIEW')
    throw new Refused('GUARD_REFUSED', `The contract is ${status}: change the draft itself, by updateContract.`, { field: 'contractId', guard });
  if (status === 'CLOSED' || status === 'LOST')
    throw new Refused('GUARD_REFUSED', `The contract is ${status}; it is amended no more.`, { field: 'contractId', guard });
}

/** Refuses at once what would never go. What the contract itself has against it is said when the amendment is submitted. */
function checkChanges(loaded: LoadedAmendments, context: DecisionContext, { row, contract }: { row: AmendmentRow; contract: ContractRow }): void {
  checkWanted(loaded.contracts, contract, row.changes);
  const outlook = outlookOf(standingOf(loaded.contracts, contract), context, row);
  if (outlook instanceof Refused && outlook.code === 'VALIDATION_FAILED') throw outlook;
}
