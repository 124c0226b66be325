import { postRecordedAnew } from '#finance/actual/commands.ts';
import { takenBackOf } from '#finance/actual/queries.ts';
import { facts as finance } from '#finance/published.ts';
import { withCauses } from '#kernel/cause.ts';
import { consumer, type FactOf } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import type { Refused } from '#kernel/errors.ts';
import type { FactKeys } from '#kernel/facts.ts';
import type { Money } from '#kernel/money.ts';
import { type ExceptionReport, openExceptions, resolveExceptions } from '#operations/exception/commands.ts';
import { knownSubjects, retriedSubjects } from '#operations/exception/queries.ts';
import { facts as operations } from '#operations/published.ts';
import { dueFeesProcess } from './dueFees.ts';
import { feesProcess } from './postFees.ts';
import { reopenExpenses, reopenTime } from './postWork.ts';

const process = 'reversed-work';
const recorded = { process, type: 'Actual' };

type Reversed = FactOf<typeof finance.ActualReversed>;

/**
 * What somebody took back, and nothing replaced, is open work again: not posted, and an exception until somebody retries it, recalls the work or dismisses
 * it. It is never posted again by itself: that would undo a decision.
 */
export const reversedWork = consumer({
  name: process,
  facts: [finance.ActualReversed, operations.ExceptionRetryRequested],
  batch: 100,
  handle: async (scope, facts) => {
    const reversed = facts.filter((fact) => fact.type === 'ActualReversed');
    const retries = facts.filter((fact) => fact.type === 'ExceptionRetryRequested').filter((fact) => fact.payload.process === process);
    const causes = [...reversed, ...retries].map((fact) => [fact.type === 'ActualReversed' ? fact.payload.sourceId : fact.payload.subjectId, fact] as const);
    const caused = withCauses(scope, causes);
    const lost = async (sourceType: 'TIMESHEET_ENTRY' | 'EXPENSE_ITEM' | 'MILESTONE' | 'CONTRACT_FEE' | 'EXTERNAL') => {
      const keys = keysBySource(reversed, sourceType);
      return { keys, found: await takenBackOf(scope.tx, sourceType, [...keys.keys()]) };
    };
    await reopenTime(caused, (await lost('TIMESHEET_ENTRY')).found);
    await reopenExpenses(caused, (await lost('EXPENSE_ITEM')).found);
    await reportNew(caused, { process: feesProcess, type: 'Milestone' }, await lost('MILESTONE'));
    await reportNew(caused, recorded, await lost('EXTERNAL'));
    await reportNew(caused, { process: dueFeesProcess, type: 'Contract' }, byContract(reversed, await lost('CONTRACT_FEE')));
    await retry(caused, new Map(retries.map((fact) => [fact.payload.subjectId, fact.keys] as const)));
  },
});

/** Fees are decided about by contract. */
function byContract(facts: readonly Reversed[], { found, keys }: Found): Found {
  const contracts = new Map(facts.map(({ payload }) => [payload.sourceId, payload.contractId ?? ''] as const));
  const of = <Value>(map: ReadonlyMap<string, Value>) => new Map([...map].map(([id, value]) => [contracts.get(id) ?? id, value] as const));
  return { found: of(found), keys: of(keys) };
}

function keysBySource(facts: readonly Reversed[], sourceType: string): Map<string, FactKeys> {
  return new Map(facts.filter(({ payload }) => payload.sourceType === sourceType).map(({ payload, keys }) => [payload.sourceId, keys] as const));
}

async function retry(scope: Scope, keys: ReadonlyMap<string, FactKeys>): Promise<void> {
  const asked = await retriedSubjects(scope.tx, process, [...keys.keys()]);
  if (asked.size === 0) return;
  const outcomes = await postRecordedAnew(scope, [...asked]);
  const done = outcomes.filter((outcome) => !('refused' in outcome)).map((outcome) => outcome.sourceId);
  await resolveExceptions(scope, { process, subjectIds: done });
  const refusals = outcomes.flatMap((outcome) => ('refused' in outcome ? [[outcome.sourceId, outcome] as const] : []));
  await report(scope, recorded, { found: new Map(refusals), keys });
}

type Refusal = { refused: Refused; atRisk?: Money };
type Found = { found: ReadonlyMap<string, Refusal>; keys: ReadonlyMap<string, FactKeys> };
type Kind = { process: string; type: string };

/** Nothing marks these but their exception: one that stands, or was dismissed, is not opened again. */
async function reportNew(scope: Scope, kind: Kind, { found, keys }: Found): Promise<void> {
  const known = await knownSubjects(scope.tx, kind.process, [...found.keys()]);
  await report(scope, kind, { found: new Map([...found].filter(([id]) => !known.has(id))), keys });
}

async function report(scope: Scope, { process: owner, type }: Kind, { found, keys }: Found): Promise<void> {
  const reports = [...found].map(([id, { refused, atRisk }]): ExceptionReport => {
    const { code, message } = refused;
    return { process: owner, code, message, subject: { type, id }, owner: 'controller', keys: keys.get(id), moneyAtRisk: atRisk };
  });
  if (reports.length > 0) await openExceptions(scope, reports);
}
