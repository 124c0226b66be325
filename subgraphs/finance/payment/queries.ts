import { gte, ilike, inArray, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm';
import type { PaymentApplicationFilter, PaymentApplicationOrderField, PaymentFilter, PaymentOrderField } from '#generated/finance.ts';
import { type Actor, customerScope, demand, seesCustomer } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { containing } from '#kernel/input.ts';
import { rowsById } from '#kernel/rows.ts';
import { externalRefs, type PaymentApplicationRow, type PaymentRow, paymentApplications, payments } from '../tables.ts';

async function paymentsById(context: Context, ids: readonly string[]): Promise<Map<string, PaymentRow>> {
  demand(context.actor, 'payment:read');
  const rows = await rowsById(context.db, payments, ids);
  for (const [id, row] of rows) if (!seesCustomer(context.actor, row.customerId)) rows.delete(id);
  return rows;
}

/** A payment, if there is one that the actor may know of. */
export function readPayment(context: Context, id: string): Promise<PaymentRow | undefined> {
  return context.load(paymentsById, id);
}

async function applicationsById(context: Context, ids: readonly string[]): Promise<Map<string, PaymentApplicationRow>> {
  demand(context.actor, 'payment:read');
  const rows = await rowsById(context.db, paymentApplications, ids);
  for (const [id, row] of rows) if (!seesCustomer(context.actor, row.customerId)) rows.delete(id);
  return rows;
}

/** A payment's application, if there is one that the actor may know of. */
export function readPaymentApplication(context: Context, id: string): Promise<PaymentApplicationRow | undefined> {
  return context.load(applicationsById, id);
}

export const paymentRefs = externalRefsOf(externalRefs, 'Payment');

/** The customer's credit that is left of it. */
export function unappliedMinor(payment: PaymentRow): bigint {
  return payment.status === 'REVERSED' ? 0n : payment.amountMinor - payment.appliedMinor;
}

function inScope(actor: Actor, customerId: typeof payments.customerId | typeof paymentApplications.customerId): SQL | undefined {
  const ids = customerScope(actor);
  return ids ? inArray(customerId, [...ids]) : undefined;
}

const hasCredit = sql`${payments.status} in ('RECEIVED', 'PARTLY_APPLIED')`;

export const paymentList: List<typeof payments, PaymentFilter, PaymentOrderField> = {
  table: payments,
  read: 'payment:read',
  orders: { RECEIVED_ON: payments.receivedOn, AMOUNT: payments.amountMinor, CREATED_AT: payments.createdAt },
  defaultOrder: { field: 'RECEIVED_ON', direction: 'DESC' },
  filter: (filter) => [
    filter.status ? inArray(payments.status, [...filter.status]) : undefined,
    filter.customerIds ? inArray(payments.customerId, filter.customerIds.filter(isId)) : undefined,
    filter.legalEntityIds ? inArray(payments.legalEntityId, filter.legalEntityIds.filter(isId)) : undefined,
    filter.method ? inArray(payments.method, [...filter.method]) : undefined,
    filter.receivedFrom ? gte(payments.receivedOn, filter.receivedFrom) : undefined,
    filter.receivedTo ? lte(payments.receivedOn, filter.receivedTo) : undefined,
    typeof filter.unapplied === 'boolean' ? sql`(${hasCredit}) = ${filter.unapplied}` : undefined,
    filter.referenceContains ? ilike(payments.reference, containing(filter.referenceContains)) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'Payment', id: payments.id }, filter.externalRefs),
  ],
  scope: (actor) => inScope(actor, payments.customerId),
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
  scope: (actor) => inScope(actor, paymentApplications.customerId),
};

export const applicationsOfPayment = childList(applicationList, paymentApplications.paymentId);
export const applicationsOfInvoice = childList(applicationList, paymentApplications.invoiceId);
