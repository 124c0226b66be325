import type { Resolvers } from '#generated/finance.ts';
import { Refused } from '#kernel/errors.ts';
import { availableActions } from '#kernel/machine.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { readInvoice } from '../invoice/queries.ts';
import { acknowledgeInvoiceDelivery, failInvoiceDelivery } from './commands.ts';
import { fileOf } from './files.ts';
import { invoiceDocumentMachine } from './machine.ts';
import { documentsOfInvoices, readEInvoice, readInvoiceDocument } from './queries.ts';

const on = mutationsOf('invoice', readInvoice);
const address =
  (extension: string) =>
  ({ invoiceId }: { invoiceId: string }) =>
    `/documents/invoices/${invoiceId}.${extension}`;

export const documentResolvers = {
  Mutation: {
    acknowledgeInvoiceDelivery: on.one('acknowledgeInvoiceDelivery', acknowledgeInvoiceDelivery),
    failInvoiceDelivery: on.one('failInvoiceDelivery', failInvoiceDelivery),
  },
  Invoice: {
    document: async ({ id, number }, _, context) => (number ? ((await context.load(documentsOfInvoices, id)) ?? null) : null),
    eInvoice: (invoice, { profile }, context) => readEInvoice(context, invoice, profile),
  },
  InvoiceDocument: {
    __resolveReference: async ({ id }, context) => (await readInvoiceDocument(context, id)) ?? null,
    invoice: async ({ invoiceId }, _, context) => {
      const found = await readInvoice(context, invoiceId);
      if (!found) throw new Refused('NOT_FOUND', 'There is no such invoice, or you may not know of it.');
      return found;
    },
    html: address('html'),
    pdf: address('pdf'),
    xml: address('xml'),
    file: ({ invoiceId }, { format }, context) => fileOf(context, invoiceId, format),
    availableActions: (row, _, { actor }) => availableActions(invoiceDocumentMachine, row, actor),
  },
} satisfies Resolvers;
