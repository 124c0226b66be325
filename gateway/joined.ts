import { type ConstDirectiveNode, type GraphQLSchema, isEnumType } from 'graphql';

/** A type, field or value of a supergraph's schema, with what composition says of it. */
export type Joined = { astNode?: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined };

/** The arguments of each directive of a name that stands at it. */
export function joinsOn({ astNode }: Joined, name: string): Readonly<Record<string, unknown>>[] {
  return (astNode?.directives ?? [])
    .filter((each) => each.name.value === name)
    .map((each) => Object.fromEntries((each.arguments ?? []).map((given) => [given.name.value, 'value' in given.value ? given.value.value : undefined])));
}

/** The names of subgraphs in a supergraph's own words, by theirs: none where none of them is in it. */
export function graphsNamed(schema: GraphQLSchema, names: ReadonlySet<string>): ReadonlyMap<unknown, string> {
  const graphs = names.size === 0 ? undefined : schema.getType('join__Graph');
  return new Map(
    (isEnumType(graphs) ? graphs.getValues() : []).flatMap((graph) => {
      const [name] = joinsOn(graph, 'join__graph').map((each) => String(each.name));
      return name !== undefined && names.has(name) ? [[graph.name, name]] : [];
    }),
  );
}

/** The subgraphs that a type or a field is said to be of; of a field none where it is of all that have its type. */
export function graphsOf(element: Joined, join: 'join__type' | 'join__field'): unknown[] {
  return joinsOn(element, join).flatMap(({ graph }) => graph ?? []);
}
