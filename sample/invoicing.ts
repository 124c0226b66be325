import type { ContractLineTerms } from '#engagements/published.ts';
import { accountOfBilling, type LedgerAccount } from '#finance/billing/accounts.ts';
import type { ActualRow } from '#finance/tables.ts';
import { addDays, type CalendarDate } from '#kernel/period.ts';
import type { Calendar, Cycle } from './calendar.ts';
import type { Company } from './company.ts';
import type { Random } from './random.ts';
import { nth } from './rows.ts';
import type { Deal } from './sales.ts';

/** How far an invoice has come. */
export type Fate = 'DRAFT' | 'VALIDATED' | 'POSTED' | 'PARTLY_PAID' | 'PAID';

/** Actuals of one kind that one line bills; sums so far. */
export type GatheredLine = Pick<ActualRow, 'transactionClass' | 'contractLineId' | 'projectId' | 'laborCategoryId' | 'seconds' | 'amountMinor'> & {
  supplyStartDate: CalendarDate;
  supplyEndDate: CalendarDate;
  id: string;
  label: string | null;
  account: LedgerAccount;
  count: number;
};

/** An invoice as its actuals come in. */
export type Gathered = { id: string; deal: Deal; cycle: Cycle; fate: Fate; paidOn: CalendarDate; dueDate: CalendarDate; lines: Map<string, GatheredLine> };

type Wanted = { deal: Deal; actual: ActualRow; week: number; method: ContractLineTerms['method'] };

/** Gathers actuals into one invoice per contract and billing cycle. */
export type Invoicing = {
  take(wanted: Wanted): { invoiceId: string; lineId: string; invoiceDate: CalendarDate; posted: boolean } | undefined;
  gathered(): IterableIterator<Gathered>;
};

export function makeInvoicing(random: Random, calendar: Calendar, { lapsedProfileId }: Pick<Company, 'lapsedProfileId'>): Invoicing {
  const invoices = new Map<string, Gathered>();
  return {
    take: ({ deal, actual, week, method }) => {
      const cycle = calendar.cycleOf(week);
      if (!cycle) return undefined;
      const key = `${deal.contract.id} ${cycle.number}`;
      const invoice = invoices.get(key) ?? begin(random.branch(key), { deal, cycle, today: calendar.today, lapsedProfileId });
      invoices.set(key, invoice);
      const { id } = addTo(random, invoice, { actual, method });
      return { invoiceId: invoice.id, lineId: id, invoiceDate: cycle.invoiceDate, posted: isPosted(invoice.fate) };
    },
    gathered: () => invoices.values(),
  };
}

export function isPosted(fate: Fate): boolean {
  return fate !== 'DRAFT' && fate !== 'VALIDATED';
}

/** What becomes of an invoice hangs on its own key: so its actuals know it before the invoice is complete. */
function begin(random: Random, { deal, cycle, today, lapsedProfileId }: { deal: Deal; cycle: Cycle; today: CalendarDate; lapsedProfileId: string }): Gathered {
  const dueDate = addDays(cycle.invoiceDate, nth(deal.versions, 0).row.paymentTermDays);
  const settled = addDays(dueDate, random.int(-9, 12));
  const paidOn = settled > cycle.invoiceDate ? settled : addDays(cycle.invoiceDate, 1);
  const pays = paidOn < today && random.chance(0.92);
  // Its draft waits for a tax rate.
  const untaxed = cycle.last && deal.client.taxProfileId === lapsedProfileId;
  const usual: Fate = cycle.last && random.chance(0.5) ? random.pick(['DRAFT', 'VALIDATED']) : !pays ? 'POSTED' : random.chance(0.07) ? 'PARTLY_PAID' : 'PAID';
  const fate = untaxed ? 'DRAFT' : usual;
  return { id: random.id(Date.parse(`${cycle.invoiceDate}T09:30:00Z`)), deal, cycle, fate, paidOn, dueDate, lines: new Map() };
}

/** The grouping of drafts, actual by actual. */
function addTo(random: Random, invoice: Gathered, { actual, method }: { actual: ActualRow; method: ContractLineTerms['method'] }): GatheredLine {
  const { transactionClass, contractLineId, projectId, laborCategoryId, seconds, amountMinor } = actual;
  const label = transactionClass === 'TIME' ? null : actual.description;
  const key = [projectId, contractLineId, transactionClass, laborCategoryId, label].join(' ');
  const line = invoice.lines.get(key);
  if (line) {
    line.amountMinor += amountMinor;
    if (seconds !== null) line.seconds = (line.seconds ?? 0n) + seconds;
    if (actual.workDate < line.supplyStartDate) line.supplyStartDate = actual.workDate;
    if (actual.workDate > line.supplyEndDate) line.supplyEndDate = actual.workDate;
    line.count += 1;
    return line;
  }
  const id = random.id(Date.parse(`${invoice.cycle.invoiceDate}T09:30:00Z`));
  const days = { supplyStartDate: actual.workDate, supplyEndDate: actual.workDate };
  const fresh = {
    id,
    ...days,
    transactionClass,
    contractLineId,
    projectId,
    laborCategoryId,
    seconds,
    amountMinor,
    label,
    account: accountOfBilling(method, transactionClass),
    count: 1,
  };
  invoice.lines.set(key, fresh);
  return fresh;
}
