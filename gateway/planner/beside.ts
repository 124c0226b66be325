import { Worker } from 'node:worker_threads';
import { type DefinitionNode, type DocumentNode, Kind, print } from 'graphql';
import { joinsOf } from './joins.ts';
import { localPlanner } from './local.ts';
import type { Request, Response } from './messages.ts';
import type { Asked, Plan, Planner } from './plan.ts';

/** A thread that loads supergraphs and plans on them, while the event loop goes on. */
export type PlanningThread = {
  /** Checks a supergraph; gives its tree, and what plans on it. Throws when it does not load. */
  load(supergraphSdl: string): Promise<{ document: DocumentNode; planner: Planner }>;
  close(): Promise<void>;
};

type Waiting = { definitions: DefinitionNode[]; resolve(response: Response): void; reject(error: Error): void };
type State = { worker: Worker | undefined; number: number; waiting: Map<number, Waiting> };
type Question = { [Kind in Request['kind']]: Omit<Extract<Request, { kind: Kind }>, 'number'> }[Request['kind']];

/** The thread is started with the first supergraph, and anew should it have ended. */
export function planningThread(): PlanningThread {
  const state: State = { worker: undefined, number: 0, waiting: new Map() };
  return {
    load: async (supergraphSdl) => {
      const worker = state.worker ?? started(state);
      const definitions: DefinitionNode[] = [];
      const loaded = state.number + 1;
      await ask(state, worker, { question: { kind: 'load', state: loaded, supergraphSdl }, definitions });
      const document: DocumentNode = { kind: Kind.DOCUMENT, definitions };
      return { document, planner: plannerOf(state, worker, { loaded, supergraphSdl, document }) };
    },
    close: async () => {
      const { worker } = state;
      state.worker = undefined;
      await worker?.terminate();
    },
  };
}

function started(state: State): Worker {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { execArgv: [] });
  worker.unref();
  worker.on('message', (response: Response) => {
    const waiting = state.waiting.get(response.number);
    if (response.kind === 'part') waiting?.definitions.push(...response.definitions);
    else waiting?.resolve(response);
  });
  const ended = (error: Error) => {
    if (state.worker === worker) state.worker = undefined;
    for (const { reject } of state.waiting.values()) reject(error);
  };
  worker.on('error', ended);
  worker.on('exit', () => ended(new Error('the thread that plans has ended')));
  state.worker = worker;
  return worker;
}

async function ask(state: State, worker: Worker, { question, definitions = [] }: { question: Question; definitions?: DefinitionNode[] }): Promise<Response> {
  state.number += 1;
  const { number } = state;
  try {
    const response = await new Promise<Response>((resolve, reject) => {
      state.waiting.set(number, { definitions, resolve, reject });
      worker.postMessage({ ...question, number } satisfies Request);
    });
    if (response.kind === 'failed') throw new Error(response.message);
    return response;
  } finally {
    state.waiting.delete(number);
  }
}

type Loaded = { loaded: number; supergraphSdl: string; document: DocumentNode };

/** Should the thread end, whoever asks plans. */
function plannerOf(state: State, worker: Worker, { loaded, supergraphSdl, document }: Loaded): Planner {
  let local: Planner | undefined;
  const beside = async ({ document: asked, operationName }: Asked): Promise<Plan> => {
    const response = await ask(state, worker, { question: { kind: 'plan', state: loaded, text: print(asked), operationName } });
    if (response.kind !== 'planned') throw new Error(`the thread that plans said ${response.kind}`);
    return response.plan;
  };
  return {
    plan: async (asked) => {
      if (state.worker === worker && !local) return beside(asked);
      local ??= localPlanner({ supergraphSdl, joins: joinsOf(document) });
      return local.plan(asked);
    },
  };
}
