import type { Resolvers } from '#generated/time.ts';
import { approvedNotPostedSummary, summaryOf, timeSummary, utilization } from './queries.ts';

export const summaryResolvers = {
  Query: {
    timeSummary: (_, args, context) => timeSummary(context, args),
    approvedNotPostedSummary: (_, { filter }, context) => approvedNotPostedSummary(context, filter),
  },
  Customer: { timeSummary: ({ id }, { filter }, context) => summaryOf(context, 'customer', { id, filter }) },
  Engagement: { timeSummary: ({ id }, { filter }, context) => summaryOf(context, 'engagement', { id, filter }) },
  Project: { timeSummary: ({ id }, { filter }, context) => summaryOf(context, 'project', { id, filter }) },
  Employee: { utilization: ({ id }, range, context) => utilization(context, id, range) },
} satisfies Resolvers;
