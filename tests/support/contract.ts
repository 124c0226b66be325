import { type DocumentNode, Kind, parse } from 'graphql';
import { readSdl } from '#kernel/sdl.ts';
import { root } from './house.ts';

export const subgraphNames = ['engagements', 'resources', 'time', 'finance', 'operations'] as const;

/** The SDL of one subgraph (or of the kernel), parsed. */
export async function sdlOf(name: string): Promise<DocumentNode> {
  return parse(await readSdl(new URL('schema/', root), name));
}

type Field = { name: string; type: string; arguments: string[]; described: boolean };
export type TypeShape = { name: string; kind: string; fields: Field[]; values: string[]; tags: string[]; directives: string[] };

/** The types of an SDL document with extensions folded in. */
export function typesOf(document: DocumentNode): Map<string, TypeShape> {
  const found = new Map<string, TypeShape>();
  for (const definition of document.definitions) {
    if (
      !('name' in definition) ||
      !definition.name ||
      definition.kind === Kind.OPERATION_DEFINITION ||
      definition.kind === Kind.FRAGMENT_DEFINITION ||
      definition.kind === Kind.DIRECTIVE_DEFINITION
    )
      continue;
    const shape: TypeShape = found.get(definition.name.value) ?? {
      name: definition.name.value,
      kind: definition.kind.replace('Extension', 'Definition'),
      fields: [],
      values: [],
      tags: [],
      directives: [],
    };
    found.set(shape.name, shape);
    if ('directives' in definition) for (const each of definition.directives ?? []) shape.directives.push(each.name.value);
    if ('values' in definition) shape.values.push(...(definition.values ?? []).map((value) => value.name.value));
    if ('fields' in definition) {
      for (const field of definition.fields ?? []) {
        const args = 'arguments' in field ? (field.arguments ?? []).map((argument) => argument.name.value) : [];
        shape.fields.push({ name: field.name.value, type: typeText(field.type as never), arguments: args, described: Boolean(field.description) });
      }
    }
  }
  return found;
}

type TypeNode = { kind: string; type?: TypeNode; name?: { value: string } };

/** A type as the SDL writes it: `[Customer!]!`. */
export function typeText(type: TypeNode): string {
  if (type.kind === Kind.NON_NULL_TYPE && type.type) return `${typeText(type.type)}!`;
  if (type.kind === Kind.LIST_TYPE && type.type) return `[${typeText(type.type)}]`;
  return type.name?.value ?? '';
}

/** The named type behind lists and non-nulls. */
export function namedType(type: string): string {
  return type.replace(/[[\]!]/g, '');
}
