import type { DecideTimeEntryInput, RejectTimeEntryInput, RequestTimeEntryRecallInput, TimesheetEntryActionInput } from '#generated/time.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { type DecisionContext, type Draft, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { type ActionName, follow, step } from '#kernel/machine.ts';
import { approverOf, knownApprovers } from '../approver.ts';
import { type Around, aroundOf, daysOf, loadAround } from '../around.ts';
import { timeEntry, timesheet } from '../entities.ts';
import { demandOwn, ownTime } from '../guards.ts';
import { postingMarks } from '../marks.ts';
import { facts } from '../published.ts';
import { externalRefs, type TimesheetEntryRow, type TimesheetRow } from '../tables.ts';
import { demandNeverApproved, lockStandings, readStandings, restore, type Standings, takenOf, withdraw } from '../taken.ts';
import { aboutEntries } from '../timesheet/about.ts';
import { approval } from '../timesheet/commands.ts';
import { absorbTime, demandEntry, type LoadedTimesheets, lockTimesheetsOf } from '../timesheet/load.ts';
import { timesheetMachine } from '../timesheet/machine.ts';
import { approvedStates, entryMachine } from './machine.ts';

export { assignLaborCategory } from './laborCategory.ts';
export { recordTimeEntries, updateTimeEntry } from './record.ts';

type Asked = { id: string; expectedVersion?: number | null | undefined; approverId?: string | null | undefined };
type Loaded = { timesheets: LoadedTimesheets; approvers: ReadonlySet<string>; standings: Standings; around: Around };

type Needs = { decides?: boolean; letsGo?: boolean };

/** Locks the timesheets of entries, then what finance holds of them: in this order for every writer. */
async function load(scope: Scope, items: readonly Asked[], { decides = false, letsGo = false }: Needs = {}): Promise<Loaded> {
  const named = decides ? items.map((item) => item.approverId) : undefined;
  const approvers = named ? await knownApprovers(scope.tx, scope.actor, named) : new Set<string>();
  const timesheets = await lockTimesheetsOf(
    scope,
    items.map((item) => item.id),
  );
  const known = [...timesheets.values()].flatMap(({ entries }) => items.flatMap(({ id }) => (entries.has(id) ? [id] : [])));
  const standings = await (letsGo ? lockStandings(scope, 'TimesheetEntry', known) : readStandings(scope.tx, 'TimesheetEntry', known));
  const rows = [...timesheets.values()].flatMap(({ entries }) => known.flatMap((id) => entries.get(id) ?? []));
  return { timesheets, approvers, standings, around: await loadAround(scope, decides ? rows : []) };
}

type Acting<Item> = { item: Item; context: DecisionContext; before: TimesheetEntryRow; approverId: string; around: Around };
type Acted<Item> = Acting<Item> & { draft: Draft; entry: TimesheetEntryRow; sheet: TimesheetRow };
type Rule<Item> = {
  action: ActionName<typeof entryMachine>;
  /** An approver decides: a person in their own name, an integration for whom it names. */
  decides?: true;
  /** It is no longer approved, or is to be: no invoice may take it meanwhile. */
  letsGo?: true;
  changes?: (acting: Acting<Item>) => Partial<Omit<TimesheetEntryRow, 'status'>>;
  state?: (acted: Acted<Item>) => void;
};

/** An action of the machine on one entry; the timesheet follows. */
function entryCommand<Item extends Asked>(rule: Rule<Item>): Command<Item, Loaded> {
  const { action, decides = false, letsGo = false } = rule;
  return {
    may: entryMachine.actions[action].may,
    entities: [timesheet, timeEntry],
    load: (scope, items) => load(scope, items, { decides, letsGo }),
    decide: ({ timesheets, approvers, standings, around }, item, context) => {
      const approverId = decides ? approverOf(context.actor, item.approverId, approvers) : undefined;
      const { sheet, entry: before } = demandEntry(timesheets, item, context.actor);
      const judged = decides ? aroundOf(around, before, { days: daysOf(before, sheet.row), now: context.now }) : {};
      const by = step(entryMachine, { subject: { ...before, ...judged, approverId, taken: takenOf(standings, before.id) }, action, actor: context.actor });
      const acting = { item, context, before, approverId: approverId ?? '', around };
      const draft = openDraft(context);
      const entry = draft.update(timeEntry, before, { changes: rule.changes?.(acting) ?? {}, by });
      const parts = [...sheet.entries.values()].map((each) => (each === before ? entry.status : each.status));
      const row = draft.update(timesheet, sheet.row, { by: follow(timesheetMachine, parts) });
      rule.state?.({ ...acting, draft, entry, sheet: row });
      return draft.done(entry.id);
    },
    absorb: ({ timesheets }, decision) => absorbTime(timesheets, decision),
  };
}

/** SUBMITTED to DRAFT, before anybody decided. */
export const recallTimeEntry = entryCommand<TimesheetEntryActionInput>({ action: 'recall', state: stateRecalled });

