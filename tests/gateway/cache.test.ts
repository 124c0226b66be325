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
/** Two replicas that keep answers, over either transport, and one gateway that keeps none. */
let replicas: readonly [World, World];
let plain: World;
let firm: Firm;
let other: string;

beforeAll(async () => {
  database = stack.use(await cloneDatabase());
  plain = stack.use(await constellation({ subgraphs, beside: database }));
  const [one, two] = [
    await constellation({ subgraphs, beside: database, cache: 8 }),
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

const bodyOf = async (world: World, { query, variables, wish }: Question) => (await world.post({ query, variables }, wish)).text();
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

  // ACCORD_TEST_READS=5000 for a long run.
  test.each(seeds())('is never stale, whoever writes and wherever (seed %i)', async (seed) => {
    const steps = Number(process.env.ACCORD_TEST_READS ?? 300);
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
    expect(await staleReads({ graphs: [graphOf(deaf)], counters: only, questions: questions().slice(2).map(onlyProject), steps: 60, seed })).not.toEqual([]);
  });
});

/** What others wrote before is no number of this run. */
const onlyProject = (question: Question): Question => ({ ...question, numbers: (data) => ({ project: question.numbers(data).project ?? 0 }) });
