export const taxCategories = ['STANDARD', 'ZERO_RATED', 'EXEMPT', 'REVERSE_CHARGE', 'EXPORT', 'OUT_OF_SCOPE'] as const;
export type TaxCategory = (typeof taxCategories)[number];

/** UNCL 5305, as EN 16931 takes it. */
export const categoryCodes = { STANDARD: 'S', ZERO_RATED: 'Z', EXEMPT: 'E', REVERSE_CHARGE: 'AE', EXPORT: 'G', OUT_OF_SCOPE: 'O' } as const;

type Rule = { category: TaxCategory | null; exempt: boolean };

/** The category of what is taxed at a rate: the profile's own, unless it charges: then a rate of zero is another one than the others. */
export function categoryAt({ category, exempt }: Rule, basisPoints: number): TaxCategory {
  if (exempt) return category ?? 'EXEMPT';
  return basisPoints > 0 ? 'STANDARD' : 'ZERO_RATED';
}
