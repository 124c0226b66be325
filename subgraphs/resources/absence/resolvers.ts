import type { Resolvers } from '#generated/resources.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds } from '#kernel/duration.ts';
import { availableActions } from '#kernel/machine.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { demandNamedEmployee } from '../employee/queries.ts';
import { cancelAbsence, upsertAbsences } from './commands.ts';
import { absenceMachine } from './machine.ts';
import { absenceList, absenceRefs, employeeAbsencesList, readAbsence } from './queries.ts';

const on = mutationsOf('absence', readAbsence);

export const absenceResolvers = {
  Query: {
    absence: async (_, { id }, context) => (await readAbsence(context, id)) ?? null,
    absences: (_, args, context) => page(context, absenceList, args),
  },
  Mutation: {
    upsertAbsences: on.bulk('upsertAbsences', upsertAbsences, { employee: 'Employee!' }),
    cancelAbsence: on.one('cancelAbsence', cancelAbsence),
  },
  Absence: {
    __resolveReference: async ({ id }, context) => (await readAbsence(context, id)) ?? null,
    employee: ({ employeeId }, _, context) => demandNamedEmployee(context, employeeId),
    dailyHours: ({ dailySeconds }) => (dailySeconds === null ? null : hoursOfSeconds(dailySeconds)),
    dailyDuration: ({ dailySeconds }) => (dailySeconds === null ? null : durationOfSeconds(dailySeconds)),
    externalRefs: async ({ id }, _, context) => (await context.load(absenceRefs, id)) ?? [],
    availableActions: (absence, _, { actor }) => availableActions(absenceMachine, absence, actor),
  },
  Employee: { absences: ({ id }, args, context) => pageOf(context, employeeAbsencesList, { parentId: id, args }) },
} satisfies Resolvers;
