import { type ContractLineTerms, type ContractReference, references as engagements } from '#engagements/published.ts';
import type { HoldActualItem, ReleaseActualItem } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { stepTo } from '#kernel/machine.ts';
import type { Outcome } from '#kernel/mutation.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { lockRows, saveEach } from '#kernel/rows.ts';
import { termsOn } from '../billing/price.ts';
import { type ActualRow, actuals } from '../tables.ts';
import { accepted, decideItems } from './decide.ts';
import { holdLimits, type LimitJudge } from './limits.ts';
import { actualMachine } from './machine.ts';

/** READY to NOT_READY: the next invoice leaves them out. */
export async function holdActuals(scope: Scope, items: readonly HoldActualItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'actual:release');
  const rows = await lockRows(
    scope,
    actuals,
    items.map((item) => item.actualId),
  );
  const plans = decideItems({ items, rows, actor: scope.actor }, (actual, item): ActualRow => {
    const status = stepTo(actualMachine, { subject: actual, action: 'hold', actor: scope.actor });
    return { ...actual, status, holdCode: 'HELD', holdReason: checkText('reason', item.reason, 1000) };
  });
  return save(scope, plans);
}

/** NOT_READY to READY. What was over a limit must be within the one that the contract has now. */
export async function releaseActuals(scope: Scope, items: readonly ReleaseActualItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'actual:release');
  const rows = await lockRows(
    scope,
    actuals,
    items.map((item) => item.actualId),
  );
  const contracts = await references(
    scope.tx,
    engagements.Contract,
    [...rows.values()].flatMap((actual) => actual.contractId ?? []),
  );
  const lineOf = (actual: ActualRow) => lineNow(contracts.get(actual.contractId ?? ''), actual, dateOf(scope.now));
  const limits = await holdLimits(
    scope,
    [...rows.values()].map((actual) => lineOf(actual) ?? null),
  );
  const plans = decideItems({ items, rows, actor: scope.actor }, (actual): ActualRow => {
    const status = stepTo(actualMachine, { subject: actual, action: 'release', actor: scope.actor });
    demandRoom(actual, lineOf(actual), limits);
    return { ...actual, status, holdCode: null, holdReason: null };
  });
  return save(scope, plans);
}

/** The line as the contract has it today, or else as it was on the day of the work. */
function lineNow(contract: ContractReference | undefined, actual: ActualRow, today: CalendarDate): ContractLineTerms | undefined {
  if (!contract) return undefined;
  const on = (date: CalendarDate) => termsOn(contract, date).lines.find((line) => line.id === actual.contractLineId);
  return on(today) ?? on(actual.workDate);
}

function demandRoom(actual: ActualRow, line: ContractLineTerms | undefined, limits: LimitJudge): void {
  const verdict = line && limits(line, actual.amountMinor);
  if (verdict) throw new Refused('NOT_TO_EXCEED', `${verdict.reason} Raise the limit by a new version of the contract first.`);
}

async function save(scope: Scope, plans: readonly (ActualRow | Refused)[]): Promise<Outcome[]> {
  await saveEach(scope, actuals, accepted(plans));
  return plans.map((plan) => (plan instanceof Refused ? { refused: plan } : { id: plan.id }));
}
