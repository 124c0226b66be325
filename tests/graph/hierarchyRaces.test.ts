import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { plantCorruption } from '../support/corruption.ts';
import { made, mutate } from '../support/engagements.ts';
import { resourcesWorld } from '../support/resources.ts';
import { choices, seeds } from '../support/seeds.ts';
import { subgraphWorld } from '../support/subgraph.ts';

let clients: Awaited<ReturnType<typeof subgraphWorld>>;
let staff: Awaited<ReturnType<typeof resourcesWorld>>;
beforeAll(async () => {
  [clients, staff] = [await subgraphWorld(engagementsSubgraph), await resourcesWorld()];
});
afterAll(async () => {
  await clients[Symbol.asyncDispose]();
  await staff[Symbol.asyncDispose]();
});

type Refusals = { code: string; guard: string | null; field: string | null }[];
/** A hierarchy as its callers meet it. */
type Hierarchy = { make(name: string): Promise<string>; put(id: string, above: string): Promise<Refusals>; circles(): Promise<number>; refused: object };

const hierarchies: Readonly<Record<string, Hierarchy>> = {
  customers: {
    make: async (name) => (await made(clients, 'createCustomer', { name })).id,
    put: async (id, parentId) => (await mutate(clients, 'updateCustomer', { id, parentId })).errors,
    circles: async () =>
      Number(
        (
          await clients.sql`
      with recursive up as (select id as below, parent_id as id from engagements.customer
        union select below, parent_id from up join engagements.customer above using (id))
      select count(*) from up where below = id`
        )[0]?.count,
      ),
    refused: { code: 'GUARD_REFUSED', guard: 'hierarchyAcyclic', field: 'parentId' },
  },
  employees: {
    make: async (name) => (await staff.hire(name)).id,
    put: async (id, managerId) => (await staff.mutate('updateEmployee', { input: { id, managerId } })).userErrors,
    circles: async () =>
      Number(
        (
          await staff.sql`
      with recursive up as (select id as below, manager_id as id from resources.employee
        union select below, manager_id from up join resources.employee above using (id))
      select count(*) from up where below = id`
        )[0]?.count,
      ),
    refused: { code: 'GUARD_REFUSED', guard: 'managersAcyclic', field: 'managerId' },
  },
};

describe.each(Object.entries(hierarchies))('the hierarchy of %s', (_, { make, put, circles, refused }) => {
  test('takes one of two changes at once that would close a circle, whichever comes first', async () => {
    for (const round of Array.from({ length: 10 }, (_, n) => n)) {
      const [a, b] = [await make('A'), await make('B')];
      const pair = [() => put(a, b), () => put(b, a)];
      const answers = await Promise.all((round % 2 === 0 ? pair : pair.reverse()).map((change) => change()));
      expect(answers.flat()).toEqual([expect.objectContaining(refused)]);
      expect(await circles()).toBe(0);
    }
  });

  test.each(seeds())('has no circle, however many change it at once (seed %i)', async (seed) => {
    const random = choices(seed);
    for (const _ of Array.from({ length: 4 })) {
      const nodes = await Promise.all(Array.from({ length: 5 }, (_, n) => make(`N${n}`)));
      const changes = Array.from({ length: 12 }, () => [random.one(nodes), random.one(nodes)] as const);
      const answers = await Promise.all(changes.map(([id, above]) => put(id, above)));
      for (const errors of answers) for (const error of errors) expect(error).toMatchObject(refused);
      expect(await circles()).toBe(0);
    }
  });
});

test('of two upserts at once that put each below the other, one stands', async () => {
  for (const _ of [1, 2, 3, 4]) {
    const refs = [newId(), newId()].map((externalId) => ({ system: 'hr', externalId }));
    const item = (own: number, above?: number) => ({
      externalRef: refs[own],
      name: `Employee ${own}`,
      hiredOn: '2025-01-01',
      ...(above === undefined ? {} : { managerRef: refs[above] }),
    });
    await staff.upsert('upsertEmployees', [item(0), item(1)]);
    const answers = await Promise.all([staff.upsert('upsertEmployees', [item(0, 1)]), staff.upsert('upsertEmployees', [item(1, 0)])]);
    expect(answers.map(({ succeeded }) => succeeded).sort()).toEqual([0, 1]);
    expect(await hierarchies.employees?.circles()).toBe(0);
  }
});

test('a circle is refused by the database too, whoever writes', async () => {
  const [a, b] = [await made(clients, 'createCustomer', { name: 'A' }), await made(clients, 'createCustomer', { name: 'B' })];
  await plantCorruption(clients.sql)`update engagements.customer set parent_id = ${a.id} where id = ${b.id}`;
  await expect(plantCorruption(clients.sql)`update engagements.customer set parent_id = ${b.id} where id = ${a.id}`).rejects.toMatchObject({ code: 'AC002' });
  const [c] = [await staff.hire('C')];
  await expect(plantCorruption(staff.sql)`update resources.employee set manager_id = ${c.id} where id = ${c.id}`).rejects.toMatchObject({ code: 'AC002' });
});
