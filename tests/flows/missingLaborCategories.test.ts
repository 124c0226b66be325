import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const select = `entries exceptions hours unnamedEntries unnamedHours more
  groups { employee { id name } project { name } laborCategory { name } workDate lastWorkDate entries exceptions hours rate { rate { amount } refused { code } } }`;

/** A firm with three people without a labor category, who worked two days of a week each, approved: six exceptions. */
async function nameless() {
  const firm = await firmAt(world.graph);
  const people: string[] = [];
  for (const who of ['Nova', 'Noel', 'Nils']) people.push(await firm.person(who, false));
  for (const employeeId of people) {
    const { timesheetId } = await firm.recorded(['2026-02-09', '2026-02-10'], { employeeId });
    await world.graph.done('submitTimesheet', { id: timesheetId });
    await world.graph.done('approveTimesheet', { id: timesheetId, approverId: firm.approverId });
  }
  await world.settle();
  const { customerId, categoryId } = firm;
  const naming = async (rules: readonly object[], more: Record<string, unknown> = {}): Promise<Json> =>
    world.graph.done('nameLaborCategories', { rules: rules.map((rule) => ({ customerIds: [customerId], ...rule })), ...more }, { select });
  const state = async () => {
    const [row] = await world.sql`select (select count(*)::int from operations.exception where customer_id = ${customerId} and status = 'OPEN') as open,
      (select count(*)::int from operations.exception where customer_id = ${customerId} and status = 'RESOLVED') as resolved,
      (select count(*)::int from finance.actual where customer_id = ${customerId} and kind = 'UNBILLED_SALES') as sales,
      (select count(*)::int from time.timesheet_entry where customer_id = ${customerId} and labor_category_id is null) as missing`;
    return row;
  };
  return { ...firm, people, naming, state, junior: categoryId };
}

describe('time without a labor category, however much of it', () => {
  test('a controller sees what rules would settle and at which rates, and nothing is written; then the exceptions drain by themselves', async () => {
    const { people, naming, state, junior } = await nameless();
    const rules = [
      { employeeIds: people.slice(0, 2), effectiveTo: '2026-02-09', laborCategoryId: junior },
      { employeeIds: people.slice(1, 2), laborCategoryId: junior },
    ];
    const looked = await naming(rules, { dryRun: true });
    expect(looked).toMatchObject({ entries: 3, exceptions: 3, hours: '24.00', more: false });
    // Time of other firms of this world lacks none.
    expect(looked).toMatchObject({ unnamedEntries: 3, unnamedHours: '24.00' });
    expect(looked.groups).toMatchObject([
      {
        employee: { id: people[1] },
        workDate: '2026-02-09',
        lastWorkDate: '2026-02-10',
        entries: 2,
        hours: '16.00',
        rate: { rate: { amount: '100.00' }, refused: null },
      },
      {
        employee: { id: people[0], name: 'Nova' },
        project: { name: 'Build' },
        laborCategory: { name: 'Senior' },
        entries: 1,
        exceptions: 1,
        rate: { rate: { amount: '100.00' } },
      },
    ]);
    expect(await state()).toEqual({ open: 6, resolved: 0, sales: 0, missing: 6 });

    expect(await naming(rules)).toMatchObject({ entries: 3, exceptions: 3, unnamedEntries: 3 });
    await world.settle();
    expect(await state()).toEqual({ open: 3, resolved: 3, sales: 3, missing: 3 });
    const rest = await naming([{ laborCategoryId: junior }]);
    expect(rest).toMatchObject({ entries: 3, unnamedEntries: 0 });
    await world.settle();
    expect(await state()).toEqual({ open: 0, resolved: 6, sales: 6, missing: 0 });
    await checkHistory(world.sql);
  });

  test('told twice it is the same; two at once name each entry once; what was named is left alone', async () => {
    const { people, naming, state, junior } = await nameless();
    const idempotencyKey = `twice ${people[0]}`;
    const [one, other] = await Promise.all([naming([{ laborCategoryId: junior }]), naming([{ laborCategoryId: junior }])]);
    expect(one.entries + other.entries).toBe(6);
    const [row] = await world.sql`select count(*)::int as n from log.pending where type = 'LaborCategoryAssigned'`;
    expect(row?.n).toBe(6);
    expect(await naming([{ laborCategoryId: junior }], { idempotencyKey })).toMatchObject({ entries: 0, replayed: false });
    expect(await naming([{ laborCategoryId: junior }], { idempotencyKey })).toMatchObject({ entries: 0, replayed: true });
    await world.settle();
    expect(await state()).toEqual({ open: 0, resolved: 6, sales: 6, missing: 0 });
  });

  test('by the grade that HR gave them since, also for the days before it', async () => {
    const { people, naming, state, junior } = await nameless();
    for (const id of people.slice(0, 2)) await world.graph.done('setEmployeeLaborCategory', { id, laborCategoryId: junior, effectiveFrom: '2026-03-01' });
    expect(await naming([{ inherited: true }])).toMatchObject({ entries: 4, unnamedEntries: 2 });
    await world.settle();
    expect(await state()).toMatchObject({ open: 2, resolved: 4 });
  });

  test('what is wrong with the rules is said, and nothing is written', async () => {
    const { state, junior } = await nameless();
    const refused = async (rules: readonly object[], wish: Json = { role: 'finance' }) =>
      (await world.graph.mutate('nameLaborCategories', { idempotencyKey: `bad ${JSON.stringify([rules, wish])}`, rules }, { wish })).userErrors;
    const nobody = '018f0000-0000-7000-8000-000000000000';
    expect(await refused([])).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'rules' }]);
    expect(await refused([{}])).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
    expect(await refused([{ laborCategoryId: junior, inherited: true }])).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
    expect(await refused([{ laborCategoryId: nobody }])).toMatchObject([{ code: 'NOT_FOUND', message: expect.stringContaining('LaborCategory') }]);
    expect(await refused([{ laborCategoryId: junior, employeeIds: ['x'] }])).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await refused([{ laborCategoryId: junior }], { role: 'analyst' })).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(await state()).toEqual({ open: 6, resolved: 0, sales: 0, missing: 6 });
  });
});
