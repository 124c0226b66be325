import type { Actor } from '#kernel/actor.ts';
import type { DecisionContext, Draft } from '#kernel/draft.ts';
import { demandNamed, ownedBy } from '../locked.ts';
import { type FactName, facts } from '../published.ts';
import { type AgreedVersion, contractReference } from '../references.ts';
import type { ContractRow } from '../tables.ts';
import type { LoadedContracts } from './load.ts';

export type Deciding = { draft: Draft; context: DecisionContext };
/** A contract with all that was agreed, or is drafted. */
export type Agreed = { row: ContractRow; versions: readonly AgreedVersion[] };

export function aboutOf({ customers, begun }: LoadedContracts, { id, customerId }: ContractRow, versions: readonly AgreedVersion[]) {
  return { customerStatus: customers.get(customerId)?.status, versions, begun: begun.get(id) };
}

export function agreedOf({ versions }: LoadedContracts, row: ContractRow): Agreed {
  return { row, versions: versions.get(row.id) ?? [] };
}

type Named = { id: string; expectedVersion?: number | null | undefined };

export function demandContract(loaded: LoadedContracts, { id, expectedVersion }: Named, actor: Actor): ContractRow {
  return demandNamed(loaded, { entity: 'Contract', id, expectedVersion }, ownedBy(actor));
}

export function demandVersion({ id }: ContractRow, versions: readonly AgreedVersion[]): AgreedVersion {
  const newest = versions.at(-1);
  if (!newest) throw new Error(`the contract ${id} has no version`);
  return newest;
}

/** The facts about a contract that say no more than how it stands; what others say more, their commands state. */
type Stated = Exclude<Extract<FactName, `Contract${string}`>, 'ContractReopened' | 'ContractAmended'>;

/** States facts and lets the siblings know. */
export function state(draft: Draft, emits: readonly (Stated | 'ContractReopened')[], agreed: Agreed): void {
  draft.publish(contractReference(agreed.row, agreed.versions));
  for (const fact of emits.filter((each): each is Stated => each !== 'ContractReopened')) draft.state(facts[fact], aboutOfFact(agreed));
}

/** The newest version is the one that facts are about: the draft, or what was agreed last. */
export function aboutOfFact({ row, versions }: Agreed) {
  const { id, customerId, engagementId, legalEntityId, name, status, currency, startDate } = row;
  const { number: versionNumber, effectiveFrom, endDate } = demandVersion(row, versions).row;
  const payload = { contractId: id, customerId, engagementId, name, status, currency, startDate, endDate, versionNumber, effectiveFrom };
  return { subject: row, keys: { customerId, engagementId, legalEntityId }, payload };
}
