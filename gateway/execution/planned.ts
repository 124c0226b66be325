import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, getOperationAST, Kind, type OperationDefinitionNode } from 'graphql';
import { Refused } from '#kernel/errors.ts';
import { wanting } from '../access/holder.ts';
import type { Denied } from '../access/verdict.ts';
import type { Exchange } from '../exchange.ts';
import type { PlanNode } from '../planner/plan.ts';
import type { Planning } from '../planning.ts';
import { type Completed, complete } from './complete.ts';
import { conditionsAsked, unconditional, wayOf } from './conditions.ts';
import { withoutMeta } from './meta.ts';
import type { Row } from './row.ts';
import { type Running, run, type Services } from './run.ts';
import { type Shape, shapeOf } from './shape.ts';

/** An operation that is planned: all that carrying it out takes, whoever asks and with whatever variables. */
export type PlannedOperation = {
  /** Undefined where no subgraph is asked. */
  node: PlanNode | undefined;
  /** Why it cannot be carried out: no planner finds a way through the subgraphs. */
  refused?: GraphQLError;
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** What it leaves out, since whoever asks lacks what the contract asks for. */
  denied: Denied | undefined;
  /** What was asked; undefined for subscriptions. */
  origin?: Origin;
  /** The shape of the answer under these values of @skip and @include. */
  shape(variables: Readonly<Record<string, unknown>>): Shape;
};

/** An operation as it was asked, so that it can be planned on another state of the graph. */
export type Origin = { text: string; operationName: string | undefined; conditions: Readonly<Record<string, unknown>> };

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

/** Plans an operation of a document that is valid, for the way that its conditions go with these variables. What cannot be planned is an error of its answer. */
export async function planOperation(planning: Planning, asked: Asked, variables: Readonly<Record<string, unknown>>): Promise<PlannedOperation> {
  const { operationName } = asked;
  const document = asked.denied?.document ?? asked.document;
  const fetched = withoutMeta(unconditional(document, variables), operationName);
  try {
    const plan = fetched && (await planning.planner.plan({ document: fetched, operationName }));
    return plannedOperation(planning, asked, plan?.node);
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error));
    const refused = new GraphQLError(`The operation cannot be planned: ${cause.message}`, { originalError: cause });
    return { ...plannedOperation(planning, asked, undefined), refused };
  }
}

type Wanted = Asked & {
  queryHash: string;
  /** As the client sent it. */
  text: string;
  variables: Readonly<Record<string, unknown>>;
  /** It is known to be asked for again. */
  isHot?: boolean;
};

/** The plan of an operation for the way that its conditions go, made once; who asks while it is made waits for the same. */
export function plannedFor(planning: Planning, asked: Wanted): PlannedOperation | Promise<PlannedOperation> {
  // The only operation of a document is the same whether it is named or not.
  const operationName = getOperationAST(asked.document, asked.operationName)?.name?.value;
  const key = `${asked.queryHash} ${operationName ?? ''} ${wayOf(asked.document, asked.variables)} ${asked.denied?.key ?? ''}`;
  return planning.plans.get(key) ?? planning.planned.get(key) ?? planNow(planning, { ...asked, operationName }, key);
}

async function planNow(
  planning: Planning,
  { document, operationName, denied, variables, text, isHot = false }: Wanted,
  key: string,
): Promise<PlannedOperation> {
  const { plans, planned } = planning;
  const made = planOperation(planning, { document, operationName, denied }, variables);
  planned.set(key, made);
  try {
    const ready = { ...(await made), origin: { text, operationName, conditions: conditionsAsked(document, variables) } };
    plans[isHot ? 'keep' : 'set'](key, ready, JSON.stringify(ready.node ?? '').length);
    return ready;
  } finally {
    planned.delete(key);
  }
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

/** An answer that is too large is none at all. */
function completedOr(work: () => Completed): Completed | GraphQLError {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refused) return new GraphQLError(error.message, { originalError: error });
    throw error;
  }
}

/** Carries out a planned operation. What a subgraph refuses, or fails at, is an error at its place; the rest is there. */
export async function carryOut({ planning, planned, services, exchange, given, variables }: Carrying): Promise<Carried> {
  const { apiSchema, supergraphSchema } = planning;
  if (planned.refused) return { data: null, errors: [planned.refused], faults: [] };
  const root: Row = Object.create(null);
  const running: Running = { schema: supergraphSchema, services, exchange, given, variables, root, errors: [], gaps: false };
  if (planned.node) await run(running, planned.node);
  const { operation, fragments, denied } = planned;
  // Subgraphs of the firm's own may leave out what they do not have.
  const isWhole = !running.gaps && planning.foreign.size === 0;
  const selected = { schema: apiSchema, fragments, variables, operation, denied, shape: planned.shape(variables), isWhole };
  const completed = completedOr(() => complete(selected, root));
  if (completed instanceof GraphQLError) return { data: null, errors: [completed], faults: [] };
  const { data, faults, denials, forgotten } = completed;
  const told = denials.map(({ rule, path }) => new GraphQLError(wanting(exchange.actor, rule), { path, extensions: { code: 'FORBIDDEN' } }));
  return { data, faults, errors: [...running.errors, ...forgotten, ...told] };
}
