import type { AccrueRevenueInput, Resolvers, ScheduleRevenueInput } from '#generated/finance.ts';
import { page, pageOf } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { toUserError } from '#kernel/errors.ts';
import { refer } from '#kernel/ids.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { mutationsOf, shown, transact } from '#kernel/mutation.ts';
import { asRefused } from '#kernel/outcome.ts';
import { dateOf } from '#kernel/period.ts';
import { readInvoice } from '../invoice/queries.ts';
import { readJournalEntry } from '../journal/queries.ts';
import { legalEntityOf } from '../legalEntity/queries.ts';
import type { RevenueEventRow } from '../tables.ts';
import { undone } from '../undone.ts';
import { accrueRevenue, recognizeRevenueEvent, revenueEventAction, reverseRevenueEvent, scheduleRevenue, updateRevenueEvent } from './commands.ts';
import { revenueEventMachine } from './machine.ts';
import { readRevenueEvent, revenueEventList, revenueEventsOfContract } from './queries.ts';

const on = mutationsOf('revenueEvent', readRevenueEvent);

async function answerSchedule(context: Context, input: ScheduleRevenueInput) {
  try {
    const call = { mutation: 'scheduleRevenue', input };
    const { answer, replayed } = await transact(context, call, async (scope) => (await scheduleRevenue(scope, input)).map((event) => event.id));
    context.forget();
    const revenueEvents = (await Promise.all(answer.map((id) => shown(context, readRevenueEvent, id)))).filter((event) => event !== null);
    return { revenueEvents, userErrors: [], replayed };
  } catch (error) {
    return { revenueEvents: [], userErrors: [toUserError(asRefused(error), context.trace.correlationId)], replayed: false };
  }
}

const shownAccrual = (event: RevenueEventRow, done: boolean) => ({
  ...{ contract: { id: event.contractId }, project: refer(event.projectId), explanation: event.explanation },
  ...{ amount: showMoney({ minor: event.amountMinor, currency: event.currency }), revenueEvent: done ? event : null },
});

async function answerAccrue(context: Context, input: AccrueRevenueInput) {
  const call = { mutation: 'accrueRevenue', input };
  try {
    if (input.dryRun) {
      const events = await undone(context, call, (scope) => accrueRevenue(scope, input));
      context.forget();
      return { accruals: events.map((event) => shownAccrual(event, false)), userErrors: [], replayed: false };
    }
    const { answer, replayed } = await transact(context, call, async (scope) => (await accrueRevenue(scope, input)).map((event) => event.id));
    context.forget();
    const events = await Promise.all(answer.map((id) => shown(context, readRevenueEvent, id)));
    return { accruals: events.flatMap((event) => (event ? [shownAccrual(event, true)] : [])), userErrors: [], replayed };
  } catch (error) {
    return { accruals: [], userErrors: [toUserError(asRefused(error), context.trace.correlationId)], replayed: false };
  }
}

export const revenueResolvers = {
  Query: {
    revenueEvent: async (_, { id }, context) => (await readRevenueEvent(context, id)) ?? null,
    revenueEvents: (_, args, context) => page(context, revenueEventList, args),
  },
  Mutation: {
    scheduleRevenue: (_, { input }, context) => answerSchedule(context, input),
    accrueRevenue: (_, { input }, context) => answerAccrue(context, input),
    updateRevenueEvent: on.one('updateRevenueEvent', updateRevenueEvent),
    submitRevenueEvent: on.one('submitRevenueEvent', revenueEventAction('submit')),
    recognizeRevenueEvent: on.one('recognizeRevenueEvent', recognizeRevenueEvent),
    reverseRevenueEvent: on.one('reverseRevenueEvent', reverseRevenueEvent),
    cancelRevenueEvent: on.one('cancelRevenueEvent', revenueEventAction('cancel')),
  },
  Contract: { revenueEvents: ({ id }, args, context) => pageOf(context, revenueEventsOfContract, { parentId: id, args }) },
  RevenueEvent: {
    __resolveReference: async ({ id }, context) => (await readRevenueEvent(context, id)) ?? null,
    customer: ({ customerId }) => ({ id: customerId }),
    contract: ({ contractId }) => ({ id: contractId }),
    project: ({ projectId }) => (projectId ? { id: projectId } : null),
    milestone: ({ milestoneId }) => (milestoneId ? { id: milestoneId } : null),
    invoice: async ({ invoiceId }, _, context) => (invoiceId ? ((await readInvoice(context, invoiceId)) ?? null) : null),
    legalEntity: ({ legalEntityId }, _, context) => legalEntityOf(context, legalEntityId),
    amount: ({ amountMinor, currency }) => showMoney({ minor: amountMinor, currency }),
    journalEntry: async ({ journalEntryId }, _, context) => (journalEntryId ? ((await readJournalEntry(context, journalEntryId)) ?? null) : null),
    availableActions: (event, _, { actor, clock }) => {
      const subject = { ...event, today: dateOf(clock()) };
      return availableActions(revenueEventMachine, subject, actor);
    },
  },
} satisfies Resolvers;
