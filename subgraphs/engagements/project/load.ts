import type { Context, Scope } from '#kernel/context.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { references } from '#kernel/reference.ts';
import type { Referred } from '#kernel/referred.ts';
import { rowsById, shareRows } from '#kernel/rows.ts';
import { and, inArray, ne, sql } from '#kernel/sql.ts';
import { lockTargets } from '../locked.ts';
import { references as documents, type OpenItems } from '../published.ts';
import { type LoadedSiblings, loadSiblings } from '../siblings.ts';
import { type ContractRow, type CustomerRow, contracts, customers, type EngagementRow, engagementTable, type ProjectRow, project, tasks } from '../tables.ts';
import type { ProjectSubject } from './machine.ts';

/** What the guards of projects judge beside the projects themselves. */
export type Related = {
  customers: ReadonlyMap<string, CustomerRow>;
  contracts: ReadonlyMap<string, ContractRow>;
  openItems: ReadonlyMap<string, OpenItems>;
};

/** First and last day of the tasks that are not cancelled. */
export type DateRange = { first: string | null; last: string | null };

/** What commands on projects judge by, kept from changing until they are done. */
export type LoadedProjects = Referred<ProjectRow> &
  Related & { engagements: ReadonlyMap<string, EngagementRow>; siblings: LoadedSiblings; taskDates: ReadonlyMap<string, DateRange> };

type Fields = { [Name in 'engagementId' | 'contractId' | 'managerId' | 'startDate' | 'endDate']?: string | null | undefined };
type Wanted = { ids?: readonly string[]; refs?: readonly ExternalRefInput[]; fields?: readonly Fields[] };

/** Locks projects, then engagements before contracts before customers, as everybody does. */
export async function loadProjects(scope: Scope, { fields = [], ...targets }: Wanted): Promise<LoadedProjects> {
  const locked = await lockTargets(scope, project, targets);
  const known = [...locked.rows.values()];
  const present = (ids: readonly (string | null | undefined)[]): string[] => ids.filter((id) => typeof id === 'string');
  const parents = await shareRows(scope, engagementTable, present(fields.map(({ engagementId }) => engagementId)));
  const agreed = await shareRows(scope, contracts, present([...fields, ...known].map(({ contractId }) => contractId)));
  const owners = await shareRows(
    scope,
    customers,
    [...parents.values(), ...known].map(({ customerId }) => customerId),
  );
  const siblings = await loadSiblings(scope, { Employee: fields.map(({ managerId }) => managerId) });
  const openItems = await references(scope.tx, documents.ProjectOpenItems, [...locked.rows.keys()]);
  const dated = fields.some(({ startDate, endDate }) => startDate || endDate);
  const taskDates = dated ? await taskDatesOf(scope, [...locked.rows.keys()]) : new Map<string, DateRange>();
  return { ...locked, engagements: parents, contracts: agreed, customers: owners, siblings, openItems, taskDates };
}

async function taskDatesOf(scope: Scope, projectIds: readonly string[]): Promise<Map<string, DateRange>> {
  if (projectIds.length === 0) return new Map();
  const first = sql<string | null>`least(min(${tasks.startDate}), min(${tasks.endDate}))::text`;
  const last = sql<string | null>`greatest(max(${tasks.startDate}), max(${tasks.endDate}))::text`;
  const rows = await scope.tx
    .select({ id: tasks.projectId, first, last })
    .from(tasks)
    .where(and(inArray(tasks.projectId, [...projectIds]), ne(tasks.status, 'CANCELLED')))
    .groupBy(tasks.projectId);
  return new Map(rows.map(({ id, ...range }) => [id, range]));
}

/** The key of what is related to a project. */
export function relatedKey({ id, customerId, contractId }: ProjectRow): string {
  return [id, customerId, contractId ?? ''].join(' ');
}

/** Batch by `relatedKey`: the same for readers, without locks, in three statements for a page. */
export async function relatedOf(context: Context, keys: readonly string[]): Promise<Map<string, Related>> {
  const targets = keys.map((key) => key.split(' '));
  const ids = (place: number): string[] => targets.flatMap((parts) => parts[place] ?? []);
  const [owners, agreed, openItems] = await Promise.all([
    rowsById(context.unconfined, customers, ids(1)),
    rowsById(context.unconfined, contracts, ids(2)),
    references(context.unconfined, documents.ProjectOpenItems, ids(0)),
  ]);
  return new Map(keys.map((key) => [key, { customers: owners, contracts: agreed, openItems }]));
}

/** A project as its machine judges it. */
export function subjectOf(
  { id, status, managerId, customerId, contractId }: ProjectRow,
  { customers: owners, contracts: agreed, openItems }: Related,
): ProjectSubject {
  return {
    status,
    managerId,
    customerStatus: owners.get(customerId)?.status,
    contractStatus: agreed.get(contractId ?? '')?.status,
    openItems: openItems.get(id),
  };
}
