import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { composeTopology, type Topology } from '../support/compose.ts';
import { cloneDatabase } from '../support/database.ts';
import { type Graph, graphAt } from '../support/graph.ts';
import { seeds } from '../support/seeds.ts';
import { stories } from '../support/stories.ts';
import { firstLine, resets, strangers } from '../support/strangers.ts';

describe('the services of docker-compose.yml, each a process of its own', () => {
  let topology: Topology;
  let graph: Graph;
  const stack = new AsyncDisposableStack();
  beforeAll(async () => {
    const database = stack.use(await cloneDatabase());
    topology = stack.use(await composeTopology({ databaseUrl: database.url, appDatabaseUrl: database.appUrl }));
    graph = graphAt(topology);
  });
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

  const doors = ['gateway', 'engagements', 'finance'];
  test.each(seeds())('outlive whatever strangers send and wherever they stop (seed %i)', async (seed) => {
    const token = await topology.token({ role: 'portal', customerIds: ['01900000-0000-7000-8000-000000000001'] });
    for (const name of doors) {
      const door = new URL(topology.addresses.get(name) ?? topology.url);
      for (let batch = 0; batch < 12; batch += 1) {
        await strangers({ port: Number(door.port), path: '/graphql', token: name === 'gateway' ? token : undefined }, { seed: seed + 100 * batch, count: 40 });
        expect([name, batch, (await fetch(new URL('/health', door))).status]).toEqual([name, batch, 200]);
      }
      expect(topology.programs.get(name)?.output(), name).not.toMatch(/"level":(50|60)|uncaught/);
    }
  });

  test('refuse an upgrade to no address, and outlive a reset in the middle of the refusal', async () => {
    const port = Number(new URL(topology.url).port);
    for (const target of ['//', '/nothing', 'http://[']) await resets({ port, target, times: 100 });
    expect((await fetch(new URL('/health', topology.url))).status).toBe(200);
    expect(await firstLine(port, 'GET // HTTP/1.1')).toBe('HTTP/1.1 404 Not Found');
  });

  test('stop at SIGTERM, with exit code 0 and no complaint', async () => {
    const ends = await Promise.all([...topology.programs].map(async ([name, program]) => [name, await program.kill('SIGTERM'), program.output()] as const));
    for (const [name, code, output] of ends) {
      expect([name, code]).toEqual([name, 0]);
      expect(output, name).toMatch(/^(subgraph |gateway |worker )[^\n]*\nSIGTERM: stopping\n$/);
    }
  });
});
