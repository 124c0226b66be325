import { type GraphQLField, type GraphQLInputType, type GraphQLSchema, isInputObjectType, isListType, isNonNullType, isObjectType } from 'graphql';
import { isId } from './ids.ts';

/** Gives every field its arguments as the database keeps them: one id is one id, however its letters are written. */
export function keepArguments(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) && !type.name.startsWith('_')) for (const field of Object.values(type.getFields())) keep(field);
  return schema;
}

function keep(field: GraphQLField<unknown, unknown>): void {
  const { resolve, args } = field;
  if (!resolve || args.length === 0) return;
  const types = Object.fromEntries(args.map((each) => [each.name, each]));
  field.resolve = (source, given, ...rest) => resolve(source, kept(types, given), ...rest);
}

type Types = Readonly<Record<string, { type: GraphQLInputType }>>;

function kept(types: Types, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, keptValue(types[name]?.type, value, name)]));
}

function keptValue(type: GraphQLInputType | undefined, value: unknown, name: string): unknown {
  if (!type || value === null || value === undefined) return value;
  if (isNonNullType(type)) return keptValue(type.ofType, value, name);
  if (isListType(type)) return (value as unknown[]).map((each) => keptValue(type.ofType, each, name));
  if (isInputObjectType(type)) return kept(type.getFields(), value as Record<string, unknown>);
  return typeof value === 'string' ? keptText(type.name, value, name) : value;
}

/** PostgreSQL has ids in lower case and no halves of characters. A key of a call is the caller's own, whatever it looks like. */
function keptText(type: string, text: string, name: string): string {
  const whole = text.toWellFormed();
  return type === 'ID' && name !== 'idempotencyKey' && isId(whole) ? whole.toLowerCase() : whole;
}
