import { describe, expect, test } from 'vitest';
import { applyAmendment, createAmendment, submitAmendment } from '#engagements/amendment/commands.ts';
import type { LoadedAmendments } from '#engagements/amendment/load.ts';
import type { AmendmentRow } from '#engagements/tables.ts';
import { contextOf, id, outcomeOf, stamp, statedBy, writtenBy } from '../support/decide.ts';
import { agreedVersion, contractRow, customerRow, siblingsOf } from '../support/engagementsRows.ts';

const context = contextOf();
const eur = (amount: string) => ({ amount, currency: 'EUR' });

function amendmentRow(more: Partial<AmendmentRow> = {}): AmendmentRow {
  const undecided = { submittedBy: null, decidedBy: null, decidedAt: null, decisionNote: null };
  const unapplied = { appliedBy: null, appliedAt: null, fromVersion: null, toVersion: null, applied: null };
  const wanted = { effectiveFrom: '2026-03-01', adjustmentDate: null, changes: { rates: [{ employeeId: id(7), rate: eur('125') }] } };
  const own = { contractId: id(4), customerId: id(2), engagementId: id(3), name: 'Raise', reason: 'More', notifiedSystems: ['payroll'], authorId: 'author' };
  return { ...stamp, ...undecided, ...unapplied, ...wanted, ...own, id: id(70), status: 'DRAFT', ...more };
}

/** The contract 4 in force with the line 11 and the employee 7, and the amendment 70 of it. */
function loaded(more: Partial<AmendmentRow> = {}, contract: object = {}): LoadedAmendments {
  const own = contractRow({ id: id(4), legalEntityId: id(5), status: 'CONFIRMED', ...contract });
  const row = amendmentRow(more);
  return {
    rows: new Map([[row.id, row]]),
    byRef: new Map(),
    knownBy: new Map([[own.id, ['salesforce']]]),
    contracts: {
      rows: new Map([[own.id, own]]),
      byRef: new Map(),
      engagements: new Map(),
      customers: new Map([[id(2), customerRow({ id: id(2) })]]),
      siblings: siblingsOf(id(5), id(7)),
      projects: new Map(),
      billedLines: new Map(),
      versions: new Map([[own.id, [agreedVersion({ lines: [{ id: id(11), termsId: id(12), name: 'Time' }] })]]]),
      lines: new Map([[own.id, [{ ...stamp, id: id(11), contractId: own.id, customerId: id(2), name: 'Time' }]]]),
      begun: new Map(),
      amendments: new Map(),
      written: new Set(),
    },
  };
}

describe('an amendment', () => {
  const wanted = { contractId: id(4), name: 'Raise', effectiveFrom: '2026-03-01', reason: 'More', changes: { paymentTermDays: 14 } };
  test.each([
    ['is drafted, and siblings hear what the contract would say', {}, {}, ['new Amendment DRAFT v1', '> Amendment v1']],
    ['is of a contract in force', { status: 'DRAFT' }, {}, 'GUARD_REFUSED contractInForce'],
    ['is of a contract that is not over', { status: 'CLOSED' }, {}, 'GUARD_REFUSED contractInForce'],
    ['is of a contract that is there', {}, { contractId: id(99) }, 'NOT_FOUND contractId'],
    ['has a reason', {}, { reason: ' ' }, 'VALIDATION_FAILED reason'],
    ['names employees who are there', {}, { changes: { rates: [{ employeeId: id(99), rate: eur('1') }] } }, 'NOT_FOUND rates.employeeId'],
    ['wants what may be', {}, { changes: { paymentTermDays: 366 } }, 'VALIDATION_FAILED paymentTermDays'],
    ['tells 20 systems at most', {}, { notifiedSystems: Array.from({ length: 21 }, (_, index) => `s${index}`) }, 'VALIDATION_FAILED notifiedSystems'],
  ] as const)('%s', (_, contract, more, then) => {
    expect(outcomeOf(() => createAmendment.decide(loaded({}, contract), { ...wanted, ...more } as never, context))).toEqual(then);
  });

  const moved = ['Amendment SUBMITTED v2', '> Amendment v2', '+ AmendmentStatusChanged'];
  test.each([
    ['is submitted', {}, {}, moved],
    ['is submitted when the contract would take it', { effectiveFrom: '2025-12-31' }, {}, 'GUARD_REFUSED contractTakesIt'],
    ['is submitted when it changes something', { changes: { paymentTermDays: 30 } }, {}, 'GUARD_REFUSED changesSomething'],
    ['is submitted while its contract is in force', {}, { status: 'SUSPENDED' }, 'GUARD_REFUSED contractTakesIt'],
  ] as const)('%s', (_, more, contract, then) => {
    expect(outcomeOf(() => submitAmendment.decide(loaded(more as never, contract), { id: id(70) }, context))).toEqual(then);
  });

  test('is applied with its version, its facts and who has to know of it', () => {
    const given = loaded({ status: 'ACCEPTED', decidedAt: context.now, decidedBy: 'approver' });
    const decide = () => applyAmendment.decide(given, { id: id(70) }, contextOf());
    expect(outcomeOf(decide)).toEqual([
      ...['Contract CONFIRMED v2', 'ContractVersion v2', 'new ContractVersion v1', 'new ContractLineTerms v1', 'new ContractRate v1'],
      ...['> Contract v2', '+ ContractUpdated', 'Amendment APPLIED v2', '> Amendment v2'],
      ...['new AmendmentReceipt v1', 'new AmendmentReceipt v1', 'new AmendmentReceipt v1', 'new AmendmentReceipt v1', '+ ContractAmended'],
    ]);
    expect(writtenBy(decide()).flatMap((row) => row.system ?? [])).toEqual(['billing', 'assignments', 'salesforce', 'payroll']);
    expect(statedBy(decide())[1]).toMatchObject({
      versionNumber: 2,
      changes: [{ effectiveFrom: '2026-03-01', part: 'RATE', line: null, employeeId: id(7), before: null, after: '125.00 EUR' }],
      changed: [`From 2026-03-01: rate of employee ${id(7)}: none -> 125.00 EUR`],
    });
  });
});
