import type { AcceptReconciliationBreakInput, ReconciliationBreakActionInput, RunReconciliationInput } from '#generated/operations.ts';
import type { Actor } from '#kernel/actor.ts';
import { type Command, executeAll } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { absorbRows, type Decision, type DecisionContext, openDraft } from '#kernel/draft.ts';
import { checkLines } from '#kernel/input.ts';
import { type ActionName, step } from '#kernel/machine.ts';
import { demandNamed, lockMaking, lockRows } from '#kernel/rows.ts';
import { desc, isNotNull, isNull, sql } from '#kernel/sql.ts';
import { demandWholeFirm, sees } from '#kernel/visibility.ts';
import {
  type ReconciliationBreakRow,
  type ReconciliationRunRow,
  reconciliationBreak,
  reconciliationBreaks,
  reconciliationRun,
  reconciliationRuns,
} from '../tables/reconciliation.ts';
import { breakMachine } from './machine.ts';
import { stateBreak, stateCompleted } from './snapshot.ts';

type Rows = Map<string, ReconciliationBreakRow>;
type On<Item> = Command<Item, Rows>;
type Named = Pick<ReconciliationBreakActionInput, 'id' | 'expectedVersion'>;

const base = {
  entities: [reconciliationBreak],
  load: (scope: Scope, items: readonly Named[]): Promise<Rows> =>
    lockRows(
      scope,
      reconciliationBreaks,
      items.map(({ id }) => id),
    ),
  absorb: (rows: Rows, decision: Decision): void => absorbRows(rows, decision, reconciliationBreak),
  about: (rows: Rows, { id }: Named): string | undefined => rows.get(id)?.id,
};

/** The firm lives with a break; the reason is kept. */
export const acceptBreak: On<AcceptReconciliationBreakInput> = {
  ...base,
  decide: (rows, item, context) => {
    const reason = checkLines('reason', item.reason, 1000);
    return decideAction({ before: demandBreak(rows, item, context.actor), action: 'accept', reason }, context);
  },
};

/** Takes an acceptance back, or says that a break was put right: where it was not, the next run finds it again. */
export function breakAction(action: 'reopen' | 'resolve'): On<Named> {
  return { ...base, decide: (rows, item, context) => decideAction({ before: demandBreak(rows, item, context.actor), action }, context) };
}

type Asked = { before: ReconciliationBreakRow; action: ActionName<typeof breakMachine>; reason?: string };

function decideAction({ before, action, reason }: Asked, context: DecisionContext): Decision {
  const draft = openDraft(context);
  const by = step(breakMachine, { subject: before, action, actor: context.actor });
  const accepted = action === 'accept' ? { reason, acceptedBy: context.actor.id } : action === 'reopen' ? { reason: null, acceptedBy: null } : {};
  const row = draft.update(reconciliationBreak, before, { changes: { endedAt: action === 'resolve' ? context.now : null, ...accepted }, by });
  for (const fact of by.emits) stateBreak(draft, fact, row);
  return draft.done(row.id);
}

function demandBreak(rows: Rows, { id, expectedVersion }: Named, actor: Actor): ReconciliationBreakRow {
  return demandNamed(rows, { entity: reconciliationBreak.name, id, expectedVersion }, (row) => sees(actor, row));
}

/** The run that is not through yet, and where the next one begins. */
type Beginning = { standing: ReconciliationRunRow | undefined; asOf: bigint; since: bigint | undefined };

