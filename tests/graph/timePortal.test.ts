import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { portalOf } from '../support/subgraph.ts';
import { timeWorld } from '../support/time.ts';

let world: Awaited<ReturnType<typeof timeWorld>>;
let ada: string;
let mine: Awaited<ReturnType<typeof world.project>>;
let theirs: Awaited<ReturnType<typeof world.project>>;
let own: { id: string; timesheet: { id: string } };
let foreign: { id: string; timesheet: { id: string } };
let lone: { id: string; timesheet: { id: string } };
let spent: { mine: string; theirs: string };
/** A member of staff who is confined to a customer, and may do everything there. */
let confined: Actor;
beforeAll(async () => {
  world = await timeWorld();
  [ada, mine, theirs] = [await world.employee(), await world.project(), await world.project()];
  own = await world.entry(ada, mine.id, { hours: '3', externalRef: { system: 'psa', externalId: 'mine' } });
  foreign = await world.entry(ada, theirs.id, { hours: '4', externalRef: { system: 'psa', externalId: 'theirs' } });
  lone = await world.entry(ada, theirs.id, { hours: '5', workDate: '2026-03-02' });
  const expense = (projectId: string) =>
    world.made('recordExpense', {
      idempotencyKey: newId(),
      employeeId: ada,
      projectId,
      category: 'TRAVEL',
      workDate: '2026-02-23',
      amount: { amount: '10.00', currency: 'USD' },
    });
  spent = { mine: (await expense(mine.id)).id, theirs: (await expense(theirs.id)).id };
  confined = { ...portalOf(mine.customerId), kind: 'STAFF', permissions: ['*'] };
});
afterAll(() => world[Symbol.asyncDispose]());

