import { instant } from '#kernel/columns.ts';
import type { RunState } from '#kernel/runState.ts';
import { integer, pgSchema, text, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';

/** The kernel's log.process_run as lists read it; only the kernel writes it. */
export const runs = pgSchema('log').table('process_run', {
  id: uuid('id').primaryKey(),
  process: text('process').notNull(),
  state: text('state').$type<RunState>().notNull(),
  subjectType: text('subject_type').notNull(),
  subjectId: uuid('subject_id').notNull(),
  factId: uuid('fact_id').notNull(),
  correlationId: text('correlation_id').notNull(),
  reason: text('reason'),
  version: integer('version').notNull(),
  startedAt: instant('started_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
  endedAt: instant('ended_at'),
});

visible(runs, { customer: 'firm', legalEntity: 'firm', client: false, partner: false });
