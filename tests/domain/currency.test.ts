import { GraphQLError, Kind } from 'graphql';
import { describe, expect, test } from 'vitest';
import { isCurrency, minorDigits } from '#kernel/currency.ts';
import { readMoney, showMoney } from '#kernel/money.ts';
import { scalars } from '#kernel/scalars.ts';

const listed = Intl.supportedValuesOf('currency');
const asWritten = (code: string) => new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits;

describe('a currency code', () => {
  test.each(['USD', 'EUR', 'JPY', 'KWD', 'CHF', 'XCG', 'SLE', 'ZWG', 'VES', 'CLF', 'UYW', 'COU', 'XDR'])('%s is in use', (code) => {
    expect(isCurrency(code)).toBe(true);
    expect(scalars.CurrencyCode.parseValue(code)).toBe(code);
    expect(scalars.CurrencyCode.parseLiteral({ kind: Kind.STRING, value: code }, {})).toBe(code);
  });

  test.each(['HRK', 'BGN', 'SLL', 'CUC', 'ANG', 'ZWL', 'DEM', 'FRF', 'VEF', 'MRO'])('%s was withdrawn', (code) => {
    expect(isCurrency(code)).toBe(false);
    expect(() => scalars.CurrencyCode.parseValue(code)).toThrow(GraphQLError);
  });

  test.each(['ABC', 'usd', 'US', 'USDX', '', ' USD', 'XXX', 'XTS', 'Usd', '840', 'constructor', null, 840, ['USD']])('%j is none', (code) => {
    const refusal = (() => {
      try {
        return scalars.CurrencyCode.parseValue(code);
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toBeInstanceOf(GraphQLError);
    expect((refusal as GraphQLError).message).toContain('An ISO 4217 code in use today');
    expect((refusal as GraphQLError).extensions.code).toBe('VALIDATION_FAILED');
  });

  test('that was stored before is still shown, whatever became of it', () => {
    expect(scalars.CurrencyCode.serialize('HRK')).toBe('HRK');
    expect(showMoney({ minor: 1_250n, currency: 'HRK' })).toEqual({ amount: '12.50', currency: 'HRK' });
  });
});

describe('the digits of a currency', () => {
  test.each([
    ['JPY', 0],
    ['KRW', 0],
    ['UYI', 0],
    ['USD', 2],
    ['HUF', 2],
    ['COP', 2],
    ['BHD', 3],
    ['IQD', 3],
    ['CLF', 4],
    ['UYW', 4],
  ])('of %s are %i', (code, digits) => expect(minorDigits(code)).toBe(digits));

  // When Node's data change, somebody has to look whether ISO 4217 changed or only the way prices are written.
  test('differ from how Intl writes prices for these alone', () => {
    const different = listed.filter((code) => isCurrency(code) && asWritten(code) !== minorDigits(code));
    expect(different.join(' ')).toBe('AFN ALL COP HUF IDR IQD IRR KPW LAK LBP MGA MMK PKR SOS SYP YER');
  });

  test('bound what is read, and are all shown', () => {
    expect(readMoney({ amount: '1.2345', currency: 'CLF' }, 'rate')).toEqual({ minor: 12_345n, currency: 'CLF' });
    expect(showMoney({ minor: 12_345n, currency: 'CLF' })).toEqual({ amount: '1.2345', currency: 'CLF' });
    expect(() => readMoney({ amount: '1.23456', currency: 'CLF' }, 'rate')).toThrow('at most 4 fraction digits');
    expect(() => readMoney({ amount: '1.5', currency: 'JPY' }, 'rate')).toThrow('at most 0 fraction digits');
  });
});

test('Intl lists what we say that it lists wrongly, and lacks what we add', () => {
  for (const code of ['HRK', 'CUC', 'ANG', 'SLL', 'ZWL', 'BGN']) expect(listed, code).toContain(code);
  for (const code of ['BOV', 'CHE', 'CHW', 'CLF', 'COU', 'MXV', 'USN', 'UYI', 'UYW', 'VED']) expect(listed, code).not.toContain(code);
  expect(listed.filter(isCurrency)).toHaveLength(listed.length - 6);
});
