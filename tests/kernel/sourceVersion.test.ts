import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareVersions } from '#kernel/sourceVersion.ts';

const sign = (a: string, b: string) => Math.sign(compareVersions(a, b));

describe('versions of a source', () => {
  test.each([
    ['numbers, whatever their length', '9', '10'],
    ['numbers beyond what a float holds', '90071992547409930', '90071992547409931'],
    ['numbers with fractions', '1.10', '1.9'],
    ['negative numbers', '-3', '2'],
    ['instants', '2026-03-02T09:00:00Z', '2026-03-02T09:00:01Z'],
    ['instants of other offsets', '2026-03-02T10:00:00+02:00', '2026-03-02T09:00:00Z'],
    ['instants finer than a millisecond', '2026-03-02T09:00:00.000001Z', '2026-03-02T09:00:00.000002Z'],
    ['instants of which one is a day', '2026-03-02', '2026-03-02 00:00:01'],
    ['texts by their letters', 'rev-a', 'rev-b'],
    ['a number and a text as texts', '9', 'a'],
    ['three parts as a text: they are no number', '1.10.0', '1.9.0'],
  ])('compare %s', (_, older, newer) => {
    expect([sign(older, newer), sign(newer, older), sign(older, older)]).toEqual([-1, 1, 0]);
  });

  test.each([
    ['1', '1.00'],
    ['007', '7'],
    ['2026-03-02T09:00:00Z', '2026-03-02T10:00:00+01:00'],
    ['2026-03-02T09:00:00', '2026-03-02t09:00:00.000Z'],
    ['2026-03-02', '2026-03-02T00:00'],
    [' 7', '7 '],
  ])('%s and %s are the same', (a, b) => {
    expect([sign(a, b), sign(b, a)]).toEqual([0, 0]);
  });

  test('of one kind stand in the order of what they mean', () => {
    const digits = fc.tuple(fc.bigInt(-(10n ** 24n), 10n ** 24n), fc.integer({ min: 0, max: 6 }));
    const textOf = ([whole, zeros]: [bigint, number]) => (zeros > 0 ? `${whole}.${'0'.repeat(zeros)}` : String(whole));
    const inOrder = (a: bigint, b: bigint) => (a === b ? 0 : a < b ? -1 : 1);
    fc.assert(fc.property(digits, digits, (a, b) => sign(textOf(a), textOf(b)) === inOrder(a[0], b[0])));
    const at = fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(fc.property(at, at, (a, b) => sign(a.toISOString(), b.toISOString()) === Math.sign(a.getTime() - b.getTime())));
    const word = fc.string({ maxLength: 12 });
    fc.assert(fc.property(word, word, (a, b) => sign(a, b) + sign(b, a) === 0));
  });
});
