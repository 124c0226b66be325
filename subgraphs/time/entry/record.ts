import type { RecordTimeEntryItem } from '#generated/time.ts';
import { demand, seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { secondsOfHours } from '#kernel/decimal.ts';
import { Refused } from '#kernel/errors.ts';
import { type ExternalRefInput, externalKey, findByExternalRefs, linkExternalRefs } from '#kernel/external.ts';
import { isId, newId } from '#kernel/ids.ts';
import { checkText, given } from '#kernel/input.ts';
import { stepTo } from '#kernel/machine.ts';
import { asRefused, type Outcome } from '#kernel/mutation.ts';
import { type CalendarDate, effectiveOn } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { notFound, rowsById } from '#kernel/rows.ts';
import type { WorkSubject } from '../guards.ts';
import { billableByDefault, judged, type Surroundings, surroundingsOf } from '../surroundings.ts';
import { externalRefs, type LaborCategorySource, type TimesheetEntryRow, timesheetEntries } from '../tables.ts';
import { changeEntry, follow, moveEntry, type Sheet, saveSheets } from '../timesheet/sheet.ts';
import { type EntrySubject, entryMachine } from './machine.ts';
import { addSheets, findSheets, isoWeek, type Shelf, sheetFor } from './shelf.ts';

/** Time as somebody wants it recorded; undefined where nothing is said. */
export type Wanted = {
  ref?: ExternalRefInput | undefined;
  timesheetId?: string | undefined;
  employeeId: string;
  projectId: string;
  taskId: string | null;
  workDate: CalendarDate;
  span: 'DAY' | 'WEEK';
  seconds: bigint;
  notes: string | null;
  billable?: boolean | undefined;
  laborCategoryId?: string | null | undefined;
  source?: LaborCategorySource | undefined;
};

type Draft = { wanted: Wanted; entryId?: string | undefined; expectedVersion?: number | null | undefined };
type Known = { surroundings: Surroundings; laborCategories: ReadonlySet<string>; shelf: Shelf; entryIds: Map<string, string> };

/** Records time as DRAFT: about fifteen statements, however much it is. Known and unchanged items change nothing. */
export async function recordTimeEntries(scope: Scope, items: readonly RecordTimeEntryItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'time:write');
  return recordDrafts(scope, items.map(wantedOf));
}

/** The same for drafts that were read from the input already; refused ones keep their place. */
export async function recordDrafts(scope: Scope, drafts: readonly (Draft | Refused)[]): Promise<Outcome[]> {
  const known = await prefetch(
    scope,
    drafts.flatMap((draft) => (draft instanceof Refused ? [] : [draft])),
  );
  const links: { entityId: string; refs: ExternalRefInput[] }[] = [];
  const touched = new Set<Sheet>();
  const outcomes = drafts.map((draft): Outcome => {
    if (draft instanceof Refused) return { refused: draft };
    try {
      const { entry, sheets } = recordOne(scope, known, draft);
      for (const sheet of sheets) touched.add(sheet);
      const { ref } = draft.wanted;
      if (ref && !known.entryIds.has(externalKey(ref))) {
        known.entryIds.set(externalKey(ref), entry.id);
        links.push({ entityId: entry.id, refs: [ref] });
      }
      return { id: entry.id };
    } catch (error) {
      return { refused: asRefused(error) };
    }
  });
  for (const sheet of touched) follow(sheet, scope.now);
  await saveSheets(scope, touched);
  await linkExternalRefs(scope, externalRefs, { entityType: 'TimesheetEntry', links });
  return outcomes;
}

