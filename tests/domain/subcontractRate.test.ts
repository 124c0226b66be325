import { describe, expect, test } from 'vitest';
import { findSubcontractRate, lastDayOf, type PurchaseLine } from '#finance/billing/subcontract.ts';

const work = { workDate: '2026-03-10', employeeId: 'zoe', laborCategoryId: 'senior' };
const line = (more: Partial<PurchaseLine> = {}): PurchaseLine => ({
  ...{ id: 'line', subcontractId: 'order', name: 'Order 7', subcontractorId: 'zeta', legalEntityId: 'books', number: 1, projectId: 'p' },
  ...{ employeeId: 'zoe', laborCategoryId: null, rateMinor: '8000', currency: 'EUR', startDate: '2026-01-01', endDate: '2026-12-31' },
  ...{ closedOn: null, limitSeconds: null, limitMinor: null, toleranceMinor: '0', ...more },
});
const ofCategory = line({ id: 'category', number: 2, employeeId: null, laborCategoryId: 'senior', rateMinor: '7000' });

describe('the cost of a subcontractor’s hour', () => {
  test('is the rate of the line for the person before that for the labor category', () => {
    expect(findSubcontractRate(work, [ofCategory, line()])).toMatchObject({
      ...{ minor: 8000n, currency: 'EUR' },
      explanation: { rule: 'SUBCONTRACT_LINE', matched: ['EMPLOYEE'], rateMinor: '8000', subcontract: { lineId: 'line', name: 'Order 7', number: 1 } },
    });
    const other = findSubcontractRate({ ...work, employeeId: 'zed' }, [ofCategory, line()]);
    expect(other).toMatchObject({ minor: 7000n, explanation: { matched: ['LABOR_CATEGORY'], subcontract: { lineId: 'category' } } });
  });

  test.each([
    ['2025-12-31', null, undefined],
    ['2026-01-01', null, 8000n],
    ['2026-12-31', null, 8000n],
    ['2027-01-01', null, undefined],
    ['2026-03-10', '2026-03-10', 8000n],
    ['2026-03-11', '2026-03-10', undefined],
  ])('on %s, of an order that was closed on %s, is %s', (workDate, closedOn, expected) => {
    expect(findSubcontractRate({ ...work, workDate }, [line({ closedOn })])?.minor).toBe(expected);
  });

  test('is none where no line covers it: no labor category matches nothing', () => {
    expect(findSubcontractRate({ ...work, employeeId: 'zed', laborCategoryId: '' }, [line(), ofCategory])).toBeUndefined();
    expect(findSubcontractRate(work, [])).toBeUndefined();
  });

  test('ends with the line where the order is closed later', () => {
    expect([lastDayOf(line({ closedOn: '2027-06-30' })), lastDayOf(line({ closedOn: '2026-06-30' }))]).toEqual(['2026-12-31', '2026-06-30']);
  });
});
