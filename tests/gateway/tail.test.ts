import { describe, expect, test } from 'vitest';
import { createTail, firstAfter, placesOf, type Tail } from '#gateway/subscriptions/tail.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Fact } from '#kernel/facts.ts';
import { factAt, positionsOf } from '../support/eventFacts.ts';

const staff: Actor = { id: 'somebody', kind: 'STAFF', permissions: ['*'] };
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** A reader that notes what it is told. */
function readerOf(tail: Tail, places: readonly string[]) {
  const told: number[][] = [];
  const dropped: number[] = [];
  const cuts: bigint[] = [];
  const following = tail.follow({
    places,
    take: (facts: readonly Fact[]) => void told.push(positionsOf(facts)),
    drop: ({ position }) => void dropped.push(Number(position)),
    restart: () => void cuts.push(tail.position()),
  });
  return { told, dropped, cuts, ...following };
}

describe('the places of a question', () => {
  test('are the ids of the dimension that asks for the fewest, those of the token among them', () => {
    expect(placesOf(staff, { customerIds: ['a', 'b'], projectIds: ['p'], types: ['T'] })).toEqual(['projectId p']);
    expect(placesOf({ ...staff, customerIds: ['c'] }, { projectIds: ['p', 'q'] })).toEqual(['customerId c']);
    expect(placesOf({ ...staff, customerIds: [] }, {})).toEqual([]);
  });

  test('are the types where no ids are asked for, else anywhere', () => {
    expect(placesOf(staff, { types: ['T', 'U'] })).toEqual(['type T', 'type U']);
    expect(placesOf(staff, {})).toEqual(['']);
  });
});

describe('a reader of the tail', () => {
  test('is told of what stands at its places, once, and of nothing else', () => {
    const tail = createTail(0n, 100);
    const customers = readerOf(tail, ['customerId a', 'customerId b']);
    const typed = readerOf(tail, ['type Other']);
    const all = readerOf(tail, ['']);
    tail.add([factAt(1, { customerIds: ['a', 'b'] }), factAt(2, { projectIds: ['a'] }), factAt(3, { customerIds: ['b'], type: 'Other' })]);
    tail.add([factAt(4, { customerIds: ['c'] })]);
    expect(customers.told).toEqual([[1, 3]]);
    expect(typed.told).toEqual([[3]]);
    expect(all.told).toEqual([[1, 2, 3], [4]]);
    expect(tail.position()).toBe(4n);
  });

  test('is told of nothing after it has stopped', () => {
    const tail = createTail(0n, 100);
    const reader = readerOf(tail, ['']);
    reader.stop();
    tail.add([factAt(1)]);
    expect(reader.told).toEqual([]);
  });

  test('that comes later finds what is in memory, once and in order', () => {
    const tail = createTail(7n, 100);
    expect(readerOf(tail, ['']).since).toBe(7n);
    tail.add([factAt(8, { customerIds: ['a'] }), factAt(9, { customerIds: ['c'] }), factAt(10, { customerIds: ['b', 'a'] })]);
    const late = readerOf(tail, ['customerId b', 'customerId a']);
    expect([late.since, positionsOf(late.facts)]).toEqual([7n, [8, 10]]);
  });

  test('hears what is forgotten, and the tail keeps as many as it should at every place', () => {
    const tail = createTail(0n, 3);
    const reader = readerOf(tail, ['customerId a']);
    tail.add(range(1, 5).map((position) => factAt(position, { customerIds: [position % 2 === 0 ? 'b' : 'a'] })));
    expect(reader.dropped).toEqual([1]);
    const [own, all] = [readerOf(tail, ['customerId a']), readerOf(tail, [''])];
    expect([own.since, positionsOf(own.facts)]).toEqual([2n, [3, 5]]);
    expect(positionsOf(all.facts)).toEqual([3, 4, 5]);
  });

  test('begins anew where the log was cut off below what follows', () => {
    const tail = createTail(0n, 100);
    const reader = readerOf(tail, ['', 'type CustomerUpdated']);
    tail.add([factAt(1)]);
    tail.add([factAt(9), factAt(10)]);
    expect(reader.cuts).toEqual([8n]);
    expect(reader.told).toEqual([[1], [9, 10]]);
    expect(positionsOf(readerOf(tail, ['']).facts)).toEqual([9, 10]);
  });
});

test('the first fact after a position is found wherever it lies', () => {
  const facts = [2, 3, 7].map((position) => factAt(position));
  expect([0n, 2n, 3n, 6n, 7n, 9n].map((after) => firstAfter(facts, after))).toEqual([0, 1, 2, 2, 3, 3]);
});
