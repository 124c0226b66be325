import type { CalendarDate } from '#kernel/period.ts';

/** One gapless series: its numbers go up by one. */
export type Series = { legalEntityId: string; kind: 'INVOICE' | 'CREDIT_NOTE'; year: number };

/** The series of a paper dated `date`. */
export function seriesOf(legalEntityId: string, kind: Series['kind'], date: CalendarDate): Series {
  return { legalEntityId, kind, year: Number(date.slice(0, 4)) };
}

/** A map key of a series; series are locked in its order. */
export function seriesKey(series: Series): string {
  return `${series.legalEntityId} ${series.kind} ${series.year}`;
}

/** The printed number, such as `NL-INV-2026-000042`; credit notes say CN. */
export function invoiceNumber(entityCode: string, series: Series, sequence: number): string {
  return `${entityCode}-${series.kind === 'INVOICE' ? 'INV' : 'CN'}-${series.year}-${String(sequence).padStart(6, '0')}`;
}
