import type { AmendmentActionInput } from '#generated/engagements.ts';
import type { Command } from '#kernel/command.ts';
import { type Draft, openDraft } from '#kernel/draft.ts';
import { step } from '#kernel/machine.ts';
import { amendContract, amendedEntities } from '../contract/amending.ts';
import { facts } from '../published.ts';
import { amendmentReference } from '../references.ts';
import { type AmendmentRow, amendment, amendmentReceipt } from '../tables.ts';
import { changesFrom, sayChange } from './changes.ts';
import { demandAmendment, subjectOf } from './decide.ts';
import { type LoadedAmendments, loadAmendments } from './load.ts';
import { amendmentMachine } from './machine.ts';

/** What Accord itself has to do once an amendment is applied: each is acknowledged by the process that does it. */
export const ownParts = ['billing', 'assignments'] as const;

/** The contract says it from its day on. Contract, versions, amendment and facts in one transaction; what follows of it reacts to the fact. */
export const applyAmendment: Command<AmendmentActionInput, LoadedAmendments> = {
  entities: [...amendedEntities, amendment, amendmentReceipt],
  may: amendmentMachine.actions.apply.may,
  load: (scope, items) => loadAmendments(scope, { ids: items.map(({ id }) => id) }),
  decide: (loaded, item, context) => {
    const { row: before, contract } = demandAmendment(loaded, item, context.actor);
    const by = step(amendmentMachine, { subject: subjectOf(loaded, context, before), action: 'apply', actor: context.actor });
    const draft = openDraft(context);
    const { changes, effectiveFrom, reason } = before;
    const fields = { ...changes, effectiveFrom, reason };
    const amended = amendContract(loaded.contracts, { draft, context }, { before: contract, fields, besides: before });
    const applied = changesFrom(effectiveFrom, loaded.contracts.versions.get(contract.id) ?? [], amended.versions);
    const numbers = amended.added.map(({ row }) => row.number);
    const made = { fromVersion: Math.min(...numbers), toVersion: Math.max(...numbers), applied };
    const row = draft.update(amendment, before, { changes: { appliedBy: context.actor.id, appliedAt: context.now, ...made }, by });
    draft.publish(amendmentReference(row, []));
    awaitReceipts(draft, row, loaded.knownBy.get(contract.id) ?? []);
    const { id, contractId, customerId, engagementId, name, status, adjustmentDate } = row;
    draft.state(facts.ContractAmended, {
      subject: row,
      keys: { customerId, engagementId, legalEntityId: contract.legalEntityId },
      payload: {
        ...{ amendmentId: id, contractId, customerId, engagementId, name, status, effectiveFrom, adjustmentDate },
        ...{ endDate: amended.versions.at(-1)?.row.endDate ?? null, versionNumber: made.toVersion, changed: applied.map(sayChange), changes: applied },
      },
    });
    return draft.done(row.id);
  },
};

function awaitReceipts(draft: Draft, { id, contractId, customerId, notifiedSystems }: AmendmentRow, knownBy: readonly string[]): void {
  const systems = [...new Set([...knownBy, ...notifiedSystems])].filter((system) => !ownParts.some((part) => part === system));
  const receipts = [...ownParts.map((system) => ({ system, kind: 'PROCESS' as const })), ...systems.map((system) => ({ system, kind: 'SYSTEM' as const }))];
  const waiting = { acknowledgedAt: null, acknowledgedBy: null, note: null };
  for (const receipt of receipts) draft.insert(amendmentReceipt, { amendmentId: id, contractId, customerId, ...receipt, ...waiting });
}
