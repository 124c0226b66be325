import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '#connectors/tock/client.ts';

/** The story cannot go on: a sentence for who listens. */
export class StoryStopped extends Error {
  override name = 'StoryStopped';
}

/** What a step looks for: undefined while it is not there. */
type Look<Found> = () => Promise<Found | undefined>;

export type Step<Found> = {
  /** What happens, as a sentence. */
  says: string;
  look: Look<Found>;
  /** Makes it so; whatever follows by itself is waited for. */
  act: () => Promise<unknown>;
  /** What to look at: names and ids. */
  shows: (found: Found) => string;
};

type Variables = Readonly<Record<string, unknown>>;

export type Narrator = {
  /** Asks the graph for one root field. */
  ask: <Value>(field: string, query: string, variables?: Variables) => Promise<Value>;
  /** The rows of a list. */
  rows: <Row>(list: string, query: string, variables?: Variables) => Promise<Row[]>;
  /** Does something, and gives the payload; a refusal ends the story. */
  tell: <Payload>(mutation: string, document: string, variables?: Variables) => Promise<Payload>;
  /** The same as somebody else: what one person may not do alone. */
  tellAsOther: <Payload>(mutation: string, document: string, variables?: Variables) => Promise<Payload>;
  chapter: (title: string) => void;
  step: <Found>(step: Step<Found>) => Promise<Found>;
  note: (line: string) => void;
  made: () => number;
};

export type NarratorParts = {
  client: Client;
  other: Client;
  out: (line: string) => void;
  /** Milliseconds for which an effect is waited for (default 60,000). */
  patience?: number | undefined;
};

/** Milliseconds between two looks. */
const lookEvery = 200;

/** Tells what happens step by step: what stands already is shown, what is not there is made, once. */
export function narrator({ client, other, out, patience = 60_000 }: NarratorParts): Narrator {
  let made = 0;
  const ask = async <Value>(field: string, document: string, variables: Variables = {}): Promise<Value> => {
    const data = await client.call<Record<string, Value>>({ document, variables });
    return data[field] as Value;
  };
  const tellBy =
    (by: Client) =>
    async <Payload>(mutation: string, document: string, variables: Variables = {}): Promise<Payload> => {
      const data = await by.call<Record<string, Payload>>({ document, variables });
      const [refusal] = refusalsIn(data);
      if (refusal) throw new StoryStopped(`${mutation}: ${refusal}`);
      return data[mutation] as Payload;
    };
  const waitFor = async <Found>({ says, look }: Step<Found>): Promise<Found> => {
    for (const begun = performance.now(); performance.now() - begun < patience; ) {
      const found = await look();
      if (found !== undefined) return found;
      await pause(lookEvery);
    }
    throw new StoryStopped(
      `${says} That did not happen within ${patience / 1000} s. Does a worker run? operations { stuck { nodes { message } } } says what hangs.`,
    );
  };
  return {
    ask,
    rows: async <Row>(list: string, query: string, variables?: Variables) => (await ask<{ nodes: Row[] }>(list, query, variables)).nodes,
    tell: tellBy(client),
    tellAsOther: tellBy(other),
    chapter: (title) => out(`\n${title}`),
    note: (line) => out(`      ${line}`),
    made: () => made,
    step: async (step) => {
      const there = await step.look();
      if (there === undefined) {
        await step.act();
        made += 1;
      }
      const found = there ?? (await waitFor(step));
      out(`  ${there === undefined ? 'done  ' : 'stands'}  ${step.says}`);
      out(`          ${step.shows(found)}`);
      return found;
    },
  };
}

/** The messages of refusals, wherever they stand in an answer. */
function refusalsIn(answer: unknown): string[] {
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.entries(answer).flatMap(([name, value]) =>
    name === 'userErrors' ? (value as { message: string }[]).map(({ message }) => message) : refusalsIn(value),
  );
}
