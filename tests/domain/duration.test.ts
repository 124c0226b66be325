import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hoursOfSeconds, secondsOfHours } from '#kernel/decimal.ts';
import { durationKey, durationOfSeconds, missingTime, readSeconds, secondsOfDuration, showSeconds, sumOfHours, timeField } from '#kernel/duration.ts';
import { Refused } from '#kernel/errors.ts';
import { priceOfSeconds } from '#kernel/money.ts';

const day = 24n * 3600n;
const eachSecond = Array.from({ length: Number(day) }, (_, index) => BigInt(index + 1));

function refusal(work: () => unknown): Refused | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  return undefined;
}

describe('each whole number of seconds of a day', () => {
  test('is read back as it was written, as a duration and as hours', () => {
    const lost = eachSecond.filter((seconds) => {
      const { hours, duration } = showSeconds('hours', seconds);
      return readSeconds({ hours }) !== seconds || readSeconds({ duration }) !== seconds;
    });
    expect(lost).toEqual([]);
  });

  test('has one text of its own in both', () => {
    expect(new Set(eachSecond.map(durationOfSeconds)).size).toBe(eachSecond.length);
    expect(new Set(eachSecond.map(hoursOfSeconds)).size).toBe(eachSecond.length);
  });

  test('adds up exactly with others', () => {
    const times = fc.array(fc.bigInt({ min: 1n, max: day }), { minLength: 1, maxLength: 50 });
    const sum = (all: readonly bigint[]) => all.reduce((a, b) => a + b, 0n);
    fc.assert(fc.property(times, (all) => sum(all.map((each) => secondsOfDuration(durationOfSeconds(each)) ?? -1n)) === sum(all)));
    fc.assert(fc.property(times, (all) => secondsOfDuration(durationOfSeconds(sum(all))) === sum(all)));
  });

  test('is priced by its seconds, rounded once', () => {
    const rates = fc.bigInt({ min: 0n, max: 1_000_000n });
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: day }), rates, (seconds, rate) => {
        const read = secondsOfDuration(durationOfSeconds(seconds)) ?? -1n;
        const twiceOff = 2n * (priceOfSeconds(rate, read, 'HALF_UP') * 3600n - seconds * rate);
        return -3600n < twiceOff && twiceOff <= 3600n;
      }),
    );
    expect(priceOfSeconds(10_000n, secondsOfDuration('PT50M') ?? 0n, 'HALF_UP')).toBe(8_333n);
    expect(priceOfSeconds(10_000n, secondsOfHours('0.833333') ?? 0n, 'HALF_UP')).toBe(8_333n);
  });
});

describe('a duration', () => {
  test.each([
    ['PT50M', 3000n, 'PT50M'],
    ['PT1H30M', 5400n, 'PT1H30M'],
    ['PT90M', 5400n, 'PT1H30M'],
    ['PT5400S', 5400n, 'PT1H30M'],
    ['PT37H30M', 135_000n, 'PT37H30M'],
    ['PT1H1S', 3601n, 'PT1H1S'],
    ['PT00H05M', 300n, 'PT5M'],
    ['-PT2H', -7200n, '-PT2H'],
    ['PT0S', 0n, 'PT0S'],
    ['-PT0H', 0n, 'PT0S'],
  ])('%s is %d seconds, written %s', (text, seconds, written) => {
    expect(secondsOfDuration(text)).toBe(seconds);
    expect(durationOfSeconds(seconds)).toBe(written);
  });

  test.each([
    '',
    'P',
    'PT',
    'PTM',
    'P1D',
    'P1W',
    'P1M',
    'P1Y',
    'P1DT1H',
    'PT0.5H',
    'PT1,5H',
    'PT1.5S',
    'PT30M1H',
    'pt5m',
    ' PT5M',
    '+PT5M',
    'PT-5M',
    'PT٣M',
    '1:30',
  ])('%j is none', (text) => expect(secondsOfDuration(text)).toBeUndefined());

  test('has a limit, as hours have', () => {
    expect(secondsOfDuration(`PT${10n ** 15n}S`)).toBe(10n ** 15n);
    expect(secondsOfDuration(`PT${10n ** 15n + 1n}S`)).toBeUndefined();
    expect(secondsOfDuration(`PT${'9'.repeat(15)}H`)).toBeUndefined();
  });
});

