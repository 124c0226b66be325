import { createPublicKey, verify } from 'node:crypto';
import { CloudEvent, HTTP } from 'cloudevents';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../support/graph.ts';
import { type Received, receiver, verified } from '../support/receiver.ts';
import { type WebhookWorld, webhookWorld } from '../support/webhooks.ts';

let world: WebhookWorld;
beforeAll(async () => {
  world = await webhookWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const day = 86_400_000;
const made = { filter: { types: ['CustomerCreated'] } };
const last = ({ calls }: { calls: readonly Received[] }): Received => {
  const call = calls.at(-1);
  if (!call) throw new Error('nothing came');
  return call;
};

/** Something happens, and is sent. */
const tell = async (name?: string) => {
  const id = await world.customer(name);
  await world.route();
  await world.send();
  return id;
};

function signedBy(publicKey: string, { headers, body }: Received): boolean {
  const x = Buffer.from(publicKey.replace('whpk_', ''), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const signed = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
  const signatures = String(headers['webhook-signature']).split(' ');
  return signatures.some((each) => each.startsWith('v1a,') && verify(null, signed, key, Buffer.from(each.slice(4), 'base64')));
}

describe('a webhook', () => {
  test('tells of what happens by a call that the public library verifies', async () => {
    await using hook = await receiver();
    const { id, secret } = await world.endpoint(hook.url, made);
    const customerId = await tell('Northwind');
    expect(hook.types()).toEqual(['CustomerCreated']);
    expect(verified(secret, last(hook))).toMatchObject({
      type: 'accord.engagements.CustomerCreated',
      data: { name: 'Northwind', customer: { id: customerId } },
    });
    const attempts = { nodes: [{ number: 1, outcome: 'DELIVERED', httpStatus: 204, reason: null }] };
    expect(await world.ledger(id)).toMatchObject([{ kind: 'EVENT', status: 'DELIVERED', attemptCount: 1, attempts, event: { type: 'CustomerCreated' } }]);
    expect(await world.read(id)).toMatchObject({ firstFailedAt: null, lastSuccessAt: expect.any(String), resumesAt: null });
  });

  test('is a CloudEvent, as the public package reads it', async () => {
    await using hook = await receiver();
    await world.endpoint(hook.url, made);
    const customerId = await tell('Cloudy');
    const { headers, body, event } = last(hook);
    const read = [HTTP.toEvent<Record<string, unknown>>({ headers, body })].flat()[0];
    expect(read && new CloudEvent(read).validate()).toBe(true);
    expect(read).toMatchObject({
      id: event.id,
      source: '/accord/engagements',
      specversion: '1.0',
      subject: `Customer/${customerId}`,
      datacontenttype: 'application/json',
    });
    expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(headers['webhook-id']).toMatch(/^[\da-f-]{36}$/);
    expect(read?.data).toMatchObject({
      id: event.id,
      type: 'CustomerCreated',
      cursor: expect.any(String),
      subject: { type: 'Customer', entityId: customerId },
    });
    expect(JSON.stringify(read?.data)).not.toContain('__typename');
  });

  test('is told of nothing that happened before it was made, and of nothing that it did not ask for', async () => {
    await using hook = await receiver();
    await world.customer('Before');
    await world.route();
    await world.endpoint(hook.url, made);
    const id = await tell('After');
    await world.rename(id, 'Afterwards');
    await world.route();
    await world.send();
    expect(hook.calls.map(({ event }) => event.data.name)).toEqual(['After']);
  });

  test('may be about some customers or projects only', async () => {
    await using hook = await receiver();
    const [wanted, other] = [await world.customer(), await world.customer()];
    await world.endpoint(hook.url, { filter: { customerIds: [wanted.toUpperCase()], types: ['CustomerUpdated'] } });
    await world.rename(other, 'Other');
    await world.rename(wanted, 'Wanted');
    await world.route();
    await world.send();
    expect(hook.calls.map(({ event }) => event.data.name)).toEqual(['Wanted']);
  });

  test('may be signed by Ed25519, with the public half for all who read it', async () => {
    await using hook = await receiver();
    const { id, secret, signingKeys } = await world.endpoint(hook.url, { ...made, signature: 'ED25519' });
    await tell();
    expect(secret).toBeNull();
    expect(signedBy(signingKeys[0].publicKey, last(hook))).toBe(true);
    expect((await world.read(id)).signingKeys).toMatchObject([{ kind: 'ED25519', publicKey: expect.stringMatching(/^whpk_/), endsAt: null }]);
  });

  test('answers a ping that comes of nothing that happened, also while it is disabled', async () => {
    await using hook = await receiver();
    const { id, secret } = await world.endpoint(hook.url, { filter: { types: ['InvoicePaid'] } });
    await world.ok('disableWebhookEndpoint', { id }, 'webhookEndpoint { status }');
    const { webhookDelivery } = await world.ok('pingWebhookEndpoint', { id }, 'webhookDelivery { id kind status event { id } }');
    expect(webhookDelivery).toMatchObject({ kind: 'PING', status: 'PENDING', event: null });
    await world.send();
    expect(verified(secret, last(hook))).toMatchObject({ type: 'accord.operations.WebhookPing', data: { endpointId: id } });
    expect(last(hook).headers['webhook-id']).toBe(webhookDelivery.id);
    expect(await world.ledger(id)).toMatchObject([{ kind: 'PING', type: 'WebhookPing', status: 'DELIVERED' }]);
  });

  test('is pinged once: a ping that fails is not tried again', async () => {
    await using hook = await receiver(() => 500);
    const { id } = await world.endpoint(hook.url, { filter: { types: ['InvoicePaid'] } });
    await world.ok('pingWebhookEndpoint', { id }, 'webhookDelivery { id }');
    await world.send();
    expect(await world.ledger(id)).toMatchObject([{ status: 'FAILED', nextAttemptAt: null, attempts: { nodes: [{ outcome: 'REFUSED', httpStatus: 500 }] } }]);
    expect((await world.read(id)).firstFailedAt).toBeNull();
  });
});

describe('a key', () => {
  const rotate = (id: string, more: Record<string, unknown> = {}) =>
    world.ok('rotateWebhookSecret', { id, ...more }, 'secret webhookEndpoint { signingKeys { kind endsAt } }');

  test('is followed by another, and both sign until the former one ends', async () => {
    await using hook = await receiver();
    const { id, secret: former } = await world.endpoint(hook.url, made);
    const { secret, webhookEndpoint } = await rotate(id);
    expect(webhookEndpoint.signingKeys).toMatchObject([{ endsAt: null }, { endsAt: expect.any(String) }]);
    await tell();
    for (const each of [former, secret]) expect(verified(each, last(hook))).toMatchObject({ type: 'accord.engagements.CustomerCreated' });
    world.pass(day + 1_000);
    await tell();
    const call = last(hook);
    expect(String(call.headers['webhook-signature']).split(' ')).toHaveLength(1);
    world.time.now = new Date();
  });

  test('goes over from one kind to the other', async () => {
    await using hook = await receiver();
    const { id, secret } = await world.endpoint(hook.url, made);
    await rotate(id, { signature: 'ED25519' });
    await tell();
    const { signingKeys } = await world.read(id);
    expect(signingKeys.map(({ kind }: { kind: string }) => kind)).toEqual(['ED25519', 'HMAC']);
    expect(verified(secret, last(hook))).toMatchObject({ type: 'accord.engagements.CustomerCreated' });
    expect(signedBy(signingKeys[0].publicKey, last(hook))).toBe(true);
  });

  test('ends at once where others know it, and two sign at most', async () => {
    await using hook = await receiver();
    const { id, secret: first } = await world.endpoint(hook.url, made);
    const { secret: second } = await rotate(id);
    const { secret: third } = await rotate(id);
    await tell();
    expect(() => verified(first, last(hook))).toThrow();
    for (const each of [second, third]) expect(verified(each, last(hook))).toBeTruthy();
    const { secret: fourth } = await rotate(id, { formerEndsAt: new Date(Date.now() - 1_000).toISOString() });
    await tell();
    for (const each of [second, third]) expect(() => verified(each, last(hook))).toThrow();
    expect(verified(fourth, last(hook))).toBeTruthy();
    const refused = await world.graph.mutate('rotateWebhookSecret', { id, formerEndsAt: new Date(Date.now() + 31 * day).toISOString() });
    expect(refused.userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'formerEndsAt' }]);
  });

  test('is shown once, and stands in nothing that is kept of the call', async () => {
    const input = { url: 'https://receiver.example/hook', idempotencyKey: 'endpoint-1' };
    const select = 'secret webhookEndpoint { id }';
    const first = await world.graph.mutate('createWebhookEndpoint', input, { select });
    const again = await world.graph.mutate('createWebhookEndpoint', input, { select });
    expect(first).toMatchObject({ replayed: false, secret: expect.stringMatching(/^whsec_/) });
    expect(again).toMatchObject({ replayed: true, secret: null, webhookEndpoint: first.webhookEndpoint });
    const { secret } = await rotate(first.webhookEndpoint.id, { idempotencyKey: 'rotation-1' });
    await world.route();
    const tables = await world.sql`select table_schema || '.' || table_name as name from information_schema.tables
      where table_schema in ('log', 'operations') and table_type = 'BASE TABLE' and table_name <> 'webhook_secret'`;
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      for (const each of [first.secret, secret]) {
        const [found] = await world.sql.unsafe(`select count(*)::int as n from ${name} as row where row::text like $1`, [`%${each.slice(6, 40)}%`]);
        expect(found?.n, name).toBe(0);
      }
    }
  });

  test('is read by no role that serves readers', async () => {
    const [policies] =
      await world.sql`select count(*)::int as n, min(array_to_string(roles, ',')) as roles from pg_policies where tablename = 'webhook_secret'`;
    expect(policies).toEqual({ n: 1, roles: 'accord_command' });
    const [table] = await world.sql`select relrowsecurity, relforcerowsecurity from pg_class where relname = 'webhook_secret'`;
    expect(table).toEqual({ relrowsecurity: true, relforcerowsecurity: true });
  });
});

