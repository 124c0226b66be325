import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler, GraphQL17Alpha9Handler } from '@apollo/client/incremental';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';
import { cacheExchange as graphcache } from '@urql/exchange-graphcache';
import { getIntrospectionQuery, parse, type TypedQueryDocumentNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { TokenWish } from '../../roles/tokens.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const socketUrl = () => world.url.replace('http', 'ws');
const portal = '01900000-0000-7000-8000-000000000001';

describe('@apollo/client', () => {
  const open = async (wish: TokenWish = { role: 'admin' }, token?: string) => {
    const authorization = `Bearer ${token ?? (await world.tokenFor(wish))}`;
    const socket = createClient({ url: socketUrl(), webSocketImpl: WebSocket, connectionParams: { authorization }, lazy: true, retryAttempts: 0 });
    return {
      client: new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: world.url, headers: { authorization } }) }),
      live: new ApolloClient({ cache: new InMemoryCache(), link: new GraphQLWsLink(socket) }),
      close: () => socket.dispose(),
    };
  };

  test('queries, changes, and sees the change in its cache', async () => {
    const { client } = await open();
    const { id } = await world.customer('Apollo Ltd');
    const query = gql`query ($id: ID!) { customer(id: $id) { id name } }`;
    expect((await client.query<{ customer: { name: string } }>({ query, variables: { id } })).data?.customer.name).toBe('Apollo Ltd');
    const mutation = gql`mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id name } userErrors { code } } }`;
    await client.mutate({ mutation, variables: { input: { id, idempotencyKey: 'apollo', name: 'Apollo plc' } } });
    expect(client.readQuery<{ customer: { name: string } }>({ query, variables: { id } })?.customer.name).toBe('Apollo plc');
  });

  test.each<[string, TokenWish, string | undefined, string, string]>([
    ['outside its contract', { role: 'portal', customerIds: [portal] }, undefined, '{ operations { log { newestPosition } } }', 'FORBIDDEN'],
    ['too much', { role: 'admin' }, undefined, `{ ${Array.from({ length: 120 }, (_, n) => `a${n}: __typename`).join(' ')} }`, 'COST_LIMIT'],
    ['what is not there', { role: 'admin' }, undefined, '{ nothing }', 'VALIDATION_FAILED'],
    ['with a token of nobody', { role: 'admin' }, 'a.b.c', '{ __typename }', 'UNAUTHENTICATED'],
  ])('reads the code of a refusal: %s', async (_, wish, token, text, code) => {
    const { client } = await open(wish, token);
    const refused = await client.query({ query: parse(text), fetchPolicy: 'no-cache' }).catch((error: unknown) => error);
    expect(CombinedGraphQLErrors.is(refused)).toBe(true);
    expect((refused as CombinedGraphQLErrors).errors[0]?.extensions?.code).toBe(code);
  });

  test.each([
    ['by place', Defer20220824Handler],
    ['by id', GraphQL17Alpha9Handler],
  ])('reads what is deferred as it comes, %s', async (_, Handler) => {
    const { id } = await world.customer('Deferred Ltd');
    const headers = { authorization: `Bearer ${await world.tokenFor()}` };
    const link = new HttpLink({ uri: world.url, headers });
    const client = new ApolloClient({ cache: new InMemoryCache(), link, incrementalHandler: new Handler() as never });
    const query = gql`query ($id: ID!) { customer(id: $id) { id ... @defer { name engagements(first: 1) { nodes { id } } } } }`;
    const seen: unknown[] = [];
    const whole = Promise.withResolvers<void>();
    const watched = client.watchQuery({ query, variables: { id } }).subscribe({
      next: ({ data, dataState }) => {
        if (data) seen.push([dataState, data]);
        if (dataState === 'complete') whole.resolve();
      },
      error: whole.reject,
    });
    await whole.promise;
    watched.unsubscribe();
    const customer = { __typename: 'Customer', id, name: 'Deferred Ltd', engagements: { __typename: 'EngagementConnection', nodes: [] } };
    expect(seen).toEqual([
      ['streaming', { customer: { __typename: 'Customer', id } }],
      ['complete', { customer }],
    ]);
  });

  test.each(['graphql-ws', 'plain HTTP'])('subscribes over %s', async (way) => {
    const { client, live, close } = await open();
    const { id } = await world.customer('Live Ltd');
    const before = world.subscriptions.count().groups;
    const first = new Promise<unknown>((resolve, reject) =>
      (way === 'graphql-ws' ? live : client)
        .subscribe({ query: gql`subscription ($id: ID!) { customerUpdated(customerIds: [$id]) { name } }`, variables: { id } })
        .subscribe({ next: ({ data }) => resolve(data), error: reject }),
    );
    while (world.subscriptions.count().groups <= before) await world.sql`select 1`;
    await world.state(id, 'seen');
    expect(await first).toEqual({ customerUpdated: expect.objectContaining({ name: 'seen' }) });
    close();
  });
});

