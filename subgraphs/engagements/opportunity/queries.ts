import type { OpportunityFilter, OpportunityOrderField } from '#generated/engagements.ts';
import type { List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { gte, ilike, lte } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { externalRefs, type OpportunityRow, opportunities } from '../tables.ts';

const opportunitiesById = visibleById(opportunities, 'opportunity:read');

/** An opportunity, if there is one that the actor may know of. */
export function readOpportunity(context: Context, id: string): Promise<OpportunityRow | undefined> {
  return context.load(opportunitiesById, id);
}

export const opportunityRefs = externalRefsOf(externalRefs, 'Opportunity');

export const opportunityList: List<typeof opportunities, OpportunityFilter, OpportunityOrderField> = {
  table: opportunities,
  read: 'opportunity:read',
  orders: {
    NAME: opportunities.name,
    EXPECTED_CLOSE: opportunities.expectedCloseOn,
    CREATED_AT: opportunities.createdAt,
    UPDATED_AT: opportunities.updatedAt,
  },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
  filter: (filter) => [
    changedSince(opportunities, filter.updatedSince),
    wordIn(opportunities.status, filter.statuses),
    wordIn(opportunities.onboarding, filter.onboardingStates),
    filter.nameContains ? ilike(opportunities.name, containing(filter.nameContains)) : undefined,
    filter.expectedCloseFrom ? gte(opportunities.expectedCloseOn, filter.expectedCloseFrom) : undefined,
    filter.expectedCloseTo ? lte(opportunities.expectedCloseOn, filter.expectedCloseTo) : undefined,
    idIn(opportunities.customerId, filter.customerIds),
    idIn(opportunities.managerId, filter.managerIds),
    externalRefFilter({ table: externalRefs, entityType: 'Opportunity', id: opportunities.id }, filter.externalRefs),
  ],
};
