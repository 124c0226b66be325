import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { isIncluded, wayOf } from '../execution/conditions.ts';
import { argumentOf, isDefer, isIncremental } from './directives.ts';

/** An operation of which parts are answered later. */
export type Deferring = {
  /** What is equal here defers the same of one document. */
  key: string;
  /** Each part that is deferred has a label of ours. */
  document: DocumentNode;
  /** What the client calls these parts. */
  labels: ReadonlyMap<string, string | undefined>;
};

type Values = Readonly<Record<string, unknown>>;
type Asked = { document: DocumentNode; operationName: string | undefined; variables: Values };
/** `variables` are those that @defer asks for; `ways` what was made of the document, by what they are. */
type Known = { variables: readonly string[]; ways: Map<string, Deferring | undefined> } | 'whole';

const documents = new WeakMap<DocumentNode, Known>();

/** Ways that one document goes which are remembered. */
const remembered = 16;

/** What is deferred of an operation under these variables; undefined where nothing is. */
export function deferringOf({ document, operationName, variables }: Asked): Deferring | undefined {
  const known = documents.get(document) ?? lookedAt(document);
  if (known === 'whole') return undefined;
  const key = JSON.stringify([operationName, wayOf(document, variables), known.variables.map((name) => variables[name] !== false)]);
  if (known.ways.has(key)) return known.ways.get(key);
  const made = labelled(document, { operationName, variables }, key);
  if (known.ways.size < remembered) known.ways.set(key, made);
  return made;
}

function lookedAt(document: DocumentNode): Known {
  const found: DirectiveNode[] = [];
  visit(document, { Directive: (directive) => void (isDefer(directive) && found.push(directive)) });
  const asked = found.flatMap((directive) => {
    const value = argumentOf(directive, 'if');
    return value?.kind === Kind.VARIABLE ? [value.name.value] : [];
  });
  const known: Known = found.length > 0 ? { variables: [...new Set(asked)].sort(), ways: new Map() } : 'whole';
  documents.set(document, known);
  return known;
}

type Labelling = { variables: Values; fragments: ReadonlyMap<string, FragmentDefinitionNode>; labels: Map<string, string | undefined>; own: Set<string> };

/** A fragment with something deferred stands for itself wherever it is spread, since each of these is a part of its own. */
function labelled(document: DocumentNode, { operationName, variables }: Omit<Asked, 'document'>, key: string): Deferring | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation) return undefined;
  const all = document.definitions.filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION);
  const fragments = new Map(all.map((each) => [each.name.value, each]));
  const labelling: Labelling = { variables, fragments, labels: new Map(), own: deferringFragments(all) };
  const made: OperationDefinitionNode = { ...operation, selectionSet: selectionSet(labelling, operation.selectionSet) };
  if (labelling.labels.size === 0) return undefined;
  const definitions = [made, ...all.filter(({ name }) => !labelling.own.has(name.value))];
  return { key, document: { kind: Kind.DOCUMENT, definitions }, labels: labelling.labels };
}

/** Names of the fragments in which something may be deferred, by themselves or by those that they spread. */
function deferringFragments(all: readonly FragmentDefinitionNode[]): Set<string> {
  const found = new Set<string>();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const fragment of all)
      visit(fragment, {
        Directive: (directive) => void (isDefer(directive) && found.add(fragment.name.value)),
        FragmentSpread: ({ name }) => void (found.has(name.value) && found.add(fragment.name.value)),
      });
  }
  return found;
}

function selectionSet(labelling: Labelling, set: SelectionSetNode): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections: set.selections.map((each) => selection(labelling, each)) };
}

function selection(labelling: Labelling, node: SelectionNode): SelectionNode {
  if (node.kind === Kind.FIELD)
    return { ...node, directives: conditionsOf(node), ...(node.selectionSet ? { selectionSet: selectionSet(labelling, node.selectionSet) } : {}) };
  const label = labelOf(labelling, node);
  const directives = [...conditionsOf(node), ...label];
  if (node.kind === Kind.INLINE_FRAGMENT) return { ...node, directives, selectionSet: selectionSet(labelling, node.selectionSet) };
  const fragment = labelling.fragments.get(node.name.value);
  if (!fragment || (label.length === 0 && !labelling.own.has(node.name.value))) return { ...node, directives };
  const { typeCondition } = fragment;
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet: selectionSet(labelling, fragment.selectionSet) };
}

const conditionsOf = ({ directives = [] }: SelectionNode): DirectiveNode[] => directives.filter((each) => !isIncremental(each));

/** Our label for what is deferred; labels of the client's stand once in the document, and ours once in its answer's plan. */
function labelOf({ variables, labels }: Labelling, node: SelectionNode): DirectiveNode[] {
  const directive = isIncluded(node, variables) ? node.directives?.find(isDefer) : undefined;
  const [wish, name] = directive ? [argumentOf(directive, 'if'), argumentOf(directive, 'label')] : [];
  const isOff = wish?.kind === Kind.BOOLEAN ? !wish.value : wish?.kind === Kind.VARIABLE && variables[wish.name.value] === false;
  if (!directive || isOff) return [];
  const label = `part${labels.size}`;
  labels.set(label, name?.kind === Kind.STRING ? name.value : undefined);
  const value = { kind: Kind.STRING, value: label } as const;
  return [{ kind: Kind.DIRECTIVE, name: directive.name, arguments: [{ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'label' }, value }] }];
}

/** Our label of a part; undefined for what is not deferred. */
export function deferredAs({ directives = [] }: SelectionNode): string | undefined {
  const directive = directives.find(isDefer);
  const label = directive && argumentOf(directive, 'label');
  return label?.kind === Kind.STRING ? label.value : undefined;
}