describe('a client', () => {
  test('finds its own time and expenses in every list, count and by id', async () => {
    const text = `query ($own: ID!, $foreign: ID!, $mine: ID!, $theirs: ID!, $project: ID!) {
      own: timeEntry(id: $own) { hours } foreign: timeEntry(id: $foreign) { hours } mine: expense(id: $mine) { amount { amount } } theirs: expense(id: $theirs) { id }
      timeEntries { totalCount nodes { id } } filtered: timeEntries(filter: { projectIds: [$project] }) { totalCount nodes { id } }
      byRef: timeEntries(filter: { externalRefs: [{ system: "psa", externalId: "theirs" }] }) { totalCount }
      expenses { totalCount nodes { id } } filteredExpenses: expenses(filter: { projectIds: [$project] }) { totalCount }
      timeSummary(groupBy: PROJECT) { project { id } hours entries } byCustomer: timeSummary(groupBy: CUSTOMER) { customer { id } } byStatus: timeSummary(groupBy: STATUS) { status hours }
      approvedNotPosted { totalCount } approvedNotPostedSummary { entries } }`;
    const variables = { own: own.id, foreign: foreign.id, mine: spent.mine, theirs: spent.theirs, project: theirs.id };
    expect(await world.ok(text, { variables, actor: portalOf(mine.customerId) })).toEqual({
      ...{ own: { hours: '3.00' }, foreign: null, mine: { amount: { amount: '10.00' } }, theirs: null },
      ...{ timeEntries: { totalCount: 1, nodes: [{ id: own.id }] }, filtered: { totalCount: 0, nodes: [] }, byRef: { totalCount: 0 } },
      ...{ expenses: { totalCount: 1, nodes: [{ id: spent.mine }] }, filteredExpenses: { totalCount: 0 } },
      ...{
        timeSummary: [{ project: { id: mine.id }, hours: '3.00', entries: 1 }],
        byCustomer: [{ customer: { id: mine.customerId } }],
        byStatus: [{ status: 'DRAFT', hours: '3.00' }],
      },
      ...{ approvedNotPosted: { totalCount: 0 }, approvedNotPostedSummary: { entries: 0 } },
    });
    const nobody = await world.ok('{ timeEntries { totalCount } expenses { totalCount } timeSummary(groupBy: CUSTOMER) { entries } }', { actor: portalOf() });
    expect(nobody).toEqual({ timeEntries: { totalCount: 0 }, expenses: { totalCount: 0 }, timeSummary: [] });
  });

  test('finds no more below entities of others, nor by reference', async () => {
    const sums = 'timeEntries { totalCount nodes { id } } timeSummary { entries hours }';
    const text = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Customer { ${sums} expenses { totalCount } } ... on Project { ${sums} expenses { totalCount } } ... on Engagement { ${sums} } ... on Employee { timeEntries { totalCount } expenses { totalCount } utilization(startDate: "2026-02-23", endDate: "2026-03-08") { submittedHours approvedHours } }
      ... on TimesheetEntry { hours } ... on ExpenseItem { status } } }`;
    const of = (__typename: string, id: string) => ({ __typename, id });
    const representations = [
      of('Customer', theirs.customerId),
      of('Project', theirs.id),
      of('Engagement', theirs.engagementId),
      of('Project', mine.id),
      of('Employee', ada),
      of('TimesheetEntry', foreign.id),
      of('ExpenseItem', spent.theirs),
      of('TimesheetEntry', own.id),
    ];
    const none = { timeEntries: { totalCount: 0, nodes: [] }, timeSummary: { entries: 0, hours: '0.00' } };
    expect((await world.ok(text, { variables: { representations }, actor: portalOf(mine.customerId) }))._entities).toEqual([
      { ...none, expenses: { totalCount: 0 } },
      { ...none, expenses: { totalCount: 0 } },
      none,
      { timeEntries: { totalCount: 1, nodes: [{ id: own.id }] }, timeSummary: { entries: 1, hours: '3.00' }, expenses: { totalCount: 1 } },
      { timeEntries: { totalCount: 1 }, expenses: { totalCount: 1 }, utilization: { submittedHours: '0.00', approvedHours: '0.00' } },
      null,
      null,
      { hours: '3.00' },
    ]);
  });

  test('may not read timesheets, nor write anything', async () => {
    const actor = portalOf(mine.customerId);
    for (const field of [`timesheet(id: "${own.timesheet.id}") { id }`, 'timesheets { totalCount }']) {
      const { errors } = await world.run(`{ ${field} }`, { actor });
      expect(errors.map((error) => error.code)).toEqual(['FORBIDDEN']);
    }
    for (const [name, input] of Object.entries({
      submitTimesheet: { id: own.timesheet.id },
      recallTimeEntry: { id: own.id },
      deleteTimeEntry: { id: own.id },
      deleteExpense: { id: spent.mine },
      reimburseExpense: { id: spent.mine },
    })) {
      expect((await world.mutate(name, input, { actor })).userErrors, name).toMatchObject([{ code: 'FORBIDDEN' }]);
    }
  });
});

describe('staff confined to a customer', () => {
  test('know a timesheet by an entry for that customer, and of it only what is theirs', async () => {
    const text = `query ($id: ID!, $lone: ID!, $project: ID!, $customer: ID!) { timesheet(id: $id) { summary { entries hours } entries { totalCount } } lone: timesheet(id: $lone) { id }
      timesheets { totalCount nodes { id } } byProject: timesheets(filter: { projectIds: [$project] }) { totalCount } byCustomer: timesheets(filter: { customerIds: [$customer] }) { totalCount } }`;
    const variables = { id: own.timesheet.id, lone: lone.timesheet.id, project: theirs.id, customer: theirs.customerId };
    expect(await world.ok(text, { variables, actor: confined })).toEqual({
      ...{ timesheet: { summary: { entries: 1, hours: '3.00' }, entries: { totalCount: 1 } }, lone: null },
      ...{ timesheets: { totalCount: 1, nodes: [{ id: own.timesheet.id }] }, byProject: { totalCount: 0 }, byCustomer: { totalCount: 0 } },
    });
    const employee =
      'query ($representations: [_Any!]!, $project: ID!) { _entities(representations: $representations) { ... on Employee { timesheets { totalCount } theirs: timesheets(filter: { projectIds: [$project] }) { totalCount } } } }';
    const answer = await world.ok(employee, { variables: { representations: [{ __typename: 'Employee', id: ada }], project: theirs.id }, actor: confined });
    expect(answer._entities).toEqual([{ timesheets: { totalCount: 1 }, theirs: { totalCount: 0 } }]);
  });

  test("write nothing of another customer's, and move only their own entries", async () => {
    const boss = await world.employee();
    const errorsOf = async (name: string, input: Record<string, unknown>) =>
      (await world.mutate(name, input, { actor: confined })).userErrors.map(({ code }: { code: string }) => code);
    const entry = { id: foreign.id };
    const decision = { ...entry, approverId: boss };
    const calls: [string, Record<string, unknown>][] = [
      ['updateTimeEntry', { ...entry, hours: '1' }],
      ['updateTimeEntry', { id: own.id, projectId: theirs.id }],
      ['deleteTimeEntry', entry],
      ['recallTimeEntry', entry],
      ['reviseTimeEntry', entry],
      ['requestTimeEntryRecall', { ...entry, reason: 'x' }],
      ['approveTimeEntry', decision],
      ['rejectTimeEntry', { ...decision, reason: 'x' }],
      ['approveTimeEntryRecall', decision],
      ['refuseTimeEntryRecall', decision],
      ['submitTimesheet', { id: lone.timesheet.id }],
      ['recordTimeEntry', { idempotencyKey: newId(), ...world.item(ada, theirs.id) }],
      ['updateExpense', { id: spent.theirs, notes: 'x' }],
      ['deleteExpense', { id: spent.theirs }],
      ['submitExpense', { id: spent.theirs }],
      ['approveExpense', { id: spent.theirs, approverId: boss }],
      ['rejectExpense', { id: spent.theirs, approverId: boss, reason: 'x' }],
      ['reviseExpense', { id: spent.theirs }],
      ['reimburseExpense', { id: spent.theirs }],
    ];
    for (const [name, input] of calls) expect([name, await errorsOf(name, input)]).toEqual([name, ['NOT_FOUND']]);
    expect((await world.bulk('assignLaborCategory', [{ id: foreign.id, laborCategoryId: newId() }], { actor: confined })).results[0].userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    await world.made('submitTimesheet', { id: own.timesheet.id }, { actor: confined });
    expect(await world.sql`select id, status from time.timesheet_entry where timesheet_id = ${own.timesheet.id} order by seconds`).toEqual([
      { id: own.id, status: 'SUBMITTED' },
      { id: foreign.id, status: 'DRAFT' },
    ]);
  });
});
