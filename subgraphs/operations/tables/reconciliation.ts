import { count, entityColumns, instant, oneOf } from '#kernel/columns.ts';
import { entity } from '#kernel/entity.ts';
import { boolean, check, date, index, integer, pgSchema, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type BreakStatus, breakMachine } from '../reconciliation/machine.ts';

/** Two stages of the same work that must agree, the earlier one first. */
export const stagePairs = ['APPROVED_POSTED', 'POSTED_BILLED', 'BILLED_PAID', 'BILLED_RECOGNIZED'] as const;
export type StagePair = (typeof stagePairs)[number];

/** Why the later stage does not hold what the earlier one does. UNKNOWN is a true break: nothing says why. */
export const breakCauses = [
  'EXCEPTION',
  'EXCEPTION_DISMISSED',
  'PARKED_DELIVERY',
  'UNDER_WAY',
  'READY_TO_BILL',
  'HELD',
  'ON_DRAFT_INVOICE',
  'NOT_YET_DUE',
  'OVERDUE',
  'DISPUTED',
  'NOT_YET_RECOGNIZED',
  'UNKNOWN',
] as const;
export type BreakCause = (typeof breakCauses)[number];

const operations = pgSchema('operations');

/** One comparison of all stages, or of what changed since the last: a schedule works on it, bite by bite, in the order of the customers' ids. */
export const reconciliationRuns = operations.table(
  'reconciliation_run',
  {
    ...entityColumns(),
    /** False: only customers of whom the log told something behind `fromPosition`. */
    complete: boolean('complete').notNull(),
    startedBy: text('started_by').notNull(),
    fromPosition: count('from_position').notNull(),
    /** Where the log ended when the run began: what came later is for the next one. */
    asOfPosition: count('as_of_position').notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    afterCustomerId: uuid('after_customer_id'),
    customers: integer('customers').notNull().default(0),
    compared: integer('compared').notNull().default(0),
    opened: integer('opened').notNull().default(0),
    resolved: integer('resolved').notNull().default(0),
    explained: integer('explained').notNull().default(0),
    /** Milliseconds that its bites took. */
    worked: integer('worked').notNull().default(0),
  },
  (table) => [
    uniqueIndex('reconciliation_run_standing').on(sql`(finished_at is null)`).where(sql`finished_at is null`),
    index('reconciliation_run_by_started').on(table.startedAt, table.id),
  ],
);
export type ReconciliationRunRow = typeof reconciliationRuns.$inferSelect;
export const reconciliationRun = entity('ReconciliationRun', reconciliationRuns);

/** What one stage holds of a project's week. */
const side = (name: string) => ({
  count: integer(`${name}_count`).notNull(),
  seconds: count(`${name}_seconds`).notNull(),
  minor: count(`${name}_minor`).notNull(),
  hash: text(`${name}_hash`).notNull(),
});
const [left, right] = [side('left'), side('right')];

/** What stands: literally the predicate of the index that finds it. */
export const standingBreaks = sql.raw(`status <> 'RESOLVED'`);

export const reconciliationBreaks = operations.table(
  'reconciliation_break',
  {
    ...entityColumns(),
    status: text('status').$type<BreakStatus>().notNull().default('OPEN'),
    pair: text('pair').$type<StagePair>().notNull(),
    cause: text('cause').$type<BreakCause>().notNull(),
    /** The code of the exception or of the hold, where the cause has one. */
    code: text('code'),
    customerId: uuid('customer_id').notNull(),
    projectId: uuid('project_id'),
    legalEntityId: uuid('legal_entity_id'),
    /** The Monday of the week. */
    week: date('week').notNull(),
    currency: text('currency'),
    leftCount: left.count,
    leftSeconds: left.seconds,
    leftMinor: left.minor,
    leftHash: left.hash,
    rightCount: right.count,
    rightSeconds: right.seconds,
    rightMinor: right.minor,
    rightHash: right.hash,
    /** What is at risk by this cause. */
    count: integer('count').notNull(),
    seconds: count('seconds').notNull(),
    amountMinor: count('amount_minor').notNull(),
    /** Some of the rows behind it. */
    exampleIds: uuid('example_ids').array().notNull(),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    endedAt: instant('ended_at'),
    reason: text('reason'),
    acceptedBy: text('accepted_by'),
  },
  (table) => [
    oneOf('reconciliation_break_status', table.status, breakMachine.states),
    oneOf('reconciliation_break_pair', table.pair, stagePairs),
    oneOf('reconciliation_break_cause', table.cause, breakCauses),
    check('reconciliation_break_explained', sql`(${table.status} = 'EXPLAINED') = (${table.cause} <> 'UNKNOWN')`),
    check('reconciliation_break_ended', sql`(${table.status} = 'RESOLVED') = (${table.endedAt} is not null)`),
    check('reconciliation_break_accepted', sql`${table.status} <> 'ACCEPTED' or num_nulls(${table.reason}, ${table.acceptedBy}) = 0`),
    uniqueIndex('reconciliation_break_standing')
      .on(
        table.customerId,
        table.pair,
        table.week,
        table.cause,
        sql`coalesce(project_id, '00000000-0000-0000-0000-000000000000')`,
        sql`coalesce(legal_entity_id, '00000000-0000-0000-0000-000000000000')`,
        sql`coalesce(code, '')`,
        sql`coalesce(currency, '')`,
      )
      .where(standingBreaks),
    index('reconciliation_break_of_customer').on(table.customerId, table.lastSeenAt, table.id),
    index('reconciliation_break_of_project').on(table.projectId, table.lastSeenAt, table.id).where(sql`project_id is not null`),
    index('reconciliation_break_of_legal_entity').on(table.legalEntityId, table.lastSeenAt, table.id).where(sql`legal_entity_id is not null`),
    index('reconciliation_break_by_status').on(table.status, table.lastSeenAt, table.id),
    index('reconciliation_break_by_last').on(table.lastSeenAt, table.id),
    index('reconciliation_break_by_first').on(table.firstSeenAt, table.id),
    index('reconciliation_break_by_week').on(table.week, table.id),
    index('reconciliation_break_by_amount').on(table.amountMinor, table.id),
  ],
);
export type ReconciliationBreakRow = typeof reconciliationBreaks.$inferSelect;
export const reconciliationBreak = entity('ReconciliationBreak', reconciliationBreaks);

visible(reconciliationRuns, { customer: 'firm', legalEntity: 'firm', client: false, partner: false });
visible(reconciliationBreaks, {
  customer: reconciliationBreaks.customerId,
  legalEntity: reconciliationBreaks.legalEntityId,
  client: false,
  partner: false,
});
