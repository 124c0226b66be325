import type { Scope } from './context.ts';
import type { Db } from './db.ts';
import { Refused } from './errors.ts';
import { type ExternalRefInput, externalKey } from './external.ts';
import { asRefused, type Outcome } from './outcome.ts';
import { notFound } from './rows.ts';
import { sql } from './sql.ts';

/** What items may name by another system's reference: for `customer: 'Customer!'`, `customerRef` stands in place of `customerId`, and one of both is needed. */
export type References = Readonly<Record<string, string>>;

/** Items of a contract as commands take them: ids, whoever named them. `Needed` are always there. */
export type Meant<Item, Needed extends string, Other extends string = never> = Omit<Item, `${Needed | Other}Ref` | `${Needed}Id`> & {
  [Name in Needed as `${Name}Id`]: string;
};

/** Items as callers send them: of each pair, one. */
export type Referring<Item, Refs extends References> = [keyof Refs] extends [never] ? Item : Paired<Item, Refs>;
type Paired<Item, Refs extends References> = Omit<Item, `${keyof Refs & string}Id`> & {
  [Name in keyof Refs & string as `${Name}Id`]?: string | null | undefined;
} & { [Name in keyof Refs & string as `${Name}Ref`]?: ExternalRefInput | null | undefined };

type PerformAll<Item> = (scope: Scope, items: readonly Item[]) => Promise<Outcome[]>;
type Ids = ReadonlyMap<string, string>;
type Fields = Readonly<Record<string, unknown>>;

/** Lets items name what they point to by external references. All references of a call are looked up in one statement; an unknown one refuses its item alone. */
export function byReference<Item, const Refs extends References>(perform: PerformAll<Item>, refs?: Refs): PerformAll<Referring<Item, Refs>> {
  if (!refs) return perform as PerformAll<Referring<Item, Refs>>;
  return async (scope, items) => {
    const ids = await idsOf(scope.tx, refs, items as readonly Fields[]);
    const meant = items.map((item) => meantBy(ids, refs, item as Fields));
    const outcomes = (await perform(scope, meant.filter((item) => !(item instanceof Refused)) as Item[])).values();
    return items.map((item, index) => {
      const own = meant[index];
      if (own instanceof Refused) return { refused: own };
      const next = outcomes.next();
      if (next.done) throw new Error('a command without an outcome');
      return told(refs, item as Fields, next.value);
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
  const ids = await idsOf(db, refs, fields);
  return fields.map((item) => {
    const meant = meantBy(ids, refs, item);
    return meant instanceof Refused ? meant : undefined;
  });
}

const keyOf = (entity: string, ref: ExternalRefInput): string => `${entity} ${externalKey(ref)}`;

function refIn(item: Fields, name: string): ExternalRefInput | undefined {
  return (item[`${name}Ref`] as ExternalRefInput | null | undefined) ?? undefined;
}

/** The ids behind the references of all items, whichever subgraph owns the entities: each lets its siblings read how other systems call them. */
async function idsOf(db: Pick<Db, 'execute'>, refs: References, items: readonly Fields[]): Promise<Ids> {
  const given = Object.entries(refs).flatMap(([name, declared]) =>
    items.flatMap((item) => {
      const ref = refIn(item, name);
      return ref ? [{ entity_type: entityOf(declared), system: ref.system, external_id: ref.externalId }] : [];
    }),
  );
  if (given.length === 0) return new Map();
  const rows = await db.execute(sql`
    select known.entity_type, known.system, known.external_id, known.entity_id from log.external_ref as known
    join jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given(entity_type text, system text, external_id text)
      using (entity_type, system, external_id)`);
  return new Map(
    rows.map((row) => [keyOf(String(row.entity_type), { system: String(row.system), externalId: String(row.external_id) }), String(row.entity_id)]),
  );
}

function meantBy(ids: Ids, refs: References, item: Fields): Fields | Refused {
  const meant: Record<string, unknown> = { ...item };
  for (const [name, declared] of Object.entries(refs)) {
    const ref = refIn(item, name);
    const id = item[`${name}Id`] ?? undefined;
    delete meant[`${name}Ref`];
    if (ref && id !== undefined) return new Refused('VALIDATION_FAILED', `Give ${name}Id or ${name}Ref, not both.`, { field: `${name}Ref` });
    if (declared.endsWith('!') && !ref && id === undefined) return new Refused('VALIDATION_FAILED', `Give ${name}Id or ${name}Ref.`, { field: `${name}Id` });
    if (!ref) continue;
    const found = ids.get(keyOf(entityOf(declared), ref));
    if (found === undefined) return unknown(declared, name, ref);
    meant[`${name}Id`] = found;
  }
  return meant;
}

const entityOf = (declared: string): string => declared.replace('!', '');

function unknown(declared: string, name: string, ref: ExternalRefInput): Refused {
  return notFound(entityOf(declared), `${ref.system} ${ref.externalId}`, `${name}Ref`);
}

/** A refusal by the field that the caller gave. Whoever may not know of an entity is not told the id behind its reference. */
function told(refs: References, item: Fields, outcome: Outcome): Outcome {
  if (!('refused' in outcome)) return outcome;
  const { code, message, field, guard } = outcome.refused;
  for (const [name, declared] of Object.entries(refs)) {
    const ref = refIn(item, name);
    if (!ref || field !== `${name}Id`) continue;
    const refused = code === 'NOT_FOUND' ? unknown(declared, name, ref) : new Refused(code, message, { field: `${name}Ref`, guard });
    return { ...outcome, refused };
  }
  return outcome;
}
