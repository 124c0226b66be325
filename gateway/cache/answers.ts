import type { Actor } from '#kernel/actor.ts';
import { noReads, type Reads } from '#kernel/reads.ts';
import type { Logger } from '#kernel/telemetry.ts';
import type { Touch } from '#kernel/touch.ts';
import { isOutside } from '#kernel/visibility.ts';
import type { CacheMetrics } from '../metrics.ts';
import type { Reply } from '../respond.ts';
import { followWrites, type Look } from './follow.ts';
import { createStore, type Entry, tagsOf, tagsOfTouch } from './store.ts';

/** Where it is told what was written, and on what each table or view depends that may be read. */
export type WriteSource = { relations: ReadonlyMap<string, readonly string[]>; look: Look };

export type CacheSettings = {
  /** Bytes of answers at most. */
  bytes: number;
  /** Milliseconds that an answer is kept at most: a bound for what is in no database, such as another version of a subgraph. */
  age: number;
};

export const defaultCacheAge = 60_000;

/** An answer as it is carried out: where not all of it is there, what it reads is untold. */
export type Carried = Reply & { text: string };

export type Answers = {
  /** The answer that is kept, if nothing that it depends on was written; else that which is carried out. */
  answer(asked: { key: string; actor: Actor }, carryOut: (reads: Reads | undefined) => Promise<Carried>): Promise<Carried>;
  close(): Promise<void>;
};

type Parts = { source: WriteSource; settings: CacheSettings; metrics: CacheMetrics; log: Logger };

/** What was written while an answer was made: undefined when nobody can say. */
type Filling = { killed: Set<string> | undefined };

/** Tags of one filling at most. */
const mostKilled = 20_000;

/** Keeps answers until something that they depend on is written, by whomever. */
export function createAnswers({ source, settings, metrics, log }: Parts): Answers {
  const store = createStore({ bytes: settings.bytes, milliseconds: settings.age, onEvict: () => metrics.evictions.inc() });
  const fillings = new Set<Filling>();
  const onTouch = (touches: readonly Touch[]) => {
    const tags = [...new Set(touches.flatMap(tagsOfTouch))];
    metrics.invalidations.inc(store.kill(tags));
    for (const filling of fillings) add(filling, tags);
  };
  const onLost = () => {
    metrics.invalidations.inc(store.size().entries);
    store.clear();
    for (const filling of fillings) filling.killed = undefined;
  };
  const follow = followWrites({ look: source.look, log, onTouch, onLost });
  metrics.watch(() => ({ ...store.size(), lag: follow.lag() / 1000 }));
  const filled: Answers['answer'] = async ({ key, actor }, carryOut) => {
    if (!follow.knows()) return carryOut(undefined);
    const filling: Filling = { killed: new Set() };
    fillings.add(filling);
    try {
      const reads = noReads();
      const carried = await carryOut(reads);
      const entry = entryOf(source, { reads, actor, carried });
      if (reads.untold !== undefined) log.debug({ untold: reads.untold }, 'an answer is not kept: it cannot be told what it depends on');
      if (entry && filling.killed && !entry.tags.some((tag) => filling.killed?.has(tag))) store.put(key, entry);
      return carried;
    } finally {
      fillings.delete(filling);
    }
  };
  return {
    answer: async (asked, carryOut) => {
      // Asked after the request came: what was committed before it is known then, whoever wrote it and wherever.
      const kept = store.get(asked.key) && (await follow.look()) ? store.get(asked.key) : undefined;
      metrics.requests.inc({ outcome: kept ? 'hit' : 'miss' });
      return kept ? { status: 200, type: kept.type, text: kept.text } : filled(asked, carryOut);
    },
    close: () => follow.stop(),
  };
}

function add(filling: Filling, tags: readonly string[]): void {
  for (const tag of tags) filling.killed?.add(tag);
  if (filling.killed && filling.killed.size > mostKilled) filling.killed = undefined;
}

/** What is kept; undefined where it cannot be told by what it dies. */
function entryOf({ relations }: WriteSource, { reads, actor, carried }: { reads: Reads; actor: Actor; carried: Carried }): Entry | undefined {
  const expanded = (names: Iterable<string>) => {
    const all = new Set<string>();
    for (const name of names) {
      const [table = name] = name.split(':');
      const below = relations.get(table);
      if (!below) reads.untold ??= `${name}, of which nobody notes what is written`;
      for (const each of below ?? []) all.add(each === table ? name : each);
    }
    return [...all];
  };
  const dependence = { own: expanded(reads.own), all: expanded(reads.all), customers: isOutside(actor) ? (actor.customerIds ?? []) : actor.customerIds };
  return reads.untold === undefined ? { text: carried.text, type: carried.type, tags: tagsOf(dependence) } : undefined;
}
