import type { Resolvers } from '#generated/operations.ts';
import { readNode } from '../node/queries.ts';
import { changePage } from './queries.ts';

export const changeResolvers = {
  Query: {
    changes: (_, args, context) => changePage(context, args),
  },
  EntityChange: {
    entityId: ({ id }) => id,
    changedAt: ({ at }) => at,
    node: ({ id, deleted }, _, context) => (deleted ? null : readNode(context, id)),
  },
} satisfies Resolvers;
