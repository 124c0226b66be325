import { references as engagements, type ProjectReference, type TaskReference } from '#engagements/published.ts';
import { references as finance } from '#finance/published.ts';
import type { Scope } from '#kernel/context.ts';
import { absorbRows, type Decision } from '#kernel/draft.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { references } from '#kernel/reference.ts';
import { loadReferred, type Referred } from '#kernel/referred.ts';
import { rowsById } from '#kernel/rows.ts';
import { externalRefs, laborCategories, type ResourceRequestRow, resourceRequest } from '../tables.ts';

/** What commands on requests judge by. Requests are locked before employees, projects and assignments, everywhere. */
export type LoadedRequests = Referred<ResourceRequestRow> & {
  projects: ReadonlyMap<string, ProjectReference>;
  tasks: ReadonlyMap<string, TaskReference>;
  laborCategories: ReadonlyMap<string, { active: boolean; code: string }>;
  employers: ReadonlyMap<string, unknown>;
};

type Pointing = {
  projectId?: string | null | undefined;
  taskId?: string | null | undefined;
  laborCategoryId?: string | null | undefined;
  employerId?: string | null | undefined;
};
type Wanted = { ids?: readonly string[]; refs?: readonly ExternalRefInput[]; pointing?: readonly Pointing[] };

export async function loadRequests(scope: Scope, { ids = [], refs = [], pointing = [] }: Wanted): Promise<LoadedRequests> {
  const found = await loadReferred(scope, resourceRequest, { refs: externalRefs, given: refs, ids: ids.filter(isId) });
  const named = (of: (each: Pointing) => string | null | undefined) => [...new Set(pointing.flatMap((each) => of(each) ?? []))].filter(isId);
  const projectIds = new Set([...named(({ projectId }) => projectId), ...[...found.rows.values()].map(({ projectId }) => projectId)]);
  const ofTasks = named(({ taskId }) => taskId);
  return {
    ...found,
    projects: await references(scope.tx, engagements.Project, [...projectIds]),
    tasks: await references(scope.tx, engagements.Task, ofTasks),
    laborCategories: await rowsById(
      scope.tx,
      laborCategories,
      named(({ laborCategoryId }) => laborCategoryId),
    ),
    employers: await references(
      scope.tx,
      finance.LegalEntity,
      named(({ employerId }) => employerId),
    ),
  };
}

/** Lets later items of the call see what this one wrote. */
export function absorbRequests(loaded: LoadedRequests, decision: Decision): void {
  absorbRows(loaded.rows, decision, resourceRequest);
}
