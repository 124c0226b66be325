import type { ReverseActualItem } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { absorbRows, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import { attempt } from '#kernel/outcome.ts';
import { type CalendarDate, dateOf, demandNotBefore } from '#kernel/period.ts';
import { actual } from '../entities.ts';
import { type BookDay, holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import type { ActualRow } from '../tables.ts';
import { demandActual, oncePerActual } from './decide.ts';
import { enterAll, entering, lockCounting, type Reversal, takeBack } from './ledger.ts';
import { actualMachine } from './machine.ts';
import { isTaken } from './repricing.ts';
import { lockWithSources, onInvoice, partsOf } from './sources.ts';
import type { PostingOutcome } from './work.ts';

type Why = { reason: string; accountingDate?: CalendarDate | undefined; today: CalendarDate; periods: PeriodJudge };

type Loaded = { rows: Map<string, ActualRow>; periods: PeriodJudge };

/** Takes actuals back one by one, a sale that a limit split with all its parts; each result is the reversal of the one named. */
export const reverseActual: Command<ReverseActualItem, Loaded> = {
  may: actualMachine.actions.reverse.may,
  entities: entering,
  once: oncePerActual,
  load: async (scope, items) => {
    const rows = await lockWithSources(
      scope,
      items.map((item) => item.id),
    );
    const days = items.flatMap(({ id, accountingDate }) => {
      const row = rows.get(id);
      return row ? partsOf(rows, row).flatMap((part) => daysOf(part, accountingDate ?? dateOf(scope.now))) : [];
    });
    return { rows, periods: await holdPeriods(scope, days) };
  },
  decide: ({ rows, periods }, item, context) => {
    const row = demandActual(rows, item, context.actor);
    const by = step(actualMachine, { subject: row, action: 'reverse', actor: context.actor });
    const why = { reason: checkLines('reason', item.reason, 1000), accountingDate: item.accountingDate ?? undefined, today: dateOf(context.now), periods };
    const others = partsOf(rows, row).filter(({ id }) => id !== row.id);
    const taken = others.find(isTaken);
    if (taken) throw onInvoice(taken);
    const draft = openDraft(context);
    const { accountingDate, reason } = planReversal(row, why);
    const { id } = takeBack(draft, row, { accountingDate, reason, by });
    for (const other of others) {
      const { accountingDate: date } = planReversal(other, why);
      takeBack(draft, other, { accountingDate: date, reason, by: step(actualMachine, { subject: other, action: 'reverse', actor: context.actor }) });
    }
    return draft.done(id);
  },
  absorb: ({ rows }, decision) => absorbRows(rows, decision, actual),
};

/** A source whose actuals are void up to one of its versions; what a later version posted stands. */
export type VoidSource = { id: string; upToVersion: number };

/** Takes back what sources posted, such as recalled time. A source with such an actual on an invoice is refused whole. */
export async function reverseForSource(scope: Scope, sourceType: ActualRow['sourceType'], sources: readonly VoidSource[]): Promise<PostingOutcome[]> {
  demand(scope.actor, 'actual:reverse');
  const upTo = new Map(sources.map(({ id, upToVersion }) => [id, upToVersion]));
  const ids = [...upTo.keys()];
  const counting = (await lockCounting(scope, sourceType, ids)).filter((row) => row.sourceVersion <= (upTo.get(row.sourceId) ?? 0));
  const bySource = Map.groupBy(counting, (row) => row.sourceId);
  const today = dateOf(scope.now);
  const periods = await holdPeriods(
    scope,
    counting.flatMap((row) => daysOf(row, today)),
  );
  const why = { reason: 'Its source was recalled.', today, periods };
  const plans = ids.map((sourceId) => ({ sourceId, reversals: planSource(bySource.get(sourceId) ?? [], why) }));
  const reversals = plans.flatMap((plan) => (plan.reversals instanceof Refused ? [] : plan.reversals));
  const { opposing } = await enterAll(scope, { reversals, drafts: [] });
  const reversedBySource = Map.groupBy(opposing, (row) => row.sourceId);
  return plans.map(({ sourceId, reversals }) => {
    if (reversals instanceof Refused) return { sourceId, refused: reversals };
    return { sourceId, actualIds: (reversedBySource.get(sourceId) ?? []).map((row) => row.id) };
  });
}

function planSource(rows: readonly ActualRow[], why: Why): Reversal[] | Refused {
  const taken = rows.find(isTaken);
  if (taken) return onInvoice(taken);
  return attempt(() => rows.map((row) => planReversal(row, why)));
}

/** On the asked day, or on the actual's own while its period is open, or else today. */
function planReversal(actual: ActualRow, why: Why): Reversal {
  const closed = (date: CalendarDate) => why.periods({ legalEntityId: actual.legalEntityId, date }, 'accountingDate');
  const accountingDate = why.accountingDate ?? (closed(actual.accountingDate) ? why.today : actual.accountingDate);
  demandNotBefore({ date: accountingDate, field: 'accountingDate' }, { date: actual.accountingDate, what: 'the actual' });
  const refused = closed(accountingDate);
  if (refused) throw refused;
  return { actual, accountingDate, reason: why.reason };
}

function daysOf({ legalEntityId, accountingDate }: ActualRow, other: CalendarDate): BookDay[] {
  return [accountingDate, other].map((date) => ({ legalEntityId, date }));
}
