import { type GraphQLField, type GraphQLObjectType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Subgraph } from '#kernel/subgraph.ts';
import { schemaOf } from '../../roles/openSubgraph.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { subgraphNames } from '../support/contract.ts';

type Field = GraphQLField<unknown, unknown>;

async function typesOf(subgraph: Subgraph): Promise<GraphQLObjectType[]> {
  const schema = await schemaOf(subgraph);
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !type.name.startsWith('_'));
}

/** No row knows the answer: a field of a root, or one that takes arguments. What begins with an underscore is the executor's own. */
const needsResolver = (type: GraphQLObjectType, field: Field): boolean =>
  !field.name.startsWith('_') && (['Query', 'Mutation', 'Subscription'].includes(type.name) || field.args.length > 0);

/** Other subgraphs name it by its id, and it has fields that a row answers. */
const needsRow = (type: GraphQLObjectType): boolean =>
  type.astNode?.directives?.some((each) => each.name.value === 'key') === true &&
  Object.values(type.getFields()).some((field) => field.name !== 'id' && !field.resolve);

test('the five domains are all there', () => expect(subgraphs.map(({ name }) => name)).toEqual(subgraphNames));

// What is not resolved is null without a word: graphql-js looks for a property of that name, and finds none.
describe.each(subgraphs)('$name', (subgraph) => {
  test('resolves every field that no row answers', async () => {
    const silent = (await typesOf(subgraph)).flatMap((type) => {
      const fields = Object.values(type.getFields()).filter((field) => needsResolver(type, field) && !field.resolve);
      return fields.map((field) => `${type.name}.${field.name}`);
    });
    expect(silent).toEqual([]);
  });

  test('finds every entity of its own by reference', async () => {
    const lost = (await typesOf(subgraph)).filter((type) => needsRow(type) && !Object.hasOwn(subgraph.resolvers[type.name] ?? {}, '__resolveReference'));
    expect(lost.map((type) => type.name)).toEqual([]);
  });
});
