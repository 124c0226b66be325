import { type GraphQLField, type GraphQLNamedType, type GraphQLOutputType, getNamedType, isLeafType, isNonNullType, isObjectType } from 'graphql';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { leastInput } from './leastInput.ts';
import type { subgraphWorld } from './subgraph.ts';

type World = Pick<Awaited<ReturnType<typeof subgraphWorld>>, 'run' | 'schema'>;
type Field = GraphQLField<unknown, unknown>;
type Fields = Record<string, unknown>;

/** What code asks of whoever calls a field, found by calling it with ever more permissions: those that it named, one after the other. */
export type Demanded = { permissions: string[]; isWholeFirm: boolean };

const fill = { id: () => newId(), text: 'DE' };

/** What a field asks for, called with the least that it takes. `below` is the field in which it stands, where that is no root. */
export async function demandedBy(world: World, { root, field, below }: { root: 'query' | 'mutation'; field: Field; below?: string }): Promise<Demanded> {
  const args = field.args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
  const variables = Object.fromEntries(args.map(({ name, type }) => [name, leastInput(type, fill, name)]));
  const declared = args.length > 0 ? `(${args.map(({ name, type }) => `$${name}: ${type}`).join(', ')})` : '';
  const given = args.length > 0 ? `(${args.map(({ name }) => `${name}: $${name}`).join(', ')})` : '';
  const own = `${field.name}${given} ${selectionOf(field.type)}`;
  const text = `${root} ${declared} { ${below ? `${below} { ${own} }` : own} }`;
  const refusals = async (actor: Partial<Actor>): Promise<string[]> => {
    const { data, errors } = await world.run(text, { variables, actor: { id: 'x', kind: 'STAFF', permissions: [], ...actor } });
    const told = [...errors.map(({ code, message }) => `${code}: ${message}`), ...userErrorsIn(data)];
    // Of what one of two fields may name: the id.
    const [, missing] = told.map((each) => /Give (\w+Id) or/.exec(each)).find((each) => each !== null) ?? [];
    const input = itemIn(variables);
    if (!missing || !input || missing in input) return told;
    input[missing] = newId();
    return refusals(actor);
  };
  const permissions: string[] = [];
  for (;;) {
    const told = await refusals({ permissions });
    const next = told
      .flatMap((each) => /^FORBIDDEN: .*needs? the permission ([a-z-]+:[a-z-]+)/.exec(each)?.[1] ?? [])
      .find((each) => !permissions.includes(each));
    if (!next) break;
    permissions.push(next);
  }
  const confined = await refusals({ permissions: ['*'], customerIds: [newId()], legalEntityIds: [newId()] });
  return { permissions, isWholeFirm: confined.some((each) => /^FORBIDDEN: .*is the whole firm’s/.test(each)) };
}

/** Errors, and of a payload those that are data. */
function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  const results = fieldOf(named, 'results');
  const errors = 'userErrors { code message }';
  return `{ __typename ${fieldOf(named, 'userErrors') ? errors : ''} ${results && fieldOf(results, 'userErrors') ? `results { ${errors} }` : ''} }`;
}

function fieldOf(type: GraphQLNamedType, name: string): GraphQLNamedType | undefined {
  const field = isObjectType(type) ? type.getFields()[name] : undefined;
  return field && getNamedType(field.type);
}

function userErrorsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(userErrorsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'userErrors' ? (inner as { code: string; message: string }[]).map(({ code, message }) => `${code}: ${message}`) : userErrorsIn(inner),
  );
}

/** The first item of a bulk mutation, or the input itself. */
function itemIn({ input }: Fields): Fields | undefined {
  const own = input as (Fields & { items?: Fields[] }) | undefined;
  return own?.items?.[0] ?? own;
}
