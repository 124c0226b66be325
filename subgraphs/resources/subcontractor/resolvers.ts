import type { Resolvers } from '#generated/resources.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { availableActions } from '#kernel/machine.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { dateOf } from '#kernel/period.ts';
import { subcontractorEmployeesList } from '../employee/queries.ts';
import { subcontractsOfSubcontractor } from '../subcontract/queries.ts';
import {
  approveSubcontractor,
  createSubcontractor,
  endSubcontractor,
  reinstateSubcontractor,
  returnSubcontractor,
  submitSubcontractor,
  suspendSubcontractor,
  updateSubcontractor,
} from './commands.ts';
import { subjectOf } from './decide.ts';
import { missingOn } from './documents.ts';
import { subcontractorMachine } from './machine.ts';
import { confirmedBatch, readSubcontractor, subcontractorList, subcontractorRefs } from './queries.ts';
import { upsertSubcontractors } from './upsert.ts';

const on = mutationsOf('subcontractor', readSubcontractor);

export const subcontractorResolvers = {
  Query: {
    subcontractor: async (_, { id }, context) => (await readSubcontractor(context, id)) ?? null,
    subcontractors: (_, args, context) => page(context, subcontractorList, args),
  },
  Mutation: {
    createSubcontractor: on.one('createSubcontractor', createSubcontractor),
    updateSubcontractor: on.one('updateSubcontractor', updateSubcontractor),
    upsertSubcontractors: on.bulk('upsertSubcontractors', upsertSubcontractors, { legalEntity: 'LegalEntity' }),
    submitSubcontractor: on.one('submitSubcontractor', submitSubcontractor),
    returnSubcontractor: on.one('returnSubcontractor', returnSubcontractor),
    approveSubcontractor: on.one('approveSubcontractor', approveSubcontractor),
    suspendSubcontractor: on.one('suspendSubcontractor', suspendSubcontractor),
    reinstateSubcontractor: on.one('reinstateSubcontractor', reinstateSubcontractor),
    endSubcontractor: on.one('endSubcontractor', endSubcontractor),
  },
  Subcontractor: {
    __resolveReference: async ({ id }, context) => (await readSubcontractor(context, id)) ?? null,
    legalEntity: ({ legalEntityId }) => ({ id: legalEntityId }),
    missingDocuments: ({ documents }, _, { clock }) => missingOn(documents, dateOf(clock())),
    employees: ({ id }, args, context) => pageOf(context, subcontractorEmployeesList, { parentId: id, args }),
    subcontracts: ({ id }, args, context) => pageOf(context, subcontractsOfSubcontractor, { parentId: id, args }),
    externalRefs: async ({ id }, _, context) => (await context.load(subcontractorRefs, id)) ?? [],
    availableActions: async (row, _, context) =>
      availableActions(subcontractorMachine, subjectOf(row, (await context.load(confirmedBatch, row.id)) ?? [], context.clock()), context.actor),
  },
} satisfies Resolvers;
