import type { ServerResponse } from 'node:http';
import type { Trace } from '#kernel/context.ts';
import { type ErrorCode, Refused } from '#kernel/errors.ts';
import { faultError, refusedError } from '#kernel/publicError.ts';
import { RefusedRequest } from './body.ts';

/** A whole HTTP answer. */
export type Reply = { status: number; type: string; text: string; headers?: Readonly<Record<string, string>> };

const statuses: Partial<Record<ErrorCode, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, RATE_LIMITED: 429, INTERNAL: 500, UPSTREAM_UNAVAILABLE: 503 };

/** A thing that went wrong before the operation ran, in GraphQL's form. */
export function failureReply(failure: unknown, trace: Trace): Reply {
  const error = failure instanceof Refused ? refusedError(failure, trace) : faultError(failure, trace);
  const status = failure instanceof RefusedRequest ? failure.status : failure instanceof Refused ? (statuses[failure.code] ?? 400) : 500;
  const challenge = status === 401 ? { 'www-authenticate': 'Bearer realm="accord"' } : {};
  return { ...jsonReply(status, { errors: [error] }), headers: challenge };
}

export function jsonReply(status: number, body: unknown): Reply {
  return { status, type: 'application/json; charset=utf-8', text: `${JSON.stringify(body)}\n` };
}

/** Sends a reply and ends the exchange. */
export function send(response: ServerResponse, reply: Reply, trace: Trace): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(reply.status, {
    'content-type': reply.type,
    'content-length': Buffer.byteLength(reply.text),
    'x-correlation-id': trace.correlationId,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...reply.headers,
  });
  // As text it leaves in one write with the headers.
  response.end(reply.text);
}
