import type { Db } from '#kernel/db.ts';
import type { Doorbell } from '#kernel/doorbell.ts';
import { type EventRules, newest } from '#kernel/event.ts';
import { logBounds, readFacts } from '#kernel/facts.ts';
import type { Seal } from '#kernel/logCursor.ts';
import { startLoop } from '#kernel/loop.ts';
import type { Logger } from '#kernel/telemetry.ts';
import { createTail, type Tail } from './tail.ts';

/** Facts kept in memory, so that whoever is nearly caught up need not ask the database. */
const kept = 4_096;
/** Facts read at once. */
const bite = 1_000;
/** Milliseconds between two looks when nobody rings. */
const idleWait = 250;

/** The one reader of the log in this process: all subscribers follow it. */
export type Follower = Pick<Tail, 'position' | 'follow'> & {
  /** What closes cursors of this log to people outside. */
  seal: Seal;
  healthy(): boolean;
  stop(): Promise<void>;
};

/** Starts to follow the log from its present end. */
export async function followLog({ db, doorbell, log, rules }: { db: Db; doorbell: Doorbell; log: Logger; rules: EventRules }): Promise<Follower> {
  const { head, seal } = await logBounds(db);
  const { position, add, follow } = createTail(head, kept);
  const round = async () => {
    const facts = await readFacts(db, { after: position(), limit: bite });
    add(facts.map((fact) => newest(rules, fact)));
    return facts.length === bite;
  };
  const wait = doorbell.waiter();
  const loop = startLoop({ name: 'subscriptions', log, round, idle: (signal) => wait(idleWait, signal) });
  return { seal, position, follow, healthy: () => loop.healthy(), stop: () => loop.stop() };
}
