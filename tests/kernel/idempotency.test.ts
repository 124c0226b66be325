import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { type Context, createContext } from '#kernel/context.ts';
import { openDb } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import { hashInput, sweepIdempotency } from '#kernel/idempotency.ts';
import { transact } from '#kernel/mutation.ts';
import { sessionsOn } from '#kernel/session.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { testDatabase } from '../support/database.ts';

const database = await testDatabase();
const open = openDb({ url: database.url, name: 'test', max: 20 });
await database.sql`create table if not exists public.effect (n int)`;
const sessions = sessionsOn(open);
const actor: Actor = { id: 'integration', kind: 'INTEGRATION', permissions: ['*'] };
const context = (as: Actor = actor): Context =>
  createContext({
    session: sessions({}),
    actor: as,
    trace: { correlationId: 'c' },
    clock: () => new Date('2026-03-02T09:00:00Z'),
    log: createLogger({ level: 'silent' }),
  });

type Input = { idempotencyKey: string; n: number };
const call = (input: Input, as?: Actor, mutation = 'recordEffect') =>
  transact(context(as), { mutation, input }, async (scope) => {
    await scope.tx.execute(sql`insert into public.effect values (${input.n})`);
    return { id: `effect-${input.n}` };
  });
const effects = async () => (await database.sql`select n from public.effect`).map((row) => Number(row.n));
let keys = 0;
const key = () => `key-${++keys}`;

describe('an idempotency key', () => {
  test('raced by 16 callers has one effect, and all get the same answer', async () => {
    const input = { idempotencyKey: key(), n: 100 };
    const answers = await Promise.all(Array.from({ length: 16 }, () => call(input)));
    expect(answers.filter((each) => !each.replayed)).toHaveLength(1);
    expect(new Set(answers.map((each) => each.answer.id))).toEqual(new Set(['effect-100']));
    expect((await effects()).filter((n) => n === 100)).toHaveLength(1);
  });

  test('with other arguments is refused, with none of their effects', async () => {
    const idempotencyKey = key();
    await call({ idempotencyKey, n: 1 });
    await expect(call({ idempotencyKey, n: 2 })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await effects()).not.toContain(2);
  });

  test('belongs to its caller and its mutation', async () => {
    const idempotencyKey = key();
    await call({ idempotencyKey, n: 11 });
    expect((await call({ idempotencyKey, n: 12 }, { ...actor, id: 'another' })).replayed).toBe(false);
    expect((await call({ idempotencyKey, n: 13 }, actor, 'another')).replayed).toBe(false);
  });

  test('of a refused call is free again: repaired, it is carried out', async () => {
    const input = { idempotencyKey: key(), n: 21 };
    const refused = transact(context(), { mutation: 'recordEffect', input }, async () => {
      throw new Refused('VALIDATION_FAILED', 'not now');
    });
    await expect(refused).rejects.toThrow('not now');
    expect((await call(input)).replayed).toBe(false);
  });

  test('whose first call is still running: the twin is told to come back', async () => {
    const input = { idempotencyKey: key(), n: 31 };
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const first = transact(context(), { mutation: 'recordEffect', input }, async () => {
      begun.resolve();
      await release.promise;
      return { id: 'first' };
    });
    await begun.promise;
    await expect(call(input)).rejects.toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS', retryable: true });
    release.resolve();
    await first;
    expect(await call(input)).toEqual({ answer: { id: 'first' }, replayed: true });
  });

  test.each(['', 'x'.repeat(256)])('of %j is refused', async (idempotencyKey) => {
    await expect(call({ idempotencyKey, n: 41 })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', field: 'idempotencyKey' });
  });

  test('is forgotten after its retention, in bites', async () => {
    await database.sql`insert into log.idempotency (principal, mutation, key, input_hash, created_at) select 'old', 'm', n::text, 'h', '2020-01-01' from generate_series(1, 25) n`;
    expect(await sweepIdempotency(open.db, new Date('2020-02-01'), 10)).toBe(10);
    expect(await sweepIdempotency(open.db, new Date('2020-02-01'), 100)).toBe(15);
    const idempotencyKey = key();
    await call({ idempotencyKey, n: 51 });
    expect(await sweepIdempotency(open.db, new Date('2020-02-01'))).toBe(0);
    expect((await call({ idempotencyKey, n: 51 })).replayed).toBe(true);
  });
});

describe('the hash of an input', () => {
  test('does not depend on the order of fields, nor on the key, nor on absent fields', () => {
    expect(hashInput({ a: 1, b: { c: [1, 2], d: null }, idempotencyKey: 'x' })).toBe(
      hashInput({ b: { d: null, c: [1, 2], e: undefined }, a: 1, idempotencyKey: 'y' }),
    );
  });

  test('tells apart what differs anywhere', () => {
    const value = fc.jsonValue();
    fc.assert(
      fc.property(
        value,
        value,
        (a, b) => void expect(hashInput({ v: a }) === hashInput({ v: b })).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))),
      ),
    );
    expect(hashInput({ a: [1, 2] })).not.toBe(hashInput({ a: [2, 1] }));
    expect(hashInput({ a: 1n })).not.toBe(hashInput({ a: 1 }));
    expect(hashInput({ a: 1n })).not.toBe(hashInput({ a: '1' }));
    expect(hashInput({ a: new Date(0) })).toBe(hashInput({ a: '1970-01-01T00:00:00.000Z' }));
    expect(hashInput({ items: [{ idempotencyKey: 'a' }] })).not.toBe(hashInput({ items: [{ idempotencyKey: 'b' }] }));
  });

  test('is that of canonical JSON (RFC 8785), the same on every machine', () => {
    const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(hashInput({ peach: 'This sorting order', 'p\u00e9ch\u00e9': 'is wrong', '1': 4.5, e: 1e21, z: 0.000001, a: [null, true, 'x\u20ac\n'] })).toBe(
      digest('{"1":4.5,"a":[null,true,"x\u20ac\\n"],"e":1e+21,"peach":"This sorting order","p\u00e9ch\u00e9":"is wrong","z":0.000001}'),
    );
    expect(hashInput({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 })).toBe(
      digest('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}'),
    );
  });

  test('takes every text that a client can send, half characters too', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void expect(hashInput({ text })).toMatch(/^[0-9a-f]{64}$/)));
    expect(hashInput({ text: '\ud800' })).toBe(hashInput({ text: '\ufffd' }));
    expect(hashInput(undefined)).toBe(hashInput({ idempotencyKey: 'only' }));
    expect(hashInput(JSON.parse('{"__proto__":{"a":1}}'))).not.toBe(hashInput({}));
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => [name, sorted(field)]),
  );
}
