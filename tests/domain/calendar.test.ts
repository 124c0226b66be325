import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dividedYears } from '#finance/fiscalPeriod/calendar.ts';
import { checkRates, taxRateOn } from '#finance/taxProfile/rates.ts';
import { addDays, daysBetween } from '#kernel/period.ts';

describe('fiscal years', () => {
  test('are divided without gap or overlap, whatever the start and length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2150 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('MONTH' as const, 'QUARTER' as const, 'YEAR' as const),
        (firstYear, years, startMonth, length) => {
          const periods = dividedYears({ firstYear, years, startMonth, length });
          expect(periods).toHaveLength(years * { MONTH: 12, QUARTER: 4, YEAR: 1 }[length]);
          for (const [index, period] of periods.entries()) {
            expect(period.startDate <= period.endDate).toBe(true);
            const next = periods[index + 1];
            if (next) expect(next.startDate).toBe(addDays(period.endDate, 1));
          }
          const first = periods[0]?.startDate ?? '';
          expect(first).toBe(`${firstYear}-${String(startMonth).padStart(2, '0')}-01`);
          expect(daysBetween(first, periods.at(-1)?.endDate ?? '')).toBeGreaterThanOrEqual(years * 365 - 1);
          expect(new Set(periods.map((period) => period.name)).size).toBe(periods.length);
        },
      ),
    );
  });

  test('have names that people know', () => {
    const names = (length: 'MONTH' | 'QUARTER' | 'YEAR') => dividedYears({ firstYear: 2026, years: 1, startMonth: 7, length }).map((period) => period.name);
    expect(names('QUARTER')).toEqual(['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']);
    expect(names('YEAR')).toEqual(['2026']);
    expect(names('MONTH').slice(5, 7)).toEqual(['2026-12', '2027-01']);
  });

  test('stay within reason', () => {
    expect(() => dividedYears({ firstYear: 1800, years: 1, startMonth: 1, length: 'MONTH' })).toThrow('firstYear must be 1900 to 2200.');
    expect(() => dividedYears({ firstYear: 2000, years: 51, startMonth: 1, length: 'MONTH' })).toThrow('years must be 1 to 50.');
    expect(() => dividedYears({ firstYear: 2000, years: 1, startMonth: 13, length: 'MONTH' })).toThrow('startMonth must be 1 to 12.');
  });
});

describe('tax rates', () => {
  test('end where the next begins', () => {
    const rates = checkRates([
      { basisPoints: 2000, effectiveFrom: '2026-01-01' },
      { basisPoints: 1900, effectiveFrom: '2020-01-01' },
    ]);
    expect(rates).toEqual([
      { basisPoints: 1900, effectiveFrom: '2020-01-01', effectiveTo: '2025-12-31' },
      { basisPoints: 2000, effectiveFrom: '2026-01-01', effectiveTo: null },
    ]);
    expect(['2019-12-31', '2025-12-31', '2026-01-01'].map((date) => taxRateOn({ exempt: false, rates }, date))).toEqual([undefined, 1900n, 2000n]);
    expect(taxRateOn({ exempt: true, rates }, '2026-01-01')).toBe(0n);
  });

  test('never overlap, run backwards or leave 0 to 100 per cent', () => {
    const from = { basisPoints: 1, effectiveFrom: '2026-01-01' };
    expect(() => checkRates([from, from])).toThrow('would end before it starts');
    expect(() =>
      checkRates([
        { ...from, effectiveTo: '2026-06-30' },
        { basisPoints: 2, effectiveFrom: '2026-06-30' },
      ]),
    ).toThrow('overlap');
    expect(() => checkRates([{ ...from, effectiveTo: '2025-12-31' }])).toThrow('would end before it starts');
    expect(() => checkRates([{ ...from, basisPoints: 10_001 }])).toThrow('0 to 10000');
    expect(() => checkRates([{ ...from, basisPoints: -1 }])).toThrow('0 to 10000');
  });
});