/** Begins a run; the schedule does the rest. While one stands there is no other: it is given instead. */
export const runReconciliation: Command<Pick<RunReconciliationInput, 'changed'>, Beginning> = {
  may: 'reconciliation:run',
  entities: [reconciliationRun],
  load: async (scope) => {
    demandWholeFirm(scope.actor, 'A reconciliation');
    await lockMaking(scope, [{ kind: 'reconciliation run', id: 'one' }]);
    const [standing] = await scope.tx.select().from(reconciliationRuns).where(isNull(reconciliationRuns.finishedAt)).for('update');
    const last = await lastRun(scope);
    const [head] = await scope.tx.execute(sql`select position from log.head`);
    return { standing, asOf: BigInt(String(head?.position ?? 0)), since: last?.asOfPosition };
  },
  decide: ({ standing, asOf, since }, { changed }, context) => {
    const draft = openDraft(context);
    if (standing) return draft.done(standing.id);
    // Of many changes the customers are as many as all: then all are compared.
    const complete = !changed || since === undefined || asOf - since > mostChanges;
    const nothing = { afterCustomerId: null, customers: 0, compared: 0, opened: 0, resolved: 0, explained: 0, worked: 0, finishedAt: null };
    const row = draft.insert(reconciliationRun, {
      ...nothing,
      ...{ complete, startedBy: context.actor.id, startedAt: context.now, asOfPosition: asOf, fromPosition: complete ? 0n : (since ?? 0n) },
    });
    return draft.done(row.id);
  },
};

/** Facts that a run of changes reads for each of its bites at most. */
const mostChanges = 200_000n;

async function lastRun({ tx }: Scope): Promise<ReconciliationRunRow | undefined> {
  const [last] = await tx
    .select()
    .from(reconciliationRuns)
    .where(isNotNull(reconciliationRuns.finishedAt))
    .orderBy(desc(reconciliationRuns.startedAt))
    .limit(1);
  return last;
}

const [hour, day] = [3_600_000, 86_400_000];

/** The run to work on, if one stands or is due: what changed each hour, all each day. Nobody else works on it meanwhile. */
export async function standingRun(scope: Scope): Promise<ReconciliationRunRow | undefined> {
  const rows = await scope.tx.select().from(reconciliationRuns).where(isNull(reconciliationRuns.finishedAt)).for('update', { skipLocked: true });
  if (rows[0]) return rows[0];
  const [seen] = await scope.tx.execute(sql`
    select (select max(started_at) from ${reconciliationRuns}) as last, (select max(started_at) from ${reconciliationRuns} where complete) as complete,
      (select occurred_at from log.fact order by position limit 1) as begun`);
  const since = (value: unknown) => (value ? scope.now.getTime() - new Date(String(value)).getTime() : 0);
  if (since(seen?.last ?? seen?.begun) < hour) return undefined;
  await executeAll(scope, runReconciliation, [{ changed: since(seen?.complete ?? seen?.begun) < day && Boolean(seen?.complete) }]);
  return (await scope.tx.select().from(reconciliationRuns).where(isNull(reconciliationRuns.finishedAt)).for('update'))[0];
}

/** What came of one bite of a run; without customers, the run is through. */
export type Bite = {
  run: ReconciliationRunRow;
  customerIds: readonly string[];
  compared: number;
  opened: number;
  resolved: number;
  explained: number;
  worked: number;
};

/** Notes a bite with its place, in the transaction that wrote its breaks: whoever comes after a crash goes on behind it. */
export async function noteBite(scope: Scope, bite: Bite): Promise<void> {
  await executeAll(scope, goOn, [bite]);
}

const goOn: Command<Bite, null> = {
  entities: [reconciliationRun],
  load: async () => null,
  decide: (_, { run, customerIds, ...found }, context) => {
    const draft = openDraft(context);
    const last = customerIds.at(-1);
    const figures = {
      customers: run.customers + customerIds.length,
      compared: run.compared + found.compared,
      opened: run.opened + found.opened,
      resolved: run.resolved + found.resolved,
      explained: run.explained + found.explained,
      worked: run.worked + found.worked,
    };
    const row = draft.update(reconciliationRun, run, {
      changes: { ...figures, ...(last ? { afterCustomerId: last } : { finishedAt: context.now }) },
      touch: true,
    });
    if (!last) stateCompleted(draft, row);
    return draft.done(row.id);
  },
};

export { type Difference, recordDifferences, type StageSums } from './record.ts';
