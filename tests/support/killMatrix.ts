import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql } from 'postgres';
import { openDevelopmentIssuer } from '../../roles/tokens.ts';
import { temporaryFolder } from './embedded.ts';
import { graphAt, type Json } from './graph.ts';
import { brokenRules } from './historyRules.ts';
import { freePort, type Program, runProgram, untilTrue } from './program.ts';
import { isSettled } from './settle.ts';
import { figuresOf, wholeStory } from './wholeStory.ts';

/** Milliseconds from the death at a point: until the program serves again, and until a client has an answer to what it asked after the death. */
export type PointKill = { point: string; started: number; recovered: number };

/** A point, and at which visit of it the program dies. */
export type Death = readonly [point: string, visit: number];

export type Told = {
  kills: PointKill[];
  /** Points that the story did not come to. */
  unreached: string[];
  /** What programs said that ended though nobody killed them. */
  endedThemselves: string[];
  /** Rules of the log and the books that do not hold, with how many rows break each. */
  broken: Record<string, number>;
  /** What is there at the end. */
  figures: Json;
};

type Wish = { databaseUrl: string; sql: Sql; deaths: readonly Death[]; say?: (line: string) => void };

/** Tells the whole story to one program that dies at each of the points, one after the other as it comes to them, and is started again. */
export async function tellUnderKills({ databaseUrl, sql, deaths, say = () => undefined }: Wish): Promise<Told> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/graphql`;
  const list = join(folder.path, 'deaths.json');
  const preload = new URL('killAtPoints.ts', import.meta.url).pathname;
  const left = new Map(deaths);
  const kills: PointKill[] = [];
  const endedThemselves: string[] = [];
  const answers = clientOf();
  let program: Program | undefined;
  let over = false;
  // However many deaths lie in one chapter, it goes on as long as they come.
  let lastDeath = 0;
  const start = async () => {
    await writeFile(list, JSON.stringify([...left]));
    const env = { DATABASE_URL: databaseUrl, NODE_OPTIONS: `--import ${preload}`, KILL_AT: list };
    program = runProgram(['start', '--data', folder.path, '--port', String(port), '--empty', '--log-level', 'fatal'], { env });
    return program;
  };
  const living = (async () => {
    for (let ended: Program | undefined; !over; ) {
      const since = performance.now();
      const point = ended && /killed at (.*)/.exec(ended.output())?.[1];
      if (ended && !point) endedThemselves.push(ended.output());
      if (point) left.delete(point);
      lastDeath = since;
      const own = await start();
      const content = answers.after(since);
      const serves = await own.said(/Ctrl-C stops everything/).then(
        () => true,
        () => false,
      );
      const started = performance.now() - since;
      if (point && serves) void content.then((at) => kills.push({ point, started, recovered: at - since }));
      if (point) say(`${kills.length + 1}. ${point}`);
      await own.ended;
      ended = own;
    }
  })();
  stack.defer(async () => {
    over = true;
    await program?.kill();
    await living;
  });
  const issuer = await openDevelopmentIssuer({ dataFolder: folder.path, production: false });
  const graph = graphAt({ url, token: issuer.token, send: answers.send });
  const rest = () =>
    untilTrue(
      'all facts have had their effects',
      () => isSettled(sql),
      () => lastDeath,
    );
  await wholeStory({ graph, sql, rest, say });
  await rest();
  return { kills, unreached: [...left.keys()], endedThemselves, broken: await brokenRules(sql), figures: await figuresOf(sql) };
}

/** Milliseconds between two attempts. */
const pause = 50;

/** A client that sends what it sends until it is answered. */
function clientOf() {
  const waiting = new Set<{ since: number; heard: (at: number) => void }>();
  const send: typeof fetch = async (...request) => {
    for (;;) {
      const began = performance.now();
      try {
        const answer = await fetch(...request);
        const text = await answer.text();
        for (const each of [...waiting]) if (began >= each.since) each.heard(performance.now());
        return new Response(text, answer);
      } catch {
        // Nobody is there, or died while it spoke: the next attempt says the same under the same key.
        await new Promise((again) => setTimeout(again, pause));
      }
    }
  };
  const after = (since: number) =>
    new Promise<number>((resolve) => {
      const entry = { since, heard: resolve };
      entry.heard = (at) => {
        waiting.delete(entry);
        resolve(at);
      };
      waiting.add(entry);
    });
  return { send, after };
}

/** What differs between what is there and what there is when nobody dies: lost where there is less, doubled where there is more. */
export function differences(figures: Json, expected: Json): string[] {
  const rows = (list: readonly object[]) => new Set(list.map((row) => JSON.stringify(row)));
  return Object.keys(expected).flatMap((name) => {
    const [own, other] = [rows(figures[name]), rows(expected[name])];
    return [
      ...[...other.difference(own)].map((row) => `${name}, not there: ${row}`),
      ...[...own.difference(other)].map((row) => `${name}, not expected: ${row}`),
    ];
  });
}
