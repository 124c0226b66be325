import { randomInt } from 'node:crypto';
import { v5, v7 } from 'uuid';

/** Within one millisecond ids count up from a random number, so that they sort by creation. */
function sequence(): (now: number) => number {
  const last = { now: -1, seq: 0 };
  return (now) => {
    last.seq = now === last.now ? last.seq + 1 : randomInt(2 ** 31);
    last.now = now;
    return last.seq;
  };
}

const nextIn = sequence();

/** A UUIDv7 (RFC 9562) of the given moment. */
export function newId(now: number = Date.now()): string {
  return v7({ msecs: now, seq: nextIn(now) });
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Guards every id that comes from outside before it reaches a uuid column. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}

/** The same id whenever it is asked for: a part of something, named within it (UUIDv5). */
export function partId(of: string, name: string): string {
  return v5(name, of);
}

/** Sorts before every id: where a walk through all rows by id begins. */
export const beforeAllIds = '00000000-0000-0000-0000-000000000000';

/** An entity of a sibling by its key, as the gateway takes it on from there; null where there is none. */
export function refer(id: string | null): { id: string } | null {
  return id === null ? null : { id };
}
