import { type ConstDirectiveNode, type DefinitionNode, type DocumentNode, Kind, visit } from 'graphql';

type TypeNode = Extract<
  DefinitionNode,
  { kind: Kind.OBJECT_TYPE_DEFINITION | Kind.OBJECT_TYPE_EXTENSION | Kind.INTERFACE_TYPE_DEFINITION | Kind.INTERFACE_TYPE_EXTENSION }
>;

type Named = { name: string; document: DocumentNode };

/** Tags that others put on what is ours: they would show clients what we do not. Composition knows no more whose a tag was, so it is asked before. */
export function foreignTags(own: readonly Named[], foreign: readonly Named[]): string[] {
  const ours = new Map<string, Set<string>>();
  for (const type of own.flatMap(({ document }) => document.definitions.filter(isType))) {
    const fields = ours.get(type.name.value) ?? new Set();
    for (const field of type.fields ?? []) fields.add(field.name.value);
    ours.set(type.name.value, fields);
  }
  return foreign.flatMap(({ name, document }) => {
    const isTag = tagsOf(document);
    return document.definitions.filter(isType).flatMap((type) => {
      const fields = ours.get(type.name.value);
      if (!fields) return [];
      const tagged = [
        ...(type.directives?.some(isTag) ? [type.name.value] : []),
        ...(type.fields ?? [])
          .filter((field) => fields.has(field.name.value) && field.directives?.some(isTag))
          .map((field) => `${type.name.value}.${field.name.value}`),
      ];
      return tagged.map((place) => `[${name}] ${place} is Accord's own: whom it is shown to is not said here. Tag the fields that you add.`);
    });
  });
}

function isType(node: DefinitionNode): node is TypeNode {
  return (
    node.kind === Kind.OBJECT_TYPE_DEFINITION ||
    node.kind === Kind.OBJECT_TYPE_EXTENSION ||
    node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
    node.kind === Kind.INTERFACE_TYPE_EXTENSION
  );
}

/** A tag may come in under another name: `import: [{ name: "@tag", as: "@mark" }]`, or by the name of its feature. */
function tagsOf(document: DocumentNode): (directive: ConstDirectiveNode) => boolean {
  const names = new Set(['tag']);
  visit(document, {
    ObjectValue: ({ fields }) => {
      const said = Object.fromEntries(fields.map(({ name, value }) => [name.value, value.kind === Kind.STRING ? value.value : '']));
      if (said.name === '@tag' && said.as) names.add(said.as.slice(1));
    },
  });
  return ({ name: { value } }) => names.has(value) || value.endsWith('__tag');
}
