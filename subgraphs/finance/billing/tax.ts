import { portionOf } from '#kernel/money.ts';
import { type CalendarDate, effectiveOn } from '#kernel/period.ts';

type Rate = { basisPoints: number; effectiveFrom: CalendarDate; effectiveTo: CalendarDate | null };

/** How a customer is taxed: rates with the days on which they hold, or none at all. */
type TaxRule = { code: string; exempt: boolean; rates: readonly Rate[] };

/** What a line asks for, and the days of the supply: the rate is that of those days, whenever the invoice is written, unless it is `untaxed` of its own. */
type Taxable = { amountMinor: bigint; supplyStartDate: CalendarDate; supplyEndDate: CalendarDate; untaxed?: boolean };

export type LineTax = { basisPoints: number; taxMinor: bigint };

/** What is taxed at one rate, and the tax on it. */
export type TaxGroup = { basisPoints: number; netMinor: bigint; taxMinor: bigint };

type TaxAnswer = { lines: LineTax[]; totalMinor: bigint } | { failure: string };

/** Tax of a document: rounded half up once per rate (EN 16931, BR-CO-17); the lines of a rate share it by largest remainder. */
export function taxOf(lines: readonly Taxable[], rule: TaxRule | undefined): TaxAnswer {
  if (!rule) return { failure: 'The customer has no tax profile of the legal entity that bills.' };
  const rates: number[] = [];
  for (const line of lines) {
    const rate = rateOf(line, rule);
    if (typeof rate !== 'number') return rate;
    rates.push(rate);
  }
  const taxes: bigint[] = lines.map(() => 0n);
  for (const basisPoints of new Set(rates)) {
    const places = rates.flatMap((rate, place) => (rate === basisPoints ? [place] : []));
    const shares = taxAtRate(
      places.map((place) => lines[place]?.amountMinor ?? 0n),
      BigInt(basisPoints),
    );
    for (const [index, place] of places.entries()) taxes[place] = shares[index] ?? 0n;
  }
  return { lines: taxes.map((taxMinor, place) => ({ basisPoints: rates[place] ?? 0, taxMinor })), totalMinor: taxes.reduce((sum, tax) => sum + tax, 0n) };
}

/** The first days of rates, in order: work of two of them is never on one line. */
export function changesOf(rule: TaxRule | undefined): CalendarDate[] {
  return rule && !rule.exempt ? rule.rates.map((rate) => rate.effectiveFrom).sort() : [];
}

/** The lines by rate, the lowest first. */
export function groupsOf(lines: readonly { amountMinor: bigint; taxMinor: bigint; taxBasisPoints: number | null }[]): TaxGroup[] {
  const groups = new Map<number, TaxGroup>();
  for (const { amountMinor, taxMinor, taxBasisPoints: basisPoints } of lines) {
    if (basisPoints === null) continue;
    const group = groups.get(basisPoints) ?? { basisPoints, netMinor: 0n, taxMinor: 0n };
    groups.set(basisPoints, { basisPoints, netMinor: group.netMinor + amountMinor, taxMinor: group.taxMinor + taxMinor });
  }
  return [...groups.values()].sort((a, b) => a.basisPoints - b.basisPoints);
}

function rateOf({ supplyStartDate, supplyEndDate, untaxed }: Taxable, { code, exempt, rates }: TaxRule): number | { failure: string } {
  if (exempt || untaxed) return 0;
  const [first, last] = [effectiveOn(rates, supplyStartDate), effectiveOn(rates, supplyEndDate)];
  if (!first || !last) return { failure: `Tax profile ${code} has no rate for ${first ? supplyEndDate : supplyStartDate}.` };
  const between = rates.filter((rate) => rate.effectiveFrom > supplyStartDate && rate.effectiveFrom <= supplyEndDate);
  if (between.every((rate) => rate.basisPoints === first.basisPoints)) return first.basisPoints;
  return {
    failure: `A line is for work from ${supplyStartDate} to ${supplyEndDate}, in which the rate of tax profile ${code} changed. Cancel the invoice and draft it anew.`,
  };
}

/** One rate's tax, shared by its lines. */
function taxAtRate(amounts: readonly bigint[], basisPoints: bigint): bigint[] {
  const net = amounts.reduce((sum, amount) => sum + amount, 0n);
  return shareTax(amounts, basisPoints, portionOf(net, basisPoints, 'HALF_UP'));
}

/** Shares a total of tax among lines by largest remainder. Opposite lines have opposite taxes: all is turned so that the sum is not below zero. */
export function shareTax(amounts: readonly bigint[], basisPoints: bigint, total: bigint): bigint[] {
  const net = amounts.reduce((sum, amount) => sum + amount, 0n);
  const lead = net === 0n ? (amounts.find((amount) => amount !== 0n) ?? 0n) : net;
  if (lead < 0n)
    return shareTax(
      amounts.map((amount) => -amount),
      basisPoints,
      -total,
    ).map((tax) => -tax);
  const parts = amounts.map((amount, index) => {
    const exact = amount * basisPoints;
    const rest = ((exact % 10_000n) + 10_000n) % 10_000n;
    return { index, tax: (exact - rest) / 10_000n, rest };
  });
  let left = total - parts.reduce((sum, part) => sum + part.tax, 0n);
  for (const part of parts.toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))) {
    if (left <= 0n) break;
    part.tax += 1n;
    left -= 1n;
  }
  // A total that is not the rounded tax of the sum, as on the last of several credit notes.
  const largest = parts.toSorted((a, b) => (a.tax === b.tax ? a.index - b.index : a.tax > b.tax ? -1 : 1))[0];
  if (largest) largest.tax += left;
  return parts.map((part) => part.tax);
}
