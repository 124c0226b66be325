import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, type ClientOptions, createClient, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createCustomer } from '#engagements/customer/commands.ts';
import { facts as engagementFacts } from '#engagements/published.ts';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import type { Budgets } from '#gateway/cost/budget.ts';
import type { Origins } from '#gateway/origins.ts';
import { createSubscriptions, type SubscriptionSettings } from '#gateway/subscriptions/subscriptions.ts';
import type { Kept } from '#gateway/trusted.ts';
import { serviceActor } from '#kernel/actor.ts';
import { executeOne } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { openDb } from '#kernel/db.ts';
import { openDoorbell } from '#kernel/doorbell.ts';
import { record } from '#kernel/facts.ts';
import type { Certificate } from '#kernel/httpServer.ts';
import { newId } from '#kernel/ids.ts';
import { startSequencer } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { eventRules } from '#operations/event/rules.ts';
import { operationsSubgraph } from '#operations/subgraph.ts';
import { startInProcess, startOverHttp } from '../../roles/constellation.ts';
import { followRegistry } from '../../roles/registry/follow.ts';
import { type OpenedGraph, openGraph } from '../../roles/registry/open.ts';
import { followRevocations } from '../../roles/revocations.ts';
import { subgraphs as allSubgraphs } from '../../roles/subgraphs.ts';
import { openDevelopmentIssuer, type TokenWish } from '../../roles/tokens.ts';
import { recordUsage } from '../../roles/usage.ts';
import { unhurried } from './admission.ts';
import { cloneDatabase } from './database.ts';
import type { TransportName } from './fixtureGraph.ts';
import { supergraphOf } from './schemas.ts';

export type EventWorld = Awaited<ReturnType<typeof eventWorld>>;

/** A supergraph of the subgraphs that state the events here, and of the one that contracts them. */
export const eventSupergraph = () => supergraphOf(['engagements', 'operations']);

const ofTwo = async (): Promise<OpenedGraph> => ({ supergraph: await eventSupergraph(), foreign: {}, opened: undefined });

// A machine that is busy with other work says hello late.
const patient = { initWait: 600_000 };

type Wish = {
  transport?: TransportName;
  settings?: Partial<SubscriptionSettings>;
  origins?: Origins;
  documents?: Kept;
  /** With it the gateway speaks TLS. */
  certificate?: Certificate;
  /** The file that names subgraphs of the firm's own: all five of ours are there then. */
  registry?: string;
  budgets?: Budgets;
  /** Milliseconds by which the clock of connections is ahead: tokens that are good at the door run out on them. */
  ahead?: number;
};

