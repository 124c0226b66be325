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
  /** What was taken off price times quantity; the amount is without it. */
  discount: PaperDiscount | null;
} & { priced: Priced };

/** A discount: why, how much, and of what it is a per cent, if it is one. */
export type PaperDiscount = { reason: string; minor: bigint; baseMinor: bigint; percentBasisPoints: number | null };
/** A discount of the whole document at one rate of tax. */
export type PaperAllowance = PaperDiscount & { basisPoints: number; category: TaxCategory };

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
  allowances: PaperAllowance[];
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
  const taxed = lines.map((line) => paperLine(line, { way, tax }));
  const said = taxed.filter(({ kind }) => kind !== 'DISCOUNT');
  const dated = said.flatMap(({ from, to }) => (from && to ? [{ from, to }] : []));
  return {
    ...{ kind: row.kind, number, date, dueDate, paymentTermDays, currency, note, purchaseOrderNumber, creditReason },
    credits: credited ? { number: credited.number, date: credited.invoiceDate } : null,
    lines: said,
    allowances: allowancesOf(lines, { way, tax }),
    taxes: taxesOf(taxed.map((line, index) => ({ ...line, taxMinor: way * (lines[index]?.taxMinor ?? 0n) }))),
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

/** What is taxed in each category at each rate, the lowest rate first. */
function taxesOf(lines: readonly (PaperLine & { taxMinor: bigint })[]): PaperTax[] {
  const categories = [...Map.groupBy(lines, ({ category }) => category)];
  return categories
    .flatMap(([category, own]) => groupsOf(own.map((line) => ({ ...line, taxBasisPoints: line.basisPoints }))).map((group) => ({ ...group, category })))
    .sort((a, b) => a.basisPoints - b.basisPoints);
}

type Saying = { way: bigint; tax: Particulars['tax'] };

/** Lines of one discount at one rate are one allowance, however many accounts and projects they are booked on. */
function allowancesOf(lines: readonly InvoiceLineRow[], { way, tax }: Saying): PaperAllowance[] {
  const discounts = lines.filter(({ kind }) => kind === 'DISCOUNT');
  return [...Map.groupBy(discounts, (line) => `${line.allowanceId} ${line.taxBasisPoints} ${line.taxCategory}`).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const basisPoints = first.taxBasisPoints ?? 0;
    const minor = own.reduce((sum, line) => sum - way * line.amountMinor, 0n);
    const baseMinor = own.reduce((sum, line) => sum + (line.discountBaseMinor ?? 0n), 0n);
    const of = { reason: first.description, minor, baseMinor, percentBasisPoints: first.discountBasisPoints };
    return [{ ...of, basisPoints, category: first.taxCategory ?? categoryAt(tax, basisPoints) }];
  });
}

function discountOf({ discountMinor: minor, discountBasisPoints, discountReason }: InvoiceLineRow, amountMinor: bigint): PaperDiscount | null {
  if (minor === 0n) return null;
  return { reason: discountReason ?? '', minor, baseMinor: amountMinor + minor, percentBasisPoints: discountBasisPoints };
}

function paperLine(line: InvoiceLineRow, { way, tax }: Saying): PaperLine {
  const { position, description, kind, rateMinor, currency, supplyStartDate: from, supplyEndDate: to } = line;
  const seconds = line.seconds === null ? null : way * line.seconds;
  const amountMinor = way * line.amountMinor;
  const basisPoints = line.taxBasisPoints ?? 0;
  const discount = discountOf(line, amountMinor);
  const priced = pricedLine({ seconds, amountMinor: amountMinor + (discount?.minor ?? 0n), rateMinor, currency });
  return {
    position,
    description,
    kind,
    seconds,
    amountMinor,
    basisPoints,
    category: line.taxCategory ?? categoryAt(tax, basisPoints),
    from,
    to,
    discount,
    priced,
  };
}
