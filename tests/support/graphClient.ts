import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { newId } from '#kernel/ids.ts';
import type { TokenWish } from '../../roles/tokens.ts';

type Ok = (query: string, variables?: Record<string, unknown>, wish?: TokenWish) => Promise<Record<string, unknown>>;
type Input = Record<string, unknown>;
// biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
type Json = any;

/** Mutations by name, as an administrator who expects no refusal: the schema says the rest. */
export function mutationsOn(schema: GraphQLSchema, ok: Ok) {
  const fields = schema.getMutationType()?.getFields() ?? {};

  /** Runs a mutation that must succeed, and gives its payload with `select` of the entity. */
  const payload = async (name: string, input: Input, select: string): Promise<Json> => {
    const field = fields[name];
    const type = field?.args[0]?.type;
    if (!field || !type) throw new Error(`there is no mutation ${name}`);
    const keyed = { idempotencyKey: newId(), ...input };
    const text = `mutation ($input: ${type}) { ${name}(input: $input) { ${select} userErrors { code field guard message } } }`;
    const answer = (await ok(text, { input: keyed }))[name] as Json;
    const refused = [...answer.userErrors, ...(answer.results ?? []).flatMap((result: Json) => result.userErrors ?? [])];
    if (refused.length > 0) throw new Error(`${name}: ${JSON.stringify(refused)}`);
    return answer;
  };

  /** The payload's field that holds the entity. */
  const entityOf = (name: string): string => {
    const type = getNamedType(fields[name]?.type);
    const own = isObjectType(type)
      ? Object.values(type.getFields()).find((each) => isObjectType(getNamedType(each.type)) && each.name !== 'userErrors')
      : undefined;
    return own?.name ?? '';
  };

  return {
    payload,
    /** The entity that a mutation made or changed. */
    made: async (name: string, input: Input, select = 'id'): Promise<Json> => (await payload(name, input, `${entityOf(name)} { ${select} }`))[entityOf(name)],
    /** The entities of a bulk mutation, in the order of its items. */
    bulk: async (name: string, items: readonly Input[], select = 'id'): Promise<Json[]> => {
      const result = getNamedType((getNamedType(fields[name]?.type) as Json).getFields().results.type) as Json;
      const entity = Object.keys(result.getFields()).find((each) => each !== 'index' && each !== 'userErrors') ?? '';
      const { results } = await payload(name, { items }, `results { ${entity} { ${select} } userErrors { code field guard message } }`);
      return results.map((each: Json) => each[entity]);
    },
  };
}

export type Mutations = ReturnType<typeof mutationsOn>;
