import { type GraphQLObjectType, getNamedType, isLeafType, isObjectType, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { prepare, toolsOf } from '#gateway/subscriptions/prepare.ts';
import { answerFromEvent } from '#gateway/subscriptions/primary.ts';
import { subgraphNames } from '../../generate/names.ts';
import { supergraphOf } from '../support/schemas.ts';

const planning = await supergraphOf(subgraphNames);
const tools = toolsOf(planning);
const fields = Object.values(planning.apiSchema.getSubscriptionType()?.getFields() ?? {});

const leaves = (type: GraphQLObjectType, without: string[] = []) =>
  Object.values(type.getFields())
    .filter((field) => isLeafType(getNamedType(field.type)) && field.args.length === 0 && !without.includes(field.name))
    .map((field) => field.name);

/** Every field of the event; of every entity behind it the id, and one field that only its owner knows. */
function everything(type: GraphQLObjectType, deep: boolean): string {
  const selections = Object.values(type.getFields()).map((field) => {
    const named = getNamedType(field.type);
    if (!isObjectType(named)) return field.name;
    if (!('id' in named.getFields()) || field.name === 'subject') return `${field.name} { ${leaves(named).join(' ')} }`;
    return `${field.name} { id ${deep ? (leaves(named, ['id'])[0] ?? '') : ''} }`;
  });
  return `{ ${selections.join(' ')} }`;
}

const prepared = (query: string) => {
  const document = parse(query);
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('no operation');
  return prepare(tools, { document, operation });
};

describe('on the whole graph', () => {
  test('there is a subscription for every event', () => {
    expect(fields.length).toBeGreaterThan(40);
  });

  test.each(fields.filter((field) => isObjectType(getNamedType(field.type))))(
    '$name is planned with all its fields, and its fact alone answers them',
    async (field) => {
      const type = getNamedType(field.type) as GraphQLObjectType;
      const flat = await prepared(`subscription { ${field.name} ${everything(type, false)} }`);
      expect(flat.planned.node?.kind).toBe('Fetch');
      expect(flat.primary.entities).toBeUndefined();
      expect(flat.types).toEqual([type.name]);
      const { data } = answerFromEvent(flat.primary, { __typename: type.name, id: 'x', type: type.name, customer: { id: 'c' } }, undefined);
      expect(data).toBeDefined();
      const deep = await prepared(`subscription { ${field.name} ${everything(type, true)} }`);
      expect(['Sequence', 'Fetch']).toContain(deep.planned.node?.kind);
    },
  );

  test('all events are planned at once by interface', async () => {
    const types = fields.map((field) => getNamedType(field.type)).filter(isObjectType);
    const own = types.map(
      (type) =>
        `... on ${type.name} { ${leaves(type)
          .map((name) => `${type.name}_${name}: ${name}`)
          .join(' ')} }`,
    );
    const query = `subscription { businessEvents { id type cursor ${own.join(' ')} customer { name } project { name } } }`;
    const plan = await prepared(query);
    expect(plan.types).toBeUndefined();
    expect(plan.planned.node?.kind).toBe('Sequence');
  });

  test('subscribers at different cursors ask the same question', async () => {
    const texts = [
      'subscription ($a: Cursor) { customerUpdated(after: $a) { id } }',
      'subscription ($b: Cursor) { customerUpdated(after: $b) { id } }',
      'subscription { customerUpdated(after: "x") { id } }',
      'subscription { customerUpdated { id } }',
    ];
    const all = await Promise.all(texts.map(prepared));
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    expect(all[1]?.dropped).toEqual(new Set(['b']));
  });
});
