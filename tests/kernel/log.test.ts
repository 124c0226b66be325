import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { type Consumer, consumeOnce } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { openDb, type Tx } from '#kernel/db.ts';
import { attemptLimit, skipParked } from '#kernel/delivery.ts';
import { openDoorbell } from '#kernel/doorbell.ts';
import { logBounds, readFacts, record } from '#kernel/facts.ts';
import { whole } from '#kernel/fields.ts';
import { newId } from '#kernel/ids.ts';
import { catalogue, fact } from '#kernel/published.ts';
import { sequenceOnce, startSequencer } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { testDatabase } from '../support/database.ts';
import { emptyLog } from '../support/workload.ts';

const facts = catalogue('test', {
  Happened: fact({ subject: 'Thing', description: 'For the test.', read: 'task:read', fields: { n: whole('Which.') } }),
  Other: fact({ subject: 'Thing', description: 'For the test.', read: 'task:read', fields: { n: whole('Which.') } }),
});
const log = createLogger({ level: 'silent' });
const database = await testDatabase();
const open = openDb({ url: database.url, name: 'test', max: 20 });
let now = new Date('2026-03-02T09:00:00Z');

afterAll(() => open.close());
beforeEach(async () => {
  await emptyLog(database.sql);
  await database.sql`create table if not exists public.effect (fact uuid, n int)`;
  await database.sql`truncate public.effect`;
});

const scopeOn = (tx: Tx, correlationId = 'c'): Scope => ({ tx, actor: serviceActor('test'), trace: { correlationId }, now });
const happen = (n: number, id = newId(), tx: Tx = open.db) => record(scopeOn(tx, `c${n % 3}`), facts.Happened, { subject: { id, version: n }, payload: { n } });
const settle = async () => {
  while ((await sequenceOnce(open.db)) > 0);
};

function consumer(handle: Consumer['handle'], batch = 50): Consumer {
  return { name: 'test', types: ['Happened'], batch, handle };
}
const effects = async () => (await database.sql`select n from public.effect order by n`).map((row) => Number(row.n));
const write: Consumer['handle'] = async (scope, some) => {
  for (const each of some) await scope.tx.execute(sql`insert into public.effect values (${each.id}, ${Number(each.payload.n)})`);
};
const drain = async (who: Consumer) => {
  await settle();
  while (await consumeOnce({ db: open.db, consumer: who, clock: () => now, log }));
};

describe('the sequencer', () => {
  test('gives contiguous positions to all facts of concurrent writers, though one of them is slow', async () => {
    const sequencer = startSequencer({ db: open.db, log });
    const done = Promise.withResolvers<void>();
    const slow = open.db.transaction(async (tx) => {
      await happen(0, newId(), tx);
      await done.promise;
    });
    await Promise.all(
      Array.from({ length: 16 }, async (_, writer) => {
        for (let n = 0; n < 20; n += 1) await open.db.transaction((tx) => happen(writer * 20 + n + 1, newId(), tx));
      }),
    );
    await expect.poll(async () => (await logBounds(open.db)).head).toBe(320n);
    done.resolve();
    await slow;
    await expect.poll(async () => (await logBounds(open.db)).head).toBe(321n);
    await sequencer.stop();
    const all = await readFacts(open.db, { after: 0n, limit: 1000 });
    expect(all.map((each) => each.position)).toEqual(Array.from({ length: 321 }, (_, index) => BigInt(index + 1)));
    expect(new Set(all.map((each) => each.payload.n)).size).toBe(321);
  });

  test('does nothing while another one leads, and rings the doorbell once it has moved facts', async () => {
    const doorbell = await openDoorbell(database.url);
    let rings = 0;
    doorbell.onRing(() => {
      rings += 1;
    });
    await happen(1);
    await open.db.transaction(async (tx) => {
      await tx.execute(sql`select from log.head for update`);
      expect(await sequenceOnce(open.db)).toBe(0);
    });
    expect(await sequenceOnce(open.db)).toBe(1);
    await expect.poll(() => rings).toBe(1);
    await doorbell.close();
  });

  test('tells with its ring of which types the facts are', async () => {
    const doorbell = await openDoorbell(database.url);
    const [wanted, other] = [doorbell.waiter(['Happened']), doorbell.waiter(['Other'])];
    const control = new AbortController();
    let woken = false;
    const waiting = other(600_000, control.signal).then(() => {
      woken = !control.signal.aborted;
    });
    await happen(1);
    expect(await sequenceOnce(open.db)).toBe(1);
    await wanted(600_000);
    control.abort();
    await waiting;
    expect(woken).toBe(false);
    await doorbell.close();
  });

  test('opens the next partition before it is needed', async () => {
    await database.sql`update log.head set position = 1999999`;
    await happen(1);
    await happen(2);
    expect(await sequenceOnce(open.db)).toBe(2);
    expect((await readFacts(open.db, { after: 1_999_999n, limit: 10 })).map((each) => each.position)).toEqual([2_000_000n, 2_000_001n]);
  });

  test('keeps facts as they were stated: no update, no delete', async () => {
    await happen(1);
    await settle();
    await expect(database.sql`update log.fact set type = 'x'`).rejects.toThrow('a fact is never changed');
    await expect(database.sql`delete from log.fact`).rejects.toThrow('a fact is never changed');
  });

  test('reads by type and customer', async () => {
    const customerId = newId();
    await record(scopeOn(open.db), facts.Other, { subject: { id: newId(), version: 1 }, keys: { customerId }, payload: { n: 1 } });
    await happen(2);
    await settle();
    expect((await readFacts(open.db, { after: 0n, limit: 10, types: ['Other'] })).map((each) => each.type)).toEqual(['Other']);
    expect(await readFacts(open.db, { after: 0n, limit: 10, keys: [{ name: 'customerId', ids: [newId()] }] })).toEqual([]);
    const [mine] = await readFacts(open.db, { after: 0n, limit: 10, keys: [{ name: 'customerId', ids: [newId(), customerId] }] });
    expect(mine).toMatchObject({ keys: { customerId: [customerId] }, payload: { n: 1 }, actorKind: 'SERVICE', occurredAt: now });
  });
});

