import type { Resolvers } from '#generated/finance.ts';
import type { Context } from '#kernel/context.ts';
import { formatDecimal, hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds } from '#kernel/duration.ts';
import { refer } from '#kernel/ids.ts';
import { showMinor } from '#kernel/money.ts';
import type { ForecastRow, ForecastTotalRow, ForecastWeekRow, ProjectForecastRow } from '../tables.ts';
import { seesCost } from '../visibility.ts';
import { shareOf } from './figures.ts';
import { askedOf, demandForecast, firmForecast, forecastLines, forecastPage, forecastTotals, projectForecasts, seesRevenue } from './queries.ts';

const percent = (basisPoints: bigint | null): string | null => (basisPoints === null ? null : formatDecimal(basisPoints, 2));

/** What of the numbers an actor sees; those that are not theirs are null. */
function sightOf({ actor }: Context, { currency, booksCurrency }: Pick<ForecastWeekRow, 'currency' | 'booksCurrency'>) {
  const [cost, revenue] = [seesCost(actor), seesRevenue(actor)];
  return {
    sales: (minor: bigint | null) => showMinor(minor, currency),
    revenue: (minor: bigint | null) => (revenue ? showMinor(minor, currency) : null),
    cost: (minor: bigint | null) => (cost ? showMinor(minor, booksCurrency) : null),
    share: (basisPoints: bigint | null) => (cost ? percent(basisPoints) : null),
  };
}

const sources = (asOf: string) => [
  { name: 'contracts', owner: 'engagements', what: 'The lines of the contract after all amendments that are applied.' },
  { name: 'ledger', owner: 'finance', what: `Cost by accounting date, posted invoices by invoice date and posted revenue by posting date, to ${asOf}.` },
  { name: 'assignments', owner: 'resources', what: `Confirmed and tentative assignments as they stand now, after ${asOf}.` },
  { name: 'calendars', owner: 'resources', what: 'Work weeks, holidays and time off as they stand now.' },
  {
    name: 'rates',
    owner: 'finance',
    what: `The rate search that posts time, for the day of the work: contract, rate cards, cost cards; in other currencies at the exchange rates of ${asOf}.`,
  },
];

/** Sums are worked out once, however many fields of a forecast ask. */
const looks = new WeakMap<ForecastRow, Promise<ForecastTotalRow[]>>();
function totalsFor(forecast: ForecastRow, context: Context): Promise<ForecastTotalRow[]> {
  const look = looks.get(forecast) ?? forecastTotals(context, forecast);
  looks.set(forecast, look);
  return look;
}

/** The numbers of a project or of a sum; null where one is not known. */
type Parts = { [Name in Exclude<keyof ForecastTotalRow, 'currency' | 'projects' | 'incomplete' | 'weeks' | 'later'>]: bigint | null };

const partsOf = ({ known, figures }: ProjectForecastRow): Parts => ({
  ...{ contracted: known.contractedMinor, recognized: known.recognizedMinor, billed: known.billedMinor, cost: known.costMinor },
  ...figures,
  costOfComplete: known.costMinor,
});

function show(context: Context, currencies: Pick<ForecastWeekRow, 'currency' | 'booksCurrency'>, parts: Parts) {
  const sight = sightOf(context, currencies);
  return {
    contracted: sight.sales(parts.contracted),
    billed: sight.sales(parts.billed),
    recognized: sight.revenue(parts.recognized),
    backlog: sight.revenue(parts.backlog),
    scheduledBacklog: sight.sales(parts.scheduled),
    unscheduledBacklog: sight.revenue(parts.unscheduled),
    revenueAtCompletion: sight.revenue(parts.revenueAtCompletion),
    costToDate: sight.cost(parts.cost),
    estimateToComplete: sight.cost(parts.toComplete),
    estimateAtCompletion: sight.cost(parts.atCompletion),
    marginToDate: sight.cost(parts.marginToDate),
    marginAtCompletion: sight.cost(parts.marginAtCompletion),
    percentComplete: sight.share(shareOf(parts.costOfComplete, parts.atCompletion)),
  };
}

