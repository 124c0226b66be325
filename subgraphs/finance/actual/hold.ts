import type { HoldActualItem, ReleaseActualItem } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { stepTo } from '#kernel/machine.ts';
import type { Outcome } from '#kernel/mutation.ts';
import { references } from '#kernel/reference.ts';
import { lockRows, saveEach } from '#kernel/rows.ts';
import { type ActualRow, actuals } from '../tables.ts';
import { accepted, decideItems } from './decide.ts';
import { holdLimits, type LimitJudge } from './limits.ts';
import { actualMachine } from './machine.ts';
import type { PricedContract } from './references.ts';

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
  const contracts = await references<PricedContract>(
    scope.tx,
    'Contract',
    [...rows.values()].flatMap((actual) => actual.contractId ?? []),
  );
  const lineOf = ({ contractId, contractLineId }: ActualRow) => contracts.get(contractId ?? '')?.lines.find((line) => line.id === contractLineId);
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

function demandRoom(actual: ActualRow, line: PricedContract['lines'][number] | undefined, limits: LimitJudge): void {
  const verdict = line && limits(line, actual.amountMinor);
  if (verdict) throw new Refused('NOT_TO_EXCEED', `${verdict.reason} Raise the limit by an amendment first.`);
}

async function save(scope: Scope, plans: readonly (ActualRow | Refused)[]): Promise<Outcome[]> {
  await saveEach(scope, actuals, accepted(plans));
  return plans.map((plan) => (plan instanceof Refused ? { refused: plan } : { id: plan.id }));
}
