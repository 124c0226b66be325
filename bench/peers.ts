import { writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { machine } from './figures.ts';
import type { Scale } from './firm.ts';
import type { Client } from './load.ts';
import { type Load, loadProcess, type Measurement, measure } from './measure.ts';
import { peersReport } from './peersReport.ts';
import { openWorld, type Peer, type PeerName, type World } from './peersWorld.ts';
import { memoryOf } from './proc.ts';
import { bodyOf, type PeerQuestion, peerQuestions, rowsOf } from './questions.ts';

export type PeersWish = {
  scale: Scale;
  /** Where the firm is kept, if not under the temporary folder. */
  folder?: string;
  seconds: number;
  rounds: number;
  only: readonly PeerName[];
  questions: readonly string[];
  connections: readonly number[];
  json: string | undefined;
};
type Terminal = { say: (line: string) => void; out: (text: string) => void; signal: AbortSignal };

/** Requests in one measurement at most, whatever the time. */
const most = 200_000;
/** Requests by which statements and fetches are counted, and seconds before anything is measured: short looks take fewer. */
const countedIn = (seconds: number) => Math.ceil(100 * Math.min(1, 2 * seconds));
const warmUp = (question: string, seconds: number) => Math.min(question === 'portal' ? 3 : 1, 5 * seconds);

/** What one step found of one peer. */
export type Taken = { peer: string; rounds: Measurement[]; statements: number; fetches: number };
export type Step = { question: string; connections: number; alone: boolean; taken: Taken[] };
export type Remembered = { name: string; atRest: number; after: number; peak: number; subgraphs: number };
export type PeersFound = { steps: Step[]; memory: Remembered[]; absent: World['absent']; customers: number };

type Bench = { world: World; load: Load; wish: PeersWish; terminal: Terminal; run: string };
/** Somebody who answers a question, and how long each client's answer is. */
type Asked = { peer: Peer; body: string; clients: Client[] };

/** Puts the same questions to Accord and to its peers in alternating rounds, on the same data. */
export async function measurePeers(wish: PeersWish, terminal: Terminal): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const isolated = wish.questions.includes('portal');
  const world = await openWorld({ ...wish, isolated, say: terminal.say }, stack);
  const bench: Bench = { world, load: loadProcess(stack), wish, terminal, run: `peers-${Date.now()}` };
  const steps: Step[] = [];
  for (const question of await peerQuestions()) {
    if (!wish.questions.includes(question.name)) continue;
    const asked = await agreed(bench, question, world.peers);
    const times = question.name === 'portal' ? wish.connections : wish.connections.filter((each) => each === 16 || wish.connections.length === 1);
    steps.push(...(await stepsOf(bench, { question, asked, connections: times, alone: false })));
    if (question.name === 'portal') steps.push(...(await aloneSteps(bench, question)));
  }
  const found: PeersFound = { steps, memory: memoryIn(world), absent: world.absent, customers: world.portals.length };
  terminal.out(peersReport(found, wish));
  if (wish.json) await writeFile(wish.json, `${JSON.stringify({ ...wish, machine: machine(), ...found }, undefined, 2)}\n`);
}

/** Asks each client's question once of everybody: who answers with other rows is named, and is not asked this again. */
async function agreed({ world, terminal, run }: Bench, question: PeerQuestion, peers: readonly Peer[]): Promise<Asked[]> {
  const asked: Asked[] = [];
  const tokens = question.mutates ? [world.crm] : world.portals;
  const expected = new Map<string, unknown>();
  for (const peer of peers.filter(({ mutates }) => mutates || !question.mutates)) {
    terminal.signal.throwIfAborted();
    const body = bodyOf(question, { byTables: peer.byTables, run: `${run}-@step` });
    try {
      const clients: Client[] = [];
      for (const [index, token] of tokens.entries()) {
        const text = await answerOf(peer, { body: body.replaceAll('@step', `first-${peer.peer}-${index}`), token });
        const rows = rowsOf(text, peer);
        if (!expected.has(token)) expected.set(token, rows);
        if (text.includes('"errors"') || !isDeepStrictEqual(rows, expected.get(token))) throw new Error(`another answer: ${text.slice(0, 200)}`);
        clients.push({ token, length: Buffer.byteLength(text) });
      }
      asked.push({ peer, body, clients });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      world.absent.push({ name: `${peer.name}, ${question.name}`, reason });
      terminal.say(`${peer.name} is left out of ${question.name}: ${reason}`);
    }
  }
  return asked;
}

