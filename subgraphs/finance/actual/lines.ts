import type { DecisionContext } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { attempt } from '#kernel/outcome.ts';
import { type CalendarDate, demandNotBefore } from '#kernel/period.ts';
import type { PeriodJudge } from '../journal/periods.ts';
import type { ActualRow } from '../tables.ts';
import type { Assessed, Priced } from './assess.ts';
import type { ActualDraft, Reversal } from './ledger.ts';

type Line = {
  kind: 'COST' | 'UNBILLED_SALES';
  price: Priced;
  accountingDate: CalendarDate;
  hold: { code: string; reason: string } | undefined;
  pricingRevision: number;
};

/** A line of the ledger for assessed work. */
export function lineOfWork(context: DecisionContext, { work, place }: Assessed, { kind, price, accountingDate, hold, pricingRevision }: Line): ActualDraft {
  const { spent: _, ...source } = work;
  const { project, legalEntity, contractId, line } = place;
  return {
    id: context.newId(),
    ...source,
    pricingRevision,
    kind,
    status: hold ? 'NOT_READY' : 'READY',
    holdCode: hold?.code ?? null,
    holdReason: hold?.reason ?? null,
    legalEntityId: legalEntity.id,
    customerId: project.customerId,
    engagementId: project.engagementId,
    contractId,
    contractLineId: line?.id ?? null,
    accountingDate,
    amountMinor: price.minor,
    currency: price.currency,
    priceExplanation: price.explanation,
  };
}

type Day = { legalEntityId: string; workDate: CalendarDate; lateOn?: CalendarDate | undefined };

/** The work's own day when its period is open, or else the late one. */
export function bookDay(periods: PeriodJudge, { legalEntityId, workDate, lateOn }: Day): CalendarDate | Refused {
  const closed = periods({ legalEntityId, date: workDate }, 'workDate');
  if (!closed || lateOn === undefined) return closed ?? workDate;
  const early = attempt(() => demandNotBefore({ date: lateOn, field: 'accountingDate' }, { date: workDate, what: 'the work' }));
  if (early) return early;
  return periods({ legalEntityId, date: lateOn }, 'lateOn') ?? lateOn;
}

type Instead = { periods: PeriodJudge; accountingDate: CalendarDate; reason: string };

/** What something else takes the place of: on its own day while its period is open, or else on the other's. */
export function replaced(actual: ActualRow, { periods, accountingDate, reason }: Instead): Reversal {
  const date = bookDay(periods, { legalEntityId: actual.legalEntityId, workDate: actual.accountingDate, lateOn: accountingDate });
  return { actual, accountingDate: date instanceof Refused ? accountingDate : date, reason };
}
