import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld({ settings: { operationsPerConnection: 3 } });
});
afterAll(() => world[Symbol.asyncDispose]());

const created = 'subscription { customerCreated { name } }';
const customers = '{ customers(first: 1) { nodes { name } } }';

type Refusal = { errors: { message: string }[] };
type Wish = { method?: string; ticket?: string; search?: string; body?: unknown; accept?: string; subject?: string };

async function ask({ method = 'POST', ticket, search = '', body, accept = 'application/json', subject }: Wish) {
  const headers = {
    ...{ authorization: `Bearer ${await world.tokenFor({ role: 'admin', subject })}`, 'content-type': 'application/json', accept },
    ...(ticket ? { 'x-graphql-event-stream-token': ticket } : {}),
  };
  return fetch(`${world.url}${search}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

const reserve = async (subject?: string) => (await ask({ method: 'PUT', ...(subject ? { subject } : {}) })).text();
const operation = (operationId: string, query: string) => ({ query, extensions: { operationId } });

/** What came on a stream, as text; it is read until the test ends it. */
async function opened(ticket: string, wish: Wish = {}) {
  const response = await ask({ method: 'GET', ticket, accept: 'text/event-stream', ...wish });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let said = '';
  const reading = (async () => {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) said += part.value;
  })().catch(() => undefined);
  return { response, said: () => said, close: () => reader?.cancel(), ended: reading };
}

const events = (said: string) =>
  [...said.matchAll(/event: (\w+)\n(?:id: .*\n)?data: (.*)\n\n/g)].map(([, event, data = '']) => ({
    event,
    ...(JSON.parse(data) as { id: string; payload?: unknown }),
  }));

describe('a reservation', () => {
  test('is made by PUT, and fulfilled by one stream, on which all operations answer by their ids', async () => {
    const made = await ask({ method: 'PUT' });
    expect([made.status, made.headers.get('content-type')]).toEqual([201, 'text/plain; charset=utf-8']);
    const ticket = await made.text();
    const stream = await opened(ticket);
    expect([stream.response.status, stream.response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    const accepted = await ask({ ticket, body: operation('live', created) });
    expect([accepted.status, await accepted.text()]).toEqual([202, '']);
    expect((await ask({ ticket, body: operation('once', customers) })).status).toBe(202);
    await expect
      .poll(() => events(stream.said()))
      .toMatchObject([
        { event: 'next', id: 'once', payload: { data: { customers: {} } } },
        { event: 'complete', id: 'once' },
      ]);
    await world.customer('First of all');
    await expect
      .poll(() => events(stream.said()).at(-1))
      .toMatchObject({ event: 'next', id: 'live', payload: { data: { customerCreated: { name: 'First of all' } } } });
    expect((await ask({ method: 'DELETE', ticket, search: '?operationId=live' })).status).toBe(200);
    await world.customer('Nobody listens');
    expect((await ask({ ticket, body: operation('last', '{ customers(filter: { nameContains: "Nobody" }) { totalCount } }') })).status).toBe(202);
    await expect.poll(() => events(stream.said()).at(-1)).toMatchObject({ event: 'complete', id: 'last' });
    expect(stream.said()).not.toContain('Nobody listens');
    await stream.close();
    await expect.poll(() => ask({ ticket, body: operation('late', customers) }).then(({ status }) => status)).toBe(404);
  });

  test('takes its token in the address as well, and operations before its stream is there', async () => {
    const ticket = await reserve();
    expect((await ask({ search: `?token=${ticket}`, body: operation('early', customers) })).status).toBe(202);
    const stream = await opened('', { search: `?token=${ticket}` });
    await expect.poll(() => events(stream.said()).map(({ event, id }) => `${event} ${id}`)).toEqual(['next early', 'complete early']);
    await stream.close();
  });

  test('is fulfilled once at a time', async () => {
    const ticket = await reserve();
    const stream = await opened(ticket);
    expect((await opened(ticket)).response.status).toBe(409);
    await stream.close();
  });

  test('is of whoever made it: another principal hears what everybody hears', async () => {
    const ticket = await reserve();
    const theirs = await ask({ ticket, body: operation('mine', customers), subject: 'somebody-else' });
    const nobodys = await ask({ ticket: 'no-such-one', body: operation('mine', customers) });
    expect([theirs.status, nobodys.status]).toEqual([404, 404]);
    const message = async (response: Response) => ((await response.json()) as Refusal).errors[0]?.message;
    expect(await message(theirs)).toBe(await message(nobodys));
    expect((await ask({ method: 'GET', ticket, accept: 'text/event-stream', subject: 'somebody-else' })).status).toBe(404);
    expect((await ask({ method: 'DELETE', ticket, search: '?operationId=x', subject: 'somebody-else' })).status).toBe(404);
  });

  test.each<[string, Wish, number]>([
    ['an operation without an id', { body: { query: customers } }, 400],
    ['an operation whose id is no text', { body: { query: customers, extensions: { operationId: 7 } } }, 400],
    ['what does not parse', { body: operation('x', '{') }, 400],
    ['no query', { body: { extensions: { operationId: 'x' } } }, 400],
    ['a subscription that is not valid', { body: operation('x', 'subscription { nope }') }, 400],
    ['a body of another type than JSON', { body: 'text' }, 400],
    ['an end that does not say of what', { method: 'DELETE' }, 400],
  ])('refuses %s in the answer to the request', async (_, wish, status) => {
    const ticket = await reserve();
    const response = await ask({ ticket, ...wish });
    expect([response.status, ((await response.json()) as Refusal).errors.length]).toEqual([status, 1]);
  });

  test('tells on the stream what is wrong with a query that parses', async () => {
    const ticket = await reserve();
    const stream = await opened(ticket);
    expect((await ask({ ticket, body: operation('bad', '{ nope }') })).status).toBe(202);
    await expect
      .poll(() => events(stream.said()))
      .toMatchObject([
        { event: 'next', id: 'bad', payload: { errors: [{}] } },
        { event: 'complete', id: 'bad' },
      ]);
    await stream.close();
  });

  test('has each id once, and no more operations than a connection may hold', async () => {
    const ticket = await reserve();
    expect((await ask({ ticket, body: operation('a', created) })).status).toBe(202);
    expect((await ask({ ticket, body: operation('a', created) })).status).toBe(409);
    for (const id of ['b', 'c']) expect((await ask({ ticket, body: operation(id, created) })).status).toBe(202);
    expect((await ask({ ticket, body: operation('d', created) })).status).toBe(429);
    expect((await ask({ method: 'DELETE', ticket, search: '?operationId=a' })).status).toBe(200);
    expect((await ask({ ticket, body: operation('a', created) })).status).toBe(202);
  });
});

test('the client of graphql-sse works on one connection', async () => {
  const client = createClient({
    url: world.url,
    singleConnection: true,
    retryAttempts: 0,
    headers: async () => ({ authorization: `Bearer ${await world.tokenFor({ role: 'admin' })}` }),
  });
  const live = client.iterate<{ customerCreated: { name: string } }>({ query: created });
  const first = live.next();
  const answer = await client.iterate({ query: customers }).next();
  expect(answer.value?.errors).toBeUndefined();
  await expect.poll(() => world.subscriptions.count().groups).toBeGreaterThan(0);
  await world.customer('By one connection');
  expect((await first).value?.data?.customerCreated.name).toBe('By one connection');
  await live.return?.();
  client.dispose();
});
