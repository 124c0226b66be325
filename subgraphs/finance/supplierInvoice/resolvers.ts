import type { Resolvers } from '#generated/finance.ts';
import { may } from '#kernel/actor.ts';
import { page } from '#kernel/connection.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds } from '#kernel/duration.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { readJournalEntry } from '../journal/queries.ts';
import { legalEntityOf } from '../legalEntity/queries.ts';
import { seesCost } from '../visibility.ts';
import {
  approveSupplierInvoice,
  approveSupplierInvoiceDifferences,
  matchSupplierInvoice,
  postSupplierInvoice,
  recordSupplierInvoices,
  rejectSupplierInvoice,
} from './commands.ts';
import { supplierInvoiceMachine } from './machine.ts';
import { linesBatch, readSupplierInvoice, standingBatch, subjectsBatch, supplierInvoiceList, supplierInvoiceRefs } from './queries.ts';
import { usageBatch } from './usage.ts';

const on = mutationsOf('supplierInvoice', readSupplierInvoice);

export const supplierInvoiceResolvers = {
  Query: {
    supplierInvoice: async (_, { id }, context) => (await readSupplierInvoice(context, id)) ?? null,
    supplierInvoices: (_, args, context) => page(context, supplierInvoiceList, args),
  },
  Mutation: {
    recordSupplierInvoices: on.bulk('recordSupplierInvoices', recordSupplierInvoices, { subcontractor: 'Subcontractor!', 'lines.subcontract': 'Subcontract!' }),
    matchSupplierInvoice: on.one('matchSupplierInvoice', matchSupplierInvoice),
    approveSupplierInvoice: on.one('approveSupplierInvoice', approveSupplierInvoice),
    approveSupplierInvoiceDifferences: on.one('approveSupplierInvoiceDifferences', approveSupplierInvoiceDifferences),
    rejectSupplierInvoice: on.one('rejectSupplierInvoice', rejectSupplierInvoice),
    postSupplierInvoice: on.one('postSupplierInvoice', postSupplierInvoice),
  },
  SupplierInvoice: {
    __resolveReference: async ({ id }, context) => (await readSupplierInvoice(context, id)) ?? null,
    subcontractor: ({ subcontractorId }) => ({ id: subcontractorId }),
    legalEntity: ({ legalEntityId }, _, context) => legalEntityOf(context, legalEntityId),
    total: ({ totalMinor, currency }) => showMoney({ minor: totalMinor, currency }),
    lines: async ({ id }, _, context) => (await context.load(linesBatch, id)) ?? [],
    journalEntry: async ({ journalEntryId }, _, context) =>
      journalEntryId && may(context.actor, 'journal:read') ? ((await readJournalEntry(context, journalEntryId)) ?? null) : null,
    externalRefs: async ({ id }, _, context) => (await context.load(supplierInvoiceRefs, id)) ?? [],
    availableActions: async (row, _, context) => {
      const subject = await context.load(subjectsBatch, row.id);
      return subject ? availableActions(supplierInvoiceMachine, subject(row), context.actor) : [];
    },
  },
  SupplierInvoiceLine: {
    subcontractLine: ({ subcontractLineId }) => ({ id: subcontractLineId }),
    hours: ({ seconds }) => hoursOfSeconds(seconds),
    duration: ({ seconds }) => durationOfSeconds(seconds),
    unitRate: ({ rateMinor, currency }) => showMoney({ minor: rateMinor, currency }),
    amount: ({ amountMinor, currency }) => showMoney({ minor: amountMinor, currency }),
    matchedHours: async ({ id, supplierInvoiceId }, _, context) => hoursOfSeconds((await context.load(standingBatch, supplierInvoiceId))?.get(id) ?? 0n),
    matchedDuration: async ({ id, supplierInvoiceId }, _, context) => durationOfSeconds((await context.load(standingBatch, supplierInvoiceId))?.get(id) ?? 0n),
    differences: ({ differences, currency }) =>
      differences.map(({ code, message, minor }) => ({ code, message, amount: showMoney({ minor: BigInt(minor), currency }) })),
  },
  SubcontractLine: {
    usage: async ({ id }, _, context) => (seesCost(context.actor) ? ((await context.load(usageBatch, id)) ?? null) : null),
  },
} satisfies Resolvers;
