import { type Money, portionOf } from '#kernel/money.ts';
import { type CalendarDate, latestOf } from '#kernel/period.ts';
import { convert, type Exchange, exactly } from './exchange.ts';
import { explainAmount, findRateOn, type PricedCard, type PriceExplanation, type RateHit, type Work } from './price.ts';

/** How a lender prices its people's hours to a borrower; NONE: nothing is asked, and the work costs what the borrower's own card says. */
export const transferMethods = ['COST_PLUS', 'RATE_CARD', 'NONE'] as const;
export type TransferMethod = (typeof transferMethods)[number];

/** What a lender and a borrower agreed on, from a day until their next terms. */
export type TransferTerms = {
  id: string;
  lenderId: string;
  borrowerId: string;
  effectiveFrom: CalendarDate;
  method: TransferMethod;
  markUpBasisPoints: number;
  expenseMarkUpBasisPoints: number;
  rateCardId: string | null;
};

type Priced = Money & { explanation: PriceExplanation };
type Pair = { lenderId: string; borrowerId: string; date: CalendarDate };

/** The terms of a pair that hold on a day, by which something is asked. */
export function termsHolding<Terms extends TransferTerms>(all: readonly Terms[], { lenderId, borrowerId, date }: Pair): Terms | undefined {
  const begun = all.filter((each) => each.lenderId === lenderId && each.borrowerId === borrowerId && each.effectiveFrom <= date);
  const last = latestOf('0001-01-01', ...begun.map(({ effectiveFrom }) => effectiveFrom));
  const found = begun.find(({ effectiveFrom }) => effectiveFrom === last);
  return found?.method === 'NONE' ? undefined : found;
}

/** What work costs in the lender's books, and the mark-up on that, rounded half up once. */
export function costPlus(own: Priced, terms: TransferTerms, transactionClass: 'TIME' | 'EXPENSE'): Priced {
  const markUpBasisPoints = transactionClass === 'TIME' ? terms.markUpBasisPoints : terms.expenseMarkUpBasisPoints;
  const how = { rule: 'INTERCOMPANY_COST_PLUS', rounding: 'HALF_UP', markUpBasisPoints, spentMinor: own.minor.toString() } as const;
  const minor = own.minor + portionOf(own.minor, BigInt(markUpBasisPoints), 'HALF_UP');
  // The order that the hour was bought by stands with its cost alone: nothing is bought twice.
  const { subcontract: _, ...explanation } = own.explanation;
  return { minor, currency: own.currency, explanation: { ...explanation, ...how, intercompanyTermsId: terms.id } };
}

/** What an hour is lent for, by the card that the terms name. */
export function findTransferRate(work: Work, card: PricedCard | undefined, terms: TransferTerms): RateHit | undefined {
  const hit = card && findRateOn(work, card, 'INTERCOMPANY_RATE_CARD');
  return hit && { ...hit, explanation: { ...hit.explanation, intercompanyTermsId: terms.id } };
}

/** What the lender asks, as the borrower's cost; undefined where nothing says what that is worth in the borrower's currency. */
export function asCost({ explanation, ...sale }: Priced, currency: string, exchange: Exchange | undefined): Priced | undefined {
  const agreed = agreedOf(explanation);
  if (sale.currency === currency) return { ...sale, explanation: agreed };
  if (!exchange) return undefined;
  const { conversion, ...money } = convert(exactly(sale), currency, exchange);
  return { ...money, explanation: { ...agreed, currency, conversion } };
}

/** What the borrower may know of how a price came about: the rate of a card that both agreed on, but nothing of what the work costs the lender. */
function agreedOf(explanation: PriceExplanation): PriceExplanation {
  const { rule, rounding, currency, markUpBasisPoints, intercompanyTermsId, conversion } = explanation;
  if (rule === 'INTERCOMPANY_RATE_CARD' && !conversion) return explanation;
  const terms = { ...(markUpBasisPoints === undefined ? {} : { markUpBasisPoints }), ...(intercompanyTermsId ? { intercompanyTermsId } : {}) };
  return { ...explainAmount(rule, currency), rounding, ...terms };
}
