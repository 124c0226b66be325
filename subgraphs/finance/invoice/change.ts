import type { InvoiceActionInput, UpdateInvoiceInput } from '#generated/finance.ts';
import { type Command, executeOne } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines, checkText, given } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import { addDays } from '#kernel/period.ts';
import { invoice } from '../entities.ts';
import { facts } from '../published.ts';
import { externalRefs } from '../tables.ts';
import { letGo } from './claims.ts';
import { invoiceKeys, invoiceSnapshot } from './facts.ts';
import { releaseActuals } from './ledger.ts';
import { demandInvoice, type LoadedInvoices, loadInvoices } from './load.ts';
import { invoiceMachine } from './machine.ts';
import { projectsOfInvoices } from './queries.ts';

/** Changes what an invoice says beside its amounts. External references may be added at any time. */
export const updateInvoice: Command<UpdateInvoiceInput, LoadedInvoices> = {
  may: invoiceMachine.actions.update.may,
  entities: [invoice],
  load: loadInvoices,
  decide: (loaded, input, context) => {
    const before = demandInvoice(loaded, input, context.actor);
    const { invoiceDate } = input;
    const purchaseOrderNumber = input.purchaseOrderNumber ? checkText('purchaseOrderNumber', input.purchaseOrderNumber) : input.purchaseOrderNumber;
    const note = input.note ? checkLines('note', input.note, 2000) : input.note;
    const changes = given({ invoiceDate, purchaseOrderNumber, note });
    const draft = openDraft(context);
    draft.link({ refs: externalRefs, entity: invoice, id: before.id }, input.externalRefs);
    if (Object.keys(changes).length === 0) return draft.done(before.id);
    const by = step(invoiceMachine, { subject: before, action: 'update', actor: context.actor });
    if (invoiceDate === null) throw new Refused('VALIDATION_FAILED', 'An invoice has a date.', { field: 'invoiceDate' });
    const dates = invoiceDate ? { invoiceDate, dueDate: addDays(invoiceDate, before.paymentTermDays) } : {};
    draft.update(invoice, before, { changes: { purchaseOrderNumber, note, ...dates }, by });
    return draft.done(before.id);
  },
};

type Cancelling = LoadedInvoices & { projectIds: readonly string[] };

const cancel: Command<InvoiceActionInput, Cancelling> = {
  may: invoiceMachine.actions.cancel.may,
  entities: [invoice],
  load: async (scope, items) => {
    const ids = items.map((item) => item.id);
    return { ...(await loadInvoices(scope, items)), projectIds: await projectsOfInvoices(scope.tx, ids) };
  },
  decide: (loaded, input, context) => {
    const before = demandInvoice(loaded, input, context.actor);
    const by = step(invoiceMachine, { subject: before, action: 'cancel', actor: context.actor });
    const draft = openDraft(context);
    const row = draft.update(invoice, before, { by });
    draft.state(facts.InvoiceCancelled, { subject: row, keys: invoiceKeys(row), payload: { ...invoiceSnapshot(row), projectIds: [...loaded.projectIds] } });
    return draft.done(row.id);
  },
};

/** DRAFT or VALIDATED to CANCELLED; its actuals are READY again, and their work may be recalled. */
export async function cancelInvoice(scope: Scope, input: InvoiceActionInput): Promise<{ id: string }> {
  const cancelled = await executeOne(scope, cancel, input);
  await releaseActuals(scope, [cancelled.id]);
  await letGo(scope, [cancelled.id]);
  return cancelled;
}
