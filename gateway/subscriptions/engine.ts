import type { IncomingHttpHeaders } from 'node:http';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import type { Actor } from '#kernel/actor.ts';
import type { Trace } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import { demandKept, type EventFilter, type EventRules, readFilter, seesType } from '#kernel/event.ts';
import { logBounds } from '#kernel/facts.ts';
import { readLogCursor, sealFor } from '#kernel/logCursor.ts';
import type { Logger } from '#kernel/telemetry.ts';
import { isOutside, sees } from '#kernel/visibility.ts';
import { demandRoots } from '../access/verdict.ts';
import { type Contracts, createContracts } from '../contracts.ts';
import type { Budget } from '../cost/budget.ts';
import { demandCost } from '../cost/limit.ts';
import type { Graph } from '../graph.ts';
import { checkLimits, type Limits, parseWithin } from '../limits.ts';
import { createMemory } from '../memory.ts';
import type { Metrics } from '../metrics.ts';
import type { Params } from '../params.ts';
import { type Planning, perPlanning } from '../planning.ts';
import { knowsSchema, withoutHints } from '../schemaAccess.ts';
import type { TrustedDocuments } from '../trusted.ts';
import type { Usage } from '../usage/usage.ts';
import { answerFact, coercedOnce } from './answer.ts';
import type { Follower } from './follower.ts';
import { openForeign } from './foreign.ts';
import { createGroups, type Group, type Groups } from './group.ts';
import { createPast, type Past } from './past.ts';
import { type Prepared, prepare, toolsOf } from './prepare.ts';
import { type Backlog, type EventStream, openStream } from './stream.ts';

/** Who subscribes. The actor changes when the token is renewed. */
export type Subscriber = {
  protocol: 'ws' | 'sse';
  actor: () => Actor;
  /** By which name its client is counted. */
  client: string;
  trace: Trace;
  headers: IncomingHttpHeaders;
  resumeAfter?: string | undefined;
  onOverflow: (cursor: string) => void;
};

export type Engine = {
  /** Parses within the limits; refuses what is no operation. */
  read(params: Pick<Params, 'query' | 'operationName'>): { document: DocumentNode; operation: OperationDefinitionNode };
  /** Opens a subscription, or refuses it before the first event. */
  open(params: Params, subscriber: Subscriber): Promise<EventStream>;
  /** Distinct questions that are executed now. */
  groups(): number;
};

/** Seconds from which on an event is caught up with, not waited for. */
const live = 60;

export type EngineParts = {
  graph: Graph;
  follower: Follower;
  db: Db;
  rules: EventRules;
  limits: Limits;
  trusted: Pick<TrustedDocuments, 'demand'>;
  backlog: Backlog;
  metrics: Pick<Metrics, 'subscriptions' | 'eventSeconds'>;
  usage: Pick<Usage, 'note'>;
  budget: Budget;
  /** Milliseconds between two signs that a subscription is still in use. */
  useEvery: number;
  log: Logger;
};

type Inside = EngineParts & { groups: Groups; past: Past; bounds: Bounds; read: Engine['read']; plan: Plan; contracts: Contracts };

/** Where the log begins and ends; whoever asks while that is being read waits for the same. */
type Bounds = () => ReturnType<typeof logBounds>;

/** The plan of a subscription: of all that it asks for, or of what an actor may have. */
type Plan = (params: Params, actor?: Actor) => Promise<Prepared>;

/** Plans, opens and shares subscriptions over one graph and one log. */
export function createEngine(parts: EngineParts): Engine {
  const read = reader(parts.limits);
  const inside: Inside = {
    ...parts,
    groups: createGroups(parts.follower),
    past: createPast(),
    bounds: boundsOf(parts.db),
    read,
    plan: planner(parts.graph, read),
    contracts: createContracts(parts.graph),
  };
  parts.graph.onReload(() => inside.groups.wake());
  return { read, open: (params, subscriber) => open(inside, params, subscriber), groups: () => inside.groups.size() };
}

function boundsOf(db: Db): Bounds {
  const asked: { bounds?: ReturnType<Bounds> | undefined } = {};
  return () => {
    asked.bounds ??= logBounds(db).finally(() => {
      asked.bounds = undefined;
    });
    return asked.bounds;
  };
}

function reader(limits: Limits): Engine['read'] {
  const documents = createMemory<DocumentNode>(remembered);
  return ({ query, operationName }) => {
    const document = documents.get(query) ?? checked(query, limits);
    documents.set(query, document);
    const operation = getOperationAST(document, operationName);
    if (!operation) throw new Refused('VALIDATION_FAILED', 'The document has no such operation, or several and operationName does not say which.');
    return { document, operation };
  };
}

function checked(text: string, limits: Limits): DocumentNode {
  const document = parseWithin(text, limits.tokens) ?? unparsed(text);
  checkLimits(document, limits);
  return document;
}

