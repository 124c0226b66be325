import { buildSchema, type DocumentNode, GraphQLSchema, parse, print } from 'graphql';
import { describe, expect, test } from 'vitest';
import { compose } from '#gateway/composition/compose.ts';
import { contractDocument } from '#gateway/contractSchema.ts';
import { contractFields, contractNames, createContracts } from '#gateway/contracts.ts';
import { loadSupergraph } from '#gateway/planning.ts';
import type { Actor, ActorKind } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { contractSchemas } from '../../generate/contracts.ts';
import { composeSupergraph } from '../../generate/supergraph.ts';
import { attempt } from '../support/grid.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag", "@shareable", "@inaccessible"])\n';
const supergraphOf = (...sdls: string[]) => composeSupergraph(sdls.map((sdl, index) => ({ name: `s${index}`, sdl: `${link}${sdl}` })));
const shownOf = (supergraphSdl: string, contract: (typeof contractNames)[number] = 'portal') =>
  [...contractFields(loadSupergraph(supergraphSdl).supergraphSchema, contract)].sort();

const root = 'type Query { thing: Thing @tag(name: "portal") @tag(name: "partner") }';

describe('a field is shown', () => {
  test.each([
    ['with its type', 'type Thing @tag(name: "portal") { a: Int b: Int }', ['Thing.a', 'Thing.b']],
    ['by a tag of its own', 'type Thing { a: Int @tag(name: "portal") b: Int }', ['Thing.a']],
    [
      'with its type also when its own tags add another contract',
      'type Thing @tag(name: "portal") { a: Int @tag(name: "psa") b: Int }',
      ['Thing.a', 'Thing.b'],
    ],
    ['unless an excluding tag stands at it', 'type Thing @tag(name: "portal") { a: Int b: Int @tag(name: "firm") }', ['Thing.a']],
    ['unless an excluding tag stands at its type', 'type Thing @tag(name: "firm") { a: Int @tag(name: "portal") }', []],
    ['never by the tag of another contract', 'type Thing @tag(name: "psa") { a: Int b: Int @tag(name: "analytics") }', []],
    ['never without any tag', 'type Thing { a: Int }', []],
    ['in an excluded kind of another contract', 'type Thing @tag(name: "portal") { a: Int b: Int @tag(name: "billing") }', ['Thing.a', 'Thing.b']],
    [
      'unless it leads to a type of which nothing is shown',
      'type Thing @tag(name: "portal") { a: Int below: Below } type Below @tag(name: "psa") { a: Int }',
      ['Thing.a'],
    ],
    [
      'unless it leads to such a type over others',
      'type Thing @tag(name: "portal") { a: Int below: Below } type Below @tag(name: "portal") { last: Last } type Last { a: Int }',
      ['Thing.a'],
    ],
    [
      'where types lead to each other in a circle',
      'type Thing @tag(name: "portal") { other: Other } type Other @tag(name: "portal") { thing: Thing a: Int }',
      ['Other.a', 'Other.thing', 'Thing.other'],
    ],
    ['only when something leads to it', 'type Thing @tag(name: "portal") { a: Int } type Alone @tag(name: "portal") { a: Int }', ['Thing.a']],
    [
      'of every type behind an interface',
      `type Thing @tag(name: "portal") { named: Named }
       interface Named @tag(name: "portal") { name: String }
       type Cat implements Named @tag(name: "portal") { name: String lives: Int }
       type Dog implements Named @tag(name: "portal") { name: String chip: String @tag(name: "firm") }`,
      ['Cat.lives', 'Cat.name', 'Dog.name', 'Named.name', 'Thing.named'],
    ],
    [
      'of the members of a union that is tagged',
      'type Thing @tag(name: "portal") { any: Any } union Any @tag(name: "portal") = Cat | Dog type Cat @tag(name: "portal") { lives: Int } type Dog { chip: Int }',
      ['Cat.lives', 'Thing.any'],
    ],
    [
      'never over a union that is not tagged',
      'type Thing @tag(name: "portal") { a: Int any: Any } union Any = Cat type Cat @tag(name: "portal") { lives: Int }',
      ['Thing.a'],
    ],
    [
      'never over a union whose members show nothing',
      'type Thing @tag(name: "portal") { a: Int any: Any } union Any @tag(name: "portal") = Cat type Cat { lives: Int }',
      ['Thing.a'],
    ],
  ])('%s', (_, sdl, expected) => {
    const leads = expected.length > 0 ? ['Query.thing'] : [];
    expect(shownOf(supergraphOf(`${root} ${sdl}`))).toEqual([...expected, ...leads].sort());
  });

  test('by the tags that any subgraph gives it', () => {
    const first = `${root} type Thing @key(fields: "id") @tag(name: "portal") { id: ID! }`;
    const second = 'type Thing @key(fields: "id") { id: ID! price: Int note: String @tag(name: "confidential") }';
    expect(shownOf(supergraphOf(first, second))).toEqual(['Query.thing', 'Thing.id', 'Thing.price']);
  });

  test('to each contract by its own tags alone', () => {
    const sdl = supergraphOf(
      `type Query { thing: Thing ${contractNames.map((name) => `@tag(name: "${name}")`).join(' ')} }
       type Thing @tag(name: "portal") @tag(name: "partner") @tag(name: "psa") @tag(name: "analytics")
       { open: Int terms: Int @tag(name: "billing") secret: Int @tag(name: "confidential") own: Int @tag(name: "firm") }`,
    );
    const shown = Object.fromEntries(contractNames.map((name) => [name, shownOf(sdl, name).filter((each) => each.startsWith('Thing'))]));
    expect(shown).toEqual({
      portal: ['Thing.open', 'Thing.terms'],
      partner: ['Thing.open'],
      psa: ['Thing.open', 'Thing.own', 'Thing.secret', 'Thing.terms'],
      analytics: ['Thing.open', 'Thing.own', 'Thing.terms'],
    });
  });
});

