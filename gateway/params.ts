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

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
