import { buildASTSchema, type DefinitionNode, type DocumentNode, type GraphQLSchema, Kind } from 'graphql';
import { withIncremental } from './incremental/directives.ts';

/** What composition says to the planner, and no client reads. */
const plannersOwn = /^(link|tag|cost|listSize)$|^(join|link)__/;
const features = /\/(link|join|tag|cost)\/v[\d.]+$/;

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
