import { expect, test } from 'vitest';
import type { Answer } from '#gateway/subscriptions/answer.ts';
import type { Follower } from '#gateway/subscriptions/follower.ts';
import { createGroups } from '#gateway/subscriptions/group.ts';
import type { Actor } from '#kernel/actor.ts';
import { toFact } from '#kernel/facts.ts';

const quietLog: Follower = {
  seal: '',
  position: () => 0n,
  recent: () => undefined,
  moved: async () => undefined,
  onBatch: () => () => undefined,
  healthy: () => true,
  stop: async () => undefined,
};
const actor: Actor = { id: 'somebody', kind: 'STAFF', permissions: ['*'] };
const fact = toFact({
  position: '7',
  id: 'f',
  type: 'CustomerUpdated',
  version: 1,
  subgraph: 'engagements',
  subject_type: 'Customer',
  subject_id: 's',
  occurred_at: '2026-01-01T00:00:00Z',
});

/** A group whose executions are answered in turn. */
function groupOf(...answers: (() => Promise<Answer>)[]) {
  let executed = 0;
  const execute = () => {
    const answer = answers[executed] ?? answers[0];
    executed += 1;
    return answer ? answer() : Promise.reject(new Error('nothing to answer'));
  };
  const group = createGroups(quietLog).of({ key: 'k', actor, filter: {}, rules: {}, execute });
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
