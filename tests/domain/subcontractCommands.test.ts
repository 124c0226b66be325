import { describe, expect, test } from 'vitest';
import { cancelSubcontract, closeSubcontract, confirmSubcontract, createSubcontract, updateSubcontract } from '#resources/subcontract/commands.ts';
import type { LoadedSubcontracts } from '#resources/subcontract/load.ts';
import { upsertSubcontracts } from '#resources/subcontract/upsert.ts';
import { approveSubcontractor, createSubcontractor, endSubcontractor, submitSubcontractor, updateSubcontractor } from '#resources/subcontractor/commands.ts';
import type { SubcontractorDocument } from '#resources/subcontractor/documents.ts';
import type { LoadedSubcontractors } from '#resources/subcontractor/load.ts';
import { upsertSubcontractors } from '#resources/subcontractor/upsert.ts';
import type { SubcontractLineRow, SubcontractorRow, SubcontractRow } from '#resources/tables.ts';
import { contextOf, id, outcomeOf, stamp, statedBy, writtenBy } from '../support/decide.ts';
import { aProject } from '../support/siblings.ts';
import { papers } from '../support/subcontracting.ts';

const context = contextOf(['subcontractor:*', 'subcontract:*']);
const seller = (more: Partial<SubcontractorRow> = {}): SubcontractorRow => ({
  ...{ ...stamp, id: id(1), name: 'Zeta Works', status: 'APPROVED', legalEntityId: id(2), currency: 'EUR', taxNumber: null, email: null },
  ...{ documents: papers as SubcontractorDocument[], submittedBy: 'test', approvedBy: 'approver', decisionNote: null, ...more },
});
const order = (more: Partial<SubcontractRow> = {}): SubcontractRow => ({
  ...{ ...stamp, id: id(10), subcontractorId: id(1), legalEntityId: id(2), name: 'Order 7', status: 'DRAFT', currency: 'EUR' },
  ...{ toleranceMinor: 0n, closedOn: null, ...more },
});
const line = (more: Partial<SubcontractLineRow> = {}): SubcontractLineRow => ({
  ...{ ...stamp, id: id(20), subcontractId: id(10), legalEntityId: id(2), number: 1, projectId: id(3), employeeId: id(4), laborCategoryId: null },
  ...{ unitRateMinor: 8000n, currency: 'EUR', startDate: '2026-01-01', endDate: '2026-12-31', limitSeconds: null, limitMinor: null, ...more },
});
const given = {
  number: 1,
  projectId: id(3),
  employeeId: id(4),
  unitRate: { amount: '80.00', currency: 'EUR' },
  startDate: '2026-01-01',
  endDate: '2026-12-31',
};
const externalRef = { system: 'erp', externalId: 'PO-1' };

const sellers = (row = seller(), more: Partial<LoadedSubcontractors> = {}): LoadedSubcontractors => ({
  ...{ rows: new Map([[row.id, row]]), byRef: new Map(), legalEntities: new Map([[id(2), {}]]), confirmed: new Map(), ...more },
});
function orders(row = order(), more: Partial<LoadedSubcontracts> = {}): LoadedSubcontracts {
  const person = { id: id(4), name: 'Zoe', subcontractorId: id(1) };
  return {
    ...{ rows: new Map([[row.id, row]]), byRef: new Map([['erp PO-1', row.id]]), subcontractors: new Map([[id(1), seller()]]) },
    ...{ lines: new Map([[row.id, [line()]]]), standing: new Map(), projects: new Map([[id(3), aProject()]]), laborCategories: new Map() },
    ...{ employees: new Map([[id(4), person]]) as never, ...more },
  };
}

