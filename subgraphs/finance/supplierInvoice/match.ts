import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Draft, openDraft } from '#kernel/draft.ts';
import { step } from '#kernel/machine.ts';
import type { Named } from '#kernel/rows.ts';
import { type Matched, matchLine, type Receipt } from '../billing/threeWay.ts';
import { supplierInvoice, supplierInvoiceLine, supplierInvoiceMatch } from '../entities.ts';
import type { SupplierInvoiceLineRow } from '../tables.ts';
import { type Approved, receiptsOf } from './held.ts';
import { demandSupplierInvoice, type LoadedSupplierInvoices, loadSupplierInvoices, stateSupplierInvoice, subjectOf } from './load.ts';
import { supplierInvoiceMachine } from './machine.ts';

/** What all commands on supplier invoices and the hours that they hold have in common. */
export const onSupplierInvoices = {
  entities: [supplierInvoice, supplierInvoiceLine, supplierInvoiceMatch],
  load: (scope: Scope, items: readonly Named[]): Promise<LoadedSupplierInvoices> =>
    loadSupplierInvoices(
      scope,
      items.map(({ id }) => id),
    ),
};

/** The hours that an invoice held are free again. */
export function letGo(draft: Draft, { held }: LoadedSupplierInvoices, supplierInvoiceId: string): void {
  for (const match of held.matches) if (match.supplierInvoiceId === supplierInvoiceId) draft.remove(supplierInvoiceMatch, match);
}

/** Order against approved time against invoice, a line at a time; it holds what it takes until it is rejected or matched anew. */
export const matchSupplierInvoice: Command<Named, LoadedSupplierInvoices> = {
  ...onSupplierInvoices,
  may: supplierInvoiceMachine.actions.match.may,
  decide: (loaded, item, context) => {
    const before = demandSupplierInvoice(loaded, item, context.actor);
    const lines = loaded.lines.get(before.id) ?? [];
    const draft = openDraft(context);
    letGo(draft, loaded, before.id);
    let differences = 0;
    for (const { line, takes, differences: found } of matchAll(loaded, before.id, lines)) {
      differences += found.length;
      draft.update(supplierInvoiceLine, line, { changes: { differences: found } });
      const { id: supplierInvoiceLineId, subcontractLineId, legalEntityId } = line;
      for (const { source, seconds } of takes) {
        const of = { supplierInvoiceId: before.id, supplierInvoiceLineId, legalEntityId, subcontractLineId };
        draft.insert(supplierInvoiceMatch, { ...of, sourceType: source.sourceType, sourceId: source.sourceId, actualId: source.id, seconds });
      }
    }
    const subject = { ...subjectOf(before, lines, loaded.held), differences };
    const by = step(supplierInvoiceMachine, { subject, action: 'match', actor: context.actor });
    const row = draft.update(supplierInvoice, before, { changes: { approvedBy: null, decisionNote: null }, by });
    stateSupplierInvoice(draft, row.status === 'MATCHED' ? 'SupplierInvoiceMatched' : 'SupplierInvoiceDisputed', row);
    return draft.done(row.id);
  },
};

type MatchedLine = Matched<Approved> & { line: SupplierInvoiceLineRow };

/** The lines one after the other: what one took is not free for the next. */
function matchAll(loaded: LoadedSupplierInvoices, invoiceId: string, lines: readonly SupplierInvoiceLineRow[]): MatchedLine[] {
  const receipts = new Map<string, Receipt<Approved>[]>();
  const invoiced = new Map(loaded.invoiced);
  return lines.map((line) => {
    const { subcontractLineId: id, seconds, amountMinor } = line;
    const order = loaded.orders.get(id);
    if (!order) throw new Error('an invoice by a line of no order');
    const own = receipts.get(id) ?? receiptsOf(loaded.held, id, invoiceId);
    const before = invoiced.get(id) ?? { seconds: 0n, minor: 0n };
    const matched = matchLine(line, { order, receipts: own, invoiced: before });
    const taken = new Map(matched.takes.map((take) => [take.source.id, take.seconds]));
    receipts.set(
      id,
      own.map((receipt) => ({ ...receipt, held: receipt.held + (taken.get(receipt.source.id) ?? 0n) })),
    );
    invoiced.set(id, { seconds: before.seconds + seconds, minor: before.minor + amountMinor });
    return { line, ...matched };
  });
}
