import { sql } from 'drizzle-orm';
import type { Sql } from 'postgres';
import { serviceActor } from '#kernel/actor.ts';
import type { Consumer } from '#kernel/consume.ts';
import type { Db } from '#kernel/db.ts';
import { record } from '#kernel/facts.ts';
import { whole } from '#kernel/fields.ts';
import { newId } from '#kernel/ids.ts';
import { catalogue, fact } from '#kernel/published.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';

const facts = catalogue('test', { Stepped: fact({ subject: 'Walker', description: 'For the test.', read: 'task:read', fields: { step: whole('Which.') } }) });

type Walk = { subjects: readonly string[]; steps: readonly [from: number, to: number]; at?: Date; partition?: number };

/** Subjects that each go 1, 2, 3, ...: what a consumer made of them shows loss, doubling and disorder. */
export async function walk(db: Db, { subjects, steps, at, partition }: Walk): Promise<void> {
  const [from, to] = steps;
  for (let step = from; step <= to; step += 1) {
    const scope = { tx: db, actor: serviceActor('test'), trace: { correlationId: `s${step}` }, now: at ?? new Date('2026-03-02T09:00:00Z') };
    await record(
      scope,
      facts.Stepped,
      subjects.map((id) => ({ subject: { id, version: step }, payload: { step } })),
    );
  }
  while ((await sequenceOnce(db, partition)) > 0);
}

/** As if nothing had ever been stated. */
export async function emptyLog(database: Sql): Promise<void> {
  await database`truncate log.pending, log.fact, log.fact_key, log.delivery, log.consumer`;
  await database`update log.head set position = 0`;
}

export const walkers = (count: number): string[] => Array.from({ length: count }, () => newId());

/** Where a tracker writes: a number that rises with each write, so that the order of commits of one subject can be read. */
export async function makeTrack(database: Sql): Promise<void> {
  await database`create table if not exists public.track (place bigint generated always as identity, subject uuid not null, step integer not null, worker integer)`;
  await database`truncate public.track`;
}

/** Writes down each step, in the transaction that moves the cursor. */
export function tracker(name: string, wish: Partial<Consumer> = {}): Consumer {
  return {
    name,
    types: ['Stepped'],
    batch: 20,
    handle: async (scope, some) => {
      const ids = sql.param(some.map((each) => each.subjectId));
      const steps = sql.param(some.map((each) => Number(each.payload.step)));
      await scope.tx.execute(sql`insert into public.track (subject, step, worker) select *, pg_backend_pid() from unnest(${ids}::uuid[], ${steps}::integer[])`);
    },
    ...wish,
  };
}

/** Subjects that have not made all their steps, each once, in order: none, when all is well. */
export async function astray(database: Sql, { subjects, steps }: { subjects: readonly string[]; steps: number }): Promise<string[]> {
  const rows = await database`select subject, string_agg(step::text, ' ' order by place) as steps from public.track group by subject`;
  const found = new Map(rows.map((row) => [String(row.subject), String(row.steps)]));
  const all = Array.from({ length: steps }, (_, index) => index + 1).join(' ');
  return subjects.flatMap((subject) => (found.get(subject) === all ? [] : [`${subject}: ${found.get(subject) ?? 'nothing'}`]));
}
