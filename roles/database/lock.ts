import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CannotStart } from '../cannotStart.ts';

type Holder = { pid: number; since: string };

export class FolderInUse extends CannotStart {
  override name = 'FolderInUse';
  readonly holder: Holder | undefined;

  constructor(folder: string, holder: Holder | undefined) {
    const who = holder ? `Process ${holder.pid} has been using` : 'Another process is using';
    const since = holder ? ` since ${holder.since}` : '';
    super(`${who} the data folder ${folder}${since}: stop it first, or give this one another data folder (--data FOLDER).`);
    this.holder = holder;
  }
}

/** One process per data folder. The kernel lets go of the lock however the holder ends: none is ever stale. */
export async function lockFolder(folder: string): Promise<AsyncDisposable> {
  const holderPath = join(folder, 'holder.json');
  const lock = lockFile(join(folder, 'lock'));
  if (!lock) throw new FolderInUse(folder, await readHolder(holderPath));
  const holder: Holder = { pid: process.pid, since: new Date().toISOString() };
  await writeFile(holderPath, JSON.stringify(holder));
  return { [Symbol.asyncDispose]: async () => lock.close() };
}

const busy = 5;

/** Node has no file locks of its own, SQLite has: an empty database, held exclusively. Undefined when another has it. */
function lockFile(path: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    if ((error as { errcode?: number }).errcode === busy) return undefined;
    throw new CannotStart(
      `The data folder cannot be used (${path}: ${(error as Error).message}): ` +
        'it may belong to another user, or lie on a disk without locks. Choose another one.',
      { cause: error },
    );
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    // It has the lock and is about to write its name.
    return undefined;
  }
}
