import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { type EmbeddedOptions, startEmbedded } from '../../roles/database/embedded.ts';
import { runningPrograms } from '../../roles/database/pids.ts';
import { hastySettings } from './settings.ts';

export type Folder = AsyncDisposable & { path: string };
export type Holder = { child: ChildProcess; url: string; pid: number };

/** A temporary folder that everybody may enter, gone afterwards: also when a server that lost its program still leaves it. */
export async function temporaryFolder(mode = 0o755): Promise<Folder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'accord-roles-')));
  await chmod(path, mode);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }) };
}

export function startHasty(folder: string, more: Partial<EmbeddedOptions> = {}) {
  return startEmbedded({ folder, settings: hastySettings, log: () => undefined, ...more });
}

/** Another process, in a process group of its own, that holds the folder's database. */
export async function startHolder(folder: string): Promise<Holder> {
  const child = spawnHolder(folder);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, ...(JSON.parse(line.toString()) as { url: string; pid: number }) };
}

/** What a process says that is expected not to get the folder. */
export async function refusedHolder(folder: string): Promise<{ code: number; message: string }> {
  const child = spawnHolder(folder);
  const [message, [code]] = await Promise.all([text(child.stderr), once(child, 'exit') as Promise<[number]>]);
  return { code, message };
}

export function spawnHolder(folder: string) {
  const program = join(import.meta.dirname, 'holder.ts');
  return spawn(process.execPath, [program, folder], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
}

export async function killNow(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** The guard's shell names the pid that it guards. */
export function guardOf(pid: number): number | undefined {
  return runningPrograms().find(({ command }) => command.endsWith(`accord-database-guard ${pid}`))?.pid;
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(20);
}
