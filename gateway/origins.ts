import type { IncomingMessage, ServerResponse } from 'node:http';
import cors from 'cors';

/** Which web pages may call: origins by name, or every page that this machine itself serves. */
export type Origins = readonly string[] | 'loopback';

/** Lets pages of the configured origins read answers, and answers their preflights; knows whether a page may open a WebSocket. */
export type OriginRules = {
  /** Puts the headers on; true when the request was a preflight and is answered. */
  apply(request: IncomingMessage, response: ServerResponse): boolean;
  /** True for a page of a configured origin, and for clients that are no browsers. */
  mayCall(request: Pick<IncomingMessage, 'headers'>): boolean;
  /** True for a page of a configured origin, for one of our own host, and for clients that are no browsers: those send no origin. */
  mayConnect(request: Pick<IncomingMessage, 'headers'>): boolean;
};

/** Seconds that a browser need not ask again; browsers allow two hours at most. */
const remembered = 7_200;

/** Headers of answers that a page may read. */
const exposedHeaders = ['x-correlation-id', 'retry-after', 'ratelimit', 'ratelimit-policy', 'www-authenticate'];

export function createOrigins(origins: Origins): OriginRules {
  const isKnown = (origin: string) => (origins === 'loopback' ? isLoopbackOrigin(origin) : origins.includes(origin));
  const apply = cors({
    origin: (origin, answer) => answer(null, origin !== undefined && isKnown(origin)),
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    exposedHeaders,
    maxAge: remembered,
  });
  return {
    apply: (request, response) => {
      response.setHeader('vary', 'Origin');
      apply(request, response, () => undefined);
      if (request.method !== 'OPTIONS') return false;
      // That of a page which may not call is answered too, without the headers that would let it.
      if (!response.writableEnded) response.writeHead(204, { allow: 'GET, HEAD, POST, PUT, DELETE, OPTIONS' }).end();
      return true;
    },
    mayCall: ({ headers: { origin } }) => origin === undefined || isKnown(origin),
    mayConnect: ({ headers: { origin, host } }) => origin === undefined || isKnown(origin) || URL.parse(origin)?.host === host,
  };
}

function isLoopbackOrigin(origin: string): boolean {
  const url = URL.parse(origin);
  return url !== null && /^https?:$/.test(url.protocol) && /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
}

/** An origin as browsers send it; undefined for what no browser sends, such as an address with a path. */
export function originOf(text: string): string | undefined {
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, '') ? url.origin : undefined;
}
