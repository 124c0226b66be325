import { setTimeout as pause } from 'node:timers/promises';
import { type Client, ImportFailed } from './client.ts';
import * as operations from './operations.ts';
import type { Progress } from './progress.ts';
import type { Firm } from './report.ts';

type Answer = { approvedNotPostedSummary: { pending: { entries: number } } };

export type Waiting = { client: Client; firm: Firm; progress: Progress; signal?: AbortSignal | undefined; patience?: number | undefined };

/** Milliseconds between two looks. */
const look = 400;

/** Waits until every approved entry is an actual or an exception. Fails when nothing moves any more (default 120 s). */
export async function waitUntilPosted({ client, firm, progress, signal, patience = 120_000 }: Waiting): Promise<void> {
  const variables = { customers: [...firm.customers.keys()] };
  if (variables.customers.length === 0) return;
  const left = async () => (await client.call<Answer>({ document: operations.pending, variables })).approvedNotPostedSummary.pending.entries;
  let before = await left();
  if (before > 0) progress.begin('posted', before);
  for (let moved = performance.now(); before > 0; ) {
    await pause(look, undefined, { signal });
    const now = await left();
    if (now !== before) moved = performance.now();
    else if (performance.now() - moved > patience) {
      throw new ImportFailed(
        `${now} approved entries wait for being posted, and nothing moves. Is a worker running? Start one and run the import again: it takes up where it stopped.`,
      );
    }
    progress.add(before - now);
    before = now;
  }
}
