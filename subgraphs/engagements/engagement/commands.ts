import { and, inArray, notInArray, sql } from 'drizzle-orm';
import type { CreateEngagementInput, EngagementActionInput, UpdateEngagementInput, UpsertEngagementItem } from '#generated/engagements.ts';
import { demand, seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { record } from '#kernel/facts.ts';
import { checkText } from '#kernel/input.ts';
import type { ActionName } from '#kernel/machine.ts';
import type { Outcome } from '#kernel/mutation.ts';
import { publish } from '#kernel/reference.ts';
import { lockRows, notFound, putRows, shareRows } from '#kernel/rows.ts';
import { act, type Change, carryOut, type Kit, lockReferred, newborn, outcomeOf, type Plan, planned, said, upsertAll, walk, wholeRow } from '../plan.ts';
import { facts } from '../published.ts';
import { engagementReference } from '../references.ts';
import { lockOwned, type Store } from '../sight.ts';
import { type CustomerRow, customers, type EngagementRow, engagementTable, projects } from '../tables.ts';
import { type EngagementSubject, engagementMachine } from './machine.ts';

const store: Store<EngagementRow> = {
  entity: 'Engagement',
  lock: (scope, ids) => lockRows(scope, engagementTable, ids),
  put: (scope, rows) => putRows(scope, engagementTable, rows),
};
const kit: Kit<EngagementRow> = { store, tell };

type Fields = Omit<UpdateEngagementInput, 'id' | 'expectedVersion' | 'idempotencyKey' | 'externalRefs'>;
type Draft = { fields: Fields & { customerId?: string }; before?: EngagementRow | undefined; refs?: readonly ExternalRefInput[] | null | undefined };

export async function createEngagement(scope: Scope, input: CreateEngagementInput): Promise<EngagementRow> {
  demand(scope.actor, 'engagement:write');
  const { idempotencyKey: _, externalRefs: refs, ...fields } = input;
  return perform(scope, planEngagement(scope, await shareRows(scope, customers, [input.customerId]), { fields, refs }));
}

export async function updateEngagement(scope: Scope, input: UpdateEngagementInput): Promise<EngagementRow> {
  demand(scope.actor, 'engagement:write');
  const { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields } = input;
  const before = await lockOwned(scope, store, { id, expectedVersion });
  return perform(scope, planEngagement(scope, new Map(), { fields, before, refs }));
}

/** Performs an action of the machine on one engagement. */
export function engagementAction(action: ActionName<typeof engagementMachine>) {
  return async (scope: Scope, input: EngagementActionInput): Promise<EngagementRow> => {
    demand(scope.actor, 'engagement:write');
    const before = await lockOwned(scope, store, input);
    const openProjects = (await countOpenProjects(scope.tx, [before.id])).get(before.id) ?? 0;
    const plan = planned(scope, { before, row: before });
    return perform(scope, act(scope, plan, { machine: engagementMachine, action, subject: (row) => ({ ...row, openProjects }) }));
  };
}

/** Creates or changes engagements by external reference, in a fixed number of statements. Unchanged ones keep their version. */
export async function upsertEngagements(scope: Scope, items: readonly UpsertEngagementItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'engagement:write');
  const known = await lockReferred(scope, store, items);
  const owners = await shareRows(
    scope,
    customers,
    items.map((item) => item.customerId),
  );
  const subject = (row: EngagementRow): EngagementSubject => ({ ...row, openProjects: 0 });
  return upsertAll(scope, kit, {
    items,
    known,
    plan: ({ externalRef, activate, ...fields }, before) => {
      const plan = planEngagement(scope, owners, { fields, before, refs: [externalRef] });
      return activate ? walk(scope, plan, { machine: engagementMachine, path: ['activate'], subject }) : plan;
    },
  });
}

/** Projects that are neither CLOSED nor CANCELLED, by engagement. */
export async function countOpenProjects(db: Db, engagementIds: readonly string[]): Promise<Map<string, number>> {
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

function planEngagement(scope: Scope, owners: ReadonlyMap<string, CustomerRow>, { fields, before, refs }: Draft): Plan<EngagementRow> {
  if (fields.name !== undefined) checkText('name', fields.name);
  if (fields.description) checkText('description', fields.description, 4000);
  const base = before ?? newEngagement(scope, owners, fields.customerId ?? '');
  if (before && fields.customerId !== undefined && fields.customerId !== before.customerId) {
    throw new Refused('VALIDATION_FAILED', 'An engagement stays with its customer.', { field: 'customerId' });
  }
  const row = wholeRow(engagementTable, { ...base, ...said(fields) });
  const plan = planned(scope, { before, row }, refs);
  if (before && plan.versions.length > 0 && ['CLOSED', 'CANCELLED'].includes(before.status)) {
    throw new Refused('GUARD_REFUSED', `The engagement is ${before.status}; it does not change any more.`, { guard: 'engagementOpen' });
  }
  return plan;
}

function newEngagement(scope: Scope, owners: ReadonlyMap<string, CustomerRow>, customerId: string): EngagementRow {
  const customer = owners.get(customerId.toLowerCase());
  if (!customer || !seesCustomer(scope.actor, customer.id)) throw notFound('Customer', customerId, 'customerId');
  return { ...newborn(scope), customerId: customer.id, name: '', status: 'DRAFT', description: null, startDate: null, endDate: null };
}

async function perform(scope: Scope, plan: Plan<EngagementRow>): Promise<EngagementRow> {
  await carryOut(scope, kit, [plan]);
  return outcomeOf(plan);
}

async function tell(scope: Scope, changes: readonly Change<EngagementRow>[]): Promise<void> {
  await publish(
    scope,
    changes.map(({ row }) => engagementReference(row)),
  );
  const stated = changes.map(({ row, before }) => ({
    before,
    subject: row,
    keys: { customerId: row.customerId, engagementId: row.id },
    payload: { engagementId: row.id, customerId: row.customerId, name: row.name, status: row.status },
  }));
  await record(
    scope,
    facts.EngagementCreated,
    stated.filter(({ before }) => !before),
  );
  await record(
    scope,
    facts.EngagementStatusChanged,
    stated.flatMap(({ before, ...each }) =>
      before && before.status !== each.payload.status ? [{ ...each, payload: { ...each.payload, previousStatus: before.status } }] : [],
    ),
  );
}
