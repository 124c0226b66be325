import type { DisputeInvoiceInput } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import { openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { begin } from '#kernel/machine.ts';
import { notFound } from '#kernel/rows.ts';
import { isOutside, sees } from '#kernel/visibility.ts';
import { dispute } from '../entities.ts';
import { invoiceKeys } from '../invoice/facts.ts';
import { type LoadedInvoices, linesOf, loadInvoices } from '../invoice/load.ts';
import { facts } from '../published.ts';
import type { DisputeRow, InvoiceLineRow } from '../tables.ts';
import { disputedOf } from './amount.ts';
import { disputeSnapshot } from './facts.ts';
import { openDisputesOf } from './load.ts';
import { disputeMachine } from './machine.ts';

type Loaded = LoadedInvoices & { lines: ReadonlyMap<string, InvoiceLineRow[]>; open: ReadonlyMap<string, DisputeRow> };

/** A client, or somebody of the firm for it, says that an invoice or a part of it is not owed. */
export const disputeInvoice: Command<DisputeInvoiceInput, Loaded> = {
  may: 'dispute:write',
  entities: [dispute],
  load: async (scope, items) => {
    const { invoices } = await loadInvoices(
      scope,
      items.map(({ invoiceId }) => ({ id: invoiceId })),
    );
    const naming = items.filter(({ lineIds }) => lineIds?.length).map(({ invoiceId }) => invoiceId);
    const lines = await linesOf(
      scope.tx,
      naming.filter((id) => invoices.has(id)),
    );
    return { invoices, lines, open: await openDisputesOf(scope.tx, [...invoices.keys()]) };
  },
  decide: (loaded, { invoiceId, reasonCode, reason: given, ...wanted }, context) => {
    const invoice = loaded.invoices.get(invoiceId);
    // To a client an invoice that is not posted is not there.
    if (!invoice || !sees(context.actor, invoice) || (!invoice.number && isOutside(context.actor))) throw notFound('Invoice', invoiceId, 'invoiceId');
    if (loaded.open.has(invoiceId)) throw new Refused('INVALID_TRANSITION', 'It is disputed already. Withdraw or resolve that dispute first.');
    const { minor, lineIds } = disputedOf(invoice, loaded.lines.get(invoiceId) ?? [], wanted);
    const { customerId, legalEntityId, currency } = invoice;
    const raisedBy = isOutside(context.actor) ? 'CLIENT' : 'FIRM';
    const about = { invoiceId, customerId, legalEntityId, amountMinor: minor, currency, lineIds, raisedBy, reasonCode } as const;
    const ended = { resolution: null, creditNoteId: null, endedAt: null };
    const draft = openDraft(context);
    const row = draft.insert(dispute, { ...about, reason: checkLines('reason', given, 1000), ...ended }, begin(disputeMachine));
    const payload = { ...disputeSnapshot(invoice, row), reasonCode, reason: row.reason, raisedBy };
    draft.state(facts.InvoiceDisputed, { subject: invoice, keys: invoiceKeys(invoice), payload });
    return draft.done(row.id);
  },
};
