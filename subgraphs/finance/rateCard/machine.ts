import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

/** SUPERSEDED: a later publication cut its range short. It goes on pricing the work dates that are left to it. */
export type RateCardVersionStatus = 'DRAFT' | 'PUBLISHED' | 'SUPERSEDED';

export type RateCardVersionSubject = { status: RateCardVersionStatus; lineCount: number };

function hasLines(version: RateCardVersionSubject): string | undefined {
  return version.lineCount > 0 ? undefined : 'A version without lines prices nothing. Add lines first.';
}

export const rateCardVersionMachine = {
  entity: 'RateCardVersion',
  states: ['DRAFT', 'PUBLISHED', 'SUPERSEDED'],
  initial: 'DRAFT',
  actions: {
    publish: { from: ['DRAFT'], to: 'PUBLISHED', may: 'rate:publish', guards: [hasLines], emits: 'RateCardPublished', by: 'publishRateCardVersion' },
    supersede: { from: ['PUBLISHED'], to: 'SUPERSEDED', may: 'rate:publish', by: 'publishRateCardVersion' },
  },
} as const satisfies Machine<RateCardVersionStatus, RateCardVersionSubject, FactName>;
