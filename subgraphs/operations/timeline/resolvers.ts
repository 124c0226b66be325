import type { Resolvers } from '#generated/operations.ts';
import { timelineOf } from './queries.ts';

export const timelineResolvers = {
  Invoice: { timeline: ({ id }, args, context) => timelineOf(context, id, args) },
} satisfies Resolvers;
