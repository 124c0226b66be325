import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { withCauses } from '#kernel/cause.ts';
import { consumeOnce, consumer, type FactOf } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { openDb } from '#kernel/db.ts';
import { readFacts, record } from '#kernel/facts.ts';
import { ids, whole } from '#kernel/fields.ts';
import { newId } from '#kernel/ids.ts';
import { catalogue, fact } from '#kernel/published.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { testDatabase } from '../support/database.ts';
import { emptyLog } from '../support/workload.ts';

const facts = catalogue('test', {
  Asked: fact({ subject: 'Order', description: 'For the test.', read: 'task:read', fields: { partIds: ids('Part', 'Which.') } }),
  Done: fact({ subject: 'Part', description: 'For the test.', read: 'task:read', fields: { n: whole('Which.') } }),
});
type Asked = FactOf<typeof facts.Asked>;
const log = createLogger({ level: 'silent' });
const now = new Date('2026-03-02T09:00:00Z');
const database = await testDatabase();
const open = openDb({ url: database.url, name: 'test', max: 5 });

afterAll(() => open.close());
beforeEach(async () => {
  await emptyLog(database.sql);
});

const scope = (correlationId: string): Scope => ({ tx: open.db, actor: serviceActor('test'), trace: { correlationId }, now });
const ask = (order: string, parts: string[], correlationId: string) =>
  record(scope(correlationId), facts.Asked, { subject: { id: order, version: 1 }, payload: { partIds: parts } });
const partsOf = ({ payload }: Asked): readonly string[] => payload.partIds;

/** Runs the consumer over all that was asked; how many facts each call got. */
async function run(handle: (scope: Scope, some: readonly Asked[]) => Promise<void>): Promise<number[]> {
  const calls: number[] = [];
  const counting = consumer({
    name: 'test',
    facts: [facts.Asked],
    handle: (inner, some) => {
      calls.push(some.length);
      return handle(inner, some);
    },
  });
  while ((await sequenceOnce(open.db)) > 0);
  while (await consumeOnce({ db: open.db, consumer: counting, clock: () => now, log }));
  while ((await sequenceOnce(open.db)) > 0);
  return calls;
}

/** What was done, each with the fact that it names. */
async function effects() {
  const all = await readFacts(open.db, { after: 0n, limit: 5000 });
  const byId = new Map(all.map((each) => [each.id, each]));
  return all
    .filter((each) => each.type === 'Done')
    .map((each) => ({ part: each.subjectId, correlationId: each.correlationId, cause: byId.get(each.causationId ?? '') }));
}
const done = (part: string, source?: string | readonly string[]) => ({ subject: { id: part, version: 1 }, payload: { n: 1 }, source });

describe('an effect names the very fact that caused it', () => {
  test('when 200 facts of 200 business transactions are handled in one call', async () => {
    const orders = Array.from({ length: 200 }, (_, n) => ({ id: newId(), parts: [newId(), newId()], correlationId: `c${n}` }));
    for (const { id, parts, correlationId } of orders) await ask(id, parts, correlationId);
    const calls = await run((inner, some) => {
      const caused = withCauses(
        inner,
        some.flatMap((each) => partsOf(each).map((part) => [part, each] as const)),
      );
      return record(
        caused,
        facts.Done,
        some
          .flatMap(partsOf)
          .reverse()
          .map((part) => done(part)),
      );
    });
    expect(calls).toEqual([200]);
    const found = await effects();
    expect(found).toHaveLength(400);
    for (const { part, correlationId, cause } of found) {
      const order = orders.find(({ parts }) => parts.includes(part));
      expect([cause?.subjectId, cause?.correlationId, correlationId]).toEqual([order?.id, order?.correlationId, order?.correlationId]);
    }
  });

  test('by its subject, when that is what the fact is about; by its source, when it is new', async () => {
    const [one, two] = [newId(), newId()];
    await ask(one, [], 'c1');
    await ask(two, [], 'c2');
    const fresh = newId();
    await run((inner) => record(inner, facts.Done, [done(one), done(fresh, two)]));
    expect((await effects()).map(({ part, cause }) => [part, cause?.subjectId])).toEqual([
      [one, one],
      [fresh, two],
    ]);
  });

  test('of several, the latest: before it the effect was not possible', async () => {
    const [first, second, third] = [newId(), newId(), newId()];
    for (const [n, id] of [first, second, third].entries()) await ask(id, [], `c${n}`);
    const part = newId();
    await run((inner) => record(inner, facts.Done, done(part, [second, first, newId()])));
    expect((await effects()).map(({ cause, correlationId }) => [cause?.subjectId, correlationId])).toEqual([[second, 'c1']]);
  });

  test('of one subject that two facts speak of, the later', async () => {
    const order = newId();
    await ask(order, [], 'c1');
    await ask(order, [], 'c2');
    await run((inner) => record(inner, facts.Done, done(order)));
    expect((await effects()).map(({ cause }) => cause?.correlationId)).toEqual(['c2']);
  });

  test('and where none fits, the facts are handled one by one: the only one is the cause', async () => {
    const orders = Array.from({ length: 5 }, (_, n) => ({ id: newId(), correlationId: `c${n}` }));
    for (const { id, correlationId } of orders) await ask(id, [], correlationId);
    const calls = await run((inner, some) =>
      record(
        inner,
        facts.Done,
        some.map(() => done(newId())),
      ),
    );
    expect(calls.filter((size) => size === 1)).toHaveLength(5);
    expect((await effects()).map(({ cause }) => cause?.subjectId)).toEqual(orders.map(({ id }) => id));
    expect(await database.sql`select distinct status from log.delivery`).toEqual([{ status: 'DELIVERED' }]);
  });

  test('while what people do has the cause that their trace says, or none', async () => {
    const cause = newId();
    await record(scope('c'), facts.Done, done(newId(), newId()));
    await record({ ...scope('c'), trace: { correlationId: 'c', causationId: cause } }, facts.Done, done(newId()));
    while ((await sequenceOnce(open.db)) > 0);
    expect((await readFacts(open.db, { after: 0n, limit: 9 })).map((each) => each.causationId)).toEqual([null, cause]);
  });
});

describe('one bad fact among many', () => {
  test.each([0, 1, 99, 198, 199])('at place %i costs a few calls, and all others are handled in their order', async (bad) => {
    const orders = Array.from({ length: 200 }, () => newId());
    for (const [n, id] of orders.entries()) await ask(id, [], `c${n}`);
    const seen: string[] = [];
    const calls = await run(async (inner, some) => {
      if (some.some((each) => each.subjectId === orders[bad])) throw new Error('bad');
      await record(
        inner,
        facts.Done,
        some.map((each) => done(each.subjectId)),
      );
      seen.push(...some.map((each) => each.subjectId));
    });
    expect(seen).toEqual(orders.filter((_, n) => n !== bad));
    expect(calls.length).toBeLessThan(20);
    expect(await database.sql`select position, reason from log.delivery where status = 'FAILED'`).toEqual([{ position: String(bad + 1), reason: 'bad' }]);
  });
});
