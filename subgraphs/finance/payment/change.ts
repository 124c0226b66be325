import { and, asc, eq, isNull } from 'drizzle-orm';
import type { ReversePaymentInput, UpdatePaymentInput } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { linkExternalRefs } from '#kernel/external.ts';
import { record } from '#kernel/facts.ts';
import { checkText, given } from '#kernel/input.ts';
import { stepTo } from '#kernel/machine.ts';
import { dateOf } from '#kernel/period.ts';
import { rowsById, saveRow, saveRows } from '#kernel/rows.ts';
import { invoiceMachine } from '../invoice/machine.ts';
import { holdPeriods } from '../journal/periods.ts';
import { reverseEntries } from '../journal/post.ts';
import { facts } from '../published.ts';
import { externalRefs, journalEntries, type PaymentRow, paymentApplications, payments } from '../tables.ts';
import { lockPayment } from './apply.ts';
import { paymentMachine } from './machine.ts';
import { type Balances, lockBalances, settledStatus, writeBalances } from './settle.ts';
import { paymentKeys, paymentSnapshot } from './tell.ts';

/** Changes what a payment says beside its amount. */
export async function updatePayment(scope: Scope, input: UpdatePaymentInput): Promise<PaymentRow> {
  demand(scope.actor, 'payment:write');
  const { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields } = input;
  const before = await lockPayment(scope, { id, expectedVersion });
  await linkExternalRefs(scope, externalRefs, { entityType: 'Payment', links: [{ entityId: before.id, refs: refs ?? [] }] });
  if (fields.reference) checkText('reference', fields.reference);
  if (fields.method === null) throw new Refused('VALIDATION_FAILED', 'A payment has a method; OTHER is one.', { field: 'method' });
  const changes = given(fields);
  return Object.keys(changes).length === 0 ? before : saveRow(scope, payments, { row: before, changes });
}

/** Takes a payment back: opposite entries for it and for all that it settled, whose invoices are open again. */
export async function reversePayment(scope: Scope, input: ReversePaymentInput): Promise<PaymentRow> {
  const before = await lockPayment(scope, input);
  const status = stepTo(paymentMachine, { subject: before, action: 'reverse', actor: scope.actor });
  const reversalReason = checkText('reason', input.reason);
  const day = { legalEntityId: before.legalEntityId, date: input.reversedOn ?? dateOf(scope.now) };
  const applications = await scope.tx
    .select()
    .from(paymentApplications)
    .where(and(eq(paymentApplications.paymentId, before.id), isNull(paymentApplications.reversedAt)))
    .orderBy(asc(paymentApplications.id));
  const balances = await lockBalances(
    scope,
    applications.map((application) => application.invoiceId),
  );
  const closed = (await holdPeriods(scope, [day]))(day, 'reversedOn');
  if (closed) throw closed;
  for (const { invoiceId, amountMinor } of applications) unsettle(scope, { balances, invoiceId, amountMinor });
  await undo(scope, [before.journalEntryId, ...applications.map((application) => application.journalEntryId)], day.date);
  await saveRows(scope, paymentApplications, { rows: applications, changes: { reversedAt: scope.now } });
  await writeBalances(scope, balances);
  const reversed = await saveRow(scope, payments, { row: before, changes: { status, appliedMinor: 0n, reversalReason } });
  const payload = { ...paymentSnapshot(reversed), reason: reversalReason };
  await record(scope, facts.PaymentReversed, { subject: reversed, keys: paymentKeys(reversed), payload });
  return reversed;
}

function unsettle(scope: Scope, { balances, invoiceId, amountMinor }: { balances: Balances; invoiceId: string; amountMinor: bigint }): void {
  const balance = balances.get(invoiceId);
  if (!balance) throw new Error('an application without its invoice');
  const subject = { ...balance.invoice, status: settledStatus(balance.invoice, balance.paidMinor), paidMinor: balance.paidMinor };
  const left = balance.paidMinor - amountMinor;
  stepTo(invoiceMachine, { subject, action: 'unsettle', actor: scope.actor, to: left === 0n ? 'POSTED' : 'PARTLY_PAID' });
  balance.paidMinor = left;
}

async function undo(scope: Scope, entryIds: readonly string[], postingDate: string): Promise<void> {
  const entries = await rowsById(scope.tx, journalEntries, entryIds);
  await reverseEntries(
    scope,
    [...entries.values()].map((original) => ({ original, postingDate })),
  );
}
