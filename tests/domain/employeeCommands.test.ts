import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createEmployee,
  employeeAction,
  onEmployees,
  rehireEmployee,
  scheduleTermination,
  setEmployeeLaborCategory,
  terminateEmployee,
  updateEmployee,
} from '#resources/employee/commands.ts';
import { hierarchyOf } from '#resources/employee/hierarchy.ts';
import { type LoadedUpsert, upsertEmployees } from '#resources/employee/upsert.ts';
import type { AssignmentRow, EmployeeLaborCategoryRow, EmployeeRow, LaborCategoryRow } from '#resources/tables.ts';
import { contextOf, id, outcomeOf, stamp, statedBy, writtenBy } from '../support/decide.ts';

const context = contextOf(['employee:write']);

function employeeRow(more: Partial<EmployeeRow> = {}): EmployeeRow {
  const nothing = { title: null, workEmail: null, terminatedOn: null, managerId: null, legalEntityId: null, costCenterId: null, subcontractorId: null };
  const own = { id: id(1), personId: id(2), name: 'Ada', workerType: 'EMPLOYEE', status: 'ACTIVE', hiredOn: '2025-01-01', weeklySeconds: 144_000n } as const;
  return { ...stamp, ...nothing, ...own, ...more };
}

const category = (n: number, active = true): LaborCategoryRow => ({ ...stamp, id: id(n), code: `C${n}`, name: 'C', description: null, active });
const history = (n: number, effectiveFrom: string, effectiveTo: string | null = null): EmployeeLaborCategoryRow => ({
  ...stamp,
  id: id(n),
  employeeId: id(1),
  laborCategoryId: id(20),
  effectiveFrom,
  effectiveTo,
});
const assignmentRow = (more: Partial<AssignmentRow>): AssignmentRow => ({
  ...stamp,
  id: id(30),
  employeeId: id(1),
  projectId: id(31),
  taskId: null,
  customerId: id(32),
  engagementId: null,
  legalEntityId: null,
  status: 'CONFIRMED',
  startDate: '2026-01-01',
  endDate: '2026-12-31',
  weeklySeconds: 3600n,
  overbookReason: null,
  plannedEndDate: null,
  ...more,
});

/** Ada, who has been in the labor category 20 since 2025, reports to nobody; Bob, 5, is there too. */
function loaded(more: Partial<EmployeeRow> = {}, open: readonly AssignmentRow[] = []): LoadedUpsert {
  const row = employeeRow(more);
  return {
    rows: new Map([[row.id, row]]),
    parts: { skills: new Map(), workWeeks: new Map() },
    byRef: new Map([
      ['hr ada', row.id],
      ['hr bob', id(5)],
    ]),
    held: new Map([[row.id, [history(40, '2025-01-01')]]]),
    persons: new Map([[id(2), { ...stamp, id: id(2), legalName: 'Ada Legal' }]]),
    managers: new Map([
      [id(5), null],
      [id(6), id(1)],
    ]),
    legalEntities: new Set([id(7)]),
    subcontractors: new Map(),
    costCenters: new Set([id(8)]),
    laborCategories: new Map([category(20), category(21), category(22, false)].map((each) => [each.id, each])),
    cuts: { open: new Map([[row.id, [...open]]]), confirmed: new Map([[row.id, [...open]]]), touched: new Set(), projects: new Map() },
    hierarchy: { order: [], closing: new Set() },
  };
}

const updated = ['Employee ACTIVE v2', '> Employee v2', '+ EmployeeUpdated'];

describe('a hire', () => {
  const input = { name: 'Eve', hiredOn: '2026-04-01' };
  const made = ['new Person v1', 'new Employee PENDING v1', '> Employee v1', '+ EmployeeHired'];
  test.each([
    ['makes a person as well', {}, made],
    ['of a known person does not', { personId: id(2) }, made.slice(1)],
    [
      'brings labor categories',
      { laborCategories: [{ laborCategoryId: id(20), effectiveFrom: '2026-04-01' }] },
      ['new Person v1', 'new EmployeeLaborCategory v1', ...made.slice(1)],
    ],
    ['of nobody known', { personId: id(99) }, 'NOT_FOUND personId'],
    ['of a known person with a legal name', { personId: id(2), legalName: 'X' }, 'VALIDATION_FAILED legalName'],
    ['under nobody', { managerId: id(99) }, 'NOT_FOUND managerId'],
    ['in no legal entity', { legalEntityId: id(99) }, 'NOT_FOUND legalEntityId'],
    ['in no cost center', { costCenterId: id(99) }, 'NOT_FOUND costCenterId'],
    [
      'in a labor category out of use',
      { laborCategories: [{ laborCategoryId: id(22), effectiveFrom: '2026-04-01' }] },
      'VALIDATION_FAILED laborCategories.laborCategoryId',
    ],
    ['without a name', { name: ' ' }, 'VALIDATION_FAILED name'],
    ['with no mail address', { workEmail: 'nobody' }, 'VALIDATION_FAILED workEmail'],
  ])('%s', (_, more, then) => {
    expect(outcomeOf(() => createEmployee.decide(loaded(), { ...input, ...more }, context))).toEqual(then);
  });

  test('names the person after the employee, unless a legal name is given', () => {
    expect(writtenBy(createEmployee.decide(loaded(), input, context))[0]).toMatchObject({ legalName: 'Eve' });
    expect(writtenBy(createEmployee.decide(loaded(), { ...input, legalName: 'Eve Legal' }, context))[0]).toMatchObject({ legalName: 'Eve Legal' });
  });
});