describe('what a subgraph of the firm’s own adds', () => {
  const ours = 'type Query { thing: Thing @tag(name: "portal") } type Thing @key(fields: "id") @tag(name: "portal") { id: ID! a: Int }';
  const shownWith = (theirs: string) => {
    const sdl = supergraphOf(ours, theirs);
    return [...contractFields(loadSupergraph(sdl).supergraphSchema, 'portal', new Set(['s1']))].sort();
  };

  test.each([
    ['to a type of ours is not shown by that type’s tag', 'type Thing @key(fields: "id") { id: ID! score: Int }', []],
    ['is shown by its own', 'type Thing @key(fields: "id") { id: ID! score: Int @tag(name: "portal") }', ['Thing.score']],
    ['is not shown where its own tags exclude it', 'type Thing @key(fields: "id") { id: ID! score: Int @tag(name: "portal") @tag(name: "firm") }', []],
    [
      'of its own types is shown by their tags',
      'type Thing @key(fields: "id") { id: ID! score: Score @tag(name: "portal") } type Score @tag(name: "portal") { value: Int }',
      ['Score.value', 'Thing.score'],
    ],
  ])('%s', (_, theirs, more) => {
    expect(shownWith(theirs)).toEqual([...more, 'Query.thing', 'Thing.a', 'Thing.id'].sort());
  });

  test.each([
    ['a type', 'type Thing @key(fields: "id") @tag(name: "portal") { id: ID! b: Int }', 'Thing'],
    ['a field', 'extend type Thing @key(fields: "id") { id: ID! @federation__tag(name: "portal") b: Int }', 'Thing.id'],
  ])('says nothing of whom %s of ours is shown to', (_, theirs, place) => {
    const sdl = (text: string) => `${link}${text}`;
    expect(
      compose([
        { name: 's0', sdl: sdl(ours) },
        { name: 's1', sdl: sdl(theirs), isForeign: true },
      ]),
    ).toEqual({
      errors: [`[s1] ${place} is Accord's own: whom it is shown to is not said here. Tag the fields that you add.`],
    });
  });

  test('nor under another name', () => {
    const renamed = link.replace('"@tag"', '{ name: "@tag", as: "@mark" }');
    const theirs = `${renamed} type Thing @key(fields: "id") @mark(name: "portal") { id: ID! b: Int }`;
    expect(
      compose([
        { name: 's0', sdl: `${link}${ours}` },
        { name: 's1', sdl: theirs, isForeign: true },
      ]),
    ).toMatchObject({ errors: [expect.any(String)] });
  });
});

