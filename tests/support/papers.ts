import { taxOf } from '#finance/billing/tax.ts';
import { type Paper, paperOf } from '#finance/document/paper.ts';
import type { Particulars } from '#finance/document/particulars.ts';
import { type InvoiceLineRow, type InvoiceRow, unadjusted } from '#finance/tables.ts';
import { id, stamp } from './decide.ts';

/** Parties about whom nothing is missing. */
export function particulars(
  more: { seller?: Partial<Particulars['seller']>; buyer?: Partial<Particulars['buyer']>; tax?: Partial<Particulars['tax']> } = {},
): Particulars {
  const address = { lines: ['Keizersgracht 1', 'Floor 2', 'Box 3'], city: 'Amsterdam', postalCode: '1015 CJ', region: 'Noord-Holland', countryCode: 'NL' };
  const seller = {
    ...{ name: 'Northlight B.V.', address, vatId: 'NL123456789B01', registrationNumber: '12345678', electronicAddress: '0106:12345678' },
    ...{ taxNumber: '1234.56.789', bankAccount: 'NL91ABNA0417164300', bic: 'ABNANL2A', contactEmail: 'billing@northlight.example', locale: 'nl-NL' },
  };
  const buyer = {
    ...{ name: 'Café Zürich & Söhne <Łódź>', address: { ...address, city: 'Łódź', countryCode: 'PL' }, vatId: 'PL1234567890', registrationNumber: 'KRS 1' },
    ...{ electronicAddress: '9945:PL1234567890', buyerReference: '04011000-12345-03', freeAddress: null },
  };
  return { seller: { ...seller, ...more.seller }, buyer: { ...buyer, ...more.buyer }, tax: { exempt: false, category: null, note: null, ...more.tax } };
}

type Adjusted = Pick<InvoiceLineRow, keyof typeof unadjusted>;
export type LineWish = Partial<Pick<InvoiceLineRow, 'amountMinor' | 'seconds' | 'rateMinor' | 'kind' | 'description'>> & {
  basisPoints?: number;
  adjusted?: Partial<Adjusted>;
};
type Wish = { lines?: readonly LineWish[]; currency?: string; kind?: InvoiceRow['kind']; said?: Particulars; row?: Partial<InvoiceRow> };

const plain: LineWish = { amountMinor: 150_00n, seconds: 5400n, rateMinor: 100_00n, basisPoints: 2100 };

/** A posted paper, taxed by the arithmetic of billing; a credit note gives back what its lines say. */
export function aPaper({ lines = [plain], currency = 'EUR', kind = 'INVOICE', said = particulars(), row: more }: Wish = {}): Paper {
  const way = kind === 'CREDIT_NOTE' ? -1n : 1n;
  const rows = lines.map((line, index) => lineOf(line, { index, currency, way }));
  for (const basisPoints of new Set(lines.map((line) => line.basisPoints ?? 0)))
    tax(
      rows.filter((_, index) => (lines[index]?.basisPoints ?? 0) === basisPoints),
      basisPoints,
    );
  const sum = (of: (line: InvoiceLineRow) => bigint) => rows.reduce((total, line) => total + of(line), 0n);
  const [subtotalMinor, taxMinor] = [sum((line) => line.amountMinor), sum((line) => line.taxMinor)];
  const owner = { customerId: id(2), engagementId: id(3), contractId: id(4), legalEntityId: id(5), taxProfileId: id(6) };
  const dates = { invoiceDate: '2026-03-31', paymentTermDays: 30, dueDate: '2026-04-30', cutOffDate: '2026-03-31', postedAt: stamp.createdAt };
  const numbers = { number: 'NL-INV-2026-000001', numberYear: 2026, numberSequence: 1, journalEntryId: id(7) };
  const texts = { purchaseOrderNumber: 'PO 7', note: 'Thank you.', taxFailedAt: null, taxFailure: null };
  const credit = { creditNoteId: null, creditsId: null, creditReason: kind === 'CREDIT_NOTE' ? 'Billed twice' : null, concession: false };
  const owed = { writtenOffMinor: 0n, writtenOffOn: null, writeOffReason: null, writeOffEntryId: null };
  const amounts = { currency, subtotalMinor, taxMinor, totalMinor: subtotalMinor + taxMinor, paidMinor: 0n, creditedMinor: 0n, ...owed };
  const row: InvoiceRow = { ...stamp, id: id(1), kind, status: 'POSTED', ...owner, ...dates, ...numbers, ...texts, ...credit, ...amounts, ...more };
  return paperOf({ row, lines: rows, particulars: said, credited: kind === 'CREDIT_NOTE' ? { ...row, number: 'NL-INV-2026-000001' } : undefined });
}

function tax(rows: InvoiceLineRow[], basisPoints: number): void {
  const rates = [{ basisPoints, effectiveFrom: '2000-01-01', effectiveTo: null }];
  const supplies = rows.map(({ amountMinor }) => ({ amountMinor, supplyStartDate: '2026-03-01', supplyEndDate: '2026-03-31' }));
  const taxed = taxOf(supplies, { code: 'T', exempt: false, rates });
  if ('failure' in taxed) throw new Error(taxed.failure);
  for (const [index, row] of rows.entries()) row.taxMinor = taxed.lines[index]?.taxMinor ?? 0n;
}

function lineOf(wish: LineWish, { index, currency, way }: { index: number; currency: string; way: bigint }): InvoiceLineRow {
  const { amountMinor = 0n, seconds = null, rateMinor = null, kind = 'TIME', description = `Work ${index + 1}`, basisPoints = 0, adjusted = {} } = wish;
  const place = { invoiceId: id(1), customerId: id(2), position: index + 1, projectId: null, contractLineId: null, laborCategoryId: null };
  const billed = { seconds: seconds === null ? null : way * seconds, amountMinor: way * amountMinor, rateMinor, currency };
  const taxes = { taxMinor: 0n, taxBasisPoints: basisPoints, supplyStartDate: '2026-03-01', supplyEndDate: '2026-03-31' };
  return {
    ...stamp,
    id: id(100 + index),
    ...place,
    ...billed,
    ...taxes,
    kind,
    description,
    actualCount: 1,
    account: 'REVENUE',
    creditsLineId: null,
    ...unadjusted,
    ...adjusted,
  };
}
