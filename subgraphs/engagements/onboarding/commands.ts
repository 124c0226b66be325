import type { Command } from '#kernel/command.ts';
import { openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { demandGuards } from '#kernel/machine.ts';
import { notFound } from '#kernel/rows.ts';
import { absorbLocked } from '../locked.ts';
import { type LoadedOpportunities, loadOpportunities, subjectOf } from '../opportunity/load.ts';
import { type OnboardingState, opportunityMachine } from '../opportunity/machine.ts';
import { type OpportunityRow, opportunity } from '../tables.ts';

/** A won opportunity, and the run that has it in hand. */
export type InHand = { id: string; runId: string };
type On<Item> = Command<Item, LoadedOpportunities>;

const base = {
  may: 'opportunity:write' as const,
  entities: [opportunity],
  load: (scope: Parameters<On<InHand>['load']>[0], items: readonly InHand[]) => loadOpportunities(scope, { ids: items.map(({ id }) => id) }),
  absorb: absorbLocked(opportunity),
};

/** A run takes a won opportunity in hand: one at a time, and none again once its project is there. */
export const takeOnOpportunity: On<InHand> = {
  ...base,
  decide: (loaded, { id, runId }, context) => {
    const before = demandWon(loaded, id);
    if (before.runId && before.runId !== runId && before.onboarding !== 'FAILED')
      throw new Refused('INVALID_TRANSITION', `Another run has the opportunity in hand: its onboarding is ${before.onboarding}.`, { field: 'onboarding' });
    const draft = openDraft(context);
    draft.update(opportunity, before, { changes: { onboarding: 'STARTED', runId } });
    return draft.done(id);
  },
};

/** What was true when it was won must still be: all that is broken is named. */
export const checkOpportunity: On<InHand> = {
  ...base,
  decide: (loaded, item, context) => {
    demandGuards(opportunityMachine.actions.win, subjectOf(demandInHand(loaded, item), loaded), context.actor);
    return openDraft(context).done(item.id);
  },
};

type Followed = Partial<Record<'engagementId' | 'contractId' | 'projectId', string | null>> & { onboarding?: OnboardingState };

/** Notes what followed from an opportunity so far, or that it was taken back. */
export const noteFollowed: On<InHand & { followed: Followed }> = {
  ...base,
  decide: (loaded, { followed, ...item }, context) => {
    const draft = openDraft(context);
    draft.update(opportunity, demandInHand(loaded, item), { changes: followed });
    return draft.done(item.id);
  },
};

function demandWon({ rows }: LoadedOpportunities, id: string): OpportunityRow {
  const row = rows.get(id);
  if (!row) throw notFound('Opportunity', id);
  if (row.status !== 'WON') throw new Refused('INVALID_TRANSITION', `The opportunity is ${row.status}; nothing follows from it.`, { field: 'status' });
  return row;
}

function demandInHand(loaded: LoadedOpportunities, { id, runId }: InHand): OpportunityRow {
  const row = demandWon(loaded, id);
  if (row.runId !== runId) throw new Refused('INVALID_TRANSITION', 'Another run has the opportunity in hand.', { field: 'onboarding' });
  return row;
}
