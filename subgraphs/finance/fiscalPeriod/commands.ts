import { asc, eq } from 'drizzle-orm';
import type { CreateFiscalPeriodsInput, FiscalPeriodActionInput } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { record } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import { type ActionName, stepTo } from '#kernel/machine.ts';
import { publish, published } from '#kernel/reference.ts';
import { insertRows, lockRow, notFound, rowsById, saveRow } from '#kernel/rows.ts';
import { facts, references } from '../published.ts';
import { type FiscalPeriodRow, fiscalPeriods, legalEntities } from '../tables.ts';
import { dividedYears } from './calendar.ts';
import { type FiscalPeriodStatus, fiscalPeriodMachine } from './machine.ts';
import { nothing, unpostedIn } from './unposted.ts';

/** Creates the periods of fiscal years as OPEN; those that are there already stay. Gives the ids of all, by date. */
export async function createFiscalPeriods(scope: Scope, input: CreateFiscalPeriodsInput): Promise<string[]> {
  demand(scope.actor, 'period:write');
  const { legalEntityId, firstYear, years = 1, startMonth = 1, length = 'MONTH' } = input;
  const wanted = dividedYears({ firstYear, years: years ?? 1, startMonth: startMonth ?? 1, length: length ?? 'MONTH' });
  await holdCalendar(scope, legalEntityId);
  const known = new Map((await calendarOf(scope, legalEntityId)).map((period) => [dayKey(period), period.id]));
  const missing = wanted.filter((period) => !known.has(dayKey(period))).map((period) => ({ id: newId(scope.now.getTime()), legalEntityId, ...period }));
  for (const period of await insertRows(scope, fiscalPeriods, missing)) known.set(dayKey(period), period.id);
  if (missing.length > 0) await publishCalendar(scope, legalEntityId);
  return wanted.flatMap((period) => known.get(dayKey(period)) ?? []);
}

/** Performs an action of the machine on one period. A close holds the row FOR UPDATE: whoever posts holds it FOR SHARE. */
export function fiscalPeriodAction(action: ActionName<typeof fiscalPeriodMachine>) {
  return async (scope: Scope, input: FiscalPeriodActionInput): Promise<FiscalPeriodRow> => {
    const found = (await rowsById(scope.tx, fiscalPeriods, [input.id])).get(input.id);
    if (!found) throw notFound('FiscalPeriod', input.id);
    await holdCalendar(scope, found.legalEntityId);
    const before = await lockRow(scope, fiscalPeriods, { entity: 'FiscalPeriod', ...input });
    const unposted = (await unpostedIn(scope.tx, [before.id])).get(before.id) ?? nothing;
    const status = stepTo(fiscalPeriodMachine, { subject: { status: before.status, unposted }, action, actor: scope.actor });
    const period = await saveRow(scope, fiscalPeriods, { row: before, changes: { status, ...stamps(status, before, scope.now) } });
    await publishCalendar(scope, period.legalEntityId);
    if (action === 'close') await tellClosed(scope, period);
    return period;
  };
}

function stamps(status: FiscalPeriodStatus, before: FiscalPeriodRow, now: Date): Pick<FiscalPeriodRow, 'closedAt' | 'lockedAt'> {
  if (status === 'OPEN') return { closedAt: null, lockedAt: null };
  return { closedAt: status === 'CLOSED' ? now : before.closedAt, lockedAt: status === 'LOCKED' ? now : null };
}

/** One change of a calendar at a time, so that the published one is never older than the rows. NO KEY: it does not hold up postings. */
async function holdCalendar(scope: Scope, legalEntityId: string): Promise<void> {
  const held = await scope.tx.select({ id: legalEntities.id }).from(legalEntities).where(eq(legalEntities.id, legalEntityId)).for('no key update');
  if (held.length === 0) throw notFound('LegalEntity', legalEntityId, 'legalEntityId');
}

function calendarOf(scope: Scope, legalEntityId: string): Promise<FiscalPeriodRow[]> {
  return scope.tx.select().from(fiscalPeriods).where(eq(fiscalPeriods.legalEntityId, legalEntityId)).orderBy(asc(fiscalPeriods.startDate));
}

/** The calendar's version is the sum of its periods': it rises with each change of any of them. */
async function publishCalendar(scope: Scope, legalEntityId: string): Promise<void> {
  const calendar = await calendarOf(scope, legalEntityId);
  const periods = calendar.map(({ id, name, startDate, endDate, status }) => ({ id, name, from: startDate, to: endDate, status }));
  const version = calendar.reduce((sum, period) => sum + period.version, 0);
  await publish(scope, [published(references.FiscalCalendar, { id: legalEntityId, version, data: { periods } })]);
}

async function tellClosed(scope: Scope, period: FiscalPeriodRow): Promise<void> {
  const { id, version, legalEntityId, name, startDate, endDate, status } = period;
  const payload = { fiscalPeriodId: id, legalEntityId, name, startDate, endDate, status };
  await record(scope, facts.PeriodClosed, { subject: { id, version }, keys: { legalEntityId }, payload });
}

const dayKey = (period: { startDate: string; endDate: string }): string => `${period.startDate} ${period.endDate}`;