/** REJECTED to DRAFT. The reason stays until the entry is approved. */
export const reviseTimeEntry = entryCommand<TimesheetEntryActionInput>({ action: 'revise' });

/** The owner wants approved time back; it counts as approved until the request is granted. */
export const requestTimeEntryRecall = entryCommand<RequestTimeEntryRecallInput>({
  action: 'requestRecall',
  letsGo: true,
  state: ({ draft, before }) => withdraw(draft, 'TimesheetEntry', before),
  changes: ({ item }) => ({ recallReason: checkLines('reason', item.reason, 1000) }),
});

const notApproved = { approvedAt: null, approvedBy: null, approvedVersion: null, recallReason: null, postingStatus: 'NOT_POSTED', postedAt: null } as const;

/** Grants a recall. The posting state starts anew here: whoever hears the fact reverses the actuals of the recalled version. */
export const approveTimeEntryRecall = entryCommand<DecideTimeEntryInput>({
  action: 'approveRecall',
  decides: true,
  letsGo: true,
  changes: () => notApproved,
  state: (acted) => {
    withdraw(acted.draft, 'TimesheetEntry', acted.before);
    stateRecalled(acted);
  },
});

/** The approval stands, with its version. */
export const refuseTimeEntryRecall = entryCommand<DecideTimeEntryInput>({
  action: 'refuseRecall',
  decides: true,
  letsGo: true,
  state: ({ draft, before }) => restore(draft, 'TimesheetEntry', before),
  changes: () => ({ recallReason: null }),
});

/** Approves one entry; the fact names it alone. */
export const approveTimeEntry = entryCommand<DecideTimeEntryInput>({
  action: 'approve',
  decides: true,
  changes: ({ context, before, ...decided }) => approval(context, before, decided),
  state: ({ draft, sheet, entry, approverId }) =>
    draft.state(facts.TimesheetApproved, aboutEntries(sheet, [entry], { complete: sheet.status === 'APPROVED', approverId })),
});

/** Rejects one entry with a reason; the fact names it alone. */
export const rejectTimeEntry = entryCommand<RejectTimeEntryInput>({
  action: 'reject',
  decides: true,
  changes: ({ item }) => ({ rejectionReason: checkLines('reason', item.reason, 1000) }),
  state: ({ draft, sheet, entry, approverId }) =>
    draft.state(facts.TimesheetRejected, aboutEntries(sheet, [entry], { approverId, reason: entry.rejectionReason ?? '' })),
});

function stateRecalled({ draft, before, entry }: Pick<Acted<unknown>, 'draft' | 'before' | 'entry'>): void {
  const { id, timesheetId, employeeId, customerId, engagementId, projectId, legalEntityId, workDate, seconds } = before;
  draft.state(facts.TimeEntryRecalled, {
    subject: { id, version: entry.version },
    keys: { customerId, engagementId, projectId, employeeId, legalEntityId },
    payload: {
      ...{ timeEntryId: id, entryVersion: before.approvedVersion ?? before.version, timesheetId, employeeId, customerId, projectId, workDate },
      ...{ hours: hoursOfSeconds(seconds), wasApproved: before.approvedVersion !== null, wasPosted: before.postingStatus === 'POSTED' },
    },
  });
}

/** Deletes a DRAFT entry that was never approved, with its external references; gives the timesheet. */
export const deleteTimeEntry: Command<TimesheetEntryActionInput, Loaded> = {
  may: entryMachine.actions.update.may,
  entities: [timesheet, timeEntry],
  load: (scope, items) => load(scope, items, { letsGo: false }),
  decide: ({ timesheets, standings }, item, context) => {
    const { sheet, entry } = demandEntry(timesheets, item, context.actor);
    if (entry.status !== 'DRAFT')
      throw new Refused('INVALID_TRANSITION', `TimesheetEntry is ${entry.status}; only a DRAFT can be deleted.`, { field: 'status' });
    demandOwn(ownTime, entry, context.actor);
    demandNeverApproved(standings, entry.id);
    const draft = openDraft(context);
    draft.remove(timeEntry, entry, externalRefs);
    const rest = [...sheet.entries.values()].filter((each) => each !== entry);
    const by = follow(
      timesheetMachine,
      rest.map((each) => each.status),
    );
    draft.update(timesheet, sheet.row, { by });
    return draft.done(sheet.row.id);
  },
};

const marks = postingMarks(timeEntry, { may: 'time:post', states: approvedStates });

/** Approved time is in the ledger now. */
export const markPosted = marks.posted;
/** Approved time could not be posted; an open exception says why. */
export const markPostingException = marks.excepted;
/** Its actuals were reversed, the approval stands. A recall needs no such call. */
export const markUnposted = marks.unposted;
/** The invoice with it was posted, or credited (null). */
export const markBilled = marks.billed;
