import type { ContractLineTerms, ContractReference, ProjectReference } from '#engagements/published.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Rounding } from '#kernel/decimal.ts';
import { Refused } from '#kernel/errors.ts';
import type { Money } from '#kernel/money.ts';
import { attempt } from '#kernel/outcome.ts';
import { addDays, type CalendarDate, within } from '#kernel/period.ts';
import { sees } from '#kernel/visibility.ts';
import type { EmployeeReference } from '#resources/published.ts';
import { type Bounds, capsOf } from '../billing/caps.ts';
import { type Exchange, longestAge } from '../billing/exchange.ts';
import { costExpense, priceExpense } from '../billing/expenses.ts';
import {
  type ContractTerms,
  chooseLine,
  findCostRate,
  findSalesRate,
  type PriceExplanation,
  priceTime,
  priceTimeInto,
  type RateHit,
  sellsWork,
  termsOn,
} from '../billing/price.ts';
import { retainersOf } from '../billing/retainer.ts';
import { findSubcontractRate } from '../billing/subcontract.ts';
import { asCost, costPlus, findTransferRate } from '../billing/transfer.ts';
import type { Lending } from '../intercompany/lending.ts';
import type { LegalEntityRow } from '../tables.ts';
import type { Prices, Pricing, Who } from './pricing.ts';
import type { Work } from './work.ts';

export type Priced = Money & { explanation: PriceExplanation };

/** Where work stands: whose project, whose books, and the contract line that bills or consumes it. */
export type Place = {
  project: ProjectReference;
  legalEntity: LegalEntityRow;
  contractId: string | null;
  line: ContractLineTerms | null;
} & Bounds;

/** What work of an employee whom another legal entity lends is in that one's books: what it costs there, and what it asks. */
export type Lent = { lender: LegalEntityRow; cost: Priced; sale: Priced };

/** Work with its prices; `lent` is absent of the firm's own people in the books of the work, and `sales` when nobody is billed for it by the hour. */
export type Assessed = { work: Work; place: Place; sales: Priced | undefined } & Costs;
type Costs = { cost: Priced; lent?: Lent };

export type Assessment = { assessed: Assessed } | { refused: Refused; atRisk?: Money };

/** States of a contract in which work under it is sold. */
const sellingStates: readonly string[] = ['CONFIRMED', 'SUSPENDED', 'COMPLETED'];

/** Prices one piece of work or says the first thing that stands against it, in the order in which people repair it. */
export function assess(work: Work, pricing: Pricing, actor: Actor): Assessment {
  const project = pricing.project(work.projectId);
  if (!project || !sees(actor, project)) return { refused: new Refused('NOT_FOUND', `No Project has the id ${work.projectId}.`, { field: 'projectId' }) };
  const legalEntity = attempt(() => demandOpenProject(project, pricing));
  if (legalEntity instanceof Refused) return { refused: legalEntity };
  const absent = notEmployed(work, pricing.employee(work.employeeId));
  if (absent) return { refused: absent };
  if (work.transactionClass === 'TIME' && work.laborCategoryId === null) {
    return { refused: laborCategoryMissing() };
  }
  const sale = saleOf(work, { project, legalEntity, pricing });
  const costs = costsOf(work, legalEntity, pricing);
  if (costs instanceof Refused) return { refused: costs, ...(sale instanceof Refused ? {} : atRisk(sale.price)) };
  if (sale instanceof Refused) return { refused: sale };
  const { price, ...sold } = sale;
  return { assessed: { work, place: { project, legalEntity, ...sold }, ...costs, sales: price } };
}

