import fc from 'fast-check';
import { GraphQLError, Kind } from 'graphql';
import { describe, expect, test } from 'vitest';
import { durationOfSeconds } from '#kernel/duration.ts';
import { dateOf } from '#kernel/period.ts';
import { scalars } from '#kernel/scalars.ts';

type Name = keyof typeof scalars;
const text = (value: string) => ({ kind: Kind.STRING as const, value });
/** A value as a variable and as a literal: both ways are one. */
function read(name: Name, value: string): unknown {
  const parsed = scalars[name].parseValue(value);
  expect(scalars[name].parseLiteral(text(value), {})).toEqual(parsed);
  return parsed;
}

function refused(name: Name, value: unknown): void {
  const ways = [() => scalars[name].parseValue(value), ...(typeof value === 'string' ? [() => scalars[name].parseLiteral(text(value), {})] : [])];
  for (const way of ways) {
    let thrown: unknown;
    try {
      way();
    } catch (error) {
      thrown = error;
    }
    expect(thrown, JSON.stringify(value)).toBeInstanceOf(GraphQLError);
    expect((thrown as GraphQLError).message).toMatch(new RegExp(`^${name} cannot represent `));
    expect((thrown as GraphQLError).extensions.code).toBe('VALIDATION_FAILED');
  }
}

const names = Object.keys(scalars) as Name[];

test.each(names)('%s is text and nothing else', (name) => {
  for (const value of [7, 0, true, null, undefined, {}, [], ['2026-01-01'], new Date(), 1n.toString.call]) {
    if (typeof value !== 'function') refused(name, value);
  }
  const { INT, FLOAT, BOOLEAN, NULL, ENUM } = Kind;
  for (const node of [{ kind: INT, value: '7' }, { kind: FLOAT, value: '7.5' }, { kind: BOOLEAN, value: true }, { kind: NULL }, { kind: ENUM, value: 'EUR' }])
    expect(() => scalars[name].parseLiteral(node as never, {})).toThrow(GraphQLError);
});

describe('Date', () => {
  test('takes each day of the calendar and gives it back', () => {
    const days = fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true }).map(dateOf);
    fc.assert(fc.property(days, (day) => void expect(scalars.Date.serialize(read('Date', day))).toBe(day)));
  });
  test.each([
    '0000-01-01',
    '2026-00-10',
    '2026-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-1-01',
    '+2026-01-01',
    '-0001-01-01',
    '10000-01-01',
    '2026-01-01 ',
    'x',
  ])('refuses %j', (value) => refused('Date', value));
  test.each(['2000-02-29', '2024-02-29', '0001-01-01', '9999-12-31'])('takes %s', (value) => expect(read('Date', value)).toBe(value));
});

describe('DateTime', () => {
  test('takes an instant of any zone and gives it in UTC, to the millisecond', () => {
    const instants = fc.date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true });
    const zones = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(instants, zones, (instant, minutes) => {
        const size = Math.abs(minutes);
        const zone = `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
        const local = new Date(instant.getTime() + minutes * 60_000).toISOString().replace('Z', zone);
        expect(scalars.DateTime.serialize(read('DateTime', local))).toBe(instant.toISOString());
      }),
    );
  });
  test.each([
    '2026-03-02',
    '2026-03-02T09:00',
    '2026-03-02T09:00:00',
    '2026-03-02 09:00:00Z',
    '2026-03-02T25:00:00Z',
    '2026-13-02T09:00:00Z',
    'Tnow',
    '1772442000000',
  ])('refuses %j: it names no instant', (value) => refused('DateTime', value));
  test.each(['2026-03-02t09:00:00.120z', '2026-03-02T10:00:00.120+01:00'])('takes %s, as its specification does', (value) =>
    expect(scalars.DateTime.serialize(read('DateTime', value))).toBe('2026-03-02T09:00:00.120Z'),
  );
  test.each(['2026-02-30T09:00:00.000Z', '2026-03-02T24:00:00.000Z', '2026-03-02T09:00:00.000-00:00'])('refuses %s, as its specification does', (value) =>
    refused('DateTime', value),
  );
  test('gives what the database gives, as text or as an instant, alike', () => {
    const expected = '2026-03-02T09:00:00.120Z';
    for (const value of [new Date(expected), expected, '2026-03-02 09:00:00.12+00', '2026-03-02T10:00:00.12+01:00'])
      expect(scalars.DateTime.serialize(value)).toBe(expected);
  });
});

describe('Decimal', () => {
  test('keeps every digit that it is given', () => {
    const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,30})(\.\d{1,12})?$/);
    fc.assert(fc.property(digits, (value) => void expect(scalars.Decimal.serialize(read('Decimal', value))).toBe(value)));
  });
  test.each(['1,5', '1.', '.5', '1e5', '+1', ' 1', '1 ', '٣', 'Infinity', 'NaN', '0x10', '--1', '', '-'])('refuses %j', (value) => refused('Decimal', value));
});

describe('Duration', () => {
  test('is one value however it is spelled, and each of them comes back', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map(durationOfSeconds), (text) => read('Duration', text) === text));
    for (const text of ['PT90M', 'PT5400S', 'PT1H1800S', 'PT1H30M']) expect(read('Duration', text)).toBe('PT1H30M');
  });
  test.each(['P1D', 'P1W', 'PT1.5H', '1:30', '1.5', 'PT', ''])('refuses %j', (value) => refused('Duration', value));
});

describe('Cursor', () => {
  test('is any text of up to 1024 characters: what it means, its list says', () => {
    expect(read('Cursor', 'x'.repeat(1024))).toHaveLength(1024);
    expect(read('Cursor', '')).toBe('');
    refused('Cursor', 'x'.repeat(1025));
  });
});
