import { type Command, execute } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { openDraft } from '#kernel/draft.ts';
import type { Refused } from '#kernel/errors.ts';
import { demandState } from '#kernel/machine.ts';
import { rowsById } from '#kernel/rows.ts';
import { invoice } from '../entities.ts';
import { invoices } from '../tables.ts';
import { type Asked, demandInvoice } from './load.ts';
import { invoiceMachine } from './machine.ts';
import { demandTax, type LoadedTaxes, loadTaxes } from './tax.ts';
import { validateInvoice } from './validate.ts';

export type RetriedTax = { invoiceId: string } | { invoiceId: string; refused: Refused };

/** A new attempt at the tax of invoices: a draft is validated; one that waits for its posting loses the mark, and is posted by who decides on that. */
export async function retryTax(scope: Scope, invoiceIds: readonly string[]): Promise<RetriedTax[]> {
  const rows = await rowsById(scope.tx, invoices, invoiceIds);
  const idsIn = (status: string) => invoiceIds.filter((id) => rows.get(id)?.status === status);
  return [...(await attempt(scope, validateInvoice, idsIn('DRAFT'))), ...(await attempt(scope, clearTaxFailure, idsIn('VALIDATED')))];
}

async function attempt(scope: Scope, command: Command<Asked, LoadedTaxes>, ids: readonly string[]): Promise<RetriedTax[]> {
  const items = ids.map((id) => ({ id }));
  const outcomes = await execute(scope, command, items);
  return outcomes.map((outcome, index) => {
    const invoiceId = ids[index] ?? '';
    return 'refused' in outcome ? { invoiceId, refused: outcome.refused } : { invoiceId };
  });
}

/** Takes the mark of a failed tax from an invoice whose tax can be determined now. */
const clearTaxFailure: Command<Asked, LoadedTaxes> = {
  may: invoiceMachine.actions.post.may,
  entities: [invoice],
  load: loadTaxes,
  decide: (loaded, item, context) => {
    const before = demandInvoice(loaded, item, context.actor);
    demandState(invoiceMachine, { action: 'post', actor: context.actor }, before.status);
    demandTax(loaded, before, before.invoiceDate);
    const draft = openDraft(context);
    draft.update(invoice, before, { changes: { taxFailedAt: null, taxFailure: null } });
    return draft.done(before.id);
  },
};
