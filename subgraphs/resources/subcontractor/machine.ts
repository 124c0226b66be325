import type { Actor } from '#kernel/actor.ts';
import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type SubcontractorStatus = 'DRAFT' | 'IN_REVIEW' | 'APPROVED' | 'SUSPENDED' | 'ENDED';

/** What the guards of a subcontractor judge. */
export type SubcontractorSubject = {
  status: SubcontractorStatus;
  submittedBy: string | null;
  /** What the required documents lack today. */
  missing: readonly string[];
  /** The orders of it that are CONFIRMED, by name. */
  confirmed: readonly string[];
};

export function documentsInForce({ missing }: Pick<SubcontractorSubject, 'missing'>): string | undefined {
  return missing.length > 0 ? `${missing.join(' ')} Record the documents, then try again.` : undefined;
}

function approverIsNotSubmitter({ submittedBy }: SubcontractorSubject, { id }: Actor): string | undefined {
  return id === submittedBy ? 'Whoever submitted a subcontractor does not approve it. Ask somebody else.' : undefined;
}

function nothingOrdered({ confirmed }: SubcontractorSubject): string | undefined {
  return confirmed.length > 0 ? `${confirmed.join(', ')} ${confirmed.length === 1 ? 'is' : 'are'} CONFIRMED. Close that first.` : undefined;
}

const write = 'subcontractor:write';
const approve = 'subcontractor:approve';

export const subcontractorMachine = {
  entity: 'Subcontractor',
  states: ['DRAFT', 'IN_REVIEW', 'APPROVED', 'SUSPENDED', 'ENDED'],
  initial: 'DRAFT',
  actions: {
    update: {
      from: ['DRAFT', 'APPROVED', 'SUSPENDED'],
      to: ['DRAFT', 'APPROVED', 'SUSPENDED'],
      may: write,
      emits: 'SubcontractorChanged',
      by: 'updateSubcontractor',
    },
    submit: { from: ['DRAFT'], to: 'IN_REVIEW', may: write, emits: 'SubcontractorSubmitted', by: 'submitSubcontractor' },
    return: { from: ['IN_REVIEW'], to: 'DRAFT', may: approve, emits: 'SubcontractorChanged', by: 'returnSubcontractor' },
    approve: {
      from: ['IN_REVIEW'],
      to: 'APPROVED',
      may: approve,
      guards: [documentsInForce, approverIsNotSubmitter],
      allGuards: true,
      emits: 'SubcontractorApproved',
      by: 'approveSubcontractor',
    },
    suspend: { from: ['APPROVED'], to: 'SUSPENDED', may: approve, emits: 'SubcontractorSuspended', by: 'suspendSubcontractor' },
    reinstate: {
      from: ['SUSPENDED'],
      to: 'APPROVED',
      may: approve,
      guards: [documentsInForce],
      emits: 'SubcontractorApproved',
      by: 'reinstateSubcontractor',
    },
    end: { from: ['APPROVED', 'SUSPENDED'], to: 'ENDED', may: approve, guards: [nothingOrdered], emits: 'SubcontractorEnded', by: 'endSubcontractor' },
  },
} as const satisfies Machine<SubcontractorStatus, SubcontractorSubject, FactName>;
