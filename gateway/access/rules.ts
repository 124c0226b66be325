import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ScalarTypeDefinitionNode,
  type TypeNode,
} from 'graphql';

/** Of each list one alternative has to be met as a whole; an empty list asks for nothing. */
export type Rule = { scopes: readonly (readonly string[])[]; policies: readonly (readonly string[])[] };

/** What the contract asks of whoever reads, by the coordinates of fields and the names of types. `@authenticated` is met by all who come through the door. */
export type AccessRules = { fields: ReadonlyMap<string, Rule>; types: ReadonlyMap<string, Rule> };

/** Federation's own words for it. They stand in the committed supergraph, so that other routers enforce them, too. */
const words = ['authenticated', 'requiresScopes', 'policy'];
const feature = /^https:\/\/specs\.apollo\.dev\/(authenticated|requiresScopes|policy)\/v[\d.]+$/;
const scalars = new Set(['requiresScopes__Scope', 'policy__Policy']);

type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;
type Judged = Composite | ScalarTypeDefinitionNode | EnumTypeDefinitionNode;

/**
 * Reads the rules of a composed supergraph. A rule of a type is one of its fields and of all that lead to it. Composition gives interfaces what their types
 * ask for; each type is judged by itself, so that only what an interface asks beside that is one of its types' rules.
 */
export function accessRulesIn(supergraph: DocumentNode): AccessRules {
  demandPlainNames(supergraph);
  const nodes = supergraph.definitions.filter(isJudged);
  const composites = nodes.filter(isComposite);
  const typesOf = ({ name }: Judged) => composites.filter((each) => each.interfaces?.some((one) => one.name.value === name.value));
  const types = new Map<string, Rule>();
  for (const node of nodes) {
    const below = typesOf(node);
    const rule = beside(ruleOf(node), below.map(ruleOf));
    for (const each of [node, ...below]) put(types, each.name.value, rule);
  }
  const fields = new Map<string, Rule>();
  for (const type of composites) {
    const below = typesOf(type);
    for (const field of type.fields ?? []) {
      const same = below.map((each) => each.fields?.find(({ name }) => name.value === field.name.value));
      const rule = beside(ruleOf(field), [...same, ...below].map(ruleOf));
      for (const each of [type, ...below]) put(fields, `${each.name.value}.${field.name.value}`, rule);
      const whole = [types.get(type.name.value), types.get(namedType(field.type))];
      for (const each of whole) put(fields, `${type.name.value}.${field.name.value}`, each);
    }
  }
  return { fields, types };
}

function put(rules: Map<string, Rule>, place: string, rule: Rule | undefined): void {
  const both = bothOf(rules.get(place), rule);
  if (both) rules.set(place, both);
}

/** The rule, where it names something that the others do not. */
function beside(rule: Rule | undefined, others: readonly (Rule | undefined)[]): Rule | undefined {
  const named = new Set(others.flatMap(namesIn));
  return namesIn(rule).every((name) => named.has(name)) ? undefined : rule;
}

const namesIn = (rule: Rule | undefined): string[] => (rule ? [...rule.scopes.flat(), ...rule.policies.flat()] : []);

/** The supergraph as planners load it: they refuse one with rules that they cannot enforce. */
export function withoutRules(supergraph: DocumentNode): DocumentNode {
  const isGone = (each: DefinitionNode) =>
    (each.kind === Kind.DIRECTIVE_DEFINITION && words.includes(each.name.value)) || (each.kind === Kind.SCALAR_TYPE_DEFINITION && scalars.has(each.name.value));
  return { ...supergraph, definitions: supergraph.definitions.filter((each) => !isGone(each)).map(bare) };
}

function isComposite(node: DefinitionNode): node is Composite {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

function isJudged(node: DefinitionNode): node is Judged {
  return isComposite(node) || node.kind === Kind.SCALAR_TYPE_DEFINITION || node.kind === Kind.ENUM_TYPE_DEFINITION;
}

function bare(node: DefinitionNode): DefinitionNode {
  if (node.kind === Kind.SCHEMA_DEFINITION) return { ...node, directives: (node.directives ?? []).filter((each) => !feature.test(linked(each).url ?? '')) };
  if (!isJudged(node)) return node;
  if (!isComposite(node) || !node.fields?.some(({ directives }) => directives?.some(isRule))) return plain(node);
  return { ...plain(node), fields: node.fields.map(plain) };
}

type Directed = { readonly directives?: readonly ConstDirectiveNode[] };

function plain<Node extends Directed>(node: Node): Node {
  return node.directives?.some(isRule) ? { ...node, directives: node.directives.filter((each) => !isRule(each)) } : node;
}

const isRule = ({ name }: ConstDirectiveNode): boolean => words.includes(name.value);

/** A rule under another name would be read over. */
function demandPlainNames({ definitions }: DocumentNode): void {
  const links = definitions.flatMap((each) => (each.kind === Kind.SCHEMA_DEFINITION || each.kind === Kind.SCHEMA_EXTENSION ? (each.directives ?? []) : []));
  const renamed = links.map(linked).find(({ url, as }) => feature.test(url ?? '') && as !== undefined);
  if (renamed) throw new Error(`The supergraph calls ${renamed.url} by the name ${renamed.as}; only its own name is read.`);
}

function linked({ arguments: given = [] }: ConstDirectiveNode): { url?: string | undefined; as?: string | undefined } {
  const text = (name: string) => {
    const value = given.find((each) => each.name.value === name)?.value;
    return value?.kind === Kind.STRING ? value.value : undefined;
  };
  return { url: text('url'), as: text('as') };
}

function ruleOf(node: Directed | undefined): Rule | undefined {
  const alternatives = (directive: string, argument: string) => {
    const value = node?.directives?.find(({ name }) => name.value === directive)?.arguments?.find(({ name }) => name.value === argument)?.value;
    return listOf(value).map((each) => listOf(each).flatMap((one) => (one.kind === Kind.STRING ? [one.value] : [])));
  };
  const rule = { scopes: alternatives('requiresScopes', 'scopes'), policies: alternatives('policy', 'policies') };
  return rule.scopes.length > 0 || rule.policies.length > 0 ? rule : undefined;
}

/** A single value stands for a list of one. */
function listOf(value: ConstValueNode | undefined): readonly ConstValueNode[] {
  if (!value) return [];
  return value.kind === Kind.LIST ? value.values : [value];
}

/** What meets both rules. */
function bothOf(one: Rule | undefined, other: Rule | undefined): Rule | undefined {
  if (!one || !other || one === other) return one ?? other;
  return { scopes: combined(one.scopes, other.scopes), policies: combined(one.policies, other.policies) };
}

function combined(one: Rule['scopes'], other: Rule['scopes']): Rule['scopes'] {
  if (one.length === 0 || other.length === 0) return one.length === 0 ? other : one;
  return one.flatMap((left) => other.map((right) => [...new Set([...left, ...right])]));
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
