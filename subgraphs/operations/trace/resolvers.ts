import type { Resolvers } from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { logBounds } from '#kernel/facts.ts';
import { writeLogCursor } from '#kernel/logCursor.ts';
import { demandWholeFirm, isOutside } from '#kernel/visibility.ts';
import { eventPage } from '../event/queries.ts';
import { businessTrace } from './queries.ts';

export const traceResolvers = {
  Query: {
    operations: (_, __, { actor }) => {
      if (isOutside(actor)) throw new Refused('FORBIDDEN', 'The operations desk is for staff and integrations.');
      return {};
    },
  },
  Operations: {
    id: () => 'operations',
    log: async (_, __, context) => {
      demand(context.actor, 'delivery:read');
      demandWholeFirm(context.actor, 'The extent of the log');
      const { head, tail } = await logBounds(context.db);
      return {
        newestPosition: String(head),
        oldestPosition: String(tail),
        newestCursor: writeLogCursor(head),
        oldestCursor: writeLogCursor(tail - 1n),
      };
    },
    events: (_, args, context) => eventPage(context, args),
    businessTrace: (_, args, context) => businessTrace(context, args),
  },
} satisfies Resolvers;
