import { references as engagements } from '#engagements/published.ts';
import { references as finance } from '#finance/published.ts';
import type { Context } from '#kernel/context.ts';
import { type AnyMachine, type AvailableAction, availableActions } from '#kernel/machine.ts';
import { asRefused } from '#kernel/outcome.ts';
import { dateOf } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { rowsById } from '#kernel/rows.ts';
import { references as resources } from '#resources/published.ts';
import { daysOf } from './around.ts';
import { entryMachine } from './entry/machine.ts';
import { totalsOf } from './entry/record.ts';
import { expenseMachine } from './expense/machine.ts';
import { receiptHolders } from './expense/queries.ts';
import { type Days, type PeriodSubject, periodOpen, type WorkSubject } from './guards.ts';
import { type ExpenseItemRow, type TimesheetEntryRow, type TimesheetRow, timesheets } from './tables.ts';
import { readStandings } from './taken.ts';
import { timesheetMachine } from './timesheet/machine.ts';
import { entriesBySheet, shownTo } from './timesheet/shown.ts';
import { type FiscalCalendars, periodSubject, type WorkContext, workSubject } from './workContext.ts';

type Available = AvailableAction[];

const employees = (context: Context, ids: readonly string[]) => references(context.unconfined, resources.Employee, ids);
const projects = (context: Context, ids: readonly string[]) => references(context.unconfined, engagements.Project, ids);
const tasks = (context: Context, ids: readonly string[]) => references(context.unconfined, engagements.Task, ids);
const assignments = (context: Context, ids: readonly string[]) => references(context.unconfined, resources.EmployeeAssignments, ids);
const calendars = (context: Context, ids: readonly string[]) => references(context.unconfined, finance.FiscalCalendar, ids);
const entryStandings = (context: Context, ids: readonly string[]) => readStandings(context.unconfined, 'TimesheetEntry', ids);
const expenseStandings = (context: Context, ids: readonly string[]) => readStandings(context.unconfined, 'ExpenseItem', ids);
const sheets = (context: Context, ids: readonly string[]) => rowsById(context.unconfined, timesheets, ids);

type Row = Pick<TimesheetEntryRow, 'employeeId' | 'projectId' | 'taskId' | 'workDate' | 'legalEntityId'>;

function only<Value>(id: string | null, value: Value | undefined): Map<string, Value> {
  return id && value ? new Map([[id, value]]) : new Map();
}

/** The same subject as recording judges, read in one statement per kind for a whole page; a sentence when something is gone. */
async function workOf(context: Context, row: Row, days: Days): Promise<{ work: WorkSubject & PeriodSubject } | { gone: string }> {
  const { employeeId, projectId, taskId, legalEntityId } = row;
  const [employee, project, task, assigned, calendar] = await Promise.all([
    context.load(employees, employeeId),
    context.load(projects, projectId),
    taskId ? context.load(tasks, taskId) : undefined,
    context.load(assignments, employeeId),
    legalEntityId ? context.load(calendars, legalEntityId) : undefined,
  ]);
  const loaded: WorkContext = {
    employees: only(employeeId, employee),
    projects: only(projectId, project),
    tasks: only(taskId, task),
    assignments: only(employeeId, assigned),
    calendars: only(legalEntityId, calendar),
  };
  try {
    return { work: workSubject(loaded, { work: { ...row, days }, actor: context.actor }) };
  } catch (error) {
    return { gone: asRefused(error).message };
  }
}

/** Where what it belongs to is gone, nothing can be judged: every action that starts here says so. */
function gone(machine: AnyMachine, status: string, why: string): Available {
  return Object.entries(machine.actions).flatMap(([name, { from, by }]) => (from.includes(status) ? [{ name, mutation: by, refusals: [why] }] : []));
}

/** The states in which something is judged by what lies around the work: recording, submission, decisions. */
const judged: readonly string[] = ['DRAFT', 'SUBMITTED', 'RECALL_REQUESTED'];

/** What could be done with an entry now. */
export async function entryActions(context: Context, entry: TimesheetEntryRow): Promise<Available> {
  const { actor } = context;
  const taken = (await context.load(entryStandings, entry.id))?.taken ?? null;
  const subject = { ...entry, taken, today: dateOf(context.clock()), approverId: actor.employeeId };
  if (!judged.includes(entry.status)) return availableActions(entryMachine, subject, actor);
  const row = await context.load(sheets, entry.timesheetId);
  const own = (await context.load(entriesBySheet, entry.timesheetId)) ?? [];
  const days = row ? daysOf(entry, row) : { from: entry.workDate, to: entry.workDate };
  const found = await workOf(context, entry, days);
  if ('gone' in found) return gone(entryMachine, entry.status, found.gone);
  const sheet = row && { row, entries: new Map(own.map((each) => [each.id, each])) };
  return availableActions(entryMachine, { ...subject, ...found.work, totals: totalsOf(sheet, entry, entry.id) }, actor);
}

/** What could be done with an expense now. */
export async function expenseActions(context: Context, expense: ExpenseItemRow): Promise<Available> {
  const { actor } = context;
  const taken = (await context.load(expenseStandings, expense.id))?.taken ?? null;
  const subject = { ...expense, taken, today: dateOf(context.clock()), approverId: actor.employeeId };
  if (!judged.includes(expense.status)) return availableActions(expenseMachine, subject, actor);
  const found = await workOf(context, expense, { from: expense.workDate, to: expense.workDate });
  if ('gone' in found) return gone(expenseMachine, expense.status, found.gone);
  const holder = expense.receiptChecksum ? await context.load(receiptHolders, expense.receiptChecksum) : undefined;
  return availableActions(expenseMachine, { ...subject, ...found.work, receiptTaken: holder !== undefined && holder !== expense.id }, actor);
}

async function calendarsOf(context: Context, entries: readonly TimesheetEntryRow[]): Promise<FiscalCalendars> {
  const legalEntities = [...new Set(entries.flatMap(({ legalEntityId }) => legalEntityId ?? []))];
  const found = await Promise.all(legalEntities.map(async (each) => [each, await context.load(calendars, each)] as const));
  return new Map(found.flatMap(([each, calendar]) => (calendar ? [[each, calendar] as const] : [])));
}

/** The drafts of a timesheet that a submission leaves out. */
export async function entriesInClosedPeriods(context: Context, timesheetId: string): Promise<TimesheetEntryRow[]> {
  const entries = (await context.load(entriesBySheet, timesheetId)) ?? [];
  const drafts = entries.filter((entry) => entry.status === 'DRAFT').sort((a, b) => (a.workDate < b.workDate ? -1 : 1));
  const known = await calendarsOf(context, drafts);
  return drafts.filter((entry) => periodOpen(periodSubject(known, [entry])) !== undefined);
}

/** What could be done with a timesheet now. */
export async function timesheetActions(context: Context, sheet: TimesheetRow): Promise<Available> {
  const { id, employeeId } = sheet;
  const { status } = await shownTo(context, sheet);
  const entries = (await context.load(entriesBySheet, id)) ?? [];
  const drafts = entries.filter((entry) => entry.status === 'DRAFT');
  const known = await calendarsOf(context, drafts);
  const chosen = entries.map((entry) => entry.status);
  return availableActions(
    timesheetMachine,
    { status, chosen, employeeId, approverId: context.actor.employeeId, ...periodSubject(known, drafts) },
    context.actor,
  );
}
