import { contractReference, customerReference, engagementReference, milestoneReference, projectReference, taskReference } from '#engagements/references.ts';
import { references as finance } from '#finance/published.ts';
import { addDays } from '#kernel/period.ts';
import { type Published, published } from '#kernel/reference.ts';
import { referenceOf as absencesReference } from '#resources/absence/load.ts';
import { referenceOf as assignmentsReference } from '#resources/assignment/snapshot.ts';
import { referenceOf as employeeReference } from '#resources/employee/snapshot.ts';
import { referenceOf as holidaysReference, keeperOf } from '#resources/holiday/commands.ts';
import { references as resources } from '#resources/published.ts';
import type { Firm } from './firm.ts';

/** What each owner would have published of the firm by now. */
export function* referencesOf(firm: Firm): Iterable<Published> {
  yield* ofFinance(firm);
  yield* ofEngagements(firm);
  yield* ofResources(firm);
}

function* ofFinance({ company, book }: Firm): Iterable<Published> {
  for (const { id, version, code, name, currency, countryCode } of company.legalEntities)
    yield published(finance.LegalEntity, { id, version, data: { code, name, currency, countryCode } });
  for (const { id, version, code, legalEntityId } of company.taxProfiles) yield published(finance.TaxProfile, { id, version, data: { code, legalEntityId } });
  for (const { id, version, code, name, legalEntityId } of company.costCenters)
    yield published(finance.CostCenter, { id, version, data: { code, name, legalEntityId } });
  for (const { id, version, name, kind, currency, customerId, legalEntityId } of book.cards)
    yield published(finance.RateCard, { id, version, data: { name, kind, currency, customerId, legalEntityId } });
  for (const { id } of company.legalEntities) {
    const own = company.periods.filter((period) => period.legalEntityId === id);
    const periods = own.map((period) => ({ id: period.id, name: period.name, from: period.startDate, to: period.endDate, status: period.status }));
    yield published(finance.FiscalCalendar, { id, version: own.reduce((sum, period) => sum + period.version, 0), data: { periods } });
  }
}

function* ofEngagements({ clients, deals, jobs }: Firm): Iterable<Published> {
  for (const client of clients) yield customerReference(client);
  for (const { engagement, contract, versions } of deals) {
    yield engagementReference(engagement);
    yield contractReference(contract, versions);
  }
  for (const { project, deal, tasks, milestones } of jobs) {
    yield projectReference(project, deal.contract.legalEntityId);
    for (const task of tasks) yield taskReference(task);
    for (const milestone of milestones) yield milestoneReference(milestone);
  }
}

function* ofResources({ company, workers, assignments, staffing, calendar }: Firm): Iterable<Published> {
  for (const { id, version, code, name } of [...company.grades, company.unpriced])
    yield published(resources.LaborCategory, { id, version, data: { code, name } });
  for (const { employee, held } of workers)
    yield published(resources.Employee, { id: employee.id, version: employee.version, data: employeeReference(employee, held) });
  for (const [id, rows] of Map.groupBy(staffing.workWeeks, ({ employeeId }) => employeeId)) {
    const workWeeks = rows.map(({ effectiveFrom, daySeconds }) => ({ effectiveFrom, daySeconds }));
    yield published(resources.EmployeeWorkWeeks, { id, version: 1, data: { workWeeks } });
  }
  for (const [id, rows] of Map.groupBy(staffing.absences, ({ employeeId }) => employeeId))
    yield published(resources.EmployeeAbsences, { id, version: 1, data: absencesReference(rows) });
  for (const [id, rows] of Map.groupBy(staffing.holidays, keeperOf))
    yield published(resources.HolidayCalendar, { id, version: 1, data: holidaysReference(rows) });
  const recent = addDays(calendar.today, -400);
  const standing = assignments.filter(({ status, endDate }) => status === 'CONFIRMED' || (status === 'ENDED' && endDate >= recent));
  const versions = new Map(workers.map(({ employee }) => [employee.id, employee.version]));
  for (const [id, rows] of Map.groupBy(standing, ({ employeeId }) => employeeId)) {
    yield published(resources.EmployeeAssignments, { id, version: versions.get(id) ?? 1, data: assignmentsReference(rows) });
  }
}
