import { instant } from '#kernel/columns.ts';
import type { ProposalState, ProposedChange } from '#kernel/proposal.ts';
import { integer, jsonb, pgSchema, text, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';

/** The kernel's log.proposal as lists read it; only the kernel writes it. */
export const proposals = pgSchema('log').table('proposal', {
  id: uuid('id').primaryKey(),
  version: integer('version').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
  status: text('status').$type<ProposalState>().notNull(),
  entityType: text('entity_type').notNull(),
  entityId: uuid('entity_id'),
  changes: jsonb('changes').$type<ProposedChange[]>().notNull(),
  mutation: text('mutation').notNull(),
  system: text('system').notNull(),
  proposedBy: text('proposed_by').notNull(),
  sourceVersion: text('source_version'),
  message: text('message').notNull(),
  correlationId: text('correlation_id').notNull(),
  supersededBy: uuid('superseded_by'),
  decidedBy: text('decided_by'),
  decidedAt: instant('decided_at'),
  reason: text('reason'),
});
export type ProposalRow = typeof proposals.$inferSelect;

visible(proposals, { customer: 'firm', legalEntity: 'firm', client: false, partner: false });
