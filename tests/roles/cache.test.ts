import { describe, expect, test } from 'vitest';
import { cacheOf } from '../../roles/cache.ts';
import { CannotStart } from '../../roles/cannotStart.ts';
import { testDatabase } from '../support/database.ts';

const database = await testDatabase();

async function cacheBy(flag: string | undefined, variable?: string) {
  await using stack = new AsyncDisposableStack();
  const cache = await cacheOf({ flags: flag === undefined ? {} : { cache: flag }, env: { ACCORD_CACHE: variable } }, database.appUrl, stack);
  return cache && { bytes: cache.bytes, age: cache.age, first: (await cache.source.look(undefined)).touches };
}

const triggers = async () => Number((await database.sql`select count(*) from pg_trigger where tgname like 'touching\_%'`)[0]?.count);

describe('the setting of kept answers', () => {
  test('is none unless somebody asks for it: the database is not touched', async () => {
    expect(await Promise.all([cacheBy(undefined), cacheBy(undefined, ''), cacheBy('0', '16')])).toEqual([undefined, undefined, undefined]);
    expect(await triggers()).toBe(0);
  });

  test('is mebibytes, by flag before environment, and has writes noted', async () => {
    expect(await cacheBy('1', '16')).toEqual({ bytes: 1_048_576, age: 60_000, first: 'lost' });
    expect(await cacheBy(undefined, '0.5')).toMatchObject({ bytes: 524_288 });
    expect(await triggers()).toBeGreaterThan(200);
  });

  test.each(['-1', 'many', '65537', 'NaN', 'on'])('is not %s', async (text) => {
    await expect(cacheBy(text)).rejects.toThrow(new CannotStart(`${text} is no size of a cache; use mebibytes, or 0 for none.`));
  });
});
