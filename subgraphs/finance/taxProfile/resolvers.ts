import type { Resolvers } from '#generated/finance.ts';
import { page } from '#kernel/connection.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { legalEntityOf } from '../legalEntity/queries.ts';
import { createTaxProfile, updateTaxProfile, upsertTaxProfiles } from './commands.ts';
import { readTaxProfile, taxProfileList, taxProfileRefs } from './queries.ts';
import { taxRateOn } from './rates.ts';

const on = mutationsOf('taxProfile', readTaxProfile);

export const taxProfileResolvers = {
  Query: {
    taxProfile: async (_, { id }, context) => (await readTaxProfile(context, id)) ?? null,
    taxProfiles: (_, args, context) => page(context, taxProfileList, args),
  },
  Mutation: {
    createTaxProfile: on.one('createTaxProfile', createTaxProfile),
    updateTaxProfile: on.one('updateTaxProfile', updateTaxProfile),
    upsertTaxProfiles: on.bulk('upsertTaxProfiles', upsertTaxProfiles, { legalEntity: 'LegalEntity!' }),
  },
  TaxProfile: {
    __resolveReference: async ({ id }, context) => (await readTaxProfile(context, id)) ?? null,
    legalEntity: ({ legalEntityId }, _, context) => legalEntityOf(context, legalEntityId),
    rateOn: (profile, { date }) => {
      const rate = taxRateOn(profile, date);
      return rate === undefined ? null : Number(rate);
    },
    externalRefs: async ({ id }, _, context) => (await context.load(taxProfileRefs, id)) ?? [],
  },
} satisfies Resolvers;
