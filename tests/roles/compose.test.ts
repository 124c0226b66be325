import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { composeTopology, type Topology } from '../support/compose.ts';
import { cloneDatabase } from '../support/database.ts';
import { type Graph, graphAt } from '../support/graph.ts';
import { stories } from '../support/stories.ts';

describe('the services of docker-compose.yml, each a process of its own', () => {
  let topology: Topology;
  let graph: Graph;
  const stack = new AsyncDisposableStack();
  beforeAll(async () => {
    const database = stack.use(await cloneDatabase());
    topology = stack.use(await composeTopology({ databaseUrl: database.url, appDatabaseUrl: database.appUrl }));
    graph = graphAt(topology);
  }, 120_000);
  afterAll(() => stack.disposeAsync());

  test('are all of the roles and nothing else', () => {
    expect(topology.names.sort()).toEqual([
      'engagements',
      'finance',
      'gateway',
      'gateway-keys',
      'keys',
      'migrate',
      'operations',
      'resources',
      'time',
      'worker',
    ]);
    expect([...topology.programs.keys()].sort()).toEqual(['engagements', 'finance', 'gateway', 'operations', 'resources', 'time', 'worker']);
  });

  test('give out a token as the comment in the file says', async () => {
    await using keys = topology.runOnce('keys', ['token', '--data', '/keys', '--role', 'admin']);
    expect(await keys.ended).toBe(0);
    const answer = await fetch(topology.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${keys.stdout().trim()}` },
      body: JSON.stringify({ query: '{ customers { totalCount } }' }),
    });
    expect(await answer.json()).toEqual({ data: { customers: { totalCount: expect.any(Number) } } });
  });

  test.each(stories)('$name', ({ run }) => run(graph));

  test('stop at SIGTERM, with exit code 0 and no complaint', async () => {
    const ends = await Promise.all([...topology.programs].map(async ([name, program]) => [name, await program.kill('SIGTERM'), program.output()] as const));
    for (const [name, code, output] of ends) {
      expect([name, code]).toEqual([name, 0]);
      expect(output, name).toMatch(/^(subgraph |gateway |worker )[^\n]*\nSIGTERM: stopping\n$/);
    }
  });
});
