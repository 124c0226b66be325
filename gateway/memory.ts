import { hash } from 'node:crypto';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/**
 * Keeps what is asked for again. What comes once leaves a trace and no more, so that a client whose every text is another one can neither fill the
 * memory nor push out what others ask for all the time.
 */
export type Memory<Value> = {
  get(key: string): Value | undefined;
  /** Kept from the second time on; `size` is what counts against the bound. */
  set(key: string, value: Value, size?: number): void;
  /** Kept at once: it is known that it is asked for again. */
  keep(key: string, value: Value, size?: number): void;
  /** So many of those that were asked for last. */
  recent(count: number): Value[];
  clear(): void;
};

/** Keys that came once, of which a trace is kept. */
const traces = 20_000;

/** One value takes a tenth of the whole at most. */
const share = 10;

/** `bound` is in characters of what is kept: keys where no size is given. */
export function createMemory<Value extends object>(bound: number): Memory<Value> {
  const kept = new LRUCache<string, Value>({ maxSize: bound, maxEntrySize: bound / share });
  const seen = new LRUCache<string, true>({ max: traces });
  const keep = (key: string, value: Value, size = key.length) => void kept.set(key, value, { size: Math.max(size, 1) });
  return {
    get: (key) => kept.get(key),
    set: (key, value, size) => {
      const trace = key.length > 64 ? hash('sha256', key, 'base64url') : key;
      if (seen.get(trace)) keep(key, value, size);
      else seen.set(trace, true);
    },
    keep,
    recent: (count) => kept.values().take(count).toArray(),
    clear: () => {
      kept.clear();
      seen.clear();
    },
  };
}

/** Characters of operations whose documents are kept; a document takes some thirty times that. */
const documentBound = 2_000_000;

/** The form in which Apollo asks for documents. */
export type DocumentStore = {
  get(key: string): Promise<DocumentNode | undefined>;
  set(key: string, value: DocumentNode): Promise<void>;
  delete(key: string): Promise<boolean>;
};

/** Documents of operations by their hash. */
export function documentStore(): DocumentStore {
  const memory = createMemory<DocumentNode>(documentBound);
  return {
    get: async (key) => memory.get(key),
    set: async (key, value) => memory.set(key, value, value.loc?.source.body.length ?? documentBound),
    // Nobody asks for it: documents of another schema have other keys.
    delete: async () => false,
  };
}
