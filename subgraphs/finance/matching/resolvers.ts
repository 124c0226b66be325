import type { Resolvers } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Batch } from '#kernel/context.ts';
import { showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { isOutside } from '#kernel/visibility.ts';
import { readInvoice } from '../invoice/queries.ts';
import { readPayment } from '../payment/queries.ts';
import type { PaymentMatchRow, RemittanceLineRow } from '../tables.ts';
import { advicesOf, advisedOf } from './advice.ts';
import { matchesOfPayments } from './candidates.ts';
import { applyPaymentMatch, setRemittanceAdvice } from './commands.ts';
import { verdictOf } from './remittance.ts';

/** Batch: the matches of payments, as they are read. */
const matchesById: Batch<PaymentMatchRow[]> = async (context, ids) => {
  demand(context.actor, 'invoice:read');
  const read = await Promise.all(ids.map((id) => readPayment(context, id)));
  const payments = read.filter((payment) => payment !== undefined);
  const found = await matchesOfPayments(context.db, payments);
  return new Map(payments.map(({ id, currency }) => [id, (found.get(id) ?? []).map((match) => ({ ...match, currency }))]));
};

/** Batch: what customers said of payments, with what becomes of each line now. */
const adviceById: Batch<RemittanceLineRow[]> = async (context, ids) => {
  demand(context.actor, 'invoice:read');
  const read = await Promise.all(ids.map((id) => readPayment(context, id)));
  const payments = read.filter((payment) => payment !== undefined);
  const advices = await advicesOf(context.db, ids);
  const invoices = await advisedOf(context.db, payments, advices);
  return new Map(
    payments.map(({ id, currency }) => {
      const lines = (advices.get(id)?.lines ?? []).map((line) => {
        const invoice = invoices.get(id)?.get(line.number);
        return { number: line.number, minor: BigInt(line.minor), currency, verdict: verdictOf(line, currency, invoice), invoiceId: invoice?.id };
      });
      return [id, lines];
    }),
  );
};

const on = mutationsOf('payment', readPayment);

export const matchingResolvers = {
  Mutation: {
    applyPaymentMatch: on.one('applyPaymentMatch', applyPaymentMatch),
    setRemittanceAdvice: on.one('setRemittanceAdvice', setRemittanceAdvice),
  },
  Payment: {
    matches: async ({ id }, _, context) => (isOutside(context.actor) ? [] : ((await context.load(matchesById, id)) ?? [])),
    remittanceLines: async ({ id }, _, context) => (isOutside(context.actor) ? [] : ((await context.load(adviceById, id)) ?? [])),
  },
  RemittanceLine: {
    amount: ({ minor, currency }) => showMoney({ minor, currency }),
    invoice: async ({ invoiceId }, _, context) => (invoiceId ? ((await readInvoice(context, invoiceId)) ?? null) : null),
  },
  PaymentMatch: {
    applications: async ({ shares, currency }, _, context) => {
      const found = await Promise.all(shares.map(async ({ invoiceId, minor }) => ({ minor, invoice: await readInvoice(context, invoiceId) })));
      return found.flatMap(({ invoice, minor }) => (invoice ? [{ invoice, amount: showMoney({ minor, currency }) }] : []));
    },
    unapplied: ({ leftMinor, currency }) => showMoney({ minor: leftMinor, currency }),
  },
} satisfies Resolvers;
