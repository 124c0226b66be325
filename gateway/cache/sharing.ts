import { type DocumentNode, type GraphQLSchema, isInterfaceType, isObjectType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { tagsOf } from '../contracts.ts';
import { type Planning, perPlanning } from '../planning.ts';

/** By this tag the SDL says that who has the same rights is given the same answer. Without it an answer is its asker's own. */
const shared = 'shared';

/** Tells whether all that a document asks for may be shared among those whose rights are the same. */
export function createSharing(graph: { planning(): Planning }): (document: DocumentNode) => boolean {
  const present = perPlanning(graph, ({ supergraphSchema, apiSchema, foreign }) => ({
    // The firm's own subgraphs may want to know who asks.
    coordinates: foreign.size > 0 ? new Set<string>() : sharedIn(supergraphSchema),
    apiSchema,
    known: new WeakMap<DocumentNode, boolean>(),
  }));
  return (document) => {
    const { coordinates, apiSchema, known } = present();
    const verdict = known.get(document) ?? isShared(apiSchema, coordinates, document);
    known.set(document, verdict);
    return verdict;
  };
}

/** Types, and fields of the query type, that bear the tag. */
function sharedIn(schema: GraphQLSchema): ReadonlySet<string> {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
  const named = types.filter((type) => tagsOf(type).includes(shared)).map(({ name }) => name);
  const fields = types.flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => (tagsOf(field).includes(shared) ? [`${type.name}.${field.name}`] : [])),
  );
  return new Set([...named, ...fields]);
}

function isShared(schema: GraphQLSchema, coordinates: ReadonlySet<string>, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let all = true;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const parent = types.getParentType();
        if (!parent || name.value.startsWith('__')) return;
        const isRoot = parent === schema.getQueryType();
        // What has no id, such as an amount or a page, belongs to what shows it.
        const isEntity = (isObjectType(parent) || isInterfaceType(parent)) && 'id' in parent.getFields();
        if (isRoot ? !coordinates.has(`${parent.name}.${name.value}`) : isEntity && !coordinates.has(parent.name)) all = false;
      },
    }),
  );
  return all;
}
