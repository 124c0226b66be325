import {
  defaultFieldResolver,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';
import type { Actor } from '#kernel/actor.ts';
import type { Context } from '#kernel/context.ts';
import type { Subgraph } from '#kernel/subgraph.ts';
import type { OpenSubgraph } from '../../roles/openSubgraph.ts';

/** A value with the subgraph that gave it: what another subgraph knows of it is asked by reference. */
type Held = { home: string; value: unknown; elsewhere: Map<string, Promise<unknown>> };

type Parts = { apiSchema: GraphQLSchema; open: readonly OpenSubgraph[]; modules: readonly Subgraph[] };
type Reference = (reference: { __typename: string; id: unknown }, context: Context) => unknown;
type Members = Map<string, { schema: GraphQLSchema; references: Map<string, Reference> }>;
type Contexts = Map<string, Context>;

/** One plain graphql-js schema over the same resolvers, without plans and fetches: what the gateway has to answer. */
export function createOracle({ apiSchema, open, modules }: Parts) {
  const members: Members = new Map(open.map(({ name, schema }) => [name, { schema, references: referencesOf(modules.find((each) => each.name === name)) }]));
  const fieldResolver: GraphQLFieldResolver<Held | undefined, Contexts> = (source, _, contexts, info) => resolveField({ members, contexts, info }, source);
  const typeResolver = ({ value }: Held) => (value && typeof value === 'object' && '__typename' in value ? String(value.__typename) : undefined);
  return async (text: string, actor: Actor): Promise<ExecutionResult> => {
    const trace = { correlationId: 'oracle' };
    await using held = new AsyncDisposableStack();
    const session = open[0] && held.adopt(open[0].session(actor), (each) => each.end());
    if (!session) throw new Error('no subgraphs');
    const contextValue: Contexts = new Map(open.map((subgraph) => [subgraph.name, subgraph.context({ actor, trace, session })]));
    return await execute({ schema: apiSchema, document: parse(text), contextValue, fieldResolver, typeResolver });
  };
}

function referencesOf(module: Subgraph | undefined): Map<string, Reference> {
  const found = Object.entries(module?.resolvers ?? {}).flatMap(([type, fields]) => {
    const resolve = (fields as { __resolveReference?: Reference }).__resolveReference;
    return resolve ? [[type, resolve] as const] : [];
  });
  return new Map(found);
}

type Asked = { members: Members; contexts: Contexts; info: GraphQLResolveInfo };

function fieldIn({ members, info }: Asked, member: string) {
  const type = members.get(member)?.schema.getType(info.parentType.name);
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[info.fieldName] : undefined;
}

async function resolveField(asked: Asked, source: Held | undefined): Promise<unknown> {
  const { members, contexts, info } = asked;
  const home = source && fieldIn(asked, source.home) ? source.home : undefined;
  const owner = home ?? [...members.keys()].find((name) => fieldIn(asked, name));
  const field = owner === undefined ? undefined : fieldIn(asked, owner);
  const context = contexts.get(owner ?? '');
  if (owner === undefined || !field || !context) throw new Error(`nobody resolves ${info.parentType.name}.${info.fieldName}`);
  const parent = !source ? {} : owner === source.home ? source.value : await resolveElsewhere(asked, owner, source);
  if (parent === null || parent === undefined) return null;
  const node = info.fieldNodes[0];
  if (!node) throw new Error('no field node');
  const args = getArgumentValues(field, node, info.variableValues);
  const value = await (field.resolve ?? defaultFieldResolver)(parent, args, context, info);
  return hold(value, field.type, owner);
}

function resolveElsewhere({ members, contexts, info }: Asked, owner: string, source: Held): Promise<unknown> {
  const before = source.elsewhere.get(owner);
  if (before) return before;
  const type = info.parentType.name;
  const reference = { __typename: type, id: (source.value as { id: unknown }).id };
  const resolve = members.get(owner)?.references.get(type);
  const context = contexts.get(owner);
  if (!context) throw new Error(`no context for ${owner}`);
  const found = Promise.resolve(resolve ? resolve(reference, context) : reference);
  source.elsewhere.set(owner, found);
  return found;
}

/** Values as the subgraph would write them; objects with the name of their subgraph. */
async function hold(given: unknown, type: GraphQLOutputType, home: string): Promise<unknown> {
  const value = await given;
  if (value === null || value === undefined) return null;
  if (isNonNullType(type)) return hold(value, type.ofType, home);
  if (isListType(type)) return Promise.all(Array.from(value as Iterable<unknown>, (each) => hold(each, type.ofType, home)));
  const named = getNamedType(type);
  if (isLeafType(named)) return named.serialize(value);
  return { home, value, elsewhere: new Map() } satisfies Held;
}
