import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resourcesWorld } from '../support/resources.ts';
import { allowed } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof resourcesWorld>>;
beforeAll(async () => {
  world = await resourcesWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const ref = (externalId: string) => ({ system: 'hr', externalId });
type Result = { index: number; employee: Record<string, unknown> | null; userErrors: { code: string; field: string | null; guard: string | null }[] };
const errorsOf = (results: Result[]) => results.map(({ userErrors }) => userErrors.map(({ code, field, guard }) => guard ?? `${code} ${field}`).join());

describe('upsertEmployees', () => {
  test('brings each item to its state with the facts of it', async () => {
    const items = [
      { externalRef: ref('p'), name: 'Pending', hiredOn: '2026-06-01' },
      { externalRef: ref('a'), name: 'Active', hiredOn: '2025-01-01', status: 'ACTIVE', legalName: 'Active Legal' },
      { externalRef: ref('l'), name: 'Leave', hiredOn: '2025-01-01', status: 'ON_LEAVE' },
      { externalRef: ref('t'), name: 'Gone', hiredOn: '2024-01-01', terminatedOn: '2025-12-31', status: 'TERMINATED' },
      { externalRef: ref('s'), name: 'Leaving', hiredOn: '2024-01-01', terminatedOn: '2026-12-31', status: 'ACTIVE' },
      { externalRef: ref('c'), name: 'Contract', hiredOn: '2026-06-01', terminatedOn: '2026-08-31', workerType: 'CONTRACTOR' },
    ];
    const before = (await world.facts()).length;
    const first = await world.upsert('upsertEmployees', items, { select: 'status version terminatedOn person { legalName }' });
    expect(first.results.map((result: Result) => result.employee)).toEqual([
      { status: 'PENDING', version: 1, terminatedOn: null, person: { legalName: 'Pending' } },
      { status: 'ACTIVE', version: 1, terminatedOn: null, person: { legalName: 'Active Legal' } },
      { status: 'ON_LEAVE', version: 1, terminatedOn: null, person: { legalName: 'Leave' } },
      { status: 'TERMINATED', version: 1, terminatedOn: '2025-12-31', person: { legalName: 'Gone' } },
      { status: 'ACTIVE', version: 1, terminatedOn: '2026-12-31', person: { legalName: 'Leaving' } },
      { status: 'PENDING', version: 1, terminatedOn: '2026-08-31', person: { legalName: 'Contract' } },
    ]);
    expect((await world.facts()).slice(before)).toEqual([...Array(4).fill('EmployeeHired'), 'EmployeeTerminated', 'EmployeeHired', 'EmployeeHired']);

    const facts = (await world.facts()).length;
    expect((await world.upsert('upsertEmployees', items, { select: 'version' })).results.map((result: Result) => result.employee)).toEqual(
      Array(6).fill({ version: 1 }),
    );
    expect((await world.facts()).length).toBe(facts);

    const next = [
      { externalRef: ref('a'), name: 'Active', status: 'TERMINATED', terminatedOn: '2026-03-01' },
      { externalRef: ref('l'), name: 'Leave', status: 'ACTIVE' },
      { externalRef: ref('t'), name: 'Back', status: 'ACTIVE', hiredOn: '2026-01-01' },
      { externalRef: ref('s'), name: 'Leaving', terminatedOn: null },
      { externalRef: ref('p'), name: 'Pending', title: 'Analyst', legalName: 'Pending Legal' },
    ];
    const second = await world.upsert('upsertEmployees', next, { select: 'name status hiredOn terminatedOn version person { legalName }' });
    expect(second.results.map((result: Result) => result.employee)).toMatchObject([
      { status: 'TERMINATED', terminatedOn: '2026-03-01', version: 2 },
      { status: 'ACTIVE', version: 2 },
      { name: 'Back', status: 'ACTIVE', hiredOn: '2026-01-01', terminatedOn: null, person: { legalName: 'Gone' } },
      { terminatedOn: null },
      { person: { legalName: 'Pending Legal' }, version: 2 },
    ]);
    expect((await world.facts()).slice(facts).sort()).toEqual(['EmployeeHired', 'EmployeeTerminated', 'EmployeeUpdated', 'EmployeeUpdated', 'EmployeeUpdated']);
  });

  test('refuses single items, for what is wrong with each', async () => {
    const at = (n: string, more: Record<string, unknown>) => ({ externalRef: ref(`w${n}`), name: `Wrong ${n}`, hiredOn: '2025-01-01', ...more });
    const gone = await world.made('createLaborCategory', { input: { code: 'GONE', name: 'Gone' } });
    await world.made('updateLaborCategory', { input: { id: gone.id, active: false } });
    const items = [
      at('1', { hiredOn: null }),
      at('2', { status: 'TERMINATED' }),
      at('3', { status: 'TERMINATED', terminatedOn: '2026-12-31' }),
      at('4', { status: 'ACTIVE', hiredOn: '2026-12-31' }),
      at('5', { managerRef: ref('nobody') }),
      at('6', { managerRef: ref('w5') }),
      at('7', { managerRef: ref('w8') }),
      at('8', { managerRef: ref('w7') }),
      at('9', { laborCategories: [{ laborCategoryId: gone.id, effectiveFrom: '2025-01-01' }] }),
      at('10', { terminatedOn: '2024-12-31' }),
      at('11', {}),
      at('11', {}),
      at('12', { status: 'ACTIVE', terminatedOn: '2026-03-02' }),
    ];
    const { results, succeeded, failed } = await world.upsert('upsertEmployees', items);
    expect([succeeded, failed]).toEqual([1, 12]);
    expect(errorsOf(results)).toEqual([
      'VALIDATION_FAILED hiredOn',
      'VALIDATION_FAILED terminatedOn',
      'lastDayReached',
      'hireDateReached',
      'NOT_FOUND managerRef',
      'NOT_FOUND managerRef',
      'NOT_FOUND managerRef',
      'managersAcyclic',
      'VALIDATION_FAILED laborCategories.laborCategoryId',
      'VALIDATION_FAILED terminatedOn',
      '',
      'VALIDATION_FAILED externalRef',
      'lastDayAhead',
    ]);
  });

  test('takes a tree of managers in any order, and labor categories', async () => {
    const category = await world.made('createLaborCategory', { input: { code: 'TREE', name: 'Tree' } });
    const laborCategories = [{ laborCategoryId: category.id, effectiveFrom: '2025-01-01' }];
    const items = ['c', 'b', 'a'].map((name, index, all) => ({
      externalRef: ref(`tree-${name}`),
      name,
      hiredOn: '2025-01-01',
      laborCategories,
      ...(all[index + 1] ? { managerRef: ref(`tree-${all[index + 1]}`) } : {}),
    }));
    const select = 'name version manager { name } laborCategory(asOf: "2026-01-01") { code }';
    const { results } = await world.upsert('upsertEmployees', items, { select });
    expect(results.map((result: Result) => result.employee)).toEqual([
      { name: 'c', version: 1, manager: { name: 'b' }, laborCategory: { code: 'TREE' } },
      { name: 'b', version: 1, manager: { name: 'a' }, laborCategory: { code: 'TREE' } },
      { name: 'a', version: 1, manager: null, laborCategory: { code: 'TREE' } },
    ]);
    expect((await world.upsert('upsertEmployees', items, { select })).results.map((result: Result) => result.employee?.version)).toEqual([1, 1, 1]);
    const other = await world.upsert('upsertEmployees', [{ ...items[0], laborCategories: [] }], { select });
    expect(other.results[0].employee).toMatchObject({ version: 2, laborCategory: null });
  });

  test('takes 500 at once in a few statements, again without a change, and replays', async () => {
    const category = await world.made('createLaborCategory', { input: { code: 'MANY', name: 'Many' } });
    const items = Array.from({ length: 500 }, (_, n) => ({
      externalRef: ref(`many-${n}`),
      name: `Many ${n}`,
      hiredOn: '2025-01-01',
      status: 'ACTIVE',
      laborCategories: [{ laborCategoryId: category.id, effectiveFrom: '2025-01-01' }],
      ...(n > 0 ? { managerRef: ref(`many-${Math.floor((n - 1) / 8)}`) } : {}),
    }));
    world.statements.length = 0;
    const first = await world.upsert('upsertEmployees', items, { key: 'many', select: 'id name status manager { name }' });
    expect(first).toMatchObject({ succeeded: 500, failed: 0 });
    expect(world.statements.length).toBeLessThan(26);
    expect(first.results[9].employee).toMatchObject({ name: 'Many 9', status: 'ACTIVE', manager: { name: 'Many 1' } });
    expect(await world.upsert('upsertEmployees', items, { key: 'many' })).toMatchObject({ replayed: true, succeeded: 500 });
    const facts = (await world.facts()).length;
    const moved = items.map((item) => ({ ...item, title: 'Consultant' }));
    expect((await world.upsert('upsertEmployees', moved)).results.every((result: Result) => result.employee?.version === 2)).toBe(true);
    expect((await world.facts()).length).toBe(facts + 500);
    expect((await world.upsert('upsertEmployees', [...items, items[0]])).userErrors).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });

  test('two of the same at once make each employee once', async () => {
    const items = Array.from({ length: 20 }, (_, n) => ({ externalRef: ref(`race-${n}`), name: `Race ${n}`, hiredOn: '2025-01-01' }));
    const answers = await Promise.all([0, 1, 2].map(() => world.upsert('upsertEmployees', items)));
    expect(answers.some((answer) => answer.succeeded === 20)).toBe(true);
    const [row] = await world.sql`select count(*)::int as n from resources.employee where name like 'Race %'`;
    expect(row?.n).toBe(20);
  });

  test('is not for readers, and not for who is confined to customers', async () => {
    const items = [{ externalRef: ref('x'), name: 'X', hiredOn: '2025-01-01' }];
    expect((await world.upsert('upsertEmployees', items, { actor: { ...allowed, permissions: ['employee:read'] } })).userErrors).toEqual([
      { code: 'FORBIDDEN' },
    ]);
    expect((await world.upsert('upsertEmployees', items, { actor: { ...allowed, customerIds: [] } })).userErrors).toEqual([{ code: 'FORBIDDEN' }]);
  });
});
