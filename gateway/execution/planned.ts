import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, getOperationAST, Kind, type OperationDefinitionNode } from 'graphql';
import type { Denied } from '../access/verdict.ts';
import type { Deferring } from '../incremental/deferring.ts';
import { wholly } from '../incremental/directives.ts';
import type { PlanNode } from '../planner/plan.ts';
import type { Planning } from '../planning.ts';
import { conditionsAsked, unconditional, wayOf } from './conditions.ts';
import { withoutMeta } from './meta.ts';
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

type Asked = {
  /** With our labels, where some of it is deferred. */
  document: DocumentNode;
  operationName: string | undefined;
  denied?: Denied | undefined;
  /** What is answered later; where nothing is said of it, the answer is one. */
  deferring?: Deferring | undefined;
};

/** An operation of a document with its plan, from wherever that is. */
export function plannedOperation(
  { apiSchema: schema }: Planning,
  { document, operationName, denied, deferring }: Asked,
  node: PlanNode | undefined,
): PlannedOperation {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('the document has no such operation');
  const parts = document.definitions.filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION);
  const fragments = Object.fromEntries(parts.map((each) => [each.name.value, each]));
  const shapes = new Map<string, Shape>();
  const shape: PlannedOperation['shape'] = (variables) => {
    const way = wayOf(document, variables);
    const before = shapes.get(way);
    if (before) return before;
    const made = shapeOf({ schema, fragments, variables, denied, defers: deferring !== undefined }, [operation.selectionSet.selections]);
    if (shapes.size < remembered) shapes.set(way, made);
    return made;
  };
  return { node, operation, fragments, denied, shape };
}

/** Plans an operation of a document that is valid, for the way that its conditions go with these variables. What cannot be planned is an error of its answer. */
export async function planOperation(planning: Planning, asked: Asked, variables: Readonly<Record<string, unknown>>): Promise<PlannedOperation> {
  const { operationName } = asked;
  const document = asked.denied?.document ?? asked.document;
  const met = unconditional(document, variables);
  const fetched = withoutMeta(asked.deferring ? met : wholly(met), operationName);
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
  const key = `${asked.queryHash} ${operationName ?? ''} ${wayOf(asked.document, asked.variables)} ${asked.denied?.key ?? ''} ${asked.deferring?.key ?? ''}`;
  return planning.plans.get(key) ?? planning.planned.get(key) ?? planNow(planning, { ...asked, operationName }, key);
}

async function planNow(
  planning: Planning,
  { document, operationName, denied, deferring, variables, text, isHot = false }: Wanted,
  key: string,
): Promise<PlannedOperation> {
  const { plans, planned } = planning;
  const made = planOperation(planning, { document, operationName, denied, deferring }, variables);
  planned.set(key, made);
  try {
    const origin = { text, operationName, conditions: conditionsAsked(document, variables) };
    // What is planned ahead of a new state is the operation as one answer.
    const ready = { ...(await made), ...(deferring ? {} : { origin }) };
    plans[isHot ? 'keep' : 'set'](key, ready, JSON.stringify(ready.node ?? '').length);
    return ready;
  } finally {
    planned.delete(key);
  }
}