describe('commands on subcontractors', () => {
  test('record, submit and approve, each with its fact and the document for siblings', () => {
    const wanted = { name: 'Zeta Works', legalEntityId: id(2), currency: 'EUR' };
    expect(outcomeOf(() => createSubcontractor.decide(sellers(), wanted, context))).toEqual(['new Subcontractor DRAFT v1', '> Subcontractor v1']);
    const submitted = submitSubcontractor.decide(sellers(seller({ status: 'DRAFT', submittedBy: null })), { id: id(1) }, context);
    expect(writtenBy(submitted)).toMatchObject([{ status: 'IN_REVIEW', submittedBy: 'somebody' }]);
    expect(statedBy(submitted)).toEqual([{ subcontractorId: id(1), name: 'Zeta Works', status: 'IN_REVIEW' }]);
    const approved = approveSubcontractor.decide(sellers(seller({ status: 'IN_REVIEW', decisionNote: 'Again' })), { id: id(1) }, context);
    expect(writtenBy(approved)).toMatchObject([{ status: 'APPROVED', approvedBy: 'somebody', decisionNote: null }]);
  });

  test.each([
    ['documents that are missing', { status: 'IN_REVIEW', documents: [] }, 'GUARD_REFUSED documentsInForce'],
    ['the same person', { status: 'IN_REVIEW', submittedBy: 'somebody' }, 'GUARD_REFUSED approverIsNotSubmitter'],
    ['a draft', { status: 'DRAFT' }, 'INVALID_TRANSITION status'],
  ] as const)('approve nothing with %s', (_, more, expected) => {
    expect(outcomeOf(() => approveSubcontractor.decide(sellers(seller(more as Partial<SubcontractorRow>)), { id: id(1) }, context))).toBe(expected);
  });

  test('know nobody of other books, and nobody who is confined to customers', () => {
    const elsewhere = contextOf(['subcontractor:*'], { legalEntityIds: [id(99)] });
    expect(outcomeOf(() => updateSubcontractor.decide(sellers(), { id: id(1), name: 'Mine' }, elsewhere))).toBe('NOT_FOUND id');
    const confined = contextOf(['subcontractor:*'], { customerIds: [id(98)] });
    expect(outcomeOf(() => updateSubcontractor.decide(sellers(), { id: id(1), name: 'Mine' }, confined))).toBe('FORBIDDEN');
  });

  test('end nobody who still has an order', () => {
    const loaded = sellers(seller(), { confirmed: new Map([[id(1), ['Order 7']]]) });
    expect(outcomeOf(() => endSubcontractor.decide(loaded, { id: id(1), reason: 'Sold' }, context))).toBe('GUARD_REFUSED nothingOrdered');
  });

  test('change nothing, and say nothing, when a delivery says what is known', () => {
    const loaded = sellers(seller(), { byRef: new Map([['erp PO-1', id(1)]]) });
    const item = { externalRef, name: 'Zeta Works', status: 'IN_REVIEW' as const };
    expect(outcomeOf(() => upsertSubcontractors.decide(loaded, item, context))).toEqual(['= Subcontractor erp PO-1']);
    expect(outcomeOf(() => upsertSubcontractors.decide(loaded, { ...item, status: 'ENDED' }, context))).toBe('INVALID_TRANSITION status');
  });
});

