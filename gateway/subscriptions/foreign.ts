import { getVariableValues } from 'graphql';
import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import type { Transport, TransportAnswer } from '#kernel/transport.ts';
import { withOwnNames } from '../aliases.ts';
import { doorError } from '../errors.ts';
import type { Exchange } from '../exchange.ts';
import { carryOut } from '../execution/carry.ts';
import type { Service } from '../execution/run.ts';
import type { Planning } from '../planning.ts';
import type { Answer } from './answer.ts';
import type { Subscriber } from './engine.ts';
import type { Prepared } from './prepare.ts';
import { type EventStream, streamOf } from './stream.ts';

type Parts = {
  subscriber: Subscriber;
  /** As the client gave them. */
  variables: Record<string, unknown>;
  /** The question on the present state of the graph, for who asks now; refused where it may no longer be asked. */
  present: (actor: Actor) => Promise<{ planning: Planning; prepared: Prepared; pay: () => Promise<unknown> }>;
  waysOf: (planning: Planning) => { services: Readonly<Record<string, Service>>; transports: Readonly<Record<string, Transport>> };
  onEnd: () => void;
};

/** The subscription at the subgraph, and all that it was opened for: of another actor, text or way it is another one. */
type Source = { actor: Actor; planning: Planning; prepared: Prepared; transport: Transport; events: AsyncGenerator<TransportAnswer, void, undefined> };

/** Events that a subgraph of the firm's own tells, each with what other subgraphs say of it. It has no cursor: whoever comes back begins anew. */
export function openForeign(parts: Parts): EventStream {
  const control = new AbortController();
  let completed = false;
  const inner = eventsOf(parts, control.signal, () => {
    completed = true;
  });
  return streamOf({ inner, control, onEnd: parts.onEnd, cursor: () => undefined, completed: () => completed, look: () => undefined });
}

async function* eventsOf(parts: Parts, signal: AbortSignal, complete: () => void): AsyncGenerator<Answer, void, undefined> {
  const { subscriber, present } = parts;
  let source: Source | undefined;
  try {
    while (!signal.aborted) {
      source = await sourceFor(parts, source, signal);
      const event = await source.events.next();
      if (event.done) {
        if (!signal.aborted) complete();
        return;
      }
      // What was told to an actor with other rights is not for this one.
      if (subscriber.actor() !== source.actor) continue;
      // Refuses what a reload took away meanwhile. What may be asked still is answered on the state that it was asked on.
      const { pay } = await present(source.actor);
      await pay();
      yield await answerWith(parts, source, { told: event.value, signal });
    }
  } finally {
    await source?.events.return();
  }
}

/** The subscription that there is while it is the right one: a reload of the graph, or a renewed token, may ask for another. */
async function sourceFor({ subscriber, variables, present, waysOf }: Parts, before: Source | undefined, signal: AbortSignal): Promise<Source> {
  const actor = subscriber.actor();
  const { planning, prepared } = await present(actor);
  const { service, text, operationName, used } = prepared.primary;
  const transport = waysOf(planning).transports[service];
  if (before && before.actor === actor && before.prepared.primary.text === text && before.transport === transport) return { ...before, planning, prepared };
  if (!transport?.subscribe) throw new Refused('VALIDATION_FAILED', `The ${service} subgraph has no subscriptions.`);
  const given = Object.fromEntries(used.flatMap((name) => (Object.hasOwn(variables, name) ? [[name, variables[name]] as const] : [])));
  const { trace, headers } = subscriber;
  const events = transport.subscribe({ text, operationName, variables: given, actor, trace, headers, signal });
  await before?.events.return();
  return { actor, planning, prepared, transport, events };
}

type Told = { told: TransportAnswer; signal: AbortSignal };

/** Carries the plan out with what the subgraph told as its first part. */
async function answerWith({ subscriber, variables: given, waysOf }: Parts, { actor, planning, prepared }: Source, { told, signal }: Told): Promise<Answer> {
  const { primary, planned } = prepared;
  const { services } = waysOf(planning);
  const { trace, headers } = subscriber;
  await using operation = new AsyncDisposableStack();
  const exchange: Exchange = { actor, trace, headers, operation, signal };
  const own: Service = async (fetch) => (fetch.operation === primary.text ? told : (services[primary.service]?.(fetch) ?? told));
  const { coerced: variables = {} } = getVariableValues(planning.apiSchema, planned.operation.variableDefinitions ?? [], given);
  const carried = await carryOut({ planning, planned, services: { ...services, [primary.service]: own }, exchange, given, variables });
  const errors = carried.errors.map((error) => doorError(error.toJSON(), { trace, hints: false }));
  const answer = { data: carried.data, ...(errors.length > 0 ? { errors } : {}) };
  return prepared.isRenamed ? withOwnNames(answer) : answer;
}
