import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Creditable, leftOf, taxesOfCredit } from '#finance/billing/credit.ts';
import { taxOf } from '#finance/billing/tax.ts';
import { portionOf } from '#kernel/money.ts';

const rates = [0, 700, 1_900, 2_100] as const;
const line = fc.record({ minor: fc.bigInt({ min: 1n, max: 100_000n }), rate: fc.constantFrom(...rates) });

/** Lines of an invoice taxed as posting does: once per rate. */
function taxed(wanted: readonly { minor: bigint; rate: number }[]): Creditable[] {
  const lines = wanted.map(({ minor, rate }, index) => {
    return { id: `${index}`, amountMinor: minor, taxMinor: 0n, taxBasisPoints: rate, credited: { minor: 0n, taxMinor: 0n } };
  });
  for (const basisPoints of rates) {
    const own = lines.filter((each) => each.taxBasisPoints === basisPoints);
    const supplies = own.map(({ amountMinor }) => ({ amountMinor, supplyStartDate: '2026-01-01', supplyEndDate: '2026-01-01' }));
    const tax = taxOf(supplies, { code: 'T', exempt: false, rates: [{ basisPoints, effectiveFrom: '2020-01-01', effectiveTo: null }] });
    if ('failure' in tax) throw new Error(tax.failure);
    for (const [index, each] of own.entries()) each.taxMinor = tax.lines[index]?.taxMinor ?? 0n;
  }
  return lines;
}

/** A note over some per cent of what is left of each line; of what is less than a minor unit, nothing. */
function give(lines: readonly Creditable[], percents: readonly number[]): { parts: Map<string, bigint>; lines: Creditable[]; taxes: Map<string, bigint> } {
  const wanted = lines.map((each, index): [string, bigint] => [each.id, (leftOf(each) * BigInt(percents[index % percents.length] ?? 100)) / 100n]);
  const parts = new Map(wanted.filter(([, minor]) => minor > 0n));
  const taxes = taxesOfCredit(lines, parts);
  const next = lines.map((each) => {
    const credited = { minor: each.credited.minor + (parts.get(each.id) ?? 0n), taxMinor: each.credited.taxMinor + (taxes.get(each.id) ?? 0n) };
    return { ...each, credited };
  });
  return { parts, taxes, lines: next };
}

const sum = (numbers: Iterable<bigint>) => [...numbers].reduce((total, each) => total + each, 0n);

test('credit notes over parts and the rest of an invoice add up to it to the cent at every rate; each that is not the last rounds once per rate', () => {
  const percents = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.array(percents, { maxLength: 8 }), (wanted, notes) => {
      let lines = taxed(wanted);
      for (const note of [...notes, [100]]) {
        const before = lines;
        const given = give(before, note);
        lines = given.lines;
        for (const rate of rates) {
          const own = before.filter((each) => each.taxBasisPoints === rate && given.parts.has(each.id));
          const left = sum(before.filter((each) => each.taxBasisPoints === rate).map((each) => each.taxMinor - each.credited.taxMinor));
          const tax = sum(own.map((each) => given.taxes.get(each.id) ?? 0n));
          const due = portionOf(sum(own.map((each) => given.parts.get(each.id) ?? 0n)), BigInt(rate), 'HALF_UP');
          const ends = lines.every((each) => each.taxBasisPoints !== rate || leftOf(each) === 0n);
          expect(tax).toBe(ends || due > left ? left : due);
        }
      }
      for (const rate of rates) {
        const own = lines.filter((each) => each.taxBasisPoints === rate);
        expect(sum(own.map((each) => each.credited.minor))).toBe(sum(own.map((each) => each.amountMinor)));
        expect(sum(own.map((each) => each.credited.taxMinor))).toBe(sum(own.map((each) => each.taxMinor)));
      }
    }),
  );
});
