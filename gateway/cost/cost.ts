import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { CostRules, ListSize } from './directives.ts';

type Variables = Readonly<Record<string, unknown>>;

/** What an operation may come to at most, by its variables. */
export type Cost = (variables: Variables) => number;

/** Costs of operations on one state of the graph; each is worked out once, and is arithmetic from then on. */
export type Costs = { of(document: DocumentNode, operation: OperationDefinitionNode): Cost };

/** What a change costs beside its answer, where nothing else is said. */
const mutationWeight = 10;

type Parts = { rules: CostRules; schema: GraphQLSchema };

/**
 * A thing costs 1 and a value nothing, unless `@cost` says otherwise. What is in a list costs as often as `@listSize` says; of a list of which that says
 * nothing once: things are counted as they come.
 */
export function costsOf(rules: CostRules, schema: GraphQLSchema): Costs {
  const known = new WeakMap<OperationDefinitionNode, Cost>();
  return {
    of: (document, operation) => {
      const before = known.get(operation);
      if (before) return before;
      const cost = costOf({ rules, schema }, document, operation);
      known.set(operation, cost);
      return cost;
    },
  };
}

/** How often something is there: a number, or what a variable says. */
type Times = number | Cost;

/** A sum: what is known before, and what hangs on variables. */
type Sum = { known: number; open: readonly Cost[] };

type Walk = Parts & { fragments: ReadonlyMap<string, FragmentDefinitionNode>; within: readonly string[]; isMutation: boolean };

function costOf(parts: Parts, document: DocumentNode, operation: OperationDefinitionNode): Cost {
  const root = parts.schema.getRootType(operation.operation);
  const fragments = new Map(document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])));
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  return root ? written(sumOf({ ...parts, fragments, within: [], isMutation }, operation.selectionSet, { type: root, sized: new Map() })) : () => 0;
}

function written({ known, open }: Sum): Cost {
  if (open.length === 0) return () => known;
  return (variables) => open.reduce((sum, each) => sum + each(variables), known);
}

function plus(sums: readonly Sum[]): Sum {
  return { known: sums.reduce((sum, each) => sum + each.known, 0), open: sums.flatMap((each) => each.open) };
}

function times(count: Times, sum: Sum): Sum {
  if (count === 1) return sum;
  if (typeof count === 'number')
    return sum.open.length === 0 ? { known: count * sum.known, open: [] } : { known: 0, open: [scaled(() => count, written(sum))] };
  return { known: 0, open: [scaled(count, written(sum))] };
}

const scaled =
  (count: Cost, cost: Cost): Cost =>
  (variables) =>
    count(variables) * cost(variables);

/** Where selections stand: on which type, and how many the fields of it are that its own field speaks for. */
type Place = { type: GraphQLCompositeType; sized: ReadonlyMap<string, Times> };

/** What stands twice costs twice, and what stands for several types costs for all of them: an answer never costs more. */
function sumOf(walk: Walk, { selections }: SelectionSetNode, place: Place): Sum {
  return plus(
    selections.map((selection): Sum => {
      if (selection.kind === Kind.FIELD) return fieldSum(walk, selection, place);
      const name = selection.kind === Kind.FRAGMENT_SPREAD ? selection.name.value : undefined;
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? walk.fragments.get(selection.name.value) : selection;
      // What spreads itself, or nothing, is for validation to refuse.
      if (!fragment || (name !== undefined && walk.within.includes(name))) return { known: 0, open: [] };
      const type = fragment.typeCondition ? walk.schema.getType(fragment.typeCondition.name.value) : place.type;
      if (!isCompositeType(type)) return { known: 0, open: [] };
      return sumOf(name === undefined ? walk : { ...walk, within: [...walk.within, name] }, fragment.selectionSet, { ...place, type });
    }),
  );
}

function fieldSum(walk: Walk, node: FieldNode, { type, sized }: Place): Sum {
  const { rules, isMutation } = walk;
  const name = node.name.value;
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  if (!field) return { known: 0, open: [] };
  const coordinates = [`${type.name}.${name}`, ...possible(walk.schema, type).map((each) => `${each}.${name}`)];
  const size = coordinates.map((each) => rules.sizes.get(each)).find((each) => each !== undefined);
  const counted: Times = size ? lengthOf(size, field, node) : 1;
  const isList = isListType(getNullableType(field.type));
  const own = sized.get(name) ?? (isList ? counted : 1);
  const below = getNamedType(field.type);
  const weight = highest(rules, coordinates) ?? (isMutation ? mutationWeight : 0);
  const thing = isCompositeType(below) ? (highest(rules, [below.name]) ?? 1) : (highest(rules, [below.name]) ?? 0);
  if (!isCompositeType(below) || !node.selectionSet) return plus([{ known: weight, open: [] }, times(own, { known: thing, open: [] })]);
  const placed = { type: below, sized: new Map((size?.sized ?? []).map((each) => [each, counted])) };
  const inside = sumOf({ ...walk, isMutation: false }, node.selectionSet, placed);
  return plus([{ known: weight, open: [] }, times(own, plus([{ known: thing, open: [] }, inside]))]);
}

function possible(schema: GraphQLSchema, type: GraphQLCompositeType): string[] {
  return isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [];
}

function highest({ weights }: CostRules, names: readonly string[]): number | undefined {
  const found = names.flatMap((name) => weights.get(name) ?? []);
  return found.length > 0 ? Math.max(...found) : undefined;
}

/** The largest of the slicing arguments that are given or have a default, else what is assumed. */
function lengthOf({ assumed: otherwise = 1, slicing }: ListSize, { args }: GraphQLField<unknown, unknown>, { arguments: given = [] }: FieldNode): Times {
  const assumed = longest(
    args.filter(({ name }) => slicing.includes(name) && !given.some((each) => each.name.value === name)).map((each) => each.defaultValue),
    otherwise,
  );
  const values = given.filter(({ name }) => slicing.includes(name.value)).map(({ value }) => value);
  if (values.every(({ kind }) => kind !== Kind.VARIABLE))
    return longest(
      values.map((value) => valueFromASTUntyped(value)),
      assumed,
    );
  return (variables) =>
    longest(
      values.map((value) => valueFromASTUntyped(value, variables)),
      assumed,
    );
}

function longest(values: readonly unknown[], assumed: number): number {
  // What is below none is refused by who reads it, and must not make others cheaper here.
  const numbers = values.filter((value) => typeof value === 'number').map((value) => Math.max(0, value));
  return numbers.length > 0 ? Math.max(...numbers) : assumed;
}
