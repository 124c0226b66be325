import { type ContractLineTerms, type ContractReference, references as engagements } from '#engagements/published.ts';
import type { HoldActualItem, ReleaseActualItem } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { lockRows } from '#kernel/rows.ts';
import { lineOn } from '../billing/price.ts';
import { actual } from '../entities.ts';
import { type ActualRow, actuals } from '../tables.ts';
import { demandActual, oncePerActual } from './decide.ts';
import { holdLimits, type LimitJudge } from './limits.ts';
import { actualMachine } from './machine.ts';

type Rows = ReadonlyMap<string, ActualRow>;

/** READY to NOT_READY: the next invoice leaves them out. */
export const holdActual: Command<HoldActualItem, Rows> = {
  may: 'actual:release',
  entities: [actual],
  once: oncePerActual,
  load: (scope, items) =>
    lockRows(
      scope,
      actuals,
      items.map((item) => item.id),
    ),
  decide(rows, item, context) {
    const row = demandActual(rows, item, context.actor);
    const by = step(actualMachine, { subject: row, action: 'hold', actor: context.actor });
    const draft = openDraft(context);
    draft.update(actual, row, { changes: { holdCode: 'HELD', holdReason: checkLines('reason', item.reason, 1000) }, by });
    return draft.done(row.id);
  },
};

type Limited = { rows: Rows; lineOf(row: ActualRow): ContractLineTerms | undefined; limits: LimitJudge };

/** NOT_READY to READY. What was over a limit must be within the one that the contract has now. */
export const releaseActual: Command<ReleaseActualItem, Limited> = {
  may: 'actual:release',
  entities: [actual],
  once: oncePerActual,
  load: loadLimited,
  decide({ rows, lineOf, limits }, item, context) {
    const row = demandActual(rows, item, context.actor);
    const by = step(actualMachine, { subject: row, action: 'release', actor: context.actor });
    demandRoom(row, lineOf(row), limits);
    const draft = openDraft(context);
    draft.update(actual, row, { changes: { holdCode: null, holdReason: null }, by });
    return draft.done(row.id);
  },
};

async function loadLimited(scope: Scope, items: readonly ReleaseActualItem[]): Promise<Limited> {
  const rows = await lockRows(
    scope,
    actuals,
    items.map((item) => item.id),
  );
  const contracts = await references(
    scope.tx,
    engagements.Contract,
    [...rows.values()].flatMap((row) => row.contractId ?? []),
  );
  const lineOf = (row: ActualRow) => lineNow(contracts.get(row.contractId ?? ''), row, dateOf(scope.now));
  const limits = await holdLimits(
    scope,
    [...rows.values()].map((row) => lineOf(row) ?? null),
  );
  return { rows, lineOf, limits };
}

/** The line as the contract has it today, or else as it was on the day of the work. */
function lineNow(contract: ContractReference | undefined, { contractLineId, workDate }: ActualRow, today: CalendarDate): ContractLineTerms | undefined {
  return lineOn(contract, contractLineId, today) ?? lineOn(contract, contractLineId, workDate);
}

function demandRoom(actual: ActualRow, line: ContractLineTerms | undefined, limits: LimitJudge): void {
  const assessment = line && limits(line, { minor: actual.amountMinor, currency: actual.currency });
  if (assessment) throw new Refused('NOT_TO_EXCEED', `${assessment.reason} Raise the limit by a new version of the contract first.`);
}
