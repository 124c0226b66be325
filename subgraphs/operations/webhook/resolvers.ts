import type { CreateWebhookEndpointInput, Resolvers, RotateWebhookSecretInput } from '#generated/operations.ts';
import { page, pageOf } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { writeLogCursor } from '#kernel/logCursor.ts';
import { availableActions } from '#kernel/machine.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { makeKey } from '#kernel/webhookSignature.ts';
import { eventsById } from '../event/queries.ts';
import type { WebhookEndpointRow } from '../tables.ts';
import { createEndpoint, disableEndpoint, enableEndpoint, pingEndpoint, replayDeliveries, retireEndpoint, rotateSecret, updateEndpoint } from './commands.ts';
import { webhookEndpointMachine } from './machine.ts';
import { attemptsOfDelivery, deliveryList, demandReader, endpointList, faresOf, keysOf, readEndpoint, readWebhookDelivery } from './queries.ts';

const on = mutationsOf('webhookEndpoint', readEndpoint);
const onDelivery = mutationsOf('webhookDelivery', readWebhookDelivery);

type Keyed<Input> = { input: Input };

/** The key is made before the call is kept, and stands in its first answer alone: no record of the call, and no replay, holds it. */
async function create(_: unknown, args: Keyed<CreateWebhookEndpointInput>, context: Context) {
  const made = makeKey(args.input.signature ?? 'HMAC');
  const answer = await on.one('createWebhookEndpoint', (scope, input: CreateWebhookEndpointInput) => createEndpoint(scope, input, made))(_, args, context);
  return { ...answer, secret: shownOnce(answer, made.kind === 'HMAC' ? made.secret : null) };
}

async function rotate(_: unknown, args: Keyed<RotateWebhookSecretInput>, context: Context) {
  const made = makeKey(args.input.signature ?? 'HMAC');
  const answer = await on.one('rotateWebhookSecret', (scope, input: RotateWebhookSecretInput) => rotateSecret(scope, input, made))(_, args, context);
  return { ...answer, secret: shownOnce(answer, made.kind === 'HMAC' ? made.secret : null) };
}

/** Of ED25519 nobody needs more than the public half, which the endpoint shows. */
function shownOnce({ userErrors, replayed }: { userErrors: readonly unknown[]; replayed: boolean }, secret: string | null): string | null {
  return replayed || userErrors.length > 0 ? null : secret;
}

const fares = async ({ id }: WebhookEndpointRow, context: Context) => context.load(faresOf, id);

export const webhookResolvers = {
  Operations: {
    webhookEndpoints: (_, args, context) => {
      demandReader(context);
      return page(context, endpointList, args);
    },
    webhookEndpoint: async (_, { id }, context) => (await readEndpoint(context, id)) ?? null,
    webhookDeliveries: (_, args, context) => {
      demandReader(context);
      return page(context, deliveryList, args);
    },
    webhookDelivery: async (_, { id }, context) => (await readWebhookDelivery(context, id)) ?? null,
  },
  Mutation: {
    createWebhookEndpoint: create,
    rotateWebhookSecret: rotate,
    updateWebhookEndpoint: on.one('updateWebhookEndpoint', updateEndpoint),
    disableWebhookEndpoint: on.one('disableWebhookEndpoint', disableEndpoint),
    enableWebhookEndpoint: on.one('enableWebhookEndpoint', enableEndpoint),
    retireWebhookEndpoint: on.one('retireWebhookEndpoint', retireEndpoint),
    pingWebhookEndpoint: onDelivery.one('pingWebhookEndpoint', pingEndpoint),
    replayWebhookDeliveries: on.one('replayWebhookDeliveries', replayDeliveries),
  },
  WebhookEndpoint: {
    signingKeys: async ({ id }, _, context) => (await context.load(keysOf, id)) ?? [],
    firstFailedAt: async (row, _, context) => (await fares(row, context))?.firstFailedAt ?? null,
    lastSuccessAt: async (row, _, context) => (await fares(row, context))?.lastSuccessAt ?? null,
    lastAttemptAt: async (row, _, context) => (await fares(row, context))?.lastAttemptAt ?? null,
    resumesAt: async (row, _, context) => (await fares(row, context))?.resumesAt ?? null,
    disabledAt: ({ stoppedAt }) => stoppedAt,
    disabledReason: ({ stopReason }) => stopReason,
    missedAfter: ({ stoppedPosition }) => (stoppedPosition === null ? null : writeLogCursor(stoppedPosition)),
    availableActions: (row, _, { actor }) => availableActions(webhookEndpointMachine, row, actor),
  },
  WebhookDelivery: {
    endpoint: async ({ endpointId }, _, context) => (await readEndpoint(context, endpointId)) ?? null,
    event: async ({ factId }, _, context) => (factId ? ((await context.load(eventsById, factId)) ?? null) : null),
    cursor: ({ position }) => (position === null ? null : writeLogCursor(position)),
    attempts: ({ id }, args, context) => pageOf(context, attemptsOfDelivery, { parentId: id, args }),
    attemptCount: ({ attempts }) => attempts,
    nextAttemptAt: ({ dueAt }) => dueAt,
  },
} satisfies Resolvers;
