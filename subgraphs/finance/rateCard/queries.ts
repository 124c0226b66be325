import type { RateCardFilter, RateCardOrderField, RateCardVersionFilter, RateCardVersionOrderField } from '#generated/finance.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { and, asc, ilike, inArray, ne, sql } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { externalRefs, type RateCardLineRow, type RateCardRow, type RateCardVersionRow, rateCardLines, rateCards, rateCardVersions } from '../tables.ts';

const rateCardsById = visibleById(rateCards, 'rate:read');

/** A rate card, if there is one that the actor may know of. */
export function readRateCard(context: Context, id: string): Promise<RateCardRow | undefined> {
  return context.load(rateCardsById, id);
}

const rateCardVersionsById = visibleById(rateCardVersions, 'rate:read');

/** A version of a rate card, if there is one that the actor may know of. */
export function readRateCardVersion(context: Context, id: string): Promise<RateCardVersionRow | undefined> {
  return context.load(rateCardVersionsById, id);
}

export const rateCardRefs = externalRefsOf(externalRefs, 'RateCard');

/** The lines of versions that were read before, and so may be seen. */
export const linesOf: Batch<RateCardLineRow[]> = async (context, versionIds) => {
  const rows = await context.db
    .select()
    .from(rateCardLines)
    .where(inArray(rateCardLines.rateCardVersionId, [...versionIds]))
    .orderBy(sql`${rateCardLines.employeeId} is not null`, asc(rateCardLines.id));
  const found = new Map<string, RateCardLineRow[]>(versionIds.map((id) => [id, []]));
  for (const row of rows) found.get(row.rateCardVersionId)?.push(row);
  return found;
};

/** The line that prices an hour, per version; the variant is `employeeId laborCategoryId`. */
export const lineFor: Batch<RateCardLineRow> = async (context, versionIds, variant) => {
  const [employeeId, laborCategoryId] = variant.split(' ').map((id) => id || null);
  const rows = await context.db
    .select()
    .from(rateCardLines)
    .where(
      and(
        inArray(rateCardLines.rateCardVersionId, [...versionIds]),
        sql`(${rateCardLines.employeeId} = ${employeeId}::uuid or ${rateCardLines.laborCategoryId} = ${laborCategoryId}::uuid)`,
      ),
    )
    .orderBy(sql`${rateCardLines.employeeId} is not null`);
  return new Map(rows.map((row) => [row.rateCardVersionId, row]));
};

/** The version that prices a day, per card; the variant is the day. */
export const versionOn: Batch<RateCardVersionRow> = async (context, cardIds, date) => {
  const inForce = sql`daterange(${rateCardVersions.effectiveFrom}, ${rateCardVersions.effectiveTo} + 1, '[)') @> ${date}::date`;
  const rows = await context.db
    .select()
    .from(rateCardVersions)
    .where(and(inArray(rateCardVersions.rateCardId, [...cardIds]), ne(rateCardVersions.status, 'DRAFT'), inForce));
  return new Map(rows.map((row) => [row.rateCardId, row]));
};

/** How many lines a version has: a guard's subject. */
export const lineCounts: Batch<number> = async (context, versionIds) => {
  const counted = { id: rateCardLines.rateCardVersionId, n: sql<string>`count(*)` };
  const rows = await context.db
    .select(counted)
    .from(rateCardLines)
    .where(inArray(rateCardLines.rateCardVersionId, [...versionIds]))
    .groupBy(rateCardLines.rateCardVersionId);
  return new Map(rows.map((row) => [row.id, Number(row.n)]));
};

export const rateCardList: List<typeof rateCards, RateCardFilter, RateCardOrderField> = {
  table: rateCards,
  read: 'rate:read',
  orders: { NAME: rateCards.name, CREATED_AT: rateCards.createdAt, UPDATED_AT: rateCards.updatedAt },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
  filter: (filter) => [
    changedSince(rateCards, filter.updatedSince),
    wordIn(rateCards.kind, filter.kinds),
    wordIn(rateCards.scope, filter.scopes),
    idIn(rateCards.legalEntityId, filter.legalEntityIds),
    idIn(rateCards.customerId, filter.customerIds),
    filter.nameContains ? ilike(rateCards.name, containing(filter.nameContains)) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'RateCard', id: rateCards.id }, filter.externalRefs),
  ],
};

export const rateCardVersionList: List<typeof rateCardVersions, RateCardVersionFilter, RateCardVersionOrderField> = {
  table: rateCardVersions,
  read: 'rate:read',
  orders: { EFFECTIVE_FROM: rateCardVersions.effectiveFrom, CREATED_AT: rateCardVersions.createdAt, UPDATED_AT: rateCardVersions.updatedAt },
  defaultOrder: { field: 'EFFECTIVE_FROM', direction: 'ASC' },
  filter: (filter) => [
    changedSince(rateCardVersions, filter.updatedSince),
    idIn(rateCardVersions.rateCardId, filter.rateCardIds),
    wordIn(rateCardVersions.status, filter.statuses),
    filter.effectiveOn
      ? and(
          ne(rateCardVersions.status, 'DRAFT'),
          sql`daterange(${rateCardVersions.effectiveFrom}, ${rateCardVersions.effectiveTo} + 1, '[)') @> ${filter.effectiveOn}::date`,
        )
      : undefined,
  ],
};

export const versionsOf = childList(rateCardVersionList, rateCardVersions.rateCardId);
