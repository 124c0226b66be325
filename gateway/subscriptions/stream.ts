import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import type { EventRules } from '#kernel/event.ts';
import { type Seal, writeLogCursor } from '#kernel/logCursor.ts';
import { scanEvents } from '#kernel/scan.ts';
import type { Logger } from '#kernel/telemetry.ts';
import type { Answer } from './answer.ts';
import type { Follower } from './follower.ts';
import type { Group } from './group.ts';
import type { Batch, Past } from './past.ts';

/** Facts taken from the log at once. */
const bite = 500;
/** Events whose execution may run ahead of the one that is being sent. */
const ahead = 8;

/** How far a subscriber who had caught up may fall behind: so many events while it takes none for `stall` milliseconds, or `most` in any case. */
export type Backlog = { events: number; stall: number; most: number };

export const defaultBacklog: Backlog = { events: 1_000, stall: 5_000, most: 50_000 };

export type StreamParts = {
  follower: Pick<Follower, 'position'>;
  past: Past;
  db: Db;
  rules: EventRules;
  log: Logger;
  /** The subscriber sees everything after this position. */
  start: bigint;
  /** What closes the subscriber's cursors, if anything does. */
  seal: () => Seal | undefined;
  /** The group of the subscriber's present rights; another one after its token was renewed with others. */
  group: () => Group;
  backlog: Backlog;
  /** Spends what an event costs; refuses when too little is left. */
  pay: () => Promise<unknown>;
  /** Called once when it fell behind further, with the cursor of the last event that it took. */
  onOverflow: (cursor: string) => void;
  /** Called once when it is over, however it ended. */
  onEnd: () => void;
};

/** Events for one subscriber, in order, no gap, no repeat. `return` ends it also while it waits. */
export type EventStream = AsyncIterableIterator<Answer> & {
  return(): Promise<IteratorResult<Answer>>;
  throw(error?: unknown): Promise<IteratorResult<Answer>>;
  /** Where to resume: everything up to here was taken, or was not for this subscriber. Undefined where nobody keeps what was. */
  cursor(): string | undefined;
  /** True once there will be no more: nobody need come back. */
  completed(): boolean;
  /** The rights of its subscriber have changed: it looks again also while it waits. */
  look(): void;
};

type Run = StreamParts & {
  signal: AbortSignal;
  position: bigint;
  live: boolean;
  owed: number;
  sendingSince: number | undefined;
  membership: { group: Group; leave: () => void } | undefined;
  /** Ends its wait, if it waits. */
  wake: () => void;
};

/** Opens a stream: first the past out of the log, then what follows, from the same positions. */
export function openStream(parts: StreamParts): EventStream {
  const control = new AbortController();
  const place = { position: parts.start, live: false, owed: 0, sendingSince: undefined };
  const run: Run = { ...parts, ...place, signal: control.signal, membership: undefined, wake: () => undefined };
  control.signal.addEventListener('abort', () => run.wake(), { once: true });
  const cursor = () => writeLogCursor(run.membership?.group.reach(run.position) ?? run.position, run.seal());
  return streamOf({ inner: events(run), control, onEnd: parts.onEnd, cursor, completed: () => false, look: () => run.wake() });
}

type Streamed = Pick<EventStream, 'cursor' | 'completed' | 'look'> & {
  inner: AsyncGenerator<Answer, void, undefined>;
  control: AbortController;
  onEnd: () => void;
};

/** Answers as a stream that can be ended while it waits, and tells once that it is over. */
export function streamOf({ inner, control, onEnd, cursor, completed, look }: Streamed): EventStream {
  let over = false;
  const ended = () => {
    if (!over) onEnd();
    over = true;
  };
  const end = async (): Promise<IteratorResult<Answer>> => {
    // First this: a generator that waits does not hear that it is to return.
    control.abort();
    ended();
    return inner.return(undefined);
  };
  return {
    next: async () => {
      try {
        const result = await inner.next();
        if (result.done) ended();
        return result;
      } catch (error) {
        ended();
        throw error;
      }
    },
    return: end,
    throw: end,
    cursor,
    completed,
    look,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* events(run: Run): AsyncGenerator<Answer, void, undefined> {
  try {
    while (!run.signal.aborted) {
      const group = run.group();
      join(run, group);
      const batch = await nextBatch(run, group);
      if (batch) yield* deliver(run, group, batch);
      else if (run.position >= run.follower.position()) await catchUp(run, group);
    }
  } finally {
    run.membership?.leave();
  }
}

function join(run: Run, group: Group): void {
  if (run.membership?.group === group) return;
  run.membership?.leave();
  run.membership = { group, leave: group.join({ owe: (count) => owe(run, count), wake: () => run.wake() }) };
  run.live = false;
}

/** No await lies between "nothing is left" and the wait: whatever comes from here on is counted and wakes us. */
async function catchUp(run: Run, group: Group): Promise<void> {
  if (run.signal.aborted || run.group() !== group) return;
  run.live = true;
  run.owed = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  run.wake = resolve;
  await promise;
  // By the rights that it waited with, also when it has others now.
  run.position = group.reach(run.position);
}

/** From memory where it reaches back far enough, else from the log; undefined when there is nothing now. */
async function nextBatch(run: Run, group: Group): Promise<Batch | undefined> {
  const recent = group.recent(run.position, bite);
  if (recent) return recent;
  if (run.position >= run.follower.position()) return undefined;
  const { actor, filter } = group;
  try {
    return await run.past.after(group, run.position, (after) => scanEvents(run.db, { actor, rules: run.rules, filter, after, limit: bite }));
  } catch (error) {
    if (error instanceof Refused) throw error;
    run.log.warn({ err: error }, 'the log could not be read for a subscriber; trying again');
    await pause(250, undefined, { signal: run.signal }).catch(() => {});
    return undefined;
  }
}

/** Executes a little ahead, hands over in order; the position moves with each event that was taken. */
async function* deliver(run: Run, group: Group, { facts, to }: Batch): AsyncGenerator<Answer, void, undefined> {
  const started: Promise<Answer>[] = [];
  for (const [index, fact] of facts.entries()) {
    while (started.length < facts.length && started.length <= index + ahead) {
      const next = facts[started.length];
      if (next) started.push(settled(group.answer(next)));
    }
    const answer = await started[index];
    if (run.signal.aborted || run.group() !== group) return;
    // What is not paid for is not taken: whoever comes back gets it.
    await run.pay();
    // What is handed over is written before anything that follows, a close frame with this cursor included.
    run.position = fact.position;
    run.owed -= 1;
    run.sendingSince = performance.now();
    if (answer) yield answer;
    run.sendingSince = undefined;
  }
  run.position = to;
}

/** A rejection that nobody awaits any more must not end the process. */
function settled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  return promise;
}

function owe(run: Run, events: number): void {
  if (!run.live || run.signal.aborted) return;
  run.owed += events;
  const { events: few, stall, most } = run.backlog;
  const stalled = run.sendingSince !== undefined && performance.now() - run.sendingSince >= stall;
  if (run.owed <= few || !(stalled || run.owed > most)) return;
  run.live = false;
  run.onOverflow(writeLogCursor(run.position, run.seal()));
}
