import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  type OperationDefinitionNode,
  OperationTypeNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Actor } from '#kernel/actor.ts';
import type { Workload } from '#kernel/workload.ts';
import { rootFields } from '../access/verdict.ts';
import { contractOf, ownContractOf } from '../contracts.ts';
import type { CostRules } from './directives.ts';

/** Cost from which on a query is analytical, whoever asks. */
export const analyticalCost = 50_000;
/** What a field at the root weighs that reads much for little: a summary or a forecast of the whole firm. */
const summaryWeight = 20;
/** Items of a bulk mutation that somebody waits for; with more it is bulk. */
export const interactiveItems = 20;

type Variables = Readonly<Record<string, unknown>>;

/** Who asks, with which variables, and what it was reckoned to cost. */
export type Asking = { actor: Pick<Actor, 'kind' | 'contract'>; variables: Variables; cost: number };

/** What kind of work an operation is, by who asks and with which variables. */
export type WorkloadOf = (asking: Asking) => Workload;

/** Looks once at an operation of one state of the graph. */
export function workloadsOf(
  { weights }: Pick<CostRules, 'weights'>,
  schema: GraphQLSchema,
): (document: DocumentNode, operation: OperationDefinitionNode) => WorkloadOf {
  const known = new WeakMap<OperationDefinitionNode, WorkloadOf>();
  return (document, operation) => {
    const before = known.get(operation);
    if (before) return before;
    const root = schema.getRootType(operation.operation);
    const fields = rootFields(operation.selectionSet, document);
    const isMutation = operation.operation === OperationTypeNode.MUTATION;
    const bulk = isMutation ? fields.filter(({ name }) => isBulk(schema, name.value)) : [];
    const sums = !isMutation && fields.some(({ name }) => (weights.get(`${root?.name}.${name.value}`) ?? 0) >= summaryWeight);
    const made: WorkloadOf = (asking) => (isMutation ? changing(bulk, asking.variables) : reading(sums, asking));
    known.set(operation, made);
    return made;
  };
}

/** People outside the firm sum up what is theirs alone: that is little. */
function reading(sums: boolean, { actor, cost }: Asking): Workload {
  const isMuch = contractOf(actor) === 'analytics' || cost >= analyticalCost || (sums && ownContractOf(actor) === undefined);
  return isMuch ? 'analytical' : 'interactive';
}

/** All items of a call count; what takes no items, such as the billing of all customers, finds them itself. */
function changing(bulk: readonly FieldNode[], variables: Variables): Workload {
  const items = bulk.reduce((sum, field) => sum + itemsOf(field, variables), 0);
  return items > interactiveItems ? 'bulk' : 'interactive';
}

function itemsOf({ arguments: given = [] }: FieldNode, variables: Variables): number {
  const inputs = given.map(({ value }): unknown => valueFromASTUntyped(value, variables));
  const counts = inputs.flatMap((input) => (isRecord(input) && Array.isArray(input.items) ? [input.items.length] : []));
  return counts.length > 0 ? Math.max(...counts) : Number.POSITIVE_INFINITY;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A bulk mutation answers item by item, in `results`. */
function isBulk(schema: GraphQLSchema, name: string): boolean {
  const payload = getNamedType(schema.getMutationType()?.getFields()[name]?.type);
  return isObjectType(payload) && payload.getFields().results !== undefined;
}
