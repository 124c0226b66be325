import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { TransportAnswer } from '#kernel/transport.ts';
import type { Exchange } from '../exchange.ts';
import { representationsOf, type Wanted } from './representation.ts';
import { rewrite } from './rewrite.ts';
import { isRow, merge, own, put, type Row } from './row.ts';

/** One fetch of a plan, as its subgraph is asked. */
export type Fetch = Pick<FetchNode, 'operation' | 'operationName'> & { variables: Record<string, unknown>; exchange: Exchange };
/** The way to a subgraph. It answers also when the subgraph does not. */
export type Service = (fetch: Fetch) => Promise<TransportAnswer>;
export type Services = Readonly<Record<string, Service>>;

type Path = readonly (string | number)[];
export type Running = {
  schema: GraphQLSchema;
  services: Services;
  exchange: Exchange;
  /** As the client gave them. */
  given: Readonly<Record<string, unknown>>;
  /** The same with defaults. */
  variables: Readonly<Record<string, unknown>>;
  root: Row;
  errors: GraphQLError[];
};

/** Carries out a part of a plan on the things at a place of the answer. */
export async function run(running: Running, node: PlanNode, place: Path = []): Promise<void> {
  switch (node.kind) {
    case 'Sequence':
      for (const each of node.nodes) await run(running, each, place);
      return;
    case 'Parallel':
      await Promise.all(node.nodes.map((each) => run(running, each, place)));
      return;
    case 'Flatten':
      return run(running, node.node, [...place, ...node.path]);
    case 'Fetch':
      return fetchAt(running, node, place);
    case 'Condition': {
      const branch = running.variables[node.condition] === true ? node.ifClause : node.elseClause;
      return branch && run(running, branch, place);
    }
    case 'Defer':
      throw new Error('a plan defers, which nobody may ask for');
  }
}

async function fetchAt(running: Running, fetch: FetchNode, place: Path): Promise<void> {
  const found: Row[] = [];
  walk({ place, path: [], visit: (row) => found.push(row) }, running.root);
  if (found.length === 0) return;
  // Without a prototype, since names of variables are the client's.
  const variables: Record<string, unknown> = Object.create(null);
  for (const name of fetch.variableUsages ?? []) {
    const value = own(running.given, name);
    if (value !== undefined) variables[name] = value;
  }
  const at = { fetch, place, found };
  try {
    if (fetch.requires) await fetchEntities(running, at, variables);
    else await fetchRoot(running, at, variables);
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error));
    running.errors.push(cause instanceof GraphQLError ? cause : new GraphQLError(cause.message, { originalError: cause }));
  }
}

type At = { fetch: FetchNode; place: Path; found: readonly Row[] };

async function ask({ services, exchange }: Running, { fetch }: At, variables: Record<string, unknown>): Promise<TransportAnswer> {
  const service = services[fetch.serviceName];
  if (!service) throw new Error(`no way to ${fetch.serviceName}`);
  return service({ operation: fetch.operation, operationName: fetch.operationName, variables, exchange });
}

async function fetchRoot(running: Running, at: At, variables: Record<string, unknown>): Promise<void> {
  const { data, errors } = await ask(running, at, variables);
  for (const error of errors ?? []) running.errors.push(told(error, at, error.path && [...at.place, ...error.path]));
  if (!isRow(data)) return;
  rewrite(running.schema, at.fetch.outputRewrites, data);
  for (const row of at.found) merge(row, data);
}

async function fetchEntities(running: Running, at: At, variables: Record<string, unknown>): Promise<void> {
  const { fetch, found } = at;
  const wanted = representationsOf(running.schema, fetch, found);
  const { representations, entities } = wanted;
  if (representations.length === 0) return;
  const { data, errors } = await ask(running, at, { ...variables, representations });
  if (errors) running.errors.push(...placed(running, at, { errors, wanted }));
  if (!isRow(data)) return;
  const received = data._entities;
  if (!Array.isArray(received) || received.length !== representations.length)
    throw new Error(`${fetch.serviceName} was asked for ${representations.length} entities and gave others`);
  for (const [index, each] of received.entries()) {
    if (!isRow(each)) continue;
    if (!each.__typename) put(each, '__typename', found[entities[index]?.[0] ?? 0]?.__typename);
    rewrite(running.schema, fetch.outputRewrites, each);
    const done = new Set<Row>();
    for (const place of entities[index] ?? []) {
      const row = found[place];
      if (!row || done.has(row)) continue;
      done.add(row);
      merge(row, each);
    }
  }
}

type Walk = { place: Path; path: (string | number)[]; visit: (row: Row, path: Path) => void };

/** Visits the things at a place, in its order, each with where it is; what is not there is left out. */
function walk(walking: Walk, value: unknown, depth = 0): void {
  const { place, path, visit } = walking;
  const step = place[depth];
  if (step === undefined) {
    if (isRow(value)) visit(value, path);
  } else if (step !== '@') {
    if (!isRow(value)) return;
    path.push(step);
    walk(walking, own(value, String(step)), depth + 1);
    path.pop();
  } else if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) {
      path.push(index);
      walk(walking, inner, depth + 1);
      path.pop();
    }
  }
}

type Failed = { errors: NonNullable<TransportAnswer['errors']>; wanted: Wanted };

/** Errors of entities stand at each place that the entity has in the answer; others at the place of the fetch. */
function placed(running: Running, at: At, { errors, wanted }: Failed): GraphQLError[] {
  const paths: Path[] = [];
  walk({ place: at.place, path: [], visit: (_, path) => paths.push([...path]) }, running.root);
  return errors.flatMap((error) => {
    const [field, index, ...rest] = error.path ?? [];
    if (field !== '_entities' || typeof index !== 'number') return [told(error, at, error.path && [...at.place, ...error.path])];
    return (wanted.entities[index] ?? []).map((place) => told(error, at, [...(paths[place] ?? []), ...rest]));
  });
}

/** A subgraph has logged what it tells; its name says so to the door, which takes it off. */
function told({ message, extensions }: { message: string; extensions?: Readonly<Record<string, unknown>> }, at: At, path: Path | undefined): GraphQLError {
  return new GraphQLError(message, { ...(path ? { path } : {}), extensions: { ...extensions, serviceName: at.fetch.serviceName } });
}
