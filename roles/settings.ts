import { resolve } from 'node:path';
import { type Origins, originOf } from '#gateway/origins.ts';
import { blockList } from '#kernel/outbound.ts';
import { defaultPartition } from '#kernel/sequencer.ts';
import { createLogger, type Logger } from '#kernel/telemetry.ts';
import { CannotStart } from './cannotStart.ts';
import type { Call } from './command.ts';
import { defaultWebhooks, type WebhookSettings } from './webhooks.ts';

/** What every role needs to know. Flags win over the environment. */
export type Settings = {
  /** Where the embedded database, the development keys and what else is local lives. */
  folder: string;
  databaseUrl: string | undefined;
  /** The same database for whoever serves: a user that owns nothing. */
  appDatabaseUrl: string | undefined;
  host: string;
  port: number;
  production: boolean;
  log: Logger;
  /** Days that the log is kept, and positions in one of its partitions: it is dropped by whole ones. */
  logRetention: number;
  logPartition: number;
  /** The file that says which systems own what, where the default does not. */
  ownershipFile: string | undefined;
  /** The systems that have to set up each new project, and the hours in which they have to answer. */
  provisioning: readonly string[];
  provisioningWithin: number;
  webhooks: WebhookSettings;
};

/** Flags that roles share; spread into a command's own. */
export const sharedFlags = {
  data: { type: 'string', value: 'FOLDER', help: 'the data folder (ACCORD_DATA; default ./.accord)' },
  'database-url': { type: 'string', value: 'URL', help: 'a PostgreSQL 15 or newer to use instead of the embedded one (DATABASE_URL)' },
  'app-database-url': {
    type: 'string',
    value: 'URL',
    help: 'the same database for those who serve, with a user that owns nothing (ACCORD_APP_DATABASE_URL; default: that of DATABASE_URL in the role accord_app)',
  },
  'log-level': { type: 'string', value: 'LEVEL', help: 'trace, debug, info, warn, error or silent (LOG_LEVEL; default warn)' },
} as const;

/** How long the log is kept; for the roles that run its worker. */
export const logFlags = {
  'log-retention': { type: 'string', value: 'DAYS', help: 'how long facts are kept (ACCORD_LOG_RETENTION; default 400)' },
  'log-partition': { type: 'string', value: 'FACTS', help: 'how many facts are dropped at a time (ACCORD_LOG_PARTITION; default 1000000)' },
} as const;

/** Where webhooks may go; for the roles that run the worker. */
export const webhookFlags = {
  'webhook-networks': {
    type: 'string',
    value: 'NETWORKS',
    help: 'private networks into which webhooks may go, by http as well: 10.1.0.0/16,fd00::/8 (ACCORD_WEBHOOK_NETWORKS; default none)',
  },
  'webhook-retention': { type: 'string', value: 'DAYS', help: 'how long it is kept what webhooks sent (ACCORD_WEBHOOK_RETENTION; default 30)' },
} as const;

/** Who sets new projects up outside; for the roles that run the worker. */
export const provisioningFlags = {
  provisioning: { type: 'string', value: 'SYSTEMS', help: 'systems that have to set up each new project: erp,dms (ACCORD_PROVISIONING; default none)' },
  'provisioning-within': { type: 'string', value: 'HOURS', help: 'how long they have to answer (ACCORD_PROVISIONING_WITHIN; default 72)' },
} as const;

/** Which systems own what; for the roles that serve subgraphs. */
export const ownershipFlags = {
  ownership: { type: 'string', value: 'FILE', help: 'which systems own what, as docs/ownership.md says (ACCORD_OWNERSHIP)' },
} as const;

/** Where a role listens, by default on this port of loopback. */
export function placeFlags(port: number) {
  return {
    host: { type: 'string', value: 'ADDRESS', help: 'the address to listen on (ACCORD_HOST; default 127.0.0.1)' },
    port: { type: 'string', value: 'NUMBER', help: `the port to listen on (ACCORD_PORT; default ${port})` },
  } as const;
}

