import { portionOf } from '#kernel/money.ts';
import { shareTax } from './tax.ts';

/** A line of an invoice: what it asked for, and what credit notes gave back of it so far, above zero. */
export type Creditable = {
  id: string;
  amountMinor: bigint;
  taxMinor: bigint;
  taxBasisPoints: number | null;
  credited: { minor: bigint; taxMinor: bigint };
};

/** What is left of a line, without tax. */
export function leftOf({ amountMinor, credited }: Pick<Creditable, 'amountMinor' | 'credited'>): bigint {
  return amountMinor - credited.minor;
}

/**
 * The tax that goes back with amounts of lines: rounded half up once per rate, as the note is a document of its own (EN 16931, BR-CO-17). What takes back all
 * that is left at a rate takes back all that is left of its tax: so notes add up to the invoice to the cent, and never to more.
 */
export function taxesOfCredit(lines: readonly Creditable[], parts: ReadonlyMap<string, bigint>): Map<string, bigint> {
  const taxes = new Map<string, bigint>();
  for (const [basisPoints, own] of Map.groupBy(lines, (line) => line.taxBasisPoints ?? 0)) {
    const taken = own.filter((line) => parts.has(line.id));
    const amounts = taken.map((line) => parts.get(line.id) ?? 0n);
    const net = amounts.reduce((sum, amount) => sum + amount, 0n);
    const taxLeft = own.reduce((sum, line) => sum + line.taxMinor - line.credited.taxMinor, 0n);
    const ends = own.every((line) => leftOf(line) === (parts.get(line.id) ?? 0n));
    const due = portionOf(net, BigInt(basisPoints), 'HALF_UP');
    const total = ends || due > taxLeft ? taxLeft : due;
    const shares = shareTax(amounts, BigInt(basisPoints), total);
    for (const [index, line] of taken.entries()) taxes.set(line.id, shares[index] ?? 0n);
  }
  return taxes;
}
