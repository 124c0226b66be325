import { RefusedRequest } from './body.ts';

/** An operation as clients send it, whatever the transport. */
export type Params = { query: string; operationName?: string | null | undefined; variables?: Record<string, unknown> | null | undefined };

/** The parameters in a GET's search. */
export function searchParams(search: URLSearchParams): Record<string, unknown> {
  const json = (name: string): unknown => {
    const text = search.get(name);
    if (text === null) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw new RefusedRequest(400, `${name} must be JSON.`);
    }
  };
  return { query: search.get('query'), operationName: search.get('operationName') ?? undefined, variables: json('variables'), extensions: json('extensions') };
}

/** Refuses parameters of the wrong shape by name; what is taken for something else would run as another operation. */
export function readParams(given: unknown): Params {
  if (!isMap(given) || typeof given.query !== 'string') throw new RefusedRequest(400, 'Send { query, variables, operationName }.');
  const { query, operationName, variables, extensions } = given;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') throw new RefusedRequest(400, 'operationName must be text.');
  for (const [name, value] of Object.entries({ variables, extensions }))
    if (value !== undefined && value !== null && !isMap(value)) throw new RefusedRequest(400, `${name} must be an object.`);
  return { query, operationName, variables: isMap(variables) ? { ...variables } : undefined };
}

/** The parameters of a request that is well-formed in all that GraphQL over HTTP says of one; undefined for others. */
export function plainParams(method: string, search: string, body: unknown): Params | undefined {
  const given = method === 'GET' ? onceEach(new URLSearchParams(search)) : body;
  if (!isMap(given)) return undefined;
  const { query, operationName, variables, extensions } = given;
  if (typeof query !== 'string' || (isThere(operationName) && typeof operationName !== 'string')) return undefined;
  if ((isThere(variables) && !isMap(variables)) || (isThere(extensions) && !isMap(extensions))) return undefined;
  // Asks for a document by its hash, also where the text stands beside it.
  if (isMap(extensions) && 'persistedQuery' in extensions) return undefined;
  return { query, operationName: typeof operationName === 'string' ? operationName : undefined, variables: isMap(variables) ? variables : undefined };
}

/** The text that a request brings, whatever else is wrong with it. */
export function textIn(method: string, search: string, body: unknown): string {
  const text = method === 'GET' ? new URLSearchParams(search).get('query') : isMap(body) ? body.query : '';
  return typeof text === 'string' ? text : '';
}

/** A search in which nothing stands twice, and JSON where JSON belongs. */
function onceEach(search: URLSearchParams): unknown {
  if ([...search.keys()].length !== new Set(search.keys()).size) return undefined;
  try {
    return searchParams(search);
  } catch {
    return undefined;
  }
}

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
