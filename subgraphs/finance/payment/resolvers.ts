import type { Resolvers } from '#generated/finance.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { Refused } from '#kernel/errors.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { readInvoice } from '../invoice/queries.ts';
import { readJournalEntry } from '../journal/queries.ts';
import { legalEntityOf } from '../legalEntity/queries.ts';
import { applyPayment, recordPayments, refundPayment, reversePayment, reverseRefund, unapplyPayment, updatePayment } from './commands.ts';
import { paymentMachine } from './machine.ts';
import {
  applicationsOfPayment,
  paymentList,
  paymentRefs,
  paymentsOfCustomer,
  readPayment,
  readPaymentApplication,
  readPaymentRefund,
  refundsOfPayment,
  unappliedMinor,
} from './queries.ts';

const on = mutationsOf('payment', readPayment);
/** What an item may name by another system's reference. */
const pointers = { customer: 'Customer!', legalEntity: 'LegalEntity!' } as const;

function needed<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Refused('NOT_FOUND', 'There is no such thing, or you may not know of it.');
  return row;
}

export const paymentResolvers = {
  Query: {
    payment: async (_, { id }, context) => (await readPayment(context, id)) ?? null,
    payments: (_, args, context) => page(context, paymentList, args),
  },
  Mutation: {
    recordPayment: on.one('recordPayment', recordPayments, pointers),
    recordPayments: on.bulk('recordPayments', recordPayments, pointers),
    updatePayment: on.one('updatePayment', updatePayment),
    applyPayment: on.one('applyPayment', applyPayment),
    unapplyPayment: on.one('unapplyPayment', unapplyPayment),
    refundPayment: on.one('refundPayment', refundPayment),
    reverseRefund: on.one('reverseRefund', reverseRefund),
    reversePayment: on.one('reversePayment', reversePayment),
  },
  Customer: { payments: ({ id }, args, context) => pageOf(context, paymentsOfCustomer, { parentId: id, args }) },
  Payment: {
    __resolveReference: async ({ id }, context) => (await readPayment(context, id)) ?? null,
    customer: ({ customerId }) => ({ id: customerId }),
    legalEntity: ({ legalEntityId }, _, context) => legalEntityOf(context, legalEntityId),
    amount: ({ amountMinor, currency }) => showMoney({ minor: amountMinor, currency }),
    applied: ({ appliedMinor, currency }) => showMoney({ minor: appliedMinor, currency }),
    refunded: ({ refundedMinor, currency }) => showMoney({ minor: refundedMinor, currency }),
    unapplied: (payment) => showMoney({ minor: unappliedMinor(payment), currency: payment.currency }),
    applications: ({ id }, args, context) => pageOf(context, applicationsOfPayment, { parentId: id, args }),
    refunds: ({ id }, args, context) => pageOf(context, refundsOfPayment, { parentId: id, args }),
    journalEntry: async ({ journalEntryId }, _, context) => (await readJournalEntry(context, journalEntryId)) ?? null,
    externalRefs: async ({ id }, _, context) => (await context.load(paymentRefs, id)) ?? [],
    availableActions: (payment, _, { actor }) => availableActions(paymentMachine, payment, actor),
  },
  PaymentApplication: {
    __resolveReference: async ({ id }, context) => (await readPaymentApplication(context, id)) ?? null,
    payment: async ({ paymentId }, _, context) => needed(await readPayment(context, paymentId)),
    invoice: async ({ invoiceId }, _, context) => needed(await readInvoice(context, invoiceId)),
    amount: ({ amountMinor, currency }) => showMoney({ minor: amountMinor, currency }),
    journalEntry: async ({ journalEntryId }, _, context) => (await readJournalEntry(context, journalEntryId)) ?? null,
  },
  PaymentRefund: {
    __resolveReference: async ({ id }, context) => (await readPaymentRefund(context, id)) ?? null,
    payment: async ({ paymentId }, _, context) => needed(await readPayment(context, paymentId)),
    amount: ({ amountMinor, currency }) => showMoney({ minor: amountMinor, currency }),
    journalEntry: async ({ journalEntryId }, _, context) => (await readJournalEntry(context, journalEntryId)) ?? null,
  },
} satisfies Resolvers;
