import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import type { TokenWish } from '../../roles/tokens.ts';
import { contentOf } from '../support/content.ts';
import { firmWorld } from '../support/firmWorld.ts';
import type { Json } from '../support/graph.ts';

const { sql, graph, firm } = await firmWorld();

type Item = Readonly<Record<string, unknown>>;

/** An upsert by external reference: what an item needs, what of it changes, and what it may point to in vain. */
type Upsert = { mutation: string; entity: string; list: string; item: () => Item; change: Item; shown: string; astray: string };

const upserts: Upsert[] = [
  { ...of('Customer'), item: () => ({ name: 'Client' }), change: { name: 'Renamed' }, shown: 'name', astray: 'legalEntityId' },
  { ...of('Engagement'), item: () => ({ customerId: firm.customerId, name: 'Programme' }), change: { name: 'Renamed' }, shown: 'name', astray: 'customerId' },
  {
    ...of('Contract'),
    item: () => ({ engagementId: firm.engagementId, name: 'Terms', startDate: '2026-01-01' }),
    ...{ change: { name: 'Renamed' }, shown: 'name', astray: 'engagementId' },
  },
  { ...of('Project'), item: () => ({ engagementId: firm.engagementId, name: 'Build' }), change: { name: 'Renamed' }, shown: 'name', astray: 'contractId' },
  { ...of('Task'), item: () => ({ projectId: firm.projectId, name: 'Design' }), change: { name: 'Renamed' }, shown: 'name', astray: 'projectId' },
  { ...of('Employee'), item: () => ({ name: 'Somebody', hiredOn: '2024-01-01' }), change: { name: 'Renamed' }, shown: 'name', astray: 'costCenterId' },
  {
    ...of('Assignment'),
    item: () => ({ employeeId: firm.employeeId, projectId: firm.projectId, startDate: '2026-03-01', endDate: '2026-03-31', weeklyHours: '1' }),
    ...{ change: { endDate: '2026-03-30' }, shown: 'endDate', astray: 'employeeId' },
  },
];

function of(type: string) {
  const entity = `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
  return { mutation: `upsert${type}s`, entity, list: `${entity}s` };
}

const anyRef = () => ({ system: 'bulk', externalId: randomUUID() });

describe.each(upserts)('$mutation', ({ mutation, entity, list, item, change, shown, astray }) => {
  type Result = { index: number; userErrors: { code: string; field: string | null }[] } & Record<string, Json>;
  const send = (items: readonly Item[], { key = randomUUID(), wish }: { key?: string; wish?: TokenWish } = {}) => {
    const select = `succeeded failed results { index ${entity} { id version ${shown} } userErrors { code field } }`;
    return graph.mutate(mutation, { idempotencyKey: key, items }, { select, ...(wish ? { wish } : {}) });
  };
  /** What became of each item: its entity's version, or the first refusal. */
  const told = (results: Result[]) => results.map(({ [entity]: row, userErrors: [no] }) => (no ? `${no.code} ${no.field}` : `v${row.version}`));
  const idsOf = (results: Result[]) => results.map((result) => result[entity]?.id);
  const facts = async () => Number((await sql`select count(*) as n from log.pending`)[0]?.n);

  test('keeps the place of each item, refuses what is wrong alone, and writes the rest', async () => {
    const refs = [anyRef(), anyRef(), anyRef()];
    const answer = await send([
      { ...item(), externalRef: refs[0] },
      { ...item(), externalRef: refs[1], [astray]: newId() },
      { ...item(), externalRef: refs[2] },
    ]);
    expect(answer).toMatchObject({ succeeded: 2, failed: 1, replayed: false, userErrors: [] });
    expect(answer.results.map(({ index }: Result) => index)).toEqual([0, 1, 2]);
    expect(told(answer.results)).toEqual(['v1', `NOT_FOUND ${astray}`, 'v1']);
    const find = `query ($refs: [ExternalRefInput!]) { ${list}(filter: { externalRefs: $refs }) { nodes { id } } }`;
    const { nodes } = (await graph.ok(find, { refs }))[list];
    expect(nodes.map(({ id }: { id: string }) => id).sort()).toEqual([answer.results[0][entity].id, answer.results[2][entity].id].sort());
  });

  test('said again under the same key is replayed, refusals and all; other items under it are refused', async () => {
    const key = randomUUID();
    const items = [
      { ...item(), externalRef: anyRef() },
      { ...item(), externalRef: { system: ' ', externalId: '1' } },
    ];
    const first = await send(items, { key });
    expect(told(first.results)).toEqual(['v1', 'VALIDATION_FAILED externalRef.system']);
    const before = await contentOf(sql);
    expect(await send(items, { key })).toEqual({ ...first, replayed: true });
    const other = await send([...items].reverse(), { key });
    expect(other).toMatchObject({ results: [], succeeded: 0, failed: 2, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: 'idempotencyKey' }] });
    expect(await contentOf(sql)).toEqual(before);
  });

  test('said again under another key changes nothing; only what differs gets a version', async () => {
    const items = [1, 2, 3].map(() => ({ ...item(), externalRef: anyRef() }));
    const first = await send(items);
    const stated = await facts();
    const again = await send(items);
    expect(told(again.results)).toEqual(['v1', 'v1', 'v1']);
    expect(idsOf(again.results)).toEqual(idsOf(first.results));
    expect(await facts()).toBe(stated);
    const changed = await send([items[2], { ...items[0], ...change }, items[1]] as Item[]);
    expect(told(changed.results)).toEqual(['v1', 'v2', 'v1']);
    expect(changed.results[1][entity]).toMatchObject({ id: idsOf(first.results)[0], ...change });
  });

  test('takes an external reference once a call, as it is spelt, and each system has its own', async () => {
    const { externalId } = anyRef();
    const spelt = [
      ['psa', externalId],
      ['psa', externalId],
      ['PSA', externalId],
      ['psa', externalId.toUpperCase()],
      ['hr', externalId],
      ['psa', ` ${externalId} `],
    ];
    const answer = await send(spelt.map(([system, id]) => ({ ...item(), externalRef: { system, externalId: id } })));
    expect(told(answer.results)).toEqual(['v1', 'VALIDATION_FAILED externalRef', 'v1', 'v1', 'v1', 'VALIDATION_FAILED externalRef']);
    const ids = idsOf(answer.results).filter(Boolean);
    expect(new Set(ids).size).toBe(4);
  });

  test.each([
    ['a reference of no system', { system: '', externalId: '1' }, 'system'],
    ['a reference to nothing', { system: 'bulk', externalId: ' ' }, 'externalId'],
    ['a reference longer than any', { system: 'bulk', externalId: 'x'.repeat(256) }, 'externalId'],
    ['a system longer than any', { system: 's'.repeat(256), externalId: '1' }, 'system'],
  ])('refuses an item with %s, and no other', async (_, externalRef, field) => {
    const { results } = await send([
      { ...item(), externalRef },
      { ...item(), externalRef: anyRef() },
    ]);
    expect(told(results)).toEqual([`VALIDATION_FAILED externalRef.${field}`, 'v1']);
  });

  test('takes a reference as long as may be, of any characters', async () => {
    const longest = { system: '🏢'.repeat(255), externalId: `ü"'\\%_  ${'x'.repeat(240)}` };
    const ref = { ...longest, externalId: `${randomUUID()}${longest.externalId}`.slice(0, 255) };
    const first = await send([{ ...item(), externalRef: ref }]);
    expect(told(first.results)).toEqual(['v1']);
    expect(idsOf((await send([{ ...item(), externalRef: ref }])).results)).toEqual(idsOf(first.results));
  });

  test('is refused as a whole without items, with too many, and without the permission', async () => {
    const before = await contentOf(sql);
    for (const count of [0, 501]) {
      const answer = await send(Array.from({ length: count }, () => ({ ...item(), externalRef: anyRef() })));
      expect(answer).toMatchObject({ results: [], succeeded: 0, failed: count, userErrors: [{ code: 'VALIDATION_FAILED', field: 'items' }] });
    }
    const reader = await send([{ ...item(), externalRef: anyRef() }], { wish: { role: 'analyst' } });
    expect(reader).toMatchObject({ results: [], userErrors: [{ code: 'FORBIDDEN' }] });
    expect(await contentOf(sql)).toEqual(before);
  });
});

