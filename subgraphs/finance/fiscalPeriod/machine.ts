import type { Actor } from '#kernel/actor.ts';
import type { Machine } from '#kernel/machine.ts';
import { isConfined } from '#kernel/visibility.ts';
import type { FactName } from '../published.ts';

export type FiscalPeriodStatus = 'OPEN' | 'CLOSED' | 'LOCKED';

/** What the guards of a fiscal period judge: what is dated in it and not posted yet. */
export type FiscalPeriodSubject = { status: FiscalPeriodStatus; unposted: { invoices: number; journalEntries: number } };

function nothingUnposted({ unposted }: FiscalPeriodSubject, actor: Actor): string | undefined {
  if (unposted.invoices === 0 && unposted.journalEntries === 0) return undefined;
  if (isConfined(actor)) return 'Something that is dated in the period is not posted. Whoever sees the whole firm closes it.';
  return `${unposted.invoices} draft invoices and ${unposted.journalEntries} draft journal entries are dated in the period. Post, move or cancel them first.`;
}

export const fiscalPeriodMachine = {
  entity: 'FiscalPeriod',
  states: ['OPEN', 'CLOSED', 'LOCKED'],
  initial: 'OPEN',
  actions: {
    close: { from: ['OPEN'], to: 'CLOSED', may: 'period:close', guards: [nothingUnposted], emits: 'PeriodClosed', by: 'closeFiscalPeriod' },
    reopen: { from: ['CLOSED'], to: 'OPEN', may: 'period:reopen', emits: 'PeriodOpened', by: 'reopenFiscalPeriod' },
    lock: { from: ['CLOSED'], to: 'LOCKED', may: 'period:lock', by: 'lockFiscalPeriod' },
  },
} as const satisfies Machine<FiscalPeriodStatus, FiscalPeriodSubject, FactName>;
