import { and, eq, inArray, not, type SQL, sql } from 'drizzle-orm';
import type {
  AssignLaborCategoryItem,
  DecideTimeEntryInput,
  RejectTimeEntryInput,
  RequestTimeEntryRecallInput,
  TimesheetEntryActionInput,
  UpdateTimeEntryInput,
} from '#generated/time.ts';
import { demand, seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { Refused } from '#kernel/errors.ts';
import { record } from '#kernel/facts.ts';
import { isId } from '#kernel/ids.ts';
import { checkText } from '#kernel/input.ts';
import { type ActionName, stepTo } from '#kernel/machine.ts';
import { asRefused, type Outcome } from '#kernel/mutation.ts';
import { references } from '#kernel/reference.ts';
import { notFound, rowsById } from '#kernel/rows.ts';
import { approverOf, knownApprovers } from '../approver.ts';
import { facts } from '../facts.ts';
import { demandOwn, ownTime } from '../guards.ts';
import { unjudged } from '../surroundings.ts';
import { externalRefs, type TimesheetEntryRow, timesheetEntries } from '../tables.ts';
import { approval } from '../timesheet/commands.ts';
import { changeEntry, factAbout, follow, lockSheets, type Sheet, saveSheets } from '../timesheet/sheet.ts';
import { approvedStates, type EntryStatus, entryMachine } from './machine.ts';
import { readNotes, readSeconds, recordDrafts, type Wanted } from './record.ts';

export { recordTimeEntries } from './record.ts';

type Locked = { sheet: Sheet; entry: TimesheetEntryRow };
type Asked = { id: string; expectedVersion?: number | null | undefined };

/** Locks the timesheet, then reads the entry: in this order for every writer. */
async function lockEntry(scope: Scope, asked: Asked): Promise<Locked> {
  const seen = (await rowsById(scope.tx, timesheetEntries, [asked.id])).get(asked.id);
  const sheet = seen && (await lockSheets(scope, [seen.timesheetId])).get(seen.timesheetId);
  if (!sheet) throw notFound('TimesheetEntry', asked.id);
  return { sheet, entry: checked(scope, sheet.entries.get(asked.id), asked) };
}

function checked(scope: Scope, entry: TimesheetEntryRow | undefined, { id, expectedVersion }: Asked): TimesheetEntryRow {
  if (!entry || !seesCustomer(scope.actor, entry.customerId)) throw notFound('TimesheetEntry', id);
  if (expectedVersion !== undefined && expectedVersion !== null && expectedVersion !== entry.version) {
    throw new Refused('STALE_VERSION', `TimesheetEntry is at version ${entry.version}, not ${expectedVersion}. Read it again, then decide.`, {
      field: 'expectedVersion',
    });
  }
  return entry;
}

/** Asks the machine, changes the entry, lets the timesheet follow, writes both. */
async function act(scope: Scope, locked: Locked, call: { action: ActionName<typeof entryMachine>; approverId?: string; changes?: Partial<TimesheetEntryRow> }) {
  const status = stepOf(scope, locked.entry, call);
  const entry = changeEntry(locked.sheet, { entry: locked.entry, changes: { ...call.changes, status } }, scope.now);
  follow(locked.sheet, scope.now);
  await saveSheets(scope, [locked.sheet]);
  return entry;
}

function stepOf(scope: Scope, entry: TimesheetEntryRow, { action, approverId }: { action: ActionName<typeof entryMachine>; approverId?: string }): EntryStatus {
  return stepTo(entryMachine, { subject: { ...unjudged, ...entry, taskId: null, approverId }, action, actor: scope.actor });
}

async function approver(scope: Scope, approverId: string | null | undefined): Promise<string> {
  demand(scope.actor, 'time:approve');
  return approverOf(scope.actor, approverId, await knownApprovers(scope.tx, scope.actor, [approverId]));
}

/** Changes a DRAFT entry; the guards of recording judge it again. */
export async function updateTimeEntry(scope: Scope, input: UpdateTimeEntryInput): Promise<{ id: string }> {
  demand(scope.actor, 'time:write');
  const { entry } = await lockEntry(scope, input);
  const wanted: Wanted = {
    employeeId: entry.employeeId,
    projectId: input.projectId ?? entry.projectId,
    taskId: input.taskId === undefined ? (input.projectId && input.projectId !== entry.projectId ? null : entry.taskId) : input.taskId,
    workDate: input.workDate ?? entry.workDate,
    span: input.span ?? entry.span,
    seconds: typeof input.hours === 'string' ? readSeconds(input.hours) : entry.seconds,
    notes: input.notes === undefined ? entry.notes : readNotes(input.notes),
    billable: input.billable ?? undefined,
    laborCategoryId: input.laborCategoryId,
  };
  const [outcome] = await recordDrafts(scope, [{ wanted, entryId: entry.id }]);
  if (outcome && 'refused' in outcome) throw outcome.refused;
  return { id: entry.id };
}

/** Deletes a DRAFT entry with its external references; gives the timesheet. */
export async function deleteTimeEntry(scope: Scope, input: TimesheetEntryActionInput): Promise<{ id: string }> {
  demand(scope.actor, 'time:write');
  const { sheet, entry } = await lockEntry(scope, input);
  if (entry.status !== 'DRAFT') throw new Refused('INVALID_TRANSITION', `TimesheetEntry is ${entry.status}; only a DRAFT can be deleted.`, { field: 'status' });
  demandOwn(ownTime, entry, scope.actor);
  sheet.entries.delete(entry.id);
  follow(sheet, scope.now);
  await scope.tx.delete(externalRefs).where(and(eq(externalRefs.entityType, 'TimesheetEntry'), eq(externalRefs.entityId, entry.id)));
  await scope.tx.delete(timesheetEntries).where(eq(timesheetEntries.id, entry.id));
  await saveSheets(scope, [sheet]);
  return { id: sheet.row.id };
}

/** SUBMITTED to DRAFT, before anybody decided. */
export async function recallTimeEntry(scope: Scope, input: TimesheetEntryActionInput): Promise<TimesheetEntryRow> {
  const locked = await lockEntry(scope, input);
  const entry = await act(scope, locked, { action: 'recall' });
  await tellRecalled(scope, locked.entry, entry);
  return entry;
}

/** REJECTED to DRAFT. The reason stays until the entry is approved. */
export async function reviseTimeEntry(scope: Scope, input: TimesheetEntryActionInput): Promise<TimesheetEntryRow> {
  return act(scope, await lockEntry(scope, input), { action: 'revise' });
}

/** The owner wants approved time back; it counts as approved until the request is granted. */
export async function requestTimeEntryRecall(scope: Scope, input: RequestTimeEntryRecallInput): Promise<TimesheetEntryRow> {
  const recallReason = checkText('reason', input.reason, 1000);
  return act(scope, await lockEntry(scope, input), { action: 'requestRecall', changes: { recallReason } });
}

const notApproved = { approvedAt: null, approvedBy: null, approvedVersion: null, recallReason: null, postingStatus: 'NOT_POSTED', postedAt: null } as const;

/** Grants a recall. The posting state starts anew here: whoever hears the fact reverses the actuals of the recalled version. */
export async function approveTimeEntryRecall(scope: Scope, input: DecideTimeEntryInput): Promise<TimesheetEntryRow> {
  const approverId = await approver(scope, input.approverId);
  const locked = await lockEntry(scope, input);
  const entry = await act(scope, locked, { action: 'approveRecall', approverId, changes: notApproved });
  await tellRecalled(scope, locked.entry, entry);
  return entry;
}

/** The approval stands, with its version. */
export async function refuseTimeEntryRecall(scope: Scope, input: DecideTimeEntryInput): Promise<TimesheetEntryRow> {
  const approverId = await approver(scope, input.approverId);
  return act(scope, await lockEntry(scope, input), { action: 'refuseRecall', approverId, changes: { recallReason: null } });
}

/** Approves one entry; the fact names it alone. */
export async function approveTimeEntry(scope: Scope, input: DecideTimeEntryInput): Promise<TimesheetEntryRow> {
  const approverId = await approver(scope, input.approverId);
  const locked = await lockEntry(scope, input);
  const entry = await act(scope, locked, { action: 'approve', approverId, changes: approval(scope, locked.entry, approverId) });
  const complete = locked.sheet.row.status === 'APPROVED';
  await record(scope, facts.TimesheetApproved, factAbout(locked.sheet, [entry], { complete, approverId }));
  return entry;
}

/** Rejects one entry with a reason; the fact names it alone. */
export async function rejectTimeEntry(scope: Scope, input: RejectTimeEntryInput): Promise<TimesheetEntryRow> {
  const reason = checkText('reason', input.reason, 1000);
  const approverId = await approver(scope, input.approverId);
  const locked = await lockEntry(scope, input);
  const entry = await act(scope, locked, { action: 'reject', approverId, changes: { rejectionReason: reason } });
  await record(scope, facts.TimesheetRejected, factAbout(locked.sheet, [entry], { approverId, reason }));
  return entry;
}

function tellRecalled(scope: Scope, before: TimesheetEntryRow, after: TimesheetEntryRow): Promise<void> {
  const { id, timesheetId, employeeId, customerId, engagementId, projectId, legalEntityId, workDate, seconds } = before;
  return record(scope, facts.TimeEntryRecalled, {
    subject: { id, version: after.version },
    keys: { customerId, engagementId, projectId, employeeId, legalEntityId },
    payload: {
      ...{ timeEntryId: id, entryVersion: before.approvedVersion ?? before.version, timesheetId, employeeId, customerId, projectId, workDate },
      ...{ hours: hoursOfSeconds(seconds), wasApproved: before.approvedVersion !== null, wasPosted: before.postingStatus === 'POSTED' },
    },
  });
}

/** The controller's repair of LABOR_CATEGORY_MISSING: six statements. The approval stands, so its version identifies the actuals still to come. */
export async function assignLaborCategory(scope: Scope, items: readonly AssignLaborCategoryItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'time:repair');
  const seen = await rowsById(
    scope.tx,
    timesheetEntries,
    items.map((item) => item.entryId),
  );
  const sheets = await lockSheets(
    scope,
    [...seen.values()].map((entry) => entry.timesheetId),
  );
  const categories = await references(scope.tx, 'LaborCategory', items.map((item) => item.laborCategoryId).filter(isId));
  const touched = new Set<Sheet>();
  const outcomes = items.map(({ entryId, expectedVersion, laborCategoryId }): Outcome => {
    try {
      const sheet = sheets.get(seen.get(entryId)?.timesheetId ?? '');
      if (!sheet) throw notFound('TimesheetEntry', entryId, 'entryId');
      const entry = checked(scope, sheet.entries.get(entryId), { id: entryId, expectedVersion });
      if (!categories.has(laborCategoryId)) throw notFound('LaborCategory', laborCategoryId, 'laborCategoryId');
      stepOf(scope, entry, { action: 'assignLaborCategory' });
      changeEntry(sheet, { entry, changes: { laborCategoryId } }, scope.now);
      touched.add(sheet);
      return { id: entryId };
    } catch (error) {
      return { refused: asRefused(error) };
    }
  });
  for (const sheet of touched) follow(sheet, scope.now);
  await saveSheets(scope, touched);
  return outcomes;
}

