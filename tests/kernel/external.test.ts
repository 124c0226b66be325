import { integer, pgSchema, text, uuid } from 'drizzle-orm/pg-core';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { externalRefTable } from '#kernel/columns.ts';
import type { Scope } from '#kernel/context.ts';
import { openDb } from '#kernel/db.ts';
import { externalKey, externalRefFilter, externalRefsOf, findByExternalRefs, linkExternalRefs } from '#kernel/external.ts';
import { newId } from '#kernel/ids.ts';
import { testDatabase } from '../support/database.ts';

const probe = pgSchema('outside');
const refs = externalRefTable(probe);
const things = probe.table('thing', { id: uuid('id').primaryKey(), name: text('name').notNull(), version: integer('version').notNull() });

const database = await testDatabase();
await database.sql.unsafe(`create schema outside; create table outside.thing (id uuid primary key, name text not null, version integer not null);
  create table outside.external_ref (system text, entity_type text, external_id text, entity_id uuid, external_version text, synced_at timestamptz(3),
    constraint external_ref_pkey primary key (system, entity_type, external_id));`);
const open = openDb({ url: database.url, name: 'test' });
afterAll(() => open.close());

const now = new Date('2026-03-02T09:00:00.000Z');
const ref = (externalId: string, more: object = {}) => ({ system: 'erp', externalId, ...more });
const inScope = <Value>(run: (scope: Scope) => Promise<Value>, at = now): Promise<Value> =>
  open.db.transaction((tx) => run({ tx, actor: serviceActor('test'), trace: { correlationId: 'c' }, now: at }));
const link = (links: readonly { entityId: string; refs: readonly ReturnType<typeof ref>[]; delivered?: boolean }[], { entityType = 'Thing', at = now } = {}) =>
  inScope((scope) => linkExternalRefs(scope, refs, { entityType, links }), at);
const find = (wanted: readonly ReturnType<typeof ref>[], entityType = 'Thing') =>
  inScope((scope) => findByExternalRefs(scope, refs, { entityType, refs: wanted }));

