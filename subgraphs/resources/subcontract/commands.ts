import type { CloseSubcontractInput, CreateSubcontractInput, SubcontractActionInput, UpdateSubcontractInput } from '#generated/resources.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import { type Changes, openDraft, rowsIn } from '#kernel/draft.ts';
import { checkText, given } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import { externalRefs, subcontract, subcontractLine, type subcontracts } from '../tables.ts';
import { demandSeller, demandSubcontract, drafted, linesFor, stateSubcontract, subjectIn, toleranceOf } from './decide.ts';
import { type Ordering, replaceLines } from './lines.ts';
import { absorbSubcontracts, type LoadedSubcontracts, loadSubcontracts } from './load.ts';
import { subcontractMachine } from './machine.ts';

type On<Item> = Command<Item, LoadedSubcontracts>;

export const onSubcontracts = { entities: [subcontract, subcontractLine], absorb: absorbSubcontracts } satisfies Partial<On<unknown>>;
const may = 'subcontract:write' as const;

/** Drafts an order to a subcontractor. */
export const createSubcontract: On<Ordering<Meant<CreateSubcontractInput, 'subcontractor'>>> = {
  ...onSubcontracts,
  may,
  load: (scope, items) => loadSubcontracts(scope, { pointing: items }),
  decide: (loaded, input, context) => {
    const draft = openDraft(context);
    const row = drafted(draft, loaded, input);
    draft.link({ refs: externalRefs, entity: subcontract, id: row.id }, input.externalRefs);
    return draft.done(row.id);
  },
};

/** Changes an order as long as it is a draft. */
export const updateSubcontract: On<Ordering<UpdateSubcontractInput>> = {
  ...onSubcontracts,
  may,
  load: (scope, items) => loadSubcontracts(scope, { ids: items.map(({ id }) => id), pointing: items }),
  decide: (loaded, input, context) => {
    const before = demandSubcontract(loaded, input, context);
    const by = step(subcontractMachine, { subject: subjectIn(loaded, before, context.now), action: 'update', actor: context.actor });
    const { name, tolerance, lines } = input;
    const { currency } = before;
    const draft = openDraft(context);
    const seller = demandSeller(loaded, before.subcontractorId, context);
    const wanted = lines ? linesFor(loaded, { seller, currency, lines, context }) : undefined;
    const held = loaded.lines.get(before.id) ?? [];
    const touch = wanted ? replaceLines(draft, before, { held, wanted }) : false;
    const changes = given({
      name: name === undefined ? undefined : checkText('name', name),
      toleranceMinor: tolerance === undefined ? undefined : toleranceOf(tolerance, currency),
    });
    const row = draft.update(subcontract, before, { changes, by, touch });
    const after = rowsIn(draft.done(row.id), subcontractLine).flatMap(({ row: line }) => line ?? []);
    stateSubcontract(draft, { row, by, lines: wanted ? after : held });
    draft.link({ refs: externalRefs, entity: subcontract, id: row.id }, input.externalRefs);
    return draft.done(row.id);
  },
};

type Named = Pick<SubcontractActionInput, 'id' | 'expectedVersion'>;

/** From now on its lines give the cost of the time that they cover. */
export const confirmSubcontract: On<Named> = moving('confirm', () => ({}));

/** Nothing is bought by it after its last day. */
export const closeSubcontract: On<Pick<CloseSubcontractInput, 'id' | 'expectedVersion' | 'closedOn'>> = moving('close', ({ closedOn }) => ({ closedOn }));

export const cancelSubcontract: On<Named> = moving('cancel', () => ({}));

function moving<Item extends Named>(action: 'confirm' | 'close' | 'cancel', changes: (item: Item) => Changes<typeof subcontracts>): On<Item> {
  return {
    ...onSubcontracts,
    may: subcontractMachine.actions[action].may,
    load: (scope, items) => loadSubcontracts(scope, { ids: items.map(({ id }) => id) }),
    decide: (loaded, item, context) => {
      const before = demandSubcontract(loaded, item, context);
      const by = step(subcontractMachine, { subject: subjectIn(loaded, before, context.now), action, actor: context.actor });
      const draft = openDraft(context);
      const row = draft.update(subcontract, before, { changes: changes(item), by });
      stateSubcontract(draft, { row, by, lines: loaded.lines.get(row.id) ?? [] });
      return draft.done(row.id);
    },
  };
}
