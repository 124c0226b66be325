import type { Resolvers } from '#generated/finance.ts';
import { page } from '#kernel/connection.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { legalEntityOf } from '../legalEntity/queries.ts';
import { createCostCenter, updateCostCenter, upsertCostCenters } from './commands.ts';
import { costCenterList, costCenterRefs, readCostCenter } from './queries.ts';

const on = mutationsOf('costCenter', readCostCenter);

export const costCenterResolvers = {
  Query: {
    costCenter: async (_, { id }, context) => (await readCostCenter(context, id)) ?? null,
    costCenters: (_, args, context) => page(context, costCenterList, args),
  },
  Mutation: {
    createCostCenter: on.one('createCostCenter', createCostCenter),
    updateCostCenter: on.one('updateCostCenter', updateCostCenter),
    upsertCostCenters: on.bulk('upsertCostCenters', upsertCostCenters, { legalEntity: 'LegalEntity!' }),
  },
  CostCenter: {
    __resolveReference: async ({ id }, context) => (await readCostCenter(context, id)) ?? null,
    legalEntity: ({ legalEntityId }, _, context) => legalEntityOf(context, legalEntityId),
    externalRefs: async ({ id }, _, context) => (await context.load(costCenterRefs, id)) ?? [],
  },
} satisfies Resolvers;
