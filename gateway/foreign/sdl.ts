import { placeOf } from '../transport/wire.ts';
import type { ForeignSubgraph } from './settings.ts';
import { defined, exchange } from './transport.ts';

/** Reads SDL from an address, as the subgraph itself is asked: the same authorities, the same certificate, its word where that is a bearer's. */
export async function sdlAt(url: URL, { tls, credential, timeout, url: own }: ForeignSubgraph): Promise<string> {
  // A word for one host is not said to another.
  const headers = credential.kind === 'bearer' && url.host === own.host ? { authorization: `Bearer ${credential.token}` } : {};
  const { status, text } = await exchange({ ...placeOf(url), ...defined(tls), headers, method: 'GET', signal: AbortSignal.timeout(timeout) }, '');
  if (status !== 200) throw new Error(`it says ${status}`);
  return text;
}
