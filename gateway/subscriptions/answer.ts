import { setTimeout as pause } from 'node:timers/promises';
import { type GraphQLFormattedError, getVariableValues } from 'graphql';
import type { Trace } from '#kernel/context.ts';
import { eventFor, type Telling } from '#kernel/event.ts';
import type { Fact } from '#kernel/facts.ts';
import { sealFor, writeLogCursor } from '#kernel/logCursor.ts';
import { inSpan } from '#kernel/span.ts';
import { continueTraceparent, idsOf, type Logger } from '#kernel/telemetry.ts';
import type { TransportAnswer } from '#kernel/transport.ts';
import { withOwnNames } from '../aliases.ts';
import { doorError } from '../errors.ts';
import type { Exchange } from '../exchange.ts';
import { carryOut } from '../execution/carry.ts';
import type { Fetch, Service } from '../execution/run.ts';
import type { Graph } from '../graph.ts';
import type { Prepared } from './prepare.ts';
import { answerFromEvent, asSubscription } from './primary.ts';

/** One event as a subscriber gets it. `extensions.cursor` lets it resume whatever it selected. */
export type Answer = { data: unknown; errors?: readonly GraphQLFormattedError[]; extensions?: { cursor: string } };

export type Question = Telling & { prepared: Prepared; variables: Record<string, unknown>; coerced: Coerced; graph: Pick<Graph, 'waysOf'>; log: Logger };

/** The variables as a plan takes them. They were checked when the subscription was opened. */
export type Coerced = (prepared: Prepared) => Record<string, unknown>;

/** Variables that are coerced once for all events of a plan. */
export function coercedOnce(given: Record<string, unknown>): Coerced {
  const known = new WeakMap<Prepared, Record<string, unknown>>();
  return (prepared) => {
    const { planning, planned } = prepared;
    const coerced = known.get(prepared) ?? getVariableValues(planning.apiSchema, planned.operation.variableDefinitions ?? [], given).coerced ?? {};
    known.set(prepared, coerced);
    return coerced;
  };
}

/** Attempts when the subgraph of the event does not answer: an event must not be lost to a restart. */
const attempts = 6;

/** Carries out a subscription's plan for one fact: its own part from the fact, the rest from the subgraphs. */
export async function answerFact(question: Question, fact: Fact): Promise<Answer> {
  const caller = fact.traceparent ?? undefined;
  const trace = { correlationId: fact.correlationId, traceparent: continueTraceparent(caller) };
  const work = { name: `deliver ${fact.type}`, kind: 'PRODUCER' as const, trace, parent: caller, attributes: { 'accord.fact.type': fact.type } };
  return inSpan(work, (inner) => answered(question, fact, inner));
}

async function answered(question: Question, fact: Fact, trace: Trace): Promise<Answer> {
  const { prepared, variables: given, graph, actor, log } = question;
  const { primary, planned, planning } = prepared;
  const { services } = graph.waysOf(planning);
  await using operation = new AsyncDisposableStack();
  const exchange: Exchange = { actor, trace, operation };
  const other = services[primary.service];
  if (!other) throw new Error(`no way to ${primary.service}`);
  const own: Service = (fetch) => (fetch.operation === primary.text ? answerPrimary({ question, fact, other }, fetch) : other(fetch));
  const carried = await carryOut({
    planning,
    planned,
    services: { ...services, [primary.service]: own },
    exchange,
    given,
    variables: question.coerced(prepared),
  });
  if (carried.faults.length > 0 && carried.errors.length === 0)
    log.error({ detail: carried.faults, fact: fact.id, ...idsOf(trace) }, 'a subgraph answered against the schema');
  const errors = carried.errors.map((error) => doorError(error.toJSON(), { trace, hints: false }));
  const answer = { data: carried.data, ...(errors.length > 0 ? { errors } : {}) };
  return { ...(prepared.isRenamed ? withOwnNames(answer) : answer), extensions: { cursor: writeLogCursor(fact.position, sealFor(actor, question.seal)) } };
}

type Own = { question: Question; fact: Fact; other: Service };

async function answerPrimary({ question, fact, other }: Own, fetch: Fetch): Promise<TransportAnswer> {
  const { primary } = question.prepared;
  const event = eventFor(question, fact);
  if (!primary.entities) return answerFromEvent(primary, event, fetch.variables);
  const asked = { ...fetch, operation: primary.entities, variables: { ...fetch.variables, representations: [event] } };
  for (let attempt = 1; ; attempt += 1) {
    const answer = await other(asked);
    const unreachable = answer.errors?.some((error) => error.extensions?.code === 'UPSTREAM_UNAVAILABLE');
    if (!unreachable || attempt === attempts) return asSubscription(primary, answer);
    await pause(50 * 2 ** attempt);
  }
}
