import type { SubcontractFilter, SubcontractOrderField } from '#generated/resources.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { rowsById } from '#kernel/rows.ts';
import { type PgColumn, type SQL, sql } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import {
  externalRefs,
  type SubcontractLineRow,
  type SubcontractorRow,
  type SubcontractRow,
  subcontractLines,
  subcontractors,
  subcontracts,
} from '../tables.ts';
import { othersOf, subjectOf } from './decide.ts';
import { linesOf, standingOf } from './load.ts';
import type { SubcontractSubject } from './machine.ts';

const subcontractsById = visibleById(subcontracts, 'subcontract:read');
const linesById = visibleById(subcontractLines, 'subcontract:read');

/** An order, if there is one that the actor may know of. */
export function readSubcontract(context: Context, id: string): Promise<SubcontractRow | undefined> {
  return context.load(subcontractsById, id);
}

/** A line of an order that the actor may know of. */
export function readSubcontractLine(context: Context, id: string): Promise<SubcontractLineRow | undefined> {
  return context.load(linesById, id);
}

export const subcontractRefs = externalRefsOf(externalRefs, 'Subcontract');

/** Batch: the lines of orders that the actor sees. */
export const linesBatch: Batch<SubcontractLineRow[]> = (context, ids) => linesOf(context.db, ids);

const sellersBatch: Batch<SubcontractorRow> = (context, ids) => rowsById(context.unconfined, subcontractors, ids);

const standingBatch: Batch<Map<string, SubcontractRow>> = async (context, ids) => {
  const rows = [...(await standingOf(context.unconfined, ids)).values()];
  const grouped = Map.groupBy(rows, (row) => row.subcontractorId);
  return new Map([...grouped].map(([id, own]) => [id, new Map(own.map((row) => [row.id, row]))]));
};

const ownLines: Batch<SubcontractLineRow[]> = (context, ids) => linesOf(context.unconfined, ids);

/** What the guards of an order judge, from the same snapshot as the answer. */
export async function subjectFor(context: Context, row: SubcontractRow): Promise<SubcontractSubject> {
  const seller = await context.load(sellersBatch, row.subcontractorId);
  const standing = (await context.load(standingBatch, row.subcontractorId)) ?? new Map<string, SubcontractRow>();
  const lines = new Map(await Promise.all([row.id, ...standing.keys()].map(async (id) => [id, (await context.load(ownLines, id)) ?? []] as const)));
  return subjectOf(row, { seller, lines: lines.get(row.id) ?? [], others: othersOf(row, { standing, lines }), now: context.clock() });
}

export const subcontractList: List<typeof subcontracts, SubcontractFilter, SubcontractOrderField> = {
  table: subcontracts,
  read: 'subcontract:read',
  orders: { CREATED_AT: subcontracts.createdAt, UPDATED_AT: subcontracts.updatedAt },
  defaultOrder: { field: 'CREATED_AT', direction: 'DESC' },
  filter: (filter) => [
    changedSince(subcontracts, filter.updatedSince),
    wordIn(subcontracts.status, filter.statuses),
    idIn(subcontracts.subcontractorId, filter.subcontractorIds),
    idIn(subcontracts.legalEntityId, filter.legalEntityIds),
    withLine(subcontractLines.projectId, filter.projectIds),
    withLine(subcontractLines.employeeId, filter.employeeIds),
    externalRefFilter({ table: externalRefs, entityType: 'Subcontract', id: subcontracts.id }, filter.externalRefs),
  ],
};

function withLine(column: PgColumn, ids: readonly string[] | null | undefined): SQL | undefined {
  const named = idIn(column, ids);
  return named && sql`${subcontracts.id} in (select ${subcontractLines.subcontractId} from ${subcontractLines} where ${named})`;
}

export const subcontractsOfSubcontractor = childList(subcontractList, subcontracts.subcontractorId);
