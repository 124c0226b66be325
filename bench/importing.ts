import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkout, startFlagsOf } from './checkout.ts';
import type { Figures } from './compare.ts';
import { memoryOf } from './proc.ts';
import { addressOf, stop } from './topology.ts';

/** A first start on nothing, a Tock import where data are given, and a second start on what is there then. */
export async function importOnce(tree: Checkout, tock: string | undefined): Promise<Figures> {
  const folder = await mkdtemp(join(tree.folder, 'import-'));
  await chmod(folder, 0o755);
  try {
    const first = await startOn(tree, folder);
    const imported = tock ? await importInto(tree, { folder, tock, running: first }) : {};
    await stop(first.child);
    const second = await startOn(tree, folder);
    await stop(second.child);
    return { 'first start s': first.seconds, ...imported, 'second start s': second.seconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Started = { child: ChildProcess; url: string; seconds: number };

async function startOn(tree: Checkout, folder: string): Promise<Started> {
  const args = [...(await startFlagsOf(tree.root)), 'main.ts', 'start', '--empty', '--port', '0', '--data', folder];
  const begun = performance.now();
  const child = spawn(process.execPath, args, { cwd: tree.root, env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const url = await addressOf(child, `${tree.name} start`);
  return { child, url, seconds: (performance.now() - begun) / 1000 };
}

async function importInto(tree: Checkout, { folder, tock, running }: { folder: string; tock: string; running: Started }): Promise<Figures> {
  const begun = performance.now();
  const args = ['main.ts', 'import', 'tock', tock, '--data', folder, '--url', running.url];
  const child = spawn(process.execPath, args, { cwd: tree.root, env: { PATH: process.env.PATH }, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const complaints: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  let peak = 0;
  // The peak of a process is gone with it: it is read while it runs.
  const reading = setInterval(() => {
    peak = Math.max(peak, peakOf(child));
  }, 100);
  const [code] = await once(child, 'exit');
  clearInterval(reading);
  if (code !== 0 && code !== 2) throw new Error(`the import into ${tree.name} ended with code ${code}: ${Buffer.concat(complaints)}`);
  return { 'import s': (performance.now() - begun) / 1000, 'server peak MiB': peakOf(running.child), 'importer peak MiB': peak };
}

function peakOf({ pid }: ChildProcess): number {
  try {
    return memoryOf(pid ?? 0).peak;
  } catch {
    return 0;
  }
}
