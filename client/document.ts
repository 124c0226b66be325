import { type DocumentNode, Kind, type OperationDefinitionNode, parse, print, type ValueNode } from 'graphql';

export type Variables = Readonly<Record<string, unknown>>;

/** How graphql-codegen and gql.tada write down what a document takes and gives. */
type Typing<Data, Given> = { readonly __apiType?: ((variables: Given) => Data) | undefined };
/** A text that carries types, as graphql-codegen writes it with `documentMode: 'string'`. */
type TypedText = { readonly length: number; toString(): string };

/** A document: plain text, or one whose types a generator has added, parsed or not. */
export type Document<Data, Given> = string | ((DocumentNode | TypedText) & Typing<Data, Given>);

/** The same, whatever its types. */
export type AnyDocument = string | DocumentNode | TypedText;

export function textOf(document: AnyDocument): string {
  return typeof document === 'object' && 'kind' in document ? print(document) : document.toString();
}

/** Where a mutation takes idempotency keys. */
export type Keys = {
  /** Variables that are inputs as a whole. */
  inputs: readonly string[];
  /** Variables that are keys themselves. */
  keys: readonly string[];
  /** True when each of its fields has a key then. */
  complete: boolean;
  /** The fields that it calls. */
  fields: readonly string[];
};

/** Reads out of a mutation's text where its idempotency keys stand. */
export function keysOf(text: string, operationName?: string): Keys {
  const operations = parse(text, { noLocation: true }).definitions.filter((each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find(({ name }) => operationName === undefined || name?.value === operationName);
  const found = { inputs: [] as string[], keys: [] as string[], complete: true, fields: [] as string[] };
  for (const field of operation?.selectionSet.selections ?? []) {
    if (field.kind !== Kind.FIELD) {
      found.complete = false;
      continue;
    }
    found.fields.push(field.name.value);
    const input = field.arguments?.find(({ name }) => name.value === 'input')?.value;
    if (input?.kind === Kind.VARIABLE) found.inputs.push(input.name.value);
    else if (!isKeyed(input, found.keys)) found.complete = false;
  }
  return found;
}

function isKeyed(input: ValueNode | undefined, keys: string[]): boolean {
  const key = input?.kind === Kind.OBJECT ? input.fields.find(({ name }) => name.value === 'idempotencyKey')?.value : undefined;
  if (key?.kind === Kind.VARIABLE) keys.push(key.name.value);
  return key !== undefined && key.kind !== Kind.NULL;
}

/** The variables with a key wherever one is missing. */
export function withKeys(variables: Variables, keys: Pick<Keys, 'inputs' | 'keys'>, key: string): Variables {
  const filled: Record<string, unknown> = { ...variables };
  for (const name of keys.inputs) {
    const input = filled[name];
    if (isRecord(input)) filled[name] = { ...input, idempotencyKey: input.idempotencyKey ?? key };
  }
  for (const name of keys.keys) filled[name] ??= key;
  return filled;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
