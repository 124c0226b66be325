import { createPrivateKey, hash, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sdlAt } from '#gateway/foreign/sdl.ts';
import type { Credential, ForeignSubgraph } from '#gateway/foreign/settings.ts';
import { CannotStart } from '../cannotStart.ts';
import type { Call } from '../command.ts';
import { isLoopback } from '../settings.ts';
import { beside, type Entry, type Secret } from './file.ts';

/** Where an entry stands, and what its reading leaves behind: the files that it was read from, and what they and the environment told. */
export type Reading = { file: string; env: Call['env']; watched: Set<string>; told: string[] };

/** A subgraph of the firm's own with its SDL, which a ready supergraph makes needless. */
export type Registered = { subgraph: ForeignSubgraph; sdl: string | undefined; isPolled: boolean /** Of all that its way depends on. */; fingerprint: string };

/** What only Accord's own processes may hold. */
const ours = /^(ACCORD_GATEWAY_KEY|ACCORD_APP_DATABASE_URL|DATABASE_URL)$/;

/** Reads all that an entry names: SDL, certificates, secrets. */
export async function readEntry(entry: Entry, reading: Reading): Promise<Registered> {
  const own: Reading = { ...reading, told: [] };
  const subgraph = await subgraphOf(entry, own);
  const fingerprint = hash('sha256', JSON.stringify([entry, own.told.sort()]));
  const isPolled = entry.schema !== undefined && /^https?:/.test(entry.schema);
  return { subgraph, sdl: entry.schema === undefined ? undefined : await sdlOf(entry.schema, subgraph, reading), isPolled, fingerprint };
}

async function subgraphOf(entry: Entry, reading: Reading): Promise<ForeignSubgraph> {
  const { name, certificate, headers, subscriptions, health } = entry;
  const url = addressOf(entry, entry.url);
  const set = Object.entries(headers.set).map(async ([key, value]) => [key, typeof value === 'string' ? value : await secretOf(value, reading)] as const);
  return {
    name,
    url,
    tls: {
      ca: entry.ca === undefined ? undefined : await textOf(entry.ca, reading),
      cert: certificate && (await textOf(certificate.file, reading)),
      key: certificate && (await secretOf(certificate.key, reading)),
    },
    credential: await credentialOf(entry, reading),
    headers: { forward: headers.forward, set: Object.fromEntries(await Promise.all(set)) },
    errors: entry.errors,
    actor: entry.actor,
    timeout: entry.timeout,
    breaker: entry.breaker,
    health: health === undefined ? undefined : addressOf(entry, new URL(health, url).href),
    subscriptions: { protocol: subscriptions.protocol, url: subscriptions.url === undefined ? url : addressOf(entry, new URL(subscriptions.url, url).href) },
  };
}

/** https; http within the machine, or where the entry says that the way is safe by other means. */
function addressOf({ name, cleartext }: Entry, text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new CannotStart(`${name} is at ${text}: a subgraph is asked by https, such as https://${name}.example/graphql.`);
  if (url.username || url.password) throw new CannotStart(`The address of ${name} holds a password: name a credential instead.`);
  if (url.protocol === 'http:' && !cleartext && !isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
    throw new CannotStart(
      `${name} is at ${url.origin}: everybody on the way reads what is asked there. Use https, or say cleartext: true where the way is safe.`,
    );
  return url;
}

async function credentialOf({ name, credential }: Entry, reading: Reading): Promise<Credential> {
  if (credential === 'none') return { kind: 'none' };
  if ('bearer' in credential) return { kind: 'bearer', token: await secretOf(credential.bearer, reading) };
  const { key: place, audience, issuer, keyId } = credential.signed;
  const key = privateKeyIn(name, await secretOf(place, reading));
  return { kind: 'signed', key, algorithm: algorithmOf(name, key), keyId, issuer, audience };
}

function privateKeyIn(name: string, text: string): KeyObject {
  try {
    return createPrivateKey(text.startsWith('{') ? { key: JSON.parse(text), format: 'jwk' } : text);
  } catch {
    throw new CannotStart(`The key with which tokens for ${name} are to be signed is no private key as JWK or PEM.`);
  }
}

function algorithmOf(name: string, { asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  if (asymmetricKeyType === 'ed25519') return 'EdDSA';
  if (asymmetricKeyType === 'rsa') return 'RS256';
  if (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'ES256';
  throw new CannotStart(`The key with which tokens for ${name} are to be signed is neither Ed25519, nor P-256, nor RSA.`);
}

async function secretOf(place: Secret, reading: Reading): Promise<string> {
  if ('file' in place) return textOf(place.file, reading);
  if (ours.test(place.env)) throw new CannotStart(`${place.env} is Accord's own: it is told to no other subgraph.`);
  const value = reading.env[place.env];
  if (!value) throw new CannotStart(`${place.env} is not set: ${reading.file} names it.`);
  reading.told.push(value);
  return value;
}

async function textOf(path: string, { file, watched, told }: Reading): Promise<string> {
  const place = beside(file, path);
  watched.add(place);
  const text = await readFile(place, 'utf8').catch((error: unknown) => {
    throw new CannotStart(`${file} names a file that cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  });
  if (text.trim() === '') throw new CannotStart(`${place} is empty.`);
  told.push(text.trim());
  return text.trim();
}

async function sdlOf(place: string, subgraph: ForeignSubgraph, reading: Reading): Promise<string> {
  const url = /^https?:/.test(place) ? URL.parse(place) : undefined;
  if (!url) return textOf(place, reading);
  return sdlAt(url, subgraph).catch((error: unknown) => {
    throw new CannotStart(`The SDL of ${subgraph.name} cannot be read from ${url.href}: ${error instanceof Error ? error.message : String(error)}`);
  });
}
