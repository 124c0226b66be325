import type { ContractFilter, ContractOrderField } from '#generated/engagements.ts';
import { demand } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { containing } from '#kernel/input.ts';
import { type CalendarDate, dateOf, effectiveOn, effectiveOrFirst } from '#kernel/period.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { and, asc, eq, ilike, inArray } from '#kernel/sql.ts';
import { visibleById, visibleTo } from '#kernel/visibility.ts';
import {
  type ContractLineRow,
  type ContractRateRow,
  type ContractRow,
  type ContractVersionRow,
  contractLines,
  contractLineTerms,
  contracts,
  contractVersions,
  customers,
  externalRefs,
  projects,
} from '../tables.ts';
import { begunOf } from './begun.ts';
import { lineRow, linesOf, ratesOf, versionRowsOf } from './rows.ts';

const contractsById = visibleById(contracts, 'contract:read');
const versionsById = visibleById(contractVersions, 'contract:read');
const linesById: Batch<ContractLineRow> = (context, ids) => {
  demand(context.actor, 'contract:read');
  return linesOn(context, ids, dateOf(context.clock()));
};

/** Lines as they are on a day; those that its version does not have, as they last were. */
async function linesOn({ db, actor }: Context, ids: readonly string[], date: CalendarDate): Promise<Map<string, ContractLineRow>> {
  const wanted = ids.filter(isId);
  if (wanted.length === 0) return new Map();
  const rows = await db
    .select({ terms: contractLineTerms, name: contractLines.name, effectiveFrom: contractVersions.effectiveFrom, effectiveTo: contractVersions.effectiveTo })
    .from(contractLineTerms)
    .innerJoin(contractLines, eq(contractLines.id, contractLineTerms.lineId))
    .innerJoin(contractVersions, eq(contractVersions.id, contractLineTerms.contractVersionId))
    .where(and(inArray(contractLineTerms.lineId, wanted), visibleTo(actor, contractLines)))
    .orderBy(asc(contractVersions.number));
  const byLine = Map.groupBy(rows, ({ terms }) => terms.lineId);
  return new Map(
    [...byLine].flatMap(([id, versions]): [string, ContractLineRow][] => {
      const found = effectiveOn(versions, date) ?? versions.at(-1);
      return found ? [[id, lineRow(found)]] : [];
    }),
  );
}

/** A contract, if there is one that the actor may know of. */
export function readContract(context: Context, id: string): Promise<ContractRow | undefined> {
  return context.load(contractsById, id);
}

/** A contract line, if there is one that the actor may know of. */
export function readContractLine(context: Context, id: string): Promise<ContractLineRow | undefined> {
  return context.load(linesById, id);
}

export const contractRefs = externalRefsOf(externalRefs, 'Contract');

/** A version of a contract that the actor may know of. */
export async function readContractVersion(context: Context, id: string): Promise<ContractVersionRow | undefined> {
  const version = await context.load(versionsById, id);
  return version && (await readContract(context, version.contractId)) ? version : undefined;
}

/** Batches: the versions of the contracts of a page, and their lines and rates. Who holds a contract row may see them. */
export const versionsOfContract: Batch<ContractVersionRow[]> = (context, ids) => versionRowsOf(context.db, ids);
export const linesOfVersion: Batch<ContractLineRow[]> = (context, ids) => linesOf(context.db, ids);
export const ratesOfVersion: Batch<ContractRateRow[]> = (context, ids) => ratesOf(context.db, ids);

/** Batch: what has begun under contracts, for guards. */
export const begunOfContract: Batch<string> = (context, ids) => begunOf(context.unconfined, ids);

/** The version in force on a day, today when none is given; before the contract begins, the first one. */
export async function versionOn(context: Context, contractId: string, asOf?: CalendarDate | null): Promise<ContractVersionRow> {
  const version = effectiveOrFirst((await context.load(versionsOfContract, contractId)) ?? [], asOf ?? dateOf(context.clock()));
  if (!version) throw new Error(`the contract ${contractId} has no version`);
  return version;
}

type Recorded = Pick<ContractVersionRow, 'number' | 'effectiveFrom' | 'createdAt'>;

/**
 * The version that held on a day as it was known at an instant. A version takes all days from its first one on from those that were recorded before it, so
 * that what was known is the newest of those that were there; before the contract begins, the first of them.
 */
export function versionKnown<Version extends Recorded>(
  versions: readonly Version[],
  { date, known }: { date: CalendarDate; known: Date },
): Version | undefined {
  const recorded = versions.filter(({ createdAt }) => createdAt <= known).toSorted((one, other) => other.number - one.number);
  const [first] = recorded.toSorted((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1));
  return recorded.find(({ effectiveFrom }) => effectiveFrom <= date) ?? recorded.find(({ effectiveFrom }) => effectiveFrom === first?.effectiveFrom);
}

/** When contracts end by what was agreed last, and the projects under them; for processes. */
export async function endsOfContracts(db: Db, ids: readonly string[]): Promise<Map<string, { endDate: CalendarDate | null; projectIds: string[] }>> {
  const versions = await versionRowsOf(db, ids);
  const under = await db
    .select({ id: projects.id, contractId: projects.contractId })
    .from(projects)
    .where(inArray(projects.contractId, [...ids]))
    .orderBy(asc(projects.id));
  const byContract = Map.groupBy(under, ({ contractId }) => contractId ?? '');
  return new Map(
    ids.map((id) => [id, { endDate: versions.get(id)?.at(-1)?.endDate ?? null, projectIds: (byContract.get(id) ?? []).map((project) => project.id) }]),
  );
}

/** Batch: the status of a customer, for guards. */
export async function customerStatusOf(context: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await context.unconfined
    .select({ id: customers.id, status: customers.status })
    .from(customers)
    .where(inArray(customers.id, [...ids]));
  return new Map(rows.map(({ id, status }) => [id, status]));
}

export const contractList: List<typeof contracts, ContractFilter, ContractOrderField> = {
  table: contracts,
  read: 'contract:read',
  orders: { NAME: contracts.name, CREATED_AT: contracts.createdAt, START_DATE: contracts.startDate, UPDATED_AT: contracts.updatedAt },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
  filter: (filter) => [
    changedSince(contracts, filter.updatedSince),
    wordIn(contracts.status, filter.statuses),
    filter.nameContains ? ilike(contracts.name, containing(filter.nameContains)) : undefined,
    idIn(contracts.customerId, filter.customerIds),
    idIn(contracts.engagementId, filter.engagementIds),
    externalRefFilter({ table: externalRefs, entityType: 'Contract', id: contracts.id }, filter.externalRefs),
  ],
};

export const contractsOfCustomer = childList(contractList, contracts.customerId);
export const contractsOfEngagement = childList(contractList, contracts.engagementId);
