import { createServer } from 'node:http';
import { createLocalJWKSet, jwtVerify } from 'jose';

/** What the bench tells a peer: addresses, keys of tokens, and where it gets its subgraphs or its rows. */
export const settings = JSON.parse(process.env.PEER ?? '{}');

const keys = createLocalJWKSet(settings.jwks);
const known = new Map();

/** Whose customers a token names, or undefined where it is not good. As Accord does, a signature is checked once for each token. */
export async function customersOf(authorization) {
  const before = known.get(authorization);
  if (before && before.until > Date.now()) return before.customers;
  try {
    const { payload } = await jwtVerify(authorization?.slice('Bearer '.length) ?? '', keys, { issuer: settings.issuer, audience: settings.audience });
    const customers = payload.customer_ids ?? [];
    known.set(authorization, { customers, until: payload.exp * 1000 });
    return customers;
  } catch {
    return undefined;
  }
}

/** An HTTP server on a free port of loopback that answers whoever brings a good token. */
export function serve(answer) {
  const server = createServer(async (request, response) => {
    const customers = await customersOf(request.headers.authorization);
    if (customers) return answer(request, response, customers);
    response.writeHead(401).end();
  });
  return listen(server);
}

/** Listens, and says where: the bench waits for that line. */
export function listen(server) {
  server.listen(0, '127.0.0.1', () => say(server.address().port));
  return server;
}

export function say(port) {
  console.log(`listens on http://127.0.0.1:${port}/graphql`);
}

/** The operation that a request brings. */
export async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** One write, as JSON. */
export function reply(response, text) {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
