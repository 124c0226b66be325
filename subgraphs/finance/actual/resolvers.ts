import type { PriceExplanationResolvers, Resolvers } from '#generated/finance.ts';
import { may } from '#kernel/actor.ts';
import { page, pageOf } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { formatDecimal, hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds, showSeconds } from '#kernel/duration.ts';
import { refer } from '#kernel/ids.ts';
import { availableActions } from '#kernel/machine.ts';
import { sayMoney, showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { sayExchange } from '../billing/exchange.ts';
import { readIntercompanyCharge, readIntercompanyTerms } from '../intercompany/queries.ts';
import { readInvoice } from '../invoice/queries.ts';
import { legalEntityOf, readLegalEntity } from '../legalEntity/queries.ts';
import { readRateCard, readRateCardVersion } from '../rateCard/queries.ts';
import { readRevenueEvent } from '../revenue/queries.ts';
import type { PriceExplanationRow } from '../tables.ts';
import { billProgress, holdActual, recordActuals, releaseActual, repriceActual, reverseActual } from './commands.ts';
import { actualMachine } from './machine.ts';
import { actualList, actualRefs, actualsOf, actualsOfSource, readActual, workInProgress } from './queries.ts';
import { quotesOfHours, rateFor } from './quote.ts';
import { actualSummary } from './summary.ts';

const on = mutationsOf('actual', readActual);

async function wipOf(context: Context, owner: 'Project' | 'Contract' | 'Customer', id: string) {
  const rows = (await context.load(workInProgress, id, owner)) ?? [];
  return rows.map(({ currency, amount, ready, notReady, onInvoice, seconds, count, oldestWorkDate }) => {
    const show = (minor: bigint) => showMoney({ minor, currency });
    const sums = { amount: show(amount), ready: show(ready), notReady: show(notReady), onInvoice: show(onInvoice) };
    return { currency, ...sums, ...showSeconds('hours', seconds), count, oldestWorkDate };
  });
}

/** The explanation as a sentence. */
function sayPrice(explained: PriceExplanationRow): string {
  const {
    rule,
    matched,
    rateMinor,
    currency,
    rounding,
    contractVersionNumber,
    wholeMinor,
    markUpBasisPoints,
    spentMinor,
    dayRateMinor,
    conversion,
    subcontract,
  } = explained;
  const say = (minor: string, of = currency) => sayMoney({ minor: BigInt(minor), currency: of });
  const version = contractVersionNumber ? `, version ${contractVersionNumber} of the contract` : '';
  const ordered = subcontract ? ` ${subcontract.number} of ${subcontract.name}` : '';
  const found = matched.length > 0 ? ` by ${matched.join(' and ')}` : '';
  const rate = rateMinor === null ? '' : `: ${say(rateMinor, conversion?.currency)} per hour`;
  const day = dayRateMinor ? `: ${say(dayRateMinor)} a day` : '';
  const exchanged = conversion ? `; ${say(conversion.minor, conversion.currency)} converted ${sayExchange(conversion)}, rounded HALF_UP once` : '';
  const markUp = spentMinor && markUpBasisPoints ? `: ${say(spentMinor)} and ${formatDecimal(BigInt(markUpBasisPoints), 2)} %` : '';
  const part = wholeMinor ? `; a part of ${say(wholeMinor)}, which a limit or a retainer splits` : '';
  return `${rule}${ordered}${found}${version}${rate}${day}${markUp}${rounding ? `, rounded ${rounding} once per entry` : ''}${exchanged}${part}`;
}

const explanation: PriceExplanationResolvers<Context> = {
  rate: ({ rateMinor, currency, conversion }) =>
    rateMinor === null ? null : showMoney({ minor: BigInt(rateMinor), currency: conversion?.currency ?? currency }),
  rateCard: async ({ rateCardId }, _, context) => (rateCardId && may(context.actor, 'rate:read') ? ((await readRateCard(context, rateCardId)) ?? null) : null),
  rateCardVersion: async ({ rateCardVersionId }, _, context) =>
    rateCardVersionId && may(context.actor, 'rate:read') ? ((await readRateCardVersion(context, rateCardVersionId)) ?? null) : null,
  markUpPercent: ({ markUpBasisPoints }) => (markUpBasisPoints === undefined ? null : formatDecimal(BigInt(markUpBasisPoints), 2)),
  spent: ({ spentMinor, currency }) => (spentMinor ? showMoney({ minor: BigInt(spentMinor), currency }) : null),
  dayRate: ({ dayRateMinor, currency }) => (dayRateMinor ? showMoney({ minor: BigInt(dayRateMinor), currency }) : null),
  whole: ({ wholeMinor, currency }) => (wholeMinor ? showMoney({ minor: BigInt(wholeMinor), currency }) : null),
  conversion: ({ conversion }) => conversion ?? null,
  intercompanyTerms: async ({ intercompanyTermsId }, _, context) =>
    intercompanyTermsId && may(context.actor, 'cost:read') ? ((await readIntercompanyTerms(context, intercompanyTermsId)) ?? null) : null,
  subcontractLine: ({ subcontract }) => refer(subcontract?.lineId ?? null),
  contract: ({ contractId }) => refer(contractId),
  contractVersion: ({ contractVersionId }) => refer(contractVersionId),
  matchedDimensions: ({ matched }) => matched,
  text: sayPrice,
};

export const actualResolvers = {
  Query: {
    actual: async (_, { id }, context) => (await readActual(context, id)) ?? null,
    actuals: (_, args, context) => page(context, actualList, args),
    actualSummary: (_, args, context) => actualSummary(context, args),
    rateFor: (_, args, context) => rateFor(context, args),
  },
  LaborCategoryGroup: {
    __resolveReference: (group) => group,
    rate: async ({ employeeId, projectId, laborCategoryId, workDate }, _, context) => {
      if (!may(context.actor, 'rate:read')) return null;
      return (await context.load(quotesOfHours, JSON.stringify({ employeeId, projectId, laborCategoryId, workDate }))) ?? null;
    },
  },
  Mutation: {
    recordActuals: on.bulk('recordActuals', recordActuals, { project: 'Project!', task: 'Task', employee: 'Employee', laborCategory: 'LaborCategory' }),
    reverseActuals: on.bulk('reverseActuals', reverseActual),
    repriceActuals: on.bulk('repriceActuals', repriceActual),
    billProgress: on.one('billProgress', billProgress),
    holdActuals: on.bulk('holdActuals', holdActual),
    releaseActuals: on.bulk('releaseActuals', releaseActual),
  },
  Actual: {
    __resolveReference: async ({ id }, context) => (await readActual(context, id)) ?? null,
    legalEntity: ({ legalEntityId }, _, context) => legalEntityOf(context, legalEntityId),
    counterpart: async ({ counterpartId }, _, context) => (counterpartId ? ((await readLegalEntity(context, counterpartId)) ?? null) : null),
    intercompanyCharge: async ({ intercompanyChargeId }, _, context) =>
      intercompanyChargeId && may(context.actor, 'cost:read') ? ((await readIntercompanyCharge(context, intercompanyChargeId)) ?? null) : null,
    customer: ({ customerId }) => refer(customerId),
    engagement: ({ engagementId }) => refer(engagementId),
    contract: ({ contractId }) => refer(contractId),
    project: ({ projectId }) => refer(projectId),
    task: ({ taskId }) => refer(taskId),
    employee: ({ employeeId }) => refer(employeeId),
    laborCategory: ({ laborCategoryId }) => refer(laborCategoryId),
    timesheetEntry: ({ sourceType, sourceId }) => (sourceType === 'TIMESHEET_ENTRY' ? { id: sourceId } : null),
    expenseItem: ({ sourceType, sourceId }) => (sourceType === 'EXPENSE_ITEM' ? { id: sourceId } : null),
    milestone: ({ sourceType, sourceId }) => (sourceType === 'MILESTONE' ? { id: sourceId } : null),
    hours: ({ seconds }) => (seconds === null ? null : hoursOfSeconds(seconds)),
    duration: ({ seconds }) => (seconds === null ? null : durationOfSeconds(seconds)),
    amount: ({ amountMinor, currency }) => showMoney({ minor: amountMinor, currency }),
    invoice: async ({ invoiceId }, _, context) => (invoiceId && may(context.actor, 'invoice:read') ? ((await readInvoice(context, invoiceId)) ?? null) : null),
    reverses: async ({ reversesId }, _, context) => (reversesId ? ((await readActual(context, reversesId)) ?? null) : null),
    reversedBy: async ({ reversedById }, _, context) => (reversedById ? ((await readActual(context, reversedById)) ?? null) : null),
    accrual: async ({ accrualEventId }, _, context) =>
      accrualEventId && may(context.actor, 'revenue:read') ? ((await readRevenueEvent(context, accrualEventId)) ?? null) : null,
    subcontractLine: ({ subcontractLineId }) => refer(subcontractLineId),
    externalRefs: async ({ id }, _, context) => (await context.load(actualRefs, id)) ?? [],
    availableActions: (actual, _, { actor }) => availableActions(actualMachine, actual, actor),
  },
  PriceExplanation: explanation,
  Customer: {
    actuals: ({ id }, args, context) => pageOf(context, actualsOf.Customer, { parentId: id, args }),
    workInProgress: ({ id }, _, context) => wipOf(context, 'Customer', id),
  },
  Engagement: { actuals: ({ id }, args, context) => pageOf(context, actualsOf.Engagement, { parentId: id, args }) },
  Contract: {
    actuals: ({ id }, args, context) => pageOf(context, actualsOf.Contract, { parentId: id, args }),
    workInProgress: ({ id }, _, context) => wipOf(context, 'Contract', id),
  },
  Project: {
    actuals: ({ id }, args, context) => pageOf(context, actualsOf.Project, { parentId: id, args }),
    workInProgress: ({ id }, _, context) => wipOf(context, 'Project', id),
  },
  Milestone: { actuals: async ({ id }, _, context) => (await context.load(actualsOfSource, id, 'MILESTONE')) ?? [] },
  TimesheetEntry: { actuals: async ({ id }, _, context) => (await context.load(actualsOfSource, id, 'TIMESHEET_ENTRY')) ?? [] },
  ExpenseItem: { actuals: async ({ id }, _, context) => (await context.load(actualsOfSource, id, 'EXPENSE_ITEM')) ?? [] },
} satisfies Resolvers;
