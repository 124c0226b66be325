import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startNatsSink } from '#connectors/nats/sink.ts';
import { type OpenDb, openDb } from '#kernel/db.ts';
import { type Doorbell, openDoorbell } from '#kernel/doorbell.ts';
import { logBounds, readFacts } from '#kernel/facts.ts';
import type { Loop } from '#kernel/loop.ts';
import { readSinks } from '#kernel/sink.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { type NatsServer, natsServer, noNats } from '../support/natsServer.ts';
import { untilTrue } from '../support/program.ts';
import { walk, walkers } from '../support/workload.ts';

/** A message as a reader of the stream sees it. */
type Seen = { sequence: number; position: number; id: string; subject: string; body: Record<string, unknown> };

async function streamOf(connection: NatsConnection): Promise<Seen[]> {
  const { state } = await (await jetstreamManager(connection)).streams.info('ACCORD');
  const consumer = await jetstream(connection).consumers.get('ACCORD');
  const seen: Seen[] = [];
  if (state.messages === 0) return seen;
  for await (const message of await consumer.consume()) {
    const header = (name: string) => message.headers?.get(name) ?? '';
    seen.push({
      sequence: message.seq,
      position: Number(header('Accord-Position')),
      id: header('Nats-Msg-Id'),
      subject: message.subject,
      body: message.json(),
    });
    if (message.seq >= state.last_seq) break;
  }
  return seen;
}

