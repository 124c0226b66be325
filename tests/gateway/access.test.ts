import { Supergraph } from '@apollo/federation-internals';
import { parse, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meets, wanting } from '#gateway/access/holder.ts';
import { accessRulesIn, withoutRules } from '#gateway/access/rules.ts';
import { accessOf } from '#gateway/access/verdict.ts';
import { loadSupergraph } from '#gateway/planning.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { composeSupergraph } from '../../generate/supergraph.ts';
import { fixtureWorld } from '../support/fixtureGraph.ts';

const imports = '"@key", "@shareable", "@inaccessible", "@authenticated", "@requiresScopes", "@policy"';
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`;
const composed = (...sdl: string[]) => composeSupergraph(sdl.map((text, index) => ({ name: `s${index}`, sdl: `${link}\n${text}` })));
const scopes = (...all: string[]) => `@requiresScopes(scopes: [[${all.map((each) => `"${each}"`).join(', ')}]])`;
const somebody = (...permissions: string[]): Actor => ({ id: 'somebody', kind: 'STAFF', permissions });

const shop = composed(`
  type Query { open: Int @authenticated secret: Int ${scopes('a:read')} thing: Thing things: [Thing!] node: Node anything: Any }
  type Mutation { change: Thing ${scopes('a:write')} look: Thing }
  interface Node { id: ID! }
  union Any = Thing | Vault
  type Thing implements Node @key(fields: "id") { id: ID! cost: Int ${scopes('cost:read')} money: Money vault: Vault either: Int @requiresScopes(scopes: [["a:read", "b:read"], ["c:read"]]) }
  type Vault implements Node @policy(policies: [["whole-firm"]]) { id: ID! gold: Int ${scopes('gold:read')} }
  scalar Money ${scopes('money:read')}`);

describe('the rules of a supergraph', () => {
  const rules = accessRulesIn(parse(shop));
  test('are those of its fields; a type’s are its fields’ and those of all that lead to it', () => {
    const whole = { scopes: [], policies: [['whole-firm']] };
    expect(Object.fromEntries(rules.fields)).toEqual({
      'Query.secret': { scopes: [['a:read']], policies: [] },
      'Mutation.change': { scopes: [['a:write']], policies: [] },
      'Thing.cost': { scopes: [['cost:read']], policies: [] },
      'Thing.money': { scopes: [['money:read']], policies: [] },
      'Thing.either': { scopes: [['a:read', 'b:read'], ['c:read']], policies: [] },
      'Thing.vault': whole,
      'Vault.id': whole,
      'Vault.gold': { scopes: [['gold:read']], policies: [['whole-firm']] },
    });
    expect([...rules.types.keys()].sort()).toEqual(['Money', 'Vault']);
  });

  test('are combined where two hold, each with each', () => {
    const both = composed(
      `type Query { a: Secret @requiresScopes(scopes: [["a"], ["b"]]) } type Secret @requiresScopes(scopes: [["c"], ["a", "d"]]) { b: Int }`,
    );
    expect(accessRulesIn(parse(both)).fields.get('Query.a')?.scopes).toEqual([
      ['a', 'c'],
      ['a', 'd'],
      ['b', 'c'],
      ['b', 'a', 'd'],
    ]);
  });

  test('are taken out of what planners load, and nothing else is', () => {
    expect(() => Supergraph.build(shop)).toThrow('unsupported');
    const bare = print(withoutRules(parse(shop)));
    expect(bare).not.toMatch(/requiresScopes|authenticated|policy/);
    expect(() => Supergraph.build(bare)).not.toThrow();
    const other = composed('type Query { a: Int hidden: Int @inaccessible }');
    expect(print(withoutRules(parse(other)))).toBe(print(parse(other)));
  });

  test('under another name are refused: nobody would keep them', () => {
    const renamed = shop.replace('url: "https://specs.apollo.dev/requiresScopes/v0.1"', 'url: "https://specs.apollo.dev/requiresScopes/v0.1", as: "needs"');
    expect(() => accessRulesIn(parse(renamed))).toThrow('calls https://specs.apollo.dev/requiresScopes/v0.1 by the name needs');
  });
});

describe('whoever meets a rule', () => {
  const either = { scopes: [['a:read', 'b:read'], ['c:read']], policies: [] };
  test.each<[readonly string[], boolean]>([
    [['a:read'], false],
    [['a:read', 'b:read'], true],
    [['c:*'], true],
    [['*'], true],
    [[], false],
  ])('holding %j: %s', (permissions, isMet) => {
    expect(meets(somebody(...permissions), either)).toBe(isMet);
  });

  test('is told what is missing', () => {
    expect(wanting(somebody('a:read'), either)).toBe('This needs the permission b:read, or c:read, which somebody does not hold.');
    expect(wanting({ ...somebody('*'), customerIds: [newId()] }, { scopes: [['a:read']], policies: [['whole-firm']] })).toBe(
      'It is the whole firm’s; this token sees a part of it.',
    );
  });

  test('meets none of a policy that nobody knows', () => {
    const unknown = { scopes: [], policies: [['moon-phase']] };
    expect(meets(somebody('*'), unknown)).toBe(false);
    expect(wanting(somebody('*'), unknown)).toContain('moon-phase');
  });
});

describe('what of a document somebody may not have', () => {
  const { apiSchema } = loadSupergraph(shop);
  const access = accessOf(accessRulesIn(parse(shop)), apiSchema);
  const left = (text: string, ...permissions: string[]) => {
    const denied = access.denied(parse(text), somebody(...permissions));
    return denied && print(denied.document).replace(/\s+/g, ' ').trim();
  };

  test.each<[string, string, string[], string | undefined]>([
    ['nothing, where nothing is asked for', '{ open thing { id } }', [], undefined],
    ['nothing, for who holds it', '{ secret }', ['a:read'], undefined],
    ['a field', '{ open secret }', [], '{ open }'],
    [
      'a field under fragments',
      '{ ...Q } fragment Q on Query { thing { ... on Thing { id cost } } }',
      [],
      '{ ...Q } fragment Q on Query { thing { ... on Thing { id } } }',
    ],
    ['all that there is', '{ secret thing { cost } }', [], '{ thing { __typename } }'],
    ['what leads to a type that is guarded', '{ thing { id money vault { id } } }', [], '{ thing { id vault { id } } }'],
    ['of an interface, what one of its types guards', '{ node { id ... on Vault { gold } } }', [], '{ node { id ... on Vault { __typename } } }'],
  ])('%s', (_, text, permissions, expected) => {
    expect(left(text, ...permissions)).toBe(expected);
  });

  test('is looked for once, and the same for all who lack the same', () => {
    const document = parse('{ secret thing { cost either } }');
    const one = access.denied(document, somebody());
    expect(access.denied(document, { ...somebody(), id: 'other' })).toBe(one);
    expect(access.denied(document, somebody('cost:read'))).not.toBe(one);
    expect(access.denied(document, somebody('cost:read', 'a:read', 'c:read'))).toBeUndefined();
  });
});

describe('at the door', () => {
  let world: Awaited<ReturnType<typeof fixtureWorld>>;
  beforeAll(async () => {
    world = await fixtureWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const consultant = { role: 'consultant' };
  const message = (permission: string) => `This needs the permission ${permission}, which dev-consultant does not hold.`;
  const forbidden = (path: (string | number)[], permission: string) => expect.objectContaining({ message: message(permission), path });
  const appended = async (): Promise<string[]> => (await world.ask('mutation { append(input: { text: "." }) }')).data.append;

  test('a field that is not theirs is null with the reason at each of its places, and the rest is answered', async () => {
    const { data, errors } = await world.ask('{ vault authorCount books(first: 2) { title price } }', {}, consultant);
    expect(data).toEqual({
      vault: null,
      authorCount: 2,
      books: [
        { title: 'Book 1', price: null },
        { title: 'Book 2', price: null },
      ],
    });
    expect(errors).toEqual([
      forbidden(['vault'], 'cost:read'),
      forbidden(['books', 0, 'price'], 'rate:read, or cost:read'),
      forbidden(['books', 1, 'price'], 'rate:read, or cost:read'),
    ]);
    expect(errors[0].extensions).toMatchObject({ code: 'FORBIDDEN', retryable: false });
  });

  test('null goes up to where it may be', async () => {
    const { data, errors } = await world.ask('{ authorCount book(id: "1") { title margin } }', {}, consultant);
    expect(data).toEqual({ authorCount: 2, book: null });
    expect(errors).toEqual([forbidden(['book', 'margin'], 'cost:read')]);
  });

  test('a subgraph is not asked for what nobody will be shown', async () => {
    const before = world.seen.representations.length;
    await world.ask('{ books(first: 1) { patron { name } } }', {}, consultant);
    expect(world.seen.representations.length).toBe(before);
    expect((await world.ask('{ books(first: 1) { patron { name } } }')).data).toEqual({ books: [{ patron: { name: 'Author 9' } }] });
  });

  test('what is left out by its condition is not missed', async () => {
    const query = 'query ($all: Boolean!) { authorCount vault @include(if: $all) }';
    expect(await world.ask(query, { all: false }, consultant)).toEqual({ data: { authorCount: 2 } });
    expect((await world.ask(query, { all: true }, consultant)).errors).toEqual([forbidden(['vault'], 'cost:read')]);
  });

  test('what is the whole firm’s is not for who sees a part of it', async () => {
    const { data, errors } = await world.ask('{ ledger }', {}, { role: 'finance', customerIds: [newId()] });
    expect([data, errors[0].message]).toEqual([{ ledger: null }, 'It is the whole firm’s; this token sees a part of it.']);
    expect((await world.ask('{ ledger }', {}, { role: 'finance' })).data).toEqual({ ledger: 'all of it' });
  });

  test.each([
    ['alone', 'mutation { seal(input: { text: "no" }) }', {}],
    ['beside one that is theirs', 'mutation { append(input: { text: "no" }) seal(input: { text: "no" }) }', {}],
    ['in a fragment', 'mutation { ...S } fragment S on Mutation { ... { other: seal(input: { text: "no" }) } }', {}],
    ['by its name among several', 'query Q { authorCount } mutation S { seal(input: { text: "no" }) }', { operationName: 'S' }],
    ['in a request that Apollo Server answers', 'mutation ($text: String!) { seal(input: { text: $text }) }', {}],
    ['that leaves open which operation', 'mutation A { append(input: { text: "no" }) } mutation S { seal(input: { text: "no" }) }', { operationName: 7 }],
  ])('a mutation that is not theirs runs not at all: %s', async (_, query, more) => {
    const response = await world.post({ query, ...more }, {}, consultant);
    expect([response.status, await world.json(response)]).toEqual([
      200,
      { errors: [expect.objectContaining({ message: `seal: ${message('journal:post')}`, extensions: expect.objectContaining({ code: 'FORBIDDEN' }) })] },
    ]);
    expect(await appended()).not.toContain('no');
  });

  test('the status says so where the media type lets it', async () => {
    const response = await world.post({ query: 'mutation { seal(input: { text: "no" }) }' }, { accept: 'application/graphql-response+json' }, consultant);
    expect(response.status).toBe(403);
  });

  test('one that is theirs runs, beside an operation of the same document that is not', async () => {
    const query = 'mutation A { append(input: { text: "mine" }) } mutation S { seal(input: { text: "no" }) }';
    expect(await world.json(await world.post({ query, operationName: 'A' }, {}, consultant))).toMatchObject({
      data: { append: expect.arrayContaining(['mine']) },
    });
  });
});
