import type { InvoiceItem } from '#generated/finance.ts';
import { type Command, execute } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { openDraft } from '#kernel/draft.ts';
import { step } from '#kernel/machine.ts';
import type { Outcome } from '#kernel/outcome.ts';
import { invoice, invoiceLine } from '../entities.ts';
import { stateInvoice } from './facts.ts';
import { type Asked, aboutInvoice, demandInvoice, onceInvoice } from './load.ts';
import { invoiceMachine } from './machine.ts';
import { demandTax, type LoadedTaxes, loadTaxes, noteTaxFailure, taxedFields, taxLines } from './tax.ts';

/** DRAFT to VALIDATED, with tax as of the invoice's date. An invoice whose tax fails stays DRAFT. */
export const validateInvoice: Command<InvoiceItem, LoadedTaxes> = {
  may: invoiceMachine.actions.validate.may,
  entities: [invoiceLine, invoice],
  load: loadTaxes,
  once: onceInvoice,
  about: aboutInvoice,
  decide: (loaded, item, context) => {
    const before = demandInvoice(loaded, item, context.actor);
    const by = step(invoiceMachine, { subject: before, action: 'validate', actor: context.actor });
    const tax = demandTax(loaded, before, before.invoiceDate);
    const draft = openDraft(context);
    taxLines(draft, loaded.lines.get(before.id) ?? [], { tax });
    const row = draft.update(invoice, before, { changes: taxedFields(before, tax), by });
    for (const fact of by.emits) stateInvoice(draft, fact, row);
    return draft.done(before.id);
  },
};

/** Many at once; those whose tax fails are marked, and that is stated. */
export async function validateInvoices(scope: Scope, items: readonly InvoiceItem[]): Promise<Outcome[]> {
  return notingFailures(scope, { action: 'validate', items, outcomes: await execute(scope, validateInvoice, items) });
}

type Noting<Item> = { action: 'validate' | 'post'; items: readonly Item[]; outcomes: Outcome[] };

/** The outcomes, once what they say of tax is noted on the invoices. */
export async function notingFailures<Item extends Asked>(scope: Scope, { action, items, outcomes }: Noting<Item>): Promise<Outcome[]> {
  const failed = items.filter((_, index) => {
    const outcome = outcomes[index];
    return outcome && 'refused' in outcome && outcome.refused.code === 'TAX_FAILED';
  });
  if (failed.length > 0) await execute(scope, noteTaxFailure(action), failed);
  return outcomes;
}
