import type { ContractVersionTerms } from '#engagements/published.ts';
import { type Cap, capsOf, piecesOf, withinCaps } from '#finance/billing/caps.ts';
import {
  type ContractTerms,
  chooseLine,
  explainAmount,
  findCostRate,
  findSalesRate,
  type PriceExplanation,
  priceTime,
  termsOn,
  underOf,
} from '#finance/billing/price.ts';
import type { ActualRow } from '#finance/tables.ts';
import type { Money } from '#kernel/money.ts';
import { addDays, type CalendarDate } from '#kernel/period.ts';
import { at } from './calendar.ts';
import type { Invoicing } from './invoicing.ts';
import type { Random } from './random.ts';
import type { RateBook } from './rates.ts';
import type { Deal, Job } from './sales.ts';

/** Approved work or a fee, as it comes to the ledger. */
export type Source = {
  job: Job;
  sourceType: 'TIMESHEET_ENTRY' | 'EXPENSE_ITEM' | 'MILESTONE';
  sourceId: string;
  sourceVersion: number;
  transactionClass: 'TIME' | 'EXPENSE' | 'FEE';
  taskId: string | null;
  employeeId: string | null;
  laborCategoryId: string | null;
  workDate: CalendarDate;
  week: number;
  seconds: bigint | null;
  /** Of what is no time. */
  amountMinor: bigint | null;
  description: string | null;
};

/** What a source became; `billedAt` when an invoice of it was posted. */
export type Posted = { actuals: ActualRow[]; billedAt: Date | null };

/** Turns sources into actuals, by the very arithmetic that finance uses, and puts the billable ones on invoices. */
export type Ledger = {
  post(source: Source): Posted;
  /** What the source would be sold for; undefined where nobody is billed for it by the hour. */
  quote(source: Source): Money | undefined;
};

type Terms = { contractId: string; contract: ContractTerms };
type Versions = { currency: string; versions: ContractVersionTerms[] };

export function makeLedger(random: Random, { book, invoicing }: { book: RateBook; invoicing: Invoicing }): Ledger {
  const terms = new Map<string, Versions>();
  const sold = new Map<string, bigint>();
  const termsOf = (deal: Deal, workDate: CalendarDate): Terms => {
    const known = terms.get(deal.contract.id) ?? makeTerms(deal);
    terms.set(deal.contract.id, known);
    return { contractId: deal.contract.id, contract: termsOn(known, workDate) };
  };
  return {
    quote: (source) => {
      const terms = termsOf(source.job.deal, source.workDate);
      const line = chooseLine(terms.contract, { projectId: source.job.project.id, kind: source.transactionClass, workDate: source.workDate });
      if (line?.method !== 'TIME_AND_MATERIALS') return undefined;
      const { minor, currency } = salesOf(source, { book, terms, lineId: line.id });
      return { minor, currency };
    },
    post: (source) => {
      const { deal } = source.job;
      const { contract, contractId } = termsOf(deal, source.workDate);
      const line = chooseLine(contract, { projectId: source.job.project.id, kind: source.transactionClass, workDate: source.workDate });
      const base = { random, source, contractId: line ? contractId : null, lineId: line?.id ?? null };
      const cost = source.transactionClass === 'FEE' ? [] : [actual(base, 'COST', costOf(source, book))];
      if (!line || (source.transactionClass !== 'FEE' && line.method !== 'TIME_AND_MATERIALS')) return { actuals: cost, billedAt: null };
      const sale = actual(base, 'UNBILLED_SALES', salesOf(source, { book, terms: { contract, contractId }, lineId: line.id }));
      const [first, ...rest] = limitedBy(random, { sale, caps: capsOf(line, undefined), sold });
      if (!first) throw new Error('a sale in no piece');
      if (first.status === 'NOT_READY') return { actuals: [...cost, first], billedAt: null };
      const { actuals, billedAt } = billed(random, first, invoicing.take({ deal, actual: first, week: source.week, method: line.method }));
      return { actuals: [...cost, ...actuals, ...rest], billedAt };
    },
  };
}

function makeTerms({ contract, versions }: Deal): Versions {
  const published = versions.map(({ row, content }) => ({
    ...row,
    recordedAt: row.createdAt.toISOString(),
    notToExceedMinor: null,
    lines: content.lines.map((line) => ({ ...line, notToExceedMinor: line.notToExceedMinor?.toString() ?? null, amountMinor: null })),
    rates: content.rates.map((rate) => ({ ...rate, minor: rate.rateMinor.toString() })),
  }));
  return { currency: contract.currency, versions: published };
}

type Price = { minor: bigint; currency: string; explanation: PriceExplanation };

function costOf({ job, workDate, employeeId, laborCategoryId, seconds, amountMinor }: Source, book: RateBook): Price {
  const { legalEntityId, currency } = job.deal.contract;
  if (amountMinor !== null) return { minor: amountMinor, currency, explanation: explainAmount('EXPENSE_AMOUNT', currency) };
  const hit = findCostRate({ workDate, employeeId: employeeId ?? '', laborCategoryId: laborCategoryId ?? '' }, book.cost(legalEntityId), currency);
  if (!hit) throw new Error(`no cost rate on ${workDate}`);
  return priceTime(hit, seconds ?? 0n, 'HALF_UP');
}