/** HR may have learned of a first or a last day since the work was approved. Of a week's total some day of it lies in the employment. */
function notEmployed({ workDate, weekly = false }: Work, employee: EmployeeReference | undefined): Refused | undefined {
  if (!employee) return undefined;
  const room = weekly ? 6 : 0;
  const { name, hiredOn, terminatedOn } = employee;
  const why =
    addDays(workDate, room) < hiredOn
      ? `${name} begins on ${hiredOn}, after ${workDate}.`
      : terminatedOn && terminatedOn < addDays(workDate, -room)
        ? `${name} left on ${terminatedOn}, before ${workDate}.`
        : undefined;
  return why ? new Refused('GUARD_REFUSED', `${why} Recall the work, or correct the employment and retry.`, { guard: 'employedOnWorkDate' }) : undefined;
}

/** What is lost for now when work with this price is refused. */
export function atRisk(price: Priced | undefined): { atRisk?: Money } {
  return price ? { atRisk: { minor: price.minor, currency: price.currency } } : {};
}

/** The legal entity in whose books work on the project stands; refuses a project that takes none any more. */
export function demandOpenProject(project: ProjectReference, pricing: Pricing): LegalEntityRow {
  if (['CLOSED', 'CANCELLED'].includes(project.status)) {
    throw new Refused('GUARD_REFUSED', `The project ${project.name} is ${project.status}; nothing is posted on it.`, { guard: 'projectOpen' });
  }
  const legalEntity = pricing.legalEntity(project);
  if (legalEntity) return legalEntity;
  throw new Refused('GUARD_REFUSED', `Neither the project ${project.name} nor its contract or customer names a legal entity, so it stands in no books.`, {
    guard: 'legalEntityKnown',
  });
}

/** Refuses a contract under which nothing is sold. */
export function demandSelling(contract: ContractReference): void {
  if (!sellingStates.includes(contract.status)) throw notBillable(`The contract ${contract.name} is ${contract.status}.`);
}

/** Refuses work of a day on which the contract does not run, whatever its lines say; `terms` are those of the day. */
export function demandInTerm({ name, startDate }: ContractReference, { endDate }: ContractTerms, workDate: CalendarDate): void {
  if (within(workDate, { from: startDate, to: endDate })) return;
  throw notBillable(`The contract ${name} runs from ${startDate}${endDate ? ` to ${endDate}` : ''}; ${workDate} lies outside.`);
}

/** What work costs in the books that it stands in: of somebody whom another legal entity lends what that one asks, with what stands in its own books. */
export function costsOf(work: Work, books: LegalEntityRow, pricing: Pricing): Costs | Refused {
  const lending = pricing.lending(work, books);
  const own = costOf(work, lending?.lender ?? books, pricing);
  if (own instanceof Refused) return own;
  if (!lending) return { cost: own };
  const { lender } = lending;
  const sale = transferPrice({ work, own, books }, lending, pricing);
  if (sale instanceof Refused) return sale;
  const to = { currency: books.currency, said: `the books of ${books.name} are in ${books.currency}` };
  const date = exchangeDay(work, pricing);
  const cost = attempt(() => asCost(sale, to.currency, pricing.exchange({ from: sale.currency, to: to.currency, date })));
  if (cost instanceof Refused) return cost;
  const what = `What ${lender.name} asks for the work of ${pricing.nameOfEmployee(work.employeeId)}`;
  return cost ? { cost, lent: { lender, cost: own, sale } } : noExchange({ what, from: sale.currency, to, date });
}

type Borrowed = { work: Work; own: Priced; books: LegalEntityRow };

/** What a lender asks, in its own currency: by the card that the terms name, or what it costs and a mark-up. */
function transferPrice({ work, own, books }: Borrowed, { lender, terms }: Lending, pricing: Pricing): Priced | Refused {
  if (terms.method !== 'RATE_CARD' || work.transactionClass !== 'TIME') return attempt(() => costPlus(own, terms, work.transactionClass));
  const hit = findTransferRate(hourOf(work), pricing.card(terms.rateCardId), terms);
  if (!hit) return rateNotFound(work, pricing, `rate card by which ${lender.name} lends to ${books.name}`);
  const to = { currency: lender.currency, said: `the books of ${lender.name} are in ${lender.currency}` };
  return hourIn({ work, hit, rounding: 'HALF_UP' }, to, pricing);
}

