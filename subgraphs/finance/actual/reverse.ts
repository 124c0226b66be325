import type { ReverseActualItem } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import { attempt, type Outcome } from '#kernel/outcome.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { lockRows } from '#kernel/rows.ts';
import { type BookDay, holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { type ActualRow, actuals } from '../tables.ts';
import { accepted, decideItems } from './decide.ts';
import { lockCounting, type Reversal, reverseLocked } from './ledger.ts';
import { actualMachine } from './machine.ts';
import { onInvoice } from './sources.ts';
import type { PostingOutcome } from './work.ts';

type Why = { reason: string; accountingDate?: CalendarDate | undefined; today: CalendarDate; periods: PeriodJudge };

/** Takes actuals back one by one; each result is the reversal. */
export async function reverseActuals(scope: Scope, items: readonly ReverseActualItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'actual:reverse');
  const ids = items.map((item) => item.actualId);
  const rows = await lockRows(scope, actuals, ids);
  const today = dateOf(scope.now);
  const asked = new Map(items.map((item) => [item.actualId, item.accountingDate ?? undefined]));
  const periods = await holdPeriods(
    scope,
    [...rows.values()].flatMap((actual) => daysOf(actual, asked.get(actual.id) ?? today)),
  );
  const plans = decideItems({ items, rows, actor: scope.actor }, (actual, item): Reversal => {
    step(actualMachine, { subject: actual, action: 'reverse', actor: scope.actor });
    return planReversal(actual, { reason: checkText('reason', item.reason, 1000), accountingDate: item.accountingDate ?? undefined, today, periods });
  });
  const reversals = new Map((await reverseLocked(scope, accepted(plans))).map((row) => [row.reversesId, row]));
  return plans.map((plan) => (plan instanceof Refused ? { refused: plan } : { id: reversals.get(plan.actual.id)?.id ?? plan.actual.id }));
}

/** A source whose actuals are void up to one of its versions; what a later version posted stands. */
export type VoidSource = { id: string; upToVersion: number };

/** Takes back what sources posted, such as recalled time. A source with such an actual on an invoice is refused whole. */
export async function reverseForSource(scope: Scope, sourceType: ActualRow['sourceType'], sources: readonly VoidSource[]): Promise<PostingOutcome[]> {
  demand(scope.actor, 'actual:reverse');
  const upTo = new Map(sources.map(({ id, upToVersion }) => [id, upToVersion]));
  const ids = [...upTo.keys()];
  const counting = (await lockCounting(scope, sourceType, ids)).filter((actual) => actual.sourceVersion <= (upTo.get(actual.sourceId) ?? 0));
  const bySource = Map.groupBy(counting, (actual) => actual.sourceId);
  const today = dateOf(scope.now);
  const periods = await holdPeriods(
    scope,
    counting.flatMap((actual) => daysOf(actual, today)),
  );
  const why = { reason: 'Its source was recalled.', today, periods };
  const plans = ids.map((sourceId) => ({ sourceId, reversals: planSource(bySource.get(sourceId) ?? [], why) }));
  const reversed = await reverseLocked(
    scope,
    plans.flatMap(({ reversals }) => (reversals instanceof Refused ? [] : reversals)),
  );
  const reversedBySource = Map.groupBy(reversed, (actual) => actual.sourceId);
  return plans.map(({ sourceId, reversals }) => {
    if (reversals instanceof Refused) return { sourceId, refused: reversals };
    return { sourceId, actualIds: (reversedBySource.get(sourceId) ?? []).map((actual) => actual.id) };
  });
}

function planSource(rows: readonly ActualRow[], why: Why): Reversal[] | Refused {
  const taken = rows.find((actual) => actual.status === 'ON_INVOICE' || actual.status === 'BILLED');
  if (taken) return onInvoice(taken);
  return attempt(() => rows.map((actual) => planReversal(actual, why)));
}

/** On the asked day, or on the actual's own while its period is open, or else today. */
function planReversal(actual: ActualRow, why: Why): Reversal {
  const closed = (date: CalendarDate) => why.periods({ legalEntityId: actual.legalEntityId, date }, 'accountingDate');
  const accountingDate = why.accountingDate ?? (closed(actual.accountingDate) ? why.today : actual.accountingDate);
  const refused = closed(accountingDate);
  if (refused) throw refused;
  return { actual, accountingDate, reason: why.reason };
}

function daysOf({ legalEntityId, accountingDate }: ActualRow, other: CalendarDate): BookDay[] {
  return [accountingDate, other].map((date) => ({ legalEntityId, date }));
}
