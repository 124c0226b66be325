import type { ContractLineTerms, ContractReference, ProjectReference } from '#engagements/published.ts';
import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import type { Money } from '#kernel/money.ts';
import { attempt } from '#kernel/outcome.ts';
import { addDays, type CalendarDate, within } from '#kernel/period.ts';
import { sees } from '#kernel/visibility.ts';
import type { EmployeeReference } from '#resources/published.ts';
import { type Bounds, capsOf } from '../billing/caps.ts';
import { priceExpense } from '../billing/expenses.ts';
import {
  type ContractTerms,
  chooseLine,
  explainAmount,
  findCostRate,
  findSalesRate,
  type PriceExplanation,
  priceTime,
  sellsWork,
  termsOn,
} from '../billing/price.ts';
import { retainersOf } from '../billing/retainer.ts';
import type { LegalEntityRow } from '../tables.ts';
import type { Pricing, Who } from './pricing.ts';
import type { Work } from './work.ts';

export type Priced = Money & { explanation: PriceExplanation };

/** Where work stands: whose project, whose books, and the contract line that bills or consumes it. */
export type Place = {
  project: ProjectReference;
  legalEntity: LegalEntityRow;
  contractId: string | null;
  line: ContractLineTerms | null;
} & Bounds;

/** Work with its prices; `sales` is absent when nobody is billed for it by the hour. */
export type Assessed = { work: Work; place: Place; cost: Priced; sales: Priced | undefined };

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
  const cost = costOf(work, legalEntity, pricing);
  if (cost instanceof Refused) return { refused: cost, ...(sale instanceof Refused ? {} : atRisk(sale.price)) };
  if (sale instanceof Refused) return { refused: sale };
  const { price, ...sold } = sale;
  return { assessed: { work, place: { project, legalEntity, ...sold }, cost, sales: price } };
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

/** What work costs in the books that it stands in. */
export function costOf(work: Work, legalEntity: LegalEntityRow, pricing: Pricing): Priced | Refused {
  if (work.spent) return { ...work.spent, explanation: explainAmount('EXPENSE_AMOUNT', work.spent.currency) };
  const hit = findCostRate(hourOf(work), pricing.costCards(legalEntity.id), legalEntity.currency);
  if (!hit) return rateNotFound(work, pricing, `cost card of ${legalEntity.name}`);
  if (hit.currency !== legalEntity.currency)
    return mixture(`The rate of ${pricing.nameOfEmployee(work.employeeId)}`, hit.currency, `the books of ${legalEntity.name} are in ${legalEntity.currency}`);
  return priceTime(hit, work.seconds ?? 0n, 'HALF_UP');
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

type Terms = { contractId: string; contract: ContractTerms; name: string; line: ContractLineTerms; cards: ReturnType<Pricing['salesCards']>; who: Who };

function salesPrice(work: Work, { contractId, contract, name, line, cards, who }: Terms): Priced | Refused {
  if (work.spent) {
    const price = priceExpense({ spent: work.spent, category: work.expenseCategory }, { contractId, contract, line });
    return price ?? mixture(`The expense of ${who.nameOfEmployee(work.employeeId)}`, work.spent.currency, `the contract ${name} is in ${contract.currency}`);
  }
  const hit = findSalesRate(hourOf(work), { contractId, contract, lineId: line.id, cards });
  if (!hit) return rateNotFound(work, who, `rate of version ${contract.number} of the contract ${name}, its customer or its legal entity`);
  if (hit.currency !== contract.currency)
    return mixture(`The rate of ${who.nameOfEmployee(work.employeeId)}`, hit.currency, `the contract ${name} is in ${contract.currency}`);
  return priceTime(hit, work.seconds ?? 0n, contract.rounding);
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

function mixture(what: string, currency: string, but: string): Refused {
  return new Refused('CURRENCY_MISMATCH', `${what} is in ${currency}, and ${but}.`);
}
