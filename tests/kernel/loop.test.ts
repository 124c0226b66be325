import { afterAll, describe, expect, test } from 'vitest';
import { doorbellChannel, openDoorbell } from '#kernel/doorbell.ts';
import { startLoop } from '#kernel/loop.ts';
import { createLogger, type Logger } from '#kernel/telemetry.ts';
import { testDatabase } from '../support/database.ts';

const silent = createLogger({ level: 'silent' });
/** Waits until somebody wakes it or the loop is stopped, as a doorbell does. */
function bell() {
  const waiting: (() => void)[] = [];
  const begun: (() => void)[] = [];
  return {
    idle: (signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
        for (const each of begun.splice(0)) each();
      }),
    ring: () => {
      for (const each of waiting.splice(0)) each();
    },
    /** Resolves when the loop has begun to wait. */
    waits: () => new Promise<void>((resolve) => (waiting.length > 0 ? resolve() : void begun.push(resolve))),
  };
}

describe('a loop', () => {
  test('goes on while there is work, waits when there is none, and goes on when it is woken', async () => {
    const { idle, ring, waits } = bell();
    let left = 3;
    const rounds: number[] = [];
    const round = async () => {
      rounds.push(left);
      left -= 1;
      return left > 0;
    };
    const loop = startLoop({ name: 'test', log: silent, round, idle });
    await waits();
    expect(rounds).toEqual([3, 2, 1]);
    left = 2;
    ring();
    await waits();
    expect(rounds).toEqual([3, 2, 1, 2, 1]);
    expect(loop.healthy()).toBe(true);
    await loop.stop();
    expect(rounds).toHaveLength(5);
  });

  test('that is stopped lets its round come to an end, and begins no other', async () => {
    const [gate, begun] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let [rounds, ended] = [0, false];
    const round = async () => {
      rounds += 1;
      begun.resolve();
      await gate.promise;
      ended = true;
      return true;
    };
    const loop = startLoop({ name: 'test', log: silent, round, idle: async () => {} });
    await begun.promise;
    const stopped = loop.stop().then(() => ended);
    gate.resolve();
    expect(await stopped).toBe(true);
    expect(rounds).toBe(1);
  });

  test('tries a failed round again, says so each time, and is ill from the third failure in a row until one succeeds', async () => {
    const { idle, waits } = bell();
    const told: unknown[] = [];
    const health: boolean[] = [];
    const log = { error: (detail: object) => void told.push(detail) } as unknown as Logger;
    const failures = [new Error('one'), new Error('two'), new Error('three')];
    const rest = [...failures];
    const loop = startLoop({
      name: 'frail',
      log,
      round: async () => {
        await null;
        health.push(loop.healthy());
        const error = rest.shift();
        if (error) throw error;
        return false;
      },
      idle,
    });
    await waits();
    expect(health).toEqual([true, true, true, false]);
    expect(loop.healthy()).toBe(true);
    expect(told).toEqual(failures.map((err, index) => ({ err, loop: 'frail', failures: index + 1 })));
    await loop.stop();
  });

  test('that is stopped while it waits after a failure ends at once, without another round', async () => {
    const failed = Promise.withResolvers<void>();
    let rounds = 0;
    const log = { error: () => failed.resolve() } as unknown as Logger;
    const round = async () => {
      rounds += 1;
      throw new Error('no');
    };
    const loop = startLoop({ name: 'test', log, round, idle: async () => {} });
    await failed.promise;
    await loop.stop();
    expect(rounds).toBe(1);
  });

  test('whose last round fails as it is stopped says nothing of it', async () => {
    const [gate, begun] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const told: unknown[] = [];
    const log = { error: (detail: unknown) => void told.push(detail) } as unknown as Logger;
    const round = async () => {
      begun.resolve();
      await gate.promise;
      throw new Error('the pool is closed');
    };
    const loop = startLoop({ name: 'test', log, round, idle: async () => {} });
    await begun.promise;
    const stopped = loop.stop();
    gate.resolve();
    await stopped;
    expect(told).toEqual([]);
  });
});

const database = await testDatabase();

