import type { Context } from '#kernel/context.ts';
import { availableActions } from '#kernel/machine.ts';
import { asRefused } from '#kernel/mutation.ts';
import { references } from '#kernel/reference.ts';
import { rowsById } from '#kernel/rows.ts';
import { type EntrySubject, entryMachine } from './entry/machine.ts';
import { type ExpenseSubject, expenseMachine } from './expense/machine.ts';
import type { Days } from './guards.ts';
import type { AssignmentsReference, EmployeeReference, FiscalCalendarReference, ProjectReference, TaskReference } from './siblings.ts';
import { judged, type Surroundings, unjudged } from './surroundings.ts';
import { type ExpenseItemRow, type TimesheetEntryRow, type TimesheetRow, timesheets } from './tables.ts';
import { type TimesheetSubject, timesheetMachine } from './timesheet/machine.ts';
import { entriesBySheet } from './timesheet/queries.ts';

type Offered = { name: string; refusals: string[] }[];

const employees = (context: Context, ids: readonly string[]) => references<EmployeeReference>(context.db, 'Employee', ids);
const projects = (context: Context, ids: readonly string[]) => references<ProjectReference>(context.db, 'Project', ids);
const tasks = (context: Context, ids: readonly string[]) => references<TaskReference>(context.db, 'Task', ids);
const assignments = (context: Context, ids: readonly string[]) => references<AssignmentsReference>(context.db, 'EmployeeAssignments', ids);
const calendars = (context: Context, ids: readonly string[]) => references<FiscalCalendarReference>(context.db, 'FiscalCalendar', ids);

type Row = Pick<TimesheetEntryRow, 'employeeId' | 'projectId' | 'taskId' | 'workDate' | 'legalEntityId'>;

const sheets = (context: Context, ids: readonly string[]) => rowsById(context.db, timesheets, ids);

function only<Value>(id: string | null, value: Value | undefined): Map<string, Value> {
  return id && value ? new Map([[id, value]]) : new Map();
}

/** What the guards of a draft look at, in one statement per kind for a whole page; a sentence when something is gone. */
async function around(context: Context, row: Row, days: Days) {
  const { employeeId, projectId, taskId, legalEntityId } = row;
  const [employee, project, task, assigned, calendar] = await Promise.all([
    context.load(employees, employeeId),
    context.load(projects, projectId),
    taskId ? context.load(tasks, taskId) : undefined,
    context.load(assignments, employeeId),
    legalEntityId ? context.load(calendars, legalEntityId) : undefined,
  ]);
  const known: Surroundings = {
    employees: only(employeeId, employee),
    projects: only(projectId, project),
    tasks: only(taskId, task),
    assignments: only(employeeId, assigned),
    calendars: only(legalEntityId, calendar),
  };
  try {
    return { found: judged(known, { work: { ...row, days }, actor: context.actor }) };
  } catch (error) {
    return { gone: asRefused(error).message };
  }
}

function offer(actions: Offered, gone: string | undefined): Offered {
  return gone ? actions.map(({ name, refusals }) => ({ name, refusals: [...refusals, gone] })) : actions;
}

/** What could be done with an entry now. */
export async function entryActions(context: Context, entry: TimesheetEntryRow): Promise<Offered> {
  const subject: EntrySubject = { ...unjudged, ...entry, taskId: null, approverId: context.actor.employeeId };
  if (entry.status !== 'DRAFT') return availableActions(entryMachine, subject, context.actor);
  const sheet = entry.span === 'WEEK' ? await context.load(sheets, entry.timesheetId) : undefined;
  const days = sheet ? { from: sheet.periodStart, to: sheet.periodEnd } : { from: entry.workDate, to: entry.workDate };
  const { found, gone } = await around(context, entry, days);
  return offer(availableActions(entryMachine, { ...subject, ...found }, context.actor), gone);
}

/** What could be done with an expense now. */
export async function expenseActions(context: Context, expense: ExpenseItemRow): Promise<Offered> {
  const subject: ExpenseSubject = { ...unjudged, ...expense, taskId: null, receiptTaken: false, approverId: context.actor.employeeId };
  if (expense.status !== 'DRAFT') return availableActions(expenseMachine, subject, context.actor);
  const days = { from: expense.workDate, to: expense.workDate };
  const { found, gone } = await around(context, expense, days);
  return offer(availableActions(expenseMachine, { ...subject, ...found }, context.actor), gone);
}

/** What could be done with a timesheet now. */
export async function timesheetActions(context: Context, sheet: TimesheetRow): Promise<Offered> {
  const entries = (await context.load(entriesBySheet, sheet.id)) ?? [];
  const work = await Promise.all(
    entries
      .filter((entry) => entry.status === 'DRAFT')
      .map(async ({ workDate, legalEntityId }) => ({ workDate, periods: (legalEntityId && (await context.load(calendars, legalEntityId))?.periods) || [] })),
  );
  const chosen = entries.map((entry) => entry.status);
  const subject: TimesheetSubject = { status: sheet.status, chosen, work, employeeId: sheet.employeeId, approverId: context.actor.employeeId };
  return availableActions(timesheetMachine, subject, context.actor);
}
