import type { Db, Tx } from './db.ts';
import { newId } from './ids.ts';
import { type SQL, sql } from './sql.ts';

/** Who has to do with which facts, and how many seconds the oldest of them may wait. */
export type Journey = { name: string; types: readonly string[]; objective: number };

/** The way of all facts to their position: nobody sees one before. */
export const sequencing: Journey = { name: 'sequencer', types: [], objective: 5 };

/** Seconds that a fact may wait for a consumer. */
export const consumerObjective = 60;

/** The share of the time in which nothing waits too long, and of handlings that succeed. */
export const target = 0.995;

/** A journey is in breach when in both windows (seconds) what may go wrong is used up so many times too fast. The first finds what is bad, the second what goes on. */
export const windows = [
  { short: 300, long: 3_600, burn: 14.4 },
  { short: 1_800, long: 21_600, burn: 6 },
] as const;

/** Failures in the long window from which on their share says something. */
export const fewestFailures = 10;

/** Positions of the log, from where a journey stands, in which its backlog is counted. */
const horizon = 20_000;

export type Reason = 'LATE' | 'FAILING';

/** How a journey fares at a moment. */
export type Health = {
  id: string;
  version: number;
  journey: string;
  objective: number;
  /** What waits, and since when the oldest of it does. */
  backlog: number;
  oldestSince: Date | null;
  /** Facts handled, and handlings that failed, since it began. */
  handled: number;
  failures: number;
  parked: number;
  /** Facts handled a minute, over the last five. */
  throughput: number;
  breachedSince: Date | null;
  reason: Reason | null;
};

/** Makes journeys known: their facts and objectives are what the program that looks last says. Those that are no more are forgotten. */
export async function openWorkflows(tx: Tx, { journeys, now }: { journeys: readonly Journey[]; now: Date }): Promise<void> {
  const rows = [...journeys, sequencing].map(({ name, types, objective }) => ({ id: newId(now.getTime()), journey: name, types, objective }));
  const at = sql`${now.toISOString()}::timestamptz`;
  await tx.execute(sql`
    with given as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id uuid, journey text, types text[], objective integer)),
    gone as (delete from log.workflow where journey not in (select journey from given))
    insert into log.workflow (id, journey, types, objective, created_at, updated_at) select id, journey, types, objective, ${at}, ${at} from given
    on conflict (journey) do update set types = excluded.types, objective = excluded.objective
      where (workflow.types, workflow.objective) is distinct from (excluded.types, excluded.objective)`);
}

/** Facts ahead of a journey, deliveries that wait or are tried again, and steps that are due. What is parked waits for a person. */
function waitingAt(now: SQL): SQL {
  return sql`
    select workflow.journey, count(fact.position) as n, min(fact.occurred_at) as since from log.workflow
    cross join lateral (select min(position) as position from log.consumer where name = workflow.journey) as start
    join log.fact on fact.position > start.position and fact.position <= start.position + ${horizon}::integer and fact.type = any(workflow.types)
    join log.consumer on consumer.name = workflow.journey and consumer.partition = fact.slot % consumer.partitions and consumer.position < fact.position
    group by workflow.journey
    union all
    select consumer, count(*), min(fact.occurred_at) from log.delivery join log.fact using (position) where status in ('PENDING', 'FAILED') group by consumer
    union all
    select process, count(*), min(due_at) from log.process_step where state = 'OPEN' and due_at <= ${now} group by process
    union all
    select ${sequencing.name}, count(*), min(occurred_at) from (select occurred_at from log.pending order by sequence limit ${horizon}) as pending`;
}

/** How all journeys fare, those in breach first. */
export async function readHealth(db: Db, now: Date): Promise<Health[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const rows = await db.execute(sql`
    with waiting as (select journey, sum(n) as backlog, min(since) as since from (${waitingAt(at)}) as parts group by journey)
    select workflow.*, coalesce(backlog, 0) as backlog, since, coalesce(handled, 0) as handled, coalesce(failures, 0) as failures, coalesce(parked, 0) as parked,
      (select greatest(0, coalesce(counts.handled, 0) - handled) / greatest(60, extract(epoch from ${at} - look.at)) * 60 from log.workflow_look as look
        where look.journey = workflow.journey and look.at >= ${at} - interval '5 minutes' order by look.at limit 1) as throughput
    from log.workflow left join waiting using (journey)
    left join (select name as journey, sum(handled) as handled, sum(failures) as failures from log.consumer group by name) as counts using (journey)
    left join (select consumer as journey, count(*) as parked from log.delivery where status = 'PARKED' group by consumer) as given_up using (journey)
    order by breached_since is null, journey`);
  return rows.map((row) => ({
    id: String(row.id),
    version: Number(row.version),
    journey: String(row.journey),
    objective: Number(row.objective),
    backlog: Number(row.backlog),
    oldestSince: instantOf(row.since),
    handled: Number(row.handled),
    failures: Number(row.failures),
    parked: Number(row.parked),
    throughput: Number(row.throughput ?? 0),
    breachedSince: instantOf(row.breached_since),
    reason: row.reason as Reason | null,
  }));
}

