import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStore, type Dependence, tagsOf, tagsOfTouch } from '#gateway/cache/store.ts';
import type { Touch } from '#kernel/touch.ts';

const relation = fc.constantFrom('time.entry', 'finance.invoice', 'log.reference', 'log.reference:Project', 'log.reference:Customer');
const customer = fc.constantFrom('a', 'b', 'c');
const customers = fc.option(fc.uniqueArray(customer), { nil: undefined });
const dependence: fc.Arbitrary<Dependence> = fc.record({ own: fc.uniqueArray(relation), all: fc.uniqueArray(relation), customers });
const touch: fc.Arbitrary<Touch> = fc.record({ relation, customers });

const tableOf = (name: string) => name.split(':')[0];

/** Said once more, and plainly: whether what was written may be what was read. */
function mayMatter({ own, all, customers: seen }: Dependence, { relation: written, customers: whose }: Touch): boolean {
  const is = (name: string) => name === written || name === tableOf(written) || tableOf(name) === written;
  if (all.some(is)) return true;
  return own.some(is) && (seen === undefined || whose === undefined || whose.some((each) => seen.includes(each)));
}

const store = (bytes = 100_000) => {
  const evicted = { count: 0 };
  const onEvict = () => {
    evicted.count += 1;
  };
  return { evicted, ...createStore({ bytes, milliseconds: 60_000, onEvict }) };
};
const entry = (text: string, tags: readonly string[] = []) => ({ text, type: 'application/json', tags });

describe('a kept answer', () => {
  test('dies by every write that may matter to it', () => {
    fc.assert(
      fc.property(dependence, touch, (depends, written) => {
        const { put, kill, get } = store();
        put('key', entry('{}', tagsOf(depends)));
        kill(tagsOfTouch(written));
        if (mayMatter(depends, written)) expect(get('key')).toBeUndefined();
      }),
    );
  });

  test('lives on where rows of others were written', () => {
    const { put, kill, get } = store();
    put('key', entry('{}', tagsOf({ own: ['time.entry'], all: [], customers: ['a'] })));
    expect(kill(tagsOfTouch({ relation: 'time.entry', customers: ['b'] }))).toBe(0);
    expect(kill(tagsOfTouch({ relation: 'finance.invoice', customers: undefined }))).toBe(0);
    expect(get('key')).toBeDefined();
    expect(kill(tagsOfTouch({ relation: 'time.entry', customers: ['b', 'a'] }))).toBe(1);
  });

  test('of somebody who sees many customers dies by each of them', () => {
    const many = Array.from({ length: 51 }, (_, index) => `c${index}`);
    const tags = tagsOf({ own: ['time.entry'], all: [], customers: many });
    expect(tags).toHaveLength(2);
    expect(tagsOfTouch({ relation: 'time.entry', customers: ['c7'] }).some((tag) => tags.includes(tag))).toBe(true);
  });
});

describe('what is kept', () => {
  test('is bounded by its bytes; the one that was asked for last stays', () => {
    const { put, get, size, evicted } = store(20_000);
    for (let number = 0; number < 100; number += 1) {
      put(`key ${number}`, entry('x'.repeat(500), [`tag ${number}`]));
      get('key 0');
    }
    expect(size().bytes).toBeLessThanOrEqual(20_000);
    expect(evicted.count).toBe(100 - size().entries);
    expect(get('key 0')).toBeDefined();
  });

  test('is nothing that takes more than a tenth', () => {
    const { put, get, size } = store(20_000);
    put('key', entry('x'.repeat(3_000), ['tag']));
    expect([get('key'), size()]).toEqual([undefined, { entries: 0, bytes: 0 }]);
  });

  test('leaves no tag behind', () => {
    const { put, kill, clear, size } = store();
    put('key', entry('one', ['a']));
    put('key', entry('two', ['b']));
    expect(kill(['a'])).toBe(0);
    expect(kill(['b'])).toBe(1);
    put('key', entry('three', ['c']));
    clear();
    expect([kill(['c']), size().entries]).toEqual([0, 0]);
  });
});
