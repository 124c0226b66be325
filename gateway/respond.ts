import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Trace } from '#kernel/context.ts';
import { type ErrorCode, Refused } from '#kernel/errors.ts';
import { faultCode, faultError, refusedError } from '#kernel/publicError.ts';
import { type AnswerType, answerType } from './accept.ts';
import { RefusedRequest } from './body.ts';
import { Spent } from './cost/budget.ts';

/** A whole HTTP answer. */
export type Reply = { status: number; type: string; text: string | Buffer; headers?: Readonly<Record<string, string>> };

const statuses: Partial<Record<ErrorCode, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, RATE_LIMITED: 429, INTERNAL: 500, UPSTREAM_UNAVAILABLE: 503 };

/** A thing that went wrong before the operation ran, in GraphQL's form and in the media type that the client takes. */
export function failureReply(failure: unknown, trace: Trace, { accept, authorization }: Pick<IncomingHttpHeaders, 'accept' | 'authorization'>): Reply {
  const error = failure instanceof Refused ? refusedError(failure, trace) : faultError(failure, trace);
  const type = answerType(accept) ?? 'application/json';
  const invalid = authorization === undefined ? '' : ', error="invalid_token"';
  const status = statusOf(failure, type);
  const challenge = status === 401 ? { 'www-authenticate': `Bearer realm="accord"${invalid}` } : {};
  const told = failure instanceof RefusedRequest || failure instanceof Spent ? failure.headers : {};
  const again = status === 429 ? { 'retry-after': String(Math.ceil(((failure instanceof Refused && failure.retryAfterMs) || 1_000) / 1_000)) } : {};
  return { ...jsonReply(status, { errors: [error] }), type: `${type}; charset=utf-8`, headers: { ...challenge, ...again, ...told } };
}

/** Under application/json a client may take a body for GraphQL's only when the status is 200: a well-formed request that is refused has it. */
function statusOf(failure: unknown, type: AnswerType): number {
  if (failure instanceof RefusedRequest) return failure.status;
  if (!(failure instanceof Refused)) return statuses[faultCode(failure)] ?? 500;
  return type === 'application/json' && answeredWith200.has(failure.code) ? 200 : statusOfRefusal(failure);
}

/** What says best why a request is refused. */
export const statusOfRefusal = ({ code }: Refused): number => statuses[code] ?? 400;

/** Refusals of what an operation asks for; the others say what to do before it is sent again. */
const answeredWith200 = new Set<ErrorCode>(['COST_LIMIT', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION_FAILED']);

export function jsonReply(status: number, body: unknown): Reply {
  return { status, type: 'application/json; charset=utf-8', text: `${JSON.stringify(body)}\n` };
}

/** Sends a reply and ends the exchange. */
export function send(response: ServerResponse, reply: Reply, trace: Trace): void {
  if (response.headersSent || response.destroyed) return;
  const vary = [response.getHeader('vary'), reply.headers?.vary].filter((each) => each !== undefined).join(', ');
  response.writeHead(reply.status, {
    'content-type': reply.type,
    'content-length': Buffer.byteLength(reply.text),
    'x-correlation-id': trace.correlationId,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...reply.headers,
    ...(vary ? { vary } : {}),
  });
  // As text it leaves in one write with the headers.
  response.end(reply.text);
}
