import type { CreateFiscalPeriodsInput, Resolvers } from '#generated/finance.ts';
import { page } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds } from '#kernel/duration.ts';
import { toUserError } from '#kernel/errors.ts';
import { refer } from '#kernel/ids.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { mutationsOf, shown, transact } from '#kernel/mutation.ts';
import { asRefused } from '#kernel/outcome.ts';
import { type ChecklistItem, checklistKinds, type OpenThing } from '../closeChecklist/kinds.ts';
import { checklistOf } from '../closeChecklist/queries.ts';
import { readInvoice } from '../invoice/queries.ts';
import { readJournalEntry } from '../journal/queries.ts';
import { legalEntityOf } from '../legalEntity/queries.ts';
import { readPayment } from '../payment/queries.ts';
import { readRevenueEvent } from '../revenue/queries.ts';
import type { FiscalPeriodRow } from '../tables.ts';
import { createFiscalPeriods, fiscalPeriodAction } from './commands.ts';
import { fiscalPeriodMachine } from './machine.ts';
import { figuresOf, type WorkState } from './openWork.ts';
import { fiscalPeriodList, readFiscalPeriod, shownOpenWork, shownUnposted, subjectOf } from './queries.ts';

const behind = ({ type, id }: OpenThing, wanted: OpenThing['type']) => (type === wanted ? { id } : null);

function shownItem({ kind, count, seconds, amounts, things }: ChecklistItem) {
  const { blocks, cure, mutation } = checklistKinds[kind];
  const time = seconds > 0n ? { hours: hoursOfSeconds(seconds), duration: durationOfSeconds(seconds) } : { hours: null, duration: null };
  const money = [...amounts].map(([currency, minor]) => showMoney({ minor, currency }));
  return { kind, count, ...time, amounts: money, blocks, cure, mutation, things: [...things] };
}

const on = mutationsOf('fiscalPeriod', readFiscalPeriod);

/** One intent that gives many rows: no item of it can fail alone. */
async function answerCreate(context: Context, input: CreateFiscalPeriodsInput) {
  try {
    const { answer, replayed } = await transact(context, { mutation: 'createFiscalPeriods', input }, (scope) => createFiscalPeriods(scope, input));
    context.forget();
    const periods = await Promise.all(answer.map((id) => shown(context, readFiscalPeriod, id)));
    return { fiscalPeriods: periods.filter((period): period is FiscalPeriodRow => period !== null), userErrors: [], replayed };
  } catch (error) {
    return { fiscalPeriods: [], userErrors: [toUserError(asRefused(error), context.trace.correlationId)], replayed: false };
  }
}

export const fiscalPeriodResolvers = {
  Query: {
    fiscalPeriod: async (_, { id }, context) => (await readFiscalPeriod(context, id)) ?? null,
    fiscalPeriods: (_, args, context) => page(context, fiscalPeriodList, args),
  },
  Mutation: {
    createFiscalPeriods: (_, { input }, context) => answerCreate(context, input),
    closeFiscalPeriod: on.one('closeFiscalPeriod', fiscalPeriodAction('close')),
    reopenFiscalPeriod: on.one('reopenFiscalPeriod', fiscalPeriodAction('reopen')),
    lockFiscalPeriod: on.one('lockFiscalPeriod', fiscalPeriodAction('lock')),
  },
  FiscalPeriod: {
    __resolveReference: async ({ id }, context) => (await readFiscalPeriod(context, id)) ?? null,
    legalEntity: ({ legalEntityId }, _, context) => legalEntityOf(context, legalEntityId),
    unpostedInvoices: async ({ id }, _, context) => (await shownUnposted(context, id)).invoices,
    unpostedJournalEntries: async ({ id }, _, context) => (await shownUnposted(context, id)).journalEntries,
    openWork: async ({ id }, _, context) => {
      const open = await shownOpenWork(context, id);
      const of = (state: WorkState) => {
        const { seconds, ...figures } = figuresOf(open, state);
        return { ...figures, hours: hoursOfSeconds(seconds), duration: durationOfSeconds(seconds) };
      };
      return { submitted: of('SUBMITTED'), approved: of('APPROVED'), excepted: of('EXCEPTED') };
    },
    closeChecklist: async (period, _, context) => {
      const subject = await subjectOf(context, period);
      const isReady = fiscalPeriodMachine.actions.close.guards.every((guard) => guard(subject, context.actor) === undefined);
      return { isReady, items: (await checklistOf(context, period.id)).map(shownItem) };
    },
    availableActions: async (period, _, context) => availableActions(fiscalPeriodMachine, await subjectOf(context, period), context.actor),
  },
  CloseChecklistThing: {
    timesheetEntry: (thing) => behind(thing, 'TimesheetEntry'),
    expenseItem: (thing) => behind(thing, 'ExpenseItem'),
    milestone: (thing) => behind(thing, 'Milestone'),
    invoice: async (thing, _, context) => (thing.type === 'Invoice' ? ((await readInvoice(context, thing.id)) ?? null) : null),
    journalEntry: async (thing, _, context) => (thing.type === 'JournalEntry' ? ((await readJournalEntry(context, thing.id)) ?? null) : null),
    payment: async (thing, _, context) => (thing.type === 'Payment' ? ((await readPayment(context, thing.id)) ?? null) : null),
    revenueEvent: async (thing, _, context) => (thing.type === 'RevenueEvent' ? ((await readRevenueEvent(context, thing.id)) ?? null) : null),
    subcontractLine: (thing) => behind(thing, 'SubcontractLine'),
    contract: ({ contractId }) => refer(contractId),
    project: ({ projectId }) => refer(projectId),
    date: ({ day }) => day,
    amount: ({ minor, currency }) => (minor !== null && currency ? showMoney({ minor, currency }) : null),
    hours: ({ seconds }) => (seconds === null ? null : hoursOfSeconds(seconds)),
    duration: ({ seconds }) => (seconds === null ? null : durationOfSeconds(seconds)),
  },
} satisfies Resolvers;
