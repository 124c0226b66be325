import type { Batch, Context } from '#kernel/context.ts';
import { visibleById } from '#kernel/visibility.ts';
import { linesOf } from '../invoice/load.ts';
import { readInvoice } from '../invoice/queries.ts';
import { type InvoiceDocumentRow, type InvoiceRow, invoiceDocuments } from '../tables.ts';
import { type Paper, paperOf } from './paper.ts';
import { type Problem, problemsOf } from './problems.ts';
import type { EInvoiceProfile } from './profile.ts';
import { ublOf } from './ubl.ts';
import { papersOf, particularsNow } from './write.ts';

const documentsById = visibleById(invoiceDocuments, 'invoice:read');

/** The document of an invoice by its own id, if there is one that the actor may know of. */
export function readInvoiceDocument(context: Context, id: string): Promise<InvoiceDocumentRow | undefined> {
  return context.load(documentsById, id);
}

/** Batch: the documents of invoices. Whoever sees an invoice sees its document. */
export const documentsOfInvoices: Batch<InvoiceDocumentRow> = (context, invoiceIds) => papersOf(context.db, invoiceIds);

/** All that the document of a posted invoice says; undefined where nothing was kept. */
export async function readPaper(context: Context, row: InvoiceRow): Promise<Paper | undefined> {
  const kept = row.number ? await context.load(documentsOfInvoices, row.id) : undefined;
  return kept && paperFrom(context, row, kept.particulars);
}

async function paperFrom(context: Context, row: InvoiceRow, particulars: InvoiceDocumentRow['particulars']): Promise<Paper> {
  const lines = (await linesOf(context.db, [row.id])).get(row.id) ?? [];
  const credited = row.creditsId ? await readInvoice(context, row.creditsId) : undefined;
  return paperOf({ row, lines, particulars, credited });
}

export type EInvoice = { xml: string | null; problems: Problem[] };

const unkept = { rule: 'BR-06', message: 'It was posted before Accord kept what invoices say of their parties. Credit it and bill it anew.' };

/** The electronic invoice of what was posted. Of what was not: what would stand against it by the master data of now. */
export async function readEInvoice(context: Context, row: InvoiceRow, profile: EInvoiceProfile): Promise<EInvoice> {
  const posted = await readPaper(context, row);
  const paper = posted ?? (row.number ? undefined : await paperAsOfNow(context, row));
  if (!paper) return { xml: null, problems: [unkept] };
  const problems = problemsOf(paper, profile);
  return { xml: posted && problems.length === 0 ? ublOf(posted, profile) : null, problems };
}

async function paperAsOfNow(context: Context, row: InvoiceRow): Promise<Paper | undefined> {
  const particulars = (await particularsNow(context.db, [row])).particulars.get(row.id);
  return particulars && paperFrom(context, row, particulars);
}
