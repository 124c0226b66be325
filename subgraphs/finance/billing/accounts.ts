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
  'REVENUE',
  'COST_OF_SERVICES',
  'BAD_DEBT',
  'INTERCOMPANY',
  'OTHER',
] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

export const journalSources = ['MANUAL', 'INVOICE', 'CREDIT_NOTE', 'PAYMENT', 'PAYMENT_APPLICATION', 'REFUND', 'WRITE_OFF', 'REVENUE', 'REVERSAL'] as const;
export type JournalSource = (typeof journalSources)[number];

/** What time and materials bill is earned; anything else waits as a liability until a revenue event recognizes it. */
export function accountOfBilling(method: string | undefined): LedgerAccount {
  return method === undefined || method === 'TIME_AND_MATERIALS' ? 'REVENUE' : 'CONTRACT_LIABILITY';
}
