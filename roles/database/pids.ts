import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export type Running = { pid: number; command: string };

/** Tells a process from a later one with the same pid; undefined when nothing runs under that pid. */
export function incarnation(pid: number): string | undefined {
  if (!exists(pid)) return undefined;
  return process.platform === 'linux' ? linuxIncarnation(pid) : firstLine('ps', ['-o', 'lstart=', '-p', String(pid)]);
}

/** Every process whose command line we may read: the title that PostgreSQL gives itself counts as one. */
export function runningPrograms(): Running[] {
  return process.platform === 'linux' ? linuxPrograms() : listedPrograms();
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function linuxIncarnation(pid: number): string | undefined {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  // The program's name, in parentheses, may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  const startTicks = fields[19];
  if (startTicks === undefined || state === 'Z' || state === 'X') return undefined;
  return `${readOrEmpty('/proc/sys/kernel/random/boot_id').trim()}:${startTicks}`;
}

function linuxPrograms(): Running[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      pid: Number(name),
      command: readOrEmpty(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim(),
    }));
}

function listedPrograms(): Running[] {
  const listing = output('ps', ['-axo', 'pid=,command=']);
  return [...listing.matchAll(/^\s*(\d+) (.*)$/gm)].map(([, pid, command]) => ({
    pid: Number(pid),
    command: command ?? '',
  }));
}

function firstLine(program: string, args: string[]): string {
  return output(program, args).split('\n')[0] ?? '';
}

function output(program: string, args: string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
