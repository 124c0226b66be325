import { generateKeyPairSync } from 'node:crypto';
import { httpTransport } from '#gateway/transport/http.ts';
import type { Ownership } from '#kernel/ownership.ts';
import type { Subgraph } from '#kernel/subgraph.ts';
import type { Transport } from '#kernel/transport.ts';
import { type ByWorkload, defaultConnections, openPools } from '#kernel/workload.ts';
import { inProcessTransports } from './inProcess.ts';
import { type OpenSubgraph, openSubgraph } from './openSubgraph.ts';
import { defaultOwnership } from './ownership.ts';
import { type Gateway, type ServeOptions, serveGateway } from './serve.ts';
import { serveSubgraph } from './subgraphServer.ts';

/** The gateway's options, and what the subgraphs need. */
export type ConstellationOptions = Omit<ServeOptions, 'transports'> & {
  databaseUrl: string;
  subgraphs: readonly Subgraph[];
  /** Which systems own what (default: docs/ownership.md). */
  ownership?: Ownership | undefined;
  /** Database connections of all subgraphs together, and how long a statement may take there. */
  connections?: ByWorkload | undefined;
  statementTimeouts?: ByWorkload | undefined;
  /** Called for every SQL statement of the subgraphs: tests count with it. */
  onStatement?: ((text: string, parameters: unknown[]) => void) | undefined;
};

export type Constellation = Gateway & { subgraphs: readonly OpenSubgraph[] };

/** The ways to subgraphs that are open, and the way to cut them. */
export type Ways = { transports: Record<string, Transport>; close(): Promise<void> };

/** All subgraphs and the gateway in this process, without HTTP between them. */
export function startInProcess(options: ConstellationOptions): Promise<Constellation> {
  return start(options, async (subgraphs) => inProcessWays(subgraphs));
}

/** The same with every subgraph behind a signed port of its own on loopback. */
export function startOverHttp(options: ConstellationOptions): Promise<Constellation> {
  return start(options, (subgraphs) => httpWays(subgraphs, options));
}

export function inProcessWays(subgraphs: readonly OpenSubgraph[]): Ways {
  return { transports: inProcessTransports(subgraphs), close: async () => undefined };
}

/** Serves each subgraph on a free port of loopback; the gateway's key pair is made for this run. */
export async function httpWays(
  subgraphs: readonly OpenSubgraph[],
  { log, clock = () => new Date(), statementTimeouts }: Pick<ConstellationOptions, 'log' | 'clock' | 'statementTimeouts'>,
): Promise<Ways> {
  const { privateKey: signingKey, publicKey } = generateKeyPairSync('ed25519');
  const serve = async (subgraph: OpenSubgraph) => ({
    name: subgraph.name,
    server: await serveSubgraph({ subgraph, publicKeys: [publicKey], clock, host: '127.0.0.1', port: 0 }),
  });
  const servers = await Promise.all(subgraphs.map(serve));
  const transports = Object.fromEntries(
    servers.map(({ name, server }) => [name, httpTransport({ subgraph: name, url: new URL(`${server.url}/graphql`), signingKey, log, statementTimeouts })]),
  );
  const close = async () => {
    await Promise.all(Object.values(transports).map((transport) => transport.close()));
    await Promise.all(servers.map(({ server }) => server.close()));
  };
  return { transports, close };
}

async function start(options: ConstellationOptions, connect: (subgraphs: readonly OpenSubgraph[]) => Promise<Ways>): Promise<Constellation> {
  const {
    databaseUrl,
    log,
    connections = defaultConnections,
    statementTimeouts,
    onStatement,
    clock = () => new Date(),
    ownership = defaultOwnership,
  } = options;
  await using opening = new AsyncDisposableStack();
  const pools = opening.use(openPools({ url: databaseUrl, name: 'subgraphs', connections, statementTimeouts, ...(onStatement ? { onStatement } : {}) }));
  const subgraphs = await Promise.all(options.subgraphs.map((subgraph) => openSubgraph({ subgraph, pools, log, clock, ownership })));
  const ways = await connect(subgraphs);
  opening.defer(() => ways.close());
  const gateway = await serveGateway({ ...options, transports: ways.transports });
  opening.defer(() => gateway.close());
  const opened = opening.move();
  return { ...gateway, subgraphs, close: () => opened.disposeAsync() };
}
