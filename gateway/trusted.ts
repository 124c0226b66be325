import { hash } from 'node:crypto';
import { parse, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type Actor, may } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { RefusedRequest } from './body.ts';
import { documentRules } from './incremental/rules.ts';
import { checkLimits, type Limits } from './limits.ts';
import { isMap, searchParams } from './params.ts';
import type { Planning } from './planning.ts';

declare module '#kernel/actor.ts' {
  interface KnownPermissions {
    'operation:adhoc': true;
  }
}

/** Documents that the firm keeps for its clients, and whether others are answered at all. */
export type Kept = {
  /** Texts by their identifiers. */
  documents: ReadonlyMap<string, string>;
  /** Only documents that are kept are answered, but to holders of the permission `operation:adhoc`. */
  required: boolean;
};

export type TrustedDocuments = {
  /** What a request asks for, with the text of the document that it names in place of the name. */
  named(given: unknown): unknown;
  /** The same for a request by HTTP: by its path, its search, or its body. */
  namedBy(request: HttpRequest): { search: string; body: unknown };
  /** Refuses a text of the client's own where only documents that are kept are answered. */
  demand(actor: Actor, text: string): void;
  /** The texts that are kept, and of them those that clients ask for by their names. */
  texts: ReadonlySet<string>;
  clients: ReadonlySet<string>;
};

type HttpRequest = { method: string; url: URL; body: unknown; documentId: string | undefined };

/** Characters of texts that clients brought with their hashes (automatic persisted queries). */
const automaticBound = 4_000_000;
const longestAutomatic = 100_000;

type Inside = { byId: ReadonlyMap<string, string>; byHash: ReadonlyMap<string, string>; automatic: LRUCache<string, string> | undefined };

/** Documents by name, as appendix A of GraphQL over HTTP has them, and by hash, as Apollo's clients ask for them. */
export function trustedDocuments({ documents, required }: Kept, own: readonly string[] = []): TrustedDocuments {
  const texts = new Set([...documents.values(), ...own]);
  const inside: Inside = {
    byId: documents,
    byHash: new Map([...documents.values()].map((text) => [hash('sha256', text), text])),
    automatic: required ? undefined : new LRUCache({ maxSize: automaticBound, maxEntrySize: longestAutomatic }),
  };
  return {
    texts,
    clients: new Set(documents.values()),
    named: (given) => named(inside, given),
    namedBy: (request) => namedBy(inside, request),
    demand: (actor, text) => {
      // What a tool changes is a text of ours, too, and was confirmed; sent by a client it is the client's own.
      if (!required || texts.has(text) || actor.tool !== undefined || may(actor, 'operation:adhoc')) return;
      throw new Refused(
        'FORBIDDEN',
        'This token may ask for documents that are kept here alone: send documentId. Texts of your own need the permission operation:adhoc.',
      );
    },
  };
}

function named(inside: Inside, given: unknown): unknown {
  if (!isMap(given)) return given;
  const { documentId, extensions, ...rest } = given;
  if (documentId !== undefined && documentId !== null)
    return { ...rest, ...(extensions ? { extensions } : {}), query: textOf(inside, { documentId, query: rest.query }) };
  if (!isMap(extensions) || !isMap(extensions.persistedQuery)) return given;
  const { persistedQuery, ...others } = extensions;
  return { ...rest, extensions: others, query: textOfHash(inside, { persistedQuery, query: rest.query }) };
}

type Named = { documentId: unknown; query: unknown };

function textOf({ byId, byHash }: Inside, { documentId, query }: Named): string {
  if (typeof documentId !== 'string' || documentId === '') throw new RefusedRequest(400, 'documentId must be text.');
  const text = byId.get(documentId) ?? byHash.get(documentId.replace(/^sha256:/, ''));
  if (text === undefined) throw new Refused('NOT_FOUND', 'No document is kept here under this documentId.', { field: 'documentId' });
  if (isText(query) && query !== text) throw new RefusedRequest(400, 'Send documentId or query, not both: the document that is kept has another text.');
  return text;
}

type Hashed = { persistedQuery: Record<string, unknown>; query: unknown };

/** Clients send the text as soon as they hear of "PersistedQueryNotFound". */
function textOfHash({ byHash, automatic }: Inside, { persistedQuery: { sha256Hash, version }, query }: Hashed): string {
  if (typeof sha256Hash !== 'string' || version !== 1) throw new RefusedRequest(400, 'extensions.persistedQuery must be { version: 1, sha256Hash }.');
  if (!isText(query)) {
    const text = byHash.get(sha256Hash) ?? automatic?.get(sha256Hash);
    if (text === undefined) throw new Refused('NOT_FOUND', 'PersistedQueryNotFound');
    return text;
  }
  if (hash('sha256', query) !== sha256Hash) throw new RefusedRequest(400, 'extensions.persistedQuery.sha256Hash is not the hash of query.');
  automatic?.set(sha256Hash, query, { size: query.length });
  return query;
}

const isText = (query: unknown): query is string => typeof query === 'string' && query !== '';

function namedBy(inside: Inside, { method, url, body, documentId }: HttpRequest): { search: string; body: unknown } {
  if (method !== 'GET') {
    const asked = documentId === undefined ? body : isMap(body) ? { ...body, documentId } : { documentId };
    return { search: url.search, body: named(inside, asked) };
  }
  const search = url.searchParams;
  if (documentId === undefined && !search.has('documentId') && !search.get('extensions')?.includes('persistedQuery')) return { search: url.search, body };
  const asked = named(inside, { ...searchParams(search), documentId: documentId ?? search.get('documentId') });
  return { search: `?${new URLSearchParams(Object.entries(asked as object).flatMap(textual))}`, body };
}

function textual([name, value]: [string, unknown]): [string, string][] {
  if (value === undefined || value === null) return [];
  return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
}

type Fit = { planning: Pick<Planning, 'apiSchema'> & Partial<Pick<Planning, 'fitting'>>; limits: Limits };

/** Why documents cannot be kept, a line each: they do not parse, ask for too much, or do not fit the schema. */
export function unfitDocuments(fit: Fit, documents: Kept['documents']): string[] {
  return [...documents].flatMap(([id, text]) => {
    const fault = faultOf(fit, text);
    if (fault !== undefined) return [`${id}: ${fault}`];
    fit.planning.fitting?.add(text);
    return [];
  });
}

function faultOf({ planning, limits }: Fit, text: string): string | undefined {
  try {
    const document = parse(text, { noLocation: true, maxTokens: limits.tokens });
    checkLimits(document, limits);
    return validate(planning.apiSchema, document, documentRules, { maxErrors: 1 })[0]?.message;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