describe('keys with several values', () => {
  const [one, two, three] = [newId(), newId(), newId()];
  const [project] = [newId()];
  const positions = async (...keys: { name: string; ids: readonly string[] }[]) =>
    (await readFacts(open.db, { after: 0n, upTo: 100n, limit: 100, keys })).map((each) => each.position);

  beforeEach(async () => {
    const stated = [
      { customerId: [one, two], projectId: project },
      { customerId: two, projectId: null },
      { customerId: [], employeeId: one },
      { customerId: [three.toUpperCase(), three], projectId: [project, newId()] },
    ];
    for (const keys of stated) await record(scopeOn(open.db), facts.Happened, { subject: { id: newId(), version: 1 }, keys, payload: { n: 0 } });
    await settle();
  });

  test('are found by each value, under their own name only, and by all conditions at once', async () => {
    expect(await positions({ name: 'customerId', ids: [one] })).toEqual([1n]);
    expect(await positions({ name: 'customerId', ids: [two] })).toEqual([1n, 2n]);
    expect(await positions({ name: 'employeeId', ids: [one] })).toEqual([3n]);
    expect(await positions({ name: 'projectId', ids: [one] })).toEqual([]);
    expect(await positions({ name: 'customerId', ids: [one, three] })).toEqual([1n, 4n]);
    expect(await positions({ name: 'customerId', ids: [two, three] }, { name: 'projectId', ids: [project] })).toEqual([1n, 4n]);
  });

  test('stand in the fact as lists, each id once, in the spelling of the database; and once in the index', async () => {
    expect((await readFacts(open.db, { after: 2n, limit: 2 })).map((each) => each.keys)).toEqual([
      { employeeId: [one] },
      { customerId: [three], projectId: [project, expect.any(String)] },
    ]);
    const indexed = await database.sql`select first + step as position, count(*)::int as n from log.fact_key, unnest(offsets) as step group by 1 order by 1`;
    expect(indexed.map((row) => [row.position, row.n])).toEqual([
      ['1', 3],
      ['2', 1],
      ['3', 1],
      ['4', 3],
    ]);
  });
});

