import type { Firm } from './firm.ts';
import type { Books } from './invoices.ts';
import { externalRef } from './rows.ts';

type Refs = Record<'engagements' | 'resources' | 'finance', ReturnType<typeof externalRef>[]>;

/** How the systems around Accord call things: CRM customers, HR people, PSA projects and plans, ERP contracts and papers. */
export function externalRefsOf({ clients, deals, jobs, workers, assignments, staffing, company }: Firm, books?: Books): Refs {
  const refs = <Row extends { id: string; createdAt: Date }>(system: string, type: string, [prefix, rows]: readonly [string, readonly Row[]]) =>
    rows.map((row, index) => externalRef(system, type, { externalId: `${prefix}-${String(index + 1).padStart(5, '0')}`, entityId: row.id, at: row.createdAt }));
  return {
    engagements: [
      ...refs('crm', 'Customer', ['ACC', clients]),
      ...refs('erp', 'Contract', ['CON', deals.map(({ contract }) => contract)]),
      ...refs('psa', 'Project', ['PRJ', jobs.map(({ project }) => project)]),
    ],
    resources: [
      ...refs('hr', 'Employee', ['EMP', workers.map(({ employee }) => employee)]),
      ...refs('hr', 'LaborCategory', ['JOB', [...company.grades, company.unpriced]]),
      ...refs('psa', 'Assignment', ['ASG', assignments]),
      ...refs('hr', 'Absence', ['OFF', staffing.absences]),
      ...refs('hr', 'Holiday', ['HOL', staffing.holidays]),
      ...refs('psa', 'ResourceRequest', ['REQ', staffing.requests]),
    ],
    finance: [
      ...refs('erp', 'LegalEntity', ['LE', company.legalEntities]),
      ...refs('erp', 'CostCenter', ['CC', company.costCenters]),
      ...refs('erp', 'Invoice', ['INV', books?.invoices ?? []]),
    ],
  };
}
