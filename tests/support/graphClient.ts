import { type GraphQLOutputType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { newId } from '#kernel/ids.ts';
import type { TokenWish } from '../../roles/tokens.ts';

type Ok = (query: string, variables?: Record<string, unknown>, wish?: TokenWish) => Promise<Record<string, unknown>>;
type Input = Record<string, unknown>;
// biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
type Json = any;

/** The field of a mutation's payload that holds the entity; empty where there is none, as after some deletions. */
export function entityField(schema: GraphQLSchema, mutation: string): string {
  return objectField(schema.getMutationType()?.getFields()[mutation]?.type);
}

/** The same of each result of a bulk mutation. */
export function resultField(schema: GraphQLSchema, mutation: string): string {
  const payload = getNamedType(schema.getMutationType()?.getFields()[mutation]?.type);
  return isObjectType(payload) ? objectField(payload.getFields().results?.type) : '';
}

function objectField(type: GraphQLOutputType | undefined): string {
  const owner = getNamedType(type);
  const fields = isObjectType(owner) ? Object.values(owner.getFields()) : [];
  return fields.find(({ name, type: own }) => isObjectType(getNamedType(own)) && name !== 'userErrors')?.name ?? '';
}

/** Mutations by name, as an administrator who expects no refusal: the schema says the rest. */
export function mutationsOn(schema: GraphQLSchema, ok: Ok) {
  const fields = schema.getMutationType()?.getFields() ?? {};
  const called = new Set<string>();

  /** Runs a mutation that must succeed, and gives its payload with `select` of the entity. */
  const payload = async (name: string, input: Input, select: string): Promise<Json> => {
    const field = fields[name];
    const type = field?.args[0]?.type;
    if (!field || !type) throw new Error(`there is no mutation ${name}`);
    called.add(name);
    const keyed = { idempotencyKey: newId(), ...input };
    const text = `mutation ($input: ${type}) { ${name}(input: $input) { ${select} userErrors { code field guard message } } }`;
    const answer = (await ok(text, { input: keyed }))[name] as Json;
    const refused = [...answer.userErrors, ...(answer.results ?? []).flatMap((result: Json) => result.userErrors ?? [])];
    if (refused.length > 0) throw new Error(`${name}: ${JSON.stringify(refused)}`);
    return answer;
  };

  return {
    /** The mutations that ran. */
    called,
    payload,
    /** The entity that a mutation made or changed. */
    made: async (name: string, input: Input, select = 'id'): Promise<Json> => {
      const entity = entityField(schema, name);
      return (await payload(name, input, `${entity} { ${select} }`))[entity];
    },
    /** The entities of a bulk mutation, in the order of its items. */
    bulk: async (name: string, items: readonly Input[], select = 'id'): Promise<Json[]> => {
      const entity = resultField(schema, name);
      const { results } = await payload(name, { items }, `results { ${entity} { ${select} } userErrors { code field guard message } }`);
      return results.map((each: Json) => each[entity]);
    },
  };
}

export type Mutations = ReturnType<typeof mutationsOn>;
