import { and, inArray, ne, sql } from 'drizzle-orm';
import type { UpdateProjectInput } from '#generated/engagements.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { checkText } from '#kernel/input.ts';
import { references } from '#kernel/reference.ts';
import { lockRows, putRows, shareRows } from '#kernel/rows.ts';
import { demandOpenEngagement } from '../engagement/commands.ts';
import { newborn, type Plan, planned, said, wholeRow } from '../plan.ts';
import { type OpenItems, references as published } from '../published.ts';
import { type KnownSiblings, knownSiblings } from '../siblings.ts';
import { demandOwned, type Store } from '../sight.ts';
import { type ContractRow, type CustomerRow, contracts, customers, type EngagementRow, engagementTable, type ProjectRow, projects, tasks } from '../tables.ts';
import type { ProjectSubject } from './machine.ts';

export const projectStore: Store<ProjectRow> = {
  entity: 'Project',
  lock: (scope, ids) => lockRows(scope, projects, ids),
  put: (scope, rows) => putRows(scope, projects, rows),
};

/** What commands on projects judge by, kept from changing until they are done. */
export type Ground = {
  engagements: Map<string, EngagementRow>;
  contracts: Map<string, ContractRow>;
  customers: Map<string, CustomerRow>;
  siblings: KnownSiblings;
  openItems: Map<string, OpenItems>;
  /** First and last day of the tasks that are not cancelled, by project. */
  taskDates: Map<string, DateRange>;
};

type DateRange = { first: string | null; last: string | null };

export type ProjectFields = Omit<UpdateProjectInput, 'id' | 'expectedVersion' | 'idempotencyKey' | 'externalRefs'> & { engagementId?: string };
type Draft = { fields: ProjectFields; before?: ProjectRow | undefined; refs?: readonly ExternalRefInput[] | null | undefined };

/** Reads it all in a fixed number of statements: engagements before contracts before customers, as everybody locks them. */
export async function groundOf(scope: Scope, drafts: readonly ProjectFields[], known: readonly ProjectRow[]): Promise<Ground> {
  const present = (ids: readonly (string | null | undefined)[]): string[] => ids.filter((id) => typeof id === 'string');
  const parents = await shareRows(scope, engagementTable, present(drafts.map((draft) => draft.engagementId)));
  const agreed = await shareRows(scope, contracts, present([...drafts, ...known].map((each) => each.contractId)));
  const owners = await shareRows(
    scope,
    customers,
    [...parents.values(), ...known].map((each) => each.customerId),
  );
  const siblings = await knownSiblings(scope, { Employee: drafts.map((draft) => draft.managerId) });
  const openItems = await references(
    scope.tx,
    published.ProjectOpenItems,
    known.map((project) => project.id),
  );
  const dated = drafts.some((draft) => draft.startDate || draft.endDate);
  const taskDates =
    dated && known.length > 0
      ? await taskDatesOf(
          scope,
          known.map((project) => project.id),
        )
      : new Map();
  return { engagements: parents, contracts: agreed, customers: owners, siblings, openItems, taskDates };
}

async function taskDatesOf(scope: Scope, projectIds: readonly string[]): Promise<Map<string, DateRange>> {
  const first = sql<string | null>`least(min(${tasks.startDate}), min(${tasks.endDate}))::text`;
  const last = sql<string | null>`greatest(max(${tasks.startDate}), max(${tasks.endDate}))::text`;
  const rows = await scope.tx
    .select({ id: tasks.projectId, first, last })
    .from(tasks)
    .where(and(inArray(tasks.projectId, [...projectIds]), ne(tasks.status, 'CANCELLED')))
    .groupBy(tasks.projectId);
  return new Map(rows.map(({ id, ...range }) => [id, range]));
}

/** A project as its machine judges it. */
export function subjectOn(ground: Ground): (project: ProjectRow) => ProjectSubject {
  return (project) => ({
    status: project.status,
    managerId: project.managerId,
    customerStatus: ground.customers.get(project.customerId)?.status,
    contractStatus: ground.contracts.get(project.contractId ?? '')?.status,
    openItems: ground.openItems.get(project.id),
  });
}

/** Judges a new project or a change of one. */
export function planProject(scope: Scope, ground: Ground, { fields, before, refs }: Draft): Plan<ProjectRow> {
  if (fields.name !== undefined) checkText('name', fields.name);
  if (fields.description) checkText('description', fields.description, 4000);
  if (fields.internalNotes) checkText('internalNotes', fields.internalNotes, 4000);
  if (before && fields.engagementId !== undefined && fields.engagementId.toLowerCase() !== before.engagementId) {
    throw new Refused('VALIDATION_FAILED', 'A project stays in its engagement.', { field: 'engagementId' });
  }
  const project = wholeRow(projects, { ...(before ?? newProject(scope, ground, fields.engagementId ?? '')), ...said(fields) });
  ground.siblings.demand('Employee', fields.managerId, 'managerId');
  if (fields.contractId) checkContract(scope, ground, project);
  if (before) checkChange(before, project);
  checkTaskDates(project, ground.taskDates.get(project.id));
  const plan = planned(scope, { before, row: project }, refs);
  if (before && plan.versions.length > 0 && ['CLOSED', 'CANCELLED'].includes(before.status)) {
    throw new Refused('GUARD_REFUSED', `The project is ${before.status}; it does not change any more.`, { guard: 'projectOpen' });
  }
  return plan;
}

function newProject(scope: Scope, ground: Ground, engagementId: string): ProjectRow {
  const engagement = demandOwned(scope, ground.engagements, { entity: 'Engagement', id: engagementId, field: 'engagementId' });
  demandOpenEngagement(engagement);
  const blank = { description: null, contractId: null, managerId: null, startDate: null, endDate: null, internalNotes: null };
  return {
    ...newborn(scope),
    ...blank,
    customerId: engagement.customerId,
    engagementId: engagement.id,
    name: '',
    status: 'DRAFT',
    billable: true,
    selfAssign: false,
  };
}

function checkContract(scope: Scope, ground: Ground, project: ProjectRow): void {
  const contract = demandOwned(scope, ground.contracts, { entity: 'Contract', id: project.contractId ?? '', field: 'contractId' });
  if (contract.engagementId !== project.engagementId)
    throw new Refused('VALIDATION_FAILED', 'The contract belongs to another engagement than the project.', { field: 'contractId' });
}

function checkChange(before: ProjectRow, project: ProjectRow): void {
  if (['DRAFT', 'PROVISIONING'].includes(before.status)) return;
  if (project.contractId !== before.contractId)
    throw new Refused('GUARD_REFUSED', 'The contract of a project is fixed once the project is ACTIVE.', { field: 'contractId', guard: 'contractFixed' });
  if (!project.managerId && before.managerId)
    throw new Refused('GUARD_REFUSED', 'A project that has begun needs a manager.', { field: 'managerId', guard: 'managerMapped' });
}

function checkTaskDates({ startDate, endDate }: ProjectRow, tasksFrom: DateRange | undefined): void {
  const early = startDate && tasksFrom?.first && tasksFrom.first < startDate;
  const late = endDate && tasksFrom?.last && tasksFrom.last > endDate;
  if (early)
    throw new Refused('GUARD_REFUSED', `A task of the project starts or ends on ${tasksFrom.first}, before ${startDate}.`, {
      field: 'startDate',
      guard: 'tasksWithinDates',
    });
  if (late)
    throw new Refused('GUARD_REFUSED', `A task of the project starts or ends on ${tasksFrom.last}, after ${endDate}.`, {
      field: 'endDate',
      guard: 'tasksWithinDates',
    });
}