/** Approved time is in the ledger now. `version` stays: (id, approvedVersion) is what the actuals refer to. */
export function markPosted(scope: Scope, ids: readonly string[]): Promise<void> {
  return mark(scope, ids, { postingStatus: 'POSTED', postedAt: scope.now });
}

/** Approved time could not be posted; an open exception says why. Posted time stays posted. */
export function markPostingException(scope: Scope, ids: readonly string[]): Promise<void> {
  return mark(scope, ids, { postingStatus: 'EXCEPTION', postedAt: null, unless: sql`${timesheetEntries.postingStatus} = 'POSTED'` });
}

/** Its actuals were reversed, the approval stands: it is to be posted again. A recall needs no such call. */
export function markUnposted(scope: Scope, ids: readonly string[]): Promise<void> {
  return mark(scope, ids, { postingStatus: 'NOT_POSTED', postedAt: null });
}

/** The invoice with it was posted, or credited (null). */
export function markBilled(scope: Scope, ids: readonly string[], billedAt: Date | null): Promise<void> {
  return mark(scope, ids, { billedAt });
}

type Marks = Partial<Pick<TimesheetEntryRow, 'postingStatus' | 'postedAt' | 'billedAt'>> & { unless?: SQL };

/** One statement; rows are locked in the order of ids, as everywhere. */
async function mark(scope: Scope, ids: readonly string[], { unless, ...marks }: Marks): Promise<void> {
  demand(scope.actor, 'time:post');
  if (ids.length === 0) return;
  const { id, status } = timesheetEntries;
  const locked = scope.tx
    .select({ id })
    .from(timesheetEntries)
    .where(inArray(id, [...ids]))
    .orderBy(id)
    .for('no key update');
  await scope.tx
    .update(timesheetEntries)
    .set(marks)
    .where(and(inArray(id, locked), inArray(status, [...approvedStates]), unless && not(unless)));
}
