import { type DefinitionNode, type DocumentNode, Kind, visit } from 'graphql';
import { withIncremental } from './incremental/directives.ts';

/** The document with these fields alone, and with the types that they need. */
export function contractDocument(whole: DocumentNode, fields: ReadonlySet<string>): DocumentNode {
  const owners = new Set([...fields].map((coordinate) => coordinate.split('.')[0]));
  const kept = whole.definitions.flatMap((definition): DefinitionNode[] => {
    if (definition.kind === Kind.DIRECTIVE_DEFINITION || definition.kind === Kind.SCHEMA_DEFINITION) return [];
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [definition];
    const name = definition.name.value;
    if (!owners.has(name)) return [];
    const interfaces = (definition.interfaces ?? []).filter((each) => owners.has(each.name.value));
    const shown = (definition.fields ?? []).filter((field) => fields.has(`${name}.${field.name.value}`));
    return [{ ...definition, interfaces, fields: shown }];
  });
  return { kind: Kind.DOCUMENT, definitions: withIncremental(kept.filter(isNeeded(kept))) };
}

const rootTypes = ['Query', 'Mutation', 'Subscription'];

/** True for root types, for what they name, and so on; for object types always: they are what may stand behind an interface. */
function isNeeded(definitions: readonly DefinitionNode[]): (definition: DefinitionNode) => boolean {
  const byName = new Map(definitions.flatMap((each) => ('name' in each && each.name ? [[each.name.value, each]] : [])));
  const needed = new Set<string>();
  const need = (name: string): void => {
    const definition = byName.get(name);
    if (!definition || needed.has(name)) return;
    needed.add(name);
    visit(definition, { NamedType: ({ name: { value } }) => need(value) });
  };
  for (const each of definitions) if (each.kind === Kind.OBJECT_TYPE_DEFINITION) need(each.name.value);
  for (const root of rootTypes) need(root);
  return (definition) => 'name' in definition && definition.name !== undefined && needed.has(definition.name.value);
}
