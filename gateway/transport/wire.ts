import type { ClientRequest } from 'node:http';

/** Where a request goes, its query string included. */
export function placeOf({ protocol, hostname, port, pathname, search }: URL): { protocol: string; host: string; port: string; path: string } {
  return { protocol, host: hostname.replace(/^\[|\]$/g, ''), port, path: `${pathname}${search}` };
}

/** The connection broke before a byte came back, as one that was kept from an earlier request may. */
export class StaleConnection extends Error {
  override name = 'StaleConnection';
}

/** Why a request failed: by itself, or because the other end had just closed what was kept. */
export function faultOf({ reusedSocket }: ClientRequest, error: unknown): unknown {
  const isStale = reusedSocket && error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
  return isStale ? new StaleConnection(error.message, { cause: error }) : error;
}

const writes = /^\s*(mutation|subscription)\b/;

/** Asks; over a stale connection a query is asked once more, a mutation never. */
export async function asked<Answer>(text: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof StaleConnection) || writes.test(text)) throw error;
    return ask();
  }
}
