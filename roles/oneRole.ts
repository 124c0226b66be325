import { watchSinks } from '#gateway/metrics.ts';
import { httpTransport } from '#gateway/transport/http.ts';
import { openDb } from '#kernel/db.ts';
import { surviveDriverFault } from '#kernel/driver.ts';
import { readSinks } from '#kernel/sink.ts';
import type { Subgraph } from '#kernel/subgraph.ts';
import { openPools, ownConnections } from '#kernel/workload.ts';
import { wired } from '#processes/wiring.ts';
import { budgetFlags, countedBudgets } from './budgets.ts';
import { cacheFlags, cacheOf } from './cache.ts';
import { CannotStart } from './cannotStart.ts';
import { certificateOf, tlsFlags } from './certificate.ts';
import { databaseChecks, showJourneys } from './checks.ts';
import type { Call, Command } from './command.ts';
import { checkServer } from './database/external.ts';
import { servingUrl } from './database/roles.ts';
import { gatewayPublicKeys, gatewaySigningKey, publicKeyMeaning, signingKeyMeaning } from './gatewayKeys.ts';
import { issuersOf } from './issuer.ts';
import { documentFlags, keptDocuments } from './keptDocuments.ts';
import { mcpFlags, mcpOf } from './mcp.ts';
import { brokerOf, natsDetails, natsFlags } from './nats.ts';
import { openSubgraph } from './openSubgraph.ts';
import { readOwnership } from './ownership.ts';
import { registryFlags } from './registry/registry.ts';
import {
  logFlags,
  originFlags,
  originsOf,
  ownershipFlags,
  placeFlags,
  provisioningFlags,
  readSettings,
  type Settings,
  sharedFlags,
  webhookFlags,
} from './settings.ts';
import { stopSignal } from './stopSignal.ts';
import { subgraphs } from './subgraphs.ts';
import { openTracing } from './tracing.ts';
import { logKept, rulesOf, startWorker } from './worker.ts';
import { connectionFlags, connectionsOf, statementTimeoutsOf, timeoutFlags } from './workloads.ts';

const ownFlags = {
  'database-url': { type: 'string', value: 'URL', help: 'the PostgreSQL 15 or newer that all roles share (DATABASE_URL)' },
  'app-database-url': sharedFlags['app-database-url'],
  'log-level': sharedFlags['log-level'],
} as const;
/** Ports on which the subgraphs listen unless told otherwise. */
const ports: Readonly<Record<string, number>> = { engagements: 4001, resources: 4002, time: 4003, finance: 4004, operations: 4005 };
const portOf = ({ name }: Subgraph): number => ports[name] ?? 4009;

/** Serves until it is told to stop; each role opens what it needs on the stack, and imports the large parts that it alone needs: a start should not wait for others'. */
function serving(defaults: { port: number; role: string }, open: (call: Call, settings: Settings, stack: AsyncDisposableStack) => Promise<string>) {
  return async (call: Call): Promise<number> => {
    const settings = readSettings(call, defaults);
    surviveDriverFault(settings.log);
    const stopped = stopSignal();
    await using stack = new AsyncDisposableStack();
    stack.use(await openTracing({ env: call.env, role: defaults.role, log: settings.log }));
    call.out(await open(call, settings, stack));
    call.out(`${await stopped}: stopping`);
    return 0;
  };
}

/** A role that serves needs no address of the owner's. */
async function databaseOf({ databaseUrl, appDatabaseUrl }: Settings): Promise<string> {
  const url = appDatabaseUrl ?? databaseUrl;
  if (!url) throw new CannotStart('DATABASE_URL is not set: one role alone has no embedded database. "node main.ts start" runs everything on one.');
  await checkServer(url, { fresh: false });
  return servingUrl(url);
}

/** The command that serves one subgraph. */
export function subgraphCommand(subgraph: Subgraph): Command {
  return {
    name: subgraph.name,
    summary: `Serves the ${subgraph.name} subgraph to the gateway, and to nobody else.`,
    flags: { ...ownFlags, ...ownershipFlags, ...placeFlags(portOf(subgraph)), ...connectionFlags(ownConnections), ...timeoutFlags },
    details: [`Needs DATABASE_URL and ACCORD_GATEWAY_PUBLIC_KEY (${publicKeyMeaning}).`],
    run: serving({ port: portOf(subgraph), role: subgraph.name }, async (call, settings, stack) => {
      const { env } = call;
      const { serveSubgraph } = await import('./subgraphServer.ts');
      const publicKeys = await gatewayPublicKeys(env);
      const clock = () => new Date();
      const own = { connections: connectionsOf(call, ownConnections), statementTimeouts: statementTimeoutsOf(call) };
      const pools = stack.use(openPools({ url: await databaseOf(settings), name: subgraph.name, ...own }));
      const opened = await openSubgraph({ subgraph, pools, log: settings.log, clock, ownership: await readOwnership(settings.ownershipFile) });
      const server = await serveSubgraph({ subgraph: opened, publicKeys, clock, host: settings.host, port: settings.port });
      stack.defer(() => server.close());
      return `subgraph ${subgraph.name} listens on ${server.url}`;
    }),
  };
}

