import type {
  CreateEngagementInput,
  EngagementActionInput,
  ReopenEngagementInput,
  UpdateEngagementInput,
  UpsertEngagementItem,
} from '#generated/engagements.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { type Decision, type DecisionContext, type Draft, openDraft, type Values, wholeValues } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { checkLines, checkText } from '#kernel/input.ts';
import { type ActionName, begin, step } from '#kernel/machine.ts';
import type { Referred } from '#kernel/referred.ts';
import { notFound, shareRows } from '#kernel/rows.ts';
import { and, inArray, notInArray, sql } from '#kernel/sql.ts';
import { sees } from '#kernel/visibility.ts';
import { checkDates, normalized } from '../fields.ts';
import { absorbLocked, byExternalRef, demandNamed, findReferred, lockTargets, ownedBy, walk } from '../locked.ts';
import { facts } from '../published.ts';
import { engagementReference } from '../references.ts';
import { type CustomerRow, customers, type EngagementRow, engagement, type engagementTable, externalRefs, projects } from '../tables.ts';
import { type EngagementSubject, engagementMachine } from './machine.ts';

/** An item, whoever named what it points to. */
type Upsert = Meant<UpsertEngagementItem, 'customer'>;

/** Locked engagements, the customers of new ones kept from changing, and how many projects are open. */
export type LoadedEngagements = Referred<EngagementRow> & { customers: ReadonlyMap<string, CustomerRow>; openProjects: ReadonlyMap<string, number> };
type On<Item> = Command<Item, LoadedEngagements>;
type EngagementAction = ActionName<typeof engagementMachine>;

type Fields = Omit<UpdateEngagementInput, 'id' | 'expectedVersion' | 'idempotencyKey' | 'externalRefs'> & { customerId?: string };
type Wish = { fields: Fields; before?: EngagementRow | undefined; refs?: readonly ExternalRefInput[] | null | undefined };

const base = { may: 'engagement:write' as const, entities: [engagement], absorb: absorbLocked(engagement) };

export const createEngagement: On<CreateEngagementInput> = {
  ...base,
  load: (scope, items) => load(scope, { customerIds: items.map(({ customerId }) => customerId) }),
  decide: (loaded, { idempotencyKey: _, externalRefs: refs, ...fields }, context) => {
    const draft = openDraft(context);
    return draft.done(decideFields(loaded, { draft, context }, { fields, refs }).id);
  },
};

export const updateEngagement: On<UpdateEngagementInput> = {
  ...base,
  load: (scope, items) => load(scope, { ids: items.map(({ id }) => id) }),
  decide: (loaded, { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields }, context) => {
    const draft = openDraft(context);
    const before = demandEngagement(loaded, { id, expectedVersion }, context.actor);
    return draft.done(decideFields(loaded, { draft, context }, { before, fields, refs }).id);
  },
};

/** Performs an action of the machine on engagements. */
export function engagementAction(action: Exclude<EngagementAction, 'reopen'>): On<EngagementActionInput> {
  return {
    ...base,
    load: (scope, items) => load(scope, { ids: items.map(({ id }) => id), countProjects: true }),
    decide: (loaded, item, context) => {
      const draft = openDraft(context);
      return draft.done(move(loaded, { draft, context }, { before: demandEngagement(loaded, item, context.actor), action }).id);
    },
  };
}

/** Opens a completed engagement again, for what came late. */
export const reopenEngagement: On<ReopenEngagementInput> = {
  ...base,
  may: engagementMachine.actions.reopen.may,
  load: (scope, items) => load(scope, { ids: items.map(({ id }) => id) }),
  decide: (loaded, item, context) => {
    const draft = openDraft(context);
    const reason = checkLines('reason', item.reason, 1000);
    const row = move(loaded, { draft, context }, { before: demandEngagement(loaded, item, context.actor), action: 'reopen' });
    const { payload, ...about } = aboutOf(row);
    draft.state(facts.EngagementReopened, { ...about, payload: { ...payload, reason } });
    return draft.done(row.id);
  },
};

/** An engagement as its machine judges it. */
export function subjectOf({ status }: EngagementRow, openProjects = 0): EngagementSubject {
  return { status, openProjects };
}

/** Creates or changes engagements by external reference. Unchanged ones keep their version. */
export const upsertEngagements: On<Upsert> = {
  ...base,
  ...byExternalRef(engagement),
  load: (scope, items) => load(scope, { refs: items.map(({ externalRef }) => externalRef), customerIds: items.map(({ customerId }) => customerId) }),
  decide: (loaded, { externalRef, activate, ...fields }, context): Decision => {
    const draft = openDraft(context);
    const before = findReferred(loaded, externalRef, ownedBy(context.actor));
    const row = decideFields(loaded, { draft, context }, { before, fields, refs: [externalRef] });
    const onward = (from: EngagementRow, action: EngagementAction) => move(loaded, { draft, context }, { before: from, action });
    return draft.done(walk(row, activate ? ['activate'] : [], { actions: engagementMachine.actions, move: onward }).id);
  },
};

