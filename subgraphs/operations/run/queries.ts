import type { ProcessRunFilter } from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { isId } from '#kernel/ids.ts';
import { wordIn } from '#kernel/read.ts';
import { rowsById } from '#kernel/rows.ts';
import { inArray, sql } from '#kernel/sql.ts';
import type { ProcessRunRow, ProcessRunStepRow } from '../tables.ts';
import { runs } from './table.ts';

async function runsById(context: Context, ids: readonly string[]): Promise<Map<string, ProcessRunRow>> {
  demand(context.actor, 'delivery:read');
  return rowsById(context.db, runs, ids);
}

/** A run by its id. */
export function readRun(context: Context, id: string): Promise<ProcessRunRow | undefined> {
  return context.load(runsById, id);
}

/** Runs, the ones that started last first. */
export const runList: List<typeof runs, ProcessRunFilter, 'STARTED_AT'> = {
  table: runs,
  read: 'delivery:read',
  orders: { STARTED_AT: runs.startedAt },
  defaultOrder: { field: 'STARTED_AT', direction: 'DESC' },
  filter: (filter) => [
    wordIn(runs.state, filter.states),
    filter.processes ? inArray(runs.process, [...filter.processes]) : undefined,
    filter.subjectIds ? inArray(runs.subjectId, filter.subjectIds.filter(isId)) : undefined,
    filter.correlationIds ? inArray(runs.correlationId, [...filter.correlationIds]) : undefined,
  ],
};

/** The runs about one subject, whatever its type: ids are unique over all types. */
export const runsOfSubject = childList(runList, runs.subjectId);

const instantOf = (value: unknown): Date | null => (value === null ? null : new Date(String(value)));

/** Batch: the steps of runs in their order, by run. */
export async function stepsOfRuns(context: Context, ids: readonly string[]): Promise<Map<string, ProcessRunStepRow[]>> {
  const rows = await context.db.execute(sql`
    select * from log.process_step where run_id = any(${sql.param([...ids])}::uuid[]) order by run_id, number`);
  const found = new Map<string, ProcessRunStepRow[]>(ids.map((id) => [id, []]));
  for (const row of rows) {
    found.get(String(row.run_id))?.push({
      number: Number(row.number),
      name: String(row.name),
      state: row.state as ProcessRunStepRow['state'],
      compensates: row.undoes === null ? null : Number(row.undoes),
      attempts: Number(row.attempts),
      dueAt: new Date(String(row.due_at)),
      deadlineAt: instantOf(row.deadline),
      endedAt: instantOf(row.ended_at),
      reason: row.reason === null ? null : String(row.reason),
    });
  }
  return found;
}
