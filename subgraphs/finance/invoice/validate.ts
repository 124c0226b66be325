import type { InvoiceActionInput, InvoiceItem } from '#generated/finance.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import type { Outcome } from '#kernel/mutation.ts';
import { type Item, judgeInvoices, type Ready } from './judge.ts';
import { noteTaxFailures, type Taxed, taxRefused, writeLineTaxes } from './tax.ts';
import { writeInvoices } from './write.ts';

export type TaxedInvoice = Ready & { tax: Taxed };

/** DRAFT to VALIDATED, with tax as of the invoice's date. An invoice whose tax fails is marked and stays DRAFT. */
export async function validateInvoices(scope: Scope, items: readonly InvoiceItem[]): Promise<Outcome[]> {
  const judged = await judgeInvoices(scope, items, 'validate');
  const { taxed, outcomes } = await sortOut(scope, items, judged);
  await writeLineTaxes(scope, taxed);
  await writeInvoices(
    scope,
    taxed.map(({ invoice, tax, invoiceDate, dueDate }) => ({ invoice, tax, invoiceDate, dueDate, status: 'VALIDATED' as const })),
  );
  return outcomes;
}

/** One invoice; a refusal is thrown. */
export async function validateInvoice(scope: Scope, input: InvoiceActionInput): Promise<{ id: string }> {
  return only(await validateInvoices(scope, [input]));
}

/** The one outcome of a bulk command on one item. */
export function only(outcomes: readonly Outcome[]): { id: string } {
  const [outcome] = outcomes;
  if (!outcome) throw new Error('one item has one outcome');
  if ('refused' in outcome) throw outcome.refused;
  return outcome;
}

/** Parts those that are taxed from those that are refused; tax failures are marked and stated. */
export async function sortOut(
  scope: Scope,
  items: readonly Item[],
  judged: readonly (Ready | Refused)[],
): Promise<{ taxed: TaxedInvoice[]; outcomes: Outcome[] }> {
  const taxed: TaxedInvoice[] = [];
  const failed: { invoice: Ready['invoice']; failure: string }[] = [];
  const outcomes = judged.map((each, index): Outcome => {
    const id = items[index]?.id ?? '';
    if (each instanceof Refused) return { refused: each, ...(each.code === 'NOT_FOUND' ? {} : { id }) };
    if ('failure' in each.tax) {
      failed.push({ invoice: each.invoice, failure: each.tax.failure });
      return { refused: taxRefused(each.tax.failure), id };
    }
    taxed.push({ ...each, tax: each.tax });
    return { id };
  });
  await noteTaxFailures(scope, failed);
  return { taxed, outcomes };
}

/** After a single mutation was refused and undone: says in a transaction of its own that tax failed, if it still does. */
export async function noteTaxFailure(scope: Scope, item: Item, action: 'validate' | 'post'): Promise<void> {
  await sortOut(scope, [item], await judgeInvoices(scope, [item], action));
}
