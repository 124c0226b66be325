import type { CreateResourceRequestInput, EndResourceRequestInput, ResourceRequestActionInput, UpdateResourceRequestInput } from '#generated/resources.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Changes, openDraft } from '#kernel/draft.ts';
import { checkLines } from '#kernel/input.ts';
import { begin, step } from '#kernel/machine.ts';
import { externalRefs, resourceRequest, type resourceRequests } from '../tables.ts';
import { checkRequest, columnsOf, demandRequest, drafted, stateRequest, subjectOf } from './decide.ts';
import { absorbRequests, type LoadedRequests, loadRequests } from './load.ts';
import { requestMachine } from './machine.ts';

type On<Item> = Command<Item, LoadedRequests>;

export const onRequests = { entities: [resourceRequest], absorb: absorbRequests } satisfies Partial<On<unknown>>;
const may = 'resource-request:write' as const;

/** Drafts a request for people. */
export const createResourceRequest: On<CreateResourceRequestInput> = {
  ...onRequests,
  may,
  load: (scope, items) => loadRequests(scope, { pointing: items }),
  decide: (loaded, input, context) => {
    const draft = openDraft(context);
    const values = drafted(loaded, input.projectId, { columns: columnsOf(input), actor: context.actor });
    const row = draft.insert(resourceRequest, values, begin(requestMachine));
    draft.link({ refs: externalRefs, entity: resourceRequest, id: row.id }, input.externalRefs);
    return draft.done(row.id);
  },
};

/** Changes what a request asks for, as long as nobody is proposed. */
export const updateResourceRequest: On<UpdateResourceRequestInput> = {
  ...onRequests,
  may,
  load: (scope, items) => loadRequests(scope, { ids: items.map(({ id }) => id), pointing: items }),
  decide: (loaded, input, context) => {
    const before = demandRequest(loaded, input, context);
    const columns = columnsOf(input);
    const by = step(requestMachine, { subject: subjectOf(loaded, before), action: 'update', actor: context.actor });
    checkRequest(loaded, { ...before, ...columns }, columns);
    const draft = openDraft(context);
    const row = draft.update(resourceRequest, before, { changes: columns, by });
    stateRequest(draft, by.emits, row);
    draft.link({ refs: externalRefs, entity: resourceRequest, id: row.id }, input.externalRefs);
    return draft.done(row.id);
  },
};

type Named = Pick<ResourceRequestActionInput, 'id' | 'expectedVersion'>;
type Ending = Pick<EndResourceRequestInput, 'id' | 'expectedVersion' | 'reason'>;

export const submitResourceRequest: On<Named> = moving('submit', () => ({}));

/** Whoever asked wants somebody else. */
export const rejectResourceProposal: On<Ending> = moving('reject', ended);

export const cancelResourceRequest: On<Ending> = moving('cancel', ended);

function ended({ reason }: Ending): Changes<typeof resourceRequests> {
  return { decisionNote: checkLines('reason', reason, 1000), proposals: [] };
}

function moving<Item extends Named>(action: 'submit' | 'reject' | 'cancel', changes: (item: Item) => Changes<typeof resourceRequests>): On<Item> {
  return {
    ...onRequests,
    may,
    load: (scope: Scope, items) => loadRequests(scope, { ids: items.map(({ id }) => id) }),
    decide: (loaded, item, context) => {
      const before = demandRequest(loaded, item, context);
      const draft = openDraft(context);
      const by = step(requestMachine, { subject: subjectOf(loaded, before), action, actor: context.actor });
      const row = draft.update(resourceRequest, before, { changes: changes(item), by });
      stateRequest(draft, by.emits, row);
      return draft.done(row.id);
    },
  };
}
