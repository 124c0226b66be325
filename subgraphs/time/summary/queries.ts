import { and, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { TimeSummaryKey, TimesheetEntryFilter } from '#generated/time.ts';
import { demand } from '#kernel/actor.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { divideRounded, formatDecimal, hoursOfSeconds } from '#kernel/decimal.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLists } from '#kernel/input.ts';
import { type CalendarDate, daysBetween } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { type EmployeeReference, references as resources } from '#resources/published.ts';
import type { EntryStatus } from '../entry/machine.ts';
import { entryConditions, entryScope, toPost } from '../entry/queries.ts';
import { timesheetEntries } from '../tables.ts';
import { capacitySeconds } from './capacity.ts';

const entry = timesheetEntries;
const seconds = (condition?: SQL) => sql<string>`coalesce(sum(${entry.seconds})${condition ? sql` filter (where ${condition})` : sql``}, 0)`;
const approved = sql`${entry.status} in ('APPROVED', 'RECALL_REQUESTED')`;
const hours = (text: string | undefined) => hoursOfSeconds(BigInt(text ?? 0));

const columns = {
  entries: sql<string>`count(*)`,
  all: seconds(),
  billable: seconds(sql`${entry.billable}`),
  submitted: seconds(sql`${entry.status} = 'SUBMITTED'`),
  approved: seconds(approved),
  approvedBillable: seconds(sql`${approved} and ${entry.billable}`),
  posted: seconds(sql`${approved} and ${entry.postingStatus} = 'POSTED'`),
};
type Sums = Record<keyof typeof columns, string>;

function shown(sums: Sums | undefined) {
  return {
    entries: Number(sums?.entries ?? 0),
    hours: hours(sums?.all),
    billableHours: hours(sums?.billable),
    submittedHours: hours(sums?.submitted),
    approvedHours: hours(sums?.approved),
    approvedBillableHours: hours(sums?.approvedBillable),
    postedHours: hours(sums?.posted),
  };
}
type TimeSummary = ReturnType<typeof shown>;

function visible(context: Context, filter: TimesheetEntryFilter | null | undefined): SQL | undefined {
  demand(context.actor, 'time:read');
  checkLists('filter', filter);
  return and(entryScope(context.actor), ...(filter ? entryConditions(filter) : []));
}

/** Sums per parent: all parents of a page in one statement. */
function summaryBy(parent: PgColumn): Batch<TimeSummary> {
  return async (context, ids, variant) => {
    const rows = await context.db
      .select({ key: sql<string>`${parent}`, ...columns })
      .from(entry)
      .where(and(sql`${parent} = any(${sql.param([...ids])}::uuid[])`, visible(context, JSON.parse(variant))))
      .groupBy(parent);
    return new Map(rows.map((row) => [row.key, shown(row)]));
  };
}

const summaries = {
  customer: summaryBy(entry.customerId),
  engagement: summaryBy(entry.engagementId),
  project: summaryBy(entry.projectId),
  timesheet: summaryBy(entry.timesheetId),
};

/** The hours below a customer, engagement, project or timesheet. */
export async function summaryOf(
  context: Context,
  kind: keyof typeof summaries,
  parent: { id: string; filter?: TimesheetEntryFilter | null | undefined },
): Promise<TimeSummary> {
  return (await context.load(summaries[kind], parent.id, JSON.stringify(parent.filter ?? null))) ?? shown(undefined);
}

const keys = { CUSTOMER: entry.customerId, PROJECT: entry.projectId, EMPLOYEE: entry.employeeId, STATUS: entry.status, LABOR_CATEGORY: entry.laborCategoryId };

type Grouped = { groupBy: TimeSummaryKey; filter?: TimesheetEntryFilter | null | undefined; first?: number | null | undefined };

/** Hours by key, most first. */
export async function timeSummary(context: Context, { groupBy, filter, first }: Grouped) {
  const limit = first ?? 250;
  if (limit < 1 || limit > 1000) throw new Refused('VALIDATION_FAILED', 'first must be 1 to 1000.', { field: 'first' });
  const rows = await context.db
    .select({ key: sql<string | null>`${keys[groupBy]}`, entries: columns.entries, all: columns.all, billable: columns.billable })
    .from(entry)
    .where(visible(context, filter))
    .groupBy(keys[groupBy])
    .orderBy(sql`3 desc, 1`)
    .limit(limit);
  return rows.map(({ key, entries, all, billable }) => {
    const ref = (kind: TimeSummaryKey) => (kind === groupBy && key ? { id: key } : null);
    return {
      ...{ customer: ref('CUSTOMER'), project: ref('PROJECT'), employee: ref('EMPLOYEE'), laborCategory: ref('LABOR_CATEGORY') },
      status: statusOf(groupBy === 'STATUS' ? key : null),
      ...{ entries: Number(entries), hours: hours(all), billableHours: hours(billable) },
    };
  });
}

const statuses: readonly EntryStatus[] = ['DRAFT', 'SUBMITTED', 'APPROVED', 'REJECTED', 'RECALL_REQUESTED'];

function statusOf(key: string | null): EntryStatus | null {
  return statuses.find((status) => status === key) ?? null;
}

/** How much approved time waits to be posted; the partial index timesheet_entry_to_post holds exactly that. */
export async function approvedNotPostedSummary(context: Context, filter: TimesheetEntryFilter | null | undefined) {
  const held = sql`${entry.postingStatus} = 'EXCEPTION'`;
  const [row] = await context.db
    .select({ entries: columns.entries, all: columns.all, held: seconds(held), heldEntries: sql<string>`count(*) filter (where ${held})` })
    .from(entry)
    .where(and(toPost, visible(context, filter)));
  const [entries, heldEntries] = [Number(row?.entries ?? 0), Number(row?.heldEntries ?? 0)];
  const pending = BigInt(row?.all ?? 0) - BigInt(row?.held ?? 0);
  return {
    entries,
    hours: hours(row?.all),
    pending: { entries: entries - heldEntries, hours: hoursOfSeconds(pending) },
    inException: { entries: heldEntries, hours: hours(row?.held) },
  };
}

type Range = { from: CalendarDate; to: CalendarDate };

const worked: Batch<Sums> = async (context, ids, variant) => {
  const range: Range = JSON.parse(variant);
  const rows = await context.db
    .select({ key: entry.employeeId, ...columns })
    .from(entry)
    .where(and(visible(context, { employeeIds: [...ids], workDateFrom: range.from, workDateTo: range.to })))
    .groupBy(entry.employeeId);
  return new Map(rows.map((row) => [row.key, row]));
};

const employees: Batch<EmployeeReference> = (context, ids) => references(context.db, resources.Employee, ids);

/** Approved billable hours over capacity, for all employees of a page in two statements. */
export async function utilization(context: Context, id: string, { from, to }: Range) {
  demand(context.actor, 'time:read');
  const days = daysBetween(from, to) + 1;
  if (days < 1 || days > 3660) throw new Refused('VALIDATION_FAILED', `from ${from} to ${to} must be 1 to 3,660 days.`, { field: 'to' });
  const [sums, employee] = await Promise.all([context.load(worked, id, JSON.stringify({ from, to })), context.load(employees, id)]);
  const capacity = employee ? capacitySeconds(employee, { from, to }) : 0n;
  const share = BigInt(sums?.approvedBillable ?? 0);
  return {
    ...{ from, to, capacityHours: hoursOfSeconds(capacity) },
    ...{ submittedHours: hours(sums?.submitted), approvedHours: hours(sums?.approved), approvedBillableHours: hours(sums?.approvedBillable) },
    utilization: capacity > 0n ? formatDecimal(divideRounded(share * 10_000n, capacity, 'HALF_UP'), 4) : null,
  };
}
