import { allocate, portionOf } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import type { LedgerAccount } from './accounts.ts';
import type { TaxCategory } from './category.ts';

/** A discount as it was agreed: hundredths of a per cent, or an amount. */
export type Discount = { basisPoints: number; minor: null } | { basisPoints: null; minor: bigint };

/** What a discount comes to: a per cent is rounded half up once. */
export function discountOn(base: bigint, { basisPoints, minor }: Discount): bigint {
  return basisPoints === null ? minor : portionOf(base, BigInt(basisPoints), 'HALF_UP');
}

/** A line under a discount of the whole document: what it asks for, how that is taxed, and where it is booked. */
export type Discounted = {
  amountMinor: bigint;
  basisPoints: number;
  taxCategory: TaxCategory | null;
  account: LedgerAccount;
  projectId: string | null;
  supplyStartDate: CalendarDate | null;
  supplyEndDate: CalendarDate | null;
};
export type DiscountShare = Omit<Discounted, 'amountMinor'> & { minor: bigint; baseMinor: bigint };

const net = (lines: readonly Discounted[]) => lines.reduce((sum, line) => sum + line.amountMinor, 0n);
const groupsBy = (lines: readonly Discounted[], key: (line: Discounted) => string) => [...Map.groupBy(lines, key).values()].filter((own) => net(own) > 0n);

/**
 * A discount of a document by rate of tax, as EN 16931 has document level allowances, and below that by account and project, so that each earns what is left.
 * A per cent is rounded once per rate; an amount is shared by what each rate asks for.
 */
export function sharesOf(lines: readonly Discounted[], discount: Discount): DiscountShare[] {
  const rates = groupsBy(lines, (line) => `${line.basisPoints} ${line.taxCategory}`);
  if (rates.length === 0) return [];
  const totals = discount.basisPoints === null ? allocate(discount.minor, rates.map(net)) : rates.map((own) => discountOn(net(own), discount));
  return rates.flatMap((own, index) => {
    const places = groupsBy(own, (line) => `${line.account} ${line.projectId}`);
    const shares = allocate(totals[index] ?? 0n, places.map(net));
    // What asks for less than nothing has no share of its own; the first place bears what it takes off the base.
    const rest = net(own) - places.reduce((sum, place) => sum + net(place), 0n);
    return places.flatMap((place, at): DiscountShare[] => {
      const [first] = place;
      if (!first) return [];
      const { amountMinor: _, ...like } = first;
      return [{ ...like, minor: shares[at] ?? 0n, baseMinor: net(place) + (at === 0 ? rest : 0n) }];
    });
  });
}
