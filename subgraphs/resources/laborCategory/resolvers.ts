import type { Resolvers } from '#generated/resources.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { createLaborCategory, updateLaborCategory, upsertLaborCategories } from './commands.ts';
import { holdersList, laborCategoryList, laborCategoryRefs, readLaborCategory } from './queries.ts';

const on = mutationsOf('laborCategory', readLaborCategory);

export const laborCategoryResolvers = {
  Query: {
    laborCategory: async (_, { id }, context) => (await readLaborCategory(context, id)) ?? null,
    laborCategories: (_, args, context) => page(context, laborCategoryList, args),
  },
  Mutation: {
    createLaborCategory: on.one('createLaborCategory', createLaborCategory),
    updateLaborCategory: on.one('updateLaborCategory', updateLaborCategory),
    upsertLaborCategories: on.bulk('upsertLaborCategories', upsertLaborCategories),
  },
  LaborCategory: {
    __resolveReference: async ({ id }, context) => (await readLaborCategory(context, id)) ?? null,
    employees: ({ id }, args, context) => pageOf(context, holdersList, { parentId: id, args }),
    externalRefs: async ({ id }, _, context) => (await context.load(laborCategoryRefs, id)) ?? [],
  },
} satisfies Resolvers;
