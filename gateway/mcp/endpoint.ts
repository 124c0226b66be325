import type { IncomingMessage, ServerResponse } from 'node:http';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { type AuditedTool, noteOfTool } from '#kernel/audit.ts';
import type { Clock, Trace } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import type { Logger } from '#kernel/telemetry.ts';
import { type Authenticate, bearerOf, type Identity } from '../auth.ts';
import { methodNotAllowed, RefusedRequest, readJson } from '../body.ts';
import { type ContractName, type Contracts, ownContractOf } from '../contracts.ts';
import { identityAt } from '../endpoints.ts';
import type { Exchange } from '../exchange.ts';
import type { Graph } from '../graph.ts';
import type { Metrics } from '../metrics.ts';
import type { Operations } from '../operations.ts';
import type { OriginRules } from '../origins.ts';
import type { Reply } from '../respond.ts';
import type { Kept } from '../trusted.ts';
import { clientOf } from '../usage/usage.ts';
import { createConfirmations } from './confirmation.ts';
import { createOffers, deskFor } from './desk.ts';
import { toolServer } from './toolServer.ts';

/** What tools for agents need beside the door: the secret behind confirmations, and where calls are written down. */
export type McpSettings = { key: Uint8Array; db: Db; clock: Clock };

type Parts = {
  settings: McpSettings;
  graph: Pick<Graph, 'planning'>;
  contracts: Contracts;
  authenticate: Authenticate;
  operations: Pick<Operations, 'run' | 'demandTurn'>;
  documents: Kept['documents'];
  origins: OriginRules;
  metrics: Metrics;
  log: Logger;
  bodyLimit: number;
};

type Asked = { request: IncomingMessage; response: ServerResponse; contract: ContractName | undefined; trace: Trace; signal: AbortSignal };

/** Answers messages of the Model Context Protocol; undefined for what was answered already. */
export type McpEndpoint = (asked: Asked) => Promise<Reply | undefined>;

/** Each message is answered by itself, so that any process can answer the next one; nothing is kept between them. */
export function createMcpEndpoint(parts: Parts): McpEndpoint {
  const confirmations = createConfirmations(parts.settings);
  const offers = createOffers(parts.graph, parts.contracts);
  return async (asked) => {
    const { request, response, trace } = asked;
    if (parts.origins.apply(request, response)) return undefined;
    // A page that was led here by a name of its own is a stranger's, too.
    if (!parts.origins.mayCall(request)) throw new RefusedRequest(403, 'Pages of this origin may not call.', { code: 'FORBIDDEN' });
    const identity = agentAt(asked.contract, await parts.authenticate(bearerOf(request.headers.authorization)));
    if (request.method !== 'POST') throw methodNotAllowed('POST, OPTIONS', 'Messages come by POST, and each is answered by itself: no stream is kept open.');
    parts.operations.demandTurn(identity.actor.id);
    const message = await readJson(request, parts.bodyLimit);
    if (Array.isArray(message)) throw new RefusedRequest(400, 'Send one message at a time.');
    const exchange = exchangeOf(asked, identity);
    const desk = deskFor({ operations: parts.operations, offers, confirmations, kept: parts.documents, exchange });
    const note = async (call: AuditedTool) => {
      const { db, clock } = parts.settings;
      await db.execute(noteOfTool({ actor: desk.actor, correlationId: trace.correlationId, at: clock() }, call));
    };
    return answered(asked, message, { make: () => toolServer({ ...parts, desk, trace, note }), log: parts.log });
  };
}

function agentAt(contract: ContractName | undefined, identity: Identity): Identity {
  const own = ownContractOf(identity.actor);
  if (contract !== undefined && own !== undefined && own !== contract)
    throw new RefusedRequest(403, `This token works on the ${own} contract: come to /${own}/mcp or /mcp.`, { code: 'FORBIDDEN' });
  return identityAt(contract, identity);
}

function exchangeOf({ request, trace, signal }: Asked, identity: Identity): Exchange {
  return {
    actor: { ...identity.actor, expiresAt: identity.expiresAt.toISOString() },
    client: clientOf(identity, request.headers),
    trace,
    headers: request.headers,
    signal,
  };
}

type Serving = { make(): ReturnType<typeof toolServer>; log: Logger };

/** The protocol is the SDK's. It gets what it reads of the request, never the token. */
async function answered({ request, signal }: Asked, message: unknown, { make, log }: Serving): Promise<Reply> {
  const onerror = (error: Error) => log.debug({ err: error }, 'a message was not taken');
  // No subscriptions: a stream that tells of tools that never change would hold a connection.
  const handler = createMcpHandler(make, { maxSubscriptions: 0, keepAliveMs: 0, onerror });
  try {
    const read = {
      accept: request.headers.accept,
      'content-type': request.headers['content-type'],
      'mcp-protocol-version': request.headers['mcp-protocol-version'],
      'mcp-method': request.headers['mcp-method'],
      'mcp-name': request.headers['mcp-name'],
    };
    const passed = Object.entries(read).filter((each): each is [string, string] => typeof each[1] === 'string');
    const asked = new Request('http://door/mcp', { method: 'POST', headers: new Headers(passed), signal });
    const reply = await handler.fetch(asked, { parsedBody: message });
    return { status: reply.status, type: reply.headers.get('content-type') ?? 'application/json; charset=utf-8', text: await reply.text() };
  } finally {
    await handler.close();
  }
}
