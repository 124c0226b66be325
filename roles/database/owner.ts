import { readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CannotStart } from '../cannotStart.ts';

/** Who runs the server. PostgreSQL refuses to run as root; undefined means as ourselves. */
export type Owner = { uid: number; gid: number } | undefined;

/** The user `nobody`, or whoever owns the data that is already there. */
export function serverOwner(data: string | undefined): Owner {
  if (process.getuid?.() !== 0) return undefined;
  const existing = data === undefined ? undefined : statSync(data, { throwIfNoEntry: false });
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  return nobody();
}

function nobody(): Owner {
  const line = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  return line ? { uid: Number(line[1]), gid: Number(line[2]) } : { uid: 65_534, gid: 65_534 };
}

export async function give(path: string, owner: Owner): Promise<void> {
  if (!owner) return;
  try {
    await chown(path, owner.uid, owner.gid);
  } catch (error) {
    throw new CannotStart(
      `PostgreSQL does not run as root, and ${path} cannot be given to uid ${owner.uid} (${(error as Error).message}): start as another user, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

/** Whether the owner may read (folders: enter) this path, all folders above it included. */
export function canReach(path: string, owner: Owner): boolean {
  if (!owner) return true;
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return false;
  const needed = found.isDirectory() ? 0o1 : 0o4;
  return permits(found, owner, needed) && foldersAbove(realpathSync(path)).every((up) => permits(statSync(up), owner, 0o1));
}

function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...foldersAbove(above)];
}

function permits(found: Stats, owner: { uid: number; gid: number }, needed: number): boolean {
  const shift = found.uid === owner.uid ? 6 : found.gid === owner.gid ? 3 : 0;
  return ((found.mode >> shift) & needed) === needed;
}

/** A folder that the owner can reach whatever the modes around the data folder are, and that nobody else can write to. */
export async function reachableFolder(owner: Owner): Promise<string> {
  const candidates = ['/var/lib/accord', '/usr/local/var/accord', join(tmpdir(), 'accord')];
  for (const candidate of candidates) {
    if (await isOurs(candidate, owner)) return candidate;
  }
  throw new CannotStart(
    'As root, the database runs under an unprivileged user, and no folder that this user can reach was found: ' +
      'give a data folder whose parents everybody may enter, or set DATABASE_URL.',
  );
}

async function isOurs(candidate: string, owner: Owner): Promise<boolean> {
  try {
    const made = await mkdir(candidate, { recursive: true });
    if (made) await chmod(candidate, 0o755);
    const found = await stat(candidate);
    return found.uid === process.getuid?.() && (found.mode & 0o022) === 0 && canReach(candidate, owner);
  } catch {
    return false;
  }
}