describe.skipIf(noNats)('the NATS stream (needs nats-server)', () => {
  let server: NatsServer;
  let database: TestDatabase;
  let open: OpenDb;
  let doorbell: Doorbell;
  let sinks: Loop[];
  let lines: string[];
  const subjects = walkers(50);
  let steps = 0;

  beforeEach(async () => {
    server = await natsServer();
    database = await cloneDatabase();
    open = openDb({ url: database.appUrl, name: 'test', max: 6, scope: 'command' });
    doorbell = await openDoorbell(database.appUrl);
    [sinks, lines, steps] = [[], [], 0];
  });
  afterEach(async () => {
    for (const sink of sinks) await sink.stop();
    await doorbell.close();
    await open.close();
    await database[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const now = new Date('2026-03-02T10:00:00Z');
  const start = (keep = {}) => {
    const log = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
    const broker = { ...server.broker, keep: { ...server.broker.keep, ...keep } };
    const sink = startNatsSink({ db: open.db, broker, clock: () => now, log, doorbell });
    sinks.push(sink);
    return sink;
  };
  /** So many facts of each subject, by the sequencer. */
  const state = async (count: number, at?: Date) => {
    await walk(open.db, { subjects, steps: [steps + 1, steps + count], ...(at ? { at } : {}) });
    steps += count;
  };
  const stand = async () => (await readSinks(open.db))[0];
  const caughtUp = async () => {
    const { head } = await logBounds(open.db);
    await untilTrue(
      () => `the sink is at ${head}: ${lines.slice(-3).join('')}`,
      async () => (await stand())?.position === head && (await stand())?.fault === null,
    );
  };
  const stream = async () => {
    const connection = await server.connect();
    return streamOf(connection).finally(() => connection.close());
  };
  /** The stream holds the log from a position to its end: each fact once, in its order. */
  const demandLog = async (first = 1) => {
    const { head } = await logBounds(open.db);
    const seen = await stream();
    const facts = [];
    for (let after = BigInt(first - 1); after < head; after += 5_000n) facts.push(...(await readFacts(open.db, { after, limit: 5_000 })));
    expect(seen.map(({ position, id }) => [position, id])).toEqual(facts.map(({ position, id }) => [Number(position), id]));
    return seen;
  };

  test('is the log in its order, and goes on with what comes', async () => {
    await state(3);
    start();
    await caughtUp();
    await state(20);
    await caughtUp();
    const [first] = await demandLog();
    expect(first).toMatchObject({
      sequence: 1,
      subject: 'accord.test.Stepped.firm',
      body: { specversion: '1.0', type: 'accord.test.Stepped', position: '1', data: { step: 1 } },
    });
    expect(await stand()).toMatchObject({ name: 'nats', lag: 0n, published: 1150n, republished: 0n, connections: 1n });
  });

  test('has limits that follow the settings', async () => {
    await start().stop();
    start({ days: 2, mebibytes: 8 });
    await untilTrue('the limits are there', async () => {
      const connection = await server.connect();
      const { config } = await (await jetstreamManager(connection)).streams.info('ACCORD').finally(() => connection.close());
      expect(config).toMatchObject({ subjects: ['accord.>'], retention: 'limits', discard: 'old', storage: 'file', deny_delete: true });
      return config.max_age === 2 * 86_400e9 && config.max_bytes === 8 * 1024 * 1024;
    });
  });

  test('is written by one worker at a time, and by the next one when that stops', async () => {
    await state(2);
    const [first] = [start(), start(), start()];
    await caughtUp();
    await first?.stop();
    await state(40);
    await caughtUp();
    await demandLog();
    expect((await stand())?.republished).toBe(0n);
  });

  test('keeps its order when two workers both believe that they write', async () => {
    start();
    start();
    for (let round = 0; round < 8; round += 1) {
      // The lease runs out in the middle of a batch, as under a worker that was held up.
      await database.sql`update log.sink set held_until = now() - interval '1 second'`;
      await state(20);
    }
    await caughtUp();
    await demandLog();
  });

  test('waits while the broker is down, says so once it is tried, and gets everything when it is back', async () => {
    await server.kill();
    await state(5);
    const sink = start();
    await untilTrue('the fault is noted', async () => ((await stand())?.fault ?? null) !== null);
    expect(sink.healthy()).toBe(true);
    expect(lines.find((line) => line.includes('facts wait in the log'))).toMatch(/"level":40/);
    await server.start();
    await caughtUp();
    await server.kill();
    await state(30);
    await server.start();
    await caughtUp();
    await demandLog();
    expect((await stand())?.connections).toBeGreaterThanOrEqual(2n);
  });

  test('loses and doubles nothing while the server is killed again and again under load', async () => {
    start();
    for (let round = 0; round < 4; round += 1) {
      const load = state(40);
      await server.kill();
      await server.start();
      await load;
    }
    await caughtUp();
    await demandLog();
  });

  test('is filled again when the server has lost its disk, also when nothing new comes', async () => {
    start();
    await state(10);
    await caughtUp();
    await server.kill();
    await server.wipe();
    await server.start();
    await untilTrue('all is published again', async () => (await stand())?.published === 1_000n);
    await caughtUp();
    await demandLog();
    expect((await stand())?.republished).toBe(500n);
    expect(lines.some((line) => line.includes('published again'))).toBe(true);
  });

  test('is made again when somebody deletes it', async () => {
    start();
    await state(1);
    await caughtUp();
    const connection = await server.connect();
    await (await jetstreamManager(connection)).streams.delete('ACCORD').finally(() => connection.close());
    await state(1);
    await caughtUp();
    await demandLog();
  });

  test('begins with what it would still keep, where the log is older', async () => {
    await state(2, new Date('2026-01-05T09:00:00Z'));
    await state(3, new Date('2026-03-01T09:00:00Z'));
    start();
    await caughtUp();
    await demandLog(101);
  });

  test('goes on behind what came to its end, by what was noted', async () => {
    start();
    await state(2);
    await caughtUp();
    await sinks[0]?.stop();
    const connection = await server.connect();
    await (await jetstreamManager(connection)).streams.purge('ACCORD').finally(() => connection.close());
    start();
    await state(1);
    await caughtUp();
    expect((await stream()).map(({ position, sequence }) => [position, sequence])).toEqual(
      Array.from({ length: 50 }, (_, index) => [101 + index, 101 + index]),
    );
  });

  test('goes on behind what a worker wrote that died before it could note it', async () => {
    start();
    await state(4);
    await caughtUp();
    await sinks[0]?.stop();
    await database.sql`update log.sink set position = 77, sequence = 77`;
    start();
    await state(1);
    await caughtUp();
    await demandLog();
  });

  test.each([
    ['a database that was restored', async () => void (await database.sql`update log.head set position = 60`)],
    [
      'another installation',
      async () =>
        void (await database.sql`alter table log.fact disable trigger all`.then(
          () => database.sql`update log.fact set id = gen_random_uuid() where position = 100`,
        )),
    ],
  ])('of %s is not mixed with this log', async (_, change) => {
    start();
    await state(2);
    await caughtUp();
    await sinks[0]?.stop();
    await change();
    start();
    await untilTrue('the fault is noted', async () => ((await stand())?.fault ?? '').includes('nats stream rm ACCORD'));
    expect(await stream()).toHaveLength(100);
  });

  test('shows a gap in its positions where the log has forgotten what it never got', async () => {
    start();
    await state(1);
    await caughtUp();
    await sinks[0]?.stop();
    await state(3);
    await database.sql`update log.head set oldest = 121`;
    start();
    await caughtUp();
    expect((await stream()).map(({ position }) => position)).toEqual([
      ...Array.from({ length: 50 }, (_, at) => 1 + at),
      ...Array.from({ length: 80 }, (_, at) => 121 + at),
    ]);
    expect(lines.some((line) => line.includes('the log no longer keeps facts'))).toBe(true);
  });
});
