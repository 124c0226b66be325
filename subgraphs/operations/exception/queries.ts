import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { ExceptionGrouping, ProcessExceptionFilter, ProcessExceptionOrderField } from '#generated/operations.ts';
import { type Actor, customerScope, demand, seesCustomer } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { isId } from '#kernel/ids.ts';
import { checkLists } from '#kernel/input.ts';
import { rowsById } from '#kernel/rows.ts';
import { exceptions, type ProcessExceptionRow } from '../tables.ts';

async function exceptionsById(context: Context, ids: readonly string[]): Promise<Map<string, ProcessExceptionRow>> {
  demand(context.actor, 'exception:read');
  const rows = await rowsById(context.db, exceptions, ids);
  for (const [id, row] of rows) if (!seesCustomer(context.actor, row.customerId)) rows.delete(id);
  return rows;
}

/** An exception, if there is one that the actor may know of. */
export function readException(context: Context, id: string): Promise<ProcessExceptionRow | undefined> {
  return context.load(exceptionsById, id);
}

function scope(actor: Actor): SQL | undefined {
  const ids = customerScope(actor);
  return ids ? inArray(exceptions.customerId, [...ids]) : undefined;
}

/** Ids that are no ids match nothing, and never reach a uuid column. */
function among(column: PgColumn, ids: readonly string[] | null | undefined): SQL | undefined {
  return ids ? inArray(column, ids.filter(isId)) : undefined;
}

function conditions(filter: ProcessExceptionFilter): (SQL | undefined)[] {
  return [
    filter.status ? inArray(exceptions.status, [...filter.status]) : undefined,
    filter.code ? inArray(exceptions.code, [...filter.code]) : undefined,
    filter.process ? inArray(exceptions.process, [...filter.process]) : undefined,
    filter.owner ? inArray(exceptions.owner, [...filter.owner]) : undefined,
    among(exceptions.customerId, filter.customerIds),
    among(exceptions.projectId, filter.projectIds),
    among(exceptions.employeeId, filter.employeeIds),
    among(exceptions.subjectId, filter.subjectIds),
    filter.correlationId ? eq(exceptions.correlationId, filter.correlationId) : undefined,
  ];
}

export const exceptionList: List<typeof exceptions, ProcessExceptionFilter, ProcessExceptionOrderField> = {
  table: exceptions,
  read: 'exception:read',
  orders: { LAST_SEEN_AT: exceptions.lastSeenAt, FIRST_SEEN_AT: exceptions.firstSeenAt, CODE: exceptions.code },
  defaultOrder: { field: 'LAST_SEEN_AT', direction: 'DESC' },
  filter: conditions,
  scope,
};

/** The exceptions of one subject, whatever its type: ids are unique over all types. */
export const exceptionsOfSubject = childList(exceptionList, exceptions.subjectId);

const groupColumns = { CODE: exceptions.code, CUSTOMER: exceptions.customerId, PROCESS: exceptions.process, OWNER: exceptions.owner } as const;

export type SummaryRow = { key: string; count: number; seconds: bigint; amounts: { minor: bigint; currency: string }[] };

/** Exceptions counted by one dimension, in one statement. */
export async function summarise(
  context: Context,
  args: { groupBy: ExceptionGrouping; filter?: ProcessExceptionFilter | null | undefined },
): Promise<SummaryRow[]> {
  demand(context.actor, 'exception:read');
  checkLists('filter', args.filter);
  const key = sql<string>`coalesce(${groupColumns[args.groupBy]}::text, '')`;
  const rows = await context.db
    .select({
      key,
      currency: exceptions.currency,
      n: sql<string>`count(*)`,
      seconds: sql<string>`coalesce(sum(${exceptions.seconds}), 0)`,
      minor: sql<string>`coalesce(sum(${exceptions.amountMinor}), 0)`,
    })
    .from(exceptions)
    .where(and(scope(context.actor), ...conditions(args.filter ?? {})))
    .groupBy(key, exceptions.currency)
    .orderBy(key, exceptions.currency);
  const summary = new Map<string, SummaryRow>();
  for (const row of rows) {
    const group = summary.get(row.key) ?? { key: row.key, count: 0, seconds: 0n, amounts: [] };
    summary.set(row.key, group);
    group.count += Number(row.n);
    group.seconds += BigInt(row.seconds);
    if (row.currency) group.amounts.push({ minor: BigInt(row.minor), currency: row.currency });
  }
  return [...summary.values()];
}