describe('an endpoint', () => {
  const refusal = async (name: string, input: Record<string, unknown>, wish?: Parameters<WebhookWorld['token']>[0]) => {
    const { userErrors } = await world.graph.mutate(name, input, wish ? { wish } : {});
    return userErrors[0];
  };

  test.each([
    ['ftp://receiver.example', 'url'],
    ['https://user:password@receiver.example', 'url'],
    ['nowhere', 'url'],
    [' ', 'url'],
  ])('is not made with the address %s', async (url, field) => {
    expect(await refusal('createWebhookEndpoint', { url })).toMatchObject({ code: 'VALIDATION_FAILED', field });
  });

  test.each([
    [{ contract: 'PORTAL' }, 'customerIds'],
    [{ contract: 'PARTNER', customerIds: ['0190b5a0-0000-7000-8000-000000000000'] }, 'employeeIds'],
    [{ employeeIds: ['0190b5a0-0000-7000-8000-000000000000'] }, 'employeeIds'],
    [{ customerIds: [] }, 'customerIds'],
    [{ legalEntityIds: ['nobody'] }, 'legalEntityIds'],
    [{ filter: { types: [] } }, 'types'],
    [{ filter: { customerIds: ['nobody'] } }, 'customerIds'],
  ])('is not made with %j', async (more, field) => {
    expect(await refusal('createWebhookEndpoint', { url: 'https://receiver.example', ...more })).toMatchObject({ code: 'VALIDATION_FAILED', field });
  });

  test('changes where it calls and what of; what is left out stays', async () => {
    await using first = await receiver();
    await using second = await receiver();
    const { id, version } = await world.endpoint(first.url, { ...made, description: 'Desk' });
    const select = 'webhookEndpoint { version url description filter { types } }';
    const { webhookEndpoint } = await world.ok('updateWebhookEndpoint', { id, expectedVersion: version, url: second.url }, select);
    expect(webhookEndpoint).toEqual({ version: 2, url: second.url, description: 'Desk', filter: { types: ['CustomerCreated'] } });
    await tell('Moved');
    expect([first.calls.length, last(second).event.data.name]).toEqual([0, 'Moved']);
    expect(await refusal('updateWebhookEndpoint', { id, expectedVersion: 1, url: first.url })).toMatchObject({ code: 'STALE_VERSION' });
    const cleared = await world.ok('updateWebhookEndpoint', { id, description: null, filter: null }, select);
    expect(cleared.webhookEndpoint).toMatchObject({ description: null, filter: { types: null } });
  });

  test('is no more once it is retired', async () => {
    await using hook = await receiver(() => 500);
    const { id } = await world.endpoint(hook.url, made);
    await tell();
    await world.ok('retireWebhookEndpoint', { id }, 'webhookEndpoint { status }');
    expect(await world.ledger(id)).toMatchObject([{ status: 'CANCELLED' }]);
    expect(await world.read(id)).toMatchObject({ status: 'RETIRED', signingKeys: [], availableActions: [] });
    world.pass(day);
    await tell();
    expect(hook.calls).toHaveLength(1);
    for (const name of ['pingWebhookEndpoint', 'rotateWebhookSecret', 'enableWebhookEndpoint', 'retireWebhookEndpoint'])
      expect(await refusal(name, { id }), name).toMatchObject({ code: 'INVALID_TRANSITION' });
    world.time.now = new Date();
  });

  test('is for who has the permission and sees the whole firm', async () => {
    const list = '{ operations { webhookEndpoints { nodes { id } } webhookDeliveries { nodes { id } } } }';
    const customerIds = [await world.customer()];
    for (const wish of [{ role: 'portal', customerIds }, { role: 'psa', customerIds }, { role: 'consultant' }] as const) {
      const { errors } = await world.graph.ask(list, {}, wish);
      expect(errors?.length, wish.role).toBeGreaterThan(0);
      const create = 'mutation { createWebhookEndpoint(input: { url: "https://receiver.example" }) { secret userErrors { code } } }';
      const { data, errors: refused = data?.createWebhookEndpoint.userErrors } = await world.graph.ask(create, {}, wish);
      expect(refused?.length, wish.role).toBeGreaterThan(0);
      expect(data?.createWebhookEndpoint?.secret ?? null, wish.role).toBeNull();
    }
    expect(await refusal('createWebhookEndpoint', { url: 'https://receiver.example' }, { role: 'analyst' })).toMatchObject({ code: 'FORBIDDEN' });
    expect((await world.graph.ask(list, {}, { role: 'analyst' })).errors).toBeUndefined();
  });

  test('sees no more than who makes it', async () => {
    await using hook = await receiver();
    const create = (more: Record<string, unknown>) =>
      world.graph.mutate('createWebhookEndpoint', { url: hook.url, ...more }, { wish: { role: 'psa' }, select: 'webhookEndpoint { permissions }' });
    expect((await create({ filter: { types: ['JournalPosted'] } })).userErrors).toMatchObject([{ code: 'FORBIDDEN', field: 'filter.types' }]);
    const { webhookEndpoint } = await create({});
    expect(webhookEndpoint.permissions).toContain('invoice:read');
    expect(webhookEndpoint.permissions).not.toContain('journal:read');
    const portal = { contract: 'PORTAL', customerIds: [await world.customer()] };
    expect((await create({ ...portal, filter: { types: ['AssignmentChanged'] } })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await create({ ...portal, filter: { types: ['InvoicePosted'] } })).userErrors).toEqual([]);
  });

  test('is found in pages', async () => {
    for (let n = 0; n < 3; n += 1) await world.endpoint('https://receiver.example/page');
    const query =
      'query ($after: Cursor) { operations { webhookEndpoints(first: 2, after: $after, filter: { statuses: [ACTIVE] }) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } }';
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: Json = (await world.graph.ok(query, { after })).operations.webhookEndpoints;
      seen.push(...page.nodes.map(({ id }: { id: string }) => id));
      [after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
      expect(page.totalCount).toBeGreaterThan(2);
    }
    expect(new Set(seen).size).toBe(seen.length);
  });
});
