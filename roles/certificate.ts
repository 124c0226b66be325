import { readFile } from 'node:fs/promises';
import type { Server as SecureServer } from 'node:https';
import { resolve } from 'node:path';
import { type Certificate, demandCertificate } from '#kernel/httpServer.ts';
import type { Logger } from '#kernel/telemetry.ts';
import { createAlarms } from './alarms.ts';
import { CannotStart } from './cannotStart.ts';
import type { Call } from './command.ts';
import type { Gateway } from './serve.ts';

/** By what the gateway speaks TLS itself. */
export const tlsFlags = {
  'tls-cert': {
    type: 'string',
    value: 'FILE',
    help: 'speak TLS with this certificate and those that vouch for it, in PEM; taken anew when it changes (ACCORD_TLS_CERT)',
  },
  'tls-key': { type: 'string', value: 'FILE', help: 'the private key of that certificate, in PEM (ACCORD_TLS_KEY)' },
} as const;

type Following = { gateway: Pick<Gateway, 'server'>; log: Logger; stack: AsyncDisposableStack };

/** A certificate, and the way to take it anew whenever its files change, without a connection lost. */
export type Secure = { certificate: Certificate; follow(following: Following): void };

/** The certificate that is configured; undefined where the gateway speaks in the clear. */
export async function certificateOf({ flags, env }: Call): Promise<Secure | undefined> {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? resolve(value) : undefined);
  const cert = text(flags['tls-cert'] ?? env.ACCORD_TLS_CERT);
  const key = text(flags['tls-key'] ?? env.ACCORD_TLS_KEY);
  if (!cert && !key) return undefined;
  if (!cert || !key)
    throw new CannotStart('TLS needs a certificate and its private key: name both (--tls-cert and --tls-key, or ACCORD_TLS_CERT and ACCORD_TLS_KEY).');
  const files = { cert, key };
  return { certificate: await certificateIn(files), follow: (following) => follow(files, following) };
}

type Files = { cert: string; key: string };

async function certificateIn({ cert, key }: Files): Promise<Certificate> {
  const contentOf = async (file: string) => {
    try {
      return await readFile(file, 'utf8');
    } catch (error) {
      throw new CannotStart(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
    }
  };
  const certificate = { cert: await contentOf(cert), key: await contentOf(key) };
  try {
    demandCertificate(certificate);
  } catch (error) {
    throw new CannotStart(`${cert} and ${key} are no certificate and its private key in PEM: ${error instanceof Error ? error.message : String(error)}.`);
  }
  return certificate;
}

function follow(files: Files, { gateway, log, stack }: Following): void {
  const take = async () => {
    try {
      (gateway.server as unknown as SecureServer).setSecureContext(await certificateIn(files));
    } catch (error) {
      log.error({ err: error }, 'the new certificate was refused; the one before stays');
    }
  };
  const alarms = createAlarms(() => void take(), log);
  alarms.watch({ watched: Object.values(files) });
  stack.defer(() => alarms.stop());
}
