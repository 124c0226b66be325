import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Trace } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { breakOff } from '#kernel/http2.ts';
import { faultError, refusedError } from '#kernel/publicError.ts';
import { idsOf } from '#kernel/telemetry.ts';
import type { Identity } from '../auth.ts';
import { methodNotAllowed, RefusedRequest } from '../body.ts';
import { isStream } from '../incremental/payloadStream.ts';
import { isMap, type Params, readParams } from '../params.ts';
import { send, statusOfRefusal } from '../respond.ts';
import { beginStream, reserved, reservedComplete } from './framing.ts';
import { type Ending, openSession, type Session, subscriberOf, tokenOver } from './session.ts';
import { drained, type SseParts } from './sse.ts';

/** A request of the single connection mode of graphql-sse: one stream for all operations of a client, which come by requests of their own. */
export type ReservedVisit = {
  request: IncomingMessage;
  response: ServerResponse;
  identity: Identity;
  trace: Trace;
  /** The token of a reservation, and the operation that is to end. */
  ticket: string | undefined;
  operationId: string | undefined;
  /** What was posted. */
  body: unknown;
};

export type Reservations = { answer(visit: ReservedVisit): Promise<void>; size(): number; drain(): Promise<void> };

/** Milliseconds that a stream may be waited for. */
export const unclaimed = 30_000;
/** Reservations of one principal at most. */
export const perPrincipal = 100;

type Reservation = {
  principal: string;
  session: Session;
  /** What is under way, by the names that the client gave; undefined while it begins. */
  operations: Map<string, { end(): void } | undefined>;
  stream: ServerResponse | undefined;
  opened: PromiseWithResolvers<void>;
  gone: AbortController;
  timer: NodeJS.Timeout;
};

type Inside = SseParts & { operations: number; reservations: Map<string, Reservation> };

/** Keeps who reserved a stream, and what is asked on it. */
export function createReservations(parts: SseParts & { operations: number }): Reservations {
  const inside: Inside = { ...parts, reservations: new Map() };
  return {
    size: () => inside.reservations.size,
    answer: (visit) => answer(inside, visit),
    drain: async () => {
      for (const [ticket, reservation] of inside.reservations) {
        reservation.stream?.end();
        drop(inside, ticket);
      }
    },
  };
}

async function answer(inside: Inside, visit: ReservedVisit): Promise<void> {
  const { request, response, trace } = visit;
  if (request.method === 'PUT') return send(response, { status: 201, type: 'text/plain; charset=utf-8', text: reserve(inside, visit) }, trace);
  const [ticket, reservation] = found(inside, visit);
  switch (request.method) {
    case 'GET':
      return open(inside, { ...visit, ticket, reservation });
    case 'POST':
      await begin(inside, reservation, visit);
      return send(response, { status: 202, type: 'text/plain; charset=utf-8', text: '' }, trace);
    case 'DELETE':
      return finish(reservation, visit);
    default:
      throw methodNotAllowed(
        'PUT, GET, POST, DELETE',
        'A reservation is made by PUT, its stream opened by GET; operations come by POST and are ended by DELETE.',
      );
  }
}

function reserve(inside: Inside, { identity, trace }: ReservedVisit): string {
  const { reservations } = inside;
  const principal = identity.actor.id;
  const own = [...reservations.values()].filter((each) => each.principal === principal).length;
  if (own >= perPrincipal) throw new RefusedRequest(429, `There are ${own} reservations of yours. End some of their streams first.`, { code: 'RATE_LIMITED' });
  const ticket = randomUUID();
  const gone = new AbortController();
  const session = openSession({ identity, ...inside, onEnd: (why) => over(inside, { ticket, trace, why }) });
  const timer = setTimeout(() => drop(inside, ticket), unclaimed).unref();
  const opened = Promise.withResolvers<void>();
  reservations.set(ticket, { principal, session, operations: new Map(), stream: undefined, opened, gone, timer });
  return ticket;
}

/** Whose it is not hears of it what everybody hears. */
function found({ reservations }: Inside, { ticket = '', identity }: ReservedVisit): [string, Reservation] {
  const reservation = reservations.get(ticket);
  if (reservation?.principal !== identity.actor.id)
    throw new RefusedRequest(404, 'There is no such reservation. Make one by PUT, and send its token in x-graphql-event-stream-token.', { code: 'NOT_FOUND' });
  return [ticket, reservation];
}

function open(inside: Inside, { ticket, reservation, response, trace }: ReservedVisit & { ticket: string; reservation: Reservation }): void {
  if (reservation.stream) throw new RefusedRequest(409, 'The stream of this reservation is open. Make another reservation.');
  clearTimeout(reservation.timer);
  reservation.stream = response;
  beginStream({ response, framing: reserved }, trace);
  const tell = () => response.writableEnded || response.write(reserved.beat(undefined));
  tell();
  const beat = setInterval(tell, inside.heartbeat);
  response.once('close', () => {
    clearInterval(beat);
    drop(inside, ticket);
  });
  reservation.opened.resolve();
}

