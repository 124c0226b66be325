import { ilike, inArray } from 'drizzle-orm';
import type { ContractFilter, ContractOrderField } from '#generated/engagements.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { rowsById } from '#kernel/rows.ts';
import { disclosedContracts, hidesContract, idsIn, ownedById } from '../sight.ts';
import { type ContractLineRow, type ContractRateRow, type ContractRow, contractLines, contracts, customers, externalRefs } from '../tables.ts';
import { linesOf, ratesOf } from './rows.ts';

const ownContracts = ownedById('contract:read', (db, ids) => rowsById(db, contracts, ids));
const contractsById: Batch<ContractRow> = async (context, ids, variant) => {
  const rows = await ownContracts(context, ids, variant);
  return new Map([...rows].filter(([, row]) => !hidesContract(context.actor, row)));
};
const linesById = ownedById('contract:read', (db, ids) => rowsById(db, contractLines, ids));

/** A contract, if there is one that the actor may know of. */
export function readContract(context: Context, id: string): Promise<ContractRow | undefined> {
  return context.load(contractsById, id);
}

/** A contract line, if there is one that the actor may know of. */
export function readContractLine(context: Context, id: string): Promise<ContractLineRow | undefined> {
  return context.load(linesById, id);
}

export const contractRefs = externalRefsOf(externalRefs, 'Contract');

/** Batches: lines and rates of the contracts of a page. Who holds a contract row may see them. */
export const contractLinesOf = (context: Context, ids: readonly string[]): Promise<Map<string, ContractLineRow[]>> => linesOf(context.db, ids);
export const contractRatesOf = (context: Context, ids: readonly string[]): Promise<Map<string, ContractRateRow[]>> => ratesOf(context.db, ids);

/** Batch: the status of a customer, for guards. */
export async function customerStatusOf(context: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await context.db
    .select({ id: customers.id, status: customers.status })
    .from(customers)
    .where(inArray(customers.id, [...ids]));
  return new Map(rows.map(({ id, status }) => [id, status]));
}

export const contractList: List<typeof contracts, ContractFilter, ContractOrderField> = {
  table: contracts,
  read: 'contract:read',
  orders: { NAME: contracts.name, CREATED_AT: contracts.createdAt, START_DATE: contracts.startDate },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
  filter: (filter) => [
    filter.status ? inArray(contracts.status, [...filter.status]) : undefined,
    filter.nameContains ? ilike(contracts.name, containing(filter.nameContains)) : undefined,
    idsIn(contracts.customerId, filter.customerId),
    idsIn(contracts.engagementId, filter.engagementId),
    externalRefFilter({ table: externalRefs, entityType: 'Contract', id: contracts.id }, filter.externalRefs),
  ],
  scope: disclosedContracts,
};

export const contractsOfCustomer = childList(contractList, contracts.customerId);
export const contractsOfEngagement = childList(contractList, contracts.engagementId);
