import { readFile } from 'node:fs/promises';
import { type DocumentNode, Kind, parse, type TypeNode, visit } from 'graphql';
import { expect, test } from 'vitest';
import { root } from '../support/program.ts';

const named = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type));

/** Fields that give a page, and do not say how many things that is; and counts that would cost nothing. */
function uncounted(document: DocumentNode): string[] {
  const found: string[] = [];
  const judge = (parent: string) => ({
    FieldDefinition: (field: { name: { value: string }; type: TypeNode; directives?: readonly { name: { value: string } }[] }) => {
      const has = (name: string) => field.directives?.some((each) => each.name.value === name) === true;
      if (named(field.type).endsWith('Connection') && !has('listSize')) found.push(`${parent}.${field.name.value}: @listSize`);
      if (field.name.value === 'totalCount' && !has('cost')) found.push(`${parent}.totalCount: @cost`);
    },
  });
  for (const definition of document.definitions)
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION) visit(definition, judge(definition.name.value));
  return found;
}

test.each(['engagements', 'resources', 'time', 'finance', 'operations'])('every page of %s says what it costs', async (subgraph) => {
  expect(uncounted(parse(await readFile(new URL(`schema/${subgraph}.graphql`, `file://${root}`), 'utf8')))).toEqual([]);
});

test('the law can fail', () => {
  const sdl = 'type Query { books(first: Int): BookConnection! } type BookConnection { totalCount: Int! }';
  expect(uncounted(parse(sdl))).toEqual(['Query.books: @listSize', 'BookConnection.totalCount: @cost']);
});
