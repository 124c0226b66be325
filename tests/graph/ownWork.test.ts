import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RoleName, roles } from '#gateway/roles.ts';
import type { Actor } from '#kernel/actor.ts';
import { seesEvent } from '#kernel/event.ts';
import { newId } from '#kernel/ids.ts';
import { facts } from '#time/published.ts';
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
    expect(guards(await world.bulk('submitTimesheets', [{ id: timesheetId }], { actor }))).toEqual(['ownTime']);
    expect((await world.mutate('deleteTimeEntry', { id: entry.id }, { actor, select: 'id' })).userErrors).toMatchObject([{ guard: 'ownTime' }]);
    await world.bulk('submitTimesheets', [{ id: timesheetId }]);
    expect((await world.mutate('recallTimeEntry', { id: entry.id }, { actor })).userErrors).toMatchObject([{ guard: 'ownTime' }]);
    const week = { employeeId: bob, startDate: '2026-03-09', endDate: '2026-03-15' };
    expect(guards(await world.bulk('createTimesheets', [week], { actor }))).toEqual(['ownTime']);
    const spent = await world.made('recordExpense', { idempotencyKey: newId(), ...expense(bob) });
    expect(guards(await world.bulk('submitExpenses', [{ id: spent.id }], { actor }))).toEqual(['ownExpense']);
    expect((await world.mutate('deleteExpense', { id: spent.id }, { actor })).userErrors).toMatchObject([{ guard: 'ownExpense' }]);
  });
});

test('an integration records for everybody', async () => {
  const actor: Actor = { ...as('psa'), kind: 'INTEGRATION' };
  expect(guards(await world.bulk('recordTimeEntries', [world.item(ada, project.id), world.item(bob, project.id)], { actor }))).toEqual(['done', 'done']);
});

describe('a colleague who oversees nobody', () => {
  const lists = `query ($bob: ID!, $entry: ID!, $expense: ID!, $sheet: ID!) {
    timeEntry(id: $entry) { notes } expense(id: $expense) { notes } timesheet(id: $sheet) { id }
    timeEntries(filter: { employeeIds: [$bob] }) { totalCount nodes { notes } }
    expenses(filter: { employeeIds: [$bob] }) { totalCount nodes { notes amount { amount } } }
    timesheets(filter: { employeeIds: [$bob] }) { totalCount }
    timeSummary(groupBy: EMPLOYEE, filter: { employeeIds: [$bob] }) { hours }
  }`;

  test('reads own time, notes and expenses and none of others; who oversees reads all', async () => {
    const canary = 'canary-of-bob';
    const { results } = await world.bulk('recordTimeEntries', [{ ...world.item(bob, project.id), workDate: '2026-02-25', notes: canary }], {
      select: 'id timesheet { id }',
    });
    const [{ row: entry }] = results;
    const spent = await world.made('recordExpense', { idempotencyKey: newId(), ...expense(bob), notes: canary });
    const variables = { bob, entry: entry.id, expense: spent.id, sheet: entry.timesheet.id };
    const answer = async (actor: Actor) => JSON.stringify(await world.ok(lists, { actor, variables }));
    for (const actor of [as('consultant', ada), as('consultant')]) {
      const seen = await answer(actor);
      expect(seen).not.toContain(canary);
      expect(JSON.parse(seen)).toEqual({
        timeEntry: null,
        expense: null,
        timesheet: null,
        timeEntries: { totalCount: 0, nodes: [] },
        expenses: { totalCount: 0, nodes: [] },
        timesheets: { totalCount: 0 },
        timeSummary: [],
      });
    }
    for (const actor of [as('consultant', bob), as('manager', ada), as('finance'), as('analyst'), as('support')]) {
      const seen = await answer(actor);
      expect(seen.split(canary)).toHaveLength(5);
    }
  });

  test('hears of what concerns them, and of nobody else', () => {
    const of = (employeeId: string) => ({ type: 'ExpenseRejected', keys: { employeeId: [employeeId] }, payload: {} });
    const sees = (actor: Actor, employeeId: string) => seesEvent(actor, { ...facts }, of(employeeId));
    expect([sees(as('consultant', ada), ada), sees(as('consultant', ada), bob), sees(as('consultant'), bob)]).toEqual([true, false, false]);
    expect([sees(as('manager', ada), bob), sees({ ...as('psa'), kind: 'INTEGRATION' }, bob)]).toEqual([true, true]);
    expect(Object.values(facts).filter(({ colleagues }) => colleagues !== 'colleague:read')).toEqual([]);
  });

  test('whose token names no employee is told so', async () => {
    const { results } = await world.bulk('recordTimeEntries', [world.item(ada, project.id)], { actor: as('consultant'), select: 'id' });
    const [{ userErrors }] = results;
    expect(userErrors).toMatchObject([{ guard: 'ownTime' }]);
    expect(JSON.stringify(userErrors)).toContain('speaks for no employee');
  });
});
