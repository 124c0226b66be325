import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type MilestoneStatus = 'PLANNED' | 'REACHED' | 'ACCEPTED' | 'CANCELLED';

/** What the guards of a milestone judge. */
export type MilestoneSubject = { status: MilestoneStatus };

export const milestoneMachine = {
  entity: 'Milestone',
  states: ['PLANNED', 'REACHED', 'ACCEPTED', 'CANCELLED'],
  initial: 'PLANNED',
  actions: {
    reach: { from: ['PLANNED'], to: 'REACHED', may: 'milestone:write', emits: 'MilestoneReached', by: 'reachMilestone' },
    accept: { from: ['REACHED'], to: 'ACCEPTED', may: 'milestone:accept', emits: 'MilestoneAccepted', by: 'acceptMilestone' },
    cancel: { from: ['PLANNED'], to: 'CANCELLED', may: 'milestone:write', by: 'cancelMilestone' },
  },
} as const satisfies Machine<MilestoneStatus, MilestoneSubject, FactName>;
