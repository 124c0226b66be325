import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles } from '#gateway/roles.ts';
import { type OpenDb, openDb } from '#kernel/db.ts';
import { newId } from '#kernel/ids.ts';
import { sequenceOnce, startSequencer } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { type NodeType, nodeTypes } from '#operations/node/nodeTypes.ts';
import type { TokenWish } from '../../roles/tokens.ts';
import { sources } from '../support/house.ts';
import { untilTrue } from '../support/program.ts';
import { type TwoClients, twoClients } from '../support/twoClients.ts';

let world: TwoClients;
let open: OpenDb;
beforeAll(async () => {
  world = await twoClients();
  open = openDb({ url: world.databaseUrl, name: 'changes', max: 2, scope: 'command' });
  await sequence();
});
afterAll(async () => {
  await open?.close();
  await world?.[Symbol.asyncDispose]();
});

const sequence = async () => {
  while ((await sequenceOnce(open.db)) > 0);
};

type Change = { type: NodeType; entityId: string; version: number; changedAt: string; deleted: boolean; node: { __typename: string; id: string } | null };
type Page = {
  nodes: Change[];
  edges: { cursor: string; node: { entityId: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
  newestCursor: string;
};

const query = `query ($first: Int, $after: Cursor, $filter: ChangeFilter) { changes(first: $first, after: $after, filter: $filter) {
  nodes { type entityId version changedAt deleted node { __typename id } } edges { cursor node { entityId } } pageInfo { hasNextPage endCursor } newestCursor } }`;
const page = async (variables: Record<string, unknown>, wish: TokenWish = { role: 'admin' }): Promise<Page> => (await world.ok(query, variables, wish)).changes;

/** All that somebody is told, page by page. */
async function follow(wish: TokenWish, { first = 250, after, filter }: { first?: number; after?: string; filter?: object } = {}): Promise<Change[]> {
  const told: Change[] = [];
  for (let cursor = after; ; ) {
    const { nodes, pageInfo } = await page({ first, after: cursor, filter }, wish);
    expect(nodes.length).toBeLessThanOrEqual(first);
    expect(new Set(nodes.map(({ entityId }) => entityId)).size).toBe(nodes.length);
    told.push(...nodes);
    if (!pageInfo.hasNextPage) return told;
    cursor = pageInfo.endCursor;
  }
}
const idsOf = (changes: readonly Change[]) => [...new Set(changes.map(({ entityId }) => entityId))].sort();
const newest = async () => (await page({ first: 0 })).newestCursor;

test('every entity that is there stands among the changes, at the version that it has', async () => {
  const told = new Map((await follow({ role: 'admin' })).map((change) => [change.entityId, change]));
  const rows = await world.sql`select id, type from log.known_entity where type is not null`;
  const missing = rows.filter(({ id, type }) => told.get(String(id))?.type !== type).map(({ type }) => type);
  expect([...new Set(missing)]).toEqual([]);
  expect(new Set([...told.values()].map(({ type }) => type)).size).toBeGreaterThan(35);
  const { nodes } = await world.ok('{ customers { nodes { id version } } }', {}, { role: 'admin' });
  for (const { id, version } of nodes ?? []) expect(told.get(id)?.version).toBe(version);
});

test('every type that is a Node is noted under the name that it has in the schema', async () => {
  const text = (await sources(['subgraphs'])).map((source) => source.text).join('\n');
  expect(Object.keys(nodeTypes).filter((type) => !text.includes(`entity('${type}', `))).toEqual([]);
});

test('none is lost, and none comes twice without a write, while many write at once', async () => {
  const log = createLogger({ level: 'silent' });
  const sequencer = startSequencer({ db: open.db, log });
  const after = await newest();
  const customers = await Promise.all(Array.from({ length: 8 }, (_, at) => world.run.made('createCustomer', { name: `Writer ${at}` })));
  let writing = true;
  const writers = Promise.all(
    customers.map(async ({ id }) => {
      for (let time = 1; time <= 12; time += 1) await world.run.made('updateCustomer', { id, name: `Writer ${id} ${time}` });
    }),
  ).finally(() => {
    writing = false;
  });
  const told = new Map<string, number[]>();
  const poll = async (from: string) => {
    const { nodes, pageInfo } = await page({ first: 3, after: from });
    for (const { entityId, version } of nodes) told.set(entityId, [...(told.get(entityId) ?? []), version]);
    return pageInfo.endCursor;
  };
  let cursor = after;
  const finished = () => customers.every(({ id }) => told.get(id)?.at(-1) === 13);
  await untilTrue('all is told', async () => {
    cursor = await poll(cursor);
    return !writing && finished();
  });
  await writers;
  await sequencer.stop();
  for (const seen of told.values()) expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
  expect([...told.keys()].sort()).toEqual(customers.map(({ id }) => id).sort());
});

const portal = () => world.portal('a');
const partner = () => ({ role: 'partner', customerIds: [world.clients.a.id, world.clients.b.id], employeeIds: [world.firm.people.only.a.id] });
const others = Object.keys(roles).filter((role) => role !== 'portal' && role !== 'partner');
const callers: [string, () => TokenWish][] = [
  ['portal', portal],
  ['partner', partner],
  ...others.map((role): [string, () => TokenWish] => [role, () => ({ role, employeeId: world.firm.people.only.a.id })]),
  ['a confined analyst', () => ({ role: 'analyst', customerIds: [world.clients.a.id] })],
  ['a colleague elsewhere', () => ({ role: 'admin', legalEntityIds: [newId()] })],
];

describe.each(callers)('changes as %s', (_, wish) => {
  test('are of what node(id) finds, and of nothing else', async () => {
    const told = (await follow(wish())).filter(({ deleted }) => !deleted);
    for (const { type, entityId, node } of told) expect(node).toEqual({ __typename: type, id: entityId });
    const rows = await world.sql`select id from log.known_entity where type is not null order by id`;
    const all = rows.map(({ id }) => String(id));
    const found: string[] = [];
    for (let at = 0; at < all.length; at += 250) {
      const { nodes } = await world.ok('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: all.slice(at, at + 250) }, wish());
      found.push(...nodes.flatMap((node: { id: string } | null) => node?.id ?? []));
    }
    expect(idsOf(told)).toEqual(found.sort());
  });
});

describe('a page', () => {
  const rename = async (id: string, count: number) => {
    const before = (await world.ok('query ($id: ID!) { customer(id: $id) { name } }', { id }, { role: 'admin' })).customer.name;
    for (let time = 0; time < count; time += 1) await world.run.made('updateCustomer', { id, name: `${before} ${time % 2}` });
    await world.run.made('updateCustomer', { id, name: before });
    await sequence();
  };

  test('holds an entity once, however often it was written, with its last version', async () => {
    const after = await newest();
    const { id } = world.clients.a;
    await rename(id, 9);
    const { nodes } = await page({ after });
    const { version } = (await world.ok('query ($id: ID!) { customer(id: $id) { version } }', { id }, { role: 'admin' })).customer;
    expect(nodes.map(({ entityId, version: own }) => [entityId, own])).toEqual([[id, version]]);
  });

  test('has fields of the entity behind it', async () => {
    const after = await newest();
    await rename(world.clients.b.id, 1);
    const text = 'query ($after: Cursor) { changes(after: $after) { nodes { node { ... on Customer { name status } } } } }';
    const { changes } = await world.ok(text, { after }, { role: 'admin' });
    expect(changes.nodes).toEqual([{ node: { name: expect.any(String), status: 'ACTIVE' } }]);
  });

  test.each([1, 7, 250])('of %i leaves nothing out', async (first) => {
    const [whole, filter] = [
      await follow({ role: 'admin' }, { filter: { types: ['Customer', 'TimesheetEntry', 'Invoice'] } }),
      { types: ['Customer', 'TimesheetEntry', 'Invoice'] },
    ];
    expect(idsOf(await follow({ role: 'admin' }, { first, filter }))).toEqual(idsOf(whole));
  });

  test('can be gone on from at each of its edges', async () => {
    const { edges } = await page({ first: 20 });
    const whole = idsOf(await follow({ role: 'admin' }));
    for (const at of [0, 9, 19]) {
      const before = edges.slice(0, at + 1).map(({ node }) => node.entityId);
      const behind = await follow({ role: 'admin' }, { after: edges[at]?.cursor ?? '' });
      expect([...new Set([...before, ...idsOf(behind)])].sort()).toEqual(whole);
    }
  });

  test('holds the types that are asked for alone', async () => {
    const told = await follow({ role: 'admin' }, { filter: { types: ['Project', 'Task'] } });
    expect([...new Set(told.map(({ type }) => type))].sort()).toEqual(['Project', 'Task']);
    expect(await follow(portal(), { filter: { types: ['RateCard'] } })).toEqual([]);
    expect(await follow({ role: 'admin' }, { filter: { types: ['Nothing', 'ContractRate', 'toString'] } })).toEqual([]);
  });

  test('tells of what was deleted, to who sees the whole firm', async () => {
    const after = await newest();
    const { a } = world.clients;
    const employeeId = world.firm.people.only.a.id;
    const work = {
      employeeId,
      projectId: a.projects[0]?.id,
      taskId: a.projects[0]?.taskId,
      workDate: `${new Date().getUTCFullYear() - 1}-02-16`,
      hours: '1.5',
    };
    const [entry] = await world.run.bulk('recordTimeEntries', [{ ...work, externalRef: { system: 'psa', externalId: newId() } }], 'id version');
    const outside = (await page({ first: 0 }, portal())).newestCursor;
    await world.ok(
      'mutation ($input: TimesheetEntryActionInput!) { deleteTimeEntry(input: $input) { userErrors { code message } } }',
      { input: { idempotencyKey: newId(), id: entry?.id } },
      { role: 'admin' },
    );
    await sequence();
    const told = (await follow({ role: 'admin' }, { after })).filter(({ deleted }) => deleted);
    expect(told).toEqual([
      { type: 'TimesheetEntry', entityId: entry?.id, version: Number(entry?.version) + 1, changedAt: expect.any(String), deleted: true, node: null },
    ]);
    expect((await follow(portal(), { after: outside })).filter(({ deleted }) => deleted)).toEqual([]);
    expect((await follow({ role: 'consultant', employeeId: world.firm.people.only.a.id }, { after })).filter(({ deleted }) => deleted)).toEqual([]);
  });
});

describe('a cursor', () => {
  const refusal = async (variables: Record<string, unknown>, wish: TokenWish = { role: 'admin' }) => {
    const { errors } = await world.ask(query, variables, wish);
    return errors?.[0]?.extensions?.code;
  };

  test('of events, of others, or made up is refused', async () => {
    const inside = await newest();
    const outside = (await page({ first: 0 }, portal())).newestCursor;
    expect(outside).not.toBe(inside);
    expect(await refusal({ after: outside })).toBe('VALIDATION_FAILED');
    expect(await refusal({ after: inside }, portal())).toBe('VALIDATION_FAILED');
    expect(await refusal({ after: Buffer.from('log:1').toString('base64url') })).toBe('VALIDATION_FAILED');
    expect(await refusal({ after: Buffer.from('change:999999999').toString('base64url') })).toBe('VALIDATION_FAILED');
  });

  test('outside the firm leads on as one inside does', async () => {
    const { pageInfo } = await page({ first: 3 }, portal());
    const [whole, rest] = [await follow(portal()), await follow(portal(), { after: pageInfo.endCursor })];
    expect(rest.map(({ entityId }) => entityId)).toEqual(whole.slice(3).map(({ entityId }) => entityId));
  });

  test('whose successors are forgotten has expired; the next one has not', async () => {
    const early = (await page({ first: 1 })).pageInfo.endCursor;
    await world.sql`update log.head set change_oldest = 40`;
    expect(await refusal({ after: early })).toBe('CURSOR_EXPIRED');
    expect(await refusal({ after: Buffer.from('change:39').toString('base64url') })).toBeUndefined();
    expect(await refusal({})).toBeUndefined();
    await world.sql`update log.head set change_oldest = 1`;
  });
});

test.each([
  [{ first: -1 }, 'first'],
  [{ first: 251 }, 'first'],
  [{ filter: { types: [] } }, 'types'],
  [{ filter: { types: Array.from({ length: 251 }, () => 'Task') } }, 'filter.types'],
])('%o is refused with the field that is wrong', async (variables, field) => {
  const { errors } = await world.ask(query, variables, { role: 'admin' });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'VALIDATION_FAILED', field });
});
