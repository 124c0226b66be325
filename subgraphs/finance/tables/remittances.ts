import { entityColumns } from '#kernel/columns.ts';
import { jsonb, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import type { AdviceLine, RemittanceVerdict } from '../matching/remittance.ts';
import { payments } from './payments.ts';
import { legalEntities } from './reference.ts';
import { finance } from './schema.ts';

/** What a customer says that a payment is for. */
export const remittanceAdvices = finance.table(
  'remittance_advice',
  {
    ...entityColumns(),
    paymentId: uuid('payment_id')
      .notNull()
      .references(() => payments.id),
    customerId: uuid('customer_id').notNull(),
    legalEntityId: uuid('legal_entity_id')
      .notNull()
      .references(() => legalEntities.id),
    lines: jsonb('lines').$type<readonly AdviceLine[]>().notNull(),
  },
  (table) => [uniqueIndex('remittance_advice_of_payment').on(table.paymentId)],
);
export type StoredRemittanceAdvice = typeof remittanceAdvices.$inferSelect;

/** What GraphQL shows of a line: the verdict is what it is now. */
export type RemittanceLineRow = { number: string; minor: bigint; currency: string; verdict: RemittanceVerdict; invoiceId: string | undefined };

visible(remittanceAdvices, { customer: remittanceAdvices.customerId, legalEntity: remittanceAdvices.legalEntityId, client: false, partner: false });
