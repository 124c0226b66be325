/** The chart of accounts (SDL enum LedgerAccount). */
export const ledgerAccounts = [
  'CASH',
  'RECEIVABLE',
  'ACCRUED_REVENUE',
  'WORK_IN_PROGRESS',
  'TAX_PAYABLE',
  'CUSTOMER_CREDIT',
  'CONTRACT_LIABILITY',
  'ACCRUED_COST',
  'PAYABLE',
  'REVENUE',
  'COST_OF_SERVICES',
  'BAD_DEBT',
  'INTERCOMPANY',
  'INTERCOMPANY_REVENUE',
  'OTHER',
] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

export const journalSources = [
  'MANUAL',
  'INVOICE',
  'CREDIT_NOTE',
  'PAYMENT',
  'PAYMENT_APPLICATION',
  'REFUND',
  'WRITE_OFF',
  'REVENUE',
  'INTERCOMPANY',
  'SUPPLIER_INVOICE',
  'REVERSAL',
] as const;
export type JournalSource = (typeof journalSources)[number];

/** What time and materials bill is earned, and so is work beyond a retainer; anything else waits as a liability until a revenue event recognizes it. */
export function accountOfBilling(method: string | undefined, kind: 'TIME' | 'EXPENSE' | 'FEE'): LedgerAccount {
  const earned = method === undefined || method === 'TIME_AND_MATERIALS' || (method === 'RETAINER' && kind !== 'FEE');
  return earned ? 'REVENUE' : 'CONTRACT_LIABILITY';
}
