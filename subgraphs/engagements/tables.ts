import { index, pgSchema, text, uuid } from 'drizzle-orm/pg-core';
import { entityColumns, externalRefTable, oneOf } from '#kernel/columns.ts';
import { customerMachine, type CustomerStatus } from './customer/machine.ts';

export const engagements = pgSchema('engagements');

export const externalRefs = externalRefTable(engagements);

export const customers = engagements.table(
  'customer',
  {
    ...entityColumns(),
    name: text('name').notNull(),
    status: text('status').$type<CustomerStatus>().notNull().default('PROSPECT'),
    parentId: uuid('parent_id'),
    currency: text('currency'),
    legalEntityId: uuid('legal_entity_id'),
    taxProfileId: uuid('tax_profile_id'),
    billingEmail: text('billing_email'),
    billingAddress: text('billing_address'),
  },
  (table) => [
    oneOf('customer_status', table.status, customerMachine.states),
    index('customer_by_name').on(table.name, table.id),
    index('customer_by_created').on(table.createdAt, table.id),
    index('customer_by_parent').on(table.parentId, table.name, table.id),
  ],
);
export type CustomerRow = typeof customers.$inferSelect;
