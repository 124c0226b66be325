import { once } from 'node:events';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { newId } from '#kernel/ids.ts';
import { readLogCursor, writeLogCursor } from '#kernel/logCursor.ts';
import { type EventWorld, eventSupergraph, eventWorld, subscribe } from '../support/eventWorld.ts';
import { rawSocket as openSocket } from '../support/rawSocket.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld({
    settings: { backlog: { events: 50, stall: 0, most: 100_000 }, heartbeat: 100, operationsPerConnection: 3 },
    origins: ['https://portal.example'],
  });
});
afterAll(() => world[Symbol.asyncDispose]());

const updated = 'subscription ($customerId: [ID!], $after: Cursor) { customerUpdated(customerIds: $customerId, after: $after) { name cursor } }';

const rawSocket = ({ to = world, ...wish }: { to?: EventWorld; headers?: Record<string, string>; protocol?: string } = {}) => openSocket(to, wish);

describe('a connection', () => {
  test('is closed with the code that says why', async () => {
    await using hasty = await eventWorld({ settings: { initWait: 100 } });
    const silent = await rawSocket({ to: hasty });
    expect((await silent.closed).code).toBe(CloseCode.ConnectionInitialisationTimeout);
    const eager = await rawSocket();
    eager.send({ type: 'subscribe', id: '1', payload: { query: updated } });
    expect((await eager.closed).code).toBe(CloseCode.Unauthorized);
    const noisy = await rawSocket();
    noisy.socket.send('not json');
    expect((await noisy.closed).code).toBe(CloseCode.BadRequest);
    const missing = 'A bearer token is needed.';
    const forged = 'The token is no JSON Web Token.';
    for (const [payload, reason] of [
      [undefined, missing],
      [{}, missing],
      [{ token: 'forged' }, forged],
      [{ Authorization: 'Bearer forged' }, forged],
    ] as const) {
      const stranger = await rawSocket();
      stranger.send({ type: 'connection_init', payload });
      expect(await stranger.closed).toEqual({ code: CloseCode.Forbidden, reason });
    }
  });

  test('takes the token from the header as well, and from connection_init in either form', async () => {
    const token = await world.tokenFor();
    for (const [headers, payload] of [
      [{ authorization: `Bearer ${token}` }, undefined],
      [{}, { token }],
      [{}, { Authorization: `Bearer ${token}` }],
    ] as const) {
      const client = await rawSocket({ headers });
      client.send({ type: 'connection_init', payload });
      expect((await client.until((message) => message.type === 'connection_ack')).payload.expiresAt).toMatch(/^\d{4}-/);
      client.socket.close();
    }
  });

  test('is refused from a foreign web page, elsewhere than at the door, and in another protocol', async () => {
    await expect(rawSocket({ headers: { origin: 'https://evil.example' } })).rejects.toThrow('403');
    (await rawSocket({ headers: { origin: 'https://portal.example' } })).socket.close();
    const elsewhere = new WebSocket(world.url.replace('http', 'ws').replace('/graphql', '/other'), GRAPHQL_TRANSPORT_WS_PROTOCOL);
    expect(String((await once(elsewhere, 'error'))[0])).toContain('404');
    await expect(rawSocket({ protocol: 'graphql-ws' })).rejects.toThrow();
  });

  test('may use an id again as soon as it has completed it: each operation gives its own answers, and can be ended', async () => {
    const client = await rawSocket();
    await client.init();
    const [first, second] = [newId(), newId()];
    client.send({ type: 'subscribe', id: 'a', payload: { query: updated, variables: { customerId: first } } });
    client.send({ type: 'complete', id: 'a' });
    client.send({ type: 'subscribe', id: 'a', payload: { query: updated, variables: { customerId: second } } });
    await client.until((message) => message.type === 'ping' && message.payload?.cursors?.a);
    await world.state(first, 'of the first');
    await world.state(second, 'of the second');
    expect((await client.until((message) => message.id === 'a')).payload.data.customerUpdated.name).toBe('of the second');
    client.send({ type: 'complete', id: 'a' });
    client.send({ type: 'subscribe', id: 'a', payload: { query: '{ __typename }' } });
    client.send({ type: 'complete', id: 'a' });
    client.send({ type: 'subscribe', id: 'a', payload: { query: '{ operations { log { newestPosition } } }' } });
    const answer = await client.until((message) => message.type === 'next' && !message.payload.data.customerUpdated);
    expect(answer.payload.data.operations.log.newestPosition).toMatch(/^\d+$/);
    await client.until((message) => message.type === 'complete');
    expect(client.messages.filter((message) => message.id === 'a').map((message) => message.type)).toEqual(['next', 'next', 'complete']);
    client.socket.close();
  });

  test('may not use an id twice at once', async () => {
    const client = await rawSocket();
    await client.init();
    const id = 'é'.repeat(200);
    for (const _ of [1, 2]) client.send({ type: 'subscribe', id, payload: { query: updated } });
    expect((await client.closed).code).toBe(CloseCode.SubscriberAlreadyExists);
  });

  test.each(['connection_ack', 'next', 'error'])('that sends %s, as a server does, is closed, before and after it has said who it is', async (type) => {
    for (const known of [false, true]) {
      const client = await rawSocket();
      if (known) await client.init();
      client.send({ type, id: 'a', payload: {} });
      expect((await client.closed).code).toBe(CloseCode.BadRequest);
    }
  });

  test('is told by an error message what was not executed, whatever it asked for', async () => {
    const client = await rawSocket();
    await client.init();
    for (const [id, query] of Object.entries({
      a: '{ nope }',
      b: 'mutation { nope }',
      c: 'subscription { nope }',
      d: '{',
      e: `{ ${'x: __typename '.repeat(150)} }`,
    })) {
      client.send({ type: 'subscribe', id, payload: { query } });
      expect(await client.until((message) => message.id === id)).toMatchObject({ type: 'error', payload: [{ extensions: { code: expect.any(String) } }] });
    }
    client.socket.close();
  });

  test('may spread fragments at the root of a subscription and repeat its field, and may leave it to no variable', async () => {
    const client = await rawSocket();
    await client.init();
    const { id } = await world.customer('Spread');
    const query = `subscription S($id: [ID!]) { ...F ... on Subscription { customerUpdated(customerIds: $id) { customer { id: name } } } }
      fragment F on Subscription { customerUpdated(customerIds: $id) { name } }`;
    client.send({ type: 'subscribe', id: 'a', payload: { query, variables: { id } } });
    await client.until((message) => message.type === 'ping' && message.payload?.cursors?.a);
    await world.state(id, 'changed');
    expect((await client.until((message) => message.id === 'a')).payload.data).toEqual({ customerUpdated: { name: 'changed', customer: { id: 'Spread' } } });
    const refused = {
      b: 'subscription ($s: Boolean!) { customerUpdated @skip(if: $s) { name } }',
      c: 'subscription { a: customerUpdated { name } b: customerUpdated { name } }',
    };
    for (const [name, text] of Object.entries(refused)) {
      client.send({ type: 'subscribe', id: name, payload: { query: text, variables: { s: false } } });
      expect(await client.until((message) => message.id === name)).toMatchObject({
        type: 'error',
        payload: [{ extensions: { code: 'VALIDATION_FAILED', retryable: false } }],
      });
    }
    client.socket.close();
  });

  test('holds so many operations and no more', async () => {
    const client = await rawSocket();
    await client.init();
    for (const id of ['1', '2', '3', '4']) client.send({ type: 'subscribe', id, payload: { query: updated } });
    const refused = await client.until((message) => message.type === 'error');
    expect(refused).toMatchObject({ id: '4', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    client.send({ type: 'complete', id: '1' });
    client.send({ type: 'subscribe', id: '5', payload: { query: '{ __typename }' } });
    expect(await client.until((message) => message.id === '5')).toMatchObject({ type: 'next', payload: { data: { __typename: 'Query' } } });
    client.socket.close();
  });

  test('learns where its subscriptions stand: at once, and with every beat', async () => {
    const client = await rawSocket();
    await client.init();
    client.send({ type: 'subscribe', id: 'a', payload: { query: updated, variables: { customerId: newId() } } });
    const ping = await client.until((message) => message.type === 'ping' && message.payload?.cursors?.a);
    const start = readLogCursor(ping.payload.cursors.a);
    await world.state(newId(), 'of somebody else');
    const later = await client.until((message) => message.type === 'ping' && readLogCursor(message.payload.cursors.a) > start);
    expect(readLogCursor(later.payload.cursors.a)).toBe(start + 1n);
    expect(client.messages.filter((message) => message.type === 'next')).toEqual([]);
    client.socket.close();
  });
});

describe('a principal', () => {
  test('holds so many connections and no more, and gets a place back with each that it closes', async () => {
    await using small = await eventWorld({ settings: { connectionsPerPrincipal: 1 } });
    const wish = { role: 'admin', subject: 'hoarder' };
    const first = await rawSocket({ to: small });
    await first.init(wish);
    const second = await rawSocket({ to: small });
    second.send({ type: 'connection_init', payload: { token: await small.tokenFor(wish) } });
    expect((await second.closed).code).toBe(4291);
    await (await rawSocket({ to: small })).init({ role: 'admin', subject: 'other' });
    first.socket.close();
    while (small.subscriptions.count().sockets > 1) await small.sql`select 1`;
    await (await rawSocket({ to: small })).init(wish);
  });
});

describe('a token', () => {
  test('that expires closes the connection with 4403', async () => {
    await using later = await eventWorld({ ahead: 60_000 });
    const client = await rawSocket({ to: later });
    client.send({ type: 'connection_init', payload: { token: await later.tokenFor({ role: 'admin', lifetime: 60 }) } });
    expect(await client.closed).toEqual({ code: CloseCode.Forbidden, reason: 'Token expired' });
  });

  test('is renewed on the open connection, and the subscription goes on', async () => {
    const client = await rawSocket();
    const first = await client.init({ role: 'admin', lifetime: 60 });
    const customerId = newId();
    client.send({ type: 'subscribe', id: 'a', payload: { query: updated, variables: { customerId } } });
    client.send({ type: 'ping', payload: { token: await world.tokenFor() } });
    const pong = await client.until((message) => message.type === 'pong' && message.payload?.expiresAt);
    expect(Date.parse(pong.payload.expiresAt) - Date.parse(first.payload.expiresAt)).toBeGreaterThan(3_600_000);
    await world.state(customerId, 'still here');
    expect((await client.until((message) => message.type === 'next')).payload.data.customerUpdated.name).toBe('still here');
    client.socket.close();
  });

  test('with fewer rights takes the subscriptions away that it may not have', async () => {
    const client = await rawSocket();
    await client.init({ role: 'finance', subject: 'kim' });
    const query = 'subscription { businessEvents(types: [JournalPosted, CustomerUpdated]) { type } }';
    client.send({ type: 'subscribe', id: 'a', payload: { query } });
    client.send({ type: 'ping', payload: { token: await world.tokenFor({ role: 'consultant', subject: 'kim' }) } });
    await client.until((message) => message.type === 'pong');
    await world.state(newId(), 'after the change');
    expect(await client.until((message) => message.type === 'error')).toMatchObject({ id: 'a', payload: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect(client.messages.some((message) => message.type === 'next')).toBe(false);
  });

  test('of somebody else, or a forged one, ends the connection', async () => {
    for (const token of [await world.tokenFor({ role: 'admin', subject: 'other' }), 'forged']) {
      const client = await rawSocket();
      await client.init();
      client.send({ type: 'ping', payload: { token } });
      expect((await client.closed).code).toBe(CloseCode.Forbidden);
    }
  });
});

describe('a slow client', () => {
  test('is sent away with its last cursor, resumes there, and has missed nothing', async () => {
    const customerId = newId();
    const query = 'subscription ($customerId: [ID!], $after: Cursor) { customerUpdated(customerIds: $customerId, after: $after) { name } }';
    await using slow = await eventWorld({ settings: { backlog: { events: 50, stall: 0, most: 100_000 } } });
    const client = await rawSocket({ to: slow });
    await client.init();
    client.send({ type: 'subscribe', id: 'a', payload: { query, variables: { customerId } } });
    await client.until((message) => message.type === 'ping');
    client.socket.pause();
    const filler = 'x'.repeat(40_000);
    for (let round = 0; round < 12; round += 1) await slow.state(customerId, ...Array.from({ length: 40 }, (_, n) => `${round}.${n} ${filler}`));
    while (slow.subscriptions.count().groups > 0) await slow.sql`select 1`;
    client.socket.resume();
    const { code, reason } = await client.closed;
    expect(code).toBe(4290);
    const seen = client.messages.filter((message) => message.type === 'next');
    const cursor = reason.replace('Too slow; resume after ', '');
    expect(cursor).toBe(seen.at(-1).payload.extensions.cursor);
    const rest = await subscribe(slow.client(), query, { customerId, after: cursor }).take(480 - seen.length);
    const names = [...seen.map((message) => message.payload), ...rest].map((event) => event.data.customerUpdated.name.split(' ')[0]);
    expect(names).toEqual(Array.from({ length: 480 }, (_, n) => `${Math.floor(n / 40)}.${n % 40}`));
  });

  test('that reads the past may be as slow as it likes', async () => {
    const customerId = newId();
    const before = (await world.sql`select position from log.head`)[0]?.position;
    const endId = newId();
    const last = subscribe(world.client(), updated, { customerId: endId });
    await last.opened;
    for (let round = 0; round < 5; round += 1) await world.state(customerId, ...Array.from({ length: 100 }, (_, n) => `${round}.${n}`));
    await world.state(endId, 'all of it is past');
    await last.next();
    await last.end();
    const events = subscribe(world.client(), updated, { customerId, after: writeLogCursor(BigInt(before)) });
    expect(await events.take(500)).toHaveLength(500);
    await events.end();
  });
});

describe('subscribers with one question', () => {
  test('share its execution; other rights are another execution', async () => {
    const { id } = await world.customer('Shared');
    const query = 'subscription ($id: [ID!], $after: Cursor) { customerUpdated(customerIds: $id, after: $after) { name customer { name } } }';
    const fetches = async () => {
      const { values } = await world.metrics.fetchSeconds.get();
      return values
        .filter((value) => value.metricName?.endsWith('_count') && value.labels.subgraph === 'engagements')
        .reduce((sum, value) => sum + value.value, 0);
    };
    const after = writeLogCursor(BigInt((await world.sql`select position from log.head`)[0]?.position));
    const admins = Array.from({ length: 12 }, (_, n) =>
      subscribe(world.client({ role: 'admin', subject: `admin-${n}` }), query, { id, ...(n % 2 ? { after } : {}) }),
    );
    const portals = Array.from({ length: 3 }, () => subscribe(world.client({ role: 'portal', customerIds: [id] }), query, { id }));
    const first = Promise.all([...admins, ...portals].map((events) => events.next()));
    await Promise.all([...admins, ...portals].map(({ opened }) => opened));
    const before = await fetches();
    await world.state(id, 'one');
    expect(new Set((await first).map((event) => JSON.stringify(event.data)))).toEqual(
      new Set(['{"customerUpdated":{"name":"one","customer":{"name":"Shared"}}}']),
    );
    expect((await fetches()) - before).toBeLessThanOrEqual(4);
    await Promise.all([...admins, ...portals].map((events) => events.end()));
  });
});

describe('the graph', () => {
  test('is reloaded under open subscriptions, which go on without a gap', async () => {
    const { id } = await world.customer('Reloaded');
    const events = subscribe(world.client(), 'subscription ($id: [ID!]) { customerUpdated(customerIds: $id) { name customer { name } } }', { id });
    const first = events.next();
    await events.opened;
    await world.state(id, 'before');
    expect((await first).data.customerUpdated.name).toBe('before');
    await world.graph.reload((await eventSupergraph()).supergraphSdl);
    await world.state(id, 'after');
    expect((await events.next()).data.customerUpdated).toEqual({ name: 'after', customer: { name: 'Reloaded' } });
    await events.end();
  });

  test('that shows a contract less than before ends the subscriptions that ask for it, and no others', async () => {
    await using other = await eventWorld();
    const { id } = await other.customer('Narrowed');
    const open = async (query: string) => {
      const client = await rawSocket({ to: other });
      await client.init({ role: 'portal', customerIds: [id] });
      client.send({ type: 'subscribe', id: 'a', payload: { query } });
      await client.until((message) => message.type === 'ping' && message.payload?.cursors?.a);
      return client;
    };
    const [asking, others] = [
      await open('subscription { customerUpdated { customer { currency } } }'),
      await open('subscription { customerUpdated { name } }'),
    ];
    const narrowed = (await eventSupergraph()).supergraphSdl.replace(/( {2}currency: CurrencyCode[^\n]*)/g, '$1 @tag(name: "confidential")');
    await other.graph.reload(narrowed);
    await other.state(id, 'later');
    expect((await others.until((message) => message.id === 'a')).payload.data).toEqual({ customerUpdated: { name: 'later' } });
    expect(await asking.until((message) => message.id === 'a')).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'FORBIDDEN' } }] });
    for (const client of [asking, others]) client.socket.close();
  });
});

describe('a gateway that stops', () => {
  test('tells every client to resume elsewhere, and takes no new ones', async () => {
    await using other = await eventWorld();
    const reasons: number[] = [];
    const clients = Array.from({ length: 3 }, () => other.client(undefined, { on: { closed: (event) => reasons.push((event as { code: number }).code) } }));
    const { id } = await other.customer('Left');
    const streams = clients.map((client) => subscribe(client, updated, { customerId: id }));
    const failures = Promise.all(streams.map((events) => events.failure()));
    await Promise.all(streams.map(({ opened }) => opened));
    await other.subscriptions.close(10);
    await failures;
    expect(reasons).toEqual([1012, 1012, 1012]);
    expect(other.subscriptions.count()).toEqual({ sockets: 0, streams: 0, groups: 0 });
    const late = new WebSocket(other.url.replace('http', 'ws'), GRAPHQL_TRANSPORT_WS_PROTOCOL);
    expect(String((await once(late, 'error'))[0])).toContain('503');
  });
});
