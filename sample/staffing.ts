import { addDays, latestOf } from '#kernel/period.ts';
import type { AbsenceRow, EmployeeSkillRow, EmployeeWorkWeekRow, HolidayRow, ResourceRequestRow } from '#resources/tables.ts';
import { at, type Calendar } from './calendar.ts';
import type { Company } from './company.ts';
import type { Random } from './random.ts';
import { entity, nth } from './rows.ts';
import type { Job } from './sales.ts';
import type { Worker } from './staff.ts';

/** What people can do, when they work, and whom projects ask for. */
export type Staffing = {
  skills: EmployeeSkillRow[];
  workWeeks: EmployeeWorkWeekRow[];
  absences: AbsenceRow[];
  holidays: HolidayRow[];
  requests: ResourceRequestRow[];
};

type Planning = { company: Company; workers: readonly Worker[]; jobs: readonly Job[]; calendar: Calendar };

/** Holidays of this year and the next; skills of everybody; the four-day weeks; vacations once today's work is done; a request for every fourth running project. */
export function makeStaffing(random: Random, { company, workers, jobs, calendar }: Planning): Staffing {
  const running = jobs.filter(({ project }) => project.status === 'ACTIVE').filter((_, index) => index % 4 === 0);
  return {
    skills: workers.flatMap((worker, index) => skillsOf(random, worker, index)),
    workWeeks: workers.flatMap(({ employee }) => (employee.weeklySeconds === 32n * 3600n ? fourDays(random, employee) : [])),
    absences: workers.flatMap((worker, index) => (index % 5 === 2 && worker.employee.status === 'ACTIVE' ? [vacation(random, worker, calendar)] : [])),
    holidays: holidaysOf(random, company, calendar),
    requests: running.map((job, index) => request(random, { job, index, company, workers, calendar })),
  };
}

/** What each labor category is known for. */
const known: Readonly<Record<string, readonly string[]>> = {
  ANL: ['SQL', 'Process analysis'],
  CON: ['Process analysis', 'Workshops', 'SQL'],
  SEN: ['Process analysis', 'Workshops', 'Negotiation'],
  ENG: ['TypeScript', 'PostgreSQL', 'GraphQL'],
  SRE: ['TypeScript', 'PostgreSQL', 'Kubernetes'],
  DES: ['Interaction design', 'User research'],
  MGR: ['Project management', 'Negotiation'],
  PRN: ['Project management', 'Negotiation', 'Workshops'],
};

function skillsOf(random: Random, { employee, grade }: Worker, index: number): EmployeeSkillRow[] {
  return (known[grade.code] ?? []).map((name, place) => ({
    ...entity(random, { created: employee.createdAt }),
    ...{ employeeId: employee.id, name, level: 2 + ((index + 2 * place) % 4), effectiveFrom: employee.hiredOn, source: 'hr' },
  }));
}

function fourDays(random: Random, { id, hiredOn, createdAt }: Worker['employee']): EmployeeWorkWeekRow[] {
  const day = 8 * 3600;
  return [{ ...entity(random, { created: createdAt }), employeeId: id, effectiveFrom: hiredOn, effectiveTo: null, daySeconds: [day, day, day, day, 0, 0, 0] }];
}

/** Two weeks after the last day of agreed work: nobody is over-booked by them. */
function vacation(random: Random, { employee, stints }: Worker, calendar: Calendar): AbsenceRow {
  const startDate = addDays(latestOf(calendar.today, ...stints.map(({ to }) => to)), 7);
  return {
    ...entity(random, { created: at(addDays(calendar.today, -20)) }),
    ...{ employeeId: employee.id, status: 'APPROVED', kind: 'VACATION', startDate, endDate: addDays(startDate, 13), dailySeconds: null },
  };
}

function holidaysOf(random: Random, { legalEntities }: Company, { firstDay, today }: Calendar): HolidayRow[] {
  const years = [...new Set([firstDay, today, addDays(today, 365)].map((day) => day.slice(0, 4)))];
  const [us, de] = legalEntities.map(({ id }) => id);
  const days = [
    ['01-01', 'New Year’s Day', null],
    ['12-25', 'Christmas Day', null],
    ['07-04', 'Independence Day', us ?? null],
    ['10-03', 'Tag der Deutschen Einheit', de ?? null],
    ['12-26', 'Zweiter Weihnachtstag', de ?? null],
  ] as const;
  const created = at(addDays(firstDay, -30));
  return years.flatMap((year) =>
    days.map(([day, name, legalEntityId]) => ({ ...entity(random, { created }), date: `${year}-${day}`, name, legalEntityId, active: true })),
  );
}

type Asking = Planning & { job: Job; index: number };

function request(random: Random, { job, index, company, workers, calendar }: Omit<Asking, 'jobs'>): ResourceRequestRow {
  const { project, deal } = job;
  const status = nth(['SUBMITTED', 'PROPOSED', 'DRAFT', 'SUBMITTED'] as const, index);
  const grade = nth(
    company.grades.filter(({ code }) => ['CON', 'ENG', 'SRE', 'DES'].includes(code)),
    index,
  );
  const startDate = addDays(calendar.today, 28);
  const proposed = workers.find(({ employee, grade: own }) => own.id === grade.id && employee.status === 'ACTIVE');
  const proposal = proposed && { employeeId: proposed.employee.id, weeklySeconds: '57600', mismatches: [], reason: 'Knows the client.', assignmentId: null };
  const moves = { DRAFT: 1, SUBMITTED: 2, PROPOSED: 3 }[status];
  return {
    ...entity(random, { created: at(addDays(calendar.today, -9)), version: moves }),
    ...{ projectId: project.id, taskId: null, customerId: project.customerId, engagementId: project.engagementId },
    ...{ legalEntityId: deal.contract.legalEntityId, status, name: `${grade.name} for ${project.name}`, laborCategoryId: grade.id },
    skills: (known[grade.code] ?? []).slice(0, 2).map((name) => ({ name, level: 3 })),
    ...{ weeklySeconds: 57_600n, percent: null, startDate, endDate: addDays(startDate, 55), place: null, employerId: null },
    ...{ proposals: status === 'PROPOSED' && proposal ? [proposal] : [], requestedBy: project.managerId ?? 'psa', decisionNote: null },
  };
}
