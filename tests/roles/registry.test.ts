import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from '#kernel/telemetry.ts';
import { createAlarms } from '../../roles/alarms.ts';
import { CannotStart } from '../../roles/cannotStart.ts';
import { dispatch } from '../../roles/command.ts';
import { commands } from '../../roles/commands.ts';

import { createWays } from '../../roles/registry/open.ts';
import { readRegistry, registryPlaces } from '../../roles/registry/registry.ts';
import { type Folder, temporaryFolder } from '../support/embedded.ts';
import { root } from '../support/program.ts';

let folder: Folder;
let file: string;
let sampled: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  file = join(folder.path, 'subgraphs.yaml');
  await cp(`${root}sample/scoring`, folder.path, { recursive: true });
  await writeFile(join(folder.path, 'token'), 'word\n');
  await writeFile(join(folder.path, 'empty'), '\n');
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-384',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  await writeFile(join(folder.path, 'curve.pem'), privateKey);
  sampled = await readFile(file, 'utf8');
});
afterAll(() => folder[Symbol.asyncDispose]());

async function read(text: string, env: Record<string, string> = {}) {
  await writeFile(file, text);
  return readRegistry({ file, supergraphFile: undefined, env });
}

const entry = (more: Record<string, unknown>) =>
  JSON.stringify({ subgraphs: [{ name: 'scoring', schema: 'scoring.graphql', url: 'https://scoring.example/graphql', credential: 'none', ...more }] });

