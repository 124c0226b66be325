import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';
import { documentsInForce } from '../subcontractor/machine.ts';

export type SubcontractStatus = 'DRAFT' | 'CONFIRMED' | 'CLOSED' | 'CANCELLED';

/** What the guards of an order judge. */
export type SubcontractSubject = {
  status: SubcontractStatus;
  subcontractorStatus: string;
  /** What the subcontractor's required documents lack today. */
  missing: readonly string[];
  lineCount: number;
  /** The lines of which two would pay the same hour, a sentence each. */
  clashes: readonly string[];
};

function subcontractorApproved({ subcontractorStatus }: SubcontractSubject): string | undefined {
  return subcontractorStatus === 'APPROVED' ? undefined : `The subcontractor is ${subcontractorStatus}; only from an APPROVED one is ordered.`;
}

function somethingOrdered({ lineCount }: SubcontractSubject): string | undefined {
  return lineCount > 0 ? undefined : 'It has no line, so that it orders nothing.';
}

function linesApart({ clashes }: SubcontractSubject): string | undefined {
  return clashes.length > 0 ? `${clashes.join(' ')} Change the days, or close the other order first.` : undefined;
}

const may = 'subcontract:write';

export const subcontractMachine = {
  entity: 'Subcontract',
  states: ['DRAFT', 'CONFIRMED', 'CLOSED', 'CANCELLED'],
  initial: 'DRAFT',
  actions: {
    update: { from: ['DRAFT'], to: 'DRAFT', may, emits: 'SubcontractChanged', by: 'updateSubcontract' },
    confirm: {
      from: ['DRAFT'],
      to: 'CONFIRMED',
      may: 'subcontract:confirm',
      guards: [subcontractorApproved, documentsInForce, somethingOrdered, linesApart],
      allGuards: true,
      emits: 'SubcontractConfirmed',
      by: 'confirmSubcontract',
    },
    close: { from: ['CONFIRMED'], to: 'CLOSED', may: 'subcontract:confirm', emits: 'SubcontractClosed', by: 'closeSubcontract' },
    cancel: { from: ['DRAFT'], to: 'CANCELLED', may, emits: 'SubcontractChanged', by: 'cancelSubcontract' },
  },
} as const satisfies Machine<SubcontractStatus, SubcontractSubject, FactName>;
