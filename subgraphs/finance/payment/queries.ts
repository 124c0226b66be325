import type {
  PaymentApplicationFilter,
  PaymentApplicationOrderField,
  PaymentFilter,
  PaymentOrderField,
  PaymentRefundFilter,
  PaymentRefundOrderField,
} from '#generated/finance.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { gte, ilike, isNotNull, isNull, lte, sql } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { externalRefs, type PaymentApplicationRow, type PaymentRefundRow, type PaymentRow, paymentApplications, paymentRefunds, payments } from '../tables.ts';

const paymentsById = visibleById(payments, 'payment:read');

/** A payment, if there is one that the actor may know of. */
export function readPayment(context: Context, id: string): Promise<PaymentRow | undefined> {
  return context.load(paymentsById, id);
}

const applicationsById = visibleById(paymentApplications, 'payment:read');

/** A payment's application, if there is one that the actor may know of. */
export function readPaymentApplication(context: Context, id: string): Promise<PaymentApplicationRow | undefined> {
  return context.load(applicationsById, id);
}

export const paymentRefs = externalRefsOf(externalRefs, 'Payment');

/** The customer's credit that is left of it. */
export function unappliedMinor(payment: PaymentRow): bigint {
  return payment.status === 'REVERSED' ? 0n : payment.amountMinor - payment.appliedMinor - payment.refundedMinor;
}

/** The index of payments with something left names these states. */
export const hasCredit = sql`${payments.status} in ('RECEIVED', 'PARTLY_APPLIED')`;

export const paymentList: List<typeof payments, PaymentFilter, PaymentOrderField> = {
  table: payments,
  read: 'payment:read',
  orders: { RECEIVED_ON: payments.receivedOn, AMOUNT: payments.amountMinor, CREATED_AT: payments.createdAt, UPDATED_AT: payments.updatedAt },
  defaultOrder: { field: 'RECEIVED_ON', direction: 'DESC' },
  filter: (filter) => [
    changedSince(payments, filter.updatedSince),
    wordIn(payments.status, filter.statuses),
    idIn(payments.customerId, filter.customerIds),
    idIn(payments.legalEntityId, filter.legalEntityIds),
    wordIn(payments.method, filter.methods),
    filter.receivedFrom ? gte(payments.receivedOn, filter.receivedFrom) : undefined,
    filter.receivedTo ? lte(payments.receivedOn, filter.receivedTo) : undefined,
    typeof filter.unapplied === 'boolean' ? sql`(${hasCredit}) = ${filter.unapplied}` : undefined,
    filter.referenceContains ? ilike(payments.reference, containing(filter.referenceContains)) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'Payment', id: payments.id }, filter.externalRefs),
  ],
};

export const paymentsOfCustomer = childList(paymentList, payments.customerId);

const applicationList: List<typeof paymentApplications, PaymentApplicationFilter, PaymentApplicationOrderField> = {
  table: paymentApplications,
  read: 'payment:read',
  orders: { APPLIED_ON: paymentApplications.appliedOn, AMOUNT: paymentApplications.amountMinor },
  defaultOrder: { field: 'APPLIED_ON', direction: 'ASC' },
  filter: (filter) => {
    if (typeof filter.reversed !== 'boolean') return [];
    return [filter.reversed ? isNotNull(paymentApplications.reversedAt) : isNull(paymentApplications.reversedAt)];
  },
};

const refundsById = visibleById(paymentRefunds, 'payment:read');

/** A payment's refund, if there is one that the actor may know of. */
export function readPaymentRefund(context: Context, id: string): Promise<PaymentRefundRow | undefined> {
  return context.load(refundsById, id);
}

const refundList: List<typeof paymentRefunds, PaymentRefundFilter, PaymentRefundOrderField> = {
  table: paymentRefunds,
  read: 'payment:read',
  orders: { REFUNDED_ON: paymentRefunds.refundedOn, AMOUNT: paymentRefunds.amountMinor },
  defaultOrder: { field: 'REFUNDED_ON', direction: 'ASC' },
  filter: ({ reversed }) => (typeof reversed === 'boolean' ? [reversed ? isNotNull(paymentRefunds.reversedAt) : isNull(paymentRefunds.reversedAt)] : []),
};

export const refundsOfPayment = childList(refundList, paymentRefunds.paymentId);

export const applicationsOfPayment = childList(applicationList, paymentApplications.paymentId);
export const applicationsOfInvoice = childList(applicationList, paymentApplications.invoiceId);
