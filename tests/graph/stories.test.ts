import { afterAll, beforeAll, describe, test } from 'vitest';
import { createLogger } from '#kernel/telemetry.ts';
import { consumers } from '#processes/wiring.ts';
import { attachSubscriptions } from '../../roles/live.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { startWorker } from '../../roles/worker.ts';
import { constellation, type TransportName } from '../support/constellation.ts';
import { type Graph, graphAt } from '../support/graph.ts';
import { stories } from '../support/stories.ts';

describe.each<TransportName>(['in process', 'HTTP'])('%s', (transport) => {
  let graph: Graph;
  const stack = new AsyncDisposableStack();
  beforeAll(async () => {
    const world = stack.use(await constellation({ subgraphs, transport }));
    const log = createLogger({ level: 'silent' });
    const live = await attachSubscriptions({ gateway: world, databaseUrl: world.databaseUrl, log });
    stack.defer(() => live.close());
    const worker = await startWorker({ url: world.databaseUrl, consumers, clock: () => new Date(), log });
    stack.defer(() => worker.stop());
    graph = graphAt({ url: world.url, token: world.issuer.token });
  });
  afterAll(() => stack.disposeAsync());

  test.each(stories)('$name', ({ run }) => run(graph));
});
