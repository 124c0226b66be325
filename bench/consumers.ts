import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { serviceActor } from '#kernel/actor.ts';
import { type Consumer, consumeOnce, consumer } from '#kernel/consume.ts';
import { type Db, openDb } from '#kernel/db.ts';
import { record } from '#kernel/facts.ts';
import { whole } from '#kernel/fields.ts';
import { newId } from '#kernel/ids.ts';
import { catalogue, fact } from '#kernel/published.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { sql } from '#kernel/sql.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { startEmbedded } from '../roles/database/embedded.ts';
import { prepareDatabase } from '../roles/database/roles.ts';
import { median, table } from './figures.ts';

const facts = catalogue('bench', { Stepped: fact({ subject: 'Walker', description: 'For the bench.', read: 'task:read', fields: { step: whole('Which.') } }) });
const log = createLogger({ level: 'silent' });
const subjects = 500;
const steps = 16;

/** What a call of the consumer does beside its rows: nothing, or waiting as for a lock or another system. */
const kinds = { busy: 0, waiting: 20 } as const;
type Kind = keyof typeof kinds;

export type ConsumersWish = { rounds: number };
type Output = { say: (line: string) => void; out: (text: string) => void };

/** Facts per second that one worker handles and that four do, each with connections of its own, in alternating rounds. */
export async function measureConsumers({ rounds }: ConsumersWish, { say, out }: Output): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'accord-bench-consumers-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755);
  const server = await startEmbedded({ folder, log: () => undefined });
  stack.defer(() => server.stop());
  await prepareDatabase({ ...server, log: () => undefined });
  const open = stack.use(openDb({ url: server.url, name: 'bench', max: 2, scope: 'command' }));
  const admin = postgres(server.adminUrl, { max: 1, onnotice: () => undefined });
  await admin`create table public.made (subject uuid not null, step integer not null)`;
  await admin`grant all on public.made to public`;
  await admin.end();
  await state(open.db);
  const rows = [['facts per second', 'one worker', 'four workers', 'ratio']];
  for (const kind of Object.keys(kinds) as Kind[]) {
    const [one, four]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      one.push(await handleAll({ url: server.url, db: open.db, kind, workers: 1, name: `${kind}-1-${round}` }));
      four.push(await handleAll({ url: server.url, db: open.db, kind, workers: 4, name: `${kind}-4-${round}` }));
      say(`${kind}, round ${round + 1}: ${one.at(-1)?.toFixed(0)} and ${four.at(-1)?.toFixed(0)} facts per second`);
    }
    const ratio = median(four.map((value, index) => value / (one[index] ?? value)));
    rows.push([kind, median(one).toFixed(0), median(four).toFixed(0), ratio.toFixed(2)]);
  }
  out(table(rows));
}

async function state(db: Db): Promise<void> {
  const ids = Array.from({ length: subjects }, () => newId());
  for (let step = 1; step <= steps; step += 1) {
    const scope = { tx: db, actor: serviceActor('bench'), trace: { correlationId: `s${step}` }, now: new Date() };
    await record(
      scope,
      facts.Stepped,
      ids.map((id) => ({ subject: { id, version: step }, payload: { step } })),
    );
  }
  while ((await sequenceOnce(db)) > 0);
}

function writing(name: string, wait: number): Consumer {
  return consumer({
    name,
    facts: [facts.Stepped],
    batch: 100,
    handle: async (scope, some) => {
      // A statement per fact: what commands cost that are not written for sets.
      for (const { subjectId, payload } of some) await scope.tx.execute(sql`insert into public.made values (${subjectId}, ${payload.step})`);
      if (wait > 0) await pause(wait);
    },
  });
}

type Round = { url: string; db: Db; kind: Kind; workers: number; name: string };

async function handleAll({ url, db, kind, workers, name }: Round): Promise<number> {
  await db.execute(sql`truncate public.made`);
  const pools = Array.from({ length: workers }, () => openDb({ url, name: 'bench-worker', max: 2, scope: 'command' }));
  const handled = writing(name, kinds[kind]);
  const [head] = await db.execute(sql`select position from log.head`);
  const done = async (): Promise<boolean> => {
    const [row] = await db.execute(sql`select min(position) as position from log.consumer where name = ${name}`);
    return String(row?.position) === String(head?.position);
  };
  const begun = performance.now();
  const work = async (pool: { db: Db }) => {
    while (!(await done())) if (!(await consumeOnce({ db: pool.db, consumer: handled, clock: () => new Date(), log }))) await pause(2);
  };
  await Promise.all(pools.map(work));
  const seconds = (performance.now() - begun) / 1000;
  const [made] = await db.execute(sql`select count(*) as n, count(distinct (subject, step)) as once from public.made`);
  if (Number(made?.n) !== subjects * steps || Number(made?.once) !== subjects * steps) throw new Error(`${name} made ${made?.n} of ${subjects * steps}`);
  await Promise.all(pools.map((pool) => pool.close()));
  return (subjects * steps) / seconds;
}
