import type { ContractReference } from '#engagements/published.ts';
import { type Actor, serviceActor } from '#kernel/actor.ts';
import type { Db } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { wordIn } from '#kernel/read.ts';
import { and, eq, gt, gte, lte, or, type SQL, sql } from '#kernel/sql.ts';
import { type Assessed, assess } from '../actual/assess.ts';
import type { foreseenLimits } from '../actual/limits.ts';
import { bookDay } from '../actual/lines.ts';
import { readPricing } from '../actual/pricing.ts';
import { counting } from '../actual/queries.ts';
import { bySource, shareOf, sourceKey } from '../actual/reprice.ts';
import { type Change, changesOf, isTaken, takenIn } from '../actual/repricing.ts';
import { lostOf, onInvoice } from '../actual/sources.ts';
import { workOfActuals } from '../actual/work.ts';
import { type Bounds, unbounded } from '../billing/caps.ts';
import { type ActualRow, actuals, isSale } from '../tables.ts';
import type { Calendar } from './calendar.ts';
import type { RerateLine } from './report.ts';

/** Pieces of work that are looked at together, and priced anew in one transaction. The preview goes by the same ones. */
export const biteSize = 200;

export type Place = { date: CalendarDate; id: string };
type Touched = { contractId: string; from: CalendarDate; after: Place | undefined; madeUntil?: Date | undefined };

/** The next pieces of work under a contract, by the costs that say what was done. */
export function touchedCosts(db: Db, { contractId, from, after, madeUntil }: Touched): Promise<ActualRow[]> {
  const work = and(wordIn(actuals.kind, ['COST']), wordIn(actuals.sourceType, ['TIMESHEET_ENTRY', 'EXPENSE_ITEM']));
  return db
    .select()
    .from(actuals)
    .where(and(eq(actuals.contractId, contractId), gte(actuals.workDate, from), work, counting, beyond(after), madeUntil && lte(actuals.createdAt, madeUntil)))
    .orderBy(actuals.workDate, actuals.id)
    .limit(biteSize);
}

function beyond(after: Place | undefined): SQL | undefined {
  return after && or(gt(actuals.workDate, after.date), and(eq(actuals.workDate, after.date), gt(actuals.id, after.id)));
}

/** All that the sources of costs made. */
export function rowsOfSources(db: Db, costs: readonly ActualRow[]): Promise<ActualRow[]> {
  const ids = sql.param(costs.map(({ sourceId }) => sourceId));
  return db
    .select()
    .from(actuals)
    .where(and(sql`${actuals.sourceId} = any(${ids}::uuid[])`, wordIn(actuals.sourceType, ['TIMESHEET_ENTRY', 'EXPENSE_ITEM'])))
    .orderBy(actuals.id);
}

type Around = {
  calendar: Calendar;
  limits: ReturnType<typeof foreseenLimits>;
  adjustmentDate: CalendarDate | undefined;
  /** Other terms than those of now. */
  contract?: ContractReference & { id: string };
};

/** Who judges: the terms say whether work can be sold, not who looks. */
const judge: Actor = serviceActor('rerate');

type Found = { cost: ActualRow; parts: readonly ActualRow[]; assessed?: Assessed; changes: Change[]; refused?: Refused };

/** What becomes of pieces of work; those whose sale stays as it is are left out. `waiting` is of those: what is over a limit, and may be within it now. */
export type RerateLines = { lines: RerateLine[]; waiting: ActualRow[] };