export const gatewayCommand: Command = {
  name: 'gateway',
  summary: 'Serves the federated graph over subgraphs that run elsewhere.',
  flags: {
    ...{ ...ownFlags, ...placeFlags(4000), ...originFlags, ...documentFlags, ...cacheFlags, ...registryFlags },
    ...{ ...tlsFlags, ...budgetFlags, ...timeoutFlags, ...mcpFlags },
  },
  details: [
    `Needs DATABASE_URL (the log behind subscriptions), ACCORD_GATEWAY_KEY (${signingKeyMeaning}), and an issuer: ACCORD_ISSUER, ACCORD_AUDIENCE, and ACCORD_JWKS_URL or ACCORD_JWKS_FILE; several in the file ACCORD_ISSUERS.`,
    `Subgraphs are at ${Object.entries(ports)
      .map(([name, port]) => `ACCORD_${name.toUpperCase()}_URL (http://127.0.0.1:${port})`)
      .join(', ')}.`,
  ],
  run: serving({ port: 4000, role: 'gateway' }, async (call, settings, stack) => {
    const { env } = call;
    const [{ serveGateway }, { openGraph, followHere }, { attachSubscriptions }, { recordUsage }] = await Promise.all([
      import('./serve.ts'),
      import('./registry/open.ts'),
      import('./live.ts'),
      import('./usage.ts'),
    ]);
    const signingKey = await gatewaySigningKey(env);
    const databaseUrl = await databaseOf(settings);
    const open = stack.use(openDb({ url: databaseUrl, name: 'gateway', max: 4, scope: 'command' }));
    const statementTimeouts = statementTimeoutsOf(call);
    const transports = Object.fromEntries(
      subgraphs.map(({ name }) => {
        return [name, httpTransport({ subgraph: name, url: addressOf(name, env), signingKey, log: settings.log, statementTimeouts })];
      }),
    );
    for (const transport of Object.values(transports)) stack.defer(() => transport.close());
    const { supergraph, foreign, opened } = await openGraph(call, settings.log);
    const documents = await keptDocuments(call);
    const secure = await certificateOf(call);
    const gateway = await serveGateway({
      supergraph,
      transports,
      foreign,
      issuers: await issuersOf(env),
      log: settings.log,
      host: settings.host,
      port: settings.port,
      checks: databaseChecks(open.db),
      origins: originsOf(call, []),
      documents,
      certificate: secure?.certificate,
      ...countedBudgets(call, open.db),
      cache: await cacheOf(call, databaseUrl, stack),
      mcp: mcpOf(call, { db: open.db, signingKey }),
      graphiql: settings.production ? undefined : {},
    });
    stack.defer(() => gateway.close());
    showJourneys({ gateway, db: open.db, log: settings.log });
    watchSinks(gateway.metrics, () => readSinks(open.db));
    secure?.follow({ gateway, log: settings.log, stack });
    const recording = recordUsage({ gateway, databaseUrl, log: settings.log });
    stack.defer(() => recording.stop());
    if (opened) followHere({ opened, gateway, documents: documents?.documents, use: recording.read, log: settings.log, say: call.out, stack });
    const live = await attachSubscriptions({ gateway, databaseUrl, log: settings.log });
    stack.defer(() => live.close());
    return `gateway listens on ${gateway.url}`;
  }),
};

/** Where a subgraph is. https is asked by https, and what is neither that nor http is a slip. */
function addressOf(name: string, env: Call['env']): URL {
  const variable = `ACCORD_${name.toUpperCase()}_URL`;
  const url = URL.parse('/graphql', env[variable] ?? `http://127.0.0.1:${ports[name]}`);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new CannotStart(`${variable} is ${env[variable]}: a subgraph is asked by http or https, such as http://${name}:4000.`);
  return url;
}

export const workerCommand: Command = {
  name: 'worker',
  summary: 'Runs the sequencer of the log, the processes between subgraphs, and the sweeper.',
  flags: { ...ownFlags, ...logFlags, ...provisioningFlags, ...natsFlags, ...webhookFlags },
  details: ['Needs DATABASE_URL. Any number of workers may run; they share the work.', ...natsDetails],
  run: serving({ port: 0, role: 'worker' }, async (call, settings, stack) => {
    const broker = brokerOf(call);
    const { consumers, processes } = wired(rulesOf(settings));
    const worker = await startWorker({
      url: await databaseOf(settings),
      consumers,
      processes,
      clock: () => new Date(),
      log: settings.log,
      broker,
      ...logKept(settings),
    });
    stack.defer(() => worker.stop());
    return `worker runs ${[...consumers.map((consumer) => consumer.name), ...(broker ? ['nats'] : [])].join(', ')}`;
  }),
};