/** What work costs in books. */
export function costOf(work: Work, legalEntity: LegalEntityRow, pricing: Pricing): Priced | Refused {
  const { spent } = work;
  const { currency, name } = legalEntity;
  const to = { currency, said: `the books of ${name} are in ${currency}` };
  if (spent) return expenseIn({ work, spent, price: (exchange) => costExpense({ spent, exchange }, currency) }, to, pricing);
  const seller = pricing.employee(work.employeeId)?.subcontractorId;
  const hit = seller
    ? findSubcontractRate(
        hourOf(work),
        pricing.subcontractLines(work.projectId).filter(({ subcontractorId }) => subcontractorId === seller),
      )
    : findCostRate(hourOf(work), pricing.costCards(legalEntity.id), currency);
  if (!hit) return seller ? lineNotFound(work, pricing, seller) : rateNotFound(work, pricing, `cost card of ${name}`);
  return hourIn({ work, hit, rounding: 'HALF_UP' }, to, pricing);
}

/** Under which contract line work is sold, and for what; no price where nobody is billed by the hour. */
export type Sale = { contractId: string | null; line: ContractLineTerms | null; price: Priced | undefined } & Bounds;
type Sold = { project: ProjectReference; legalEntity: LegalEntityRow; pricing: Pricing };

/** The sale that work makes, or why it makes none although it should. */
export function saleOf(work: Work, { project, legalEntity, pricing }: Sold): Sale | Refused {
  const { contractId } = project;
  if (!work.billable || !project.billable || contractId === null) return { contractId: null, line: null, caps: [], price: undefined };
  const contract = pricing.contract(contractId);
  if (!contract) return notBillable(`The contract of the project ${project.name} is not known yet.`);
  const terms = termsOn(contract, work.workDate);
  const closed = attempt(() => {
    demandSelling(contract);
    demandInTerm(contract, terms, work.workDate);
  });
  if (closed) return closed;
  const line = chooseLine(terms, { projectId: work.projectId, kind: work.transactionClass, workDate: work.workDate });
  if (!line)
    return notBillable(
      `No line of version ${terms.number} of the contract ${contract.name} bills ${work.transactionClass} of ${work.workDate} on the project ${project.name}.`,
    );
  const bounds = { caps: capsOf(line, { id: contractId, name: contract.name, terms }), draws: drawsOf(line, contract, work.workDate) };
  if (!sellsWork(line)) return { contractId, line, ...bounds, price: undefined };
  const price = salesPrice(work, {
    contractId,
    contract: terms,
    name: contract.name,
    line,
    cards: pricing.salesCards(project, terms, legalEntity.id),
    who: pricing,
  });
  return price instanceof Refused ? price : { contractId, line, ...bounds, price };
}

/** The retainer that work under a line draws. */
function drawsOf({ id, retainer }: ContractLineTerms, contract: ContractReference, workDate: CalendarDate): Bounds['draws'] {
  // What later periods drew already is not left for this one.
  const upTo = retainer?.unused === 'ROLLS_OVER' ? '9999-12-31' : workDate;
  const found = retainer && retainersOf(contract, upTo).find(({ lineId }) => lineId === id);
  return found ? { retainer: found, workDate } : undefined;
}

type Terms = { contractId: string; contract: ContractTerms; name: string; line: ContractLineTerms; cards: ReturnType<Pricing['salesCards']>; who: Prices };

function salesPrice(work: Work, { contractId, contract, name, line, cards, who }: Terms): Priced | Refused {
  const { spent, expenseCategory: category } = work;
  const { currency } = contract;
  const to = { currency, said: `the contract ${name} is in ${currency}` };
  if (spent) return expenseIn({ work, spent, price: (exchange) => priceExpense({ spent, category, exchange }, { contractId, contract, line }) }, to, who);
  const hit = findSalesRate(hourOf(work), { contractId, contract, lineId: line.id, cards });
  if (!hit) return rateNotFound(work, who, `rate of version ${contract.number} of the contract ${name}, its customer or its legal entity`);
  return hourIn({ work, hit, rounding: contract.rounding }, to, who);
}

