import { setTimeout as pause } from 'node:timers/promises';
import { executeQueryPlan, type GraphQLDataSource, type ServiceMap } from '@apollo/gateway';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { eventFor, type Telling } from '#kernel/event.ts';
import type { Fact } from '#kernel/facts.ts';
import { sealFor, writeLogCursor } from '#kernel/logCursor.ts';
import { continueTraceparent, type Logger } from '#kernel/telemetry.ts';
import { withOwnNames } from '../aliases.ts';
import { doorError } from '../errors.ts';
import type { Exchange } from '../exchange.ts';
import type { Prepared } from './prepare.ts';
import { answerFromEvent, asSubscription } from './primary.ts';

/** One event as a subscriber gets it. `extensions.cursor` lets it resume whatever it selected. */
export type Answer = { data: unknown; errors?: readonly GraphQLFormattedError[]; extensions: { cursor: string } };

type Process = GraphQLDataSource['process'];

export type Question = Telling & { prepared: Prepared; variables: Record<string, unknown>; services: ServiceMap; log: Logger };

/** Attempts when the subgraph of the event does not answer: an event must not be lost to a restart. */
const attempts = 6;

/** Executes a subscription's plan for one fact: its own part from the fact, the rest from the subgraphs. */
export async function answerFact(question: Question, fact: Fact): Promise<Answer> {
  const { prepared, variables, services, actor, log } = question;
  const trace = { correlationId: fact.correlationId, traceparent: continueTraceparent(fact.traceparent ?? undefined) };
  await using operation = new AsyncDisposableStack();
  const exchange: Exchange = { actor, trace, operation };
  const own: GraphQLDataSource = {
    process: (options) => (options.request.query === prepared.primary.text ? answerPrimary(question, fact, options) : other(services, prepared)(options)),
  };
  const request = { request: { variables }, context: exchange, logger: quiet, metrics: {} };
  const map: ServiceMap = { ...services, [prepared.primary.service]: own };
  // The executor reads these four fields of a request context and no other.
  const result = await executeQueryPlan(prepared.plan, map, request as never, prepared.context, prepared.supergraphSchema, prepared.clientSchema);
  if (result.extensions?.valueCompletion) log.error({ detail: result.extensions.valueCompletion, fact: fact.id }, 'a subgraph answered against the schema');
  const errors = result.errors?.map((error) =>
    doorError(error instanceof GraphQLError ? error.toJSON() : (error as GraphQLFormattedError), { trace, hints: false }),
  );
  const answer = { data: result.data ?? null, ...(errors ? { errors } : {}) };
  return { ...(prepared.isRenamed ? withOwnNames(answer) : answer), extensions: { cursor: writeLogCursor(fact.position, sealFor(actor, question.seal)) } };
}

function other(services: ServiceMap, prepared: Prepared): Process {
  const service = services[prepared.primary.service];
  if (!service) throw new Error(`no way to ${prepared.primary.service}`);
  return (options) => service.process(options);
}

type Options = Parameters<Process>[0];
type Response = Awaited<ReturnType<Process>>;

async function answerPrimary(question: Question, fact: Fact, options: Options): Promise<Response> {
  const { primary } = question.prepared;
  const event = eventFor(question, fact);
  if (!primary.entities) return answerFromEvent(primary, event, options.request.variables) as Response;
  const request = { query: primary.entities, variables: { ...options.request.variables, representations: [event] } };
  for (let attempt = 1; ; attempt += 1) {
    const answer = await other(question.services, question.prepared)({ ...options, request, document: undefined } as never);
    const unreachable = answer.errors?.some((error) => error.extensions?.code === 'UPSTREAM_UNAVAILABLE');
    if (!unreachable || attempt === attempts) return asSubscription(primary, answer as never) as Response;
    await pause(50 * 2 ** attempt);
  }
}

const nothing = (): void => undefined;
const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing };
