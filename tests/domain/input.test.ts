import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '#kernel/errors.ts';
import { checkLists, checkText, containing, given, listLimit } from '#kernel/input.ts';

describe('a text', () => {
  test('comes back trimmed, and is refused by the name of its field when it is blank or too long', () => {
    const blank = fc.stringMatching(/^[ \t\n]{0,5}$/);
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), blank, fc.integer({ min: 1, max: 20 }), (text, space, most) => {
        const trimmed = text.trim();
        const check = () => checkText('name', `${space}${text}${space}`, most);
        if (trimmed.length >= 1 && trimmed.length <= most) expect(check()).toBe(trimmed);
        else expect(check).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED', field: 'name', message: `name must have 1 to ${most} characters.` }));
      }),
    );
  });

  test.each([undefined, null, '', '   ', '\u00a0\t'])('%j is none', (text) => expect(() => checkText('code', text)).toThrow(Refused));
  test('may have 255 characters unless something else is said', () => {
    expect(checkText('name', 'x'.repeat(255))).toHaveLength(255);
    expect(() => checkText('name', 'x'.repeat(256))).toThrow('1 to 255');
  });
});

describe('what was given', () => {
  test('is all but what is absent: null clears, and nothing else is lost', () => {
    expect(given({ a: 1, b: undefined, c: null, d: '', e: 0, f: false })).toEqual({ a: 1, c: null, d: '', e: 0, f: false });
    expect(Object.keys(given({ b: undefined }))).toEqual([]);
  });
});

describe('a search text', () => {
  test.each([
    ['ace', '%ace%'],
    ['100%', '%100\\%%'],
    ['a_b', '%a\\_b%'],
    ['c:\\d', '%c:\\\\d%'],
    ['\\%_', '%\\\\\\%\\_%'],
    ['', '%%'],
  ])('%j is looked for as %j', (text, pattern) => expect(containing(text)).toBe(pattern));

  test('has no wildcard but the two ends, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '%', '_', '\\', 'é') }), (text) => {
        const pattern = containing(text);
        expect([pattern.at(0), pattern.at(-1)]).toEqual(['%', '%']);
        const inside = pattern.slice(1, -1);
        expect(inside.replace(/\\(.)/g, '$1')).toBe(text);
        expect(inside.replace(/\\./g, '')).not.toMatch(/[%_\\]/);
      }),
    );
  });
});

describe('lists of an input', () => {
  const list = (length: number) => Array.from({ length }, (_, index) => String(index));

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a word', 'x'],
    ['a full list', { ids: list(listLimit) }],
    ['two full lists', { ids: list(listLimit), not: { ids: list(listLimit) } }],
    ['a list of lists that are full', [{ ids: list(listLimit) }, { ids: list(listLimit) }]],
  ])('%s is taken', (_, input) => expect(checkLists('filter', input)).toBeUndefined());

  test.each([
    ['at the top', '', list(251), ''],
    ['in a field', 'filter', { ids: list(251) }, 'filter.ids'],
    ['without a place', '', { ids: list(251) }, 'ids'],
    ['deeper', 'filter', { customer: { not: { ids: list(300) } } }, 'filter.customer.not.ids'],
    ['inside of a list', 'items', [{ refs: list(2) }, { refs: list(251) }], 'items.refs'],
    ['behind a full one', 'filter', { a: list(250), b: list(251) }, 'filter.b'],
  ])('one too long %s is refused by its place', (_, path, input, field) => {
    expect(() => checkLists(path, input)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED', field }));
  });
});
