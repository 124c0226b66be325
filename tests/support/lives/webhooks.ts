import { makeKey } from '#kernel/webhookSignature.ts';
import { createEndpoint } from '#operations/webhook/commands.ts';
import { webhookEndpointMachine } from '#operations/webhook/machine.ts';
import { type Life, life } from './life.ts';
import type { GridWorld } from './world.ts';

const itself = (_: GridWorld, id: string) => ({ id });

/** An endpoint that is told of nothing: what it calls is nobody's. */
export const webhookLife: Life = life(webhookEndpointMachine, {
  table: 'operations.webhook_endpoint',
  begin: async ({ command }) => (await command((scope) => createEndpoint(scope, { url: 'https://receiver.example/accord' }, makeKey('HMAC')))).id,
  path: { ACTIVE: [], DISABLED: ['disable'], RETIRED: ['retire'] },
  inputs: { disable: itself, enable: itself, retire: itself },
});
