import type { Resolvers } from '#generated/finance.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { costCentersOf } from '../costCenter/queries.ts';
import { fiscalPeriodsOf } from '../fiscalPeriod/queries.ts';
import { taxProfilesOf } from '../taxProfile/queries.ts';
import { createLegalEntity, updateLegalEntity, upsertLegalEntities } from './commands.ts';
import { legalEntityList, legalEntityRefs, readLegalEntity } from './queries.ts';

const on = mutationsOf('legalEntity', readLegalEntity);

export const legalEntityResolvers = {
  Query: {
    legalEntity: async (_, { id }, context) => (await readLegalEntity(context, id)) ?? null,
    legalEntities: (_, args, context) => page(context, legalEntityList, args),
  },
  Mutation: {
    createLegalEntity: on.one('createLegalEntity', createLegalEntity),
    updateLegalEntity: on.one('updateLegalEntity', updateLegalEntity),
    upsertLegalEntities: on.bulk('upsertLegalEntities', upsertLegalEntities),
  },
  LegalEntity: {
    __resolveReference: async ({ id }, context) => (await readLegalEntity(context, id)) ?? null,
    fiscalPeriods: ({ id }, args, context) => pageOf(context, fiscalPeriodsOf, { parentId: id, args }),
    taxProfiles: ({ id }, args, context) => pageOf(context, taxProfilesOf, { parentId: id, args }),
    costCenters: ({ id }, args, context) => pageOf(context, costCentersOf, { parentId: id, args }),
    externalRefs: async ({ id }, _, context) => (await context.load(legalEntityRefs, id)) ?? [],
  },
} satisfies Resolvers;