function wantedOf(item: RecordTimeEntryItem): Draft | Refused {
  try {
    const { externalRef, hours, timesheetId, laborCategorySource, ...rest } = item;
    // Refuses days at the end of the calendar, whose week has no dates.
    isoWeek(rest.workDate);
    if (externalRef) for (const name of ['system', 'externalId'] as const) checkText(name, externalRef[name]);
    const wanted = {
      ref: externalRef ?? undefined,
      timesheetId: timesheetId ?? undefined,
      employeeId: rest.employeeId,
      projectId: rest.projectId,
      taskId: rest.taskId ?? null,
      workDate: rest.workDate,
      span: rest.span ?? 'DAY',
      seconds: readSeconds(hours),
      notes: readNotes(rest.notes),
      billable: rest.billable ?? undefined,
      laborCategoryId: rest.laborCategoryId ?? undefined,
      source: laborCategorySource ?? 'EMPLOYEE',
    } as const;
    return { wanted };
  } catch (error) {
    return asRefused(error);
  }
}

/** Hours of an input as seconds: more than none, and whole. */
export function readSeconds(hours: string): bigint {
  const seconds = secondsOfHours(hours);
  if (seconds === undefined) throw new Refused('VALIDATION_FAILED', `${hours} hours are no whole number of seconds.`, { field: 'hours' });
  if (seconds <= 0n) throw new Refused('VALIDATION_FAILED', 'Time must be more than 0 hours.', { field: 'hours' });
  return seconds;
}

/** Notes of an input; blank ones are none. */
export function readNotes(notes: string | null | undefined): string | null {
  return notes?.trim() ? checkText('notes', notes, 4000) : null;
}

/** References are looked up once the timesheets are locked, so that a twin's entries are seen. */
async function prefetch(scope: Scope, drafts: readonly Draft[]): Promise<Known> {
  const wanted = drafts.map((draft) => draft.wanted);
  const surroundings = await surroundingsOf(scope.tx, wanted);
  const given = wanted.map((each) => each.laborCategoryId).filter(isId);
  const categories = await references(scope.tx, 'LaborCategory', given);
  const shelf = await findSheets(
    scope,
    wanted.filter((each) => surroundings.employees.has(each.employeeId)),
  );
  const refs = wanted.flatMap((each) => each.ref ?? []);
  const entryIds = await findByExternalRefs(scope, externalRefs, { entityType: 'TimesheetEntry', refs });
  const rows = await rowsById(scope.tx, timesheetEntries, [...entryIds.values(), ...drafts.flatMap((draft) => draft.entryId ?? [])]);
  await addSheets(
    scope,
    shelf,
    [...rows.values()].map((row) => row.timesheetId),
  );
  return { surroundings, laborCategories: new Set(categories.keys()), shelf, entryIds };
}

const blank = { billedAt: null, laborCategoryId: null, postingStatus: 'NOT_POSTED', approverId: undefined } as const;

type Recorded = { entry: TimesheetEntryRow; sheets: Sheet[] };

function recordOne(scope: Scope, known: Known, draft: Draft): Recorded {
  const { wanted } = draft;
  const before = existing(scope, known, draft);
  if (before && isSame(before.entry, wanted)) return { entry: before.entry, sheets: [] };
  if (draft.expectedVersion && before && draft.expectedVersion !== before.entry.version) {
    throw new Refused('STALE_VERSION', `TimesheetEntry is at version ${before.entry.version}, not ${draft.expectedVersion}. Read it again, then decide.`, {
      field: 'expectedVersion',
    });
  }
  const { sheet, days } = sheetFor(scope, known.shelf, wanted);
  const around = judged(known.surroundings, { work: { ...wanted, days }, actor: scope.actor });
  const totals = totalsOf(sheet, wanted, before?.entry.id);
  const subject: EntrySubject = { ...blank, ...around, totals, status: before?.entry.status ?? 'DRAFT', employeeId: wanted.employeeId };
  stepTo(entryMachine, { subject, action: 'update', actor: scope.actor });
  const content = contentOf(wanted, { around, known, before: before?.entry });
  if (!before) return { entry: addEntry(scope, sheet, content), sheets: [sheet] };
  moveEntry(before.entry.id, before.sheet, sheet);
  return { entry: changeEntry(sheet, { entry: before.entry, changes: content }, scope.now), sheets: [before.sheet, sheet] };
}

