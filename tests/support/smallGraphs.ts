import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  execute,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  getVariableValues,
  isLeafType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { aliasesFor, withOwnNames } from '#gateway/aliases.ts';
import type { Exchange } from '#gateway/exchange.ts';
import { carryOut } from '#gateway/execution/carry.ts';
import { planOperation } from '#gateway/execution/planned.ts';
import type { Service } from '#gateway/execution/run.ts';
import type { Planned } from '#gateway/planner/local.ts';
import type { Planner } from '#gateway/planner/plan.ts';
import { loadSupergraph, type Planning } from '#gateway/planning.ts';
import type { TransportAnswer } from '#kernel/transport.ts';

// Small graphs, each with one difficulty of federation: all their subgraphs read from one truth, and so does one plain schema, which says what is right.

/** What a field is: a value, a reference, a list of them, or what is worked out of arguments and of other fields of the same thing. */
type Worth = (args: Record<string, unknown>, of: (field: string, args?: Record<string, unknown>) => unknown) => unknown;
/** Things by their places in the truth, `is` being an interface of theirs; `Query` and `Mutation` are places, too. */
export type Truth = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const imports = '["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@interfaceObject", "@inaccessible"]';
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${imports})\n`;

class Reference {
  readonly at: string;
  constructor(at: string) {
    this.at = at;
  }
}

/** A reference to a thing. */
export const to = (at: string): Reference => new Reference(at);

/** A thing as resolvers hand it on; `given` is what its representation brought. */
type Thing = { __typename: string; at: string; given?: Record<string, unknown> };

type Reading = { thing: Thing; field: string; args: Record<string, unknown> };

function worth(truth: Truth, { thing: { at, given }, field, args }: Reading): unknown {
  const known = truth[at]?.[field];
  // Beside a representation only what it brings is known of the others' fields.
  const of = (other: string, more: Record<string, unknown> = {}) =>
    given ? given[other] : plain(truth, worth(truth, { thing: { __typename: '', at }, field: other, args: more }));
  return typeof known === 'function' ? (known as Worth)(args, of) : known;
}

/** As a representation brings it. */
function plain(truth: Truth, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => plain(truth, each));
  return value instanceof Reference ? truth[value.at] : value;
}

function handedOn(truth: Truth, value: unknown, declared: GraphQLNamedType | undefined): unknown {
  if (Array.isArray(value)) return value.map((each) => handedOn(truth, each, declared));
  if (!(value instanceof Reference)) return value;
  const __typename = isObjectType(declared) ? declared.name : truth[value.at]?.__typename;
  return { __typename, at: value.at };
}

const resolverOf = (truth: Truth) => (source: Thing | undefined, args: Record<string, unknown>, _: unknown, info: GraphQLResolveInfo) => {
  const thing = source ?? { __typename: info.parentType.name, at: info.parentType.name };
  const declared = getNamedType(info.returnType);
  const value = worth(truth, { thing, field: info.fieldName, args });
  if (value !== undefined || isLeafType(declared)) return handedOn(truth, value, declared);
  return { __typename: declared.name, at: declared.name };
};

/** Whether a representation says nothing else of a thing than the truth. */
function fits(truth: Truth, at: string, representation: Record<string, unknown>): boolean {
  return Object.entries(representation).every(([field, given]) => {
    const known = truth[at]?.[field];
    if (field === '__typename' || typeof known === 'function' || given === null) return true;
    if (known instanceof Reference) return fits(truth, known.at, given as Record<string, unknown>);
    return Array.isArray(known) || known === given;
  });
}

function subgraphSchema(sdl: string, truth: Truth): GraphQLSchema {
  const typeDefs = parse(`${link}${sdl}`);
  const entities = [...sdl.matchAll(/(?:type|interface) (\w+)[^{]*@key/g)].map(([, name]) => name ?? '');
  const found = (type: string, given: Record<string, unknown>): Thing | null => {
    const [at] = Object.entries(truth).find(([each, { __typename, is }]) => [__typename, is].includes(type) && fits(truth, each, given)) ?? [];
    const is = isObjectType(schema.getType(type)) ? type : truth[at ?? '']?.__typename;
    return at === undefined ? null : { __typename: String(is), at, given };
  };
  const resolvers = entities.map((name) => [name, { __resolveReference: (given: Record<string, unknown>) => found(name, given) }]);
  const schema = buildSubgraphSchema({ typeDefs, resolvers: Object.fromEntries(resolvers) });
  const resolve = resolverOf(truth);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    for (const field of Object.values(type.getFields())) if (!field.name.startsWith('_')) field.resolve = resolve as never;
  }
  return schema;
}

export type SmallGraph = { sdl: Readonly<Record<string, string>>; truth: Truth };
type Asking = { text: string; variables?: Record<string, unknown> };

const exchange = { actor: { id: 'x', kind: 'STAFF', permissions: [], customerIds: [] }, trace: { correlationId: 'x' } } as unknown as Exchange;

/** A small graph behind one of the planners. */
export function smallGraph({ sdl, truth }: SmallGraph, planner: (planned: Planned) => Planner) {
  const planning = loadSupergraph(composed(sdl), { plannerOf: planner });
  const services = Object.fromEntries(Object.entries(sdl).map(([name, text]) => [name, serviceOf(subgraphSchema(text, truth))]));
  const aliases = aliasesFor(planning);
  return {
    planning,
    ask: async ({ text, variables: given = {} }: Asking) => {
      const asked = valid(planning, text);
      const renamed = aliases.renamed(asked);
      const document = renamed ?? asked;
      const [operation] = document.definitions;
      if (operation?.kind !== 'OperationDefinition') throw new Error('no operation');
      const variables = getVariableValues(planning.apiSchema, operation.variableDefinitions ?? [], given).coerced ?? {};
      const planned = await planOperation(planning, { document, operationName: undefined }, variables);
      const { data, errors, faults } = await carryOut({ planning, planned, services, exchange, given, variables });
      const answer = renamed ? withOwnNames({ data }) : { data };
      return { data: JSON.parse(JSON.stringify(answer.data)), errors: [...errors, ...faults].map(({ message }) => message) };
    },
    /** What one plain schema makes of it. */
    right: async ({ text, variables: variableValues = {} }: Asking) => {
      const { data, errors } = await execute({ schema: planning.apiSchema, document: parse(text), variableValues, fieldResolver: resolverOf(truth) as never });
      return { data: JSON.parse(JSON.stringify(data)), errors: (errors ?? []).map(({ message }) => message) };
    },
  };
}

function composed(sdl: SmallGraph['sdl']): string {
  const { supergraphSdl, errors } = composeServices(Object.entries(sdl).map(([name, text]) => ({ name, typeDefs: parse(`${link}${text}`) })));
  if (supergraphSdl === undefined) throw new Error(`the subgraphs do not compose:\n${errors?.join('\n')}`);
  return supergraphSdl;
}

function valid(planning: Planning, text: string): DocumentNode {
  const document = parse(text);
  const [invalid] = validate(planning.apiSchema, document);
  if (invalid) throw invalid;
  return document;
}

/** A subgraph says at once what in a plan does not fit it. */
function serviceOf(schema: GraphQLSchema): Service {
  return async ({ operation, variables: variableValues }) => {
    const document = parse(operation);
    const [invalid] = validate(schema, document);
    if (invalid) throw invalid;
    return JSON.parse(JSON.stringify(await execute({ schema, document, variableValues }))) as TransportAnswer;
  };
}
