import type { AgreedVersion } from '#engagements/references.ts';
import type { LoadedSiblings } from '#engagements/siblings.ts';
import type { ContractLineRow, ContractRow, CustomerRow, EngagementRow, ProjectRow } from '#engagements/tables.ts';
import { notFound } from '#kernel/rows.ts';
import { id, stamp } from './decide.ts';

/** Rows of the engagements subgraph for decisions: the customer 2 with its engagement 3 and what hangs on it. */
export function customerRow(more: Partial<CustomerRow> = {}): CustomerRow {
  const nothing = { parentId: null, currency: null, legalEntityId: null, taxProfileId: null, billingEmail: null, billingAddress: null };
  const party = { legalName: null, postalAddress: null, vatId: null, registrationNumber: null, buyerReference: null, electronicAddress: null };
  return { ...stamp, ...nothing, ...party, id: id(1), name: 'Customer', status: 'PROSPECT', ...more };
}

export function engagementRow(more: Partial<EngagementRow> = {}): EngagementRow {
  const nothing = { description: null, startDate: null, endDate: null };
  return { ...stamp, ...nothing, id: id(1), customerId: id(2), name: 'Engagement', status: 'DRAFT', ...more };
}

export function contractRow(more: Partial<ContractRow> = {}): ContractRow {
  const own = { customerId: id(2), engagementId: id(3), legalEntityId: null, name: 'Contract', currency: 'EUR', startDate: '2026-01-01', internalNotes: null };
  return { ...stamp, ...own, id: id(1), status: 'DRAFT', ...more };
}

export function projectRow(more: Partial<ProjectRow> = {}): ProjectRow {
  const nothing = { contractId: null, description: null, managerId: null, opportunityId: null, startDate: null, endDate: null, internalNotes: null };
  const own = { customerId: id(2), engagementId: id(3), name: 'Project', billable: true, selfAssignable: false };
  return { ...stamp, ...nothing, ...own, id: id(1), status: 'DRAFT', ...more };
}

/** The first version of the contract 4, with lines. */
export function agreedVersion({ lines }: { lines: readonly Partial<ContractLineRow>[] }): AgreedVersion {
  const place = { contractId: id(4), customerId: id(2) };
  const terms = { rounding: 'HALF_UP', rateCardId: null, paymentTermDays: 30, notToExceedMinor: null, endDate: null, reason: null } as const;
  return {
    row: { ...stamp, ...place, ...terms, id: id(40), number: 1, effectiveFrom: '2026-01-01', effectiveTo: null },
    content: { rates: [], lines: lines.map((line, index) => ({ ...lineRow(index), ...line })) },
  };
}

function lineRow(index: number): ContractLineRow {
  const place = { contractId: id(4), customerId: id(2), contractVersionId: id(40), place: index };
  const nothing = { amountMinor: null, notToExceedMinor: null, instalments: null, retainer: null, expenses: null, startDate: null, endDate: null };
  return {
    ...stamp,
    ...place,
    ...nothing,
    id: id(41 + index),
    termsId: id(51 + index),
    name: `Line ${index}`,
    method: 'TIME_AND_MATERIALS',
    kinds: ['TIME'],
    projectIds: [],
    currency: 'EUR',
  };
}

/** Siblings' entities with these ids, whatever they are. */
export function siblingsOf(...ids: string[]): LoadedSiblings {
  return {
    demand(type, wanted, field) {
      if (wanted && !ids.includes(wanted)) throw notFound(type, wanted, field);
      return undefined;
    },
  };
}
