import type { ContractLineTerms } from '#engagements/published.ts';
import { type Money, portionOf } from '#kernel/money.ts';
import { type Conversion, convert, type Exchange, exactly } from './exchange.ts';
import { type ContractTerms, explainAmount, type PriceExplanation, underOf } from './price.ts';

type Expense = { spent: Money; category: string | null; exchange?: Exchange | undefined };
type Under = { contractId: string; contract: ContractTerms; line: ContractLineTerms };

/**
 * What an expense is sold for: by the day where its category has a price, or else for what it cost, in the currency of the contract, and the mark-up on that.
 * Undefined where it was spent in another currency and nothing says what that is worth.
 */
export function priceExpense(
  { spent, category, exchange }: Expense,
  { contractId, contract, line }: Under,
): (Money & { explanation: PriceExplanation }) | undefined {
  const { currency, rounding } = contract;
  const under = { under: underOf({ contractId, contract }), contractLineId: line.id };
  const day = line.expenses?.perDiems.find((each) => each.category === category);
  if (day) return { minor: BigInt(day.minor), currency, explanation: { ...explainAmount('PER_DIEM', currency, under), dayRateMinor: day.minor } };
  const paid = inCurrency(spent, currency, exchange);
  if (!paid) return undefined;
  const { minor, ...how } = paid;
  const markUpBasisPoints = line.expenses?.markUpBasisPoints ?? 0;
  if (markUpBasisPoints === 0) return { minor, currency, explanation: { ...explainAmount('EXPENSE_AMOUNT', currency, under), ...how } };
  const explanation = { ...explainAmount('EXPENSE_MARK_UP', currency, under), ...how, rounding, markUpBasisPoints, spentMinor: minor.toString() };
  return { minor: minor + portionOf(minor, BigInt(markUpBasisPoints), rounding), currency, explanation };
}

/** What an expense costs in books that are in a currency; undefined where it was spent in another one and nothing says what that is worth. */
export function costExpense({ spent, exchange }: Omit<Expense, 'category'>, currency: string): (Money & { explanation: PriceExplanation }) | undefined {
  const paid = inCurrency(spent, currency, exchange);
  if (!paid) return undefined;
  const { minor, ...how } = paid;
  return { minor, currency, explanation: { ...explainAmount('EXPENSE_AMOUNT', currency), ...how } };
}

function inCurrency(spent: Money, currency: string, exchange: Exchange | undefined): { minor: bigint; conversion?: Conversion } | undefined {
  if (spent.currency === currency) return { minor: spent.minor };
  if (!exchange) return undefined;
  const { minor, conversion } = convert(exactly(spent), currency, exchange);
  return { minor, conversion };
}
