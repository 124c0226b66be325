import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startNatsSink } from '#connectors/nats/sink.ts';
import { openDoorbell } from '#kernel/doorbell.ts';
import { logBounds } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import { type Folder, temporaryFolder } from '../support/embedded.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';
import { type NatsServer, natsServer, noNats } from '../support/natsServer.ts';
import { blocksOf } from '../support/pages.ts';
import { root, runProgramAt, untilTrue } from '../support/program.ts';

const page = 'docs/nats.md';

describe.skipIf(noNats)('the follower of docs/nats.md (needs nats-server)', () => {
  let world: EventWorld;
  let server: NatsServer;
  let folder: Folder;
  const stack = new AsyncDisposableStack();
  const customerId = newId();
  let stated = 0;

  beforeAll(async () => {
    world = stack.use(await eventWorld());
    server = stack.use(await natsServer());
    folder = stack.use(await temporaryFolder());
    await symlink(join(root, 'node_modules'), join(folder.path, 'node_modules'));
    await writeFile(join(folder.path, 'package.json'), '{"type":"module"}');
    const text = await readFile(join(root, page), 'utf8');
    const block = blocksOf(page, text).find(({ words }) => words[0] === 'follow');
    await writeFile(join(folder.path, 'follow.ts'), block?.text ?? '');
    const doorbell = await openDoorbell(world.databaseUrl);
    stack.defer(() => doorbell.close());
    const sink = startNatsSink({ db: world.db, broker: server.broker, clock: () => new Date(), log: world.log, doorbell });
    stack.defer(() => sink.stop());
  });
  afterAll(() => stack.disposeAsync());

  const state = async (count: number) => {
    for (let left = count; left > 0; left -= 20) {
      await world.state(customerId, ...Array.from({ length: Math.min(20, left) }, (_, at) => `n${stated + at}`));
      stated += Math.min(20, left);
    }
  };
  const follow = async () =>
    runProgramAt(join(folder.path, 'follow.ts'), [], { cwd: folder.path, env: { NATS_URL: server.url, ACCORD_URL: world.url, ADMIN: await world.tokenFor() } });
  const handled = async () => {
    const text = await readFile(join(folder.path, 'events.jsonl'), 'utf8').catch(() => '');
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as { position: string; id: string; type: string; data?: unknown });
  };
  /** Each event of the log, exactly once, in its order. */
  const demandAll = async () => {
    const inLog = async () => Number((await logBounds(world.db)).head);
    await untilTrue('all is stated', async () => (await inLog()) === stated);
    await untilTrue(
      () => `the follower has come to ${stated}`,
      async () => (await handled()).length >= stated,
    );
    expect((await handled()).map(({ position }) => Number(position))).toEqual(Array.from({ length: stated }, (_, index) => index + 1));
    const ids = await world.sql`select id from log.fact order by position`;
    expect((await handled()).map(({ id }) => id)).toEqual(ids.map(({ id }) => id));
  };

  test('sees each event once, in order, over restarts of itself', async () => {
    await state(300);
    await using first = await follow();
    await demandAll();
    await first.kill();
    await state(50);
    await using second = await follow();
    await state(50);
    await demandAll();
    expect((await handled()).every(({ data }) => data !== undefined)).toBe(true);
    await second.kill();
  });

  test('sees each event once while the broker is killed and comes back', async () => {
    await using follower = await follow();
    for (let round = 0; round < 3; round += 1) {
      const load = state(200);
      await server.kill();
      await server.start();
      await load;
    }
    await demandAll();
    await follower.kill();
  });

  test('sees each event once when the broker loses its disk, and when it stays empty for a while', async () => {
    await using follower = await follow();
    const load = state(300);
    await server.kill();
    await server.wipe();
    await server.start();
    await load;
    await demandAll();
    await follower.kill();
  });

  test('reads in the log what the stream has forgotten', async () => {
    await state(100);
    await untilTrue('the stream has it', async () => (await world.sql`select 1 from log.sink where position = ${stated}`).length === 1);
    const connection = await server.connect();
    const { jetstreamManager } = await import('@nats-io/jetstream');
    await (await jetstreamManager(connection)).streams.purge('ACCORD').finally(() => connection.close());
    await state(10);
    await using follower = await follow();
    await demandAll();
    const thin = (await handled()).filter(({ data }) => data === undefined);
    expect(thin.length).toBeGreaterThanOrEqual(100);
    expect(thin.every(({ type }) => type === 'CustomerUpdated')).toBe(true);
    await follower.kill();
  });
});
