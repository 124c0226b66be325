import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as engagements } from '#engagements/published.ts';
import { serviceActor } from '#kernel/actor.ts';
import { openDb } from '#kernel/db.ts';
import { newId } from '#kernel/ids.ts';
import { countReferences, publish, published, referencesWhere, type Said } from '#kernel/reference.ts';
import { references as resources } from '#resources/published.ts';
import { testDatabase } from '../support/database.ts';
import { planned } from '../support/forecasts.ts';
import { aProject } from '../support/siblings.ts';

const statements: string[] = [];
const database = await testDatabase();
const open = openDb({ url: database.url, name: 'test', max: 2, onStatement: (text) => statements.push(text) });
afterAll(() => open.close());

const [acme, other, entity, ada] = [newId(), newId(), newId(), newId()];
const ids = Array.from({ length: 6 }, () => newId()).sort() as [string, string, string, string, string, string];
const said: Parameters<typeof aProject>[0][] = [
  { customerId: acme, status: 'ACTIVE', managerId: ada, startDate: '2026-01-01' },
  { customerId: acme, status: 'CLOSED', managerId: null, startDate: '2026-02-01' },
  { customerId: acme, status: 'DRAFT', managerId: ada, legalEntityId: entity, startDate: '2026-03-01' },
  { customerId: other, status: 'ACTIVE', managerId: ada, legalEntityId: null, startDate: '2026-04-01' },
  { customerId: other, status: 'ACTIVE', legalEntityId: entity, startDate: null },
  { customerId: newId(), status: 'ACTIVE', legalEntityId: newId(), startDate: '2026-05-01' },
];

beforeAll(async () => {
  const scope = { tx: open.db, actor: serviceActor('test'), trace: { correlationId: 'c' }, now: new Date() };
  await publish(
    scope,
    said.map((more, index) => published(engagements.Project, { id: ids[index] ?? '', version: 1, data: aProject({ legalEntityId: newId(), ...more }) })),
  );
  const { id, ...data } = planned({ projectId: ids[0] });
  await publish(scope, [published(resources.Assignment, { id, version: 1, data })]);
});

type Project = Said<Parameters<typeof aProject>[0] & object>;
const found = async (wish: Parameters<typeof referencesWhere<ReturnType<typeof aProject>>>[2]) =>
  [...(await referencesWhere(open.db, engagements.Project, wish)).keys()].map((id) => ids.indexOf(id));

describe('documents are found', () => {
  test.each<[string, Project & { after?: string; limit?: number }, number[]]>([
    ['all of a type, in the order of ids', {}, [0, 1, 2, 3, 4, 5]],
    ['by ids', { ids: [ids[3], ids[1], newId()] }, [1, 3]],
    ['by one of some values', { any: { customerId: [acme, newId()] } }, [0, 1, 2]],
    ['by two fields', { any: { customerId: [acme], managerId: [ada] } }, [0, 2]],
    ['by no value at all', { any: { customerId: [] } }, []],
    ['not by a field that nobody asks for', { any: { customerId: undefined, managerId: [ada] } }, [0, 2, 3]],
    ['by a value or none', { anyOrNull: { legalEntityId: [entity] } }, [2, 3, 4]],
    ['by what they do not say', { none: { status: ['CLOSED', 'DRAFT'] } }, [0, 3, 4, 5]],
    ['above a text, where they say one', { above: { startDate: '2026-03-01' } }, [3, 5]],
    ['behind another one', { after: ids[3] }, [4, 5]],
    ['no more than a page', { after: ids[0], limit: 2 }, [1, 2]],
    [
      'by all at once',
      { ids, any: { customerId: [acme, other] }, none: { status: ['CLOSED'] }, above: { startDate: '2025-12-31' }, after: ids[0], limit: 9 },
      [2, 3],
    ],
  ])('%s', async (_, wish, expected) => {
    expect(await found(wish)).toEqual(expected);
  });

  test('with what they say', async () => {
    expect((await referencesWhere(open.db, engagements.Project, { ids: [ids[0]] })).get(ids[0])).toMatchObject({ ...said[0], name: 'Apollo' });
  });

  test('and are counted by a field, a missing value by itself, as far as the limit', async () => {
    const count = async (wish: Project & { by: 'customerId' | 'managerId'; limit?: number }) =>
      Object.fromEntries(await countReferences(open.db, engagements.Project, wish));
    expect(await count({ by: 'customerId', any: { customerId: [acme, other] } })).toEqual({ [acme]: 3, [other]: 2 });
    expect(await count({ by: 'managerId', any: { customerId: [acme] } })).toEqual({ [ada]: 2, null: 1 });
    expect(Object.values(await count({ by: 'customerId', any: { customerId: [acme] }, limit: 2 }))).toEqual([2]);
  });
});

describe('an index answers', () => {
  const plan = async (run: () => Promise<unknown>): Promise<string> => {
    const before = statements.length;
    await run();
    const text = statements.slice(before).find((each) => each.includes('log.reference')) ?? '';
    return database.sql.begin(async (sql) => {
      // Small tables are read whole, unless that is forbidden; the primary key would be the way around the index.
      await sql`set local enable_seqscan = off`;
      await sql`set local enable_indexscan = on`;
      await sql`set local plan_cache_mode = force_generic_plan`;
      const rows = await sql.unsafe(`explain (generic_plan) ${text}`);
      return rows.map((row) => String(Object.values(row)[0])).join('\n');
    });
  };

  test.each([
    ['customerId', 'reference_project_of_customer'],
    ['contractId', 'reference_project_of_contract'],
    ['managerId', 'reference_project_of_manager'],
  ])('for the %s of projects', async (field, index) => {
    expect(await plan(() => referencesWhere(open.db, engagements.Project, { any: { [field]: [newId()] } }))).toContain(index);
  });

  test('for the planned work of projects', async () => {
    const wish = { any: { projectId: [newId()] }, none: { status: ['CANCELLED'] }, above: { endDate: '2026-03-04' } };
    expect(await plan(() => referencesWhere(open.db, resources.Assignment, wish))).toContain('reference_assignment_of_project');
  });
});
