import { operationFromDocument, type Schema } from '@apollo/federation-internals';
import { buildOperationContext } from '@apollo/gateway';
import type { QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  print,
  validate,
} from 'graphql';
import { Refused } from '#kernel/errors.ts';
import type { Planning } from '../graph.ts';
import { type EventSubgraph, type Primary, primaryOf, variablesIn } from './primary.ts';

/** A subscription that is checked and planned: what one event needs, whoever asks for it. */
export type Prepared = {
  /** The operation without its cursor: what subscribers with the same question share. */
  text: string;
  operationName: string | undefined;
  operation: OperationDefinitionNode;
  field: GraphQLField<unknown, unknown>;
  fieldNode: FieldNode;
  /** The event types that the field gives; undefined where its `types` argument says. */
  types: readonly string[] | undefined;
  /** Variables that only the cursor needed. */
  dropped: ReadonlySet<string>;
  primary: Primary;
  plan: QueryPlan;
  context: ReturnType<typeof buildOperationContext>;
  supergraphSchema: GraphQLSchema;
  apiSchema: Schema;
};

export type Asked = { document: DocumentNode; operation: OperationDefinitionNode };

/** Plans a subscription on one state of the graph; refuses what does not fit its schema. */
export function prepare(tools: Tools, asked: Asked): Prepared {
  const { planning } = tools;
  const [invalid] = validate(planning.apiSchema, asked.document);
  if (invalid) throw new Refused('VALIDATION_FAILED', invalid.message.replace(/ Did you mean [^?]*\?/g, ''));
  const { operation } = asked;
  const fieldNode = rootField(operation);
  const field = planning.apiSchema.getSubscriptionType()?.getFields()[fieldNode.name.value];
  if (!field) throw new Refused('VALIDATION_FAILED', `There is no subscription ${fieldNode.name.value}.`);
  const stripped = withoutCursor(asked, fieldNode);
  const operationName = operation.name?.value;
  const apiSchema = planning.supergraph.apiSchema();
  const planned = planning.planner.buildQueryPlan(
    operationFromDocument(apiSchema, stripped.document, { ...(operationName ? { operationName } : {}), validate: false }),
  );
  if (planned.node?.kind !== 'Subscription') throw new Error('a subscription was planned as something else');
  const { primary, rest } = planned.node;
  const type = getNamedType(field.type);
  return {
    text: print(stripped.document),
    operationName,
    operation: stripped.operation,
    field,
    fieldNode,
    types: isAbstractType(type) ? undefined : [type.name],
    dropped: stripped.dropped,
    primary: primaryOf(tools, primary),
    plan: { kind: 'QueryPlan', node: rest ? { kind: 'Sequence', nodes: [primary, rest] } : primary },
    context: buildOperationContext({ schema: planning.apiSchema, operationDocument: stripped.document, ...(operationName ? { operationName } : {}) }),
    supergraphSchema: tools.supergraphSchema,
    apiSchema,
  };
}

/** One state of the graph with what is slow to take out of it. */
export type Tools = { planning: Planning; supergraphSchema: GraphQLSchema; subgraphs: Map<string, EventSubgraph> };

/** What planning on one state of the graph needs; made once per state. */
export function toolsOf(planning: Planning): Tools {
  return { planning, supergraphSchema: planning.supergraph.schema.toGraphQLJSSchema(), subgraphs: new Map() };
}

/** Validation has seen to it that there is one field; we need it where we can read its arguments. */
function rootField(operation: OperationDefinitionNode): FieldNode {
  const [field, ...more] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD || more.length > 0 || field.directives?.length) {
    throw new Refused('VALIDATION_FAILED', 'Put exactly one field, without directives, right into the subscription.');
  }
  return field;
}

/** Subscribers at different places of the log ask the same question once `after` is taken out of it. */
function withoutCursor({ document, operation }: Asked, fieldNode: FieldNode): Asked & { dropped: ReadonlySet<string> } {
  const field: FieldNode = { ...fieldNode, arguments: fieldNode.arguments?.filter((argument) => argument.name.value !== 'after') ?? [] };
  const selectionSet = { ...operation.selectionSet, selections: [field] };
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const used = variablesIn([selectionSet, ...fragments]);
  const variableDefinitions = operation.variableDefinitions?.filter((each) => used.has(each.variable.name.value)) ?? [];
  const dropped = new Set(operation.variableDefinitions?.map((each) => each.variable.name.value).filter((name) => !used.has(name)));
  const stripped: OperationDefinitionNode = { ...operation, selectionSet, variableDefinitions };
  return { document: { kind: Kind.DOCUMENT, definitions: [stripped, ...fragments] }, operation: stripped, dropped };
}
