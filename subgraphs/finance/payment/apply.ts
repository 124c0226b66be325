import { sql } from 'drizzle-orm';
import type { ApplyPaymentInput } from '#generated/finance.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { record } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import { stepTo } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { insertRows, lockRow } from '#kernel/rows.ts';
import { applicationEntry } from '../billing/entries.ts';
import { tellInvoices } from '../invoice/tell.ts';
import { holdPeriods } from '../journal/periods.ts';
import { postEntries } from '../journal/post.ts';
import { demandSeen } from '../known.ts';
import { facts } from '../published.ts';
import { type PaymentRow, paymentApplications, payments } from '../tables.ts';
import { appliedStatus, paymentMachine } from './machine.ts';
import { type Balances, lockBalances, type Share, shareOut, writeBalances } from './settle.ts';
import { paymentSnapshot } from './tell.ts';

/** The payment, locked, if the actor may know of it. */
export async function lockPayment(scope: Scope, input: { id: string; expectedVersion?: number | null | undefined }): Promise<PaymentRow> {
  const payment = await lockRow(scope, payments, { entity: 'Payment', ...input });
  demandSeen(scope, { entity: 'Payment', id: payment.id, customerId: payment.customerId });
  return payment;
}

/** Settles invoices with what a payment has left. */
export async function applyPayment(scope: Scope, input: ApplyPaymentInput): Promise<PaymentRow> {
  const payment = await lockPayment(scope, input);
  if (input.applications.length === 0) throw new Refused('VALIDATION_FAILED', 'Say which invoices the payment settles.', { field: 'applications' });
  const balances = await lockBalances(
    scope,
    input.applications.map((each) => each.invoiceId),
  );
  const shares = shareOut(scope, { payer: payment, inputs: input.applications, balances });
  const day = { legalEntityId: payment.legalEntityId, date: input.appliedOn ?? dateOf(scope.now) };
  const closed = (await holdPeriods(scope, [day]))(day, 'appliedOn');
  if (closed) throw closed;
  const [applied] = await writeShares(scope, [settle(scope, { payment, shares, appliedOn: day.date })], balances);
  return applied ?? payment;
}

/** A payment, what it settles, and its state after that. */
export type Settlement = { payment: PaymentRow; shares: Share[]; appliedOn: CalendarDate; appliedMinor: bigint; status: PaymentRow['status'] };

/** Asks the payment's machine; refusals are thrown. */
export function settle(scope: Scope, wanted: { payment: PaymentRow; shares: Share[]; appliedOn: CalendarDate }): Settlement {
  const { payment, shares } = wanted;
  const applyingMinor = shares.reduce((sum, share) => sum + share.minor, 0n);
  const appliedMinor = payment.appliedMinor + applyingMinor;
  const to = appliedMinor >= payment.amountMinor ? 'APPLIED' : 'PARTLY_APPLIED';
  stepTo(paymentMachine, { subject: { ...payment, applyingMinor }, action: 'apply', actor: scope.actor, to });
  return { ...wanted, appliedMinor, status: appliedStatus(payment.amountMinor, appliedMinor) };
}

/** Writes applications with their entries, payments, invoices and facts; gives the payments as they are now. */
export async function writeShares(scope: Scope, settlements: readonly Settlement[], balances: Balances): Promise<PaymentRow[]> {
  const planned = settlements.flatMap(({ payment, shares, appliedOn }) => shares.map((share) => ({ payment, share, appliedOn })));
  const entries = await postEntries(
    scope,
    planned.map(({ payment, share: { invoice, minor }, appliedOn }) => {
      const { id: paymentId, legalEntityId, customerId } = payment;
      const about = { legalEntityId, customerId, paymentId, invoiceId: invoice.id, postingDate: appliedOn };
      return {
        ...about,
        description: `Payment applied to ${invoice.number}`,
        source: 'PAYMENT_APPLICATION' as const,
        lines: applicationEntry(payment, invoice, minor),
      };
    }),
  );
  await insertRows(
    scope,
    paymentApplications,
    planned.map(({ payment, share, appliedOn }, index) => {
      const { id: paymentId, customerId, currency } = payment;
      const about = { paymentId, invoiceId: share.invoice.id, customerId, currency, appliedOn, journalEntryId: entries[index]?.id ?? '' };
      return { id: newId(scope.now.getTime()), ...about, amountMinor: share.minor };
    }),
  );
  const applied = await writePayments(scope, settlements);
  await tell(scope, settlements, applied);
  const settled = await writeBalances(scope, balances);
  await tellInvoices(
    scope,
    'InvoicePaid',
    settled.filter((invoice) => invoice.status === 'PAID'),
  );
  return applied;
}

async function writePayments(scope: Scope, settlements: readonly Settlement[]): Promise<PaymentRow[]> {
  const ids = sql.param(settlements.map(({ payment }) => payment.id));
  const applied = sql.param(settlements.map(({ appliedMinor }) => appliedMinor.toString()));
  const states = sql.param(settlements.map(({ status }) => status));
  await scope.tx.execute(sql`
    update finance.payment set applied_minor = settled.applied, status = settled.state, version = version + 1, updated_at = ${scope.now.toISOString()}
    from unnest(${ids}::uuid[], ${applied}::bigint[], ${states}::text[]) as settled(payment_id, applied, state) where id = settled.payment_id`);
  return settlements.map(({ payment, appliedMinor, status }) => ({ ...payment, appliedMinor, status, version: payment.version + 1 }));
}

async function tell(scope: Scope, settlements: readonly Settlement[], applied: readonly PaymentRow[]): Promise<void> {
  const stated = settlements.flatMap(({ shares }, index) => {
    const payment = applied[index];
    if (!payment) return [];
    return shares.map(({ invoice, minor }) => ({
      subject: payment,
      keys: { customerId: payment.customerId, engagementId: invoice.engagementId, legalEntityId: payment.legalEntityId },
      payload: { ...paymentSnapshot(payment), invoiceId: invoice.id, applied: showMoney({ minor, currency: payment.currency }) },
    }));
  });
  await record(scope, facts.PaymentApplied, stated);
}