describe('a change of an employee', () => {
  test.each([
    ['of the title', { title: 'Analyst' }, updated],
    ['of nothing', { name: 'Ada' }, []],
    ['of the legal name alone moves the version on', { legalName: 'Ada Other' }, ['Person v2', ...updated]],
    ['to the legal name as it is', { legalName: 'Ada Legal' }, []],
    ['to a manager', { managerId: id(5) }, updated],
    ['to herself as manager', { managerId: id(1) }, 'NOT_FOUND managerId'],
    ['to somebody below as manager', { managerId: id(6) }, 'GUARD_REFUSED managersAcyclic'],
    ['to no name', { name: null }, 'VALIDATION_FAILED name'],
    ['from another version', { expectedVersion: 3 }, 'STALE_VERSION expectedVersion'],
    ['of nobody', { id: id(99) }, 'NOT_FOUND id'],
    [
      'of the history',
      { laborCategories: [{ laborCategoryId: id(21), effectiveFrom: '2025-01-01' }] },
      ['- EmployeeLaborCategory', 'new EmployeeLaborCategory v1', ...updated],
    ],
    ['to the history as it is', { laborCategories: [{ laborCategoryId: id(20), effectiveFrom: '2025-01-01' }] }, []],
    [
      'to two labor categories on one day',
      { laborCategories: [20, 21].map((n) => ({ laborCategoryId: id(n), effectiveFrom: '2025-01-01' })) },
      'VALIDATION_FAILED laborCategories',
    ],
  ])('%s', (_, input, then) => {
    expect(outcomeOf(() => updateEmployee.decide(loaded(), { id: id(1), ...input }, context))).toEqual(then);
  });

  test('is not for who is confined to customers', () => {
    expect(outcomeOf(() => updateEmployee.decide(loaded(), { id: id(1), title: 'x' }, contextOf(['*'], { customerIds: [] })))).toBe('FORBIDDEN');
  });

  test('ends one labor category the day before the next begins', () => {
    const decision = setEmployeeLaborCategory.decide(loaded(), { id: id(1), laborCategoryId: id(21), effectiveFrom: '2026-01-01' }, context);
    expect(writtenBy(decision).slice(0, 2)).toMatchObject([
      { laborCategoryId: id(20), effectiveFrom: '2025-01-01', effectiveTo: '2025-12-31' },
      { laborCategoryId: id(21), effectiveFrom: '2026-01-01', effectiveTo: null },
    ]);
    expect(decision.effects.flatMap((effect) => (effect.does === 'publish' ? [effect.entry.data] : []))).toMatchObject([
      {
        laborCategories: [
          { laborCategoryId: id(20), effectiveFrom: '2025-01-01' },
          { laborCategoryId: id(21), effectiveFrom: '2026-01-01' },
        ],
      },
    ]);
  });
});

