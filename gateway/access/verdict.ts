import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isAbstractType,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { meets, wanting } from './holder.ts';
import type { AccessRules, Rule } from './rules.ts';

/** What of a document somebody may not have: the document without it, and where null stands for it. */
export type Denied = {
  /** What is equal here leaves out the same of one document. */
  key: string;
  document: DocumentNode;
  fields: ReadonlyMap<string, Rule>;
  types: ReadonlyMap<string, Rule>;
};

/** The rules that a document meets, each with where it holds; looked for once. */
type Asked = { rules: readonly [Rule, readonly string[]][]; ways: Map<string, Denied> };

/** Ways to leave something out of one document that are remembered. */
const remembered = 16;

/** Of documents on one state of the graph, what their readers lack. */
export type Access = {
  /** What the actor may not have of the document; undefined when all is theirs, which takes a look at each distinct rule. */
  denied(document: DocumentNode, actor: Actor): Denied | undefined;
};

/** Looks for the rules that documents on one state of the graph meet, once for each. */
export function accessOf(rules: AccessRules, schema: GraphQLSchema): Access {
  const known = new WeakMap<DocumentNode, Asked>();
  return {
    denied: (document, actor) => {
      const before = known.get(document);
      const asked = before ?? { rules: askedIn(rules, schema, document), ways: new Map() };
      if (!before) known.set(document, asked);
      if (asked.rules.every(([rule]) => meets(actor, rule))) return undefined;
      const lacking = asked.rules.map(([rule]) => !meets(actor, rule));
      const key = lacking.map((lacks) => (lacks ? '1' : '0')).join('');
      const way = asked.ways.get(key) ?? without(schema, document, { key, rules: asked.rules.filter((_, index) => lacking[index]) });
      if (asked.ways.size < remembered) asked.ways.set(key, way);
      return way;
    },
  };
}

/** Refuses a mutation or a subscription as a whole when the actor may not have one of its roots: half of a change is none. */
export function demandRoots({ access, apiSchema }: Judging, document: DocumentNode, { actor, operationName }: Asking): void {
  // Who does not say which is asked for all.
  const named = getOperationAST(document, operationName);
  const operations = (named ? [named] : document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION)).filter(
    ({ operation }) => operation !== OperationTypeNode.QUERY,
  );
  // Queries are judged where they are planned.
  const denied = operations.length > 0 ? access.denied(document, actor) : undefined;
  if (!denied) return;
  for (const { operation, selectionSet } of operations) {
    const root = apiSchema.getRootType(operation)?.name;
    for (const { name } of rootFields(selectionSet, document)) {
      const rule = denied.fields.get(`${root}.${name.value}`);
      if (rule) throw new Refused('FORBIDDEN', `${name.value}: ${wanting(actor, rule)}`);
    }
  }
}

type Judging = { access: Access; apiSchema: GraphQLSchema };
type Asking = { actor: Actor; operationName?: string | null | undefined };

function askedIn({ fields, types }: AccessRules, schema: GraphQLSchema, document: DocumentNode): Asked['rules'] {
  const found = new Map<Rule, Set<string>>();
  const note = (rule: Rule | undefined, place: string) => {
    if (rule) found.set(rule, (found.get(rule) ?? new Set()).add(place));
  };
  const info = new TypeInfo(schema);
  const enter = ({ name: { value: name } }: FieldNode) => {
    const parent = info.getParentType();
    const type = getNamedType(info.getType());
    const parents = isAbstractType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : parent ? [parent] : [];
    for (const each of parents) note(fields.get(`${each.name}.${name}`), `${each.name}.${name}`);
    for (const each of isAbstractType(type) ? schema.getPossibleTypes(type) : []) note(types.get(each.name), each.name);
  };
  visit(document, visitWithTypeInfo(info, { Field: enter }));
  const byText = new Map<string, [Rule, string[]]>();
  for (const [rule, places] of found) {
    const text = JSON.stringify(rule);
    byText.set(text, [rule, [...(byText.get(text)?.[1] ?? []), ...places]]);
  }
  return [...byText.values()];
}

/** The document without the fields that these rules guard, as it is planned. */
function without(schema: GraphQLSchema, document: DocumentNode, { key, rules }: { key: string; rules: Asked['rules'] }): Denied {
  const places = rules.flatMap(([rule, all]) => all.map((place) => [place, rule] as const));
  const fields = new Map(places.filter(([place]) => place.includes('.')));
  const types = new Map(places.filter(([place]) => !place.includes('.')));
  const info = new TypeInfo(schema);
  const pruned = visit(
    document,
    visitWithTypeInfo(info, {
      Field: ({ name }) => (fields.has(`${info.getParentType()?.name}.${name.value}`) ? null : undefined),
      SelectionSet: { leave: (set) => (set.selections.length === 0 ? nothing : undefined) },
    }),
  );
  return { key, document: pruned, fields, types };
}

const nothing: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }] };

/** An operation's own fields, whatever fragments they stand in. */
export function rootFields(set: SelectionSetNode, document: DocumentNode, within: ReadonlySet<string> = new Set()): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(selection.selectionSet, document, within);
    const name = selection.name.value;
    const isIt = (each: DocumentNode['definitions'][number]): each is FragmentDefinitionNode =>
      each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name;
    const fragment = within.has(name) ? undefined : document.definitions.find(isIt);
    return fragment ? rootFields(fragment.selectionSet, document, new Set([...within, name])) : [];
  });
}
