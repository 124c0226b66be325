import { describe, expect, test } from 'vitest';
import type { Answer } from '#gateway/subscriptions/answer.ts';
import { createGroups, type Group } from '#gateway/subscriptions/group.ts';
import { createTail, type Tail } from '#gateway/subscriptions/tail.ts';
import type { Actor } from '#kernel/actor.ts';
import type { EventFilter, EventRules } from '#kernel/event.ts';
import { factAt, positionsOf } from '../support/eventFacts.ts';

const actor: Actor = { id: 'somebody', kind: 'STAFF', permissions: ['*'] };
const fact = factAt(7);

/** A group whose executions are answered in turn. */
function groupOf(...answers: (() => Promise<Answer>)[]) {
  let executed = 0;
  const execute = () => {
    const answer = answers[executed] ?? answers[0];
    executed += 1;
    return answer ? answer() : Promise.reject(new Error('nothing to answer'));
  };
  const group = createGroups(createTail(0n, 10)).of({ key: 'k', actor, filter: {}, rules: {}, execute });
  return { group, executed: () => executed };
}
const good: Answer = { data: { position: '7' }, extensions: { cursor: 'c' } };
const bad: Answer = { data: null, errors: [{ message: "Accord's database does not answer. Retry." }], extensions: { cursor: 'c' } };

test('an event is executed once for all members of a group', async () => {
  const { group, executed } = groupOf(async () => good);
  expect(await Promise.all([group.answer(fact), group.answer(fact)])).toEqual([good, good]);
  expect(await group.answer(fact)).toBe(good);
  expect(executed()).toBe(1);
});

test.each([
  ['an answer with errors', async () => bad],
  ['a failure', () => Promise.reject(new Error('gone'))],
])('%s is not kept for those who come back to try again', async (_, first) => {
  const { group, executed } = groupOf(first, async () => good);
  await group.answer(fact).catch(() => undefined);
  expect(await group.answer(fact)).toBe(good);
  expect(executed()).toBe(2);
});

/** Rules that count how often somebody asks whether a fact may be seen. */
function countedRules(): { rules: EventRules; looks: () => number } {
  let looks = 0;
  const rule = { read: 'customer:read' as const, outside: [] };
  const rules = new Proxy<EventRules>(
    { CustomerUpdated: rule, Other: rule },
    {
      get: (own, name) => {
        looks += 1;
        return own[String(name)];
      },
    },
  );
  return { rules, looks: () => looks };
}

/** A member that notes what it is told. */
function memberOf(group: Group) {
  const told = { owed: 0, wakes: 0 };
  const leave = group.join({
    owe: (events) => {
      told.owed += events;
    },
    wake: () => {
      told.wakes += 1;
    },
  });
  return { told, leave };
}

const unasked = async (): Promise<Answer> => {
  throw new Error('nobody asked for an answer');
};

function groupsOf(tail: Tail, rules: EventRules) {
  const groups = createGroups(tail);
  return { groups, of: (key: string, filter: EventFilter, own: Actor = actor) => groups.of({ key, actor: own, filter, rules, execute: unasked }) };
}

describe('the members of a thousand groups', () => {
  test('are not looked at for an event of somebody else', () => {
    const tail = createTail(0n, 100);
    const { rules, looks } = countedRules();
    const { of } = groupsOf(tail, rules);
    const all = Array.from({ length: 1_000 }, (_, n) => memberOf(of(`k${n}`, { customerIds: [`c${n}`], types: ['CustomerUpdated'] })));
    const before = looks();
    tail.add([factAt(1, { customerIds: ['nobody'] })]);
    expect(looks()).toBe(before);
    tail.add([factAt(2, { customerIds: ['c7'] }), factAt(3, { customerIds: ['c8'], type: 'Other' })]);
    // Two looks of one group at one fact: of what type it is, and who may see that.
    expect(looks() - before).toBeLessThan(10);
    expect(all.flatMap(({ told }, n) => (told.wakes > 0 ? [[n, told]] : []))).toEqual([[7, { owed: 1, wakes: 1 }]]);
  });

  test('look at an event once for all members of a group', () => {
    const tail = createTail(0n, 100);
    const { rules, looks } = countedRules();
    const { of } = groupsOf(tail, rules);
    const members = Array.from({ length: 1_000 }, () => memberOf(of('same', { customerIds: ['c'] })));
    tail.add([factAt(1, { customerIds: ['c'] })]);
    expect(looks()).toBeLessThan(10);
    expect(members.every(({ told }) => told.wakes === 1 && told.owed === 1)).toBe(true);
  });
});

