import {
  type ConstArgumentNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
} from 'graphql';
import { joinsOn } from '../joined.ts';
import { graphNames } from './joins.ts';

/** A field that requires others, and what it requires at each place below. */
export type Parting = { type: string; field: string; graph: unknown; meanings: ReadonlyMap<string, string> };

type Parted = { document: DocumentNode; subgraphs: ReadonlyMap<string, string> };

/**
 * A representation has one place for a field: of fields that require it under different arguments each is asked for by itself. The subgraph is there
 * once more for the planner, under another name, and resolves one of them there.
 */
export function parted(document: DocumentNode, partings: readonly Parting[]): Parted {
  const parts = partsOf(partings);
  const copies = new Map<string, number>();
  for (const { graph, part } of parts.values()) if (part > (copies.get(graph) ?? 0)) copies.set(graph, part);
  if (copies.size === 0) return { document, subgraphs: new Map() };
  const names = graphNames(document);
  const numbers = (graph: string) => Array.from({ length: copies.get(graph) ?? 0 }, (_, index) => index + 1);
  const subgraphs = [...copies.keys()].flatMap((graph) =>
    numbers(graph).map((part): [string, string] => [copyName(names.get(graph) ?? '', part), names.get(graph) ?? '']),
  );
  const copying: Copying = { parts, numbers, names };
  return { document: { ...document, definitions: document.definitions.map((each) => copied(copying, each)) }, subgraphs: new Map(subgraphs) };
}

/** The part of its subgraph that each field belongs to: the first one that requires nothing else than it. */
function partsOf(partings: readonly Parting[]): ReadonlyMap<string, { graph: string; part: number }> {
  const parts = new Map<string, { graph: string; part: number }>();
  for (const beside of Map.groupBy(partings, ({ graph, type }) => `${graph} ${type}`).values()) {
    const taken: Map<string, string>[] = [];
    for (const { graph, type, field, meanings } of beside) {
      const fits = (other: ReadonlyMap<string, string>) => [...meanings].every(([place, meaning]) => (other.get(place) ?? meaning) === meaning);
      const found = taken.findIndex(fits);
      const part = found === -1 ? taken.push(new Map()) - 1 : found;
      for (const [place, meaning] of meanings) taken[part]?.set(place, meaning);
      parts.set(`${graph} ${type}.${field}`, { graph: String(graph), part });
    }
  }
  return parts;
}

type Copying = {
  parts: ReturnType<typeof partsOf>;
  /** The copies of a subgraph. */
  numbers(graph: string): number[];
  names: ReadonlyMap<string, string>;
};

const copyName = (name: string, part: number): string => `${name}#${part}`;
const copyGraph = (graph: string, part: number): string => `${graph}__${part}`;

function copied(copying: Copying, definition: DefinitionNode): DefinitionNode {
  switch (definition.kind) {
    case Kind.ENUM_TYPE_DEFINITION:
      return definition.name.value === 'join__Graph' ? withGraphs(copying, definition) : joinedMore(copying, withValues(copying, definition));
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const type = definition.name.value;
      return joinedMore(copying, { ...definition, fields: (definition.fields ?? []).map((each) => fieldIn(copying, type, each)) });
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return joinedMore(copying, { ...definition, fields: (definition.fields ?? []).map((each): InputValueDefinitionNode => joinedMore(copying, each)) });
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
      return joinedMore(copying, definition);
    default:
      return definition;
  }
}

function withGraphs({ numbers, names }: Copying, graphs: EnumTypeDefinitionNode): EnumTypeDefinitionNode {
  const more = (graphs.values ?? []).flatMap((value) =>
    numbers(value.name.value).map((part) => ({
      ...value,
      name: { ...value.name, value: copyGraph(value.name.value, part) },
      directives: (value.directives ?? []).map((each) =>
        withArgument(each, { name: 'name', kind: Kind.STRING, value: copyName(names.get(value.name.value) ?? '', part) }),
      ),
    })),
  );
  return { ...graphs, values: [...(graphs.values ?? []), ...more] };
}

const withValues = (copying: Copying, definition: EnumTypeDefinitionNode): EnumTypeDefinitionNode => ({
  ...definition,
  values: (definition.values ?? []).map((value) => joinedMore(copying, value)),
});

type Joined = { readonly directives?: readonly ConstDirectiveNode[] | undefined };

/** What belongs to a subgraph belongs to its copies. */
function joinedMore<Node extends Joined>({ numbers }: Copying, node: Node): Node {
  if (!node.directives?.length) return node;
  const directives = node.directives.flatMap((each) => {
    const graph = graphOf(each);
    return graph === undefined ? [each] : [each, ...numbers(graph).map((part) => inGraph(each, copyGraph(graph, part)))];
  });
  return { ...node, directives };
}

const roots = new Set(['Query', 'Mutation', 'Subscription']);

/** A field that requires others is resolved in its part of the subgraph; what begins at a root begins in the subgraph itself. */
function fieldIn(copying: Copying, type: string, field: FieldDefinitionNode): FieldDefinitionNode {
  const directives = (field.directives ?? []).flatMap((each) => {
    const graph = graphOf(each);
    if (graph === undefined || copying.numbers(graph).length === 0) return [each];
    const part = copying.parts.get(`${graph} ${type}.${field.name.value}`)?.part;
    const isOf = (other: number) => part === undefined || part === other;
    const copies = copying.numbers(graph).map((other) => inGraph(isOf(other) ? each : elsewhere(each), copyGraph(graph, other)));
    return [isOf(0) ? each : elsewhere(each), ...(roots.has(type) ? [] : copies)];
  });
  return { ...field, directives };
}

function graphOf(directive: ConstDirectiveNode): string | undefined {
  if (!directive.name.value.startsWith('join__')) return undefined;
  const [join] = joinsOn({ astNode: { directives: [directive] } }, directive.name.value);
  return typeof join?.graph === 'string' ? join.graph : undefined;
}

const inGraph = (directive: ConstDirectiveNode, graph: string): ConstDirectiveNode => withArgument(directive, { name: 'graph', kind: Kind.ENUM, value: graph });

/** Known there and not resolved there. */
function elsewhere(directive: ConstDirectiveNode): ConstDirectiveNode {
  const left = (directive.arguments ?? []).filter(({ name: { value } }) => value === 'graph' || value === 'type');
  const external: ConstArgumentNode = { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'external' }, value: { kind: Kind.BOOLEAN, value: true } };
  return { ...directive, arguments: [...left, external] };
}

function withArgument(directive: ConstDirectiveNode, { name, ...value }: { name: string; kind: Kind.STRING | Kind.ENUM; value: string }): ConstDirectiveNode {
  return { ...directive, arguments: (directive.arguments ?? []).map((each) => (each.name.value === name ? { ...each, value } : each)) };
}
