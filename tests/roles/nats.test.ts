import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { CannotStart } from '../../roles/cannotStart.ts';
import type { Call } from '../../roles/command.ts';
import { brokerOf } from '../../roles/nats.ts';
import { natsCommand } from '../../roles/natsCommand.ts';
import { openDevelopmentIssuer } from '../../roles/tokens.ts';
import { cloneDatabase, testDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/embedded.ts';
import { natsServer, noNats } from '../support/natsServer.ts';
import { freePort, runProgram, untilTrue } from '../support/program.ts';
import { certificate } from '../support/scoring.ts';

const database = await testDatabase();
const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());
const fileOf = async (name: string, text: string) => {
  await writeFile(join(folder.path, name), text);
  return join(folder.path, name);
};
const broker = (env: Call['env'], flags: Call['flags'] = {}) => brokerOf({ env, flags });
const options = (env: Call['env']) => broker({ NATS_URL: 'nats://a', ...env })?.options();

describe('the settings of NATS', () => {
  test('are off where no address is given', () => {
    expect([broker({}), broker({ NATS_URL: ' ' }), broker({ NATS_TOKEN: 'x' })]).toEqual([undefined, undefined, undefined]);
  });

  test('have flags that win over the environment, and defaults', () => {
    expect(broker({ NATS_URL: 'nats://a' })?.keep).toEqual({ days: 7, mebibytes: 1024, replicas: 1 });
    const env = { NATS_URL: 'nats://a', NATS_KEEP_DAYS: '3', NATS_KEEP_MIB: '10', NATS_REPLICAS: '5' };
    expect(broker(env)?.keep).toEqual({ days: 3, mebibytes: 10, replicas: 5 });
    expect(broker(env, { 'nats-keep-days': '0.5', 'nats-keep-mib': '20', 'nats-replicas': '3' })?.keep).toEqual({ days: 0.5, mebibytes: 20, replicas: 3 });
  });

  test('name servers, with or without ports, secure or not', async () => {
    expect(await broker({ NATS_URL: 'nats://a:1, nats://b' })?.options()).toEqual({ servers: ['a:1', 'b:4222'] });
    expect(await broker({ NATS_URL: 'tls://a' })?.options()).toEqual({ servers: ['a:4222'], tls: {} });
    expect(await options({ NATS_TLS_CA: '/ca', NATS_TLS_CERT: '/cert', NATS_TLS_KEY: '/key' })).toMatchObject({
      tls: { caFile: '/ca', certFile: '/cert', keyFile: '/key' },
    });
  });

  test('take a secret from the address, the environment or a file, anew for each connection', async () => {
    expect(await broker({ NATS_URL: 'nats://me:p%40ss@a' })?.options()).toMatchObject({ user: 'me', pass: 'p@ss' });
    expect(await options({ NATS_USER: 'me', NATS_PASSWORD: 'secret' })).toMatchObject({ user: 'me', pass: 'secret' });
    expect(await options({ NATS_TOKEN: 'secret' })).toMatchObject({ token: 'secret' });
    const file = await fileOf('word', 'first\n');
    const own = broker({ NATS_URL: 'nats://a', NATS_USER: 'me', NATS_PASSWORD_FILE: file });
    expect(await own?.options()).toMatchObject({ pass: 'first' });
    await fileOf('word', 'second\n');
    expect(await own?.options()).toMatchObject({ pass: 'second' });
    expect(await options({ NATS_TOKEN_FILE: file })).toMatchObject({ token: 'second' });
    expect(await options({ NATS_CREDS: file })).toHaveProperty('authenticator');
  });

  test.each<[string, Call['env'], RegExp]>([
    ['an address of another kind', { NATS_URL: 'http://me:hidden@a' }, /nats:\/\/host:4222/],
    ['no address', { NATS_URL: 'a:4222,hidden' }, /nats:\/\/host:4222/],
    ['no time', { NATS_URL: 'nats://a', NATS_KEEP_DAYS: '0' }, /nats-keep-days/],
    ['no size', { NATS_URL: 'nats://a', NATS_KEEP_MIB: 'much' }, /nats-keep-mib/],
    ['an even number of replicas', { NATS_URL: 'nats://a', NATS_REPLICAS: '2' }, /1, 3 or 5/],
    ['two ways to be known', { NATS_URL: 'nats://me:hidden@a', NATS_TOKEN: 'hidden' }, /set one/],
  ])('refuse %s in a sentence that shows no secret', (_, env, why) => {
    const refused = () => broker(env);
    expect(refused).toThrow(CannotStart);
    expect(refused).toThrow(why);
    expect(refused).not.toThrow(/hidden/);
  });
});

