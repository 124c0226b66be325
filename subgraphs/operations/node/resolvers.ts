import type { Context } from '#kernel/context.ts';
import { type NodeReference, readNode, readNodes } from './queries.ts';

export const nodeResolvers: Record<string, Record<string, unknown>> = {
  Query: {
    node: (_: unknown, { id }: { id: string }, context: Context) => readNode(context, id),
    nodes: (_: unknown, { ids }: { ids: readonly string[] }, context: Context) => readNodes(context, ids),
  },
  Node: { __resolveType: ({ __typename }: NodeReference) => __typename },
};
