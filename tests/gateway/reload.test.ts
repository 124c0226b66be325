import { parse } from 'graphql';
import { afterAll, expect, test } from 'vitest';
import { planningThread } from '#gateway/planner/beside.ts';
import type { Planning } from '#gateway/planning.ts';
import type { TransportRequest } from '#kernel/transport.ts';
import { fixtureSupergraph, fixtureWorld } from '../support/fixtureGraph.ts';

const kept = 'query Kept($some: Boolean = false) { authorCount books(first: 1) { title author @include(if: $some) { name } } }';
const world = await fixtureWorld({ documents: { documents: new Map([['kept', kept]]), required: false } });
afterAll(() => world[Symbol.asyncDispose]());

const renamed = () => fixtureSupergraph().replaceAll('authorCount', 'countOfAuthors');

/** Plans that are made on a state from now on. */
function plansOn(planning: Planning): string[] {
  const made: string[] = [];
  const { planner } = planning;
  planning.planner = {
    plan: (asked) => {
      made.push(asked.document.definitions.flatMap((each) => ('name' in each && each.name ? [each.name.value] : [])).join());
      return planner.plan(asked);
    },
  };
  return made;
}

test('documents that are kept are planned before anybody asks', async () => {
  expect(world.graph.planning().plans.recent(10)).toContainEqual(
    expect.objectContaining({ origin: { text: kept, operationName: 'Kept', conditions: { some: false } } }),
  );
});

test('a reload has planned what is asked for often, before it serves', async () => {
  const often = 'query Often($no: Boolean!) { books { title authors @skip(if: $no) { name } } }';
  for (const no of [true, true, false, false]) expect((await world.ask(often, { no })).errors).toBeUndefined();
  const before = world.graph.planning();
  await world.graph.reload(`${fixtureSupergraph()}\n`);
  expect(world.graph.planning()).not.toBe(before);
  const made = plansOn(world.graph.planning());
  for (const no of [true, false]) expect((await world.ask(often, { no })).data.books).toHaveLength(3);
  expect((await world.ask(kept)).data.authorCount).toBe(2);
  expect(made).toEqual([]);
  expect((await world.ask('query Seldom { whoami }')).errors).toBeUndefined();
  expect(made).toEqual(['Seldom']);
});

test('requests are answered while a reload is made ready: those that began before on the state that they began with', async () => {
  const { library } = world.ways.transports;
  if (!library) throw new Error('no library');
  const { execute } = library;
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  library.execute = async (request: TransportRequest) => {
    if (!request.text.includes('correlation')) return execute(request);
    reached.resolve();
    await gate.promise;
    return execute(request);
  };
  const long = world.ask('query Long { authorCount correlation }');
  await reached.promise;
  const reload = world.graph.reload(renamed());
  let isOver = false;
  const over = reload.then(() => {
    isOver = true;
  });
  const during: unknown[] = [];
  while (!isOver) during.push((await world.ask('{ whoami }')).errors);
  await over;
  const after = await Promise.all(Array.from({ length: 20 }, () => world.ask('{ countOfAuthors: __typename books { title } }')));
  gate.resolve();
  expect((await long).errors).toBeUndefined();
  expect((await long).data.authorCount).toBe(2);
  expect([...during, ...after.map(({ errors }) => errors)].filter(Boolean)).toEqual([]);
  expect(during.length).toBeGreaterThan(0);
  library.execute = execute;
  await world.graph.reload(fixtureSupergraph());
});

test('several reloads come one after the other, and one that fails changes nothing', async () => {
  const stop = world.graph.onPrepare(async (next) => {
    if (next.supergraphSdl.includes('"refused"')) throw new Error('cannot be made ready');
  });
  const results = await Promise.allSettled([
    world.graph.reload(renamed()),
    world.graph.reload('type Query { nonsense: Int }'),
    world.graph.reload(`${fixtureSupergraph()}\n"refused" scalar Refused`),
    world.graph.reload(fixtureSupergraph()),
  ]);
  stop();
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect((await world.ask('{ authorCount }')).data).toEqual({ authorCount: 2 });
});

test('should the thread that plans end, plans are made where they are asked for', async () => {
  const thread = planningThread();
  const { planner } = await thread.load(fixtureSupergraph());
  const asked = { document: parse('{ authorCount }'), operationName: undefined };
  const beside = await planner.plan(asked);
  await thread.close();
  expect(await planner.plan(asked)).toEqual(beside);
  const { planner: another } = await thread.load(fixtureSupergraph());
  expect(await another.plan(asked)).toEqual(beside);
  await thread.close();
});
