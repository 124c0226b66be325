import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import type { Checkout } from './checkout.ts';
import type { Figures } from './compare.ts';
import { stop } from './topology.ts';
import type { Running } from './tree.ts';

/** Calls of 500 customers each: as many facts wait for the sequencer. */
const calls = 20;

/** Lets facts pile up while no worker runs, then starts one and looks how fast it puts them into the log. */
export async function drainOf(tree: Checkout, running: Running): Promise<Figures> {
  const sql = postgres(running.adminUrl, { max: 1, onnotice: () => undefined });
  try {
    const waiting = async () => Number((await sql`select count(*) as facts from log.pending`)[0]?.facts);
    const before = await waiting();
    for (let call = 0; call < calls; call += 1) await plant(running, `${tree.name}-${Date.now()}-${call}`);
    const facts = await waiting();
    if (facts - before < calls * 500) throw new Error(`${tree.name}: ${facts - before} facts wait for ${calls * 500} customers`);
    return { 'facts per second': await drained({ tree, running, waiting, facts }) };
  } finally {
    await sql.end();
  }
}

async function plant({ topology, crm }: Running, key: string): Promise<void> {
  const items = Array.from({ length: 500 }, (_, n) => ({ externalRef: { system: 'bench', externalId: `${key}-${n}` }, name: 'Of the bench' }));
  const query = 'mutation($input: UpsertCustomersInput!) { upsertCustomers(input: $input) { succeeded } }';
  const headers = { authorization: `Bearer ${crm}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ query, variables: { input: { idempotencyKey: key, items } } });
  const answer = await (await fetch(topology.url, { method: 'POST', headers, body })).text();
  if (!answer.includes('"succeeded":500')) throw new Error(`customers were refused: ${answer.slice(0, 500)}`);
}

type Draining = { tree: Checkout; running: Running; waiting: () => Promise<number>; facts: number };

/** Facts per second from the first one that moves to the last one; the start of the worker does not count. */
async function drained({ tree, running, waiting, facts }: Draining): Promise<number> {
  const env = { PATH: process.env.PATH, DATABASE_URL: running.databaseUrl, NODE_ENV: 'production' };
  const child = spawn(process.execPath, ['main.ts', 'worker'], { cwd: tree.root, env, stdio: ['ignore', 'ignore', 'inherit'], detached: true });
  try {
    let seen = { left: facts, at: performance.now() };
    let begun: { left: number; at: number } | undefined;
    const end = performance.now() + 180_000;
    while (seen.left > 0) {
      if (performance.now() > end || child.exitCode !== null) throw new Error(`${tree.name}: ${seen.left} facts are still waiting`);
      await pause(20);
      const left = await waiting();
      const now = { left, at: performance.now() };
      // What went before the first look that saw a change was done after the look before it.
      if (left < facts) begun ??= seen;
      seen = now;
    }
    return (begun?.left ?? facts) / ((seen.at - (begun?.at ?? seen.at)) / 1000);
  } finally {
    await stop(child);
  }
}
