import type { RevenueEventFilter, RevenueEventOrderField } from '#generated/finance.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { gte, lte } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { type RevenueEventRow, revenueEvents } from '../tables.ts';

const eventsById = visibleById(revenueEvents, 'revenue:read');

/** A revenue event, if there is one that the actor may know of. */
export function readRevenueEvent(context: Context, id: string): Promise<RevenueEventRow | undefined> {
  return context.load(eventsById, id);
}

export const revenueEventList: List<typeof revenueEvents, RevenueEventFilter, RevenueEventOrderField> = {
  table: revenueEvents,
  read: 'revenue:read',
  orders: {
    RECOGNITION_DATE: revenueEvents.recognitionDate,
    AMOUNT: revenueEvents.amountMinor,
    CREATED_AT: revenueEvents.createdAt,
    UPDATED_AT: revenueEvents.updatedAt,
  },
  defaultOrder: { field: 'RECOGNITION_DATE', direction: 'ASC' },
  filter: (filter) => [
    changedSince(revenueEvents, filter.updatedSince),
    wordIn(revenueEvents.status, filter.statuses),
    wordIn(revenueEvents.method, filter.methods),
    idIn(revenueEvents.customerId, filter.customerIds),
    idIn(revenueEvents.contractId, filter.contractIds),
    idIn(revenueEvents.projectId, filter.projectIds),
    idIn(revenueEvents.engagementId, filter.engagementIds),
    idIn(revenueEvents.legalEntityId, filter.legalEntityIds),
    filter.recognitionDateFrom ? gte(revenueEvents.recognitionDate, filter.recognitionDateFrom) : undefined,
    filter.recognitionDateTo ? lte(revenueEvents.recognitionDate, filter.recognitionDateTo) : undefined,
  ],
};

export const revenueEventsOfContract = childList(revenueEventList, revenueEvents.contractId);
