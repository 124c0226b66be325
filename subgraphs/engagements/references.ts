import type { Published } from '#kernel/reference.ts';
import type { ContractLineRow, ContractRateRow, ContractRow, CustomerRow, EngagementRow, MilestoneRow, ProjectRow, TaskRow } from './tables.ts';

/** What the siblings may rely on of each entity. A bigint travels as text, a date as ISO, a null explicitly. */
export function customerReference({ id, version, name, status, currency, legalEntityId, taxProfileId }: CustomerRow): Published {
  return { type: 'Customer', id, version, data: { name, status, currency, legalEntityId, taxProfileId } };
}

export function engagementReference({ id, version, customerId, name, status }: EngagementRow): Published {
  return { type: 'Engagement', id, version, data: { customerId, name, status } };
}

export type ContractContent = { lines: readonly ContractLineRow[]; rates: readonly ContractRateRow[] };

/** A contract with its lines and rates, as billing and pricing need it. */
export function contractReference(contract: ContractRow, content: ContractContent): Published {
  const { id, version, customerId, engagementId, legalEntityId, name, status, currency, rounding, rateCardId, paymentTermDays, startDate, endDate } = contract;
  const lines = content.lines.map((line) => ({
    id: line.id,
    name: line.name,
    method: line.method,
    kinds: line.kinds,
    projectIds: line.projectIds,
    notToExceedMinor: line.notToExceedMinor?.toString() ?? null,
    amountMinor: line.amountMinor?.toString() ?? null,
    startDate: line.startDate,
    endDate: line.endDate,
  }));
  const rates = content.rates.map(({ lineId, employeeId, laborCategoryId, rateMinor, effectiveFrom, effectiveTo }) => ({
    lineId,
    employeeId,
    laborCategoryId,
    minor: rateMinor.toString(),
    effectiveFrom,
    effectiveTo,
  }));
  return {
    type: 'Contract',
    id,
    version,
    data: { customerId, engagementId, legalEntityId, name, status, currency, rounding, rateCardId, paymentTermDays, startDate, endDate, lines, rates },
  };
}

/** `legalEntityId` is the contract's. */
export function projectReference(project: ProjectRow, legalEntityId: string | null): Published {
  const { id, version, customerId, engagementId, contractId, name, status, billable, startDate, endDate, selfAssign, managerId } = project;
  return {
    type: 'Project',
    id,
    version,
    data: { customerId, engagementId, contractId, legalEntityId, name, status, billable, startDate, endDate, selfAssign, managerId },
  };
}

export function taskReference({ id, version, projectId, name, status, billable, startDate, endDate }: TaskRow): Published {
  return { type: 'Task', id, version, data: { projectId, name, status, billable, startDate, endDate } };
}

export function milestoneReference(milestone: MilestoneRow): Published {
  const { id, version, customerId, projectId, contractId, contractLineId, name, amountMinor, currency, status, acceptedOn } = milestone;
  return {
    type: 'Milestone',
    id,
    version,
    data: { customerId, projectId, contractId, contractLineId, name, amountMinor: amountMinor.toString(), currency, status, acceptedOn },
  };
}
