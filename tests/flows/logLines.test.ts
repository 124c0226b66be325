import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { facts as engagements } from '#engagements/published.ts';
import { type Consumer, consumeOnce } from '#kernel/consume.ts';
import { openDb } from '#kernel/db.ts';
import { process } from '#kernel/process.ts';
import { runOnce } from '#kernel/run.ts';
import { takeTurn } from '#kernel/schedule.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { constellation } from '../support/constellation.ts';
import { dealAt } from '../support/deals.ts';
import { graphAt } from '../support/graph.ts';

const clock = () => new Date();
const correlationId = `journey-${randomUUID()}`;
const traceId = 'd'.repeat(32);
const headers = { 'x-correlation-id': correlationId, traceparent: `00-${traceId}-00000000000000dd-01` };

const stack = new AsyncDisposableStack();
let world: Awaited<ReturnType<typeof constellation>>;
let db: ReturnType<typeof openDb>['db'];
const lines: Record<string, unknown>[] = [];
const write = (chunk: Buffer, _: string, done: () => void) => {
  lines.push(JSON.parse(String(chunk)));
  done();
};
const log = createLogger({ level: 'trace', destination: new Writable({ write }) });
/** The lines that something wrote. */
const linesOf = async (work: () => Promise<unknown>) => {
  lines.length = 0;
  world.faults.length = 0;
  await work();
  return [...lines, ...world.faults.map((line) => JSON.parse(line) as Record<string, unknown>)];
};
const failing = async () => Promise.reject(new Error('it cannot be'));

beforeAll(async () => {
  world = stack.use(await constellation({ subgraphs, transport: 'HTTP' }));
  db = stack.use(openDb({ url: world.databaseUrl, name: 'lines', max: 2, scope: 'command' })).db;
  const deal = await dealAt({ graph: graphAt({ url: world.url, token: world.issuer.token }) });
  await deal.upsert();
  const query = 'mutation ($input: OpportunityActionInput!) { winOpportunity(input: $input) { userErrors { code } } }';
  await world.post({ query, variables: { input: { idempotencyKey: randomUUID(), externalRef: deal.ref } } }, deal.crm, headers);
  while ((await sequenceOnce(db)) > 0);
});
afterAll(() => stack.disposeAsync());

describe('a line of the log names the business transaction and its trace', () => {
  test('of a request, in the gateway and in the subgraph', async () => {
    await world.sql`alter table engagements.customer rename to customer_elsewhere`;
    try {
      const written = await linesOf(() => world.post({ query: '{ customers { nodes { id } } }' }, undefined, headers));
      expect(written.length).toBeGreaterThan(0);
      for (const line of written) expect(line).toMatchObject({ correlationId, traceId });
    } finally {
      await world.sql`alter table engagements.customer_elsewhere rename to customer`;
    }
  });

  test('of the handling of a fact', async () => {
    const consumer: Consumer = { name: 'lines', types: ['OpportunityWon'], partitions: 1, handle: failing };
    const written = await linesOf(async () => {
      while (await consumeOnce({ db, consumer, clock, log }));
    });
    expect(written).toMatchObject([{ msg: 'a fact could not be handled', consumer: 'lines', correlationId, traceId }]);
  });

  test('of the handling of several, and of each of them where they are handled alone', async () => {
    const consumer: Consumer = {
      name: 'several-lines',
      types: ['CustomerCreated', 'OpportunityWon'],
      partitions: 1,
      handle: failing,
    };
    const written = await linesOf(async () => {
      while (await consumeOnce({ db, consumer, clock, log }));
    });
    expect(written.length).toBeGreaterThan(2);
    expect(written[0]?.correlationId).toBe('several');
    for (const line of written) expect(typeof line.correlationId).toBe('string');
    expect(written.filter((line) => line.facts === 1 && line.correlationId === correlationId)).toMatchObject([{ traceId }]);
  });

  test('of a step of a process, and of its call to a system outside', async () => {
    const steps = [{ name: 'fail', run: failing }] as const;
    const one = process({ name: 'lines-of-steps', starts: [engagements.OpportunityWon], data: () => ({}), steps });
    const outside = process({
      name: 'lines-of-calls',
      starts: [engagements.OpportunityWon],
      data: () => ({}),
      steps: [{ name: 'call', call: failing, run: async () => null }],
    });
    for (const { router } of [one, outside]) while (await consumeOnce({ db, consumer: router, clock, log }));
    const written = await linesOf(async () => {
      for (const each of [one, outside]) await runOnce({ db, processes: [each], clock, log });
    });
    expect(written).toMatchObject([
      { msg: 'a step could not be done', step: 'fail', correlationId, traceId },
      { msg: 'a step could not be done', step: 'call', correlationId, traceId },
    ]);
  });

  test('of what is due by its time, by a transaction of its own', async () => {
    await world.sql`insert into log.schedule (name, next_at) values ('lines-of-time', '2020-01-01')`;
    const schedules = [{ name: 'lines-of-time', every: 60, run: failing }];
    const written = await linesOf(() => takeTurn({ db, schedules, clock, log }));
    expect(written).toMatchObject([
      { schedule: 'lines-of-time', correlationId: expect.stringMatching(/^lines-of-time-\d{4}-/), traceId: expect.stringMatching(/^[0-9a-f]{32}$/) },
    ]);
  });
});
