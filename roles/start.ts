import type { Broker } from '#connectors/nats/stream.ts';
import { watchSinks } from '#gateway/metrics.ts';
import { type Db, openDb } from '#kernel/db.ts';
import { surviveDriverFault } from '#kernel/driver.ts';
import { readSinks } from '#kernel/sink.ts';
import { defaultConnections } from '#kernel/workload.ts';
import { wired } from '#processes/wiring.ts';
import { leaveAddress } from './address.ts';
import { budgetFlags, countedBudgets } from './budgets.ts';
import { cacheFlags, cacheOf } from './cache.ts';
import { CannotStart } from './cannotStart.ts';
import { certificateOf, tlsFlags } from './certificate.ts';
import { databaseChecks, showJourneys } from './checks.ts';
import type { Call, Command } from './command.ts';
import { prepareDatabase } from './database/roles.ts';
import { superviseDatabase } from './database/supervise.ts';
import { firmIn, prepareFirm } from './firm.ts';
import { hasIssuers, issuersOf } from './issuer.ts';
import { documentFlags, keptDocuments } from './keptDocuments.ts';
import { demandFree } from './listen.ts';
import { mcpFlags, mcpOf } from './mcp.ts';
import { brokerOf, natsDetails, natsFlags } from './nats.ts';
import { readOwnership } from './ownership.ts';
import { registryFlags } from './registry/registry.ts';
import {
  isLoopback,
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
import { type DevelopmentIssuer, openDevelopmentIssuer } from './tokens.ts';
import { openTracing } from './tracing.ts';
import { readyTokens, visitorsOf, welcome } from './welcome.ts';
import { logKept, rulesOf, startWorker } from './worker.ts';
import { connectionFlags, poolsAt, timeoutFlags } from './workloads.ts';

export const start: Command = {
  name: 'start',
  summary: 'Runs everything in one process: database, subgraphs, gateway, worker.',
  flags: {
    ...sharedFlags,
    ...placeFlags(4000),
    ...logFlags,
    ...provisioningFlags,
    ...webhookFlags,
    ...originFlags,
    ...documentFlags,
    ...registryFlags,
    ...tlsFlags,
    ...budgetFlags,
    ...cacheFlags,
    ...mcpFlags,
    ...ownershipFlags,
    ...connectionFlags(defaultConnections),
    ...timeoutFlags,
    ...natsFlags,
    fresh: { type: 'boolean', help: 'delete what is there and start anew, without asking' },
    scale: { type: 'string', value: 'S|M|L', help: 'the size of the sample firm that an empty database gets (default S)' },
    empty: { type: 'boolean', help: 'leave an empty database empty: no sample firm' },
  },
  details: [
    'The first start makes a database in the data folder and a sample firm in it; later starts keep what is there.',
    'With ACCORD_ISSUER, ACCORD_AUDIENCE and ACCORD_JWKS_URL (or ACCORD_JWKS_FILE), or with ACCORD_ISSUERS, a file of several, it believes their tokens alone, listens where --host says, and makes no sample firm unless --scale is given.',
    ...natsDetails,
  ],
  run,
};

async function run(call: Call): Promise<number> {
  const begun = performance.now();
  const settings = readSettings(call, { port: 4000 });
  scaleOf(call);
  const broker = brokerOf(call);
  const configured = hasIssuers(call.env);
  // Whoever has an issuer has users: their data is not deleted by a flag.
  if (configured && call.flags.fresh === true) throw new CannotStart('--fresh deletes what is there, and is for development only: an issuer is configured.');
  if (!configured && !isLoopback(settings.host))
    throw new CannotStart(
      `start uses the development issuer and listens on loopback only, not on ${settings.host}. To serve others, name an issuer: ACCORD_ISSUER, ACCORD_AUDIENCE, ACCORD_JWKS_URL.`,
    );
  surviveDriverFault(settings.log);
  const stopping = new AbortController();
  const stopped = stopSignal();
  void stopped.then(() => stopping.abort());
  await using stack = new AsyncDisposableStack();
  stack.use(await openTracing({ env: call.env, role: 'start', log: settings.log }));
  try {
    call.out(await openEverything({ call, settings, broker, stack, begun, goOn: () => stopping.signal.throwIfAborted() }));
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
  }
  call.out(`${await stopped}: stopping`);
  return 0;
}

type Opening = {
  call: Call;
  settings: Settings;
  broker: Broker | undefined;
  stack: AsyncDisposableStack;
  begun: number;
  /** Throws once Ctrl-C was pressed: called between the steps that take long. */
  goOn: () => void;
};

/** What takes long to load is loaded when a start has come as far as that. */
const largeParts = () => Promise.all([import('./constellation.ts'), import('./registry/open.ts'), import('./live.ts'), import('./usage.ts')]);

async function openEverything({ call, settings, broker, stack, begun, goOn }: Opening): Promise<string> {
  const { folder, log, host, port } = settings;
  const say = (line: string) => call.out(`  ${line}`);
  const configured = hasIssuers(call.env) ? await issuersOf(call.env) : [];
  const development = configured.length > 0 ? undefined : await openDevelopmentIssuer({ dataFolder: folder, production: settings.production });
  const database = stack.use(
    await superviseDatabase({ databaseUrl: settings.databaseUrl, appDatabaseUrl: settings.appDatabaseUrl, folder, fresh: call.flags.fresh === true, log: say }),
  );
  // After the database: a second start on one folder is told of the folder's holder, not of its port.
  await demandFree({ host, port });
  goOn();
  const { url: databaseUrl } = await prepareDatabase({ ...database, log: say });
  goOn();
  const open = stack.use(openDb({ url: databaseUrl, name: 'start', max: 2, scope: 'command' }));
  if (call.flags.empty !== true && (development || call.flags.scale !== undefined))
    await prepareFirm({ db: open.db, url: database.url, scale: scaleOf(call), say });
  goOn();
  const [{ startInProcess }, { openGraph, followHere }, { attachSubscriptions }, { recordUsage }] = await largeParts();
  const { supergraph, foreign, opened } = await openGraph(call, log);
  const documents = await keptDocuments(call);
  const secure = await certificateOf(call);
  const gateway = await startInProcess({
    ...poolsAt(databaseUrl, call),
    subgraphs,
    ownership: await readOwnership(settings.ownershipFile),
    supergraph,
    foreign,
    issuers: development ? [development] : configured,
    host,
    port,
    log,
    checks: databaseChecks(open.db),
    origins: originsOf(call, development ? 'loopback' : []),
    documents,
    certificate: secure?.certificate,
    ...countedBudgets(call, open.db),
    cache: await cacheOf(call, databaseUrl, stack),
    mcp: mcpOf(call, { db: open.db }),
    graphiql: development ? { visitors: async () => visitorsOf(development, await firmIn(open.db)) } : settings.production ? undefined : {},
  });
  stack.defer(() => gateway.close());
  showJourneys({ gateway, db: open.db, log });
  watchSinks(gateway.metrics, () => readSinks(open.db));
  secure?.follow({ gateway, log, stack });
  const recording = recordUsage({ gateway, databaseUrl, log });
  stack.defer(() => recording.stop());
  if (opened) followHere({ opened, gateway, documents: documents?.documents, use: recording.read, log, say, stack });
  stack.defer(await leaveAddress(folder, gateway.url));
  const live = await attachSubscriptions({ gateway, databaseUrl, log });
  stack.defer(() => live.close());
  await workOn({ databaseUrl, settings, broker, stack });
  const seconds = (performance.now() - begun) / 1000;
  if (development) return greetingOf(development, { db: open.db, url: gateway.url, seconds });
  return `Accord is ready at ${gateway.url} (in ${seconds.toFixed(1)} s). It believes tokens of ${configured.map(({ issuer }) => issuer).join(', ')}.`;
}

async function greetingOf(development: DevelopmentIssuer, { db, url, seconds }: { db: Db; url: string; seconds: number }): Promise<string> {
  const known = await firmIn(db);
  return welcome({ url, tokens: await readyTokens(development, known), known, seconds });
}

async function workOn({
  databaseUrl,
  settings,
  broker,
  stack,
}: Pick<Opening, 'settings' | 'stack'> & { databaseUrl: string; broker: ReturnType<typeof brokerOf> }): Promise<void> {
  const { log } = settings;
  const worker = await startWorker({ url: databaseUrl, ...wired(rulesOf(settings)), clock: () => new Date(), log, broker, ...logKept(settings) });
  stack.defer(() => worker.stop());
}

function scaleOf(call: Call): 'S' | 'M' | 'L' {
  const scale = call.flags.scale ?? 'S';
  if (scale !== 'S' && scale !== 'M' && scale !== 'L') throw new CannotStart(`${String(scale)} is no scale; use S, M or L.`);
  return scale;
}
