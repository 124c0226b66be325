import type { AssignExceptionsWhereInput, DismissExceptionsWhereInput, ProcessExceptionFilter, RetryExceptionsWhereInput } from '#generated/operations.ts';
import { demand, type Permission } from '#kernel/actor.ts';
import { type Command, execute } from '#kernel/command.ts';
import { countLimit, countQuery } from '#kernel/connection.ts';
import type { Context, Scope } from '#kernel/context.ts';
import { readCursor, writeCursor } from '#kernel/cursor.ts';
import { Refused, toUserErrors, type UserError } from '#kernel/errors.ts';
import { checkLists } from '#kernel/input.ts';
import { bulkLimit, transact } from '#kernel/mutation.ts';
import { asRefused } from '#kernel/outcome.ts';
import { and, asc, inArray, type SQL, sql } from '#kernel/sql.ts';
import { visibleTo } from '#kernel/visibility.ts';
import { exceptions } from '../tables.ts';
import { assignException, dismissException, exceptionAction } from './commands.ts';
import { type ExceptionStatus, exceptionMachine } from './machine.ts';
import { conditions } from './queries.ts';

type WhereInput = Pick<RetryExceptionsWhereInput, 'idempotencyKey' | 'where' | 'first' | 'after'>;
type Failure = { exceptionId: string; userErrors: UserError[] };
type Answer = { matched: number; matchedCapped: boolean; succeeded: number; failed: number; failures: Failure[]; endCursor: string | null };

/** An action on all exceptions that meet a filter: its permission, the states that it starts from, and what it does with one. */
type Matching<Input, Item, Loaded> = {
  mutation: string;
  may: Permission;
  from: readonly ExceptionStatus[];
  command: Command<Item, Loaded>;
  item: (input: Input, id: string) => Item;
};

const { retry, resolve, dismiss } = exceptionMachine.actions;

export const retryWhere = answering({
  mutation: 'retryExceptionsWhere',
  may: retry.may,
  from: retry.from,
  command: exceptionAction('retry'),
  item: (_: RetryExceptionsWhereInput, id) => ({ id }),
});

export const dismissWhere = answering({
  mutation: 'dismissExceptionsWhere',
  may: dismiss.may,
  from: dismiss.from,
  command: dismissException,
  item: ({ reason }: DismissExceptionsWhereInput, id) => ({ id, reason }),
});

export const assignWhere = answering({
  mutation: 'assignExceptionsWhere',
  may: 'exception:write',
  from: resolve.from,
  command: assignException,
  item: ({ owner }: AssignExceptionsWhereInput, id) => ({ id, owner }),
});

function answering<Input extends WhereInput, Item, Loaded>(matching: Matching<Input, Item, Loaded>) {
  return async (_: unknown, { input }: { input: Input }, context: Context) => {
    const { correlationId } = context.trace;
    try {
      const { answer, replayed } = await transact(context, { mutation: matching.mutation, input }, (scope) => carryOut(scope, { matching, input }));
      context.forget();
      return { ...answer, userErrors: [], replayed };
    } catch (error) {
      const userErrors = toUserErrors(asRefused(error), correlationId);
      return { matched: 0, matchedCapped: false, succeeded: 0, failed: 0, failures: [], endCursor: null, userErrors, replayed: false };
    }
  };
}

/** The order in which a filter is worked through: ids never change places. */
const order = 'ID ASC';

async function carryOut<Input extends WhereInput, Item, Loaded>(
  scope: Scope,
  { matching, input }: { matching: Matching<Input, Item, Loaded>; input: Input },
): Promise<Answer> {
  demand(scope.actor, matching.may);
  const { first = bulkLimit, after } = input;
  if (first < 1 || first > bulkLimit) throw new Refused('VALIDATION_FAILED', `Ask for 1 to ${bulkLimit}.`, { field: 'first' });
  const behind = after ? sql`${exceptions.id} > ${readCursor(order, after).id}::uuid` : undefined;
  const where = and(visibleTo(scope.actor, exceptions), inArray(exceptions.status, [...matching.from]), behind, ...demandConditions(input.where));
  const matched = await countOf(scope, where);
  const found = await scope.tx.select({ id: exceptions.id }).from(exceptions).where(where).orderBy(asc(exceptions.id)).limit(first);
  const items = found.map(({ id }) => matching.item(input, id));
  const outcomes = await execute(scope, matching.command, items);
  const failures = outcomes.flatMap((outcome, index): Failure[] => {
    if (!('refused' in outcome)) return [];
    return [{ exceptionId: found[index]?.id ?? '', userErrors: toUserErrors(outcome.refused, scope.trace.correlationId) }];
  });
  const last = found.at(-1);
  const more = last && matched > found.length;
  return {
    matched: Math.min(matched, countLimit),
    matchedCapped: matched > countLimit,
    succeeded: found.length - failures.length,
    failed: failures.length,
    failures,
    endCursor: more ? writeCursor(order, [last.id, last.id]) : null,
  };
}

/** What a filter asks for; one that asks for nothing would be a slip that reaches the whole firm. */
function demandConditions(filter: ProcessExceptionFilter): SQL[] {
  checkLists('where', filter);
  const asked = conditions(filter).filter((condition) => condition !== undefined);
  if (asked.length > 0) return asked;
  throw new Refused('VALIDATION_FAILED', 'Say which exceptions: where must hold at least one condition.', { field: 'where' });
}

async function countOf(scope: Scope, where: SQL | undefined): Promise<number> {
  const [row] = await scope.tx.execute(countQuery(exceptions, where));
  return Number(row?.n ?? 0);
}
