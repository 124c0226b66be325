import type { ExceptionGrouping, ProcessExceptionFilter, ProcessExceptionOrderField } from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { checkLists } from '#kernel/input.ts';
import { idIn, wordIn } from '#kernel/read.ts';
import { and, eq, inArray, lt, type PgColumn, type SQL, sql } from '#kernel/sql.ts';
import { visibleById, visibleTo } from '#kernel/visibility.ts';
import { exceptionBalances, exceptions, type ProcessExceptionRow } from '../tables.ts';
import type { ExceptionStatus } from './machine.ts';

const exceptionsById = visibleById(exceptions, 'exception:read');

/** An exception, if there is one that the actor may know of. */
export function readException(context: Context, id: string): Promise<ProcessExceptionRow | undefined> {
  return context.load(exceptionsById, id);
}

/** The conditions on what exceptions and their balances both say. */
function shared(filter: ProcessExceptionFilter, row: Record<'status' | 'code' | 'process' | 'owner', PgColumn>): (SQL | undefined)[] {
  return [
    wordIn(row.status, filter.statuses),
    wordIn(row.code, filter.codes),
    filter.processes ? inArray(row.process, [...filter.processes]) : undefined,
    filter.owners ? inArray(row.owner, [...filter.owners]) : undefined,
  ];
}

/** The conditions of a filter. */
export function conditions(filter: ProcessExceptionFilter): (SQL | undefined)[] {
  return [
    ...shared(filter, exceptions),
    idIn(exceptions.customerId, filter.customerIds),
    idIn(exceptions.projectId, filter.projectIds),
    idIn(exceptions.employeeId, filter.employeeIds),
    idIn(exceptions.subjectId, filter.subjectIds),
    filter.correlationIds ? inArray(exceptions.correlationId, [...filter.correlationIds]) : undefined,
    filter.firstSeenBefore ? lt(exceptions.firstSeenAt, new Date(filter.firstSeenBefore)) : undefined,
  ];
}

export const exceptionList: List<typeof exceptions, ProcessExceptionFilter, ProcessExceptionOrderField> = {
  table: exceptions,
  read: 'exception:read',
  orders: { LAST_SEEN_AT: exceptions.lastSeenAt, FIRST_SEEN_AT: exceptions.firstSeenAt, CODE: exceptions.code },
  defaultOrder: { field: 'LAST_SEEN_AT', direction: 'DESC' },
  filter: conditions,
};

/** The exceptions of one subject, whatever its type: ids are unique over all types. */
export const exceptionsOfSubject = childList(exceptionList, exceptions.subjectId);

const groupColumns = { CODE: 'code', CUSTOMER: 'customer_id', PROCESS: 'process', OWNER: 'owner' } as const;

export type SummaryRow = { key: string; count: number; seconds: bigint; amounts: { minor: bigint; currency: string }[] };

type Grouped = { key: string; currency: string | null; n: number; seconds: string; minor: string };

/** Single projects, people and subjects have few exceptions; balances do not tell them apart. */
function ofRows(context: Context, filter: ProcessExceptionFilter): SQL {
  const where = and(visibleTo(context.actor, exceptions), ...conditions(filter)) ?? sql`true`;
  return sql`select code, process, owner, customer_id, currency, 1 as exceptions, coalesce(seconds, 0) as seconds, coalesce(amount_minor, 0) as amount_minor from ${exceptions} where ${where}`;
}

function ofBalances(context: Context, filter: ProcessExceptionFilter): SQL {
  const balance = exceptionBalances;
  const where = and(visibleTo(context.actor, balance), idIn(balance.customerId, filter.customerIds), ...shared(filter, balance)) ?? sql`true`;
  return sql`select code, process, owner, customer_id, currency, exceptions, seconds, amount_minor from ${balance} where ${where}`;
}

/** Exceptions counted by one dimension, in one statement. */
export async function summarise(
  context: Context,
  args: { groupBy: ExceptionGrouping; filter?: ProcessExceptionFilter | null | undefined },
): Promise<SummaryRow[]> {
  demand(context.actor, 'exception:read');
  checkLists('filter', args.filter);
  const filter = args.filter ?? {};
  const byRows = filter.projectIds || filter.employeeIds || filter.subjectIds || filter.correlationIds || filter.firstSeenBefore;
  // Balances do not tell legal entities apart.
  const source = byRows || context.actor.legalEntityIds ? ofRows(context, filter) : ofBalances(context, filter);
  const rows = await context.db.execute<Grouped>(sql`
    select coalesce(${sql.identifier(groupColumns[args.groupBy])}::text, '') as key, currency, sum(exceptions)::int as n, sum(seconds)::text as seconds, sum(amount_minor)::text as minor
    from (${source}) as each group by 1, 2 having sum(exceptions) <> 0 order by 1, 2`);
  const summary = new Map<string, SummaryRow>();
  for (const row of rows) {
    const group = summary.get(row.key) ?? { key: row.key, count: 0, seconds: 0n, amounts: [] };
    summary.set(row.key, group);
    group.count += row.n;
    group.seconds += BigInt(row.seconds);
    if (row.currency) group.amounts.push({ minor: BigInt(row.minor), currency: row.currency });
  }
  return [...summary.values()];
}

/** Those of a process's subjects whose exception somebody asked to retry, and nobody has answered yet. */
export function retriedSubjects(db: Db, process: string, subjectIds: readonly string[]): Promise<Set<string>> {
  return subjectsIn(db, { process, subjectIds, states: ['RETRYING'] });
}

/** Those that somebody has in hand or has decided to live with. */
export function knownSubjects(db: Db, process: string, subjectIds: readonly string[]): Promise<Set<string>> {
  return subjectsIn(db, { process, subjectIds, states: ['OPEN', 'RETRYING', 'DISMISSED'] });
}

type Subjects = { process: string; subjectIds: readonly string[]; states: readonly ExceptionStatus[] };

async function subjectsIn(db: Db, { process, subjectIds, states }: Subjects): Promise<Set<string>> {
  if (subjectIds.length === 0) return new Set();
  const rows = await db
    .select({ id: exceptions.subjectId })
    .from(exceptions)
    .where(and(eq(exceptions.process, process), inArray(exceptions.subjectId, [...subjectIds]), inArray(exceptions.status, [...states])));
  return new Set(rows.map(({ id }) => id));
}
