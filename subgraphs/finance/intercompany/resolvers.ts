import type { ChargeIntercompanyInput, Resolvers } from '#generated/finance.ts';
import { may } from '#kernel/actor.ts';
import { page, pageOf } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { formatDecimal, hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds } from '#kernel/duration.ts';
import { toUserError } from '#kernel/errors.ts';
import { showMoney } from '#kernel/money.ts';
import { mutationsOf, shown, transact } from '#kernel/mutation.ts';
import { asRefused } from '#kernel/outcome.ts';
import { readJournalEntry } from '../journal/queries.ts';
import { legalEntityOf, readLegalEntity } from '../legalEntity/queries.ts';
import { readRateCard } from '../rateCard/queries.ts';
import type { IntercompanyChargeRow } from '../tables.ts';
import { undone } from '../undone.ts';
import { chargeIntercompany, setIntercompanyTerms } from './commands.ts';
import { intercompanyChargeList, intercompanyTermsList, linesOfCharge, readIntercompanyCharge, readIntercompanyTerms } from './queries.ts';

const on = mutationsOf('intercompanyTerms', readIntercompanyTerms);

type Amounts = { amountMinor: bigint; currency: string; borrowerMinor: bigint; borrowerCurrency: string };

const amount = ({ amountMinor, currency }: Amounts) => showMoney({ minor: amountMinor, currency });
const borrowerAmount = ({ borrowerMinor, borrowerCurrency }: Amounts) => showMoney({ minor: borrowerMinor, currency: borrowerCurrency });

async function outcomeOf(context: Context, row: IntercompanyChargeRow, done: boolean) {
  const [lender, borrower] = [await legalEntityOf(context, row.lenderId), await legalEntityOf(context, row.borrowerId)];
  const counts = { actualCount: Number(row.actuals), amount: amount(row), borrowerAmount: borrowerAmount(row) };
  return { lender, borrower, ...counts, intercompanyCharge: done ? row : null };
}

async function answerCharge(context: Context, input: ChargeIntercompanyInput) {
  const call = { mutation: 'chargeIntercompany', input };
  try {
    if (input.dryRun) {
      const rows = await undone(context, call, (scope) => chargeIntercompany(scope, input));
      context.forget();
      return { charges: await Promise.all(rows.map((row) => outcomeOf(context, row, false))), userErrors: [], replayed: false };
    }
    const { answer, replayed } = await transact(context, call, async (scope) => (await chargeIntercompany(scope, input)).map(({ id }) => id));
    context.forget();
    const rows = (await Promise.all(answer.map((id) => shown(context, readIntercompanyCharge, id)))).filter((row) => row !== null);
    return { charges: await Promise.all(rows.map((row) => outcomeOf(context, row, true))), userErrors: [], replayed };
  } catch (error) {
    return { charges: [], userErrors: [toUserError(asRefused(error), context.trace.correlationId)], replayed: false };
  }
}

/** Each side knows of the terms and charges; who is confined to one of them does not know the other. */
const known = async (context: Context, id: string) => (await readLegalEntity(context, id)) ?? null;

const entryOf = async (context: Context, id: string | null) =>
  id && may(context.actor, 'journal:read') ? ((await readJournalEntry(context, id)) ?? null) : null;

export const intercompanyResolvers = {
  Query: {
    intercompanyTerms: (_, args, context) => page(context, intercompanyTermsList, args),
    intercompanyCharge: async (_, { id }, context) => (await readIntercompanyCharge(context, id)) ?? null,
    intercompanyCharges: (_, args, context) => page(context, intercompanyChargeList, args),
  },
  Mutation: {
    setIntercompanyTerms: on.bulk('setIntercompanyTerms', setIntercompanyTerms),
    chargeIntercompany: (_, { input }, context) => answerCharge(context, input),
  },
  IntercompanyTerms: {
    __resolveReference: async ({ id }, context) => (await readIntercompanyTerms(context, id)) ?? null,
    lender: ({ lenderId }, _, context) => known(context, lenderId),
    borrower: ({ borrowerId }, _, context) => known(context, borrowerId),
    markUpPercent: ({ markUpBasisPoints }) => formatDecimal(BigInt(markUpBasisPoints), 2),
    expenseMarkUpPercent: ({ expenseMarkUpBasisPoints }) => formatDecimal(BigInt(expenseMarkUpBasisPoints), 2),
    rateCard: async ({ rateCardId }, _, context) =>
      rateCardId && may(context.actor, 'rate:read') ? ((await readRateCard(context, rateCardId)) ?? null) : null,
  },
  IntercompanyCharge: {
    __resolveReference: async ({ id }, context) => (await readIntercompanyCharge(context, id)) ?? null,
    lender: ({ lenderId }, _, context) => known(context, lenderId),
    borrower: ({ borrowerId }, _, context) => known(context, borrowerId),
    actualCount: ({ actuals }) => Number(actuals),
    amount,
    borrowerAmount,
    lenderJournalEntry: ({ lenderEntryId }, _, context) => entryOf(context, lenderEntryId),
    borrowerJournalEntry: ({ borrowerEntryId }, _, context) => entryOf(context, borrowerEntryId),
    lines: ({ id }, args, context) => pageOf(context, linesOfCharge, { parentId: id, args }),
  },
  IntercompanyChargeLine: {
    project: ({ projectId }) => ({ id: projectId }),
    employee: ({ employeeId }) => ({ id: employeeId }),
    actualCount: ({ actuals }) => Number(actuals),
    hours: ({ seconds }) => (seconds === null ? null : hoursOfSeconds(seconds)),
    duration: ({ seconds }) => (seconds === null ? null : durationOfSeconds(seconds)),
    amount,
    borrowerAmount,
  },
} satisfies Resolvers;
