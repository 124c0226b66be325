import { LRUCache } from 'lru-cache';
import type { Touch } from '#kernel/touch.ts';

/** An answer as it is sent, and the tags of what it depends on. */
export type Entry = { text: string; type: string; tags: readonly string[] };

/** What an answer depends on: tables as the reader sees them, those that were read past the reader's limits, and whose rows the reader sees. */
export type Dependence = { own: readonly string[]; all: readonly string[]; customers: readonly string[] | undefined };

/** Customers of one reader up to which their writes are told apart. */
const mostCustomers = 50;

/** By which touches an answer dies: those of anybody's rows, of rows of customers at all, and of rows of these customers. */
export function tagsOf({ own, all, customers }: Dependence): string[] {
  const narrow = customers !== undefined && customers.length <= mostCustomers;
  const tags = new Set<string>();
  for (const name of [...own, ...all].flatMap(withTable)) tags.add(name);
  for (const name of (narrow ? all : [...own, ...all]).flatMap(withTable)) tags.add(`${name} *`);
  if (narrow) for (const name of own.flatMap(withTable)) for (const customer of customers) tags.add(`${name} ${customer}`);
  return [...tags];
}

/** The tags of answers that die by a touch. */
export function tagsOfTouch({ relation, customers }: Touch): string[] {
  const [table = relation] = relation.split(':');
  const names = table === relation ? [relation, `${relation}:`] : [relation, table];
  return customers ? names.flatMap((name) => [`${name} *`, ...customers.map((customer) => `${name} ${customer}`)]) : names;
}

/** What is a part of a table, such as references of one type, dies with the whole table too. */
function withTable(name: string): string[] {
  const [table, part] = name.split(':');
  return part === undefined ? [name] : [name, `${table}:`];
}

export type Store = {
  get(key: string): Entry | undefined;
  put(key: string, entry: Entry): void;
  /** Forgets all that bears one of the tags; how many that were. */
  kill(tags: readonly string[]): number;
  clear(): void;
  size(): { entries: number; bytes: number };
};

type Bounds = { bytes: number; milliseconds: number; onEvict: () => void };

/** Bytes that an entry takes beside its texts, and one of its tags. */
const overhead = 400;
const perTag = 100;
/** One entry takes a tenth of the whole at most. */
const share = 10;

/** Answers by their keys, within bounds of memory and age, and by their tags. */
export function createStore({ bytes, milliseconds, onEvict }: Bounds): Store {
  const byTag = new Map<string, Set<string>>();
  const kept = new LRUCache<string, Entry>({
    maxSize: bytes,
    maxEntrySize: Math.floor(bytes / share),
    ttl: milliseconds,
    sizeCalculation: ({ text, tags }, key) => overhead + Buffer.byteLength(text) + key.length + tags.reduce((sum, tag) => sum + tag.length + perTag, 0),
    dispose: ({ tags }, key, reason) => {
      if (reason === 'evict') onEvict();
      for (const tag of tags) {
        const keys = byTag.get(tag);
        keys?.delete(key);
        if (keys?.size === 0) byTag.delete(tag);
      }
    },
  });
  return {
    get: (key) => kept.get(key),
    put: (key, entry) => {
      kept.set(key, entry);
      if (kept.peek(key) !== entry) return;
      for (const tag of entry.tags) byTag.set(tag, (byTag.get(tag) ?? new Set()).add(key));
    },
    kill: (tags) => {
      const keys = new Set(tags.flatMap((tag) => [...(byTag.get(tag) ?? [])]));
      for (const key of keys) kept.delete(key);
      return keys.size;
    },
    clear: () => kept.clear(),
    size: () => ({ entries: kept.size, bytes: kept.calculatedSize }),
  };
}
