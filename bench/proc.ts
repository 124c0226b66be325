import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Milliseconds in one clock tick of /proc: USER_HZ is 100 on every Linux that Node runs on. */
const tick = 10;

/** After the name, which may hold anything: state ppid pgrp session tty tpgid flags minflt cminflt majflt cmajflt utime stime cutime cstime. */
function statOf(pid: number | string): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** Milliseconds of CPU that a process has used, in user and system mode. */
export function cpuOf(pid: number): number {
  const stat = statOf(pid);
  return (Number(stat[11]) + Number(stat[12])) * tick;
}

/** The same of a server and its children, also of those that have ended: each PostgreSQL connection is a child. */
export function cpuOfTree(pid: number): number {
  const own = statOf(pid);
  return childrenOf(pid).reduce((sum, child) => sum + cpuOrNothing(child), cpuOf(pid) + (Number(own[13]) + Number(own[14])) * tick);
}

function cpuOrNothing(pid: number): number {
  try {
    return cpuOf(pid);
  } catch {
    return 0;
  }
}

function childrenOf(parent: number): number[] {
  const isChild = (pid: string) => {
    try {
      return Number(statOf(pid)[1]) === parent;
    } catch {
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isChild(name))
    .map(Number);
}

/** Resident memory in MiB, now and at its highest. */
export type Memory = { rss: number; peak: number };

export function memoryOf(pid: number): Memory {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (field: string) => Math.round(Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024);
  return { rss: read('VmRSS'), peak: read('VmHWM') };
}

/** Lets the highest resident memory of a process be counted from now on. */
export function restartPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Memory of a server and its children, what they share counted once (proportional set size). */
export function memoryOfTree(pid: number): number {
  const kilobytes = [pid, ...childrenOf(pid)].map((each) => {
    try {
      return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${each}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return Math.round(kilobytes.reduce((a, b) => a + b, 0) / 1024);
}
