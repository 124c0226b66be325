import type { Actor } from '#kernel/actor.ts';
import type { Draft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { attempt } from '#kernel/outcome.ts';
import { judgeVersion, type Standing, standingOf } from '../contract/amending.ts';
import type { Making } from '../contract/content.ts';
import { publishProspects } from '../contract/prospect.ts';
import { demandNamed, ownedBy } from '../locked.ts';
import { facts } from '../published.ts';
import type { AmendmentRow, ContractChangeRow, ContractRow } from '../tables.ts';
import { changesFrom } from './changes.ts';
import type { LoadedAmendments } from './load.ts';
import type { AmendmentSubject } from './machine.ts';

type Named = { id: string; expectedVersion?: number | null | undefined };

/** A locked amendment that the actor may know of, and its contract. */
export function demandAmendment(loaded: LoadedAmendments, { id, expectedVersion }: Named, actor: Actor): { row: AmendmentRow; contract: ContractRow } {
  const row = demandNamed(loaded, { entity: 'Amendment', id, expectedVersion }, ownedBy(actor));
  return { row, contract: contractOf(loaded, row) };
}

export function contractOf({ contracts }: LoadedAmendments, { contractId }: Pick<AmendmentRow, 'contractId'>): ContractRow {
  const contract = contracts.rows.get(contractId);
  if (!contract) throw new Error(`the contract ${contractId} of an amendment is not there`);
  return contract;
}

type Wanted = Pick<AmendmentRow, 'changes' | 'effectiveFrom'>;

/** What the contract would say otherwise, as it stands now; or why it would not take it. */
export function outlookOf(standing: Standing, making: Making, { changes, effectiveFrom }: Wanted): ContractChangeRow[] | Refused {
  // Who asks may be somebody who decides on it; who applies it needs the permission.
  const actor: Actor = { id: 'outlook', kind: 'SERVICE', permissions: ['contract:amend'] };
  return attempt(() => {
    const { versions } = judgeVersion(standing, making, { fields: { ...changes, effectiveFrom }, actor });
    return changesFrom(effectiveFrom, standing.versions, versions);
  });
}

export function subjectFor(row: AmendmentRow, outlook: ContractChangeRow[] | Refused): AmendmentSubject {
  const { status, authorId, submittedBy } = row;
  const refused = outlook instanceof Refused;
  return { status, authorId, submittedBy, against: refused ? outlook.message : undefined, changes: refused || outlook.length > 0 };
}

/** The same for who holds the contract. */
export function subjectOf(loaded: LoadedAmendments, making: Making, row: AmendmentRow): AmendmentSubject {
  return subjectFor(row, outlookOf(standingOf(loaded.contracts, contractOf(loaded, row)), making, row));
}

/** Lets the siblings know what the contract would say. */
export function publishOutlook(draft: Draft, loaded: LoadedAmendments, row: AmendmentRow): void {
  publishProspects(draft, [row], standingOf(loaded.contracts, contractOf(loaded, row)));
}

/** How an amendment moved on. */
export function stateMove(draft: Draft, { row, previousStatus, contract }: { row: AmendmentRow; previousStatus: string; contract: ContractRow }): void {
  const { id, contractId, customerId, engagementId, name, status, effectiveFrom } = row;
  draft.state(facts.AmendmentStatusChanged, {
    subject: row,
    keys: { customerId, engagementId, legalEntityId: contract.legalEntityId },
    payload: { amendmentId: id, contractId, customerId, engagementId, name, status, effectiveFrom, previousStatus },
  });
}
