import { operationFromDocument } from '@apollo/federation-internals';
import type { PlanNode } from '@apollo/query-planner';
import { type DocumentNode, type FragmentDefinitionNode, type GraphQLError, Kind, type OperationDefinitionNode } from 'graphql';
import type { Exchange } from '../exchange.ts';
import type { Planning } from '../planning.ts';
import { complete } from './complete.ts';
import { conditionsOf, unconditional } from './conditions.ts';
import type { Row } from './row.ts';
import { run, type Services } from './run.ts';
import { type Shape, shapeOf } from './shape.ts';

/** An operation that is planned: all that carrying it out takes, whoever asks and with whatever variables. */
export type PlannedOperation = {
  /** Undefined where no subgraph is asked. */
  node: PlanNode | undefined;
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The shape of the answer under these values of @skip and @include. */
  shape(variables: Readonly<Record<string, unknown>>): Shape;
};

type Parsed = Pick<PlannedOperation, 'operation' | 'fragments'>;

/** Conditions of one operation under which its shape is remembered. */
const remembered = 16;

export function plannedOperation({ apiSchema: schema }: Planning, { operation, fragments }: Parsed, node: PlanNode | undefined): PlannedOperation {
  const definitions = [operation, ...Object.values(fragments)];
  const conditions = conditionsOf({ kind: Kind.DOCUMENT, definitions }) ?? [];
  const shapes = new Map<string, Shape>();
  const shape: PlannedOperation['shape'] = (variables) => {
    const key = conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
    const before = shapes.get(key);
    if (before) return before;
    const made = shapeOf({ schema, fragments, variables }, [operation.selectionSet.selections]);
    if (shapes.size < remembered) shapes.set(key, made);
    return made;
  };
  return { node, operation, fragments, shape };
}

/** Plans an operation of a document that is valid, for these values of its conditions. */
export function planOperation(planning: Planning, document: DocumentNode, { operationName, variables }: Asked): PlannedOperation {
  const parsed = parsedOperation(document, operationName);
  const options = { ...(operationName ? { operationName } : {}), validate: false };
  const met = conditionsOf(document) ? unconditional(document, variables) : document;
  const { node } = planning.planner.buildQueryPlan(operationFromDocument(planning.clientSchema, met, options));
  if (node?.kind === 'Subscription') throw new Error('a subscription is planned elsewhere');
  return plannedOperation(planning, parsed, node);
}

type Asked = { operationName: string | undefined; variables: Readonly<Record<string, unknown>> };

export function parsedOperation({ definitions }: DocumentNode, operationName: string | undefined): Parsed {
  const operation = definitions.find(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION && (!operationName || each.name?.value === operationName),
  );
  if (!operation) throw new Error('the document has no such operation');
  const fragments = definitions.filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION);
  return { operation, fragments: Object.fromEntries(fragments.map((each) => [each.name.value, each])) };
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
  const { operation, fragments } = planned;
  const completed = complete({ schema: apiSchema, fragments, variables, operation, shape: planned.shape(variables) }, root);
  return { ...completed, errors };
}
