import { bigint, check, index, integer, type PgSchema, primaryKey, sql, text, timestamp, uuid } from './sql.ts';

/** Milliseconds, as JavaScript has them: a keyset cursor must compare equal after a round trip. */
export function instant(name: string) {
  return timestamp(name, { precision: 3, withTimezone: true, mode: 'date' });
}

/** Integer minor units of a currency, seconds, basis points. */
export function count(name: string) {
  return bigint(name, { mode: 'bigint' });
}

/** The columns of every entity. */
export function entityColumns() {
  return {
    id: uuid('id').primaryKey(),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  };
}

/** A CHECK that a text column holds one of a machine's states or an SDL enum's values. */
export function oneOf(name: string, column: Parameters<typeof sql>[1], values: readonly string[]) {
  const list = values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');
  return check(name, sql`${column} in (${sql.raw(list)})`);
}

/** How other systems call a subgraph's entities: one such table per subgraph. */
export function externalRefTable(schema: PgSchema) {
  return schema.table(
    'external_ref',
    {
      system: text('system').notNull(),
      entityType: text('entity_type').notNull(),
      externalId: text('external_id').notNull(),
      entityId: uuid('entity_id').notNull(),
      externalVersion: text('external_version'),
      syncedAt: instant('synced_at').notNull().defaultNow(),
    },
    (table) => [primaryKey({ columns: [table.system, table.entityType, table.externalId] }), index('external_ref_entity').on(table.entityType, table.entityId)],
  );
}
