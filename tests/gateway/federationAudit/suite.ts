import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { buildOperationContext, executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import { QueryPlanner } from '@apollo/query-planner';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, execute, type GraphQLFieldResolver, type GraphQLSchema, getVariableValues, parse, validate } from 'graphql';
import { aliasesFor, withOwnNames } from '#gateway/aliases.ts';
import { compose } from '#gateway/composition/compose.ts';
import type { Exchange } from '#gateway/exchange.ts';
import { carryOut } from '#gateway/execution/carry.ts';
import { planOperation } from '#gateway/execution/planned.ts';
import type { Service, Services } from '#gateway/execution/run.ts';
import { loadSupergraph, type Planning } from '#gateway/planning.ts';
import type { TransportAnswer } from '#kernel/transport.ts';

// Suites of the kinds that the public federation audit has, with subgraphs, data and answers of our own: each of one difficulty of federation.

/** A thing as its subgraph knows it. What has to come from elsewhere is not in it: a field that is worked out reads it of the thing that was asked about. */
type Row = Readonly<Record<string, unknown>>;
type Rows = readonly Row[] | ((given: Row) => Row | null);

export type Subgraph = {
  sdl: string;
  /** Written in the words of Federation 1. */
  isFirst?: boolean;
  /** Values of the root fields; of functions, what they give. */
  roots?: Row;
  /** The entities, by type. */
  rows?: Readonly<Record<string, Rows>>;
};

export type Case = {
  ask: string;
  variables?: Record<string, unknown>;
  gives: unknown;
  /** Errors that there are; none where nothing is said. */
  errors?: readonly (string | RegExp)[];
  /** Values that do not fit the schema; they are told of beside the answer. */
  faults?: number;
  /** What @apollo/gateway makes something else of. */
  onlyOurs?: boolean;
};

export type Suite = { subgraphs: Readonly<Record<string, Subgraph>>; cases: readonly Case[] };

/** What is said of an operation that no planner finds a way for. */
export const unplanned = /^The operation cannot be planned/;

