import type { AddContractVersionInput } from '#generated/engagements.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Command } from '#kernel/command.ts';
import { absorbRows, openDraft } from '#kernel/draft.ts';
import { step, type Transition } from '#kernel/machine.ts';
import { checkDates } from '../fields.ts';
import type { AgreedVersion } from '../references.ts';
import { type AmendmentRow, type ContractRow, contract, contractLine, contractRate, contractVersion, lineTerms, type NamedLine } from '../tables.ts';
import { type Agreed, type Deciding, demandContract, state } from './agreed.ts';
import { checkContent, checkRemoved, checkSiblings, checkTerms } from './checks.ts';
import type { Making } from './content.ts';
import { type LoadedContracts, loadContracts, subjectOf } from './load.ts';
import { type ContractStatus, contractMachine } from './machine.ts';
import { publishProspects } from './prospect.ts';
import { noContent } from './rows.ts';
import { putVersions, type Succession, succeed, type VersionFields } from './version.ts';

/** What a new version writes, parents before children. */
export const amendedEntities = [contract, contractVersion, contractLine, lineTerms, contractRate] as const;

/** Adds what holds from a day on. What was agreed before stays as it is, for the days before. */
export const addContractVersion: Command<AddContractVersionInput, LoadedContracts> = {
  entities: amendedEntities,
  may: contractMachine.actions.amend.may,
  load: (scope, items) => loadContracts(scope, { ids: items.map(({ id }) => id), fields: items, amending: true }),
  decide: (loaded, { idempotencyKey: _, id, expectedVersion, ...fields }, context) => {
    const draft = openDraft(context);
    const before = demandContract(loaded, { id, expectedVersion }, context.actor);
    return draft.done(amendContract(loaded, { draft, context }, { before, fields }).row.id);
  },
  absorb: (loaded, decision) => {
    absorbRows(loaded.rows, decision, contract);
    loaded.written.add(decision.id);
  },
};

/** `besides`: the amendment that is being applied, which is open no more. */
type Amending = { before: ContractRow; fields: VersionFields; besides?: AmendmentRow };

/** The contract as it then stands, and which versions came. */
export type Amended = Agreed & { added: readonly AgreedVersion[] };

/** Ends the versions from a day on and brings others instead, with their facts. */
export function amendContract(loaded: LoadedContracts, { draft, context }: Deciding, { before, fields, besides }: Amending): Amended {
  checkWanted(loaded, before, fields);
  const standing = standingOf(loaded, before);
  const { succession, versions, by } = judgeVersion(standing, context, { fields, actor: context.actor });
  const row = draft.update(contract, before, { by });
  putVersions(draft, succession.change, { before: noContent, lines: standing.lines });
  state(draft, by.emits, { row, versions });
  const open = (loaded.amendments.get(before.id) ?? []).filter(({ id }) => id !== besides?.id);
  publishProspects(draft, open, { contract: row, versions, lines: standing.lines });
  return { row, versions, added: succession.added };
}

/** Refuses what names something that is not there, or does not fit by itself. */
export function checkWanted(loaded: LoadedContracts, before: ContractRow, fields: Omit<VersionFields, 'effectiveFrom'>): void {
  checkTerms(fields);
  checkSiblings(loaded, fields, before.customerId);
  checkContent(loaded, before, fields);
}

/** What a new version is judged by. */
export type Standing = {
  contract: ContractRow;
  versions: readonly AgreedVersion[];
  lines: readonly NamedLine[];
  customerStatus: string | undefined;
  /** Lines that milestones are billed by; true for those that one is still to be billed by. */
  billedLines: ReadonlyMap<string, boolean>;
};

export function standingOf({ versions, lines, customers, billedLines }: LoadedContracts, row: ContractRow): Standing {
  const { id, customerId } = row;
  const own = { versions: versions.get(id) ?? [], lines: lines.get(id) ?? [] };
  return { contract: row, ...own, customerStatus: customers.get(customerId)?.status, billedLines };
}

type Judged = { succession: Succession; versions: AgreedVersion[]; by: Transition<ContractStatus, 'ContractUpdated'> };

/** What adding a version comes to; throws what stands against it. */
export function judgeVersion(standing: Standing, context: Making, { fields, actor }: { fields: VersionFields; actor: Actor }): Judged {
  const { contract: before, versions, lines, customerStatus, billedLines } = standing;
  const succession = succeed(context, { contract: before, versions, lines }, fields);
  checkRemoved(succession.removed, (lineId) => billedLines.get(lineId) === true);
  const next = { effectiveFrom: fields.effectiveFrom, count: succession.added.length };
  const subject = { ...subjectOf(before, { customerStatus, versions, begun: undefined }), next };
  const judged = succession.added.map(({ content }) => step(contractMachine, { subject: { ...subject, ...content }, action: 'amend', actor }));
  const by = judged.at(-1);
  if (!by) throw new Error(`the contract ${before.id} has no version`);
  for (const { row } of succession.added) checkDates({ startDate: row.effectiveFrom, endDate: row.endDate });
  const ended = new Map(succession.ended.map((each) => [each.row.id, each]));
  return { succession, versions: [...versions.map((each) => ended.get(each.row.id) ?? each), ...succession.added], by };
}
