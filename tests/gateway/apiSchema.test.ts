import { Supergraph } from '@apollo/federation-internals';
import { extendSchema, Kind, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { withoutRules } from '#gateway/access/rules.ts';
import { apiSchemaOf } from '#gateway/apiSchema.ts';
import { withIncremental } from '#gateway/incremental/directives.ts';
import { composeSupergraph } from '../../generate/supergraph.ts';
import { readSupergraph } from '../../roles/supergraph.ts';
import { fixtureSupergraph } from '../support/fixtureGraph.ts';
import { market } from '../support/market.ts';

const theirs = (sdl: string) =>
  extendSchema(
    Supergraph.build(withoutRules(parse(sdl)))
      .apiSchema()
      .toGraphQLJSSchema(),
    { kind: Kind.DOCUMENT, definitions: withIncremental([]) },
  );
const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag", "@inaccessible"])';
const composed = (sdl: string) => composeSupergraph([{ name: 'a', sdl: `${link}\n${sdl}` }]);

describe('what clients see of a supergraph', () => {
  test.each<[string, () => string | Promise<string>]>([
    ['our own', async () => (await readSupergraph()).supergraphSdl],
    ['the market', () => market.supergraphSdl],
    ['the fixture', fixtureSupergraph],
    [
      'deprecations, defaults and scalars with a page',
      () =>
        composed(
          'scalar S @specifiedBy(url: "https://x.y") enum E { A B @deprecated(reason: "old") } input I { s: S = "1" e: [E!] = [A] } type Query { "of it" a(i: I = { e: B }): E @deprecated @tag(name: "x") }',
        ),
    ],
  ])('is what federation makes of it: %s', async (_, read) => {
    const sdl = await read();
    const ours = apiSchemaOf(withoutRules(parse(sdl, { noLocation: true })));
    expect(ours && printSchema(lexicographicSortSchema(ours))).toBe(printSchema(lexicographicSortSchema(theirs(sdl))));
    expect(
      ours
        ?.getDirectives()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(
      theirs(sdl)
        .getDirectives()
        .map(({ name }) => name)
        .sort(),
    );
  });

  test('is left to federation where something is hidden, or said under another name', () => {
    expect(apiSchemaOf(parse(composed('type Query { a: Int hidden: Int @inaccessible }')))).toBeUndefined();
    const renamed = composed('type Query { a: Int }').replace(
      '@link(url: "https://specs.apollo.dev/join',
      '@link(as: "j", url: "https://specs.apollo.dev/join',
    );
    expect(apiSchemaOf(parse(renamed))).toBeUndefined();
  });
});
