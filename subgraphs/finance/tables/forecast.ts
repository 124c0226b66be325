import type { ProjectReference } from '#engagements/published.ts';
import type { CalendarDate } from '#kernel/period.ts';
import type { Said } from '#kernel/reference.ts';
import type { Figures, Known } from '../forecast/figures.ts';
import type { ContractedLine, ForecastGap, ForecastLine, Sums } from '../forecast/report.ts';

/** The day up to which things are told as they are, and the weeks after it that are told one by one. */
export type Asked = { asOf: CalendarDate; horizonWeeks: number };

export type ForecastGapRow = ForecastGap;
export type ForecastLineRow = ForecastLine;
export type ContractedLineRow = ContractedLine & { currency: string };

/** Planned work of a week, or of all days behind the last one; sales and cost may be in two currencies. */
export type ForecastWeekRow = { startDate: CalendarDate; endDate: CalendarDate | null; sums: Sums; currency: string | null; booksCurrency: string | null };

/** What GraphQL shows of a project: nothing of it is kept. */
export type ProjectForecastRow = {
  projectId: string;
  asked: Asked;
  known: Known;
  figures: Figures;
  weeks: ForecastWeekRow[];
  later: ForecastWeekRow;
  contracted: ContractedLineRow[];
};

/** A sum over projects whose amounts are in the currency. What is not known of some of them is not in it; `incomplete` says of how many. */
export type ForecastTotalRow = Record<
  | 'contracted'
  | 'recognized'
  | 'billed'
  | 'backlog'
  | 'scheduled'
  | 'unscheduled'
  | 'cost'
  | 'toComplete'
  | 'atCompletion'
  | 'revenueAtCompletion'
  | 'marginToDate'
  | 'marginAtCompletion'
  | 'costOfComplete',
  bigint
> & { currency: string; projects: number; incomplete: number; weeks: ForecastWeekRow[]; later: ForecastWeekRow };

/** What GraphQL shows of the firm: which projects are meant. Sums are worked out when somebody asks. */
export type ForecastRow = { asked: Asked; of: Said<ProjectReference> };
