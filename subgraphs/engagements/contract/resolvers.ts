import type { Resolvers } from '#generated/engagements.ts';
import { page, pageOf } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { formatDecimal } from '#kernel/decimal.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMinor, showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { dateOf } from '#kernel/period.ts';
import { readCustomer } from '../customer/queries.ts';
import { readEngagement } from '../engagement/queries.ts';
import { milestonesOfContract } from '../milestone/queries.ts';
import { demandFound, firmOnly, stub } from '../owned.ts';
import { projectsOfContract, readProject } from '../project/queries.ts';
import type { ContractRow, ContractVersionRow } from '../tables.ts';
import { addContractVersion, contractAction, createContract, reopenContract, updateContract, upsertContracts } from './commands.ts';
import { subjectOf } from './load.ts';
import { type ContractSubject, contractMachine } from './machine.ts';
import { pointersOfContent } from './pointers.ts';
import {
  begunOfContract,
  contractList,
  contractRefs,
  customerStatusOf,
  linesOfVersion,
  ratesOfVersion,
  readContract,
  readContractVersion,
  versionKnown,
  versionOn,
  versionsOfContract,
} from './queries.ts';

const on = mutationsOf('contract', readContract);

/** The same subject that commands judge, read without locks. */
async function readSubject(contract: ContractRow, context: Context): Promise<ContractSubject> {
  const [customerStatus, versions = [], begun] = await Promise.all([
    context.load(customerStatusOf, contract.customerId),
    context.load(versionsOfContract, contract.id),
    context.load(begunOfContract, contract.id),
  ]);
  const newest = versions.at(-1)?.id ?? '';
  const [lines = [], rates = []] = await Promise.all([context.load(linesOfVersion, newest), context.load(ratesOfVersion, newest)]);
  return subjectOf(contract, { customerStatus, begun, versions: versions.map((row) => ({ row, content: { lines, rates } })) });
}

const linesIn = async (version: Pick<ContractVersionRow, 'id'>, context: Context) => (await context.load(linesOfVersion, version.id)) ?? [];
const ratesIn = async (version: Pick<ContractVersionRow, 'id'>, context: Context) => (await context.load(ratesOfVersion, version.id)) ?? [];

export const contractResolvers = {
  Query: {
    contract: async (_, { id }, context) => (await readContract(context, id)) ?? null,
    contracts: (_, args, context) => page(context, contractList, args),
  },
  Mutation: {
    createContract: on.one('createContract', createContract, pointersOfContent),
    updateContract: on.one('updateContract', updateContract, pointersOfContent),
    upsertContracts: on.bulk('upsertContracts', upsertContracts, {
      engagement: 'Engagement!',
      legalEntity: 'LegalEntity',
      rateCard: 'RateCard',
      ...pointersOfContent,
    }),
    addContractVersion: on.one('addContractVersion', addContractVersion, pointersOfContent),
    submitContract: on.one('submitContract', contractAction('submit')),
    confirmContract: on.one('confirmContract', contractAction('confirm')),
    suspendContract: on.one('suspendContract', contractAction('suspend')),
    resumeContract: on.one('resumeContract', contractAction('resume')),
    completeContract: on.one('completeContract', contractAction('complete')),
    reopenContract: on.one('reopenContract', reopenContract),
    closeContract: on.one('closeContract', contractAction('close')),
    loseContract: on.one('loseContract', contractAction('lose')),
    withdrawContract: on.one('withdrawContract', contractAction('withdraw')),
  },
  Contract: {
    __resolveReference: async ({ id }, context) => (await readContract(context, id)) ?? null,
    customer: async ({ customerId }, _, context) => demandFound(await readCustomer(context, customerId), 'Customer', customerId),
    engagement: async ({ engagementId }, _, context) => demandFound(await readEngagement(context, engagementId), 'Engagement', engagementId),
    legalEntity: ({ legalEntityId }) => stub(legalEntityId),
    rounding: async ({ id }, _, context) => (await versionOn(context, id)).rounding,
    rateCard: async ({ id }, _, context) => firmOnly(context, stub((await versionOn(context, id)).rateCardId)),
    paymentTermDays: async ({ id }, _, context) => (await versionOn(context, id)).paymentTermDays,
    notToExceed: async ({ id, currency }, _, context) => showMinor((await versionOn(context, id)).notToExceedMinor, currency),
    endDate: async ({ id }, _, context) => (await versionOn(context, id)).endDate,
    internalNotes: ({ internalNotes }, _, context) => firmOnly(context, internalNotes),
    versions: async ({ id }, _, context) => (await context.load(versionsOfContract, id)) ?? [],
    versionOn: ({ id }, { date }, context) => versionOn(context, id, date),
    asOf: async ({ id }, { effectiveOn, knownAt }, context) => {
      const versions = (await context.load(versionsOfContract, id)) ?? [];
      return versionKnown(versions, { date: effectiveOn ?? dateOf(context.clock()), known: knownAt ?? context.clock() }) ?? null;
    },
    lines: async ({ id }, { asOf }, context) => linesIn(await versionOn(context, id, asOf), context),
    rates: async ({ id }, { asOf }, context) => ratesIn(await versionOn(context, id, asOf), context),
    projects: ({ id }, args, context) => pageOf(context, projectsOfContract, { parentId: id, args }),
    milestones: ({ id }, args, context) => pageOf(context, milestonesOfContract, { parentId: id, args }),
    externalRefs: async ({ id }, _, context) => (await context.load(contractRefs, id)) ?? [],
    availableActions: async (contract, _, context) => availableActions(contractMachine, await readSubject(contract, context), context.actor),
  },
  ContractVersion: {
    __resolveReference: async ({ id }, context) => (await readContractVersion(context, id)) ?? null,
    contract: async ({ contractId }, _, context) => demandFound(await readContract(context, contractId), 'Contract', contractId),
    rateCard: ({ rateCardId }, _, context) => firmOnly(context, stub(rateCardId)),
    notToExceed: async ({ contractId, notToExceedMinor }, _, context) =>
      notToExceedMinor === null ? null : showMinor(notToExceedMinor, (await readContract(context, contractId))?.currency ?? null),
    reason: ({ reason }, _, context) => firmOnly(context, reason),
    lines: (version, _, context) => linesIn(version, context),
    rates: (version, _, context) => ratesIn(version, context),
  },
  ContractLine: {
    projects: async ({ projectIds }, _, context) =>
      (await Promise.all(projectIds.map((id) => readProject(context, id)))).filter((project) => project !== undefined),
    amount: ({ amountMinor, currency }) => showMinor(amountMinor, currency),
    notToExceed: ({ notToExceedMinor, currency }) => showMinor(notToExceedMinor, currency),
    instalments: ({ instalments, currency }) =>
      (instalments ?? []).map(({ name, dueOn, minor }) => ({ name, dueOn, amount: showMoney({ minor: BigInt(minor), currency }) })),
    expenses: ({ expenses, currency }) =>
      expenses && {
        markUpPercent: formatDecimal(BigInt(expenses.markUpBasisPoints), 2),
        perDiems: expenses.perDiems.map(({ category, minor }) => ({ category, amount: showMoney({ minor: BigInt(minor), currency }) })),
      },
    rates: async (line, _, context) => (await ratesIn({ id: line.contractVersionId }, context)).filter((rate) => rate.lineId === line.id),
  },
  ContractRate: {
    employee: ({ employeeId }) => stub(employeeId),
    laborCategory: ({ laborCategoryId }) => stub(laborCategoryId),
    rate: ({ rateMinor, currency }) => showMoney({ minor: rateMinor, currency }),
  },
} satisfies Resolvers;
