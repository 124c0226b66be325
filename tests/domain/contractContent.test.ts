import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ContentPlace, contentChange, draftContent } from '#engagements/contract/content.ts';
import { type LineScope, linesMeet, overlap, rangesMeet } from '#engagements/contract/overlap.ts';
import type { ContractContent } from '#engagements/references.ts';
import { Refused } from '#kernel/errors.ts';
import { addDays } from '#kernel/period.ts';
import { contextOf } from '../support/decide.ts';

const first = '2026-01-01';
const days = Array.from({ length: 12 }, (_, n) => addDays(first, n));
const date = fc.option(
  fc.integer({ min: 1, max: 10 }).map((n) => addDays(first, n)),
  { nil: null },
);
const range = fc
  .tuple(date, date)
  .filter(([from, to]) => !from || !to || from <= to)
  .map(([from, to]) => ({ from, to }));
const scope = fc
  .record({ kinds: fc.subarray(['TIME', 'EXPENSE', 'FEE'], { minLength: 1 }), projectIds: fc.subarray(['p', 'q', 'r']), range })
  .map(({ range: { from, to }, ...rest }): LineScope => ({ ...rest, startDate: from, endDate: to }));

/** Every piece of work that a line bills, spelt out. */
function work({ kinds, projectIds, startDate, endDate }: LineScope): Set<string> {
  const covered = days.filter((day) => (!startDate || startDate <= day) && (!endDate || day <= endDate));
  const of = projectIds.length > 0 ? projectIds : ['p', 'q', 'r', 'another'];
  return new Set(kinds.flatMap((kind) => of.flatMap((project) => covered.map((day) => `${kind} ${project} ${day}`))));
}

describe('overlap', () => {
  test('two ranges meet when some day lies in both', () => {
    fc.assert(
      fc.property(
        range,
        range,
        (one, other) => rangesMeet(one, other) === days.some((day) => [one, other].every(({ from, to }) => (!from || from <= day) && (!to || day <= to))),
      ),
    );
  });

  test('two lines meet when some work falls under both', () => {
    fc.assert(fc.property(scope, scope, (one, other) => linesMeet(one, other) === !work(one).isDisjointFrom(work(other))));
  });

  test('a set of lines overlaps when some work is billed twice', () => {
    fc.assert(
      fc.property(fc.array(scope, { maxLength: 5 }), (lines) => {
        const billed = lines.flatMap((line) => [...work(line)]);
        expect(overlap(lines) !== undefined).toBe(new Set(billed).size < billed.length);
      }),
    );
  });
});

