import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { readLogCursor, sealFor, writeLogCursor } from '#kernel/logCursor.ts';

const seal = '00112233445566778899aabbccddeeff';
const positions = fc.bigInt({ min: 0n, max: 10n ** 17n });

describe('a cursor of the log', () => {
  test.each([
    ['open', undefined],
    ['closed', seal],
  ] as const)('that is %s survives a round trip, and nothing else is one', (_, own) => {
    fc.assert(fc.property(positions, (position) => readLogCursor(writeLogCursor(position, own), own) === position));
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(own !== undefined || !/^log:\d+$/.test(Buffer.from(text, 'base64url').toString('utf8')));
        expect(() => readLogCursor(text, own)).toThrow(Refused);
      }),
    );
  });

  test('that is closed is opened by nobody else, and made by nobody else', () => {
    fc.assert(
      fc.property(positions, fc.uint8Array({ minLength: 16, maxLength: 16 }), (position, bytes) => {
        expect(() => readLogCursor(writeLogCursor(position), seal)).toThrow(Refused);
        expect(() => readLogCursor(writeLogCursor(position, seal))).toThrow(Refused);
        expect(() => readLogCursor(writeLogCursor(position, seal), `ff${seal.slice(2)}`)).toThrow(Refused);
        expect(() => readLogCursor(Buffer.from(bytes).toString('base64url'), seal)).toThrow(Refused);
      }),
    );
  });

  test('is none of changes, and the other way round, open or closed', () => {
    fc.assert(
      fc.property(positions, fc.constantFrom(undefined, seal), (position, own) => {
        expect(readLogCursor(writeLogCursor(position, own, 'change'), own, 'change')).toBe(position);
        expect(() => readLogCursor(writeLogCursor(position, own), own, 'change')).toThrow(/no cursor of changes/);
        expect(() => readLogCursor(writeLogCursor(position, own, 'change'), own)).toThrow(/no cursor of the log/);
      }),
    );
  });

  test('that is closed tells equal places from others, and nothing more', () => {
    const closed = Array.from({ length: 1_000 }, (_, place) => writeLogCursor(BigInt(place), seal));
    expect(closed).toEqual(Array.from({ length: 1_000 }, (_, place) => writeLogCursor(BigInt(place), seal)));
    expect(new Set(closed).size).toBe(1_000);
    expect(new Set(closed.map((each) => each.length))).toEqual(new Set([22]));
    expect(closed.toSorted()).not.toEqual(closed);
  });
});

test.each([
  ['a client', { kind: 'CLIENT_PORTAL', customerIds: ['c'] }, seal],
  ['a partner', { kind: 'PARTNER', customerIds: ['c'] }, seal],
  ['somebody of the firm', { kind: 'STAFF' }, undefined],
  ['a system of the firm', { kind: 'INTEGRATION' }, undefined],
] as const)('the cursors of %s', (_, own, expected) => {
  expect(sealFor({ id: 'x', permissions: [], ...own } as Actor, seal)).toBe(expected);
});
