import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, print } from 'graphql';
import { withoutRules } from '#gateway/access/rules.ts';
import { type DevelopmentIssuer, openDevelopmentIssuer } from '../roles/tokens.ts';
import { portalTokens } from './clients.ts';
import { firmDatabase, type Scale } from './firm.ts';
import { obedient } from './obedient.ts';
import { memoryOf } from './proc.ts';
import type { RelayMode, RelayOrder } from './relay.ts';
import { type Counter, counting, statementCounter } from './statements.ts';
import { addressOf, type Parts, rolesOf, type Served, type Subgraphs, startInProcess, stop } from './topology.ts';

/** Everybody who can be measured, by the word that chooses them. */
export const peerNames = {
  accord: 'Accord in process',
  'accord-http': 'Accord over HTTP',
  apollo: '@apollo/gateway',
  hive: '@graphql-hive/gateway',
  'hive-rust': 'the same, Rust planner',
  mercurius: '@mercuriusjs/gateway, jit',
  postgraphile: 'PostGraphile 5',
  jit: 'by hand, graphql-jit',
  sql: 'one statement, json_agg',
} as const;
export type PeerName = keyof typeof peerNames;

/** Gateways of others, in front of Accord's own subgraphs. */
const gateways: readonly PeerName[] = ['apollo', 'hive', 'hive-rust', 'mercurius'];

/** One who is measured. `atRest` is the memory before the first question, in MiB. */
export type Peer = Served & { peer: PeerName; gatewayOnly: boolean; byTables: boolean; mutates: boolean; atRest: number };

export type RelayHandle = { urls: Record<string, string>; set: (mode: RelayMode) => Promise<number> };

export type World = {
  postgres: number;
  counter: Counter;
  peers: Peer[];
  /** The same gateways with nothing but answers that were kept behind them. */
  alone: Peer[];
  relay: RelayHandle | undefined;
  absent: { name: string; reason: string }[];
  portals: string[];
  crm: string;
};

type Wanted = { scale: Scale; folder?: string | undefined; only: readonly PeerName[]; isolated: boolean; say: (line: string) => void };
type Setting = { parts: Parts; appUrl: string; adminUrl: string; world: World; say: (line: string) => void };

/** The database and all who are wanted. Who cannot start is named with the reason; the others go on. */
export async function openWorld({ scale, folder, only, isolated, say }: Wanted, stack: AsyncDisposableStack): Promise<World> {
  const database = stack.use(await firmDatabase(scale, say, { settings: counting, folder }));
  const run = await mkdtemp(join(tmpdir(), 'accord-bench-peers-'));
  stack.defer(() => rm(run, { recursive: true, force: true }));
  const issuer = await openDevelopmentIssuer({ dataFolder: run, production: false });
  const parts: Parts = { databaseUrl: database.url, folder: run, issuer, stack };
  const portals = (await portalTokens(database.url, issuer)).slice(0, 20);
  const counter = await statementCounter(database.adminUrl, stack);
  const crm = await issuer.token({ role: 'crm' });
  const world: World = { postgres: database.pid, counter, peers: [], alone: [], relay: undefined, absent: [], portals, crm };
  const setting: Setting = { parts, appUrl: database.appUrl, adminUrl: database.adminUrl, world, say };
  if (only.includes('accord')) await tryOut(setting, 'accord', async () => startInProcess(parts));
  if (only.some((name) => name === 'accord-http' || gateways.includes(name))) await openSubgraphs(setting, { only, isolated });
  for (const name of ['postgraphile', 'jit', 'sql'] as const) {
    if (only.includes(name)) await tryOut(setting, name, () => startPeer(setting, name, {}));
  }
  return world;
}

type Behind = { only: readonly PeerName[]; isolated: boolean };

