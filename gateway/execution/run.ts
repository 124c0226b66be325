import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { TransportAnswer } from '#kernel/transport.ts';
import type { Exchange } from '../exchange.ts';
import { type Entities, each as eachOf, type Fetch as FetchNode, ownNameOf, type Place, type PlanNode } from '../planner/plan.ts';
import { answerLimit, tooLarge } from './amount.ts';
import { representationsOf, type Wanted } from './representation.ts';
import { rewrite } from './rewrite.ts';
import { isRow, merge, own, put, type Row } from './row.ts';
import { isOfTypes } from './typeCondition.ts';

/** One fetch of a plan, as its subgraph is asked. */
export type Fetch = { operation: string; operationName: string | undefined; variables: Record<string, unknown>; exchange: Exchange };
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
  /** Set once a subgraph gave less than was asked of it, or could not be asked: then what is missing is no fault of the plan. */
  gaps: boolean;
  /** Others change the same things meanwhile, as parts that come later do beside each other: places are looked up before a subgraph is asked. */
  shares?: boolean;
};

/** Carries out a part of a plan. */
export async function run(running: Running, node: PlanNode): Promise<void> {
  switch (node.kind) {
    case 'Sequence':
      for (const each of node.nodes) await run(running, each);
      return;
    case 'Parallel':
      await Promise.all(node.nodes.map((each) => run(running, each)));
      return;
    case 'Defer':
      if (node.first) await run(running, node.first);
      await Promise.all(node.later.map((each) => each.node && run(running, each.node)));
      return;
    case 'Fetch':
      return fetched(running, node);
    case 'Condition': {
      const branch = running.variables[node.variable] === true ? node.ifTrue : node.ifFalse;
      return branch && run(running, branch);
    }
  }
}

async function fetched(running: Running, fetch: FetchNode): Promise<void> {
  // Without a prototype, since names of variables are the client's.
  const variables: Record<string, unknown> = Object.create(null);
  for (const name of fetch.variables) {
    const value = own(running.given, name);
    if (value !== undefined) variables[name] = value;
  }
  try {
    if (fetch.entities.length > 0) await fetchEntities(running, fetch, variables);
    else await fetchRoot(running, fetch, variables);
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error));
    tell(running, cause instanceof GraphQLError ? cause : new GraphQLError(cause.message, { originalError: cause }));
  }
}

function tell(running: Running, ...errors: readonly GraphQLError[]): void {
  running.errors.push(...errors);
  running.gaps = true;
}

async function ask({ services, exchange }: Running, fetch: FetchNode, variables: Record<string, unknown>): Promise<TransportAnswer> {
  const service = services[fetch.subgraph];
  if (!service) throw new Error(`no way to ${fetch.subgraph}`);
  return service({ operation: fetch.text, operationName: fetch.operationName, variables, exchange });
}

async function fetchRoot(running: Running, fetch: FetchNode, variables: Record<string, unknown>): Promise<void> {
  const found = thingsAt(running, [fetch.place]);
  if (found.length === 0) return;
  const { data, errors } = await ask(running, fetch, variables);
  for (const error of errors ?? []) tell(running, told(error, fetch, error.path && [...fieldsOf(fetch.place), ...error.path]));
  if (!isRow(data)) {
    running.gaps = true;
    return;
  }
  rewrite(running.schema, fetch.outputRewrites, data);
  for (const row of found) merge(row, data);
}

/** What one field of a request is about, and the things in the answer that it is asked for. */
type Part = { about: Entities; found: readonly Row[]; wanted: Wanted; paths: Path[] | undefined };

async function fetchEntities(running: Running, fetch: FetchNode, variables: Record<string, unknown>): Promise<void> {
  const parts = fetch.entities.map((about): Part => {
    const found = thingsAt(running, about.places);
    const paths = running.shares ? pathsOf(running, about) : undefined;
    return { about, found, paths, wanted: representationsOf(running, about, found) };
  });
  if (parts.some(({ wanted }) => wanted.lacks)) running.gaps = true;
  if (parts.every(({ wanted }) => wanted.representations.length === 0)) return;
  for (const { about, wanted } of parts) variables[about.variable] = wanted.representations;
  const { data, errors } = await ask(running, fetch, variables);
  if (errors) tell(running, ...placed(running, { fetch, parts }, errors));
  if (isRow(data)) for (const part of parts) receive(running, { fetch, part }, data[part.about.field]);
  else running.gaps = true;
}

