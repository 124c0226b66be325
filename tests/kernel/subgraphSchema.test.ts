import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, isUnionType, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { readSdl } from '#kernel/sdl.ts';
import { subgraphDocument } from '#kernel/subgraph.ts';
import { referenceOf, subgraphSchema } from '#kernel/subgraphSchema.ts';
import { subgraphs } from '../../roles/subgraphs.ts';

const folder = new URL('../../schema/', import.meta.url);
const documentOf = async (name: string) => subgraphDocument(await readSdl(folder, 'kernel'), await readSdl(folder, name));

/** All that execution asks of a schema, by coordinate; what describes it to a composer is left out. */
function coordinates(schema: GraphQLSchema): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, type] of Object.entries(schema.getTypeMap())) {
    if (/^(__|_Service$|_Any$|federation__|link__|join__)/.test(name)) continue;
    if (isObjectType(type) || isInterfaceType(type)) {
      found[name] = type
        .getInterfaces()
        .map((each) => each.name)
        .join();
      for (const field of Object.values(type.getFields())) {
        if (field.name === '_service') continue;
        const args = field.args.map((each) => `${each.name}: ${each.type} = ${JSON.stringify(each.defaultValue)}`);
        found[`${name}.${field.name}`] = `(${args}) ${field.type} ${field.resolve ? 'resolved' : ''}`;
      }
    } else if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) found[`${name}.${field.name}`] = `${field.type} = ${JSON.stringify(field.defaultValue)}`;
    } else if (isEnumType(type))
      found[name] = type
        .getValues()
        .map((each) => `${each.name} ${each.value}`)
        .join();
    else if (isUnionType(type))
      found[name] = type
        .getTypes()
        .map((each) => each.name)
        .sort()
        .join();
    else found[name] = type.constructor.name;
  }
  return found;
}

describe('the schema of a subgraph', () => {
  test.each(subgraphs)('is for $name what Apollo makes of the same SDL and resolvers', async ({ name, resolvers }) => {
    const document = await documentOf(name);
    const ours = coordinates(subgraphSchema(document, resolvers));
    const theirs = coordinates(buildSubgraphSchema({ typeDefs: document, resolvers: resolvers as never }));
    // Ours says how entities are asked for, and its executor answers; theirs has a resolver for it.
    expect(Object.keys(ours).length).toBeGreaterThan(100);
    const plain = (found: Record<string, string>) =>
      Object.fromEntries(Object.entries(found).map(([key, value]) => [key, key === 'Query._entities' ? value.replace(' resolved', ' ') : value]));
    expect(plain(ours)).toEqual(plain(theirs));
  });

  test('takes a type that it extends only for its own, and entities by their reference', () => {
    const schema = subgraphSchema(
      parse(
        `extend schema @link(url: "x") extend type Query { a: Thing } extend type Thing @key(fields: "id") { id: ID! } extend type Thing { b: Int } type Other @key(fields: "id") { id: ID! }`,
      ),
      { Query: { a: () => ({ id: 1 }) }, Thing: { __resolveReference: (it: unknown) => it } },
    );
    expect(coordinates(schema)).toMatchObject({ 'Thing.id': '() ID! ', 'Thing.b': '() Int ', 'Query.a': '() Thing resolved', _Entity: 'Other,Thing' });
    const [thing, other] = [schema.getType('Thing'), schema.getType('Other')];
    expect(thing && referenceOf(thing)?.(7, undefined, undefined)).toBe(7);
    expect(other && referenceOf(other)).toBeUndefined();
  });

  test('has no way to entities where it has none', () => {
    expect(coordinates(subgraphSchema(parse('type Query { a: Int }'), {}))).toEqual({
      Query: '',
      'Query.a': '() Int ',
      Int: 'GraphQLScalarType',
      String: 'GraphQLScalarType',
      Boolean: 'GraphQLScalarType',
    });
  });
});
