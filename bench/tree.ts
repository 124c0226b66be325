import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Clients from './clients.ts';
import type * as Firm from './firm.ts';
import type * as Topologies from './topology.ts';

/** What runs of one tree, for those who put load on it. */
export type Running = { topology: Topologies.Topology; postgres: number; databaseUrl: string; adminUrl: string; portals: readonly string[]; crm: string };

/** What a tree is asked to start: its own code knows how. */
export type Asked = { root: string; transport: 'in process' | 'HTTP'; scale: Firm.Scale };

/** Opens the sample firm of a tree and starts one topology on it, all with that tree's own code. */
async function open({ root, transport, scale }: Asked, stack: AsyncDisposableStack): Promise<Running> {
  const of = (file: string) => import(pathToFileURL(join(root, file)).href);
  const { firmDatabase }: typeof Firm = await of('bench/firm.ts');
  const { startInProcess, startOverHttp }: typeof Topologies = await of('bench/topology.ts');
  const { portalTokens }: typeof Clients = await of('bench/clients.ts');
  const { openDevelopmentIssuer }: typeof import('../roles/tokens.ts') = await of('roles/tokens.ts');
  const database = stack.use(await firmDatabase(scale, () => undefined));
  const folder = await mkdtemp(join(tmpdir(), 'run-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const issuer = await openDevelopmentIssuer({ dataFolder: folder, production: false });
  const parts = { databaseUrl: database.url, folder, issuer, stack };
  const topology = await (transport === 'HTTP' ? startOverHttp(parts) : startInProcess(parts));
  const portals = await portalTokens(database.url, issuer);
  return {
    topology,
    postgres: database.pid,
    databaseUrl: database.url,
    adminUrl: database.adminUrl ?? database.url,
    portals,
    crm: await issuer.token({ role: 'crm' }),
  };
}

// A process of its own: modules and temporary folders of two trees do not meet. It ends what it started when it is left alone.
const stack = new AsyncDisposableStack();
process.once('message', (asked: Asked) => {
  open(asked, stack).then(
    (running) => process.send?.({ running }),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.once('disconnect', () => void stack.disposeAsync().finally(() => process.exit(0)));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
