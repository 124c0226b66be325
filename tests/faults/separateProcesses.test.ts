import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareDatabase } from '../../roles/database/roles.ts';
import { composeTopology, type Topology } from '../support/compose.ts';
import { startHasty, temporaryFolder } from '../support/embedded.ts';
import { type Follower, followApprovals } from '../support/follower.ts';
import { type Graph, graphAt, headOf } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';
import { runProgram, untilTrue } from '../support/program.ts';
import { isSettled } from '../support/settle.ts';
import { tockFolder } from '../support/tock.ts';
import { tockTotals } from '../support/tockTotals.ts';
import { type Witness, witness } from '../support/witness.ts';

const there = existsSync(tockFolder);
/** A killed server loses nothing that it has written: only fsync is left out, which is for power failures. */
const settings = { fsync: 'off', full_page_writes: 'off', max_connections: 200 };

describe.skipIf(!there)(`an import into separate processes that are killed one by one${there ? '' : ' (skipped: ../shared/data/tock is not there)'}`, () => {
  const stack = new AsyncDisposableStack();
  let topology: Topology;
  let graph: Graph;
  let folder: string;
  let database: Awaited<ReturnType<typeof startHasty>>;
  let follower: Follower;
  let observer: Witness;
  let sql: Sql;

  /** kill -9 of the postmaster, then a start on the same port and data. */
  const restartPostgres = async (meanwhile: () => Promise<void>) => {
    process.kill(database.pid, 'SIGKILL');
    await database.ended;
    await database.stop();
    await meanwhile();
    database = await startHasty(folder, { settings, port: database.port });
  };
  const count = async (query: string): Promise<number> => {
    const [row] = await sql.unsafe(query).catch(() => []);
    return Number(row?.n ?? 0);
  };
  const approved = (n: number) =>
    untilTrue(`${n} entries are approved`, async () => (await count("select count(*)::int as n from time.timesheet_entry where status = 'APPROVED'")) >= n);
  const importing = async (json: string) =>
    runProgram(['import', 'tock', tockFolder, '--url', topology.url, '--token', await topology.token({ role: 'admin', system: 'tock' }), '--json', json]);

  beforeAll(async () => {
    folder = stack.use(await temporaryFolder()).path;
    database = await startHasty(folder, { settings });
    stack.defer(() => database.stop());
    await prepareDatabase({ ...database, log: () => undefined });
    sql = postgres(database.adminUrl, { max: 1, onnotice: () => undefined, backoff: () => 0.1 });
    stack.defer(() => sql.end({ timeout: 1 }));
    topology = stack.use(await composeTopology({ databaseUrl: database.url, appDatabaseUrl: database.appUrl, env: { LOG_LEVEL: 'fatal' } }));
    graph = graphAt(topology);
    follower = stack.use(followApprovals(topology, await headOf(graph)));
    observer = stack.use(witness(graph));
  });
  afterAll(() => stack.disposeAsync());

  test('completes, though the worker, subgraphs, the gateway and PostgreSQL die in the middle of it', async () => {
    const json = join(folder, 'report.json');
    await using run = await importing(json);
    await untilTrue('the set-up is under way', async () => (await count('select count(*)::int as n from resources.employee')) > 0);
    await topology.restart('finance');
    await approved(1000);
    await topology.restart('worker');
    await approved(2500);
    await topology.restart('time');
    await approved(4000);
    await restartPostgres(async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => graph.ask('{ customers(first: 1) { nodes { name } } employees(first: 1) { nodes { name } } }')),
      ).catch((error: unknown) => {
        throw new Error(`the gateway went with the database:\n${topology.programs.get('gateway')?.output()}`, { cause: error });
      });
      for (const { errors } of answers)
        for (const { extensions } of errors)
          expect(extensions).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true, correlationId: expect.any(String) });
      expect((await fetch(new URL('/ready', topology.url))).status).toBe(503);
      expect((await fetch(new URL('/health', topology.url))).status).toBe(200);
    });
    await approved(6000);
    await topology.restart('gateway');
    await approved(8000);
    await Promise.all([topology.restart('worker'), topology.restart('finance')]);
    expect([await run.ended, run.output()]).toEqual([0, expect.stringContaining('Done in')]);
    expect(JSON.parse(await readFile(json, 'utf8'))).toEqual(await tockTotals(tockFolder));
  });

  test('left every answer true: what was acknowledged is there once, and nobody waited for ever', async () => {
    await observer.stop();
    const rows = await sql`select id, name from engagements.customer where name like 'Witness %'`;
    expect(new Map(rows.map(({ id, name }) => [id, name]))).toEqual(observer.acknowledged);
    expect(observer.acknowledged.size).toBeGreaterThan(20);
    expect([...observer.errors.keys()].filter((code) => !['UPSTREAM_UNAVAILABLE', 'transport', 'IDEMPOTENCY_IN_PROGRESS'].includes(code))).toEqual([]);
    expect(observer.errors.get('UPSTREAM_UNAVAILABLE')).toBeGreaterThan(0);
  });

  test('left books that balance and a log without gaps', async () => {
    await untilTrue('all facts have had their effects', () => isSettled(sql));
    await checkHistory(sql);
  });

  test('was followed by a subscriber that lost its connection many times: every TimesheetApproved once, in order', async () => {
    const facts =
      await sql`select position, jsonb_array_length(payload -> 'entryIds') as entries from log.fact where type = 'TimesheetApproved' order by position`;
    const howFar = () => `the subscriber has caught up: ${follower.seen.length} of ${facts.length}, ${follower.doing()}`;
    await untilTrue(howFar, () => follower.seen.length >= facts.length);
    await follower.stop();
    expect(follower.seen).toEqual(facts.map(({ position, entries }) => ({ position: Number(position), entries: Number(entries) })));
    expect(follower.losses()).toBeGreaterThan(5);
  });

  test('outlived PostgreSQL in every process that was not killed itself', () => {
    for (const name of ['engagements', 'resources', 'operations']) {
      const program = topology.programs.get(name);
      expect(program?.output(), name).not.toMatch(/uncaught/);
      expect(process.kill(program?.pid ?? 0, 0)).toBe(true);
    }
  });

  test('changes nothing when it is run again', async () => {
    const before = await count('select position::int as n from log.head');
    await using again = await importing(join(folder, 'again.json'));
    expect([await again.ended, again.output()]).toEqual([0, expect.stringContaining('Nothing changed: Accord had all of it already')]);
    expect(await count('select position::int as n from log.head')).toBe(before);
  });
});