type To = { currency: string; said: string };
type Spending = { work: Work; spent: Money; price(exchange: Exchange | undefined): Priced | undefined };

/** What an expense comes to in a currency, at the exchange rate of its day. */
function expenseIn({ work, spent, price }: Spending, to: To, who: Prices): Priced | Refused {
  const date = exchangeDay(work, who);
  const exchange = who.exchange({ from: spent.currency, to: to.currency, date });
  const what = `The expense of ${who.nameOfEmployee(work.employeeId)}`;
  return attempt(() => price(exchange)) ?? noExchange({ what, from: spent.currency, to, date });
}

type Hour = { work: Work; hit: RateHit; rounding: Rounding };

/** What time comes to in a currency: a rate in another one is converted at the exchange rate of the day. */
function hourIn({ work, hit, rounding }: Hour, to: To, who: Prices): Priced | Refused {
  const { seconds, employeeId } = work;
  if (hit.currency === to.currency) return priceTime(hit, seconds ?? 0n, rounding);
  const date = exchangeDay(work, who);
  const exchange = who.exchange({ from: hit.currency, to: to.currency, date });
  if (!exchange) return noExchange({ what: `The rate of ${who.nameOfEmployee(employeeId)}`, from: hit.currency, to, date });
  return attempt(() => priceTimeInto(hit, seconds ?? 0n, { currency: to.currency, exchange }));
}

/** The day whose exchange rates hold: the work's own, unless one is set for all of it. */
function exchangeDay({ workDate }: Work, who: Prices): CalendarDate {
  return who.exchangeDay ?? workDate;
}

function hourOf({ workDate, employeeId, laborCategoryId }: Work): { workDate: string; employeeId: string; laborCategoryId: string } {
  return { workDate, employeeId, laborCategoryId: laborCategoryId ?? '' };
}

function notBillable(message: string): Refused {
  return new Refused('PROJECT_NOT_BILLABLE', `${message} Repair the contract or make the work not billable, then retry.`);
}

/** Nobody said as what the work was done. */
export function laborCategoryMissing(): Refused {
  return new Refused('LABOR_CATEGORY_MISSING', 'The time has no labor category, so nothing prices it. Assign one, then retry.', { field: 'laborCategoryId' });
}

/** No rate prices the work; `where` one was looked for. */
export function rateNotFound(work: Pick<Work, 'employeeId' | 'laborCategoryId' | 'workDate'>, who: Who, where: string): Refused {
  return new Refused(
    'RATE_NOT_FOUND',
    `No ${where} prices ${who.nameOfEmployee(work.employeeId)} or ${who.nameOfLaborCategory(work.laborCategoryId)} on ${work.workDate}. Publish one, then retry.`,
  );
}

/** No order to the subcontractor pays the work. */
function lineNotFound(work: Work, pricing: Pricing, seller: string): Refused {
  const who = `${pricing.nameOfEmployee(work.employeeId)} or ${pricing.nameOfLaborCategory(work.laborCategoryId)}`;
  const where = `on the project ${pricing.project(work.projectId)?.name ?? work.projectId} on ${work.workDate}`;
  return new Refused(
    'RATE_NOT_FOUND',
    `No confirmed subcontract of ${pricing.nameOfSubcontractor(seller)} has a line for ${who} ${where}. Confirm one that has, then retry.`,
  );
}

type Unknown = { what: string; from: string; to: To; date: CalendarDate };

function noExchange({ what, from, to, date }: Unknown): Refused {
  return new Refused(
    'CURRENCY_MISMATCH',
    `${what} is in ${from}, and ${to.said}. No exchange rate from ${from} to ${to.currency} is known of ${date} or the ${longestAge} days before: setExchangeRates, then retry.`,
  );
}
