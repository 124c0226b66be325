import { type Actor, mayByName } from '#kernel/actor.ts';
import type { Machine } from '#kernel/machine.ts';
import { isConfined } from '#kernel/visibility.ts';
import type { FactName } from '../published.ts';
import { type OpenWork, sayOpenWork } from './openWork.ts';

export type FiscalPeriodStatus = 'OPEN' | 'CLOSED' | 'LOCKED';

/** What the guards of a fiscal period judge: what is dated in it and not posted yet, and work that has no place in the books yet. */
export type FiscalPeriodSubject = {
  status: FiscalPeriodStatus;
  unposted: { invoices: number; journalEntries: number };
  openWork: readonly OpenWork[];
  /** Somebody takes it upon themselves. */
  overrideOpenWork?: boolean | undefined;
};

function nothingUnposted({ unposted }: FiscalPeriodSubject, actor: Actor): string | undefined {
  if (unposted.invoices === 0 && unposted.journalEntries === 0) return undefined;
  if (isConfined(actor)) return 'Something that is dated in the period is not posted. Whoever sees the whole firm closes it.';
  return `${unposted.invoices} draft invoices and ${unposted.journalEntries} draft journal entries are dated in the period. Post, move or cancel them first.`;
}

/** Time, expenses and fees of a closed period could be posted no more. */
function noOpenWork({ openWork, overrideOpenWork = false }: FiscalPeriodSubject, actor: Actor): string | undefined {
  if (openWork.length === 0) return undefined;
  if (isConfined(actor)) return 'Work that is dated in the period is not in the books yet. Whoever sees the whole firm closes it.';
  const permitted = mayByName(actor, 'period:override');
  if (overrideOpenWork && permitted) return undefined;
  const way = permitted ? 'Or close over it: overrideOpenWork, with a reason.' : 'To close over it needs the permission period:override.';
  return `Work that is dated in the period is not in the books yet: ${sayOpenWork(openWork, actor)}. ${way}`;
}

export const fiscalPeriodMachine = {
  entity: 'FiscalPeriod',
  states: ['OPEN', 'CLOSED', 'LOCKED'],
  initial: 'OPEN',
  actions: {
    close: { from: ['OPEN'], to: 'CLOSED', may: 'period:close', guards: [nothingUnposted, noOpenWork], emits: 'PeriodClosed', by: 'closeFiscalPeriod' },
    reopen: { from: ['CLOSED'], to: 'OPEN', may: 'period:reopen', emits: 'PeriodOpened', by: 'reopenFiscalPeriod' },
    /** What came after the close, or was closed over, could never be posted. */
    lock: { from: ['CLOSED'], to: 'LOCKED', may: 'period:lock', guards: [nothingUnposted, noOpenWork], emits: 'PeriodLocked', by: 'lockFiscalPeriod' },
  },
} as const satisfies Machine<FiscalPeriodStatus, FiscalPeriodSubject, FactName>;
