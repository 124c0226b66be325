import type { Resolvers } from '#generated/operations.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { eventsById } from '../event/queries.ts';
import { retryDelivery, skipDelivery } from './commands.ts';
import { deliveryPage, readConsumers, readDelivery } from './queries.ts';

const on = mutationsOf('delivery', readDelivery);

export const deliveryResolvers = {
  Operations: {
    consumers: (_, __, context) => readConsumers(context),
    deliveries: (_, args, context) => deliveryPage(context, args),
    delivery: async (_, { id }, context) => (await readDelivery(context, id)) ?? null,
  },
  Mutation: {
    retryDelivery: on.one('retryDelivery', retryDelivery),
    skipDelivery: on.one('skipDelivery', skipDelivery),
  },
  Delivery: { event: async ({ factId }, _, context) => (await context.load(eventsById, factId)) ?? null },
} satisfies Resolvers;