type Wanted = { ids?: readonly string[]; refs?: readonly ExternalRefInput[]; customerIds?: readonly string[]; countProjects?: boolean };

/** Locks engagements before their customers, as everybody does. */
async function load(scope: Scope, { customerIds = [], countProjects = false, ...targets }: Wanted): Promise<LoadedEngagements> {
  const locked = await lockTargets(scope, engagement, targets);
  const owners = await shareRows(scope, customers, customerIds);
  return { ...locked, customers: owners, openProjects: countProjects ? await countOpenProjects(scope.tx, [...locked.rows.keys()]) : new Map() };
}

/** Projects that are neither CLOSED nor CANCELLED, by engagement. */
export async function countOpenProjects(db: Db, engagementIds: readonly string[]): Promise<Map<string, number>> {
  if (engagementIds.length === 0) return new Map();
  const rows = await db
    .select({ id: projects.engagementId, open: sql<string>`count(*)` })
    .from(projects)
    .where(and(inArray(projects.engagementId, [...engagementIds]), notInArray(projects.status, ['CLOSED', 'CANCELLED'])))
    .groupBy(projects.engagementId);
  return new Map(rows.map((row) => [row.id, Number(row.open)]));
}

/** Why nothing can begin under an engagement, or nothing. */
export function demandOpenEngagement({ status }: EngagementRow): void {
  if (!['DRAFT', 'ACTIVE', 'ON_HOLD'].includes(status))
    throw new Refused('GUARD_REFUSED', `The engagement is ${status}; nothing can begin under it.`, { field: 'engagementId', guard: 'engagementOpen' });
}

type Deciding = { draft: Draft; context: DecisionContext };

function decideFields(loaded: LoadedEngagements, { draft, context }: Deciding, { fields, before, refs }: Wish): EngagementRow {
  if (fields.name !== undefined) checkText('name', fields.name);
  if (fields.description) checkLines('description', fields.description, 4000);
  const start = before ?? blank(loaded, fields.customerId ?? '', context.actor);
  if (before && fields.customerId !== undefined && fields.customerId !== before.customerId) {
    throw new Refused('VALIDATION_FAILED', 'An engagement stays with its customer.', { field: 'customerId' });
  }
  const values = wholeValues(engagement, { ...start, ...normalized(fields) });
  checkDates(values);
  const row = before ? draft.update(engagement, before, { changes: values }) : draft.insert(engagement, values, begin(engagementMachine));
  if (before && row !== before && ['CLOSED', 'CANCELLED'].includes(before.status)) {
    throw new Refused('GUARD_REFUSED', `The engagement is ${before.status}; it does not change any more.`, { guard: 'engagementOpen' });
  }
  if (row !== before) draft.publish(engagementReference(row));
  if (!before) draft.state(facts.EngagementCreated, aboutOf(row));
  draft.link({ refs: externalRefs, entity: engagement, id: row.id }, refs);
  return row;
}

function blank({ customers: owners }: LoadedEngagements, customerId: string, actor: Actor): Values<typeof engagementTable> {
  const customer = owners.get(customerId.toLowerCase());
  if (!customer || !sees(actor, { customerId: customer.id })) throw notFound('Customer', customerId, 'customerId');
  return { customerId: customer.id, name: '', description: null, startDate: null, endDate: null };
}

/** One action of the machine, with its fact. */
function move(loaded: LoadedEngagements, { draft, context }: Deciding, { before, action }: { before: EngagementRow; action: EngagementAction }): EngagementRow {
  const by = step(engagementMachine, { subject: subjectOf(before, loaded.openProjects.get(before.id)), action, actor: context.actor });
  const row = draft.update(engagement, before, { by });
  const { payload, ...about } = aboutOf(row);
  draft.publish(engagementReference(row));
  draft.state(facts.EngagementStatusChanged, { ...about, payload: { ...payload, previousStatus: before.status } });
  return row;
}

type Named = Pick<EngagementActionInput, 'id' | 'expectedVersion'>;

function demandEngagement(loaded: LoadedEngagements, { id, expectedVersion }: Named, actor: Actor): EngagementRow {
  return demandNamed(loaded, { entity: 'Engagement', id, expectedVersion }, ownedBy(actor));
}

function aboutOf(row: EngagementRow) {
  const { id, customerId, name, status } = row;
  return { subject: row, keys: { customerId, engagementId: id }, payload: { engagementId: id, customerId, name, status } };
}
