import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { addDays } from '#kernel/period.ts';
import { overAllocations } from '#processes/overAllocations.ts';
import { firmAt } from '../support/firmAt.ts';
import { crashes, type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import { mondayAhead, staffing } from '../support/staffing.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const facts = async (subjectId: string) =>
  (await world.sql`select type from log.fact where subject_id = ${subjectId} order by position`).map(({ type }) => String(type));

describe('from a request to an assignment', () => {
  test('a project asks for somebody, is told who fits and why, wants another, and gets the assignment', async () => {
    const firm = await firmAt(world.graph);
    const own = staffing(world, firm);
    const { legalEntityId } = firm;
    await own.bulk(
      'upsertHolidays',
      [{ externalRef: { system: 'hr', externalId: newId() }, date: addDays(own.startDate, 3), name: 'Founding Day', legalEntityId }],
      'holiday',
    );
    const day = (weekday: string) => ({ weekday, hours: '8' });
    const fourDays = [{ effectiveFrom: '2020-01-01', days: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY'].map(day) }];
    const best = await own.employee('Best', { legalEntityId, skills: [own.skill('typescript', 5)] });
    const away = await own.employee('Away', { legalEntityId, skills: [own.skill('TypeScript', 4)], workWeeks: fourDays });
    const novice = await own.employee('Novice', { legalEntityId, skills: [own.skill('TypeScript', 2)] });
    await own.absence(away, { endDate: addDays(own.startDate, 2) });

    const externalRef = { system: 'psa', externalId: newId(), version: '1' };
    const item = { externalRef, ...own.wanted({ employerId: legalEntityId }), status: 'SUBMITTED' };
    const psa = { role: 'psa', subject: 'psa' };
    const [id = ''] = await own.bulk('upsertResourceRequests', [item], 'resourceRequest', psa);
    const { version } = await own.read(id);
    expect(await own.bulk('upsertResourceRequests', [item], 'resourceRequest', psa)).toEqual([id]);
    expect(await own.read(id)).toMatchObject({ status: 'SUBMITTED', version });

    const ranked = (await own.candidates(id)).nodes.filter(({ employee }: { employee: { id: string } }) => [best, away, novice].includes(employee.id));
    expect(
      ranked.map(({ employee, score, fits }: { employee: { name: string }; score: number; fits: boolean }) => `${employee.name} ${score} ${fits}`),
    ).toEqual(['Best 100 true', expect.stringMatching(/^Away 9\d false$/), expect.stringMatching(/^Novice 9\d false$/)]);
    expect(ranked[0].weeks[0]).toEqual({
      ...{ startDate: own.startDate, capacityHours: '32.00', holidayHours: '8.00', absenceHours: '0.00' },
      ...{ bookedHours: '0.00', tentativeHours: '0.00', freeHours: '32.00' },
    });
    expect(ranked[1].weeks[0]).toMatchObject({ capacityHours: '0.00', holidayHours: '8.00', absenceHours: '24.00', freeHours: '0.00' });
    expect(ranked[1].reasons.filter(({ fits }: { fits: boolean }) => !fits)).toEqual([
      expect.objectContaining({ concern: 'AVAILABILITY', message: expect.stringContaining(`in the week of ${own.startDate} for 0.00 of 24.00`) }),
    ]);

    const wrong = await own.refusal('proposeResources', { id, proposals: [{ employeeId: novice }] });
    expect(wrong).toMatchObject({
      code: 'GUARD_REFUSED',
      guard: 'proposalsFit',
      message: expect.stringContaining('Novice: Has the skill TypeScript at level 2, below 4.'),
    });
    await done('proposeResources', { id, proposals: [{ employeeId: novice, reason: 'Learns fast' }] });
    expect(await own.read(id)).toMatchObject({ status: 'PROPOSED', proposals: [{ mismatches: [expect.stringContaining('below 4')], reason: 'Learns fast' }] });
    // The PSA says once more what it knows: that does not take the proposal away.
    await own.bulk('upsertResourceRequests', [item], 'resourceRequest', psa);
    await done('rejectResourceProposal', { id, reason: 'Too junior' });
    expect(await own.read(id)).toMatchObject({ status: 'SUBMITTED', decisionNote: 'Too junior', proposals: [] });
    await done('proposeResources', { id, proposals: [{ employeeId: best }] });
    const key = newId();
    const accepted = [];
    for (let turn = 0; turn < 2; turn += 1) accepted.push(await world.graph.mutate('acceptResourceProposal', { id, idempotencyKey: key }));
    expect(accepted).toMatchObject([
      { replayed: false, userErrors: [] },
      { replayed: true, userErrors: [] },
    ]);
    const fulfilled = await own.read(id);
    expect(fulfilled).toMatchObject({
      status: 'FULFILLED',
      proposals: [{ employee: { id: best }, assignment: { status: 'CONFIRMED', startDate: own.startDate, endDate: own.endDate, weeklyHours: '40.00' } }],
    });
    expect(await own.refusal('acceptResourceProposal', { id })).toMatchObject({ code: 'INVALID_TRANSITION' });
    await world.settle();
    expect(await facts(id)).toEqual([...['ResourceRequested', 'ResourceProposed', 'ResourceRequestChanged', 'ResourceProposed', 'ResourceRequestFulfilled']]);
    expect(await facts(fulfilled.proposals[0].assignment.id)).toEqual(['ResourceAssigned']);
    expect(await own.stuck(best)).toEqual([]);
    expect((await own.candidates(await own.requested())).nodes.find(({ employee }: { employee: { id: string } }) => employee.id === best)).toMatchObject({
      fits: false,
    });
  });

  test('two requests for one person, accepted at once: one gets the person, of the other nothing is left', async () => {
    const firm = await firmAt(world.graph);
    const own = staffing(world, firm);
    const [wanted, other] = [await own.employee('Wanted'), await own.employee('Beside')];
    const requests = await Promise.all([own.requested({ skills: [] }), own.requested({ skills: [] })]);
    for (const id of requests)
      await done('proposeResources', { id, proposals: [other, wanted].map((employeeId, at) => ({ employeeId, weeklyHours: at ? '40' : '20' })) });
    const answers = await Promise.all(requests.map((id) => world.graph.mutate('acceptResourceProposal', { id, idempotencyKey: newId() })));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toMatchObject([{ code: 'GUARD_REFUSED', guard: 'withinCapacity' }]);
    const states = await Promise.all(requests.map(async (id) => (await own.read(id)).status));
    expect(states.toSorted()).toEqual(['FULFILLED', 'PROPOSED']);
    const [{ n } = { n: 0 }] = await world.sql`select count(*)::int as n from resources.assignment where employee_id in ${world.sql([wanted, other])}`;
    expect(n).toBe(2);
    const [loser = ''] = requests.filter((_, index) => states[index] === 'PROPOSED');
    await done('acceptResourceProposal', { id: loser, assignmentStatus: 'TENTATIVE' });
    const { proposals } = await own.read(loser);
    expect(proposals.map(({ assignment }: { assignment: { status: string } }) => assignment.status)).toEqual(['TENTATIVE', 'TENTATIVE']);
    const text = `query ($id: ID!) { employee(id: $id) { availability(startDate: "${own.startDate}", endDate: "${addDays(own.startDate, 6)}") { utilization weeks { bookedHours tentativeHours freeHours } } } }`;
    expect((await world.graph.ok(text, { id: wanted })).employee.availability).toEqual({
      utilization: 100,
      weeks: [{ bookedHours: '40.00', tentativeHours: '40.00', freeHours: '0.00' }],
    });
    expect(await own.stuck(wanted)).toEqual([]);
  });

  test('one request that two accept at once is fulfilled once', async () => {
    const own = staffing(world, await firmAt(world.graph));
    const employeeId = await own.employee('Once');
    const id = await own.requested({ skills: [] });
    await done('proposeResources', { id, proposals: [{ employeeId }] });
    const answers = await Promise.all([1, 2].map(() => world.graph.mutate('acceptResourceProposal', { id, idempotencyKey: newId() })));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    const [{ n } = { n: 0 }] = await world.sql`select count(*)::int as n from resources.assignment where employee_id = ${employeeId}`;
    expect(n).toBe(1);
  });

  test('a delivery that comes late changes nothing, and one that gives up a request is heard', async () => {
    const own = staffing(world, await firmAt(world.graph));
    const externalRef = { system: 'psa', externalId: newId() };
    const psa = { role: 'psa', subject: 'psa' };
    const item = (version: string, more: object) => ({ ...own.wanted(), externalRef: { ...externalRef, version }, ...more });
    const [id = ''] = await own.bulk('upsertResourceRequests', [item('2', { status: 'SUBMITTED', name: 'Second' })], 'resourceRequest', psa);
    const late = await world.graph.mutate(
      'upsertResourceRequests',
      { idempotencyKey: newId(), items: [item('1', { name: 'First' })] },
      {
        ...{ select: 'results { userErrors { code } }', wish: psa },
      },
    );
    expect(late.results[0].userErrors).toEqual([{ code: 'STALE_SOURCE_VERSION' }]);
    await own.bulk('upsertResourceRequests', [item('3', { status: 'CANCELLED', name: 'Second' })], 'resourceRequest', psa);
    expect(await own.read(id)).toMatchObject({ status: 'CANCELLED' });
    const back = await world.graph.mutate(
      'upsertResourceRequests',
      { idempotencyKey: newId(), items: [item('4', { status: 'SUBMITTED', name: 'Second' })] },
      {
        ...{ select: 'results { userErrors { code } }', wish: psa },
      },
    );
    expect(back.results[0].userErrors).toEqual([{ code: 'INVALID_TRANSITION' }]);
  });
});

describe('time off that over-books confirmed work', () => {
  /** Somebody on full-time work who takes two days off. */
  async function overBooked() {
    const firm = await firmAt(world.graph);
    const own = staffing(world, firm);
    const employeeId = await own.employee('Busy', { legalEntityId: firm.legalEntityId });
    const input = { employeeId, projectId: firm.projectId, startDate: own.startDate, endDate: own.endDate, weeklyHours: '40' };
    const assignmentId = await world.graph.made('createAssignment', 'assignment', input);
    await done('confirmAssignment', { id: assignmentId });
    await world.settle();
    expect(await own.stuck(employeeId)).toEqual([]);
    const [absenceId = ''] = await own.absence(employeeId, { startDate: addDays(own.startDate, 7), endDate: addDays(own.startDate, 8) });
    return { ...own, employeeId, assignmentId, absenceId };
  }
  const overAllocated = (monday: string) => ({
    code: 'OVER_ALLOCATED',
    message: `Busy is over-allocated in 1 weeks, first in that of ${monday}: 40.00 hours are confirmed, 24.00 are there.`,
    owner: 'resource-manager',
    cures: expect.arrayContaining([{ mutation: 'updateAssignment' }, { mutation: 'cancelAbsence' }]),
  });

  test('is seen by the planner, until one of both gives way', async () => {
    const { employeeId, absenceId, startDate, stuck } = await overBooked();
    await world.settle();
    expect(await stuck(employeeId)).toEqual([overAllocated(addDays(startDate, 7))]);
    const text = `query ($id: ID!) { employee(id: $id) { utilization(startDate: "${startDate}", endDate: "${addDays(startDate, 13)}") { capacityHours } } }`;
    const capacity = async () => (await world.graph.ok(text, { id: employeeId })).employee.utilization.capacityHours;
    expect(await capacity()).toBe('64.00');
    await done('cancelAbsence', { id: absenceId });
    expect(await capacity()).toBe('80.00');
    await world.settle();
    expect(await stuck(employeeId)).toEqual([]);
    expect(await facts(absenceId)).toEqual(['AbsenceChanged', 'AbsenceChanged']);
  });

  test('is refused to whoever confirms more, unless somebody who may says why', async () => {
    const { employeeId, absenceId, assignmentId, startDate, endDate, refusal } = await overBooked();
    await done('cancelAssignment', { id: assignmentId });
    const { projectId } = await firmAt(world.graph);
    const id = await world.graph.made('createAssignment', 'assignment', { employeeId, projectId, startDate, endDate, weeklyHours: '25' });
    expect(await refusal('confirmAssignment', { id }, { role: 'manager' })).toMatchObject({ code: 'GUARD_REFUSED', guard: 'withinCapacity' });
    await done('confirmAssignment', { id, overbookReason: 'Makes up for it before' });
    await world.settle();
    const find = 'query ($id: ID!) { operations { stuck(filter: { subjectIds: [$id] }) { totalCount } } }';
    expect((await world.graph.ok(find, { id: employeeId })).operations.stuck.totalCount).toBe(0);
    await done('cancelAbsence', { id: absenceId });
  });

  test('is told twice, late and out of order, and stands there once', async () => {
    const { employeeId, absenceId, startDate, stuck } = await overBooked();
    await world.sequence();
    await world.settle([...world.consumers].reverse());
    expect(await stuck(employeeId)).toEqual([overAllocated(addDays(startDate, 7))]);
    const before = await world.state();
    await world.forgetDeliveries();
    await world.settle();
    expect(await world.state()).toEqual(before);
    await done('cancelAbsence', { id: absenceId });
    await world.forgetDeliveries();
    await world.settle();
    expect(await stuck(employeeId)).toEqual([]);
  });

  test.each(crashes)('breaks before it is noted (%s), and is noted once all the same', async (_, broken) => {
    const { employeeId, startDate, stuck } = await overBooked();
    await world.sequence();
    await world.once(broken(overAllocations)).catch(() => undefined);
    expect(await stuck(employeeId)).toEqual([]);
    await world.settle();
    expect(await stuck(employeeId)).toEqual([overAllocated(addDays(startDate, 7))]);
  });

  test('is noted once by two workers who come at once', async () => {
    const { employeeId, startDate, stuck } = await overBooked();
    await world.sequence();
    await Promise.all(
      [1, 2].map(async () => {
        while (await world.once(overAllocations));
      }),
    );
    await world.settle();
    expect(await stuck(employeeId)).toEqual([overAllocated(addDays(startDate, 7))]);
  });

  test('working hours that shrink show too', async () => {
    const firm = await firmAt(world.graph);
    const own = staffing(world, firm);
    const externalRef = { system: 'hr', externalId: newId() };
    const employeeId = await own.employee('Shrinking', { externalRef });
    const input = { employeeId, projectId: firm.projectId, startDate: own.startDate, endDate: own.endDate, weeklyHours: '40' };
    await done('confirmAssignment', { id: await world.graph.made('createAssignment', 'assignment', input) });
    const workWeeks = [
      {
        effectiveFrom: mondayAhead(7),
        days: [
          { weekday: 'MONDAY', duration: 'PT6H' },
          { weekday: 'FRIDAY', hours: '2' },
        ],
      },
    ];
    await own.bulk('upsertEmployees', [{ externalRef, name: 'Shrinking', workWeeks }], 'employee');
    await world.settle();
    expect(await own.stuck(employeeId)).toMatchObject([{ code: 'OVER_ALLOCATED', message: expect.stringContaining('in 1 weeks') }]);
    await own.bulk('upsertEmployees', [{ externalRef, name: 'Shrinking', workWeeks: [] }], 'employee');
    await world.settle();
    expect(await own.stuck(employeeId)).toEqual([]);
  });
});
