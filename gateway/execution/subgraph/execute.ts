import {
  type DocumentNode,
  type ExecutionResult,
  execute as executeByLibrary,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { isTooLarge, tooLarge } from '../amount.ts';
import { wayOf } from '../conditions.ts';
import type { Row } from '../row.ts';
import { type Shape, shapeOf } from '../shape.ts';
import { completeField, fieldsOf } from './field.ts';
import type { Running } from './running.ts';
import { failNow, type Spot, whole } from './spot.ts';

export type Asked = { variables?: Readonly<Record<string, unknown>> | undefined; operationName?: string | undefined; context: unknown };

/** A document that can be executed again and again. */
export type Executable = { execute(asked: Asked): Promise<ExecutionResult> };

/** Operations of one document, and ways that its conditions go, that are remembered. */
const remembered = 16;

type Operation = { operation: OperationDefinitionNode; shape: Shape; isSchemas: boolean };

/**
 * Executes operations of a document on a schema as graphql-js does, but what is the same for every request is worked out once: which fields a type
 * has, their resolvers and constant arguments, how their values are written. Nothing is awaited that is there already.
 */
export function executable(schema: GraphQLSchema, document: DocumentNode): Executable {
  const parts = document.definitions.filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION);
  const fragments = Object.fromEntries(parts.map((each) => [each.name.value, each]));
  const operations = new Map<string, Operation>();
  const operationFor = (operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): Operation => {
    const key = `${operation.name?.value ?? ''} ${wayOf(document, variables)}`;
    const before = operations.get(key);
    if (before) return before;
    const shape = shapeOf({ schema, fragments, variables }, [operation.selectionSet.selections]);
    const type = schema.getRootType(operation.operation);
    const made = { operation, shape, isSchemas: !type || shape.fieldsOf(type).some(({ field }) => field === '__schema' || field === '__type') };
    if (operations.size < remembered) operations.set(key, made);
    return made;
  };
  return {
    execute: async ({ variables: given = {}, operationName, context }) => {
      const found = getOperationAST(document, operationName);
      const { coerced, errors } = found ? getVariableValues(schema, found.variableDefinitions ?? [], given) : {};
      if (errors) return { errors };
      const operation = found && coerced && operationFor(found, coerced);
      // What is asked of the schema itself, and what cannot be asked at all, is the library's.
      if (!operation || operation.isSchemas) return executeByLibrary({ schema, document, operationName, variableValues: given, contextValue: context });
      const running: Running = {
        schema,
        ...operation,
        fragments,
        variables: coerced,
        context,
        errors: [],
        things: 0,
        calls: new Map(),
        awaited: 0,
        whenWhole: undefined,
      };
      const data = await carryOut(running, operation.shape);
      if (isTooLarge(running)) return { errors: [inWords(tooLarge)], data: null };
      return running.errors.length > 0 ? { errors: running.errors, data } : { data };
    },
  };
}

function inWords(refused: Error): GraphQLError {
  return new GraphQLError(refused.message, { originalError: refused });
}

/** Mutations go one after the other; all else at once. */
async function carryOut(running: Running, shape: Shape): Promise<Row | null> {
  const { schema, operation } = running;
  const type = schema.getRootType(operation.operation);
  if (!type) throw new Error(`the schema has no ${operation.operation}`);
  const answer: { data: Row | null } = { data: {} };
  const spot: Spot = { holder: answer, key: 'data', around: undefined, nullable: true, gone: false };
  const isSerial = operation.operation === 'mutation';
  for (const field of fieldsOf(shape, type)) {
    if (!answer.data) break;
    try {
      completeField(running, field, { thing: answer.data, source: undefined, spot });
    } catch (error) {
      failNow(running, { nodes: field.nodes, spot }, error);
    }
    if (isSerial) await whole(running);
  }
  await whole(running);
  return answer.data;
}
