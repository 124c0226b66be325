import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { EntityTable } from './db.ts';
import { getTableColumns, getTableName } from './sql.ts';

/** Of the types that a document selects from, the properties of their rows that this can read; a type that is not there may be read whole. */
export type Wanted = ReadonlyMap<string, ReadonlySet<string>>;

/** What a resolver is known to read of its parent; it stands in the extensions of its field. */
export type Reading = { reads?: readonly string[] };

/** What the fields of a document read of the things that they are selected of. */
export function wantedOf(schema: GraphQLSchema, document: DocumentNode): Wanted {
  const wanted = new Map<string, Set<string>>();
  const whole = new Set<string>();
  const note = (type: GraphQLObjectType, name: string): void => {
    const field = type.getFields()[name];
    if (!field) return;
    const read = field.resolve ? (field.extensions as Reading).reads : [name];
    if (!read) whole.add(type.name);
    const own = wanted.get(type.name) ?? new Set();
    wanted.set(type.name, own);
    for (const each of read ?? []) own.add(each);
  };
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: ({ name }) => {
        for (const type of possible(schema, getNamedType(info.getParentType() ?? undefined))) note(type, name.value);
      },
    }),
  );
  for (const type of whole) wanted.delete(type);
  return wanted;
}

function possible(schema: GraphQLSchema, type: GraphQLNamedType | undefined): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}

/** Sets of columns that are read of one table: each is a text of its own, which every connection plans. */
const sets = 8;

type Columns = readonly string[] | undefined;

/** What is read of a table, by the table: whoever comes later is served by one of these, or whole. */
const known = new WeakMap<EntityTable, ReadonlySet<string>[]>();
/** The same by what is wanted, which lives as long as its document is remembered. */
const answered = new WeakMap<Wanted, Map<string, Columns>>();

/** The columns, by their names in code, to be read for what is wanted and for what is needed beside; undefined for all. */
export function columnsFor(table: EntityTable, wanted: Wanted | undefined, beside: string = 'id'): Columns {
  const asked = wanted?.get(typeOf(table));
  if (!wanted || !asked) return undefined;
  const answers = answered.get(wanted) ?? new Map<string, Columns>();
  answered.set(wanted, answers);
  const key = `${getTableName(table)} ${beside}`;
  if (!answers.has(key)) answers.set(key, choose(table, new Set(['id', beside, ...asked])));
  return answers.get(key);
}

function choose(table: EntityTable, names: ReadonlySet<string>): Columns {
  const columns = getTableColumns(table);
  // What is no column is worked out from the row somewhere.
  for (const name of names) if (!(name in columns)) return undefined;
  const before = known.get(table) ?? [];
  known.set(table, before);
  const [enough] = before.filter((each) => names.isSubsetOf(each)).sort((one, other) => one.size - other.size);
  const isNew = enough?.size !== names.size && before.length < sets;
  if (isNew) before.push(names);
  const taken = isNew ? names : enough;
  return taken && [...taken].sort();
}

const types = new WeakMap<EntityTable, string>();

/** `TimesheetEntry` for the table timesheet_entry. */
function typeOf(table: EntityTable): string {
  const before = types.get(table);
  if (before) return before;
  const type = getTableName(table).replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
  types.set(table, type);
  return type;
}
