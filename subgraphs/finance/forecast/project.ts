import type { ProjectReference } from '#engagements/published.ts';
import { sayMoney } from '#kernel/money.ts';
import { addDays, type CalendarDate, mondayOf } from '#kernel/period.ts';
import type { Asked, ContractedLineRow, ForecastWeekRow, ProjectForecastRow } from '../tables.ts';
import { contractedOf } from './contracted.ts';
import { figuresOf } from './figures.ts';
import { linesOf, type Planned } from './lines.ts';
import { horizonOf, type Loaded, lookAhead } from './read.ts';
import { addSums, type ForecastGap, type ForecastLine, type GapFigure, noSums, type Sums, sumsOf } from './report.ts';
import type { Amounts } from './toDate.ts';

type Of = { projectId: string; project: ProjectReference; asked: Asked };

/** A project's lines, an assignment at a time, and what has none at all. */
export function* projectLines(loaded: Loaded, { projectId, project, asked }: Of): Generator<ForecastLine | ForecastGap> {
  const spread = loaded.spread(projectId, project);
  for (const assignment of loaded.planned(projectId)) {
    const over = spread(assignment);
    if (!over) {
      yield* unspread(assignment, { code: 'EMPLOYEE_UNKNOWN', message: `Nobody published who ${assignment.employeeId} is.`, startDate: assignment.startDate });
      continue;
    }
    yield* linesOf(assignment, over);
    const last = addDays(asked.asOf, lookAhead);
    if (assignment.endDate > last)
      yield* unspread(assignment, { code: 'TOO_FAR_AHEAD', message: `Nothing is looked at after ${last}.`, startDate: addDays(last, 1) });
  }
}

const nowhere = { assignmentId: null, contractLineId: null, employeeId: null, startDate: null, endDate: null, seconds: null };

function unspread({ id, employeeId, endDate }: Planned, why: Pick<ForecastGap, 'code' | 'message'> & { startDate: CalendarDate }): ForecastGap[] {
  return (['SALES', 'COST'] as const).map((figure) => ({ ...nowhere, figure, assignmentId: id, employeeId, endDate, ...why }));
}

export const isLine = (each: ForecastLine | ForecastGap): each is ForecastLine => 'confirmed' in each;

/** The forecast of one project: its lines are added up and forgotten. */
export function forecastOf(loaded: Loaded, of: Of): ProjectForecastRow {
  const { projectId, project, asked } = of;
  const { weeks, later, gaps, planned } = addUp(projectLines(loaded, of));
  const contract = loaded.pricing.contract(project.contractId);
  const currency = contract?.currency ?? null;
  const booksCurrency = loaded.pricing.legalEntity(project)?.currency ?? null;
  const alone = loaded.isAlone(project);
  const contracted = contract && contractedOf(contract, { projectId, alone });
  const money = moneyTo(loaded, { ...of, currency, booksCurrency });
  const unknown = (contracted?.lines ?? []).flatMap(({ contractLineId, gap }) =>
    gap ? [{ ...nowhere, figure: 'CONTRACTED' as const, contractLineId, ...gap }] : [],
  );
  const known = {
    ...{ currency, booksCurrency, planned, contractedMinor: contracted?.minor ?? null },
    ...{ recognizedMinor: money.recognized, billedMinor: money.billed, costMinor: money.cost },
    gaps: [...gaps, ...unknown, ...money.gaps],
  };
  const show = (startDate: CalendarDate, endDate: CalendarDate | null, sums: Sums = noSums): ForecastWeekRow => ({
    startDate,
    endDate,
    sums,
    currency,
    booksCurrency,
  });
  return {
    ...{ projectId, asked, known, figures: figuresOf(known) },
    weeks: mondaysOf(asked).map((monday) => show(monday, addDays(monday, 6), weeks.get(monday))),
    later: show(addDays(horizonOf(asked), 1), null, later),
    contracted: (contracted?.lines ?? []).map((line): ContractedLineRow => ({ ...line, currency: contract?.currency ?? '' })),
  };
}

/** The Mondays of the weeks that are told one by one. */
export function mondaysOf({ asOf, horizonWeeks }: Asked): CalendarDate[] {
  const first = mondayOf(addDays(asOf, 1));
  return Array.from({ length: horizonWeeks }, (_, index) => addDays(first, 7 * index));
}

/** Sums by week; and gaps, one for each reason that an assignment has. */
function addUp(lines: Iterable<ForecastLine | ForecastGap>) {
  const weeks = new Map<string, Sums>();
  const gaps = new Map<string, ForecastGap>();
  let later = noSums;
  let planned = noSums;
  for (const line of lines) {
    if (!isLine(line)) {
      gaps.set(`${line.assignmentId} ${line.figure} ${line.code}`, line);
      continue;
    }
    const sums = sumsOf(line);
    planned = addSums(planned, sums);
    if (line.weekStart === null) later = addSums(later, sums);
    else weeks.set(line.weekStart, addSums(weeks.get(line.weekStart) ?? noSums, sums));
    for (const gap of line.gaps) addGap(gaps, line, gap);
  }
  return { weeks, later, planned, gaps: [...gaps.values()] };
}

function addGap(gaps: Map<string, ForecastGap>, line: ForecastLine, gap: ForecastLine['gaps'][number]): void {
  const { assignmentId, contractLineId, employeeId, startDate, endDate, seconds } = line;
  const key = `${assignmentId} ${gap.figure} ${gap.code}`;
  const before = gaps.get(key);
  if (before) gaps.set(key, { ...before, endDate, seconds: (before.seconds ?? 0n) + seconds });
  else gaps.set(key, { ...gap, assignmentId, contractLineId, employeeId, startDate, endDate, seconds });
}

/** What stands in the books, each in the currency that it must be in. */
function moneyTo(
  { toDate, isAlone }: Loaded,
  { projectId, project, asked, currency, booksCurrency }: Of & { currency: string | null; booksCurrency: string | null },
) {
  const gaps: ForecastGap[] = [];
  const { contractId } = project;
  const inOne = (figure: GapFigure, amounts: readonly Amounts[], wanted: string | null): bigint | null => {
    const others = amounts.flatMap((each) => [...each]).filter(([each, minor]) => each !== wanted && minor !== 0n);
    for (const [each, minor] of others) {
      const message = `${sayMoney({ minor, currency: each })} stand in the books to ${asked.asOf}; ${wanted ?? 'no currency'} is expected.`;
      gaps.push({ ...nowhere, figure, code: 'CURRENCY_MISMATCH', message });
    }
    return wanted === null || others.length > 0 ? null : amounts.reduce((sum, each) => sum + (each.get(wanted) ?? 0n), 0n);
  };
  /** What names no project is this one's where there is no other. */
  const withNone = (figure: GapFigure, own: Amounts, ofNone: (contractId: string) => Amounts): readonly Amounts[] => {
    const rest = contractId ? ofNone(contractId) : new Map<string, bigint>();
    if (isAlone(project)) return [own, rest];
    for (const [each, minor] of rest)
      gaps.push({ ...nowhere, figure, code: 'SHARED', message: `${sayMoney({ minor, currency: each })} of the contract name none of its projects.` });
    return [own];
  };
  const recognized = inOne('RECOGNIZED', withNone('RECOGNIZED', toDate.recognized(projectId), toDate.recognizedOfNone), currency);
  const billed = inOne('BILLED', withNone('BILLED', toDate.billed(projectId), toDate.billedOfNone), currency);
  return { recognized, billed, cost: inOne('COST_TO_DATE', [toDate.cost(projectId)], booksCurrency), gaps };
}
