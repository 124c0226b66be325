import { count, instant } from '#kernel/columns.ts';
import { boolean, integer, pgSchema, text, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';

/** The kernel's log.schema_usage as lists read it; only the kernel writes it. */
export const schemaUses = pgSchema('log').table('schema_usage', {
  id: uuid('id').primaryKey(),
  version: integer('version').notNull(),
  client: text('client').notNull(),
  contract: text('contract').notNull(),
  coordinate: text('coordinate').notNull(),
  typeName: text('type_name').notNull(),
  isDeprecated: boolean('deprecated').notNull(),
  requests: count('requests').notNull(),
  firstSeenAt: instant('first_seen_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

visible(schemaUses, { customer: 'firm', legalEntity: 'firm', client: false, partner: false });
