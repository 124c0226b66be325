import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as finance } from '#finance/published.ts';
import { createContext } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import { transact } from '#kernel/mutation.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { endDueAssignments } from '#resources/assignment/commands.ts';
import { applyDueEmployments } from '#resources/employee/commands.ts';
import { plantCorruption } from '../support/corruption.ts';
import { resourcesWorld } from '../support/resources.ts';
import { aCostCenter, aLegalEntity } from '../support/siblings.ts';
import { allowed } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof resourcesWorld>>;
beforeAll(async () => {
  world = await resourcesWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const category = async (code: string): Promise<string> => (await world.made('createLaborCategory', { input: { code, name: code } })).id;

describe('an employee', () => {
  test('is hired as PENDING, becomes ACTIVE, goes on leave, leaves and comes back as the same person', async () => {
    const before = await world.facts();
    const hired = await world.made('createEmployee', {
      input: { name: 'Kim', legalName: 'Kim Example', hiredOn: '2026-03-02', weeklyHours: '32' },
      select: 'id status version weeklyHours person { id legalName }',
    });
    expect(hired).toMatchObject({ status: 'PENDING', version: 1, weeklyHours: '32.00', person: { legalName: 'Kim Example' } });
    const { id } = hired;
    const select = 'status hiredOn terminatedOn person { id }';
    const story = [
      await world.made('activateEmployee', { input: { id }, select }),
      await world.made('startEmployeeLeave', { input: { id }, select }),
      await world.made('endEmployeeLeave', { input: { id }, select }),
      await world.made('terminateEmployee', { input: { id, terminatedOn: '2026-03-02' }, select }),
    ];
    world.time.now = new Date('2026-04-01T09:00:00Z');
    story.push(await world.made('rehireEmployee', { input: { id, hiredOn: '2026-04-01' }, select }));
    world.time.now = new Date('2026-03-02T09:00:00Z');
    expect(story.map(({ status }) => status)).toEqual(['ACTIVE', 'ON_LEAVE', 'ACTIVE', 'TERMINATED', 'ACTIVE']);
    expect(story.at(-1)).toEqual({ status: 'ACTIVE', hiredOn: '2026-04-01', terminatedOn: null, person: { id: hired.person.id } });
    expect((await world.facts()).slice(before.length)).toEqual([
      'EmployeeHired',
      'EmployeeUpdated',
      'EmployeeUpdated',
      'EmployeeUpdated',
      'EmployeeTerminated',
      'EmployeeHired',
    ]);
  });

  test('is a second employment of a known person', async () => {
    const first = await world.made('createEmployee', { input: { name: 'Lee', workerType: 'CONTRACTOR', hiredOn: '2025-01-01' }, select: 'person { id }' });
    const second = await world.made('createEmployee', {
      input: { name: 'Lee', personId: first.person.id, hiredOn: '2026-01-01' },
      select: 'workerType person { id legalName employees { totalCount nodes { workerType } } }',
    });
    expect(second.person).toMatchObject({ id: first.person.id, legalName: 'Lee', employees: { totalCount: 2 } });
    expect((await world.mutate('createEmployee', { input: { name: 'x', personId: newId(), hiredOn: '2026-01-01' } })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: 'personId' },
    ]);
  });

  test('publishes exactly what siblings rely on', async () => {
    const [legalEntityId, costCenterId] = [newId(), newId()];
    await world.publish(finance.LegalEntity, [{ id: legalEntityId, data: aLegalEntity() }]);
    await world.publish(finance.CostCenter, [{ id: costCenterId, data: aCostCenter() }]);
    const laborCategoryId = await category('PUB');
    const { id } = await world.worker('Pat', { legalEntityId, costCenterId, laborCategories: [{ laborCategoryId, effectiveFrom: '2025-01-01' }] });
    expect(await world.reference('Employee', id)).toEqual({
      version: 2,
      data: {
        name: 'Pat',
        status: 'ACTIVE',
        legalEntityId,
        costCenterId,
        subcontractorId: null,
        managerId: null,
        weeklySeconds: '144000',
        laborCategories: [{ laborCategoryId, effectiveFrom: '2025-01-01' }],
        hiredOn: '2025-01-01',
        terminatedOn: null,
      },
    });
  });

  test('is refused what points to nothing, and what makes no sense', async () => {
    const wrong: [Record<string, unknown>, string, string][] = [
      [{ managerId: newId() }, 'NOT_FOUND', 'managerId'],
      [{ managerId: 'no id' }, 'NOT_FOUND', 'managerId'],
      [{ legalEntityId: newId() }, 'NOT_FOUND', 'legalEntityId'],
      [{ costCenterId: newId() }, 'NOT_FOUND', 'costCenterId'],
      [{ laborCategories: [{ laborCategoryId: newId(), effectiveFrom: '2025-01-01' }] }, 'NOT_FOUND', 'laborCategories.laborCategoryId'],
      [{ weeklyHours: '0' }, 'VALIDATION_FAILED', 'weeklyHours'],
      [{ weeklyHours: '168.01' }, 'VALIDATION_FAILED', 'weeklyHours'],
      [{ name: ' ' }, 'VALIDATION_FAILED', 'name'],
      [{ workEmail: 'nobody' }, 'VALIDATION_FAILED', 'workEmail'],
    ];
    for (const [more, code, field] of wrong) {
      expect((await world.mutate('createEmployee', { input: { name: 'Wrong', hiredOn: '2025-01-01', ...more } })).userErrors).toMatchObject([{ code, field }]);
    }
  });

  test('is changed by those who saw it last, and never reports to somebody below', async () => {
    const boss = await world.worker('Boss');
    const middle = await world.worker('Middle', { managerId: boss.id });
    const low = await world.worker('Low', { managerId: middle.id });
    expect((await world.mutate('updateEmployee', { input: { id: boss.id, managerId: low.id } })).userErrors).toMatchObject([{ guard: 'managersAcyclic' }]);
    expect((await world.mutate('updateEmployee', { input: { id: boss.id, managerId: boss.id } })).userErrors).toMatchObject([{ guard: 'managersAcyclic' }]);
    expect((await world.mutate('updateEmployee', { input: { id: low.id, expectedVersion: 1, title: 'x' } })).userErrors).toMatchObject([
      { code: 'STALE_VERSION' },
    ]);
    const changed = await world.made('updateEmployee', {
      input: { id: low.id, title: 'Analyst', legalName: 'Low Legal', managerId: null },
      select: 'title version manager { id } person { legalName }',
    });
    expect(changed).toEqual({ title: 'Analyst', version: 3, manager: null, person: { legalName: 'Low Legal' } });
    expect((await world.mutate('updateEmployee', { input: { id: low.id, name: null } })).userErrors).toMatchObject([
      { code: 'VALIDATION_FAILED', field: 'name' },
    ]);
  });

  test('has one labor category per day', async () => {
    const [junior, senior, gone] = [await category('JUN'), await category('SEN'), await category('OUT')];
    const { id } = await world.worker('Step', { laborCategories: [{ laborCategoryId: junior, effectiveFrom: '2025-01-01' }] });
    const select =
      'laborCategories { laborCategory { code } effectiveFrom effectiveTo } earlier: laborCategory(asOf: "2025-06-30") { code } now: laborCategory { code } before: laborCategory(asOf: "2024-12-31") { code }';
    expect(await world.made('setEmployeeLaborCategory', { input: { id, laborCategoryId: senior, effectiveFrom: '2025-07-01' }, select })).toEqual({
      laborCategories: [
        { laborCategory: { code: 'JUN' }, effectiveFrom: '2025-01-01', effectiveTo: '2025-06-30' },
        { laborCategory: { code: 'SEN' }, effectiveFrom: '2025-07-01', effectiveTo: null },
      ],
      earlier: { code: 'JUN' },
      now: { code: 'SEN' },
      before: null,
    });
    const same = await world.made('setEmployeeLaborCategory', {
      input: { id, laborCategoryId: junior, effectiveFrom: '2025-07-01' },
      select: 'laborCategories { effectiveFrom }',
    });
    expect(same.laborCategories).toHaveLength(2);
    await world.made('updateLaborCategory', { input: { id: gone, active: false } });
    expect((await world.mutate('setEmployeeLaborCategory', { input: { id, laborCategoryId: gone, effectiveFrom: '2026-01-01' } })).userErrors).toMatchObject([
      { code: 'VALIDATION_FAILED' },
    ]);
    const twice = [junior, senior].map((laborCategoryId) => ({ laborCategoryId, effectiveFrom: '2026-01-01' }));
    expect((await world.mutate('updateEmployee', { input: { id, laborCategories: twice } })).userErrors).toMatchObject([
      { code: 'VALIDATION_FAILED', field: 'laborCategories' },
    ]);
    const insert = plantCorruption(
      world.sql,
    )`insert into resources.employee_labor_category (id, employee_id, labor_category_id, effective_from) values (${newId()}, ${id}, ${senior}, '2025-03-01')`;
    await expect(insert).rejects.toMatchObject({ constraint_name: 'employee_labor_category_days_apart' });
  });

  test('takes the assignments along when leaving', async () => {
    const { id } = await world.worker('Leaver');
    const project = await world.project();
    const spans = [
      ['2026-02-01', '2026-02-15'],
      ['2026-02-16', '2026-03-31'],
      ['2026-04-01', '2026-04-30'],
    ] as const;
    for (const [from, to] of spans)
      await world.made('confirmAssignment', { input: { id: (await world.propose(id, project.id, { startDate: from, endDate: to })).id } });
    await world.propose(id, project.id, { weeklyHours: '1' });
    await world.made('scheduleEmployeeTermination', { input: { id, terminatedOn: '2026-03-20' } });
    const query = `query ($id: ID!) { employee(id: $id) { status terminatedOn assignments { nodes { status startDate endDate } } } }`;
    expect((await world.ok(query, { variables: { id } })).employee).toEqual({
      status: 'ACTIVE',
      terminatedOn: '2026-03-20',
      assignments: {
        nodes: [
          { status: 'CONFIRMED', startDate: '2026-02-01', endDate: '2026-02-15' },
          { status: 'CONFIRMED', startDate: '2026-02-16', endDate: '2026-03-20' },
          { status: 'PROPOSED', startDate: '2026-03-01', endDate: '2026-03-20' },
          { status: 'CANCELLED', startDate: '2026-04-01', endDate: '2026-04-30' },
        ],
      },
    });
    await world.made('terminateEmployee', { input: { id, terminatedOn: '2026-03-01' } });
    const left = await world.ok(query, { variables: { id } });
    expect(left.employee.assignments.nodes.map((each: { status: string; endDate: string }) => `${each.status} ${each.endDate}`)).toEqual([
      'CONFIRMED 2026-02-15',
      'ENDED 2026-03-01',
      'CANCELLED 2026-03-20',
      'CANCELLED 2026-04-30',
    ]);
    const { data } = (await world.reference('EmployeeAssignments', id)) ?? {};
    expect(data.assignments.map((each: { to: string }) => each.to)).toEqual(['2026-02-15', '2026-03-01']);
  });

  test('starts and leaves on the day, and confirmed work ends after its last one', async () => {
    const coming = await world.hire('Coming', { hiredOn: '2026-05-01' });
    const going = await world.worker('Going');
    await world.made('scheduleEmployeeTermination', { input: { id: going.id, terminatedOn: '2026-05-15' } });
    const project = await world.project();
    const work = await world.made('confirmAssignment', {
      input: { id: (await world.propose(going.id, project.id, { startDate: '2026-05-01', endDate: '2026-05-10' })).id },
    });
    const run = (day: string, command: typeof applyDueEmployments) => {
      const context = createContext({
        session: world.session(),
        actor: allowed,
        trace: { correlationId: 'due' },
        clock: () => new Date(`${day}T00:00:00Z`),
        log: createLogger({ level: 'silent' }),
      });
      return transact(context, { mutation: 'due', input: {} }, command);
    };
    await run('2026-04-30', applyDueEmployments);
    expect((await run('2026-04-30', applyDueEmployments)).answer).toBe(0);
    expect((await run('2026-05-15', applyDueEmployments)).answer).toBe(1);
    expect((await run('2026-05-16', endDueAssignments)).answer).toBeGreaterThan(0);
    expect((await run('2026-05-16', applyDueEmployments)).answer).toBe(1);
    expect((await run('2026-05-16', applyDueEmployments)).answer).toBe(0);
    const states = await world.ok(
      'query ($a: ID!, $b: ID!, $c: ID!) { a: employee(id: $a) { status } b: employee(id: $b) { status } c: assignment(id: $c) { status } }',
      { variables: { a: coming.id, b: going.id, c: work.id } },
    );
    expect(states).toEqual({ a: { status: 'ACTIVE' }, b: { status: 'TERMINATED' }, c: { status: 'ENDED' } });
  });

  test('is found by every filter and order, with all that hangs on it in a constant number of statements', async () => {
    const laborCategoryId = await category('FIND');
    const manager = await world.worker('Finder');
    for (const n of [1, 2, 3]) {
      const { id } = await world.worker(`Found ${n}`, {
        managerId: manager.id,
        laborCategories: [{ laborCategoryId, effectiveFrom: '2025-01-01' }],
        externalRefs: [{ system: 'hr', externalId: `f${n}` }],
      });
      await world.propose(id, (await world.project()).id);
    }
    const text = `query ($first: Int!, $filter: EmployeeFilter, $orderBy: EmployeeOrder) { employees(first: $first, filter: $filter, orderBy: $orderBy) { totalCount nodes {
      name person { legalName } manager { name } laborCategory { code } laborCategories { laborCategory { code } } externalRefs { externalId } availableActions { name }
      availability(startDate: "2026-03-01", endDate: "2026-03-31") { weeklyHours bookedHours freeHours }
      reports { totalCount nodes { name } } assignments { totalCount nodes { project { id } availableActions { name refusals } externalRefs { system } } } } } }`;
    const count = async (first: number) => {
      world.statements.length = 0;
      const answer = await world.ok(text, { variables: { first, filter: { managerIds: [manager.id] } } });
      expect(answer.employees.nodes).toHaveLength(first);
      return world.statements.length;
    };
    expect(await count(3)).toBe(await count(1));
    for (const filter of [
      { laborCategoryIds: [laborCategoryId] },
      { externalRefs: [1, 2, 3].map((n) => ({ system: 'hr', externalId: `f${n}` })) },
      { nameContains: 'found ' },
      { managerIds: [manager.id], statuses: ['ACTIVE'], workerTypes: ['EMPLOYEE'] },
    ]) {
      expect((await world.ok(text, { variables: { first: 2, filter, orderBy: { field: 'HIRED_ON', direction: 'DESC' } } })).employees.totalCount).toBe(3);
    }
    expect((await world.ok(text, { variables: { first: 1, filter: { costCenterIds: ['no id'] } } })).employees.totalCount).toBe(0);
  });
});
