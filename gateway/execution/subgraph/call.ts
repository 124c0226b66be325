import { type FieldNode, type GraphQLField, type GraphQLResolveInfo, getArgumentValues, Kind, visit } from 'graphql';
import type { Call, Field, Running } from './running.ts';

/** The arguments of a field that are the same for every request; undefined where a variable, or a mistake, stands in them. */
export function constantArgs(definition: GraphQLField<unknown, unknown>, node: FieldNode): Record<string, unknown> | undefined {
  if (hasVariables(node)) return undefined;
  try {
    return getArgumentValues(definition, node);
  } catch {
    // Told where the field is called, at its place.
    return undefined;
  }
}

function hasVariables({ arguments: nodes = [] }: FieldNode): boolean {
  let found = false;
  const note = () => {
    found = true;
  };
  for (const node of nodes) visit(node, { [Kind.VARIABLE]: note });
  return found;
}

/** What a field is called with in a request, worked out once. Where its things stand in the answer is nobody's to know: one call is of all of them. */
export function callOf(running: Running, field: Field): Call {
  const before = running.calls.get(field);
  if (before) return before;
  const { definition, nodes, parent } = field;
  const [node] = nodes;
  if (!definition || !node) throw new Error('a field without a definition is called');
  const { schema, operation, fragments, variables } = running;
  const info: GraphQLResolveInfo = {
    fieldName: definition.name,
    fieldNodes: nodes,
    returnType: definition.type,
    parentType: parent,
    path: { prev: undefined, key: field.name, typename: parent.name },
    schema,
    fragments,
    rootValue: undefined,
    operation,
    variableValues: variables,
  };
  const call = { args: field.args ?? getArgumentValues(definition, node, variables), info };
  running.calls.set(field, call);
  return call;
}
