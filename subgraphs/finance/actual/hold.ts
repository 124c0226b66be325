import { type ContractReference, references as engagements } from '#engagements/published.ts';
import type { HoldActualItem, ReleaseActualItem } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { absorbRows, type DecisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { lockRows } from '#kernel/rows.ts';
import type { Bounds, Cap, Share } from '../billing/caps.ts';
import { capsOn, lineOn } from '../billing/price.ts';
import { actual } from '../entities.ts';
import { holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { type ActualRow, actuals } from '../tables.ts';
import { demandActual, oncePerActual } from './decide.ts';
import { type ActualDraft, type Entered, enter, entering } from './ledger.ts';
import { holdLimits, type LimitJudge } from './limits.ts';
import { bookDay, inPieces, replaced } from './lines.ts';
import { actualMachine } from './machine.ts';
import { lockWithSources } from './sources.ts';

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

type Limited = { rows: Map<string, ActualRow>; boundsOfNow(row: ActualRow): Bounds; limits: LimitJudge; periods: PeriodJudge };

/** NOT_READY to READY. What was over a limit must be within the one that the contract has now; what only partly is, is split again. Each result is what is READY. */
export const releaseActual: Command<ReleaseActualItem, Limited> = {
  may: 'actual:release',
  entities: entering,
  once: oncePerActual,
  load: loadLimited,
  decide({ rows, boundsOfNow, limits, periods }, item, context) {
    const row = demandActual(rows, item, context.actor);
    const by = step(actualMachine, { subject: row, action: 'release', actor: context.actor });
    const share = limits(boundsOfNow(row), { minor: row.amountMinor, currency: row.currency }, { whole: row.sourceType === 'EXTERNAL' });
    const draft = openDraft(context);
    if (!share.hold) {
      draft.update(actual, row, { changes: { holdCode: null, holdReason: null }, by });
      return draft.done(row.id);
    }
    if (share.within === 0n) throw new Refused('NOT_TO_EXCEED', `${share.hold.reason} Raise the limit by a new version of the contract first.`);
    const { added } = enter(draft, splitAgain(context, row, { rows, periods, share }));
    return draft.done(added[0]?.id ?? row.id);
  },
  absorb: ({ rows }, decision) => absorbRows(rows, decision, actual),
};

async function loadLimited(scope: Scope, items: readonly ReleaseActualItem[]): Promise<Limited> {
  const rows = await lockWithSources(
    scope,
    items.map((item) => item.id),
  );
  const asked = items.flatMap((item) => rows.get(item.id) ?? []);
  const contracts = await references(
    scope.tx,
    engagements.Contract,
    asked.flatMap((row) => row.contractId ?? []),
  );
  const today = dateOf(scope.now);
  const boundsOfNow = (row: ActualRow) => ({ caps: capsNow(contracts.get(row.contractId ?? ''), row, today) });
  const periods = await holdPeriods(
    scope,
    asked.flatMap(({ legalEntityId, accountingDate }) => [accountingDate, today].map((date) => ({ legalEntityId, date }))),
  );
  return { rows, boundsOfNow, limits: await holdLimits(scope, asked.map(boundsOfNow)), periods };
}

/** The limits that the contract has today; where it has the line no more, those of the day of the work. */
function capsNow(contract: ContractReference | undefined, { contractId, contractLineId: lineId, workDate }: ActualRow, today: CalendarDate): Cap[] {
  return capsOn(contract, { contractId, lineId, date: lineOn(contract, lineId, today) ? today : workDate });
}

type Splitting = { rows: ReadonlyMap<string, ActualRow>; periods: PeriodJudge; share: Share };

/** What waits is taken back; what fits comes READY in its place, and what is still over the limit waits as a further part. */
function splitAgain(context: DecisionContext, row: ActualRow, { rows, periods, share }: Splitting): Required<Entered> {
  const { version: _, createdAt: __, updatedAt: ___, status: ____, ...same } = row;
  const today = dateOf(context.now);
  const accountingDate = bookDay(periods, { legalEntityId: row.legalEntityId, workDate: row.accountingDate, lateOn: today });
  if (accountingDate instanceof Refused) throw accountingDate;
  const waiting: ActualDraft = { ...same, id: context.newId(), status: 'READY', accountingDate, pricingRevision: row.pricingRevision + 1 };
  const last = Math.max(...[...rows.values()].filter(({ sourceId }) => sourceId === row.sourceId).map(({ part }) => part));
  const drafts = inPieces(context, waiting, share).map((piece, index) => ({ ...piece, part: index === 0 ? row.part : last + 1 }));
  return { drafts, reversals: [replaced(row, { periods, accountingDate, reason: 'Split at the limit of now.' })] };
}