const imports = [
  '@key',
  '@shareable',
  '@external',
  '@requires',
  '@provides',
  '@override',
  '@extends',
  '@interfaceObject',
  '@inaccessible',
  '@composeDirective',
];
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(imports)})\n`;

const exchange = { actor: { id: 'x', kind: 'STAFF', permissions: [], customerIds: [] }, trace: { correlationId: 'x' } } as unknown as Exchange;
const plainly = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

export const sdlOf = ({ sdl, isFirst = false }: Subgraph): string => (isFirst ? sdl : `${link}${sdl}`);

const fieldResolver: GraphQLFieldResolver<Row, unknown> = (source, args, _, { fieldName }) => {
  const value = source[fieldName];
  return typeof value === 'function' ? value(args, source) : value;
};

/** Whether a representation says nothing else of a thing than the subgraph knows. */
function fits(row: Row, given: Row): boolean {
  return Object.entries(given).every(([field, value]) => {
    const known = row[field];
    if (field === '__typename' || known === undefined || typeof known === 'function' || Array.isArray(known)) return true;
    return typeof known === 'object' && known !== null ? fits(known as Row, value as Row) : known === value;
  });
}

function entity(type: string, rows: Rows, given: Row): Row | null {
  const found = typeof rows === 'function' ? rows(given) : rows.find((row) => fits(row, given));
  return found ? { ...found, ...given, __typename: found.__typename ?? type } : null;
}

function schemaOf(subgraph: Subgraph): GraphQLSchema {
  const references = Object.entries(subgraph.rows ?? {}).map(([type, rows]) => [type, { __resolveReference: (given: Row) => entity(type, rows, given) }]);
  return buildSubgraphSchema({ typeDefs: parse(sdlOf(subgraph)), resolvers: Object.fromEntries(references) });
}

/** A subgraph says at once what in a plan does not fit it. */
function serviceOf(subgraph: Subgraph): Service {
  const schema = schemaOf(subgraph);
  return async ({ operation, variables: variableValues }) => {
    const document = parse(operation);
    const [invalid] = validate(schema, document);
    if (invalid) throw invalid;
    return plainly(await execute({ schema, document, variableValues, rootValue: subgraph.roots ?? {}, fieldResolver })) as TransportAnswer;
  };
}

export type Answer = { data: unknown; errors: string[]; faults: number; paths?: (string | undefined)[] };

/** A suite behind our executor, and behind @apollo/gateway. */
export function suiteWorld({ subgraphs }: Suite) {
  const composed = compose(Object.entries(subgraphs).map(([name, subgraph]) => ({ name, sdl: sdlOf(subgraph) })));
  if ('errors' in composed) throw new Error(`the subgraphs do not compose:\n${composed.errors.join('\n')}`);
  const planning = loadSupergraph(composed.supergraphSdl);
  const services = () => Object.fromEntries(Object.entries(subgraphs).map(([name, subgraph]) => [name, serviceOf(subgraph)]));
  const theirs = Supergraph.build(planning.supergraphSdl);
  const stock: Stock = { planning, schema: theirs.apiSchema(), planner: new QueryPlanner(theirs) };
  return {
    ask: async (asked: Case): Promise<Answer> => answered(planning, asked, (document) => ours({ planning, document, asked, services: services() })),
    askStock: async (asked: Case): Promise<Answer> =>
      answered(planning, asked, async (document) => {
        try {
          return await stockAnswer(stock, { document, asked, services: services() });
        } catch (error) {
          return { data: null, errors: [String(error)], faults: 0 };
        }
      }),
  };
}

/** A document that does not fit the schema goes no further. */
async function answered(planning: Planning, { ask }: Case, answer: (document: DocumentNode) => Promise<Answer>): Promise<Answer> {
  const document = parse(ask);
  const invalid = validate(planning.apiSchema, document);
  return invalid.length > 0 ? { data: null, errors: invalid.map(({ message }) => message), faults: 0 } : answer(document);
}

type Asking = { planning: Planning; document: DocumentNode; asked: Case; services: Services };

async function ours({ planning, document: given, asked, services }: Asking): Promise<Answer> {
  const renamed = aliasesFor(planning).renamed(given);
  const document = renamed ?? given;
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('no operation');
  const variables = getVariableValues(planning.apiSchema, operation.variableDefinitions ?? [], asked.variables ?? {}).coerced ?? {};
  const planned = await planOperation(planning, { document, operationName: undefined }, variables);
  const { data, errors, faults } = await carryOut({ planning, planned, services, exchange, given: asked.variables ?? {}, variables });
  const paths = errors.map(({ path }) => path?.join('.'));
  return { data: plainly(renamed ? withOwnNames({ data }).data : data), errors: errors.map(({ message }) => message), faults: faults.length, paths };
}

type Stock = { planning: Planning; schema: ReturnType<Supergraph['apiSchema']>; planner: QueryPlanner };

/** What @apollo/gateway makes of it. */
async function stockAnswer({ planning, schema, planner }: Stock, { document, asked, services }: Omit<Asking, 'planning'>): Promise<Answer> {
  const sourceOf = (service: Service): GraphQLDataSource => ({
    process: async ({ request }) =>
      (await service({ operation: request.query ?? '', operationName: undefined, variables: request.variables ?? {}, exchange })) as never,
  });
  const map = Object.fromEntries(Object.entries(services).map(([name, service]) => [name, sourceOf(service)]));
  const context = buildOperationContext({ schema: planning.apiSchema, operationDocument: document });
  const plan = planner.buildQueryPlan(operationFromDocument(schema, document, { validate: false }));
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('no operation');
  const variables = getVariableValues(planning.apiSchema, operation.variableDefinitions ?? [], asked.variables ?? {}).coerced ?? {};
  const request = { request: { variables }, context: exchange, logger: quiet, metrics: {} } as never;
  const { data, errors = [], extensions } = await executeQueryPlan(plan, map, request, context, planning.supergraphSchema, schema);
  const faults = (extensions?.valueCompletion as readonly unknown[] | undefined) ?? [];
  return { data: plainly(data), errors: errors.map(({ message }) => message), faults: faults.length };
}