describe('what a group has of the log', () => {
  test('is what it may see and asked for; where it stands moves on with the log', () => {
    const tail = createTail(0n, 100);
    const { of } = groupsOf(tail, countedRules().rules);
    const group = of('k', { customerIds: ['a'] });
    memberOf(group);
    expect(group.recent(0n, 10)).toBeUndefined();
    tail.add([factAt(1, { customerIds: ['a'] }), factAt(2, { customerIds: ['b'] })]);
    expect([group.reach(0n), group.reach(1n), group.reach(9n)]).toEqual([0n, 2n, 9n]);
    const batch = group.recent(0n, 10);
    expect([positionsOf(batch?.facts ?? []), batch?.to]).toEqual([[1], 2n]);
    expect(group.recent(1n, 10)).toEqual({ facts: [], to: 2n });
  });

  test('is given in bites that reach as far as their last event', () => {
    const tail = createTail(0n, 100);
    const { of } = groupsOf(tail, countedRules().rules);
    const group = of('k', {});
    memberOf(group);
    tail.add([1, 2, 3].map((position) => factAt(position)));
    const [first, second] = [group.recent(0n, 2), group.recent(2n, 2)];
    expect([positionsOf(first?.facts ?? []), first?.to]).toEqual([[1, 2], 2n]);
    expect([positionsOf(second?.facts ?? []), second?.to]).toEqual([[3], 3n]);
  });

  test('is never what other rights see', () => {
    const tail = createTail(0n, 100);
    const { of, groups } = groupsOf(tail, countedRules().rules);
    const [a, b] = ['a', 'b'].map((id) => of('same question', {}, { ...actor, customerIds: [id] })) as [Group, Group];
    expect(a).not.toBe(b);
    expect(groups.size()).toBe(2);
    const members = [memberOf(a), memberOf(b)];
    tail.add([factAt(1, { customerIds: ['a'] }), factAt(2)]);
    expect(positionsOf(a.recent(0n, 10)?.facts ?? [])).toEqual([1]);
    expect(b.recent(0n, 10)).toEqual({ facts: [], to: 2n });
    expect(members.map(({ told }) => told.wakes)).toEqual([1, 0]);
  });

  test('does not reach back further than the memory of the log', () => {
    const tail = createTail(0n, 2);
    const { of } = groupsOf(tail, countedRules().rules);
    const group = of('k', {});
    memberOf(group);
    tail.add([1, 2, 3].map((position) => factAt(position)));
    expect(group.recent(0n, 10)).toBeUndefined();
    expect(group.reach(0n)).toBe(0n);
    expect(positionsOf(group.recent(1n, 10)?.facts ?? [])).toEqual([2, 3]);
  });

  test('is gone with its last member, and begins again with the next from what is in memory', () => {
    const tail = createTail(0n, 100);
    const { of, groups } = groupsOf(tail, countedRules().rules);
    memberOf(of('k', {})).leave();
    expect(groups.size()).toBe(0);
    tail.add([factAt(1)]);
    const group = of('k', {});
    const { told } = memberOf(group);
    expect(positionsOf(group.recent(0n, 10)?.facts ?? [])).toEqual([1]);
    groups.wake();
    expect(told).toEqual({ owed: 0, wakes: 1 });
  });
});
