import { getOperationAST, parse } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { analyticalCost, interactiveItems } from '#gateway/cost/workload.ts';
import type { Planning } from '#gateway/planning.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Transport, TransportRequest } from '#kernel/transport.ts';
import { fixtureWorld } from '../support/fixtureGraph.ts';
import { supergraphOf } from '../support/schemas.ts';

const staff: Pick<Actor, 'kind' | 'contract'> = { kind: 'STAFF' };
const portal: Pick<Actor, 'kind' | 'contract'> = { kind: 'CLIENT_PORTAL' };

describe('an operation', () => {
  let planning: Planning;
  beforeAll(async () => {
    planning = await supergraphOf(['engagements', 'resources', 'time', 'finance', 'operations']);
  });

  const workloadOf = (
    text: string,
    { actor = staff, variables = {}, cost = 1 }: { actor?: typeof staff; variables?: Record<string, unknown>; cost?: number } = {},
  ) => {
    const document = parse(text);
    const operation = getOperationAST(document);
    if (!operation) throw new Error('no operation');
    const of = planning.workloads(document, operation);
    expect(planning.workloads(document, operation)).toBe(of);
    return of({ actor, variables, cost });
  };

  test('is interactive where nothing else is known of it', () => {
    expect(workloadOf('{ customers(first: 5) { nodes { name } } }')).toBe('interactive');
    expect(workloadOf('mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }')).toBe('interactive');
    expect(workloadOf('{ __typename }')).toBe('interactive');
  });

  test('is analytical on the contract that is made for it', () => {
    const text = '{ customers(first: 5) { nodes { name } } }';
    expect(workloadOf(text, { actor: { kind: 'STAFF', contract: 'analytics' } })).toBe('analytical');
    expect(workloadOf(text, { actor: { kind: 'STAFF', contract: 'psa' } })).toBe('interactive');
    expect(workloadOf(text, { actor: { kind: 'CLIENT_PORTAL', contract: 'analytics' } })).toBe('interactive');
  });

  test('is analytical when it costs much, whoever asks', () => {
    for (const actor of [staff, portal]) {
      expect(workloadOf('{ customers { nodes { name } } }', { actor, cost: analyticalCost - 1 })).toBe('interactive');
      expect(workloadOf('{ customers { nodes { name } } }', { actor, cost: analyticalCost })).toBe('analytical');
    }
  });

  test.each([
    '{ timeSummary(groupBy: CUSTOMER) { hours } }',
    '{ approvedNotPostedSummary { entries } customers { totalCount } }',
    'query { ...root } fragment root on Query { ... { approvedNotPostedSummary { entries } } }',
  ])('is analytical when it sums the whole firm up: %s', (text) => {
    expect(workloadOf(text)).toBe('analytical');
  });

  test('is interactive when somebody from outside sums up what is theirs, or one thing is summed up', () => {
    expect(workloadOf('{ timeSummary(groupBy: PROJECT) { hours } }', { actor: portal })).toBe('interactive');
    expect(workloadOf('query ($id: ID!) { project(id: $id) { timeSummary { entries } } }', { variables: { id: '1' } })).toBe('interactive');
  });

  const items = (number: number) => ({ input: { idempotencyKey: 'k', items: Array.from({ length: number }, () => ({})) } });
  const upsert = 'mutation ($input: UpsertEmployeesInput!) { upsertEmployees(input: $input) { succeeded } }';

  test('that changes many is bulk: more items than somebody waits for, in one field or several, by variable or in the text', () => {
    expect(workloadOf(upsert, { variables: items(interactiveItems) })).toBe('interactive');
    expect(workloadOf(upsert, { variables: items(interactiveItems + 1) })).toBe('bulk');
    const twice = upsert.replace(/upsertEmployees.*\}/, 'a: upsertEmployees(input: $input) { succeeded } b: upsertEmployees(input: $input) { succeeded } }');
    expect(workloadOf(twice, { variables: items(interactiveItems / 2 + 1) })).toBe('bulk');
    const text = `mutation { upsertEmployees(input: { idempotencyKey: "k", items: [${'{} '.repeat(interactiveItems + 1)}] }) { succeeded } }`;
    expect(workloadOf(text)).toBe('bulk');
    expect(workloadOf(text, { actor: { kind: 'STAFF', contract: 'analytics' } })).toBe('bulk');
  });

  test('that finds itself what it changes is bulk', () => {
    const draft = 'mutation ($input: DraftInvoicesInput!) { draftInvoices(input: $input) { succeeded } }';
    expect(workloadOf(draft, { variables: { input: { idempotencyKey: 'k', cutOffDate: '2026-03-31' } } })).toBe('bulk');
  });

  test('whose fragments spread themselves, or whose inputs make no sense, is something all the same', () => {
    expect(workloadOf('query { ...a } fragment a on Query { ...a }')).toBe('interactive');
    expect(workloadOf(upsert, { variables: { input: 'nonsense' } })).toBe('bulk');
    expect(workloadOf('mutation { nothing }')).toBe('interactive');
  });
});

describe('the door', () => {
  let world: Awaited<ReturnType<typeof fixtureWorld>>;
  const asked: TransportRequest[] = [];
  const held: (() => void)[] = [];
  let holds = false;
  const way: Transport = {
    execute: (request) => {
      asked.push(request);
      const answer = { data: { authorCount: 2, books: [] } };
      return holds && request.workload === 'analytical' ? new Promise((resolve) => held.push(() => resolve(answer))) : Promise.resolve(answer);
    },
    check: async () => undefined,
    close: async () => undefined,
  };
  beforeAll(async () => {
    world = await fixtureWorld({
      transports: { library: way, authors: way },
      admission: { operations: 1, aside: 2, patience: 3_600_000, standing: 3_600_000 },
    });
  });
  afterAll(() => world[Symbol.asyncDispose]());
  beforeEach(() => {
    asked.length = 0;
    holds = false;
  });

  const costly = `{ books(first: ${analyticalCost}) { id } }`;
  const workloads = () => asked.map(({ workload }) => workload);

  test('tells the subgraphs what kind of work it is, by every way to an answer', async () => {
    await world.ask('{ authorCount }');
    await world.ask(costly);
    // That is Apollo Server's to answer.
    await world.ask(costly.replace('{ books', '{ __schema { queryType { name } } books'));
    expect(workloads()).toEqual(['interactive', 'analytical', 'analytical']);
  });

  test('lets no client say it', async () => {
    const response = await world.post(
      { query: costly, variables: { workload: 'interactive' }, workload: 'interactive', extensions: { workload: 'interactive' } },
      { 'x-accord-workload': 'interactive', workload: 'interactive' },
    );
    expect(response.status).toBe(200);
    expect(workloads()).toEqual(['analytical']);
  });

  test('answers what is interactive however much of another kind is under way or waits', async () => {
    holds = true;
    const long = Array.from({ length: 6 }, () => world.ask(costly));
    await expect.poll(() => held.length).toBe(2);
    const waiting = async () => /workload="analytical",state="waiting"\} (\d+)/.exec(await (await fetch(new URL('/metrics', world.url))).text())?.[1];
    await expect.poll(waiting).toBe('4');
    for (let times = 0; times < 3; times += 1) expect(await world.ask('{ authorCount }')).toEqual({ data: { authorCount: 2 } });
    for (let done = 0; done < 6; done += 1) {
      await expect.poll(() => held.length).toBeGreaterThan(0);
      held.shift()?.();
    }
    expect((await Promise.all(long)).every(({ data }) => data !== undefined)).toBe(true);
    await expect.poll(waiting).toBe('0');
  });
});
