import { buildClientSchema, getIntrospectionQuery, printSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractNames } from '#gateway/contracts.ts';
import { endpointAt, schemaAt } from '#gateway/endpoints.ts';
import { newId } from '#kernel/ids.ts';
import type { TokenWish } from '../../roles/tokens.ts';
import { type EventWorld, eventWorld, firstAnswer } from '../support/eventWorld.ts';
import { fixtureWorld } from '../support/fixtureGraph.ts';

describe('a path', () => {
  test.each([
    ['/graphql', { path: '/graphql', contract: undefined, documentId: undefined }],
    ['/portal/graphql', { path: '/portal/graphql', contract: 'portal', documentId: undefined }],
    ['/graphql/a%2Fb', { path: '/graphql', contract: undefined, documentId: 'a/b' }],
    ['/psa/graphql/sha256:00', { path: '/psa/graphql', contract: 'psa', documentId: 'sha256:00' }],
    ['/graphql/%E0%A4%A', { path: '/graphql', contract: undefined, documentId: '%E0%A4%A' }],
    ['/nobody/graphql', undefined],
    ['/portal/psa/graphql', undefined],
    ['/graphqls', undefined],
    ['/graphql/', undefined],
    ['', undefined],
  ])('%s is this endpoint', (path, endpoint) => expect(endpointAt(path)).toEqual(endpoint));

  test('is that of a schema', () => {
    expect(schemaAt('/schema.graphql')).toEqual({ contract: undefined });
    expect(contractNames.map((name) => schemaAt(`/${name}/schema.graphql`)?.contract)).toEqual(contractNames);
    expect([schemaAt('/nobody/schema.graphql'), schemaAt('/schemaXgraphql')]).toEqual([undefined, undefined]);
  });
});

describe('whoever comes in at a contract', () => {
  let world: Awaited<ReturnType<typeof fixtureWorld>>;
  beforeAll(async () => {
    world = await fixtureWorld({ graphiql: {} });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const client: TokenWish = { role: 'portal', customerIds: [newId()] };
  const ask = async (path: string, query: string, wish: TokenWish = { role: 'admin' }) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await world.issuer.token(wish)}` };
    const response = await fetch(new URL(path, world.url), { method: 'POST', headers, body: JSON.stringify({ query }) });
    return world.json(response);
  };
  const get = async (path: string, headers: Record<string, string> = {}, wish: TokenWish = { role: 'admin' }) =>
    fetch(new URL(path, world.url), { headers: { authorization: `Bearer ${await world.issuer.token(wish)}`, ...headers } });

  test('sees what it shows, and no more, whatever they may see elsewhere', async () => {
    expect(await ask('/portal/graphql', '{ whoami }')).toMatchObject({ data: { whoami: expect.stringContaining('STAFF') } });
    expect(await ask('/portal/graphql', '{ whoami authorCount }')).toMatchObject({
      errors: [{ message: 'Query.authorCount is not in the portal contract.', extensions: { code: 'FORBIDDEN' } }],
    });
    expect(await ask('/graphql', '{ whoami authorCount }')).toMatchObject({ data: { authorCount: 2 } });
    expect(await ask('/psa/graphql', '{ whoami }')).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  test('with a token that is bound to another is refused', async () => {
    expect(await ask('/portal/graphql', '{ whoami }', client)).toMatchObject({ data: {} });
    for (const path of ['/psa/graphql', '/partner/graphql', '/analytics/graphql'])
      expect(await ask(path, '{ __typename }', client)).toMatchObject({
        errors: [{ message: 'This token works on the portal contract: ask at /portal/graphql or /graphql.', extensions: { code: 'FORBIDDEN' } }],
      });
    expect(await (await get('/psa/schema.graphql', {}, client)).json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  test('reads its schema there, by introspection and as text, if they may know it', async () => {
    const { data } = await ask('/portal/graphql', getIntrospectionQuery());
    const shown = printSchema(buildClientSchema(data));
    expect(shown).toContain('whoami');
    expect(shown).not.toContain('authorCount');
    expect((await (await get('/portal/schema.graphql')).text()).trim()).toBe(
      printSchema(buildClientSchema((await ask('/graphql', getIntrospectionQuery(), client)).data)).trim(),
    );
    expect(await ask('/portal/graphql', '{ whoami __schema { queryType { name } } }')).toMatchObject({
      errors: [{ extensions: { code: 'VALIDATION_FAILED' } }],
    });
  });

  test('has a page of its own, and queries by GET', async () => {
    const page = await (await get('/portal/graphql', { accept: 'text/html' })).text();
    expect(page).toContain('"path":"/portal/graphql"');
    expect(await (await get('/portal/graphql?query=%7Bwhoami%7D')).json()).toMatchObject({ data: {} });
    expect((await get('/nobody/graphql')).status).toBe(404);
  });
});

describe('on a socket and a stream', () => {
  let world: EventWorld;
  let id: string;
  beforeAll(async () => {
    world = await eventWorld();
    ({ id } = await world.customer('Northwind'));
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const at = (contract: string) => world.url.replace('http', 'ws').replace('/graphql', `/${contract}/graphql`);
  const first = (url: string, query: string, wish?: TokenWish) => firstAnswer(world.client(wish, { url }), { query });
  const subscription = (fields: string) => `subscription { customerUpdated { ${fields} } }`;

  test('the contract holds for queries and subscriptions', async () => {
    expect(await first(at('portal'), '{ customers { totalCount } }')).toMatchObject({ data: { customers: { totalCount: 1 } } });
    await expect(first(at('portal'), '{ operations { log { newestPosition } } }')).rejects.toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    await expect(first(at('portal'), subscription('name position'))).rejects.toMatchObject([{ message: expect.stringContaining('portal contract') }]);
    const heard = first(at('portal'), subscription('name'));
    const again = setInterval(() => void world.state(id, 'again'), 200);
    expect(await heard).toMatchObject({ data: { customerUpdated: { name: 'again' } } });
    clearInterval(again);
  });

  test('a token that is bound to another does not come in', async () => {
    await expect(first(at('psa'), '{ __typename }', { role: 'portal', customerIds: [id] })).rejects.toMatchObject({
      code: 4403,
      reason: expect.stringContaining('/portal/graphql'),
    });
    await expect(first(at('nobody'), '{ __typename }')).rejects.toThrow();
  });

  test('a token that is renewed stays within', async () => {
    const socket = world.client(undefined, { url: at('portal'), keepAlive: 0 });
    const stop = socket.subscribe({ query: subscription('name') }, { next: () => undefined, error: () => undefined, complete: () => undefined });
    const raw = await new Promise<WebSocket>((resolve) => socket.on('opened', (each) => resolve(each as WebSocket)));
    raw.send(JSON.stringify({ type: 'ping', payload: { token: await world.tokenFor() } }));
    await expect(
      new Promise((resolve, reject) => {
        socket.subscribe({ query: '{ operations { log { newestPosition } } }' }, { next: resolve, error: reject, complete: () => resolve('complete') });
      }),
    ).rejects.toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    stop();
  });

  test('an event stream obeys the same', async () => {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${await world.tokenFor()}` };
    const stream = async (query: string) =>
      (await fetch(world.url.replace('/graphql', '/portal/graphql'), { method: 'POST', headers, body: JSON.stringify({ query }) })).text();
    expect(await stream('{ customers { totalCount } }')).toContain('"totalCount":1');
    expect(await stream(subscription('name position'))).toContain('portal contract');
  });
});
