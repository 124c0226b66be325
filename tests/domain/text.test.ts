import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keptText, textFault } from '#kernel/text.ts';

const line = { least: 1, most: 10, lines: false };
const lines = { ...line, lines: true };
const family = '👨\u200d👩\u200d👧\u200d👦';

describe('a text as it is kept', () => {
  test('is the same however it was composed and spaced, and stays so', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[ \t\n\u00a0]{0,3}$/), (text, space) => {
        const kept = keptText(text);
        for (const form of ['NFC', 'NFD'] as const) expect(keptText(`${space}${text.normalize(form)}${space}`)).toBe(kept);
        expect(keptText(kept)).toBe(kept);
      }),
    );
  });
});

describe('what is wrong with a text', () => {
  test.each([
    ['a word', 'Northwind', line],
    ['a word of another script', 'नमस्ते', line],
    ['ten characters, of two code units each', '😀'.repeat(10), line],
    ['a family, which is one', family, line],
    ['an override of the way of writing', 'a\u202eb', line],
    ['a joiner that cannot be seen, among what can', 'a\u200bb', line],
    ['nothing, where nothing is needed', '', { ...line, least: 0 }],
    ['lines, where there may be some', 'a\tb\r\nc', lines],
  ])('%s: nothing', (_, text, rule) => expect(textFault(text, rule)).toBeUndefined());

  test.each([
    ['nothing, where something is needed', '', line, 'must have 1 to 10 characters'],
    ['one character too many', 'x'.repeat(11), line, 'must have 1 to 10 characters'],
    ['one too many where none is needed', 'x'.repeat(1001), { least: 0, most: 1000, lines: true }, 'must have at most 1,000 characters'],
    ['one of two code units too many', '😀'.repeat(11), line, 'must have 1 to 10 characters'],
    ['a letter under a heap of marks', `a${'\u0327'.repeat(30)}`, line, 'must have at most 40 bytes'],
    ['families that take too much room', family.repeat(2), line, 'must have at most 40 bytes'],
    ['half a character', 'a\udc00', line, 'holds half a character. Send whole ones, as UTF-8'],
    ['two lines', 'a\nb', line, 'must be one line'],
    ['two lines of another kind', 'a\u2029b', line, 'must be one line'],
    ['a tab in a line', 'a\tb', line, 'must not hold control characters'],
    ['what nobody sees', '\u200b\u2060', line, 'must have a character that can be seen'],
    ['what looks like nothing', '\u3164\u2800', lines, 'must have a character that can be seen'],
  ])('%s', (_, text, rule, fault) => expect(textFault(text, rule)).toBe(fault));

  test('every control character, but line breaks and tabs where there may be lines', () => {
    const controls = [...Array(32).keys(), ...Array.from({ length: 33 }, (_, code) => 127 + code)].map((code) => String.fromCharCode(code));
    const taken = (rule: typeof line) => controls.filter((each) => textFault(`a${each}b`, rule) === undefined);
    expect(taken(line)).toEqual([]);
    expect(taken(lines)).toEqual(['\t', '\n', '\r']);
  });

  test('never is the number of code units: what people count counts', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'é', '😀', '漢'), { maxLength: 15 }), (characters) => {
        expect(textFault(characters.join(''), line) === undefined).toBe(characters.length >= 1 && characters.length <= 10);
      }),
    );
  });
});
