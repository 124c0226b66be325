import { operationFromDocument } from '@apollo/federation-internals';
import type { PlanNode } from '@apollo/query-planner';
import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, getOperationAST, Kind, type OperationDefinitionNode } from 'graphql';
import { wanting } from '../access/holder.ts';
import type { Denied } from '../access/verdict.ts';
import type { Exchange } from '../exchange.ts';
import type { Planning } from '../planning.ts';
import { complete } from './complete.ts';
import { unconditional, wayOf } from './conditions.ts';
import type { Row } from './row.ts';
import { run, type Services } from './run.ts';
import { type Shape, shapeOf } from './shape.ts';

/** An operation that is planned: all that carrying it out takes, whoever asks and with whatever variables. */
export type PlannedOperation = {
  /** Undefined where no subgraph is asked. */
  node: PlanNode | undefined;
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** What it leaves out, since whoever asks lacks what the contract asks for. */
  denied: Denied | undefined;
  /** The shape of the answer under these values of @skip and @include. */
  shape(variables: Readonly<Record<string, unknown>>): Shape;
};

/** Ways that the conditions of one operation go for which its shape is remembered. */
const remembered = 16;

type Asked = { document: DocumentNode; operationName: string | undefined; denied?: Denied | undefined };

/** An operation of a document with its plan, from wherever that is. */
export function plannedOperation({ apiSchema: schema }: Planning, { document, operationName, denied }: Asked, node: PlanNode | undefined): PlannedOperation {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('the document has no such operation');
  const parts = document.definitions.filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION);
  const fragments = Object.fromEntries(parts.map((each) => [each.name.value, each]));
  const shapes = new Map<string, Shape>();
  const shape: PlannedOperation['shape'] = (variables) => {
    const way = wayOf(document, variables);
    const before = shapes.get(way);
    if (before) return before;
    const made = shapeOf({ schema, fragments, variables, denied }, [operation.selectionSet.selections]);
    if (shapes.size < remembered) shapes.set(way, made);
    return made;
  };
  return { node, operation, fragments, denied, shape };
}

/** Plans an operation of a document that is valid, for the way that its conditions go with these variables. */
export function planOperation(planning: Planning, asked: Asked, variables: Readonly<Record<string, unknown>>): PlannedOperation {
  const { operationName } = asked;
  const document = asked.denied?.document ?? asked.document;
  const options = { ...(operationName ? { operationName } : {}), validate: false };
  const operation = operationFromDocument(planning.clientSchema, unconditional(document, variables), options);
  const { node } = planning.planner.buildQueryPlan(operation);
  if (node?.kind === 'Subscription') throw new Error('a subscription is planned elsewhere');
  return plannedOperation(planning, asked, node);
}

type Wanted = Asked & { queryHash: string; variables: Readonly<Record<string, unknown>> };

/** The plan of an operation for the way that its conditions go, made once. */
export function plannedFor(planning: Planning, { queryHash, document, operationName, variables, denied }: Wanted): PlannedOperation {
  const key = `${queryHash} ${operationName ?? ''} ${wayOf(document, variables)} ${denied?.key ?? ''}`;
  const known = planning.plans.get(key);
  if (known) return known;
  const planned = planOperation(planning, { document, operationName, denied }, variables);
  planning.plans.set(key, planned, JSON.stringify(planned.node ?? '').length);
  return planned;
}

type Carrying = {
  planning: Planning;
  planned: PlannedOperation;
  services: Services;
  exchange: Exchange;
  given: Readonly<Record<string, unknown>>;
  variables: Readonly<Record<string, unknown>>;
};

/** `faults` are places where the subgraphs gave null, or nonsense, and the schema has something: whoever answers says what they mean. */
export type Carried = { data: Row | null; errors: GraphQLError[]; faults: GraphQLError[] };

/** Carries out a planned operation. What a subgraph refuses, or fails at, is an error at its place; the rest is there. */
export async function carryOut({ planning, planned, services, exchange, given, variables }: Carrying): Promise<Carried> {
  const { apiSchema, supergraphSchema } = planning;
  const root: Row = Object.create(null);
  const errors: GraphQLError[] = [];
  if (planned.node) await run({ schema: supergraphSchema, services, exchange, given, variables, root, errors }, planned.node);
  const { operation, fragments, denied } = planned;
  const { denials, ...completed } = complete({ schema: apiSchema, fragments, variables, operation, denied, shape: planned.shape(variables) }, root);
  const told = denials.map(({ rule, path }) => new GraphQLError(wanting(exchange.actor, rule), { path, extensions: { code: 'FORBIDDEN' } }));
  return { ...completed, errors: [...errors, ...told] };
}
