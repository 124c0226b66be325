import { setImmediate } from 'node:timers/promises';
import { references as engagements, type ProjectReference } from '#engagements/published.ts';
import type { QueryForecastArgs } from '#generated/finance.ts';
import { type Actor, demand, may } from '#kernel/actor.ts';
import { type Connection, connection, countLimit, pageSize } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { readCursor, writeCursor } from '#kernel/cursor.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { checkLists } from '#kernel/input.ts';
import { dateOf } from '#kernel/period.ts';
import { countReferences, references, referencesWhere } from '#kernel/reference.ts';
import { isOutside, sees } from '#kernel/visibility.ts';
import type { Asked, ForecastLineRow, ForecastRow, ForecastTotalRow, ProjectForecastRow } from '../tables.ts';
import { forecastOf, isLine, projectLines } from './project.ts';
import { readForecast } from './read.ts';
import { totalsOf } from './totals.ts';

/** Weeks that are told one by one at most. */
export const mostWeeks = 104;
/** Projects that are worked out together: what is read for them is all that is in memory. */
const bite = 100;

/** Who may look ahead: all that a forecast is made of is theirs to read. */
export function demandForecast({ actor }: Pick<Context, 'actor'>): void {
  if (isOutside(actor)) throw new Refused('FORBIDDEN', 'What the firm expects to earn is its own affair.');
  for (const permission of ['actual:read', 'rate:read', 'invoice:read', 'assignment:read'] as const) demand(actor, permission);
}

/** Revenue is for who may read it, and for who may see margins, which tell it. */
export function seesRevenue(actor: Actor): boolean {
  return !isOutside(actor) && (may(actor, 'revenue:read') || may(actor, 'cost:read'));
}

type Wish = { asOf?: string | null | undefined; horizonWeeks?: number | null | undefined };

/** The day and the weeks that are meant. */
export function askedOf(context: Context, { asOf, horizonWeeks }: Wish): Asked {
  const weeks = horizonWeeks ?? 26;
  if (weeks < 1 || weeks > mostWeeks) throw new Refused('VALIDATION_FAILED', `horizonWeeks must be 1 to ${mostWeeks}.`, { field: 'horizonWeeks' });
  return { asOf: asOf ?? dateOf(context.clock()), horizonWeeks: weeks };
}

/** The forecasts of projects, by project; the variant is what is asked, as text. */
export const projectForecasts: Batch<ProjectForecastRow> = async (context, ids, variant) => {
  const asked: Asked = JSON.parse(variant);
  return forecastsOf(context, await visibleProjects(context, ids), asked);
};

async function visibleProjects(context: Context, ids: readonly string[]): Promise<Map<string, ProjectReference>> {
  const found = await references(context.unconfined, engagements.Project, ids.filter(isId));
  return new Map([...found].filter(([, project]) => sees(context.actor, project)));
}

async function forecastsOf(context: Context, projects: ReadonlyMap<string, ProjectReference>, asked: Asked): Promise<Map<string, ProjectForecastRow>> {
  const rows = new Map<string, ProjectForecastRow>();
  const all = [...projects];
  for (let from = 0; from < all.length; from += bite) {
    const some = new Map(all.slice(from, from + bite));
    const loaded = await readForecast(context.unconfined, some, asked);
    for (const [projectId, project] of some) {
      rows.set(projectId, forecastOf(loaded, { projectId, project, asked }));
      // Others have their turn between two projects.
      await setImmediate();
    }
  }
  return rows;
}

type Page = { first?: number | null | undefined; after?: string | null | undefined };
const lineOrder = 'FORECAST_LINE';

type Lines = { found: ForecastLineRow[]; count: number };
type LinesWish = { asked: Asked; limit: number; place: { value: string; id: string } | undefined };

