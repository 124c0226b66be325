import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as engagements } from '#engagements/published.ts';
import { roles } from '#gateway/roles.ts';
import { newId } from '#kernel/ids.ts';
import { resourcesWorld } from '../support/resources.ts';
import { aTask } from '../support/siblings.ts';
import { allowed } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof resourcesWorld>>;
beforeAll(async () => {
  world = await resourcesWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const planner = { ...allowed, permissions: ['assignment:write', 'assignment:read', 'employee:read'] };
const overbooker = { ...planner, permissions: [...planner.permissions, 'assignment:overbook'] };
const confirm = (id: string, actor = planner) => world.mutate('confirmAssignment', { input: { id }, select: 'id status', actor });

describe('an assignment', () => {
  test('is proposed, held, confirmed and ended, with its facts and what siblings read', async () => {
    const { id: employeeId } = await world.worker('Ada');
    const project = await world.project();
    const { id } = await world.propose(employeeId, project.id);
    const document = { employeeId, projectId: project.id, taskId: null, startDate: '2026-03-01', weeklySeconds: '144000' };
    expect(await world.reference('Assignment', id)).toMatchObject({ version: 1, data: { ...document, status: 'PROPOSED', endDate: '2026-03-31' } });
    const story = [
      await world.made('holdAssignment', { input: { id }, select: 'status' }),
      await world.made('confirmAssignment', { input: { id }, select: 'status' }),
    ];
    expect((await world.reference('EmployeeAssignments', employeeId))?.data).toEqual({
      assignments: [{ assignmentId: id, projectId: project.id, taskId: null, from: '2026-03-01', to: '2026-03-31' }],
    });
    story.push(
      await world.made('endAssignment', { input: { id, endedOn: '2026-03-10' }, select: 'status endDate project { id } customer { id } task { id }' }),
    );
    expect(story).toEqual([
      { status: 'TENTATIVE' },
      { status: 'CONFIRMED' },
      { status: 'ENDED', endDate: '2026-03-10', project: { id: project.id }, customer: { id: project.customerId }, task: null },
    ]);
    expect(await world.reference('Assignment', id)).toMatchObject({ version: 4, data: { ...document, status: 'ENDED', endDate: '2026-03-10' } });
    const facts = await world.lastFacts(4);
    expect(facts.map(({ type, payload }) => `${type} ${payload.status}`)).toEqual([
      'AssignmentChanged PROPOSED',
      'AssignmentChanged TENTATIVE',
      'ResourceAssigned CONFIRMED',
      'AssignmentChanged ENDED',
    ]);
    expect(facts[2]).toMatchObject({
      customer_id: project.customerId,
      employee_id: employeeId,
      payload: { assignmentId: id, employeeId, projectId: project.id, taskId: null, startDate: '2026-03-01', endDate: '2026-03-31', weeklyHours: '40.00' },
    });
    expect((await world.reference('EmployeeAssignments', employeeId))?.data.assignments).toMatchObject([{ to: '2026-03-10' }]);
  });

  test('only when confirmed takes capacity, and only as much as there is', async () => {
    const { id: employeeId } = await world.worker('Full');
    const project = await world.project();
    const [half, rest, more] = [
      await world.propose(employeeId, project.id, { weeklyHours: '24' }),
      await world.propose(employeeId, project.id, { weeklyHours: '16' }),
      await world.propose(employeeId, project.id, { weeklyHours: '0.01', startDate: '2026-03-31', endDate: '2026-05-01' }),
    ];
    expect((await confirm(half.id)).row).toMatchObject({ status: 'CONFIRMED' });
    expect((await confirm(rest.id)).row).toMatchObject({ status: 'CONFIRMED' });
    expect((await confirm(more.id)).userErrors).toMatchObject([{ code: 'GUARD_REFUSED', guard: 'withinCapacity' }]);
    const query = `query ($id: ID!, $employeeId: ID!) { assignment(id: $id) { availableActions { name refusals } } employee(id: $employeeId) { availability(startDate: "2026-03-01", endDate: "2026-04-30") { weeklyHours bookedHours freeHours } } }`;
    const seen = await world.ok(query, { variables: { id: more.id, employeeId }, actor: planner });
    expect(seen.employee.availability).toEqual({ weeklyHours: '40.00', bookedHours: '40.00', freeHours: '0.00' });
    expect(
      seen.assignment.availableActions.map(({ name, refusals }: { name: string; refusals: string[] }) => `${name} ${refusals.map((why) => why.split(':')[0])}`),
    ).toEqual(['hold ', 'confirm withinCapacity', 'cancel ']);
    const over = { id: more.id, overbookReason: 'Launch week' };
    expect((await world.mutate('confirmAssignment', { input: over, select: 'status overbookReason', actor: overbooker })).row).toEqual({
      status: 'CONFIRMED',
      overbookReason: 'Launch week',
    });
    await world.made('cancelAssignment', { input: { id: half.id } });
    const later = await world.propose(employeeId, project.id, { weeklyHours: '23.99' });
    expect((await confirm(later.id)).row).toMatchObject({ status: 'CONFIRMED' });
  });

  test.each([
    ['every permission on assignments', roles.psa.permissions, 'Launch week', 'withinCapacity'],
    ["a manager's permissions", roles.manager.permissions, 'Launch week', 'withinCapacity'],
    ['the permission by its name, but no reason', undefined, undefined, 'withinCapacity'],
    ['all permissions, but no reason', roles.admin.permissions, undefined, 'withinCapacity'],
    ['the permission by its name, and a reason', undefined, 'Launch week', 'done'],
    ['all permissions, and a reason', roles.admin.permissions, 'Launch week', 'done'],
  ])('is over-booked with %s by no way but the right one', async (_, permissions, overbookReason, then) => {
    const actor = permissions ? { ...allowed, permissions } : overbooker;
    const { id: employeeId } = await world.worker('Asked');
    const project = await world.project();
    const base = { employeeId, projectId: project.id, startDate: '2026-03-01', endDate: '2026-03-31', weeklyHours: '30' };
    const item = (more: object) => ({ externalRef: { system: 'psa', externalId: newId() }, ...base, status: 'CONFIRMED', ...more });
    const first = item({});
    await world.upsert('upsertAssignments', [first]);
    const { id } = await world.propose(employeeId, project.id, { weeklyHours: '30' });
    const select = 'overbookReason';
    const reason = overbookReason ? { overbookReason } : {};
    const created = (await world.upsert('upsertAssignments', [item(reason)], { select, actor })).results[0];
    const widened = (await world.upsert('upsertAssignments', [{ ...first, weeklyHours: '50', ...reason }], { select, actor })).results[0];
    const answers = [
      { row: created.assignment, userErrors: created.userErrors },
      { row: widened.assignment, userErrors: widened.userErrors },
      await world.mutate('confirmAssignment', { input: { id, ...reason }, select, actor }),
    ];
    await world.mutate('confirmAssignment', { input: { id, overbookReason: 'Before' }, actor: allowed });
    answers.push(await world.mutate('updateAssignment', { input: { id, weeklyHours: '45', ...reason }, select, actor }));
    expect(answers.map(({ row, userErrors: [no] }) => (no ? no.guard : row.overbookReason))).toEqual(Array(4).fill(then === 'done' ? overbookReason : then));
  });

  test('within capacity keeps no reason, and no other action takes one', async () => {
    const { id: employeeId } = await world.worker('Modest');
    const { id } = await world.propose(employeeId, (await world.project()).id, { weeklyHours: '8' });
    const input = { id, overbookReason: 'Not needed' };
    expect((await world.mutate('holdAssignment', { input })).userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'overbookReason' }]);
    expect((await world.mutate('confirmAssignment', { input, select: 'overbookReason' })).row).toEqual({ overbookReason: null });
  });

  test('cannot be over-booked by twenty who confirm at once', async () => {
    const { id: employeeId } = await world.worker('Raced');
    const project = await world.project();
    const proposals = await Promise.all(Array.from({ length: 20 }, () => world.propose(employeeId, project.id, { weeklyHours: '10' })));
    const answers = await Promise.all(proposals.map(({ id }) => confirm(id)));
    expect(answers.filter(({ row }) => row?.status === 'CONFIRMED')).toHaveLength(4);
    expect(new Set(answers.flatMap(({ userErrors }) => userErrors.map(({ guard }: { guard: string }) => guard)))).toEqual(new Set(['withinCapacity']));
    const [{ data } = { data: { assignments: [] } }] = [await world.reference('EmployeeAssignments', employeeId)].filter((row) => row !== undefined);
    expect(data.assignments).toHaveLength(4);
  });

  test('that is confirmed cannot grow beyond capacity, nor race a termination', async () => {
    const { id: employeeId } = await world.worker('Grower');
    const project = await world.project();
    const [a, b] = [
      await world.propose(employeeId, project.id, { weeklyHours: '20' }),
      await world.propose(employeeId, project.id, { weeklyHours: '20', startDate: '2026-04-01', endDate: '2026-04-30' }),
    ];
    for (const { id } of [a, b]) await confirm(id);
    const update = (input: Record<string, unknown>) => world.mutate('updateAssignment', { input, select: 'weeklyHours startDate endDate', actor: planner });
    expect((await update({ id: a.id, weeklyHours: '40' })).row).toMatchObject({ weeklyHours: '40.00' });
    expect((await update({ id: b.id, startDate: '2026-03-31' })).userErrors).toMatchObject([{ guard: 'withinCapacity' }]);
    expect((await update({ id: a.id, weeklyHours: '20' })).userErrors).toEqual([]);
    const raced = await Promise.all([update({ id: a.id, weeklyHours: '40' }), update({ id: b.id, startDate: '2026-03-31', weeklyHours: '21' })]);
    expect(raced.filter(({ row }) => row)).toHaveLength(1);
    const proposal = await world.propose(employeeId, project.id, { startDate: '2026-06-01', endDate: '2026-06-30' });
    await Promise.all([confirm(proposal.id), world.mutate('terminateEmployee', { input: { id: employeeId, terminatedOn: '2026-03-02' } })]);
    const [after] =
      await world.sql`select count(*)::int as n from resources.assignment where employee_id = ${employeeId} and status in ('CONFIRMED', 'TENTATIVE', 'PROPOSED')`;
    expect(after?.n).toBe(0);
  });

  test('is refused what points to nothing, and what is over', async () => {
    const { id: employeeId } = await world.worker('Strict', { hiredOn: '2026-02-01' });
    const project = await world.project();
    const taskId = newId();
    await world.publish(engagements.Task, [{ id: taskId, data: aTask() }]);
    const base = { employeeId, projectId: project.id, startDate: '2026-03-01', endDate: '2026-03-31', weeklyHours: '8' };
    const wrong: [Record<string, unknown>, string, string][] = [
      [{ employeeId: newId() }, 'NOT_FOUND', 'employeeId'],
      [{ employeeId: 'no id' }, 'NOT_FOUND', 'employeeId'],
      [{ projectId: newId() }, 'NOT_FOUND', 'projectId'],
      [{ projectId: 'no id' }, 'NOT_FOUND', 'projectId'],
      [{ taskId }, 'NOT_FOUND', 'taskId'],
      [{ endDate: '2026-02-28' }, 'VALIDATION_FAILED', 'endDate'],
      [{ weeklyHours: '-1' }, 'VALIDATION_FAILED', 'weeklyHours'],
    ];
    for (const [more, code, field] of wrong)
      expect((await world.mutate('createAssignment', { input: { ...base, ...more } })).userErrors).toMatchObject([{ code, field }]);
    const { id } = await world.made('createAssignment', { input: base });
    expect(
      (await world.mutate('confirmAssignment', { input: { id: (await world.propose(employeeId, (await world.project(newId(), 'CLOSED')).id)).id } }))
        .userErrors,
    ).toMatchObject([{ guard: 'projectOpen' }]);
    expect((await world.mutate('updateAssignment', { input: { id, startDate: null } })).userErrors).toMatchObject([{ field: 'startDate' }]);
    expect((await world.mutate('updateAssignment', { input: { id, expectedVersion: 7 } })).userErrors).toMatchObject([{ code: 'STALE_VERSION' }]);
    await world.made('cancelAssignment', { input: { id } });
    expect((await world.mutate('updateAssignment', { input: { id, weeklyHours: '4' } })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    expect((await world.mutate('confirmAssignment', { input: { id: newId() } })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('cannot be written for a customer whom the actor does not see', async () => {
    const { id: employeeId } = await world.worker('Scoped');
    const mine = await world.project();
    const theirs = await world.project();
    const actor = { ...planner, customerIds: [mine.customerId] };
    const { id } = await world.propose(employeeId, theirs.id);
    expect(
      (
        await world.mutate('createAssignment', {
          input: { employeeId, projectId: theirs.id, startDate: '2026-03-01', endDate: '2026-03-02', weeklyHours: '1' },
          actor,
        })
      ).userErrors,
    ).toMatchObject([{ code: 'NOT_FOUND', field: 'employeeId' }]);
    expect((await confirm(id, actor)).userErrors).toMatchObject([{ code: 'NOT_FOUND', field: 'id' }]);
    const bulk = await world.upsert(
      'upsertAssignments',
      [
        {
          externalRef: { system: 'psa', externalId: 's1' },
          employeeId,
          projectId: theirs.id,
          startDate: '2026-03-01',
          endDate: '2026-03-02',
          weeklyHours: '1',
        },
      ],
      { actor },
    );
    expect(bulk.results[0].userErrors).toMatchObject([{ code: 'NOT_FOUND', field: 'employeeId' }]);
  });
});

describe('upsertAssignments', () => {
  const ref = (externalId: string) => ({ system: 'psa', externalId });
  const span = { startDate: '2026-03-01', endDate: '2026-03-31' };

  test('judges items one after the other, each with what the others took', async () => {
    const { id: employeeId } = await world.worker('Bulk');
    const project = await world.project();
    const at = (n: number, weeklyHours: string, more: Record<string, unknown> = {}) => ({
      externalRef: ref(`b${n}`),
      employeeId,
      projectId: project.id,
      ...span,
      weeklyHours,
      status: 'CONFIRMED',
      ...more,
    });
    const call = (items: unknown[]) => world.upsert('upsertAssignments', items, { select: 'status version', actor: planner });
    const shown = (answer: { results: { assignment: { status: string; version: number } | null; userErrors: { guard: string | null; code: string }[] }[] }) =>
      answer.results.map(({ assignment, userErrors }) =>
        assignment ? `${assignment.status} ${assignment.version}` : (userErrors[0]?.guard ?? userErrors[0]?.code),
      );
    expect(shown(await call([at(1, '30'), at(2, '20'), at(3, '10'), at(4, '5', { status: undefined }), at(5, '1', { status: 'ENDED' })]))).toEqual([
      'CONFIRMED 1',
      'withinCapacity',
      'CONFIRMED 1',
      'PROPOSED 1',
      'withinCapacity',
    ]);
    const facts = (await world.facts()).length;
    expect(shown(await call([at(1, '30'), at(3, '10'), at(4, '5', { status: undefined })]))).toEqual(['CONFIRMED 1', 'CONFIRMED 1', 'PROPOSED 1']);
    expect((await world.facts()).length).toBe(facts);
    expect(
      shown(
        await call([at(1, '30', { status: 'CANCELLED' }), at(2, '20'), at(4, '15', { status: 'CONFIRMED' }), at(3, '10', { projectId: newId() }), at(1, '1')]),
      ),
    ).toEqual(['CANCELLED 2', 'CONFIRMED 1', 'withinCapacity', 'VALIDATION_FAILED', 'VALIDATION_FAILED']);
    expect(shown(await call([at(1, '30', { status: 'CONFIRMED' }), at(3, '10', { status: 'PROPOSED' })]))).toEqual([
      'INVALID_TRANSITION',
      'INVALID_TRANSITION',
    ]);
  });

  test('takes 500 for many employees in a few statements', async () => {
    const people = Array.from({ length: 50 }, (_, n) => ({
      externalRef: { system: 'hr', externalId: `ba${n}` },
      name: `Planned ${n}`,
      hiredOn: '2025-01-01',
      status: 'ACTIVE',
    }));
    const { results } = await world.upsert('upsertEmployees', people, { select: 'id' });
    const projects = await Promise.all([1, 2, 3].map(() => world.project()));
    const items = Array.from({ length: 500 }, (_, n) => ({
      externalRef: ref(`m${n}`),
      employeeId: results[n % 50].employee.id,
      projectId: projects[n % 3]?.id,
      ...span,
      weeklyHours: '4',
      status: 'CONFIRMED',
    }));
    world.statements.length = 0;
    expect(await world.upsert('upsertAssignments', items, { actor: planner })).toMatchObject({ succeeded: 500, failed: 0 });
    expect(world.statements.length).toBeLessThan(24);
    const [sum] =
      await world.sql`select count(*)::int as n from resources.assignment a join resources.employee e on e.id = a.employee_id where e.name like 'Planned%' and a.status = 'CONFIRMED'`;
    expect(sum?.n).toBe(500);
    expect((await world.upsert('upsertAssignments', [{ ...items[0], externalRef: ref('one more') }], { actor: planner })).results[0].userErrors).toMatchObject([
      { guard: 'withinCapacity' },
    ]);
  });

  test('two bulk calls at once do not over-book either', async () => {
    const { id: employeeId } = await world.worker('Twice');
    const project = await world.project();
    const items = (call: number) =>
      Array.from({ length: 8 }, (_, n) => ({
        externalRef: ref(`tw${call}-${n}`),
        employeeId,
        projectId: project.id,
        ...span,
        weeklyHours: '5',
        status: 'CONFIRMED',
      }));
    const answers = await Promise.all([1, 2, 3].map((call) => world.upsert('upsertAssignments', items(call), { actor: planner })));
    expect(answers.reduce((sum, answer) => sum + answer.succeeded, 0)).toBe(8);
  });
});
