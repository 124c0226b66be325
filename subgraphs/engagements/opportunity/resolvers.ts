import type { Resolvers } from '#generated/engagements.ts';
import { may } from '#kernel/actor.ts';
import { page } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMinor } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { isOutside } from '#kernel/visibility.ts';
import { pointersOfRates } from '../contract/pointers.ts';
import { readContract } from '../contract/queries.ts';
import { readCustomer } from '../customer/queries.ts';
import { readEngagement } from '../engagement/queries.ts';
import { demandFound, stub } from '../owned.ts';
import { readProject } from '../project/queries.ts';
import { provisioningsOfProject } from '../provisioning/queries.ts';
import type { OpportunityRow } from '../tables.ts';
import { createOpportunity, loseOpportunity, reopenOpportunity, updateOpportunity, upsertOpportunities, winOpportunity } from './commands.ts';
import { relatedKey, relatedOf, subjectOf } from './load.ts';
import { opportunityMachine } from './machine.ts';
import { opportunityList, opportunityRefs, readOpportunity } from './queries.ts';

const on = mutationsOf('opportunity', readOpportunity);

/** Of a project: null for whoever may know the project and not where it came from. */
async function originOf(id: string | null, context: Context): Promise<OpportunityRow | null> {
  if (!id || isOutside(context.actor) || !may(context.actor, 'opportunity:read')) return null;
  return (await readOpportunity(context, id)) ?? null;
}

export const opportunityResolvers = {
  Query: {
    opportunity: async (_, { id }, context) => (await readOpportunity(context, id)) ?? null,
    opportunities: (_, args, context) => page(context, opportunityList, args),
  },
  Mutation: {
    createOpportunity: on.one('createOpportunity', createOpportunity, pointersOfRates),
    updateOpportunity: on.one('updateOpportunity', updateOpportunity, pointersOfRates),
    upsertOpportunities: on.bulk('upsertOpportunities', upsertOpportunities, {
      customer: 'Customer!',
      legalEntity: 'LegalEntity',
      manager: 'Employee',
      rateCard: 'RateCard',
      ...pointersOfRates,
    }),
    winOpportunity: on.one('winOpportunity', winOpportunity),
    loseOpportunity: on.one('loseOpportunity', loseOpportunity),
    reopenOpportunity: on.one('reopenOpportunity', reopenOpportunity),
  },
  Opportunity: {
    __resolveReference: async ({ id }, context) => (await readOpportunity(context, id)) ?? null,
    customer: async ({ customerId }, _, context) => demandFound(await readCustomer(context, customerId), 'Customer', customerId),
    value: ({ valueMinor, currency }) => showMinor(valueMinor, currency),
    legalEntity: ({ legalEntityId }) => stub(legalEntityId),
    manager: ({ managerId }) => stub(managerId),
    rateCard: ({ rateCardId }) => stub(rateCardId),
    engagement: async ({ engagementId }, _, context) => (engagementId ? ((await readEngagement(context, engagementId)) ?? null) : null),
    contract: async ({ contractId }, _, context) => (contractId ? ((await readContract(context, contractId)) ?? null) : null),
    project: async ({ projectId }, _, context) => (projectId ? ((await readProject(context, projectId)) ?? null) : null),
    externalRefs: async ({ id }, _, context) => (await context.load(opportunityRefs, id)) ?? [],
    availableActions: async (opportunity, _, context) => {
      const related = await context.load(relatedOf, relatedKey(opportunity));
      return related ? availableActions(opportunityMachine, subjectOf(opportunity, related), context.actor) : [];
    },
  },
  OpportunityRate: {
    employee: ({ employeeId }) => stub(employeeId),
    laborCategory: ({ laborCategoryId }) => stub(laborCategoryId),
  },
  Project: {
    opportunity: ({ opportunityId }, _, context) => originOf(opportunityId, context),
    provisionings: async ({ id }, _, context) => (isOutside(context.actor) ? [] : ((await context.load(provisioningsOfProject, id)) ?? [])),
  },
} satisfies Resolvers;