describe('the door', () => {
  const actor = (kind: ActorKind): Actor => ({ id: kind, kind, permissions: ['*'], customerIds: [] });
  const verdict = (demand: (actor: Actor, document: DocumentNode) => void, kind: ActorKind, asked: string | DocumentNode) =>
    attempt(() => {
      demand(actor(kind), typeof asked === 'string' ? parse(asked) : asked);
      return 'none';
    });
  const sdl = supergraphOf(`${root} type Thing { a: Int @tag(name: "portal") b: Int @tag(name: "partner") c: Int } type Mutation { change(a: Int): Int }`);
  const untagged = supergraphOf('type Query { thing: Thing } type Thing { a: Int }');

  test.each<[ActorKind, string, string]>([
    ['CLIENT_PORTAL', '{ thing { a __typename } __typename }', 'none'],
    ['CLIENT_PORTAL', '{ thing { a b } }', 'FORBIDDEN'],
    ['CLIENT_PORTAL', '{ thing { a ...F } } fragment F on Thing { x: c }', 'FORBIDDEN'],
    ['CLIENT_PORTAL', 'fragment unused on Thing { c } { thing { a } }', 'FORBIDDEN'],
    ['CLIENT_PORTAL', 'mutation { change(a: 1) }', 'FORBIDDEN'],
    ['CLIENT_PORTAL', '{ thing { a @skip(if: true) ... on Thing @include(if: false) { c } } }', 'FORBIDDEN'],
    ['CLIENT_PORTAL', '{ thing { nonsense } }', 'none'],
    ['PARTNER', '{ thing { b } }', 'none'],
    ['PARTNER', '{ thing { a } }', 'FORBIDDEN'],
    ['STAFF', '{ thing { a b c } }', 'none'],
    ['INTEGRATION', 'mutation { change(a: 1) }', 'none'],
  ])('answers %s asking %s with %s', (kind, text, expected) => {
    const planning = loadSupergraph(sdl);
    const demand = createContracts({ planning: () => planning }).demand;
    const document = parse(text);
    for (const _ of [1, 2]) expect(verdict(demand, kind, document)).toBe(expected);
  });

  test.each<ActorKind>(['CLIENT_PORTAL', 'PARTNER'])('shows %s nothing of a graph without a tag', (kind) => {
    const planning = loadSupergraph(untagged);
    const demand = createContracts({ planning: () => planning }).demand;
    expect(() => demand(actor(kind), parse('{ thing { a } }'))).toThrow(
      new Refused('FORBIDDEN', `Query.thing is not in the ${kind === 'PARTNER' ? 'partner' : 'portal'} contract.`),
    );
    expect(verdict(demand, kind, '{ __typename }')).toBe('none');
    expect(verdict(demand, 'STAFF', '{ thing { a } }')).toBe('none');
  });

  test('reads the tags anew when the graph is another one, and forgets its verdicts', () => {
    let planning = loadSupergraph(untagged);
    const demand = createContracts({ planning: () => planning }).demand;
    const document = parse('{ thing { a } }');
    const ask = () => verdict(demand, 'CLIENT_PORTAL', document);
    expect(ask()).toBe('FORBIDDEN');
    planning = loadSupergraph(sdl);
    expect(ask()).toBe('none');
    planning = loadSupergraph(untagged);
    expect(ask()).toBe('FORBIDDEN');
  });

  test('judges a document anew for each contract', () => {
    const planning = loadSupergraph(sdl);
    const demand = createContracts({ planning: () => planning }).demand;
    const document = parse('{ thing { b } }');
    for (const _ of [1, 2]) expect([verdict(demand, 'CLIENT_PORTAL', document), verdict(demand, 'PARTNER', document)]).toEqual(['FORBIDDEN', 'none']);
  });
});

describe('the schema of a contract', () => {
  const whole = parse(`
    type Query { thing(filter: ThingFilter, at: Date): Thing cats: [Cat!]! }
    "a thing" type Thing { "its a" a: Int kind: Kind hidden: Secret }
    type Cat implements Named { name: String lives: Int }
    interface Named { name: String }
    input ThingFilter { kinds: [Kind!] below: Below }
    input Below { date: Date }
    input Unused { a: Int }
    enum Kind { ONE TWO }
    enum Lost { ONE }
    scalar Date
    scalar Alone
    type Secret { a: Int }
    directive @own on FIELD_DEFINITION`);

  test('keeps the fields that are shown and the inputs, enums and scalars that they need', () => {
    const text = print(contractDocument(whole, new Set(['Query.thing', 'Thing.a', 'Thing.kind'])));
    const schema = buildSchema(text);
    expect(schema).toBeInstanceOf(GraphQLSchema);
    expect(Object.keys(schema.getTypeMap()).filter((name) => !/^(__|String|Boolean|Int|Float|ID)/.test(name))).toEqual(
      expect.arrayContaining(['Query', 'Thing', 'ThingFilter', 'Below', 'Kind', 'Date']),
    );
    expect(text).not.toMatch(/Secret|Cat|Named|Unused|Lost|Alone|@own/);
  });

  test('says of a type only the interfaces that it shows', () => {
    expect(print(contractDocument(whole, new Set(['Query.cats', 'Cat.lives'])))).toContain('type Cat {');
    expect(print(contractDocument(whole, new Set(['Query.cats', 'Cat.lives', 'Cat.name', 'Named.name'])))).toContain('type Cat implements Named {');
  });

  test('is written for each contract, and holds what the door shows', () => {
    const sdl = supergraphOf(
      `type Query { thing: Thing ${contractNames.map((name) => `@tag(name: "${name}")`).join(' ')} }
       type Thing { ${contractNames.map((name) => `of_${name}: Int @tag(name: "${name}")`).join(' ')} hidden: Int @inaccessible }`,
    );
    const inParts =
      'directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT\n\ndirective @stream(if: Boolean! = true, label: String, initialCount: Int! = 0) on FIELD\n';
    for (const { path, content } of contractSchemas(sdl)) {
      const name = path.replace(/.*\/|\.graphql/g, '');
      expect(content).toBe(`${content.split('\n')[0]}\n\ntype Query {\n  thing: Thing\n}\n\ntype Thing {\n  of_${name}: Int\n}\n\n${inParts}`);
    }
  });
});
