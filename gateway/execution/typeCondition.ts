import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';
import { own, type Row } from './row.ts';

/** Whether what is of one type meets the condition of another, both by name: it is that type, or one of those that it stands for. */
export function meets(schema: GraphQLSchema, name: string, condition: string): boolean {
  if (name === condition) return true;
  const [type, wanted] = [schema.getType(name), schema.getType(condition)];
  return isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type);
}

/** The same of a thing, by its __typename; undefined when it has none. */
export function isOfType(schema: GraphQLSchema, row: Row, condition: string): boolean | undefined {
  const name = own(row, '__typename');
  return typeof name === 'string' && name !== '' ? meets(schema, name, condition) : undefined;
}

/** The same of several types, one of which is enough. */
export function isOfTypes(schema: GraphQLSchema, row: Row, conditions: readonly string[]): boolean | undefined {
  const verdicts = conditions.map((condition) => isOfType(schema, row, condition));
  return verdicts.includes(true) || (verdicts.includes(undefined) ? undefined : false);
}
