import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ConnectionOptions } from '@nats-io/transport-node';
import type { Broker, Keep } from '#connectors/nats/stream.ts';
import { CannotStart } from './cannotStart.ts';
import type { Call } from './command.ts';
import { isLoopback } from './settings.ts';

/** Where the log is copied to. Secrets have no flags: whoever lists processes would see them. */
export const natsFlags = {
  nats: { type: 'string', value: 'URLS', help: 'copy the log to NATS JetStream: nats://host:4222, several by commas (NATS_URL; default none); docs/nats.md' },
  'nats-keep-days': { type: 'string', value: 'DAYS', help: 'how long its stream keeps events (NATS_KEEP_DAYS; default 7)' },
  'nats-keep-mib': { type: 'string', value: 'MIB', help: 'mebibytes that its stream keeps at most (NATS_KEEP_MIB; default 1024)' },
  'nats-replicas': { type: 'string', value: '1|3|5', help: 'servers of a cluster that keep each event (NATS_REPLICAS; default 1)' },
} as const;

/** What else the environment says, for the help of the commands that take it. */
export const natsDetails: readonly string[] = [
  'NATS: NATS_CREDS (a file), or NATS_USER with NATS_PASSWORD or NATS_PASSWORD_FILE, or NATS_TOKEN or NATS_TOKEN_FILE, or user and password in the address;',
  'NATS_TLS_CA, NATS_TLS_CERT, NATS_TLS_KEY are files in PEM. All are read anew with each connection.',
];

/** The broker that is configured; undefined where none is. */
export function brokerOf({ flags, env }: Pick<Call, 'flags' | 'env'>): Broker | undefined {
  const text = (flag: keyof typeof natsFlags, variable: string) => String(flags[flag] ?? env[variable] ?? '').trim();
  const addresses = text('nats', 'NATS_URL');
  if (addresses === '') return undefined;
  const servers = addresses.split(',').map((each) => serverIn(each.trim()));
  const keep: Keep = {
    days: number(text('nats-keep-days', 'NATS_KEEP_DAYS'), { name: 'nats-keep-days', otherwise: 7, most: 3_650 }),
    mebibytes: number(text('nats-keep-mib', 'NATS_KEEP_MIB'), { name: 'nats-keep-mib', otherwise: 1_024, most: 1_048_576 }),
    replicas: number(text('nats-replicas', 'NATS_REPLICAS'), { name: 'nats-replicas', otherwise: 1, most: 5 }),
  };
  if (![1, 3, 5].includes(keep.replicas)) throw new CannotStart(`${keep.replicas} is no nats-replicas; use 1, 3 or 5.`);
  const ways = [env.NATS_CREDS, env.NATS_USER ?? servers.find(({ user }) => user)?.user, env.NATS_TOKEN ?? env.NATS_TOKEN_FILE].filter(Boolean);
  if (ways.length > 1) throw new CannotStart('Accord can show NATS one of NATS_CREDS, a user and a token: set one.');
  return { options: () => optionsOf(servers, env), keep };
}

type Server = { address: string; secure: boolean; user: string | undefined; password: string | undefined };

/** Never shown as it was typed: it may hold a password. */
function serverIn(text: string): Server {
  const url = URL.parse(text);
  if (!url || !/^(nats|tls):$/.test(url.protocol) || url.hostname === '')
    throw new CannotStart('NATS_URL (--nats) holds an address that is none: write nats://host:4222 or tls://host:4222, several by commas.');
  const part = (value: string) => (value === '' ? undefined : decodeURIComponent(value));
  return { address: `${url.hostname}:${url.port || 4222}`, secure: url.protocol === 'tls:', user: part(url.username), password: part(url.password) };
}

function number(text: string, { name, otherwise, most }: { name: string; otherwise: number; most: number }): number {
  if (text === '') return otherwise;
  const value = Number(text);
  if (!(value > 0 && value <= most)) throw new CannotStart(`${text} is no ${name}; use a number above 0, and at most ${most}.`);
  return value;
}

async function optionsOf(servers: readonly Server[], env: Call['env']): Promise<ConnectionOptions> {
  const options: ConnectionOptions = { servers: servers.map(({ address }) => address) };
  const { NATS_TLS_CA: ca, NATS_TLS_CERT: cert, NATS_TLS_KEY: key } = env;
  if (servers.some(({ secure }) => secure) || ca || cert)
    options.tls = { ...(ca ? { caFile: resolve(ca) } : {}), ...(cert ? { certFile: resolve(cert) } : {}), ...(key ? { keyFile: resolve(key) } : {}) };
  if (env.NATS_CREDS) {
    const { credsAuthenticator } = await import('@nats-io/transport-node');
    return { ...options, authenticator: credsAuthenticator(await readFile(env.NATS_CREDS)) };
  }
  const named = servers.find(({ user }) => user);
  const token = await secretIn(env, 'NATS_TOKEN');
  const user = env.NATS_USER || named?.user;
  const pass = (await secretIn(env, 'NATS_PASSWORD')) ?? named?.password;
  return { ...options, ...(token ? { token } : {}), ...(user ? { user } : {}), ...(user && pass ? { pass } : {}) };
}

/** A secret of the environment, or in the file that the environment names. */
async function secretIn(env: Call['env'], variable: 'NATS_PASSWORD' | 'NATS_TOKEN'): Promise<string | undefined> {
  const file = env[`${variable}_FILE`];
  return env[variable] || (file ? (await readFile(file, 'utf8')).trim() : undefined);
}

/** Whether secrets or events would cross a network in the clear, as far as the addresses tell. A server can still ask for TLS itself. */
export function inTheClear({ flags, env }: Pick<Call, 'flags' | 'env'>): boolean {
  if (env.NATS_TLS_CA || env.NATS_TLS_CERT) return false;
  const servers = String(flags.nats ?? env.NATS_URL ?? '').split(',');
  return servers.some((each) => {
    const { address, secure } = serverIn(each.trim());
    return !secure && !isLoopback(address.replace(/:\d+$/, ''));
  });
}