async function answerOf({ url }: Peer, { body, token }: { body: string; token: string }): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`status ${response.status}: ${text.slice(0, 200)}`);
  return text;
}

type Round = { question: PeerQuestion; asked: readonly Asked[]; connections: readonly number[]; alone: boolean };

async function stepsOf(bench: Bench, { question, asked, connections, alone }: Round): Promise<Step[]> {
  const { wish, terminal } = bench;
  const steps: Step[] = [];
  const counts = new Map<Asked, { statements: number; fetches: number }>();
  for (const each of asked) {
    await once(bench, each, { connections: 16, seconds: warmUp(question.name, wish.seconds) });
    if (!alone) counts.set(each, await countsOf(bench, each));
  }
  for (const connection of connections) {
    const taken = asked.map((each): Taken => ({ peer: each.peer.name, rounds: [], ...(counts.get(each) ?? { statements: 0, fetches: 0 }) }));
    for (let round = 0; round < wish.rounds; round += 1) {
      // The order turns around with each round, so that nobody is always behind the same neighbour.
      for (const index of asked.keys()) {
        const at = round % 2 === 0 ? index : asked.length - 1 - index;
        const [each, into] = [asked[at], taken[at]];
        if (each && into) into.rounds.push(await once(bench, each, { connections: connection, seconds: wish.seconds }));
      }
      const told = taken.map(({ peer, rounds }) => `${peer} ${rounds.at(-1)?.requestsPerSecond.toFixed(0)}`).join(', ');
      terminal.say(`${question.name}${alone ? ', gateway alone' : ''}, ${connection} connections, round ${round + 1} of ${wish.rounds}, per second: ${told}`);
    }
    steps.push({ question: question.name, connections: connection, alone, taken });
  }
  return steps;
}

type Once = { connections: number; seconds: number };

async function once({ world, load, terminal }: Bench, { peer, body, clients }: Asked, { connections, seconds }: Once): Promise<Measurement> {
  terminal.signal.throwIfAborted();
  const fresh = body.replaceAll('@step', `${peer.peer}-${performance.now()}`);
  return measure({ topology: peer, postgres: world.postgres, load, job: { body: fresh, clients, connections, seconds, most } });
}

/** Statements and fetches of one operation. */
async function countsOf({ world, load, wish }: Bench, { peer, body, clients }: Asked): Promise<{ statements: number; fetches: number }> {
  const counted = countedIn(wish.seconds);
  await world.counter.reset();
  await world.relay?.set('pass');
  const fresh = body.replaceAll('@step', `${peer.peer}-${performance.now()}`);
  // Accord's gateway speaks to its subgraphs directly: the fetches are those of its double before the relay.
  const { url } = world.alone.find((each) => each.peer === peer.peer) ?? peer;
  await load({ url, body: fresh, clients, connections: 4, seconds: 30, most: counted });
  const fetches = (await world.relay?.set('pass')) ?? 0;
  return { statements: (await world.counter.count()) / counted, fetches: fetches / counted };
}

/** The gateways with answers from memory behind them: each has its own, since each asks in its own words. */
async function aloneSteps(bench: Bench, question: PeerQuestion): Promise<Step[]> {
  const { world, wish } = bench;
  if (!world.relay || world.alone.length === 0) return [];
  await world.relay.set('record');
  const asked = await agreed(bench, question, world.alone);
  await world.relay.set('replay');
  const steps = await stepsOf(bench, {
    question,
    asked,
    connections: wish.connections.filter((each) => each > 1 || wish.connections.length === 1),
    alone: true,
  });
  await world.relay.set('pass');
  return steps;
}

function memoryIn({ peers, alone }: World): Remembered[] {
  const own = alone.filter(({ peer }) => peer === 'accord-http');
  return [...peers, ...own].map(({ name, gateway, subgraphs, atRest, gatewayOnly }) => {
    const { rss, peak } = memoryOf(gateway);
    const behind = gatewayOnly ? 0 : Object.values(subgraphs).reduce((sum, pid) => sum + memoryOf(pid).rss, 0);
    return { name, atRest, after: rss, peak, subgraphs: behind };
  });
}
