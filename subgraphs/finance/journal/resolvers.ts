import type { Resolvers } from '#generated/finance.ts';
import { page, pageOf } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { readInvoice } from '../invoice/queries.ts';
import { legalEntityOf, readLegalEntity } from '../legalEntity/queries.ts';
import { readPayment } from '../payment/queries.ts';
import { readRevenueEvent } from '../revenue/queries.ts';
import type { LegalEntityRow } from '../tables.ts';
import { createJournalEntry, postJournalEntry, reverseJournalEntry, updateJournalEntry } from './commands.ts';
import { journalEntryMachine } from './machine.ts';
import { journalEntryList, linesOfEntry, readDifference, readJournalEntry, readJournalLine, sumAccounts } from './queries.ts';

const on = mutationsOf('journalEntry', readJournalEntry);

const stub = (id: string | null) => (id ? { id } : null);

async function trialBalance(context: Context, legalEntity: LegalEntityRow, asOf: string | null) {
  const sums = await sumAccounts(context, legalEntity.id, asOf);
  const currencies = [...new Set(sums.map((sum) => sum.currency))];
  return {
    legalEntity,
    asOf,
    accounts: sums.map(({ account, currency, debitMinor, creditMinor }) => ({
      account,
      debit: showMoney({ minor: debitMinor, currency }),
      credit: showMoney({ minor: creditMinor, currency }),
      balance: showMoney({ minor: debitMinor - creditMinor, currency }),
    })),
    sums: currencies.map((currency) => {
      const own = sums.filter((sum) => sum.currency === currency);
      return showMoney({ minor: own.reduce((total, sum) => total + sum.debitMinor - sum.creditMinor, 0n), currency });
    }),
  };
}

export const journalResolvers = {
  Query: {
    journalEntry: async (_, { id }, context) => (await readJournalEntry(context, id)) ?? null,
    journalEntries: (_, args, context) => page(context, journalEntryList, args),
    trialBalance: async (_, { legalEntityId, asOf }, context) => {
      const legalEntity = await readLegalEntity(context, legalEntityId);
      return legalEntity ? trialBalance(context, legalEntity, asOf ?? null) : null;
    },
  },
  Mutation: {
    createJournalEntry: on.one('createJournalEntry', createJournalEntry),
    updateJournalEntry: on.one('updateJournalEntry', updateJournalEntry),
    postJournalEntry: on.one('postJournalEntry', postJournalEntry),
    reverseJournalEntry: on.one('reverseJournalEntry', reverseJournalEntry),
  },
  JournalEntry: {
    __resolveReference: async ({ id }, context) => (await readJournalEntry(context, id)) ?? null,
    legalEntity: ({ legalEntityId }, _, context) => legalEntityOf(context, legalEntityId),
    customer: ({ customerId }) => stub(customerId),
    invoice: async ({ invoiceId }, _, context) => (invoiceId ? ((await readInvoice(context, invoiceId)) ?? null) : null),
    payment: async ({ paymentId }, _, context) => (paymentId ? ((await readPayment(context, paymentId)) ?? null) : null),
    revenueEvent: async ({ revenueEventId }, _, context) => (revenueEventId ? ((await readRevenueEvent(context, revenueEventId)) ?? null) : null),
    reverses: async ({ reversesId }, _, context) => (reversesId ? ((await readJournalEntry(context, reversesId)) ?? null) : null),
    reversedBy: async ({ reversedById }, _, context) => (reversedById ? ((await readJournalEntry(context, reversedById)) ?? null) : null),
    lines: ({ id }, args, context) => pageOf(context, linesOfEntry, { parentId: id, args }),
    availableActions: async (entry, _, context) => {
      const subject = { ...entry, difference: await readDifference(context, entry) };
      return availableActions(journalEntryMachine, subject, context.actor);
    },
  },
  JournalLine: {
    __resolveReference: async ({ id }, context) => (await readJournalLine(context, id)) ?? null,
    journalEntry: async ({ journalEntryId }, _, context) => needed(await readJournalEntry(context, journalEntryId)),
    legalEntity: ({ legalEntityId }, _, context) => legalEntityOf(context, legalEntityId),
    debit: ({ debitMinor, currency }) => showMoney({ minor: debitMinor, currency }),
    credit: ({ creditMinor, currency }) => showMoney({ minor: creditMinor, currency }),
    contract: ({ contractId }) => stub(contractId),
    project: ({ projectId }) => stub(projectId),
  },
} satisfies Resolvers;

/** What a foreign key promises. */
function needed<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error('a foreign key leads nowhere');
  return row;
}
