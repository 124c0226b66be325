import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CannotStart } from '../cannotStart.ts';
import { type Running, runningPrograms } from './pids.ts';

/** PostgreSQL puts this into the title of each of its processes, which is how we know ours from others. */
export function clusterName(data: string): string {
  return `accord-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`;
}

/** Stops what a killed process of ours left running on this data, and what would make PostgreSQL refuse to start. */
export async function stopOrphans(data: string, log: (line: string) => void): Promise<void> {
  const left = serversOn(data);
  if (left.length > 0) {
    log(`stopping a database server that was left running (pid ${left[0]?.pid})`);
    await stopAll(data);
  }
  // It holds the pid of the server that wrote it, which by now may be another program's.
  await rm(join(data, 'postmaster.pid'), { force: true });
}

export function serversOn(data: string): Running[] {
  const title = `postgres: ${clusterName(data)}: `;
  return runningPrograms().filter(({ command }) => isPostmaster(command, data) || command.startsWith(title));
}

function isPostmaster(command: string, data: string): boolean {
  return /postgres(\.exe)? -D /.test(command) && command.endsWith(` -D ${data}`);
}

async function stopAll(data: string): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 3_000],
    ['SIGKILL', 5_000],
  ] as const) {
    sendTo(serversOn(data), data, signal);
    const until = Date.now() + patience;
    while (Date.now() < until) {
      if (serversOn(data).length === 0) return;
      await pause(25);
    }
  }
  throw new CannotStart(`A database server on ${data} does not stop: end process ${serversOn(data)[0]?.pid} by hand.`);
}

/** SIGINT means "fast shutdown" to the postmaster and other things to its children: those only when it is gone. */
function sendTo(servers: Running[], data: string, signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): void {
  const postmasters = servers.filter(({ command }) => isPostmaster(command, data));
  const orphanSignal = signal === 'SIGINT' ? 'SIGQUIT' : signal;
  if (postmasters.length > 0) for (const { pid } of postmasters) send(pid, signal);
  if (postmasters.length === 0 || signal === 'SIGKILL') for (const { pid } of servers) send(pid, orphanSignal);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