describe('hours', () => {
  test.each([
    ['0.833333', 3000n],
    ['0.833333333', 3000n],
    ['0.333333333333333333', 1200n],
    ['-0.666667', -2400n],
    ['0.25', 900n],
    ['0.000278', 1n],
  ])('%s name %d seconds', (hours, seconds) => expect(secondsOfHours(hours)).toBe(seconds));

  test.each(['0.8333', '7.3333', '0.83334', '0.0001', '0.000001', '1e3', ''])('%j name none', (hours) => expect(secondsOfHours(hours)).toBeUndefined());

  test('are added up by the second', () => {
    const times = fc.array(fc.bigInt({ min: -100_000n, max: 100_000n }));
    fc.assert(fc.property(times, (all) => secondsOfHours(sumOfHours(all.map(hoursOfSeconds))) === all.reduce((a, b) => a + b, 0n)));
    expect([sumOfHours([]), sumOfHours(['8']), sumOfHours(['0.1', '0.2']), sumOfHours(['1.333333', '0.5'])]).toEqual(['0.00', '8.00', '0.30', '1.833333']);
    expect(sumOfHours(['0.333333', '0.333333', '0.333333'])).toBe('1.00');
    expect(() => sumOfHours(['1', '0.8333'])).toThrow('0.8333 hours are no whole number of seconds');
  });

  test('are the second that they show, and no other', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (seconds) => secondsOfHours(hoursOfSeconds(seconds)) === seconds));
  });
});

describe('an input', () => {
  test('says a time by one of two fields', () => {
    expect(readSeconds({ hours: '1.5' })).toBe(5400n);
    expect(readSeconds({ duration: 'PT50M', hours: null })).toBe(3000n);
    expect(readSeconds({ weeklyDuration: 'PT37H20M' }, 'weeklyHours')).toBe(134_400n);
    expect([timeField({ hours: '1' }), timeField({ duration: 'PT1H' }), timeField({ weeklyDuration: 'PT1H' }, 'weeklyHours')]).toEqual([
      'hours',
      'duration',
      'weeklyDuration',
    ]);
    expect([durationKey('hours'), durationKey('approvedBillableHours')]).toEqual(['duration', 'approvedBillableDuration']);
  });

  test('that says none is left alone, or refused where one is needed', () => {
    expect(readSeconds({})).toBeUndefined();
    expect(readSeconds({ hours: null, duration: null })).toBeUndefined();
    expect(missingTime()).toMatchObject({ code: 'VALIDATION_FAILED', field: 'hours' });
    expect(missingTime('weeklyHours')).toMatchObject({ field: 'weeklyHours', message: 'Give weeklyDuration, such as PT50M, or weeklyHours.' });
  });

  test('that says two is refused, though they be equal', () => {
    expect(refusal(() => readSeconds({ hours: '1', duration: 'PT1H' }))).toMatchObject({ code: 'VALIDATION_FAILED', field: 'duration' });
    expect(refusal(() => readSeconds({ weeklyHours: '1', weeklyDuration: 'PT1H' }, 'weeklyHours'))).toMatchObject({ field: 'weeklyDuration' });
  });

  test('with hours between two seconds is refused, and told how to say them', () => {
    const refused = refusal(() => readSeconds({ hours: '0.8333' }));
    expect(refused).toMatchObject({ code: 'VALIDATION_FAILED', field: 'hours' });
    expect(refused?.message).toContain('PT50M');
    expect(refusal(() => readSeconds({ duration: 'P1D' }))).toMatchObject({ field: 'duration' });
  });
});
