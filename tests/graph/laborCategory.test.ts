import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resourcesWorld } from '../support/resources.ts';
import { allowed } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof resourcesWorld>>;
beforeAll(async () => {
  world = await resourcesWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe('a labor category', () => {
  test('is created in use, published, changed and put out of use', async () => {
    const { row } = await world.mutate('createLaborCategory', {
      input: { code: ' SC ', name: 'Senior Consultant', externalRefs: [{ system: 'hr', externalId: '1' }] },
      select: 'id code active version externalRefs { externalId }',
    });
    expect(row).toMatchObject({ code: 'SC', active: true, version: 1, externalRefs: [{ externalId: '1' }] });
    expect(await world.reference('LaborCategory', row.id)).toEqual({ version: 1, data: { code: 'SC', name: 'Senior Consultant' } });
    const changed = await world.mutate('updateLaborCategory', {
      input: { id: row.id, expectedVersion: 1, name: 'Senior', active: false, description: 'Leads.' },
      select: 'name active version description',
    });
    expect(changed.row).toEqual({ name: 'Senior', active: false, version: 2, description: 'Leads.' });
    expect((await world.reference('LaborCategory', row.id))?.data).toEqual({ code: 'SC', name: 'Senior' });
  });

  test('has a code of its own', async () => {
    const first = await world.made('createLaborCategory', { input: { code: 'ONE', name: 'One' } });
    const second = await world.made('createLaborCategory', { input: { code: 'TWO', name: 'Two' } });
    expect((await world.mutate('createLaborCategory', { input: { code: 'ONE', name: 'Other' } })).userErrors).toMatchObject([
      { code: 'VALIDATION_FAILED', field: 'code' },
    ]);
    expect((await world.mutate('updateLaborCategory', { input: { id: second.id, code: 'ONE' } })).userErrors).toMatchObject([
      { code: 'VALIDATION_FAILED', field: 'code' },
    ]);
    expect((await world.mutate('updateLaborCategory', { input: { id: first.id, code: 'ONE' } })).userErrors).toEqual([]);
    const racing = await Promise.all([1, 2, 3].map(() => world.mutate('createLaborCategory', { input: { code: 'RACE', name: 'Race' } })));
    expect(racing.filter(({ row }) => row).length).toBe(1);
  });

  test('is upserted by external reference, else by code', async () => {
    await world.made('createLaborCategory', { input: { code: 'UP1', name: 'By code' } });
    const items = [
      { externalRef: { system: 'hr', externalId: 'u1' }, code: 'UP1', name: 'By code' },
      { externalRef: { system: 'hr', externalId: 'u2' }, code: 'UP2', name: 'New', active: false },
      { code: 'UP2', name: 'Twice' },
      { code: ' ', name: 'Blank' },
      { externalRef: { system: 'hr', externalId: 'u1' }, code: 'UP3', name: 'Ref twice' },
    ];
    const first = await world.upsert('upsertLaborCategories', items, { select: 'code name version active' });
    expect(
      first.results.map((result: { laborCategory: unknown; userErrors: { field: string }[] }) => result.laborCategory ?? result.userErrors[0]?.field),
    ).toEqual([
      { code: 'UP1', name: 'By code', version: 1, active: true },
      { code: 'UP2', name: 'New', version: 1, active: false },
      'code',
      'code',
      'externalRef',
    ]);
    const again = await world.upsert('upsertLaborCategories', [{ ...items[0], code: 'UP1b', name: 'Renamed' }, items[1], { code: 'UP1', name: 'x' }], {
      select: 'code name version',
    });
    expect(again.results.slice(0, 2).map((result: { laborCategory: unknown }) => result.laborCategory)).toEqual([
      { code: 'UP1b', name: 'Renamed', version: 2 },
      { code: 'UP2', name: 'New', version: 1 },
    ]);
    expect(again.results[2].userErrors).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });

  test('takes 500 in a dozen statements', async () => {
    const items = Array.from({ length: 500 }, (_, n) => ({ externalRef: { system: 'bulk', externalId: `${n}` }, code: `B${n}`, name: `Bulk ${n}` }));
    world.statements.length = 0;
    expect(await world.upsert('upsertLaborCategories', items, { select: 'id' })).toMatchObject({ succeeded: 500, failed: 0 });
    expect(world.statements.length).toBeLessThan(14);
  });

  test('is found by filters, in order, with those who have it', async () => {
    const category = await world.made('createLaborCategory', { input: { code: 'HELD', name: 'Held' } });
    const other = await world.made('createLaborCategory', { input: { code: 'OTHER', name: 'Other' } });
    for (const name of ['Ann', 'Bob']) {
      await world.hire(name, {
        laborCategories: [
          { laborCategoryId: category.id, effectiveFrom: '2025-01-01' },
          { laborCategoryId: other.id, effectiveFrom: '2026-01-01' },
        ],
      });
    }
    const text = `{ laborCategories(filter: { codes: ["HELD", "OTHER"], active: true }, orderBy: { field: NAME, direction: DESC }) { totalCount nodes { code
      all: employees { totalCount nodes { employee { name } effectiveFrom effectiveTo laborCategory { code } } }
      now: employees(filter: { asOf: "2026-03-01" }) { totalCount } } } }`;
    world.statements.length = 0;
    const { laborCategories } = await world.ok(text);
    expect(world.statements.length).toBeLessThan(10);
    expect(laborCategories.totalCount).toBe(2);
    expect(laborCategories.nodes).toMatchObject([
      { code: 'OTHER', all: { totalCount: 2 }, now: { totalCount: 2 } },
      {
        code: 'HELD',
        all: { totalCount: 2, nodes: [{ effectiveFrom: '2025-01-01', effectiveTo: '2025-12-31', laborCategory: { code: 'HELD' } }, {}] },
        now: { totalCount: 0 },
      },
    ]);
  });

  test('needs its permissions', async () => {
    const reader = { ...allowed, permissions: ['labor-category:read'] };
    expect((await world.mutate('createLaborCategory', { input: { code: 'NO', name: 'No' }, actor: reader })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await world.run('{ laborCategories { totalCount } }', { actor: { ...allowed, permissions: ['employee:read'] } })).errors[0]?.code).toBe(
      'FORBIDDEN',
    );
    expect(await world.ok('{ laborCategory(id: "nothing") { id } }', { actor: reader })).toEqual({ laborCategory: null });
  });
});
