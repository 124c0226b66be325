import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../roles/subgraphs.ts';
import { constellation } from '../support/constellation.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type Graph, graphAt, type Json } from '../support/graph.ts';
import { seeds } from '../support/seeds.ts';
import { type Counter, type Question, staleReads } from '../support/staleReads.ts';

type World = Awaited<ReturnType<typeof constellation>>;

const graphOf = ({ url, issuer }: World): Graph => graphAt({ url, token: issuer.token });
const stack = new AsyncDisposableStack();
let database: TestDatabase;
const documents = { documents: new Map([['names', '{ customers { nodes { name } } }']]), required: false };
/** Two replicas that keep answers, over either transport, and one gateway that keeps none. */
let replicas: readonly [World, World];
let plain: World;
let firm: Firm;
let other: string;

beforeAll(async () => {
  database = stack.use(await cloneDatabase());
  plain = stack.use(await constellation({ subgraphs, beside: database }));
  const [one, two] = [
    await constellation({ subgraphs, beside: database, cache: 8, documents }),
    await constellation({ subgraphs, beside: database, cache: 8, transport: 'HTTP' }),
  ];
  replicas = [stack.use(one), stack.use(two)];
  firm = await firmAt(graphOf(plain));
  await firm.recorded(['2026-03-02']);
  other = await graphOf(plain).made('createCustomer', 'customer', { name: 'n0', currency: 'EUR' });
});
afterAll(() => stack.disposeAsync());

const portalOf = (customerId: string) => ({ role: 'portal', customerIds: [customerId] }) as const;
const portal = `{ customers { nodes { id name projects { nodes { id name tasks { totalCount } } } timeEntries { nodes { hours employee { id name } } } } } }`;

const done = (name: string, id: () => string, more: (number: number) => object = (number) => ({ name: `n${number}` })) => ({
  write: (graph: Graph, number: number) => graph.done(name, { id: id(), ...more(number) }),
});
const counters: readonly Counter[] = [
  { name: 'customer', ...done('updateCustomer', () => firm.customerId) },
  { name: 'other', ...done('updateCustomer', () => other) },
  { name: 'project', ...done('updateProject', () => firm.projectId) },
  { name: 'employee', ...done('updateEmployee', () => firm.employeeId) },
  { name: 'tasks', write: (graph) => graph.done('createTask', { projectId: firm.projectId, name: randomUUID() }) },
];

/** Names begin with a letter; what nobody has written yet has none. */
const numberIn = (name: string): number => Number(/^n(\d+)$/.exec(name)?.[1] ?? 0);

function portalNumbers({ customers }: Json): Record<string, number> {
  const [{ id, name, projects, timeEntries }] = customers.nodes;
  if (id === other) return { other: numberIn(name) };
  const [project] = projects.nodes;
  const [entry] = timeEntries.nodes;
  return { customer: numberIn(name), project: numberIn(project.name), tasks: project.tasks.totalCount, employee: numberIn(entry.employee.name) };
}

const questions = (): Question[] => [
  { query: portal, wish: portalOf(firm.customerId), numbers: portalNumbers },
  { query: portal, wish: portalOf(other), numbers: portalNumbers },
  {
    query: 'query ($id: ID!) { project(id: $id) { name customer { name } tasks { totalCount } } }',
    variables: { id: firm.projectId },
    wish: { role: 'analyst' },
    numbers: ({ project: { name, customer, tasks } }) => ({ project: numberIn(name), customer: numberIn(customer.name), tasks: tasks.totalCount }),
  },
];

const tokens = new Map<string, Promise<string>>();
/** One token for each asker: what is kept for a token ends with it. */
function tokenOf({ url, issuer }: World, wish: Question['wish']): Promise<string> {
  const who = `${url} ${JSON.stringify(wish)}`;
  const token = tokens.get(who) ?? issuer.token(wish);
  tokens.set(who, token);
  return token;
}
const bodyOf = async (world: World, { query, variables, wish }: Question, accept = 'application/json') => {
  const headers = { 'content-type': 'application/json', accept, authorization: `Bearer ${await tokenOf(world, wish)}` };
  return (await fetch(world.url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })).text();
};
const hitsOf = async ({ metrics }: World): Promise<number> => {
  const found = /^accord_cache_requests_total\{outcome="hit"\} (\d+)$/m.exec(await metrics.registry.metrics());
  return Number(found?.[1] ?? 0);
};

