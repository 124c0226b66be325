import type { KeyObject } from 'node:crypto';
import { type Dispatcher, Pool } from 'undici';
import { Refused } from '#kernel/errors.ts';
import { refusedError } from '#kernel/publicError.ts';
import { seal } from '#kernel/signature.ts';
import { idsOf, type Logger } from '#kernel/telemetry.ts';
import type { Transport, TransportAnswer, TransportRequest } from '#kernel/transport.ts';
import { type ByWorkload, defaultStatementTimeouts } from '#kernel/workload.ts';
import { createGrants, type Grants } from './grants.ts';
import { asked, StaleConnection } from './wire.ts';

type Options = {
  subgraph: string;
  /** The subgraph's GraphQL address. */
  url: URL;
  /** The gateway's private key (Ed25519): with it a grant is signed once a minute, and under that each request is sealed. */
  signingKey: KeyObject;
  log: Logger;
  /** Connections at most (default 64). */
  connections?: number;
  /** Milliseconds that one statement of the subgraph may take: it is silent meanwhile. */
  statementTimeouts?: ByWorkload | undefined;
  /** Milliseconds beside those without a byte from the subgraph before it counts as gone (default 20,000). */
  patience?: number;
};

type Call = Dispatcher.DispatchOptions & { signal?: AbortSignal | undefined };
type Answered = { status: number; type: string; text: string };

/** A subgraph in another process: sealed JSON over connections that are kept. */
export function httpTransport(options: Options): Transport {
  const { subgraph, url, signingKey, log } = options;
  const { protocol } = url;
  if (protocol !== 'http:' && protocol !== 'https:') throw new Error(`${subgraph} is at ${url.href}: a subgraph is asked by http or https.`);
  const path = `${url.pathname}${url.search}`;
  const { patience = 20_000, statementTimeouts: silence = defaultStatementTimeouts } = options;
  const pool = new Pool(url.origin, { connections: options.connections ?? 64, headersTimeout: patience, bodyTimeout: patience, connectTimeout: patience });
  const grants = createGrants({ signingKey, audience: subgraph, peer: () => peerAt(pool) });
  return {
    execute: async (request) => {
      try {
        return await send({ pool, grants, path, patience: patience + silence[request.workload ?? 'interactive'] }, request);
      } catch (error) {
        if (!request.signal?.aborted) log.warn({ err: error, subgraph, ...idsOf(request.trace) }, 'a subgraph does not answer');
        return unavailable(subgraph, request);
      }
    },
    check: async () => {
      const { status } = await exchange(pool, { method: 'GET', path: '/health' });
      if (status !== 200) throw new Error(`${subgraph} says ${status}`);
    },
    close: () => pool.destroy(),
  };
}

/** Nobody signs this answer: a key that is not the subgraph's makes a grant that the subgraph refuses. */
async function peerAt(pool: Pool): Promise<string> {
  const { status, text } = await exchange(pool, { method: 'GET', path: '/key' });
  const { key }: { key?: unknown } = status === 200 ? JSON.parse(text) : {};
  if (typeof key !== 'string') throw new Error(`the subgraph gives no key, with status ${status}`);
  return key;
}

type Way = { pool: Pool; grants: Grants; path: string; patience: number };

/** A refused grant is made anew once: the subgraph started again, and nothing has run, whatever was asked. */
async function send(way: Way, request: TransportRequest, isSecond = false): Promise<TransportAnswer> {
  const { pool, grants, path, patience } = way;
  const body = JSON.stringify({
    query: request.text,
    variables: request.variables,
    operationName: request.operationName,
    workload: request.workload,
    ...(request.reads ? { reads: true } : {}),
  });
  const grant = await grants.current();
  const headers = () => ({ ...seal(grant, { method: 'POST', path, body, ...request }), 'content-type': 'application/json' });
  try {
    return await asked(request.text, () =>
      answerOf(pool, { method: 'POST', path, body, headers: headers(), signal: request.signal, headersTimeout: patience, bodyTimeout: patience }),
    );
  } catch (error) {
    if (!(error instanceof GrantRefused) || isSecond) throw error;
    grants.refused(grant);
    return send(way, request, true);
  }
}

/** The subgraph did not take the request for the gateway's. */
class GrantRefused extends Error {
  override name = 'GrantRefused';
}

function unavailable(subgraph: string, { trace }: TransportRequest): TransportAnswer {
  return { data: null, errors: [refusedError(new Refused('UPSTREAM_UNAVAILABLE', `Accord's ${subgraph} subgraph does not answer. Retry.`), trace)] };
}

async function answerOf(pool: Pool, call: Call): Promise<TransportAnswer> {
  const { status, type, text } = await exchange(pool, call);
  if (!type.includes('json')) throw new Error(`an answer of type ${type} with status ${status}`);
  const answer: TransportAnswer = JSON.parse(text);
  if (status === 401) throw new GrantRefused(answer.errors?.[0]?.message ?? 'the signature was refused');
  return answer;
}

/** One request and its answer, whole: undici's own handler, at half the processor time of its promises and of node:http. */
function exchange(pool: Pool, { signal, ...call }: Call): Promise<Answered> {
  const { promise, resolve, reject } = Promise.withResolvers<Answered>();
  const chunks: Buffer[] = [];
  let [status, type] = [0, ''];
  let sending: Dispatcher.DispatchController | undefined;
  const left = () => {
    const reason = new Error('the client went away');
    sending?.abort(reason);
    reject(reason);
  };
  const ended = () => signal?.removeEventListener('abort', left);
  if (signal?.aborted) {
    left();
    return promise;
  }
  signal?.addEventListener('abort', left, { once: true });
  pool.dispatch(call, {
    onRequestStart: (controller) => {
      sending = controller;
      if (signal?.aborted) left();
    },
    onResponseStart: (_, statusCode, headers) => {
      status = statusCode;
      type = String(headers['content-type']);
    },
    onResponseData: (_, chunk) => void chunks.push(chunk),
    onResponseEnd: () => {
      ended();
      resolve({ status, type, text: (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString('utf8') });
    },
    onResponseError: (_, error) => {
      ended();
      reject(status === 0 && isBroken(error) ? new StaleConnection(error.message, { cause: error }) : error);
    },
  });
  return promise;
}

/** The connection broke under the request, as one that was kept does when the other end has just closed it. */
const isBroken = (error: Error) => 'code' in error && (error.code === 'ECONNRESET' || error.code === 'UND_ERR_SOCKET');
