import type { Context } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { readInvoice } from '../invoice/queries.ts';
import { htmlOf } from './html.ts';
import { pdfOf } from './pdf.ts';
import { problemsOf } from './problems.ts';
import { readPaper } from './queries.ts';
import { ublOf } from './ubl.ts';

export type InvoiceFormat = 'HTML' | 'PDF' | 'XML';
export type InvoiceFile = { name: string; mediaType: string; content: string };

const mediaTypes: Readonly<Record<InvoiceFormat, string>> = { HTML: 'text/html; charset=utf-8', PDF: 'application/pdf', XML: 'application/xml; charset=utf-8' };

/** A document of a posted invoice; null where there is none. */
export async function fileOf(context: Context, invoiceId: string, format: InvoiceFormat): Promise<InvoiceFile | null> {
  const row = await readInvoice(context, invoiceId);
  const paper = row && (await readPaper(context, row));
  if (!paper) return null;
  const problems = problemsOf(paper, 'EN_16931');
  const xml = problems.length === 0 ? ublOf(paper, 'EN_16931') : null;
  if (format === 'XML' && xml === null) {
    const rules = [...new Set(problems.map(({ rule }) => rule))].join(', ');
    throw new Refused('GUARD_REFUSED', `There is no valid electronic invoice: ${rules}. eInvoice says what to do.`, { guard: 'eInvoiceIsValid' });
  }
  const content = format === 'PDF' ? await pdfOf(paper, xml) : Buffer.from(format === 'HTML' ? htmlOf(paper) : (xml ?? ''));
  return { name: `${paper.number}.${format.toLowerCase()}`, mediaType: mediaTypes[format], content: content.toString('base64') };
}
