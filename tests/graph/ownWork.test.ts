import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RoleName, roles } from '#gateway/roles.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { timeWorld } from '../support/time.ts';

let world: Awaited<ReturnType<typeof timeWorld>>;
let ada: string;
let bob: string;
let project: { id: string };
beforeAll(async () => {
  world = await timeWorld();
  [ada, bob, project] = [await world.employee(), await world.employee(), await world.project()];
});
afterAll(() => world[Symbol.asyncDispose]());

const as = (role: RoleName, employeeId?: string): Actor => ({ id: role, kind: 'STAFF', permissions: roles[role].permissions, employeeId });
const expense = (employeeId: string) => ({
  employeeId,
  projectId: project.id,
  category: 'MEALS',
  workDate: '2026-02-24',
  amount: { amount: '9.00', currency: 'USD' },
});
type Result = { row: { id: string } | null; userErrors: { guard: string | null }[] };
const guards = ({ results }: { results: Result[] }) => results.map(({ userErrors: [error] }) => (error ? error.guard : 'done'));

describe('a consultant', () => {
  test('records own time and expenses, and nobody else’s', async () => {
    const actor = as('consultant', ada);
    const time = await world.bulk('recordTimeEntries', [world.item(ada, project.id), world.item(bob, project.id)], { actor });
    expect(guards(time)).toEqual(['done', 'ownTime']);
    expect(guards(await world.bulk('recordExpenses', [expense(ada), expense(bob)], { actor }))).toEqual(['done', 'ownExpense']);
    expect(guards(await world.bulk('recordTimeEntries', [world.item(ada, project.id)], { actor: as('consultant') }))).toEqual(['ownTime']);
  });

  test('moves nothing of others on, back or away', async () => {
    const actor = as('consultant', ada);
    const { results } = await world.bulk('recordTimeEntries', [world.item(bob, project.id)], { select: 'id timesheet { id }' });
    const [{ row: entry }] = results;
    const timesheetId = entry.timesheet.id;
    expect(guards(await world.bulk('submitTimesheets', [{ timesheetId }], { actor }))).toEqual(['ownTime']);
    expect((await world.mutate('deleteTimeEntry', { id: entry.id }, { actor, select: 'id' })).userErrors).toMatchObject([{ guard: 'ownTime' }]);
    await world.bulk('submitTimesheets', [{ timesheetId }]);
    expect((await world.mutate('recallTimeEntry', { id: entry.id }, { actor })).userErrors).toMatchObject([{ guard: 'ownTime' }]);
    const week = { employeeId: bob, periodStart: '2026-03-09', periodEnd: '2026-03-15' };
    expect(guards(await world.bulk('createTimesheets', [week], { actor }))).toEqual(['ownTime']);
    const spent = await world.made('recordExpense', { idempotencyKey: newId(), ...expense(bob) });
    expect(guards(await world.bulk('submitExpenses', [{ expenseId: spent.id }], { actor }))).toEqual(['ownExpense']);
    expect((await world.mutate('deleteExpense', { id: spent.id }, { actor })).userErrors).toMatchObject([{ guard: 'ownExpense' }]);
  });
});

test('an integration records for everybody', async () => {
  const actor: Actor = { ...as('psa'), kind: 'INTEGRATION' };
  expect(guards(await world.bulk('recordTimeEntries', [world.item(ada, project.id), world.item(bob, project.id)], { actor }))).toEqual(['done', 'done']);
});
