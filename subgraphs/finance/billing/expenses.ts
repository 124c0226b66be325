import type { ContractLineTerms } from '#engagements/published.ts';
import { type Money, portionOf } from '#kernel/money.ts';
import { type ContractTerms, explainAmount, type PriceExplanation, underOf } from './price.ts';

type Expense = { spent: Money; category: string | null };
type Under = { contractId: string; contract: ContractTerms; line: ContractLineTerms };

/** What an expense is sold for: by the day where its category has a price, or else for what it cost and the mark-up. Undefined where it was spent in another currency. */
export function priceExpense({ spent, category }: Expense, { contractId, contract, line }: Under): (Money & { explanation: PriceExplanation }) | undefined {
  const { currency } = contract;
  const under = { under: underOf({ contractId, contract }), contractLineId: line.id };
  const day = line.expenses?.perDiems.find((each) => each.category === category);
  if (day) return { minor: BigInt(day.minor), currency, explanation: { ...explainAmount('PER_DIEM', currency, under), dayRateMinor: day.minor } };
  if (spent.currency !== currency) return undefined;
  const markUpBasisPoints = line.expenses?.markUpBasisPoints ?? 0;
  if (markUpBasisPoints === 0) return { ...spent, explanation: explainAmount('EXPENSE_AMOUNT', currency, under) };
  const explanation = {
    ...explainAmount('EXPENSE_MARK_UP', currency, under),
    rounding: contract.rounding,
    markUpBasisPoints,
    spentMinor: spent.minor.toString(),
  };
  return { minor: spent.minor + portionOf(spent.minor, BigInt(markUpBasisPoints), contract.rounding), currency, explanation };
}
