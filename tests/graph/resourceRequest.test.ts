import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles } from '#gateway/roles.ts';
import { newId } from '#kernel/ids.ts';
import { plantCorruption } from '../support/corruption.ts';
import { resourcesWorld } from '../support/resources.ts';
import { allowed } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof resourcesWorld>>;
beforeAll(async () => {
  world = await resourcesWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const term = { startDate: '2027-03-01', endDate: '2027-03-26' };
const wanted = (projectId: string, more: object = {}) => ({ projectId, name: 'Build', weeklyHours: '20', ...term, ...more });
const submitted = async (projectId: string, more: object = {}): Promise<string> => {
  const { id } = await world.made('createResourceRequest', { input: wanted(projectId, more) });
  await world.made('submitResourceRequest', { input: { id } });
  return id;
};
const refused = async (name: string, input: Record<string, unknown>, actor = allowed) => (await world.mutate(name, { input, actor })).userErrors[0];
const candidates = `query ($id: ID!, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  candidates(requestId: $id, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes { score fits employee { id name skills { name level } workWeeks { weeklyHours } } reasons { concern message } weeks { freeHours } } } }`;

describe('a request for people', () => {
  test('says what it lacks, and changes nothing by it', async () => {
    const project = await world.project();
    const said = [
      [{ weeklyHours: undefined }, 'weeklyHours'],
      [{ percent: 50 }, 'percent'],
      [{ weeklyHours: undefined, percent: 101 }, 'percent'],
      [{ endDate: '2027-02-28' }, 'endDate'],
      [{ endDate: '2031-03-26' }, 'endDate'],
      [{ skills: [{ name: 'SQL', level: 6 }] }, 'skills'],
      [
        {
          skills: [
            { name: 'SQL', level: 1 },
            { name: 'sql', level: 2 },
          ],
        },
        'skills',
      ],
      [{ taskId: newId() }, 'taskId'],
      [{ laborCategoryId: newId() }, 'laborCategoryId'],
      [{ employerId: newId() }, 'employerId'],
      [{ projectId: newId() }, 'projectId'],
    ] as const;
    for (const [more, field] of said) expect(await refused('createResourceRequest', wanted(project.id, more)), field).toMatchObject({ field });
    expect((await world.sql`select count(*)::int as n from resources.resource_request`)[0]?.n).toBe(0);
  });

  test('is for a project that goes on, and only of a customer that the actor sees', async () => {
    const done = await world.project(newId(), 'COMPLETED');
    const { id } = await world.made('createResourceRequest', { input: wanted(done.id) });
    expect(await refused('submitResourceRequest', { id })).toMatchObject({ code: 'GUARD_REFUSED', guard: 'projectNeedsPeople' });
    const confined = { ...allowed, customerIds: [newId()] };
    expect(await refused('createResourceRequest', wanted(done.id), confined)).toMatchObject({ code: 'NOT_FOUND', field: 'projectId' });
    expect(await refused('cancelResourceRequest', { id, reason: 'Mine?' }, confined)).toMatchObject({ code: 'NOT_FOUND' });
    const seen = await world.ok('{ resourceRequests { nodes { id } } }', { actor: confined });
    expect(seen.resourceRequests.nodes).toEqual([]);
  });

  test('is changed until somebody is proposed, by percent or hours, one in place of the other', async () => {
    const { id: projectId } = await world.project();
    const id = await submitted(projectId);
    const select = 'weeklyHours weeklyDuration percent place version';
    expect(await world.made('updateResourceRequest', { input: { id, percent: 40, place: 'Utrecht' }, select })).toMatchObject({
      weeklyHours: null,
      percent: 40,
    });
    expect(await world.made('updateResourceRequest', { input: { id, weeklyDuration: 'PT8H', place: null }, select })).toMatchObject({
      ...{ weeklyHours: '8.00', weeklyDuration: 'PT8H', percent: null, place: null },
    });
    expect(await refused('updateResourceRequest', { id, expectedVersion: 1, percent: 10 })).toMatchObject({ code: 'STALE_VERSION' });
    const { id: employeeId } = await world.worker('Proposed');
    await world.made('proposeResources', { input: { id, proposals: [{ employeeId }] } });
    expect(await refused('updateResourceRequest', { id, percent: 10 })).toMatchObject({ code: 'INVALID_TRANSITION' });
  });

  test('is proposed for by who plans people, each once, and by nobody else', async () => {
    const { id: projectId } = await world.project();
    const id = await submitted(projectId);
    const { id: employeeId } = await world.worker('Twice');
    expect(await refused('proposeResources', { id, proposals: [] })).toMatchObject({ code: 'VALIDATION_FAILED', field: 'proposals' });
    expect(await refused('proposeResources', { id, proposals: [{ employeeId }, { employeeId }] })).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await refused('proposeResources', { id, proposals: [{ employeeId: newId() }] })).toMatchObject({ code: 'NOT_FOUND' });
    const hr = { ...allowed, permissions: roles.hr.permissions };
    expect(await refused('proposeResources', { id, proposals: [{ employeeId }] }, hr)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refused('acceptResourceProposal', { id, assignmentStatus: 'ENDED' })).toMatchObject({ code: 'VALIDATION_FAILED', field: 'assignmentStatus' });
  });

  test('whose proposal cannot be kept any more makes no assignment at all', async () => {
    const { id: projectId } = await world.project();
    const [stays, leaves] = [await world.worker('Stays'), await world.worker('Leaves')];
    const id = await submitted(projectId);
    await world.made('proposeResources', { input: { id, proposals: [{ employeeId: stays.id }, { employeeId: leaves.id }] } });
    await world.made('scheduleEmployeeTermination', { input: { id: leaves.id, terminatedOn: '2027-03-10' } });
    expect(await refused('acceptResourceProposal', { id })).toMatchObject({ code: 'GUARD_REFUSED', guard: 'withinEmployment' });
    expect((await world.sql`select count(*)::int as n from resources.assignment where employee_id = ${stays.id}`)[0]?.n).toBe(0);
    expect((await world.sql`select status from resources.resource_request where id = ${id}`)[0]?.status).toBe('PROPOSED');
  });

  test('once fulfilled stays so, even by raw SQL', async () => {
    const { id: projectId } = await world.project();
    const id = await submitted(projectId);
    await world.made('proposeResources', { input: { id, proposals: [{ employeeId: (await world.worker('Kept')).id }] } });
    await world.made('acceptResourceProposal', { input: { id, assignmentStatus: 'TENTATIVE' } });
    await expect(plantCorruption(world.sql)`update resources.resource_request set name = 'Other' where id = ${id}`).rejects.toThrow(
      'never changes once it is FULFILLED',
    );
  });
});

describe('candidates', () => {
  test('of a thousand come in one statement per concern, the best first, page by page, the same each time', async () => {
    const { id: projectId } = await world.project();
    const category = (await world.made('createLaborCategory', { input: { code: `C-${newId()}`, name: 'Engineer' } })).id;
    for (let at = 0; at < 1000; at += 500) {
      const items = Array.from({ length: 500 }, (_, index) => ({
        ...{ externalRef: { system: 'hr', externalId: `many-${at + index}` }, name: `Many ${at + index}`, hiredOn: '2025-01-01', status: 'ACTIVE' },
        laborCategories: [{ laborCategoryId: category, effectiveFrom: '2025-01-01' }],
        skills: [{ name: 'SQL', level: 1 + (index % 5), effectiveFrom: '2025-01-01', source: 'hr' }],
        workWeeks: index % 2 ? [] : [{ effectiveFrom: '2025-01-01', days: [{ weekday: 'MONDAY', hours: '8' }] }],
      }));
      expect(await world.upsert('upsertEmployees', items)).toMatchObject({ succeeded: 500, failed: 0 });
    }
    const id = await submitted(projectId, { laborCategoryId: category, skills: [{ name: 'sql', level: 3 }], endDate: '2027-08-27' });
    const page = async (variables: object) => (await world.ok(candidates, { variables: { id, ...variables } })).candidates;
    world.statements.length = 0;
    const first = await page({ first: 100 });
    // The request, people, three of calendars, assignments, labor categories with their names, skills; then skills and work weeks of those shown; and the session's.
    expect(world.statements.length).toBeLessThan(16);
    expect(first.nodes).toHaveLength(100);
    expect(first.nodes[0]).toMatchObject({ score: 100, fits: true });
    expect(first.totalCount).toBeGreaterThanOrEqual(1000);
    const again = await page({ first: 100 });
    expect(again).toEqual(first);
    const second = await page({ first: 100, after: first.pageInfo.endCursor });
    const back = await page({ last: 100, before: second.pageInfo.startCursor });
    expect(back.nodes).toEqual(first.nodes);
    expect(second.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
    const scores = [...first.nodes, ...second.nodes].map(({ score }: { score: number }) => score);
    expect(scores).toEqual(scores.toSorted((a: number, b: number) => b - a));
    const idsOf = (nodes: { employee: { id: string } }[]) => nodes.map(({ employee }) => employee.id);
    expect(new Set([...idsOf(first.nodes), ...idsOf(second.nodes)]).size).toBe(200);
    const one = await page({ first: 1 });
    expect(one.nodes[0]).toEqual(first.nodes[0]);
  });

  test('leave out who is not employed then, and say of others what does not fit', async () => {
    const { id: projectId } = await world.project();
    const gone = await world.worker('Gone');
    await world.made('terminateEmployee', { input: { id: gone.id, terminatedOn: '2026-01-31' } });
    const leaving = await world.worker('Leaving');
    await world.made('scheduleEmployeeTermination', { input: { id: leaving.id, terminatedOn: '2027-03-10' } });
    const coming = await world.hire('Coming', { hiredOn: '2027-03-08' });
    const after = await world.hire('After', { hiredOn: '2027-04-01' });
    const id = await submitted(projectId, { skills: [{ name: `Skill ${newId()}`, level: 1 }] });
    const found = new Map<string, { fits: boolean; reasons: { concern: string; message: string }[] }>();
    const next = async (after?: string): Promise<string | undefined> => {
      const { nodes, pageInfo } = (await world.ok(candidates, { variables: { id, first: 250, after } })).candidates;
      for (const node of nodes) found.set(node.employee.id, node);
      return pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
    };
    for (let cursor = await next(); cursor; ) cursor = await next(cursor);
    expect([gone.id, after.id].filter((each) => found.has(each))).toEqual([]);
    const said = (employeeId: string) => found.get(employeeId)?.reasons.map(({ message }) => message);
    expect(said(leaving.id)).toContain('Leaves on 2027-03-10.');
    expect(said(coming.id)).toContain('Starts on 2027-03-08 only.');
    expect(said(coming.id)?.[0]).toMatch(/^Lacks the skill Skill /);
  });

  test.each([
    ['no such request', { id: newId(), first: 1 }, 'NOT_FOUND'],
    ['too many', { first: 251 }, 'VALIDATION_FAILED'],
    ['less than none', { first: -1 }, 'VALIDATION_FAILED'],
    ['both ends', { first: 1, last: 1 }, 'VALIDATION_FAILED'],
    ['a cursor of its own', { first: 1, after: 'nonsense' }, 'VALIDATION_FAILED'],
  ])('of %s are refused', async (_, variables, code) => {
    const { id: projectId } = await world.project();
    const id = await submitted(projectId);
    const { errors } = await world.run(candidates, { variables: { id, ...variables } });
    expect(errors?.[0]?.code).toBe(code);
  });
});

describe('what HR says of somebody', () => {
  test('replaces whole lists, keeps what is equal, and refuses what contradicts itself', async () => {
    const externalRef = { system: 'hr', externalId: newId() };
    const skill = (name: string, level: number) => ({ name, level, effectiveFrom: '2025-01-01', source: 'hr' });
    const monday = (hours: string) => ({ weekday: 'MONDAY', hours });
    const item = {
      externalRef,
      name: 'Listed',
      hiredOn: '2025-01-01',
      skills: [skill('SQL', 3), skill('Go', 2)],
      workWeeks: [{ effectiveFrom: '2025-01-01', days: [monday('8')] }],
    };
    const select = 'id version skills { name level } workWeeks { effectiveFrom effectiveTo weeklyHours days { weekday hours } }';
    const say = async (more: object) => (await world.upsert('upsertEmployees', [{ ...item, ...more }], { select })).results[0];
    const { employee } = await say({});
    expect(employee).toMatchObject({ version: 1, skills: [{ name: 'Go' }, { name: 'SQL' }], workWeeks: [{ effectiveTo: null, weeklyHours: '8.00' }] });
    expect((await say({})).employee).toEqual(employee);
    const shorter = await say({ skills: [skill('SQL', 4)], workWeeks: [...item.workWeeks, { effectiveFrom: '2026-01-01', days: [monday('4')] }] });
    expect(shorter.employee).toMatchObject({
      version: 2,
      skills: [{ name: 'SQL', level: 4 }],
      workWeeks: [{ effectiveTo: '2025-12-31' }, { weeklyHours: '4.00' }],
    });
    expect((await say({ skills: undefined, workWeeks: undefined })).employee).toMatchObject({ version: 2, skills: [{ level: 4 }] });
    const contradictions = [
      [{ skills: [skill('SQL', 1), skill('sql', 2)] }, 'skills'],
      [{ skills: [skill('SQL', 0)] }, 'skills'],
      [{ skills: Array.from({ length: 101 }, (_, n) => skill(`S${n}`, 1)) }, 'skills'],
      [{ workWeeks: [...item.workWeeks, ...item.workWeeks] }, 'workWeeks'],
      [{ workWeeks: [{ effectiveFrom: '2025-01-01', days: [monday('8'), monday('7')] }] }, 'days'],
      [{ workWeeks: [{ effectiveFrom: '2025-01-01', days: [monday('25')] }] }, 'hours'],
      [{ workWeeks: [{ effectiveFrom: '2025-01-01', days: [{ weekday: 'MONDAY' }] }] }, 'hours'],
    ] as const;
    for (const [more, field] of contradictions) expect((await say(more)).userErrors, field).toMatchObject([{ code: 'VALIDATION_FAILED', field }]);
    expect((await say({ skills: undefined, workWeeks: undefined })).employee.version).toBe(2);
  });

  test('of time off is seen by whom it concerns, and ends by saying so', async () => {
    const [mine, other] = [await world.worker('Mine'), await world.worker('Other')];
    const externalRef = { system: 'hr', externalId: newId() };
    const item = { externalRef, employeeId: mine.id, startDate: '2027-05-03', endDate: '2027-05-07' };
    const select = 'id status kind dailyHours version';
    const say = async (more: object) => (await world.upsert('upsertAbsences', [{ ...item, ...more }], { select })).results[0];
    const { absence } = await say({});
    expect(absence).toMatchObject({ status: 'APPROVED', kind: 'VACATION', dailyHours: null, version: 1 });
    expect((await say({})).absence).toEqual(absence);
    expect((await say({ employeeId: other.id })).userErrors).toMatchObject([{ field: 'employeeId' }]);
    expect((await say({ endDate: '2027-05-02' })).userErrors).toMatchObject([{ field: 'endDate' }]);
    expect((await say({ dailyHours: '4', kind: 'TRAINING' })).absence).toMatchObject({ dailyHours: '4.00', kind: 'TRAINING', version: 2 });
    const colleague = (employeeId: string) => ({ ...allowed, kind: 'STAFF' as const, permissions: roles.consultant.permissions, employeeId });
    const seen = async (employeeId: string) =>
      await world.ok(
        'query ($id: ID!) { absence(id: $id) { id } employee(id: $employeeId) { absences { nodes { id } } } }'.replace(
          '$id: ID!',
          '$id: ID!, $employeeId: ID!',
        ),
        {
          variables: { id: absence.id, employeeId: mine.id },
          actor: colleague(employeeId),
        },
      );
    expect(await seen(mine.id)).toEqual({ absence: { id: absence.id }, employee: { absences: { nodes: [{ id: absence.id }] } } });
    expect(await seen(other.id)).toEqual({ absence: null, employee: { absences: { nodes: [] } } });
    expect((await say({ status: 'CANCELLED', dailyHours: '4' })).absence).toMatchObject({ status: 'CANCELLED', version: 3 });
    expect((await say({ status: 'APPROVED', dailyHours: '4' })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    const facts = await world.lastFacts(3);
    expect(facts.map(({ type, payload }) => `${type} ${payload.status}`)).toEqual([
      'AbsenceChanged APPROVED',
      'AbsenceChanged APPROVED',
      'AbsenceChanged CANCELLED',
    ]);
  });

  test('of time off by many at once is what siblings read in the end, and 500 take few statements', async () => {
    const people = await Promise.all(['Racing', 'Resting'].map((name) => world.worker(name)));
    const item = (index: number) => ({
      externalRef: { system: 'hr', externalId: newId() },
      ...{ employeeId: people[index % 2]?.id, startDate: `2028-01-${String(1 + (index % 28)).padStart(2, '0')}`, endDate: '2028-01-31' },
    });
    await Promise.all(Array.from({ length: 10 }, (_, index) => world.upsert('upsertAbsences', [item(2 * index)])));
    expect((await world.reference('EmployeeAbsences', people[0]?.id ?? ''))?.data.absences).toHaveLength(10);
    world.statements.length = 0;
    const many = Array.from({ length: 500 }, (_, index) => item(index));
    expect(await world.upsert('upsertAbsences', many)).toMatchObject({ succeeded: 500, failed: 0 });
    expect(world.statements.length).toBeLessThan(24);
    expect((await world.reference('EmployeeAbsences', people[1]?.id ?? ''))?.data.absences).toHaveLength(250);
  });

  test('of 500 requests takes few statements', async () => {
    const { id: projectId } = await world.project();
    const items = Array.from({ length: 500 }, (_, index) => ({
      externalRef: { system: 'psa', externalId: newId() },
      ...wanted(projectId, { name: `Wish ${index}`, status: index % 2 ? 'SUBMITTED' : 'DRAFT' }),
    }));
    world.statements.length = 0;
    expect(await world.upsert('upsertResourceRequests', items)).toMatchObject({ succeeded: 500, failed: 0 });
    expect(world.statements.length).toBeLessThan(24);
  });

  test('of holidays holds for a legal entity or all, until it is taken back', async () => {
    const externalRef = { system: 'hr', externalId: newId() };
    const say = async (more: object) =>
      (await world.upsert('upsertHolidays', [{ externalRef, date: '2027-06-10', name: 'Founding Day', ...more }], { select: 'id version active date' }))
        .results[0];
    const { holiday } = await say({});
    expect(holiday).toMatchObject({ version: 1, active: true });
    const { id: employeeId } = await world.worker('Rested');
    const week = `query ($id: ID!) { employee(id: $id) { availability(startDate: "2027-06-07", endDate: "2027-06-13") { utilization weeks { capacityHours holidayHours } } } }`;
    const shown = async () => (await world.ok(week, { variables: { id: employeeId } })).employee.availability;
    expect(await shown()).toEqual({ utilization: 0, weeks: [{ capacityHours: '32.00', holidayHours: '8.00' }] });
    expect((await say({ active: false })).holiday).toMatchObject({ version: 2, active: false });
    expect(await shown()).toEqual({ utilization: 0, weeks: [{ capacityHours: '40.00', holidayHours: '0.00' }] });
    expect((await say({ legalEntityId: newId() })).userErrors).toMatchObject([{ code: 'NOT_FOUND', field: 'legalEntityId' }]);
  });
});
