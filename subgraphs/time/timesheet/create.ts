import type { CreateTimesheetItem } from '#generated/time.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { externalKey, findByExternalRefs, linkExternalRefs } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { checkText } from '#kernel/input.ts';
import { asRefused, type Outcome } from '#kernel/mutation.ts';
import { daysBetween } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { notFound, rowsById } from '#kernel/rows.ts';
import { demandOwn, ownTime } from '../guards.ts';
import { externalRefs, type TimesheetRow, timesheets } from '../tables.ts';
import { lockCreation, newSheet, type Sheet, saveSheets, sheetsOverlapping } from './sheet.ts';

/** What is known while a batch is carried out; it grows with each item. */
type Known = {
  employees: ReadonlySet<string>;
  byRef: Map<string, TimesheetRow>;
  /** Per employee. */
  periods: Map<string, TimesheetRow[]>;
};

/** Opens timesheets: eight statements, however many they are. What is there already is given back as it is. */
export async function createTimesheets(scope: Scope, items: readonly CreateTimesheetItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'timesheet:write');
  const known = await prefetch(scope, items);
  const made: Sheet[] = [];
  const links: { entityId: string; refs: [NonNullable<CreateTimesheetItem['externalRef']>] }[] = [];
  const outcomes = items.map((item): Outcome => {
    try {
      const row = found(known, item) ?? opened(scope, item, { known, made });
      if (item.externalRef && !known.byRef.has(externalKey(item.externalRef))) {
        links.push({ entityId: row.id, refs: [item.externalRef] });
        known.byRef.set(externalKey(item.externalRef), row);
      }
      return { id: row.id };
    } catch (error) {
      return { refused: asRefused(error) };
    }
  });
  await saveSheets(scope, made);
  await linkExternalRefs(scope, externalRefs, { entityType: 'Timesheet', links });
  return outcomes;
}

async function prefetch(scope: Scope, items: readonly CreateTimesheetItem[]): Promise<Known> {
  const people = [...new Set(items.map((item) => item.employeeId).filter(isId))];
  await lockCreation(scope, 'timesheet', people);
  const refs = items.flatMap((item) => item.externalRef ?? []);
  const ids = await findByExternalRefs(scope, externalRefs, { entityType: 'Timesheet', refs });
  const rows = await rowsById(scope.tx, timesheets, [...ids.values()]);
  const stretches = items.filter((item) => isId(item.employeeId)).map(({ employeeId, periodStart: from, periodEnd: to }) => ({ employeeId, from, to }));
  const overlapping = await sheetsOverlapping(scope, stretches);
  const byRef = new Map<string, TimesheetRow>();
  for (const [key, id] of ids) {
    const row = rows.get(id);
    if (row) byRef.set(key, row);
  }
  return {
    employees: new Set((await references(scope.tx, 'Employee', people)).keys()),
    byRef,
    periods: Map.groupBy(overlapping, (row) => row.employeeId),
  };
}

function same(row: TimesheetRow, item: CreateTimesheetItem): boolean {
  return row.employeeId === item.employeeId && row.periodStart === item.periodStart && row.periodEnd === item.periodEnd;
}

/** By reference, else by the very same person and period. */
function found(known: Known, item: CreateTimesheetItem): TimesheetRow | undefined {
  const byRef = item.externalRef && known.byRef.get(externalKey(item.externalRef));
  if (byRef && !same(byRef, item)) {
    throw new Refused('DUPLICATE_EXTERNAL_REF', 'The external reference is of a timesheet of another employee or period; those never change.', {
      field: 'externalRef',
    });
  }
  return byRef ?? known.periods.get(item.employeeId)?.find((row) => same(row, item));
}

function opened(scope: Scope, item: CreateTimesheetItem, { known, made }: { known: Known; made: Sheet[] }): TimesheetRow {
  const { employeeId, periodStart, periodEnd } = item;
  if (!known.employees.has(employeeId)) throw notFound('Employee', employeeId, 'employeeId');
  demandOwn(ownTime, { employeeId }, scope.actor);
  const days = daysBetween(periodStart, periodEnd) + 1;
  if (days < 1 || days > 7)
    throw new Refused('VALIDATION_FAILED', `A timesheet covers 1 to 7 days; ${periodStart} to ${periodEnd} are ${days}.`, { field: 'periodEnd' });
  if (item.externalRef) for (const name of ['system', 'externalId'] as const) checkText(name, item.externalRef[name]);
  const own = known.periods.get(employeeId) ?? [];
  const other = own.find((row) => row.periodStart <= periodEnd && periodStart <= row.periodEnd);
  if (other) {
    const why = `The employee has a timesheet for ${other.periodStart} to ${other.periodEnd}; periods do not overlap.`;
    throw new Refused('GUARD_REFUSED', why, { field: 'periodStart', guard: 'periodsDoNotOverlap' });
  }
  const sheet = newSheet(scope, { employeeId, periodStart, periodEnd });
  made.push(sheet);
  known.periods.set(employeeId, [...own, sheet.row]);
  return sheet.row;
}
