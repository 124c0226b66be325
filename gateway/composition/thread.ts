import { parentPort, workerData } from 'node:worker_threads';
import { unfitDocuments } from '../trusted.ts';
import { breakingChanges, clientSchemaOf } from './changes.ts';
import { type Composed, compose } from './compose.ts';
import type { Task, Verdict } from './composer.ts';

// A thread of its own: composing takes seconds in which the gateway answers.
parentPort?.postMessage(await verdictOn(workerData));

async function verdictOn({ subgraphs, supergraphSdl, former, documents, limits, allowed }: Task): Promise<Verdict> {
  const composed: Composed = supergraphSdl === undefined ? compose(subgraphs) : { supergraphSdl, hints: [] };
  if ('errors' in composed) return { ...composed, breaking: [], unfit: [] };
  const breaking = former === undefined ? [] : await breakingChanges(former, composed.supergraphSdl, new Set(allowed));
  const unfit = documents ? unfitDocuments({ planning: { apiSchema: clientSchemaOf(composed.supergraphSdl) }, limits }, documents) : [];
  return { ...composed, breaking, unfit };
}
