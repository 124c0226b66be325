import type { RepriceActualItem } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { rowsById } from '#kernel/rows.ts';
import { holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { type ActualRow, actuals } from '../tables.ts';
import { type Assessed, type Assessment, assess } from './assess.ts';
import { accepted, decideItems } from './decide.ts';
import { type ActualDraft, addActuals, type Reversal, reverseLocked } from './ledger.ts';
import { holdLimits, type LimitJudge } from './limits.ts';
import { bookDay, lineOfWork, replaced } from './lines.ts';
import { actualMachine } from './machine.ts';
import { readPricing } from './pricing.ts';
import { planRepricing, type Repricing } from './repricing.ts';
import { lockSources, lostOf } from './sources.ts';
import { workOfActuals } from './work.ts';

type Planned = { id: string; reversals: Reversal[]; drafts: ActualDraft[] };

/** Prices work anew at the terms that hold now for its day: what changes is reversed and posted at the next pricing revision. Each result is what counts then. */
export async function repriceActuals(scope: Scope, items: readonly RepriceActualItem[]): Promise<Outcome[]> {
  demand(scope.actor, actualMachine.actions.reprice.may);
  const { rows, bySource } = await lockAll(
    scope,
    items.map((item) => item.actualId),
  );
  const works = [...bySource].flatMap(([key, own]) => {
    const work = lostOf(own).length === 0 ? workOfActuals(own) : undefined;
    return work ? [[key, work] as const] : [];
  });
  const pricing = await readPricing(
    scope.tx,
    works.map(([, work]) => work),
  );
  const assessments = new Map(works.map(([key, work]) => [key, assess(work, pricing, scope.actor)]));
  const context = await holdAround(scope, { items, rows, bySource, assessments });
  const seen = new Set<string>();
  const plans = decideItems({ items, rows, actor: scope.actor }, (actual, item): Planned => {
    const reason = checkText('reason', item.reason, 1000);
    step(actualMachine, { subject: actual, action: 'reprice', actor: scope.actor });
    const key = sourceKey(actual);
    if (seen.has(key)) throw new Refused('VALIDATION_FAILED', 'The source of this actual stands in the call twice.', { field: 'actualId' });
    seen.add(key);
    const assessment = assessments.get(key);
    if (!assessment)
      throw new Refused('GUARD_REFUSED', 'A part of what the work made was taken back. Retry its exception first.', { guard: 'nothingTakenBack' });
    if ('refused' in assessment) throw assessment.refused;
    const repricing = planRepricing(assessment.assessed, bySource.get(key) ?? []);
    if (repricing instanceof Refused) throw repricing;
    return linesOf(scope, { actual, repricing, reason, lateOn: item.accountingDate ?? undefined }, { ...context, assessed: assessment.assessed });
  });
  return write(scope, plans);
}

const sourceKey = ({ sourceType, sourceId }: Pick<ActualRow, 'sourceType' | 'sourceId'>) => `${sourceType} ${sourceId}`;

/** These actuals, and what the version that counts of each source made, its earlier pricing revisions among it; all locked as posting locks them. */
async function lockAll(scope: Scope, ids: readonly string[]) {
  const asked = [...(await rowsById(scope.tx, actuals, ids)).values()];
  const all = await lockSources(
    scope,
    ['TIMESHEET_ENTRY', 'EXPENSE_ITEM', 'MILESTONE', 'INVOICE_LINE', 'EXTERNAL'],
    asked.map((row) => row.sourceId),
  );
  const bySource = new Map<string, ActualRow[]>();
  for (const [key, own] of Map.groupBy(all, sourceKey)) {
    const version = Math.max(...own.map((row) => row.sourceVersion));
    bySource.set(
      key,
      own.filter((row) => row.sourceVersion === version && row.reversesId === null && row.kind !== 'BILLED_SALES'),
    );
  }
  return { rows: new Map(all.map((row) => [row.id, row])), bySource };
}

type Sources = {
  items: readonly RepriceActualItem[];
  rows: ReadonlyMap<string, ActualRow>;
  bySource: ReadonlyMap<string, ActualRow[]>;
  assessments: ReadonlyMap<string, Assessment>;
};
type Around = { periods: PeriodJudge; limits: LimitJudge };

/** Holds the periods of all days that may be posted on, and the limits that what is sold then must keep. */
async function holdAround(scope: Scope, { items, rows, bySource, assessments }: Sources): Promise<Around> {
  const counting = [...bySource.values()].flat().filter((row) => row.reversedById === null);
  const days = counting.flatMap(({ legalEntityId, accountingDate, workDate }) => [accountingDate, workDate].map((date) => ({ legalEntityId, date })));
  const late = items.flatMap(({ actualId, accountingDate }) => {
    const legalEntityId = rows.get(actualId)?.legalEntityId;
    return accountingDate && legalEntityId ? [{ legalEntityId, date: accountingDate }] : [];
  });
  const repricings = [...assessments].flatMap(([key, assessment]) => {
    const plan = 'assessed' in assessment ? planRepricing(assessment.assessed, bySource.get(key) ?? []) : undefined;
    return plan && !(plan instanceof Refused) && 'assessed' in assessment ? [{ plan, line: assessment.assessed.place.line }] : [];
  });
  const leaving = repricings.flatMap(({ plan }) => plan.changes.flatMap(({ before }) => before ?? []));
  const lines = repricings.flatMap(({ plan, line }) => (plan.changes.some(({ kind }) => kind === 'UNBILLED_SALES') ? [line] : []));
  return { periods: await holdPeriods(scope, [...days, ...late]), limits: await holdLimits(scope, lines, leaving) };
}

type Wanted = { actual: ActualRow; repricing: Repricing; reason: string; lateOn: CalendarDate | undefined };

function linesOf(scope: Scope, { actual, repricing, reason, lateOn }: Wanted, { periods, limits, assessed }: Around & { assessed: Assessed }): Planned {
  if (repricing.changes.length === 0) return { id: actual.id, reversals: [], drafts: [] };
  const { work, place } = assessed;
  const accountingDate = bookDay(periods, { legalEntityId: place.legalEntity.id, workDate: work.workDate, lateOn });
  if (accountingDate instanceof Refused) throw accountingDate;
  const reversals = repricing.changes.flatMap(({ before }) => (before ? [replaced(before, { periods, accountingDate, reason })] : []));
  const drafts = repricing.changes.flatMap(({ kind, after }) => {
    if (!after) return [];
    const hold = kind === 'UNBILLED_SALES' && place.line ? limits(place.line, after.minor) : undefined;
    return [lineOfWork(scope, assessed, { kind, price: after, accountingDate, hold, pricingRevision: repricing.revision })];
  });
  const same = drafts.find((draft) => draft.kind === actual.kind) ?? (repricing.changes.some(({ before }) => before?.id === actual.id) ? drafts[0] : actual);
  return { id: same?.id ?? actual.id, reversals, drafts };
}

async function write(scope: Scope, plans: readonly (Planned | Refused)[]): Promise<Outcome[]> {
  const planned = accepted(plans);
  await reverseLocked(
    scope,
    planned.flatMap((plan) => plan.reversals),
  );
  await addActuals(
    scope,
    planned.flatMap((plan) => plan.drafts),
  );
  return plans.map((plan) => (plan instanceof Refused ? { refused: plan } : { id: plan.id }));
}
