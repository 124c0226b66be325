import { type DirectiveDefinitionNode, type DirectiveNode, type DocumentNode, Kind, parse, type ValueNode, visit } from 'graphql';

const sdl = `
"What a client can do without at first: its answer may come in a later part, where the client takes an answer in parts."
directive @defer(
  "False where it is wanted with the rest."
  if: Boolean! = true
  "A name for the part, which comes with it."
  label: String
) on FRAGMENT_SPREAD | INLINE_FRAGMENT

"A list of which a client can do without the end at first. Here lists are answered whole all the same, as the specification lets a server do."
directive @stream(
  "False where it is wanted whole."
  if: Boolean! = true
  "A name for what comes later."
  label: String
  "How many items are wanted at once."
  initialCount: Int! = 0
) on FIELD
`;

/** The directives for answers in parts, which this version of graphql-js does not bring. */
export const incrementalDefinitions = parse(sdl, { noLocation: true }).definitions as readonly DirectiveDefinitionNode[];

const names = incrementalDefinitions.map(({ name }) => name.value);

export const isDefer = ({ name }: DirectiveNode): boolean => name.value === 'defer';

/** A directive that asks for an answer in parts. */
export const isIncremental = ({ name }: DirectiveNode): boolean => names.includes(name.value);

/** What is given for an argument, as it stands in the document. */
export function argumentOf({ arguments: given = [] }: DirectiveNode, name: string): ValueNode | undefined {
  return given.find((each) => each.name.value === name)?.value;
}

/** The definitions of a schema with ours, where it has none of its own. */
export function withIncremental<Node extends { readonly kind: string }>(definitions: readonly Node[]): readonly (Node | DirectiveDefinitionNode)[] {
  const own = new Set(definitions.flatMap((each) => (isDirective(each) ? [each.name.value] : [])));
  return [...definitions, ...incrementalDefinitions.filter(({ name }) => !own.has(name.value))];
}

function isDirective(node: { readonly kind: string }): node is DirectiveDefinitionNode {
  return node.kind === Kind.DIRECTIVE_DEFINITION;
}

/** A document that asks for one whole answer; the same where it asks for nothing else. */
export function wholly(document: DocumentNode): DocumentNode {
  return visit(document, { Directive: (directive) => (isIncremental(directive) ? null : undefined) });
}
