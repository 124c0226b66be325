import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { parse } from 'graphql';
import { loadSupergraph } from '#gateway/planning.ts';
import { type Context, createContext } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { subgraphSchema } from '#kernel/subgraphSchema.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { composeSupergraph } from '../../generate/supergraph.ts';
import { httpWays, inProcessWays } from '../../roles/constellation.ts';
import type { OpenSubgraph } from '../../roles/openSubgraph.ts';
import { type ServeOptions, serveGateway } from '../../roles/serve.ts';
import { openDevelopmentIssuer, type TokenWish } from '../../roles/tokens.ts';
import { unhurried } from './admission.ts';
import { noSession } from './noSession.ts';
import { sharedPlanning } from './schemas.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag", "@requiresScopes", "@policy", "@listSize"])\n';

const librarySdl = `${link}
scalar Date
type Query {
  books(first: Int): [Book!]! @listSize(assumedSize: 3, slicingArguments: ["first"], requireOneSlicingArgument: false)
  book(id: ID!): Book
  whoami: String! @tag(name: "portal")
  correlation: String!
  traceparent: String
  on(date: Date): Date
  refused: String
  broken: String
  echo(input: EchoInput!): String
  hidden: Author
  lost: Author!
  vault: String @requiresScopes(scopes: [["cost:read"]])
  ledger: String @requiresScopes(scopes: [["journal:read"]]) @policy(policies: [["whole-firm"]])
}
input EchoInput { text: String! }
type Mutation {
  append(input: EchoInput!): [String!]!
  seal(input: EchoInput!): [String!]! @requiresScopes(scopes: [["journal:post"]])
}
type Book @key(fields: "id") { id: ID! title: String! author: Author! authors: [Author!]!
  price: Int @requiresScopes(scopes: [["rate:read"], ["cost:read"]])
  margin: Int! @requiresScopes(scopes: [["cost:read"]])
  patron: Author @requiresScopes(scopes: [["cost:read", "rate:read"]])
}
type Author @key(fields: "id") { id: ID! }
`;

export const authorsSdl = `${link}
type Query { authorCount: Int! }
type Author @key(fields: "id") { id: ID! name: String! secret: String }
`;

/** What fetches reached the subgraphs: their variables, in order. */
export type Seen = { representations: number[] };

function libraryResolvers(appended: string[]) {
  const book = (id: string) => ({
    id,
    title: `Book ${id}`,
    price: 7,
    margin: 3,
    patron: { id: '9' },
    author: { id: '1' },
    authors: [{ id: '1' }, { id: '2' }, { id: '1' }],
  });
  return {
    Query: {
      books: (_: unknown, { first }: { first?: number }) => Array.from({ length: first ?? 3 }, (__, index) => book(String(index + 1))),
      book: (_: unknown, { id }: { id: string }) => book(id),
      whoami: (_: unknown, __: unknown, { actor }: Context) => JSON.stringify(actor),
      correlation: (_: unknown, __: unknown, { trace }: Context) => trace.correlationId,
      traceparent: (_: unknown, __: unknown, { trace }: Context) => trace.traceparent,
      on: (_: unknown, { date }: { date?: string }) => date,
      refused: () => {
        throw new Refused('NOT_FOUND', 'No book has this id.', { field: 'id' });
      },
      broken: () => {
        throw new Error('password=hunter2 at /srv/secret.ts');
      },
      hidden: () => ({ id: '404' }),
      lost: () => ({ id: '404' }),
      vault: () => 'gold',
      ledger: () => 'all of it',
      echo: (_: unknown, { input }: { input: { text: string } }) => input.text,
    },
    Mutation: {
      append: async (_: unknown, { input }: { input: { text: string } }) => {
        const before = [...appended];
        await new Promise((resolve) => setImmediate(resolve));
        appended.push(input.text);
        return [...before, input.text];
      },
      seal: (_: unknown, { input }: { input: { text: string } }) => [...appended, appended.push(input.text) && input.text],
    },
    Book: { __resolveReference: ({ id }: { id: string }) => book(id) },
  };
}

function authorsResolvers(seen: Seen) {
  return {
    Query: { authorCount: () => 2 },
    Author: {
      __resolveReference: ({ id }: { id: string }) => {
        seen.representations.push(Number(id));
        return id === '404' ? null : { id, name: `Author ${id}` };
      },
      secret: ({ id }: { id: string }) => {
        if (id === '1') throw new Refused('FORBIDDEN', 'That is between the author and the muse.');
        return 'none';
      },
    },
  };
}

export const fixtureSupergraph = () =>
  composeSupergraph([
    { name: 'library', sdl: librarySdl },
    { name: 'authors', sdl: authorsSdl },
  ]);

export type TransportName = 'in process' | 'HTTP';

/** A log whose lines can be read. */
export function loggedLines() {
  const lines: string[] = [];
  const write = (chunk: Buffer, _: string, done: () => void) => {
    lines.push(String(chunk));
    done();
  };
  return { lines, log: createLogger({ level: 'info', destination: new Writable({ write }) }) };
}

type World = Partial<ServeOptions> & { transport?: TransportName };

/** A gateway over two small subgraphs without a database, for what the door itself does. */
export async function fixtureWorld({ transport = 'in process', ...options }: World = {}) {
  const { log, lines } = loggedLines();
  const seen: Seen = { representations: [] };
  const appended: string[] = [];
  const subgraphs = [open('library', librarySdl, libraryResolvers(appended)), open('authors', authorsSdl, authorsResolvers(seen))];
  const ways = transport === 'HTTP' ? await httpWays(subgraphs, { log }) : inProcessWays(subgraphs);
  const dataFolder = await mkdtemp(join(tmpdir(), 'accord-door-'));
  const issuer = await openDevelopmentIssuer({ dataFolder, production: false });
  const opening = serveGateway({
    supergraph: await sharedPlanning('fixture', async () => loadSupergraph(fixtureSupergraph())),
    transports: ways.transports,
    issuers: [issuer],
    host: '127.0.0.1',
    port: 0,
    log,
    admission: unhurried,
    ...options,
  });
  const gateway = await opening.catch(async (error: unknown) => {
    await ways.close();
    await rm(dataFolder, { recursive: true, force: true });
    throw error;
  });

  function open(name: string, sdl: string, resolvers: Record<string, unknown>): OpenSubgraph {
    const context: OpenSubgraph['context'] = (request) => createContext({ ...request, clock: () => new Date(), log });
    return { name, schema: subgraphSchema(parse(sdl), resolvers), session: noSession, context, log, check: async () => undefined };
  }

  const post = async (body: unknown, headers: Record<string, string> = {}, wish: TokenWish = { role: 'admin' }) =>
    fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.token(wish)}`, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  return {
    ...gateway,
    issuer,
    lines,
    seen,
    ways,
    dataFolder,
    post,
    // biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
    json: async (response: Response): Promise<any> => response.json(),
    // biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
    ask: async (query: string, variables?: Record<string, unknown>, wish?: TokenWish): Promise<any> => (await post({ query, variables }, {}, wish)).json(),
    async [Symbol.asyncDispose]() {
      await gateway.close();
      await ways.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
