import { minorDigits } from '#kernel/currency.ts';
import { formatDecimal, localDecimals } from '#kernel/decimal.ts';
import type { PostalAddress } from '#kernel/party.ts';
import type { CalendarDate } from '#kernel/period.ts';
import type { Paper, PaperDiscount, PaperLine } from './paper.ts';
import { percentOf, termsOf } from './ubl.ts';

/** How a printed document writes dates, amounts and quantities. */
export type Words = {
  locale: string;
  date(day: CalendarDate): string;
  days(line: { from: CalendarDate | null; to: CalendarDate | null }): string;
  money(minor: bigint): string;
  number(decimal: string): string;
};

/** By the locale of the legal entity. */
export function wordsOf({ currency, seller }: Pick<Paper, 'currency' | 'seller'>): Words {
  const locale = seller.locale ?? 'en';
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const digits = minorDigits(currency);
  const amounts = localDecimals(locale, { least: digits, most: digits });
  const numbers = localDecimals(locale, { least: 0, most: 12 });
  const date = (day: CalendarDate) => dates.format(new Date(`${day}T00:00:00Z`));
  return {
    locale,
    date,
    days: ({ from, to }) => (from && to ? (from === to ? date(from) : `${date(from)} – ${date(to)}`) : ''),
    money: (minor) => amounts(formatDecimal(minor, digits)),
    number: numbers,
  };
}

const units = { HUR: 'h', MIN: 'min', SEC: 's', EA: '' } as const;

/** What a document shows, in order: titles with values, and rows of tables. HTML and PDF print the same. */
export type Printed = {
  title: string;
  number: string;
  seller: string[];
  buyer: string[];
  facts: [string, string][];
  columns: string[];
  rows: { description: string; days: string; quantity: string; price: string; tax: string; amount: string }[];
  sums: { label: string; amount: string; strong: boolean }[];
  notes: string[];
  payment: [string, string][];
  particulars: string[];
};

/** Pure: what is printed of a document. */
export function printedOf(paper: Paper, words: Words): Printed {
  const isInvoice = paper.kind === 'INVOICE';
  return {
    title: isInvoice ? 'Invoice' : 'Credit note',
    number: paper.number,
    seller: [paper.seller.name, ...addressLines(paper.seller.address)],
    buyer: [paper.buyer.name, ...(paper.buyer.address ? addressLines(paper.buyer.address) : freeLines(paper.buyer.freeAddress))],
    facts: factsOf(paper, words),
    columns: ['Description', 'Period', 'Quantity', 'Price', 'Tax', `Amount (${paper.currency})`],
    rows: paper.lines.map((line) => rowOf(line, words)),
    sums: sumsOf(paper, words),
    notes: [paper.tax.note, paper.creditReason ? `Reason: ${paper.creditReason}` : null, paper.note, termsIn(paper, words)].filter((note) => note !== null),
    payment: isInvoice ? paymentOf(paper) : [],
    particulars: legalOf(paper),
  };
}

function freeLines(text: string | null): string[] {
  return (text ?? '').split('\n').filter((line) => line.trim() !== '');
}

/** An address as it is written on an envelope; the country by its code, which everybody's post knows. */
function addressLines(address: PostalAddress | null): string[] {
  if (!address) return [];
  const { lines, city, postalCode, region, countryCode } = address;
  return [...lines, [postalCode, city, region].filter(Boolean).join(' '), countryCode].filter((line) => line !== '');
}

function factsOf(paper: Paper, words: Words): [string, string][] {
  const { kind, number, date, dueDate, period, purchaseOrderNumber, credits, buyer } = paper;
  const given: [string, string | null][] = [
    ['Number', number],
    ['Date', words.date(date)],
    ['Due', kind === 'INVOICE' ? words.date(dueDate) : null],
    ['Work done', period ? words.days(period) : null],
    ['Credits invoice', credits ? `${credits.number} of ${words.date(credits.date)}` : null],
    ['Your order', purchaseOrderNumber],
    ['Your reference', buyer.buyerReference],
    ['Your VAT number', buyer.vatId],
  ];
  return given.filter((pair): pair is [string, string] => pair[1] !== null);
}

function rowOf(line: PaperLine, words: Words): Printed['rows'][number] {
  const { quantity, unit, price, base } = line.priced;
  const each = unit === 'EA' ? '' : ` / ${base ? `${base} ${units[unit]}` : units[unit]}`;
  return {
    description: line.discount ? `${line.description} (${discountIn(line.discount, words)})` : line.description,
    days: words.days(line),
    quantity: `${words.number(quantity)} ${units[unit]}`.trim(),
    price: `${words.number(price)}${each}`,
    tax: line.category === 'OUT_OF_SCOPE' ? '–' : `${words.number(percentOf(line.basisPoints))} %`,
    amount: words.money(line.amountMinor),
  };
}

function discountIn({ reason, minor, percentBasisPoints }: PaperDiscount, words: Words): string {
  const percent = percentBasisPoints === null ? '' : ` ${words.number(percentOf(percentBasisPoints))} %`;
  return `less${percent} ${reason}: ${words.money(minor)}`;
}

function allowancesIn({ allowances, netMinor }: Paper, words: Words): Printed['sums'] {
  if (allowances.length === 0) return [];
  const lines = netMinor + allowances.reduce((sum, { minor }) => sum + minor, 0n);
  return [
    { label: 'Sum of the lines', amount: words.money(lines), strong: false },
    ...allowances.map(({ reason, minor, percentBasisPoints, baseMinor }) => {
      const percent = percentBasisPoints === null ? '' : `, ${words.number(percentOf(percentBasisPoints))} % of ${words.money(baseMinor)}`;
      return { label: `${reason}${percent}`, amount: words.money(-minor), strong: false };
    }),
  ];
}

function sumsOf(paper: Paper, words: Words): Printed['sums'] {
  const taxes = paper.taxes.map(({ basisPoints, netMinor, taxMinor, category }) => ({
    label:
      category === 'OUT_OF_SCOPE'
        ? `Not subject to tax, on ${words.money(netMinor)}`
        : `Tax ${words.number(percentOf(basisPoints))} % on ${words.money(netMinor)}`,
    amount: words.money(taxMinor),
    strong: false,
  }));
  return [
    ...allowancesIn(paper, words),
    { label: 'Total without tax', amount: words.money(paper.netMinor), strong: false },
    ...taxes,
    { label: `${paper.kind === 'INVOICE' ? 'To be paid' : 'Credited'} (${paper.currency})`, amount: words.money(paper.totalMinor), strong: true },
  ];
}

function termsIn(paper: Paper, words: Words): string {
  return termsOf({ ...paper, dueDate: words.date(paper.dueDate) });
}

function paymentOf({ number, seller: { name, bankAccount, bic } }: Paper): [string, string][] {
  if (!bankAccount) return [];
  const grouped = /^[A-Z]{2}\d{2}/.test(bankAccount) ? bankAccount.replace(/(.{4})(?=.)/g, '$1 ') : bankAccount;
  const given: [string, string | null][] = [
    ['Pay to', name],
    ['Account', grouped],
    ['BIC', bic],
    ['Reference', number],
  ];
  return given.filter((pair): pair is [string, string] => pair[1] !== null);
}

function legalOf({ seller }: Paper): string[] {
  const said = [
    seller.name,
    seller.registrationNumber && `Registration number ${seller.registrationNumber}`,
    seller.vatId && `VAT number ${seller.vatId}`,
    seller.taxNumber && `Tax number ${seller.taxNumber}`,
    seller.contactEmail,
  ];
  return said.filter((each) => typeof each === 'string');
}
