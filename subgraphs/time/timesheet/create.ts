import type { CreateTimesheetItem } from '#generated/time.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import { openDraft, rowsIn } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkRef, externalKey, findByExternalRefs } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { begin } from '#kernel/machine.ts';
import { daysBetween } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { lockMaking, notFound, rowsById } from '#kernel/rows.ts';
import { references as resources } from '#resources/published.ts';
import { timesheet } from '../entities.ts';
import { demandOwn, ownTime } from '../guards.ts';
import { externalRefs, type TimesheetRow, timesheets } from '../tables.ts';
import { timesheetsOverlapping } from './load.ts';
import { timesheetMachine } from './machine.ts';

/** An item, whoever named what it points to. */
type CreateItem = Meant<CreateTimesheetItem, 'employee'>;

type Loaded = {
  employees: ReadonlySet<string>;
  byRef: Map<string, TimesheetRow>;
  /** Per employee. */
  periods: Map<string, TimesheetRow[]>;
};

/** Opens timesheets. What is there already is given back as it is. */
export const createTimesheets: Command<CreateItem, Loaded> = {
  may: 'timesheet:write',
  entities: [timesheet],
  load: async (scope, items) => {
    const people = [...new Set(items.map((item) => item.employeeId).filter(isId))];
    await lockMaking(
      scope,
      people.map((id) => ({ kind: 'time.timesheet', id })),
    );
    const ids = await findByExternalRefs(scope, externalRefs, { entityType: 'Timesheet', refs: items.flatMap((item) => item.externalRef ?? []) });
    const rows = await rowsById(scope.tx, timesheets, [...ids.values()]);
    const stretches = items.filter((item) => isId(item.employeeId)).map(({ employeeId, startDate: from, endDate: to }) => ({ employeeId, from, to }));
    const overlapping = await timesheetsOverlapping(scope, stretches);
    const byRef = new Map<string, TimesheetRow>();
    for (const [key, id] of ids) {
      const row = rows.get(id);
      if (row) byRef.set(key, row);
    }
    const employees = new Set((await references(scope.tx, resources.Employee, people)).keys());
    return { employees, byRef, periods: Map.groupBy(overlapping, (row) => row.employeeId) };
  },
  source: { refs: externalRefs, entity: timesheet, of: ({ externalRef }) => externalRef },
  decide: (loaded, item, context) => {
    const draft = openDraft(context);
    const { employeeId, startDate, endDate } = item;
    const found = present(loaded, item);
    if (!found) demandOpenable(loaded, item, context.actor);
    const row = found ?? draft.insert(timesheet, { employeeId, startDate, endDate, submittedAt: null }, begin(timesheetMachine));
    if (item.externalRef && !loaded.byRef.has(externalKey(item.externalRef)))
      draft.link({ refs: externalRefs, entity: timesheet, id: row.id }, [item.externalRef]);
    return draft.done(row.id);
  },
  absorb: ({ periods, byRef }, decision, { employeeId, externalRef }) => {
    const own = periods.get(employeeId) ?? [];
    const [made] = rowsIn(decision, timesheet);
    const row = made?.row ?? own.find(({ id }) => id === decision.id);
    if (made?.row) periods.set(employeeId, [...own, made.row]);
    if (externalRef && row) byRef.set(externalKey(externalRef), row);
  },
};

function same(row: TimesheetRow, item: CreateItem): boolean {
  return row.employeeId === item.employeeId && row.startDate === item.startDate && row.endDate === item.endDate;
}

/** By reference, else by the very same person and period. */
function present({ byRef, periods }: Loaded, item: CreateItem): TimesheetRow | undefined {
  const referred = item.externalRef && byRef.get(externalKey(item.externalRef));
  if (referred && !same(referred, item)) {
    throw new Refused('DUPLICATE_EXTERNAL_REF', 'The external reference is of a timesheet of another employee or period; those never change.', {
      field: 'externalRef',
    });
  }
  return referred ?? periods.get(item.employeeId)?.find((row) => same(row, item));
}

function demandOpenable({ employees, periods }: Loaded, item: CreateItem, actor: Parameters<typeof ownTime>[1]): void {
  const { employeeId, startDate, endDate } = item;
  if (!employees.has(employeeId)) throw notFound('Employee', employeeId, 'employeeId');
  demandOwn(ownTime, { employeeId }, actor);
  const days = daysBetween(startDate, endDate) + 1;
  if (days < 1 || days > 7)
    throw new Refused('VALIDATION_FAILED', `A timesheet covers 1 to 7 days; ${startDate} to ${endDate} are ${days}.`, { field: 'endDate' });
  if (item.externalRef) checkRef(item.externalRef);
  const other = periods.get(employeeId)?.find((row) => row.startDate <= endDate && startDate <= row.endDate);
  if (!other) return;
  const why = `The employee has a timesheet for ${other.startDate} to ${other.endDate}; periods do not overlap.`;
  throw new Refused('GUARD_REFUSED', why, { field: 'startDate', guard: 'periodsDoNotOverlap' });
}
