import type { UpdateTimeEntryInput } from '#generated/time.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Decision, type DecisionContext, type Draft, type Effect, openDraft, rowsIn } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { externalKey, findByExternalRefs, takenElsewhere } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { begin, follow, step } from '#kernel/machine.ts';
import { attempt } from '#kernel/outcome.ts';
import { effectiveOn } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { demandVersion, notFound, rowsById } from '#kernel/rows.ts';
import { references as resources } from '#resources/published.ts';
import { timeEntry, timesheet } from '../entities.ts';
import type { Totals, WorkSubject } from '../guards.ts';
import { externalRefs, type LaborCategorySource, type TimesheetEntryRow, timesheetEntries } from '../tables.ts';
import { readStandings, type Standings, takenOf } from '../taken.ts';
import { absorbTime, demandEntry, type LoadedTimesheet, type LoadedTimesheets, lockTimesheets, lockTimesheetsOf } from '../timesheet/load.ts';
import { timesheetMachine } from '../timesheet/machine.ts';
import { billableByDefault, loadWorkContext, type WorkContext, workSubject } from '../workContext.ts';
import { entryMachine } from './machine.ts';
import { daysIn, findTimesheets, placeOf } from './placement.ts';
import { isSame, type TimeItem, type Wanted, wantedFrom, wantedOf } from './wanted.ts';

/** What recording judges by, and what the items want: read once, or refused already. */
export type Recording<Item> = {
  wanted: ReadonlyMap<Item, Wanted | Refused>;
  work: WorkContext;
  laborCategories: ReadonlySet<string>;
  timesheets: LoadedTimesheets;
  entryIds: Map<string, string>;
  standings: Standings;
  /** Timesheets whose entries changed: their status follows at the end. */
  touched: Set<string>;
};

const entities = [timesheet, timeEntry];

/** Records time as DRAFT. Known and unchanged items change nothing. */
export const recordTimeEntries: Command<TimeItem, Recording<TimeItem>> = {
  may: entryMachine.actions.update.may,
  entities,
  load: (scope, items) => loadRecording(scope, new Map(items.map((item) => [item, attempt(() => wantedOf(item))]))),
  source: { refs: externalRefs, entity: timeEntry, of: ({ externalRef }) => externalRef },
  decide: recordOne,
  absorb: absorbRecorded,
  conclude: concludeRecorded,
  once: ({ externalRef }) => (externalRef ? { field: 'externalRef', key: externalKey(externalRef) } : undefined),
};

/** Changes a DRAFT entry; the guards of recording judge it again. */
export const updateTimeEntry: Command<UpdateTimeEntryInput, Recording<UpdateTimeEntryInput>> = {
  may: entryMachine.actions.update.may,
  entities,
  load: async (scope, items) => {
    const locked = await lockTimesheetsOf(
      scope,
      items.map((item) => item.id),
    );
    return loadRecording(scope, new Map(items.map((item) => [item, attempt(() => wantedFrom(demandEntry(locked, item, scope.actor).entry, item))])));
  },
  decide: recordOne,
  absorb: absorbRecorded,
  conclude: concludeRecorded,
};

/** About fifteen statements, however much it is. References are looked up once the timesheets are locked, so that a twin's entries are seen. */
async function loadRecording<Item>(scope: Scope, wanted: ReadonlyMap<Item, Wanted | Refused>): Promise<Recording<Item>> {
  const all = [...wanted.values()].flatMap((each) => (each instanceof Refused ? [] : [each]));
  const work = await loadWorkContext(scope.tx, all);
  const categories = await references(scope.tx, resources.LaborCategory, all.map((each) => each.laborCategoryId).filter(isId));
  const timesheets = await findTimesheets(
    scope,
    all.filter((each) => work.employees.has(each.employeeId)),
  );
  const entryIds = await findByExternalRefs(scope, externalRefs, { entityType: timeEntry.name, refs: all.flatMap((each) => each.ref ?? []) });
  const rows = await rowsById(scope.tx, timesheetEntries, [...entryIds.values(), ...all.flatMap((each) => each.entryId ?? [])]);
  // Known entries may stand in other timesheets, and are to move.
  const others = [...rows.values()].map((row) => row.timesheetId).filter((id) => !timesheets.has(id));
  for (const [id, sheet] of await lockTimesheets(scope, others)) timesheets.set(id, sheet);
  const standings = await readStandings(scope.tx, 'TimesheetEntry', [...rows.keys()]);
  return { wanted, work, laborCategories: new Set(categories.keys()), timesheets, entryIds, standings, touched: new Set() };
}

function recordOne<Item>(loaded: Recording<Item>, item: Item, context: DecisionContext): Decision {
  const wanted = loaded.wanted.get(item);
  if (!wanted || wanted instanceof Refused) throw wanted ?? new Error('an item that was not loaded');
  const draft = openDraft(context);
  const { ref } = wanted;
  const id = wanted.entryId ?? (ref && loaded.entryIds.get(externalKey(ref)));
  const before = id ? attempt(() => demandEntry(loaded.timesheets, { id }, context.actor).entry) : undefined;
  if (before instanceof Refused) throw ref ? takenElsewhere() : before;
  if (before && isSame(before, wanted)) return draft.done(before.id);
  if (before) demandVersion(timeEntry.name, before, wanted.expectedVersion);
  const entry = writeEntry(draft, { loaded, wanted, before, context });
  if (ref && !id) draft.link({ refs: externalRefs, entity: timeEntry, id: entry.id }, [ref]);
  return draft.done(entry.id);
}

