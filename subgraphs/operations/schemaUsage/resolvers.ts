import type { Resolvers } from '#generated/operations.ts';
import { page } from '#kernel/connection.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';
import { readRecordedSince, schemaUsageList } from './queries.ts';

export const schemaUsageResolvers = {
  Operations: {
    schemaUsage: (_, args, context) => {
      demandWholeFirm(context.actor, 'Who uses what');
      return page(context, schemaUsageList, args);
    },
    schemaUsageStartedAt: (_, __, context) => readRecordedSince(context),
  },
  SchemaUsage: {
    contract: ({ contract }) => contract || null,
    requests: ({ requests }) => String(requests),
    lastSeenAt: ({ updatedAt }) => updatedAt,
  },
} satisfies Resolvers;