describe('a consumer', () => {
  test('has each effect once, with several workers at it', async () => {
    for (let n = 1; n <= 200; n += 1) await happen(n);
    await settle();
    const one = consumer(write, 7);
    const worker = async () => {
      for (let idle = 0; idle < 5; ) idle = (await consumeOnce({ db: open.db, consumer: one, clock: () => now, log })) ? 0 : idle + 1;
    };
    await Promise.all([worker(), worker(), worker()]);
    await drain(one);
    expect(await effects()).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  test('repeats nothing when its cursor is set back, and leaves nothing when its transaction breaks', async () => {
    for (let n = 1; n <= 5; n += 1) await happen(n);
    await settle();
    const broken = consumer(async (scope, some) => {
      await write(scope, some);
      await scope.tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`);
    });
    await expect(consumeOnce({ db: open.db, consumer: broken, clock: () => now, log })).rejects.toThrow();
    expect(await effects()).toEqual([]);
    await drain(consumer(write));
    await database.sql`update log.consumer set position = 0`;
    await drain(consumer(write));
    expect(await effects()).toEqual([1, 2, 3, 4, 5]);
  });

  test('holds back only the subject of a failed fact, then goes on in order', async () => {
    const [stuck, free] = [newId(), newId()];
    await happen(1, stuck);
    await happen(4, stuck);
    await happen(2, free);
    let repaired = false;
    const picky = consumer(async (scope, some) => {
      if (!repaired && some.some((each) => each.payload.n === 1)) throw new Error('not yet');
      await write(scope, some);
    });
    await drain(picky);
    expect(await effects()).toEqual([2]);
    const states = await database.sql`select status, attempts, reason from log.delivery order by position`;
    expect(states.map((row) => row.status)).toEqual(['FAILED', 'PENDING', 'DELIVERED']);
    expect(states[0]).toMatchObject({ reason: 'not yet', attempts: 1 });
    await happen(7, stuck);
    repaired = true;
    now = new Date(now.getTime() + 3_600_000);
    await drain(picky);
    expect(await effects()).toEqual([1, 2, 4, 7]);
  });

  test('holds the subject back across correlations of one batch too', async () => {
    const stuck = newId();
    await happen(1, stuck);
    await happen(2, stuck);
    await happen(3);
    const picky = consumer(async (scope, some) => {
      if (some.some((each) => each.payload.n === 1)) throw new Error('not yet');
      await write(scope, some);
    });
    await drain(picky);
    expect(await effects()).toEqual([3]);
    const states = await database.sql`select status from log.delivery order by position`;
    expect(states.map((row) => row.status)).toEqual(['FAILED', 'PENDING', 'DELIVERED']);
  });

  test('gives facts of one subject in their order, whatever correlations stand between', async () => {
    const subject = newId();
    for (const [n, id] of [
      [1, newId()],
      [2, subject],
      [4, subject],
      [5, subject],
      [7, subject],
    ] as const)
      await happen(n, id);
    const seen: unknown[] = [];
    await drain(
      consumer(async (_, some) => {
        for (const each of some) if (each.subjectId === subject) seen.push(each.payload.n);
      }),
    );
    expect(seen).toEqual([2, 4, 5, 7]);
  });

  test('parks a fact that keeps failing, with its reason; the same subject waits until it is skipped', async () => {
    const subject = newId();
    await happen(1, subject);
    const never = consumer(async (scope, some) => {
      if (some.some((each) => each.payload.n === 1)) throw new Error('broken for good');
      await write(scope, some);
    });
    for (let attempt = 0; attempt <= attemptLimit; attempt += 1) {
      await drain(never);
      now = new Date(now.getTime() + 3_600_000);
    }
    expect(await database.sql`select status, attempts, reason from log.delivery`).toMatchObject([
      { status: 'PARKED', attempts: attemptLimit, reason: 'broken for good' },
    ]);
    await happen(2, subject);
    await drain(never);
    expect(await effects()).toEqual([]);
    const [parked] = await database.sql`select fact_id, subject_id from log.delivery where status = 'PARKED'`;
    await skipParked(open.db, { consumer: 'test', factId: parked?.fact_id, subjectId: parked?.subject_id, reason: 'no', now });
    await drain(never);
    expect(await effects()).toEqual([2]);
  });

  test('gives its commands the correlation and the causing fact', async () => {
    await happen(1);
    await settle();
    const traces: unknown[] = [];
    await drain(consumer(async (scope, some) => void traces.push({ ...scope.trace, id: some[0]?.id })));
    expect(traces).toHaveLength(1);
    const [trace] = traces as { correlationId: string; causationId: string; id: string }[];
    expect(trace).toMatchObject({ correlationId: 'c1', causationId: trace?.id });
  });
});
