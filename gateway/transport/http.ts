import type { KeyObject } from 'node:crypto';
import { Agent, type IncomingMessage, request as openPlain } from 'node:http';
import { request as openSecure, type RequestOptions, Agent as SecureAgent } from 'node:https';
import { Refused } from '#kernel/errors.ts';
import { refusedError } from '#kernel/publicError.ts';
import { seal } from '#kernel/signature.ts';
import { idsOf, type Logger } from '#kernel/telemetry.ts';
import type { Transport, TransportAnswer, TransportRequest } from '#kernel/transport.ts';
import { createGrants, type Grants } from './grants.ts';
import { asked, faultOf, placeOf } from './wire.ts';

type Options = {
  subgraph: string;
  /** The subgraph's GraphQL address. */
  url: URL;
  /** The gateway's private key (Ed25519): with it a grant is signed once a minute, and under that each request is sealed. */
  signingKey: KeyObject;
  log: Logger;
  /** Connections at most (default 64). */
  connections?: number;
  /** Milliseconds without a byte from the subgraph before it counts as gone (default 35,000: longer than a statement may take). */
  patience?: number;
};

type Call = { body: string; headers: Record<string, string | number>; signal?: AbortSignal | undefined };

/** A subgraph in another process: sealed JSON over connections that are kept. */
export function httpTransport(options: Options): Transport {
  const { subgraph, url, signingKey, log } = options;
  const { protocol } = url;
  if (protocol !== 'http:' && protocol !== 'https:') throw new Error(`${subgraph} is at ${url.href}: a subgraph is asked by http or https.`);
  const agent = new (protocol === 'https:' ? SecureAgent : Agent)({ keepAlive: true, maxSockets: options.connections ?? 64 });
  const place = placeOf(url);
  const { path } = place;
  const settings: RequestOptions = { ...place, agent, method: 'POST', timeout: options.patience ?? 35_000 };
  const grants = createGrants({ signingKey, audience: subgraph, peer: () => peerAt(settings) });
  return {
    execute: async (request) => {
      try {
        return await send({ settings, grants, path }, request);
      } catch (error) {
        if (!request.signal?.aborted) log.warn({ err: error, subgraph, ...idsOf(request.trace) }, 'a subgraph does not answer');
        return unavailable(subgraph, request);
      }
    },
    check: async () => {
      const { response } = await exchange({ ...settings, method: 'GET', path: '/health' }, { body: '', headers: {} });
      if (response.statusCode !== 200) throw new Error(`${subgraph} says ${response.statusCode}`);
    },
    close: async () => agent.destroy(),
  };
}

/** Nobody signs this answer: a key that is not the subgraph's makes a grant that the subgraph refuses. */
async function peerAt(settings: RequestOptions): Promise<string> {
  const { response, text } = await exchange({ ...settings, method: 'GET', path: '/key' }, { body: '', headers: {} });
  const { key }: { key?: unknown } = response.statusCode === 200 ? JSON.parse(text) : {};
  if (typeof key !== 'string') throw new Error(`the subgraph gives no key, with status ${response.statusCode}`);
  return key;
}

type Way = { settings: RequestOptions; grants: Grants; path: string };

/** A refused grant is made anew once: the subgraph started again, and nothing has run, whatever was asked. */
async function send({ settings, grants, path }: Way, request: TransportRequest, isSecond = false): Promise<TransportAnswer> {
  const body = JSON.stringify({
    query: request.text,
    variables: request.variables,
    operationName: request.operationName,
    ...(request.reads ? { reads: true } : {}),
  });
  const grant = await grants.current();
  const headers = () => ({
    ...seal(grant, { method: 'POST', path, body, ...request }),
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  try {
    return await asked(request.text, () => answerOf(settings, { body, headers: headers(), signal: request.signal }));
  } catch (error) {
    if (!(error instanceof GrantRefused) || isSecond) throw error;
    grants.refused(grant);
    return send({ settings, grants, path }, request, true);
  }
}

/** The subgraph did not take the request for the gateway's. */
class GrantRefused extends Error {
  override name = 'GrantRefused';
}

function unavailable(subgraph: string, { trace }: TransportRequest): TransportAnswer {
  return { data: null, errors: [refusedError(new Refused('UPSTREAM_UNAVAILABLE', `Accord's ${subgraph} subgraph does not answer. Retry.`), trace)] };
}

async function answerOf(settings: RequestOptions, call: Call): Promise<TransportAnswer> {
  const { response, text } = await exchange(settings, call);
  if (!response.headers['content-type']?.includes('json'))
    throw new Error(`an answer of type ${response.headers['content-type']} with status ${response.statusCode}`);
  const answer: TransportAnswer = JSON.parse(text);
  if (response.statusCode === 401) throw new GrantRefused(answer.errors?.[0]?.message ?? 'the signature was refused');
  return answer;
}

function exchange(settings: RequestOptions, { body, headers, signal }: Call): Promise<{ response: IncomingMessage; text: string }> {
  return new Promise((resolve, reject) => {
    const open = settings.protocol === 'https:' ? openSecure : openPlain;
    const request = open({ ...settings, headers, ...(signal ? { signal } : {}) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ response, text: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('no byte came for too long')));
    request.on('error', (error) => reject(faultOf(request, error)));
    request.end(body);
  });
}