describe('the key of an external reference', () => {
  test('is another one for another reference, wherever the spaces stand', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\\'), maxLength: 6 });
    fc.assert(
      fc.property(part, part, part, part, (system, externalId, otherSystem, otherId) => {
        const same = system === otherSystem && externalId === otherId;
        expect(externalKey({ system, externalId }) === externalKey({ system: otherSystem, externalId: otherId })).toBe(same);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('external references', () => {
  test('lead to what they were linked to, by system, type and id; unknown ones are absent', async () => {
    const [a, b, other] = [newId(), newId(), newId()];
    await link([
      { entityId: a, refs: [ref('lead 1'), ref('lead 2')] },
      { entityId: b, refs: [{ system: 'crm', externalId: 'lead 1' }] },
    ]);
    await link([{ entityId: other, refs: [ref('lead 1')] }], { entityType: 'Other' });
    const found = await find([ref('lead 1'), ref('lead 2'), { system: 'crm', externalId: 'lead 1' }, ref('lead 3'), { system: 'crm', externalId: 'lead 2' }]);
    expect(found).toEqual(
      new Map([
        ['erp lead 1', a],
        ['erp lead 2', a],
        ['crm lead 1', b],
      ]),
    );
    expect(await find([ref('lead 1')], 'Other')).toEqual(new Map([['erp lead 1', other]]));
    expect(await find([])).toEqual(new Map());
  });

  test('are kept as they are: upper case, spaces around and signs of SQL tell them apart', async () => {
    const ids = ['Case', 'case', ' case', "o'case", 'case%', 'c_se', '"case"', 'çase'];
    const owners = ids.map((externalId) => ({ entityId: newId(), refs: [ref(externalId)] }));
    await link(owners);
    const found = await find(ids.map((externalId) => ref(externalId)));
    expect([...found.values()]).toHaveLength(ids.length);
    for (const { entityId, refs: own } of owners) expect(found.get(externalKey(own[0] ?? ref('')))).toBe(entityId);
  });

  test('that are linked again to the same are brought up to date, and nothing else', async () => {
    const id = newId();
    const later = new Date('2026-03-03T09:00:00.000Z');
    await link([{ entityId: id, refs: [ref('again', { version: '1' }), ref('untouched', { version: '1' })] }]);
    await link([{ entityId: id, refs: [ref('again', { version: '2' })] }], { at: later });
    const rows = await database.sql`select external_id, external_version, synced_at from outside.external_ref where entity_id = ${id} order by 1`;
    expect(rows.map((row) => [row.external_id, row.external_version, row.synced_at])).toEqual([
      ['again', '2', later],
      ['untouched', '1', now],
    ]);
    const version = async () => (await database.sql`select external_version from outside.external_ref where external_id = 'again'`)[0]?.external_version;
    await link([{ entityId: id, refs: [ref('again')] }], { at: later });
    expect(await version()).toBe('2');
    await expect(link([{ entityId: id, refs: [ref('again', { version: '1' })] }])).rejects.toMatchObject({ code: 'STALE_SOURCE_VERSION' });
    await link([{ entityId: id, refs: [ref('again')], delivered: true }], { at: later });
    expect(await version()).toBeNull();
  });

  test('that stand twice for the same are one, as the later one says it', async () => {
    const id = newId();
    await link([{ entityId: id, refs: [ref('twice', { version: '1' }), ref('twice', { version: '2' })] }]);
    expect(await database.sql`select external_version from outside.external_ref where external_id = 'twice'`).toEqual([{ external_version: '2' }]);
  });

  test.each([
    ['of another entity', async (own: string) => link([{ entityId: newId(), refs: [ref(`free ${own}`), ref(own)] }])],
    [
      'of two entities of one call',
      async (own: string) =>
        link([
          { entityId: newId(), refs: [ref(`both ${own}`)] },
          { entityId: newId(), refs: [ref(`both ${own}`)] },
        ]),
    ],
  ])('%s are refused, and none of the call is linked', async (_, attempt) => {
    const own = newId();
    await link([{ entityId: newId(), refs: [ref(own)] }]);
    await expect(attempt(own)).rejects.toMatchObject({ code: 'DUPLICATE_EXTERNAL_REF', field: 'externalRefs' });
    expect(await database.sql`select 1 from outside.external_ref where external_id in (${`free ${own}`}, ${`both ${own}`})`).toEqual([]);
  });

  test.each([
    ['no system', { system: ' ', externalId: '1' }],
    ['no id', { system: 'erp', externalId: '' }],
    ['a system that is too long', { system: 'x'.repeat(256), externalId: '1' }],
    ['an id that is too long', { system: 'erp', externalId: 'x'.repeat(256) }],
  ])('with %s are refused', async (_, wrong) => {
    await expect(link([{ entityId: newId(), refs: [wrong] }])).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      field: expect.stringContaining('externalRefs.'),
    });
  });

  test('raced by several entities belong to one of them, and the others are told', async () => {
    const ids = Array.from({ length: 6 }, () => newId());
    const outcomes = await Promise.allSettled(ids.map((entityId) => link([{ entityId, refs: [ref('raced')] }])));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'DUPLICATE_EXTERNAL_REF' });
    const [row] = await database.sql`select entity_id from outside.external_ref where external_id = 'raced'`;
    expect(ids[outcomes.findIndex(({ status }) => status === 'fulfilled')]).toBe(row?.entity_id);
  });

  test('of a page come in one statement, an empty list where there are none', async () => {
    const [a, b] = [newId(), newId()];
    await link([{ entityId: a, refs: [ref('page', { version: '7' })] }]);
    const found = await externalRefsOf(refs, 'Thing')({ db: open.db } as never, [a, b]);
    expect(found).toEqual(
      new Map([
        [a, [{ ...ref('page'), version: '7', syncedAt: now }]],
        [b, []],
      ]),
    );
  });
});

describe('a filter by external references', () => {
  const where = { table: refs, entityType: 'Thing', id: things.id };
  const named = async (wanted: readonly ReturnType<typeof ref>[] | null | undefined) =>
    (await open.db.select().from(things).where(externalRefFilter(where, wanted)).orderBy(things.name)).map(({ name }) => name);

  test('is no condition when it is not given, finds nothing when it is empty, and otherwise what has one of them', async () => {
    const [a, b, c] = [newId(), newId(), newId()];
    await open.db.insert(things).values([a, b, c].map((id, index) => ({ id, name: 'abc'.charAt(index), version: 1 })));
    await link([
      { entityId: a, refs: [ref('filter a'), ref('filter a too')] },
      { entityId: b, refs: [ref('filter b')] },
    ]);
    await link([{ entityId: c, refs: [ref('filter c')] }], { entityType: 'Other' });
    expect(await named(undefined)).toEqual(['a', 'b', 'c']);
    expect(await named(null)).toEqual(['a', 'b', 'c']);
    expect(await named([])).toEqual([]);
    expect(await named([ref('filter a'), ref('filter a too'), ref('none')])).toEqual(['a']);
    expect(await named([ref('filter b'), ref('filter a'), ref('filter c'), { system: 'crm', externalId: 'filter c' }])).toEqual(['a', 'b']);
  });
});
