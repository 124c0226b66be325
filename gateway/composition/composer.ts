import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Limits } from '../limits.ts';
import type { Change } from './changes.ts';
import type { Composed, SubgraphSdl } from './compose.ts';

export type Task = {
  subgraphs: readonly SubgraphSdl[];
  /** A graph that is composed already, in place of the subgraphs. */
  supergraphSdl?: string | undefined;
  /** What clients know now, where that is to be compared. */
  former?: string | undefined;
  /** Documents that are kept for clients, and the limits that they are held to: they have to fit. */
  documents?: ReadonlyMap<string, string> | undefined;
  limits: Limits;
  /** Places at which a change may break clients. */
  allowed: readonly string[];
};

/** What comes of subgraphs, and what of it breaks clients: by a change of the schema, or because their documents no longer fit. */
export type Verdict = Composed & { breaking: readonly Change[]; unfit: readonly string[] };

/** Megabytes that composing may take: Accord's own graph takes some 500. */
const memory = 1_536;

/** Composes and compares in a thread of its own, which is gone afterwards. */
export async function judge(task: Task): Promise<Verdict> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: task, resourceLimits: { maxOldGenerationSizeMb: memory } });
  try {
    // What the thread throws is an `error`, which rejects this.
    const [verdict]: Verdict[] = await once(worker, 'message');
    if (!verdict) throw new Error('composition ended without a word');
    return verdict;
  } finally {
    await worker.terminate();
  }
}
