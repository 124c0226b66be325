import { Supergraph } from '@apollo/federation-internals';
import {
  buildASTSchema,
  type DefinitionNode,
  type DirectiveDefinitionNode,
  type DocumentNode,
  extendSchema,
  type GraphQLSchema,
  Kind,
  type TypeNode,
} from 'graphql';
import { withIncremental } from './incremental/directives.ts';

/** What composition says to the planner, and no client reads. */
const plannersOwn = /^(link|tag|cost|listSize)$|^(join|link)__/;
const features = /\/(link|join|tag|cost)\/v[\d.]+$/;

/** What clients see of a composed supergraph. */
export function clientSchemaOf(supergraph: DocumentNode, { validate }: { validate: boolean }): GraphQLSchema {
  const plain = apiSchemaOf(supergraph);
  if (plain) return plain;
  const schema = Supergraph.build(supergraph, { validateSupergraph: validate }).apiSchema().toGraphQLJSSchema();
  // Federation's library takes a feature's directives away with it, also those that stand in operations.
  const definitions = withIncremental(executableIn(supergraph, schema)).filter(({ name }) => !schema.getDirective(name.value));
  return extendSchema(schema, { kind: Kind.DOCUMENT, definitions }, { assumeValidSDL: true });
}

const executable = new Set(['QUERY', 'MUTATION', 'SUBSCRIPTION', 'FIELD', 'FRAGMENT_DEFINITION', 'FRAGMENT_SPREAD', 'INLINE_FRAGMENT', 'VARIABLE_DEFINITION']);

/** The directives that clients may write, of whose arguments they see the types. */
function executableIn({ definitions }: DocumentNode, schema: GraphQLSchema): DirectiveDefinitionNode[] {
  return definitions.flatMap((each) => {
    if (each.kind !== Kind.DIRECTIVE_DEFINITION || plannersOwn.test(each.name.value)) return [];
    const locations = each.locations.filter(({ value }) => executable.has(value));
    const isSeen = (each.arguments ?? []).every(({ type }) => schema.getType(nameOf(type)) !== undefined);
    return locations.length > 0 && isSeen ? [{ ...each, locations }] : [];
  });
}

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));

/**
 * What clients see of a composed supergraph: all but the names by which subgraphs are joined, and the directives for answers in parts. Undefined where another feature speaks, such as one that
 * hides something: then federation's own library has to say what is left, which takes it some 0.3 s of a start.
 */
export function apiSchemaOf(supergraph: DocumentNode): GraphQLSchema | undefined {
  if (!supergraph.definitions.every(saysNoMore)) return undefined;
  const definitions = supergraph.definitions.filter((each) => !('name' in each && each.name && plannersOwn.test(each.name.value)));
  return buildASTSchema({ kind: Kind.DOCUMENT, definitions: withIncremental(definitions) }, { assumeValidSDL: true, assumeValid: true });
}

function saysNoMore(definition: DefinitionNode): boolean {
  if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) return true;
  return (definition.directives ?? []).every(({ name, arguments: given = [] }) => {
    const url = given.find((each) => each.name.value === 'url')?.value;
    return name.value === 'link' && url?.kind === Kind.STRING && features.test(url.value) && given.every((each) => each.name.value !== 'as');
  });
}
