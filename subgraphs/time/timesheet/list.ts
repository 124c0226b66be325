import type { TimesheetFilter, TimesheetOrderField } from '#generated/time.ts';
import type { Actor } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import { Refused } from '#kernel/errors.ts';
import { externalRefFilter } from '#kernel/external.ts';
import { idIn } from '#kernel/read.ts';
import { and, type SQL, sql } from '#kernel/sql.ts';
import { isConfined, visibleTo } from '#kernel/visibility.ts';
import { between } from '../conditions.ts';
import { externalRefs, timesheetEntries, timesheets } from '../tables.ts';
import { shownColumns } from './shown.ts';

/** One entry must meet all conditions: a project of another customer then tells a confined actor nothing. */
function withEntry(...conditions: (SQL | undefined)[]): SQL | undefined {
  const all = and(...conditions);
  return all && sql`exists (select from ${timesheetEntries} where ${timesheetEntries.timesheetId} = ${timesheets.id} and ${all})`;
}

export const timesheetList: List<typeof timesheets, TimesheetFilter, TimesheetOrderField> = {
  table: timesheets,
  read: 'timesheet:read',
  orders: { PERIOD_START: timesheets.periodStart, CREATED_AT: timesheets.createdAt, UPDATED_AT: timesheets.updatedAt },
  defaultOrder: { field: 'PERIOD_START', direction: 'DESC' },
  filter: (filter, actor) => [
    filter.updatedSince ? sql`${shownColumns(actor).updatedAt} >= ${new Date(filter.updatedSince).toISOString()}::timestamptz` : undefined,
    filter.status ? sql`${shownColumns(actor).status} = any(${sql.param([...filter.status])}::text[])` : undefined,
    idIn(timesheets.employeeId, filter.employeeIds),
    withEntry(
      idIn(timesheetEntries.projectId, filter.projectIds),
      idIn(timesheetEntries.customerId, filter.customerIds),
      filter.projectIds || filter.customerIds ? visibleTo(actor, timesheetEntries) : undefined,
    ),
    ...between(timesheets.periodEnd, filter.periodFrom, undefined),
    ...between(timesheets.periodStart, undefined, filter.periodTo),
    externalRefFilter({ table: externalRefs, entityType: 'Timesheet', id: timesheets.id }, filter.externalRefs),
  ],
};

export const timesheetsOfEmployee = childList(timesheetList, timesheets.employeeId);

type Ordered = { orderBy?: { field: TimesheetOrderField } | null | undefined };

/** The order of all changes would say when others changed what an actor does not see. */
export function demandOwnOrder<Args extends Ordered>(args: Args, actor: Actor): Args {
  if (args.orderBy?.field !== 'UPDATED_AT' || !isConfined(actor)) return args;
  throw new Refused('VALIDATION_FAILED', 'This token sees a part of what timesheets hold: order by PERIOD_START or CREATED_AT, and filter by updatedSince.', {
    field: 'orderBy',
  });
}
