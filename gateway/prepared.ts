import { hash } from 'node:crypto';
import { type DocumentNode, getOperationAST, type OperationDefinitionNode, validate } from 'graphql';
import { type Aliases, aliasesFor } from './aliases.ts';
import type { Graph } from './graph.ts';
import { documentRules } from './incremental/rules.ts';
import { checkLimits, type Limits, nothing, parseWithin, type Size } from './limits.ts';
import { createMemory } from './memory.ts';
import { type Planning, perPlanning } from './planning.ts';
import type { TrustedDocuments } from './trusted.ts';
import { coordinatesOf } from './usage/coordinates.ts';

/** A document as all doors know it: looked at once, on one state of the graph. */
export type Prepared = {
  planning: Planning;
  size: Size;
  /** Undefined for what does not parse. */
  document: DocumentNode | undefined;
  /** An operation that can be planned and carried out; undefined for what only Apollo Server answers. */
  operation(name: string | undefined): PreparedOperation | undefined;
};

export type PreparedOperation = {
  queryHash: string;
  /** As the client sent it. */
  text: string;
  operation: OperationDefinitionNode;
  /** As it is planned. */
  document: DocumentNode;
  /** Aliases travel under other names than the client's. */
  isRenamed: boolean;
  /** What it uses of the schema. */
  coordinates: readonly string[];
};

/** Characters of texts whose documents are kept; a document takes some thirty times that. */
const remembered = 2_000_000;

/** Looks at a text on the present state of the graph; on another one for who makes that ready. */
export type Prepare = (text: string, next?: Planning) => Prepared;

type Parts = { graph: Pick<Graph, 'planning'>; limits: Limits; trusted: Pick<TrustedDocuments, 'texts'> };

/**
 * Looks at texts once for each state of the graph, and keeps what is asked for again; of documents that are kept for clients all, for good. Refuses, before
 * anything walks it with less care, what asks for too much.
 */
export function createPreparer({ graph, limits, trusted: { texts } }: Parts): Prepare {
  const present = perPlanning(graph, (planning) => ({
    planning,
    aliases: aliasesFor(planning),
    known: createMemory<Prepared>(remembered),
    kept: new Map<string, Prepared>(),
  }));
  return (text, next) => {
    const { planning, aliases, known, kept } = present(next);
    const before = kept.get(text) ?? known.get(text);
    if (before) return before;
    const document = parseWithin(text, limits.tokens);
    if (!document) return { planning, size: nothing, document, operation: () => undefined };
    const size = checkLimits(document, limits);
    // What speaks of the schema is Apollo Server's to answer.
    const prepared = { planning, size, document, operation: size.introspects ? () => undefined : operationsOf({ planning, aliases, document, text }) };
    if (texts.has(text)) kept.set(text, prepared);
    else known[next ? 'keep' : 'set'](text, prepared);
    return prepared;
  };
}

type Text = { planning: Planning; aliases: Aliases; document: DocumentNode; text: string };

type Looked = Omit<PreparedOperation, 'operation' | 'coordinates'>;

/** What has a fault is Apollo Server's to tell of. Looked at when it is first asked for, each operation once. */
function operationsOf({ planning, aliases, document, text }: Text): Prepared['operation'] {
  let ready: Looked | 'refused' | undefined;
  const look = (): Looked | 'refused' => {
    if (!planning.fitting.has(text) && validate(planning.apiSchema, document, documentRules, { maxErrors: 1 }).length > 0) return 'refused';
    const renamed = aliases.renamed(document);
    return { queryHash: hash('sha256', text), text, document: renamed ?? document, isRenamed: renamed !== undefined };
  };
  // Only those that there are: names that mean nothing are a client's to make up.
  const found = new Map<string | undefined, PreparedOperation>();
  return (name) => {
    const before = found.get(name);
    if (before) return before;
    ready ??= look();
    const operation = getOperationAST(document, name);
    if (ready === 'refused' || !operation || operation.operation === 'subscription') return undefined;
    const made = { ...ready, operation, coordinates: coordinatesOf(planning.apiSchema, document, operation) };
    found.set(name, made);
    return made;
  };
}
