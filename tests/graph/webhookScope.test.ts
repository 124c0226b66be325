import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractFields } from '#gateway/contracts.ts';
import type { Actor } from '#kernel/actor.ts';
import { type OpenDb, openDb } from '#kernel/db.ts';
import { writeLogCursor } from '#kernel/logCursor.ts';
import { scanEvents } from '#kernel/scan.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { eventRules } from '#operations/event/rules.ts';
import { type Canaries, canariesOf, firmCanaries, sung } from '../support/canaries.ts';
import { type Graph, graphAt } from '../support/graph.ts';
import { type Received, type Receiver, receiver } from '../support/receiver.ts';
import { type TwoClients, twoClients, words } from '../support/twoClients.ts';
import { handTurned } from '../support/webhooks.ts';

let world: TwoClients;
let open: OpenDb;
let turned: Awaited<ReturnType<typeof handTurned>>;
let graph: Graph;
let hidden: Canaries;
beforeAll(async () => {
  world = await twoClients();
  open = openDb({ url: world.databaseUrl, name: 'webhooks', max: 6, scope: 'command' });
  const sequence = async () => {
    while ((await sequenceOnce(open.db)) > 0);
  };
  turned = await handTurned({ db: open.db, clock: () => new Date(), sequence });
  await sequence();
  graph = graphAt({ url: world.url, token: world.issuer.token });
  hidden = [...(await canariesOf(world.sql, world.clients.b.id, words.b)), ...(await firmCanaries(world.sql))];
});
afterAll(async () => {
  await open.close();
  await world[Symbol.asyncDispose]();
});

const beginning = writeLogCursor(0n);

async function made(hook: Receiver, more: Record<string, unknown>): Promise<string> {
  const { webhookEndpoint, userErrors } = await graph.mutate('createWebhookEndpoint', { url: hook.url, ...more }, { select: 'webhookEndpoint { id }' });
  expect(userErrors).toEqual([]);
  return webhookEndpoint.id;
}

/** All that ever happened, as far as the endpoint may see it. */
async function replayed(hook: Receiver, id: string): Promise<readonly Received[]> {
  const { userErrors } = await graph.mutate('replayWebhookDeliveries', { id, after: beginning });
  expect(userErrors).toEqual([]);
  await turned.route();
  await turned.send();
  await graph.mutate('retireWebhookEndpoint', { id });
  return hook.calls;
}

/** What a subscriber is told of all that ever happened, by the code of subscriptions. */
async function seenBy(actor: Actor): Promise<string[]> {
  const found: string[] = [];
  for (let [after, head] = [0n, 1n]; after < head; ) {
    const scanned = await scanEvents(open.db, { actor, rules: eventRules, filter: {}, after, limit: 500 });
    found.push(...scanned.facts.map(({ id }) => id));
    [after, head] = [scanned.to, scanned.head];
  }
  return found.sort();
}

const idsOf = (calls: readonly Received[]) => calls.map(({ event }) => event.id).sort();
const actorFor = async (wish: Parameters<typeof world.issuer.token>[0]) => (await world.authenticate(await world.issuer.token(wish))).actor;