describe('a doorbell', () => {
  const opened: { close(): Promise<void> }[] = [];
  const open = async () => {
    const doorbell = await openDoorbell(database.url);
    opened.push(doorbell);
    return doorbell;
  };
  const ring = () => database.sql.notify(doorbellChannel, '1');
  /** Longer than any test: whoever waited that long was not woken. */
  const forever = 600_000;
  afterAll(() => Promise.all(opened.map((each) => each.close())));

  test('wakes everybody who waits, in every process, with one ring', async () => {
    const doorbells = [await open(), await open()];
    const woken = doorbells.flatMap((doorbell) => [doorbell.wait(forever), doorbell.wait(forever)]);
    await ring();
    await Promise.all(woken);
  });

  test('calls whoever asked for it with each ring, until they have enough', async () => {
    const doorbell = await open();
    const heard: string[] = [];
    const stop = doorbell.onRing(() => heard.push('first'));
    doorbell.onRing(() => heard.push('second'));
    const rung = async () => {
      const woken = doorbell.wait(forever);
      await ring();
      await woken;
    };
    await rung();
    expect(heard).toEqual(['first', 'second']);
    stop();
    await rung();
    expect(heard).toEqual(['first', 'second', 'second']);
  });

  test('lets go of who waits when their work is stopped, also when it was stopped before', async () => {
    const doorbell = await open();
    const control = new AbortController();
    const waiting = doorbell.wait(forever, control.signal);
    control.abort();
    await waiting;
    await doorbell.wait(forever, control.signal);
  });

  test('that rang while its reader was busy ends the next wait at once, and only that', async () => {
    const doorbell = await open();
    const wait = doorbell.waiter();
    const woken = doorbell.wait(forever);
    await ring();
    await woken;
    await wait(forever);
    const next = wait(forever);
    const rung = Promise.withResolvers<'ring'>();
    doorbell.onRing(() => rung.resolve('ring'));
    expect(await Promise.race([next, Promise.resolve('waits')])).toBe('waits');
    await ring();
    await Promise.all([next, rung.promise]);
  });

  test('that tells of types wakes those who want one of them; who reads all, and a ring that does not say, everybody', async () => {
    const doorbell = await open();
    const told: string[] = [];
    const waits = { mine: doorbell.waiter(['Mine', 'Also']), theirs: doorbell.waiter(['Theirs']), all: doorbell.waiter() };
    const control = new AbortController();
    const attend = (name: keyof typeof waits) => waits[name](forever, control.signal).then(() => void told.push(name));
    const [mine, theirs, all] = [attend('mine'), attend('theirs'), attend('all')];
    await database.sql.notify(doorbellChannel, '7 Other Mine');
    await Promise.all([mine, all]);
    expect(told.sort()).toEqual(['all', 'mine']);
    await database.sql.notify(doorbellChannel, '8');
    await theirs;
    expect(told).toContain('theirs');
  });

  test('that tells of other types ends a wait a little later where that is wanted, once for many rings', async () => {
    const doorbell = await open();
    const wait = doorbell.waiter(['Mine'], 30);
    for (const position of [7, 8, 9]) await database.sql.notify(doorbellChannel, `${position} Other`);
    await wait(forever);
    const next = wait(forever);
    expect(await Promise.race([next, Promise.resolve('waits')])).toBe('waits');
    await database.sql.notify(doorbellChannel, '10 Mine');
    await next;
  });

  test('rings for everybody when it listens again after its connection was lost: something may have been missed', async () => {
    const doorbell = await open();
    const wait = doorbell.waiter(['Mine']);
    const waiting = wait(forever);
    await database.sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'accord-doorbell'`;
    await waiting;
  });

  test('that never rings ends each wait by itself', async () => {
    const doorbell = await open();
    await doorbell.wait(1);
    await doorbell.wait(0);
  });

  test('is heard again after its connection was lost', async () => {
    const doorbell = await open();
    await database.sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'accord-doorbell'`;
    let heard = 0;
    doorbell.onRing(() => {
      heard += 1;
    });
    await expect
      .poll(async () => {
        await ring();
        return heard;
      })
      .toBeGreaterThan(0);
  });
});
