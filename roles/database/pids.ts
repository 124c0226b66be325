import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export type Running = { pid: number; command: string };

/** Every process with its command line, or the title that it gave itself; what has ended and was not yet buried has none. */
export function runningPrograms(): Running[] {
  const programs = process.platform === 'linux' ? linuxPrograms() : listedPrograms();
  return programs.filter(({ command }) => command !== '');
}

export function isRunning(pid: number): boolean {
  return runningPrograms().some((program) => program.pid === pid);
}

function linuxPrograms(): Running[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), command: commandLine(`/proc/${name}/cmdline`) }));
}

function commandLine(path: string): string {
  try {
    return readFileSync(path, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    // Gone since the folder was read.
    return '';
  }
}

function listedPrograms(): Running[] {
  const listing = execFileSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' });
  return [...listing.matchAll(/^\s*(\d+) (.*)$/gm)].map(([, pid, command = '']) => ({ pid: Number(pid), command }));
}
