import { addDays, type CalendarDate } from '#kernel/period.ts';
import type { AssignmentRow, EmployeeLaborCategoryRow, EmployeeRow, PersonRow } from '#resources/tables.ts';
import { at, type Calendar, monthOf, type Size } from './calendar.ts';
import type { Company, Grade } from './company.ts';
import { people } from './names.ts';
import type { Random } from './random.ts';
import { entity, nth } from './rows.ts';
import type { Job } from './sales.ts';
import { troubleOf } from './trouble.ts';

/** Somebody who works for the firm, with the labor categories and the places where time goes. */
export type Worker = { employee: EmployeeRow; person: PersonRow; held: EmployeeLaborCategoryRow[]; stints: Stint[]; delivers: boolean; grade: Grade };

/** An assignment that time may be written on. */
export type Stint = { job: Job; from: CalendarDate; to: CalendarDate; weeklySeconds: bigint };

const hour = 3600n;

/** Partners and managers first, then those who deliver; the last ones are on leave, gone or to come. */
export function makeWorkers(random: Random, { company, calendar, size }: { company: Company; calendar: Calendar; size: Size }): Worker[] {
  const names = people(random, size.employees);
  const workers = names.map((name, index) => makeWorker(random, { name, index, company, calendar, count: size.employees }));
  const partners = company.legalEntities.map(({ id }) => workers.find(({ employee }) => employee.legalEntityId === id)?.employee.id ?? null);
  for (const [index, { employee }] of workers.entries()) {
    const place = company.legalEntities.findIndex(({ id }) => id === employee.legalEntityId);
    const managers = workers.slice(0, Math.ceil(size.employees / 6)).filter((other) => other.employee.legalEntityId === employee.legalEntityId);
    const above = index < Math.ceil(size.employees / 6) ? partners[place] : nth(managers, index).employee.id;
    employee.managerId = above === employee.id ? (place === 0 ? null : (partners[0] ?? null)) : (above ?? null);
  }
  return workers;
}

type Wish = { name: { name: string; email: string }; index: number; count: number; company: Company; calendar: Calendar };

function makeWorker(random: Random, { name, index, count, company, calendar }: Wish): Worker {
  const leads = index < Math.ceil(count / 6);
  const legalEntity = nth(company.legalEntities, index % 3 === 2 ? 1 : 0);
  const grade = gradeOf(company, leads, index);
  const center = nth(
    company.costCenters.filter(({ legalEntityId }) => legalEntityId === legalEntity.id),
    grade.code === 'ENG' || grade.code === 'SRE' ? 1 : 0,
  );
  // Who has just come is neither gone nor still to come.
  const isNew = troubleOf(index) === 'NO_LABOR_CATEGORY';
  const state = leads || isNew ? 'ACTIVE' : stateOf(index, count);
  const begins = state === 'PENDING' ? addDays(calendar.today, random.int(10, 40)) : addDays(calendar.firstDay, -random.int(60, 390));
  const hiredOn = isNew ? (calendar.mondays[calendar.lastApproved] ?? begins) : begins;
  const created = at(state === 'PENDING' ? addDays(calendar.today, -12) : addDays(hiredOn, -14));
  const person: PersonRow = { ...entity(random, { created }), legalName: name.name };
  const employee: EmployeeRow = {
    ...entity(random, { created, version: state === 'PENDING' ? 1 : state === 'ACTIVE' ? 2 : 3 }),
    ...{
      personId: person.id,
      name: name.name,
      title: grade.name,
      workEmail: name.email,
      workerType: index % 11 === 10 ? 'CONTRACTOR' : 'EMPLOYEE',
      status: state,
      hiredOn,
    },
    ...{ terminatedOn: state === 'TERMINATED' ? calendar.middle : null, weeklySeconds: (index % 9 === 8 ? 32n : 40n) * hour, managerId: null },
    ...{ legalEntityId: legalEntity.id, costCenterId: center.id, subcontractorId: null },
  };
  return {
    employee,
    person,
    held: heldOf(random, { employee, grade, company, calendar, promoted: index % 10 === 7, isNew }),
    stints: [],
    grade,
    delivers: state === 'ACTIVE' || state === 'TERMINATED',
  };
}

function gradeOf({ grades }: Company, leads: boolean, index: number): Grade {
  const codes = leads ? (index < 2 ? ['PRN'] : ['MGR']) : ['CON', 'SEN', 'ENG', 'ANL', 'SRE', 'CON', 'DES', 'ENG'];
  return nth(
    grades.filter(({ code }) => code === nth(codes, index)),
    0,
  );
}

/** One in thirty is to come, one is on leave, one has gone. */
function stateOf(index: number, count: number): EmployeeRow['status'] {
  const share = Math.max(1, Math.floor(count / 30));
  if (index >= count - share) return 'PENDING';
  if (index >= count - 2 * share) return 'ON_LEAVE';
  return index >= count - 3 * share ? 'TERMINATED' : 'ACTIVE';
}

