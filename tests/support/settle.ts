import type { Sql } from 'postgres';
import { serviceActor } from '#kernel/actor.ts';
import { consumeOnce } from '#kernel/consume.ts';
import { type Db, openDb } from '#kernel/db.ts';
import { runOnce } from '#kernel/run.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { contractRerates } from '#processes/amendedContracts.ts';
import { consumers, processes } from '#processes/wiring.ts';

/** Lets every process react to all that has happened, until nothing is left to do. */
export async function settleProcesses(url: string): Promise<void> {
  await using open = openDb({ url, name: 'settle', max: 2, scope: 'command' });
  const parts = { db: open.db, clock: () => new Date(), log: createLogger({ level: 'silent' }) };
  for (let busy = true; busy; ) {
    busy = false;
    while ((await sequenceOnce(open.db)) > 0) busy = true;
    for (const consumer of consumers) while (await consumeOnce({ ...parts, consumer })) busy = true;
    while (await runOnce({ ...parts, processes })) busy = true;
    if (await rerated(open.db)) busy = true;
  }
}

/** What amendments ask of the work under contracts comes by turns; the other schedules are no reaction to anything. */
async function rerated(db: Db): Promise<boolean> {
  const actor = serviceActor(contractRerates.name);
  const turn = () => db.transaction((tx) => contractRerates.run({ tx, actor, trace: { correlationId: 'settle' }, now: new Date() }));
  let some = false;
  while ((await turn()) > 0) some = true;
  return some;
}

/** Whether all that happened has had all its effects, as one snapshot shows it: nothing waits for a position, a process or another attempt. */
export async function isSettled(sql: Sql): Promise<boolean> {
  const names = consumers.map(({ name }) => name);
  const [row] = await sql`select not exists (select from log.pending)
    and not exists (select from log.delivery where status in ('PENDING', 'FAILED'))
    and not exists (select from log.process_step where state = 'OPEN')
    and not exists (select from log.consumer, log.head where name = any(${names}) and consumer.position <> head.position)
    and (select count(distinct name) from log.consumer where name = any(${names})) = ${names.length} as settled`;
  return row?.settled === true;
}
