import type { UpdateContractInput } from '#generated/engagements.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { checkText } from '#kernel/input.ts';
import { lockRows, putRows, rowsById, shareRows } from '#kernel/rows.ts';
import { demandOpenEngagement } from '../engagement/commands.ts';
import { said } from '../fields.ts';
import { newborn, type Plan, planned, wholeRow } from '../plan.ts';
import type { AgreedVersion } from '../references.ts';
import { type KnownSiblings, knownSiblings } from '../siblings.ts';
import { demandOwned, type Store } from '../sight.ts';
import { type ContractRow, type CustomerRow, contracts, customers, type EngagementRow, engagementTable, type ProjectRow, projects } from '../tables.ts';
import type { ContentChange, ContentInput, LineIds } from './content.ts';
import type { ContractSubject } from './machine.ts';
import { lineIdsOf, linesWithMilestones, noContent, type VersionChange, versionsOf } from './rows.ts';
import { draftVersion } from './version.ts';

export const contractStore: Store<ContractRow> = {
  entity: 'Contract',
  lock: (scope, ids) => lockRows(scope, contracts, ids),
  put: (scope, rows) => putRows(scope, contracts, rows),
};

/** What commands on contracts judge by. `versions` and `changes` grow as contracts are planned. */
export type Ground = {
  engagements: Map<string, EngagementRow>;
  customers: Map<string, CustomerRow>;
  siblings: KnownSiblings;
  projects: Map<string, ProjectRow>;
  billedLines: ReadonlyMap<string, boolean>;
  versions: Map<string, AgreedVersion[]>;
  lineIds: ReadonlyMap<string, LineIds>;
  changes: VersionChange[];
};

export type ContractFields = Omit<UpdateContractInput, 'id' | 'expectedVersion' | 'idempotencyKey' | 'externalRefs'> & { engagementId?: string };
type Draft = { fields: ContractFields; before?: ContractRow | undefined; refs?: readonly ExternalRefInput[] | null | undefined };

/** Reads it all in a fixed number of statements: engagements before customers, as everybody locks them. */
export async function groundOf(scope: Scope, drafts: readonly ContractFields[], known: readonly ContractRow[]): Promise<Ground> {
  const ids = known.map((contract) => contract.id);
  const lines = drafts.flatMap((draft) => draft.lines ?? []);
  const rates = [...lines, ...drafts].flatMap((each) => each.rates ?? []);
  const parents = await shareRows(
    scope,
    engagementTable,
    drafts.flatMap(({ engagementId }) => (engagementId ? [engagementId] : [])),
  );
  const owners = await shareRows(
    scope,
    customers,
    [...parents.values(), ...known].map((each) => each.customerId),
  );
  const siblings = await knownSiblings(scope, {
    LegalEntity: drafts.map((draft) => draft.legalEntityId),
    RateCard: drafts.map((draft) => draft.rateCardId),
    Employee: rates.map((rate) => rate.employeeId),
    LaborCategory: rates.map((rate) => rate.laborCategoryId),
  });
  return {
    engagements: parents,
    customers: owners,
    siblings,
    projects: await rowsById(
      scope.tx,
      projects,
      lines.flatMap((line) => line.projectIds ?? []),
    ),
    billedLines: lines.length > 0 || drafts.some((draft) => draft.lines) ? await linesWithMilestones(scope.tx, ids) : new Map(),
    versions: await versionsOf(scope.tx, ids),
    lineIds: await lineIdsOf(scope.tx, ids),
    changes: [],
  };
}

/** A contract as its machine judges it. */
export function subjectOn(ground: Ground): (contract: ContractRow) => ContractSubject {
  return ({ id, status, currency, legalEntityId, customerId }) => ({
    status,
    currency,
    legalEntityId,
    customerStatus: ground.customers.get(customerId)?.status,
    versions: (ground.versions.get(id) ?? []).map(({ row }) => row),
    ...(ground.versions.get(id)?.at(-1)?.content ?? noContent),
  });
}

