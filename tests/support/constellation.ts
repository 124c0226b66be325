import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { WriteSource } from '#gateway/cache/answers.ts';
import type { Budgets } from '#gateway/cost/budget.ts';
import type { Origins } from '#gateway/origins.ts';
import type { Kept } from '#gateway/trusted.ts';
import { openDb } from '#kernel/db.ts';
import type { Subgraph } from '#kernel/subgraph.ts';
import { createLogger } from '#kernel/telemetry.ts';
import type { Touch } from '#kernel/touch.ts';
import type { ByWorkload } from '#kernel/workload.ts';
import { cacheOf } from '../../roles/cache.ts';
import { type Constellation, startInProcess, startOverHttp } from '../../roles/constellation.ts';
import { openDevelopmentIssuer, type TokenWish } from '../../roles/tokens.ts';
import { unhurried } from './admission.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';
import { sharedSchema, supergraphOf } from './schemas.ts';

export type TransportName = 'in process' | 'HTTP';

type World = {
  subgraphs: readonly Subgraph[];
  transport?: TransportName;
  onStatement?: (text: string, parameters: unknown[]) => void;
  /** Ends with the world. */
  database?: TestDatabase;
  /** A database that others share, and that stays. */
  beside?: TestDatabase;
  documents?: Kept;
  connections?: ByWorkload;
  statementTimeouts?: ByWorkload;
  /** The secret behind confirmations: agents find tools at /mcp. */
  mcp?: Uint8Array;
  origins?: Origins;
  budgets?: Budgets;
  /** Mebibytes of answers that are kept. */
  cache?: number;
  /** Touches that the cache does not hear of: a planted fault. */
  deaf?: (touch: Touch) => boolean;
};

/** Some or all subgraphs with a database of their own behind a real gateway, as clients meet them. */
export async function constellation({
  subgraphs,
  transport = 'in process',
  onStatement,
  database: given,
  beside,
  documents,
  mcp: key,
  origins,
  budgets,
  cache: mebibytes = 0,
  deaf,
  connections = { interactive: 4, analytical: 2, bulk: 2 },
  statementTimeouts,
}: World) {
  const database = beside ?? given ?? (await cloneDatabase());
  const dataFolder = await mkdtemp(join(tmpdir(), 'accord-graph-'));
  const issuer = await openDevelopmentIssuer({ dataFolder, production: false });
  const faults: string[] = [];
  const write = (chunk: Buffer, _: string, done: () => void) => {
    faults.push(String(chunk));
    done();
  };
  await using opening = new AsyncDisposableStack();
  const cache = await cacheOf({ flags: { cache: String(mebibytes) }, env: {} }, database.appUrl, opening);
  if (cache && deaf) cache.source = deafened(cache.source, deaf);
  const noted = key && opening.use(openDb({ url: database.appUrl, name: 'agents', max: 2, scope: 'command' }));
  const start = transport === 'HTTP' ? startOverHttp : startInProcess;
  const gateway: Constellation = await start({
    subgraphs: await Promise.all(subgraphs.map(async (each) => ({ ...each, schema: await sharedSchema(each) }))),
    databaseUrl: database.appUrl,
    supergraph: await supergraphOf(subgraphs.map(({ name }) => name)),
    issuers: [issuer],
    host: '127.0.0.1',
    port: 0,
    log: createLogger({ level: 'error', destination: new Writable({ write }) }),
    connections,
    statementTimeouts,
    admission: unhurried,
    onStatement,
    documents,
    origins,
    budgets,
    mcp: key && noted && { key, db: noted.db },
    cache,
  });
  const opened = opening.move();
  const post = async (body: unknown, wish: TokenWish = { role: 'admin' }, headers: Record<string, string> = {}) =>
    fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.token(wish)}`, ...headers },
      body: JSON.stringify(body),
    });
  // biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
  const ask = async (query: string, variables: Record<string, unknown> = {}, wish?: TokenWish): Promise<any> => (await post({ query, variables }, wish)).json();

  return {
    ...gateway,
    issuer,
    /** What was logged as an error, line by line. */
    faults,
    databaseUrl: database.appUrl,
    /** A superuser's, who sees everything. */
    adminUrl: database.url,
    /** Of whoever owns the tables. */
    ownerUrl: database.ownerUrl,
    sql: database.sql,
    post,
    ask,
    /** Asks and expects no error; gives the data. */
    ok: async (query: string, variables?: Record<string, unknown>, wish?: TokenWish) => {
      const { data, errors } = await ask(query, variables, wish);
      if (errors) throw new Error(`${JSON.stringify(errors, undefined, 2)}\n${faults.join('')}`);
      return data;
    },
    async [Symbol.asyncDispose]() {
      await gateway.close();
      await opened.disposeAsync();
      if (!beside) await database[Symbol.asyncDispose]();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

function deafened({ relations, look }: WriteSource, deaf: (touch: Touch) => boolean): WriteSource {
  return {
    relations,
    look: async (after) => {
      const { snapshot, touches } = await look(after);
      return { snapshot, touches: touches === 'lost' ? touches : touches.filter((each) => !deaf(each)) };
    },
  };
}
