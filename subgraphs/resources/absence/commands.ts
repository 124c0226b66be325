import type { AbsenceActionInput, UpsertAbsenceItem } from '#generated/resources.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import { type Decision, type DecisionContext, type Draft, differs, openDraft } from '#kernel/draft.ts';
import { readSeconds, timeField } from '#kernel/duration.ts';
import { Refused } from '#kernel/errors.ts';
import { externalKey } from '#kernel/external.ts';
import { begin, step } from '#kernel/machine.ts';
import { findReferred } from '#kernel/referred.ts';
import { demandNamed, notFound } from '#kernel/rows.ts';
import { checkTerm } from '../hours.ts';
import { facts } from '../published.ts';
import { type AbsenceRow, absence, externalRefs } from '../tables.ts';
import { demandWholeFirm } from '../visibility.ts';
import { absorbAbsences, type LoadedAbsences, loadAbsences, publishAbsences } from './load.ts';
import { absenceMachine } from './machine.ts';

type On<Item> = Command<Item, LoadedAbsences>;
type Upsert = Meant<UpsertAbsenceItem, 'employee'>;

const base = { may: 'absence:write' as const, entities: [absence], absorb: absorbAbsences, conclude: publishAbsences };

/** Records or changes time off by external reference. Unchanged ones keep their version and state nothing. */
export const upsertAbsences: On<Upsert> = {
  ...base,
  load: (scope, items) => loadAbsences(scope, { refs: items.map(({ externalRef }) => externalRef), employeeIds: items.map(({ employeeId }) => employeeId) }),
  source: { refs: externalRefs, entity: absence, of: ({ externalRef }) => externalRef },
  once: ({ externalRef }) => ({ field: 'externalRef', key: externalKey(externalRef) }),
  decide: (loaded, item, context) => {
    demandWholeFirm(context.actor);
    const draft = openDraft(context);
    const before = findReferred(loaded, item.externalRef);
    const row = before ? changed(draft, before, item) : recorded(draft, loaded, item);
    draft.link({ refs: externalRefs, entity: absence, id: row.id }, [item.externalRef]);
    if (row !== before) stateAbsence(draft, loaded, row);
    return draft.done(row.id);
  },
  absorb: (loaded, decision, { externalRef }) => {
    absorbAbsences(loaded, decision);
    loaded.byRef.set(externalKey(externalRef), decision.id);
  },
};

/** The employee works after all. */
export const cancelAbsence: On<Pick<AbsenceActionInput, 'id' | 'expectedVersion'>> = {
  ...base,
  load: (scope, items) => loadAbsences(scope, { ids: items.map(({ id }) => id) }),
  decide: (loaded, { id, expectedVersion }, context): Decision => {
    demandWholeFirm(context.actor);
    const before = demandNamed(loaded.rows, { entity: absence.name, id, expectedVersion }, () => true);
    const draft = openDraft(context);
    const row = draft.update(absence, before, { by: cancelling(before, context) });
    stateAbsence(draft, loaded, row);
    return draft.done(row.id);
  },
};

function cancelling(before: AbsenceRow, { actor }: DecisionContext) {
  return step(absenceMachine, { subject: before, action: 'cancel', actor });
}

function recorded(draft: Draft, { employees: known }: LoadedAbsences, item: Upsert): AbsenceRow {
  if (!known.has(item.employeeId)) throw notFound('Employee', item.employeeId, 'employeeId');
  const { kind, ...values } = valuesOf(item);
  const row = draft.insert(absence, { ...values, employeeId: item.employeeId, kind: kind ?? 'VACATION' }, begin(absenceMachine));
  return item.status === 'CANCELLED' ? draft.update(absence, row, { by: cancelling(row, draft.context) }) : row;
}

function changed(draft: Draft, before: AbsenceRow, item: Upsert): AbsenceRow {
  if (item.employeeId !== before.employeeId)
    throw new Refused('VALIDATION_FAILED', 'employeeId of time off cannot change. Cancel it and record another.', { field: 'employeeId' });
  const changes = valuesOf(item);
  const ends = item.status === 'CANCELLED' && before.status === 'APPROVED';
  if (before.status === 'CANCELLED' && (item.status === 'APPROVED' || differs(before, changes)))
    throw new Refused('INVALID_TRANSITION', 'Absence is CANCELLED; it cannot be changed any more. Record another.', { field: 'status' });
  return draft.update(absence, before, { changes, ...(ends ? { by: cancelling(before, draft.context) } : {}) });
}

const wholeDay = 86_400n;

function valuesOf(item: Upsert) {
  const { startDate, endDate, kind } = item;
  checkTerm(item);
  const dailySeconds = readSeconds(item, 'dailyHours') ?? null;
  if (dailySeconds !== null && (dailySeconds <= 0n || dailySeconds > wholeDay))
    throw new Refused('VALIDATION_FAILED', 'Time of a day must be above 0 and at most 24 hours.', { field: timeField(item, 'dailyHours') });
  return { startDate, endDate, dailySeconds, kind: kind ?? undefined };
}

function stateAbsence(draft: Draft, { employees: known }: LoadedAbsences, row: AbsenceRow): void {
  const { id: absenceId, employeeId, status, startDate, endDate } = row;
  const keys = { employeeId, legalEntityId: known.get(employeeId)?.legalEntityId ?? null };
  draft.state(facts.AbsenceChanged, { subject: row, keys, payload: { absenceId, employeeId, status, startDate, endDate } });
}
