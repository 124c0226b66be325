import type { CalendarDate } from '#kernel/period.ts';
import type { Calendar } from './calendar.ts';
import type { RerateLine, RerateOutcome, RerateSum } from './report.ts';

type InvoiceSum = RerateSum & { invoiceId: string; outcome: RerateOutcome };
type PeriodSum = { fiscalPeriodId: string | null; startDate: CalendarDate; entries: number; adjustmentDate: CalendarDate | null };

/** Sums over lines: what a report tells of all of them. */
export type RerateSums = {
  add(line: RerateLine): void;
  totals: ReadonlyMap<string, RerateSum & { outcome: RerateOutcome }>;
  invoices: ReadonlyMap<string, InvoiceSum>;
  periods: ReadonlyMap<string, PeriodSum>;
};

export function sumsOf(calendar: Calendar): RerateSums {
  const totals = new Map<string, RerateSum & { outcome: RerateOutcome }>();
  const invoices = new Map<string, InvoiceSum>();
  const periods = new Map<string, PeriodSum>();
  return { add, totals, invoices, periods };

  function add(line: RerateLine): void {
    const { outcome, cost, sale } = line;
    for (const [currency, amounts] of amountsOf(line)) {
      const key = `${outcome} ${currency}`;
      const seconds = cost.seconds ?? 0n;
      totals.set(key, { outcome, ...sum(totals.get(key), { ...amounts, seconds, currency }) });
      const invoiceId = sale?.invoiceId;
      if (!invoiceId || outcome === 'REFUSED') continue;
      invoices.set(invoiceId, { invoiceId, outcome, ...sum(invoices.get(invoiceId), { ...amounts, seconds, currency }) });
    }
    if (outcome !== 'REFUSED') addPeriod(line);
  }

  function addPeriod({ cost, adjustmentDate }: RerateLine): void {
    const period = calendar.periodOn(cost.legalEntityId, cost.workDate);
    const key = period?.id ?? '';
    const before = periods.get(key);
    const latest = [before?.adjustmentDate ?? '', adjustmentDate ?? ''].toSorted().at(-1) || null;
    const place = { fiscalPeriodId: period?.id ?? null, startDate: period?.startDate ?? cost.workDate };
    periods.set(key, { ...place, entries: (before?.entries ?? 0) + 1, adjustmentDate: latest });
  }
}

type Amounts = { before: bigint; after: bigint };

/** What a line is worth before and after, by currency; what is refused stays what it is. */
export function amountsOf({ cost, sale, soldMinor, after, outcome }: RerateLine): Map<string, Amounts> {
  const amounts = new Map<string, Amounts>();
  const of = (currency: string) => amounts.get(currency) ?? { before: 0n, after: 0n };
  if (sale) amounts.set(sale.currency, { ...of(sale.currency), before: soldMinor, after: outcome === 'REFUSED' ? soldMinor : 0n });
  if (after) amounts.set(after.currency, { ...of(after.currency), after: after.minor });
  if (amounts.size === 0) amounts.set(cost.currency, { before: 0n, after: 0n });
  return amounts;
}

function sum(before: RerateSum | undefined, more: Omit<RerateSum, 'entries'>): RerateSum {
  const { entries = 0, seconds = 0n, before: sold = 0n, after = 0n } = before ?? {};
  return { entries: entries + 1, seconds: seconds + more.seconds, before: sold + more.before, after: after + more.after, currency: more.currency };
}
