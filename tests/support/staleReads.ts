import type { TokenWish } from '../../roles/tokens.ts';
import type { Graph, Json } from './graph.ts';
import { choices } from './seeds.ts';

/** Something that is written over and over, and counts: each write makes its number one more. */
export type Counter = { name: string; write(graph: Graph, number: number): Promise<unknown> };

/** A question, who asks it, and the numbers that its answer shows. */
export type Question = { query: string; variables?: Record<string, unknown>; wish: TokenWish; numbers(data: Json): Readonly<Record<string, number>> };

type Standing = { begun: number; done: number; busy: boolean };

type Run = { graphs: readonly Graph[]; counters: readonly Counter[]; questions: readonly Question[]; steps: number; seed: number };

/** How many act at once. */
const workers = 6;
/** Of all steps, how many read. */
const reading = 0.85;

/**
 * Random reads against random writes through any of the gateways. What each read shows must be no older than the last write that was answered before it
 * was asked, whoever wrote it and wherever; and no newer than the last that began before it was answered. Ends with what was not so.
 */
export async function staleReads({ graphs, counters, questions, steps, seed }: Run): Promise<string[]> {
  const { next, one } = choices(seed);
  const standing = new Map(counters.map(({ name }) => [name, { begun: 0, done: 0, busy: false } as Standing]));
  const stale: string[] = [];
  const write = async (counter: Counter) => {
    const own = standing.get(counter.name);
    if (!own || own.busy) return;
    own.busy = true;
    own.begun += 1;
    await counter.write(one(graphs), own.begun);
    own.done = own.begun;
    own.busy = false;
  };
  const read = async ({ query, variables, wish, numbers }: Question) => {
    const least = new Map([...standing].map(([name, { done }]) => [name, done]));
    const shown = numbers(await one(graphs).ok(query, variables, wish));
    for (const [name, number] of Object.entries(shown)) {
      const most = standing.get(name)?.begun ?? 0;
      if (number < (least.get(name) ?? 0) || number > most) stale.push(`${name}: ${number} is not between ${least.get(name)} and ${most}`);
    }
  };
  let left = steps;
  const work = async () => {
    while (left-- > 0 && stale.length === 0) await (next() < reading ? read(one(questions)) : write(one(counters)));
  };
  await Promise.all(Array.from({ length: workers }, work));
  return stale;
}
