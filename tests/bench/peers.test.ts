import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measureEvents } from '../../bench/events.ts';
import { measureOverload } from '../../bench/overload.ts';
import { measurePeers } from '../../bench/peers.ts';
import { reasonIn } from '../../bench/peersWorld.ts';
import { bodyOf, peerQuestions, questionNames, rowsOf } from '../../bench/questions.ts';
import { measureStart } from '../../bench/start.ts';
import { type Folder, temporaryFolder } from '../support/embedded.ts';

test('every question can be chosen by its name; what PostGraphile is asked is the same operation in its words', async () => {
  const questions = await peerQuestions();
  expect(questions.map(({ name }) => name)).toEqual([...questionNames]);
  for (const { mutates, text, postgraphile } of questions) {
    const name = (of: string | undefined) => /query (\w+)/.exec(of ?? '')?.[1];
    if (!mutates) expect(name(postgraphile)).toBe(name(text));
  }
});

test('a mutation is another intent each time, and in each run', async () => {
  const create = (await peerQuestions()).find(({ mutates }) => mutates);
  const body = create && bodyOf(create, { byTables: false, run: 'now' });
  expect(JSON.parse(body ?? '').variables.input.idempotencyKey).toBe('now-{{n}}');
});

test('rows that stand in tables are compared as Accord says them', () => {
  const tables = '{"data":{"nodes":[{"hours":"24300","employee":{"name":"A"}},{"number":"I-1","total":"4787448","currency":"USD"}]}}';
  const rows = {
    data: {
      nodes: [
        { hours: '6.75', employee: { name: 'A' } },
        { number: 'I-1', total: { amount: '47874.48', currency: 'USD' } },
      ],
    },
  };
  expect(rowsOf(tables, { byTables: true })).toEqual(rows);
  expect(rowsOf(JSON.stringify(rows), { byTables: false })).toEqual(rows);
});

test.each([
  [
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find package '@mercuriusjs/gateway' imported from x",
    '@mercuriusjs/gateway is not installed: npm ci --prefix bench/peers',
  ],
  ["Cannot find package 'graphql-jit' imported", 'graphql-jit is not installed: npm ci --prefix bench/peers'],
  ['at somewhere\nTypeError: no schema\n    at x', 'TypeError: no schema'],
  ['nothing that helps', undefined],
])('who cannot start is named with the reason: %s', (said, reason) => {
  expect(reasonIn(said)).toBe(reason);
});

// Whether they still run, and count what they say they count: how fast that is, is no test.
describe.skipIf(process.platform !== 'linux')('the measurements of the gateway', () => {
  const places: Folder[] = [];
  beforeAll(async () => void places.push(await temporaryFolder(), await temporaryFolder()));
  afterAll(() => Promise.all(places.map((place) => place[Symbol.asyncDispose]())));

  async function measured(measure: (place: { folder: string; json: string }, terminal: Parameters<typeof measurePeers>[1]) => Promise<void>) {
    const [firm, figures] = places.map(({ path }) => path);
    const json = join(figures ?? '', 'figures.json');
    let said = '';
    const out = (text: string) => {
      said += text;
    };
    await measure({ folder: firm ?? '', json }, { say: () => undefined, out, signal: new AbortController().signal });
    return { said, figures: JSON.parse(await readFile(json, 'utf8')) };
  }

  test('peers answer alike, are measured in turns, and their statements and fetches are counted', async () => {
    const tiny = { scale: 'S', seconds: 0.1, rounds: 2, only: ['accord', 'apollo', 'sql'], questions: ['portal', 'create'] } as const;
    const { said, figures } = await measured((place, terminal) => measurePeers({ ...tiny, ...place, connections: [2] }, terminal));
    expect(figures.absent).toEqual([]);
    const step = (question: string, alone: boolean) =>
      figures.steps.find((each: { question: string; alone: boolean }) => each.question === question && each.alone === alone).taken;
    const names = (taken: { peer: string }[]) => taken.map(({ peer }) => peer);
    expect(names(step('portal', false))).toEqual(['Accord in process', '@apollo/gateway', 'one statement, json_agg']);
    expect(names(step('portal', true))).toEqual(['@apollo/gateway']);
    expect(names(step('create', false))).toEqual(['Accord in process', '@apollo/gateway']);
    const [own, apollo, sql] = step('portal', false);
    expect(own.statements).toBeGreaterThan(sql.statements);
    expect(sql.statements).toBeGreaterThanOrEqual(1);
    expect(apollo.fetches).toBeGreaterThanOrEqual(4);
    for (const each of [own, apollo, sql]) expect(each.rounds.map(({ requests }: { requests: number }) => requests > 0)).toEqual([true, true]);
    expect(said).toContain('Accord in process over one statement: req/s');
  });

  test('a start is timed until the role is ready, and has a first and a second answer', async () => {
    const { said, figures } = await measured((place, terminal) =>
      measureStart({ ...place, scale: 'S', rounds: 1, only: ['start', 'gateway', 'time', 'worker'] }, terminal),
    );
    expect(Object.keys(figures.found)).toEqual(['start', 'gateway', 'time', 'worker']);
    expect(figures.found.start).toMatchObject([
      { ready: expect.any(Number), atRest: expect.any(Number), first: expect.any(Number), second: expect.any(Number) },
    ]);
    expect(said).toContain('first answer, ms');
  });

  test('under too much load every request is answered, shed or told as failed, and the calm client is asked after', async () => {
    const { said, figures } = await measured((place, terminal) => measureOverload({ ...place, scale: 'S', seconds: 0.5, times: 4 }, terminal));
    const { flooded, offered, seconds } = figures;
    expect(flooded.answered + flooded.shed + flooded.failed).toBe(flooded.sent);
    expect(flooded.sent + flooded.unsent).toBe(Math.floor(offered * seconds));
    expect(flooded.answered).toBeGreaterThan(0);
    expect(figures.idle.asked * figures.busy.asked * figures.afterwards.asked).toBeGreaterThan(0);
    expect(said).toContain('it is up, and answers');
  });

  test('events come to every subscriber, and those that happen while all are away come after', async () => {
    const wish = { rates: [50], subscribers: [1, 30], seconds: 0.5 };
    const { said, figures } = await measured(({ json }, terminal) => measureEvents({ ...wish, json }, terminal));
    expect(figures.cells.map(({ subscribers }: { subscribers: number }) => subscribers)).toEqual([1, 30]);
    for (const { received, wanted } of [...figures.cells, figures.storm]) expect(received).toBe(wanted);
    expect(figures.storm).toMatchObject({ subscribers: 30, wanted: 1_000 });
    expect(said).toContain('came back at once');
  });
});
