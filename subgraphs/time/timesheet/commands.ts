import type { ApproveTimesheetItem, RejectTimesheetItem, SubmitTimesheetItem } from '#generated/time.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Decision, type DecisionContext, openDraft } from '#kernel/draft.ts';
import { checkLines } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import { approverOf, knownApprovers } from '../approver.ts';
import { type Around, aroundOf, categoryNow, daysOf, loadAround } from '../around.ts';
import { timeEntry, timesheet } from '../entities.ts';
import { type EntrySubject, entryMachine } from '../entry/machine.ts';
import { periodOpen } from '../guards.ts';
import { facts } from '../published.ts';
import type { TimesheetEntryRow, TimesheetRow } from '../tables.ts';
import { periodSubject } from '../workContext.ts';
import { aboutEntries } from './about.ts';
import { absorbTime, asShown, demandTimesheet, type LoadedTimesheet, type LoadedTimesheets, lockTimesheets, visibleEntries } from './load.ts';
import { timesheetMachine } from './machine.ts';

export { createTimesheets } from './create.ts';

type Item = { id: string; expectedVersion?: number | null | undefined; projectIds?: readonly string[] | null | undefined };
type Loaded = { timesheets: LoadedTimesheets };
type Submitting = Loaded & { around: Around };
type Deciding = Loaded & { approvers: ReadonlySet<string>; around: Around };

const entities = [timesheet, timeEntry];
const absorb = ({ timesheets }: Loaded, decision: Decision): void => absorbTime(timesheets, decision);

const idsOf = (items: readonly Item[]): string[] => items.map((item) => item.id);

function entriesOf(timesheets: LoadedTimesheets): TimesheetEntryRow[] {
  return [...timesheets.values()].flatMap(({ entries }) => [...entries.values()]);
}

/** Submits the DRAFT entries of timesheets whose fiscal period is open. The others stay DRAFT: `entriesInClosedPeriods` names them. */
export const submitTimesheets: Command<SubmitTimesheetItem, Submitting> = {
  may: timesheetMachine.actions.submit.may,
  entities,
  load: async (scope, items) => {
    const timesheets = await lockTimesheets(scope, idsOf(items));
    return { timesheets, around: await loadAround(scope, entriesOf(timesheets)) };
  },
  decide: ({ timesheets, around }, item, context) => {
    const sheet = demandTimesheet(timesheets, item, context.actor);
    const submittedAt = context.now;
    const changes = (entry: TimesheetEntryRow) => ({ submittedAt, laborCategoryId: categoryNow(entry, around.employees.get(entry.employeeId)) });
    const move = { action: 'submit', around, changes, sheetChanges: { submittedAt } } as const;
    return moveEntries(context, { sheet, item, ...move }, ({ draft, row, moved }) => draft.state(facts.TimesheetSubmitted, aboutEntries(row, moved, {})));
  },
  absorb,
};

/** Locks the timesheets and looks up who is named as an approver. */
async function loadDeciding(scope: Scope, items: readonly (Item & { approverId?: string | null | undefined })[]): Promise<Deciding> {
  const timesheets = await lockTimesheets(scope, idsOf(items));
  const approvers = await knownApprovers(
    scope.tx,
    scope.actor,
    items.map((item) => item.approverId),
  );
  return { timesheets, approvers, around: await loadAround(scope, entriesOf(timesheets)) };
}

/** Approves the SUBMITTED entries of timesheets, all or those of some projects. */
export const approveTimesheets: Command<ApproveTimesheetItem, Deciding> = {
  may: timesheetMachine.actions.approve.may,
  entities,
  load: loadDeciding,
  decide: ({ timesheets, approvers, around }, item, context) => {
    const sheet = demandTimesheet(timesheets, item, context.actor);
    const approverId = approverOf(context.actor, item.approverId, approvers);
    const move = { action: 'approve', approverId, around, changes: (entry: TimesheetEntryRow) => approval(context, entry, { approverId, around }) } as const;
    return moveEntries(context, { sheet, item, ...move }, ({ draft, row, moved }) =>
      draft.state(facts.TimesheetApproved, aboutEntries(row, moved, { complete: row.status === 'APPROVED', approverId })),
    );
  },
  absorb,
};

