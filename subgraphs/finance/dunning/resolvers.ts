import type { Resolvers } from '#generated/finance.ts';
import { page } from '#kernel/connection.ts';
import { Refused } from '#kernel/errors.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { readInvoice } from '../invoice/queries.ts';
import { readLegalEntity } from '../legalEntity/queries.ts';
import { acknowledgeDunningDelivery, failDunningDelivery, holdDunning, resumeDunning, setDunningPolicy } from './commands.ts';
import { dunningNoticeMachine } from './machine.ts';
import { dunningNoticeList, noticesOfInvoices, readDunning, readDunningNotice, readDunningPolicy } from './queries.ts';

const onInvoice = mutationsOf('invoice', readInvoice);
const onNotice = mutationsOf('dunningNotice', readDunningNotice);

export const dunningResolvers = {
  Query: {
    dunningNotice: async (_, { id }, context) => (await readDunningNotice(context, id)) ?? null,
    dunningNotices: (_, args, context) => page(context, dunningNoticeList, args),
  },
  Mutation: {
    setDunningPolicy: mutationsOf('legalEntity', readLegalEntity).one('setDunningPolicy', setDunningPolicy),
    holdDunning: onInvoice.one('holdDunning', holdDunning),
    resumeDunning: onInvoice.one('resumeDunning', resumeDunning),
    acknowledgeDunningDelivery: onNotice.one('acknowledgeDunningDelivery', acknowledgeDunningDelivery),
    failDunningDelivery: onNotice.one('failDunningDelivery', failDunningDelivery),
  },
  LegalEntity: { dunningPolicy: async ({ id }, _, context) => (await readDunningPolicy(context, id)) ?? null },
  DunningPolicy: { levels: ({ levels }) => levels.map((each, index) => ({ ...each, level: index + 1 })) },
  Invoice: {
    dunning: (invoice, _, context) => readDunning(context, invoice),
    dunningNotices: async ({ id }, _, context) => (await context.load(noticesOfInvoices, id)) ?? [],
  },
  DunningNotice: {
    __resolveReference: async ({ id }, context) => (await readDunningNotice(context, id)) ?? null,
    invoice: async ({ invoiceId }, _, context) => {
      const found = await readInvoice(context, invoiceId);
      if (!found) throw new Refused('NOT_FOUND', 'There is no such invoice, or you may not know of it.');
      return found;
    },
    open: ({ openMinor, currency }) => showMoney({ minor: openMinor, currency }),
    availableActions: (row, _, { actor }) => availableActions(dunningNoticeMachine, row, actor),
  },
} satisfies Resolvers;
