import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { serverEnvironment } from './cluster.ts';
import type { Owner } from './owner.ts';

export type ServerOptions = { postgres: string; data: string; owner: Owner; logFile: string };
export type Server = { pid: number; ended: Promise<void>; stop: () => Promise<void> };

/** The server said why and went away before it was ready. */
export class ServerRefused extends Error {
  override name = 'ServerRefused';
}

const largestLog = 1_000_000;

/** Starts the server in a process group of its own, so that Ctrl-C reaches us and not it, and waits until it is ready. */
export async function startServer({ postgres, data, owner, logFile }: ServerOptions): Promise<Server> {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  );
  const logHandle = await open(logFile, size > largestLog ? 'w' : 'a', 0o600);
  const from = (await logHandle.stat()).size;
  const child = spawn(postgres, ['-D', data], {
    ...owner,
    cwd: data,
    env: serverEnvironment,
    detached: true,
    stdio: ['ignore', logHandle.fd, logHandle.fd],
  });
  let failure = '';
  const ended = once(child, 'exit').then(
    () => undefined,
    (error: Error) => {
      failure = error.message;
    },
  );
  await logHandle.close();
  if (!(await untilReady(child, data, ended))) {
    throw new ServerRefused(failure || (await readFile(logFile)).subarray(from).toString().trim());
  }
  return guarded(child, owner, ended);
}

/** False when it went away first. Recovery after a crash may take its time, so there is no deadline. */
async function untilReady(child: ChildProcess, data: string, ended: Promise<void>): Promise<boolean> {
  let gone = child.pid === undefined;
  void ended.then(() => {
    gone = true;
  });
  while (!gone) {
    const [pid, , , , , , , status] = await readFile(join(data, 'postmaster.pid'), 'utf8').then(
      (text) => text.split('\n'),
      () => [],
    );
    if (pid === String(child.pid) && status?.startsWith('ready')) return true;
    await pause(10);
  }
  return false;
}

function guarded(child: ChildProcess, owner: Owner, ended: Promise<void>): Server {
  const pid = child.pid ?? 0;
  const guard = process.platform === 'win32' ? undefined : startGuard(pid, owner);
  void ended.then(() => guard?.kill('SIGKILL'));
  const stop = async () => {
    for (const [signal, patience] of [
      ['SIGINT', 15_000],
      ['SIGQUIT', 5_000],
      ['SIGKILL', 5_000],
    ] as const) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const waiting = new AbortController();
      await Promise.race([ended, pause(patience, undefined, { signal: waiting.signal }).catch(() => undefined)]);
      waiting.abort();
      if (child.exitCode !== null || child.signalCode !== null) return;
    }
  };
  return { pid, ended, stop };
}

/** A shell that stops the server when our end of its pipe closes, which the kernel does however we end: SIGKILL, too. */
function startGuard(pid: number, owner: Owner): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'accord-database-guard', String(pid)], {
    ...owner,
    cwd: '/',
    env: serverEnvironment,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.on('error', () => undefined);
  guard.stdin?.on('error', () => undefined);
  guard.unref();
  return guard;
}
