import { LRUCache } from 'lru-cache';
import { Refused } from '#kernel/errors.ts';
import type { Fact } from '#kernel/facts.ts';
import { firstAfter } from './tail.ts';

/** Facts in their order, and how far the log is read with them. */
export type Batch = { facts: readonly Fact[]; to: bigint };

/** The log as groups read it back. Members of a group who come back to nearby places read it once; what was read never changes. */
export type Past = {
  /** What follows a position, by the group's own way to read it. */
  after(group: object, position: bigint, read: Read): Promise<Batch>;
};

type Read = (after: bigint) => Promise<Batch>;
type Kept = { numbers: WeakMap<object, number>; done: LRUCache<string, Batch>; asked: Map<string, Promise<Batch>> };

/** Reads begin at multiples of this: whoever comes back to a place nearby asks the same. */
const step = 256n;
/** Facts of such reads that are remembered, of all groups. */
const remembered = 10_000;

/** Remembers what groups read of the log, while there is room. */
export function createPast(): Past {
  const done = new LRUCache<string, Batch>({ maxSize: remembered, sizeCalculation: ({ facts }) => facts.length + 1 });
  const kept: Kept = { numbers: new WeakMap(), done, asked: new Map() };
  const counter = { last: 0 };
  return {
    after: async (group, position, read) => {
      const number = kept.numbers.get(group) ?? ++counter.last;
      kept.numbers.set(group, number);
      const from = (start: bigint) => once(kept, `${number} ${start}`, async () => ({ start, batch: await read(start) }));
      const start = position - (position % step);
      const near = start === position ? undefined : await from(start).catch(unlessRefused);
      // What was read while the log was shorter does not reach as far as this.
      return near && near.to > position ? { facts: near.facts.slice(firstAfter(near.facts, position)), to: near.to } : from(position);
    },
  };
}

/** What precedes a place may be forgotten while what follows it is kept. */
function unlessRefused(error: unknown): undefined {
  if (!(error instanceof Refused)) throw error;
}

/** Nobody reads what is being read or remembered. */
function once({ done, asked }: Kept, key: string, read: () => Promise<{ start: bigint; batch: Batch }>): Promise<Batch> {
  const before = done.get(key) ?? asked.get(key);
  if (before) return Promise.resolve(before);
  const reading = read()
    .then(({ start, batch }) => {
      if (batch.to > start) done.set(key, batch);
      return batch;
    })
    .finally(() => asked.delete(key));
  asked.set(key, reading);
  return reading;
}
