import type { ContractReference } from '#engagements/published.ts';
import { count, entityColumns, instant, oneOf } from '#kernel/columns.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { check, date, index, integer, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type RerateProposalStatus, rerateProposalMachine } from '../rerate/machine.ts';
import type { RerateLine } from '../rerate/report.ts';
import { finance } from './schema.ts';

/** What GraphQL shows of a line of it. */
export type RerateLineRow = RerateLine;

/** What GraphQL shows of a look ahead: what it is about. */
export type RerateReportRow = {
  contract: ContractReference & { id: string };
  amendmentId: string | null;
  effectiveFrom: CalendarDate;
  adjustmentDate: CalendarDate | undefined;
};

/** The re-rate of one applied amendment: how far it has come, and what it did. Turns work on it until it is done. */
export const rerates = finance.table(
  'rerate',
  {
    ...entityColumns(),
    amendmentId: uuid('amendment_id').notNull(),
    contractId: uuid('contract_id').notNull(),
    customerId: uuid('customer_id').notNull(),
    legalEntityId: uuid('legal_entity_id'),
    /** The amendment's, for sentences. */
    name: text('name').notNull(),
    fromDate: date('from_date').notNull(),
    adjustmentDate: date('adjustment_date'),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    /** Work up to here has been looked at. */
    afterDate: date('after_date'),
    afterId: uuid('after_id'),
    /** Pieces of work priced anew, left on invoices, and left as they were because they could not be priced. */
    repriced: integer('repriced').notNull(),
    invoiced: integer('invoiced').notNull(),
    refused: integer('refused').notNull(),
    currency: text('currency').notNull(),
    /** Of what was priced anew: what it was sold for, and is. */
    beforeMinor: count('before_minor').notNull(),
    afterMinor: count('after_minor').notNull(),
    factId: uuid('fact_id').notNull(),
    correlationId: text('correlation_id').notNull(),
    traceparent: text('traceparent'),
  },
  (table) => [
    uniqueIndex('rerate_of_amendment').on(table.amendmentId),
    index('rerate_running').on(table.startedAt, table.id).where(sql`finished_at is null`),
    check('rerate_place', sql`(${table.afterDate} is null) = (${table.afterId} is null)`),
  ],
);
export type RerateRow = typeof rerates.$inferSelect;

export type RerateProposalKind = 'CANCEL_AND_REDRAFT' | 'CREDIT_AND_REBILL';

/** An invoice that an amendment touches, and what billing its work anew would come to: somebody decides. */
export const rerateProposals = finance.table(
  'rerate_proposal',
  {
    ...entityColumns(),
    rerateId: uuid('rerate_id')
      .notNull()
      .references(() => rerates.id),
    amendmentId: uuid('amendment_id').notNull(),
    contractId: uuid('contract_id').notNull(),
    customerId: uuid('customer_id').notNull(),
    legalEntityId: uuid('legal_entity_id'),
    invoiceId: uuid('invoice_id').notNull(),
    kind: text('kind').$type<RerateProposalKind>().notNull(),
    status: text('status').$type<RerateProposalStatus>().notNull(),
    entries: integer('entries').notNull(),
    currency: text('currency').notNull(),
    /** Of the work that would be billed otherwise. */
    beforeMinor: count('before_minor').notNull(),
    afterMinor: count('after_minor').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    reason: text('reason'),
    creditNoteId: uuid('credit_note_id'),
    rebilledId: uuid('rebilled_id'),
  },
  (table) => [
    oneOf('rerate_proposal_status', table.status, rerateProposalMachine.states),
    oneOf('rerate_proposal_kind', table.kind, ['CANCEL_AND_REDRAFT', 'CREDIT_AND_REBILL']),
    check('rerate_proposal_decided', sql`(${table.status} = 'PROPOSED') = (${table.decidedAt} is null)`),
    uniqueIndex('rerate_proposal_once').on(table.rerateId, table.invoiceId),
    index('rerate_proposal_by_created').on(table.createdAt, table.id),
    index('rerate_proposal_by_status').on(table.status, table.createdAt, table.id),
    index('rerate_proposal_of_contract').on(table.contractId, table.createdAt, table.id),
    index('rerate_proposal_of_amendment').on(table.amendmentId, table.createdAt, table.id),
    index('rerate_proposal_of_invoice').on(table.invoiceId, table.createdAt, table.id),
    index('rerate_proposal_updated').on(table.updatedAt, table.id),
  ],
);
export type RerateProposalRow = typeof rerateProposals.$inferSelect;

visible(rerates, { customer: rerates.customerId, legalEntity: rerates.legalEntityId, client: false, partner: false });
visible(rerateProposals, { customer: rerateProposals.customerId, legalEntity: rerateProposals.legalEntityId, client: false, partner: false });