describe('an answer that is kept', () => {
  test('is given again, in each replica until what it depends on is written through the other', async () => {
    const [one, two] = replicas;
    const [asked] = questions() as [Question];
    for (const world of replicas) {
      await bodyOf(world, asked);
      await bodyOf(world, asked);
    }
    const before = await Promise.all(replicas.map(hitsOf));
    expect(await bodyOf(one, asked)).toBe(await bodyOf(two, asked));
    expect(await Promise.all(replicas.map(hitsOf))).toEqual(before.map((each) => each + 1));
    await graphOf(two).done('updateProject', { id: firm.projectId, description: 'Other words' });
    await graphOf(two).done('updateCustomer', { id: firm.customerId, name: 'Renamed' });
    for (const world of replicas) expect(JSON.parse(await bodyOf(world, asked)).data.customers.nodes[0].name).toBe('Renamed');
  });

  test('is shared by those who have the same rights, where the SDL says so', async () => {
    const [world] = replicas;
    const somebody = portalOf(firm.customerId);
    const asked = (query: string, subject: string): Question => ({ query, wish: { ...somebody, subject }, numbers: () => ({}) });
    const [plainly, personal] = ['{ customers { nodes { name projects { nodes { name } } } } }', '{ contracts { nodes { name } } }'];
    const before = await hitsOf(world);
    for (const subject of ['one', 'two']) await bodyOf(world, asked(plainly, subject));
    expect(await hitsOf(world)).toBe(before + 1);
    for (const subject of ['one', 'two', 'two']) await bodyOf(world, asked(personal, subject));
    expect(await hitsOf(world)).toBe(before + 2);
  });

  test('is its asker’s alone, and of one question in one media type', async () => {
    const [world] = replicas;
    const [asked] = questions() as [Question];
    const named = { query: 'query ($n: Int) { contracts(first: $n) { nodes { name } } }', wish: portalOf(firm.customerId), numbers: () => ({}) };
    const before = await hitsOf(world);
    for (const variables of [{ n: 1 }, { n: 2 }, {}]) await bodyOf(world, { ...named, variables });
    for (const wish of [portalOf(other), { ...portalOf(firm.customerId), subject: 'somebody-else' }, { role: 'analyst' as const }])
      await bodyOf(world, { ...named, wish });
    await bodyOf(world, asked, 'application/graphql-response+json');
    expect(await hitsOf(world)).toBe(before);
  });

  test.each([
    [
      'what is told by the time',
      '{ invoices { nodes { overdue } } assignments: employees { nodes { availableActions { name } } } }',
      { role: 'admin' } as const,
    ],
    ['what no trigger notes', '{ operations { log { newestCursor } } }', { role: 'admin' } as const],
    ['a refusal', '{ customers { nodes { id } } invoices { nodes { id } } }', { role: 'consultant' } as const],
    ['an answer to a partner', '{ projects { nodes { id } } }', { role: 'partner', employeeIds: [randomUUID()], customerIds: [randomUUID()] } as const],
  ])('is never %s', async (_, query, wish) => {
    const [world] = replicas;
    const before = await hitsOf(world);
    const asked = { query, wish, numbers: () => ({}) };
    const first = JSON.parse(await bodyOf(world, asked));
    expect(JSON.parse(await bodyOf(world, asked)).data).toEqual(first.data);
    expect(await hitsOf(world)).toBe(before);
  });

  test('is told apart by its tag when a browser asks again by GET, and by nothing else', async () => {
    const [world] = replicas;
    const get = async (search: string, headers: Record<string, string> = {}) =>
      fetch(`${world.url}${search}`, { headers: { authorization: `Bearer ${await world.issuer.token(portalOf(firm.customerId))}`, ...headers } });
    const first = await get('/names');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[\w-]{43}"$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(first.headers.get('vary')?.toLowerCase()).toBe('origin, authorization, accept, accept-encoding');
    const again = await get('/names', { 'if-none-match': `"other", ${etag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    await graphOf(plain).done('updateCustomer', { id: firm.customerId, name: 'Named anew' });
    const changed = await get('/names', { 'if-none-match': etag });
    expect([changed.status, JSON.parse(await changed.text()).data.customers.nodes]).toEqual([200, [{ name: 'Named anew' }]]);
    expect((await get(`?query=${encodeURIComponent('{ customers { nodes { id } } }')}`)).headers.get('etag')).toBeNull();
  });

  // ACCORD_TEST_READS=5000 for a long run.
  test.each(seeds())('is never stale, whoever writes and wherever (seed %i)', async (seed) => {
    const steps = Number(process.env.ACCORD_TEST_READS ?? 200);
    const before = await Promise.all(replicas.map(hitsOf));
    expect(await staleReads({ graphs: replicas.map(graphOf), counters, questions: questions(), steps, seed })).toEqual([]);
    const hits = (await Promise.all(replicas.map(hitsOf))).map((each, index) => each - (before[index] ?? 0));
    for (const each of hits) expect(each).toBeGreaterThan(0);
    for (const question of questions()) {
      const answers = await Promise.all([...replicas, plain].flatMap((world) => [bodyOf(world, question), bodyOf(world, question)]));
      expect(new Set(answers).size).toBe(1);
    }
  });

  test.each(seeds())('would be found stale, were a write not heard of (seed %i)', async (seed) => {
    await using deaf = await constellation({ subgraphs, beside: database, cache: 8, deaf: ({ relation }) => relation === 'engagements.project' });
    const only = counters.filter(({ name }) => name === 'project');
    // The counter begins anew.
    await only[0]?.write(graphOf(plain), 0);
    expect(await staleReads({ graphs: [graphOf(deaf)], counters: only, questions: questions().slice(2).map(onlyProject), steps: 400, seed })).not.toEqual([]);
  });
});

/** What others wrote before is no number of this run. */
const onlyProject = (question: Question): Question => ({ ...question, numbers: (data) => ({ project: question.numbers(data).project ?? 0 }) });
