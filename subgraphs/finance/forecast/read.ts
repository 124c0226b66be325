import { references as engagements, type ProjectReference } from '#engagements/published.ts';
import type { Db } from '#kernel/db.ts';
import { addDays, type CalendarDate, latestOf, mondayOf } from '#kernel/period.ts';
import { countReferences, references, referencesWhere } from '#kernel/reference.ts';
import { type EmployeeReference, references as resources, wholeFirm } from '#resources/published.ts';
import { type Pricing, readPricing } from '../actual/pricing.ts';
import type { Asked } from '../tables.ts';
import { type Day, daysFrom, sharesOf, type WorkCalendar } from './calendar.ts';
import type { Planned, Spread } from './lines.ts';
import { changeDays, quoteOn, type Where } from './quote.ts';
import { readToDate, type ToDate } from './toDate.ts';

/** Days after the day that are looked at: five years. */
export const lookAhead = 5 * 366;

/** The last day of the weeks that are told one by one: the first of them is that of the day after `asOf`. */
export function horizonOf({ asOf, horizonWeeks }: Asked): CalendarDate {
  return addDays(mondayOf(addDays(asOf, 1)), 7 * horizonWeeks - 1);
}

/** All that the forecasts of some projects need, read once for all of them. */
export type Loaded = {
  projects: ReadonlyMap<string, ProjectReference>;
  planned: (projectId: string) => readonly Planned[];
  employee: (id: string) => EmployeeReference | undefined;
  pricing: Pricing;
  toDate: ToDate;
  /** True when no other project is under the project's contract. */
  isAlone: (project: ProjectReference) => boolean;
  spread: (projectId: string, project: ProjectReference) => (assignment: Planned) => Spread | undefined;
};

/** Reads what siblings publish of the projects, and what the books say: a number of statements that does not grow with the projects. */
export async function readForecast(db: Db, projects: ReadonlyMap<string, ProjectReference>, asked: Asked): Promise<Loaded> {
  const { asOf } = asked;
  const projectIds = [...projects.keys()];
  const contractIds = [...new Set([...projects.values()].flatMap(({ contractId }) => contractId ?? []))];
  const ahead = { any: { projectId: projectIds }, none: { status: ['PROPOSED', 'CANCELLED'] }, above: { endDate: asOf } };
  const planned = [...(await referencesWhere(db, resources.Assignment, ahead))].map(([id, data]): Planned => ({ id, ...data }));
  const people = await readPeople(db, [...new Set(planned.map(({ employeeId }) => employeeId))]);
  const tasks = await references(
    db,
    engagements.Task,
    planned.flatMap(({ taskId }) => taskId ?? []),
  );
  const days = daysAhead(asked, planned);
  // What is worth what later on nobody knows: the rates of the day hold for all that is ahead.
  const pricing = { ...(await readPricing(db, [...workOf(planned, people.employee, { projectIds, days, asOf })])), exchangeDay: asOf };
  const shared = await countReferences(db, engagements.Project, { by: 'contractId', any: { contractId: contractIds }, none: { status: ['CANCELLED'] } });
  const byProject = Map.groupBy(planned, ({ projectId }) => projectId);
  const spread: Loaded['spread'] = (projectId, project) => {
    const where: Where = { projectId, project, legalEntity: pricing.legalEntity(project), pricing };
    const ofTerms = changeDays(where);
    return ({ employeeId, taskId }) => {
      const own = people.of(employeeId);
      if (!own) return undefined;
      const who = { employeeId, billable: taskId === null || (tasks.get(taskId)?.billable ?? true) };
      const changes = new Set([...ofTerms, ...own.changes]);
      return { days, share: own.share, quote: (date) => quoteOn(where, who, date), changes, horizon: horizonOf(asked) };
    };
  };
  return {
    ...{ projects, pricing, spread, employee: people.employee },
    planned: (id) => byProject.get(id) ?? [],
    toDate: await readToDate(db, { projectIds, contractIds, asOf }),
    isAlone: ({ contractId }) => contractId !== null && (shared.get(contractId) ?? 0) <= 1,
  };
}

function daysAhead({ asOf }: Asked, planned: readonly Planned[]): Day[] {
  const first = addDays(asOf, 1);
  const furthest = addDays(asOf, lookAhead);
  const [last = asOf] = [latestOf(asOf, ...new Set(planned.map(({ endDate }) => endDate))), furthest].toSorted();
  return daysFrom(first, last);
}

type Work = Parameters<typeof readPricing>[1][number];

/** One piece of work per project, so that its terms are read; and each labor category that somebody has in the days ahead, so that its rates are. */
function* workOf(
  planned: readonly Planned[],
  employee: (id: string) => EmployeeReference | undefined,
  { projectIds, days, asOf }: { projectIds: readonly string[]; days: readonly Day[]; asOf: CalendarDate },
): Generator<Work> {
  const last = days.at(-1)?.date ?? asOf;
  for (const projectId of projectIds) yield { projectId, employeeId: null, laborCategoryId: null, workDate: asOf };
  for (const { projectId, employeeId } of planned) {
    const held = employee(employeeId)?.laborCategories ?? [];
    for (const laborCategoryId of [null, ...held.map((each) => each.laborCategoryId)]) yield { projectId, employeeId, laborCategoryId, workDate: last };
  }
}

type Person = { share: ReturnType<typeof sharesOf>; changes: ReadonlySet<CalendarDate> };

/** When employees work: four statements. */
async function readPeople(db: Db, ids: readonly string[]) {
  const employees = await references(db, resources.Employee, ids);
  const weeks = await references(db, resources.EmployeeWorkWeeks, ids);
  const absences = await references(db, resources.EmployeeAbsences, ids);
  const firms = [...employees.values()].flatMap(({ legalEntityId }) => legalEntityId ?? []);
  const holidays = ids.length === 0 ? new Map() : await references(db, resources.HolidayCalendar, [wholeFirm, ...firms]);
  const daysOf = (of: string | null): readonly CalendarDate[] => (of === null ? [] : (holidays.get(of)?.dates ?? []));
  const off = new Map([null, ...firms].map((of) => [of, new Set([...daysOf(wholeFirm), ...daysOf(of)])]));
  const people = new Map<string, Person>();
  for (const [id, employee] of employees) {
    const calendar: WorkCalendar = {
      ...employee,
      workWeeks: weeks.get(id)?.workWeeks ?? [],
      absences: absences.get(id)?.absences ?? [],
      holidays: off.get(employee.legalEntityId) ?? new Set(),
    };
    people.set(id, { share: sharesOf(calendar), changes: new Set(employee.laborCategories.map(({ effectiveFrom }) => effectiveFrom)) });
  }
  return { employee: (id: string) => employees.get(id), of: (id: string) => people.get(id) };
}
