import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PurchaseLine } from '#finance/billing/subcontract.ts';
import { type Invoiced, type InvoicedLine, leastOf, matchLine, type Receipt } from '#finance/billing/threeWay.ts';

const hour = 3600n;
const order = (more: Partial<PurchaseLine> = {}): PurchaseLine => ({
  ...{ id: 'line', subcontractId: 'order', name: 'Order 7', subcontractorId: 'zeta', legalEntityId: 'books', number: 1, projectId: 'p' },
  ...{ employeeId: 'zoe', laborCategoryId: null, rateMinor: '8000', currency: 'EUR', startDate: '2026-01-01', endDate: '2026-12-31' },
  ...{ closedOn: null, limitSeconds: null, limitMinor: null, toleranceMinor: '0', ...more },
});
/** 16 hours of February at the ordered rate. */
const asked = (more: Partial<InvoicedLine> = {}): InvoicedLine => ({
  ...{ position: 1, startDate: '2026-02-01', endDate: '2026-02-28', seconds: 16n * hour, rateMinor: 8000n, amountMinor: 128_000n, currency: 'EUR', ...more },
});
const receipt = (sourceId: string, workDate: string, hours = 8n, held = 0n): Receipt<string> => ({
  ...{ source: sourceId, sourceId, workDate, seconds: hours * hour, held: held * hour },
});
const receipts = [receipt('b', '2026-02-10'), receipt('a', '2026-02-09'), receipt('c', '2026-03-02')];
const nothing: Invoiced = { seconds: 0n, minor: 0n };
const match = (line: InvoicedLine, against: Partial<{ order: PurchaseLine; receipts: Receipt<string>[]; invoiced: Invoiced }> = {}) =>
  matchLine(line, { order: order(), receipts, invoiced: nothing, ...against });
const codes = (...args: Parameters<typeof match>) => match(...args).differences.map(({ code, minor }) => `${code} ${minor}`);

describe('a line of a supplier invoice', () => {
  test('that is what was ordered and approved takes these hours and differs in nothing', () => {
    expect(match(asked())).toEqual({
      takes: [
        { source: 'a', seconds: 8n * hour },
        { source: 'b', seconds: 8n * hour },
      ],
      differences: [],
    });
  });

  test('takes the oldest hours first, and of the last entry no more than it asks for', () => {
    expect(match(asked({ seconds: 10n * hour, amountMinor: 80_000n }))).toEqual({
      takes: [
        { source: 'a', seconds: 8n * hour },
        { source: 'b', seconds: 2n * hour },
      ],
      differences: [],
    });
  });

  test('leaves alone what another invoice holds, and the days that are not its own', () => {
    const held = [receipt('a', '2026-02-09', 8n, 6n), receipt('b', '2026-02-10', 8n, 8n), receipt('c', '2026-03-02')];
    const found = match(asked(), { receipts: held });
    expect(found.takes).toEqual([{ source: 'a', seconds: 2n * hour }]);
    expect(found.differences).toMatchObject([{ code: 'MORE_HOURS_THAN_APPROVED', minor: '112000' }]);
    expect(found.differences[0]?.message).toBe('It asks for 16.00 h; 2.00 h are approved in its days and held by no other invoice.');
  });

  test.each<[string, Partial<InvoicedLine>, Partial<PurchaseLine>, string[]]>([
    ['a higher rate', { rateMinor: 8500n, amountMinor: 136_000n }, {}, ['RATE_DIFFERS 8000']],
    ['a lower rate', { rateMinor: 7500n, amountMinor: 120_000n }, {}, ['RATE_DIFFERS -8000']],
    ['a higher rate within the tolerance', { rateMinor: 8500n, amountMinor: 136_000n }, { toleranceMinor: '8000' }, []],
    ['a higher rate just beyond it', { rateMinor: 8500n, amountMinor: 136_000n }, { toleranceMinor: '7999' }, ['RATE_DIFFERS 8000']],
    ['another amount', { amountMinor: 128_100n }, {}, ['AMOUNT_DIFFERS 100']],
    ['another amount within the tolerance', { amountMinor: 128_100n }, { toleranceMinor: '100' }, []],
    ['days before the order', { startDate: '2025-12-31' }, {}, ['OUTSIDE_TERM 128000']],
    ['days after it was closed', {}, { closedOn: '2026-02-27' }, ['OUTSIDE_TERM 128000']],
    ['another currency', { currency: 'USD' }, {}, ['CURRENCY_DIFFERS 128000']],
    ['hours at the limit', {}, { limitSeconds: String(16n * hour) }, []],
    ['hours over the limit', {}, { limitSeconds: String(10n * hour) }, ['OVER_LIMIT 48000']],
    ['money at the limit', {}, { limitMinor: '128000' }, []],
    ['money over the limit', {}, { limitMinor: '100000' }, ['OVER_LIMIT 28000']],
  ])('with %s says so', (_, line, ordered, expected) => {
    expect(codes(asked(line), { order: order(ordered) })).toEqual(expected);
  });

  test('counts what other invoices ask for into the limit, and is over it by no more than itself', () => {
    const invoiced = { seconds: 90n * hour, minor: 720_000n };
    expect(codes(asked(), { order: order({ limitSeconds: String(100n * hour) }), invoiced })).toEqual(['OVER_LIMIT 48000']);
    expect(codes(asked(), { order: order({ limitMinor: '500000' }), invoiced })).toEqual(['OVER_LIMIT 128000']);
  });

  test('names all that it differs in at once', () => {
    const found = codes(asked({ startDate: '2025-12-01', seconds: 20n * hour, rateMinor: 9000n, amountMinor: 1n }), { order: order({ limitMinor: '1' }) });
    expect(found.map((each) => each.split(' ')[0])).toEqual(['OUTSIDE_TERM', 'RATE_DIFFERS', 'AMOUNT_DIFFERS', 'MORE_HOURS_THAN_APPROVED']);
  });
});

