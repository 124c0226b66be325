import type { CreateFiscalPeriodsInput, Resolvers } from '#generated/finance.ts';
import { page } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds } from '#kernel/duration.ts';
import { toUserError } from '#kernel/errors.ts';
import { availableActions } from '#kernel/machine.ts';
import { mutationsOf, shown, transact } from '#kernel/mutation.ts';
import { asRefused } from '#kernel/outcome.ts';
import { legalEntityOf } from '../legalEntity/queries.ts';
import type { FiscalPeriodRow } from '../tables.ts';
import { createFiscalPeriods, fiscalPeriodAction } from './commands.ts';
import { fiscalPeriodMachine } from './machine.ts';
import { figuresOf, type WorkState } from './openWork.ts';
import { fiscalPeriodList, openWorkOf, readFiscalPeriod, shownOpenWork, shownUnposted, unpostedOf } from './queries.ts';

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
    availableActions: async ({ id, status }, _, context) => {
      const subject = { status, unposted: await unpostedOf(context, id), openWork: await openWorkOf(context, id) };
      return availableActions(fiscalPeriodMachine, subject, context.actor);
    },
  },
} satisfies Resolvers;
