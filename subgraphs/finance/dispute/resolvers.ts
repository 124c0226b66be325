import type { Resolvers } from '#generated/finance.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { Refused } from '#kernel/errors.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { readInvoice, readInvoiceLine } from '../invoice/queries.ts';
import { disputeInvoice, resolveDispute, withdrawDispute } from './commands.ts';
import { disputeMachine } from './machine.ts';
import { disputedMinor, disputeList, disputesOfInvoice, readDispute } from './queries.ts';

const on = mutationsOf('dispute', readDispute);

export const disputeResolvers = {
  Query: {
    dispute: async (_, { id }, context) => (await readDispute(context, id)) ?? null,
    disputes: (_, args, context) => page(context, disputeList, args),
  },
  Mutation: {
    disputeInvoice: on.one('disputeInvoice', disputeInvoice),
    resolveDispute: on.one('resolveDispute', resolveDispute),
    withdrawDispute: on.one('withdrawDispute', withdrawDispute),
  },
  Invoice: {
    disputed: async (invoice, _, context) => showMoney({ minor: await disputedMinor(context, invoice), currency: invoice.currency }),
    disputes: ({ id }, args, context) => pageOf(context, disputesOfInvoice, { parentId: id, args }),
  },
  Dispute: {
    __resolveReference: async ({ id }, context) => (await readDispute(context, id)) ?? null,
    invoice: async ({ invoiceId }, _, context) => {
      const found = await readInvoice(context, invoiceId);
      if (!found) throw new Refused('NOT_FOUND', 'There is no such invoice, or you may not know of it.');
      return found;
    },
    amount: ({ amountMinor, currency }) => showMoney({ minor: amountMinor, currency }),
    lines: async ({ lineIds }, _, context) => {
      const found = await Promise.all(lineIds.map((id) => readInvoiceLine(context, id)));
      return found.filter((line) => line !== undefined);
    },
    creditNote: async ({ creditNoteId }, _, context) => (creditNoteId ? ((await readInvoice(context, creditNoteId)) ?? null) : null),
    availableActions: (row, _, { actor }) => availableActions(disputeMachine, row, actor),
  },
} satisfies Resolvers;
