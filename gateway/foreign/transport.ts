import { once } from 'node:events';
import { Agent, type IncomingMessage, request as openPlain } from 'node:http';
import { request as openSecure, type RequestOptions, Agent as SecureAgent } from 'node:https';
import { type CircuitBreakerPolicy, ConsecutiveBreaker, circuitBreaker, handleWhen, isBrokenCircuitError } from 'cockatiel';
import { Refused } from '#kernel/errors.ts';
import { refusedError } from '#kernel/publicError.ts';
import { idsOf, type Logger } from '#kernel/telemetry.ts';
import type { Transport, TransportAnswer, TransportRequest } from '#kernel/transport.ts';
import { asked, faultOf, placeOf } from '../transport/wire.ts';
import { answerIn, codesIn } from './answer.ts';
import { callerHeaders } from './caller.ts';
import type { ForeignSubgraph } from './settings.ts';
import { subscriber } from './subscribe.ts';

/** Connections to one subgraph at most, and milliseconds that one is kept for the next request. */
const connections = 64;
const keptFor = 30_000;
/** Bytes of an answer at most. */
const answerLimit = 16 * 1024 * 1024;

type Way = { subgraph: ForeignSubgraph; log: Logger; settings: RequestOptions; breaker: CircuitBreakerPolicy };

/** The way to a subgraph of the firm's own: by its own credential, in its own time, and with no secret of ours. */
export function foreignTransport(subgraph: ForeignSubgraph, log: Logger): Transport {
  const settings = requestOptions(subgraph);
  const { failures, pause } = subgraph.breaker;
  const breaker = circuitBreaker(
    handleWhen((error) => !(error instanceof Left)),
    { breaker: new ConsecutiveBreaker(failures), halfOpenAfter: pause },
  );
  const way: Way = { subgraph, log, settings, breaker };
  return {
    execute: async (request) => {
      try {
        return await breaker.execute(() => ask(way, request));
      } catch (error) {
        const detail = { err: error, subgraph: subgraph.name, ...idsOf(request.trace) };
        if (isBrokenCircuitError(error)) log.debug(detail, 'a subgraph is not asked for a while');
        else if (!(error instanceof Left)) log.warn(detail, 'a subgraph does not answer');
        return unavailable(subgraph, request);
      }
    },
    subscribe: subscriber(subgraph, log),
    check: () => healthy(way),
    close: async () => void (settings.agent instanceof Agent && settings.agent.destroy()),
  };
}

function requestOptions({ url, tls }: ForeignSubgraph): RequestOptions {
  const agentOptions = { keepAlive: true, maxSockets: connections, timeout: keptFor };
  const agent = url.protocol === 'https:' ? new SecureAgent({ ...agentOptions, ...defined(tls) }) : new Agent(agentOptions);
  return { ...placeOf(url), agent };
}

/** Options of TLS must not be named where they are not meant. */
export function defined(tls: ForeignSubgraph['tls']): { ca?: string; cert?: string; key?: string } {
  return Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined));
}

/** The client went away: nobody's fault, and nobody reads the answer. */
class Left extends Error {
  override name = 'Left';
}

async function ask({ subgraph, log, settings }: Way, request: TransportRequest): Promise<TransportAnswer> {
  const body = JSON.stringify({ query: request.text, variables: request.variables, operationName: request.operationName });
  const headers = {
    ...(await callerHeaders(subgraph, request)),
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json',
    'content-length': Buffer.byteLength(body),
  };
  const patience = AbortSignal.timeout(subgraph.timeout);
  const signal = request.signal ? AbortSignal.any([request.signal, patience]) : patience;
  try {
    const { status, text } = await asked(request.text, () => exchange({ ...settings, method: 'POST', headers, signal }, body));
    const sent = parsed(text);
    const answer = answerIn(subgraph, sent);
    if (!answer) throw new Error(`an answer that is none of GraphQL, with status ${status}`);
    if (answer.errors) log.info({ subgraph: subgraph.name, codes: codesIn(sent), ...idsOf(request.trace) }, 'a subgraph answered with errors');
    return answer;
  } catch (error) {
    if (request.signal?.aborted) throw new Left('the client went away');
    if (patience.aborted) throw new Error(`no answer within ${subgraph.timeout} ms`, { cause: error });
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One request and its answer, whole and bounded. Redirects are not followed: a credential goes where it was said to go. */
export async function exchange(options: RequestOptions, body: string): Promise<{ status: number; text: string }> {
  const response = await responseTo(options, body);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > answerLimit) throw new Error(`an answer of more than ${answerLimit} bytes`);
    chunks.push(chunk);
  }
  return { status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') };
}

/** Sends a request; gives the head of its answer, whose body waits until it is read. */
export async function responseTo(options: RequestOptions, body: string): Promise<IncomingMessage> {
  const request = options.protocol === 'https:' ? openSecure(options) : openPlain(options);
  request.end(body);
  try {
    const [response]: IncomingMessage[] = await once(request, 'response');
    if (!response) throw new Error('no answer');
    // Whoever reads it hears of its end by reading.
    request.on('error', () => undefined);
    return response;
  } catch (error) {
    request.on('error', () => undefined);
    throw faultOf(request, error);
  }
}

/** What is said where it gave no answer. */
function unavailable({ name }: ForeignSubgraph, { trace }: TransportRequest): TransportAnswer {
  return { data: null, errors: [refusedError(new Refused('UPSTREAM_UNAVAILABLE', `The ${name} subgraph does not answer. Retry.`), trace)] };
}

async function healthy({ subgraph, settings }: Way): Promise<void> {
  const { health, timeout, name } = subgraph;
  if (!health) return;
  const { status } = await exchange({ ...settings, ...placeOf(health), method: 'GET', signal: AbortSignal.timeout(timeout) }, '');
  if (status !== 200) throw new Error(`${name} says ${status}`);
}
