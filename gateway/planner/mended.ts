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
 * Mends a supergraph for Apollo's planner. It takes a required field under arguments for the same field under others: each becomes a field of its own,
 * without arguments. It asks a subgraph by a key that this one does not resolve: those go where there is another.
 */
export function mended(supergraph: DocumentNode): Mended {
  const document = { ...supergraph, definitions: supergraph.definitions.map((each) => (isComposite(each) ? resolvable(each) : each)) };
  const needing = document.definitions.flatMap((each) => (isComposite(each) ? requirementsOf(each) : []));
  if (!needing.some(({ fields }) => fields.includes('('))) return { document, fields: new Map(), subgraphs: new Map() };
  const types = new Map(document.definitions.flatMap((each) => (isComposite(each) ? [[each.name.value, each]] : [])));
  const state: State = { types, added: new Map(), fields: new Map(), partings: [] };
  for (const each of needing) note(state, each);
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
  /** By type, and the name that it has there. */
  added: Map<string, Map<string, UnderArguments>>;
  fields: Map<string, UnderArguments>;
  partings: Parting[];
};

/** Notes which fields of a requirement stand under arguments, and what each place of it is asked for. */
function note(state: State, { type, field, graph, fields }: Needing): void {
  const meanings = new Map<string, string>();
  plain(state, { type, path: '', meanings }, selected(fields));
  state.partings.push({ type, field, graph, meanings });
}

type Place = { type: string; path: string; meanings: Map<string, string> };

/** A selection with fields of their own in place of arguments. */
function plain(state: State, { type, path, meanings }: Place, set: SelectionSetNode): SelectionSetNode {
  const selections = set.selections.map((each) => {
    if (each.kind === Kind.FRAGMENT_SPREAD) return each;
    if (each.kind === Kind.INLINE_FRAGMENT)
      return { ...each, selectionSet: plain(state, { type: each.typeCondition?.name.value ?? type, path, meanings }, each.selectionSet) };
    const { name, arguments: given = [], selectionSet } = each;
    const place = `${path}.${name.value}`;
    const meaning = given.map(print).sort().join(', ');
    meanings.set(place, [meanings.get(place), meaning].filter((other) => other !== undefined).join(' or '));
    const declared = state.types.get(type)?.fields?.find((other) => other.name.value === name.value);
    const inner = { type: declared ? namedType(declared.type) : '', path: place, meanings };
    const below = selectionSet ? { selectionSet: plain(state, inner, selectionSet) } : {};
    if (given.length === 0) return { ...each, ...below };
    const own = requiredAs(hash('sha256', meaning, 'hex').slice(0, 12), name.value);
    add(state, { type, own }, { name: name.value, arguments: given });
    return { ...each, name: { ...name, value: own }, arguments: [], ...below };
  });
  return { ...set, selections };
}

/** What an interface has, those that implement it have. */
function add(state: State, { type, own }: { type: string; own: string }, field: UnderArguments): void {
  state.fields.set(own, field);
  for (const [name, { interfaces = [] }] of state.types) {
    if (name !== type && !interfaces.some((each) => each.name.value === type)) continue;
    state.added.set(name, (state.added.get(name) ?? new Map<string, UnderArguments>()).set(own, field));
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
    const added = [...(state.added.get(definition.name.value) ?? [])].flatMap(([own, { name }]) => {
      const original = fields.find((each) => each.name.value === name);
      return original ? [{ ...original, name: { ...original.name, value: own }, arguments: [] }] : [];
    });
    return { ...definition, fields: [...fields, ...added] };
  };
  return { ...document, definitions: document.definitions.map((each) => (isComposite(each) ? of(each) : each)) };
}

function withPlainRequirement(state: State, type: string, directive: ConstDirectiveNode): ConstDirectiveNode {
  if (directive.name.value !== 'join__field') return directive;
  const given = (directive.arguments ?? []).map((each) => {
    if (each.name.value !== 'requires' || each.value.kind !== Kind.STRING || !each.value.value.includes('(')) return each;
    const set = plain(state, { type, path: '', meanings: new Map() }, selected(each.value.value));
    return { ...each, value: { ...each.value, value: set.selections.map(print).join(' ') } };
  });
  return { ...directive, arguments: given };
}
