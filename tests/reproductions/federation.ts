import type { TokenWish } from '../../roles/tokens.ts';
import type { Json } from '../support/graph.ts';
import { rawSocket, subscribing } from '../support/rawSocket.ts';
import type { Case, Place } from './case.ts';
import { storyAt } from './story.ts';

const codes = ({ errors = [] }: Json): string => errors.map(({ extensions }: Json) => extensions.code).join(', ') || 'data';

const asked =
  (query: string, variables?: Record<string, unknown>) =>
  async ({ graph }: Place) =>
    codes(await graph.ask(query, variables));

/** What a subscription is answered with: its first message. */
export async function subscribed(
  { graph }: Place,
  query: string,
  variables: Record<string, unknown> = {},
  own: TokenWish = { role: 'admin' },
): Promise<string> {
  const client = await rawSocket({ url: graph.url, tokenFor: (wish) => graph.token(wish ?? own) });
  await client.init(own);
  client.send(subscribing({ query, variables }));
  const { type, payload } = await client.until((message) => message.id === 'a' || message.payload?.cursors?.a);
  client.socket.terminate();
  return type === 'error' ? payload.map(({ extensions }: Json) => extensions.code).join(', ') : 'open';
}

const get = async ({ graph }: Place, query: string, headers: Record<string, string>): Promise<Response> => {
  const url = new URL(graph.url);
  url.searchParams.set('query', query);
  return fetch(url, { headers: { authorization: `Bearer ${await graph.token({ role: 'admin' })}`, ...headers } });
};