describe('an endpoint of a client', () => {
  test('is sent what a subscriber of that client is told, and nothing of another client or of the firm', async () => {
    await using hook = await receiver();
    const id = await made(hook, { contract: 'PORTAL', customerIds: [world.clients.a.id] });
    const calls = await replayed(hook, id);
    expect(calls.length).toBeGreaterThan(20);
    expect(idsOf(calls)).toEqual(await seenBy(await actorFor(world.portal('a'))));
    expect(calls.flatMap(({ body, headers }) => sung(`${body} ${JSON.stringify(headers)}`, hidden))).toEqual([]);
  });

  test('is sent the fields that the contract of clients shows, and no others', async () => {
    await using hook = await receiver();
    const calls = await replayed(hook, await made(hook, { contract: 'PORTAL', customerIds: [world.clients.a.id] }));
    const shown = contractFields(world.graph.planning().supergraphSchema, 'portal');
    const sent = new Set(calls.flatMap(({ event }) => Object.keys(event.data).map((name) => `${event.type.replace(/^accord\.\w+\./, '')}.${name}`)));
    expect(sent.size).toBeGreaterThan(50);
    expect([...sent].filter((name) => !shown.has(name))).toEqual([]);
    for (const { event } of calls) expect(event.data).toMatchObject({ actorId: event.data.actorKind, causationId: null });
  });

  test('is sent closed cursors: where in the firm’s log an event stands is nobody’s business', async () => {
    await using hook = await receiver();
    const calls = await replayed(hook, await made(hook, { contract: 'PORTAL', customerIds: [world.clients.a.id] }));
    for (const { event } of calls) {
      expect(event.data).not.toHaveProperty('position');
      expect(Buffer.from(String(event.data.cursor), 'base64url').toString('utf8')).not.toMatch(/^log:/);
    }
  });

  test('is sent nothing of another client that happens while it is there', async () => {
    await using a = await receiver();
    await using b = await receiver();
    const both = await Promise.all((['a', 'b'] as const).map((which) => made({ a, b }[which], { contract: 'PORTAL', customerIds: [world.clients[which].id] })));
    for (const which of ['a', 'b'] as const) await world.run.made('updateCustomer', { id: world.clients[which].id, billingAddress: `3 ${words[which]} Road` });
    await turned.route();
    await turned.send();
    const told = ({ calls }: Receiver) => calls.map(({ event }) => (event.data.customer as { id: string }).id);
    expect([told(a), told(b)]).toEqual([[world.clients.a.id], [world.clients.b.id]]);
    for (const id of both) await graph.mutate('retireWebhookEndpoint', { id });
  });

  test('is not sent what waits once it may not see it any more', async () => {
    await using hook = await receiver();
    const id = await made(hook, { contract: 'PORTAL', customerIds: [world.clients.a.id, world.clients.b.id] });
    await world.run.made('updateCustomer', { id: world.clients.b.id, billingAddress: `4 ${words.b} Road` });
    await turned.route();
    await graph.mutate('updateWebhookEndpoint', { id, customerIds: [world.clients.a.id] });
    await turned.send();
    expect(hook.calls).toEqual([]);
    const [delivery] = await world.sql`select status, attempts from log.webhook_delivery where endpoint_id = ${id}`;
    expect(delivery).toEqual({ status: 'CANCELLED', attempts: 0 });
    await graph.mutate('retireWebhookEndpoint', { id });
  });
});

describe('an endpoint of a partner', () => {
  test('is sent what a subscriber of that partner is told: what concerns its people', async () => {
    await using hook = await receiver();
    const employees = await world.sql`select distinct employee_id as id from resources.assignment where customer_id = ${world.clients.a.id} order by 1`;
    const employeeIds = employees.map(({ id }) => String(id)).slice(0, 1);
    const customerIds = [world.clients.a.id];
    const calls = await replayed(hook, await made(hook, { contract: 'PARTNER', customerIds, employeeIds }));
    expect(calls.length).toBeGreaterThan(0);
    expect(idsOf(calls)).toEqual(await seenBy(await actorFor({ role: 'partner', customerIds, employeeIds })));
    const shown = contractFields(world.graph.planning().supergraphSchema, 'partner');
    const sent = new Set(calls.flatMap(({ event }) => Object.keys(event.data).map((name) => `${event.type.replace(/^accord\.\w+\./, '')}.${name}`)));
    expect([...sent].filter((name) => !shown.has(name))).toEqual([]);
  });
});

describe('an endpoint of the firm', () => {
  test('that is confined to a client is sent events of that client alone, whatever its filter asks for', async () => {
    await using hook = await receiver();
    const customerIds = [world.clients.a.id];
    const filter = { customerIds: [world.clients.a.id, world.clients.b.id] };
    const calls = await replayed(hook, await made(hook, { customerIds, filter }));
    expect(calls.length).toBeGreaterThan(20);
    expect(idsOf(calls)).toEqual(await seenBy({ id: 'x', kind: 'INTEGRATION', permissions: ['*'], customerIds }));
    expect(calls.flatMap(({ body }) => sung(body, [words.b.toLowerCase(), world.clients.b.id]))).toEqual([]);
  });

  test('that is confined to a legal entity is sent what a subscriber of that entity is told', async () => {
    await using hook = await receiver();
    const [entity] = await world.sql`select keys -> 'legalEntityId' ->> 0 as id from log.fact where keys ? 'legalEntityId' limit 1`;
    const legalEntityIds = [String(entity?.id)];
    const calls = await replayed(hook, await made(hook, { legalEntityIds }));
    expect(idsOf(calls)).toEqual(await seenBy({ id: 'x', kind: 'INTEGRATION', permissions: ['*'], legalEntityIds }));
  });

  test('that is not confined is sent all that its maker may see', async () => {
    await using hook = await receiver();
    const calls = await replayed(hook, await made(hook, {}));
    const expected = await seenBy({ id: 'x', kind: 'INTEGRATION', permissions: ['*'] });
    // Its own end is told as well, after the replay was asked for.
    expect(idsOf(calls).length).toBeGreaterThan(200);
    expect(idsOf(calls).filter((id) => !expected.includes(id))).toEqual([]);
  });
});