function receive(running: Running, { fetch, part }: { fetch: FetchNode; part: Part }, received: unknown): void {
  const { about, found, wanted } = part;
  const { representations, entities } = wanted;
  if (!Array.isArray(received) || received.length !== representations.length)
    throw new Error(`${fetch.subgraph} was asked for ${representations.length} entities and gave others`);
  for (const [index, entity] of received.entries()) {
    if (!isRow(entity)) {
      running.gaps = true;
      continue;
    }
    if (!entity.__typename) put(entity, '__typename', found[entities[index]?.[0] ?? 0]?.__typename);
    rewrite(running.schema, about.outputRewrites, entity);
    const done = new Set<Row>();
    for (const place of entities[index] ?? []) {
      const row = found[place];
      if (!row || done.has(row)) continue;
      done.add(row);
      merge(row, entity);
    }
  }
}

function thingsAt(running: Running, places: readonly Place[]): Row[] {
  const found: Row[] = [];
  const visit = (row: Row) => {
    if (found.push(row) > answerLimit) throw tooLarge;
  };
  for (const place of places) walk({ running, place, path: [], visit }, running.root);
  return found;
}

type Walk = { running: Running; place: Place; path: (string | number)[]; visit: (row: Row, path: Path) => void };

/** Visits the things at a place, in its order, each with where it is; what is not there is left out. */
function walk(walking: Walk, value: unknown, depth = 0): void {
  const { running, place, path, visit } = walking;
  const step = place[depth];
  if (step === undefined) {
    if (isRow(value)) visit(value, path);
  } else if (typeof step === 'object') {
    if (isRow(value) && isOfTypes(running.schema, value, step.types)) walk(walking, value, depth + 1);
  } else if (step !== eachOf) {
    if (!isRow(value)) return;
    path.push(step);
    walk(walking, own(value, step), depth + 1);
    path.pop();
  } else if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) {
      path.push(index);
      walk(walking, inner, depth + 1);
      path.pop();
    }
  }
}

/** Errors of entities stand at each place that the entity has in the answer; others at the place of the fetch. */
function placed(running: Running, { fetch, parts }: { fetch: FetchNode; parts: readonly Part[] }, errors: Errors): GraphQLError[] {
  const [only] = parts.length === 1 ? parts : [];
  const elsewhere = only?.about.places.length === 1 ? fieldsOf(only.about.places[0] ?? []) : [];
  return errors.flatMap((error) => {
    const [field, index, ...rest] = error.path ?? [];
    const part = parts.find(({ about }) => about.field === field);
    if (!part || typeof index !== 'number') return [told(error, fetch, error.path && [...elsewhere, ...error.path])];
    const paths = part.paths ?? pathsOf(running, part.about);
    return (part.wanted.entities[index] ?? []).map((place) => told(error, fetch, [...(paths[place] ?? []), ...rest]));
  });
}

function pathsOf(running: Running, { places }: Entities): Path[] {
  const paths: Path[] = [];
  for (const place of places) walk({ running, place, path: [], visit: (_, path) => paths.push([...path]) }, running.root);
  return paths;
}

type Errors = NonNullable<TransportAnswer['errors']>;

const fieldsOf = (place: Place): string[] => place.filter((step) => typeof step === 'string');

/** A subgraph has logged what it tells; its name says so to the door, which takes it off. */
function told(
  { message, extensions }: { message: string; extensions?: Readonly<Record<string, unknown>> },
  { subgraph }: FetchNode,
  path?: Path,
): GraphQLError {
  const named = path?.map((step) => (typeof step === 'string' ? ownNameOf(step) : step));
  return new GraphQLError(message, { ...(named ? { path: named } : {}), extensions: { ...extensions, serviceName: subgraph } });
}