describe('@urql/core', () => {
  const open = async (wish: TokenWish = { role: 'admin' }, more: { preferGetMethod?: boolean } = {}) => {
    const authorization = `Bearer ${await world.tokenFor(wish)}`;
    const socket = createClient({ url: socketUrl(), webSocketImpl: WebSocket, connectionParams: { authorization }, lazy: true, retryAttempts: 0 });
    const forwardSubscription = (request: { query?: string | undefined; variables?: unknown }) => ({
      subscribe: (sink: Parameters<typeof socket.subscribe>[1]) => ({
        unsubscribe: socket.subscribe({ query: request.query ?? '', variables: request.variables as Record<string, unknown> }, sink),
      }),
    });
    const exchanges = [cacheExchange, subscriptionExchange({ forwardSubscription } as never), fetchExchange];
    const client = new Client({ url: world.url, preferGetMethod: false, exchanges, fetchOptions: { headers: { authorization } }, ...more });
    return { client, close: () => socket.dispose() };
  };

  test.each([false, true])('queries and changes (by GET: %s)', async (preferGetMethod) => {
    const { client } = await open({ role: 'admin' }, { preferGetMethod });
    const { id } = await world.customer('Urql Ltd');
    const query = 'query ($id: ID!) { customer(id: $id) { id name } }';
    expect((await client.query(query, { id }).toPromise()).data).toMatchObject({ customer: { name: 'Urql Ltd' } });
    const mutation = 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id name } userErrors { code } } }';
    const changed = await client.mutation(mutation, { input: { id, idempotencyKey: `urql-${preferGetMethod}`, name: 'Urql plc' } }).toPromise();
    expect(changed.data.updateCustomer).toMatchObject({ customer: { name: 'Urql plc' }, userErrors: [] });
    expect((await client.query(query, { id }).toPromise()).data.customer.name).toBe('Urql plc');
    expect((await client.query('{ nothing }', {}).toPromise()).error?.graphQLErrors[0]?.extensions.code).toBe('VALIDATION_FAILED');
  });

  test('reads what is deferred as it comes', async () => {
    const { client } = await open();
    const { id } = await world.customer('Deferred urql');
    const seen: unknown[] = [];
    const whole = Promise.withResolvers<void>();
    const query = 'query ($id: ID!) { customer(id: $id) { id ... @defer { name } } }';
    const { unsubscribe } = client.query(query, { id }).subscribe(({ data, error, hasNext }) => {
      if (error) return whole.reject(error);
      seen.push(structuredClone(data));
      if (!hasNext) whole.resolve();
    });
    await whole.promise;
    unsubscribe();
    expect(seen).toMatchObject([{ customer: { id } }, { customer: { id, name: 'Deferred urql' } }]);
  });

  test('subscribes over graphql-ws', async () => {
    const { client, close } = await open();
    const { id } = await world.customer('Live urql');
    const document = parse('subscription ($id: [ID!]) { customerUpdated(customerIds: $id) { name } }') as TypedQueryDocumentNode;
    const before = world.subscriptions.count().groups;
    const first = new Promise<unknown>((resolve, reject) => {
      const { unsubscribe } = client.subscription(document, { id }).subscribe(({ data, error }) => {
        if (error) reject(error);
        else {
          resolve(data);
          unsubscribe();
        }
      });
    });
    while (world.subscriptions.count().groups <= before) await world.sql`select 1`;
    await world.state(id, 'seen');
    expect(await first).toMatchObject({ customerUpdated: { name: 'seen' } });
    close();
  });
});

describe('@urql/exchange-graphcache', () => {
  test('keeps what is read by type and id, by the schema that the gateway shows, and a change is seen by all who read it', async () => {
    const authorization = `Bearer ${await world.tokenFor({ role: 'admin' })}`;
    const asked: string[] = [];
    const counted: typeof fetch = (url, request) => {
      asked.push(String(request?.body));
      return fetch(url, request);
    };
    const post = async (query: string) =>
      (await fetch(world.url, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify({ query }) })).json();
    const { data: schema } = (await post(getIntrospectionQuery())) as { data: never };
    const exchanges = [graphcache({ schema }), fetchExchange];
    const client = new Client({ url: world.url, preferGetMethod: false, exchanges, fetch: counted, fetchOptions: { headers: { authorization } } });
    const { id } = await world.customer('Graphcache Ltd');
    const byId = 'query ($id: ID!) { customer(id: $id) { id name } }';
    expect((await client.query(byId, { id }).toPromise()).data).toMatchObject({ customer: { name: 'Graphcache Ltd' } });
    expect((await client.query(byId, { id }).toPromise()).data).toMatchObject({ customer: { name: 'Graphcache Ltd' } });
    expect(asked).toHaveLength(1);
    const mutation = 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id name } userErrors { code } } }';
    await client.mutation(mutation, { input: { id, idempotencyKey: 'graphcache', name: 'Graphcache plc' } }).toPromise();
    expect((await client.query(byId, { id }).toPromise()).data).toMatchObject({ customer: { name: 'Graphcache plc' } });
    expect(asked).toHaveLength(2);
  });
});