async function openSubgraphs(setting: Setting, { only, isolated }: Behind): Promise<void> {
  const { parts, world } = setting;
  const roles = rolesOf(parts);
  const subgraphs = await roles.subgraphs();
  const relay = await openRelayProcess(subgraphs, parts);
  world.relay = relay;
  if (only.includes('accord-http')) {
    await tryOut(setting, 'accord-http', async () => serving(await roles.gateway(subgraphs.urls), subgraphs.pids));
    if (isolated) {
      const { pid, url } = await roles.gateway(relay.urls);
      world.alone.push(peerOf('accord-http', { name: "Accord's gateway", url, gateway: pid, subgraphs: {} }));
    }
  }
  const supergraph = join(parts.folder, 'supergraph.graphql');
  await writeFile(supergraph, await supergraphAt(relay.urls));
  for (const name of gateways.filter((each) => only.includes(each))) {
    const planner = name === 'hive-rust' ? 'rust' : undefined;
    await tryOut(setting, name, async () => ({
      ...(await startPeer(setting, name, { supergraph, subgraphs: relay.urls, planner })),
      subgraphs: subgraphs.pids,
    }));
    const started = world.peers.find(({ peer }) => peer === name);
    if (isolated && started) world.alone.push({ ...started, subgraphs: {} });
  }
}

const serving = ({ pid, url }: { pid: number; url: string }, subgraphs: Served['subgraphs']): Served => ({ name: '', url, gateway: pid, subgraphs });

function peerOf(peer: PeerName, served: Served): Peer {
  const own = peer === 'accord' || peer === 'accord-http';
  return {
    ...{ ...served, name: served.name || peerNames[peer], peer },
    ...{
      byTables: peer === 'postgraphile',
      gatewayOnly: gateways.includes(peer),
      mutates: own || gateways.includes(peer),
      atRest: memoryOf(served.gateway).rss,
    },
  };
}

async function tryOut({ world, say }: Setting, name: PeerName, start: () => Promise<Served>): Promise<void> {
  say(`starting ${peerNames[name]}`);
  try {
    world.peers.push(peerOf(name, { ...(await start()), name: peerNames[name] }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    world.absent.push({ name: peerNames[name], reason });
    say(`${peerNames[name]} does not start: ${reason}`);
  }
}

/** The supergraph with the addresses of the relay, and without the rules of the contract: `@apollo/gateway` loads none that has them. */
async function supergraphAt(urls: Readonly<Record<string, string>>): Promise<string> {
  const text = await readFile(new URL('../schema/supergraph.graphql', import.meta.url), 'utf8');
  return print(withoutRules(parse(text))).replaceAll(
    /(@join__graph\(name: "(\w+)", url: ")[^"]*/g,
    (_, before: string, name: string) => `${before}${urls[name]}`,
  );
}

/** Milliseconds in which a peer must have started. */
const patience = 180_000;

/** A server of bench/peers/servers, as a process of its own with what it needs in PEER. */
async function startPeer({ parts: { issuer, stack }, appUrl, adminUrl }: Setting, name: PeerName, more: Record<string, unknown>): Promise<Served> {
  const file = new URL(`./peers/servers/${name.replace('-rust', '')}.js`, import.meta.url).pathname;
  const PEER = JSON.stringify({ appUrl, adminUrl, ...trustOf(issuer), ...more });
  const env = { PATH: process.env.PATH, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1', PEER };
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  stack.defer(() => stop(child));
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-4_000);
  });
  const late = setTimeout(() => child.kill('SIGKILL'), patience);
  try {
    return { name: '', url: await addressOf(child, name), gateway: child.pid ?? 0, subgraphs: {} };
  } catch (error) {
    throw new Error(reasonIn(said) ?? (error instanceof Error ? error.message : String(error)));
  } finally {
    clearTimeout(late);
  }
}

const trustOf = ({ issuer, audience, jwks }: DevelopmentIssuer) => ({ issuer, audience, jwks });

/** Why a program ended, from what it said. */
export function reasonIn(said: string): string | undefined {
  const missing = /Cannot find (?:package|module) '([^'/]+(?:\/[^'/]+)?)/.exec(said)?.[1];
  if (missing) return `${missing} is not installed: npm ci --prefix bench/peers`;
  return /^\w*Error.*$/m.exec(said)?.[0];
}

async function openRelayProcess({ urls, signingKey }: Subgraphs, { issuer, stack }: Parts): Promise<RelayHandle> {
  const order = obedient<RelayOrder, { urls: Record<string, string>; count: number }>(stack, './relay.ts', 'The relay');
  const opened = await order({ open: { urls, signingKey: signingKey.export({ format: 'jwk' }), issuer: trustOf(issuer) } });
  return { urls: opened.urls, set: async (mode) => (await order({ mode })).count };
}
