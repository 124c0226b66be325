import { randomInt } from 'node:crypto';

/** A new seed, and those that failed once. Put it into the test's title (`%i`), so that a failure says how to repeat it. */
export function seeds(...failed: readonly number[]): number[] {
  return [randomInt(2 ** 31), ...failed];
}

/** Random choices of a test: equal seeds choose alike (mulberry32). */
export function choices(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    /** From 0 up to, but not including, 1. */
    next,
    /** A whole number from 0 up to, but not including, this one. */
    below: (most: number): number => Math.floor(next() * most),
    one: <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item,
  };
}

export type Choices = ReturnType<typeof choices>;
