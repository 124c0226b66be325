import type { ContractLineInput, ContractRateInput } from '#generated/engagements.ts';
import type { Scope } from '#kernel/context.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import type { Referred } from '#kernel/referred.ts';
import { rowsById, shareRows } from '#kernel/rows.ts';
import { lockTargets } from '../locked.ts';
import type { AgreedVersion } from '../references.ts';
import { type LoadedSiblings, loadSiblings } from '../siblings.ts';
import {
  type AmendmentRow,
  type ContractRow,
  type CustomerRow,
  contract,
  customers,
  type EngagementRow,
  engagementTable,
  type NamedLine,
  type ProjectRow,
  projects,
} from '../tables.ts';
import { begunOf } from './begun.ts';
import type { ContractSubject } from './machine.ts';
import { linesWithMilestones, namedLinesOf, noContent, openAmendmentsOf, versionsOf } from './rows.ts';

/** What commands on contracts judge by, kept from changing until they are done. */
export type LoadedContracts = Referred<ContractRow> & {
  engagements: ReadonlyMap<string, EngagementRow>;
  customers: ReadonlyMap<string, CustomerRow>;
  siblings: LoadedSiblings;
  /** The projects that lines name. */
  projects: ReadonlyMap<string, ProjectRow>;
  /** Lines that milestones are billed by; true for those that one is still to be billed by. */
  billedLines: ReadonlyMap<string, boolean>;
  versions: ReadonlyMap<string, readonly AgreedVersion[]>;
  lines: ReadonlyMap<string, readonly NamedLine[]>;
  /** What has begun under contracts, as a clause. */
  begun: ReadonlyMap<string, string>;
  /** Amendments that are not applied yet, by contract; for who adds versions. */
  amendments: ReadonlyMap<string, readonly AmendmentRow[]>;
  /** Contracts that an earlier item of the call wrote. */
  written: Set<string>;
};

type Fields = { [Name in 'engagementId' | 'legalEntityId' | 'rateCardId']?: string | null | undefined } & {
  lines?: readonly ContractLineInput[] | null | undefined;
  rates?: readonly ContractRateInput[] | null | undefined;
};
type Wanted = { ids?: readonly string[]; refs?: readonly ExternalRefInput[]; fields?: readonly Fields[]; amending?: boolean };

/** Locks contracts, then engagements before customers, as everybody does. */
export async function loadContracts(scope: Scope, { fields = [], amending = false, ...targets }: Wanted): Promise<LoadedContracts> {
  const locked = await lockTargets(scope, contract, targets);
  const ids = [...locked.rows.keys()];
  const lines = fields.flatMap((each) => each.lines ?? []);
  const rates = [...lines, ...fields].flatMap((each) => each.rates ?? []);
  const parents = await shareRows(
    scope,
    engagementTable,
    fields.flatMap(({ engagementId }) => engagementId ?? []),
  );
  const owners = await shareRows(
    scope,
    customers,
    [...parents.values(), ...locked.rows.values()].map(({ customerId }) => customerId),
  );
  const siblings = await loadSiblings(scope, {
    LegalEntity: fields.map(({ legalEntityId }) => legalEntityId),
    RateCard: fields.map(({ rateCardId }) => rateCardId),
    Employee: rates.map(({ employeeId }) => employeeId),
    LaborCategory: rates.map(({ laborCategoryId }) => laborCategoryId),
  });
  const named = await rowsById(
    scope.tx,
    projects,
    lines.flatMap(({ projectIds }) => projectIds ?? []),
  );
  return {
    ...locked,
    engagements: parents,
    customers: owners,
    siblings,
    projects: named,
    billedLines: fields.some((each) => each.lines) ? await linesWithMilestones(scope.tx, ids) : new Map(),
    versions: await versionsOf(scope.tx, ids),
    lines: await namedLinesOf(scope.tx, ids),
    begun: await begunOf(scope.tx, ids),
    amendments: amending ? await openAmendmentsOf(scope.tx, ids) : new Map(),
    written: new Set(),
  };
}

type ContractState = Pick<ContractRow, 'status' | 'currency' | 'legalEntityId'>;

/** A contract as its machine judges it, with what was agreed last. */
export function subjectOf(
  { status, currency, legalEntityId }: ContractState,
  { customerStatus, versions, begun }: { customerStatus: string | undefined; versions: readonly AgreedVersion[]; begun: string | undefined },
): ContractSubject {
  const { lines, rates } = versions.at(-1)?.content ?? noContent;
  return { status, currency, legalEntityId, customerStatus, versions: versions.map(({ row }) => row), lines, rates, begun };
}
