import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  buildASTSchema,
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  printSchema,
} from 'graphql';
import type { Service } from '#gateway/execution/run.ts';
import { loadSupergraph } from '#gateway/planning.ts';
import type { TransportAnswer } from '#kernel/transport.ts';
import { composeSupergraph } from '../../generate/supergraph.ts';
import { randomOf } from './operations.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides"])\n`;

/** Three subgraphs of a market: everything that makes plans difficult in few types. */
const sdl = {
  people: `${link}
    type Query { users: [User!]! user(id: ID!): User anybody: Named things: [Thing] }
    type Mutation { greet(id: ID!): User meet(id: ID!): User! }
    interface Named { name: String }
    union Thing = User | Shop
    enum Role { BUYER SELLER }
    type Address { street: String! city: String neighbours: [User] }
    type Shop implements Named @key(fields: "code") { code: ID! name: String owner: User! }
    type User implements Named @key(fields: "id") {
      id: ID! name: String nick: String! @shareable age: Int score: Float active: Boolean! role: Role manager: User friends: [User!] home: Address!
      tags: [String!]! grid: [[Int]] shop: Shop
    }`,
  goods: `${link}
    type Query { products(first: Int = 2): [Product!]! product(id: ID!): Product }
    interface Priced { price: Int }
    type Product implements Priced @key(fields: "id") @key(fields: "sku maker { id }") {
      id: ID! sku: String! maker: Maker! title: String price: Int weight: Float! owner: User! related(first: Int): [Product]
    }
    type Maker @key(fields: "id") { id: ID! country: String @shareable }
    type User @key(fields: "id") { id: ID! products: [Product!] favorite: Product }
    type Shop @key(fields: "code") { code: ID! shelf: [Product!]! }`,
  reviews: `${link}
    type Query { reviews: [Review] found: [Found!] }
    type Mutation { praise(id: ID!): Review }
    union Found = Review | Product | User
    type Maker @key(fields: "id") { id: ID! fame: Int country: String @shareable }
    type Review @key(fields: "id") { id: ID! body: String! stars: Int author: User @provides(fields: "nick") product: Product! }
    type User @key(fields: "id") { id: ID! nick: String! @external reviews: [Review!] }
    type Product @key(fields: "id") { id: ID! price: Int @external weight: Float! @external shipping: Int @requires(fields: "price weight") reviews: [Review] rating: Float }`,
};

type Name = keyof typeof sdl;
const names = Object.keys(sdl) as Name[];

export const market = loadSupergraph(composeSupergraph(names.map((name) => ({ name, sdl: sdl[name] }))));

/** How things go wrong: each of so many in a hundred. */
export type Weather = { seed: number; nulls: number; failures: number; lost: number };

const hash = (text: string): number => {
  let value = 2_166_136_261;
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 16_777_619);
  return value >>> 0;
};
const scalarOf: Record<string, (roll: number) => unknown> = {
  Int: (roll) => roll % 50,
  Float: (roll) => (roll % 50) / 4,
  Boolean: (roll) => roll % 2 === 0,
  Role: (roll) => (roll % 2 ? 'BUYER' : 'SELLER'),
};

type Thing = { __typename: string; id: string };
const idNames: Record<string, string> = { Shop: 'code' };

/** What a field of a thing is: the same in every subgraph and for every plan. */
function worthOf(schema: GraphQLSchema, { thing, field, weather }: { thing: Thing; field: string; weather: Weather }): unknown {
  const type = schema.getType(thing.__typename);
  const wanted = isObjectType(type) ? type.getFields()[field]?.type : undefined;
  if (!wanted) return undefined;
  const key = `${thing.__typename}.${field} ${thing.id}`;
  const random = randomOf(hash(`${key} ${weather.seed}`));
  const roll = hash(key);
  const named = getNamedType(wanted);
  const shape = isNonNullType(wanted) ? wanted.ofType : wanted;
  const isKey = field === 'id' || field === 'sku' || field === 'maker' || field === idNames[thing.__typename];
  if (!isKey && random() * 100 < weather.failures) throw new GraphQLError(`no ${key}`, { extensions: { code: 'FORBIDDEN' } });
  if (!isNonNullType(wanted) && random() * 100 < weather.nulls) return null;
  const one = (index: number): unknown => {
    if (field === 'id' || field === idNames[thing.__typename]) return thing.id;
    if (scalarOf[named.name]) return scalarOf[named.name]?.(roll + index);
    if (named.name === 'String' || named.name === 'ID') return `${field} ${thing.id} ${index}`;
    const possible = schema.getPossibleTypes(named as never);
    const concrete = isObjectType(named) ? named : possible[(roll + index) % possible.length];
    return { __typename: concrete?.name, id: field === 'maker' ? thing.id : String((roll + index) % 4) };
  };
  if (!isListType(shape)) return one(0);
  if (named.name === 'Int') return [[1, null], null, [roll % 9]];
  return Array.from({ length: roll % 4 }, (_, index) => (!isNonNullType(shape.ofType) && (roll + index) % 5 === 0 ? null : one(index)));
}

type Resolving = { source: Thing | undefined; args: Record<string, unknown>; parent: string; field: string; weather: Weather };

