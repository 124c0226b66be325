import type { ApproveTimesheetItem, RejectTimesheetItem, SubmitTimesheetItem } from '#generated/time.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { type FactInput, type FactType, record } from '#kernel/facts.ts';
import { checkText } from '#kernel/input.ts';
import { stepTo } from '#kernel/machine.ts';
import { asRefused, type Outcome } from '#kernel/mutation.ts';
import { notFound } from '#kernel/rows.ts';
import { approverOf, knownApprovers } from '../approver.ts';
import type { EntryStatus } from '../entry/machine.ts';
import { facts } from '../facts.ts';
import type { PeriodSubject } from '../guards.ts';
import { fiscalCalendars, periodsOf } from '../surroundings.ts';
import type { TimesheetEntryRow } from '../tables.ts';
import { followEntries, timesheetMachine } from './machine.ts';
import { changeEntry, factAbout, follow, lockSheets, type Sheet, saveSheets, seenEntries } from './sheet.ts';

export { createTimesheets } from './create.ts';

type Item = { timesheetId: string; expectedVersion?: number | null | undefined; projectIds?: readonly string[] | null | undefined };

/** Submits the DRAFT entries of timesheets: seven statements, however many they are. */
export async function submitTimesheets(scope: Scope, items: readonly SubmitTimesheetItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'time:submit');
  const sheets = await lockSheets(
    scope,
    items.map((item) => item.timesheetId),
  );
  const entities = [...sheets.values()].flatMap((sheet) => [...sheet.entries.values()].map((entry) => entry.legalEntityId));
  const calendars = await fiscalCalendars(scope.tx, entities);
  const dates = (entry: TimesheetEntryRow) => ({ workDate: entry.workDate, periods: periodsOf(calendars, entry.legalEntityId) });
  return carryOut(scope, { items, sheets, fact: facts.TimesheetSubmitted }, (sheet, item) => {
    const drafts = (entry: TimesheetEntryRow) => entry.status === 'DRAFT';
    const work = seenEntries(sheet, scope.actor).filter(drafts).map(dates);
    const moved = move(scope, { sheet, item, action: 'submit', to: 'SUBMITTED', work }, () => ({ submittedAt: scope.now }));
    follow(sheet, scope.now, { submittedAt: scope.now });
    return factAbout(sheet, moved, {});
  });
}

/** Approves the SUBMITTED entries of timesheets, all or those of some projects: seven statements, however many they are. */
export async function approveTimesheets(scope: Scope, items: readonly ApproveTimesheetItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'time:approve');
  const sheets = await lockSheets(
    scope,
    items.map((item) => item.timesheetId),
  );
  const approvers = await knownApprovers(
    scope.tx,
    scope.actor,
    items.map((item) => item.approverId),
  );
  return carryOut(scope, { items, sheets, fact: facts.TimesheetApproved }, (sheet, item) => {
    const approverId = approverOf(scope.actor, item.approverId, approvers);
    const moved = move(scope, { sheet, item, action: 'approve', to: 'APPROVED', approverId }, (entry) => approval(scope, entry, approverId));
    follow(sheet, scope.now);
    return factAbout(sheet, moved, { complete: sheet.row.status === 'APPROVED', approverId });
  });
}

/** Rejects the SUBMITTED entries of timesheets, all or those of some projects, with a reason. */
export async function rejectTimesheets(scope: Scope, items: readonly RejectTimesheetItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'time:approve');
  const sheets = await lockSheets(
    scope,
    items.map((item) => item.timesheetId),
  );
  const approvers = await knownApprovers(
    scope.tx,
    scope.actor,
    items.map((item) => item.approverId),
  );
  return carryOut(scope, { items, sheets, fact: facts.TimesheetRejected }, (sheet, item) => {
    const reason = checkText('reason', item.reason, 1000);
    const approverId = approverOf(scope.actor, item.approverId, approvers);
    const moved = move(scope, { sheet, item, action: 'reject', to: 'REJECTED', approverId }, () => ({ rejectionReason: reason }));
    follow(sheet, scope.now);
    return factAbout(sheet, moved, { approverId, reason });
  });
}

/** What an approval writes on an entry. */
export function approval(scope: Scope, entry: TimesheetEntryRow, approverId: string): Partial<TimesheetEntryRow> {
  return { approvedAt: scope.now, approvedBy: approverId, approvedVersion: entry.version + 1, rejectionReason: null };
}

type Batch<I extends Item, Payload> = { items: readonly I[]; sheets: Map<string, Sheet>; fact: FactType<Payload> };

/** Each item on its locked sheet in memory, in their order, then all writes together. A sheet may come up several times. */
async function carryOut<I extends Item, Payload>(
  scope: Scope,
  { items, sheets, fact }: Batch<I, Payload>,
  act: (sheet: Sheet, item: I) => FactInput<Payload>,
): Promise<Outcome[]> {
  const stated: FactInput<Payload>[] = [];
  const outcomes = items.map((item): Outcome => {
    const sheet = sheets.get(item.timesheetId);
    try {
      if (!sheet || !mayKnow(scope, sheet)) throw notFound('Timesheet', item.timesheetId, 'timesheetId');
      demandVersion(sheet, item);
      stated.push(act(sheet, item));
      return { id: sheet.row.id };
    } catch (error) {
      return { refused: asRefused(error) };
    }
  });
  await saveSheets(scope, sheets.values());
  await record(scope, fact, stated);
  return outcomes;
}

/** An actor who is confined to customers knows a timesheet by an entry for one of them. */
function mayKnow(scope: Scope, sheet: Sheet): boolean {
  return !scope.actor.customerIds || seenEntries(sheet, scope.actor).length > 0;
}

function demandVersion({ row }: Sheet, { expectedVersion }: Item): void {
  if (expectedVersion === undefined || expectedVersion === null || expectedVersion === row.version) return;
  throw new Refused('STALE_VERSION', `Timesheet is at version ${row.version}, not ${expectedVersion}. Read it again, then decide.`, {
    field: 'expectedVersion',
  });
}

const sources = { submit: 'DRAFT', approve: 'SUBMITTED', reject: 'SUBMITTED' } as const satisfies Record<keyof typeof timesheetMachine.actions, EntryStatus>;

type Move = { sheet: Sheet; item: Item; action: keyof typeof sources; to: EntryStatus; approverId?: string } & Partial<PeriodSubject>;

/** Asks the machine, then moves the chosen entries in memory. */
function move(
  scope: Scope,
  { sheet, item, action, to, approverId, work = [] }: Move,
  changes: (entry: TimesheetEntryRow) => Partial<TimesheetEntryRow>,
): TimesheetEntryRow[] {
  const projects = item.projectIds ? new Set(item.projectIds) : undefined;
  const chosen = seenEntries(sheet, scope.actor).filter((entry) => !projects || projects.has(entry.projectId));
  const moving = new Set(chosen.filter((entry) => entry.status === sources[action]));
  const after = followEntries([...sheet.entries.values()].map((entry) => (moving.has(entry) ? to : entry.status)));
  const subject = { status: sheet.row.status, chosen: chosen.map((entry) => entry.status), work, employeeId: sheet.row.employeeId, approverId };
  stepTo(timesheetMachine, { subject, action, actor: scope.actor, to: after });
  return [...moving].map((entry) => changeEntry(sheet, { entry, changes: { ...changes(entry), status: to } }, scope.now));
}
