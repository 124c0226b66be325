import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { CannotStart } from '../cannotStart.ts';
import type { Binaries } from './binaries.ts';
import { canReach, give, type Owner } from './owner.ts';

/** Makes the roles and the database, and does nothing else. */
export const superuser = 'accord';
export const databaseName = 'accord';

export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

const major = '18';

/** What the data folder remembers about its database; only its owner may read it. */
export type Remembered = {
  data: string;
  /** The superuser's. */
  password: string;
  port?: number;
  /** Of the role that owns what is Accord's. */
  ownerPassword?: string;
  /** Of the role that serves. */
  appPassword?: string;
};

export async function recall(folder: string): Promise<Remembered | undefined> {
  try {
    return JSON.parse(await readFile(rememberedPath(folder), 'utf8')) as Remembered;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    if (code === 'EACCES') {
      throw new CannotStart(`The data folder ${folder} belongs to another user: start as that user, or use another data folder (--data FOLDER).`);
    }
    throw error;
  }
}

export async function remember(folder: string, remembered: Remembered): Promise<void> {
  const draft = `${rememberedPath(folder)}.new`;
  await writeFile(draft, `${JSON.stringify(remembered, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, rememberedPath(folder));
}

function rememberedPath(folder: string): string {
  return join(folder, 'database.json');
}

/** In the data folder when the owner can enter it, else in a folder of its own under `elsewhere`. */
export async function placeFor(folder: string, owner: Owner, elsewhere: () => Promise<string>): Promise<string> {
  if (canReach(folder, owner)) return join(folder, 'postgres');
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return join(await elsewhere(), name, 'postgres');
}

/** Where the data of this folder lies, if there is any. The folder may have been moved since, which takes its data along. */
export function existingData(folder: string, remembered: Remembered | undefined): string | undefined {
  const inside = join(folder, 'postgres');
  if (existsSync(join(inside, 'PG_VERSION'))) return inside;
  const outside = remembered?.data ?? '';
  return /\/[0-9a-f]{16}\/postgres$/.test(outside) && existsSync(join(outside, 'PG_VERSION')) ? outside : undefined;
}

/** Refuses data that this server cannot go on with. */
export async function checkData(data: string, owner: Owner): Promise<void> {
  if (!canReach(dirname(data), owner)) {
    throw new CannotStart(
      `The database in ${data} runs under uid ${owner?.uid}, which can no longer enter the folders above it: ` +
        'make them traversable again (chmod o+x), or start with --fresh.',
    );
  }
  const version = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
  if (version !== major) {
    throw new CannotStart(`The data in ${data} was written by PostgreSQL ${version}, this is ${major}: start with --fresh.`);
  }
}

type Creation = { folder: string; data: string; binaries: Binaries; owner: Owner; sync: boolean };

/** The rename comes last: an interrupted creation leaves nothing that looks like data. */
export async function createCluster({ folder, data, binaries, owner, sync }: Creation): Promise<Remembered> {
  await mkdir(dirname(data), { recursive: true, mode: 0o755 });
  await clearAway(data);
  const draft = `${data}.new-${randomBytes(4).toString('hex')}`;
  await mkdir(draft, { mode: 0o700 });
  await give(draft, owner);
  const remembered: Remembered = { data, password: newPassword() };
  await initialise({ draft, binaries, owner, sync, password: remembered.password });
  await remember(folder, remembered);
  await rename(draft, data);
  return remembered;
}

async function clearAway(data: string): Promise<void> {
  await rm(data, { recursive: true, force: true });
  const drafts = (await readdir(dirname(data))).filter((name) => name.startsWith(`${basename(data)}.new-`));
  for (const draft of drafts) {
    // The initdb of a killed start may still be writing to it; then a later start clears it away.
    await rm(join(dirname(data), draft), { recursive: true, force: true }).catch(() => undefined);
  }
}

type Initialisation = { draft: string; binaries: Binaries; owner: Owner; sync: boolean; password: string };

async function initialise({ draft, binaries, owner, sync, password }: Initialisation): Promise<void> {
  const passwordFile = `${draft}.password`;
  await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
  try {
    await give(passwordFile, owner);
    await promisify(execFile)(
      binaries.initdb,
      [
        ...['--pgdata', draft, '--username', superuser, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
        ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
        ...['--no-instructions', ...(sync ? [] : ['--no-sync'])],
      ],
      { ...owner, cwd: draft, env: serverEnvironment },
    );
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new CannotStart(
      `PostgreSQL could not be set up in ${draft}: ${(stderr || message).trim()}. Another data folder may help, or DATABASE_URL with a server of yours.`,
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Nothing of ours: PGDATA, PGPORT and the like in a developer's shell must not reach the server. */
export const serverEnvironment = { LC_ALL: 'C', TZ: 'UTC' } as const;
