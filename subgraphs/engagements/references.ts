import { type Published, published } from '#kernel/reference.ts';
import { references } from './published.ts';
import type {
  AmendmentRow,
  ContractLineRow,
  ContractRateRow,
  ContractRow,
  ContractVersionRow,
  CustomerRow,
  EngagementRow,
  MilestoneRow,
  ProjectRow,
  TaskRow,
} from './tables.ts';

/** What the siblings may rely on of each entity. A bigint travels as text, a date as ISO, a null explicitly. */
export function customerReference({ id, version, name, status, currency, legalEntityId, taxProfileId, ...rest }: CustomerRow): Published {
  const { legalName, postalAddress, billingAddress, vatId, registrationNumber, buyerReference, electronicAddress } = rest;
  const party = { legalName, postalAddress, billingAddress, vatId, registrationNumber, buyerReference, electronicAddress };
  return published(references.Customer, { id, version, data: { name, status, currency, legalEntityId, taxProfileId, party } });
}

export function engagementReference({ id, version, customerId, name, status }: EngagementRow): Published {
  return published(references.Engagement, { id, version, data: { customerId, name, status } });
}

export type ContractContent = { lines: readonly ContractLineRow[]; rates: readonly ContractRateRow[] };

/** One version with its lines and rates. */
export type AgreedVersion = { row: ContractVersionRow; content: ContractContent };

/** A contract with all its versions: readers pick by the date of the work. A contract has at most `mostVersions`. */
export function contractReference(contract: ContractRow, versions: readonly AgreedVersion[]): Published {
  const { id, version, customerId, engagementId, legalEntityId, name, status, currency, startDate } = contract;
  return published(references.Contract, {
    id,
    version,
    data: { customerId, engagementId, legalEntityId, name, status, currency, startDate, versions: versions.map(publishedVersion) },
  });
}

/** An amendment with the versions that its contract would have; one that is open no more says nothing of them. */
export function amendmentReference({ id, version, ...amendment }: AmendmentRow, versions: readonly AgreedVersion[]): Published {
  const { contractId, customerId, name, status, effectiveFrom, adjustmentDate } = amendment;
  const data = { contractId, customerId, name, status, effectiveFrom, adjustmentDate, versions: versions.map(publishedVersion) };
  return published(references.Amendment, { id, version, data });
}

function publishedVersion({ row, content }: AgreedVersion) {
  const { id, number, effectiveFrom, effectiveTo, rounding, rateCardId, paymentTermDays, notToExceedMinor, endDate, createdAt } = row;
  const lines = content.lines.map((line) => ({
    id: line.id,
    name: line.name,
    method: line.method,
    kinds: line.kinds,
    projectIds: line.projectIds,
    notToExceedMinor: line.notToExceedMinor?.toString() ?? null,
    amountMinor: line.amountMinor?.toString() ?? null,
    instalments: line.instalments,
    retainer: line.retainer,
    expenses: line.expenses,
    startDate: line.startDate,
    endDate: line.endDate,
  }));
  const rates = content.rates.map((rate) => ({
    id: rate.id,
    lineId: rate.lineId,
    employeeId: rate.employeeId,
    laborCategoryId: rate.laborCategoryId,
    minor: rate.rateMinor.toString(),
    effectiveFrom: rate.effectiveFrom,
    effectiveTo: rate.effectiveTo,
  }));
  const terms = { rounding, rateCardId, paymentTermDays, notToExceedMinor: notToExceedMinor?.toString() ?? null, endDate };
  return { id, number, effectiveFrom, effectiveTo, recordedAt: createdAt.toISOString(), ...terms, lines, rates };
}

/** `legalEntityId` is the contract's. */
export function projectReference(project: ProjectRow, legalEntityId: string | null): Published {
  const { id, version, customerId, engagementId, contractId, name, status, billable, startDate, endDate, selfAssignable, managerId } = project;
  return published(references.Project, {
    id,
    version,
    data: { customerId, engagementId, contractId, legalEntityId, name, status, billable, startDate, endDate, selfAssign: selfAssignable, managerId },
  });
}

export function taskReference({ id, version, projectId, name, status, billable, startDate, endDate }: TaskRow): Published {
  return published(references.Task, { id, version, data: { projectId, name, status, billable, startDate, endDate } });
}

export function milestoneReference(milestone: MilestoneRow): Published {
  const { id, version, customerId, projectId, contractId, contractLineId, name, amountMinor, currency, status, acceptedOn } = milestone;
  return published(references.Milestone, {
    id,
    version,
    data: { customerId, projectId, contractId, contractLineId, name, amountMinor: amountMinor.toString(), currency, status, acceptedOn },
  });
}
