import type { ContractReference, ProjectReference } from '#engagements/published.ts';
import { Refused } from '#kernel/errors.ts';
import { priceOfSeconds } from '#kernel/money.ts';
import { addDays, type CalendarDate, effectiveOn } from '#kernel/period.ts';
import { costsOf, type Priced, saleOf } from '../actual/assess.ts';
import type { Pricing } from '../actual/pricing.ts';
import { workOfTime } from '../actual/work.ts';
import { type PricedCard, priceTime, priceTimeInto } from '../billing/price.ts';
import { lastDayOf } from '../billing/subcontract.ts';
import type { LegalEntityRow } from '../tables.ts';
import type { ForecastGap, GapCode, GapFigure } from './report.ts';

/** In whose books and at whose terms work is planned. */
export type Where = { projectId: string; project: ProjectReference; legalEntity: LegalEntityRow | undefined; pricing: Pricing };
export type Who = { employeeId: string; billable: boolean };

type Gap = Pick<ForecastGap, 'figure' | 'code' | 'message'>;

/** What an hour of somebody sells for and costs on a day, and why where it does not. */
export type Quote = { laborCategoryId: string | null; contractLineId: string | null; sales: Priced | null; cost: Priced | null; gaps: readonly Gap[] };

const hour = 3600n;

/** The rate search that posts and bills, for an hour of a day. */
export function quoteOn(where: Where, { employeeId, billable }: Who, workDate: CalendarDate): Quote {
  const { projectId, project, legalEntity, pricing } = where;
  const employee = pricing.employee(employeeId);
  const laborCategoryId = effectiveOn(employee?.laborCategories ?? [], workDate)?.laborCategoryId ?? null;
  const nowhere = { laborCategoryId, contractLineId: null, sales: null, cost: null };
  if (!legalEntity) return { ...nowhere, gaps: both('LEGAL_ENTITY_UNKNOWN', `Nobody says in whose books ${project.name} stands.`) };
  if (!laborCategoryId) {
    const message = `${pricing.nameOfEmployee(employeeId)} has no labor category on ${workDate}, so that nothing prices the work.`;
    return { ...nowhere, gaps: both('LABOR_CATEGORY_MISSING', message) };
  }
  const nobody = { customerId: project.customerId, engagementId: project.engagementId, taskId: null };
  const work = workOfTime({ id: projectId, version: 1, ...nobody, employeeId, projectId, workDate, laborCategoryId, seconds: hour, billable });
  const sale = saleOf(work, { project, legalEntity, pricing });
  const costs = costsOf(work, legalEntity, pricing);
  const cost = costs instanceof Refused ? costs : costs.cost;
  const gaps = [
    ...(sale instanceof Refused ? [gapOf('SALES', sale)] : sale.price ? [] : [notSold(project, sale.line?.name)]),
    ...(cost instanceof Refused ? [gapOf('COST', cost)] : []),
  ];
  const sold = sale instanceof Refused ? { sales: null, contractLineId: null } : { sales: sale.price ?? null, contractLineId: sale.line?.id ?? null };
  return { laborCategoryId, ...sold, cost: cost instanceof Refused ? null : cost, gaps };
}

function both(code: GapCode, message: string): Gap[] {
  return [
    { figure: 'SALES', code, message },
    { figure: 'COST', code, message },
  ];
}

const known: Partial<Record<string, GapCode>> = {
  RATE_NOT_FOUND: 'RATE_NOT_FOUND',
  CURRENCY_MISMATCH: 'CURRENCY_MISMATCH',
};

function gapOf(figure: GapFigure, { code, message }: Refused): Gap {
  return { figure, code: known[code] ?? 'PROJECT_NOT_BILLABLE', message };
}

function notSold({ name }: ProjectReference, line: string | undefined): Gap {
  const why = line ? `Time under the contract line ${line} is not sold by the hour` : `Time on the project ${name} is not billed`;
  return { figure: 'SALES', code: 'NOT_SOLD_BY_TIME', message: `${why}.` };
}

/** True when an hour is priced by the same rates for the same reasons. */
export function isSame(one: Quote, other: Quote): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf({ laborCategoryId, contractLineId, sales, cost, gaps }: Quote): string {
  // Of a lent hour the explanation does not say what it costs the lender.
  const costs = cost && [String(cost.minor), cost.explanation];
  return JSON.stringify([laborCategoryId, contractLineId, sales?.explanation, costs, gaps.map(({ figure, code }) => [figure, code])]);
}

/** An hour's price over a duration, rounded once, as an entry of that duration is. */
export function over(price: Priced | null, seconds: bigint): Priced | null {
  const { rateMinor, rounding, conversion, intercompanyTermsId } = price?.explanation ?? {};
  // How a lender comes to an hour's price is the lender's: the borrower plans with the price of the hour.
  if (price && intercompanyTermsId) return { ...price, minor: priceOfSeconds(price.minor, seconds, 'HALF_UP') };
  if (!price || !rateMinor) return price;
  const { currency, explanation } = price;
  const hit = { minor: BigInt(rateMinor), currency: conversion?.currency ?? currency, explanation };
  return conversion ? priceTimeInto(hit, seconds, { currency, exchange: conversion }) : priceTime(hit, seconds, rounding ?? 'HALF_UP');
}

/** The days on which the price of an hour may change: all others have the price of the day before. */
export function changeDays({ projectId, project, legalEntity, pricing }: Where): Set<CalendarDate> {
  const contract = pricing.contract(project.contractId);
  const terms = contract?.versions.map((version) => ({ ...version, currency: contract.currency })) ?? [];
  const lent = legalEntity ? pricing.termsOf(legalEntity.id) : [];
  const lenders = lent.flatMap(({ lenderId, rateCardId }) => [
    ...pricing.costCards(lenderId),
    ...[pricing.card(rateCardId)].filter((card) => card !== undefined),
  ]);
  const cards = legalEntity
    ? [
        ...lenders,
        ...pricing.costCards(legalEntity.id),
        ...terms.flatMap((each) => {
          const { contract: own, customer, standard } = pricing.salesCards(project, each, legalEntity.id);
          return [...(own ? [own] : []), ...customer, ...standard];
        }),
      ]
    : [];
  const orders = pricing.subcontractLines(projectId).flatMap((line) => [line.startDate, addDays(lastDayOf(line), 1)]);
  return new Set([...orders, ...(contract ? changesOf(contract) : []), ...changesIn(cards), ...lent.map(({ effectiveFrom }) => effectiveFrom)]);
}

const after = (date: CalendarDate | null): CalendarDate[] => (date ? [addDays(date, 1)] : []);
const from = (date: CalendarDate | null): CalendarDate[] => (date ? [date] : []);

function changesOf({ startDate, versions }: ContractReference): CalendarDate[] {
  const ofVersions = versions.flatMap(({ effectiveFrom, effectiveTo, endDate, lines, rates }) => [
    ...[effectiveFrom, ...after(effectiveTo), ...after(endDate)],
    ...lines.flatMap((line) => [...from(line.startDate), ...after(line.endDate)]),
    ...rates.flatMap((rate) => [rate.effectiveFrom, ...after(rate.effectiveTo)]),
  ]);
  return [startDate, ...ofVersions];
}

function changesIn(cards: readonly PricedCard[]): CalendarDate[] {
  return cards.flatMap(({ versions }) => versions.flatMap(({ effectiveFrom, effectiveTo }) => [effectiveFrom, ...after(effectiveTo)]));
}
