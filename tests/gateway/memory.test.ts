import { describe, expect, test } from 'vitest';
import { createMemory } from '#gateway/memory.ts';

type Kept = { n: number };
const asked = (memory: ReturnType<typeof createMemory<Kept>>, key: string, n = 1): Kept | undefined => {
  const before = memory.get(key);
  if (!before) memory.set(key, { n });
  return before;
};

describe('what a door remembers', () => {
  test('is what comes a second time', () => {
    const memory = createMemory<Kept>(1_000);
    expect([asked(memory, 'a'), asked(memory, 'a'), asked(memory, 'a')]).toEqual([undefined, undefined, { n: 1 }]);
  });

  test('stays, though thousands of others come once', () => {
    const memory = createMemory<Kept>(1_000);
    for (const _ of [1, 2]) asked(memory, 'often');
    for (let n = 0; n < 10_000; n += 1) {
      asked(memory, `once ${n}`);
      if (n % 100 === 0) expect(asked(memory, 'often')).toEqual({ n: 1 });
    }
  });

  test('is bounded by its size, and nothing takes more than its share of it', () => {
    const memory = createMemory<Kept>(1_000);
    const keys = Array.from({ length: 50 }, (_, n) => `${String(n).padStart(3, '0')}${'x'.repeat(97)}`);
    for (const key of keys) for (const _ of [1, 2]) asked(memory, key);
    expect(keys.filter((key) => memory.get(key)).length).toBe(10);
    const large = 'y'.repeat(101);
    for (const _ of [1, 2, 3]) expect(asked(memory, large)).toBeUndefined();
    memory.clear();
    expect(keys.filter((key) => memory.get(key))).toEqual([]);
  });
});
