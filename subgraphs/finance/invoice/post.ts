import { inArray } from 'drizzle-orm';
import type { PostInvoiceInput, PostInvoiceItem } from '#generated/finance.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Outcome } from '#kernel/mutation.ts';
import { invoiceEntry } from '../billing/entries.ts';
import { invoiceNumber, seriesOf } from '../billing/number.ts';
import { holdPeriods } from '../journal/periods.ts';
import { type EntryDraft, postEntries } from '../journal/post.ts';
import { accepted } from '../known.ts';
import { recognizeBilled } from '../revenue/asBilled.ts';
import { type InvoiceRow, legalEntities } from '../tables.ts';
import { judgeInvoices, type Ready } from './judge.ts';
import { billActuals } from './ledger.ts';
import { nextNumbers } from './numbers.ts';
import { writeLineTaxes } from './tax.ts';
import { tellInvoices } from './tell.ts';
import { only, sortOut, type TaxedInvoice } from './validate.ts';
import { type Posting, writeInvoices } from './write.ts';

/** VALIDATED to POSTED, all together: number, tax, books, actuals, revenue. What is refused changes nothing but the mark of a tax failure. */
export async function postInvoices(scope: Scope, items: readonly PostInvoiceItem[]): Promise<Outcome[]> {
  const judged = await inOpenPeriods(scope, await judgeInvoices(scope, items, 'post'));
  const { taxed, outcomes } = await sortOut(scope, items, judged);
  if (taxed.length === 0) return outcomes;
  await writeLineTaxes(scope, taxed);
  const posted = await number(scope, taxed);
  const linesOf = (invoice: InvoiceRow) => taxed.find((each) => each.invoice.id === invoice.id)?.lines ?? [];
  await billActuals(scope, posted);
  await recognizeBilled(
    scope,
    posted.map((invoice) => ({ invoice, lines: linesOf(invoice) })),
  );
  await tellInvoices(scope, 'InvoicePosted', posted);
  return outcomes;
}

/** One invoice; a refusal is thrown. */
export async function postInvoice(scope: Scope, input: PostInvoiceInput): Promise<{ id: string }> {
  return only(await postInvoices(scope, [input]));
}

async function inOpenPeriods(scope: Scope, judged: readonly (Ready | Refused)[]): Promise<(Ready | Refused)[]> {
  const dayOf = ({ invoice, invoiceDate }: Ready) => ({ legalEntityId: invoice.legalEntityId, date: invoiceDate });
  const judge = await holdPeriods(scope, accepted(judged).map(dayOf));
  return judged.map((each) => (each instanceof Refused ? each : (judge(dayOf(each), 'invoiceDate') ?? each)));
}

/** Numbers come late, so that their series is locked for as short as can be. */
async function number(scope: Scope, taxed: readonly TaxedInvoice[]): Promise<InvoiceRow[]> {
  const codes = await legalEntityCodes(scope, taxed);
  const papers = taxed.map((each) => ({ ...each, series: seriesOf(each.invoice.legalEntityId, each.invoice.kind, each.invoiceDate) }));
  const numbered = (await nextNumbers(scope, papers)).map(({ series, sequence, ...each }) => {
    const posting = {
      series,
      sequence,
      number: invoiceNumber(codes.get(each.invoice.legalEntityId) ?? '', series, sequence),
      journalEntryId: newId(scope.now.getTime()),
    };
    return { ...each, posting, status: 'POSTED' as const };
  });
  await postEntries(scope, numbered.map(entryOf));
  return writeInvoices(scope, numbered);
}

function entryOf({ invoice, lines, tax, invoiceDate, posting }: TaxedInvoice & { posting: Posting }): EntryDraft {
  const { legalEntityId, customerId } = invoice;
  const sums = { ...invoice, taxMinor: tax.totalMinor, totalMinor: invoice.subtotalMinor + tax.totalMinor };
  const about = { id: posting.journalEntryId, legalEntityId, customerId, invoiceId: invoice.id, postingDate: invoiceDate };
  return { ...about, description: `Invoice ${posting.number}`, source: 'INVOICE', lines: invoiceEntry(sums, lines) };
}

async function legalEntityCodes(scope: Scope, taxed: readonly TaxedInvoice[]): Promise<Map<string, string>> {
  const ids = [...new Set(taxed.map(({ invoice }) => invoice.legalEntityId))];
  const rows = await scope.tx.select({ id: legalEntities.id, code: legalEntities.code }).from(legalEntities).where(inArray(legalEntities.id, ids));
  return new Map(rows.map((row) => [row.id, row.code]));
}