/** Ends all that is under way; whoever comes back makes another reservation. */
function drop({ reservations }: Inside, ticket: string): void {
  const reservation = reservations.get(ticket);
  if (!reservation) return;
  reservations.delete(ticket);
  clearTimeout(reservation.timer);
  reservation.session.end();
  reservation.gone.abort();
  reservation.opened.resolve();
  for (const operation of reservation.operations.values()) operation?.end();
}

function over(inside: Inside, { ticket, trace, why }: { ticket: string; trace: Trace; why: Ending }): void {
  const reservation = inside.reservations.get(ticket);
  const error = refusedError(tokenOver(why, 'Reserve a stream with a fresh one.'), trace);
  for (const id of reservation?.operations.keys() ?? []) tell(reservation, reserved.next({ id, payload: { errors: [error] } }));
  reservation?.stream?.end();
  drop(inside, ticket);
}

function tell(reservation: Reservation | undefined, text: string): boolean {
  const { stream } = reservation ?? {};
  return !stream || stream.writableEnded || stream.write(text);
}

type Under = { id: string; params: Params; visit: ReservedVisit };

/** Resolves when the operation is accepted. What is wrong with the request is answered to it, as by HTTP; what comes of the operation, on the stream. */
async function begin(inside: Inside, reservation: Reservation, visit: ReservedVisit): Promise<void> {
  const { operations } = reservation;
  const extensions = isMap(visit.body) ? visit.body.extensions : undefined;
  const id = isMap(extensions) ? extensions.operationId : undefined;
  if (typeof id !== 'string' || id === '' || id.length > 128)
    throw new RefusedRequest(400, 'extensions.operationId is needed, a text of 1 to 128 characters: events name it.');
  if (operations.has(id)) throw new RefusedRequest(409, `${id} is under way already. Choose another operationId.`);
  if (operations.size >= inside.operations)
    throw new RefusedRequest(429, `${operations.size} operations are under way on this stream. End some first.`, { code: 'RATE_LIMITED' });
  operations.set(id, undefined);
  try {
    const under = { id, params: readParams(visit.body), visit };
    const { operation } = inside.engine.read(under.params).operation;
    await (operation === 'subscription' ? subscribe : operate)(inside, reservation, under);
  } catch (error) {
    operations.delete(id);
    throw error instanceof Refused && !(error instanceof RefusedRequest)
      ? new RefusedRequest(statusOfRefusal(error), error.message, { code: error.code })
      : error;
  }
}

async function subscribe(inside: Inside, reservation: Reservation, under: Under): Promise<void> {
  const { id, params, visit } = under;
  const stream = await inside.engine.open(params, {
    protocol: 'sse',
    ...subscriberOf(reservation.session, visit.request.headers),
    trace: visit.trace,
    onOverflow: () => reservation.stream && breakOff(reservation.stream),
  });
  reservation.operations.set(id, { end: () => void stream.return() });
  void told(inside, { reservation, under }, stream);
}

async function operate(inside: Inside, reservation: Reservation, under: Under): Promise<void> {
  const { params, visit } = under;
  const gone = new AbortController();
  reservation.operations.set(under.id, { end: () => gone.abort() });
  const signal = AbortSignal.any([gone.signal, reservation.gone.signal]);
  const answers = async function* () {
    const result = await inside.operate({ params, session: reservation.session, trace: visit.trace, headers: visit.request.headers, signal });
    if (isStream(result)) yield* result;
    else yield result;
  };
  void told(inside, { reservation, under }, answers());
}

/** Writes what comes of an operation, and that nothing more does. */
async function told(inside: Inside, { reservation, under: { id, visit } }: { reservation: Reservation; under: Under }, answers: AsyncIterable<unknown>) {
  await reservation.opened.promise;
  try {
    for await (const payload of answers) if (!tell(reservation, reserved.next({ id, payload })) && reservation.stream) await drained(reservation.stream);
  } catch (error) {
    if (!(error instanceof Refused)) inside.log.error({ err: error, ...idsOf(visit.trace) }, 'an operation of a stream failed');
    const shown = error instanceof Refused ? refusedError(error, visit.trace) : faultError(error, visit.trace);
    tell(reservation, reserved.next({ id, payload: { errors: [shown] } }));
  }
  if (!reservation.operations.delete(id)) return;
  tell(reservation, reservedComplete(id));
}

/** Ending what is not there is no fault: it may have ended by itself meanwhile. */
function finish(reservation: Reservation, { operationId, response, trace }: ReservedVisit): void {
  if (operationId === undefined) throw new RefusedRequest(400, 'operationId is needed in the address: which operation is to end.');
  const operation = reservation.operations.get(operationId);
  reservation.operations.delete(operationId);
  operation?.end();
  send(response, { status: 200, type: 'text/plain; charset=utf-8', text: '' }, trace);
}
