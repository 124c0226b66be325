import type { Scope } from './context.ts';
import type { Db } from './db.ts';
import { Refused } from './errors.ts';
import { type ExternalRefInput, externalKey } from './external.ts';
import { asRefused, type Outcome } from './outcome.ts';
import { notFound } from './rows.ts';
import { sql } from './sql.ts';

/**
 * What items may name by another system's reference: for `customer: 'Customer!'`, `customerRef` stands in place of `customerId`, and one of both is needed.
 * `'rates.employee'` is the same inside `rates`, in each of them if it is a list; `'lines.projects[]'` lets `projectRefs` stand in place of or beside `projectIds`.
 */
export type References = Readonly<Record<string, string>>;

/** Items of a contract as commands take them: ids, whoever named them. `Needed` are always there. */
export type Meant<Item, Needed extends string, Other extends string = never> = Omit<Item, `${Needed | Other}Ref` | `${Needed}Id`> & {
  [Name in Needed as `${Name}Id`]: string;
};

/** Items as callers send them: of each pair, one. */
export type Referring<Item, Refs extends References> = [keyof Refs] extends [never] ? Item : Paired<Item, Refs>;
type Paired<Item, Refs extends References> = Omit<Item, `${Own<Refs>}Id` | Below<Refs>> & {
  [Name in Own<Refs> as `${Name}Id`]?: string | null | undefined;
} & { [Name in Own<Refs> as `${Name}Ref`]?: ExternalRefInput | null | undefined } & { [Name in Below<Refs>]?: object | null | undefined };
type Own<Refs extends References> = Exclude<keyof Refs & string, `${string}.${string}`>;
type Below<Refs extends References> = keyof Refs extends infer Name ? (Name extends `${infer First}.${string}` ? First : never) : never;

type PerformAll<Item> = (scope: Scope, items: readonly Item[]) => Promise<Outcome[]>;
type Ids = ReadonlyMap<string, string>;
type Fields = Readonly<Record<string, unknown>>;

/** Lets items name what they point to by external references. All references of a call are looked up in one statement; an unknown one refuses its item alone. */
export function byReference<Item, const Refs extends References>(perform: PerformAll<Item>, refs?: Refs): PerformAll<Referring<Item, Refs>> {
  if (!refs) return perform as PerformAll<Referring<Item, Refs>>;
  const pointers = pointersOf(refs);
  return async (scope, items) => {
    const ids = await idsOf(scope.tx, pointers, items as readonly Fields[]);
    const meant = items.map((item) => meantBy(ids, pointers, item as Fields));
    const outcomes = (await perform(scope, meant.filter((item) => !(item instanceof Refused)) as Item[])).values();
    return items.map((item, index) => {
      const own = meant[index];
      if (own instanceof Refused) return { refused: own };
      const next = outcomes.next();
      if (next.done) throw new Error('a command without an outcome');
      return told({ pointers, ids, item: item as Fields }, next.value);
    });
  };
}

type Perform<Item> = (scope: Scope, item: Item) => Promise<{ id: string }>;

/** The same for one item: a refusal is thrown. */
export function oneByReference<Item, const Refs extends References>(perform: Perform<Item>, refs?: Refs): Perform<Referring<Item, Refs>> {
  if (!refs) return perform as Perform<Referring<Item, Refs>>;
  const performAll = byReference<Item, Refs>((scope, items) => Promise.all(items.map((item) => attempted(perform, scope, item))), refs);
  return async (scope, item) => {
    const [outcome] = await performAll(scope, [item]);
    if (!outcome || 'refused' in outcome) throw outcome?.refused ?? new Error('a command without an outcome');
    return outcome;
  };
}

async function attempted<Item>(perform: Perform<Item>, scope: Scope, item: Item): Promise<Outcome> {
  try {
    return await perform(scope, item);
  } catch (error) {
    return { refused: asRefused(error) };
  }
}

/** Of each item, why a reference in it means nothing to whoever reads: there is no such entity, or it is not theirs to know. */
export async function unknownRefs(db: Db, refs: References | undefined, items: readonly unknown[]): Promise<(Refused | undefined)[]> {
  if (!refs) return items.map(() => undefined);
  const fields = items as readonly Fields[];
  const pointers = pointersOf(refs);
  const ids = await idsOf(db, pointers, fields);
  return fields.map((item) => {
    const meant = meantBy(ids, pointers, item);
    return meant instanceof Refused ? meant : undefined;
  });
}

/** A declared reference: where its fields stand in an item, and how they are called. */
type Pointer = { path: readonly string[]; place: string; id: string; ref: string; many: boolean; entity: string; needed: boolean };

