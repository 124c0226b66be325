import type { Resolvers } from '#generated/finance.ts';
import { readReadiness } from './queries.ts';

export const readinessResolvers = {
  Query: { readiness: (_, { asOf }, context) => readReadiness(context, asOf ?? undefined) },
} satisfies Resolvers;
