import { type DocumentNode, parse, validate } from 'graphql';
import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import type { Contracts } from '../contracts.ts';
import type { Exchange } from '../exchange.ts';
import type { Graph } from '../graph.ts';
import type { Operations } from '../operations.ts';
import { isMap } from '../params.ts';
import { perPlanning } from '../planning.ts';
import type { Kept } from '../trusted.ts';
import type { Confirmations } from './confirmation.ts';
import type { Question } from './questions.ts';

/** An error of an answer, as an agent is told of it. */
export type ToldError = { code: string; message: string; path?: string; field?: string; retryable: boolean; retryAfterMs?: number; correlationId?: string };

export type Answer = { data: Record<string, unknown>; errors: ToldError[] };

/** What tools work with on behalf of one caller: the graph, by the way that all operations go, and nothing else. */
export type Desk = {
  actor: Actor;
  ask(asked: { text: string; variables: Record<string, unknown> }): Promise<Answer>;
  /** The same for what changes something: it stands in the audit by the tool's name. */
  change(asked: { text: string; variables: Record<string, unknown>; tool: string }): Promise<Answer>;
  /** True when the caller's contract shows the document and its permissions reach what it is about. */
  offers(question: Question): boolean;
  confirmations: Confirmations;
  /** Documents that are kept for clients, by their identifiers. */
  kept: Kept['documents'];
};

/** Characters of an answer that an agent gets. */
export const answerLimit = 200_000;

export type Offers = (actor: Actor, question: Question) => boolean;

/** Judges documents of ours on the present state of the graph; parts of a graph may lack what some of them ask. */
export function createOffers(graph: Pick<Graph, 'planning'>, contracts: Pick<Contracts, 'demand'>): Offers {
  const present = perPlanning(graph, (planning) => ({ planning, documents: new Map<string, DocumentNode | undefined>() }));
  return (actor, { text, needs }) => {
    const { planning, documents } = present();
    if (!documents.has(text)) documents.set(text, fitting(planning.apiSchema, text));
    const document = documents.get(text);
    if (!document || !shows(contracts, actor, document)) return false;
    const denied = planning.access.denied(document, actor);
    return !denied || !needs.some((coordinate) => denied.fields.has(coordinate));
  };
}

function fitting(schema: Parameters<typeof validate>[0], text: string): DocumentNode | undefined {
  const document = parse(text, { noLocation: true });
  return validate(schema, document, undefined, { maxErrors: 1 }).length === 0 ? document : undefined;
}

function shows(contracts: Pick<Contracts, 'demand'>, actor: Actor, document: DocumentNode): boolean {
  try {
    contracts.demand(actor, document);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

type Parts = { operations: Pick<Operations, 'run'>; offers: Offers; confirmations: Confirmations; kept: Kept['documents']; exchange: Exchange };

export function deskFor({ operations, offers, confirmations, kept, exchange }: Parts): Desk {
  const { actor } = exchange;
  const run = async (text: string, variables: Record<string, unknown>, by: Exchange) => {
    const body = { query: text, variables };
    return (await operations.run({ method: 'POST', search: '', accept: 'application/json', body, exchange: by })).text;
  };
  return {
    actor,
    confirmations,
    kept,
    offers: (question) => offers(actor, question),
    ask: async ({ text, variables }) => {
      const answer = await run(text, variables, exchange);
      if (answer.length > answerLimit)
        throw new Refused(
          'COST_LIMIT',
          `The answer has ${answer.length} characters; an agent gets ${answerLimit} at most. Ask for fewer things, by first or a filter.`,
        );
      return answerIn(answer);
    },
    change: async ({ text, variables, tool }) => answerIn(await run(text, variables, { ...exchange, actor: { ...actor, tool } })),
  };
}

/** An answer of the graph; one without data throws what is wrong. */
function answerIn(text: string): Answer {
  const { data, errors }: { data?: unknown; errors?: unknown } = JSON.parse(text);
  const told = Array.isArray(errors) ? errors.map(toldError) : [];
  if (isMap(data)) return { data, errors: told };
  throw new Unanswered(told);
}

/** The graph refused the whole of it. */
export class Unanswered extends Error {
  override name = 'Unanswered';
  readonly errors: readonly ToldError[];

  constructor(errors: readonly ToldError[]) {
    super(errors[0]?.message ?? 'an answer with neither data nor errors');
    this.errors = errors;
  }
}

/** One of GraphQL's, which is ours already, without where it stands in a text that the agent never saw. */
export function toldError(error: unknown): ToldError {
  const { message, path, extensions } = isMap(error) ? error : {};
  const { code, retryable, field, retryAfterMs, correlationId } = isMap(extensions) ? extensions : {};
  return {
    code: String(code ?? 'INTERNAL'),
    message: String(message ?? ''),
    retryable: retryable === true,
    ...(Array.isArray(path) ? { path: path.join('.') } : {}),
    ...(typeof field === 'string' ? { field } : {}),
    ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
    ...(typeof correlationId === 'string' ? { correlationId } : {}),
  };
}
