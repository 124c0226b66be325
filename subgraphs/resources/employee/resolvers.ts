import type { Resolvers } from '#generated/resources.ts';
import { may } from '#kernel/actor.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds, showSeconds } from '#kernel/duration.ts';
import { Refused } from '#kernel/errors.ts';
import { availableActions } from '#kernel/machine.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { employeeAssignmentsList } from '../assignment/queries.ts';
import { readLaborCategory } from '../laborCategory/queries.ts';
import { readSubcontractor } from '../subcontractor/queries.ts';
import {
  createEmployee,
  employeeAction,
  rehireEmployee,
  scheduleTermination,
  setEmployeeLaborCategory,
  terminateEmployee,
  updateEmployee,
} from './commands.ts';
import { subjectOf } from './decide.ts';
import { employeeMachine } from './machine.ts';
import { skillsBatch, weekdays, workWeeksBatch } from './parts.ts';
import {
  availabilityOf,
  demandPlainQuestion,
  employeeList,
  employeeRefs,
  employmentsList,
  heldBatch,
  heldOn,
  personsById,
  readEmployee,
  readNamedEmployee,
  reportsList,
} from './queries.ts';
import { upsertEmployees } from './upsert.ts';

const on = mutationsOf('employee', readEmployee);

const ofCategories = { 'laborCategories.laborCategory': 'LaborCategory!' } as const;

export const employeeResolvers = {
  Query: {
    employee: async (_, { id }, context) => (await readEmployee(context, id)) ?? null,
    employees: (_, args, context) => {
      demandPlainQuestion(context.actor, args);
      return page(context, employeeList, args);
    },
  },
  Mutation: {
    createEmployee: on.one('createEmployee', createEmployee, ofCategories),
    updateEmployee: on.one('updateEmployee', updateEmployee, ofCategories),
    setEmployeeLaborCategory: on.one('setEmployeeLaborCategory', setEmployeeLaborCategory, { laborCategory: 'LaborCategory!' }),
    upsertEmployees: on.bulk('upsertEmployees', upsertEmployees, {
      legalEntity: 'LegalEntity',
      costCenter: 'CostCenter',
      subcontractor: 'Subcontractor',
      ...ofCategories,
    }),
    activateEmployee: on.one('activateEmployee', employeeAction('activate')),
    startEmployeeLeave: on.one('startEmployeeLeave', employeeAction('startLeave')),
    endEmployeeLeave: on.one('endEmployeeLeave', employeeAction('endLeave')),
    scheduleEmployeeTermination: on.one('scheduleEmployeeTermination', scheduleTermination),
    terminateEmployee: on.one('terminateEmployee', terminateEmployee),
    rehireEmployee: on.one('rehireEmployee', rehireEmployee),
  },
  Person: {
    employees: ({ id }, args, context) => pageOf(context, employmentsList, { parentId: id, args }),
  },
  Employee: {
    __resolveReference: async ({ id }, context) => (await readNamedEmployee(context, id)) ?? null,
    person: async ({ personId }, _, context) => found(await context.load(personsById, personId)),
    weeklyHours: ({ weeklySeconds }) => hoursOfSeconds(weeklySeconds),
    weeklyDuration: ({ weeklySeconds }) => durationOfSeconds(weeklySeconds),
    manager: async ({ managerId }, _, context) => (managerId ? ((await readEmployee(context, managerId)) ?? null) : null),
    reports: ({ id }, args, context) => pageOf(context, reportsList, { parentId: id, args }),
    legalEntity: ({ legalEntityId }) => (legalEntityId ? { id: legalEntityId } : null),
    costCenter: ({ costCenterId }) => (costCenterId ? { id: costCenterId } : null),
    // Only who sees the firm's subcontractors is told whose person it is.
    subcontractor: async ({ subcontractorId }, _, context) =>
      subcontractorId && may(context.actor, 'subcontractor:read') ? ((await readSubcontractor(context, subcontractorId)) ?? null) : null,
    laborCategory: async ({ id }, { asOf }, context) => {
      const held = await heldOn(context, id, asOf);
      return held ? ((await readLaborCategory(context, held.laborCategoryId)) ?? null) : null;
    },
    laborCategories: async ({ id }, _, context) => (await context.load(heldBatch, id)) ?? [],
    skills: async ({ id }, _, context) => (await context.load(skillsBatch, id)) ?? [],
    workWeeks: async ({ id }, _, context) => (await context.load(workWeeksBatch, id)) ?? [],
    assignments: ({ id }, args, context) => pageOf(context, employeeAssignmentsList, { parentId: id, args }),
    availability: (employee, range, context) => availabilityOf(context, employee, range),
    externalRefs: async ({ id }, _, context) => (await context.load(employeeRefs, id)) ?? [],
    availableActions: (employee, _, { actor, clock }) => availableActions(employeeMachine, subjectOf(employee, clock()), actor),
  },
  EmployeeWorkWeek: {
    days: ({ daySeconds }) => weekdays.map((weekday, index) => ({ weekday, ...showSeconds('hours', BigInt(daySeconds[index] ?? 0)) })),
    weeklyHours: ({ daySeconds }) => hoursOfSeconds(sumOf(daySeconds)),
    weeklyDuration: ({ daySeconds }) => durationOfSeconds(sumOf(daySeconds)),
  },
  EmployeeLaborCategory: {
    employee: async ({ employeeId }, _, context) => found(await readEmployee(context, employeeId)),
    laborCategory: async ({ laborCategoryId }, _, context) => found(await readLaborCategory(context, laborCategoryId)),
  },
} satisfies Resolvers;

const sumOf = (seconds: readonly number[]): bigint => BigInt(seconds.reduce((sum, each) => sum + each, 0));

function found<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Refused('NOT_FOUND', 'It is not there, or this actor may not know of it.');
  return row;
}