/** Judges a new contract or a change of a DRAFT; the internal notes may change at any time. */
export function planContract(scope: Scope, ground: Ground, { fields, before, refs }: Draft): Plan<ContractRow> {
  const { lines, rates, rounding, rateCardId, paymentTermDays, endDate, ...identity } = fields;
  checkTerms(fields);
  if (before && fields.engagementId !== undefined && fields.engagementId.toLowerCase() !== before.engagementId)
    throw new Refused('VALIDATION_FAILED', 'A contract stays in its engagement.', { field: 'engagementId' });
  const contract = wholeRow(contracts, { ...(before ?? newContract(scope, ground, identity)), ...said(identity) });
  checkSiblings(ground, fields, contract.customerId);
  checkContent(ground, contract, { lines, rates });
  const versions = ground.versions.get(contract.id) ?? [];
  const lineIds = ground.lineIds.get(contract.id) ?? new Map();
  const given = { terms: { rounding, rateCardId, paymentTermDays, endDate }, input: { lines, rates } };
  const { version, change } = draftVersion(scope, { contract, before: versions.at(-1), lineIds }, given);
  checkRemoved(change?.content, (lineId) => ground.billedLines.has(lineId));
  const plan = planned(scope, { before, row: contract, below: change !== undefined }, refs);
  if (before && before.status !== 'DRAFT') demandSameTerms(scope, { before, contract, change });
  ground.versions.set(contract.id, [...versions.slice(0, -1), version]);
  if (change) ground.changes.push(change);
  return plan;
}

export function checkTerms({ name, internalNotes, paymentTermDays }: Partial<ContractFields>): void {
  if (name !== undefined) checkText('name', name);
  if (internalNotes) checkText('internalNotes', internalNotes, 4000);
  if (typeof paymentTermDays === 'number' && (paymentTermDays < 0 || paymentTermDays > 365))
    throw new Refused('VALIDATION_FAILED', 'paymentTermDays must be 0 to 365.', { field: 'paymentTermDays' });
}

function newContract(
  scope: Scope,
  ground: Ground,
  { engagementId = '', currency }: ContractFields,
): Omit<ContractRow, 'currency'> & { currency: string | null } {
  const engagement = demandOwned(scope, ground.engagements, { entity: 'Engagement', id: engagementId, field: 'engagementId' });
  demandOpenEngagement(engagement);
  const customer = ground.customers.get(engagement.customerId);
  if (!currency && !customer?.currency)
    throw new Refused('VALIDATION_FAILED', 'Neither the contract nor its customer says in which currency.', { field: 'currency' });
  return {
    ...newborn(scope),
    customerId: engagement.customerId,
    engagementId: engagement.id,
    legalEntityId: customer?.legalEntityId ?? null,
    name: '',
    status: 'DRAFT',
    currency: customer?.currency ?? null,
    startDate: '',
    internalNotes: null,
  };
}

export function checkSiblings(ground: Ground, { legalEntityId, rateCardId }: Partial<ContractFields>, customerId: string): void {
  ground.siblings.demand('LegalEntity', legalEntityId, 'legalEntityId');
  const card = ground.siblings.demand('RateCard', rateCardId, 'rateCardId');
  if (card?.kind === 'COST') throw new Refused('VALIDATION_FAILED', 'A contract is priced by a rate card of the kind SALES.', { field: 'rateCardId' });
  if (card?.customerId && card.customerId !== customerId)
    throw new Refused('VALIDATION_FAILED', 'The rate card is that of another customer.', { field: 'rateCardId' });
}

export function checkContent(ground: Ground, contract: ContractRow, { lines, rates }: ContentInput): void {
  for (const id of (lines ?? []).flatMap((line) => line.projectIds ?? [])) {
    const project = ground.projects.get(id.toLowerCase());
    if (project?.engagementId !== contract.engagementId)
      throw new Refused('NOT_FOUND', `No project of the contract's engagement has the id ${id}.`, { field: 'lines.projectIds' });
  }
  for (const rate of [...(lines ?? []), { rates }].flatMap((each) => each.rates ?? [])) {
    ground.siblings.demand('Employee', rate.employeeId, 'rates.employeeId');
    ground.siblings.demand('LaborCategory', rate.laborCategoryId, 'rates.laborCategoryId');
  }
}

/** Refuses that lines go which are still needed: in a draft by any milestone, later by those that are yet to be billed. */
export function checkRemoved(change: Pick<ContentChange, 'gone'> | undefined, needed: (lineId: string) => boolean): void {
  if (change?.gone.lines.some(needed)) {
    throw new Refused('GUARD_REFUSED', 'A milestone is billed by a line that would go. Point the milestone to another line first.', {
      field: 'lines',
      guard: 'lineHasMilestones',
    });
  }
}

function demandSameTerms(scope: Scope, { before, contract, change }: { before: ContractRow; contract: ContractRow; change: VersionChange | undefined }): void {
  const terms = planned(scope, { before, row: { ...contract, internalNotes: before.internalNotes } });
  if (change || terms.versions.length > 0)
    throw new Refused(
      'GUARD_REFUSED',
      `The contract is ${before.status}; its content changes only while it is DRAFT, and by a new version once it is CONFIRMED.`,
      {
        guard: 'contentFrozen',
      },
    );
}
