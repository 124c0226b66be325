import { showMoney } from '#kernel/money.ts';
import type { PaymentSnapshot } from '../published.ts';
import type { PaymentRow } from '../tables.ts';
import { unappliedMinor } from './queries.ts';

/** What is true of a payment now. */
export function paymentSnapshot(payment: PaymentRow): PaymentSnapshot {
  const { id, customerId, status, amountMinor, currency, receivedOn } = payment;
  const amount = showMoney({ minor: amountMinor, currency });
  return { paymentId: id, customerId, status, amount, unapplied: showMoney({ minor: unappliedMinor(payment), currency }), receivedOn };
}

/** The ids by which readers of the log find facts of a payment. */
export function paymentKeys({ customerId, legalEntityId }: PaymentRow) {
  return { customerId, legalEntityId };
}
