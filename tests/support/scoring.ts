import { once } from 'node:events';
import { cp, readFile, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { answer } from '../../sample/scoring/server.ts';
import { temporaryFolder } from './embedded.ts';

/** A certificate for this machine, which nobody believes who was not told of it. */
export function certificate() {
  const altNames = [
    { type: 7 as const, ip: '127.0.0.1' },
    { type: 2 as const, value: 'localhost' },
  ];
  return generate([{ name: 'commonName', value: 'scoring' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames }],
  });
}

const sample = new URL('../../sample/scoring/', import.meta.url).pathname;

/** The sample's subgraph behind https, with the registry that names it: what an operator has in a folder. */
export async function scoringWorld() {
  const folder = await temporaryFolder();
  const { private: key, cert } = await certificate();
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    seen.push(request.headers);
    answer('word', request, response).catch(() => response.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `https://127.0.0.1:${port}/graphql?tenant=1`;
  await cp(`${sample}scoring.graphql`, join(folder.path, 'scoring.graphql'));
  await writeFile(join(folder.path, 'ca.pem'), cert);
  await writeFile(join(folder.path, 'token'), 'word\n');
  const file = join(folder.path, 'subgraphs.yaml');
  const sampled = await readFile(`${sample}subgraphs.yaml`, 'utf8');
  const written = (text: string) => writeFile(file, text);
  const registry = sampled.replace(/url: .*/, `url: ${url}\n    ca: ca.pem\n    headers: { forward: [x-tenant] }`);
  await written(registry);
  const sdl = await readFile(join(folder.path, 'scoring.graphql'), 'utf8');
  return {
    /** The registry's file, its text, and the way to write another one. */
    file,
    registry,
    written,
    folder: folder.path,
    /** The SDL as it was, and the way to change it. */
    sdl,
    writeSdl: (text: string) => writeFile(join(folder.path, 'scoring.graphql'), text),
    /** The headers of each request that came. */
    seen,
    url,
    /** Ends what is open, as a crash would. */
    cut: () => server.closeAllConnections(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await folder[Symbol.asyncDispose]();
    },
  };
}

export type ScoringWorld = Awaited<ReturnType<typeof scoringWorld>>;