describe('node main.ts nats check', () => {
  const check = async (env: Call['env'], words: string[] = []) => {
    const lines: string[] = [];
    const code = await natsCommand.run({ flags: {}, words, env: { DATABASE_URL: database.url, ...env }, out: (line) => lines.push(line) });
    return { code, text: lines.join('\n') };
  };

  test('asks for an address, and knows one word', async () => {
    await expect(check({})).rejects.toThrow(/NATS_URL is not set/);
    await expect(check({ NATS_URL: 'nats://127.0.0.1:1' }, ['write'])).rejects.toThrow(/nats check/);
  });

  test('says that a broker cannot be reached, without its secrets', async () => {
    const { code, text } = await check({ NATS_URL: `nats://me:hidden@127.0.0.1:${await freePort()}` });
    expect(code).toBe(1);
    expect(text).toMatch(/^NATS: .*(refused|CONNECTION)/im);
    expect(text).not.toContain('hidden');
  });

  test('warns of secrets in the clear', async () => {
    const { text } = await check({ NATS_URL: 'nats://nats.invalid:4222' });
    expect(text).toContain('in the clear');
    expect((await check({ NATS_URL: 'tls://nats.invalid:4222' })).text).not.toContain('in the clear');
  });
});

describe.skipIf(noNats)('Accord with NATS (needs nats-server)', () => {
  test('copies the log as a known user over TLS, shows it in its metrics, and survives the broker', async () => {
    await using database = await cloneDatabase();
    const { private: key, cert } = await certificate();
    const [ca, keyFile] = [await fileOf('ca.pem', cert), await fileOf('key.pem', key)];
    await using server = await natsServer(`
      authorization { user: accord, password: "hidden-word" }
      tls { cert_file: ${JSON.stringify(ca)}, key_file: ${JSON.stringify(keyFile)} }`);
    const port = await freePort();
    await using data = await temporaryFolder();
    const env = { DATABASE_URL: database.url, NATS_URL: server.url.replace('nats://127.0.0.1', 'tls://localhost'), NATS_USER: 'accord', NATS_TLS_CA: ca };
    await using program = runProgram(['start', '--empty', '--data', data.path, '--port', String(port), '--log-level', 'info'], {
      env: { ...env, NATS_PASSWORD: 'hidden-word' },
    });
    await program.said(/Ctrl-C stops everything/);
    const issuer = await openDevelopmentIssuer({ dataFolder: data.path, production: false });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await issuer.token({ role: 'crm', system: 'crm' })}` };
    const create = async (name: string) => {
      const query = `mutation { createCustomer(input: { idempotencyKey: "${newId()}", name: "${name}" }) { userErrors { code } } }`;
      const answer = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
      expect(await answer.json()).toMatchObject({ data: { createCustomer: { userErrors: [] } } });
    };
    const metrics = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const published = (count: number) =>
      untilTrue(`${count} are published`, async () => (await metrics()).includes(`accord_sink_published_total{sink="nats"} ${count}`));

    await create('First');
    await published(1);
    await server.kill();
    await create('Second');
    await untilTrue('the backlog is shown', async () => {
      const text = await metrics();
      return text.includes('accord_sink_up{sink="nats"} 0') && text.includes('accord_sink_lag{sink="nats"} 1');
    });
    await server.start();
    await published(2);
    const checked = async (password: string) => {
      await using check = runProgram(['nats', 'check'], { env: { ...env, NATS_PASSWORD: password } });
      return { code: await check.ended, text: check.output() };
    };
    const good = await checked('hidden-word');
    expect(good.text).toMatch(/copied: up to 2, 0 to go; 2 published/);
    expect(good.text).toMatch(/stream ACCORD: 2 messages, \d+ bytes, the last one position 2/);
    expect(good.code).toBe(0);
    const wrong = await checked('hidden-other');
    expect(wrong.text).toMatch(/^NATS: .*authorization/im);
    expect(wrong.code).toBe(1);
    expect(program.output() + good.text + wrong.text).not.toMatch(/hidden-/);
    expect(await metrics()).toMatch(/accord_sink_connections_total\{sink="nats"\} [2-9]/);
  });
});