const instantOf = (value: unknown): Date | null => (value === null ? null : new Date(String(value)));

/** Since when the oldest of a journey has waited for too long; undefined when it has not. */
export function lateFrom({ oldestSince, objective }: Pick<Health, 'oldestSince' | 'objective'>, now: Date): Date | undefined {
  const from = oldestSince && new Date(oldestSince.getTime() + objective * 1000);
  return from && from < now ? from : undefined;
}

/** A look at all journeys, noted for the windows. */
export async function look(tx: Tx, now: Date): Promise<Health[]> {
  const health = await readHealth(tx, now);
  const rows = health.map((each) => ({ journey: each.journey, late_from: lateFrom(each, now), handled: each.handled, failures: each.failures }));
  const at = sql`${now.toISOString()}::timestamptz`;
  await tx.execute(sql`
    insert into log.workflow_look (journey, at, late_from, handled, failures)
    select journey, ${at}, late_from, handled, failures
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(journey text, late_from timestamptz, handled bigint, failures bigint)
    on conflict do nothing`);
  await tx.execute(sql`delete from log.workflow_look where at < ${at} - make_interval(secs => ${longest})`);
  return health;
}

const longest = Math.max(...windows.map(({ long }) => long));

/** What a journey did in a window: the share of the time in which something waited too long, since when, and how many handlings failed. */
export type Burn = { late: number; since: Date | null; failures: number; handled: number };

/** What the looks say of a window, by journey. The time between two looks counts too: each says since when it was late. */
export async function burnsIn(tx: Tx, seconds: number, now: Date): Promise<Map<string, Burn>> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const start = sql`(${at} - make_interval(secs => ${seconds}))`;
  const rows = await tx.execute(sql`
    select journey, min(late_from) as since, max(failures) - min(failures) as failures, max(handled) - min(handled) as handled, (
      select coalesce(sum(extract(epoch from upper(part) - lower(part))), 0) from unnest(range_agg(
        tstzrange(greatest(late_from, ${start}), at)) filter (where late_from is not null)) as part) / ${seconds}::integer as late
    from log.workflow_look where at > ${start} group by journey`);
  return new Map(
    rows.map((row) => [
      String(row.journey),
      { late: Number(row.late), since: instantOf(row.since), failures: Number(row.failures), handled: Number(row.handled) },
    ]),
  );
}

/** Why a journey is in breach by its windows, the short one first; undefined when it is not. */
export function breachOf(pairs: readonly { burn: number; short: Burn | undefined; long: Burn | undefined }[]): Reason | undefined {
  const spent = (share: (burn: Burn) => number) =>
    pairs.some(({ burn, short, long }) => short && long && [short, long].every((each) => share(each) >= burn * (1 - target)));
  if (spent(({ late }) => late)) return 'LATE';
  const isFailing = pairs.some(({ long }) => (long?.failures ?? 0) >= fewestFailures);
  return isFailing && spent(({ failures, handled }) => (failures === 0 ? 0 : failures / (failures + handled))) ? 'FAILING' : undefined;
}

/** Seconds of waiting, beyond the objective, by which alone a journey is in breach. */
export const breachAfter = windows[0].burn * (1 - target) * windows[0].long;

/** Since when a journey is in breach, and why: also where no worker was there to say so. */
export function breachIn(health: Health, now: Date): { since: Date; reason: Reason } | undefined {
  const { breachedSince, reason } = health;
  if (breachedSince && reason) return { since: breachedSince, reason };
  const from = lateFrom(health, now);
  return from && now.getTime() - from.getTime() >= breachAfter * 1000 ? { since: from, reason: 'LATE' } : undefined;
}

/** Notes that a journey is in breach, or is not any more; gives its version. */
export async function markWorkflow(tx: Tx, { id }: Pick<Health, 'id'>, breach: { since: Date; reason: Reason; now: Date } | { now: Date }): Promise<number> {
  const [since, reason] = 'since' in breach ? [breach.since.toISOString(), breach.reason] : [null, null];
  const [row] = await tx.execute(sql`
    update log.workflow set breached_since = ${since}::timestamptz, reason = ${reason}, version = version + 1, updated_at = ${breach.now.toISOString()}::timestamptz
    where id = ${id}::uuid returning version`);
  return Number(row?.version);
}
