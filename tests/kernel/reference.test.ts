import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { openDb } from '#kernel/db.ts';
import { text } from '#kernel/fields.ts';
import { newId } from '#kernel/ids.ts';
import { document, documents } from '#kernel/published.ts';
import { lockReferences, nextVersions, publish, published, references } from '#kernel/reference.ts';
import { testDatabase } from '../support/database.ts';

const { Thing, Other } = documents('test', {
  Thing: document('A thing.', { name: text('Its name.') }),
  Other: document('Another.', { name: text('Its name.') }),
});
const database = await testDatabase();
const open = openDb({ url: database.url, name: 'test', max: 6 });
afterAll(() => open.close());

const inScope = <Value>(run: (scope: Scope) => Promise<Value>): Promise<Value> =>
  open.db.transaction((tx) => run({ tx, actor: serviceActor('test'), trace: { correlationId: 'c' }, now: new Date('2026-03-02T09:00:00Z') }));
const say = (id: string, version: number, name = `v${version}`) => published(Thing, { id, version, data: { name } });
const read = async (...ids: string[]) => Object.fromEntries([...(await references(open.db, Thing, ids))].map(([id, { name }]) => [id, name]));
/** Resolves when a statement waits for a lock. */
const blocked = () =>
  expect
    .poll(async () => (await database.sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`).length)
    .toBeGreaterThan(0);

describe('what is published', () => {
  test('is the newest version in the end, in whatever order versions come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }), async (versions) => {
        const id = newId();
        for (const version of versions) await inScope((scope) => publish(scope, [say(id, version)]));
        expect(await read(id)).toEqual({ [id]: `v${Math.max(...versions)}` });
      }),
      { numRuns: 25 },
    );
  });

  test('is the newest one also when many publish at once', async () => {
    const id = newId();
    const versions = [5, 3, 8, 1, 7, 2, 6, 4];
    await Promise.all(versions.map((version) => inScope((scope) => publish(scope, [say(id, version)]))));
    expect(await read(id)).toEqual({ [id]: 'v8' });
  });

  test('of the same version again is what was said last', async () => {
    const id = newId();
    for (const name of ['first', 'again']) await inScope((scope) => publish(scope, [say(id, 1, name)]));
    expect(await read(id)).toEqual({ [id]: 'again' });
  });

  test('is of its type alone, though another has the same id', async () => {
    const id = newId();
    await inScope((scope) => publish(scope, [say(id, 2), published(Other, { id, version: 1, data: { name: 'other' } })]));
    expect(await read(id)).toEqual({ [id]: 'v2' });
    expect(await references(open.db, Other, [id])).toEqual(new Map([[id, { name: 'other' }]]));
  });

  test('goes with the transaction that published it', async () => {
    const id = newId();
    const lost = inScope(async (scope) => {
      await publish(scope, [say(id, 1)]);
      throw new Error('after it was published');
    });
    await expect(lost).rejects.toThrow('after it was published');
    expect(await read(id)).toEqual({});
  });

  test('is nothing where nothing was said: no entries, no ids', async () => {
    await inScope((scope) => publish(scope, []));
    expect(await read()).toEqual({});
    expect(await inScope((scope) => lockReferences(scope, Thing, []))).toEqual(new Map());
    expect(await inScope((scope) => nextVersions(scope, Thing, []))).toEqual(new Map());
  });

  test('with a quote, a backslash and letters of every kind comes back as it was', async () => {
    const names = [`O'Hara "x" \\n $1`, 'Æøå 東京 \u{1f600}', '{"a":1}', '%s'];
    const ids = names.map(() => newId());
    await inScope((scope) =>
      publish(
        scope,
        ids.map((id, index) => say(id, 1, names[index] ?? '')),
      ),
    );
    expect(await read(...ids)).toEqual(Object.fromEntries(ids.map((id, index) => [id, names[index]])));
  });
});

describe('a guard that reads what a sibling published', () => {
  test('keeps it as it is until the end of its transaction: the owner’s next version waits', async () => {
    const id = newId();
    await inScope((scope) => publish(scope, [say(id, 1)]));
    let next: Promise<void> | undefined;
    await inScope(async (scope) => {
      expect(await lockReferences(scope, Thing, [id, id, newId()])).toEqual(new Map([[id, { name: 'v1' }]]));
      next = inScope((own) => publish(own, [say(id, 2)]));
      await blocked();
      expect(await references(scope.tx, Thing, [id])).toEqual(new Map([[id, { name: 'v1' }]]));
    });
    await next;
    expect(await read(id)).toEqual({ [id]: 'v2' });
  });

  test('stands in nobody’s way who guards by the same', async () => {
    const id = newId();
    await inScope((scope) => publish(scope, [say(id, 1)]));
    const both = await inScope(async (scope) => {
      await lockReferences(scope, Thing, [id]);
      return inScope((other) => lockReferences(other, Thing, [id]));
    });
    expect(both.size).toBe(1);
  });
});

describe('versions that several make anew', () => {
  test('are each one’s alone, whoever comes first, and count without a gap', async () => {
    const [a, b] = [newId(), newId()];
    const makers = Array.from({ length: 8 }, (_, n) =>
      inScope(async (scope) => {
        const versions = await nextVersions(scope, Thing, n % 2 ? [a, b] : [b, a, a]);
        const own = versions.get(a) ?? 0;
        await publish(scope, [say(a, own), say(b, versions.get(b) ?? 0)]);
        return own;
      }),
    );
    expect((await Promise.all(makers)).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await read(a, b)).toEqual({ [a]: 'v8', [b]: 'v8' });
  });

  test('go on from what is published', async () => {
    const id = newId();
    await inScope((scope) => publish(scope, [say(id, 41)]));
    expect(await inScope((scope) => nextVersions(scope, Thing, [id]))).toEqual(new Map([[id, 42]]));
  });
});
