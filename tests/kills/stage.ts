import postgres, { type Sql } from 'postgres';
import { prepareDatabase } from '../../roles/database/roles.ts';
import { composeTopology, type Topology } from '../support/compose.ts';
import { startHasty, temporaryFolder } from '../support/embedded.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type Graph, graphAt, headOf } from '../support/graph.ts';
import { brokenRules } from '../support/historyRules.ts';
import { untilTrue } from '../support/program.ts';
import { isSettled } from '../support/settle.ts';
import { type Watcher, watcher } from './watcher.ts';
import { type Writer, type Writing, writer } from './writers.ts';

/** Milliseconds from the kill: until the process serves again, and until its clients have what they asked for after the kill. */
export type Kill = { target: string; started: number; recovered: number };

export type Staging = { say: (line: string) => void; signal: AbortSignal };

export type Outcome = {
  kills: Kill[];
  acknowledged: number;
  /** What was acknowledged and is not there. */
  lost: string[];
  /** What is there more often than once, or answered otherwise when it was sent again. */
  doubled: string[];
  refused: string[];
  /** Processes that ended though nobody killed them. */
  endedThemselves: string[];
  /** Events that a subscriber missed or saw twice. */
  missed: number;
  repeated: number;
  /** Rules of the books and of the log that do not hold, with how many rows break each. */
  broken: Record<string, number>;
};

/** A killed server loses nothing that it has written: only fsync is left out, which is for power failures. */
const settings = { fsync: 'off', full_page_writes: 'off', max_connections: 200 };

export type Stage = {
  topology: Topology;
  graph: Graph;
  sql: Sql;
  writers: Writer[];
  watcher: Watcher;
  killed: Set<number>;
  endedThemselves: string[];
  killPostgres: () => Promise<void>;
};

/** Separate processes on a database of their own, and who writes to them and listens. `more`: writers beside the usual ones. */
export async function openStage(
  { say, signal }: Staging,
  stack: AsyncDisposableStack,
  more: (graph: Graph) => Promise<Writing[]> = async () => [],
): Promise<Stage> {
  say('starting PostgreSQL and seven roles, each a process of its own');
  const { path: folder } = stack.use(await temporaryFolder());
  let database = await startHasty(folder, { settings });
  stack.defer(() => database.stop());
  await prepareDatabase({ ...database, log: () => undefined });
  const sql = postgres(database.adminUrl, { max: 1, onnotice: () => undefined, backoff: () => 0.1 });
  stack.defer(() => sql.end({ timeout: 1 }));
  const topology = stack.use(await composeTopology({ databaseUrl: database.url, appDatabaseUrl: database.appUrl, env: { LOG_LEVEL: 'fatal' } }));
  signal.throwIfAborted();
  const graph = graphAt(topology);
  const firm = await firmAt(graph);
  const seen = watcher(graph, await headOf(graph));
  stack.defer(() => seen.stop());
  const others = await more(graph);
  const writers = [...writings(firm), ...others].map((writing) => writer(graph, writing));
  stack.defer(async () => void (await Promise.all(writers.map((each) => each.stop()))));
  const killed = new Set<number>();
  const endedThemselves: string[] = [];
  const killPostgres = async () => {
    process.kill(database.pid, 'SIGKILL');
    await database.ended;
    await database.stop();
    database = await startHasty(folder, { settings, port: database.port });
  };
  return { topology, graph, sql, writers, watcher: seen, killed, endedThemselves, killPostgres };
}

/** A subgraph each, and approved work for the processes between them. */
function writings({ legalEntityId, employeeId, projectId }: Firm): Writing[] {
  const name = (key: string) => `Of a writer ${key}`;
  const day = (n: number) => `2026-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`;
  return [
    { name: 'engagements', mutation: 'createCustomer', entity: 'customer', input: (key) => ({ name: name(key) }) },
    { name: 'resources', mutation: 'createLaborCategory', entity: 'laborCategory', input: (key) => ({ code: key, name: name(key) }) },
    { name: 'finance', mutation: 'createCostCenter', entity: 'costCenter', input: (key) => ({ legalEntityId, code: key.slice(0, 30), name: name(key) }) },
    {
      name: 'time',
      mutation: 'recordTimeEntry',
      entity: 'timeEntry',
      input: (key, n) => ({ externalRef: { system: 'kills', externalId: key }, employeeId, projectId, workDate: day(n), duration: 'PT1M' }),
    },
  ];
}

/** Says of every process that ends whether it was us. */
export function watchEnds({ topology, killed, endedThemselves }: Stage, names: Iterable<string> = topology.programs.keys()): void {
  for (const name of names) {
    const program = topology.programs.get(name);
    void program?.ended.then((how) => {
      if (!killed.has(program.pid)) endedThemselves.push(`${name} (${how})`);
    });
  }
}

/** Lets everything come to rest, and looks whether all that was promised is there, once. */
export async function verdictOf({ sql, writers, watcher: seen, endedThemselves }: Stage): Promise<Omit<Outcome, 'kills'>> {
  for (const each of writers) await each.stop();
  await untilTrue('all facts have had their effects', () => isSettled(sql));
  const tables: Record<string, string> = {
    engagements: 'engagements.customer',
    resources: 'resources.labor_category',
    finance: 'finance.cost_center',
    time: 'time.timesheet_entry',
    approvals: 'time.timesheet',
  };
  const [lost, doubled]: [string[], string[]] = [[], []];
  for (const { name, acknowledged, ...each } of writers) {
    const ids = [...acknowledged.values()];
    const rows = await sql.unsafe(`select id from ${tables[name]} where id = any($1::uuid[])`, [ids]);
    const there = new Set(rows.map(({ id }) => String(id)));
    lost.push(...ids.filter((id) => !there.has(id)).map((id) => `${name} ${id}`));
    if (new Set(ids).size !== ids.length) doubled.push(`${name}: one id for two intents`);
    doubled.push(...(await each.replayed(75)));
  }
  const twice = await sql`select name, count(*) from engagements.customer where name like 'Of a writer %' group by name having count(*) > 1
    union all select name, count(*) from resources.labor_category where name like 'Of a writer %' group by name having count(*) > 1
    union all select name, count(*) from finance.cost_center where name like 'Of a writer %' group by name having count(*) > 1`;
  doubled.push(...twice.map(({ name }) => String(name)));
  const facts = await sql`select position from log.fact where type = 'CustomerCreated' order by position`;
  const first = seen.seen[0] ?? Number.POSITIVE_INFINITY;
  const due = facts.map(({ position }) => Number(position)).filter((position) => position >= first);
  await untilTrue('the subscriber has caught up', () => (seen.seen.at(-1) ?? 0) >= (due.at(-1) ?? 0));
  await seen.stop();
  const got = new Set(seen.seen);
  return {
    acknowledged: writers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0),
    lost,
    doubled,
    refused: writers.flatMap((each) => each.refused),
    endedThemselves: [...endedThemselves],
    missed: due.filter((position) => !got.has(position)).length,
    repeated: seen.seen.length - got.size,
    broken: await brokenRules(sql),
  };
}
