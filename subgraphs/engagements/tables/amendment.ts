import type { ContractChangesInput } from '#generated/engagements.ts';
import { entityColumns, instant, oneOf } from '#kernel/columns.ts';
import { entity } from '#kernel/entity.ts';
import { check, date, index, integer, jsonb, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { type AmendmentStatus, amendmentMachine } from '../amendment/machine.ts';
import { engagements } from './schema.ts';

/** What an amendment wants changed, as it was asked for: a part that is absent stays, null clears. */
export type WantedChanges = ContractChangesInput;

/** One thing that a contract says otherwise from a day on. */
export type ContractChangeRow = {
  effectiveFrom: string;
  part: 'TERMS' | 'LINE' | 'RATE';
  /** The line that it is about, or whose rate it is. */
  line: string | null;
  employeeId: string | null;
  laborCategoryId: string | null;
  /** Of terms and lines: which; null where the whole line or rate came or went. */
  field: string | null;
  before: string | null;
  after: string | null;
};

/** A change of a contract that is being agreed on. The migrations bind it to its contract. */
export const amendments = engagements.table(
  'amendment',
  {
    ...entityColumns(),
    contractId: uuid('contract_id').notNull(),
    customerId: uuid('customer_id').notNull(),
    engagementId: uuid('engagement_id').notNull(),
    name: text('name').notNull(),
    status: text('status').$type<AmendmentStatus>().notNull().default('DRAFT'),
    effectiveFrom: date('effective_from').notNull(),
    /** The day in the books of what lies in a closed period; the first open day where it is absent. */
    adjustmentDate: date('adjustment_date'),
    reason: text('reason').notNull(),
    changes: jsonb('changes').$type<WantedChanges>().notNull(),
    /** Systems that are to say that they know of it, beside those that know the contract. */
    notifiedSystems: text('notify').array().notNull(),
    authorId: text('author_id').notNull(),
    submittedBy: text('submitted_by'),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    /** Why it was rejected or withdrawn, or what accepting it rests on. */
    decisionNote: text('decision_note'),
    appliedBy: text('applied_by'),
    appliedAt: instant('applied_at'),
    /** The versions that it made. */
    fromVersion: integer('first_number'),
    toVersion: integer('last_number'),
    /** What it changed; null before it is applied. */
    applied: jsonb('applied').$type<ContractChangeRow[]>(),
  },
  (table) => [
    oneOf('amendment_status', table.status, amendmentMachine.states),
    check('amendment_decided', sql`(${table.decidedAt} is not null) = (${table.status} in ('ACCEPTED', 'APPLIED', 'REJECTED', 'WITHDRAWN'))`),
    check('amendment_applied', sql`(${table.status} = 'APPLIED') = (num_nulls(applied_at, applied_by, first_number, last_number, applied) = 0)`),
    index('amendment_of_contract').on(table.contractId, table.createdAt, table.id),
    index('amendment_of_customer').on(table.customerId, table.createdAt, table.id),
    index('amendment_by_status').on(table.status, table.createdAt, table.id),
    index('amendment_by_created').on(table.createdAt, table.id),
    index('amendment_by_effective').on(table.effectiveFrom, table.id),
    index('amendment_updated').on(table.updatedAt, table.id),
  ],
);
export type AmendmentRow = typeof amendments.$inferSelect;
export const amendment = entity('Amendment', amendments);

/** Who has to hear of an applied amendment, and that it did. */
export const amendmentReceipts = engagements.table(
  'amendment_receipt',
  {
    ...entityColumns(),
    amendmentId: uuid('amendment_id').notNull(),
    contractId: uuid('contract_id').notNull(),
    customerId: uuid('customer_id').notNull(),
    system: text('system').notNull(),
    kind: text('kind').$type<'PROCESS' | 'SYSTEM'>().notNull(),
    acknowledgedAt: instant('acknowledged_at'),
    acknowledgedBy: text('acknowledged_by'),
    note: text('note'),
  },
  (table) => [
    oneOf('amendment_receipt_kind', table.kind, ['PROCESS', 'SYSTEM']),
    check('amendment_receipt_acknowledged', sql`(${table.acknowledgedAt} is null) = (${table.acknowledgedBy} is null)`),
    uniqueIndex('amendment_receipt_once').on(table.amendmentId, table.system),
  ],
);
export type AmendmentReceiptRow = typeof amendmentReceipts.$inferSelect;
/** What GraphQL shows of a receipt. */
export type PropagationReceiptRow = AmendmentReceiptRow;
export const amendmentReceipt = entity('AmendmentReceipt', amendmentReceipts);
