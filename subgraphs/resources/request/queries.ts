import { references as engagements, type ProjectReference } from '#engagements/published.ts';
import type { ResourceRequestFilter, ResourceRequestOrderField } from '#generated/resources.ts';
import { demand } from '#kernel/actor.ts';
import { type Connection, childList, connection, type List, pageSize } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { readCursor, writeCursor } from '#kernel/cursor.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { changedSince, idIn, rowsWhere, wordIn } from '#kernel/read.ts';
import { references } from '#kernel/reference.ts';
import { notFound } from '#kernel/rows.ts';
import { and, gte, isNull, lte, ne, or } from '#kernel/sql.ts';
import { visibleById, visibleTo } from '#kernel/visibility.ts';
import { type Week, weeksIn } from '../capacity/calendar.ts';
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
    wordIn(resourceRequests.status, filter.statuses),
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

type Args = {
  requestId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
};

/** Everybody employed in the days of a request, the best first; equal ones in the order of their ids. One statement per concern, however many they are. */
export async function candidatesPage(context: Context, { requestId, ...args }: Args): Promise<Connection<CandidateRow>> {
  demand(context.actor, 'employee:read');
  const request = await readRequest(context, requestId);
  if (!request) throw notFound('ResourceRequest', requestId, 'requestId');
  const { hiredOn, terminatedOn, status } = employees;
  const employed = and(ne(status, 'TERMINATED'), lte(hiredOn, request.endDate), or(isNull(terminatedOn), gte(terminatedOn, request.startDate)));
  const people = await rowsWhere(context.db, employees, and(employed, visibleTo(context.actor, employees)));
  // Whoever sees a part of the firm must still not be promised hours that are taken elsewhere.
  const { profiles, names } = await profilesOf(context.unconfined, people, [request]);
  const span = weeksIn(request);
  const ranked = [...profiles.values()]
    .map((profile) => ({ employee: profile.employee, ...match(request, profile, { names, span }) }))
    .toSorted((a, b) => b.score - a.score || (a.employee.id < b.employee.id ? -1 : 1));
  return pageOfRanked(ranked, args);
}

type Ranked = Omit<CandidateRow, 'weeks'> & { weeks: Week[] };

function pageOfRanked(ranked: readonly Ranked[], { after, before, ...size }: Omit<Args, 'requestId'>): Connection<CandidateRow> {
  const { limit, backwards } = pageSize(size);
  const [from, to] = [after ? placeOf(after) : undefined, before ? placeOf(before) : undefined];
  const between = ranked.filter((each) => (!from || behind(each, from) > 0) && (!to || behind(each, to) < 0));
  const read = (backwards ? between.toReversed() : between).slice(0, limit + 1).map((each) => ({ ...each, weeks: each.weeks.map(showWeek) }));
  const cursorOf = ({ score, employee }: CandidateRow) => writeCursor(order, [score, employee.id]);
  return connection(read, { limit, backwards, continued: Boolean(backwards ? before : after), cursorOf }, async () => ranked.length);
}

type Place = { score: number; id: string };

function placeOf(cursor: string): Place {
  const { value, id } = readCursor(order, cursor);
  return { score: Number(value), id };
}

/** Above 0: behind the place in the order; below: before it. */
function behind({ score, employee }: Ranked, place: Place): number {
  if (score !== place.score) return place.score - score;
  return employee.id === place.id ? 0 : employee.id > place.id ? 1 : -1;
}