function existing(scope: Scope, known: Known, { entryId, wanted }: Draft): { entry: TimesheetEntryRow; sheet: Sheet } | undefined {
  const id = entryId ?? (wanted.ref && known.entryIds.get(externalKey(wanted.ref)));
  if (!id) return undefined;
  for (const sheet of known.shelf.sheets.values()) {
    const entry = sheet.entries.get(id);
    if (entry && seesCustomer(scope.actor, entry.customerId)) return { entry, sheet };
  }
  throw notFound('TimesheetEntry', id);
}

/** What the caller does not say is no difference: a repaired labor category stays when the source is read again. */
function isSame(entry: TimesheetEntryRow, wanted: Wanted): boolean {
  const { timesheetId, employeeId, projectId, taskId, workDate, span, seconds, notes, billable, laborCategoryId } = wanted;
  const said: Partial<TimesheetEntryRow> = given({ timesheetId, employeeId, projectId, taskId, workDate, span, seconds, notes, billable, laborCategoryId });
  const now: Record<string, unknown> = entry;
  return Object.entries(said).every(([name, value]) => now[name] === value);
}

function totalsOf(sheet: Sheet, wanted: Wanted, without: string | undefined) {
  const totals = { day: wanted.span === 'DAY' ? wanted.seconds : 0n, week: wanted.seconds };
  for (const entry of sheet.entries.values()) {
    if (entry.id === without) continue;
    totals.week += entry.seconds;
    if (wanted.span === 'DAY' && entry.span === 'DAY' && entry.workDate === wanted.workDate) totals.day += entry.seconds;
  }
  return totals;
}

type Content = Omit<TimesheetEntryRow, 'id' | 'version' | 'createdAt' | 'updatedAt' | 'timesheetId' | 'status' | 'recallReason' | ApprovalColumn>;
type ApprovalColumn = 'submittedAt' | 'approvedAt' | 'approvedBy' | 'approvedVersion' | 'rejectionReason' | 'postingStatus' | 'postedAt' | 'billedAt';
type Context = { around: WorkSubject; known: Known; before: TimesheetEntryRow | undefined };

function contentOf(wanted: Wanted, { around, known, before }: Context): Content {
  const { project } = around;
  const { employeeId, projectId, taskId, workDate, span, seconds, notes } = wanted;
  const { customerId, engagementId, legalEntityId } = project;
  const kept = before?.projectId === projectId && before.taskId === taskId ? before.billable : undefined;
  const source = wanted.source ?? before?.laborCategorySource ?? 'EMPLOYEE';
  return {
    ...{ employeeId, projectId, taskId, workDate, span, seconds, notes, customerId, engagementId, legalEntityId },
    billable: wanted.billable ?? kept ?? billableByDefault(around),
    laborCategoryId: categoryOf(wanted, { source, around, known, before }),
    laborCategorySource: source,
  };
}

function categoryOf(wanted: Wanted, { source, around, known, before }: Context & { source: LaborCategorySource }): string | null {
  const given = wanted.laborCategoryId;
  if (given && !known.laborCategories.has(given)) throw notFound('LaborCategory', given, 'laborCategoryId');
  if (given !== undefined) return given;
  if (source === 'ENTRY') return before?.laborCategoryId ?? null;
  return effectiveOn(around.employee.laborCategories, wanted.workDate)?.laborCategoryId ?? null;
}

function addEntry(scope: Scope, sheet: Sheet, content: Content): TimesheetEntryRow {
  const entry: TimesheetEntryRow = {
    ...{ id: newId(scope.now.getTime()), version: 1, createdAt: scope.now, updatedAt: scope.now, timesheetId: sheet.row.id },
    ...content,
    ...{ status: 'DRAFT', recallReason: null, submittedAt: null, approvedAt: null, approvedBy: null, approvedVersion: null, rejectionReason: null },
    ...{ postingStatus: 'NOT_POSTED', postedAt: null, billedAt: null },
  };
  sheet.entries.set(entry.id, entry);
  sheet.added.add(entry.id);
  return entry;
}
