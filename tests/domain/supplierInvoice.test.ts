import { describe, expect, test } from 'vitest';
import { type Approved, type Held, lostIn, receiptsOf, standingOf } from '#finance/supplierInvoice/held.ts';
import { type SupplierInvoiceSubject, supplierInvoiceMachine } from '#finance/supplierInvoice/machine.ts';
import type { SupplierInvoiceLineRow, SupplierInvoiceMatchRow } from '#finance/tables.ts';
import type { Actor } from '#kernel/actor.ts';
import { id, stamp } from '../support/decide.ts';
import { gridOf } from '../support/grid.ts';

const hour = 3600n;
const actor: Actor = { id: 'approver', kind: 'STAFF', permissions: ['*'] };
const subject =
  (more: Partial<SupplierInvoiceSubject> = {}) =>
  (status: string) =>
    ({ status, recordedBy: 'controller', differences: 0, lost: [], ...more }) as SupplierInvoiceSubject;
const no = 'INVALID_TRANSITION';

describe('the machine of a supplier invoice', () => {
  const never = { match: no, approve: no, approveDifferences: no, reject: no, post: no };

  test('is this grid where nothing differs', () => {
    expect(gridOf(supplierInvoiceMachine, subject(), actor)).toEqual({
      RECEIVED: { ...never, match: 'MATCHED', reject: 'REJECTED' },
      MATCHED: { ...never, match: 'MATCHED', approve: 'APPROVED', reject: 'REJECTED' },
      DISPUTED: { ...never, match: 'MATCHED', approveDifferences: 'APPROVED', reject: 'REJECTED' },
      APPROVED: { ...never, match: 'MATCHED', reject: 'REJECTED', post: 'POSTED' },
      POSTED: never,
      REJECTED: never,
    });
  });

  test('leads to a dispute where something differs', () => {
    const grid = gridOf(supplierInvoiceMachine, subject({ differences: 2 }), actor);
    expect(['RECEIVED', 'MATCHED', 'DISPUTED', 'APPROVED'].map((state) => grid[state]?.match)).toEqual(Array.from({ length: 4 }, () => 'DISPUTED'));
  });

  test('is approved and posted by nobody whose hours are gone, and approved by nobody who recorded it', () => {
    const lost = gridOf(supplierInvoiceMachine, subject({ lost: [1] }), actor);
    expect([lost.MATCHED?.approve, lost.DISPUTED?.approveDifferences, lost.APPROVED?.post]).toEqual(
      Array.from({ length: 3 }, () => 'GUARD_REFUSED hoursStand'),
    );
    const own = gridOf(supplierInvoiceMachine, subject({ recordedBy: 'approver' }), actor);
    expect([own.MATCHED?.approve, own.DISPUTED?.approveDifferences, own.APPROVED?.post]).toEqual([
      ...['GUARD_REFUSED approverIsNotRecorder', 'GUARD_REFUSED approverIsNotRecorder', 'POSTED'],
    ]);
  });

  test('asks for a permission of its own where something differs', () => {
    const clerk: Actor = { ...actor, permissions: ['supplier-invoice:approve', 'supplier-invoice:write'] };
    const grid = gridOf(supplierInvoiceMachine, subject(), clerk);
    expect([grid.MATCHED?.approve, grid.DISPUTED?.approveDifferences, grid.APPROVED?.post]).toEqual(['APPROVED', 'FORBIDDEN', 'FORBIDDEN']);
  });
});

describe('the hours that a line holds', () => {
  const line = (n: number, more: Partial<SupplierInvoiceLineRow> = {}): SupplierInvoiceLineRow => ({
    ...{ ...stamp, id: id(n), supplierInvoiceId: id(100 + n), legalEntityId: id(1), position: n, subcontractLineId: id(50), projectId: id(2) },
    ...{ startDate: '2026-02-01', endDate: '2026-02-28', seconds: 8n * hour, rateMinor: 8000n, amountMinor: 64_000n, currency: 'EUR', differences: [] },
    ...more,
  });
  const approved = (sourceId: string, hours: bigint, more: Partial<Approved> = {}): Approved => ({
    ...{ id: id(70), sourceType: 'TIMESHEET_ENTRY', sourceId, workDate: '2026-02-10', subcontractLineId: id(50), seconds: hours * hour, ...more },
  });
  const match = (n: number, of: SupplierInvoiceLineRow, sourceId: string, hours: bigint): SupplierInvoiceMatchRow => ({
    ...{ ...stamp, id: id(200 + n), supplierInvoiceId: of.supplierInvoiceId, supplierInvoiceLineId: of.id, legalEntityId: id(1) },
    ...{ subcontractLineId: of.subcontractLineId, sourceType: 'TIMESHEET_ENTRY', sourceId, actualId: id(70), seconds: hours * hour },
  });
  const [one, other] = [line(1), line(2)];
  const hoursOf = (held: Held, ...lines: SupplierInvoiceLineRow[]) => lines.map((each) => standingOf(each, held) / hour);

  test('stand while the source counts as many, whichever actual tells of it', () => {
    const matches = [match(1, one, 'a', 8n)];
    expect(hoursOf({ approved: [approved('a', 8n)], matches }, one)).toEqual([8n]);
    expect(hoursOf({ approved: [approved('a', 8n, { id: id(71) })], matches }, one)).toEqual([8n]);
    expect(lostIn([one], { approved: [approved('a', 8n)], matches })).toEqual([]);
  });

  test.each<[string, Approved[], bigint]>([
    ['was taken back', [], 0n],
    ['was approved anew with less', [approved('a', 5n)], 5n],
    ['was approved anew on a day of another period', [approved('a', 8n, { workDate: '2026-03-01' })], 0n],
    ['is paid by another line of an order now', [approved('a', 8n, { subcontractLineId: id(51) })], 0n],
  ])('are lost when the source %s', (_, found, left) => {
    const held = { approved: found, matches: [match(1, one, 'a', 8n)] };
    expect([hoursOf(held, one), lostIn([one], held)]).toEqual([[left], [1]]);
  });

  test('are lost for both when two hold of a source that shrank, and none of them twice', () => {
    const matches = [match(1, one, 'a', 4n), match(2, other, 'a', 4n)];
    const held = { approved: [approved('a', 6n)], matches };
    expect(hoursOf(held, one, other)).toEqual([2n, 2n]);
    expect(lostIn([one, other], held)).toEqual([1, 2]);
  });

  test('are no receipts for others, and all of them for the invoice itself', () => {
    const held = { approved: [approved('a', 8n), approved('b', 8n, { subcontractLineId: id(51) })], matches: [match(1, one, 'a', 3n)] };
    expect(receiptsOf(held, id(50), other.supplierInvoiceId)).toMatchObject([{ sourceId: 'a', seconds: 8n * hour, held: 3n * hour }]);
    expect(receiptsOf(held, id(50), one.supplierInvoiceId)).toMatchObject([{ sourceId: 'a', held: 0n }]);
  });
});
