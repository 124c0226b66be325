import type { InvoiceActionInput, UpdateInvoiceInput } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { linkExternalRefs } from '#kernel/external.ts';
import { record } from '#kernel/facts.ts';
import { checkText, given } from '#kernel/input.ts';
import { stepTo } from '#kernel/machine.ts';
import { addDays } from '#kernel/period.ts';
import { lockRow, saveRow } from '#kernel/rows.ts';
import { demandSeen } from '../known.ts';
import { facts } from '../published.ts';
import { externalRefs, type InvoiceRow, invoices } from '../tables.ts';
import { releaseActuals } from './ledger.ts';
import { invoiceMachine } from './machine.ts';
import { projectsOfInvoices } from './queries.ts';
import { invoiceKeys, invoiceSnapshot } from './tell.ts';

/** The invoice, locked, if the actor may know of it. */
export async function lockInvoice(scope: Scope, input: { id: string; expectedVersion?: number | null | undefined }): Promise<InvoiceRow> {
  const invoice = await lockRow(scope, invoices, { entity: 'Invoice', ...input });
  demandSeen(scope, { entity: 'Invoice', id: invoice.id, customerId: invoice.customerId });
  return invoice;
}

/** Changes what an invoice says beside its amounts. External references may be added at any time. */
export async function updateInvoice(scope: Scope, input: UpdateInvoiceInput): Promise<InvoiceRow> {
  demand(scope.actor, 'invoice:write');
  const { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields } = input;
  const before = await lockInvoice(scope, { id, expectedVersion });
  await linkExternalRefs(scope, externalRefs, { entityType: 'Invoice', links: [{ entityId: before.id, refs: refs ?? [] }] });
  const changes = given(fields);
  if (Object.keys(changes).length === 0) return before;
  stepTo(invoiceMachine, { subject: before, action: 'update', actor: scope.actor, to: before.status });
  const { invoiceDate, purchaseOrderNumber, note } = changes;
  if (invoiceDate === null) throw new Refused('VALIDATION_FAILED', 'An invoice has a date.', { field: 'invoiceDate' });
  if (purchaseOrderNumber) checkText('purchaseOrderNumber', purchaseOrderNumber);
  if (note) checkText('note', note, 2000);
  return saveRow(scope, invoices, { row: before, changes: { ...changes, ...(invoiceDate ? { dueDate: addDays(invoiceDate, before.paymentTermDays) } : {}) } });
}

/** DRAFT or VALIDATED to CANCELLED; its actuals are READY again. */
export async function cancelInvoice(scope: Scope, input: InvoiceActionInput): Promise<InvoiceRow> {
  const before = await lockInvoice(scope, input);
  const status = stepTo(invoiceMachine, { subject: before, action: 'cancel', actor: scope.actor });
  const projectIds = await projectsOfInvoices(scope.tx, [before.id]);
  await releaseActuals(scope, [before]);
  const cancelled = await saveRow(scope, invoices, { row: before, changes: { status } });
  await record(scope, facts.InvoiceCancelled, { subject: cancelled, keys: invoiceKeys(cancelled), payload: { ...invoiceSnapshot(cancelled), projectIds } });
  return cancelled;
}