function pointersOf(refs: References): Pointer[] {
  return Object.entries(refs).map(([name, declared]) => {
    const path = name.replace('[]', '').split('.');
    const last = path.pop() ?? '';
    const many = name.endsWith('[]');
    const field = many ? last.replace(/s$/, '') : last;
    const ending = many ? 's' : '';
    const place = path.map((each) => `${each}.`).join('');
    return { path, place, id: `${field}Id${ending}`, ref: `${field}Ref${ending}`, many, entity: declared.replace('!', ''), needed: declared.endsWith('!') };
  });
}

const keyOf = (entity: string, ref: ExternalRefInput): string => `${entity} ${externalKey(ref)}`;

/** Changes the objects at a path: lists on the way mean each of theirs. */
function changedAt(value: unknown, [next, ...rest]: readonly string[], change: (fields: Fields) => Fields): unknown {
  if (Array.isArray(value)) return value.map((each) => changedAt(each, next === undefined ? [] : [next, ...rest], change));
  if (typeof value !== 'object' || value === null) return value;
  const fields: Fields = { ...value };
  return next === undefined ? change(fields) : { ...fields, [next]: changedAt(fields[next], rest, change) };
}

/** The references that an item gives for one pointer. */
function refsIn(item: Fields, { path, ref }: Pointer): ExternalRefInput[] {
  const given: ExternalRefInput[] = [];
  changedAt(item, path, (fields) => {
    given.push(...refsOf(fields, ref));
    return fields;
  });
  return given;
}

function refsOf(fields: Fields, ref: string): ExternalRefInput[] {
  return [(fields[ref] ?? []) as ExternalRefInput | ExternalRefInput[]].flat();
}

/** The ids behind the references of all items, whichever subgraph owns the entities: each lets its siblings read how other systems call them. */
async function idsOf(db: Pick<Db, 'execute'>, pointers: readonly Pointer[], items: readonly Fields[]): Promise<Ids> {
  const given = pointers.flatMap((pointer) =>
    items.flatMap((item) => refsIn(item, pointer).map((ref) => ({ entity_type: pointer.entity, system: ref.system, external_id: ref.externalId }))),
  );
  if (given.length === 0) return new Map();
  const rows = await db.execute(sql`
    select known.entity_type, known.system, known.external_id, known.entity_id from log.external_ref as known
    join (select distinct * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as each(entity_type text, system text, external_id text)) as given
      using (entity_type, system, external_id)`);
  return new Map(
    rows.map((row) => [keyOf(String(row.entity_type), { system: String(row.system), externalId: String(row.external_id) }), String(row.entity_id)]),
  );
}

/** An item with ids in place of all its references, or why that cannot be. */
function meantBy(ids: Ids, pointers: readonly Pointer[], item: Fields): Fields | Refused {
  try {
    return pointers.reduce<Fields>((meant, pointer) => changedAt(meant, pointer.path, (fields) => meantIn(ids, pointer, fields)) as Fields, item);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

function meantIn(ids: Ids, pointer: Pointer, fields: Fields): Fields {
  const { place, id, ref, many, needed } = pointer;
  const { [ref]: given, ...rest } = fields;
  const own = rest[id] ?? undefined;
  if (given && own !== undefined && !many) throw new Refused('VALIDATION_FAILED', `Give ${id} or ${ref}, not both.`, { field: `${place}${ref}` });
  if (needed && !given && own === undefined) throw new Refused('VALIDATION_FAILED', `Give ${id} or ${ref}.`, { field: `${place}${id}` });
  if (!given) return rest;
  const found = refsOf(fields, ref).map((each) => {
    const known = ids.get(keyOf(pointer.entity, each));
    if (known === undefined) throw unknown(pointer, each);
    return known;
  });
  return { ...rest, [id]: many ? [...new Set([own ?? [], found].flat())] : found[0] };
}

function unknown({ entity, place, ref: field }: Pointer, ref: ExternalRefInput): Refused {
  return notFound(entity, `${ref.system} ${ref.externalId}`, `${place}${field}`);
}

/** A refusal by the field that the caller gave. Whoever may not know of an entity is not told the id behind its reference. */
function told({ pointers, ids, item }: { pointers: readonly Pointer[]; ids: Ids; item: Fields }, outcome: Outcome): Outcome {
  if (!('refused' in outcome)) return outcome;
  const { code, message, field, guard } = outcome.refused;
  for (const pointer of pointers) {
    if (!field || !`${pointer.place}${pointer.id}`.endsWith(field)) continue;
    // Of several in lists, the one whose id is told.
    const given = refsIn(item, pointer);
    const ref = pointer.path.length === 0 ? given[0] : given.find((each) => message.includes(String(ids.get(keyOf(pointer.entity, each)))));
    if (!ref) continue;
    const refused = code === 'NOT_FOUND' ? unknown(pointer, ref) : new Refused(code, message, { field: `${pointer.place}${pointer.ref}`, guard });
    return { ...outcome, refused };
  }
  return outcome;
}
