import type { AcknowledgeInvoiceDeliveryInput, FailInvoiceDeliveryInput } from '#generated/finance.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { step } from '#kernel/machine.ts';
import { lockRows } from '#kernel/rows.ts';
import { invoiceDocument } from '../entities.ts';
import { invoiceKeys, invoiceSnapshot } from '../invoice/facts.ts';
import { demandInvoice, type LoadedInvoices, loadInvoices } from '../invoice/load.ts';
import { facts } from '../published.ts';
import { type InvoiceDocumentRow, type InvoiceRow, invoiceDocuments } from '../tables.ts';
import { arrived, notArrived } from './delivery.ts';
import { invoiceDocumentMachine } from './machine.ts';
import { papersOf } from './write.ts';

type Loaded = LoadedInvoices & { documents: ReadonlyMap<string, InvoiceDocumentRow> };

const base = { entities: [invoiceDocument], load } as const;

/** The invoice arrived. */
export const acknowledgeInvoiceDelivery: Command<AcknowledgeInvoiceDeliveryInput, Loaded> = {
  ...base,
  may: invoiceDocumentMachine.actions.acknowledge.may,
  decide: (loaded, { id, ...input }, context) => {
    const { invoice, before } = demandDocument(loaded, id, context.actor);
    const by = step(invoiceDocumentMachine, { subject: before, action: 'acknowledge', actor: context.actor });
    const { kept, said } = arrived(input, context.now);
    const draft = openDraft(context);
    draft.update(invoiceDocument, before, { changes: kept, by });
    const payload = { ...invoiceSnapshot(invoice), ...said };
    draft.state(facts.InvoiceDelivered, { subject: invoice, keys: invoiceKeys(invoice), payload });
    return draft.done(id);
  },
};

/** The invoice did not arrive, or came back. */
export const failInvoiceDelivery: Command<FailInvoiceDeliveryInput, Loaded> = {
  ...base,
  may: invoiceDocumentMachine.actions.fail.may,
  decide: (loaded, { id, ...input }, context) => {
    const { invoice, before } = demandDocument(loaded, id, context.actor);
    const by = step(invoiceDocumentMachine, { subject: before, action: 'fail', actor: context.actor });
    const { kept, said } = notArrived(input);
    const draft = openDraft(context);
    draft.update(invoiceDocument, before, { changes: kept, by });
    const payload = { ...invoiceSnapshot(invoice), ...said };
    draft.state(facts.InvoiceDeliveryFailed, { subject: invoice, keys: invoiceKeys(invoice), payload });
    return draft.done(id);
  },
};

async function load(scope: Scope, items: readonly { id: string }[]): Promise<Loaded> {
  const loaded = await loadInvoices(scope, items);
  const papers = await papersOf(scope.tx, [...loaded.invoices.keys()]);
  const held = await lockRows(
    scope,
    invoiceDocuments,
    [...papers.values()].map((row) => row.id),
  );
  return { ...loaded, documents: new Map([...held.values()].map((row) => [row.invoiceId, row])) };
}

function demandDocument(loaded: Loaded, id: string, actor: Actor): { invoice: InvoiceRow; before: InvoiceDocumentRow } {
  const invoice = demandInvoice(loaded, { id }, actor);
  const before = loaded.documents.get(invoice.id);
  if (before) return { invoice, before };
  const what = invoice.number ? 'It was posted before Accord kept deliveries.' : 'It is not posted yet. Post it first.';
  throw new Refused('INVALID_TRANSITION', what);
}
