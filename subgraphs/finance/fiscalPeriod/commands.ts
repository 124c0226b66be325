import type { CreateFiscalPeriodsInput, FiscalPeriodActionInput } from '#generated/finance.ts';
import { type Actor, demand, mayByName } from '#kernel/actor.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type DecisionContext, type Draft, decisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { type ActionName, begin, step } from '#kernel/machine.ts';
import { published } from '#kernel/reference.ts';
import { demandVersion, notFound, rowsById } from '#kernel/rows.ts';
import { asc, inArray } from '#kernel/sql.ts';
import { write } from '#kernel/write.ts';
import { fiscalPeriod } from '../entities.ts';
import { facts, references } from '../published.ts';
import { type FiscalPeriodRow, fiscalPeriods, legalEntities } from '../tables.ts';
import { dividedYears } from './calendar.ts';
import { type FiscalPeriodStatus, fiscalPeriodMachine } from './machine.ts';
import { type OpenWork, openWorkIn } from './openWork.ts';
import { nothing, type Unposted, unpostedIn } from './unposted.ts';

/** Creates the periods of fiscal years as OPEN; those that are there already stay. Gives the ids of all, by date. */
export async function createFiscalPeriods(scope: Scope, input: CreateFiscalPeriodsInput): Promise<string[]> {
  demand(scope.actor, 'period:write');
  const { legalEntityId, firstYear, years = 1, startMonth = 1, length = 'MONTH' } = input;
  const wanted = dividedYears({ firstYear, years: years ?? 1, startMonth: startMonth ?? 1, length: length ?? 'MONTH' });
  const calendar = (await lockCalendars(scope, [legalEntityId])).get(legalEntityId);
  if (!calendar) throw notFound('LegalEntity', legalEntityId, 'legalEntityId');
  const { effects, ids } = decidePeriods(decisionContext(scope), { legalEntityId, calendar, wanted });
  await write(scope, [fiscalPeriod], effects);
  return ids;
}

type Wanted = { legalEntityId: string; calendar: readonly FiscalPeriodRow[]; wanted: ReturnType<typeof dividedYears> };

/** Pure: the periods that are missing, and the ids of all that are wanted. */
export function decidePeriods(context: DecisionContext, { legalEntityId, calendar, wanted }: Wanted) {
  const draft = openDraft(context);
  const existing = new Map(calendar.map((period) => [dayKey(period), period]));
  const added: FiscalPeriodRow[] = [];
  for (const period of wanted.filter((each) => !existing.has(dayKey(each)))) {
    const row = draft.insert(fiscalPeriod, { legalEntityId, ...period, closedAt: null, lockedAt: null }, begin(fiscalPeriodMachine));
    existing.set(dayKey(row), row);
    added.push(row);
    statePeriod(draft, 'PeriodOpened', { period: row });
  }
  if (added.length > 0) publishCalendar(draft, legalEntityId, [...calendar, ...added]);
  return { effects: draft.done(legalEntityId).effects, ids: wanted.flatMap((period) => existing.get(dayKey(period))?.id ?? []) };
}

type Loaded = {
  calendars: ReadonlyMap<string, FiscalPeriodRow[]>;
  unposted: ReadonlyMap<string, Unposted>;
  openWork: ReadonlyMap<string, readonly OpenWork[]>;
};

/**
 * Performs an action of the machine on one period. A close holds the row FOR UPDATE: whoever posts holds it FOR SHARE. What is open is read behind the lock:
 * what was posted meanwhile is in the books, and what is approved from then on finds the period closed.
 */