/** Lines of projects behind a place, one more than the page; worked out again, and nothing else is kept. */
const linesOfProjects: Batch<Lines> = async (context, ids, variant) => {
  const { asked, limit, place }: LinesWish = JSON.parse(variant);
  const lines = new Map<string, Lines>();
  const projects = await visibleProjects(context, ids);
  const loaded = await readForecast(context.unconfined, projects, asked);
  for (const [projectId, project] of projects) {
    const own: Lines = { found: [], count: 0 };
    for (const line of projectLines(loaded, { projectId, project, asked })) {
      if (!isLine(line)) continue;
      own.count += 1;
      const { assignmentId, startDate } = line;
      const behind = !place || assignmentId > place.id || (assignmentId === place.id && startDate > place.value);
      if (behind && own.found.length <= limit) own.found.push(line);
    }
    lines.set(projectId, own);
    await setImmediate();
  }
  return lines;
};

/** A page of what a project's numbers are made of. */
export async function forecastLines(context: Context, { projectId, asked }: ProjectForecastRow, { first, after }: Page): Promise<Connection<ForecastLineRow>> {
  const size = pageSize({ first });
  const place = after ? readCursor(lineOrder, after) : undefined;
  const wish: LinesWish = { asked, limit: size.limit, place };
  const { found, count } = (await context.load(linesOfProjects, projectId, JSON.stringify(wish))) ?? { found: [], count: 0 };
  const cursorOf = ({ startDate, assignmentId }: ForecastLineRow) => writeCursor(lineOrder, [startDate, assignmentId]);
  return connection(found, { ...size, continued: place !== undefined, cursorOf }, async () => count);
}

/** Which projects a forecast of the firm is about, as far as the actor may know of them. */
export function firmForecast(context: Context, { filter, ...wish }: QueryForecastArgs): ForecastRow {
  demandForecast(context);
  checkLists('filter', filter);
  const { customerIds: ownCustomers, legalEntityIds: ownEntities } = context.actor;
  const listed = (ids: readonly string[] | null | undefined) => ids?.map((id) => id.toLowerCase()).filter(isId);
  const customers = listed(filter?.customerIds);
  const any = {
    customerId: customers && ownCustomers ? customers.filter((id) => ownCustomers.includes(id)) : (customers ?? ownCustomers),
    engagementId: listed(filter?.engagementIds),
    contractId: listed(filter?.contractIds),
    managerId: listed(filter?.managerIds),
    legalEntityId: listed(filter?.legalEntityIds),
  };
  const of = { ids: listed(filter?.projectIds), any, anyOrNull: { legalEntityId: ownEntities }, none: { status: ['CLOSED', 'CANCELLED'] } };
  return { asked: askedOf(context, wish), of };
}

const projectOrder = 'FORECAST_PROJECT';

/** A page of projects, in the order of their ids. */
export async function forecastPage(context: Context, { asked, of }: ForecastRow, { first, after }: Page): Promise<Connection<ProjectForecastRow>> {
  const size = pageSize({ first });
  const place = after ? readCursor(projectOrder, after) : undefined;
  const found = await referencesWhere(context.unconfined, engagements.Project, { ...of, after: place?.id, limit: size.limit + 1 });
  const count = async () => {
    const counted = await countReferences(context.unconfined, engagements.Project, { ...of, by: 'status', limit: countLimit + 1 });
    return [...counted.values()].reduce((sum, each) => sum + each, 0);
  };
  const cursorOf = ([id]: readonly [string, ProjectReference]) => writeCursor(projectOrder, ['', id]);
  const { edges, ...page } = connection([...found], { ...size, continued: place !== undefined, cursorOf }, count);
  const rows = await forecastsOf(context, new Map(edges.map(({ node }) => node)), asked);
  const shown = edges.flatMap(({ cursor, node: [id] }) => {
    const node = rows.get(id);
    return node ? [{ cursor, node }] : [];
  });
  return { ...page, edges: shown, nodes: shown.map(({ node }) => node) };
}

/** Sums by currency over all projects that are meant, a bite at a time; none stays in memory. */
export async function forecastTotals(context: Context, { asked, of }: ForecastRow): Promise<ForecastTotalRow[]> {
  const totals = totalsOf();
  for (let after: string | undefined; ; ) {
    const found = await referencesWhere(context.unconfined, engagements.Project, { ...of, after, limit: bite });
    for (const row of (await forecastsOf(context, found, asked)).values()) totals.add(row);
    after = [...found.keys()].at(-1);
    if (found.size < bite) return totals.all();
  }
}
