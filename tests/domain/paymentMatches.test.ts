import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Candidate, matchesOf, namesNumber, toleranceOf } from '#finance/matching/match.ts';

const invoice = (number: string, openMinor: bigint, dueDate = '2026-04-30'): Candidate => ({ id: `id-${number}`, number, dueDate, openMinor });
const paying = (leftMinor: bigint, reference: string | null = null) => ({ id: 'payment', leftMinor, reference });
const told = (leftMinor: bigint, reference: string | null, open: Candidate[]) =>
  matchesOf(paying(leftMinor, reference), open).map(({ score, reasons, shares, leftMinor: left }) => [
    score,
    reasons.join(' '),
    shares.map(({ invoiceId, minor }) => `${invoiceId.slice(3)} ${minor}`).join(', '),
    left,
  ]);

describe('a number', () => {
  test.each([
    ['Invoice NL-2026-00012, thanks', 'NL-2026-00012', true],
    ['nl 2026 00012', 'NL-2026-00012', true],
    ['NL-2026-000123', 'NL-2026-00012', false],
    ['NL202600012/NL202600013', 'NL-2026-00013', true],
    ['NL-2026-000123 NL-2026-00012', 'NL-2026-00012', true],
    ['NL-2026-00012 400.00 2026-03-31', 'NL-2026-00012', true],
    ['12026-1', '2026-1', false],
    ['', 'NL-2026-00012', false],
    ['anything', '', false],
  ])('in %s', (text, number, is) => {
    expect(namesNumber(text, number)).toBe(is);
  });
});

describe('matches', () => {
  const open = [invoice('A-1', 100_00n, '2026-03-01'), invoice('A-2', 250_00n, '2026-04-01'), invoice('A-3', 400_00n, '2026-05-01')];

  test('by number and amount come first, and say so', () => {
    expect(told(250_00n, 'A-2', open)[0]).toEqual([100, 'NUMBER_IN_REFERENCE EXACT_AMOUNT', 'A-2 25000', 0n]);
    expect(told(350_00n, 'A-1 and A-2', open)[0]).toEqual([100, 'NUMBER_IN_REFERENCE EXACT_AMOUNT SUM_OF_SEVERAL', 'A-1 10000, A-2 25000', 0n]);
  });

  test('by amount alone are sure where there is one, and unsure where there are two', () => {
    expect(told(400_00n, null, open)[0]).toEqual([75, 'EXACT_AMOUNT', 'A-3 40000', 0n]);
    const twins = [...open, invoice('A-4', 400_00n, '2026-06-01')];
    expect(told(400_00n, null, twins).slice(0, 2)).toEqual([
      [45, 'EXACT_AMOUNT AMBIGUOUS', 'A-3 40000', 0n],
      [44, 'EXACT_AMOUNT AMBIGUOUS', 'A-4 40000', 0n],
    ]);
  });

  test('by the sum of a few, and of all', () => {
    expect(told(500_00n, null, open)[0]).toEqual([60, 'SUM_OF_SEVERAL', 'A-1 10000, A-3 40000', 0n]);
    expect(told(750_00n, null, open)[0]).toEqual([85, 'SUM_OF_SEVERAL WHOLE_ACCOUNT', 'A-1 10000, A-2 25000, A-3 40000', 0n]);
  });

  test('within the tolerance settle what the money lasts for, and leave what is beyond', () => {
    expect(toleranceOf(400_00n)).toBe(4_00n);
    expect(toleranceOf(5_000_00n)).toBe(10_00n);
    expect(told(398_00n, null, open)[0]).toEqual([40, 'WITHIN_TOLERANCE', 'A-3 39800', 0n]);
    expect(told(402_00n, 'A-3', open)[0]).toEqual([90, 'NUMBER_IN_REFERENCE WITHIN_TOLERANCE', 'A-3 40000', 200n]);
    expect(told(390_00n, null, open).map(([, reasons]) => reasons)).toEqual(['OLDEST_FIRST']);
  });

  test('by age are the last resort; without invoices or money there are none', () => {
    expect(told(120_00n, null, open)).toEqual([[10, 'OLDEST_FIRST', 'A-1 10000, A-2 2000', 0n]]);
    expect([told(120_00n, null, []), told(0n, 'A-1', open)]).toEqual([[], []]);
  });

  test('never apply more than there is of the money or of an invoice, whatever comes, and are the same in any order', () => {
    const some = fc.uniqueArray(fc.record({ number: fc.nat(99), openMinor: fc.bigInt({ min: 1n, max: 60n }), day: fc.integer({ min: 10, max: 28 }) }), {
      selector: ({ number }) => number,
      maxLength: 30,
    });
    fc.assert(
      fc.property(some, fc.bigInt({ min: 1n, max: 300n }), fc.constantFrom(null, 'N1 N22', 'N5'), (rows, left, reference) => {
        const candidates = rows.map(({ number, openMinor, day }) => invoice(`N${number}`, openMinor, `2026-04-${day}`));
        const found = matchesOf(paying(left, reference), candidates);
        expect(found.length).toBeLessThanOrEqual(5);
        expect(matchesOf(paying(left, reference), candidates.toReversed())).toEqual(found);
        expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((one, other) => other - one));
        for (const { shares, leftMinor, score } of found) {
          expect(shares.reduce((sum, { minor }) => sum + minor, leftMinor)).toBe(left);
          expect(score >= 0 && score <= 100 && leftMinor >= 0n).toBe(true);
          for (const { invoiceId, minor } of shares) expect(minor > 0n && minor <= (candidates.find(({ id }) => id === invoiceId)?.openMinor ?? 0n)).toBe(true);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