export function fiscalPeriodAction(action: ActionName<typeof fiscalPeriodMachine>): Command<FiscalPeriodActionInput, Loaded> {
  return {
    may: fiscalPeriodMachine.actions[action].may,
    entities: [fiscalPeriod],
    load: async (scope, items) => {
      const ids = items.map((item) => item.id);
      const found = [...(await rowsById(scope.tx, fiscalPeriods, ids)).values()];
      const calendars = await lockCalendars(
        scope,
        found.map((period) => period.legalEntityId),
      );
      await scope.tx
        .select({ id: fiscalPeriods.id })
        .from(fiscalPeriods)
        .where(
          inArray(
            fiscalPeriods.id,
            found.map((period) => period.id),
          ),
        )
        .orderBy(asc(fiscalPeriods.id))
        .for('update');
      const held = found.map((period) => period.id);
      const unposted = await unpostedIn(scope.tx, held);
      return { calendars, unposted, openWork: await openWorkIn({ work: scope.tx, published: scope.tx }, held) };
    },
    decide: ({ calendars, unposted, openWork }, { id, expectedVersion, ...given }, context) => {
      const calendar = [...calendars.values()].find((periods) => periods.some((period) => period.id === id)) ?? [];
      const before = calendar.find((period) => period.id === id);
      if (!before) throw notFound(fiscalPeriod.name, id);
      demandVersion(fiscalPeriod.name, before, expectedVersion);
      const why = givenReason(given, context.actor);
      const open = openWork.get(id) ?? [];
      const subject = { status: before.status, unposted: unposted.get(id) ?? nothing, openWork: open, overrideOpenWork: given.overrideOpenWork };
      const by = step(fiscalPeriodMachine, { subject, action, actor: context.actor });
      const draft = openDraft(context);
      const period = draft.update(fiscalPeriod, before, { changes: stamps(by.status, before, context.now), by });
      publishCalendar(
        draft,
        period.legalEntityId,
        calendar.map((each) => (each === before ? period : each)),
      );
      for (const fact of by.emits) statePeriod(draft, fact, { period, ...why, openWork: open.reduce((sum, each) => sum + each.count, 0) });
      return draft.done(id);
    },
  };
}

function stamps(status: FiscalPeriodStatus, before: FiscalPeriodRow, now: Date): Pick<FiscalPeriodRow, 'closedAt' | 'lockedAt'> {
  if (status === 'OPEN') return { closedAt: null, lockedAt: null };
  return { closedAt: status === 'CLOSED' ? now : before.closedAt, lockedAt: status === 'LOCKED' ? now : null };
}

/** Calendars by legal entity. One change of a calendar at a time, so that the published one is never older than the rows. NO KEY: it does not hold up postings. */
async function lockCalendars(scope: Scope, legalEntityIds: readonly string[]): Promise<Map<string, FiscalPeriodRow[]>> {
  const ids = [...(await rowsById(scope.tx, legalEntities, legalEntityIds)).keys()];
  if (ids.length === 0) return new Map();
  const { id } = legalEntities;
  await scope.tx.select({ id }).from(legalEntities).where(inArray(id, ids)).orderBy(asc(id)).for('no key update');
  const rows = await scope.tx.select().from(fiscalPeriods).where(inArray(fiscalPeriods.legalEntityId, ids)).orderBy(asc(fiscalPeriods.startDate));
  return new Map(ids.map((each) => [each, rows.filter((row) => row.legalEntityId === each)]));
}

/** The calendar's version is the sum of its periods': it rises with each change of any of them. */
function publishCalendar(draft: Draft, legalEntityId: string, calendar: readonly FiscalPeriodRow[]): void {
  const sorted = [...calendar].sort((a, b) => (a.startDate < b.startDate ? -1 : 1));
  const periods = sorted.map(({ id, name, startDate, endDate, status }) => ({ id, name, from: startDate, to: endDate, status }));
  const version = calendar.reduce((sum, period) => sum + period.version, 0);
  draft.publish(published(references.FiscalCalendar, { id: legalEntityId, version, data: { periods } }));
}

type Given = Pick<FiscalPeriodActionInput, 'overrideOpenWork' | 'reason'>;

/** Whoever closes over open work says so, says why, and may. */
function givenReason({ overrideOpenWork, reason }: Given, actor: Actor): { reason: string | null } {
  if (overrideOpenWork && !mayByName(actor, 'period:override'))
    throw new Refused('FORBIDDEN', 'overrideOpenWork needs the permission period:override, by its name.', { field: 'overrideOpenWork' });
  if (overrideOpenWork && !reason) throw new Refused('VALIDATION_FAILED', 'Say why the period ends over open work: give reason.', { field: 'reason' });
  return { reason: reason ? checkLines('reason', reason, 1000) : null };
}

type Stated = { period: FiscalPeriodRow; reason?: string | null; openWork?: number };

function statePeriod(draft: Draft, fact: 'PeriodOpened' | 'PeriodClosed' | 'PeriodLocked', { period, reason = null, openWork = 0 }: Stated): void {
  const { id, legalEntityId, name, startDate, endDate, status } = period;
  const payload = { fiscalPeriodId: id, legalEntityId, name, startDate, endDate, status };
  const about = { subject: period, keys: { legalEntityId } };
  if (fact === 'PeriodOpened') draft.state(facts.PeriodOpened, { ...about, payload });
  else draft.state(facts[fact], { ...about, payload: { ...payload, reason, openWork } });
}

const dayKey = (period: { startDate: string; endDate: string }): string => `${period.startDate} ${period.endDate}`;