describe('the registry', () => {
  test('of the sample is read with all that it names', async () => {
    const { registered, watched, poll } = await read(sampled);
    expect(registered.map(({ subgraph }) => subgraph)).toMatchObject([
      { name: 'scoring', credential: { kind: 'bearer', token: 'word' }, errors: 'passed', actor: 'identity', subscriptions: { protocol: 'sse' } },
    ]);
    expect(registered[0]?.sdl).toContain('creditScore');
    expect([watched.map((each) => each.slice(folder.path.length + 1)).sort(), poll]).toEqual([['scoring.graphql', 'subgraphs.yaml', 'token'], undefined]);
  });

  test('trusts nobody unless it says so, and is JSON as well', async () => {
    const [one] = (await read(entry({}))).registered;
    expect(one?.subgraph).toMatchObject({ errors: 'masked', actor: 'nothing', health: undefined, headers: { forward: [], set: {} }, timeout: 10 * 1000 });
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['a name of ours', { name: 'finance' }, /finance is a subgraph of Accord's own: call yours by another name\./],
    ['another name', { name: 'Scoring 2' }, /small letters, digits and dashes/],
    ['no credential', { credential: undefined }, /subgraphs\[0\]\.credential/],
    ['a secret in the file', { credential: { bearer: 'word' } }, /subgraphs\[0\]\.credential/],
    ['a secret that is not set', { credential: { bearer: { env: 'SCORING' } } }, /SCORING is not set/],
    ['a secret of ours', { credential: { bearer: { env: 'ACCORD_GATEWAY_KEY' } } }, /ACCORD_GATEWAY_KEY is Accord's own/],
    ['an empty secret', { credential: { bearer: { file: 'empty' } } }, /empty is empty/],
    ['a file that is not there', { ca: 'nothing.pem' }, /names a file that cannot be read/],
    ['a key that is none', { credential: { signed: { key: { file: 'token' }, audience: 'a' } } }, /no private key as JWK or PEM/],
    ['a key of another kind', { credential: { signed: { key: { file: 'curve.pem' }, audience: 'a' } } }, /neither Ed25519, nor P-256, nor RSA/],
    ['the open way', { url: 'http://scoring.example/graphql' }, /everybody on the way reads what is asked there/],
    ['a password in the address', { url: 'https://a:b@scoring.example/graphql' }, /holds a password/],
    ['another way', { url: 'ftp://scoring.example' }, /a subgraph is asked by https/],
    ['the client’s token', { headers: { forward: ['authorization'] } }, /a header that the gateway says itself/],
    ['our own headers', { headers: { set: { 'x-accord-caller': '{}' } } }, /headers\.set\["x-accord-caller"\]/],
    ['a word that there is not', { trust: 'everything' }, /Unrecognized key/],
    ['no schema', { schema: undefined }, /scoring needs a schema/],
  ])('refuses %s', async (_, more, why) => {
    const refused = await read(entry(more), { ACCORD_GATEWAY_KEY: 'secret' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CannotStart);
    expect(String(refused)).toMatch(why);
  });

  test('takes the open way within the machine, and where it says that the way is safe', async () => {
    for (const more of [{ url: 'http://127.0.0.1:1/' }, { url: 'http://[::1]:1/' }, { url: 'http://scoring:1/', cleartext: true }])
      expect((await read(entry(more))).registered).toHaveLength(1);
  });

  test('reads SDL from an address, with its word to the same host alone, and then looks by the clock', async () => {
    const words: (string | undefined)[] = [];
    const server = createServer(({ headers, url }, response) => {
      words.push(headers.authorization);
      response.writeHead(url === '/schema' ? 200 : 404).end('type Query { a: Int }');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credential = { bearer: { file: 'token' } };
    const { registered, poll } = await read(entry({ url: `${origin}/graphql`, schema: `${origin}/schema`, credential }));
    expect([registered[0]?.sdl, poll]).toEqual(['type Query { a: Int }', 60]);
    await read(entry({ schema: `${origin}/schema`, credential }));
    expect(words).toEqual(['Bearer word', undefined]);
    await expect(read(entry({ schema: `${origin}/nothing` }))).rejects.toThrow(/cannot be read from .*: it says 404/);
    server.closeAllConnections();
    server.close();
  });

  test('is named by flags before the environment; an empty name is none', () => {
    expect(registryPlaces({ flags: {}, env: { ACCORD_SUBGRAPHS: '' } })).toBeUndefined();
    expect(registryPlaces({ flags: { subgraphs: '/a' }, env: { ACCORD_SUBGRAPHS: '/b', ACCORD_SUPERGRAPH: '/c' } })).toMatchObject({
      file: '/a',
      supergraphFile: '/c',
    });
  });
});

test('a way stays while nothing that it depends on changes', async () => {
  const ways = createWays(createLogger({ level: 'silent' }));
  const first = ways.to(await read(sampled));
  expect(ways.to(await read(sampled))['scoring']).toBe(first['scoring']);
  await writeFile(join(folder.path, 'token'), 'other');
  expect(ways.to(await read(sampled))['scoring']).not.toBe(first['scoring']);
  await writeFile(join(folder.path, 'token'), 'word');
  await ways.close();
});

test('the alarm rings when a file changes that is watched, and at SIGHUP, until it is stopped', async () => {
  const before = process.listenerCount('SIGHUP');
  let rings = 0;
  const alarms = createAlarms(
    () => {
      rings += 1;
    },
    createLogger({ level: 'silent' }),
  );
  alarms.watch({ watched: [file, join(folder.path, 'nowhere', 'else')], poll: undefined });
  await expect
    .poll(async () => {
      await writeFile(file, sampled);
      return rings;
    })
    .toBeGreaterThan(0);
  const rung = rings;
  process.emit('SIGHUP');
  expect(rings).toBeGreaterThan(rung);
  alarms.stop();
  expect(process.listenerCount('SIGHUP')).toBe(before);
});

describe('compose', () => {
  const compose = async (...words: string[]) => {
    const lines: string[] = [];
    const code = await dispatch(commands, ['compose', '--subgraphs', file, ...words], { env: {}, out: (line) => lines.push(line) });
    return { code, text: lines.join('\n') };
  };

  test('writes the graph, finds nothing that breaks, and what does', async () => {
    await writeFile(file, sampled);
    const out = join(folder.path, 'supergraph.graphql');
    expect(await compose('--out', out)).toEqual({ code: 0, text: `wrote ${out}` });
    expect(await readFile(out, 'utf8')).toContain('creditScore: Int @join__field(graph: SCORING)');
    const sdl = await readFile(join(folder.path, 'scoring.graphql'), 'utf8');
    await writeFile(join(folder.path, 'documents.json'), JSON.stringify({ scores: '{ customers { nodes { creditScore } } }' }));
    await writeFile(join(folder.path, 'scoring.graphql'), sdl.replace('creditScore: Int', 'score: Int'));
    const { code, text } = await compose('--check', '--against', out, '--documents', join(folder.path, 'documents.json'));
    expect([code, text.split('\n')]).toEqual([
      2,
      [
        'It composes: engagements, resources, time, finance, operations, scoring.',
        'Clients may break, and the registry does not allow it:',
        "  - Customer.creditScore: Field 'creditScore' was removed from object type 'Customer'",
        'Documents that are kept no longer fit:',
        expect.stringMatching(/^ {2}- scores: Cannot query field "creditScore" on type "Customer"/),
      ],
    ]);
    await writeFile(join(folder.path, 'scoring.graphql'), `${sdl}\ntype Customer {`);
    await expect(compose('--check')).rejects.toThrow(/^The subgraphs do not compose:\n {2}- \[scoring\] Syntax Error: .* \(line \d+, column \d+\)/);
    await writeFile(join(folder.path, 'scoring.graphql'), sdl);
  });

  test('says what it needs', async () => {
    await expect(dispatch(commands, ['compose'], { env: {}, out: () => undefined })).rejects.toThrow('Say which subgraphs there are');
    await expect(compose('--check', '--against', '/nothing')).rejects.toThrow('What clients know now cannot be read');
  });
});
