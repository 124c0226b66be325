import type { EmployeeFilter, EmployeeOrderField } from '#generated/resources.ts';
import { type Actor, demand } from '#kernel/actor.ts';
import { childList, type List, type PageArgs } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { showSeconds } from '#kernel/duration.ts';
import { Refused } from '#kernel/errors.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { type CalendarDate, dateOf, daysBetween, effectiveOn } from '#kernel/period.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { notFound, rowsById, someById } from '#kernel/rows.ts';
import { ilike, type SQL, sql } from '#kernel/sql.ts';
import { isOutside, visibleById } from '#kernel/visibility.ts';
import { columnsFor } from '#kernel/wanted.ts';
import { peakLoad } from '../assignment/capacity.ts';
import { weeksIn, weeksOf } from '../capacity/calendar.ts';
import { type CapacityWeek, showWeek, utilizationOf, workloadBatch } from '../capacity/queries.ts';
import { type EmployeeLaborCategoryRow, type EmployeeRow, employeeLaborCategories, employees, externalRefs, type PersonRow, persons } from '../tables.ts';
import { laborCategoriesOf } from './laborCategories.ts';

const employeesById = visibleById(employees, 'employee:read');

/** An employee, if there is one that the actor may know of. */
export function readEmployee(context: Context, id: string): Promise<EmployeeRow | undefined> {
  return context.load(employeesById, id);
}

/** By reference: whom a row names that the actor sees is named to them, whether or not they were ever assigned. */
const namedEmployees: Batch<EmployeeRow> = (context, ids, columns) => {
  demand(context.actor, 'employee:read');
  return someById(context.unconfined, employees, { ids, columns: columns === '' ? undefined : columns.split(' ') });
};

/** An employee whom a row of another subgraph names; only the gateway can ask like this. */
export function readNamedEmployee(context: Context, id: string): Promise<EmployeeRow | undefined> {
  return context.load(namedEmployees, id, columnsFor(employees, context.wanted)?.join(' '));
}

/** The same, where it must be there. */
export async function demandNamedEmployee(context: Context, id: string): Promise<EmployeeRow> {
  const employee = await readNamedEmployee(context, id);
  if (!employee) throw notFound('Employee', id);
  return employee;
}

/** The human being behind an employment that the actor sees. */
export const personsById: Batch<PersonRow> = (context, ids) => rowsById(context.db, persons, ids);

export const employeeRefs = externalRefsOf(externalRefs, 'Employee');

export const employeeList: List<typeof employees, EmployeeFilter, EmployeeOrderField> = {
  table: employees,
  read: 'employee:read',
  orders: { NAME: employees.name, HIRED_ON: employees.hiredOn, CREATED_AT: employees.createdAt, UPDATED_AT: employees.updatedAt },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
  filter: (filter) => [
    changedSince(employees, filter.updatedSince),
    wordIn(employees.status, filter.statuses),
    wordIn(employees.workerType, filter.workerTypes),
    idIn(employees.legalEntityId, filter.legalEntityIds),
    idIn(employees.costCenterId, filter.costCenterIds),
    idIn(employees.managerId, filter.managerIds),
    idIn(employees.subcontractorId, filter.subcontractorIds),
    filter.laborCategoryIds ? holdsToday(filter.laborCategoryIds) : undefined,
    filter.nameContains ? ilike(employees.name, containing(filter.nameContains)) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'Employee', id: employees.id }, filter.externalRefs),
  ],
};

export const reportsList = childList(employeeList, employees.managerId);
export const employmentsList = childList(employeeList, employees.personId);
export const subcontractorEmployeesList = childList(employeeList, employees.subcontractorId);

/** A client must not learn by filter or order what it may not read. */
export function demandPlainQuestion(actor: Actor, { filter, orderBy }: PageArgs<EmployeeFilter, EmployeeOrderField>): void {
  if (!isOutside(actor)) return;
  const asked = Object.entries(filter ?? {}).filter(([name, value]) => name !== 'nameContains' && value !== undefined && value !== null);
  const [field] = asked[0] ?? [];
  if (field) throw new Refused('FORBIDDEN', `A client cannot filter employees by ${field}.`, { field });
  if (orderBy && orderBy.field !== 'NAME') throw new Refused('FORBIDDEN', 'A client can order employees by NAME only.', { field: 'orderBy' });
}

function holdsToday(laborCategoryIds: readonly string[]): SQL {
  const { employeeId, laborCategoryId: held, effectiveFrom, effectiveTo } = employeeLaborCategories;
  const today = sql`${effectiveFrom} <= current_date and coalesce(${effectiveTo}, 'infinity') >= current_date`;
  return sql`${employees.id} in (select ${employeeId} from ${employeeLaborCategories} where ${idIn(held, laborCategoryIds)} and ${today})`;
}

/** Labor categories of many employees in one statement. */
export const heldBatch: Batch<EmployeeLaborCategoryRow[]> = (context, ids) => laborCategoriesOf(context.db, ids);

/** The row that says which labor category applies to an employee on a day. */
export async function heldOn(context: Context, employeeId: string, day: CalendarDate | null | undefined): Promise<EmployeeLaborCategoryRow | undefined> {
  return effectiveOn((await context.load(heldBatch, employeeId)) ?? [], day ?? dateOf(context.clock()));
}

type Availability = Record<`${'weekly' | 'booked' | 'free'}${'Hours' | 'Duration'}`, string> & { utilization: number | null; weeks: CapacityWeek[] };

/** What confirmed assignments leave of an employee's capacity. */
export async function availabilityOf(
  context: Context,
  { id, weeklySeconds }: EmployeeRow,
  range: { startDate: CalendarDate; endDate: CalendarDate },
): Promise<Availability> {
  const days = daysBetween(range.startDate, range.endDate);
  if (days < 0 || days > 366) throw new Refused('VALIDATION_FAILED', 'endDate must be 0 to 366 days after startDate.', { field: 'endDate' });
  const load = await context.load(workloadBatch, id, `${range.startDate} ${range.endDate}`);
  const weeks = load ? weeksOf(load.calendar, weeksIn(range), load) : [];
  const booked = peakLoad(load?.booked ?? [], range);
  return {
    ...showSeconds('weeklyHours', weeklySeconds),
    ...showSeconds('bookedHours', booked),
    ...showSeconds('freeHours', weeklySeconds - booked),
    utilization: utilizationOf(weeks),
    weeks: weeks.map(showWeek),
  };
}