describe('commands on orders', () => {
  test('draft an order in the books and the currency of its subcontractor', () => {
    const input = { subcontractorId: id(1), name: 'Order 8', lines: [given] };
    const made = createSubcontract.decide(orders(), input, context);
    expect(writtenBy(made)).toMatchObject([
      { name: 'Order 8', legalEntityId: id(2), currency: 'EUR', toleranceMinor: 0n },
      { number: 1, unitRateMinor: 8000n, legalEntityId: id(2) },
    ]);
    expect(outcomeOf(() => createSubcontract.decide(orders(), { ...input, subcontractorId: id(77) }, context))).toBe('NOT_FOUND subcontractorId');
    const ended = orders(order(), { subcontractors: new Map([[id(1), seller({ status: 'ENDED' })]]) });
    expect(outcomeOf(() => createSubcontract.decide(ended, input, context))).toBe('VALIDATION_FAILED subcontractorId');
    const foreign = { ...input, tolerance: { amount: '1.00', currency: 'USD' } };
    expect(outcomeOf(() => createSubcontract.decide(orders(), foreign, context))).toBe('CURRENCY_MISMATCH tolerance');
  });

  test('publish the lines when they are confirmed, and again when they are closed', () => {
    const confirming = () => confirmSubcontract.decide(orders(), { id: id(10) }, context);
    expect(outcomeOf(confirming)).toEqual(['Subcontract CONFIRMED v2', '> SubcontractLine v2', '+ SubcontractConfirmed']);
    const closing = () => closeSubcontract.decide(orders(order({ status: 'CONFIRMED' })), { id: id(10), closedOn: '2026-06-30' }, context);
    expect(outcomeOf(closing)).toEqual(['Subcontract CLOSED v2', '> SubcontractLine v2', '+ SubcontractClosed']);
    expect(statedBy(closing())).toMatchObject([{ status: 'CLOSED', projectIds: [id(3)], closedOn: '2026-06-30' }]);
    expect(outcomeOf(() => cancelSubcontract.decide(orders(), { id: id(10) }, context))).toEqual(['Subcontract CANCELLED v2', '+ SubcontractChanged']);
  });

  test('confirm nothing that another order pays', () => {
    const standing = order({ id: id(11), name: 'Order 6', status: 'CONFIRMED' });
    const lines = new Map([
      [id(10), [line()]],
      [id(11), [line({ id: id(21), subcontractId: id(11) })]],
    ]);
    const loaded = orders(order(), { standing: new Map([[standing.id, standing]]), lines });
    expect(outcomeOf(() => confirmSubcontract.decide(loaded, { id: id(10) }, context))).toBe('GUARD_REFUSED linesApart');
  });

  test('keep lines by their numbers: what is equal stays, what is gone goes', () => {
    const held = [line(), line({ id: id(21), number: 2 })];
    const loaded = orders(order(), { lines: new Map([[id(10), held]]) });
    const lines = [
      { ...given, number: 2 },
      { ...given, number: 3, startDate: '2027-01-01', endDate: '2027-02-01' },
    ];
    expect(outcomeOf(() => updateSubcontract.decide(loaded, { id: id(10), lines }, context))).toEqual([
      ...['- SubcontractLine', 'new SubcontractLine v1', 'Subcontract DRAFT v2', '+ SubcontractChanged'],
    ]);
  });

  test('bring a delivered order to its state, and refuse other content once it is confirmed', () => {
    const item = { externalRef, subcontractorId: id(1), name: 'Order 7', lines: [given] };
    expect(outcomeOf(() => upsertSubcontracts.decide(orders(), item, context))).toEqual(['= Subcontract erp PO-1']);
    expect(outcomeOf(() => upsertSubcontracts.decide(orders(), { ...item, status: 'CLOSED', closedOn: '2026-06-30' }, context))).toEqual([
      ...['Subcontract CONFIRMED v2', '> SubcontractLine v2', '+ SubcontractConfirmed'],
      ...['Subcontract CLOSED v3', '> SubcontractLine v3', '+ SubcontractClosed', '= Subcontract erp PO-1'],
    ]);
    const confirmed = orders(order({ status: 'CONFIRMED' }));
    expect(outcomeOf(() => upsertSubcontracts.decide(confirmed, { ...item, status: 'CONFIRMED' }, context))).toEqual(['= Subcontract erp PO-1']);
    expect(outcomeOf(() => upsertSubcontracts.decide(confirmed, { ...item, name: 'Other' }, context))).toBe('INVALID_TRANSITION status');
    expect(outcomeOf(() => upsertSubcontracts.decide(confirmed, { ...item, subcontractorId: id(5) }, context))).toBe('VALIDATION_FAILED subcontractorId');
    expect(outcomeOf(() => upsertSubcontracts.decide(confirmed, { ...item, status: 'DRAFT' }, context))).toBe('INVALID_TRANSITION status');
  });
});
