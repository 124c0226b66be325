import { gte, inArray, lte, sql } from 'drizzle-orm';
import type { RevenueEventFilter, RevenueEventOrderField } from '#generated/finance.ts';
import { type Actor, customerScope, demand, seesCustomer } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { isId } from '#kernel/ids.ts';
import { rowsById } from '#kernel/rows.ts';
import { type RevenueEventRow, revenueEvents } from '../tables.ts';

/** No client sees when the firm earns what. */
const sees = (actor: Actor, event: RevenueEventRow) => actor.kind !== 'CLIENT_PORTAL' && seesCustomer(actor, event.customerId);

async function eventsById(context: Context, ids: readonly string[]): Promise<Map<string, RevenueEventRow>> {
  demand(context.actor, 'revenue:read');
  const rows = await rowsById(context.db, revenueEvents, ids);
  for (const [id, row] of rows) if (!sees(context.actor, row)) rows.delete(id);
  return rows;
}

/** A revenue event, if there is one that the actor may know of. */
export function readRevenueEvent(context: Context, id: string): Promise<RevenueEventRow | undefined> {
  return context.load(eventsById, id);
}

export const revenueEventList: List<typeof revenueEvents, RevenueEventFilter, RevenueEventOrderField> = {
  table: revenueEvents,
  read: 'revenue:read',
  orders: { RECOGNITION_DATE: revenueEvents.recognitionDate, AMOUNT: revenueEvents.amountMinor, CREATED_AT: revenueEvents.createdAt },
  defaultOrder: { field: 'RECOGNITION_DATE', direction: 'ASC' },
  filter: (filter) => [
    filter.status ? inArray(revenueEvents.status, [...filter.status]) : undefined,
    filter.method ? inArray(revenueEvents.method, [...filter.method]) : undefined,
    filter.customerIds ? inArray(revenueEvents.customerId, filter.customerIds.filter(isId)) : undefined,
    filter.contractIds ? inArray(revenueEvents.contractId, filter.contractIds.filter(isId)) : undefined,
    filter.projectIds ? inArray(revenueEvents.projectId, filter.projectIds.filter(isId)) : undefined,
    filter.engagementIds ? inArray(revenueEvents.engagementId, filter.engagementIds.filter(isId)) : undefined,
    filter.legalEntityIds ? inArray(revenueEvents.legalEntityId, filter.legalEntityIds.filter(isId)) : undefined,
    filter.recognitionDateFrom ? gte(revenueEvents.recognitionDate, filter.recognitionDateFrom) : undefined,
    filter.recognitionDateTo ? lte(revenueEvents.recognitionDate, filter.recognitionDateTo) : undefined,
  ],
  scope: (actor) => {
    if (actor.kind === 'CLIENT_PORTAL') return sql`false`;
    const ids = customerScope(actor);
    return ids ? inArray(revenueEvents.customerId, [...ids]) : undefined;
  },
};

export const revenueEventsOfContract = childList(revenueEventList, revenueEvents.contractId);
