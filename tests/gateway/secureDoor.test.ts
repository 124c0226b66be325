import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type ClientHttp2Session, type ClientHttp2Stream, connect, type IncomingHttpHeaders } from 'node:http2';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectSecurely, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { writeLogCursor } from '#kernel/logCursor.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { certificateOf } from '../../roles/certificate.ts';
import { temporaryFolder } from '../support/embedded.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';
import { certificate } from '../support/scoring.ts';

const customers = '{ customers(first: 1) { nodes { name } } }';
const created = 'subscription { customerCreated { name } }';

describe('a gateway with a certificate', () => {
  let world: EventWorld;
  let ca = '';
  let session: ClientHttp2Session;
  beforeAll(async () => {
    const { private: key, cert } = await certificate();
    ca = cert;
    world = await eventWorld({ certificate: { key, cert } });
    session = connect(new URL(world.url).origin, { ca });
  });
  afterAll(async () => {
    session.close();
    await world[Symbol.asyncDispose]();
  });

  const begin = async (query: string, headers: IncomingHttpHeaders = {}): Promise<ClientHttp2Stream> => {
    const stream = session.request({
      ...{ ':method': 'POST', ':path': '/graphql', 'content-type': 'application/json', accept: 'application/json' },
      ...{ authorization: `Bearer ${await world.tokenFor({ role: 'admin' })}`, ...headers },
    });
    stream.end(JSON.stringify({ query }));
    return stream;
  };
  const ask = async (query: string, headers: IncomingHttpHeaders = {}) => {
    const stream = await begin(query, headers);
    const [[told], said] = await Promise.all([once(stream, 'response') as Promise<[IncomingHttpHeaders]>, text(stream)]);
    return { status: told[':status'], told, said: JSON.parse(said) };
  };

  test('answers over HTTP/2, many requests at once on one connection, with the headers and statuses of HTTP/1.1', async () => {
    const asked = await Promise.all(Array.from({ length: 20 }, () => ask(customers)));
    for (const { status, said } of asked) expect({ status, errors: said.errors }).toEqual({ status: 200, errors: undefined });
    expect(asked[0]?.told).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(await ask(customers, { authorization: 'Bearer a.b.c' })).toMatchObject({
      status: 401,
      said: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    });
    expect(await ask(customers, { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
    expect(await ask(`${customers} # ${'x'.repeat(2_000_000)}`)).toMatchObject({ status: 413 });
    expect((await ask(customers)).status).toBe(200);
  });

  test('streams events over HTTP/2, beside other requests of the same connection', async () => {
    const stream = await begin(created, { accept: 'text/event-stream' });
    let came = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      came += chunk;
    });
    await expect.poll(() => came).toContain(':');
    expect((await ask('mutation { createCustomer(input: { name: "Over two" }) { userErrors { code } } }')).said.data.createCustomer.userErrors).toEqual([]);
    await expect.poll(() => came).toContain('"name":"Over two"');
    stream.close();
  });

  test('opens WebSockets by wss', async () => {
    class Trusting extends WebSocket {
      constructor(url: string, protocols: string | string[]) {
        super(url, protocols, { ca });
      }
    }
    const client = world.client(undefined, { webSocketImpl: Trusting });
    const events = client.iterate<{ customerCreated: { name: string } }>({
      query: `subscription { customerCreated(after: "${writeLogCursor(0n)}") { name } }`,
    });
    expect((await events.next()).value?.data?.customerCreated.name).toBe('Over two');
    await events.return?.();
  });
});

describe('a certificate', () => {
  const call = (cert: string, key: string) => certificateOf({ flags: { 'tls-cert': cert }, env: { ACCORD_TLS_KEY: key }, words: [], out: () => undefined });

  test('is two files that fit, or the start says what is wrong', async () => {
    await using folder = await temporaryFolder();
    const [one, other] = [await certificate(), await certificate()];
    const place = (name: string) => join(folder.path, name);
    await writeFile(place('cert'), one.cert);
    await writeFile(place('key'), one.private);
    await writeFile(place('other'), other.private);
    expect((await call(place('cert'), place('key')))?.certificate).toEqual({ cert: one.cert, key: one.private });
    await expect(call(place('cert'), place('other'))).rejects.toThrow(/are no certificate and its private key in PEM/);
    await expect(call(place('cert'), place('nowhere'))).rejects.toThrow(/nowhere cannot be read/);
    await expect(call(place('cert'), '')).rejects.toThrow(/name both/);
    expect(await call('', '')).toBeUndefined();
  });

  test('is taken anew when its files change; connections that are open stay; one that does not fit is not taken', async () => {
    await using folder = await temporaryFolder();
    const [before, after] = [await certificate(), await certificate()];
    const [cert, key] = [join(folder.path, 'cert.pem'), join(folder.path, 'key.pem')];
    await writeFile(cert, before.cert);
    await writeFile(key, before.private);
    const secure = await call(cert, key);
    await using world = await eventWorld(secure ? { certificate: secure.certificate } : {});
    await using stack = new AsyncDisposableStack();
    secure?.follow({ gateway: world, log: createLogger({ level: 'silent' }), stack });
    const shown = async () => {
      const socket: TLSSocket = connectSecurely({ host: '127.0.0.1', port: Number(new URL(world.url).port), rejectUnauthorized: false });
      await once(socket, 'secureConnect');
      const { raw } = socket.getPeerCertificate();
      socket.destroy();
      return `-----BEGIN CERTIFICATE-----\n${raw.toString('base64')}`.replace(/\s/g, '');
    };
    const begins = (pem: string) => pem.replace(/\s/g, '').replace('-----ENDCERTIFICATE-----', '');
    const session = connect(new URL(world.url).origin, { ca: before.cert });
    await once(session, 'connect');
    expect(await shown()).toBe(begins(before.cert));
    await writeFile(cert, after.cert);
    process.emit('SIGHUP');
    expect(await shown()).toBe(begins(before.cert));
    await writeFile(key, after.private);
    await expect.poll(shown).toBe(begins(after.cert));
    const stream = session.request({ ':path': '/health' });
    expect(await text(stream)).toContain('ok');
    session.close();
  });
});
