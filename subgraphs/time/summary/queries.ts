import type { TimeSummaryKey, TimeSummaryOrder, TimesheetEntryFilter } from '#generated/time.ts';
import { demand } from '#kernel/actor.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { divideRounded, formatDecimal } from '#kernel/decimal.ts';
import { showSeconds } from '#kernel/duration.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLists } from '#kernel/input.ts';
import { type CalendarDate, daysBetween } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { and, sql } from '#kernel/sql.ts';
import { visibleTo } from '#kernel/visibility.ts';
import { type EmployeeReference, references as resources, wholeFirm } from '#resources/published.ts';
import type { EntryStatus } from '../entry/machine.ts';
import { entryConditions, toPost } from '../entry/queries.ts';
import { timesheetEntries } from '../tables.ts';
import { type Calendar, capacitySeconds } from './capacity.ts';
import { entriesOf, hoursOf } from './hours.ts';

const secondsOf = (condition?: string) => `coalesce(sum(seconds)${condition ? ` filter (where ${condition})` : ''}, 0)::text`;
const approved = `status in ('APPROVED', 'RECALL_REQUESTED')`;
const show = <const Key extends string>(key: Key, text: string | undefined) => showSeconds(key, BigInt(text ?? 0));

type Sums = Record<'entries' | 'all' | 'billable' | 'submitted' | 'approved' | 'approved_billable' | 'posted', string>;
const sums =
  sql.raw(`coalesce(sum(entries), 0)::text as entries, ${secondsOf()} as all, ${secondsOf('billable')} as billable, ${secondsOf("status = 'SUBMITTED'")} as submitted,
  ${secondsOf(approved)} as approved, ${secondsOf(`${approved} and billable`)} as approved_billable, ${secondsOf(`${approved} and posting_status = 'POSTED'`)} as posted`);

function shown(sums: Sums | undefined) {
  return {
    entries: Number(sums?.entries ?? 0),
    ...show('hours', sums?.all),
    ...show('billableHours', sums?.billable),
    ...show('submittedHours', sums?.submitted),
    ...show('approvedHours', sums?.approved),
    ...show('approvedBillableHours', sums?.approved_billable),
    ...show('postedHours', sums?.posted),
  };
}
type TimeSummary = ReturnType<typeof shown>;

type Parent = 'customer_id' | 'engagement_id' | 'project_id' | 'timesheet_id' | 'employee_id';
type Filter = TimesheetEntryFilter | null | undefined;

/** Sums per parent: all parents of a page in one statement. */
async function sumsBy(context: Context, parent: Parent, { ids, filter }: { ids: readonly string[]; filter: Filter }): Promise<Map<string, Sums>> {
  const source = parent === 'timesheet_id' ? sql`(${entriesOf(context, filter)})` : hoursOf(context, filter, { people: parent === 'employee_id' });
  const key = sql.identifier(parent);
  const rows = await context.db.execute<Sums & { key: string }>(sql`
    select ${key} as key, ${sums} from ${source} as hours where ${key} = any(${sql.param([...ids])}::uuid[]) group by ${key}`);
  return new Map(rows.map((row) => [row.key, row]));
}

function summaryBy(parent: Parent): Batch<TimeSummary> {
  return async (context, ids, variant) => {
    const rows = await sumsBy(context, parent, { ids, filter: JSON.parse(variant) });
    return new Map([...rows].map(([id, row]) => [id, shown(row)]));
  };
}

const summaries = {
  customer: summaryBy('customer_id'),
  engagement: summaryBy('engagement_id'),
  project: summaryBy('project_id'),
  timesheet: summaryBy('timesheet_id'),
};

/** The hours below a customer, engagement, project or timesheet. */
export async function summaryOf(context: Context, kind: keyof typeof summaries, parent: { id: string; filter?: Filter }): Promise<TimeSummary> {
  return (await context.load(summaries[kind], parent.id, JSON.stringify(parent.filter ?? null))) ?? shown(undefined);
}

const keys = {
  ...{ CUSTOMER: 'customer_id', PROJECT: 'project_id', EMPLOYEE: 'employee_id', STATUS: 'status', LABOR_CATEGORY: 'labor_category_id' },
  ...{ WEEK: 'week', MONTH: 'month' },
} as const;
const orders = { HOURS: sql`sum(seconds)`, ENTRIES: sql`sum(entries)`, KEY: sql`1` };

type Grouped = { groupBy: TimeSummaryKey; filter?: Filter; first?: number | null | undefined; orderBy?: TimeSummaryOrder | null | undefined };

/** Weeks are summed from the entries: how many days of them, is bounded. */
function checkWeeks(filter: Filter): void {
  const days = filter?.workDateFrom && filter.workDateTo ? daysBetween(filter.workDateFrom, filter.workDateTo) + 1 : undefined;
  if (days === undefined || days > 3660)
    throw new Refused('VALIDATION_FAILED', 'By week, give workDateFrom and workDateTo, at most 3,660 days apart.', { field: 'filter.workDateFrom' });
}

