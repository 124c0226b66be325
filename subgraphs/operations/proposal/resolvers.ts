import type { Resolvers } from '#generated/operations.ts';
import { page } from '#kernel/connection.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { acceptProposal, rejectProposal } from './commands.ts';
import { proposalList, readProposal } from './queries.ts';

const on = mutationsOf('proposal', readProposal);

/** A value as JSON text; null where there is none. */
const jsonOf = (value: unknown): string | null => (value === null || value === undefined ? null : JSON.stringify(value));

export const proposalResolvers = {
  Operations: {
    proposals: (_, args, context) => page(context, proposalList, args),
    proposal: async (_, { id }, context) => (await readProposal(context, id)) ?? null,
  },
  Mutation: {
    acceptProposal: on.one('acceptProposal', acceptProposal),
    rejectProposal: on.one('rejectProposal', rejectProposal),
  },
  OwnershipProposal: {
    changes: ({ changes }) => changes.map(({ field, before, after }) => ({ field, before: jsonOf(before), after: jsonOf(after) })),
    supersededBy: async ({ supersededBy }, _, context) => (supersededBy ? ((await readProposal(context, supersededBy)) ?? null) : null),
  },
} satisfies Resolvers;
