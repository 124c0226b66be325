import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLScalarType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  isScalarType,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  type TypeExtensionNode,
} from 'graphql';
import { keepArguments } from './arguments.ts';
import { scalars } from './scalars.ts';
import type { Reading } from './wanted.ts';

/** What resolves the fields of types: by type, then by field, beside `__resolveReference` and `__resolveType`. */
export type ResolverMap = Record<string, unknown>;

/** How an entity is found by what the gateway knows of it. */
export type Reference = (representation: unknown, context: unknown, info: unknown) => unknown;

/**
 * The executable schema of a subgraph, with `_entities`. Its SDL has been composed before, so nothing in it is checked again: a process is to start at
 * once. It does not describe itself (`_service`): the gateway has its SDL from composition.
 */
export function subgraphSchema(typeDefs: DocumentNode, resolvers: ResolverMap, reads: Reads = {}): GraphQLSchema {
  const schema = buildASTSchema(executableDocument(typeDefs), { assumeValidSDL: true, assumeValid: true });
  for (const [name, own] of Object.entries({ ...scalars, ...resolvers })) resolve(schema.getType(name), own);
  for (const [name, own] of Object.entries(reads)) note(schema.getType(name), own);
  return keepArguments(schema);
}

/** What resolvers read of their parents, by type and field (schema/reads.json). */
export type Reads = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

function note(type: GraphQLNamedType | undefined, own: Reads[string]): void {
  if (!isObjectType(type)) return;
  const fields = type.getFields();
  for (const [name, read] of Object.entries(own)) {
    const field = fields[name];
    if (field) field.extensions = { ...field.extensions, reads: read } satisfies Reading;
  }
}

/** How entities of a type are found; undefined where what the gateway knows is all there is. */
export function referenceOf({ extensions }: GraphQLNamedType): Reference | undefined {
  return extensions.resolveReference as Reference | undefined;
}

/** The SDL without what it says to the composer, and with the field by which the gateway asks for entities. */
function executableDocument({ definitions }: DocumentNode): DocumentNode {
  const types = definitions.filter(({ kind }) => kind !== Kind.SCHEMA_EXTENSION && kind !== Kind.SCHEMA_DEFINITION);
  const entities = new Set(types.flatMap((each) => (isEntity(each) ? [each.name.value] : [])));
  const asked = entities.size === 0 ? [] : parse(entitiesText([...entities]), { noLocation: true }).definitions;
  return { kind: Kind.DOCUMENT, definitions: withOwners([...types, ...asked]) };
}

const entitiesText = (types: string[]): string => `
  scalar _Any
  union _Entity = ${types.join(' | ')}
  extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`;

const isKey = ({ name }: ConstDirectiveNode): boolean => name.value === 'key';

function isEntity(node: DefinitionNode): node is ObjectTypeDefinitionNode | ObjectTypeExtensionNode {
  return (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION) && (node.directives ?? []).some(isKey);
}

/** A subgraph extends types that are another's: here the first extension is the type. */
function withOwners(nodes: readonly DefinitionNode[]): DefinitionNode[] {
  const owned = new Set(nodes.flatMap((node) => ('name' in node && node.name && !isExtension(node) ? [node.name.value] : [])));
  return nodes.map((node) => {
    if (!isExtension(node) || owned.has(node.name.value)) return node;
    owned.add(node.name.value);
    return { ...node, kind: definitionOf[node.kind] } as DefinitionNode;
  });
}

function isExtension(node: DefinitionNode): node is TypeExtensionNode {
  return node.kind in definitionOf;
}

const definitionOf: Record<string, string> = {
  [Kind.SCALAR_TYPE_EXTENSION]: Kind.SCALAR_TYPE_DEFINITION,
  [Kind.OBJECT_TYPE_EXTENSION]: Kind.OBJECT_TYPE_DEFINITION,
  [Kind.INTERFACE_TYPE_EXTENSION]: Kind.INTERFACE_TYPE_DEFINITION,
  [Kind.UNION_TYPE_EXTENSION]: Kind.UNION_TYPE_DEFINITION,
  [Kind.ENUM_TYPE_EXTENSION]: Kind.ENUM_TYPE_DEFINITION,
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: Kind.INPUT_OBJECT_TYPE_DEFINITION,
};

type Resolver = GraphQLFieldResolver<unknown, unknown>;

function resolve(type: GraphQLNamedType | undefined, own: unknown): void {
  if (isScalarType(type)) {
    const { serialize, parseValue, parseLiteral } = own as GraphQLScalarType;
    Object.assign(type, { serialize, parseValue, parseLiteral });
  } else if (isAbstractType(type)) {
    type.resolveType = (own as { __resolveType: typeof type.resolveType }).__resolveType;
  } else if (isObjectType(type)) {
    const { __resolveReference: resolveReference, ...fields } = own as Record<string, unknown>;
    if (resolveReference) type.extensions = { ...type.extensions, resolveReference };
    for (const [name, given] of Object.entries(fields)) resolveField(type.getFields()[name], given as Resolver | { resolve: Resolver });
  }
}

function resolveField(field: { resolve?: Resolver | undefined } | undefined, given: Resolver | { resolve: Resolver }): void {
  if (field) field.resolve = typeof given === 'function' ? given : given.resolve;
}
