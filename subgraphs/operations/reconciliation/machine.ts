import type { Machine } from '#kernel/machine.ts';
import type { BreakFactName } from '../published.ts';

export type BreakStatus = 'OPEN' | 'EXPLAINED' | 'ACCEPTED' | 'RESOLVED';

/** What the guards of a break judge. */
export type BreakSubject = { status: BreakStatus };

/** A difference that nothing explains begins OPEN; one with a cause is EXPLAINED, and goes with its cause. */
export const breakMachine = {
  entity: 'ReconciliationBreak',
  states: ['OPEN', 'EXPLAINED', 'ACCEPTED', 'RESOLVED'],
  initial: ['OPEN', 'EXPLAINED'],
  actions: {
    accept: { from: ['OPEN'], to: 'ACCEPTED', may: 'reconciliation:accept', emits: 'ReconciliationBreakAccepted', by: 'acceptReconciliationBreak' },
    reopen: { from: ['ACCEPTED'], to: 'OPEN', may: 'reconciliation:accept', emits: 'ReconciliationBreakOpened', by: 'reopenReconciliationBreak' },
    resolve: {
      from: ['OPEN', 'ACCEPTED'],
      to: 'RESOLVED',
      may: 'reconciliation:accept',
      emits: 'ReconciliationBreakResolved',
      by: 'resolveReconciliationBreak',
    },
  },
} as const satisfies Machine<BreakStatus, BreakSubject, BreakFactName>;
