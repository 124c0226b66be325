import type { CacheSettings, WriteSource } from '#gateway/cache/answers.ts';
import { defaultCacheAge } from '#gateway/cache/answers.ts';
import { openDb } from '#kernel/db.ts';
import { is, PgTable } from '#kernel/sql.ts';
import { noteWrites, touchesSince } from '#kernel/touch.ts';
import { CannotStart } from './cannotStart.ts';
import type { Call } from './command.ts';

/** Whether answers are kept. */
export const cacheFlags = {
  cache: {
    type: 'string',
    value: 'MIB',
    help: 'mebibytes of answers that are kept until something that they depend on is written (ACCORD_CACHE; default 0: none)',
  },
} as const;

export type Cache = CacheSettings & { source: WriteSource };

/** The cache that is asked for, on a database whose writes are noted from now on; undefined where none is. */
export async function cacheOf({ flags, env }: Pick<Call, 'flags' | 'env'>, databaseUrl: string, stack: AsyncDisposableStack): Promise<Cache | undefined> {
  const text = flags.cache ?? env.ACCORD_CACHE ?? '0';
  const mebibytes = Number(text);
  if (!(mebibytes >= 0 && mebibytes <= 65_536)) throw new CannotStart(`${String(text)} is no size of a cache; use mebibytes, or 0 for none.`);
  if (mebibytes === 0) return undefined;
  const { source, close } = await openWrites(databaseUrl);
  stack.defer(close);
  return { bytes: mebibytes * 1024 * 1024, age: defaultCacheAge, source };
}

/** Has what is written noted, and tells it. */
export async function openWrites(databaseUrl: string): Promise<{ source: WriteSource; close(): Promise<void> }> {
  const open = openDb({ url: databaseUrl, name: 'cache', max: 1, scope: 'command' });
  const relations = await noteWrites(open.db, await tables());
  return { source: { relations, look: (after) => touchesSince(open.db, after) }, close: () => open.close() };
}

/** All tables of all subgraphs. */
async function tables(): Promise<PgTable[]> {
  const modules: Record<string, unknown>[] = await Promise.all([
    import('#engagements/tables.ts'),
    import('#resources/tables.ts'),
    import('#time/tables.ts'),
    import('#finance/tables.ts'),
    import('#operations/tables.ts'),
  ]);
  return [...new Set(modules.flatMap((module) => Object.values(module)))].filter((each): each is PgTable => is(each, PgTable));
}
