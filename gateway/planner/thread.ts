import { on } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { parse } from 'graphql';
import { type ApolloPlanner, apolloPlanner } from './apollo.ts';
import { joinsOf } from './joins.ts';
import type { Request, Response } from './messages.ts';

// The thread that loads supergraphs and plans on them, beside the event loop that serves.

/** Definitions in one message. */
const share = 100;
/** States of the graph that operations are planned on: the present one, and that before it for who is still at it. */
const kept = 2;

if (!parentPort) throw new Error('this runs as a thread');
const port = parentPort;
const planners = new Map<number, ApolloPlanner>();
const say = (response: Response) => port.postMessage(response);

function load({ number, state, supergraphSdl }: Extract<Request, { kind: 'load' }>): void {
  const document = parse(supergraphSdl, { noLocation: true });
  const planner = apolloPlanner(document, { joins: joinsOf(document), validate: true });
  planners.set(state, planner);
  for (const old of [...planners.keys()].slice(0, -kept)) planners.delete(old);
  for (let from = 0; from < document.definitions.length; from += share)
    say({ number, kind: 'part', definitions: document.definitions.slice(from, from + share) });
  say({ number, kind: 'loaded' });
}

function plan({ number, state, text, operationName }: Extract<Request, { kind: 'plan' }>): void {
  const planner = planners.get(state);
  if (!planner) throw new Error('the graph has been reloaded twice since');
  say({ number, kind: 'planned', plan: planner({ document: parse(text, { noLocation: true }), operationName }) });
}

for await (const [request] of on(port, 'message') as AsyncIterable<[Request]>) {
  try {
    if (request.kind === 'load') load(request);
    else plan(request);
  } catch (error) {
    say({ number: request.number, kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}