/** Says why a text does not parse. */
function unparsed(query: string): DocumentNode {
  try {
    return parse(query);
  } catch (error) {
    throw new Refused('VALIDATION_FAILED', error instanceof Error ? error.message : 'The document does not parse.');
  }
}

/** Characters of operations that are remembered with their plans, per state of the graph. */
const remembered = 500_000;

/** Questions that a new state of the graph has planned before it serves; the others are planned when their next event comes. */
const hot = 100;

type Question = Pick<Params, 'query' | 'operationName'>;
type For = { actor?: Actor | undefined; next?: Planning };

/** A reload of the graph plans every question again; subscriptions stay open. */
function planner(graph: Graph, read: Engine['read']): Plan {
  const of = perPlanning(graph, (planning) => ({ tools: toolsOf(planning), plans: createMemory<{ prepared: Prepared; question: Question }>(remembered) }));
  const planned = async (key: string, { query, operationName }: Question, { actor, next }: For): Promise<Prepared> => {
    const { tools, plans } = of(next);
    const before = plans.get(key);
    if (before) return before.prepared;
    const prepared = await prepare(tools, read({ query, operationName }), actor);
    plans[next ? 'keep' : 'set'](key, { prepared, question: { query, operationName } });
    return prepared;
  };
  const keyOf = ({ query, operationName }: Question) => `${operationName ?? ''}\n${query}`;
  graph.onPrepare(async (next, present) => {
    // What does not fit any more is told to its subscribers when their next event comes.
    for (const { question } of of(present).plans.recent(hot)) await planned(keyOf(question), question, { next }).catch(() => undefined);
  });
  return async (params, actor) => {
    const key = keyOf(params);
    const whole = await planned(key, params, {});
    const denied = actor && whole.planning.access.denied(whole.asked, actor);
    return denied ? planned(`${denied.key}\n${key}`, params, { actor }) : whole;
  };
}

/** Names are suggested to those who may know them all. */
async function open(inside: Inside, params: Params, subscriber: Subscriber): Promise<EventStream> {
  try {
    return await opened(inside, params, subscriber);
  } catch (error) {
    if (!(error instanceof Refused) || knowsSchema(inside, subscriber.actor())) throw error;
    throw new Refused(error.code, withoutHints(error.message), error);
  }
}

async function opened(inside: Inside, params: Params, subscriber: Subscriber): Promise<EventStream> {
  // Taken before the first await: whatever the client does after it asked comes later in the log.
  const now = inside.follower.position();
  inside.trusted.demand(subscriber.actor(), params.query);
  const prepared = await inside.plan(params);
  if (prepared.isForeign) return openedElsewhere(inside, params, subscriber);
  const coerced = coercedFor(prepared.planning.apiSchema, inside.read(params), params.variables ?? {});
  const { values, filter, after } = readArguments(prepared, coerced);
  const asking = { params, prepared, coerced };
  const cost = demandAccess(inside, { ...asking, actor: subscriber.actor() });
  demandSight(subscriber.actor(), inside.rules, filter);
  const cursor = subscriber.resumeAfter ?? after;
  const seal = () => sealFor(subscriber.actor(), inside.follower.seal);
  const start = cursor === undefined ? now : readLogCursor(cursor, seal());
  if (cursor !== undefined) await demandReadable(inside, start);
  const { follower, past, db, rules, log, backlog, metrics } = inside;
  const { protocol, onOverflow } = subscriber;
  const pay = () => inside.budget.spend(subscriber.actor(), cost);
  await pay();
  inside.usage.note(subscriber.client, subscriber.actor(), prepared);
  const group = memberOf(inside, { ...asking, values, filter, subscriber });
  metrics.subscriptions.inc({ protocol });
  return openStream({ follower, past, db, rules, log, backlog, start, seal, group, pay, onOverflow, onEnd: () => metrics.subscriptions.dec({ protocol }) });
}

/** What others are being told of the log may be a little old: only a look of one's own says that it does not reach so far. */
async function demandReadable({ bounds, db }: Inside, start: bigint): Promise<void> {
  const shared = await bounds();
  demandKept(start, start > shared.head ? await logBounds(db) : shared);
}

/** A subscription that a subgraph of the firm's own answers. */
async function openedElsewhere(inside: Inside, params: Params, subscriber: Subscriber): Promise<EventStream> {
  const { graph, metrics } = inside;
  const { protocol } = subscriber;
  const variables = params.variables ?? {};
  const present = async (actor: Actor) => {
    const whole = await inside.plan(params);
    const coerced = coercedFor(whole.planning.apiSchema, inside.read(params), variables);
    const cost = demandAccess(inside, { actor, prepared: whole, params, coerced });
    const prepared = await inside.plan(params, actor);
    return { planning: prepared.planning, prepared, pay: () => inside.budget.spend(actor, cost) };
  };
  await (await present(subscriber.actor())).pay();
  inside.usage.note(subscriber.client, subscriber.actor(), await inside.plan(params));
  metrics.subscriptions.inc({ protocol });
  return openForeign({ subscriber, variables, present, waysOf: graph.waysOf, onEnd: () => metrics.subscriptions.dec({ protocol }) });
}

