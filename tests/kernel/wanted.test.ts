import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { narrowReader, readerOf } from '#kernel/read.ts';
import { integer, pgSchema, text, timestamp, uuid } from '#kernel/sql.ts';
import { subgraphSchema } from '#kernel/subgraphSchema.ts';
import { columnsFor, wantedOf } from '#kernel/wanted.ts';

const sdl = `
  type Query { books: [Book!]! things: [Thing!]! }
  interface Thing { id: ID! title: String }
  type Book implements Thing @key(fields: "id") { id: ID! title: String pages: Int shelf: Shelf author: String judged: String }
  type Shelf implements Thing { id: ID! title: String books: [Book!]! }`;
const resolvers = {
  Book: {
    shelf: ({ shelfId }: { shelfId: string }) => ({ id: shelfId }),
    author: ({ first, last }: { first: string; last: string }) => `${first} ${last}`,
    judged: (book: object) => JSON.stringify(book),
  },
};
const schema = subgraphSchema(parse(sdl), resolvers, { Book: { shelf: ['shelfId'], author: ['first', 'last'] }, Gone: { field: [] } });
const wanted = (document: string) => Object.fromEntries([...wantedOf(schema, parse(document))].map(([type, names]) => [type, [...names].sort()]));

describe('what a document reads', () => {
  test('is the property of a field, and what its resolver is known to read', () => {
    expect(wanted('{ books { title shelf { id } } }').Book).toEqual(['shelfId', 'title']);
    expect(wanted('{ books { again: author __typename } }').Book).toEqual(['first', 'last']);
  });

  test('is found through fragments, interfaces and entities, in all of its places', () => {
    expect(wanted('{ things { title ... on Book { pages } } }')).toMatchObject({ Book: ['pages', 'title'], Shelf: ['title'] });
    expect(wanted('{ books { ...own shelf { books { author } } } } fragment own on Book { pages }').Book).toEqual(['first', 'last', 'pages', 'shelfId']);
    expect(wanted('query ($of: [_Any!]!) { _entities(representations: $of) { ... on Book { title } } }').Book).toEqual(['title']);
  });

  test('is everything where a resolver may read anything', () => {
    expect(wanted('{ books { title judged } }').Book).toBeUndefined();
    expect(wanted('{ books { title } more: books { shelf { books { judged } } } }').Book).toBeUndefined();
  });
});

const columns = () => ({
  id: uuid('id').primaryKey(),
  version: integer('version').notNull(),
  updatedAt: timestamp('updated_at').notNull(),
  title: text('title'),
  pages: integer('pages'),
  first: text('first_name'),
});

describe('the columns that are read', () => {
  const of = (names: readonly string[]) => new Map([['Book', new Set(names)]]);

  test('are those that are wanted, and what orders them', () => {
    const table = pgSchema('reading').table('book', columns());
    expect(columnsFor(table, of(['title']))).toEqual(['id', 'title']);
    expect(columnsFor(table, of(['title']), 'updatedAt')).toEqual(['id', 'title', 'updatedAt']);
    const same = of(['first']);
    expect(columnsFor(table, same)).toBe(columnsFor(table, same));
  });

  test('are all where nothing is known of the document or the type, or something is no column', () => {
    const table = pgSchema('reading').table('book', columns());
    expect(columnsFor(table, undefined)).toBeUndefined();
    expect(columnsFor(table, new Map())).toBeUndefined();
    expect(columnsFor(table, of(['title', 'workedOut']))).toBeUndefined();
    expect(columnsFor(pgSchema('reading').table('other_thing', columns()), of(['title']))).toBeUndefined();
  });

  test('are of few sets for each table: what comes later is served by one that holds it, or whole', () => {
    const wide = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`c${n}`, integer(`c${n}`)]));
    const table = pgSchema('reading').table('book', { ...columns(), ...wide });
    for (let n = 0; n < 8; n += 1) expect(columnsFor(table, of([`c${n}`, 'title']))).toEqual([`c${n}`, 'id', 'title']);
    expect(columnsFor(table, of(['c3']))).toEqual(['c3', 'id', 'title']);
    expect(columnsFor(table, of(['c11']))).toBeUndefined();
    expect(columnsFor(table, of(['c3', 'c4']))).toBeUndefined();
  });
});

describe('a row of which some columns were read', () => {
  const table = pgSchema('reading').table('book', columns());
  const raw = { id: 'a', title: 'T', first_name: null };

  test('has them as the whole row has them, and tells whoever asks for another one', () => {
    const { columns: list, row } = narrowReader(table, ['first', 'id', 'title']);
    const read = row(raw);
    expect({ ...read }).toEqual({ id: 'a', title: 'T', first: null });
    expect(read.title).toBe('T');
    expect(() => read.pages).toThrow('pages was not read');
    expect(list.queryChunks).toHaveLength(1);
  });

  test('is the whole row where no columns are named', () => {
    expect(narrowReader(table, undefined)).toBe(readerOf(table));
    expect(narrowReader(table, ['id'])).toBe(narrowReader(table, ['id']));
  });
});
