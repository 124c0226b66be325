import type { TimesheetEntryFilter } from '#generated/time.ts';
import { demand } from '#kernel/actor.ts';
import type { Context } from '#kernel/context.ts';
import { checkLists } from '#kernel/input.ts';
import { inMonths } from '#kernel/period.ts';
import { and, type SQL, sql } from '#kernel/sql.ts';
import { audienceOf, seesOwnOnly, visibleTo } from '#kernel/visibility.ts';
import { entryConditions, placeConditions, sharedConditions } from '../entry/queries.ts';
import { entryBalances, projectBalances, timesheetEntries } from '../tables.ts';

type Filter = TimesheetEntryFilter | null | undefined;

/** What the balances leave out; literally so, for the partial index timesheet_entry_unposted. */
const notPosted = sql`posting_status = 'NOT_POSTED'`;

const keys = sql.raw('customer_id, engagement_id, project_id, employee_id, labor_category_id, status, posting_status, billable');
const periods = sql.raw(`date_trunc('month', work_date)::date as month, date_trunc('week', work_date)::date as week`);

/**
 * Entries and seconds by key, as a table to sum: whole months from the balances, the days beside them and what posting is not through with from the
 * entries. Timesheets, tasks, external references and changes name single entries: those are summed themselves. Without `people`, employee and labor category may be absent.
 */
export function hoursOf(context: Context, filter: Filter, { people, weeks = false }: { people: boolean; weeks?: boolean }): SQL {
  const { actor } = context;
  demand(actor, 'time:read');
  checkLists('filter', filter);
  const { workDateFrom, workDateTo, ...rest } = filter ?? {};
  // Balances do not tell legal entities apart, and know no weeks.
  if (weeks || rest.timesheetIds || rest.taskIds || rest.externalRefs || rest.updatedSince || actor.legalEntityIds) return sql`(${entriesOf(context, filter)})`;
  const { months, edges } = inMonths(workDateFrom, workDateTo);
  const within = months ? and(months.from ? sql`month >= ${months.from}` : undefined, months.to ? sql`month <= ${months.to}` : undefined) : sql`false`;
  const whole =
    people || namesPeople(rest) || audienceOf(actor) === 'PARTNER' || seesOwnOnly(actor, 'colleague:read')
      ? byPeople(context, rest, within)
      : byProject(context, rest, within);
  const moving = months ? [entriesOf(context, { ...rest, workDateFrom: months.from, workDateTo: months.to }, notPosted)] : [];
  const days = edges.map(({ from, to }) => entriesOf(context, { ...rest, workDateFrom: from, workDateTo: to }));
  return sql`(${sql.join([whole, ...moving, ...days], sql` union all `)})`;
}

function namesPeople({ employeeIds, laborCategoryIds, laborCategoryMissing }: TimesheetEntryFilter): boolean {
  return [employeeIds, laborCategoryIds, laborCategoryMissing].some((value) => value !== null && value !== undefined);
}

function byPeople({ actor }: Context, filter: TimesheetEntryFilter, within: SQL | undefined): SQL {
  const where = and(within, visibleTo(actor, entryBalances), ...sharedConditions(filter, entryBalances));
  return sql`select null::uuid as timesheet_id, ${keys}, month, null::date as week, entries, seconds from ${entryBalances} where ${where ?? sql`true`}`;
}

function byProject({ actor }: Context, filter: TimesheetEntryFilter, within: SQL | undefined): SQL {
  const where = and(within, visibleTo(actor, projectBalances), ...placeConditions(filter, projectBalances));
  return sql`select null::uuid as timesheet_id, customer_id, engagement_id, project_id, null::uuid as employee_id, null::uuid as labor_category_id, status,
    posting_status, billable, month, null::date as week, entries, seconds from ${projectBalances} where ${where ?? sql`true`}`;
}

/** The same of entries one by one, each with its timesheet. */
export function entriesOf(context: Context, filter: Filter, only?: SQL): SQL {
  demand(context.actor, 'time:read');
  checkLists('filter', filter);
  const where = and(visibleTo(context.actor, timesheetEntries), only, ...(filter ? entryConditions(filter) : []));
  return sql`select timesheet_id, ${keys}, ${periods}, 1 as entries, seconds from ${timesheetEntries} where ${where ?? sql`true`}`;
}
