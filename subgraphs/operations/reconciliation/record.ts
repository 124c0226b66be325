import { type Command, executeAll } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Draft, openDraft } from '#kernel/draft.ts';
import { begin, step } from '#kernel/machine.ts';
import { markRows } from '#kernel/setStep.ts';
import { and, asc, inArray, sql } from '#kernel/sql.ts';
import {
  type BreakCause,
  type ReconciliationBreakRow,
  reconciliationBreak,
  reconciliationBreaks,
  type StagePair,
  standingBreaks,
} from '../tables/reconciliation.ts';
import { breakMachine } from './machine.ts';
import { stateBreak } from './snapshot.ts';

/** What a stage holds: rows, time, money, and a sum over the rows' ids and versions that tells one set from another. */
export type StageSums = { count: number; seconds: bigint; minor: bigint; hash: string };

/** A difference between two stages of a project's week, by one cause. */
export type Difference = {
  pair: StagePair;
  cause: BreakCause;
  code: string | null;
  customerId: string;
  projectId: string | null;
  legalEntityId: string | null;
  week: string;
  currency: string | null;
  left: StageSums;
  right: StageSums;
  atRisk: Omit<StageSums, 'hash'>;
  exampleIds: readonly string[];
};

/** All differences of these customers, as they are now. */
export type Comparison = { customerIds: readonly string[]; differences: readonly Difference[] };
type Standing = readonly ReconciliationBreakRow[];

/** What was written: breaks that are new, those that are whole again, and differences that a cause explains. */
export type Recorded = { opened: number; resolved: number; explained: number };

type Keyed = Pick<Difference, 'pair' | 'cause' | 'code' | 'customerId' | 'projectId' | 'legalEntityId' | 'week' | 'currency'>;
const keyOf = (each: Keyed): string =>
  [each.pair, each.cause, each.code, each.customerId, each.projectId, each.legalEntityId, each.week, each.currency].join(' ');

/** Brings the breaks of customers to what a comparison found: new ones, changed ones, and those that are over. */
export async function recordDifferences(scope: Scope, comparison: Comparison): Promise<Recorded> {
  const recorded: Recorded = { opened: 0, resolved: 0, explained: 0 };
  const unchanged: string[] = [];
  const command: Command<Comparison, Standing> = {
    entities: [reconciliationBreak],
    load: ({ tx }, [item]) =>
      tx
        .select()
        .from(reconciliationBreaks)
        .where(and(inArray(reconciliationBreaks.customerId, [...(item?.customerIds ?? [])]), standingBreaks))
        .orderBy(asc(reconciliationBreaks.id))
        .for('update'),
    decide: (standing, { differences }, context) => {
      const draft = openDraft(context);
      const before = new Map(standing.map((row) => [keyOf(row), row]));
      for (const difference of differences) {
        const row = before.get(keyOf(difference));
        before.delete(keyOf(difference));
        if (difference.cause !== 'UNKNOWN') recorded.explained += 1;
        if (!row) open(draft, difference, recorded);
        else if (!follow(draft, row, difference)) unchanged.push(row.id);
      }
      for (const row of before.values()) end(draft, row, recorded);
      return draft.done('');
    },
  };
  await executeAll(scope, command, [comparison]);
  if (unchanged.length > 0)
    await markRows(scope, reconciliationBreak, { set: { lastSeenAt: scope.now }, where: sql`own.id = any(${sql.param(unchanged)}::uuid[])` });
  return recorded;
}

function open(draft: Draft, difference: Difference, recorded: Recorded): void {
  const { left: _, right: __, atRisk: ___, exampleIds: ____, ...key } = difference;
  const { now } = draft.context;
  const values = { ...key, ...sumsOf(difference), firstSeenAt: now, lastSeenAt: now, endedAt: null, reason: null, acceptedBy: null };
  const row = draft.insert(reconciliationBreak, values, begin(breakMachine, difference.cause === 'UNKNOWN' ? 'OPEN' : 'EXPLAINED'));
  if (row.status !== 'OPEN') return;
  recorded.opened += 1;
  stateBreak(draft, 'ReconciliationBreakOpened', row);
}

const compared = [
  ...(['leftCount', 'leftSeconds', 'leftMinor', 'leftHash', 'rightCount', 'rightSeconds', 'rightMinor', 'rightHash'] as const),
  ...(['count', 'seconds', 'amountMinor'] as const),
];

/** False when nothing changed. What was accepted was accepted as it was: when more or other is at risk it is open again. */
function follow(draft: Draft, row: ReconciliationBreakRow, difference: Difference): boolean {
  const sums = sumsOf(difference);
  const changed = compared.some((name) => sums[name] !== row[name]);
  if (!changed) return false;
  const other = row.status === 'ACCEPTED' && (['count', 'seconds', 'amountMinor'] as const).some((name) => sums[name] !== row[name]);
  const by = other ? step(breakMachine, { subject: row, action: 'reopen', actor: draft.context.actor }) : undefined;
  const changes = { ...sums, lastSeenAt: draft.context.now, ...(by ? { reason: null, acceptedBy: null } : {}) };
  const next = draft.update(reconciliationBreak, row, { changes, ...(by ? { by } : {}) });
  if (by) stateBreak(draft, 'ReconciliationBreakOpened', next);
  return true;
}

/** A break that is whole again is history; a difference that was explained is merely gone. */
function end(draft: Draft, row: ReconciliationBreakRow, recorded: Recorded): void {
  if (row.status === 'EXPLAINED') {
    draft.remove(reconciliationBreak, row);
    return;
  }
  const by = step(breakMachine, { subject: row, action: 'resolve', actor: draft.context.actor });
  stateBreak(draft, 'ReconciliationBreakResolved', draft.update(reconciliationBreak, row, { changes: { endedAt: draft.context.now }, by }));
  recorded.resolved += 1;
}

function sumsOf({ left, right, atRisk, exampleIds }: Difference) {
  return {
    ...{ leftCount: left.count, leftSeconds: left.seconds, leftMinor: left.minor, leftHash: left.hash },
    ...{ rightCount: right.count, rightSeconds: right.seconds, rightMinor: right.minor, rightHash: right.hash },
    ...{ count: atRisk.count, seconds: atRisk.seconds, amountMinor: atRisk.minor, exampleIds: [...exampleIds] },
  };
}
