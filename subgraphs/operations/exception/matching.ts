import type { AssignExceptionsWhereInput, DismissExceptionsWhereInput, ProcessExceptionFilter, RetryExceptionsWhereInput } from '#generated/operations.ts';
import { demand, type Permission } from '#kernel/actor.ts';
import { faultOf } from '#kernel/arguments.ts';
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
import { assignException, dismissException, retryException } from './commands.ts';
import { type ExceptionStatus, exceptionMachine } from './machine.ts';
import { conditions } from './queries.ts';

type WhereInput = Pick<RetryExceptionsWhereInput, 'idempotencyKey' | 'where' | 'first' | 'after' | 'dryRun'>;
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
  command: retryException,
  item: ({ accountingDate }: RetryExceptionsWhereInput, id) => ({ id, accountingDate }),
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
      if (input.dryRun) return { ...answerOf(await lookAt(context, { matching, input }), []), userErrors: [], replayed: false };
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

type Asked<Input, Item, Loaded> = { matching: Matching<Input, Item, Loaded>; input: Input };
type Found = { ids: string[]; matched: number };

/** Those that the call is about: who looks before finds the same. */
async function find<Input extends WhereInput, Item, Loaded>(
  by: Pick<Context, 'db' | 'actor'>,
  { matching, input }: Asked<Input, Item, Loaded>,
): Promise<Found> {
  demand(by.actor, matching.may);
  const { first = bulkLimit, after } = input;
  if (first < 1 || first > bulkLimit) throw new Refused('VALIDATION_FAILED', `Ask for 1 to ${bulkLimit}.`, { field: 'first' });
  const behind = after ? sql`${exceptions.id} > ${readCursor(order, after).id}::uuid` : undefined;
  const where = and(visibleTo(by.actor, exceptions), inArray(exceptions.status, [...matching.from]), behind, ...demandConditions(input.where));
  const [row] = await by.db.execute(countQuery(exceptions, where));
  const found = await by.db.select({ id: exceptions.id }).from(exceptions).where(where).orderBy(asc(exceptions.id)).limit(first);
  return { ids: found.map(({ id }) => id), matched: Number(row?.n ?? 0) };
}

/** What is wrong with the input is said as it would be when it counts. */
async function lookAt<Input extends WhereInput, Item, Loaded>(context: Context, asked: Asked<Input, Item, Loaded>): Promise<Found> {
  const fault = faultOf(asked.input);
  if (fault) throw fault;
  return find(context, asked);
}

async function carryOut<Input extends WhereInput, Item, Loaded>(scope: Scope, { matching, input }: Asked<Input, Item, Loaded>): Promise<Answer> {
  const found = await find({ db: scope.tx, actor: scope.actor }, { matching, input });
  const items = found.ids.map((id) => matching.item(input, id));
  const outcomes = await execute(scope, matching.command, items);
  const failures = outcomes.flatMap((outcome, index): Failure[] => {
    if (!('refused' in outcome)) return [];
    return [{ exceptionId: found.ids[index] ?? '', userErrors: toUserErrors(outcome.refused, scope.trace.correlationId) }];
  });
  return answerOf(found, failures);
}

function answerOf({ ids, matched }: Found, failures: Failure[]): Answer {
  const last = ids.at(-1);
  const figures = { matched: Math.min(matched, countLimit), matchedCapped: matched > countLimit };
  const endCursor = last && matched > ids.length ? writeCursor(order, [last, last]) : null;
  return { ...figures, succeeded: ids.length - failures.length, failed: failures.length, failures, endCursor };
}

/** What a filter asks for; one that asks for nothing would be a slip that reaches the whole firm. */
function demandConditions(filter: ProcessExceptionFilter): SQL[] {
  checkLists('where', filter);
  const asked = conditions(filter).filter((condition) => condition !== undefined);
  if (asked.length > 0) return asked;
  throw new Refused('VALIDATION_FAILED', 'Say which exceptions: where must hold at least one condition.', { field: 'where' });
}
