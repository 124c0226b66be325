import { z } from 'zod';
import type { Permission } from './actor.ts';
import { exactSchemaOf, type Fields, schemaOf, type ValuesOf } from './fields.ts';
import type { Shares } from './shares.ts';

/** Who belongs not to the firm and may still be told. */
export type Outsider = 'CLIENT' | 'PARTNER';

type Upcast = (payload: Record<string, unknown>) => Record<string, unknown>;

/** A row of a fact catalogue as its subgraph writes it. */
type FactRow<Own extends Fields> = {
  /** The entity that it happens to. */
  subject: string;
  description: string;
  /** What was true then: the payload, and the fields of the event. */
  fields: Own;
  /** The permission to see it. */
  read: Permission;
  /** Who outside the firm sees it, of their own customers. Absent: nobody. */
  outside?: readonly Outsider[];
  /** A colleague without it hears of what concerns them alone. Absent: of everybody. */
  colleagues?: Permission;
  /** Payloads that nobody outside is shown nevertheless. */
  hides?(payload: ValuesOf<Own>): boolean;
  /** How a fact over several customers is told to who may see some of them. */
  shares?: { parts: keyof Own & string; lists: { readonly [Name in keyof Own & string]?: string }; hours: readonly (keyof Own & string)[] };
  /** Raised by one with each change of the fields that is more than a new one that may be absent. */
  version?: number;
  /** From version N to N + 1, for each N below `version`: what stands in the log stays as it was stated. */
  upcasts?: Readonly<Record<number, Upcast>>;
};

/** A fact of a catalogue. `Payload` says what was true then; its keys are the event's fields. */
export type FactType<Payload = unknown, Type extends string = string> = {
  readonly type: Type;
  readonly subgraph: string;
  readonly subject: string;
  readonly version: number;
  readonly description: string;
  readonly fields: Fields;
  readonly read: Permission;
  readonly outside: readonly Outsider[];
  readonly colleagues?: Permission;
  /** Of who states it. */
  readonly exact: z.ZodType<Payload>;
  /** Of who reads it. */
  readonly schema: z.ZodType<Payload>;
  readonly upcasts: Readonly<Record<number, Upcast>>;
  readonly shares?: Shares | undefined;
  // A method, so that a catalogue of different payloads is still a catalogue.
  hides(payload: Payload): boolean;
};

export type AnyFactType = FactType<unknown>;
export type PayloadOf<Type> = Type extends FactType<infer Payload> ? Payload : never;

/** Declares a fact of the catalogue. */
export function fact<Own extends Fields>(row: FactRow<Own>): FactRow<Own> {
  return row;
}

/** A subgraph's catalogue: each fact knows its own name. */
export function catalogue<const Rows extends Record<string, FactRow<Fields>>>(
  subgraph: string,
  rows: Rows,
): { readonly [Name in keyof Rows & string]: FactType<Rows[Name] extends FactRow<infer Own> ? ValuesOf<Own> : never, Name> } {
  const entries = Object.entries(rows).map(([type, row]) => {
    const { version = 1, upcasts = {}, outside = [], hides = () => false, ...rest } = row;
    for (let from = 1; from < version; from += 1) if (!upcasts[from]) throw new Error(`${type} is at version ${version} and has no upcast from ${from}`);
    return [type, { type, subgraph, version, upcasts, outside, hides, exact: exactSchemaOf(row.fields), schema: schemaOf(row.fields), ...rest }];
  });
  return Object.fromEntries(entries) as never;
}

/** What an entity's owner lets its siblings know of it, as of now. */
export type Document<Data = unknown> = {
  readonly type: string;
  readonly subgraph: string;
  readonly description: string;
  readonly fields: Fields;
  /** Of the owner. */
  readonly exact: z.ZodType<Data>;
  /** Of the readers. */
  readonly schema: z.ZodType<Data>;
};
export type AnyDocument = Document<unknown>;
export type DataOf<Type> = Type extends Document<infer Data> ? Data : never;

type DocumentRow<Own extends Fields> = { description: string; fields: Own };

/** Declares a document of the references. */
export function document<Own extends Fields>(description: string, fields: Own): DocumentRow<Own> {
  return { description, fields };
}

/** A subgraph's reference documents: each knows its own name. */
export function documents<const Rows extends Record<string, DocumentRow<Fields>>>(
  subgraph: string,
  rows: Rows,
): { readonly [Name in keyof Rows & string]: Document<Rows[Name] extends DocumentRow<infer Own> ? ValuesOf<Own> : never> } {
  const entries = Object.entries(rows).map(([type, row]) => [type, { type, subgraph, exact: exactSchemaOf(row.fields), schema: schemaOf(row.fields), ...row }]);
  return Object.fromEntries(entries) as never;
}

/** Throws, with the sentence of the schema, when a value is not what is published under the name. */
export function demandFit(type: string, schema: z.ZodType, value: unknown): void {
  const { success, error } = schema.safeParse(value);
  if (!success) throw new Error(`${type} does not fit its schema: ${z.prettifyError(error).replace(/\s*\n\s*/g, ' ')}`);
}

/** What stands in the log and this program cannot read. It stays as it was stated, so that only another program can. */
export class Misfit extends Error {}

type StatedFact = { id: string; version: number; payload: Record<string, unknown> };

/** The payload in the newest shape, as its catalogue has it. Throws Misfit, with the fact and its fields, when it is not. */
export function readPayload(type: AnyFactType, stated: StatedFact): unknown {
  if (stated.version > type.version) return upcast(type, stated);
  const payload = lifted(type, stated);
  const { success, error } = type.schema.safeParse(payload);
  if (success) return payload;
  const wrong = error.issues.slice(0, 5).map(({ path, message }) => `${path.length > 0 ? z.core.toDotPath(path) : 'the payload'}: ${message}`);
  const more = error.issues.length > wrong.length ? ` (and ${error.issues.length - wrong.length} more)` : '';
  throw misfit(type, stated, `${wrong.join('; ')}${more}`);
}

function lifted(type: AnyFactType, stated: StatedFact): unknown {
  try {
    return upcast(type, stated);
  } catch (error) {
    throw misfit(type, stated, `it cannot be lifted to version ${type.version}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function misfit({ type }: AnyFactType, { id, version }: StatedFact, what: string): Misfit {
  return new Misfit(`The fact ${type} ${id}, stated at version ${version}, does not fit what this program reads: ${what}`);
}

/** The payload in the newest shape that this program knows. */
export function upcast(
  type: Pick<AnyFactType, 'type' | 'version' | 'upcasts'>,
  stated: { version: number; payload: Record<string, unknown> },
): Record<string, unknown> {
  if (stated.version > type.version) throw new Error(`${type.type} is stated at version ${stated.version}; this program knows it up to ${type.version}`);
  let { payload } = stated;
  for (let { version } = stated; version < type.version; version += 1) payload = type.upcasts[version]?.(payload) ?? payload;
  return payload;
}
