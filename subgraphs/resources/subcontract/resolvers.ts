import type { Resolvers } from '#generated/resources.ts';
import { page } from '#kernel/connection.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds } from '#kernel/duration.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMinor } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { notFound } from '#kernel/rows.ts';
import { readNamedEmployee } from '../employee/queries.ts';
import { readLaborCategory } from '../laborCategory/queries.ts';
import { readSubcontractor } from '../subcontractor/queries.ts';
import { seesCost } from '../visibility.ts';
import { cancelSubcontract, closeSubcontract, confirmSubcontract, createSubcontract, updateSubcontract } from './commands.ts';
import { subcontractMachine } from './machine.ts';
import { linesBatch, readSubcontract, readSubcontractLine, subcontractList, subcontractRefs, subjectFor } from './queries.ts';
import { upsertSubcontracts } from './upsert.ts';

const on = mutationsOf('subcontract', readSubcontract);

const ofLines = { 'lines.project': 'Project!', 'lines.employee': 'Employee', 'lines.laborCategory': 'LaborCategory' } as const;
const pointing = { subcontractor: 'Subcontractor!', ...ofLines } as const;

export const subcontractResolvers = {
  Query: {
    subcontract: async (_, { id }, context) => (await readSubcontract(context, id)) ?? null,
    subcontracts: (_, args, context) => page(context, subcontractList, args),
  },
  Mutation: {
    createSubcontract: on.one('createSubcontract', createSubcontract, pointing),
    updateSubcontract: on.one('updateSubcontract', updateSubcontract, ofLines),
    upsertSubcontracts: on.bulk('upsertSubcontracts', upsertSubcontracts, pointing),
    confirmSubcontract: on.one('confirmSubcontract', confirmSubcontract),
    closeSubcontract: on.one('closeSubcontract', closeSubcontract),
    cancelSubcontract: on.one('cancelSubcontract', cancelSubcontract),
  },
  Subcontract: {
    __resolveReference: async ({ id }, context) => (await readSubcontract(context, id)) ?? null,
    subcontractor: async ({ subcontractorId }, _, context) => found(await readSubcontractor(context, subcontractorId), subcontractorId),
    legalEntity: ({ legalEntityId }) => ({ id: legalEntityId }),
    tolerance: ({ toleranceMinor, currency }, _, { actor }) => (seesCost(actor) ? showMinor(toleranceMinor, currency) : null),
    lines: async ({ id }, _, context) => (await context.load(linesBatch, id)) ?? [],
    externalRefs: async ({ id }, _, context) => (await context.load(subcontractRefs, id)) ?? [],
    availableActions: async (row, _, context) => availableActions(subcontractMachine, await subjectFor(context, row), context.actor),
  },
  SubcontractLine: {
    __resolveReference: async ({ id }, context) => (await readSubcontractLine(context, id)) ?? null,
    subcontract: async ({ subcontractId }, _, context) => found(await readSubcontract(context, subcontractId), subcontractId),
    project: ({ projectId }) => ({ id: projectId }),
    employee: async ({ employeeId }, _, context) => (employeeId ? ((await readNamedEmployee(context, employeeId)) ?? null) : null),
    laborCategory: async ({ laborCategoryId }, _, context) => (laborCategoryId ? ((await readLaborCategory(context, laborCategoryId)) ?? null) : null),
    unitRate: ({ unitRateMinor, currency }, _, { actor }) => (seesCost(actor) ? showMinor(unitRateMinor, currency) : null),
    limitHours: ({ limitSeconds }) => (limitSeconds === null ? null : hoursOfSeconds(limitSeconds)),
    limitDuration: ({ limitSeconds }) => (limitSeconds === null ? null : durationOfSeconds(limitSeconds)),
    limitAmount: ({ limitMinor, currency }, _, { actor }) => (seesCost(actor) ? showMinor(limitMinor, currency) : null),
  },
} satisfies Resolvers;

function found<Row>(row: Row | undefined, id: string): Row {
  if (row === undefined) throw notFound('Subcontract', id);
  return row;
}
