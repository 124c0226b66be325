import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type EngagementStatus = 'DRAFT' | 'ACTIVE' | 'ON_HOLD' | 'COMPLETED' | 'CLOSED' | 'CANCELLED';

/** What the guards of an engagement judge: a project is open until it is CLOSED or CANCELLED. */
export type EngagementSubject = { status: EngagementStatus; openProjects: number };

function noOpenProject({ openProjects }: EngagementSubject): string | undefined {
  return openProjects === 0 ? undefined : `${openProjects} of its projects are still open. Close or cancel them first.`;
}

const changed = { may: 'engagement:write', emits: 'EngagementStatusChanged' } as const;

export const engagementMachine = {
  entity: 'Engagement',
  states: ['DRAFT', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'CLOSED', 'CANCELLED'],
  initial: 'DRAFT',
  actions: {
    activate: { from: ['DRAFT'], to: 'ACTIVE', ...changed, by: 'activateEngagement' },
    hold: { from: ['ACTIVE'], to: 'ON_HOLD', ...changed, by: 'holdEngagement' },
    resume: { from: ['ON_HOLD'], to: 'ACTIVE', ...changed, by: 'resumeEngagement' },
    complete: { from: ['ACTIVE', 'ON_HOLD'], to: 'COMPLETED', ...changed, by: 'completeEngagement' },
    reopen: {
      from: ['COMPLETED'],
      to: 'ACTIVE',
      may: 'engagement:reopen',
      emits: ['EngagementStatusChanged', 'EngagementReopened'],
      by: 'reopenEngagement',
    },
    close: { from: ['COMPLETED'], to: 'CLOSED', ...changed, guards: [noOpenProject], by: 'closeEngagement' },
    cancel: { from: ['DRAFT'], to: 'CANCELLED', ...changed, guards: [noOpenProject], by: 'cancelEngagement' },
  },
} as const satisfies Machine<EngagementStatus, EngagementSubject, FactName>;
