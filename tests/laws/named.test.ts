import { readdir, readFile } from 'node:fs/promises';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { allTables } from '../../generate/migrations.ts';
import { subgraphNames } from '../../generate/names.ts';
import { root } from '../support/house.ts';

const read = (path: string) => readFile(new URL(path, root), 'utf8');
/** `timesheet_entry` for `TimesheetEntry`. */
const tableName = (type: string) => type.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

test('the view of what inputs may name has every entity of the contract', async () => {
  const newest = (await readdir(new URL('drizzle', root)))
    .filter((name) => name.endsWith('_known_entities.sql'))
    .sort()
    .at(-1);
  const view = await read(`drizzle/${newest}`);
  const named = new Set([...view.matchAll(/FROM ([\w".]+)/g)].map((match) => (match[1] ?? '').replaceAll('"', '')));
  const texts = await Promise.all(subgraphNames.map((name) => read(`schema/${name}.graphql`)));
  const entities = new Set(texts.flatMap((text) => [...text.matchAll(/^type (\w+) [^{]*@key\(fields: "id"/gm)].map((match) => tableName(match[1] ?? ''))));
  const tables = [...new Set(Object.values(await allTables(root.pathname)))].filter((table) => is(table, PgTable) && 'id' in getTableColumns(table));
  const nameable = tables.filter((table) => entities.has(getTableName(table as PgTable)));
  const missing = nameable.map((table) => `${getTableConfig(table as PgTable).schema}.${getTableName(table as PgTable)}`).filter((name) => !named.has(name));
  expect(nameable.length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});
