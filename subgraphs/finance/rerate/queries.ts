import { references as engagements } from '#engagements/published.ts';
import type { RerateProposalFilter, RerateProposalOrderField } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { isId } from '#kernel/ids.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { references } from '#kernel/reference.ts';
import { and, inArray } from '#kernel/sql.ts';
import { visibleById, visibleTo } from '#kernel/visibility.ts';
import { type RerateProposalRow, type RerateRow, rerateProposals, rerates } from '../tables.ts';

const proposalsById = visibleById(rerateProposals, 'invoice:read');

/** A proposal, if there is one that the actor may know of. */
export function readRerateProposal(context: Context, id: string): Promise<RerateProposalRow | undefined> {
  return context.load(proposalsById, id);
}

const byAmendment: Batch<RerateRow> = async (context, ids) => {
  demand(context.actor, 'actual:read');
  const own = and(inArray(rerates.amendmentId, ids.filter(isId)), visibleTo(context.actor, rerates));
  const rows = await context.db.select().from(rerates).where(own);
  return new Map(rows.map((row) => [row.amendmentId, row]));
};

/** What the re-rate of an amendment did, if it was applied and the actor may know of it. */
export function readRerate(context: Context, amendmentId: string): Promise<RerateRow | undefined> {
  return isId(amendmentId) ? context.load(byAmendment, amendmentId.toLowerCase()) : Promise.resolve(undefined);
}

export const rerateProposalList: List<typeof rerateProposals, RerateProposalFilter, RerateProposalOrderField> = {
  table: rerateProposals,
  read: 'invoice:read',
  orders: { CREATED_AT: rerateProposals.createdAt, UPDATED_AT: rerateProposals.updatedAt },
  defaultOrder: { field: 'CREATED_AT', direction: 'DESC' },
  filter: (filter) => [
    changedSince(rerateProposals, filter.updatedSince),
    wordIn(rerateProposals.status, filter.statuses),
    idIn(rerateProposals.customerId, filter.customerIds),
    idIn(rerateProposals.contractId, filter.contractIds),
    idIn(rerateProposals.amendmentId, filter.amendmentIds),
    idIn(rerateProposals.invoiceId, filter.invoiceIds),
  ],
};

/** In whose books contracts are, and in which currency. */
export async function contractCurrencies(db: Db, ids: readonly string[]): Promise<Map<string, { legalEntityId: string | null; currency: string }>> {
  const found = await references(db, engagements.Contract, ids);
  return new Map([...found].map(([id, { legalEntityId, currency }]) => [id, { legalEntityId, currency }]));
}
