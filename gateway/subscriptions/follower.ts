import type { Db } from '#kernel/db.ts';
import type { Doorbell } from '#kernel/doorbell.ts';
import { type EventRules, newest } from '#kernel/event.ts';
import { type Fact, logBounds, readFacts } from '#kernel/facts.ts';
import type { Seal } from '#kernel/logCursor.ts';
import { startLoop } from '#kernel/loop.ts';
import type { Logger } from '#kernel/telemetry.ts';

/** Facts kept in memory, so that whoever is nearly caught up need not ask the database. */
const kept = 4_096;
/** Facts read at once. */
const bite = 1_000;
/** Milliseconds between two looks when nobody rings. */
const idleWait = 250;

/** The one reader of the log in this process: all subscribers follow it. */
export type Follower = {
  /** What closes cursors of this log to people outside. */
  seal: Seal;
  /** Every fact up to here has been seen. It only grows. */
  position(): bigint;
  /** The facts after a position, when they are still in memory; `to` is how far they reach. */
  recent(after: bigint, limit: number): { facts: Fact[]; to: bigint } | undefined;
  /** Resolves when there is something after this position, or when the signal ends the wait. */
  moved(after: bigint, signal: AbortSignal): Promise<void>;
  /** Called with each batch, before anybody who waits goes on; gives the way to stop it. */
  onBatch(listener: (facts: readonly Fact[]) => void): () => void;
  healthy(): boolean;
  stop(): Promise<void>;
};

type Tail = { position: bigint; ring: Fact[]; waiting: Set<() => void>; listeners: Set<(facts: readonly Fact[]) => void> };

/** Starts to follow the log from its present end. */
export async function followLog({ db, doorbell, log, rules }: { db: Db; doorbell: Doorbell; log: Logger; rules: EventRules }): Promise<Follower> {
  const { head, seal } = await logBounds(db);
  const tail: Tail = { position: head, ring: [], waiting: new Set(), listeners: new Set() };
  const round = async () => {
    const facts = (await readFacts(db, { after: tail.position, limit: bite })).map((fact) => newest(rules, fact));
    advance(tail, facts);
    return facts.length === bite;
  };
  const loop = startLoop({ name: 'subscriptions', log, round, idle: (signal) => doorbell.wait(idleWait, signal) });
  return {
    seal,
    position: () => tail.position,
    recent: (after, limit) => recent(tail, after, limit),
    moved: (after, signal) => moved(tail, after, signal),
    onBatch: (listener) => {
      tail.listeners.add(listener);
      return () => tail.listeners.delete(listener);
    },
    healthy: () => loop.healthy(),
    stop: () => loop.stop(),
  };
}

function advance(tail: Tail, facts: readonly Fact[]): void {
  const [first, last] = [facts[0], facts.at(-1)];
  if (!first || !last) return;
  // Positions are contiguous; a hole means that the log was cut off below us, and whoever needs it is told by its own read.
  if (first.position !== tail.position + 1n) tail.ring = [];
  tail.ring.push(...facts);
  if (tail.ring.length > kept) tail.ring.splice(0, tail.ring.length - kept);
  tail.position = last.position;
  for (const listener of [...tail.listeners]) listener(facts);
  for (const wake of [...tail.waiting]) wake();
}

function recent(tail: Tail, after: bigint, limit: number): { facts: Fact[]; to: bigint } | undefined {
  const first = tail.ring[0]?.position;
  if (first === undefined || after + 1n < first || after >= tail.position) return undefined;
  const from = Number(after + 1n - first);
  const facts = tail.ring.slice(from, from + limit);
  return { facts, to: facts.at(-1)?.position ?? after };
}

function moved(tail: Tail, after: bigint, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      if (tail.position <= after && !signal.aborted) return;
      tail.waiting.delete(done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    tail.waiting.add(done);
    signal.addEventListener('abort', done);
    done();
  });
}
