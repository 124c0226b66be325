import {
  type DirectiveNode,
  type DocumentNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionSetNode,
  visit,
} from 'graphql';

type Values = Readonly<Record<string, unknown>>;
type Conditioned = { readonly directives?: readonly DirectiveNode[] };

/** Whether @skip and @include leave a selection in. */
export function isIncluded(selection: Conditioned, variables: Values): boolean {
  if (!selection.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if !== false;
}

const isCondition = ({ name: { value } }: DirectiveNode): boolean => value === 'skip' || value === 'include';

/** What a document's conditions ask for; undefined where it has none. */
type Conditions = { variables: readonly string[] } | undefined;

const known = new WeakMap<DocumentNode, { conditions: Conditions }>();

/** The variables that @skip and @include ask for, in a fixed order; documents are looked through once. */
function conditionsOf(document: DocumentNode): Conditions {
  const before = known.get(document);
  if (before) return before.conditions;
  const names = new Set<string>();
  let some = false;
  visit(document, {
    Directive: (directive) => {
      if (!isCondition(directive)) return;
      some = true;
      for (const { value } of directive.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  const conditions = some ? { variables: [...names].sort() } : undefined;
  known.set(document, { conditions });
  return conditions;
}

/** The variables that a document's conditions ask for, with these values. */
export function conditionsAsked(document: DocumentNode, variables: Values): Values {
  return Object.fromEntries((conditionsOf(document)?.variables ?? []).map((name) => [name, variables[name] === true]));
}

/** Which way the conditions of a document go: what is equal here has one plan and one shape. */
export function wayOf(document: DocumentNode, variables: Values): string {
  return (conditionsOf(document)?.variables ?? []).map((name) => (variables[name] === true ? '1' : '0')).join('');
}

const nothing: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }] };

/**
 * The document with its conditions met. The planner lets a field that is left out decide about what a fetch requires, so that the fields beside it
 * are never asked for (seen with @skip(if: true) on a field with @requires).
 */
export function unconditional(document: DocumentNode, variables: Values): DocumentNode {
  if (!conditionsOf(document)) return document;
  const meet = <Node extends Conditioned>(node: Node): Node | null | undefined => {
    if (!isIncluded(node, variables)) return null;
    return node.directives?.some(isCondition) ? { ...node, directives: node.directives.filter((each) => !isCondition(each)) } : undefined;
  };
  return visit(document, {
    Field: meet,
    InlineFragment: meet,
    FragmentSpread: meet,
    SelectionSet: { leave: (set) => (set.selections.length === 0 ? nothing : undefined) },
  });
}
