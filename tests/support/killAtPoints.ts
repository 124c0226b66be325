import { subscribe } from 'node:diagnostics_channel';
import { readFileSync, writeSync } from 'node:fs';
import process from 'node:process';

/**
 * Loaded before a program (`NODE_OPTIONS=--import`), it kills the program at the first of the points that KILL_AT's file lists, each with the visit that is meant.
 * What says which point it was is written before, and nothing of the program runs after.
 */
const wanted = new Map<string, number>(JSON.parse(readFileSync(process.env.KILL_AT ?? '', 'utf8')));

subscribe('accord:failpoint', (point) => {
  const name = String(point);
  const left = wanted.get(name);
  if (left === undefined) return;
  wanted.set(name, left - 1);
  if (left > 1) return;
  writeSync(2, `killed at ${name}\n`);
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
