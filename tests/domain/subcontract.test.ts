import { describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { clashesOf, type Order, type Paying } from '#resources/subcontract/lines.ts';
import { type SubcontractSubject, subcontractMachine } from '#resources/subcontract/machine.ts';
import { missingOn, type SubcontractorDocument } from '#resources/subcontractor/documents.ts';
import { type SubcontractorSubject, subcontractorMachine } from '#resources/subcontractor/machine.ts';
import { gridOf } from '../support/grid.ts';

const actor: Actor = { id: 'approver', kind: 'STAFF', permissions: ['*'] };
const seller =
  (more: Partial<SubcontractorSubject> = {}) =>
  (status: string) =>
    ({ status, submittedBy: 'test', missing: [], confirmed: [], ...more }) as SubcontractorSubject;
const order =
  (more: Partial<SubcontractSubject> = {}) =>
  (status: string) =>
    ({ status, subcontractorStatus: 'APPROVED', missing: [], lineCount: 1, clashes: [], ...more }) as SubcontractSubject;
const no = 'INVALID_TRANSITION';

describe('the machine of a subcontractor', () => {
  test('is this grid', () => {
    const never = { update: no, submit: no, return: no, approve: no, suspend: no, reinstate: no, end: no };
    expect(gridOf(subcontractorMachine, seller(), actor)).toEqual({
      DRAFT: { ...never, update: 'DRAFT', submit: 'IN_REVIEW' },
      IN_REVIEW: { ...never, return: 'DRAFT', approve: 'APPROVED' },
      APPROVED: { ...never, update: 'APPROVED', suspend: 'SUSPENDED', end: 'ENDED' },
      SUSPENDED: { ...never, update: 'SUSPENDED', reinstate: 'APPROVED', end: 'ENDED' },
      ENDED: never,
    });
  });

  test('is closed by what its guards refuse', () => {
    const lacking = gridOf(subcontractorMachine, seller({ missing: ['The tax form is missing.'], confirmed: ['Order 7'] }), actor);
    expect([lacking.IN_REVIEW?.approve, lacking.SUSPENDED?.reinstate]).toEqual(['GUARD_REFUSED documentsInForce', 'GUARD_REFUSED documentsInForce']);
    expect(lacking.APPROVED?.end).toBe('GUARD_REFUSED nothingOrdered');
    expect(gridOf(subcontractorMachine, seller({ submittedBy: 'approver' }), actor).IN_REVIEW?.approve).toBe('GUARD_REFUSED approverIsNotSubmitter');
  });
});

describe('the machine of an order', () => {
  test('is this grid', () => {
    const never = { update: no, confirm: no, close: no, cancel: no };
    expect(gridOf(subcontractMachine, order(), actor)).toEqual({
      DRAFT: { update: 'DRAFT', confirm: 'CONFIRMED', close: no, cancel: 'CANCELLED' },
      CONFIRMED: { ...never, close: 'CLOSED' },
      CLOSED: never,
      CANCELLED: never,
    });
  });

  test.each([
    [{ subcontractorStatus: 'SUSPENDED' }, 'subcontractorApproved'],
    [{ missing: ['The tax form is missing.'] }, 'documentsInForce'],
    [{ lineCount: 0 }, 'somethingOrdered'],
    [{ clashes: ['The lines 1 and 2 pay the same work.'] }, 'linesApart'],
  ])('is not confirmed with %o', (more, guard) => {
    expect(gridOf(subcontractMachine, order(more), actor).DRAFT?.confirm).toBe(`GUARD_REFUSED ${guard}`);
  });
});

describe('the required documents', () => {
  const paper = (kind: SubcontractorDocument['kind'], effectiveFrom = '2026-01-01', effectiveTo: string | null = null): SubcontractorDocument => ({
    ...{ kind, reference: '1', effectiveFrom, effectiveTo },
  });
  const others = [paper('MASTER_AGREEMENT'), paper('CONFIDENTIALITY'), paper('TAX_FORM')];

  test('are four, and nothing else takes their place', () => {
    expect(missingOn([], '2026-03-02')).toHaveLength(4);
    expect(missingOn([...others, paper('CERTIFICATE'), paper('OTHER')], '2026-03-02')).toEqual(['The proof of insurance is missing.']);
    expect(missingOn([...others, paper('INSURANCE')], '2026-03-02')).toEqual([]);
  });

  test.each([
    ['2026-03-01', '2026-03-31', '2026-02-28', 'The proof of insurance holds from 2026-03-01 on.'],
    ['2026-03-01', '2026-03-31', '2026-03-01', undefined],
    ['2026-03-01', '2026-03-31', '2026-03-31', undefined],
    ['2026-03-01', '2026-03-31', '2026-04-01', 'The proof of insurance ran out on 2026-03-31.'],
  ])('from %s to %s say on %s: %s', (from, to, day, expected) => {
    expect(missingOn([...others, paper('INSURANCE', from, to)], day)).toEqual(expected ? [expected] : []);
  });

  test('may follow one another', () => {
    const years = [paper('INSURANCE', '2025-01-01', '2025-12-31'), paper('INSURANCE', '2026-01-01', '2026-12-31')];
    expect(missingOn([...others, ...years], '2026-01-01')).toEqual([]);
    expect(missingOn([...others, ...years], '2027-01-01')).toEqual(['The proof of insurance ran out on 2026-12-31.']);
  });
});

describe('lines of orders', () => {
  const line = (more: Partial<Paying> = {}): Paying => ({
    ...{ number: 1, projectId: 'p', employeeId: 'e', laborCategoryId: null, startDate: '2026-01-01', endDate: '2026-06-30', ...more },
  });
  const own = (...lines: Paying[]): Order => ({ name: 'Own', closedOn: null, lines });
  const other = (closedOn: string | null, ...lines: Paying[]): Order => ({ name: 'Other', closedOn, lines });

  test('clash when they pay the same work on a day, in one order or in two', () => {
    expect(clashesOf(own(line(), line({ number: 2, startDate: '2026-06-30', endDate: '2026-12-31' })), [])).toEqual(['The lines 1 and 2 pay the same work.']);
    expect(clashesOf(own(line()), [other(null, line({ number: 4 }))])).toEqual(['Line 1 pays the same work as line 4 of Other.']);
  });

  test.each([
    ['another project', { projectId: 'q' }],
    ['another person', { employeeId: 'f' }],
    ['the labor category beside the person', { employeeId: null, laborCategoryId: 'c' }],
    ['the days after it', { startDate: '2026-07-01', endDate: '2026-12-31' }],
  ])('stand beside those of %s', (_, more) => {
    expect(clashesOf(own(line()), [other(null, line({ number: 2, ...more }))])).toEqual([]);
  });

  test('of a closed order reach to its last day', () => {
    expect(clashesOf(own(line({ startDate: '2026-04-01' })), [other('2026-03-31', line())])).toEqual([]);
    expect(clashesOf(own(line({ startDate: '2026-03-31' })), [other('2026-03-31', line())])).toHaveLength(1);
  });
});
