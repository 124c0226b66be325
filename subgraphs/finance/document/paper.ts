import type { CalendarDate } from '#kernel/period.ts';
import { categoryAt, type TaxCategory } from '../billing/category.ts';
import { groupsOf, type TaxGroup } from '../billing/tax.ts';
import type { InvoiceLineRow, InvoiceRow } from '../tables.ts';
import type { Particulars } from './particulars.ts';
import { type Priced, pricedLine } from './quantity.ts';

/** A line as its document says it; a credit note's amounts are those that it gives back. */
export type PaperLine = {
  position: number;
  description: string;
  kind: InvoiceLineRow['kind'];
  seconds: bigint | null;
  amountMinor: bigint;
  basisPoints: number;
  category: TaxCategory;
  from: CalendarDate | null;
  to: CalendarDate | null;
} & { priced: Priced };

export type PaperTax = TaxGroup & { category: TaxCategory };

/** All that a document says, whatever its form. */
export type Paper = {
  kind: 'INVOICE' | 'CREDIT_NOTE';
  number: string;
  date: CalendarDate;
  dueDate: CalendarDate;
  paymentTermDays: number;
  currency: string;
  note: string | null;
  purchaseOrderNumber: string | null;
  /** What a credit note ends, and why. */
  credits: { number: string; date: CalendarDate } | null;
  creditReason: string | null;
  lines: PaperLine[];
  taxes: PaperTax[];
  netMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  /** The days of the work on it. */
  period: { from: CalendarDate; to: CalendarDate } | null;
} & Particulars;

type Parts = { row: InvoiceRow; lines: readonly InvoiceLineRow[]; particulars: Particulars; credited: InvoiceRow | undefined };

/** Pure: a document of what was posted, and of nothing that happened since. */
export function paperOf({ row, lines, particulars, credited }: Parts): Paper {
  const way = row.kind === 'CREDIT_NOTE' ? -1n : 1n;
  const { tax } = particulars;
  const { number, invoiceDate: date, dueDate, paymentTermDays, currency, note, purchaseOrderNumber, creditReason } = row;
  const said = lines.map((line) => paperLine(line, { way, tax }));
  const dated = said.flatMap(({ from, to }) => (from && to ? [{ from, to }] : []));
  return {
    ...{ kind: row.kind, number, date, dueDate, paymentTermDays, currency, note, purchaseOrderNumber, creditReason },
    credits: credited ? { number: credited.number, date: credited.invoiceDate } : null,
    lines: said,
    taxes: groupsOf(
      said.map(({ basisPoints, ...line }, index) => ({ ...line, taxBasisPoints: basisPoints, taxMinor: way * (lines[index]?.taxMinor ?? 0n) })),
    ).map((group) => ({ ...group, category: categoryAt(tax, group.basisPoints) })),
    ...{ netMinor: way * row.subtotalMinor, taxMinor: way * row.taxMinor, totalMinor: way * row.totalMinor },
    period:
      dated.length > 0
        ? {
            from: dated.map(({ from }) => from).sort()[0] ?? date,
            to:
              dated
                .map(({ to }) => to)
                .sort()
                .at(-1) ?? date,
          }
        : null,
    ...particulars,
  };
}

function paperLine(line: InvoiceLineRow, { way, tax }: { way: bigint; tax: Particulars['tax'] }): PaperLine {
  const { position, description, kind, rateMinor, currency, supplyStartDate: from, supplyEndDate: to } = line;
  const seconds = line.seconds === null ? null : way * line.seconds;
  const amountMinor = way * line.amountMinor;
  const basisPoints = line.taxBasisPoints ?? 0;
  const priced = pricedLine({ seconds, amountMinor, rateMinor, currency });
  return { position, description, kind, seconds, amountMinor, basisPoints, category: categoryAt(tax, basisPoints), from, to, priced };
}
