import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';
import Negotiator from 'negotiator';
import type { Reply } from './respond.ts';

/** Bytes from which on an answer is made smaller: below that it leaves in one packet anyhow. */
const least = 1_400;

/** What is worth it at the speed of an answer; who does not choose gets the first that they take. */
const encoders: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
  zstd: promisify(zstdCompress),
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gzip: promisify(gzip),
};
const encodings = Object.keys(encoders);

const compressible = /^(application\/(graphql-response\+)?json|text\/)/;

/** The answer in the encoding that its client likes best. Work of another thread: the event loop goes on. */
export async function compressed(reply: Reply, accepted: string | undefined): Promise<Reply> {
  // The strong tag of a document is that of its bytes.
  if (reply.text.length < least || !compressible.test(reply.type) || reply.headers?.etag?.startsWith('"')) return reply;
  const varied = { ...reply, headers: { vary: 'Accept-Encoding', ...reply.headers } };
  const encoder = encoderFor(accepted);
  if (!encoder) return varied;
  const text = await encoder.encode(typeof reply.text === 'string' ? Buffer.from(reply.text) : reply.text);
  return { ...varied, text, headers: { ...varied.headers, 'content-encoding': encoder.name } };
}

/** Its types are of the version before, which had no preferences. */
type Choosing = { encodings(available: string[], options: { preferred: string[] }): string[] };

function encoderFor(accepted: string | undefined) {
  if (accepted === undefined) return undefined;
  const headers = { 'accept-encoding': accepted };
  const negotiator = new Negotiator({ headers }) as unknown as Choosing;
  const [name] = negotiator.encodings([...encodings, 'identity'], { preferred: encodings });
  const encode = name === undefined ? undefined : encoders[name];
  return name !== undefined && encode ? { name, encode } : undefined;
}
