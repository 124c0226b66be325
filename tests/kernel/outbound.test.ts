import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { Blocked, blockList, excerptLimit, faultOfUrl, isPublic, type Outbound, post, targetOf } from '#kernel/outbound.ts';
import { receiver } from '../support/receiver.ts';

const nowhere = blockList([]);
const loopback = blockList(['127.0.0.0/8']);

/** A name server that says this. */
const names = (found: Record<string, readonly string[]>) => async (host: string) => found[host] ?? [];

/** Milliseconds that a call may take. */
const patience = 5_000;
const outbound = (more: Partial<Outbound> = {}): Outbound => ({ networks: loopback, resolve: names({}), timeout: patience, ...more });
const call = (way: Outbound, url: string) => post(way, { url, headers: { 'content-type': 'application/json' }, body: '{}' });

describe('where a call may lead', () => {
  test.each([
    '0.0.0.0',
    '10.0.0.1',
    '10.255.255.255',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fec0::1',
    'ff02::1',
  ])('is not %s', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  test.each(['1.1.1.1', '8.8.8.8', '172.15.0.1', '172.32.0.1', '100.128.0.1', '198.20.0.1', '223.255.255.255', '2606:4700:4700::1111', '2a00:1450::1'])(
    'may be %s',
    (address) => {
      expect(isPublic(address)).toBe(true);
    },
  );

  test('is no name', () => {
    expect(isPublic('localhost')).toBe(false);
  });

  test.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://0/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::127.0.0.1]/',
    'https://[fe80::1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://2852039166/',
    'https://%31%32%37.0.0.1/',
    'https://127。0。0。1/',
    'https://①②⑦.0.0.1/',
  ])('is judged behind every spelling: %s', async (url) => {
    await expect(targetOf({ networks: nowhere, resolve: names({}) }, url)).rejects.toThrow(Blocked);
  });

  test.each([
    ['a name of loopback', ['127.0.0.1']],
    ['the metadata of a cloud', ['169.254.169.254']],
    ['a public address beside a private one', ['8.8.8.8', '10.0.0.1']],
    ['a private address beside a public one', ['192.168.0.1', '8.8.8.8']],
    ['a mapped address', ['::ffff:10.0.0.1']],
    ['a unique-local one', ['fd00::1']],
  ])('is no host whose name leads to %s', async (_, addresses) => {
    await expect(targetOf({ networks: nowhere, resolve: names({ 'hook.example': addresses }) }, 'https://hook.example/')).rejects.toThrow(
      /no public address; who runs Accord may allow its network/,
    );
  });

  test('is a public host, by the address that was judged', async () => {
    const target = await targetOf({ networks: nowhere, resolve: names({ 'hook.example': ['8.8.8.8', '2a00:1450::1'] }) }, 'https://hook.example/in');
    expect(target).toMatchObject({ address: '8.8.8.8', url: { href: 'https://hook.example/in' } });
  });

  test('may be a private network that is allowed, by http as well', async () => {
    const networks = blockList(['10.1.0.0/16', 'fd00:1::/32']);
    const resolve = names({ 'inside.example': ['10.1.2.3'], 'six.example': ['fd00:1::5'], 'beside.example': ['10.2.0.1'] });
    expect((await targetOf({ networks, resolve }, 'http://inside.example/')).address).toBe('10.1.2.3');
    expect((await targetOf({ networks, resolve }, 'http://six.example/')).address).toBe('fd00:1::5');
    await expect(targetOf({ networks, resolve }, 'http://beside.example/')).rejects.toThrow(Blocked);
  });

  test('is never a public host by plain http', async () => {
    await expect(targetOf({ networks: nowhere, resolve: names({ 'hook.example': ['8.8.8.8'] }) }, 'http://hook.example/')).rejects.toThrow(/use https/);
  });

  test.each([
    ['ftp://hook.example/', 'https'],
    ['file:///etc/passwd', 'https'],
    ['hook.example', 'https'],
    ['https://user:secret@hook.example/', 'password'],
    ['https://hook.example/#part', 'fragment'],
  ])('is no address like %s', async (url, word) => {
    expect(faultOfUrl(url)).toContain(word);
    await expect(targetOf({ networks: nowhere, resolve: names({}) }, url)).rejects.toThrow(Blocked);
  });

  test.each(['10.0.0.0', '10.0.0.0/33', 'fd00::/129', 'localhost/8', '10.0.0.0/8/8', ''])('%s is no network', (network) => {
    expect(() => blockList([network])).toThrow(/is no network/);
  });
});

describe('a call', () => {
  test('goes to the address that was judged, whatever the name says a moment later', async () => {
    await using hook = await receiver();
    const asked: string[] = [];
    const resolve = async (host: string) => {
      asked.push(host);
      return asked.length === 1 ? ['127.0.0.1'] : ['127.0.0.2'];
    };
    const answer = await call(outbound({ resolve }), `http://rebinding.example:${hook.port}/hook`);
    expect(answer.status).toBe(204);
    expect(asked).toEqual(['rebinding.example']);
    expect(hook.calls[0]?.headers.host).toBe(`rebinding.example:${hook.port}`);
    await expect(call(outbound({ resolve: async () => ['192.168.0.1'] }), `http://rebinding.example:${hook.port}/hook`)).rejects.toThrow(Blocked);
  });

  test('follows no redirect, wherever it points', async () => {
    await using inner = await receiver();
    await using hook = await receiver((_, response) => void response.writeHead(307, { location: inner.url }).end());
    expect((await call(outbound(), hook.url)).status).toBe(307);
    expect(inner.calls).toEqual([]);
  });

  test('is over after its time, whether nothing comes or the name is not found', async () => {
    await using hook = await receiver(() => undefined);
    await expect(call(outbound({ timeout: 100 }), hook.url)).rejects.toMatchObject({ name: 'AbortError' });
    const resolve = () => new Promise<string[]>(() => undefined);
    await expect(call(outbound({ resolve, timeout: 100 }), 'https://slow.example/')).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('is answered once the status is there, whatever becomes of the rest', async () => {
    await using hook = await receiver((_, response) => void response.writeHead(200).write('a beginning'));
    expect(await call(outbound({ timeout: 400 }), hook.url)).toMatchObject({ status: 200, excerpt: 'a beginning' });
  });

  test('keeps the beginning of an answer and reads no more of it', async () => {
    await using hook = await receiver((_, response) => {
      response.writeHead(200);
      const more = () => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', more);
      };
      more();
    });
    const answer = await call(outbound(), hook.url);
    expect(answer.excerpt).toBe('x'.repeat(excerptLimit));
  });

  test('has no address where the name leads nowhere, and no connection where nobody listens', async () => {
    await expect(call(outbound(), 'https://nowhere.example/')).rejects.toThrow('nowhere.example has no address');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(call(outbound(), `http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('ends with whoever makes it', async () => {
    const control = new AbortController();
    await using hook = await receiver(() => {
      control.abort();
      return undefined;
    });
    await expect(post(outbound(), { url: hook.url, headers: {}, body: '{}' }, control.signal)).rejects.toThrow();
    expect(hook.calls).toHaveLength(1);
  });
});
