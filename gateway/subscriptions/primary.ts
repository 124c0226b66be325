import {
  type ASTNode,
  type DocumentNode,
  execute,
  type FieldNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { TransportAnswer } from '#kernel/transport.ts';
import type { Fetch } from '../planner/plan.ts';
import type { Planning } from '../planning.ts';

/** The fetch of a subscription's plan that the event itself answers. */
export type Primary = {
  service: string;
  /** The fetch's text, by which the executor's request for it is recognised. */
  text: string;
  document: DocumentNode;
  schema: GraphQLSchema;
  field: string;
  key: string;
  operationName: string | undefined;
  /** Names of the variables that it takes. */
  used: readonly string[];
  /** Set when more is asked than the event holds: then its subgraph resolves the event as an entity. */
  entities: string | undefined;
};

/** Looks once, when it is planned, whether the event alone can answer the primary fetch. */
export function primaryOf(tools: Sources, { subgraph: service, text, operationName, variables: used }: Fetch): Primary {
  const document = parse(text);
  const { schema, entityTypes } = subgraphOf(tools, service);
  const [root] = rootFields(document);
  if (!root) throw new Error('a subscription was planned without a field');
  const key = root.alias?.value ?? root.name.value;
  // What a subgraph of the firm's own tells is whole.
  const isEvent = !tools.planning.foreign.has(service);
  const entities = isEvent && asksForEntities(document, schema, entityTypes) ? entitiesText(document, root, schema) : undefined;
  return { service, text, operationName, used, document, schema, field: root.name.value, key, entities };
}

/** What a subgraph knows: the supergraph's schema serves, since a fetch asks for nothing else; and its entities that are no events. */
export type EventSubgraph = { schema: GraphQLSchema; entityTypes: ReadonlySet<string> };
type Sources = { planning: Planning; subgraphs: Map<string, EventSubgraph> };

/** Each state of the graph looks once. */
function subgraphOf({ planning, subgraphs }: Sources, name: string): EventSubgraph {
  const before = subgraphs.get(name);
  if (before) return before;
  const { supergraphSchema: schema, joins } = planning;
  const events = eventTypes(schema);
  const found = { schema, entityTypes: new Set([...joins.keyed(name)].filter((type) => !events.has(type))) };
  subgraphs.set(name, found);
  return found;
}

function eventTypes(schema: GraphQLSchema): ReadonlySet<string> {
  const found = new Set<string>();
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const type = getNamedType(field.type);
    if (isObjectType(type)) found.add(type.name);
    if (isAbstractType(type)) for (const each of schema.getPossibleTypes(type)) found.add(each.name);
  }
  return found;
}

function rootFields(document: DocumentNode): FieldNode[] {
  return document.definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION ? each.selectionSet.selections.filter((one) => one.kind === Kind.FIELD) : [],
  );
}

/** An event knows the ids of entities; anything more of an entity of the same subgraph is not in it. */
function asksForEntities(document: DocumentNode, schema: GraphQLSchema, entityTypes: ReadonlySet<string>): boolean {
  let asks = false;
  const info = new TypeInfo(schema);
  const enter = (node: ASTNode) => {
    const parent = info.getParentType();
    if (node.kind === Kind.FIELD && parent && entityTypes.has(parent.name) && node.name.value !== 'id' && node.name.value !== '__typename') asks = true;
  };
  visit(document, visitWithTypeInfo(info, { enter }));
  return asks;
}

/** The same selection, asked of the event as an entity that is handed in whole. */
function entitiesText(document: DocumentNode, root: FieldNode, schema: GraphQLSchema): string {
  const type = getNamedType(schema.getSubscriptionType()?.getFields()[root.name.value]?.type);
  const selections = root.selectionSet ? print(root.selectionSet) : '{ __typename }';
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const [operation] = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const used = variablesIn([...(root.selectionSet ? [root.selectionSet] : []), ...fragments]);
  const variables = operation?.variableDefinitions?.filter((each) => used.has(each.variable.name.value)).map(print) ?? [];
  return `query (${['$representations: [_Any!]!', ...variables].join(', ')}) { _entities(representations: $representations) { ... on ${type?.name} ${selections} } } ${fragments.map(print).join(' ')}`;
}

/** The names of the variables that these parts of a document use. */
export function variablesIn(nodes: readonly ASTNode[]): Set<string> {
  const used = new Set<string>();
  const enter = (node: ASTNode) => {
    if (node.kind === Kind.VARIABLE) used.add(node.name.value);
  };
  for (const node of nodes) visit(node, { enter });
  return used;
}

/** Answers the primary fetch from the event alone. */
export function answerFromEvent(primary: Primary, event: Record<string, unknown>, variables: Record<string, unknown> | undefined): TransportAnswer {
  const result = execute({
    schema: primary.schema,
    document: primary.document,
    rootValue: { [primary.field]: event },
    ...(variables ? { variableValues: variables } : {}),
  });
  if (result instanceof Promise) throw new Error('an event is never read in the background');
  return { data: result.data ?? null, ...(result.errors ? { errors: result.errors.map((error) => error.toJSON()) } : {}) };
}

/** An answer about the event as an entity, put where the subscription's field stands. */
export function asSubscription(primary: Primary, answer: TransportAnswer): TransportAnswer {
  const entities = answer.data?._entities;
  const event: unknown = Array.isArray(entities) ? entities[0] : null;
  const errors = answer.errors?.map((error): GraphQLFormattedError => ({ ...error, path: [primary.key, ...(error.path ?? []).slice(2)] }));
  return { data: event ? { [primary.key]: event } : null, ...(errors ? { errors } : {}) };
}
