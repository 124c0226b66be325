import { hash } from 'node:crypto';
import {
  type ArgumentNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  print,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import { joinsOn } from '../joined.ts';
import { selected } from './joins.ts';
import { type Parting, parted } from './parted.ts';
import { requiredAs } from './plan.ts';

/** A supergraph as Apollo's planner plans it right, and what its plans then mean. */
export type Mended = {
  document: DocumentNode;
  /** Fields that stand for others under arguments. */
  fields: ReadonlyMap<string, UnderArguments>;
  /** Subgraphs that stand for others. */
  subgraphs: ReadonlyMap<string, string>;
};

export type UnderArguments = { name: string; arguments: readonly ArgumentNode[] };

type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * Mends a supergraph for Apollo's planner, which mixes up what is required under arguments, asks for external fields and by keys that are not resolved: what
 * is required so becomes a field of its own, without arguments, and such keys go where there is another.
 */
export function mended(supergraph: DocumentNode): Mended {
  const document = { ...supergraph, definitions: supergraph.definitions.map((each) => (isComposite(each) ? resolvable(each) : each)) };
  const needing = document.definitions.flatMap((each) => (isComposite(each) ? requirementsOf(each) : []));
  const types = new Map(document.definitions.flatMap((each) => (isComposite(each) ? [[each.name.value, each]] : [])));
  const state: State = { types, added: new Map(), fields: new Map(), partings: [] };
  for (const each of needing) note(state, each);
  if (state.fields.size === 0) return { document, fields: state.fields, subgraphs: new Map() };
  const { document: whole, subgraphs } = parted(withRequirements(state, document), state.partings);
  return { document: whole, fields: state.fields, subgraphs };
}

function isComposite(each: DefinitionNode): each is Composite {
  return each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

/** Without the keys that a subgraph does not resolve, where it resolves another. */
function resolvable<Definition extends Composite>(definition: Definition): Definition {
  const joins = joinsOn({ astNode: definition }, 'join__type');
  const resolving = new Set(joins.flatMap(({ graph, key, resolvable: is }) => (key !== undefined && is !== false ? [graph] : [])));
  const isIdle = (directive: ConstDirectiveNode) => {
    const [join] = joinsOn({ astNode: { directives: [directive] } }, 'join__type');
    return join !== undefined && join.resolvable === false && resolving.has(join.graph);
  };
  return definition.directives?.some(isIdle) ? { ...definition, directives: definition.directives.filter((each) => !isIdle(each)) } : definition;
}

type Needing = { type: string; field: string; graph: unknown; fields: string };

function requirementsOf(definition: Composite): Needing[] {
  return (definition.fields ?? []).flatMap((field) =>
    joinsOn({ astNode: field }, 'join__field').flatMap(({ graph, requires }) =>
      typeof requires === 'string' ? [{ type: definition.name.value, field: field.name.value, graph, fields: requires }] : [],
    ),
  );
}

type State = {
  types: ReadonlyMap<string, Composite>;
  /** By type, and the name that it has there: the subgraphs that require it. */
  added: Map<string, Map<string, Set<unknown>>>;
  fields: Map<string, UnderArguments>;
  partings: Parting[];
};

/** Notes which fields of a requirement stand under arguments, and what each place of it is asked for. */
function note(state: State, { type, field, graph, fields }: Needing): void {
  const meanings = new Map<string, string>();
  plain(state, { type, path: '', meanings, graph }, selected(fields));
  state.partings.push({ type, field, graph, meanings });
}

type Place = { type: string; path: string; meanings: Map<string, string>; graph: unknown };

/** A selection with fields of their own in place of arguments. */
function plain(state: State, { type, path, ...noting }: Place, set: SelectionSetNode): SelectionSetNode {
  const selections = set.selections.map((each) => {
    if (each.kind === Kind.FRAGMENT_SPREAD) return each;
    if (each.kind === Kind.INLINE_FRAGMENT)
      return { ...each, selectionSet: plain(state, { ...noting, type: each.typeCondition?.name.value ?? type, path }, each.selectionSet) };
    const { name, arguments: given = [], selectionSet } = each;
    const place = `${path}.${name.value}`;
    const meaning = given.map(print).sort().join(', ');
    noting.meanings.set(place, [noting.meanings.get(place), meaning].filter((other) => other !== undefined).join(' or '));
    const declared = state.types.get(type)?.fields?.find((other) => other.name.value === name.value);
    const inner = { ...noting, type: declared ? namedType(declared.type) : '', path: place };
    const below = selectionSet ? { selectionSet: plain(state, inner, selectionSet) } : {};
    if (given.length === 0 && !isTakenAmiss(declared, noting.graph)) return { ...each, ...below };
    const own = requiredAs(hash('sha256', meaning, 'hex').slice(0, 12), name.value);
    state.fields.set(own, { name: name.value, arguments: given });
    add(state, { type, own, graph: noting.graph });
    return { ...each, name: { ...name, value: own }, arguments: [], ...below };
  });
  return { ...set, selections };
}

/** A subgraph requires a field that it resolves itself, and that another knows without resolving it. */
function isTakenAmiss(field: FieldDefinitionNode | undefined, graph: unknown): boolean {
  const joins = field ? joinsOn({ astNode: field }, 'join__field') : [];
  return joins.some((join) => join.graph === graph && join.external !== true) && joins.some(({ external }) => external === true);
}

/** What an interface has, those that implement it have. */
function add(state: State, { type, own, graph }: { type: string; own: string; graph: unknown }): void {
  for (const [name, { interfaces = [] }] of state.types) {
    if (name !== type && !interfaces.some((each) => each.name.value === type)) continue;
    const known = state.added.get(name) ?? new Map<string, Set<unknown>>();
    state.added.set(name, known.set(own, (known.get(own) ?? new Set()).add(graph)));
  }
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function withRequirements(state: State, document: DocumentNode): DocumentNode {
  const plainly = (type: string, field: FieldDefinitionNode): FieldDefinitionNode => ({
    ...field,
    ...(field.directives ? { directives: field.directives.map((each) => withPlainRequirement(state, type, each)) } : {}),
  });
  const of = (definition: Composite): Composite => {
    const fields = (definition.fields ?? []).map((field) => plainly(definition.name.value, field));
    const added = [...(state.added.get(definition.name.value) ?? [])].flatMap(([own, requiring]) => {
      const original = fields.find((each) => each.name.value === state.fields.get(own)?.name);
      return original ? [requiredField(original, own, requiring)] : [];
    });
    return { ...definition, fields: [...fields, ...added] };
  };
  return { ...document, definitions: document.definitions.map((each) => (isComposite(each) ? of(each) : each)) };
}

/** It is where the field is resolved, and where it is required: planners take what is external for what a subgraph may be asked. */
function requiredField(original: FieldDefinitionNode, own: string, requiring: ReadonlySet<unknown>): FieldDefinitionNode {
  const directives = (original.directives ?? []).filter((directive) =>
    joinsOn({ astNode: { directives: [directive] } }, 'join__field').every(({ graph, external }) => external !== true || requiring.has(graph)),
  );
  return { ...original, name: { ...original.name, value: own }, arguments: [], directives };
}

function withPlainRequirement(state: State, type: string, directive: ConstDirectiveNode): ConstDirectiveNode {
  const [join] = joinsOn({ astNode: { directives: [directive] } }, 'join__field');
  if (typeof join?.requires !== 'string') return directive;
  const given = (directive.arguments ?? []).map((each) => {
    if (each.name.value !== 'requires' || each.value.kind !== Kind.STRING) return each;
    const noting = { type, path: '', meanings: new Map(), graph: join.graph };
    const set = plain(state, noting, selected(each.value.value));
    return { ...each, value: { ...each.value, value: set.selections.map(print).join(' ') } };
  });
  return { ...directive, arguments: given };
}
