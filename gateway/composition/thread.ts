import { parentPort, workerData } from 'node:worker_threads';
import { breakingChanges } from './changes.ts';
import { compose } from './compose.ts';
import type { Task, Verdict } from './composer.ts';

// A thread of its own: composing takes seconds in which the gateway answers.
const { subgraphs, supergraphSdl, former, allowed }: Task = workerData;

const composed = supergraphSdl === undefined ? compose(subgraphs) : { supergraphSdl, hints: [] };
const breaking = 'errors' in composed || former === undefined ? [] : await breakingChanges(former, composed.supergraphSdl, new Set(allowed));
parentPort?.postMessage({ ...composed, breaking } satisfies Verdict);
