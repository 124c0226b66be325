import type { DecisionContext } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { CalendarDate } from '#kernel/period.ts';
import type { Assessed, Lent, Priced } from '../actual/assess.ts';
import type { ActualDraft, Reversal } from '../actual/ledger.ts';
import { bookDay, costLine, lineOfWork, replaced } from '../actual/lines.ts';
import type { BookDay, PeriodJudge } from '../journal/periods.ts';
import type { ActualRow } from '../tables.ts';

/** What work costs, in all of the books in which it does: in those of its project and, of lent work, what it costs the lender and what that one asks. */
export function costLines(context: DecisionContext, assessed: Assessed, made: { days: DaysOfBooks; pricingRevision: number }): ActualDraft[] {
  const { place, lent } = assessed;
  const { days, pricingRevision } = made;
  const cost = costLine(context, assessed, { accountingDate: days(place.legalEntity.id), pricingRevision });
  if (!lent) return [cost];
  const { lender } = lent;
  const inLender = { legalEntityId: lender.id, counterpartId: place.legalEntity.id, contractId: null, contractLineId: null };
  const said = { accountingDate: days(lender.id), pricingRevision };
  const own = lentPrices(lent).map(({ kind, price }) => ({ ...lineOfWork(context, assessed, { ...said, kind, price }), ...inLender }));
  return [{ ...cost, counterpartId: lender.id }, ...own];
}

const lentPrices = ({ cost, sale }: Lent): { kind: 'RESOURCING_COST' | 'INTERCOMPANY_SALES'; price: Priced }[] => [
  { kind: 'RESOURCING_COST', price: cost },
  { kind: 'INTERCOMPANY_SALES', price: sale },
];

/** True where what stands in the books of a lender, among the lines of a cost, is not what the terms of now make. */
export function lentOtherwise(lent: Lent | undefined, costs: readonly ActualRow[]): boolean {
  const standing = costs.filter(({ kind }) => kind !== 'COST');
  const wanted = lent ? lentPrices(lent) : [];
  const same = ({ kind, price }: (typeof wanted)[number]) =>
    standing.some((row) => row.kind === kind && row.legalEntityId === lent?.lender.id && row.amountMinor === price.minor && row.currency === price.currency);
  return standing.length !== wanted.length || !wanted.every(same);
}

/** On which day lines go into each of the books. */
export type DaysOfBooks = (legalEntityId: string) => CalendarDate;

type Moving = {
  assessed: Assessed;
  leaving: readonly ActualRow[];
  /** Whether the lines of its cost come, too, and not its sale alone: then the lender's books take theirs. */
  costs: boolean;
  lateOn?: CalendarDate | undefined;
};

/** The days that may be needed of books: the work's, those of what leaves, and the late one. */
export function daysOfMoving({ assessed: { work, place, lent }, leaving, lateOn }: Omit<Moving, 'costs'>): BookDay[] {
  const legalEntityIds = [place.legalEntity.id, ...(lent ? [lent.lender.id] : []), ...leaving.map((row) => row.legalEntityId)];
  const dates = [work.workDate, ...(lateOn ? [lateOn] : [])];
  const own = leaving.map((row) => ({ legalEntityId: row.legalEntityId, date: row.accountingDate }));
  return [...legalEntityIds.flatMap((legalEntityId) => dates.map((date) => ({ legalEntityId, date }))), ...own];
}

/** The day of each of the books: the work's own while its period is open, or else the late one. Refused where one of them takes neither: all lines or none. */
export function bookDays(periods: PeriodJudge, { assessed, leaving, costs, lateOn }: Moving): DaysOfBooks | Refused {
  const { work, place, lent } = assessed;
  const stuck = leaving.filter((row) => periods({ legalEntityId: row.legalEntityId, date: row.accountingDate }));
  const days = new Map<string, CalendarDate>();
  for (const legalEntityId of [place.legalEntity.id, ...(lent && costs ? [lent.lender.id] : []), ...stuck.map((row) => row.legalEntityId)]) {
    const day = bookDay(periods, { legalEntityId, workDate: work.workDate, lateOn });
    if (day instanceof Refused) return day;
    days.set(legalEntityId, day);
  }
  return (legalEntityId) => days.get(legalEntityId) ?? work.workDate;
}

/** What leaves, each in its own books. */
export function leave(row: ActualRow, { periods, days, reason }: { periods: PeriodJudge; days: DaysOfBooks; reason: string }): Reversal {
  return replaced(row, { periods, accountingDate: days(row.legalEntityId), reason });
}
