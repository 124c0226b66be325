import { z } from 'zod';
import { secondsOfHours } from './decimal.ts';
import { isCalendarDate } from './period.ts';

/** How a field is spelled in SDL; an entity is shown as itself, not as its id. */
export type Shown =
  | { kind: 'scalar'; type: string }
  | { kind: 'hours' }
  | { kind: 'entity'; type: string }
  | { kind: 'entities'; type: string }
  | { kind: 'nested'; fields: Fields }
  | { kind: 'list'; of: Shown };

/** One field of what a subgraph publishes: its schema, its words and how the event contract shows it. */
export type Field<Value> = {
  readonly schema: z.ZodType<Value>;
  readonly description: string;
  readonly shown: Shown;
  readonly nullable: boolean;
  /** The firm's own affair: shown to nobody outside, though the fact is. */
  readonly firmOnly: boolean;
  /** Stays in the log: no event shows it. */
  readonly internal: boolean;
};

export type Fields = Readonly<Record<string, Field<unknown>>>;
export type ValuesOf<Own extends Fields> = { [Name in keyof Own]: Own[Name] extends Field<infer Value> ? Value : never };

function field<Value>(schema: z.ZodType<Value>, description: string, shown: Shown): Field<Value> {
  return { schema, description, shown, nullable: false, firmOnly: false, internal: false };
}

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be an id');
const decimalText = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be an exact number as text');
const date = z.string().refine(isCalendarDate, 'must be a date such as 2026-01-31');
const money = z.strictObject({ amount: decimalText, currency: z.string().length(3) });

/** The id of an entity; the event shows the entity by the key without `Id`. */
export const id = (entity: string, description = ''): Field<string> => field(uuid, description, { kind: 'entity', type: entity });
/** An id whose entity the field's neighbour names. */
export const anyId = (description: string): Field<string> => field(uuid, description, { kind: 'scalar', type: 'ID' });
/** Ids of entities; the event shows the entities, of which any may be gone. */
export const ids = (entity: string, description: string): Field<readonly string[]> =>
  field(z.array(uuid).readonly(), description, { kind: 'entities', type: entity });
export const text = (description: string): Field<string> => field(z.string(), description, { kind: 'scalar', type: 'String' });
/** An exact number as text. */
export const decimal = (description: string): Field<string> => field(decimalText, description, { kind: 'scalar', type: 'Decimal' });
/** Hours as text that name a whole number of seconds; the event shows the exact `duration` beside them. */
export const hours = (description: string): Field<string> =>
  field(
    decimalText.refine((text) => secondsOfHours(text) !== undefined, 'must be a whole number of seconds'),
    description,
    { kind: 'hours' },
  );
/** A whole number of any size as text: minor units, seconds. */
export const digits = (description: string): Field<string> =>
  field(z.string().regex(/^-?\d+$/, 'must be a whole number as text'), description, { kind: 'scalar', type: 'Decimal' });
/** An amount as the contract shows it. */
export const shownMoney = (description: string): Field<{ amount: string; currency: string }> => field(money, description, { kind: 'scalar', type: 'Money' });
export const day = (description: string): Field<string> => field(date, description, { kind: 'scalar', type: 'Date' });
/** A point in time, as ISO text. */
export const instant = (description: string): Field<string> => field(z.iso.datetime(), description, { kind: 'scalar', type: 'DateTime' });
export const whole = (description: string): Field<number> => field(z.int(), description, { kind: 'scalar', type: 'Int' });
export const flag = (description: string): Field<boolean> => field(z.boolean(), description, { kind: 'scalar', type: 'Boolean' });
/** One of a few words; SDL shows text, so that a new word breaks no client. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words, description: string): Field<Words[number]> =>
  field<Words[number]>(z.enum(words), description, { kind: 'scalar', type: 'String' });
export const list = <Value>(of: Field<Value>, description = of.description): Field<readonly Value[]> =>
  field(z.array(of.schema).readonly(), description, { kind: 'list', of: of.shown });
/** A thing without an id of its own. */
export const thing = <Own extends Fields>(own: Own, description: string): Field<ValuesOf<Own>> =>
  field(schemaOf(own), description, { kind: 'nested', fields: own });
export const nullable = <Value>(of: Field<Value>): Field<Value | null> => ({ ...of, schema: of.schema.nullable(), nullable: true });
export const firmOnly = <Value>(of: Field<Value>): Field<Value> => ({ ...of, firmOnly: true });
export const internal = <Value>(of: Field<Value>): Field<Value> => ({ ...of, internal: true });

/** `customer` for `customerId`. */
export function entityKey(key: string): string {
  return key.replace(/Id$/, '');
}

/** `entries` for `entryIds`. */
export function entitiesKey(key: string): string {
  const name = key.replace(/Ids$/, '');
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}

/** The schema of an object with at least these fields: what a newer writer adds does not stop an older reader. */
export function schemaOf<Own extends Fields>(own: Own): z.ZodType<ValuesOf<Own>> {
  return z.object(shapeOf(own)) as unknown as z.ZodType<ValuesOf<Own>>;
}

/** The same with these fields only: what a writer states is declared. */
export function exactSchemaOf<Own extends Fields>(own: Own): z.ZodType<ValuesOf<Own>> {
  return z.strictObject(shapeOf(own)) as unknown as z.ZodType<ValuesOf<Own>>;
}

function shapeOf(own: Fields): z.ZodRawShape {
  return Object.fromEntries(Object.entries(own).map(([name, { schema }]) => [name, schema]));
}