export const federationCases: readonly Case[] = [
  {
    id: 'F1',
    what: 'an alias with the name of a key',
    right: 'the name',
    run: async ({ graph }) => {
      const name = `Aliased ${crypto.randomUUID()}`;
      const id = await graph.made('createCustomer', 'customer', { name });
      const { customer } = await graph.ok('query ($id: ID!) { customer(id: $id) { id: name timeSummary { hours } } }', { id });
      return customer.id === name ? 'the name' : customer.id;
    },
  },
  {
    id: 'F2',
    what: 'an alias with the name of a type',
    right: 'data of both',
    run: async ({ graph }) => {
      const story = await storyAt(graph);
      await story.actual('one', '10.00');
      await story.drafted();
      const query =
        'query ($ids: [ID!]) { invoices(first: 1, filter: { customerIds: $ids }) { nodes { Customer: customer { name timeSummary { hours } } Invoice: contract { name } } } }';
      const [node] = (await graph.ok(query, { ids: [story.customerId] })).invoices.nodes;
      return node.Customer.name && node.Invoice.name ? 'data of both' : JSON.stringify(node);
    },
  },
  {
    id: 'F3',
    what: 'one alias for different fields under an interface',
    right: 'data',
    run: asked('{ operations { events(first: 3) { nodes { ... on CustomerCreated { x: name } ... on ContractConfirmed { x: currency } } } } }'),
  },
  {
    id: 'F4',
    what: 'the same field twice with other arguments',
    right: '1 and 2',
    run: async ({ graph }) => {
      for (const name of ['a', 'b']) await graph.made('createCustomer', 'customer', { name });
      const query =
        'query ($n: Int) { a: customers(first: 1) { nodes { id } } b: customers(first: $n) { nodes { id } } ...F } fragment F on Query { a: customers(first: 1) { nodes { name } } }';
      const { a, b } = await graph.ok(query, { n: 2 });
      return `${a.nodes.length} and ${b.nodes.length}`;
    },
  },
  {
    id: 'F6',
    what: 'an invoice whose time is gone blanks every list',
    right: 'null and an error as near as possible',
    seenBy: 'its cause cannot be made any more (T11); tests/graph/planted.test.ts plants it',
  },
  {
    id: 'F7',
    what: 'scalars that are none, as literals and variables: refused before anything runs',
    right: 'VALIDATION_FAILED, VALIDATION_FAILED, VALIDATION_FAILED; none created',
    run: async ({ graph }) => {
      const name = `Half ${crypto.randomUUID()}`;
      const both = `mutation { a: createCustomer(input: { name: "${name}" }) { customer { id } } b: createCustomer(input: { name: "${name}", currency: "usd" }) { customer { id } } }`;
      const answers = [
        await graph.ask('{ invoices(first: 1, filter: { invoiceDateFrom: "31.12.2026" }) { totalCount } }'),
        await graph.ask('query ($d: Date) { invoices(first: 1, filter: { invoiceDateFrom: $d }) { totalCount } }', { d: 7.5 }),
        await graph.ask(both),
      ];
      const { customers } = await graph.ok('query ($name: String) { customers(filter: { nameContains: $name }) { totalCount } }', { name });
      return `${answers.map(codes).join(', ')}; ${customers.totalCount || 'none'} created`;
    },
  },
  {
    id: 'F8',
    what: '@skip at the root of a subscription',
    right: 'VALIDATION_FAILED',
    run: (place) => subscribed(place, 'subscription ($s: Boolean!) { customerCreated @skip(if: $s) { name } }', { s: false }),
  },
  {
    id: 'F9',
    what: 'fragments at the root of a subscription',
    right: 'open',
    run: (place) => subscribed(place, 'subscription S { ...F } fragment F on Subscription { customerCreated { name } }'),
  },
  {
    id: 'F10',
    what: 'a subscription of several root fields',
    right: 'VALIDATION_FAILED',
    run: (place) => subscribed(place, 'subscription { customerCreated { name } customerUpdated { name } }'),
  },
  { id: 'F11', what: 'the protocol of graphql-transport-ws', right: 'every rule', seenBy: 'tests/gateway/transportWs*.test.ts' },
  {
    id: 'F12',
    what: 'a mutation by GET, whatever is accepted',
    right: '405, 405, 405',
    run: async (place) => {
      const mutation = 'mutation { createCustomer(input: { name: "by GET" }) { customer { id } } }';
      const accepts = ['*/*', 'text/event-stream', 'application/json, text/event-stream;q=0.9'];
      return (await Promise.all(accepts.map(async (accept) => (await get(place, mutation, { accept })).status))).join(', ');
    },
  },
  {
    id: 'F13',
    what: 'the preflight of a browser, from a page that may call and one that may not',
    right: '204 *allowed, 204 not allowed',
    run: async ({ graph }) => {
      const preflight = async (origin: string) => {
        const headers = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
        const answer = await fetch(graph.url, { method: 'OPTIONS', headers });
        return `${answer.status} ${answer.headers.get('access-control-allow-origin') === origin ? '*allowed' : 'not allowed'}`;
      };
      return `${await preflight('http://localhost:5173')}, ${await preflight('https://evil.example')}`;
    },
  },
  {
    id: 'F14',
    what: 'an event stream that reconnects',
    right: 'the same name',
    run: async ({ graph }) => {
      const { newestCursor } = (await graph.ok('{ operations { log { newestCursor } } }')).operations.log;
      const name = `Again ${crypto.randomUUID()}`;
      await graph.made('createCustomer', 'customer', { name });
      const control = new AbortController();
      const answer = await fetch(graph.url, {
        method: 'POST',
        headers: {
          accept: 'text/event-stream',
          'content-type': 'application/json',
          'last-event-id': newestCursor,
          authorization: `Bearer ${await graph.token({ role: 'admin' })}`,
        },
        body: JSON.stringify({ query: 'subscription { customerCreated { name } }' }),
        signal: control.signal,
      });
      let text = '';
      for await (const chunk of answer.body ?? []) {
        text += Buffer.from(chunk).toString();
        if (text.includes(name)) break;
      }
      return text.includes(name) ? 'the same name' : text;
    },
  },
  {
    id: 'F16',
    what: 'forms, plain text, batches, variables as text',
    right: '415, 415, 400, 400',
    run: async ({ graph }) => {
      const query = '{ __typename }';
      const sent = async (type: string, body: unknown) => (await graph.post(body, undefined, { 'content-type': type })).status;
      return [
        await sent('text/plain', { query }),
        await sent('application/x-www-form-urlencoded', { query }),
        await sent('application/json', [{ query }]),
        await sent('application/json', { query, variables: '{}' }),
      ].join(', ');
    },
  },
  {
    id: 'F17',
    what: 'names and addresses in logs',
    right: 'not there',
    run: async ({ graph, program }) => {
      const secret = `Secret${crypto.randomUUID()}`;
      await graph.ask(`mutation { createCustomer(input: { name: "${secret}", currency: "usd", billingAddress: "${secret} Road" }) { customer { id } } }`);
      await graph.ask('mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }', {
        input: { name: secret, legalEntityId: secret },
      });
      return program.output().includes(secret) ? 'there' : 'not there';
    },
  },
  {
    id: 'F18',
    what: 'documents at the edge of the specification',
    right: 'VALIDATION_FAILED x 5, data x 3',
    run: async ({ graph }) => {
      const bad = [
        'query ($a: ID!) { customer(id: $a) { id } }',
        'query A { __typename } query B { __typename }',
        '{ customers @defer { nodes { id } } }',
        '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
        '{ customers(first: null, nope: 1) { totalCount } }',
      ];
      const good = [
        '{ customers(filter: { statuses: [ACTIVE] }) { totalCount } }',
        'query ($n: Int = 1) { customers(first: $n) { totalCount } }',
        '{ customers(first: null) { totalCount } }',
      ];
      const count = async (texts: string[], wanted: string) =>
        (await Promise.all(texts.map(async (text) => codes(await graph.ask(text))))).filter((code) => code === wanted).length;
      return `VALIDATION_FAILED x ${await count(bad, 'VALIDATION_FAILED')}, data x ${await count(good, 'data')}`;
    },
  },
];
