import type { UpsertSubcontractorItem } from '#generated/resources.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import { type Draft, differs, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { externalKey, takenElsewhere } from '#kernel/external.ts';
import { begin, step } from '#kernel/machine.ts';
import { absorbReferred, findReferred } from '#kernel/referred.ts';
import { sees } from '#kernel/visibility.ts';
import { externalRefs, type SubcontractorRow, subcontractor } from '../tables.ts';
import { onSubcontractors } from './commands.ts';
import { checkChange, columnsOf, demandWholeFirm, drafted, stateSubcontractor, subjectOf } from './decide.ts';
import { type LoadedSubcontractors, loadSubcontractors } from './load.ts';
import { subcontractorMachine } from './machine.ts';

type Upsert = Meant<UpsertSubcontractorItem, never, 'legalEntity'>;

/** Creates or changes subcontractors by external reference. Unchanged ones keep their version and state nothing; nobody is approved by a delivery. */
export const upsertSubcontractors: Command<Upsert, LoadedSubcontractors> = {
  ...onSubcontractors,
  may: 'subcontractor:write',
  load: (scope, items) => loadSubcontractors(scope, { refs: items.map(({ externalRef }) => externalRef), pointing: items }),
  source: { refs: externalRefs, entity: subcontractor, of: ({ externalRef }) => externalRef },
  once: ({ externalRef }) => ({ field: 'externalRef', key: externalKey(externalRef) }),
  decide: (loaded, item, context) => {
    demandWholeFirm(context.actor);
    const draft = openDraft(context);
    const before = findReferred(loaded, item.externalRef);
    const row = before ? changed(draft, loaded, { before, item }) : created(draft, loaded, item);
    draft.link({ refs: externalRefs, entity: subcontractor, id: row.id }, [item.externalRef]);
    return draft.done(row.id);
  },
  absorb: (loaded, decision, { externalRef }) => absorbReferred(loaded, decision, { entity: subcontractor, ref: externalRef }),
};

function created(draft: Draft, loaded: LoadedSubcontractors, item: Upsert): SubcontractorRow {
  const row = draft.insert(subcontractor, drafted(loaded, columnsOf(item), draft.context.actor), begin(subcontractorMachine));
  stateSubcontractor(draft, [], row);
  return submitted(draft, row, item);
}

function changed(draft: Draft, loaded: LoadedSubcontractors, { before, item }: { before: SubcontractorRow; item: Upsert }): SubcontractorRow {
  const { actor, now } = draft.context;
  if (!sees(actor, before)) throw takenElsewhere();
  const columns = columnsOf(item);
  if (!differs(before, columns)) return submitted(draft, before, item);
  const by = step(subcontractorMachine, { subject: subjectOf(before, [], now), action: 'update', actor });
  checkChange(loaded, before, { columns, actor });
  const row = draft.update(subcontractor, before, { changes: columns, by });
  stateSubcontractor(draft, by.emits, row);
  return submitted(draft, row, item);
}

/** Takes a draft into review where the item says so; what is further stays there. */
function submitted(draft: Draft, row: SubcontractorRow, { status }: Upsert): SubcontractorRow {
  const { actor, now } = draft.context;
  if (!status || status === row.status) return row;
  if (status !== 'DRAFT' && status !== 'IN_REVIEW')
    throw new Refused('INVALID_TRANSITION', `An upsert brings no subcontractor to ${status}: somebody of the firm decides that.`, { field: 'status' });
  if (status === 'DRAFT' || row.status !== 'DRAFT') return row;
  const by = step(subcontractorMachine, { subject: subjectOf(row, [], now), action: 'submit', actor });
  const after = draft.update(subcontractor, row, { changes: { submittedBy: actor.id }, by });
  stateSubcontractor(draft, by.emits, after);
  return after;
}
