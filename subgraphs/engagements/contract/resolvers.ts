import type { Resolvers } from '#generated/engagements.ts';
import { page, pageOf } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMinor, showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { readCustomer } from '../customer/queries.ts';
import { readEngagement } from '../engagement/queries.ts';
import { milestonesOfContract } from '../milestone/queries.ts';
import { projectsOfContract, readProject } from '../project/queries.ts';
import { demandFound, notForClients, stub } from '../sight.ts';
import type { ContractRow } from '../tables.ts';
import { contractAction, createContract, updateContract, upsertContracts } from './commands.ts';
import { type ContractSubject, contractMachine } from './machine.ts';
import { contractLinesOf, contractList, contractRatesOf, contractRefs, customerStatusOf, readContract } from './queries.ts';

const on = mutationsOf('contract', readContract);

async function subjectOf(contract: ContractRow, context: Context): Promise<ContractSubject> {
  const [customerStatus, lines, rates] = await Promise.all([
    context.load(customerStatusOf, contract.customerId),
    context.load(contractLinesOf, contract.id),
    context.load(contractRatesOf, contract.id),
  ]);
  return { ...contract, customerStatus, lines: lines ?? [], rates: rates ?? [] };
}

export const contractResolvers = {
  Query: {
    contract: async (_, { id }, context) => (await readContract(context, id)) ?? null,
    contracts: (_, args, context) => page(context, contractList, args),
  },
  Mutation: {
    createContract: on.one('createContract', createContract),
    updateContract: on.one('updateContract', updateContract),
    upsertContracts: on.bulk('upsertContracts', upsertContracts),
    submitContract: on.one('submitContract', contractAction('submit')),
    confirmContract: on.one('confirmContract', contractAction('confirm')),
    suspendContract: on.one('suspendContract', contractAction('suspend')),
    resumeContract: on.one('resumeContract', contractAction('resume')),
    completeContract: on.one('completeContract', contractAction('complete')),
    closeContract: on.one('closeContract', contractAction('close')),
    loseContract: on.one('loseContract', contractAction('lose')),
  },
  Contract: {
    __resolveReference: async ({ id }, context) => (await readContract(context, id)) ?? null,
    customer: async ({ customerId }, _, context) => demandFound(await readCustomer(context, customerId), 'Customer', customerId),
    engagement: async ({ engagementId }, _, context) => demandFound(await readEngagement(context, engagementId), 'Engagement', engagementId),
    legalEntity: ({ legalEntityId }) => stub(legalEntityId),
    rateCard: ({ rateCardId }, _, context) => notForClients(context, stub(rateCardId)),
    internalNotes: ({ internalNotes }, _, context) => notForClients(context, internalNotes),
    lines: async ({ id }, _, context) => (await context.load(contractLinesOf, id)) ?? [],
    rates: async ({ id }, _, context) => (await context.load(contractRatesOf, id)) ?? [],
    projects: ({ id }, args, context) => pageOf(context, projectsOfContract, { parentId: id, args }),
    milestones: ({ id }, args, context) => pageOf(context, milestonesOfContract, { parentId: id, args }),
    externalRefs: async ({ id }, _, context) => (await context.load(contractRefs, id)) ?? [],
    availableActions: async (contract, _, context) => availableActions(contractMachine, await subjectOf(contract, context), context.actor),
  },
  ContractLine: {
    projects: async ({ projectIds }, _, context) =>
      (await Promise.all(projectIds.map((id) => readProject(context, id)))).filter((project) => project !== undefined),
    amount: ({ amountMinor, currency }) => showMinor(amountMinor, currency),
    notToExceed: ({ notToExceedMinor, currency }) => showMinor(notToExceedMinor, currency),
    rates: async ({ id, contractId }, _, context) => ((await context.load(contractRatesOf, contractId)) ?? []).filter((rate) => rate.lineId === id),
  },
  ContractRate: {
    employee: ({ employeeId }) => stub(employeeId),
    laborCategory: ({ laborCategoryId }) => stub(laborCategoryId),
    rate: ({ rateMinor, currency }) => showMoney({ minor: rateMinor, currency }),
  },
} satisfies Resolvers;
