import { spawn } from 'node:child_process';
import { createServer, type ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { portalBody } from '../../bench/clients.ts';
import { linesOf } from '../../bench/compare.ts';
import { median, medians, ratio, table } from '../../bench/figures.ts';
import { generate } from '../../bench/load.ts';
import type { Measurement } from '../../bench/measure.ts';
import { listen } from '../../roles/listen.ts';

const measurement = (requestsPerSecond: number): Measurement => ({
  requestsPerSecond,
  p50: 1,
  p99: 2,
  longest: 3,
  requests: 10,
  cpu: { gateway: 1, subgraphs: 2, postgres: 3, total: 6 },
});

test('figures are medians over rounds, ratios medians of neighbours', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([7])]).toEqual([2, 2.5, 7]);
  expect(medians([measurement(10), measurement(30), measurement(20)])).toEqual(measurement(20));
  const [fast, slow] = [
    [measurement(20), measurement(2), measurement(60)],
    [measurement(10), measurement(1), measurement(10)],
  ];
  expect(ratio(fast, slow, (round) => round.requestsPerSecond)).toBe(2);
});

test('a table stands in columns', () => {
  expect(
    table([
      ['a', 'req/s'],
      ['longer', '7'],
    ]),
  ).toBe('a       req/s\nlonger      7');
});

test('the query is the one that the README shows', async () => {
  expect(JSON.parse(await portalBody()).query).toMatch(/^query Portal \{ customers/);
});

async function serving(answer: (response: ServerResponse, token: string | undefined) => void) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(response, request.headers.authorization));
  });
  const { url, close } = await listen(server, { host: '127.0.0.1', port: 0 });
  return { url, [Symbol.asyncDispose]: close };
}

const job = { body: '{}', connections: 4, seconds: 60, most: 40 };

test('the load generator asks for its clients in turn, and ends at the number', async () => {
  const asked = new Map<string, number>();
  await using server = await serving((response, token = '') => {
    asked.set(token, (asked.get(token) ?? 0) + 1);
    response.end('four');
  });
  const clients = ['a', 'b'].map((token) => ({ token, length: 4 }));
  expect(await generate({ ...job, url: server.url, clients })).toMatchObject({ requests: 40, failures: 0 });
  expect(Object.fromEntries(asked)).toEqual({ 'Bearer a': 20, 'Bearer b': 20 });
});

test('an answer of another length or status, or none, is a failure and no request', async () => {
  await using server = await serving((response, token) => {
    if (token === 'Bearer gone') return void response.destroy();
    response.writeHead(token === 'Bearer refused' ? 500 : 200).end('four');
  });
  const clients = [
    { token: 'right', length: 4 },
    { token: 'longer', length: 5 },
    { token: 'refused', length: 4 },
    { token: 'gone', length: 4 },
  ];
  expect(await generate({ ...job, url: server.url, clients })).toMatchObject({ requests: 10, failures: 30 });
});

test('a body that counts is another one each time', async () => {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(Buffer.concat(await request.toArray()).toString());
    response.end('four');
  });
  const { url, close } = await listen(server, { host: '127.0.0.1', port: 0 });
  await generate({ ...job, body: '{"key":"a-{{n}}","again":"{{n}}"}', url, clients: [{ token: 'a', length: 4 }] });
  await close();
  expect(new Set(bodies).size).toBe(40);
  expect(bodies).toContain('{"key":"a-7","again":"7"}');
});

test('a comparison tells medians, and the median of the ratios of neighbours', () => {
  const rounds = { base: [{ 'CPU ms': 1 }, { 'CPU ms': 10 }, { 'CPU ms': 100 }], present: [{ 'CPU ms': 2 }, { 'CPU ms': 11 }, { 'CPU ms': 90 }] };
  expect(linesOf('portal', rounds)).toEqual([['portal: CPU ms', '10.00', '11.00', '1.10']]);
});

test.each([
  [['compare'], /^Say what to compare with: --base REVISION/],
  [['compare', '--base', 'HEAD', '--only', 'portal,nonsense'], /^nonsense is nothing that is compared; use start, import, portal/],
  [['compare', '--base', 'no-such-revision'], /^There is no revision no-such-revision here/],
  [['compare', 'more'], /^Say what to measure/],
  [['compare', '--help'], /compare --base REVISION/],
])('bench %j says what is wrong', async (args, sentence) => {
  const child = spawn(process.execPath, [new URL('../../bench/main.ts', import.meta.url).pathname, ...args]);
  const said = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  expect(Buffer.concat(said.flat()).toString()).toMatch(sentence);
});
