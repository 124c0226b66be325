import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
} from 'graphql';
import { newId } from '#kernel/ids.ts';
import { leastInput } from './leastInput.ts';

type Declared = GraphQLArgument | GraphQLInputField;

/** A text on its way into a field: the argument, and the input fields down to it. */
export type TextInput = { field: GraphQLField<unknown, unknown>; way: readonly Declared[]; declared: Declared; name: string };

/** Every way by which a text comes in at the root fields of a type. */
export function textInputs(schema: GraphQLSchema, root: 'Query' | 'Mutation'): TextInput[] {
  const type = root === 'Query' ? schema.getQueryType() : schema.getMutationType();
  const fields = Object.values(type?.getFields() ?? {}).filter(({ name }) => !name.startsWith('_'));
  return fields.flatMap((field) =>
    field.args.flatMap((argument) =>
      waysTo([argument]).map((way) => ({ field, way, declared: way.at(-1) as Declared, name: `${field.name} ${way.map(({ name }) => name).join('.')}` })),
    ),
  );
}

function waysTo(way: readonly Declared[]): (readonly Declared[])[] {
  const type = getNamedType((way.at(-1) as Declared).type);
  if (type.name === 'String') return [way];
  if (!isInputObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((each) => (way.includes(each) ? [] : waysTo([...way, each])));
}

/** The least value of the argument with this text in its place. */
function filledWith(way: readonly Declared[], text: string, id: string = newId()): unknown {
  const [first, ...rest] = way;
  if (!first) return text;
  const inner = rest.length === 0 ? text : { ...least(first, id), [rest[0]?.name ?? '']: filledWith(rest, text, id) };
  return isListed(first) ? [inner] : inner;
}

function least({ type }: Declared, id: string): object {
  return leastInput(getNamedType(type) as Declared['type'], { id: () => id, text: 'DE' }) as object;
}

/** A call of the field with this text in its place: the arguments that it cannot do without, as variables. */
export function callWith({ field, way }: TextInput, text: string): { variables: Record<string, unknown>; declared: string; given: string } {
  const used = field.args.filter((each) => each === way[0] || isRequiredArgument(each));
  const least = { id: () => newId(), text: 'DE' };
  return {
    variables: Object.fromEntries(used.map((each) => [each.name, each === way[0] ? filledWith(way, text) : leastInput(each.type, least)])),
    declared: used.map((each) => `$${each.name}: ${each.type}`).join(', '),
    given: used.map((each) => `${each.name}: $${each.name}`).join(', '),
  };
}

/** The path that a refusal names: the fields of the input, or of the item of a bulk call. */
export function pathOf(way: readonly Declared[]): string {
  const names = way.map(({ name }) => name);
  const from = names[0] !== 'input' ? 0 : names[1] === 'items' ? 2 : 1;
  return names.slice(from).join('.');
}

export const isBulk = (way: readonly Declared[]): boolean => way[1]?.name === 'items';

function isListed({ type }: Declared): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
