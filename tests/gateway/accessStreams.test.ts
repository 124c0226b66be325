import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextOf, requestStream } from '../support/eventStream.ts';
import { type EventWorld, eventWorld, firstAnswer, subscribe } from '../support/eventWorld.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** Reads customers, and no contracts of theirs. */
const consultant = { role: 'consultant' };
const wanting = 'This needs the permission contract:read, which';
const create = 'mutation ($name: String!) { createCustomer(input: { name: $name }) { customer { id } } }';
const names = async (): Promise<string[]> => (await world.sql`select name from engagements.customer`).map(({ name }) => String(name));

/** The first answer to an operation, by each way on which one comes. */
const ways: [string, (query: string, variables?: Record<string, unknown>) => Promise<{ data?: unknown; errors?: { message: string; path?: unknown }[] }>][] = [
  [
    'HTTP',
    async (query, variables) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${await world.tokenFor(consultant)}` };
      return (await (await fetch(world.url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })).json()) as never;
    },
  ],
  [
    'a stream of events',
    async (query, variables) => JSON.parse((await nextOf((await requestStream(world, { query, variables }, { wish: consultant })).lines)).data ?? ''),
  ],
  [
    'a WebSocket',
    async (query, variables) => {
      const client = world.client(consultant);
      return firstAnswer(client, { query, ...(variables ? { variables } : {}) }).catch((errors: unknown) => ({ errors })) as never;
    },
  ],
];

test.each(ways)('over %s, fields that are not theirs are null with the reason, and the rest is answered', async (_, ask) => {
  const { id } = await world.customer('Whole');
  const { data, errors } = await ask(`{ customer(id: "${id}") { name } contracts(first: 1) { totalCount } }`);
  expect([data, errors]).toMatchObject([null, [{ message: expect.stringContaining(wanting), path: ['contracts'] }]]);
  const query = '{ customers(first: 1) { nodes { contracts(first: 1) { totalCount } } } }';
  expect(await ask(query)).toMatchObject({ data: null, errors: [{ path: ['customers', 'nodes', 0, 'contracts'] }] });
  expect(await ask(`{ customer(id: "${id}") { name } contract(id: "${id}") { id } }`)).toMatchObject({
    data: { customer: { name: 'Whole' }, contract: null },
    errors: [{ path: ['contract'] }],
  });
});

test.each(ways)('over %s, a mutation that is not theirs changes nothing', async (way, ask) => {
  const name = `By ${way}`;
  expect(await ask(create, { name })).toMatchObject({
    errors: [{ message: expect.stringContaining('createCustomer: This needs the permission customer:write') }],
  });
  expect(await names()).not.toContain(name);
});

const deep = (levels: number): string => (levels === 0 ? 'id' : `projects(first: $n) { nodes { customer { ${deep(levels - 1)} } } }`);
const tooMuch = { message: expect.stringMatching(/would cost \d{7,}, and may cost 2500000\. Ask for smaller pages/), extensions: { code: 'COST_LIMIT' } };

test.each(ways)('over %s, what would cost too much is refused before it runs', async (_, ask) => {
  expect(await ask(`query ($n: Int) { customers(first: $n) { nodes { ${deep(3)} } } }`, { n: 250 })).toMatchObject({ errors: [tooMuch] });
});

test('a subscription each of whose events would cost too much is refused before its first', async () => {
  const query = `subscription ($n: Int) { customerUpdated { customer { ${deep(4)} } } }`;
  expect(await subscribe(world.client(consultant), query, { n: 250 }).failure()).toMatchObject([tooMuch]);
});

test('a subscription that is not theirs is refused before its first event', async () => {
  const failure = await subscribe(world.client(consultant), 'subscription { invoicePosted { id } }').failure();
  expect(failure).toMatchObject([
    { message: expect.stringContaining('invoicePosted: This needs the permission invoice:read'), extensions: { code: 'FORBIDDEN' } },
  ]);
});

test('a subscription that is theirs gives events without the fields that are not', async () => {
  const customer = await world.customer('Followed');
  const query = 'subscription ($ids: [ID!]) { customerUpdated(customerIds: $ids) { name customer { name contracts(first: 1) { totalCount } } } }';
  const [mine, whole] = [consultant, { role: 'admin' }].map((wish) => subscribe(world.client(wish), query, { ids: [customer.id] }));
  await whole?.opened;
  await mine?.opened;
  await world.state(customer.id, 'Followed');
  expect((await whole?.next())?.data).toEqual({ customerUpdated: { name: 'Followed', customer: { name: 'Followed', contracts: { totalCount: 0 } } } });
  expect(await mine?.next()).toMatchObject({
    data: { customerUpdated: { name: 'Followed', customer: null } },
    errors: [{ message: expect.stringContaining(wanting), path: ['customerUpdated', 'customer', 'contracts'] }],
  });
  await Promise.all([mine?.end(), whole?.end()]);
});
