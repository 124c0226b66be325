import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type AbsenceStatus = 'APPROVED' | 'CANCELLED';

/** What is asked for and not yet granted stays in the HR system: it takes nobody's time. */
export const absenceMachine = {
  entity: 'Absence',
  states: ['APPROVED', 'CANCELLED'],
  initial: 'APPROVED',
  actions: {
    cancel: { from: ['APPROVED'], to: 'CANCELLED', may: 'absence:write', emits: 'AbsenceChanged', by: 'cancelAbsence' },
  },
} as const satisfies Machine<AbsenceStatus, { status: AbsenceStatus }, FactName>;
