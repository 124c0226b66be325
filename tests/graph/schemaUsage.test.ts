import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forgetUses, markDeprecated, otherClients, recordUses, type SchemaUse } from '#kernel/schemaUsage.ts';
import { dispatch } from '../../roles/command.ts';
import { commands } from '../../roles/commands.ts';
import type { TokenWish } from '../../roles/tokens.ts';
import { type EventWorld, eventWorld, subscribe } from '../support/eventWorld.ts';
import { type ScoringWorld, scoringWorld } from '../support/scoring.ts';

let scoring: ScoringWorld;
let world: EventWorld;
beforeAll(async () => {
  scoring = await scoringWorld();
  world = await eventWorld({ registry: scoring.file, settings: { useEvery: 0 } });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await scoring[Symbol.asyncDispose]();
});

// biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
async function ask(query: string, variables: Record<string, unknown> = {}, wish?: TokenWish, client = 'tests'): Promise<any> {
  const headers = { authorization: `Bearer ${await world.tokenFor(wish)}`, 'content-type': 'application/json', 'graphql-client-name': client };
  return (await fetch(world.url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })).json();
}

/** All that was used until now is written down. */
const written = () => world.use(['Query'], new Date(0));

const usage = `query ($filter: SchemaUsageFilter, $first: Int, $after: Cursor) { operations { schemaUsageStartedAt schemaUsage(filter: $filter, first: $first, after: $after) {
  nodes { client contract coordinate typeName isDeprecated requests firstSeenAt lastSeenAt } totalCount pageInfo { hasNextPage endCursor } } } }`;
const rows = async (filter: unknown) => {
  await written();
  const { data, errors } = await ask(usage, { filter });
  expect(errors).toBeUndefined();
  return data.operations.schemaUsage.nodes;
};

const day = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * day);
const use = (coordinate: string, more: Partial<SchemaUse> = {}): SchemaUse => ({
  ...{ client: 'old', contract: '', coordinate, requests: 1, first: ago(100), last: ago(50) },
  ...more,
});
const record = (uses: readonly SchemaUse[], deprecated: readonly string[] = []) => recordUses(world.db, uses, new Set(deprecated));

describe('who uses what', () => {
  test('is told by client, contract and coordinate', async () => {
    const { id } = await world.customer('Used');
    for (let times = 0; times < 2; times += 1) await ask('query ($id: ID!) { customer(id: $id) { name } }', { id }, undefined, 'billing-web');
    await ask('query ($id: ID!) { customer(id: $id) { name } }', { id }, { role: 'portal', customerIds: [id] }, 'client-web');
    const found = await rows({ coordinates: ['Customer.name', 'Query.customer(id:)'], clients: ['billing-web', 'client-web'] });
    const told = found.map((row: { client: string; contract: string; coordinate: string; requests: string }) => [
      row.client,
      row.contract,
      row.coordinate,
      row.requests,
    ]);
    expect(told.sort()).toEqual([
      ['billing-web', null, 'Customer.name', '2'],
      ['billing-web', null, 'Query.customer(id:)', '2'],
      ['client-web', 'portal', 'Customer.name', '1'],
      ['client-web', 'portal', 'Query.customer(id:)', '1'],
    ]);
    expect(found[0]).toMatchObject({ isDeprecated: false, firstSeenAt: expect.any(String), lastSeenAt: expect.any(String) });
  });

  test('counts what comes on a WebSocket, and a subscription for as long as it is open', async () => {
    const { id } = await world.customer('Socket');
    const events = subscribe(world.client(), 'subscription ($id: [ID!]) { customerUpdated(customerIds: $id) { name status } }', { id });
    await events.opened;
    const [first] = await rows({ coordinates: ['CustomerUpdated.status'] });
    expect(first).toMatchObject({ client: 'STAFF', requests: '1' });
    const next = events.next();
    await world.state(id, 'told');
    await next;
    const [later] = await rows({ coordinates: ['CustomerUpdated.status'] });
    expect(later.requests).toBe('1');
    expect(Date.parse(later.lastSeenAt)).toBeGreaterThan(Date.parse(first.lastSeenAt));
    await events.end();
  });

  test('is told by type, by time and in pages, the latest first', async () => {
    await record(['Paged.a', 'Paged.b', 'Paged.c'].map((coordinate, index) => use(coordinate, { last: ago(10 - index) })));
    const page = async (after?: string) => (await ask(usage, { filter: { types: ['Paged'] }, first: 2, after })).data.operations.schemaUsage;
    const first = await page();
    expect([first.nodes.map(({ coordinate }: { coordinate: string }) => coordinate), first.totalCount]).toEqual([['Paged.c', 'Paged.b'], 3]);
    expect((await page(first.pageInfo.endCursor)).nodes).toMatchObject([{ coordinate: 'Paged.a' }]);
    expect(await rows({ types: ['Paged'], usedSince: ago(8.5).toISOString() })).toMatchObject([{ coordinate: 'Paged.c' }]);
  });

  test('tells what is deprecated now, also where nobody has used it since', async () => {
    await record([use('Going.a'), use('Going.b')], ['Going.a']);
    expect(await rows({ types: ['Going'], deprecated: true })).toMatchObject([{ coordinate: 'Going.a', isDeprecated: true }]);
    await markDeprecated(world.db, new Set(['Going.b']));
    expect(await rows({ types: ['Going'], deprecated: true })).toMatchObject([{ coordinate: 'Going.b' }]);
  });

  test('is for who may see it, and for nobody outside', async () => {
    for (const wish of [{ role: 'analyst' }, { role: 'support', customerIds: [(await world.customer('One')).id] }]) {
      const { data, errors } = await ask(usage, {}, wish);
      expect([data, errors[0].extensions.code]).toEqual([null, 'FORBIDDEN']);
    }
    expect((await ask(usage, {}, { role: 'support' })).errors).toBeUndefined();
    const portal = await ask(usage, {}, { role: 'portal', customerIds: [(await world.customer('Two')).id] });
    expect(portal.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('adds up what several gateways write, tells 1,000 clients apart, and forgets what is long past', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) => use('Many.a', { client: `made up ${index}`, last: ago(401), first: ago(402) }));
    await Promise.all([record(many), record([use('Both.a', { requests: 2, first: ago(3) }), use('Both.b')])]);
    await Promise.all([record([use('Both.b'), use('Both.a', { requests: 3, last: ago(1) })]), record([use('Both.a', { first: ago(200) }), use('Both.b')])]);
    const [both] = await world.sql`select requests, first_seen_at, updated_at from log.schema_usage where coordinate = 'Both.a'`;
    expect([both?.requests, Date.parse(both?.first_seen_at) < ago(199).getTime(), Date.parse(both?.updated_at) > ago(2).getTime()]).toEqual(['6', true, true]);
    const [others] = await world.sql`select requests from log.schema_usage where client = ${otherClients}`;
    expect(Number(others?.requests)).toBeGreaterThan(199);
    const [past] =
      await world.sql`select count(*)::int as n, count(distinct client)::int as clients from log.schema_usage where updated_at < now() - interval '400 days'`;
    expect(past?.clients).toBeGreaterThan(900);
    expect(await forgetUses(world.db, new Date())).toBe(past?.n);
  });
});

