import { mkdir, open, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { CannotStart } from '../cannotStart.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { checkData, createCluster, databaseName, existingData, newPassword, placeFor, type Remembered, recall, remember, superuser } from './cluster.ts';
import { lockFolder } from './lock.ts';
import { clusterName, stopOrphans } from './orphan.ts';
import { type Owner, reachableFolder, serverOwner } from './owner.ts';
import { prepareOwnership } from './ownership.ts';
import { appRole, ownerRole } from './roles.ts';
import { type Server, ServerRefused, startServer } from './server.ts';
import { configuration, hostAccess, type Settings } from './settings.ts';

export type EmbeddedOptions = {
  folder: string;
  log: (line: string) => void;
  /** A free one when left out: the one of the last start if nobody took it. */
  port?: number;
  settings?: Settings;
  /** Starts anew: what was stored is gone. */
  fresh?: boolean;
  /** As root: where data and programs go when the unprivileged user cannot enter `folder`. */
  elsewhere?: string;
};

export type Embedded = AsyncDisposable & {
  /** The superuser's: nothing of Accord's works as it. */
  adminUrl: string;
  /** The owner's: for migrations alone. */
  url: string;
  /** Whoever serves logs in with a password of its own. */
  appUrl: string;
  port: number;
  pid: number;
  /** Fulfilled when the server process is gone, for whatever reason. */
  ended: Promise<void>;
  stop: () => Promise<void>;
};

/** A PostgreSQL server of our own on this data folder, which is ours alone until it stops. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  await mkdir(options.folder, { recursive: true });
  const folder = await realpath(options.folder);
  await using starting = new AsyncDisposableStack();
  starting.use(await lockFolder(folder));
  const place = await prepare({ ...options, folder }, starting);
  const { server, port } = await startOnFreePort(options, place);
  starting.defer(server.stop);
  const { password, ownerPassword = newPassword(), appPassword = newPassword() } = place.remembered;
  await remember(folder, { ...place.remembered, ownerPassword, appPassword, port });
  const urlOf = (user: string, secret: string) => `postgres://${user}:${secret}@127.0.0.1:${port}/${databaseName}`;
  const adminUrl = urlOf(superuser, password);
  await prepareOwnership({ adminUrl, ownerPassword, appPassword });
  options.log(`PostgreSQL ready on 127.0.0.1:${port} (pid ${server.pid})`);
  const urls = { adminUrl, url: urlOf(ownerRole, ownerPassword), appUrl: urlOf(appRole, appPassword) };
  return running({ ...urls, port, server, held: starting.move() });
}

type Held = Pick<Embedded, 'adminUrl' | 'url' | 'appUrl' | 'port'> & { server: Server; held: AsyncDisposableStack };

function running({ server, held, ...place }: Held): Embedded {
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= held.disposeAsync());
  return { ...place, pid: server.pid, ended: server.ended, stop, [Symbol.asyncDispose]: stop };
}

type Place = { remembered: Remembered; owner: Owner; binaries: Binaries };

async function prepare(options: EmbeddedOptions, starting: AsyncDisposableStack): Promise<Place> {
  const { folder, fresh, settings, log } = options;
  const known = await recall(folder);
  const existing = existingData(folder, known);
  const owner = serverOwner(existing);
  const elsewhere = async () => options.elsewhere ?? (owner ? reachableFolder(owner) : folder);
  const data = existing ?? (await placeFor(folder, owner, elsewhere));
  await mkdir(dirname(data), { recursive: true, mode: 0o755 });
  // A copy of a data folder remembers the same place.
  if (dirname(data) !== folder) starting.use(await lockFolder(dirname(data)));
  await stopOrphans(data, log);
  const binaries = await findBinaries({ owner, elsewhere });
  if (existing && !fresh) return { remembered: await resume(folder, { known, data, owner }), owner, binaries };
  log(`setting up a new database in ${folder}`);
  if (existing) await rm(existing, { recursive: true });
  const place = await placeFor(folder, owner, elsewhere);
  const sync = settings?.fsync !== 'off';
  return { remembered: await createCluster({ folder, data: place, binaries, owner, sync }), owner, binaries };
}

type Found = { known: Remembered | undefined; data: string; owner: Owner };

async function resume(folder: string, { known, data, owner }: Found): Promise<Remembered> {
  if (!known) {
    throw new CannotStart(`The data folder ${folder} holds a database but no longer its password (database.json): put the file back, or start with --fresh.`);
  }
  await checkData(data, owner);
  return { ...known, data };
}

async function startOnFreePort(options: EmbeddedOptions, place: Place): Promise<{ server: Server; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(options.port, place.remembered.port);
    await configure(place, { ...options.settings, port });
    try {
      return { server: await startServer(serverOptions(place)), port };
    } catch (error) {
      if (!(error instanceof ServerRefused)) throw error;
      const passing = /could not bind|pre-existing shared memory block/.test(error.message);
      if (!passing || attempt === 5) throw new CannotStart(`PostgreSQL did not start: ${error.message}`);
      await stopOrphans(place.remembered.data, options.log);
    }
  }
}

function serverOptions({ remembered, owner, binaries }: Place) {
  const logFile = join(dirname(remembered.data), 'postgres.log');
  return { postgres: binaries.postgres, data: remembered.data, owner, logFile };
}

async function configure({ remembered: { data }, owner }: Place, settings: Settings): Promise<void> {
  const files = {
    'postgresql.conf': configuration({ ...settings, cluster_name: clusterName(data) }),
    'pg_hba.conf': hostAccess,
  };
  for (const [name, text] of Object.entries(files)) {
    // A new file, given away by its handle: as root we follow no link that the unprivileged user put there.
    await rm(join(data, name), { force: true });
    await using file = await open(join(data, name), 'wx', 0o600);
    await file.writeFile(text);
    if (owner) await file.chown(owner.uid, owner.gid);
  }
}

async function choosePort(wanted: number | undefined, last: number | undefined): Promise<number> {
  if (wanted === undefined) return (last && (await freePort(last))) || (await freePort(0)) || 0;
  if (await freePort(wanted)) return wanted;
  throw new CannotStart(`Port ${wanted} for the database is in use by another program: choose another one.`);
}

function freePort(port: number): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const probe = createServer();
  probe.once('error', () => resolve(undefined));
  probe.listen(port, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
  });
  return promise;
}