describe('an action on an employee', () => {
  const today = '2026-03-02';
  test.each([
    ['a hire begins', employeeAction('activate'), { status: 'PENDING' }, {}, updated],
    ['not before the day', employeeAction('activate'), { status: 'PENDING', hiredOn: '2026-03-03' }, {}, 'GUARD_REFUSED hireDateReached'],
    ['a leave begins', employeeAction('startLeave'), {}, {}, ['Employee ON_LEAVE v2', '> Employee v2', '+ EmployeeUpdated']],
    ['a last day is announced', scheduleTermination, {}, { terminatedOn: '2026-06-30' }, updated],
    ['a last day is announced only ahead', scheduleTermination, {}, { terminatedOn: today }, 'GUARD_REFUSED lastDayAhead'],
    ['an employment ends', terminateEmployee, {}, { terminatedOn: today }, ['Employee TERMINATED v2', '> Employee v2', '+ EmployeeTerminated']],
    ['an employment ends when the day has come', terminateEmployee, {}, { terminatedOn: '2026-03-03' }, 'GUARD_REFUSED lastDayReached'],
    [
      'who left comes back',
      rehireEmployee,
      { status: 'TERMINATED', terminatedOn: '2026-01-31' },
      { hiredOn: '2026-02-01' },
      ['Employee ACTIVE v2', '> Employee v2', '+ EmployeeHired'],
    ],
    ['who is there does not come back', rehireEmployee, {}, { hiredOn: '2026-02-01' }, 'INVALID_TRANSITION status'],
  ] as const)('%s', (_, command, given, input, then) => {
    expect(outcomeOf(() => command.decide(loaded(given), { id: id(1), terminatedOn: '', hiredOn: '', ...input }, context))).toEqual(then);
  });

  test('takes the assignments along, by the right to end the employment alone', () => {
    const open = [
      assignmentRow({ id: id(30) }),
      assignmentRow({ id: id(33), startDate: '2026-03-02' }),
      assignmentRow({ id: id(34), status: 'PROPOSED' }),
      assignmentRow({ id: id(35), endDate: '2026-03-01' }),
    ];
    const given = loaded({}, open);
    const decision = terminateEmployee.decide(given, { id: id(1), terminatedOn: '2026-03-01' }, context);
    expect(outcomeOf(() => decision)).toEqual([
      'Employee TERMINATED v2',
      'Assignment ENDED v2',
      'new AssignmentRecord v1',
      '> Assignment v2',
      '+ AssignmentChanged',
      '+ AssignmentCutShort',
      'Assignment CANCELLED v2',
      'new AssignmentRecord v1',
      '> Assignment v2',
      '+ AssignmentChanged',
      '+ AssignmentCutShort',
      'Assignment CANCELLED v2',
      'new AssignmentRecord v1',
      '> Assignment v2',
      '+ AssignmentChanged',
      '+ AssignmentCutShort',
      '> Employee v2',
      '+ EmployeeTerminated',
    ]);
    terminateEmployee.absorb?.(given, decision, { id: id(1), terminatedOn: '' });
    expect(onEmployees.conclude(given, context)).toMatchObject([
      { entry: { type: 'EmployeeAssignments', version: 2, data: { assignments: [{ assignmentId: id(30), to: '2026-03-01' }, { assignmentId: id(35) }] } } },
    ]);
  });
});

