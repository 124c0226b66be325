import type { Resolvers } from '#generated/finance.ts';
import { may } from '#kernel/actor.ts';
import { page } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds } from '#kernel/duration.ts';
import { toUserError } from '#kernel/errors.ts';
import { refer } from '#kernel/ids.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { readFiscalPeriod } from '../fiscalPeriod/queries.ts';
import { readInvoice } from '../invoice/queries.ts';
import { acceptRerateProposal, dismissRerateProposal } from './commands.ts';
import { rerateProposalMachine } from './machine.ts';
import { previewRerate, reportLines, reportSums } from './preview.ts';
import { readRerate, readRerateProposal, rerateProposalList } from './queries.ts';
import type { RerateSum } from './report.ts';
import type { RerateSums } from './sums.ts';

const on = mutationsOf('rerateProposal', readRerateProposal);
const invoiceOf = async (context: Context, id: string | null) => (id && may(context.actor, 'invoice:read') ? ((await readInvoice(context, id)) ?? null) : null);

/** One look at all work, however many fields of a report ask. */
const looks = new WeakMap<object, Promise<RerateSums>>();
function sumsFor(report: Parameters<typeof reportSums>[1], context: Context): Promise<RerateSums> {
  const look = looks.get(report) ?? reportSums(context, report);
  looks.set(report, look);
  return look;
}

const money = (minor: bigint, currency: string) => showMoney({ minor, currency });
const shown = ({ before, after, currency }: Pick<RerateSum, 'before' | 'after' | 'currency'>) => ({
  ...{ before: money(before, currency), after: money(after, currency), difference: money(after - before, currency) },
});
const timeOf = (seconds: bigint | null) => ({ hours: seconds ? hoursOfSeconds(seconds) : null, duration: seconds ? durationOfSeconds(seconds) : null });
const kindOf = (outcome: string) => (outcome === 'INVOICED' ? ('CREDIT_AND_REBILL' as const) : ('CANCEL_AND_REDRAFT' as const));

export const rerateResolvers = {
  Query: {
    previewRerate: (_, { input }, context) => previewRerate(context, input),
    rerate: async (_, { amendmentId }, context) => (await readRerate(context, amendmentId)) ?? null,
    rerateProposal: async (_, { id }, context) => (await readRerateProposal(context, id)) ?? null,
    rerateProposals: (_, args, context) => page(context, rerateProposalList, args),
  },
  Mutation: {
    acceptRerateProposal: on.one('acceptRerateProposal', acceptRerateProposal),
    dismissRerateProposal: on.one('dismissRerateProposal', dismissRerateProposal),
  },
  RerateReport: {
    contract: ({ contract }) => ({ id: contract.id }),
    amendment: ({ amendmentId }) => refer(amendmentId),
    totals: async (report, _, context) =>
      [...(await sumsFor(report, context)).totals.values()].map((total) => ({
        ...{ outcome: total.outcome, currency: total.currency, entries: total.entries },
        ...timeOf(total.seconds),
        ...shown(total),
      })),
    invoices: async (report, _, context) => {
      const touched = [...(await sumsFor(report, context)).invoices.values()];
      const found = await Promise.all(touched.map(async (each) => ({ each, invoice: await invoiceOf(context, each.invoiceId) })));
      return found.flatMap(({ each, invoice }) => (invoice ? [{ invoice, kind: kindOf(each.outcome), entries: each.entries, ...shown(each) }] : []));
    },
    periods: async (report, _, context) => {
      const periods = [...(await sumsFor(report, context)).periods.values()].toSorted((one, other) => (one.startDate < other.startDate ? -1 : 1));
      return Promise.all(
        periods.map(async ({ fiscalPeriodId, entries, adjustmentDate }) => ({
          ...{ entries, adjustmentDate },
          fiscalPeriod: fiscalPeriodId && may(context.actor, 'period:read') ? ((await readFiscalPeriod(context, fiscalPeriodId)) ?? null) : null,
        })),
      );
    },
    lines: (report, args, context) => reportLines(context, report, args),
  },
  RerateLine: {
    workDate: ({ cost }) => cost.workDate,
    project: ({ cost }) => refer(cost.projectId),
    employee: ({ cost }) => refer(cost.employeeId),
    timesheetEntry: ({ cost }) => (cost.sourceType === 'TIMESHEET_ENTRY' ? { id: cost.sourceId } : null),
    expenseItem: ({ cost }) => (cost.sourceType === 'EXPENSE_ITEM' ? { id: cost.sourceId } : null),
    actual: ({ sale }) => sale ?? null,
    invoice: ({ sale }, _, context) => invoiceOf(context, sale?.invoiceId ?? null),
    hours: ({ cost }) => timeOf(cost.seconds).hours,
    duration: ({ cost }) => timeOf(cost.seconds).duration,
    before: ({ sale, soldMinor }) => (sale ? money(soldMinor, sale.currency) : null),
    beforeExplanation: ({ sale }) => sale?.priceExplanation ?? null,
    after: ({ after }) => (after ? money(after.minor, after.currency) : null),
    afterExplanation: ({ after }) => after?.explanation ?? null,
    difference: ({ sale, soldMinor, after, refused }) => {
      const currency = after?.currency ?? sale?.currency;
      return refused || !currency ? null : money((after?.minor ?? 0n) - soldMinor, currency);
    },
    adjusted: ({ adjustmentDate }) => adjustmentDate !== undefined,
    refused: ({ refused }, _, context) => (refused ? toUserError(refused, context.trace.correlationId) : null),
  },
  Rerate: {
    amendment: ({ amendmentId }) => ({ id: amendmentId }),
    contract: ({ contractId }) => ({ id: contractId }),
    before: ({ beforeMinor, currency }) => money(beforeMinor, currency),
    after: ({ afterMinor, currency }) => money(afterMinor, currency),
  },
  RerateProposal: {
    __resolveReference: async ({ id }, context) => (await readRerateProposal(context, id)) ?? null,
    amendment: ({ amendmentId }) => ({ id: amendmentId }),
    contract: ({ contractId }) => ({ id: contractId }),
    invoice: ({ invoiceId }, _, context) => invoiceOf(context, invoiceId),
    before: ({ beforeMinor, currency }) => money(beforeMinor, currency),
    after: ({ afterMinor, currency }) => money(afterMinor, currency),
    difference: ({ beforeMinor, afterMinor, currency }) => money(afterMinor - beforeMinor, currency),
    creditNote: ({ creditNoteId }, _, context) => invoiceOf(context, creditNoteId),
    rebilled: ({ rebilledId }, _, context) => invoiceOf(context, rebilledId),
    availableActions: async ({ status, amendmentId }, _, context) => {
      const finished = Boolean((await readRerate(context, amendmentId))?.finishedAt);
      return availableActions(rerateProposalMachine, { status, finished }, context.actor);
    },
  },
} satisfies Resolvers;