describe('a change of the graph', () => {
  const withoutScore = () => scoring.sdl.replace(/ {2}"What our rating agency.*\n {2}creditScore.*\n/, '  rating: Int\n');
  const check = async () => {
    const lines: string[] = [];
    const against = world.url.replace('/graphql', '/schema.graphql');
    const words = ['compose', '--check', '--subgraphs', scoring.file, '--against', against];
    const code = await dispatch(commands, [...words, '--token', await world.tokenFor()], { env: {}, out: (line) => void lines.push(line) });
    return { code, text: lines.join('\n') };
  };

  test('is refused with whom it breaks, by the check and by the reload; the graph stays', async () => {
    const { id } = await world.customer('Scored');
    await ask('query ($id: ID!) { customer(id: $id) { creditScore } }', { id }, undefined, 'risk-desk');
    await scoring.writeSdl(withoutScore());
    const told =
      /- Customer\.creditScore: Field 'creditScore' was removed.*\n.* {2}used by risk-desk: Customer\.creditScore, 1 requests, last seen \d{4}-\d\d-\d\dT/;
    expect(await world.look()).toMatchObject({ kind: 'refused', why: expect.stringMatching(told) });
    expect(await check()).toMatchObject({ code: 2, text: expect.stringMatching(told) });
  });

  test('is refused where its use has not been recorded for long enough', async () => {
    await world.sql`delete from log.schema_usage where coordinate = 'Customer.creditScore'`;
    await world.sql`update log.schema_usage set first_seen_at = now()`;
    await scoring.writeSdl(`${withoutScore()}\n# another\n`);
    expect(await world.look()).toMatchObject({ kind: 'refused', why: expect.not.stringContaining('used by') });
    expect((await check()).code).toBe(2);
  });

  test('is said to be unknown where the token may not ask', async () => {
    const lines: string[] = [];
    const words = ['compose', '--check', '--subgraphs', scoring.file, '--against', world.url.replace('/graphql', '/schema.graphql')];
    const env = { ACCORD_TOKEN: await world.tokenFor({ role: 'analyst' }) };
    expect(await dispatch(commands, words, { env, out: (line) => void lines.push(line) })).toBe(2);
    expect(lines.join('\n')).toContain('It is not known who uses what: ');
  });

  test('is taken where nobody has used what goes, and says so', async () => {
    await record([use('Recorded.since', { first: ago(31) })]);
    await scoring.writeSdl(withoutScore());
    const told = 'Nobody has used this for 30 days, so that it may go:\n  - Customer.creditScore: ';
    expect(await check()).toMatchObject({ code: 0, text: expect.stringContaining(told) });
    // Whoever watches the file may have been first.
    expect(await world.look()).toMatchObject({ kind: expect.stringMatching(/^(taken|unchanged)$/) });
    expect((await ask('{ customers { nodes { creditScore } } }')).errors).toMatchObject([{ extensions: { code: 'VALIDATION_FAILED' } }]);
    expect(world.said.join('\n')).toContain(told);
  });
});
