import type { PostInvoiceItem } from '#generated/finance.ts';
import { type Command, execute, executeOne } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { openDraft, rowsIn } from '#kernel/draft.ts';
import { step } from '#kernel/machine.ts';
import type { Outcome } from '#kernel/outcome.ts';
import { addDays } from '#kernel/period.ts';
import { published } from '#kernel/reference.ts';
import { invoiceEntry } from '../billing/entries.ts';
import { type Series, seriesKey, seriesOf } from '../billing/number.ts';
import { type LoadedPapers, loadPapers, writePaper } from '../document/write.ts';
import { actual, invoice, invoiceDocument, invoiceLine, invoiceSequence, revenueEvent } from '../entities.ts';
import { bookEntry, books } from '../journal/enter.ts';
import { demandOpen, holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { references } from '../published.ts';
import { recognizeBilled } from '../revenue/asBilled.ts';
import type { InvoiceRow } from '../tables.ts';
import { stateInvoice } from './facts.ts';
import { billActuals, billLines } from './ledger.ts';
import { aboutInvoice, demandInvoice, onceInvoice } from './load.ts';
import { invoiceMachine } from './machine.ts';
import { type LoadedSeries, lockSeries, takeNumber } from './numbers.ts';
import { demandTax, type LoadedTaxes, loadTaxes, taxedFields, taxLines } from './tax.ts';
import { notingFailures } from './validate.ts';

type Loaded = LoadedTaxes & LoadedPapers & { periods: PeriodJudge; series: LoadedSeries };

const dateOn = (row: InvoiceRow, item: PostInvoiceItem | undefined): string => item?.invoiceDate ?? row.invoiceDate;
const seriesOn = (row: InvoiceRow, date: string): Series => seriesOf(row.legalEntityId, row.kind, date);

const post: Command<PostInvoiceItem, Loaded> = {
  may: invoiceMachine.actions.post.may,
  entities: [invoiceSequence, ...books, invoiceLine, invoice, invoiceDocument, actual, revenueEvent],
  load: async (scope, items) => {
    const loaded = await loadTaxes(scope, items);
    const byId = new Map(items.map((item) => [item.id, item]));
    const rows = [...loaded.invoices.values()].map((row) => ({ row, date: dateOn(row, byId.get(row.id)) }));
    const periods = await holdPeriods(
      scope,
      rows.map(({ row, date }) => ({ legalEntityId: row.legalEntityId, date })),
    );
    const papers = await loadPapers(scope, [...loaded.invoices.values()], loaded);
    // Last, so that a series is locked for as short as can be.
    const series = await lockSeries(
      scope,
      rows.map(({ row, date }) => seriesOn(row, date)),
    );
    return { ...loaded, ...papers, periods, series };
  },
  once: onceInvoice,
  about: aboutInvoice,
  decide: (loaded, item, context) => {
    const before = demandInvoice(loaded, item, context.actor);
    const by = step(invoiceMachine, { subject: before, action: 'post', actor: context.actor });
    const invoiceDate = dateOn(before, item);
    demandOpen(loaded.periods, { legalEntityId: before.legalEntityId, date: invoiceDate }, 'invoiceDate');
    const tax = demandTax(loaded, before, invoiceDate);
    const lines = loaded.lines.get(before.id) ?? [];
    const draft = openDraft(context);
    const { legalEntityId, customerId, id } = before;
    const number = takeNumber(draft, loaded.series, { of: seriesOn(before, invoiceDate), entityCode: loaded.legalEntities.get(legalEntityId)?.code ?? '' });
    const fields = { ...taxedFields(before, tax), ...number, invoiceDate, dueDate: addDays(invoiceDate, before.paymentTermDays) };
    const entry = bookEntry(draft, {
      ...{ legalEntityId, customerId, invoiceId: id, postingDate: invoiceDate, source: 'INVOICE', description: `Invoice ${number.number}` },
      lines: invoiceEntry({ ...before, ...fields }, lines),
    });
    taxLines(draft, lines, { tax, rates: loaded.rates });
    const row = draft.update(invoice, before, { changes: { ...fields, journalEntryId: entry.id, postedAt: context.now }, by });
    writePaper(draft, row, loaded);
    recognizeBilled(draft, row, lines);
    billLines(draft, { paper: row, lines: lines.filter(({ kind }) => kind === 'CORRECTION' || kind === 'DISCOUNT') });
    draft.publish(published(references.Invoice, { id, version: row.version, data: { number: row.number } }));
    stateInvoice(draft, 'InvoicePosted', row);
    return draft.done(id);
  },
  absorb: ({ series }, decision) => {
    for (const { row } of rowsIn(decision, invoiceSequence)) if (row) series.set(seriesKey(row), row);
  },
};

/** VALIDATED to POSTED: number, tax, books, actuals, revenue. What is refused changes nothing but the mark of a tax failure. */
export async function postInvoices(scope: Scope, items: readonly PostInvoiceItem[]): Promise<Outcome[]> {
  const outcomes = await execute(scope, post, items);
  await billActuals(
    scope,
    outcomes.flatMap((outcome) => ('refused' in outcome ? [] : [outcome.id])),
  );
  return notingFailures(scope, { action: 'post', items, outcomes });
}

/** One invoice; a refusal is thrown. */
export async function postInvoice(scope: Scope, input: PostInvoiceItem): Promise<{ id: string }> {
  const posted = await executeOne(scope, post, input);
  await billActuals(scope, [posted.id]);
  return posted;
}