/** Which web pages may call the gateway. */
export const originFlags = {
  origins: { type: 'string', value: 'ORIGINS', help: 'web pages that may call, by origin: https://portal.example,https://board.example (ACCORD_ORIGINS)' },
} as const;

/** The origins that a gateway is told of; those of pages on this machine where nothing else is said and `otherwise` allows it. */
export function originsOf({ flags, env }: Call, otherwise: Origins): Origins {
  const text = flags.origins ?? env.ACCORD_ORIGINS;
  if (typeof text !== 'string' || text.trim() === '') return otherwise;
  return text.split(',').map((each) => {
    const origin = originOf(each.trim());
    if (!origin)
      throw new CannotStart(`${each.trim()} is no origin; write it as browsers do, without a path: https://portal.example (--origins or ACCORD_ORIGINS).`);
    return origin;
  });
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Reads the settings once; a value that cannot be is a sentence. */
export function readSettings({ flags, env }: Call, defaults: { port: number }): Settings {
  const text = (flag: string, variable: string): string | undefined => {
    const value = flags[flag] ?? env[variable];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const level = text('log-level', 'LOG_LEVEL') ?? 'warn';
  if (!levels.includes(level)) throw new CannotStart(`${level} is no log level; use one of ${levels.join(', ')}.`);
  return {
    folder: resolve(text('data', 'ACCORD_DATA') ?? '.accord'),
    databaseUrl: text('database-url', 'DATABASE_URL'),
    appDatabaseUrl: text('app-database-url', 'ACCORD_APP_DATABASE_URL'),
    host: text('host', 'ACCORD_HOST') ?? '127.0.0.1',
    port: portOf(text('port', 'ACCORD_PORT'), defaults.port),
    production: env.NODE_ENV === 'production',
    log: createLogger({ level }),
    logRetention: positive(text('log-retention', 'ACCORD_LOG_RETENTION'), { name: 'log-retention', otherwise: 400 }),
    logPartition: Math.ceil(positive(text('log-partition', 'ACCORD_LOG_PARTITION'), { name: 'log-partition', otherwise: defaultPartition })),
    ownershipFile: text('ownership', 'ACCORD_OWNERSHIP'),
    provisioning: systemsIn(text('provisioning', 'ACCORD_PROVISIONING')),
    provisioningWithin: positive(text('provisioning-within', 'ACCORD_PROVISIONING_WITHIN'), { name: 'provisioning-within', otherwise: 72 }),
    webhooks: {
      networks: networksIn(text('webhook-networks', 'ACCORD_WEBHOOK_NETWORKS')),
      retention: positive(text('webhook-retention', 'ACCORD_WEBHOOK_RETENTION'), { name: 'webhook-retention', otherwise: defaultWebhooks.retention }),
    },
  };
}

function portOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new CannotStart(`${text} is no port; use a number from 0 to 65535.`);
  return port;
}

function networksIn(text = ''): string[] {
  const networks = text.split(',').flatMap((each) => each.trim() || []);
  for (const network of networks) {
    try {
      blockList([network]);
    } catch {
      throw new CannotStart(`${network} is no network; write it as 10.1.0.0/16 or fd00::/8 (--webhook-networks or ACCORD_WEBHOOK_NETWORKS).`);
    }
  }
  return networks;
}

function systemsIn(text = ''): string[] {
  return [...new Set(text.split(',').map((each) => each.trim()))].filter((each) => each !== '').sort();
}

function positive(text: string | undefined, { name, otherwise }: { name: string; otherwise: number }): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!(value > 0 && value < 1e12)) throw new CannotStart(`${text} is no ${name}; use a number above 0.`);
  return value;
}

/** A setting that has no safe default. */
export function needed(env: Call['env'], variable: string, meaning: string): string {
  const value = env[variable];
  if (!value) throw new CannotStart(`${variable} is not set: ${meaning}.`);
  return value;
}

/** True for addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}
