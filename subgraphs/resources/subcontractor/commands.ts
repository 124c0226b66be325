import type { CreateSubcontractorInput, EndSubcontractorInput, SubcontractorActionInput, UpdateSubcontractorInput } from '#generated/resources.ts';
import type { Command } from '#kernel/command.ts';
import { type Changes, type DecisionContext, openDraft } from '#kernel/draft.ts';
import { checkLines } from '#kernel/input.ts';
import { begin, step } from '#kernel/machine.ts';
import { externalRefs, subcontractor, type subcontractors } from '../tables.ts';
import { checkChange, columnsOf, demandSubcontractor, drafted, stateSubcontractor, subjectOf } from './decide.ts';
import { absorbSubcontractors, type LoadedSubcontractors, loadSubcontractors } from './load.ts';
import { subcontractorMachine } from './machine.ts';

type On<Item> = Command<Item, LoadedSubcontractors>;

export const onSubcontractors = { entities: [subcontractor], absorb: absorbSubcontractors } satisfies Partial<On<unknown>>;
const may = 'subcontractor:write' as const;

/** Records a firm that is to work for ours. */
export const createSubcontractor: On<CreateSubcontractorInput> = {
  ...onSubcontractors,
  may,
  load: (scope, items) => loadSubcontractors(scope, { pointing: items }),
  decide: (loaded, input, context) => {
    const draft = openDraft(context);
    const row = draft.insert(subcontractor, drafted(loaded, columnsOf(input), context.actor), begin(subcontractorMachine));
    stateSubcontractor(draft, [], row);
    draft.link({ refs: externalRefs, entity: subcontractor, id: row.id }, input.externalRefs);
    return draft.done(row.id);
  },
};

/** Changes what is known of a subcontractor, or its documents. */
export const updateSubcontractor: On<UpdateSubcontractorInput> = {
  ...onSubcontractors,
  may,
  load: (scope, items) => loadSubcontractors(scope, { ids: items.map(({ id }) => id), pointing: items }),
  decide: (loaded, input, context) => {
    const before = demandSubcontractor(loaded, input, context);
    const columns = columnsOf(input);
    const by = step(subcontractorMachine, { subject: subjectOf(before, [], context.now), action: 'update', actor: context.actor });
    checkChange(loaded, before, { columns, actor: context.actor });
    const draft = openDraft(context);
    const row = draft.update(subcontractor, before, { changes: columns, by });
    stateSubcontractor(draft, by.emits, row);
    draft.link({ refs: externalRefs, entity: subcontractor, id: row.id }, input.externalRefs);
    return draft.done(row.id);
  },
};

type Named = Pick<SubcontractorActionInput, 'id' | 'expectedVersion'>;
type Ending = Pick<EndSubcontractorInput, 'id' | 'expectedVersion' | 'reason'>;

export const submitSubcontractor: On<Named> = moving('submit', (_, { actor }) => ({ submittedBy: actor.id }));

/** Whoever reviews it wants something else first. */
export const returnSubcontractor: On<Ending> = moving('return', noted);

export const approveSubcontractor: On<Named> = moving('approve', (_, { actor }) => ({ approvedBy: actor.id, decisionNote: null }));

export const suspendSubcontractor: On<Ending> = moving('suspend', noted);

export const reinstateSubcontractor: On<Named> = moving('reinstate', (_, { actor }) => ({ approvedBy: actor.id, decisionNote: null }));

export const endSubcontractor: On<Ending> = moving('end', noted);

function noted({ reason }: Ending): Changes<typeof subcontractors> {
  return { decisionNote: checkLines('reason', reason, 1000) };
}

type Action = 'submit' | 'return' | 'approve' | 'suspend' | 'reinstate' | 'end';

function moving<Item extends Named>(action: Action, changes: (item: Item, context: DecisionContext) => Changes<typeof subcontractors>): On<Item> {
  return {
    ...onSubcontractors,
    may: subcontractorMachine.actions[action].may,
    load: (scope, items) => loadSubcontractors(scope, { ids: items.map(({ id }) => id) }),
    decide: (loaded, item, context) => {
      const before = demandSubcontractor(loaded, item, context);
      const subject = subjectOf(before, loaded.confirmed.get(before.id) ?? [], context.now);
      const by = step(subcontractorMachine, { subject, action, actor: context.actor });
      const draft = openDraft(context);
      const row = draft.update(subcontractor, before, { changes: changes(item, context), by });
      stateSubcontractor(draft, by.emits, row);
      return draft.done(row.id);
    },
  };
}
