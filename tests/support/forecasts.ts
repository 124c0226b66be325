import { references as engagements, type ProjectReference } from '#engagements/published.ts';
import type { Pricing } from '#finance/actual/pricing.ts';
import { explainAmount } from '#finance/billing/price.ts';
import { daysFrom, sharesOf, type WorkCalendar } from '#finance/forecast/calendar.ts';
import type { Planned } from '#finance/forecast/lines.ts';
import type { Quote } from '#finance/forecast/quote.ts';
import { horizonOf, type Loaded } from '#finance/forecast/read.ts';
import type { Asked, LegalEntityRow } from '#finance/tables.ts';
import { newId } from '#kernel/ids.ts';
import { addDays, type CalendarDate } from '#kernel/period.ts';
import { references as resources } from '#resources/published.ts';
import type { Firm, World } from './books.ts';
import { aContract, aContractVersion, anEmployee, aProject } from './siblings.ts';

export const hour = 3600n;
const start = '2020-01-01';

/** 40 hours, Monday to Friday, unless something else is said. */
export const aCalendar = (more: Partial<WorkCalendar> = {}): WorkCalendar => ({
  ...{ weeklySeconds: '144000', hiredOn: start, terminatedOn: null, workWeeks: [], absences: [], holidays: new Set() },
  ...more,
});

/** Twenty hours a week of somebody, confirmed. */
export const planned = (more: Partial<Planned> = {}): Planned => ({
  ...{ id: newId(), employeeId: newId(), projectId: newId(), taskId: null, status: 'CONFIRMED' },
  ...{ startDate: '2026-03-02', endDate: '2026-03-20', weeklySeconds: String(20n * hour), ...more },
});

/** An hour for 100.00 that costs 60.00, or for what is given; without a rate a gap says so. */
export function quoteAt(sales: bigint | null = 10_000n, cost: bigint | null = 6_000n, currencies = { sales: 'EUR', cost: 'EUR' }): Quote {
  const price = (minor: bigint | null, currency: string) =>
    minor === null
      ? null
      : { minor, currency, explanation: { ...explainAmount('STANDARD_RATE_CARD', currency), rateMinor: minor.toString(), rounding: 'HALF_UP' as const } };
  const gaps = (['SALES', 'COST'] as const).filter((figure) => (figure === 'SALES' ? sales : cost) === null);
  return {
    ...{ laborCategoryId: newId(), contractLineId: null, sales: price(sales, currencies.sales), cost: price(cost, currencies.cost) },
    gaps: gaps.map((figure) => ({ figure, code: 'RATE_NOT_FOUND' as const, message: `No ${figure}` })),
  };
}

type Wish = {
  asked?: Asked;
  calendar?: WorkCalendar;
  /** The quotes by the first day on which each holds. */
  quotes?: ReadonlyMap<CalendarDate, Quote>;
  contract?: Parameters<typeof aContract>[0] | null;
  books?: string;
  cost?: bigint;
  recognized?: bigint;
};

const nobody = () => {
  throw new Error('nobody asks for it');
};

/** What a forecast reads of one project, made by hand. */
export function loadedWith(assignments: readonly Planned[], wish: Wish = {}) {
  const { asked = { asOf: '2026-03-04', horizonWeeks: 2 }, calendar = aCalendar(), quotes = new Map([[start, quoteAt()]]), books = 'EUR' } = wish;
  const contract = wish.contract === null ? undefined : aContract({ versions: [aContractVersion()], ...wish.contract });
  const project: ProjectReference = aProject({ contractId: contract ? newId() : null });
  const changes = [...quotes.keys()].toSorted();
  const quote = (date: CalendarDate): Quote => quotes.get(changes.findLast((each) => each <= date) ?? '') ?? quoteAt();
  const days = daysFrom(addDays(asked.asOf, 1), addDays(asked.asOf, 400));
  const amounts = (currency: string, minor: bigint | undefined) => new Map(minor ? [[currency, minor]] : []);
  const pricing: Pricing = {
    ...{ project: () => project, contract: () => contract, employee: nobody, salesCards: nobody, costCards: nobody, card: nobody },
    ...{ lending: () => undefined, termsOf: () => [] },
    ...{ nameOfEmployee: String, nameOfLaborCategory: String, exchange: () => undefined, legalEntity: () => ({ currency: books }) as LegalEntityRow },
    ...{ subcontractLines: () => [], nameOfSubcontractor: String },
  };
  const loaded: Loaded = {
    ...{ projects: new Map(), planned: () => assignments, employee: () => undefined, pricing, isAlone: () => true },
    toDate: {
      cost: () => amounts(books, wish.cost),
      recognized: () => amounts(contract?.currency ?? '', wish.recognized),
      ...{ billed: () => new Map(), recognizedOfNone: () => new Map(), billedOfNone: () => new Map() },
    },
    spread: () => () => ({ days, share: sharesOf(calendar), quote, changes: new Set(changes), horizon: horizonOf(asked) }),
  };
  return { loaded, of: { projectId: newId(), project, asked } };
}

/** Publishes as resources does: somebody with a labor category, and work that is planned for them. */
export async function staffed(world: World, f: Pick<Firm, 'legalEntityId' | 'senior' | 'projectId'>, more: Partial<Planned> = {}) {
  const employeeId = newId();
  const laborCategories = [{ laborCategoryId: f.senior, effectiveFrom: start }];
  await world.publish(resources.Employee, [{ id: employeeId, data: anEmployee({ legalEntityId: f.legalEntityId, laborCategories }) }]);
  return { employeeId, assignmentId: await assign(world, { projectId: f.projectId, employeeId, ...more }) };
}

export async function assign(world: World, more: Partial<Planned>): Promise<string> {
  const { id, ...data } = planned(more);
  await world.publish(resources.Assignment, [{ id, data }]);
  return id;
}

/** Another project, by what engagements publishes of it. */
export async function anotherProject(world: World, more: Partial<ProjectReference>): Promise<string> {
  const id = newId();
  await world.publish(engagements.Project, [{ id, data: aProject(more) }]);
  return id;
}
