import type { UpsertResourceRequestItem } from '#generated/resources.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import { type DecisionContext, type Draft, differs, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { externalKey, takenElsewhere } from '#kernel/external.ts';
import { begin, step, type Transition } from '#kernel/machine.ts';
import { absorbReferred, findReferred } from '#kernel/referred.ts';
import { sees } from '#kernel/visibility.ts';
import { externalRefs, type ResourceRequestRow, resourceRequest } from '../tables.ts';
import { onRequests } from './commands.ts';
import { checkRequest, columnsOf, drafted, stateRequest, subjectOf } from './decide.ts';
import { type LoadedRequests, loadRequests } from './load.ts';
import { requestMachine } from './machine.ts';

type Upsert = Meant<UpsertResourceRequestItem, 'project', 'task' | 'laborCategory' | 'employer'>;

/** Creates or changes requests by external reference and brings them to a state. Unchanged ones keep their version and state nothing. */
export const upsertResourceRequests: Command<Upsert, LoadedRequests> = {
  ...onRequests,
  may: 'resource-request:write',
  load: (scope, items) => loadRequests(scope, { refs: items.map(({ externalRef }) => externalRef), pointing: items }),
  source: { refs: externalRefs, entity: resourceRequest, of: ({ externalRef }) => externalRef },
  once: ({ externalRef }) => ({ field: 'externalRef', key: externalKey(externalRef) }),
  decide: (loaded, item, context) => {
    const draft = openDraft(context);
    const before = findReferred(loaded, item.externalRef);
    const row = before ? changed(draft, loaded, { before, item }) : created(draft, loaded, item);
    draft.link({ refs: externalRefs, entity: resourceRequest, id: row.id }, [item.externalRef]);
    return draft.done(row.id);
  },
  absorb: (loaded, decision, { externalRef }) => absorbReferred(loaded, decision, { entity: resourceRequest, ref: externalRef }),
};

function created(draft: Draft, loaded: LoadedRequests, item: Upsert): ResourceRequestRow {
  const { context } = draft;
  const values = drafted(loaded, item.projectId, { columns: columnsOf(item), actor: context.actor });
  const row = draft.insert(resourceRequest, values, begin(requestMachine));
  return moved(draft, row, { item, by: moveOf(loaded, { row, item, context }) });
}

function changed(draft: Draft, loaded: LoadedRequests, { before, item }: { before: ResourceRequestRow; item: Upsert }): ResourceRequestRow {
  const { context } = draft;
  if (!sees(context.actor, before)) throw takenElsewhere();
  if (item.projectId !== before.projectId)
    throw new Refused('VALIDATION_FAILED', 'projectId of a request cannot change. Cancel it and draft another.', { field: 'projectId' });
  const columns = columnsOf(item);
  let row = before;
  if (differs(before, columns)) {
    const by = step(requestMachine, { subject: subjectOf(loaded, before), action: 'update', actor: context.actor });
    checkRequest(loaded, { ...before, ...columns }, columns);
    row = draft.update(resourceRequest, before, { changes: columns, by });
    stateRequest(draft, by.emits, row);
  }
  return moved(draft, row, { item, by: moveOf(loaded, { row, item, context }) });
}

type Move = Transition<ResourceRequestRow['status'], 'ResourceRequested' | 'ResourceRequestChanged'>;
type Moving = { row: ResourceRequestRow; item: Upsert; context: DecisionContext };

/** The step to the state that the item names; none where it is there, or further: who is proposed is for the graph alone. */
function moveOf(loaded: LoadedRequests, { row, item: { status }, context: { actor } }: Moving): Move | undefined {
  if (!status || status === row.status) return undefined;
  const subject = subjectOf(loaded, row);
  if (status === 'CANCELLED') return step(requestMachine, { subject, action: 'cancel', actor });
  const further = row.status === 'PROPOSED' || row.status === 'FULFILLED';
  if (status === 'SUBMITTED') return further ? undefined : step(requestMachine, { subject, action: 'submit', actor });
  throw new Refused('INVALID_TRANSITION', `An upsert brings no request from ${row.status} to ${status}.`, { field: 'status' });
}

function moved(draft: Draft, row: ResourceRequestRow, { by, item }: { by: Move | undefined; item: Upsert }): ResourceRequestRow {
  if (!by) return row;
  const after = draft.update(resourceRequest, row, { changes: item.status === 'CANCELLED' ? { proposals: [] } : {}, by });
  stateRequest(draft, by.emits, after);
  return after;
}
