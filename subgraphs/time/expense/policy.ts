export const expenseCategories = ['TRAVEL', 'LODGING', 'MEALS', 'MILEAGE', 'SOFTWARE', 'EQUIPMENT', 'OTHER'] as const;
export type ExpenseCategory = (typeof expenseCategories)[number];

/** In minor units: above `receiptOver` a receipt is needed; more than `most` is never accepted as one item. */
export type ExpensePolicy = { receiptOver: bigint; most: bigint | undefined };

/** Cents of the currencies below. */
const policies: Readonly<Record<ExpenseCategory, ExpensePolicy>> = {
  TRAVEL: { receiptOver: 75_00n, most: undefined },
  LODGING: { receiptOver: 0n, most: undefined },
  MEALS: { receiptOver: 75_00n, most: 1_000_00n },
  MILEAGE: { receiptOver: 2_000_00n, most: 2_000_00n },
  SOFTWARE: { receiptOver: 25_00n, most: undefined },
  EQUIPMENT: { receiptOver: 25_00n, most: 10_000_00n },
  OTHER: { receiptOver: 25_00n, most: undefined },
};

/** Currencies worth about as much as each other: one figure serves them all. */
const currenciesOfPolicies: readonly string[] = ['USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD'];

/** The policy of a category. In a currency without figures every expense needs a receipt and nothing is too much. */
export function policyFor(category: ExpenseCategory, currency: string): ExpensePolicy {
  return currenciesOfPolicies.includes(currency) ? policies[category] : { receiptOver: 0n, most: undefined };
}