export const forecastResolvers = {
  Query: { forecast: (_, args, context) => firmForecast(context, args) },
  Project: {
    forecast: async ({ id }, args, context) => {
      demandForecast(context);
      return (await context.load(projectForecasts, id, JSON.stringify(askedOf(context, args)))) ?? null;
    },
  },
  Forecast: {
    asOf: ({ asked }) => asked.asOf,
    horizonWeeks: ({ asked }) => asked.horizonWeeks,
    sources: ({ asked }) => sources(asked.asOf),
    totals: (forecast, _, context) => totalsFor(forecast, context),
    projects: (forecast, args, context) => forecastPage(context, forecast, args),
  },
  ForecastTotal: {
    figures: (total, _, context) => show(context, { currency: total.currency, booksCurrency: total.currency }, total),
  },
  ProjectForecast: {
    project: ({ projectId }) => ({ id: projectId }),
    asOf: ({ asked }) => asked.asOf,
    horizonWeeks: ({ asked }) => asked.horizonWeeks,
    currency: ({ known }) => known.currency,
    booksCurrency: ({ known }) => known.booksCurrency,
    figures: (row, _, context) => show(context, row.known, partsOf(row)),
    contractedLines: ({ contracted }) => contracted,
    gaps: ({ known }, _, { actor }) => known.gaps.filter(({ figure }) => seesCost(actor) || !['COST', 'COST_TO_DATE'].includes(figure)),
    lines: (row, args, context) => forecastLines(context, row, args),
    sources: ({ asked }) => sources(asked.asOf),
  },
  ContractedLine: {
    amount: ({ minor, currency }) => showMinor(minor, currency),
    code: ({ gap }) => gap?.code ?? null,
    message: ({ gap }) => gap?.message ?? null,
  },
  ForecastWeek: {
    confirmedHours: ({ sums }) => hoursOfSeconds(sums.confirmedSeconds),
    confirmedDuration: ({ sums }) => durationOfSeconds(sums.confirmedSeconds),
    tentativeHours: ({ sums }) => hoursOfSeconds(sums.tentativeSeconds),
    tentativeDuration: ({ sums }) => durationOfSeconds(sums.tentativeSeconds),
    unpricedHours: ({ sums }) => hoursOfSeconds(sums.unpricedSeconds),
    unpricedDuration: ({ sums }) => durationOfSeconds(sums.unpricedSeconds),
    confirmedSales: (week, _, context) => sightOf(context, week).sales(week.sums.confirmedSales),
    tentativeSales: (week, _, context) => sightOf(context, week).sales(week.sums.tentativeSales),
    confirmedCost: (week, _, context) => sightOf(context, week).cost(week.sums.confirmedCost),
    tentativeCost: (week, _, context) => sightOf(context, week).cost(week.sums.tentativeCost),
  },
  ForecastLine: {
    assignment: ({ assignmentId }) => ({ id: assignmentId }),
    employee: ({ employeeId }) => ({ id: employeeId }),
    laborCategory: ({ laborCategoryId }) => refer(laborCategoryId),
    weekStartDate: ({ weekStart }) => weekStart,
    ...{ hours: ({ seconds }) => hoursOfSeconds(seconds), duration: ({ seconds }) => durationOfSeconds(seconds) },
    sales: ({ sales }) => showMinor(sales?.minor ?? null, sales?.currency ?? null),
    salesExplanation: ({ sales }) => sales?.explanation ?? null,
    cost: ({ cost }, _, { actor }) => (seesCost(actor) ? showMinor(cost?.minor ?? null, cost?.currency ?? null) : null),
    costExplanation: ({ cost }, _, { actor }) => (seesCost(actor) ? (cost?.explanation ?? null) : null),
  },
  ForecastGap: {
    assignment: ({ assignmentId }) => refer(assignmentId),
    employee: ({ employeeId }) => refer(employeeId),
    hours: ({ seconds }) => (seconds === null ? null : hoursOfSeconds(seconds)),
    duration: ({ seconds }) => (seconds === null ? null : durationOfSeconds(seconds)),
  },
} satisfies Resolvers;
