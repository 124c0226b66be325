import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type RerateProposalStatus = 'PROPOSED' | 'ACCEPTED' | 'DISMISSED';

/** What the guards of a proposal judge. */
export type RerateProposalSubject = { status: RerateProposalStatus /** False while turns may still find more work on the invoice. */; finished: boolean };

function rerateDone({ finished }: RerateProposalSubject): string | undefined {
  return finished ? undefined : 'The amendment is still being applied to its work. Try again in a moment.';
}

export const rerateProposalMachine = {
  entity: 'RerateProposal',
  states: ['PROPOSED', 'ACCEPTED', 'DISMISSED'],
  initial: 'PROPOSED',
  actions: {
    accept: {
      from: ['PROPOSED'],
      to: 'ACCEPTED',
      may: 'invoice:credit',
      guards: [rerateDone],
      emits: 'RerateProposalDecided',
      by: 'acceptRerateProposal',
    },
    dismiss: { from: ['PROPOSED'], to: 'DISMISSED', may: 'invoice:credit', emits: 'RerateProposalDecided', by: 'dismissRerateProposal' },
  },
} as const satisfies Machine<RerateProposalStatus, RerateProposalSubject, FactName>;
