import type { Resolvers } from '#generated/engagements.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { Refused } from '#kernel/errors.ts';
import { availableActions } from '#kernel/machine.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { isOutside } from '#kernel/visibility.ts';
import { readContract, versionsOfContract } from '../contract/queries.ts';
import { readCustomer } from '../customer/queries.ts';
import { demandFound, firmOnly, stub } from '../owned.ts';
import {
  acceptAmendment,
  acknowledgeAmendment,
  applyAmendment,
  createAmendment,
  rejectAmendment,
  submitAmendment,
  updateAmendment,
  withdrawAmendment,
} from './commands.ts';
import { subjectFor } from './decide.ts';
import { amendmentMachine } from './machine.ts';
import { amendmentList, amendmentRefs, amendmentsOfContract, outlookNow, readAmendment, receiptsOfAmendment } from './queries.ts';

const on = mutationsOf('amendment', readAmendment);

const ofChanges = {
  'changes.rates.employee': 'Employee',
  'changes.rates.laborCategory': 'LaborCategory',
  'changes.lines.projects[]': 'Project',
  'changes.lines.rates.employee': 'Employee',
  'changes.lines.rates.laborCategory': 'LaborCategory',
} as const;

export const amendmentResolvers = {
  Query: {
    amendment: async (_, { id }, context) => (await readAmendment(context, id)) ?? null,
    amendments: (_, args, context) => page(context, amendmentList, args),
  },
  Mutation: {
    createAmendment: on.one('createAmendment', createAmendment, ofChanges),
    updateAmendment: on.one('updateAmendment', updateAmendment, ofChanges),
    submitAmendment: on.one('submitAmendment', submitAmendment),
    acceptAmendment: on.one('acceptAmendment', acceptAmendment),
    rejectAmendment: on.one('rejectAmendment', rejectAmendment),
    withdrawAmendment: on.one('withdrawAmendment', withdrawAmendment),
    applyAmendment: on.one('applyAmendment', applyAmendment),
    acknowledgeAmendment: on.one('acknowledgeAmendment', acknowledgeAmendment),
  },
  Amendment: {
    __resolveReference: async ({ id }, context) => (await readAmendment(context, id)) ?? null,
    contract: async ({ contractId }, _, context) => demandFound(await readContract(context, contractId), 'Contract', contractId),
    customer: async ({ customerId }, _, context) => demandFound(await readCustomer(context, customerId), 'Customer', customerId),
    adjustmentDate: ({ adjustmentDate }, _, context) => firmOnly(context, adjustmentDate),
    reason: ({ reason }, _, context) => firmOnly(context, reason),
    changes: async (amendment, _, context) => {
      if (amendment.applied) return amendment.applied;
      const outlook = await outlookNow(context, amendment);
      return outlook instanceof Refused ? [] : outlook;
    },
    contractVersions: async ({ contractId, fromVersion, toVersion }, _, context) => {
      if (fromVersion === null || toVersion === null) return [];
      return ((await context.load(versionsOfContract, contractId)) ?? []).filter(({ number }) => number >= fromVersion && number <= toVersion);
    },
    author: ({ authorId }, _, context) => firmOnly(context, authorId),
    submittedBy: ({ submittedBy }, _, context) => firmOnly(context, submittedBy),
    decidedBy: ({ decidedBy }, _, context) => firmOnly(context, decidedBy),
    decisionNote: ({ decisionNote }, _, context) => firmOnly(context, decisionNote),
    appliedBy: ({ appliedBy }, _, context) => firmOnly(context, appliedBy),
    propagation: async ({ id, status }, _, context) => {
      if (status !== 'APPLIED' || isOutside(context.actor)) return null;
      const receipts = (await context.load(receiptsOfAmendment, id)) ?? [];
      return { complete: receipts.every(({ acknowledgedAt }) => acknowledgedAt !== null), receipts };
    },
    externalRefs: async ({ id }, _, context) => (await context.load(amendmentRefs, id)) ?? [],
    availableActions: async (amendment, _, context) =>
      availableActions(amendmentMachine, subjectFor(amendment, await outlookNow(context, amendment)), context.actor),
  },
  ContractChange: {
    employee: ({ employeeId }) => stub(employeeId),
    laborCategory: ({ laborCategoryId }) => stub(laborCategoryId),
  },
  PropagationReceipt: { outside: ({ kind }) => kind === 'SYSTEM' },
  Contract: { amendments: ({ id }, args, context) => pageOf(context, amendmentsOfContract, { parentId: id, args }) },
} satisfies Resolvers;
