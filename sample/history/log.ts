import { setTimeout as pause } from 'node:timers/promises';
import type { TransactionSql } from 'postgres';
import { references } from '#engagements/published.ts';
import { openItemsOfProjects } from '#finance/invoice/queries.ts';
import { serviceActor } from '#kernel/actor.ts';
import { type Db, openDb, type Tx } from '#kernel/db.ts';
import { storedKeys } from '#kernel/facts.ts';
import { publish, published } from '#kernel/reference.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { sql } from '#kernel/sql.ts';
import { consumers } from '#processes/wiring.ts';
import { openTimeOfProjects } from '#time/timesheet/queries.ts';
import { copyText, escaped } from '../copy.ts';
import type { Stated } from './stated.ts';

const columns = [
  ...['id', 'type', 'version', 'subgraph', 'subject_type', 'subject_id', 'subject_version', 'keys', 'key_ids', 'payload'],
  ...['occurred_at', 'actor_id', 'actor_kind', 'correlation_id', 'causation_id'],
] as const;

/** The history's facts while they come in, in any order. */
export type History = { add(facts: Iterable<Stated>): Promise<void>; state(): Promise<number> };

/** A log that ends now: the last day is told whole, however early it is. */
export async function openHistory(tx: TransactionSql, now: Date): Promise<History> {
  await tx`create temp table history on commit drop as select * from log.pending with no data`;
  await tx`alter table history drop column sequence, add column rank bigint generated always as identity`;
  return {
    add: async (facts) => void (await copyText(tx, { into: 'history', columns, lines: linesOf(facts, now) })),
    /** Where a command would put them, in the order in which they happened; gives how many. */
    state: async () => {
      const list = columns.join(', ');
      const { count } = await tx.unsafe(`insert into log.pending (${list}) select ${list} from history order by occurred_at, rank`);
      await passBy(tx, count);
      return count;
    },
  };
}

/** Every consumer stands behind these facts before anybody sees them: a worker that runs handles none of them. */
async function passBy(tx: TransactionSql, facts: number): Promise<void> {
  const names = consumers.map(({ name }) => name);
  await tx`insert into log.consumer (name) select unnest(${names}::text[]) on conflict do nothing`;
  await tx`update log.consumer set position = head.position + ${facts}::int from log.head where name = any(${names})`;
}

function* linesOf(facts: Iterable<Stated>, now: Date): Iterable<string> {
  for (const fact of facts) {
    const { keys, key_ids } = storedKeys(fact.keys);
    const { id, type, version, subgraph, subject, payload, at, by, correlationId, cause } = fact;
    const texts = [JSON.stringify(keys), `{${key_ids.join(',')}}`, JSON.stringify(payload)].map(escaped);
    const about = [id, type, version, subgraph, subject.type, subject.id, subject.version, ...texts];
    const then = at < now ? at : now;
    yield `${[...about, then.toISOString(), by.id, by.kind, correlationId, cause?.id ?? '\\N'].join('\t')}\n`;
  }
}

/** Gives the facts their positions, and notes that every process has done with them: nothing is posted twice. */
export async function settleHistory(url: string, now: Date): Promise<void> {
  await using open = openDb({ url, name: 'sample', max: 1, statementTimeout: 0, scope: 'command' });
  while (await waits(open.db)) if ((await sequenceOnce(open.db)) === 0) await pause(20);
  await open.db.transaction(async (tx) => {
    for (const { name, types } of consumers) await markDone(tx, { name, types });
    await publishOpenItems(tx, now);
  });
}

/** Another sequencer may run, and lead. */
async function waits(db: Db): Promise<boolean> {
  const [row] = await db.execute(sql`select exists (select from log.pending) as some`);
  return row?.some === true;
}

/** As after a real run: each fact of the consumer's types was delivered a second after it was stated. */
async function markDone(tx: Tx, { name, types }: { name: string; types: readonly string[] }): Promise<void> {
  await tx.execute(sql`
    insert into log.delivery (consumer, fact_id, position, subject_type, subject_id, status, attempts, acknowledged_at)
    select ${name}, id, position, subject_type, subject_id, 'DELIVERED', 1, occurred_at + interval '1 second'
    from log.fact where type = any(${sql.param([...types])}::text[])`);
}

/** What stands open on each project, as the process of that name publishes it. */
async function publishOpenItems(tx: Db, now: Date): Promise<void> {
  const rows = await tx.execute(sql`select id, (select position from log.head)::text as position from engagements.project order by id`);
  const ids = rows.map(({ id }) => String(id));
  const money = await openItemsOfProjects(tx, ids);
  const time = await openTimeOfProjects(tx, ids);
  const scope = { tx, actor: serviceActor('project-open-items'), trace: { correlationId: 'sample' }, now };
  await publish(
    scope,
    rows.map(({ id, position }) => {
      const { unbilled = 0, draftInvoices = 0 } = money.get(String(id)) ?? {};
      const data = { unbilled, draftInvoices, openTimesheets: time.get(String(id)) ?? 0 };
      return published(references.ProjectOpenItems, { id: String(id), version: Number(position), data });
    }),
  );
}