type Writing<Item> = { loaded: Recording<Item>; wanted: Wanted; before: TimesheetEntryRow | undefined; context: DecisionContext };

function writeEntry<Item>(draft: Draft, { loaded, wanted, before, context }: Writing<Item>): TimesheetEntryRow {
  const place = placeOf(loaded.timesheets, wanted);
  const work = workSubject(loaded.work, { work: { ...wanted, days: daysIn(place, wanted) }, actor: context.actor });
  const { employeeId } = wanted;
  const taken = before ? takenOf(loaded.standings, before.id) : null;
  const subject = { ...(before ?? blank), ...work, employeeId, taken, totals: totalsOf(place.sheet, wanted, before?.id), approverId: undefined };
  const by = step(entryMachine, { subject, action: 'update', actor: context.actor });
  const content = contentOf(wanted, { work, loaded, before });
  const { sheet, opens } = place;
  const timesheetId = sheet
    ? sheet.row.id
    : draft.insert(timesheet, { employeeId, startDate: opens.from, endDate: opens.to, submittedAt: null }, begin(timesheetMachine)).id;
  if (before) return draft.update(timeEntry, before, { changes: { ...content, timesheetId }, by });
  return draft.insert(timeEntry, { ...unapproved, ...content, timesheetId }, begin(entryMachine));
}

/** A new entry as its machine judges it: recording is an update of a new draft. */
const blank = { status: 'DRAFT', laborCategoryId: null, postingStatus: 'NOT_POSTED' } as const;

const unapproved = {
  ...{ recallReason: null, submittedAt: null, approvedAt: null, approvedBy: null, approvedVersion: null, rejectionReason: null },
  ...({ postingStatus: 'NOT_POSTED', postedAt: null, billedAt: null } as const),
};

/** Seconds of the person with what is wanted, on its day and in its week. */
export function totalsOf(sheet: LoadedTimesheet | undefined, wanted: Pick<Wanted, 'span' | 'seconds' | 'workDate'>, without: string | undefined): Totals {
  const totals = { day: wanted.span === 'DAY' ? wanted.seconds : 0n, week: wanted.seconds };
  for (const entry of sheet?.entries.values() ?? []) {
    if (entry.id === without) continue;
    totals.week += entry.seconds;
    if (wanted.span === 'DAY' && entry.span === 'DAY' && entry.workDate === wanted.workDate) totals.day += entry.seconds;
  }
  return totals;
}

type Content<Item> = { work: WorkSubject; loaded: Recording<Item>; before: TimesheetEntryRow | undefined };

function contentOf<Item>(wanted: Wanted, { work, loaded, before }: Content<Item>) {
  const { customerId, engagementId, legalEntityId } = work.project;
  const { employeeId, projectId, taskId, workDate, span, seconds, notes } = wanted;
  const kept = before?.projectId === projectId && before.taskId === taskId ? before.billable : undefined;
  const laborCategorySource = wanted.laborCategoryId ? 'ENTRY' : (wanted.source ?? before?.laborCategorySource ?? 'EMPLOYEE');
  return {
    ...{ employeeId, projectId, taskId, workDate, span, seconds, notes, customerId, engagementId, legalEntityId },
    billable: wanted.billable ?? kept ?? billableByDefault({ project: work.project, task: work.task }),
    laborCategoryId: categoryOf(wanted, { source: laborCategorySource, work, loaded, before }),
    laborCategorySource,
  };
}

function categoryOf<Item>(wanted: Wanted, { source, work, loaded, before }: Content<Item> & { source: LaborCategorySource }): string | null {
  const { laborCategoryId, workDate } = wanted;
  if (laborCategoryId && !loaded.laborCategories.has(laborCategoryId)) throw notFound('LaborCategory', laborCategoryId, 'laborCategoryId');
  if (laborCategoryId !== undefined) return laborCategoryId;
  if (source === 'ENTRY') return before?.laborCategoryId ?? null;
  return effectiveOn(work.employee.laborCategories, workDate)?.laborCategoryId ?? null;
}

function absorbRecorded<Item>(loaded: Recording<Item>, decision: Decision, item: Item): void {
  absorbTime(loaded.timesheets, decision);
  for (const { row, before } of rowsIn(decision, timeEntry)) for (const each of [before, row]) if (each) loaded.touched.add(each.timesheetId);
  const wanted = loaded.wanted.get(item);
  if (wanted && !(wanted instanceof Refused) && wanted.ref) loaded.entryIds.set(externalKey(wanted.ref), decision.id);
}

/** Timesheets follow their entries once per call, so that their version says what an approver has seen. */
function concludeRecorded<Item>({ timesheets, touched }: Recording<Item>, context: DecisionContext): readonly Effect[] {
  return followEntriesOf(timesheets, touched, context);
}

export function followEntriesOf(timesheets: LoadedTimesheets, touched: ReadonlySet<string>, context: DecisionContext): readonly Effect[] {
  const draft = openDraft(context);
  for (const id of touched) {
    const sheet = timesheets.get(id);
    // One that this call opened holds drafts only, and begins as one.
    if (!sheet || (sheet.row.version === 1 && sheet.row.createdAt === context.now)) continue;
    const parts = [...sheet.entries.values()].map((entry) => entry.status);
    draft.update(timesheet, sheet.row, { by: follow(timesheetMachine, parts) });
  }
  return draft.done('').effects;
}
