import type { RepriceActualItem } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type DecisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import type { Money } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import type { Bounds, Share } from '../billing/caps.ts';
import { bookDays, costLines, daysOfMoving, leave } from '../intercompany/lines.ts';
import { holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import type { ActualRow } from '../tables.ts';
import { type Assessed, type Assessment, assess } from './assess.ts';
import { demandActual, oncePerActual } from './decide.ts';
import { type Entered, enter, entering } from './ledger.ts';
import { holdLimits, type LimitJudge } from './limits.ts';
import { saleLines } from './lines.ts';
import { actualMachine } from './machine.ts';
import { readPricing } from './pricing.ts';
import { planRepricing, type Repricing } from './repricing.ts';
import { lockWithSources, lostOf } from './sources.ts';
import { workOfActuals } from './work.ts';

type Plan = { refused: Refused } | { assessed: Assessed; repricing: Repricing };

type Loaded = Locked & {
  /** By source, at the terms of now; absent of what is not whole. */
  plans: ReadonlyMap<string, Plan>;
  around: Around;
  /** Sources that an earlier item of the call priced. */
  priced: Set<string>;
};

/** Prices work anew at the terms that hold now for its day: what changes is reversed and posted at the next pricing revision. Each result is what counts then. */
export const repriceActual: Command<RepriceActualItem, Loaded> = {
  may: actualMachine.actions.reprice.may,
  entities: entering,
  once: oncePerActual,
  load,
  decide: ({ rows, plans, around, priced }, item, context) => {
    const row = demandActual(rows, item, context.actor);
    const reason = checkLines('reason', item.reason, 1000);
    step(actualMachine, { subject: row, action: 'reprice', actor: context.actor });
    const key = sourceKey(row);
    if (priced.has(key)) throw new Refused('VALIDATION_FAILED', 'The source of this actual stands in the call twice.', { field: 'id' });
    const plan = plans.get(key);
    if (!plan) throw new Refused('GUARD_REFUSED', 'A part of what the work made was taken back. Retry its exception first.', { guard: 'nothingTakenBack' });
    if ('refused' in plan) throw plan.refused;
    const { assessed, repricing } = plan;
    const { id, ...lines } = linesOf(context, { row, repricing, reason, lateOn: item.accountingDate ?? undefined }, { ...around, assessed });
    const draft = openDraft(context);
    enter(draft, lines);
    return draft.done(id);
  },
  absorb: ({ rows, priced }, _, { id }) => {
    const row = rows.get(id);
    if (row) priced.add(sourceKey(row));
  },
};

async function load(scope: Scope, items: readonly RepriceActualItem[]): Promise<Loaded> {
  const rows = await lockWithSources(
    scope,
    items.map((item) => item.id),
  );
  const locked = { rows, bySource: bySource([...rows.values()]) };
  const works = [...locked.bySource].flatMap(([key, own]) => {
    const work = lostOf(own).length === 0 ? workOfActuals(own) : undefined;
    return work ? [[key, work] as const] : [];
  });
  const pricing = await readPricing(
    scope.tx,
    works.map(([, work]) => work),
    { lock: scope },
  );
  const plans = new Map(works.map(([key, work]) => [key, planOf(assess(work, pricing, scope.actor), locked.bySource.get(key) ?? [])]));
  return { ...locked, plans, around: await holdAround(scope, { ...locked, items, plans }), priced: new Set() };
}

function planOf(assessment: Assessment, posted: readonly ActualRow[]): Plan {
  if ('refused' in assessment) return assessment;
  const { assessed } = assessment;
  const repricing = planRepricing(assessed, posted);
  return repricing instanceof Refused ? { refused: repricing } : { assessed, repricing };
}

export const sourceKey = ({ sourceType, sourceId }: Pick<ActualRow, 'sourceType' | 'sourceId'>) => `${sourceType} ${sourceId}`;

type Locked = { rows: ReadonlyMap<string, ActualRow>; bySource: ReadonlyMap<string, ActualRow[]> };

/** What the version that counts of each source made, its earlier pricing revisions among it. */
export function bySource(all: readonly ActualRow[]): Map<string, ActualRow[]> {
  const newest = [...Map.groupBy(all, sourceKey)].map(([key, own]): [string, ActualRow[]] => {
    const version = Math.max(...own.map((row) => row.sourceVersion));
    return [key, own.filter((row) => row.sourceVersion === version && row.reversesId === null && row.kind !== 'BILLED_SALES')];
  });
  return new Map(newest);
}

type Sources = Locked & { items: readonly RepriceActualItem[]; plans: ReadonlyMap<string, Plan> };
type Around = { periods: PeriodJudge; limits: LimitJudge };

/** Holds the periods of all days that may be posted on, and the limits that what is sold then must keep. */
async function holdAround(scope: Scope, { items, rows, bySource, plans }: Sources): Promise<Around> {
  const counting = [...bySource.values()].flat().filter((row) => row.reversedById === null);
  const days = counting.flatMap(({ legalEntityId, accountingDate, workDate }) => [accountingDate, workDate].map((date) => ({ legalEntityId, date })));
  const moving = items.flatMap(({ id, accountingDate }) => {
    const row = rows.get(id);
    const plan = row && plans.get(sourceKey(row));
    return plan && 'assessed' in plan ? daysOfMoving({ assessed: plan.assessed, leaving: goingIn(plan.repricing), lateOn: accountingDate ?? undefined }) : [];
  });
  const possible = [...plans.values()].filter((plan) => 'assessed' in plan);
  const leaving = possible.flatMap(({ repricing }) => goingIn(repricing));
  const bounds = possible.flatMap(({ assessed, repricing }) => (repricing.changes.some(({ kind }) => kind === 'UNBILLED_SALES') ? [assessed.place] : []));
  return { periods: await holdPeriods(scope, [...days, ...moving]), limits: await holdLimits(scope, bounds, leaving) };
}

/** The lines that pricing a source anew takes back. */
function goingIn({ changes }: Repricing): ActualRow[] {
  return changes.flatMap(({ before }) => before);
}

/** What of a price goes on, by its limits; what somebody holds back stays held, whatever it costs, but for what a retainer pays for. */
export function shareOf(judge: LimitJudge, place: Bounds, { before, after }: { before: readonly ActualRow[]; after: Money }): Share {
  const held = before.find(({ holdCode }) => holdCode === 'HELD');
  if (!held) return judge(place, after);
  const { drawn } = judge({ caps: [], draws: place.draws }, after);
  return { drawn, within: 0n, hold: { code: 'HELD', reason: held.holdReason ?? '' } };
}

type Wanted = { row: ActualRow; repricing: Repricing; reason: string; lateOn: CalendarDate | undefined };

/** The lines that go and come, and the one that counts then instead of the one named. */
function linesOf(
  context: DecisionContext,
  { row, repricing, reason, lateOn }: Wanted,
  { periods, limits, assessed }: Around & { assessed: Assessed },
): Required<Entered> & { id: string } {
  if (repricing.changes.length === 0) return { id: row.id, reversals: [], drafts: [] };
  const { place } = assessed;
  const leaving = goingIn(repricing);
  const costs = repricing.changes.some(({ kind }) => kind === 'COST');
  const days = bookDays(periods, { assessed, leaving, costs, lateOn });
  if (days instanceof Refused) throw days;
  const reversals = leaving.map((each) => leave(each, { periods, days, reason }));
  const made = { accountingDate: days(place.legalEntity.id), pricingRevision: repricing.revision };
  const drafts = repricing.changes.flatMap(({ kind, before, after }) => {
    if (!after) return [];
    if (kind === 'COST') return costLines(context, assessed, { ...made, days });
    return saleLines(context, assessed, { ...made, price: after, share: shareOf(limits, place, { before, after }) });
  });
  const same =
    drafts.find((draft) => draft.kind === row.kind) ?? (repricing.changes.some(({ before }) => before.some(({ id }) => id === row.id)) ? drafts[0] : row);
  return { id: same?.id ?? row.id, reversals, drafts };
}