function salesOf(source: Source, { book, terms, lineId }: { book: RateBook; terms: Terms; lineId: string }): Price {
  const { job, workDate, employeeId, laborCategoryId, seconds, amountMinor } = source;
  const { customerId, legalEntityId, currency } = job.deal.contract;
  const { rateCardId, rounding } = terms.contract;
  const owner = { under: underOf(terms), contractLineId: lineId };
  if (amountMinor !== null)
    return {
      minor: amountMinor,
      currency,
      explanation: explainAmount(source.transactionClass === 'FEE' ? 'MILESTONE_AMOUNT' : 'EXPENSE_AMOUNT', currency, owner),
    };
  const work = { workDate, employeeId: employeeId ?? '', laborCategoryId: laborCategoryId ?? '' };
  const hit = findSalesRate(work, { ...terms, lineId, cards: book.sales({ rateCardId, customerId, legalEntityId }) });
  if (!hit) throw new Error(`no rate on ${workDate}`);
  return priceTime(hit, seconds ?? 0n, rounding);
}

type Base = { random: Random; source: Source; contractId: string | null; lineId: string | null };

function actual({ random, source, contractId, lineId }: Base, kind: 'COST' | 'UNBILLED_SALES', price: Price): ActualRow {
  const { job, sourceType, sourceId, sourceVersion, transactionClass, taskId, employeeId, laborCategoryId, workDate, seconds, description } = source;
  // Time is approved on the Monday after; a fee is due when its milestone is accepted.
  const created = transactionClass === 'FEE' ? at(workDate, '11:05') : at(addDays(workDate, 7), '08:05');
  const place = {
    customerId: job.project.customerId,
    engagementId: job.project.engagementId,
    legalEntityId: job.deal.contract.legalEntityId,
    projectId: job.project.id,
    contractId,
  };
  return {
    ...{ id: random.id(created.getTime()), version: 1, createdAt: created, updatedAt: created },
    ...{
      kind,
      transactionClass,
      status: 'READY',
      holdCode: null,
      holdReason: null,
      sourceType,
      sourceId,
      sourceVersion,
      pricingRevision: 1,
      part: 1,
      billable: true,
    },
    ...place,
    ...{ contractLineId: lineId, taskId, employeeId, laborCategoryId, expenseCategory: null, workDate, accountingDate: workDate, seconds },
    ...{ amountMinor: price.minor, currency: price.currency, description, priceExplanation: price.explanation },
    ...{
      invoiceId: null,
      invoiceLineId: null,
      reversesId: null,
      reversedById: null,
      reason: null,
      accrualEventId: null,
      counterpartId: null,
      intercompanyChargeId: null,
      subcontractLineId: null,
    },
  };
}

type Limited = { sale: ActualRow; caps: readonly Cap[]; sold: Map<string, bigint> };

/** A sale as far as its limits leave room, and what of it waits. */
function limitedBy(random: Random, { sale, caps, sold }: Limited): ActualRow[] {
  const share = withinCaps(caps, (id) => sold.get(id) ?? 0n, { minor: sale.amountMinor, currency: sale.currency });
  for (const { id } of caps) sold.set(id, (sold.get(id) ?? 0n) + share.within);
  const pieces = piecesOf({ minor: sale.amountMinor, seconds: sale.seconds }, { drawn: 0n, ...share });
  return pieces.map(({ minor, seconds, hold }, index): ActualRow => {
    const whole = pieces.length > 1 ? { wholeMinor: sale.amountMinor.toString() } : {};
    const amounts = { amountMinor: minor, seconds, priceExplanation: { ...sale.priceExplanation, ...whole } };
    const held = { status: hold ? ('NOT_READY' as const) : ('READY' as const), holdCode: hold?.code ?? null, holdReason: hold?.reason ?? null };
    return { ...sale, id: index === 0 ? sale.id : random.id(sale.createdAt.getTime()), part: index + 1, ...amounts, ...held };
  });
}

type Taken = ReturnType<Invoicing['take']>;

/** The sale as it stands on its invoice, with its BILLED_SALES twin when that was posted. */
function billed(random: Random, sale: ActualRow, taken: Taken): Posted {
  if (!taken) return { actuals: [sale], billedAt: null };
  const { invoiceId, lineId, invoiceDate, posted } = taken;
  const link = { invoiceId, invoiceLineId: lineId };
  if (!posted) return { actuals: [{ ...sale, ...link, status: 'ON_INVOICE', version: 2 }], billedAt: null };
  const then = at(invoiceDate, '10:00');
  const own: ActualRow = { ...sale, ...link, status: 'BILLED', version: 3, updatedAt: then };
  return {
    actuals: [own, { ...own, id: random.id(then.getTime()), version: 1, createdAt: then, kind: 'BILLED_SALES', accountingDate: invoiceDate }],
    billedAt: then,
  };
}