/** Plans a bite. */
export async function planLines(db: Db, { costs, rows }: { costs: readonly ActualRow[]; rows: readonly ActualRow[] }, around: Around): Promise<RerateLines> {
  const { contract, limits, calendar } = around;
  const sources = bySource(rows);
  const works = costs.flatMap((cost) => {
    const own = sources.get(sourceKey(cost)) ?? [];
    // What was taken back in part is somebody's open work already, and priced by the terms of then.
    const work = lostOf(own).length === 0 ? workOfActuals(own) : undefined;
    return work ? [{ cost, own, work }] : [];
  });
  const instead = contract ? { contracts: new Map([[contract.id, contract]]) } : {};
  const pricing = await readPricing(
    db,
    works.map(({ work }) => work),
    instead,
  );
  const stays: { row: ActualRow; place: Bounds }[] = [];
  const found = works.flatMap(({ cost, own, work }): Found[] => {
    const parts = own.filter((row) => isSale(row) && row.reversedById === null).toSorted((one, other) => one.part - other.part);
    const assessment = assess(work, pricing, judge);
    if ('refused' in assessment) return [{ cost, parts, changes: [], refused: assessment.refused }];
    const changes = changesOf(assessment.assessed, own);
    if (changes.some(({ kind }) => kind === 'UNBILLED_SALES')) return [{ cost, parts, assessed: assessment.assessed, changes }];
    const over = parts.filter(({ holdCode }) => holdCode === 'NOT_TO_EXCEED');
    stays.push(...over.map((row) => ({ row, place: { caps: assessment.assessed.place.caps } })));
    return [];
  });
  await calendar.read(found.map(({ cost }) => cost.legalEntityId));
  const lines = found.map((each) => lineOf(each, around));
  const repriced = lines.flatMap(({ line, changes }) => (line.outcome === 'REPRICED' ? changes.flatMap(({ before }) => before) : []));
  const judged = await limits.judge(
    [...lines.map(({ line, place }) => (line.outcome === 'REPRICED' && place ? place : unbounded)), ...stays.map(({ place }) => place)],
    repriced,
  );
  const planned = lines.map(({ line, place }) => {
    if (line.outcome !== 'REPRICED' || !line.after) return line;
    const { hold } = shareOf(judged, place ?? unbounded, { before: line.parts, after: line.after });
    return { ...line, hold: hold?.reason };
  });
  const waiting = stays.filter(({ row, place }) => judged(place, { minor: row.amountMinor, currency: row.currency }).within > 0n);
  return { lines: planned, waiting: waiting.map(({ row }) => row) };
}

function lineOf({ cost, parts, assessed, changes, refused }: Found, { calendar, adjustmentDate }: Around) {
  const { legalEntityId, workDate } = cost;
  const sale = parts.find(isTaken) ?? parts[0];
  const soldMinor = parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const base = { cost, sale, parts, soldMinor, after: undefined, adjustmentDate: undefined, accountingDate: undefined, hold: undefined, refused };
  if (!assessed) return { line: { ...base, outcome: 'REFUSED' } satisfies RerateLine, changes, place: undefined };
  const { place, sales: after } = assessed;
  const lateOn = calendar.firstOpen(legalEntityId, adjustmentDate && adjustmentDate > workDate ? adjustmentDate : workDate);
  const taken = takenIn(changes);
  // No proposal undoes two invoices at once: somebody credits both, and prices the work anew.
  if (taken && new Set(parts.filter(isTaken).map(({ invoiceId }) => invoiceId)).size > 1)
    return { line: { ...base, outcome: 'REFUSED', refused: onInvoice(taken) } satisfies RerateLine, changes, place };
  const adjusted = calendar.judge({ legalEntityId, date: workDate }) ? lateOn : undefined;
  if (taken)
    return {
      line: { ...base, after, adjustmentDate: adjusted, outcome: taken.status === 'BILLED' ? 'INVOICED' : 'DRAFTED' } satisfies RerateLine,
      changes,
      place,
    };
  const accountingDate = bookDay(calendar.judge, { legalEntityId, workDate, lateOn });
  if (accountingDate instanceof Refused) return { line: { ...base, outcome: 'REFUSED', refused: accountingDate } satisfies RerateLine, changes, place };
  return { line: { ...base, after, adjustmentDate: adjusted, accountingDate, outcome: 'REPRICED' } satisfies RerateLine, changes, place };
}