describe('an external reference', () => {
  const psa = () => ({ system: 'psa', externalId: randomUUID() });
  const named = async (name: string, ...externalRefs: Item[]): Promise<string> => graph.made('createCustomer', 'customer', { name, externalRefs });
  const refsOf = async (id: string) =>
    (await graph.ok('query ($id: ID!) { customer(id: $id) { externalRefs { system externalId version } } }', { id })).customer.externalRefs;

  test('stays with the entity that has it: nobody takes it over, and nothing else of the call is done', async () => {
    const ref = psa();
    const [owner, other] = [await named('Owner', ref), await named('Other')];
    const before = await contentOf(sql);
    for (const [mutation, input] of [
      ['updateCustomer', { id: other, name: 'Renamed', externalRefs: [psa(), ref] }],
      ['createCustomer', { name: 'Third', externalRefs: [ref] }],
    ] as const) {
      const { userErrors } = await graph.mutate(mutation, input);
      expect(userErrors, mutation).toMatchObject([{ code: 'DUPLICATE_EXTERNAL_REF', field: 'externalRefs' }]);
    }
    expect(await contentOf(sql)).toEqual(before);
    expect(await refsOf(owner)).toMatchObject([ref]);
  });

  test('belongs to its kind of entity: a project may have the one of a customer', async () => {
    const ref = psa();
    await named('Shared', ref);
    const project = await graph.made('createProject', 'project', { engagementId: firm.engagementId, name: 'Shared', externalRefs: [ref] });
    const found = await graph.ok('query ($refs: [ExternalRefInput!]) { projects(filter: { externalRefs: $refs }) { nodes { id } } }', { refs: [ref] });
    expect(found.projects.nodes).toEqual([{ id: project }]);
  });

  test('is added to those that are there, and its version is the last one said', async () => {
    const [first, second] = [psa(), { system: 'erp', externalId: randomUUID() }];
    const id = await named('Collecting', { ...first, version: '1' });
    await graph.done('updateCustomer', { id, externalRefs: [second] });
    await graph.done('updateCustomer', { id, externalRefs: [{ ...first, version: '2' }] });
    const refs = await refsOf(id);
    expect(refs).toHaveLength(2);
    expect(refs).toEqual(
      expect.arrayContaining([
        { ...first, version: '2' },
        { ...second, version: null },
      ]),
    );
  });

  test('raced by eight who bring the same one makes one entity', async () => {
    const items = [{ externalRef: psa(), name: 'Raced' }];
    const select = 'results { customer { id } userErrors { code } }';
    const answers = await Promise.all(Array.from({ length: 8 }, () => graph.mutate('upsertCustomers', { idempotencyKey: randomUUID(), items }, { select })));
    const found = await graph.ok('query ($refs: [ExternalRefInput!]) { customers(filter: { externalRefs: $refs }) { totalCount nodes { id } } }', {
      refs: [items[0]?.externalRef],
    });
    expect(found.customers.totalCount).toBe(1);
    expect(answers.map(({ results }) => results)).toEqual(Array(8).fill([{ customer: found.customers.nodes[0], userErrors: [] }]));
  });
});
