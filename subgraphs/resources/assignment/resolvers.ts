import type { Resolvers } from '#generated/resources.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds } from '#kernel/duration.ts';
import { availableActions } from '#kernel/machine.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { isOutside } from '#kernel/visibility.ts';
import { demandNamedEmployee } from '../employee/queries.ts';
import { assignmentAction, createAssignment, endAssignment, updateAssignment } from './commands.ts';
import { subjectOf } from './decide.ts';
import { assignmentMachine } from './machine.ts';
import {
  assignmentList,
  assignmentRefs,
  customerAssignmentsList,
  projectAssignmentsList,
  readAssignment,
  readRelated,
  recordKnown,
  taskAssignmentsList,
} from './queries.ts';
import { upsertAssignments } from './upsert.ts';

const on = mutationsOf('assignment', readAssignment);

export const assignmentResolvers = {
  Query: {
    assignment: async (_, { id }, context) => (await readAssignment(context, id)) ?? null,
    assignments: (_, args, context) => page(context, assignmentList, args),
  },
  Mutation: {
    createAssignment: on.one('createAssignment', createAssignment),
    updateAssignment: on.one('updateAssignment', updateAssignment),
    upsertAssignments: on.bulk('upsertAssignments', upsertAssignments, { employee: 'Employee!', project: 'Project!', task: 'Task' }),
    holdAssignment: on.one('holdAssignment', assignmentAction('hold')),
    confirmAssignment: on.one('confirmAssignment', assignmentAction('confirm')),
    cancelAssignment: on.one('cancelAssignment', assignmentAction('cancel')),
    endAssignment: on.one('endAssignment', endAssignment),
  },
  Assignment: {
    __resolveReference: async ({ id }, context) => (await readAssignment(context, id)) ?? null,
    employee: ({ employeeId }, _, context) => demandNamedEmployee(context, employeeId),
    project: ({ projectId }) => ({ id: projectId }),
    task: ({ taskId }) => (taskId ? { id: taskId } : null),
    customer: ({ customerId }) => ({ id: customerId }),
    weeklyHours: ({ weeklySeconds }) => hoursOfSeconds(weeklySeconds),
    weeklyDuration: ({ weeklySeconds }) => durationOfSeconds(weeklySeconds),
    overbookReason: ({ overbookReason }, _, { actor }) => (isOutside(actor) ? null : overbookReason),
    asOf: async ({ id }, args, context) => (await recordKnown(context, id, args)) ?? null,
    externalRefs: async ({ id }, _, context) => (await context.load(assignmentRefs, id)) ?? [],
    availableActions: async (assignment, _, context) => {
      const related = await readRelated(context, assignment);
      return related ? availableActions(assignmentMachine, subjectOf(related, assignment), context.actor) : [];
    },
  },
  AssignmentRecord: {
    status: ({ state }) => state,
    employee: ({ employeeId }, _, context) => demandNamedEmployee(context, employeeId),
    project: ({ projectId }) => ({ id: projectId }),
    weeklyHours: ({ weeklySeconds }) => hoursOfSeconds(weeklySeconds),
    weeklyDuration: ({ weeklySeconds }) => durationOfSeconds(weeklySeconds),
    recordedAt: ({ createdAt }) => createdAt,
  },
  Project: { assignments: ({ id }, args, context) => pageOf(context, projectAssignmentsList, { parentId: id, args }) },
  Task: { assignments: ({ id }, args, context) => pageOf(context, taskAssignmentsList, { parentId: id, args }) },
  Customer: { assignments: ({ id }, args, context) => pageOf(context, customerAssignmentsList, { parentId: id, args }) },
} satisfies Resolvers;
