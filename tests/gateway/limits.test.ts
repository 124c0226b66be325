import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { checkLimits, defaultLimits, parseWithin } from '#gateway/limits.ts';

const nested = (depth: number) => `{ ${'a { '.repeat(depth - 1)}b${' }'.repeat(depth - 1)} }`;
const many = (count: number, each: (index: number) => string) => Array.from({ length: count }, (_, index) => each(index)).join(' ');
const limits = { ...defaultLimits, depth: 5, aliases: 3, directives: 3, rootFields: 4, fields: 20 };
const check = (text: string) => checkLimits(parse(text), limits);

describe('an operation', () => {
  test('that is small passes with its size', () => {
    expect(check('{ a: b { c @skip(if: false) ... on X { d } } }')).toEqual({
      depth: 2,
      aliases: 1,
      directives: 1,
      rootFields: 1,
      fields: 3,
      introspects: false,
    });
  });

  test.each([
    ['levels of nesting', nested(5), nested(6)],
    ['aliases', '{ a { b: c d: e f: g } }', '{ a { b: c d: e f: g h: i } }'],
    ['directives', '{ a @x @x @x }', 'query @x { a @x @x @x }'],
    ['root fields', '{ a b c d }', 'mutation { a b c d e }'],
    ['fields', `{ a { ${many(19, (n) => `f${n}`)} } }`, `{ a { ${many(20, (n) => `f${n}`)} } }`],
  ])('may not have too many %s', (words, enough, tooMuch) => {
    expect(() => check(enough)).not.toThrow();
    expect(() => check(tooMuch)).toThrow(words);
    expect(() => check(tooMuch)).toThrow(expect.objectContaining({ code: 'COST_LIMIT' }));
  });

  test('cannot hide behind fragments', () => {
    expect(() => check(`{ a { ...F } } fragment F on X { b { c { d { e { f } } } } }`)).toThrow('levels');
    expect(() => check(`{ ...F } fragment F on Query { a b c d e }`)).toThrow('root fields');
    const doubling = many(30, (n) => `fragment F${n} on X { ...F${n + 1} ...F${n + 1} }`);
    expect(() => check(`{ a { ...F0 } } ${doubling} fragment F30 on X { b }`)).toThrow('fields');
  });

  test('with a cycle of fragments ends here; validation refuses it', () => {
    expect(() => check('{ a { ...F } } fragment F on X { b ...G } fragment G on X { ...F }')).not.toThrow();
  });

  test('that asks for the schema is known as such, behind a fragment too', () => {
    expect(check('{ ...F } fragment F on Query { __type(name: "X") { name } }').introspects).toBe(true);
    expect(check('{ s: __schema { queryType { name } } }').introspects).toBe(true);
    expect(check('{ a { __typename } }').introspects).toBe(false);
  });
});

describe('a text', () => {
  test('has so many tokens at most, and is nothing when it does not parse', () => {
    expect(() => parseWithin(`{ ${many(9, (n) => `f${n}`)} }`, 10)).toThrow('tokens');
    expect(parseWithin('{ a', 10)).toBeUndefined();
    expect(parseWithin('{ a }', 10)?.definitions).toHaveLength(1);
  });
});
