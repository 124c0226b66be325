import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { markPosted } from '#time/entry/commands.ts';
import { approvedEntries } from '#time/entry/queries.ts';
import { timeWorld } from '../support/time.ts';

let world: Awaited<ReturnType<typeof timeWorld>>;
let project: { id: string };
let boss: string;
beforeAll(async () => {
  world = await timeWorld();
  [project, boss] = [await world.project(), await world.employee()];
});
afterAll(() => world[Symbol.asyncDispose]());

type Answer = { row: { id: string } | null; userErrors: { code: string; guard: string | null }[] };
const reasons = (answers: Answer[]) => answers.map(({ userErrors: [error] }) => (error ? (error.guard ?? error.code) : 'done')).sort();
const rounds = Array.from({ length: 5 }, (_, n) => n);

describe('of several at once', () => {
  test('one approves, the others learn that it is decided, and one fact says so', async () => {
    for (const _ of rounds) {
      const { timesheet } = await world.entry(await world.employee(), project.id);
      await world.made('submitTimesheet', { id: timesheet.id });
      const before = (await world.facts()).length;
      const answers = await Promise.all(Array.from({ length: 6 }, () => world.mutate('approveTimesheet', { id: timesheet.id, approverId: boss })));
      expect(reasons(answers)).toEqual([...Array(5).fill('INVALID_TRANSITION'), 'done']);
      expect((await world.facts()).slice(before)).toEqual(['TimesheetApproved']);
    }
  });

  test('either the approver or the owner who recalls is first, never both', async () => {
    for (const _ of rounds) {
      const { id, timesheet } = await world.entry(await world.employee(), project.id);
      await world.made('submitTimesheet', { id: timesheet.id });
      const before = (await world.facts()).length;
      const [approval, recall] = await Promise.all([
        world.mutate('approveTimesheet', { id: timesheet.id, approverId: boss }),
        world.mutate('recallTimeEntry', { id }),
      ]);
      const [entry] = await world.sql`select status from time.timesheet_entry where id = ${id}`;
      const [sheet] = await world.sql`select status from time.timesheet where id = ${timesheet.id}`;
      expect([approval.userErrors.length, recall.userErrors.length].sort()).toEqual([0, 1]);
      const won = approval.userErrors.length === 0;
      expect([entry?.status, sheet?.status, ...(await world.facts()).slice(before)]).toEqual(
        won ? ['APPROVED', 'APPROVED', 'TimesheetApproved'] : ['DRAFT', 'DRAFT', 'TimeEntryRecalled'],
      );
    }
  });

  test('no two fill a day beyond 24 hours, not even when they open its timesheet', async () => {
    for (const round of rounds) {
      const employeeId = await world.employee();
      if (round % 2 === 0) await world.entry(employeeId, project.id, { hours: '1', workDate: '2026-02-24' });
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => world.mutate('recordTimeEntry', { idempotencyKey: newId(), ...world.item(employeeId, project.id, { hours: '10' }) })),
      );
      expect(reasons(answers)).toEqual(['done', 'done', 'withinDailyLimit', 'withinDailyLimit', 'withinDailyLimit']);
      expect(await world.sql`select 1 from time.timesheet where employee_id = ${employeeId}`).toHaveLength(1);
    }
  });

  test('the same timesheet is opened once', async () => {
    for (const n of rounds) {
      const item = {
        employeeId: await world.employee(),
        startDate: '2026-02-23',
        endDate: '2026-03-01',
        externalRef: { system: 'psa', externalId: `race ${n}` },
      };
      const answers = await Promise.all(Array.from({ length: 4 }, () => world.bulk('createTimesheets', [item])));
      expect(new Set(answers.map((answer) => answer.results[0].row.id)).size).toBe(1);
    }
  });

  test('the same external reference makes one entry', async () => {
    for (const n of rounds) {
      const employeeId = await world.employee();
      const item = { ...world.item(employeeId, project.id), externalRef: { system: 'psa', externalId: `entry race ${n}` } };
      const answers = await Promise.all(Array.from({ length: 4 }, () => world.bulk('recordTimeEntries', [item])));
      expect(answers.map((answer) => answer.results[0]?.row?.id)).toEqual(Array(4).fill(answers[0].results[0].row.id));
      expect(await world.sql`select 1 from time.timesheet_entry where employee_id = ${employeeId}`).toHaveLength(1);
    }
  });

  test('time that is being posted is not recalled until it is, and is then recalled as posted', async () => {
    const { id } = await world.approved(await world.employee(), project.id);
    await world.made('requestTimeEntryRecall', { id, reason: 'Wrong' });
    let recall: Promise<Answer> | undefined;
    await world.command(async (scope) => {
      expect(await approvedEntries(scope.tx, [id])).toMatchObject([{ id, version: 3, posted: false }]);
      recall = world.mutate('approveTimeEntryRecall', { id, approverId: boss });
      await markPosted(scope, [id]);
    });
    expect((await recall)?.userErrors).toEqual([]);
    const [fact] = await world.sql`select payload from log.pending where type = 'TimeEntryRecalled' and subject_id = ${id}`;
    expect(fact?.payload).toMatchObject({ entryVersion: 3, wasApproved: true, wasPosted: true });
  });
});
