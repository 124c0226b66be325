import { instant } from '#kernel/columns.ts';
import type { RevocationKind } from '#kernel/revocation.ts';
import { integer, pgSchema, text, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';

/** The kernel's log.token_revocation as lists read it; only the kernel writes it. */
export const revocations = pgSchema('log').table('token_revocation', {
  id: uuid('id').primaryKey(),
  version: integer('version').notNull(),
  kind: text('kind').$type<RevocationKind>().notNull(),
  value: text('value').notNull(),
  issuedBefore: instant('issued_before').notNull(),
  expiresAt: instant('expires_at').notNull(),
  reason: text('reason').notNull(),
  revokedBy: text('revoked_by').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

visible(revocations, { customer: 'firm', legalEntity: 'firm', client: false, partner: false });
