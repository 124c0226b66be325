import { graphql, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { subgraphSchema } from '#kernel/subgraphSchema.ts';

const sdl = parse(`
  type Query { one(id: ID!, name: String): String other: String below: Below }
  type Below { one(id: ID!): String }
  type Mutation { change(input: ChangeInput!, ids: [ID]): String }
  input ChangeInput { id: ID! idempotencyKey: ID externalId: String nested: [ChangeInput!] count: Int blank: ID }
`);

/** What the resolver of a field is given. */
async function given(text: string, variableValues: Record<string, unknown> = {}): Promise<unknown> {
  const show = (_: unknown, args: unknown) => JSON.stringify(args);
  const schema = subgraphSchema(sdl, { Query: { one: show, other: show, below: () => ({}) }, Below: { one: show }, Mutation: { change: show } });
  const { data, errors } = await graphql({ schema, source: text, variableValues });
  if (errors) throw errors[0];
  const [shown] = Object.values(data ?? {});
  return JSON.parse(typeof shown === 'string' ? shown : Object(shown).one);
}

const id = newId();
const loud = id.toUpperCase();

describe('an argument of a field', () => {
  test.each<[string, string, unknown]>([
    ['an id in capitals is the id', `{ one(id: "${loud}") }`, { id }],
    ['an id that is none stays as it is', '{ one(id: "CUST-7") }', { id: 'CUST-7' }],
    ['a text that looks like an id is a text', `{ one(id: "1", name: "${loud}") }`, { id: '1', name: loud }],
    ['no argument is none', '{ other }', {}],
    ['below the root too', `{ below { one(id: "${loud}") } }`, { id }],
    ['an absent one stays absent, a null null', `mutation { change(input: { id: "${loud}", blank: null }) }`, { input: { id, blank: null } }],
    ['a number stays a number', `mutation { change(input: { id: "1", count: 7 }) }`, { input: { id: '1', count: 7 } }],
    ['in lists, with their nulls', `mutation { change(input: { id: "1" }, ids: ["${loud}", null, "x"]) }`, { input: { id: '1' }, ids: [id, null, 'x'] }],
    [
      "deep in inputs; a key of a call and another system's id are their owners'",
      `mutation { change(input: { id: "1", nested: [{ id: "${loud}", idempotencyKey: "${loud}", externalId: "${loud}" }] }) }`,
      { input: { id: '1', nested: [{ id, idempotencyKey: loud, externalId: loud }] } },
    ],
  ])('%s', async (_, text, then) => {
    expect(await given(text)).toEqual(then);
  });

  test.each([
    ['composed', 'e\u0301', '\u00e9'],
    ['without spaces around it', '\u00a0 a b \t\n', 'a b'],
    ['otherwise as it was written', '😀\u200b\u202e"%_\\', '😀\u200b\u202e"%_\\'],
  ])('a text is kept %s', async (_, name, then) => {
    expect(await given('query ($name: String) { one(id: "1", name: $name) }', { name })).toEqual({ id: '1', name: then });
  });

  test("what is the caller's own stays decomposed: a key, an id that is none", async () => {
    const input = { id: 'e\u0301', idempotencyKey: ' e\u0301 ' };
    expect(await given('mutation ($input: ChangeInput!) { change(input: $input) }', { input })).toEqual({ input });
  });

  test('is what was given by variables as well, which stay untouched', async () => {
    const input = { id: loud, nested: [{ id: loud }] };
    const asked = JSON.stringify(input);
    expect(await given('mutation ($input: ChangeInput!) { change(input: $input) }', { input })).toEqual({ input: { id, nested: [{ id }] } });
    expect(JSON.stringify(input)).toBe(asked);
  });
});
