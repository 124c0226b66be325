import type { DecisionContext } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { attempt } from '#kernel/outcome.ts';
import { type CalendarDate, demandNotBefore } from '#kernel/period.ts';
import { type Hold, piecesOf, type Share } from '../billing/caps.ts';
import type { PeriodJudge } from '../journal/periods.ts';
import type { ActualKind, ActualRow } from '../tables.ts';
import type { Assessed, Priced } from './assess.ts';
import type { ActualDraft, Reversal } from './ledger.ts';

type Made = { accountingDate: CalendarDate; pricingRevision: number };
type Line = Made & { kind: ActualKind; price: Priced };

/** What the work costs, as a line of the ledger. */
export function costLine(context: DecisionContext, assessed: Assessed, made: Made): ActualDraft {
  return lineOfWork(context, assessed, { ...made, kind: 'COST', price: assessed.cost });
}

/** What the work is sold for: a line, or several where a limit is met, or a retainer used up, in the middle of it. */
export function saleLines(context: DecisionContext, assessed: Assessed, { price, share, ...made }: Made & { price: Priced; share: Share }): ActualDraft[] {
  const whole = lineOfWork(context, assessed, { ...made, kind: 'UNBILLED_SALES', price });
  return inPieces(context, whole, share).map((piece, index) => ({ ...piece, part: index + 1 }));
}

/** A line as its share says: as it is, or cut into parts, each of which tells what all of it was. */
export function inPieces(context: DecisionContext, line: ActualDraft, share: Share): ActualDraft[] {
  const pieces = piecesOf({ minor: line.amountMinor, seconds: line.seconds ?? null }, share);
  return pieces.map(({ kind, minor, seconds, hold }, index) => {
    const whole = pieces.length > 1 ? { wholeMinor: line.priceExplanation.wholeMinor ?? line.amountMinor.toString() } : {};
    const amounts = { kind, amountMinor: minor, seconds, priceExplanation: { ...line.priceExplanation, ...whole } };
    return { ...line, id: index === 0 ? line.id : context.newId(), ...amounts, ...heldBy(hold) };
  });
}

function heldBy(hold: Hold | undefined): Pick<ActualDraft, 'status'> & { holdCode: string | null; holdReason: string | null } {
  return { status: hold ? 'NOT_READY' : 'READY', holdCode: hold?.code ?? null, holdReason: hold?.reason ?? null };
}

/** A line of the ledger in the books of the project. */
export function lineOfWork(context: DecisionContext, { work, place }: Assessed, { kind, price, accountingDate, pricingRevision }: Line): ActualDraft {
  const { spent: _, ...source } = work;
  const { project, legalEntity, contractId, line } = place;
  return {
    id: context.newId(),
    ...source,
    pricingRevision,
    kind,
    status: 'READY',
    legalEntityId: legalEntity.id,
    customerId: project.customerId,
    engagementId: project.engagementId,
    contractId,
    contractLineId: line?.id ?? null,
    accountingDate,
    amountMinor: price.minor,
    currency: price.currency,
    priceExplanation: price.explanation,
    subcontractLineId: price.explanation.subcontract?.lineId ?? null,
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