/** Hours by key, most first; by weeks and months, earliest first. */
export async function timeSummary(context: Context, { groupBy, filter, first, orderBy }: Grouped) {
  const limit = first ?? 250;
  if (limit < 1 || limit > 1000) throw new Refused('VALIDATION_FAILED', 'first must be 1 to 1000.', { field: 'first' });
  const inTime = groupBy === 'WEEK' || groupBy === 'MONTH';
  if (groupBy === 'WEEK') checkWeeks(filter);
  const key = sql.identifier(keys[groupBy]);
  const { field, direction } = orderBy ?? (inTime ? { field: 'KEY', direction: 'ASC' } : { field: 'HOURS', direction: 'DESC' });
  const order = sql`${orders[field]} ${sql.raw(direction === 'ASC' ? 'asc' : 'desc')} nulls last`;
  const source = hoursOf(context, filter, { people: groupBy === 'EMPLOYEE' || groupBy === 'LABOR_CATEGORY', weeks: groupBy === 'WEEK' });
  const rows = await context.db.execute<{ key: string | null } & Pick<Sums, 'entries' | 'all' | 'billable'>>(sql`
    select ${key}::text as key, sum(entries)::text as entries, sum(seconds)::text as all, coalesce(sum(seconds) filter (where billable), 0)::text as billable
    from ${source} as hours group by ${key} having sum(entries) <> 0 order by ${order}, 1 limit ${limit}`);
  return rows.map(({ key, entries, all, billable }) => {
    const ref = (kind: TimeSummaryKey) => (kind === groupBy && key ? { id: key } : null);
    return {
      ...{ customer: ref('CUSTOMER'), project: ref('PROJECT'), employee: ref('EMPLOYEE'), laborCategory: ref('LABOR_CATEGORY') },
      status: statusOf(groupBy === 'STATUS' ? key : null),
      startDate: inTime ? key : null,
      ...{ entries: Number(entries), ...show('hours', all), ...show('billableHours', billable) },
    };
  });
}

const statuses: readonly EntryStatus[] = ['DRAFT', 'SUBMITTED', 'APPROVED', 'REJECTED', 'RECALL_REQUESTED'];

function statusOf(key: string | null): EntryStatus | null {
  return statuses.find((status) => status === key) ?? null;
}

/** How much approved time waits to be posted; the partial index timesheet_entry_to_post holds exactly that. */
export async function approvedNotPostedSummary(context: Context, filter: TimesheetEntryFilter | null | undefined) {
  demand(context.actor, 'time:read');
  checkLists('filter', filter);
  const conditions = and(toPost, visibleTo(context.actor, timesheetEntries), ...(filter ? entryConditions(filter) : []));
  const [row] = await context.db.execute<{ entries: number; all: string; held: string; held_entries: number }>(sql`
    select count(*)::int as entries, ${sql.raw(secondsOf())} as all, ${sql.raw(secondsOf("posting_status = 'EXCEPTION'"))} as held,
      count(*) filter (where posting_status = 'EXCEPTION')::int as held_entries from ${timesheetEntries} where ${conditions}`);
  const [entries, heldEntries] = [row?.entries ?? 0, row?.held_entries ?? 0];
  const pending = BigInt(row?.all ?? 0) - BigInt(row?.held ?? 0);
  return {
    entries,
    ...show('hours', row?.all),
    pending: { entries: entries - heldEntries, ...showSeconds('hours', pending) },
    inException: { entries: heldEntries, ...show('hours', row?.held) },
  };
}

type Range = { startDate: CalendarDate; endDate: CalendarDate };

const worked: Batch<Sums> = async (context, ids, variant) => {
  const { startDate, endDate }: Range = JSON.parse(variant);
  return sumsBy(context, 'employee_id', { ids, filter: { workDateFrom: startDate, workDateTo: endDate } });
};

/** Batch: the employments of whom the actor sees, which belong to no customer, and when they work, as far as anybody said otherwise. */
const employed: Batch<{ employee: EmployeeReference; calendar: Calendar }> = async ({ unconfined: db }, ids) => {
  const [people, weeks, off] = await Promise.all([
    references(db, resources.Employee, ids),
    references(db, resources.EmployeeWorkWeeks, ids),
    references(db, resources.EmployeeAbsences, ids),
  ]);
  const employers = [...people.values()].flatMap(({ legalEntityId }) => legalEntityId ?? []);
  const kept = await references(db, resources.HolidayCalendar, [wholeFirm, ...employers]);
  return new Map(
    [...people].map(([id, employee]) => {
      const holidays = [wholeFirm, employee.legalEntityId].flatMap((keeper) => (keeper && kept.get(keeper)?.dates) || []);
      return [id, { employee, calendar: { workWeeks: weeks.get(id)?.workWeeks ?? [], absences: off.get(id)?.absences ?? [], holidays } }];
    }),
  );
};

/** Approved billable hours over capacity, for all employees of a page in five statements. */
export async function utilization(context: Context, id: string, { startDate, endDate }: Range) {
  demand(context.actor, 'time:read');
  const days = daysBetween(startDate, endDate) + 1;
  if (days < 1 || days > 3660)
    throw new Refused('VALIDATION_FAILED', `startDate ${startDate} to endDate ${endDate} must be 1 to 3,660 days.`, { field: 'endDate' });
  const [own, found] = await Promise.all([context.load(worked, id, JSON.stringify({ startDate, endDate })), context.load(employed, id)]);
  const capacity = found ? capacitySeconds(found.employee, { from: startDate, to: endDate }, found.calendar) : 0n;
  const share = BigInt(own?.approved_billable ?? 0);
  return {
    ...{ startDate, endDate, ...showSeconds('capacityHours', capacity) },
    ...{ ...show('submittedHours', own?.submitted), ...show('approvedHours', own?.approved) },
    ...show('approvedBillableHours', own?.approved_billable),
    utilization: capacity > 0n ? formatDecimal(divideRounded(share * 10_000n, capacity, 'HALF_UP'), 4) : null,
  };
}
