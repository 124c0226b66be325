import { showMoney } from '#kernel/money.ts';
import type { LedgerAccount } from './accounts.ts';

/** One side of a journal entry: exactly one of the two amounts is above zero. */
export type EntryLine = {
  account: LedgerAccount;
  debitMinor: bigint;
  creditMinor: bigint;
  currency: string;
  legalEntityId: string;
  contractId?: string | null;
  projectId?: string | null;
  note?: string | null;
};

type Side = Omit<EntryLine, 'debitMinor' | 'creditMinor'>;

/** A debit of `minor`; a negative one is a credit, and of zero there is none. */
export function debit(side: Side, minor: bigint): EntryLine[] {
  if (minor === 0n) return [];
  return [minor > 0n ? { ...side, debitMinor: minor, creditMinor: 0n } : { ...side, debitMinor: 0n, creditMinor: -minor }];
}

/** A credit of `minor`; a negative one is a debit. */
export function credit(side: Side, minor: bigint): EntryLine[] {
  return debit(side, -minor);
}

/** The same amounts on the other side. */
export function opposite(lines: readonly EntryLine[]): EntryLine[] {
  return lines.map((line) => ({ ...line, debitMinor: line.creditMinor, creditMinor: line.debitMinor }));
}

/** Where debits and credits differ, as a sentence, or nothing. */
export function differenceOf(lines: readonly EntryLine[]): string | undefined {
  if (lines.length === 0) return 'The entry has no lines.';
  const sums = new Map<string, { currency: string; minor: bigint }>();
  for (const { legalEntityId, currency, debitMinor, creditMinor } of lines) {
    const key = `${legalEntityId} ${currency}`;
    sums.set(key, { currency, minor: (sums.get(key)?.minor ?? 0n) + debitMinor - creditMinor });
  }
  const off = [...sums.values()].find((sum) => sum.minor !== 0n);
  if (!off) return undefined;
  const { amount, currency } = showMoney({ minor: off.minor < 0n ? -off.minor : off.minor, currency: off.currency });
  return `${off.minor > 0n ? 'Debits' : 'Credits'} are ${amount} ${currency} higher. They must be equal per currency and legal entity.`;
}

type InvoiceSums = { contractId: string; legalEntityId: string; currency: string; totalMinor: bigint; taxMinor: bigint };
type InvoiceLineSums = { account: LedgerAccount; projectId: string | null; amountMinor: bigint };

/** Dr receivable; Cr revenue or contract liability per project, and tax. A credit note's negative amounts turn the sides. */
export function invoiceEntry(invoice: InvoiceSums, lines: readonly InvoiceLineSums[]): EntryLine[] {
  const { contractId, legalEntityId, currency } = invoice;
  const side = { contractId, legalEntityId, currency };
  const earned = new Map<string, InvoiceLineSums>();
  for (const line of lines) {
    const key = `${line.account} ${line.projectId}`;
    earned.set(key, { ...line, amountMinor: (earned.get(key)?.amountMinor ?? 0n) + line.amountMinor });
  }
  return [
    ...debit({ ...side, account: 'RECEIVABLE' }, invoice.totalMinor),
    ...[...earned.values()].flatMap(({ account, projectId, amountMinor }) => credit({ ...side, account, projectId }, amountMinor)),
    ...credit({ ...side, account: 'TAX_PAYABLE' }, invoice.taxMinor),
  ];
}

type PaymentSums = { legalEntityId: string; currency: string };

/** Money that arrives is the customer's until it is applied: Dr cash, Cr customer credit. */
export function paymentEntry({ legalEntityId, currency }: PaymentSums, minor: bigint): EntryLine[] {
  const side = { legalEntityId, currency };
  return [...debit({ ...side, account: 'CASH' }, minor), ...credit({ ...side, account: 'CUSTOMER_CREDIT' }, minor)];
}

/** Settling an invoice: Dr customer credit, Cr receivable. */
export function applicationEntry({ legalEntityId, currency }: PaymentSums, invoice: { contractId: string }, minor: bigint): EntryLine[] {
  const side = { legalEntityId, currency };
  return [...debit({ ...side, account: 'CUSTOMER_CREDIT' }, minor), ...credit({ ...side, account: 'RECEIVABLE', contractId: invoice.contractId }, minor)];
}

/** Money that goes back to the customer: Dr customer credit, Cr cash. */
export function refundEntry(payment: PaymentSums, minor: bigint): EntryLine[] {
  return opposite(paymentEntry(payment, minor));
}

/** What is given up of an invoice: Dr bad debt, Cr receivable. */
export function writeOffEntry({ contractId, legalEntityId, currency }: PaymentSums & { contractId: string }, minor: bigint): EntryLine[] {
  const side = { contractId, legalEntityId, currency };
  return [...debit({ ...side, account: 'BAD_DEBT' }, minor), ...credit({ ...side, account: 'RECEIVABLE' }, minor)];
}

type RevenueSums = { contractId: string; projectId: string | null; legalEntityId: string; currency: string };

/** What is earned and not invoiced: Dr accrued revenue, Cr revenue; a negative amount takes it back. */
export function accrualEntry({ contractId, projectId, legalEntityId, currency }: RevenueSums, minor: bigint): EntryLine[] {
  const side = { contractId, projectId, legalEntityId, currency };
  return [...debit({ ...side, account: 'ACCRUED_REVENUE' }, minor), ...credit({ ...side, account: 'REVENUE' }, minor)];
}

/** Recognition: Dr contract liability, Cr revenue. Before billing the liability goes below zero: a contract asset. */
export function revenueEntry({ contractId, projectId, legalEntityId, currency }: RevenueSums, minor: bigint): EntryLine[] {
  const side = { contractId, projectId, legalEntityId, currency };
  return [...debit({ ...side, account: 'CONTRACT_LIABILITY' }, minor), ...credit({ ...side, account: 'REVENUE' }, minor)];
}
