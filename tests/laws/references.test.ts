import { type GraphQLInputType, type GraphQLSchema, getNamedType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import { expect, test } from 'vitest';
import { schemaOf } from '../../roles/openSubgraph.ts';
import { subgraphs } from '../../roles/subgraphs.ts';

/** Commands that look these up themselves, among the items of the same call. */
const ownWays = new Set(['upsertCustomers parent', 'upsertEmployees manager']);

const isList = (type: GraphQLInputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

/** The references in an input, as pointers are written: `rates.employee`, `lines.projects[]`. What an entity is called itself is none. */
function pointersIn(type: GraphQLInputType, path = ''): string[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => {
    if (getNamedType(field.type).name !== 'ExternalRefInput') return pointersIn(field.type, `${path}${field.name}.`);
    if (/^externalRefs?$/.test(field.name)) return [];
    return [`${path}${field.name.replace(/Ref(s?)$/, '$1')}${isList(field.type) ? '[]' : ''}`];
  });
}

const mutationsOf = (schema: GraphQLSchema) => Object.values(schema.getMutationType()?.getFields() ?? {});

// A reference that nobody looks up is taken without a word, and means nothing.
test.each(subgraphs)('every reference that a mutation of $name takes is looked up', async (subgraph) => {
  const schema = await schemaOf(subgraph);
  const declared = subgraph.resolvers.Mutation as Record<string, { refs?: Record<string, string> }>;
  for (const mutation of mutationsOf(schema)) {
    const [input] = mutation.args;
    const given = input ? pointersIn(input.type).map((each) => each.replace(/^items\./, '')) : [];
    const expected = given.filter((each) => !ownWays.has(`${mutation.name} ${each}`));
    expect([mutation.name, Object.keys(declared[mutation.name]?.refs ?? {}).sort()]).toEqual([mutation.name, expected.sort()]);
  }
});
