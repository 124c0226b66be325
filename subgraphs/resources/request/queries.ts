import { references as engagements, type ProjectReference } from '#engagements/published.ts';
import type { ResourceRequestFilter, ResourceRequestOrderField } from '#generated/resources.ts';
import { demand } from '#kernel/actor.ts';
import { type Connection, childList, counts, type List, pageLimit } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { readCursor, writeCursor } from '#kernel/cursor.ts';
import { Refused } from '#kernel/errors.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { changedSince, idIn, rowsWhere } from '#kernel/read.ts';
import { references } from '#kernel/reference.ts';
import { notFound } from '#kernel/rows.ts';
import { and, gte, inArray, isNull, lte, ne, or } from '#kernel/sql.ts';
import { visibleById, visibleTo } from '#kernel/visibility.ts';
import { showWeek } from '../capacity/queries.ts';
import { type CandidateRow, employees, externalRefs, type ResourceRequestRow, resourceRequests } from '../tables.ts';
import { match } from './matching.ts';
import { profilesOf } from './profiles.ts';

const requestsById = visibleById(resourceRequests, 'resource-request:read');

/** A request, if there is one that the actor may know of. */
export function readRequest(context: Context, id: string): Promise<ResourceRequestRow | undefined> {
  return context.load(requestsById, id);
}

export const requestRefs = externalRefsOf(externalRefs, 'ResourceRequest');

/** Batch: the projects of requests, for their guards. */
export const projectsBatch: Batch<ProjectReference> = (context, ids) => references(context.unconfined, engagements.Project, ids);

export const requestList: List<typeof resourceRequests, ResourceRequestFilter, ResourceRequestOrderField> = {
  table: resourceRequests,
  read: 'resource-request:read',
  orders: { START_DATE: resourceRequests.startDate, CREATED_AT: resourceRequests.createdAt, UPDATED_AT: resourceRequests.updatedAt },
  defaultOrder: { field: 'START_DATE', direction: 'ASC' },
  filter: (filter) => [
    changedSince(resourceRequests, filter.updatedSince),
    filter.statuses ? inArray(resourceRequests.status, [...filter.statuses]) : undefined,
    idIn(resourceRequests.projectId, filter.projectIds),
    idIn(resourceRequests.customerId, filter.customerIds),
    idIn(resourceRequests.laborCategoryId, filter.laborCategoryIds),
    filter.activeFrom ? gte(resourceRequests.endDate, filter.activeFrom) : undefined,
    filter.activeTo ? lte(resourceRequests.startDate, filter.activeTo) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'ResourceRequest', id: resourceRequests.id }, filter.externalRefs),
  ],
};

export const projectRequestsList = childList(requestList, resourceRequests.projectId);

const order = 'SCORE DESC';

type Args = { requestId: string; first?: number | null | undefined; after?: string | null | undefined };

/** Everybody employed in the days of a request, the best first; equal ones in the order of their ids. One statement per concern, however many they are. */
export async function candidatesPage(context: Context, { requestId, first, after }: Args): Promise<Connection<CandidateRow>> {
  demand(context.actor, 'employee:read');
  const limit = first ?? 50;
  if (limit < 0 || limit > pageLimit) throw new Refused('VALIDATION_FAILED', `first must be 0 to ${pageLimit}.`, { field: 'first' });
  const place = after ? readCursor(order, after) : undefined;
  const request = await readRequest(context, requestId);
  if (!request) throw notFound('ResourceRequest', requestId, 'requestId');
  const { hiredOn, terminatedOn, status } = employees;
  const employed = and(ne(status, 'TERMINATED'), lte(hiredOn, request.endDate), or(isNull(terminatedOn), gte(terminatedOn, request.startDate)));
  const people = await rowsWhere(context.db, employees, and(employed, visibleTo(context.actor, employees)));
  // Whoever sees a part of the firm must still not be promised hours that are taken elsewhere.
  const { profiles, names } = await profilesOf(context.unconfined, people, [request]);
  const ranked = [...profiles.values()]
    .map((profile) => ({ employee: profile.employee, ...match(request, profile, { names }) }))
    .toSorted((a, b) => b.score - a.score || (a.employee.id < b.employee.id ? -1 : 1));
  const rest = place
    ? ranked.filter(({ score, employee }) => score < Number(place.value) || (score === Number(place.value) && employee.id > place.id))
    : ranked;
  const nodes = rest.slice(0, limit).map((each) => ({ ...each, weeks: each.weeks.map(showWeek) }));
  const edges = nodes.map((node) => ({ node, cursor: writeCursor(order, [node.score, node.employee.id]) }));
  const pageInfo = {
    hasNextPage: rest.length > limit,
    hasPreviousPage: Boolean(after),
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, nodes, pageInfo, ...counts(async () => ranked.length) };
}
