import type { KeyObject } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { methodNotAllowed, readText } from '#gateway/body.ts';
import { traceOf } from '#gateway/exchange.ts';
import { failureReply, jsonReply, type Reply, send } from '#gateway/respond.ts';
import type { Clock } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { createGrantReader, type GrantReader } from '#kernel/grant.ts';
import { openHttpServer } from '#kernel/httpServer.ts';
import { noReads } from '#kernel/reads.ts';
import { createVerifier, type Verdict } from '#kernel/signature.ts';
import { idsOf } from '#kernel/telemetry.ts';
import type { Workload } from '#kernel/workload.ts';
import { type Answering, answering } from './answering.ts';
import { type Listening, listen, type Place } from './listen.ts';
import type { OpenSubgraph } from './openSubgraph.ts';

type Parts = Place & {
  subgraph: OpenSubgraph;
  /** Of the gateway; two while one replaces the other. */
  publicKeys: readonly KeyObject[];
  clock: Clock;
};

/** Bytes of a request at most: a bulk mutation or a page's representations, with room. */
const bodyLimit = 16 * 1024 * 1024;

type Inside = { subgraph: OpenSubgraph; answer: Answering['answer']; grants: GrantReader; verify: ReturnType<typeof createVerifier> };

/** A subgraph behind HTTP, for the gateway alone: whatever is not signed, stale or repeated is refused. */
export async function serveSubgraph({ subgraph, publicKeys, clock, host, port }: Parts): Promise<Listening> {
  const grants = createGrantReader({ publicKeys, audience: subgraph.name, clock });
  const { answer } = answering(subgraph, { validates: true });
  const inside: Inside = { subgraph, answer, grants, verify: createVerifier({ grants, clock }) };
  // An actor with hundreds of customers stands in one header.
  const server = openHttpServer({
    options: { maxHeaderSize: 64 * 1024 },
    answer: (request, response) => visit(inside, request, response),
    onFault: (error) => subgraph.log.error({ err: error }, 'an answer could not be given'),
  });
  // Longer than the gateway keeps an idle connection.
  server.keepAliveTimeout = 65_000;
  return listen(server, { host, port });
}

async function visit(inside: Inside, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const trace = traceOf(request.headers);
  try {
    send(response, await route(inside, request, response), trace);
  } catch (failure) {
    if (!(failure instanceof Refused)) inside.subgraph.log.error({ err: failure, ...idsOf(trace) }, 'the subgraph failed');
    if (!request.complete) response.setHeader('connection', 'close');
    send(response, failureReply(failure, trace, {}), trace);
  }
}

async function route({ subgraph, answer, grants, verify }: Inside, request: IncomingMessage, response: ServerResponse): Promise<Reply> {
  const path = request.url ?? '/';
  if (request.method === 'GET' && path === '/health') {
    await subgraph.check();
    return jsonReply(200, { status: 'ok' });
  }
  if (request.method === 'GET' && path === '/key') return jsonReply(200, { key: grants.peer });
  if (request.method !== 'POST') throw methodNotAllowed('POST', 'The gateway posts.');
  const body = await readText(request, bodyLimit);
  const { actor, trace } = accepted(await verify({ method: request.method, path, body, headers: request.headers }));
  const { query: text, variables, operationName, reads, workload }: Asking = JSON.parse(body);
  await using held = new AsyncDisposableStack();
  const session = held.adopt(subgraph.session(actor, { reads: reads ? noReads() : undefined, workload }), (each) => each.end());
  response.once('close', () => response.writableFinished || void session.cancel());
  return jsonReply(200, await answer({ text, variables, operationName, actor, trace, session }));
}

/** As the gateway sends it: the seal says that it did. */
type Asking = { query: string; variables?: Record<string, unknown>; operationName?: string; reads?: true; workload?: Workload };

function accepted(verdict: Verdict): Exclude<Verdict, { refused: string }> {
  if ('refused' in verdict) throw new Refused('UNAUTHENTICATED', verdict.refused);
  return verdict;
}