type Held = { employee: EmployeeRow; grade: Grade; company: Company; calendar: Calendar; promoted: boolean; isNew: boolean };

/** The labor category since the hire; who was promoted has had a lower one until the middle of the history. Of a new colleague HR forgot the first week. */
function heldOf(random: Random, { employee, grade, company, calendar, promoted, isNew }: Held): EmployeeLaborCategoryRow[] {
  const row = (laborCategoryId: string, effectiveFrom: CalendarDate, effectiveTo: CalendarDate | null) => ({
    ...entity(random, { created: employee.createdAt }),
    employeeId: employee.id,
    laborCategoryId,
    effectiveFrom,
    effectiveTo,
  });
  if (isNew) return [row(grade.id, addDays(employee.hiredOn, 7), null)];
  const lower = company.grades.find(({ code }) => code === 'ANL');
  const day = monthOf(calendar.middle);
  if (!promoted || !lower || employee.hiredOn >= day) return [row(grade.id, employee.hiredOn, null)];
  return [row(lower.id, employee.hiredOn, addDays(day, -1)), row(grade.id, day, null)];
}

/** Who may lead projects, by legal entity. */
export function managersOf(workers: readonly Worker[], company: Company): Map<string, string[]> {
  const lead = new Set(company.grades.filter(({ code }) => code === 'MGR' || code === 'PRN').map(({ id }) => id));
  const leads = workers.filter(({ held }) => held.some(({ laborCategoryId }) => lead.has(laborCategoryId)));
  return new Map(company.legalEntities.map(({ id }) => [id, leads.filter(({ employee }) => employee.legalEntityId === id).map(({ employee }) => employee.id)]));
}

type Planning = { workers: readonly Worker[]; jobs: readonly Job[]; calendar: Calendar };

/** Puts everybody on two projects, within capacity; notes the stints that time goes on. */
export function makeAssignments(random: Random, { workers, jobs, calendar }: Planning): AssignmentRow[] {
  const running = jobs.filter(({ project }) => project.status === 'ACTIVE');
  const ended = jobs.filter(({ project }) => project.status === 'COMPLETED');
  const rows: AssignmentRow[] = [];
  for (const [index, worker] of workers.entries()) {
    const { employee, delivers } = worker;
    if (delivers) {
      const isNew = employee.hiredOn > calendar.firstDay;
      const [main, side] = [nth(running, index), nth(running, index + Math.floor(running.length / 2) + 1)];
      const former = ended.length > 0 && index % 7 === 3 && !isNew ? nth(ended, index) : undefined;
      const long = (employee.weeklySeconds * 3n) / 5n;
      const short = employee.weeklySeconds - long;
      const last = (job: Job) => (employee.terminatedOn && employee.terminatedOn < job.lastDay ? employee.terminatedOn : job.lastDay);
      const first = isNew ? employee.hiredOn : calendar.firstDay;
      worker.stints.push({ job: main, from: first, to: last(main), weeklySeconds: long });
      if (former) worker.stints.push({ job: former, from: first, to: last(former), weeklySeconds: short });
      const from = former ? addDays(former.lastDay, 1) : first;
      if (side !== main && from <= last(side)) worker.stints.push({ job: side, from, to: last(side), weeklySeconds: short });
    }
    rows.push(...worker.stints.map((stint) => rowOf(random, { employee, stint, status: stint.to < calendar.today ? 'ENDED' : 'CONFIRMED' })));
    if (index % 6 === 4 && employee.status !== 'TERMINATED')
      rows.push(
        wished(random, {
          employee,
          job: nth(running, index + 3),
          calendar,
          status: nth(['PROPOSED', 'TENTATIVE', 'CANCELLED'] as const, Math.floor(index / 6)),
        }),
      );
  }
  return rows;
}

function wished(
  random: Random,
  { employee, job, calendar, status }: { employee: EmployeeRow; job: Job; calendar: Calendar; status: AssignmentRow['status'] },
): AssignmentRow {
  const from = addDays(calendar.today, 42);
  return rowOf(random, { employee, stint: { job, from, to: addDays(from, 27), weeklySeconds: 8n * hour }, status });
}

function rowOf(random: Random, { employee, stint, status }: { employee: EmployeeRow; stint: Stint; status: AssignmentRow['status'] }): AssignmentRow {
  const { job, from, to, weeklySeconds } = stint;
  const { project, deal } = job;
  const created = new Date(Math.max(project.createdAt.getTime(), employee.createdAt.getTime()) + 3_600_000);
  const owner = {
    projectId: project.id,
    taskId: null,
    customerId: project.customerId,
    engagementId: project.engagementId,
    legalEntityId: deal.contract.legalEntityId,
  };
  const version = status === 'PROPOSED' ? 1 : status === 'ENDED' ? 3 : 2;
  return {
    ...entity(random, { created, version }),
    employeeId: employee.id,
    ...owner,
    status,
    startDate: from,
    endDate: to,
    weeklySeconds,
    overbookReason: null,
    plannedEndDate: null,
  };
}
