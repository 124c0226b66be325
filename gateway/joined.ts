import type { Schema } from '@apollo/federation-internals';

/** A type, field or value of a supergraph, with what composition says of it. */
export type Joined = { appliedDirectivesOf(name: string): readonly { arguments(): { readonly [name: string]: unknown } }[] };

/** The names of subgraphs in a supergraph's own words, by theirs: none where none of them is in it. */
export function graphsNamed(schema: Schema, names: ReadonlySet<string>): ReadonlyMap<unknown, string> {
  const graphs = names.size === 0 ? [] : (schema.enumTypes().find(({ name }) => name === 'join__Graph')?.values ?? []);
  return new Map(
    graphs.flatMap((graph) => {
      const [name] = graph.appliedDirectivesOf('join__graph').map((each) => String(each.arguments().name));
      return name !== undefined && names.has(name) ? [[graph.name, name]] : [];
    }),
  );
}

/** The subgraphs that a type or a field is said to be of; of a field none where it is of all that have its type. */
export function graphsOf(element: Joined, join: 'join__type' | 'join__field'): unknown[] {
  return element.appliedDirectivesOf(join).flatMap((directive) => directive.arguments().graph ?? []);
}
