import { Resolver } from 'node:dns/promises';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { BlockList, isIP } from 'node:net';

/** Where an address that somebody else names may lead. */
export type Outbound = {
  /** Networks that are no part of the public internet and may be called nevertheless; plain http goes to these alone. */
  networks: BlockList;
  /** The addresses of a host name. */
  resolve: (host: string) => Promise<readonly string[]>;
  /** Milliseconds for the whole call. */
  timeout: number;
};

/** The call was not made: it would have led where it must not. */
export class Blocked extends Error {}

/** Parts of the public address space that lead into somebody's house, or nowhere (the registries of RFC 6890). */
const reserved = blockList([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24'],
  ...['192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  // Within 2000::/3: Teredo, ORCHID and benchmarks, documentation, 6to4. What wraps an IPv4 address could wrap any.
  ...['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '2620:4f:8000::/48'],
]);
/** All of IPv6 that is given out for use; mapped, local, unique-local and multicast addresses lie outside. */
const globalUnicast = blockList(['2000::/3']);

/** A list of networks as text, such as 10.0.0.0/8; throws with the one that is none. */
export function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', length, ...rest] = network.split('/');
    const family = isIP(address);
    const bits = Number(length);
    if (family === 0 || rest.length > 0 || !/^\d{1,3}$/.test(length ?? '') || bits > (family === 4 ? 32 : 128)) throw new Error(`${network} is no network`);
    list.addSubnet(address, bits, familyOf(family));
  }
  return list;
}

function familyOf(family: number): 'ipv4' | 'ipv6' {
  return family === 6 ? 'ipv6' : 'ipv4';
}

/** Milliseconds that a name server gets, once. */
const nameWait = 3_000;

/** Addresses from the name servers. Not by the system's resolver: it has four threads, and slow names would hold them all. */
export async function resolveName(host: string): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: nameWait, tries: 1 });
  const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  return found.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
}

/** What is wrong with an address that somebody wants called, as far as its text says. */
export function faultOfUrl(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || !['https:', 'http:'].includes(url.protocol)) return 'must be an https address, such as https://receiver.example/accord.';
  if (url.username !== '' || url.password !== '') return 'must not hold a user or a password: the signature says who calls.';
  if (url.hash !== '') return 'must not hold a fragment: it would not be sent.';
  return undefined;
}

type Target = { url: URL; address: string };

/** The one address to which a call goes. Each of the host's has to be allowed: whoever names a forbidden one means no good, or it is a mistake. */
export async function targetOf({ networks, resolve }: Pick<Outbound, 'networks' | 'resolve'>, text: string): Promise<Target> {
  const fault = faultOfUrl(text);
  if (fault) throw new Blocked(`The address ${fault}`);
  const url = new URL(text);
  // WHATWG has made one spelling of decimal, octal, hexadecimal and short forms.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  const [address] = addresses;
  if (address === undefined) throw new Error(`${host} has no address`);
  const kept = addresses.map((each) => ({ each, own: networks.check(each, familyOf(isIP(each))) }));
  const forbidden = kept.find(({ each, own }) => !own && !isPublic(each));
  if (forbidden) throw new Blocked(`${host} leads to ${forbidden.each}, which is no public address; who runs Accord may allow its network.`);
  if (url.protocol === 'http:' && kept.some(({ own }) => !own)) throw new Blocked('Plain http goes to networks that are allowed by name alone; use https.');
  return { url, address };
}

/** True of an address of the public internet. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  return !reserved.check(address, familyOf(family)) && (family === 4 || globalUnicast.check(address, 'ipv6'));
}

export type Answer = { status: number; retryAfter: string | undefined; excerpt: string };
export type Posting = { url: string; headers: Readonly<Record<string, string>>; body: string };

/** Posts to an address that somebody else names: to the address that was judged, without following where the answer points. */
export async function post(outbound: Outbound, { url: text, headers, body }: Posting, stop?: AbortSignal): Promise<Answer> {
  const late = AbortSignal.timeout(outbound.timeout);
  const signal = stop ? AbortSignal.any([stop, late]) : late;
  const { url, address } = await before(signal, targetOf(outbound, text));
  return send({ url, address, headers, body, signal });
}

function before<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = () => reject(signal.reason);
  signal.addEventListener('abort', end, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', end));
}

type Sending = Target & Omit<Posting, 'url'> & { signal: AbortSignal };

function send({ url, address, headers, body, signal }: Sending): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const family = isIP(address);
  // Whatever the name says by now: it is the address that was judged.
  const lookup = (_host: string, { all }: { all?: boolean | undefined }, done: (...args: unknown[]) => void) =>
    all ? done(null, [{ address, family }]) : done(null, address, family);
  const options = {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' },
    agent: false as const,
    lookup: lookup as never,
    signal,
    maxHeaderSize: 16_384,
  };
  const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, options);
  request.on('error', reject);
  request.once('response', (response) => {
    // Once the status is there, the rest of the answer is told and decides nothing.
    request.off('error', reject).on('error', () => undefined);
    const answered = (excerpt: string) => {
      request.destroy();
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], excerpt });
    };
    excerptOf(response).then(answered, () => answered(''));
  });
  request.end(body);
  return promise;
}

/** Bytes of an answer that are kept. */
export const excerptLimit = 1_024;

/** The beginning of an answer. What it is cut off from is never read. */
async function excerptOf(response: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of response) {
      parts.push(part);
      size += part.length;
      if (size >= excerptLimit) break;
    }
  } catch {
    // It was cut short: what came is told.
  }
  return Buffer.concat(parts).subarray(0, excerptLimit).toString('utf8').replaceAll('\u0000', '');
}
