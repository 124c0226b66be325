import { setTimeout as pause } from 'node:timers/promises';
import { serviceActor } from './actor.ts';
import type { Clock, Scope } from './context.ts';
import type { Db } from './db.ts';
import { isDatabaseLost } from './errors.ts';
import { reach } from './failpoint.ts';
import { type Loop, startLoop } from './loop.ts';
import { dateOf } from './period.ts';
import { inSpan } from './span.ts';
import { sql } from './sql.ts';
import { idsOf, type Logger, newTraceparent } from './telemetry.ts';

/** What happens because a time came, not because a fact did. */
export type Schedule = {
  name: string;
  /** Seconds from the end of one turn to the next. */
  every: number;
  /** Makes a bounded number of changes and gives how many; while there are some it goes on at once. */
  run: (scope: Scope) => Promise<number>;
};

export type ScheduleParts = { db: Db; schedules: readonly Schedule[]; clock: Clock; log: Logger };

/** Takes one turn that is due; false when none is. Whoever holds the row's lock takes it; with the effect commits when it is due again. */
export async function takeTurn({ db, schedules, clock, log }: ScheduleParts): Promise<boolean> {
  const now = clock();
  const names = sql.param(schedules.map(({ name }) => name));
  const taken = await db.transaction(async (tx) => {
    const [row] = await tx.execute(sql`
      select name, attempts from log.schedule where name = any(${names}::text[]) and next_at <= ${now.toISOString()} order by next_at limit 1 for update skip locked`);
    const schedule = schedules.find(({ name }) => name === row?.name);
    if (!row || !schedule) return undefined;
    const { name, every, run } = schedule;
    const trace = { correlationId: `${name}-${dateOf(now)}`, traceparent: newTraceparent() };
    const after = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString();
    try {
      const changes = await inSpan({ name: `schedule ${name}`, trace, parent: undefined }, (own) =>
        tx.transaction((inner) => run({ tx: inner, actor: serviceActor(name), trace: own, now })),
      );
      await tx.execute(sql`update log.schedule set attempts = 0, reason = null, next_at = ${after(changes > 0 ? 0 : every)} where name = ${name}`);
    } catch (error) {
      if (isDatabaseLost(error)) throw error;
      log.error({ err: error, schedule: name, ...idsOf(trace) }, 'what was due could not be done; trying again');
      const wait = Math.min(every, 2 ** Math.min(Number(row.attempts), 10));
      const reason = (error instanceof Error ? error.message : String(error)).slice(0, 2000);
      await tx.execute(sql`update log.schedule set attempts = attempts + 1, reason = ${reason}, next_at = ${after(wait)} where name = ${name}`);
    }
    reach('schedule', name, 'done');
    return name;
  });
  if (taken === undefined) return false;
  reach('schedule', taken, 'committed');
  return true;
}

/** Makes schedules known: a new one is due at once, the others when they said. */
async function openSchedules({ db, schedules, clock }: ScheduleParts): Promise<void> {
  for (const { name } of schedules)
    await db.execute(sql`insert into log.schedule (name, next_at) values (${name}, ${clock().toISOString()}) on conflict do nothing`);
}

async function dueOf({ db, schedules, clock }: ScheduleParts): Promise<Schedule[]> {
  const rows = await db.execute(sql`select name from log.schedule where next_at <= ${clock().toISOString()} order by next_at`);
  return rows.flatMap(({ name }) => schedules.find((schedule) => schedule.name === name) ?? []);
}

/** Milliseconds between two looks. */
const idlePause = 1_000;

/** Takes turns until it is stopped; any number of workers may. */
export function startSchedules(parts: ScheduleParts): Loop {
  let opened = false;
  const round = async (): Promise<boolean> => {
    if (!opened) await openSchedules(parts);
    opened = true;
    let taken = 0;
    for (const schedule of await dueOf(parts)) if (await takeTurn({ ...parts, schedules: [schedule] })) taken += 1;
    return taken > 0;
  };
  return startLoop({ name: 'schedules', log: parts.log, round, idle: (signal) => pause(idlePause, undefined, { signal }).catch(() => {}) });
}
