import { type DocumentNode, Kind, parse, type SelectionSetNode } from 'graphql';
import { joinsOn } from '../joined.ts';

/** How a composed supergraph joins its subgraphs, as its directives say. */
export type Joins = {
  /** The names of the subgraphs. */
  subgraphs: readonly string[];
  /** The keys by which a subgraph finds entities of a type; undefined where it is no entity there. */
  keys(subgraph: string, type: string): readonly SelectionSetNode[] | undefined;
  /** The types that a subgraph finds by a key, whether others may ask it to or not. */
  keyed(subgraph: string): ReadonlySet<string>;
};

/** Reads them from the text's tree, once. */
export function joinsOf(supergraph: DocumentNode): Joins {
  const names = graphNames(supergraph);
  const keys = new Map<string, SelectionSetNode[]>();
  const keyed = new Map<string, Set<string>>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const type = definition.name.value;
    for (const { graph, key, resolvable } of joinsOn({ astNode: definition }, 'join__type')) {
      const subgraph = names.get(String(graph));
      if (!subgraph || typeof key !== 'string') continue;
      keyed.set(subgraph, (keyed.get(subgraph) ?? new Set()).add(type));
      const known = keys.get(`${subgraph} ${type}`) ?? [];
      keys.set(`${subgraph} ${type}`, resolvable === false ? known : [...known, selected(key)]);
    }
  }
  return {
    subgraphs: [...names.values()],
    keys: (subgraph, type) => keys.get(`${subgraph} ${type}`),
    keyed: (subgraph) => keyed.get(subgraph) ?? new Set(),
  };
}

/** The names of the subgraphs, by those that the supergraph's directives use. */
export function graphNames({ definitions }: DocumentNode): Map<string, string> {
  const graphs = definitions.find((each) => each.kind === Kind.ENUM_TYPE_DEFINITION && each.name.value === 'join__Graph');
  if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) return new Map();
  return new Map((graphs.values ?? []).flatMap((value) => joinsOn({ astNode: value }, 'join__graph').map(({ name }) => [value.name.value, String(name)])));
}

/** What a directive selects. */
export function selected(fields: string): SelectionSetNode {
  const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`${fields} is no key`);
  return operation.selectionSet;
}