/** A gateway with subscriptions over engagements and operations, a sequencer, and a database of their own. */
export async function eventWorld({ transport = 'in process', settings, origins, documents, certificate, registry, budgets, ahead = 0 }: Wish = {}) {
  const database = await cloneDatabase();
  const log = createLogger({ level: 'silent' });
  const dataFolder = await mkdtemp(join(tmpdir(), 'accord-events-'));
  const issuer = await openDevelopmentIssuer({ dataFolder, production: false });
  const start = transport === 'HTTP' ? startOverHttp : startInProcess;
  const { supergraph, foreign, opened: named } = registry ? await openGraph({ flags: { subgraphs: registry }, env: {} }, log) : await ofTwo();
  const gateway = await start({
    supergraph,
    foreign,
    subgraphs: registry ? allSubgraphs : [engagementsSubgraph, operationsSubgraph],
    databaseUrl: database.appUrl,
    issuers: [issuer],
    host: '127.0.0.1',
    port: 0,
    origins,
    documents,
    certificate,
    budgets,
    admission: unhurried,
    log,
  });
  const open = openDb({ url: database.appUrl, name: 'events', max: 20, scope: 'command' });
  const doorbell = await openDoorbell(database.appUrl);
  const now = () => new Date(Date.now() + ahead);
  const { graph, authenticate, limits, metrics, trusted, usage, budget, revocations } = gateway;
  const revoking = await followRevocations({ gateway, databaseUrl: database.appUrl, log });
  const opened = await createSubscriptions({
    graph,
    authenticate,
    limits,
    trusted,
    metrics,
    usage,
    budget,
    revocations,
    db: open.db,
    doorbell,
    rules: eventRules,
    log,
    now,
    settings: { ...patient, ...settings },
  });
  opened.attach(gateway);
  const recording = recordUsage({ gateway, databaseUrl: database.appUrl, log });
  const said: string[] = [];
  const use = recording.read;
  const following = named && followRegistry({ ...named, ...gateway, use, documents: documents?.documents, log, say: (line) => void said.push(line) });
  const sequencer = startSequencer({ db: open.db, log });

  const write = <Answer>(work: (scope: Scope) => Promise<Answer>, correlationId = newId()): Promise<Answer> =>
    open.db.transaction((tx) => work({ tx, actor: serviceActor('test'), trace: { correlationId }, now: new Date() }));
  const clients: Client[] = [];
  const tokenFor = (wish: TokenWish = { role: 'admin' }) => issuer.token(wish);

  return {
    ...gateway,
    subscriptions: opened,
    databaseUrl: database.appUrl,
    /** Writes down what was used, and reads who used it. */
    use,
    /** What was told at the console. */
    said,
    /** Looks at the registry. */
    look: async () => following?.look(),
    sql: database.sql,
    db: open.db,
    log,
    issuer,
    tokenFor,
    write,
    /** A customer in the database, with its fact. */
    customer: (name: string) => write((scope) => executeOne(scope, createCustomer, { name })),
    /** Facts without rows behind them: as many as names, in one transaction. */
    state: (customerId: string, ...names: string[]) =>
      write((scope) =>
        record(
          scope,
          engagementFacts.CustomerUpdated,
          names.map((name) => ({ subject: { id: customerId, version: 1 }, keys: { customerId }, payload: { customerId, name, status: 'ACTIVE' } })),
        ),
      ),
    /** A graphql-ws client that does not retry unless it is told to. */
    client: (wish?: TokenWish, options: Partial<ClientOptions> = {}): Client => {
      const client = createClient({
        url: gateway.url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        lazy: true,
        connectionParams: async () => ({ token: await tokenFor(wish) }),
        ...options,
      });
      clients.push(client);
      return client;
    },
    /** All facts of a type in the log, in order: what a subscriber has to see. */
    logged: async (type: string) =>
      (await database.sql`select position, payload from log.fact where type = ${type} order by position`).map((row) => ({
        position: String(row.position),
        name: String(row.payload.name),
      })),
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client.dispose();
      await following?.stop();
      await recording.stop();
      await revoking.stop();
      await opened.close();
      await sequencer.stop();
      await doorbell.close();
      await open.close();
      await gateway.close();
      await database[Symbol.asyncDispose]();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The first answer to an operation on a socket, which is ended then; rejects with what refuses it. */
export function firstAnswer(client: Client, payload: Partial<SubscribePayload>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const next = (answer: unknown) => {
      stop();
      resolve(answer);
    };
    const stop = client.subscribe({ query: '', ...payload }, { next, error: reject, complete: () => resolve('complete') });
  });
}

// biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
export type Received = { data?: any; errors?: readonly any[]; extensions?: { cursor: string } };

/** A subscription whose events are taken one by one. */
export function subscribe(client: Client, query: string, variables: Record<string, unknown> = {}) {
  const opened = Promise.withResolvers<void>();
  const stop = client.on('ping', (received, payload) => {
    if (!received || !payload?.cursors) return;
    stop();
    opened.resolve();
  });
  const iterator = client.iterate<Record<string, unknown>, { cursor: string }>({ query, variables });
  return {
    /** Resolves when the server says where it begins: all that is stated from then on is in it. The client holds no other one. */
    opened: opened.promise,
    next: async (): Promise<Received> => {
      const { value, done } = await iterator.next();
      if (done) throw new Error('the subscription ended');
      return value as Received;
    },
    take: async function take(count: number): Promise<Received[]> {
      const taken: Received[] = [];
      while (taken.length < count) taken.push(await this.next());
      return taken;
    },
    /** The error or close event that ends it. */
    failure: async (): Promise<unknown> => {
      try {
        for (;;) if ((await iterator.next()).done) return undefined;
      } catch (error) {
        return error;
      }
    },
    end: () => iterator.return?.(),
  };
}
