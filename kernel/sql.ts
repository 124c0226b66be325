import { createRequire } from 'node:module';
import type * as Orm from 'drizzle-orm';
import type * as Core from 'drizzle-orm/pg-core';
import type * as Driver from 'drizzle-orm/postgres-js';

/**
 * drizzle by one door, and as CommonJS: its package.json has 180 KB, and Node parses it for each of its ES modules to learn what they are, a third of the CPU
 * until a role serves. A file that ends in .cjs says so by its name.
 */
const require = createRequire(import.meta.url);
const orm = require('drizzle-orm') as typeof Orm;
const core = require('drizzle-orm/pg-core') as typeof Core;
const driver = require('drizzle-orm/postgres-js') as typeof Driver;

export const { and, asc, desc, eq, getTableColumns, getTableName, gt, gte, ilike, inArray, is, isNotNull, isNull, isTable } = orm;
export const { lt, lte, ne, not, notInArray, or, SQL, sql, Table } = orm;
export const { bigint, boolean, check, date, foreignKey, getTableConfig, index, integer, jsonb, PgColumn, PgDialect, PgSchema, PgTable } = core;
export const { numeric, pgSchema, primaryKey, text, timestamp, unique, uniqueIndex, uuid } = core;
export const { drizzle } = driver;

export type { ExtractTablesWithRelations, InferSelectModel } from 'drizzle-orm';
export type { AnyPgColumn, PgDatabase } from 'drizzle-orm/pg-core';
export type { PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
export type SQL<T = unknown> = Orm.SQL<T>;
export type Table = Orm.Table;
export type PgColumn = Core.PgColumn;
export type PgTable = Core.PgTable;
export type PgSchema<Name extends string = string> = Core.PgSchema<Name>;
