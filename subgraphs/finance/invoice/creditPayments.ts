import type { Draft } from '#kernel/draft.ts';
import { showMoney } from '#kernel/money.ts';
import { type CalendarDate, demandNotBefore } from '#kernel/period.ts';
import type { PeriodJudge } from '../journal/periods.ts';
import { settleInvoices } from '../payment/apply.ts';
import { type LoadedEntries, lastPosted, takeOff } from '../payment/takeOff.ts';
import { freePayment } from '../payment/unapply.ts';
import type { InvoiceRow, PaymentApplicationRow, PaymentRow } from '../tables.ts';

/** What settled invoices whose callers want it off: payments are locked before the invoices, as applying them does. */
export type LoadedSettlements = {
  payments: Map<string, PaymentRow>;
  applications: readonly PaymentApplicationRow[];
  settling: LoadedEntries;
  periods: PeriodJudge;
};

type Freeing = { before: InvoiceRow; excess: bigint; reason: string; on: CalendarDate };

/** The invoice without what payments settled beyond what is left of it: that is the customer's credit again, for another invoice or to be paid back. */
export function freed(draft: Draft, loaded: LoadedSettlements, { before, excess, reason, on }: Freeing): InvoiceRow {
  const taken = latestOver(
    loaded.applications.filter(({ invoiceId }) => invoiceId === before.id),
    excess,
  );
  let invoice = before;
  for (const [paymentId, applications] of Map.groupBy(taken, (each) => each.paymentId)) {
    const payment = loaded.payments.get(paymentId);
    if (!payment) throw new Error('an application without its payment');
    demandNotBefore({ date: on, field: 'creditDate' }, { date: lastPosted(loaded.settling, applications, on), what: 'what payments settled of it' });
    const off = takeOff(draft, { ...loaded.settling, invoices: new Map([[invoice.id, invoice]]) }, { applications, postingDate: on });
    loaded.payments.set(paymentId, freePayment(draft, { payment, taken: off, reason }));
    invoice = off[0]?.invoice ?? invoice;
  }
  const beyond = sum(taken) - excess;
  return beyond > 0n ? settledAgain(draft, loaded, { invoice, paymentId: taken.at(-1)?.paymentId ?? '', minor: beyond, on }) : invoice;
}

/** The latest applications that come to an amount or more: the one that goes beyond it is the last. */
function latestOver(applications: readonly PaymentApplicationRow[], minor: bigint): PaymentApplicationRow[] {
  const taken: PaymentApplicationRow[] = [];
  for (const each of applications.toReversed()) {
    if (sum(taken) >= minor) break;
    taken.push(each);
  }
  return taken;
}

function sum(applications: readonly PaymentApplicationRow[]): bigint {
  return applications.reduce((total, each) => total + each.amountMinor, 0n);
}

type Again = { invoice: InvoiceRow; paymentId: string; minor: bigint; on: CalendarDate };

/** Applications are taken off whole: what the last one settled of what is left is applied anew. */
function settledAgain(draft: Draft, loaded: LoadedSettlements, { invoice, paymentId, minor, on }: Again): InvoiceRow {
  const payment = loaded.payments.get(paymentId);
  if (!payment) throw new Error('an application without its payment');
  const inputs = [{ invoiceId: invoice.id, amount: showMoney({ minor, currency: invoice.currency }) }];
  const settled = settleInvoices(draft, { invoices: new Map([[invoice.id, invoice]]), periods: loaded.periods }, { payment, inputs, earliest: on });
  loaded.payments.set(paymentId, settled.payment);
  return settled.invoices[0] ?? invoice;
}
