import type { Resolvers } from '#generated/engagements.ts';
import { page } from '#kernel/connection.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { readContract, readContractLine } from '../contract/queries.ts';
import { readCustomer } from '../customer/queries.ts';
import { demandFound } from '../owned.ts';
import { readProject } from '../project/queries.ts';
import { acceptMilestone, cancelMilestone, createMilestone, reachMilestone, updateMilestone } from './commands.ts';
import { milestoneMachine } from './machine.ts';
import { milestoneList, milestoneRefs, readMilestone } from './queries.ts';

const on = mutationsOf('milestone', readMilestone);

export const milestoneResolvers = {
  Query: {
    milestone: async (_, { id }, context) => (await readMilestone(context, id)) ?? null,
    milestones: (_, args, context) => page(context, milestoneList, args),
  },
  Mutation: {
    createMilestone: on.one('createMilestone', createMilestone),
    updateMilestone: on.one('updateMilestone', updateMilestone),
    reachMilestone: on.one('reachMilestone', reachMilestone),
    acceptMilestone: on.one('acceptMilestone', acceptMilestone),
    cancelMilestone: on.one('cancelMilestone', cancelMilestone),
  },
  Milestone: {
    __resolveReference: async ({ id }, context) => (await readMilestone(context, id)) ?? null,
    project: async ({ projectId }, _, context) => demandFound(await readProject(context, projectId), 'Project', projectId),
    customer: async ({ customerId }, _, context) => demandFound(await readCustomer(context, customerId), 'Customer', customerId),
    contract: async ({ contractId }, _, context) => demandFound(await readContract(context, contractId), 'Contract', contractId),
    contractLine: async ({ contractLineId }, _, context) => (contractLineId ? ((await readContractLine(context, contractLineId)) ?? null) : null),
    amount: ({ amountMinor, currency }) => showMoney({ minor: amountMinor, currency }),
    externalRefs: async ({ id }, _, context) => (await context.load(milestoneRefs, id)) ?? [],
    availableActions: (milestone, _, { actor }) => availableActions(milestoneMachine, milestone, actor),
  },
} satisfies Resolvers;