/** What stands at a field, whether a subgraph or the plain schema is asked. */
function resolved({ source, args, parent, field, weather }: Resolving): unknown {
  const thing = source ?? { __typename: parent, id: JSON.stringify(args) };
  if (field === 'shipping') return shippingOf(thing, weather);
  const value = worthOf(market.supergraphSchema, { thing, field, weather });
  return typeof args.id === 'string' && value ? { ...(value as Thing), id: args.id } : value;
}

type Build = (typeDefs: DocumentNode, resolvers: Record<string, Record<string, unknown>>) => GraphQLSchema;

/** As Apollo builds it. */
const byApollo: Build = (typeDefs, resolvers) => buildSubgraphSchema({ typeDefs, resolvers: resolvers as never });

function schemaWith(text: string, weather: Weather, build: Build): GraphQLSchema {
  const typeDefs = parse(text);
  const entities = [...text.matchAll(/type (\w+)[^{]*@key/g)].map(([, name]) => name ?? '');
  const __resolveReference = (reference: Record<string, unknown>) => referred(reference, weather);
  const schema = build(typeDefs, Object.fromEntries(entities.map((name) => [name, { __resolveReference }])));
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_')) continue;
      field.resolve = (source: Thing | undefined, args: Record<string, unknown>) =>
        source && field.name in source && field.name !== 'id'
          ? (source as Record<string, unknown>)[field.name]
          : resolved({ source, args, parent: type.name, field: field.name, weather });
    }
  }
  return schema;
}

/** What a subgraph that requires others' fields makes of them. */
function shippingOf(thing: Thing, weather: Weather): unknown {
  const given = thing as Thing & { price?: number | null; weight?: number };
  const of = (field: string) => worthOf(market.supergraphSchema, { thing, field, weather });
  const [price, weight] = 'weight' in given ? [given.price, given.weight] : [of('price'), of('weight')];
  return price === null || price === undefined ? null : Math.floor(Number(price) + Number(weight));
}

function referred(reference: Record<string, unknown>, weather: Weather): Thing | null {
  const maker = reference.maker as { id?: unknown } | undefined;
  const id = String(reference.id ?? reference.code ?? maker?.id);
  const { __typename } = reference as Thing;
  if (randomOf(hash(`${__typename} ${id} is lost ${weather.seed}`))() * 100 < weather.lost) return null;
  return { ...reference, __typename, id };
}

/** The schemas of the subgraphs under a weather. */
export function marketSchemas(weather: Weather, build = byApollo): Record<Name, GraphQLSchema> {
  return Object.fromEntries(names.map((name) => [name, schemaWith(sdl[name], weather, build)])) as Record<Name, GraphQLSchema>;
}

/** The subgraphs under a weather, as plans ask them. */
export function marketServices(weather: Weather): Record<string, Service> {
  return Object.fromEntries(
    Object.entries(marketSchemas(weather)).map(([name, schema]) => {
      const service: Service = async ({ operation, variables: variableValues }) => {
        const answer = await execute({ schema, document: parse(operation), variableValues });
        return JSON.parse(JSON.stringify(answer)) as TransportAnswer;
      };
      return [name, service];
    }),
  );
}

/** One plain schema over the same values, without plans and fetches. */
export async function plainAnswer(text: string, variableValues: Record<string, unknown>, weather: Weather) {
  const fieldResolver = (source: Thing | undefined, args: Record<string, unknown>, _: unknown, info: { fieldName: string; parentType: { name: string } }) =>
    resolved({ source, args, parent: info.parentType.name, field: info.fieldName, weather });
  const typeResolver = ({ __typename }: Thing) => __typename;
  return execute({ schema: market.apiSchema, document: parse(text), variableValues, fieldResolver, typeResolver });
}

/** How resolvers of the plain schema behave beside the weather: each of so many in a hundred. */
export type Manners = { late: number; wrong: number };

/** The same with resolvers of its own: some give promises, some nonsense. */
export function plainSchema(weather: Weather, { late, wrong }: Manners): GraphQLSchema {
  const schema = buildASTSchema(parse(printSchema(market.apiSchema)));
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = ({ __typename, id }: Thing) => (hash(id) % 3 === 0 ? Promise.resolve(__typename) : __typename);
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      field.resolve = (source: Thing | undefined, args: Record<string, unknown>) => {
        const random = randomOf(hash(`${type.name}.${field.name} ${source?.id} ${JSON.stringify(args)} ${weather.seed}`));
        const value = () => (random() * 100 < wrong ? nonsense(random) : resolved({ source, args, parent: type.name, field: field.name, weather }));
        return random() * 100 < late ? afterwards(value, Math.floor(random() * 4)) : value();
      };
    }
  }
  return schema;
}

/** What resolvers should never give. */
function nonsense(random: () => number): unknown {
  const kinds = [null, undefined, Number.NaN, 'nonsense', {}, [], [null], new Error('an error as a value')];
  return kinds[Math.floor(random() * kinds.length)];
}

async function afterwards(value: () => unknown, turns: number): Promise<unknown> {
  for (let turn = 0; turn < turns; turn += 1) await undefined;
  return value();
}