/** Rejects the SUBMITTED entries of timesheets, all or those of some projects, with a reason. */
export const rejectTimesheets: Command<RejectTimesheetItem, Deciding> = {
  may: timesheetMachine.actions.reject.may,
  entities,
  load: loadDeciding,
  decide: ({ timesheets, approvers, around }, item, context) => {
    const sheet = demandTimesheet(timesheets, item, context.actor);
    const reason = checkLines('reason', item.reason, 1000);
    const approverId = approverOf(context.actor, item.approverId, approvers);
    const move = { action: 'reject', approverId, around, changes: () => ({ rejectionReason: reason }) } as const;
    return moveEntries(context, { sheet, item, ...move }, ({ draft, row, moved }) =>
      draft.state(facts.TimesheetRejected, aboutEntries(row, moved, { approverId, reason })),
    );
  },
  absorb,
};

/** What an approval writes on an entry. */
export function approval({ now }: DecisionContext, entry: TimesheetEntryRow, { approverId, around }: { approverId: string; around: Around }) {
  const laborCategoryId = categoryNow(entry, around.employees.get(entry.employeeId));
  return { laborCategoryId, approvedAt: now, approvedBy: approverId, approvedVersion: entry.version + 1, rejectionReason: null };
}

type Move = {
  sheet: LoadedTimesheet;
  item: Item;
  action: keyof typeof timesheetMachine.actions;
  approverId?: string;
  around: Around;
  changes: (
    entry: TimesheetEntryRow,
  ) => Partial<Pick<TimesheetEntryRow, 'submittedAt' | 'laborCategoryId' | 'approvedAt' | 'approvedBy' | 'approvedVersion' | 'rejectionReason'>>;
  sheetChanges?: { submittedAt: Date };
};
type Moved = { draft: ReturnType<typeof openDraft>; row: TimesheetRow; moved: TimesheetEntryRow[] };

/** Asks both machines: the timesheet's for the action as a whole, the entries' own for each that moves. */
function moveEntries(context: DecisionContext, move: Move, state: (done: Moved) => void): Decision {
  const { sheet, item, action, approverId, around, changes, sheetChanges } = move;
  const { actor, now } = context;
  const projects = item.projectIds ? new Set(item.projectIds) : undefined;
  const chosen = visibleEntries(sheet, actor).filter((entry) => !projects || projects.has(entry.projectId));
  const { from, to } = entryMachine.actions[action];
  const asked = chosen.filter((entry) => from.some((status) => status === entry.status));
  const periods = periodSubject(around.calendars, asked);
  const moving = new Set(action === 'submit' ? asked.filter((entry) => !periodOpen(periodSubject(around.calendars, [entry]))) : asked);
  const parts = [...sheet.entries.values()].map((entry) => (moving.has(entry) ? to : entry.status));
  const { employeeId } = sheet.row;
  const { status } = asShown(sheet, actor);
  const subject = { status, employeeId, approverId, chosen: chosen.map((entry) => entry.status), ...periods };
  const by = step(timesheetMachine, { subject, action, actor, parts });
  const draft = openDraft(context);
  const moved = [...moving].map((entry) => {
    const own: EntrySubject = { ...entry, approverId, ...aroundOf(around, entry, { days: daysOf(entry, sheet.row), now }) };
    return draft.update(timeEntry, entry, { changes: changes(entry), by: step(entryMachine, { subject: own, action, actor }) });
  });
  const row = draft.update(timesheet, sheet.row, { changes: { ...sheetChanges }, by });
  state({ draft, row, moved });
  return draft.done(row.id);
}
