import type { OwnershipProposalFilter, OwnershipProposalOrderField } from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import type { List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { isId } from '#kernel/ids.ts';
import { wordIn } from '#kernel/read.ts';
import { rowsById } from '#kernel/rows.ts';
import { inArray } from '#kernel/sql.ts';
import { type ProposalRow, proposals } from './table.ts';

async function proposalsById(context: Context, ids: readonly string[]): Promise<Map<string, ProposalRow>> {
  demand(context.actor, 'proposal:read');
  return rowsById(context.db, proposals, ids);
}

/** A proposal by its id. */
export function readProposal(context: Context, id: string): Promise<ProposalRow | undefined> {
  return context.load(proposalsById, id);
}

/** Proposals, the newest first. */
export const proposalList: List<typeof proposals, OwnershipProposalFilter, OwnershipProposalOrderField> = {
  table: proposals,
  read: 'proposal:read',
  orders: { CREATED_AT: proposals.createdAt, UPDATED_AT: proposals.updatedAt },
  defaultOrder: { field: 'CREATED_AT', direction: 'DESC' },
  filter: (filter) => [
    wordIn(proposals.status, filter.statuses),
    filter.entityTypes ? inArray(proposals.entityType, [...filter.entityTypes]) : undefined,
    filter.entityIds ? inArray(proposals.entityId, filter.entityIds.filter(isId)) : undefined,
    filter.systems ? inArray(proposals.system, [...filter.systems]) : undefined,
  ],
};