describe('matching', () => {
  const seconds = fc.bigInt({ min: 1n, max: 24n * hour });
  const anyReceipts = fc.array(fc.record({ seconds, share: fc.integer({ min: 0, max: 4 }), day: fc.integer({ min: 1, max: 28 }) }), { maxLength: 12 });

  test('never takes more than is asked for, is free, or was approved; and says just what is missing', () => {
    fc.assert(
      fc.property(seconds, anyReceipts, (wanted, given) => {
        const found = given.map(({ seconds: own, share, day }, index) => ({
          ...receipt(`s${index}`, `2026-02-${String(day).padStart(2, '0')}`),
          ...{ seconds: own, held: (own * BigInt(share)) / 4n },
        }));
        const { takes, differences } = match(asked({ seconds: wanted, amountMinor: 1n }), { receipts: found });
        const taken = takes.reduce((sum, take) => sum + take.seconds, 0n);
        const free = found.reduce((sum, each) => sum + each.seconds - each.held, 0n);
        expect(taken).toBe(leastOf(wanted, free));
        for (const take of takes) {
          const own = found.find(({ sourceId }) => sourceId === take.source);
          expect(take.seconds > 0n && own !== undefined && take.seconds <= own.seconds - own.held).toBe(true);
        }
        expect(differences.some(({ code }) => code === 'MORE_HOURS_THAN_APPROVED')).toBe(taken < wanted);
      }),
    );
  });

  test('two lines one after the other never take the same time', () => {
    fc.assert(
      fc.property(seconds, seconds, anyReceipts, (one, other, given) => {
        const found = given.map(({ seconds: own, day }, index) => ({ ...receipt(`s${index}`, `2026-02-${String(day).padStart(2, '0')}`), seconds: own }));
        const first = match(asked({ seconds: one, amountMinor: 1n }), { receipts: found }).takes;
        const taken = new Map(first.map((take) => [take.source, take.seconds]));
        const left = found.map((each) => ({ ...each, held: taken.get(each.sourceId) ?? 0n }));
        const second = match(asked({ seconds: other, amountMinor: 1n }), { receipts: left }).takes;
        for (const each of found) {
          const both = [...first, ...second].filter(({ source }) => source === each.sourceId).reduce((sum, take) => sum + take.seconds, 0n);
          expect(both <= each.seconds).toBe(true);
        }
      }),
    );
  });
});
