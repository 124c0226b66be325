import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { receiver, verified } from '../support/receiver.ts';
import { type WebhookWorld, webhookWorld } from '../support/webhooks.ts';

let world: WebhookWorld;
beforeAll(async () => {
  world = await webhookWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe('a webhook', () => {
  test('tells of what happens by a call that the public library verifies', async () => {
    await using hook = await receiver();
    const { id, secret } = await world.endpoint(hook.url);
    const customerId = await world.customer('Northwind');
    await world.route();
    await world.send();
    expect(hook.types()).toEqual(['WebhookEndpointChanged', 'CustomerCreated']);
    const call = hook.calls[1];
    expect(verified(secret, call as never)).toMatchObject({ type: 'accord.CustomerCreated', data: { name: 'Northwind', customer: { id: customerId } } });
    expect(await world.ledger(id)).toMatchObject([{ status: 'DELIVERED' }, { status: 'DELIVERED', attempts: { nodes: [{ number: 1, outcome: 'DELIVERED', httpStatus: 204 }] } }]);
  });
});