describe('an upsert of employees', () => {
  const hr = (externalId: string) => ({ system: 'hr', externalId });
  const item = { externalRef: hr('ada'), name: 'Ada' };
  const fresh = { externalRef: hr('eve'), name: 'Eve', hiredOn: '2025-01-01' };
  const known = '= Employee hr ada';
  const made = (status: string, ...facts: string[]) => ['new Person v1', `new Employee ${status} v1`, '> Employee v1', ...facts, '= Employee hr eve'];
  test.each([
    ['hires', {}, fresh, made('PENDING', '+ EmployeeHired')],
    ['hires to a state, and says that alone', {}, { ...fresh, status: 'ON_LEAVE' }, made('ON_LEAVE', '+ EmployeeHired')],
    [
      'hires who has left already',
      {},
      { ...fresh, status: 'TERMINATED', terminatedOn: '2025-12-31' },
      made('TERMINATED', '+ EmployeeHired', '+ EmployeeTerminated'),
    ],
    ['hires who is to leave', {}, { ...fresh, status: 'ACTIVE', terminatedOn: '2026-12-31' }, made('ACTIVE', '+ EmployeeHired')],
    ['hires nobody without a day', {}, { ...fresh, hiredOn: undefined }, 'VALIDATION_FAILED hiredOn'],
    ['hires nobody to be terminated without a day', {}, { ...fresh, status: 'TERMINATED' }, 'VALIDATION_FAILED terminatedOn'],
    ['leaves alone what says the same', {}, item, [known]],
    ['changes', {}, { ...item, title: 'Analyst' }, [...updated, known]],
    ['renames the person', {}, { ...item, legalName: 'Other' }, ['Person v2', ...updated, known]],
    ['ends', {}, { ...item, status: 'TERMINATED', terminatedOn: '2026-03-01' }, ['Employee TERMINATED v2', '> Employee v2', '+ EmployeeTerminated', known]],
    [
      'brings back, in one version',
      { status: 'TERMINATED', terminatedOn: '2025-12-31' },
      { ...item, status: 'ON_LEAVE', hiredOn: '2026-01-01' },
      ['Employee ON_LEAVE v2', '> Employee v2', '+ EmployeeHired', known],
    ],
    ['does not make an active one pending', {}, { ...item, status: 'PENDING' }, 'INVALID_TRANSITION status'],
    ['takes back an announced last day', { terminatedOn: '2026-12-31' }, { ...item, terminatedOn: null }, [...updated, known]],
    [
      'keeps the last day of who has left',
      { status: 'TERMINATED', terminatedOn: '2025-12-31' },
      { ...item, terminatedOn: null },
      'VALIDATION_FAILED terminatedOn',
    ],
    ['announces a last day only ahead', {}, { ...item, terminatedOn: '2026-03-02' }, 'GUARD_REFUSED lastDayAhead'],
    ['knows the manager by reference', {}, { ...item, managerRef: hr('bob') }, [...updated, known]],
    ['does not know every manager', {}, { ...item, managerRef: hr('nobody') }, 'NOT_FOUND managerRef'],
    ['lets nobody report to herself', {}, { ...item, managerRef: hr('ada') }, 'GUARD_REFUSED managersAcyclic'],
  ] as const)('%s', (_, given, wanted, then) => {
    expect(outcomeOf(() => upsertEmployees.decide(loaded(given), wanted, context))).toEqual(then);
  });

  test('finds a manager whom the call made before', () => {
    const given = loaded();
    const manager = upsertEmployees.decide(given, fresh, context);
    upsertEmployees.absorb?.(given, manager, fresh);
    expect(writtenBy(upsertEmployees.decide(given, { ...item, managerRef: hr('eve') }, context))).toMatchObject([{ managerId: manager.id }]);
  });

  test('says who closes a circle', () => {
    const given = { ...loaded(), hierarchy: { order: [], closing: new Set(['hr ada']) } };
    expect(outcomeOf(() => upsertEmployees.decide(given, { ...item, managerRef: hr('new') }, context))).toBe('GUARD_REFUSED managersAcyclic');
  });

  test('states what was true', () => {
    expect(statedBy(upsertEmployees.decide(loaded(), { ...item, name: 'Ada B.' }, context))).toEqual([
      { employeeId: id(1), name: 'Ada B.', status: 'ACTIVE', hiredOn: '2025-01-01', terminatedOn: null },
    ]);
  });
});

describe('the hierarchy of a call', () => {
  const at = (n: number, manager?: number) => ({
    externalRef: { system: 'hr', externalId: `${n}` },
    managerRef: manager === undefined ? null : { system: 'hr', externalId: `${manager}` },
  });
  test.each([
    ['managers first', [at(0, 1), at(1, 2), at(2)], [], [2, 1, 0], []],
    ['the order of the call where it does not matter', [at(0), at(1, 0), at(2, 0)], [], [0, 1, 2], []],
    ['known managers at any place', [at(0, 1), at(1)], ['hr 1'], [0, 1], []],
    ['who closes a circle', [at(0, 1), at(1, 0)], [], [1, 0], ['hr 1']],
    ['who reports to herself', [at(0, 0)], [], [0], ['hr 0']],
    ['who is beside a circle', [at(0, 1), at(1, 2), at(2, 1)], [], [2, 1, 0], ['hr 2']],
  ] as const)('has %s', (_, items, known, order, closing) => {
    const found = hierarchyOf(items, new Set<string>(known));
    expect([found.order, [...found.closing]]).toEqual([order, closing]);
  });

  test('holds every place once, each after the manager that the call makes, unless they go in a circle', () => {
    const reporting = fc.array(fc.option(fc.nat(11), { nil: undefined }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(reporting, (managers) => {
        const { order, closing } = hierarchyOf(
          managers.map((manager, n) => at(n, manager)),
          new Set(),
        );
        expect([...order].sort((a, b) => a - b)).toEqual([...managers.keys()]);
        const circled = (start: number) => {
          const seen = new Set<number>();
          let n: number | undefined = start;
          for (; n !== undefined && !seen.has(n); n = managers[n]) seen.add(n);
          return n !== undefined;
        };
        for (const [n, manager] of managers.entries()) {
          if (manager !== undefined && manager < managers.length && !circled(n)) expect(order.indexOf(manager)).toBeLessThan(order.indexOf(n));
        }
        expect(closing.size > 0).toBe([...managers.keys()].some(circled));
      }),
    );
  });
});
