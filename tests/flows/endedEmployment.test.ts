import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { addDays, dateOf } from '#kernel/period.ts';
import { endedEmployments } from '#processes/endedEmployments.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { crashes, type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import { mondayAhead, staffing } from '../support/staffing.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const today = dateOf(new Date());

/** Somebody with work until a day, and how the HR system speaks of them. */
async function leaver(firm: Firm, until: string) {
  const own = staffing(world, firm);
  const externalRef = { system: 'hr', externalId: newId() };
  const employeeId = await own.employee('Leaver', { externalRef });
  const input = { employeeId, projectId: firm.projectId, startDate: '2026-01-01', endDate: until, weeklyHours: '20' };
  const assignmentId = await world.graph.made('createAssignment', 'assignment', input);
  await done('confirmAssignment', { id: assignmentId });
  const hr = (more: Record<string, unknown>) => own.bulk('upsertEmployees', [{ externalRef, name: 'Leaver', ...more }], 'employee');
  return { ...own, employeeId, assignmentId, hr };
}
/** What the log tells whoever manages the project. */
const told = async (assignmentId: string) =>
  (await world.sql`select payload from log.fact where subject_id = ${assignmentId} and type = 'AssignmentCutShort' order by position`).map(
    ({ payload }) => payload,
  );
const cutShort = async (projectId: string) => {
  const text = 'query ($id: ID!) { assignments(filter: { projectIds: [$id], cutShort: true }) { nodes { id status endDate plannedEndDate } } }';
  return (await world.graph.ok(text, { id: projectId })).assignments.nodes;
};

describe('somebody leaves', () => {
  test('on a day to come: work ends with it, the project manager is told, and on the day the employment ends by itself', async () => {
    const firm = await firmAt(world.graph);
    const [lastDay, until] = [mondayAhead(5), mondayAhead(20)];
    const { employeeId, assignmentId, hr, stuck } = await leaver(firm, until);
    await hr({ terminatedOn: lastDay });
    await hr({ terminatedOn: lastDay });
    await world.settle();
    expect(await told(assignmentId)).toEqual([
      expect.objectContaining({ employeeId, endDate: lastDay, plannedEndDate: until, projectManagerId: firm.approverId }),
    ]);
    expect(await cutShort(firm.projectId)).toEqual([{ id: assignmentId, status: 'CONFIRMED', endDate: lastDay, plannedEndDate: until }]);
    world.time.now = new Date(`${addDays(lastDay, 1)}T01:00:00Z`);
    await world.settle();
    world.time.now = new Date();
    const text = 'query ($id: ID!) { employee(id: $id) { status } }';
    expect((await world.graph.ok(text, { id: employeeId })).employee.status).toBe('TERMINATED');
    expect(await cutShort(firm.projectId)).toMatchObject([{ status: 'ENDED', endDate: lastDay }]);
    expect(await told(assignmentId)).toHaveLength(1);
    expect(await stuck(employeeId)).toEqual([]);
  });

  test('and stays after all: whoever plans the work anew says so, and nothing is cut short any more', async () => {
    const firm = await firmAt(world.graph);
    const { assignmentId, hr } = await leaver(firm, mondayAhead(20));
    await hr({ terminatedOn: mondayAhead(5) });
    await hr({ terminatedOn: null });
    await done('updateAssignment', { id: assignmentId, endDate: mondayAhead(20) });
    expect(await cutShort(firm.projectId)).toEqual([]);
  });

  test('as a contractor, and comes back as an employee: another employment of the same person', async () => {
    const firm = await firmAt(world.graph);
    const own = staffing(world, firm);
    const contractor = await own.employee('Freelancer', { workerType: 'CONTRACTOR', legalName: 'Fria Lance' });
    const text = 'query ($id: ID!) { employee(id: $id) { workerType status person { id legalName employees { nodes { id } } } } }';
    const { person } = (await world.graph.ok(text, { id: contractor })).employee;
    await done('terminateEmployee', { id: contractor, terminatedOn: addDays(today, -1) });
    const hired = await own.employee('Fria Lance', { personId: person.id, workerType: 'EMPLOYEE', hiredOn: today });
    const { employee } = await world.graph.ok(text, { id: hired });
    expect(employee).toMatchObject({ workerType: 'EMPLOYEE', status: 'ACTIVE', person: { id: person.id, legalName: 'Fria Lance' } });
    expect(employee.person.employees.nodes.map(({ id }: { id: string }) => id).toSorted()).toEqual([contractor, hired].toSorted());
  });
});

describe('time that was recorded before anybody knew that its author had left', () => {
  const [worked, lastDay] = ['2026-03-16', '2026-03-13'];
  /** Two days of work after the last one. */
  async function late() {
    const firm = await firmAt(world.graph);
    const own = await leaver(firm, '2026-12-31');
    const { entries, timesheetId } = await firm.recorded([worked, '2026-03-17'], { employeeId: own.employeeId });
    await own.hr({ status: 'TERMINATED', terminatedOn: lastDay });
    return { ...own, firm, entries, timesheetId };
  }
  const flagged = {
    code: 'TIME_AFTER_TERMINATION',
    message: `Leaver left on ${lastDay}; 2 entries of 16.00 hours are recorded after it, first on ${worked}.`,
    owner: 'hr',
    cures: expect.arrayContaining([{ mutation: 'recallTimeEntry' }, { mutation: 'upsertEmployees' }]),
  };

  test('is flagged until the time is corrected', async () => {
    const { employeeId, assignmentId, entries, stuck } = await late();
    await world.settle();
    expect(await stuck(employeeId)).toEqual([flagged]);
    expect(await told(assignmentId)).toMatchObject([{ status: 'ENDED', endDate: lastDay, plannedEndDate: '2026-12-31' }]);
    for (const id of entries) await done('deleteTimeEntry', { id });
    const [{ id }] = (await world.graph.ok('query ($id: ID!) { operations { stuck(filter: { subjectIds: [$id] }) { nodes { id } } } }', { id: employeeId }))
      .operations.stuck.nodes;
    await done('retryException', { id });
    await world.settle();
    expect(await stuck(employeeId)).toEqual([]);
  });

  test('or until the last day is', async () => {
    const { employeeId, hr, stuck } = await late();
    await world.settle();
    expect(await stuck(employeeId)).toEqual([flagged]);
    await hr({ terminatedOn: '2026-03-20' });
    await world.settle();
    expect(await stuck(employeeId)).toEqual([]);
  });

  test('is flagged once, told twice, late and out of order', async () => {
    const { employeeId, stuck } = await late();
    await world.settle([...world.consumers].reverse());
    expect(await stuck(employeeId)).toEqual([flagged]);
    const before = await world.state();
    await world.forgetDeliveries();
    await world.settle();
    expect(await world.state()).toEqual(before);
    expect(await stuck(employeeId)).toEqual([flagged]);
  });

  test.each(crashes)('is flagged once all the same where that breaks (%s)', async (_, broken) => {
    const { employeeId, stuck } = await late();
    await world.sequence();
    await world.once(broken(endedEmployments)).catch(() => undefined);
    await world.settle();
    expect(await stuck(employeeId)).toEqual([flagged]);
  });

  test('is flagged once by two workers who come at once', async () => {
    const { employeeId, stuck } = await late();
    await world.sequence();
    const work = async () => {
      while (await world.once(endedEmployments));
    };
    await Promise.all([work(), work()]);
    await world.settle();
    expect(await stuck(employeeId)).toEqual([flagged]);
  });
});
