import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as finance } from '#finance/published.ts';
import { newId } from '#kernel/ids.ts';
import { references as resources } from '#resources/published.ts';
import { footprint, lineOf } from '../support/footprint.ts';
import type { Json } from '../support/graph.ts';
import { aFiscalPeriod, aLaborCategory } from '../support/siblings.ts';
import { timeWorld } from '../support/time.ts';

let world: Awaited<ReturnType<typeof timeWorld>>;
let made: Readonly<Record<string, string>>;
const of = (name: string): string => made[name] ?? '';
const usd = (amount: string) => ({ amount, currency: 'USD' });
const long = (length: number) => 'x'.repeat(length);

/** One entry, expense and timesheet in each state that a command may meet, and projects of every kind. */
async function filled(): Promise<void> {
  world = await timeWorld();
  const [ada, bob, boss] = [await world.employee({ name: 'Ada' }), await world.employee({ name: 'Bob' }), await world.employee()];
  const [project, ended, planned, staffed, closed] = [
    await world.project({ name: 'Apollo', startDate: '2026-01-01', endDate: '2026-06-30' }),
    await world.project({ name: 'Ended', status: 'CLOSED' }),
    await world.project({ name: 'Planned', startDate: '2027-01-01' }),
    await world.project({ name: 'Staffed', selfAssign: false }),
    await world.project({ name: 'Closed books' }),
  ];
  const [task, doneTask, strangeTask] = [await world.task(project.id), await world.task(project.id, { status: 'COMPLETED' }), await world.task(planned.id)];
  const category = await world.play(resources.LaborCategory, aLaborCategory());
  const gone = await world.employee({ name: 'Gone', terminatedOn: '2026-02-20' });
  const february = aFiscalPeriod({ name: '2026-02', from: '2026-02-01', to: '2026-02-28', status: 'CLOSED' });
  await world.play(finance.FiscalCalendar, { periods: [february] }, { id: String(closed.legalEntityId) });
  const entry = async (day: string, more: object = {}) => world.entry(ada, project.id, { workDate: day, hours: '2', ...more });
  const draft = await entry('2026-03-02');
  const submitted = await entry('2026-03-09');
  const rejected = await entry('2026-03-16');
  const approved = await world.approved(ada, project.id, { workDate: '2026-03-23', laborCategoryId: category });
  const bobs = await world.entry(bob, project.id, { workDate: '2026-03-02' });
  for (const { timesheet } of [submitted, rejected]) await world.made('submitTimesheet', { id: timesheet.id });
  await world.made('rejectTimeEntry', { id: rejected.id, approverId: boss, reason: 'no' });
  const spend = async (more: object = {}) => {
    const item = { employeeId: ada, projectId: project.id, category: 'MEALS', workDate: '2026-03-02', amount: usd('10.00'), ...more };
    return (await world.made('recordExpense', { idempotencyKey: newId(), ...item })).id as string;
  };
  const [spent, claimed] = [await spend(), await spend()];
  await world.made('submitExpense', { id: claimed });
  const sheets = { draftSheet: draft.timesheet.id, submittedSheet: submitted.timesheet.id, approvedSheet: approved.timesheetId };
  const entries = { draft: draft.id, submitted: submitted.id, rejected: rejected.id, approved: approved.id, bobs: bobs.id, spent, claimed };
  const projects = { project: project.id, ended: ended.id, planned: planned.id, staffed: staffed.id, closed: closed.id };
  made = { ada, bob, boss, gone, task, doneTask, strangeTask, category, nobody: newId(), ...projects, ...sheets, ...entries };
}
beforeAll(filled, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const traces = (except: readonly string[] = []) => footprint(world.sql, ['time', 'log'], { except });

type Row = [mutation: string, why: string, input: () => object, refusal: string];
const id =
  (name: string, more: object = {}) =>
  () => ({ id: of(name), ...more });
const sheet =
  (name: string, more: object = {}) =>
  () => ({ id: of(name), ...more });
const decided =
  (name: string, more: object = {}) =>
  () => ({ id: of(name), approverId: of('boss'), ...more });

/** Time, with the names of what it is about in the place of their ids. */
function worked({
  employee = 'ada',
  project = 'project',
  task,
  ...more
}: {
  employee?: string;
  project?: string;
  task?: string;
  [field: string]: unknown;
} = {}) {
  return () => ({ ...world.item(of(employee), of(project), { workDate: '2026-03-03', hours: '1' }), ...(task ? { taskId: of(task) } : {}), ...more });
}
const spent =
  (more: object = {}) =>
  () => ({ employeeId: of('ada'), projectId: of('project'), category: 'MEALS', workDate: '2026-03-03', amount: usd('1.00'), ...more });
const spentOn = (name: string) => () => spent({ projectId: of(name) })();
const opened =
  (more: object = {}) =>
  () => ({ employeeId: of('ada'), startDate: '2026-04-06', endDate: '2026-04-12', ...more });

const single: Row[] = [
  ['updateTimeEntry', 'nothing of an hour', id('draft', { hours: '0' }), 'VALIDATION_FAILED hours'],
  ['updateTimeEntry', 'less than nothing', id('draft', { hours: '-1' }), 'VALIDATION_FAILED hours'],
  ['updateTimeEntry', 'a part of a second', id('draft', { hours: '0.0001' }), 'VALIDATION_FAILED hours'],
  ['updateTimeEntry', 'more than a day has', id('draft', { hours: '24.01' }), 'GUARD_REFUSED withinDailyLimit'],
  ['updateTimeEntry', 'a day outside of the project', id('draft', { workDate: '2026-07-01' }), 'GUARD_REFUSED withinProjectDates'],
  ['updateTimeEntry', 'a task that is done', () => ({ id: of('draft'), taskId: of('doneTask') }), 'GUARD_REFUSED taskOpen'],
  ['updateTimeEntry', 'a task that is not there', () => ({ id: of('draft'), taskId: of('nobody') }), 'NOT_FOUND taskId'],
  ['updateTimeEntry', 'a category that is not there', () => ({ id: of('draft'), laborCategoryId: of('nobody') }), 'NOT_FOUND laborCategoryId'],
  ['updateTimeEntry', 'notes that are too long', id('draft', { notes: long(4001) }), 'VALIDATION_FAILED notes'],
  ['updateTimeEntry', 'what was submitted', id('submitted', { hours: '1' }), 'INVALID_TRANSITION status'],
  ['updateTimeEntry', 'a version that is gone', id('draft', { hours: '1', expectedVersion: 99 }), 'STALE_VERSION expectedVersion'],
  ['updateTimeEntry', 'what is not there', id('nobody', { hours: '1' }), 'NOT_FOUND id'],
  ['deleteTimeEntry', 'what was submitted', id('submitted'), 'INVALID_TRANSITION status'],
  ['deleteTimeEntry', 'what is not there', id('nobody'), 'NOT_FOUND id'],
  ['recallTimeEntry', 'a draft', id('draft'), 'INVALID_TRANSITION status'],
  ['requestTimeEntryRecall', 'what was not approved', id('submitted', { reason: 'x' }), 'INVALID_TRANSITION status'],
  ['requestTimeEntryRecall', 'without a reason', id('approved', { reason: ' ' }), 'VALIDATION_FAILED reason'],
  ['approveTimeEntryRecall', 'what nobody asked back', decided('approved'), 'INVALID_TRANSITION status'],
  ['refuseTimeEntryRecall', 'what nobody asked back', decided('approved'), 'INVALID_TRANSITION status'],
  ['approveTimeEntry', 'a draft', decided('draft'), 'INVALID_TRANSITION status'],
  ['approveTimeEntry', 'in the name of its owner', () => ({ id: of('submitted'), approverId: of('ada') }), 'GUARD_REFUSED approverIsNotOwner'],
  ['approveTimeEntry', 'in the name of nobody', id('submitted'), 'VALIDATION_FAILED approverId'],
  ['approveTimeEntry', 'in the name of a stranger', () => ({ id: of('submitted'), approverId: of('nobody') }), 'NOT_FOUND approverId'],
  ['rejectTimeEntry', 'without a reason', decided('submitted', { reason: '' }), 'VALIDATION_FAILED reason'],
  ['reviseTimeEntry', 'what was not rejected', id('submitted'), 'INVALID_TRANSITION status'],
  ['submitTimesheet', 'a timesheet that is decided', sheet('approvedSheet'), 'INVALID_TRANSITION status'],
  ['submitTimesheet', 'a version that is gone', sheet('draftSheet', { expectedVersion: 99 }), 'STALE_VERSION expectedVersion'],
  ['submitTimesheet', 'one that is not there', sheet('nobody'), 'NOT_FOUND id'],
  ['approveTimesheet', 'a draft', () => ({ id: of('draftSheet'), approverId: of('boss') }), 'INVALID_TRANSITION status'],
  ['approveTimesheet', 'by its owner', () => ({ id: of('submittedSheet'), approverId: of('ada') }), 'GUARD_REFUSED approverIsNotOwner'],
  [
    'rejectTimesheet',
    'a reason that is too long',
    () => ({ id: of('submittedSheet'), approverId: of('boss'), reason: long(1001) }),
    'VALIDATION_FAILED reason',
  ],
  ['updateExpense', 'nothing', id('spent', { amount: usd('0.00') }), 'VALIDATION_FAILED amount'],
  ['updateExpense', 'a part of a cent', id('spent', { amount: usd('0.001') }), 'VALIDATION_FAILED amount'],
  ['updateExpense', 'a sum that is none', id('spent', { receiptChecksum: 'abc' }), 'VALIDATION_FAILED receiptChecksum'],
  ['updateExpense', 'a blank address', id('spent', { receiptUrl: ' ' }), 'VALIDATION_FAILED receiptUrl'],
  ['updateExpense', 'what was submitted', id('claimed', { amount: usd('1.00') }), 'INVALID_TRANSITION status'],
  ['updateExpense', 'a project that is not there', () => ({ id: of('spent'), projectId: of('nobody') }), 'NOT_FOUND projectId'],
  ['deleteExpense', 'what was submitted', id('claimed'), 'INVALID_TRANSITION status'],
  ['submitExpense', 'what was submitted', id('claimed'), 'INVALID_TRANSITION status'],
  ['approveExpense', 'a draft', decided('spent'), 'INVALID_TRANSITION status'],
  ['approveExpense', 'in the name of its owner', () => ({ id: of('claimed'), approverId: of('ada') }), 'GUARD_REFUSED approverIsNotOwner'],
  ['rejectExpense', 'without a reason', decided('claimed', { reason: ' ' }), 'VALIDATION_FAILED reason'],
  ['reviseExpense', 'what was not rejected', id('claimed'), 'INVALID_TRANSITION status'],
  ['reimburseExpense', 'what was not approved', id('claimed'), 'INVALID_TRANSITION status'],
];

describe('what is refused leaves nothing behind, and its key is free', () => {
  test.each(single)('%s: %s', async (mutation, _why, input, refusal) => {
    const before = await traces();
    const given = { idempotencyKey: newId(), ...input() };
    for (const _time of ['first', 'again']) {
      const { userErrors, replayed } = await world.mutate(mutation, given, { select: 'id' });
      expect([userErrors.map(lineOf), replayed]).toEqual([[refusal], false]);
    }
    expect(await traces()).toEqual(before);
  });
});

const items: Row[] = [
  ['recordTimeEntries', 'a person who is not there', worked({ employee: 'nobody' }), 'NOT_FOUND employeeId'],
  ['recordTimeEntries', 'a person who is no id', worked({ employeeId: 'x' }), 'NOT_FOUND employeeId'],
  ['recordTimeEntries', 'a project that is not there', worked({ project: 'nobody' }), 'NOT_FOUND projectId'],
  ['recordTimeEntries', 'a project that is closed', worked({ project: 'ended' }), 'GUARD_REFUSED projectActive'],
  ['recordTimeEntries', 'a project that has not begun', worked({ project: 'planned' }), 'GUARD_REFUSED withinProjectDates'],
  ['recordTimeEntries', 'the day after a project’s last', worked({ workDate: '2026-07-01' }), 'GUARD_REFUSED withinProjectDates'],
  ['recordTimeEntries', 'a project that others staff', worked({ project: 'staffed' }), 'GUARD_REFUSED assigned'],
  ['recordTimeEntries', 'a task of another project', worked({ task: 'strangeTask' }), 'VALIDATION_FAILED taskId'],
  ['recordTimeEntries', 'a task that is done', worked({ task: 'doneTask' }), 'GUARD_REFUSED taskOpen'],
  ['recordTimeEntries', 'a month that is closed', worked({ project: 'closed', workDate: '2026-02-28' }), 'GUARD_REFUSED periodOpen'],
  ['recordTimeEntries', 'the day after somebody left', worked({ employee: 'gone', workDate: '2026-02-21' }), 'GUARD_REFUSED employedOnWorkDate'],
  ['recordTimeEntries', 'no time', worked({ hours: '0.00' }), 'VALIDATION_FAILED hours'],
  ['recordTimeEntries', 'a second more than a day', worked({ workDate: '2026-03-04', hours: '24.01' }), 'GUARD_REFUSED withinDailyLimit'],
  ['recordTimeEntries', 'a reference without a system', worked({ externalRef: { system: ' ', externalId: '1' } }), 'VALIDATION_FAILED externalRef.system'],
  ['recordTimeEntries', 'a timesheet of another person', () => worked({ timesheetId: of('draftSheet'), employee: 'bob' })(), 'VALIDATION_FAILED timesheetId'],
  ['recordTimeEntries', 'a timesheet of other days', () => worked({ timesheetId: of('submittedSheet') })(), 'VALIDATION_FAILED workDate'],
  ['recordTimeEntries', 'a timesheet that is not there', () => worked({ timesheetId: of('nobody') })(), 'NOT_FOUND timesheetId'],
  ['recordExpenses', 'a project that is closed', spentOn('ended'), 'GUARD_REFUSED projectActive'],
  ['recordExpenses', 'a project that others staff', spentOn('staffed'), 'GUARD_REFUSED assigned'],
  ['recordExpenses', 'less than nothing', spent({ amount: usd('-0.01') }), 'VALIDATION_FAILED amount'],
  ['recordExpenses', 'parts of what has none', spent({ amount: { amount: '1.5', currency: 'JPY' } }), 'VALIDATION_FAILED amount'],
  ['recordExpenses', 'a sum that is none', spent({ receiptChecksum: 'g'.repeat(64) }), 'VALIDATION_FAILED receiptChecksum'],
  ['recordExpenses', 'an address that is too long', spent({ receiptUrl: long(2001) }), 'VALIDATION_FAILED receiptUrl'],
  ['createTimesheets', 'a person who is not there', () => opened({ employeeId: of('nobody') })(), 'NOT_FOUND employeeId'],
  ['createTimesheets', 'an end before the beginning', opened({ endDate: '2026-04-05' }), 'VALIDATION_FAILED endDate'],
  ['createTimesheets', 'eight days', opened({ endDate: '2026-04-13' }), 'VALIDATION_FAILED endDate'],
  ['createTimesheets', 'days that another one has', opened({ startDate: '2026-03-04', endDate: '2026-03-10' }), 'GUARD_REFUSED periodsDoNotOverlap'],
  ['submitTimesheets', 'one that is decided', sheet('approvedSheet'), 'INVALID_TRANSITION status'],
  ['approveTimesheets', 'one in the name of nobody', sheet('submittedSheet'), 'VALIDATION_FAILED approverId'],
  ['rejectTimesheets', 'one without a reason', () => ({ id: of('submittedSheet'), approverId: of('boss'), reason: ' ' }), 'VALIDATION_FAILED reason'],
  ['assignLaborCategory', 'time that has a category', () => ({ id: of('approved'), laborCategoryId: of('category') }), 'GUARD_REFUSED laborCategoryMissing'],
];

describe('of a bulk call each refused item has its own answer, leaves nothing behind, and a repeat says the same', () => {
  test.each(items)('%s: %s', async (mutation, _why, input, refusal) => {
    const before = await traces(['log.idempotency']);
    const [key, given] = [newId(), [input()]];
    const answers: Json[] = [];
    for (const replayed of [false, true]) {
      const answer = await world.bulk(mutation, given, { key, select: 'id' });
      expect(answer.results.map(({ userErrors }: Json) => userErrors.map(lineOf))).toEqual([[refusal]]);
      expect(answer).toMatchObject({ replayed, succeeded: 0, failed: 1, userErrors: [] });
      answers.push(answer.results);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(await traces(['log.idempotency'])).toEqual(before);
  });
});

describe('just within', () => {
  test.each<[string, string, () => object]>([
    ['recordTimeEntries', 'a whole day of 24 hours', worked({ employee: 'bob', workDate: '2026-05-06', hours: '24' })],
    ['recordTimeEntries', 'a hundredth of an hour', worked({ employee: 'bob', workDate: '2026-05-07', hours: '0.01' })],
    ['recordTimeEntries', 'the first day of a project', worked({ employee: 'bob', workDate: '2026-01-01' })],
    ['recordTimeEntries', 'the last day of a project', worked({ employee: 'bob', workDate: '2026-06-30' })],
    ['recordTimeEntries', 'the last day of somebody who left', worked({ employee: 'gone', workDate: '2026-02-20' })],
    ['recordTimeEntries', 'the day before and the day after a closed month', worked({ employee: 'bob', project: 'closed', workDate: '2026-03-01' })],
    ['recordTimeEntries', 'notes of 4000 letters', worked({ employee: 'bob', workDate: '2026-05-08', notes: long(4000) })],
    ['recordExpenses', 'one cent', spent({ amount: usd('0.01') })],
    ['recordExpenses', 'a sum in small letters and an address', spent({ receiptChecksum: 'a1'.repeat(32), receiptUrl: 'https://receipts.test/1' })],
    ['createTimesheets', 'a timesheet of one day', () => opened({ employeeId: of('bob'), endDate: '2026-04-06' })()],
    ['createTimesheets', 'one of seven days', () => opened({ employeeId: of('bob'), startDate: '2026-04-07', endDate: '2026-04-13' })()],
  ])('%s takes %s', async (mutation, _what, input) => {
    const { results, succeeded } = await world.bulk(mutation, [input()]);
    expect(results.map(({ userErrors }: Json) => userErrors.map(lineOf))).toEqual([[]]);
    expect(succeeded).toBe(1);
  });
});
