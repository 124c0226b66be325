import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, type KeyObject, type KeyPairKeyObjectResult } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { subgraphs } from '../roles/subgraphs.ts';
import type { DevelopmentIssuer } from '../roles/tokens.ts';

/** Where something answers, and which processes do the work. */
export type Served = { name: string; url: string; gateway: number; subgraphs: Readonly<Record<string, number>> };

/** One way to run Accord. */
export type Topology = Served & { name: 'in process' | 'HTTP' };

/** `keys`: of a gateway whose subgraphs are others' parts; otherwise roles have a pair of their own. */
export type Parts = {
  databaseUrl: string;
  folder: string;
  issuer: DevelopmentIssuer;
  stack: AsyncDisposableStack;
  cache?: number;
  keys?: KeyPairKeyObjectResult;
};

const main = new URL('../main.ts', import.meta.url).pathname;

/** As `npm start` does: gateway, subgraphs and worker in one process. */
export async function startInProcess({ databaseUrl, folder, stack, cache = 0 }: Parts): Promise<Topology> {
  const args = [...(await startFlags()), main, 'start', '--empty', '--port', '0', '--data', folder];
  const { pid, url } = await program(args, { DATABASE_URL: databaseUrl, ACCORD_CACHE: String(cache) }, stack);
  return { name: 'in process', url, gateway: pid, subgraphs: {} };
}

/** Each subgraph and the gateway as a process of its own, as docker-compose.yml runs them. */
export async function startOverHttp(parts: Parts): Promise<Topology> {
  const roles = rolesOf(parts);
  const { urls, pids } = await roles.subgraphs();
  const { pid, url } = await roles.gateway(urls);
  return { name: 'HTTP', url, gateway: pid, subgraphs: pids };
}

/** Subgraphs that run, and the key of the only gateway that they answer. */
export type Subgraphs = { urls: Readonly<Record<string, string>>; pids: Readonly<Record<string, number>>; signingKey: KeyObject };

/** As the Dockerfile has it. */
const image = { NODE_ENV: 'production', NODE_OPTIONS: '--max-semi-space-size=16' };
const inProduction = (databaseUrl: string) => ({ DATABASE_URL: databaseUrl, ACCORD_PORT: '0', ...image });
const keyText = (of: KeyObject) => JSON.stringify(of.export({ format: 'jwk' }));

/** The pair by which subgraphs know their gateway. */
export const gatewayKeys = (): KeyPairKeyObjectResult => generateKeyPairSync('ed25519');

/** Each role as a process of its own, all of one pair of keys. */
export function rolesOf({ databaseUrl, folder, issuer, stack, keys = gatewayKeys() }: Parts) {
  const { privateKey, publicKey } = keys;
  const knowing = { ...inProduction(databaseUrl), ACCORD_GATEWAY_PUBLIC_KEY: keyText(publicKey) };
  const subgraph = (name: string) => program([main, name], knowing, stack);
  return {
    subgraph,
    worker: () => program([main, 'worker'], inProduction(databaseUrl), stack),
    subgraphs: async (): Promise<Subgraphs> => {
      const served = await Promise.all(subgraphs.map(async ({ name }) => ({ name, ...(await subgraph(name)) })));
      const by = <Value>(of: (one: (typeof served)[number]) => Value) => Object.fromEntries(served.map((one) => [one.name, of(one)]));
      return { urls: by(({ url }) => url), pids: by(({ pid }) => pid), signingKey: privateKey };
    },
    gateway: async (urls: Subgraphs['urls']) => {
      const keys = join(folder, 'jwks.json');
      await writeFile(keys, JSON.stringify(issuer.jwks));
      const addresses = Object.fromEntries(Object.entries(urls).map(([name, url]) => [`ACCORD_${name.toUpperCase()}_URL`, url]));
      const trust = { ACCORD_ISSUER: issuer.issuer, ACCORD_AUDIENCE: issuer.audience, ACCORD_JWKS_FILE: keys };
      return program([main, 'gateway'], { ...inProduction(databaseUrl), ...addresses, ...trust, ACCORD_GATEWAY_KEY: keyText(privateKey) }, stack);
    },
  };
}

/** The options for Node that package.json starts it with. */
async function startFlags(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  return String(scripts.start)
    .split(' ')
    .filter((word) => word.startsWith('--'));
}

/** Runs main.ts until it says its address; it is stopped with the stack. */
async function program(args: readonly string[], env: Record<string, string>, stack: AsyncDisposableStack): Promise<{ pid: number; url: string }> {
  // A group of its own: Ctrl-C is for the bench, which stops its programs itself.
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  stack.defer(() => stop(child));
  return { pid: child.pid ?? 0, url: await addressOf(child, args.join(' ')) };
}

/** The address that a program says that it listens on. */
export async function addressOf(child: ChildProcess & { stdout: NonNullable<ChildProcess['stdout']> }, name: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = /(?:is ready at|listens on) (http:\/\/[\d.:]+(?:\/\w+)?)/.exec(line)?.[1];
    if (said) resolve(said);
    // It has no address.
    if (line.startsWith('worker runs ')) resolve('');
  });
  child.once('exit', (code) => reject(new Error(`${name} ended with code ${code} before it was ready`)));
  return promise;
}

/** Asks a program to end, and makes it after a while. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const last = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(last);
}
