import type { Resolvers } from '#generated/engagements.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { availableActions } from '#kernel/machine.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { contractsOfEngagement } from '../contract/queries.ts';
import { readCustomer } from '../customer/queries.ts';
import { demandFound } from '../owned.ts';
import { projectsOfEngagement } from '../project/queries.ts';
import { createEngagement, engagementAction, reopenEngagement, subjectOf, updateEngagement, upsertEngagements } from './commands.ts';
import { engagementMachine } from './machine.ts';
import { engagementList, engagementRefs, openProjects, readEngagement } from './queries.ts';

const on = mutationsOf('engagement', readEngagement);

export const engagementResolvers = {
  Query: {
    engagement: async (_, { id }, context) => (await readEngagement(context, id)) ?? null,
    engagements: (_, args, context) => page(context, engagementList, args),
  },
  Mutation: {
    createEngagement: on.one('createEngagement', createEngagement),
    updateEngagement: on.one('updateEngagement', updateEngagement),
    upsertEngagements: on.bulk('upsertEngagements', upsertEngagements, { customer: 'Customer!' }),
    activateEngagement: on.one('activateEngagement', engagementAction('activate')),
    holdEngagement: on.one('holdEngagement', engagementAction('hold')),
    resumeEngagement: on.one('resumeEngagement', engagementAction('resume')),
    completeEngagement: on.one('completeEngagement', engagementAction('complete')),
    reopenEngagement: on.one('reopenEngagement', reopenEngagement),
    closeEngagement: on.one('closeEngagement', engagementAction('close')),
    cancelEngagement: on.one('cancelEngagement', engagementAction('cancel')),
  },
  Engagement: {
    __resolveReference: async ({ id }, context) => (await readEngagement(context, id)) ?? null,
    customer: async ({ customerId }, _, context) => demandFound(await readCustomer(context, customerId), 'Customer', customerId),
    contracts: ({ id }, args, context) => pageOf(context, contractsOfEngagement, { parentId: id, args }),
    projects: ({ id }, args, context) => pageOf(context, projectsOfEngagement, { parentId: id, args }),
    externalRefs: async ({ id }, _, context) => (await context.load(engagementRefs, id)) ?? [],
    availableActions: async (engagement, _, context) => {
      const subject = subjectOf(engagement, await context.load(openProjects, engagement.id));
      return availableActions(engagementMachine, subject, context.actor);
    },
  },
} satisfies Resolvers;
