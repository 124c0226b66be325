import { randomUUID } from 'node:crypto';
import type { Graph, Json } from '../support/graph.ts';

/** A client of one process: it writes all the time, and tries each intent again under its key until it is acknowledged. */
export type Writer = {
  name: string;
  /** Ids of what was acknowledged, by idempotency key. */
  acknowledged: Map<string, string>;
  /** When the first attempt began that was acknowledged, of those that began after `since`; resolves at its acknowledgement. */
  after(since: number): Promise<number>;
  /** Sends again what was acknowledged, under its key: the ids that differ. */
  replayed(most: number): Promise<string[]>;
  /** Refusals that no other attempt can cure: there should be none. */
  refused: string[];
  stop(): Promise<void>;
};

/** How a subgraph is written to: an intent of its own each time, and `most` of them. */
export type Writing = { name: string; mutation: string; entity: string; most?: number; input: (key: string, n: number) => Record<string, unknown> };

/** Milliseconds between two attempts. */
const pause = 50;
/** Milliseconds after which an answer counts as none. */
const never = 60_000;

type Asked = { began: number; id: string | undefined; refusal: string | undefined };

export function writer(graph: Graph, { name, mutation, entity, most = Number.POSITIVE_INFINITY, input }: Writing): Writer {
  const acknowledged = new Map<string, string>();
  const inputs = new Map<string, Record<string, unknown>>();
  const refused: string[] = [];
  const waiting = new Set<{ since: number; done: (at: number) => void }>();
  const stopping = new AbortController();
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${entity} { id } userErrors { code message retryable } } }`;

  const ask = async (given: Record<string, unknown>): Promise<Asked> => {
    const began = performance.now();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await graph.token({ role: 'admin' })}` };
    try {
      const body = JSON.stringify({ query, variables: { input: given } });
      const answer: Json = await (await fetch(graph.url, { method: 'POST', headers, body, signal: AbortSignal.timeout(never) })).json();
      const payload = answer.data?.[mutation];
      const errors = [...(answer.errors ?? []).map(({ message, extensions }: Json) => ({ message, ...extensions })), ...(payload?.userErrors ?? [])];
      const cureless = errors.find(({ retryable }: Json) => retryable !== true);
      return { began, id: payload?.[entity]?.id, refusal: cureless && `${name}: ${cureless.code} ${cureless.message}` };
    } catch {
      // No answer at all: the gateway is away.
      return { began, id: undefined, refusal: undefined };
    }
  };

  const once = async (key: string, n: number): Promise<void> => {
    const given = { idempotencyKey: key, ...input(key, n) };
    inputs.set(key, given);
    while (!acknowledged.has(key) && !(stopping.signal.aborted && refused.length > 0)) {
      const { began, id, refusal } = await ask(given);
      if (refusal) return void refused.push(refusal);
      if (id !== undefined) {
        acknowledged.set(key, id);
        for (const each of [...waiting]) if (began >= each.since) each.done(performance.now());
      } else await new Promise((again) => setTimeout(again, pause));
    }
  };

  const running = (async () => {
    for (let n = 1; n <= most && !stopping.signal.aborted; n += 1) await once(randomUUID(), n);
  })();
  return {
    name,
    acknowledged,
    refused,
    after: (since) =>
      new Promise((resolve) => {
        const entry = { since, done: resolve };
        entry.done = (at) => {
          waiting.delete(entry);
          resolve(at);
        };
        waiting.add(entry);
      }),
    replayed: async (most) => {
      const wrong: string[] = [];
      const keys = [...acknowledged.keys()];
      const step = Math.max(1, Math.floor(keys.length / most));
      for (let index = 0; index < keys.length; index += step) {
        const key = keys[index] ?? '';
        const { id } = await ask(inputs.get(key) ?? {});
        if (id !== acknowledged.get(key)) wrong.push(`${name} ${key}: ${id}`);
      }
      return wrong;
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