describe('content', () => {
  const by = contextOf();
  const place: ContentPlace = {
    contract: { id: 'c', customerId: 'k', currency: 'USD' },
    version: { id: 'v', effectiveFrom: first },
    lineIds: new Map(),
  };
  const empty: ContractContent = { lines: [], rates: [] };
  const usd = (amount: string) => ({ amount, currency: 'USD' });
  const fee = { name: 'Fee', method: 'FIXED_FEE' as const, kinds: ['FEE' as const], amount: usd('1000.00') };
  const time = {
    name: 'Time',
    method: 'TIME_AND_MATERIALS' as const,
    kinds: ['TIME' as const, 'TIME' as const],
    notToExceed: usd('500'),
    rates: [{ rate: usd('99.5') }, { employeeId: 'E1', rate: usd('120'), effectiveFrom: '2026-02-01' }],
  };
  const draft = (input: Parameters<typeof draftContent>[2]['input'], before = empty) => draftContent(by, place, { before, input });
  const why = (input: Parameters<typeof draftContent>[2]['input']): string | undefined => {
    try {
      draft(input);
      return undefined;
    } catch (error) {
      return error instanceof Refused ? `${error.code} ${error.field}` : String(error);
    }
  };

  test('becomes rows in minor units, in the order given, with line rates under their lines', () => {
    const { lines, rates } = draft({ lines: [fee, time], rates: [{ laborCategoryId: 'L', rate: usd('80') }] });
    expect(lines).toMatchObject([
      { place: 0, name: 'Fee', amountMinor: 100_000n, notToExceedMinor: null, projectIds: [], currency: 'USD' },
      { place: 1, name: 'Time', amountMinor: null, notToExceedMinor: 50_000n, kinds: ['TIME'] },
    ]);
    expect(rates).toMatchObject([
      { lineId: lines[1]?.id, employeeId: null, rateMinor: 9_950n, effectiveFrom: first, effectiveTo: null },
      { lineId: lines[1]?.id, employeeId: 'e1', rateMinor: 12_000n, effectiveFrom: '2026-02-01' },
      { lineId: null, laborCategoryId: 'l', rateMinor: 8_000n },
    ]);
  });

  test('drafted again is the same, and changes nothing', () => {
    const input = { lines: [fee, time], rates: [{ laborCategoryId: 'L', rate: usd('80') }] };
    const before = draft(input);
    const again = draft(input, before);
    expect(again.lines.map((line) => line.id)).toEqual(before.lines.map((line) => line.id));
    expect(contentChange(before, again)).toBeUndefined();
    expect(contentChange(before, draft({}, before))).toBeUndefined();
  });

  test('a line that keeps its name keeps its id; rates change by leaving and coming', () => {
    const before = draft({ lines: [fee, time] });
    const after = draft({ lines: [{ ...time, notToExceed: usd('600'), rates: [{ rate: usd('100') }] }] }, before);
    const [goneLine, kept] = before.lines;
    expect(contentChange(before, after)).toMatchObject({
      gone: { lines: [goneLine?.id], rates: before.rates.map((rate) => rate.id) },
      put: { lines: [{ id: kept?.id, version: 2, place: 0, notToExceedMinor: 60_000n }], rates: [{ lineId: kept?.id, rateMinor: 10_000n }] },
    });
  });

  test('given rates leave those of the lines alone, and the other way round', () => {
    const before = draft({ lines: [time], rates: [{ laborCategoryId: 'L', rate: usd('80') }] });
    expect(draft({ rates: [] }, before).rates.map((rate) => rate.rateMinor)).toEqual([9_950n, 12_000n]);
    expect(draft({ lines: [] }, before)).toMatchObject({ lines: [], rates: [{ rateMinor: 8_000n }] });
  });

  test('a line without amounts follows the currency of its contract', () => {
    const before = draft({ lines: [{ name: 'Open', method: 'TIME_AND_MATERIALS', kinds: ['TIME'] }, fee] });
    const moved = draftContent(by, { ...place, contract: { ...place.contract, currency: 'EUR' } }, { before, input: {} });
    expect(moved.lines.map((line) => line.currency)).toEqual(['EUR', 'USD']);
  });

  test.each<[string, Parameters<typeof why>[0], string]>([
    ['no name', { lines: [{ ...fee, name: ' ' }] }, 'VALIDATION_FAILED lines.name'],
    ['one name twice', { lines: [fee, fee] }, 'VALIDATION_FAILED lines.name'],
    ['no kind', { lines: [{ ...fee, kinds: [] }] }, 'VALIDATION_FAILED lines.kinds'],
    ['a fixed fee of nothing said', { lines: [{ ...fee, amount: null }] }, 'VALIDATION_FAILED lines.amount'],
    ['a retainer of zero', { lines: [{ ...fee, method: 'RETAINER', amount: usd('0') }] }, 'VALIDATION_FAILED lines.amount'],
    ['an amount for time and materials', { lines: [{ ...time, amount: usd('1') }] }, 'VALIDATION_FAILED lines.amount'],
    ['a limit of zero', { lines: [{ ...fee, notToExceed: usd('0') }] }, 'VALIDATION_FAILED lines.notToExceed'],
    ['half a cent', { lines: [{ ...fee, amount: usd('0.005') }] }, 'VALIDATION_FAILED lines.amount'],
    ['amount and limit in two currencies', { lines: [{ ...fee, notToExceed: { amount: '1', currency: 'EUR' } }] }, 'CURRENCY_MISMATCH lines.notToExceed'],
    ['an end before the start', { lines: [{ ...fee, startDate: '2026-02-02', endDate: '2026-02-01' }] }, 'VALIDATION_FAILED endDate'],
    ['a negative rate', { rates: [{ employeeId: 'e', rate: usd('-1') }] }, 'VALIDATION_FAILED rates.rate'],
    ['a rate for two', { rates: [{ employeeId: 'e', laborCategoryId: 'l', rate: usd('1') }] }, 'VALIDATION_FAILED rates.laborCategoryId'],
    ['a rate for everybody outside a line', { rates: [{ rate: usd('1') }] }, 'VALIDATION_FAILED rates.employeeId'],
    ['a rate that ends before it begins', { rates: [{ employeeId: 'e', rate: usd('1'), effectiveTo: '2025-12-31' }] }, 'VALIDATION_FAILED rates.effectiveTo'],
    [
      'two rates for the same',
      {
        rates: [
          { employeeId: 'e', rate: usd('1') },
          { employeeId: 'e', rate: usd('2'), effectiveFrom: '2026-02-01' },
        ],
      },
      'VALIDATION_FAILED rates.effectiveFrom',
    ],
    ['101 lines', { lines: Array.from({ length: 101 }, (_, n) => ({ ...fee, name: `Fee ${n}` })) }, 'VALIDATION_FAILED lines'],
    ['501 rates', { rates: Array.from({ length: 501 }, (_, n) => ({ employeeId: `e${n}`, rate: usd('1') })) }, 'VALIDATION_FAILED rates'],
  ])('%s is refused', (_, input, refusal) => {
    expect(why(input)).toBe(refusal);
  });

  test('rates for the same may follow each other, and zero is a rate', () => {
    expect(
      why({
        rates: [
          { employeeId: 'e', rate: usd('0'), effectiveTo: '2026-01-31' },
          { employeeId: 'e', rate: usd('2'), effectiveFrom: '2026-02-01' },
        ],
      }),
    ).toBeUndefined();
  });
});
