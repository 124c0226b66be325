import { type ConstDirectiveNode, type ConstValueNode, type DefinitionNode, type DocumentNode, Kind } from 'graphql';

/** How many things a list may come to: what its arguments say, else what is assumed; `sized` are the fields below it that are as many. */
export type ListSize = { assumed: number | undefined; slicing: readonly string[]; sized: readonly string[] };

/** What the contract says of costs, by coordinates of fields and names of types. */
export type CostRules = { weights: ReadonlyMap<string, number>; sizes: ReadonlyMap<string, ListSize> };

/** Reads `@cost` and `@listSize` of a composed supergraph (https://ibm.github.io/graphql-specs/cost-spec.html). */
export function costRulesIn(supergraph: DocumentNode): CostRules {
  const weights = new Map<string, number>();
  const sizes = new Map<string, ListSize>();
  const weigh = (coordinate: string, directives: readonly ConstDirectiveNode[] = []) => {
    const weight = numberOf(argumentOf(directives, 'cost', 'weight'));
    if (weight !== undefined) weights.set(coordinate, weight);
  };
  for (const type of supergraph.definitions) {
    if (!hasName(type)) continue;
    weigh(type.name.value, type.directives);
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const { name, directives = [] } of type.fields ?? []) {
      const coordinate = `${type.name.value}.${name.value}`;
      weigh(coordinate, directives);
      if (directives.some((each) => each.name.value === 'listSize')) sizes.set(coordinate, sizeOf(directives));
    }
  }
  return { weights, sizes };
}

type Weighed = Extract<DefinitionNode, { readonly fields?: unknown }> | Extract<DefinitionNode, { readonly values?: unknown }>;

function hasName(node: DefinitionNode): node is Weighed {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION || node.kind === Kind.ENUM_TYPE_DEFINITION;
}

function sizeOf(directives: readonly ConstDirectiveNode[]): ListSize {
  return {
    assumed: numberOf(argumentOf(directives, 'listSize', 'assumedSize')),
    slicing: textsOf(argumentOf(directives, 'listSize', 'slicingArguments')),
    sized: textsOf(argumentOf(directives, 'listSize', 'sizedFields')),
  };
}

function argumentOf(directives: readonly ConstDirectiveNode[], directive: string, argument: string): ConstValueNode | undefined {
  return directives.find(({ name }) => name.value === directive)?.arguments?.find(({ name }) => name.value === argument)?.value;
}

const numberOf = (value: ConstValueNode | undefined): number | undefined => (value?.kind === Kind.INT ? Number(value.value) : undefined);

const textsOf = (value: ConstValueNode | undefined): string[] =>
  value?.kind === Kind.LIST ? value.values.flatMap((each) => (each.kind === Kind.STRING ? [each.value] : [])) : [];