function coercedFor(
  schema: GraphQLSchema,
  { operation }: { operation: OperationDefinitionNode },
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (errors) throw new Refused('VALIDATION_FAILED', errors[0]?.message ?? 'The variables do not fit.');
  return coerced;
}

type Judged = { params: Params; prepared: Prepared; coerced: Record<string, unknown> };
type Asking = Judged & { values: Record<string, unknown>; filter: EventFilter; subscriber: Subscriber };

/** The group of the subscriber's present rights. */
function memberOf(inside: Inside, { values, filter, subscriber, ...judged }: Asking): () => Group {
  const { params, prepared } = judged;
  const key = JSON.stringify([prepared.text, prepared.operationName ?? null, values, filter]);
  const { rules, log, graph, follower } = inside;
  const coerced = coercedOnce(values);
  let noted = performance.now();
  let present: { actor: Actor; planning: Planning; group: Group } | undefined;
  return () => {
    const actor = subscriber.actor();
    const planning = graph.planning();
    // What stays open for months is in use all that time.
    if (performance.now() - noted >= inside.useEvery) {
      noted = performance.now();
      inside.usage.note(subscriber.client, actor, { coordinates: prepared.coordinates, requests: 0 });
    }
    // A reload of the graph may have narrowed the contract.
    if (present?.actor === actor && present.planning === planning) return present.group;
    demandAccess(inside, { ...judged, actor });
    demandSight(actor, rules, filter);
    const group = inside.groups.of({
      key,
      actor,
      filter,
      rules,
      execute: async (shared, fact) => {
        const prepared = await inside.plan(params, shared);
        const answer = await answerFact({ prepared, variables: values, coerced, graph, actor: shared, rules, seal: follower.seal, log }, fact);
        const age = (Date.now() - fact.occurredAt.getTime()) / 1000;
        if (age < live) inside.metrics.eventSeconds.observe(age);
        return answer;
      },
    });
    present = { actor, planning, group };
    return group;
  };
}

type Read = { values: Record<string, unknown>; filter: EventFilter; after: string | undefined };

function readArguments(prepared: Prepared, coerced: Record<string, unknown>): Read {
  const given = argumentsOf(prepared, coerced);
  const text = (name: string): string | undefined => (typeof given[name] === 'string' ? given[name] : undefined);
  // The contract's arguments that are lists of ids are the dimensions of the log, in the plural.
  const ids = Object.entries(given).flatMap(([name, value]) => (name.endsWith('Ids') && Array.isArray(value) ? [[name, value.map(String)] as const] : []));
  const asked = Array.isArray(given.types) ? given.types.map(String) : undefined;
  const filter = readFilter({ ...Object.fromEntries(ids), types: prepared.types ?? asked });
  const values = Object.fromEntries(Object.entries(coerced).filter(([name]) => !prepared.dropped.has(name)));
  return { values, filter, after: text('after') };
}

function argumentsOf(prepared: Prepared, variables: Record<string, unknown>): Record<string, unknown> {
  try {
    return getArgumentValues(prepared.field, prepared.fieldNode, variables);
  } catch (error) {
    if (error instanceof GraphQLError) throw new Refused('VALIDATION_FAILED', error.message);
    throw error;
  }
}

/** What the contract of the actor shows, and what it asks of them. Gives the cost of each event. */
function demandAccess({ contracts, graph, limits }: Inside, { actor, prepared, params, coerced: variables }: Judged & { actor: Actor }): number {
  contracts.demand(actor, prepared.asked);
  demandRoots(graph.planning(), prepared.asked, { actor, operationName: params.operationName });
  const operation = getOperationAST(prepared.asked, params.operationName);
  return operation ? demandCost(prepared.planning, { document: prepared.asked, operation, variables, actor }, limits.cost).requested : 0;
}

/** Refuses at once what could never give an event, instead of staying silent for ever. */
function demandSight(actor: Actor, rules: EventRules, filter: EventFilter): void {
  const hidden = (filter.types ?? []).find((type) => !seesType(actor, rules, type));
  if (hidden)
    throw new Refused(
      'FORBIDDEN',
      `${hidden} needs the permission ${rules[hidden]?.read ?? 'of its subject'}${isOutside(actor) ? ', and is not for people outside the firm' : ''}.`,
    );
  if (!filter.types && !Object.keys(rules).some((type) => seesType(actor, rules, type)))
    throw new Refused('FORBIDDEN', 'There is no business event that this token may see.');
  const unseen = (filter.customerIds ?? []).find((customerId) => !sees(actor, { customerId }));
  if (unseen) throw new Refused('NOT_FOUND', `No Customer has the id ${unseen}.`, { field: 'customerIds' });
}
