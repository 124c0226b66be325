import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type DisputeStatus = 'OPEN' | 'ACCEPTED' | 'REJECTED' | 'WITHDRAWN';

export const disputeReasons = ['PRICE', 'QUANTITY', 'QUALITY', 'DUPLICATE', 'ALREADY_PAID', 'FORMAL', 'OTHER'] as const;
export type DisputeReason = (typeof disputeReasons)[number];

/** Who raised it: the client itself, or somebody of the firm for it. */
export const disputeParties = ['CLIENT', 'FIRM'] as const;
export type DisputeParty = (typeof disputeParties)[number];

export type DisputeSubject = { status: DisputeStatus };

export const disputeMachine = {
  entity: 'Dispute',
  states: ['OPEN', 'ACCEPTED', 'REJECTED', 'WITHDRAWN'],
  initial: 'OPEN',
  actions: {
    accept: { from: ['OPEN'], to: 'ACCEPTED', may: 'dispute:resolve', emits: 'DisputeResolved', by: 'resolveDispute' },
    reject: { from: ['OPEN'], to: 'REJECTED', may: 'dispute:resolve', emits: 'DisputeResolved', by: 'resolveDispute' },
    withdraw: { from: ['OPEN'], to: 'WITHDRAWN', may: 'dispute:write', emits: 'DisputeWithdrawn', by: 'withdrawDispute' },
  },
} as const satisfies Machine<DisputeStatus, DisputeSubject, FactName>;
