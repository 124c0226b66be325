import type { SchemaUsageFilter, SchemaUsageOrderField } from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import type { List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { usesRecordedSince } from '#kernel/schemaUsage.ts';
import { eq, gte, inArray } from '#kernel/sql.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';
import { schemaUses } from './table.ts';

/** Who uses what of the graph, the latest use first. */
export const schemaUsageList: List<typeof schemaUses, SchemaUsageFilter, SchemaUsageOrderField> = {
  table: schemaUses,
  read: 'usage:read',
  orders: { LAST_SEEN_AT: schemaUses.updatedAt },
  defaultOrder: { field: 'LAST_SEEN_AT', direction: 'DESC' },
  filter: (filter) => [
    filter.clients ? inArray(schemaUses.client, [...filter.clients]) : undefined,
    filter.types ? inArray(schemaUses.typeName, [...filter.types]) : undefined,
    filter.coordinates ? inArray(schemaUses.coordinate, [...filter.coordinates]) : undefined,
    typeof filter.deprecated === 'boolean' ? eq(schemaUses.isDeprecated, filter.deprecated) : undefined,
    filter.usedSince ? gte(schemaUses.updatedAt, filter.usedSince) : undefined,
  ],
};

/** Since when uses are recorded. */
export async function readRecordedSince({ actor, db }: Context): Promise<Date | null> {
  demand(actor, 'usage:read');
  demandWholeFirm(actor, 'Who uses what');
  return (await usesRecordedSince(db)) ?? null;
}
