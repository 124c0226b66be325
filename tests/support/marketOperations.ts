import { type GraphQLField, type GraphQLSchema, getNamedType, isInterfaceType, isLeafType, isObjectType, isUnionType, parse, validate } from 'graphql';
import { documentRules } from '#gateway/incremental/rules.ts';
import { type Choices, choices } from './seeds.ts';

export type Generated = { text: string; variables: Record<string, unknown> };

/** Names that clients give: some are those of keys and of other fields. */
const aliases = ['id', 'name', 'code', 'sku', 'price', 'maker', '__a', 'constructor', 'toString', 'x', 'y'];

type Writing = { schema: GraphQLSchema; random: Choices; left: number; fragments: string[]; defers: number };

/** An operation of a seed that the schema takes: fragments, aliases also of keys, directives with and without variables, in queries and mutations; of a hundred fragments `defers` are deferred. */
export function marketOperation(schema: GraphQLSchema, seed: number, { defers = 0 } = {}): Generated {
  for (let attempt = 0; ; attempt += 1) {
    const writing: Writing = { schema, random: choices(seed * 1_009 + attempt), left: 30, fragments: [], defers };
    const mutates = chance(writing, 0.15);
    const type = mutates ? schema.getMutationType() : schema.getQueryType();
    const body = selection(writing, type?.name ?? '', 6);
    const text = `${mutates ? 'mutation' : 'query'} G($yes: Boolean!, $no: Boolean = false, $first: Int) ${body}\n${writing.fragments.join('\n')}`;
    const invalid = validate(schema, parse(text), documentRules).filter(({ message }) => !message.includes('is never used'));
    if (invalid.length === 0) return { text, variables: { yes: chance(writing, 0.7), ...(chance(writing, 0.5) ? { first: 1 } : {}) } };
  }
}

const chance = ({ random }: Writing, of: number): boolean => random.next() < of;

function directive(writing: Writing): string {
  if (!chance(writing, 0.12)) return '';
  return ` ${writing.random.one(['@include(if: $yes)', '@skip(if: $no)', '@skip(if: $yes)', '@include(if: true)', '@skip(if: true)', '@include(if: $yes) @skip(if: $no)'])}`;
}

function deferring(writing: Writing): string {
  if (writing.defers === 0 || !chance(writing, writing.defers / 100)) return '';
  return writing.random.one([' @defer', ' @defer', ' @defer(if: $yes)', ' @defer(if: false)', ` @defer(label: "l${writing.random.below(1_000_000)}")`]) ?? '';
}

function selection(writing: Writing, name: string, depth: number): string {
  const type = writing.schema.getType(name);
  const parts: string[] = [];
  const wanted = 1 + writing.random.below(4);
  for (let count = 0; count < wanted; count += 1) {
    if (isObjectType(type) || isInterfaceType(type)) {
      const field = writing.random.one(Object.values(type.getFields()));
      const written = field && fieldOf(writing, field, depth);
      if (written) parts.push(written);
    }
    if ((isUnionType(type) || isInterfaceType(type) || chance(writing, 0.15)) && depth > 0) parts.push(fragment(writing, name, depth));
  }
  if (parts.length === 0 || chance(writing, 0.25)) parts.push(chance(writing, 0.3) ? 'kind: __typename' : '__typename');
  return `{ ${parts.join(' ')} }`;
}

function fragment(writing: Writing, name: string, depth: number): string {
  const type = writing.schema.getType(name);
  const possible = isUnionType(type) || isInterfaceType(type) ? writing.schema.getPossibleTypes(type).map((each) => each.name) : [name];
  const on = writing.random.one([...possible, name]);
  const body = selection(writing, on, depth - 1);
  if (chance(writing, 0.6)) return `... on ${on}${directive(writing)}${deferring(writing)} ${body}`;
  const called = `F${writing.fragments.length}_${depth}`;
  writing.fragments.push(`fragment ${called} on ${on} ${body}`);
  return `...${called}${directive(writing)}${deferring(writing)}`;
}

function fieldOf(writing: Writing, field: GraphQLField<unknown, unknown>, depth: number): string | undefined {
  const type = getNamedType(field.type);
  const alias = chance(writing, 0.2) ? `${writing.random.one(aliases)}: ` : '';
  const given = field.args.flatMap(({ name }) => {
    if (name === 'id') return [`id: "${writing.random.below(4)}"`];
    return chance(writing, 0.5) ? [`${name}: ${writing.random.one(['1', '$first', '3'])}`] : [];
  });
  const head = `${alias}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${directive(writing)}`;
  if (isLeafType(type)) return head;
  if (depth === 0 || writing.left <= 0) return undefined;
  writing.left -= 1;
  return `${head} ${selection(writing, type.name, depth - 1)}`;
}
