import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Assessed, Priced } from '#finance/actual/assess.ts';
import { planRepricing } from '#finance/actual/repricing.ts';
import { lostOf, postingOf } from '#finance/actual/sources.ts';
import type { ActualRow } from '#finance/tables.ts';
import { Refused } from '#kernel/errors.ts';
import { aContractLine } from '../support/siblings.ts';

const line = aContractLine();
let made = 0;

/** A line of the ledger of one source: hours at 100, sold on the contract's line. */
function row(kind: ActualRow['kind'], more: Partial<ActualRow> = {}): ActualRow {
  made += 1;
  const nothing = { reversesId: null, reversedById: null, reason: null };
  const source = { sourceType: 'TIMESHEET_ENTRY', sourceId: 's', sourceVersion: 1, pricingRevision: 1 };
  const then = new Date('2026-03-02T09:00:00.000Z');
  return {
    createdAt: then,
    updatedAt: then,
    id: `a${made}`,
    kind,
    status: 'READY',
    amountMinor: 100n,
    currency: 'EUR',
    contractLineId: line.id,
    subcontractLineId: null,
    ...source,
    ...nothing,
    ...more,
  } as ActualRow;
}
const price = (minor: bigint, currency = 'EUR') => ({ minor, currency, explanation: {} }) as Priced;
const assessed = (cost: bigint, sales?: bigint, on = line) =>
  ({ cost: price(cost), sales: sales === undefined ? undefined : price(sales), place: { line: on } }) as unknown as Assessed;
const taken = { reversedById: 'r' };

describe('a plan to price anew', () => {
  const both = () => [row('COST'), row('UNBILLED_SALES')];
  test.each<[string, Assessed, ActualRow[], string[], [string, bigint][]]>([
    ['nothing where all comes out the same', assessed(100n, 100n), both(), [], []],
    ['the sale alone when its price changed', assessed(100n, 130n), both(), ['UNBILLED_SALES 100 130'], [['EUR', 30n]]],
    ['the cost alone when its price changed', assessed(70n, 100n), both(), ['COST 100 70'], []],
    ['both when both changed', assessed(70n, 80n), both(), ['COST 100 70', 'UNBILLED_SALES 100 80'], [['EUR', -20n]]],
    ['a sale where there was none', assessed(100n, 130n), [row('COST')], ['UNBILLED_SALES - 130'], [['EUR', 130n]]],
    ['a cost of the next revision beside a sale that goes', assessed(100n), both(), ['COST 100 100', 'UNBILLED_SALES 100 -'], [['EUR', -100n]]],
    ['what another line bills now', assessed(100n, 100n, aContractLine()), both(), ['COST 100 100', 'UNBILLED_SALES 100 100'], [['EUR', 0n]]],
    [
      'two currencies apart',
      assessed(100n, 5n),
      [row('COST'), row('UNBILLED_SALES', { currency: 'USD' })],
      ['UNBILLED_SALES 100 5'],
      [
        ['USD', -100n],
        ['EUR', 5n],
      ],
    ],
  ])('has %s', (_, now, rows, changes, deltas) => {
    const plan = planRepricing(now, rows);
    if (plan instanceof Refused) throw plan;
    expect(plan.changes.map(({ kind, before, after }) => `${kind} ${before.map((row) => row.amountMinor).join('+') || '-'} ${after?.minor ?? '-'}`)).toEqual(
      changes,
    );
    expect([...plan.deltas]).toEqual(deltas);
    expect(plan.revision).toBe(2);
  });

  test.each(['ON_INVOICE', 'BILLED'] as const)('is refused where the sale is %s, unless the sale stays as it is', (status) => {
    const rows = [row('COST'), row('UNBILLED_SALES', { status })];
    expect(planRepricing(assessed(100n, 130n), rows)).toMatchObject({ code: 'GUARD_REFUSED', guard: 'notOnInvoice' });
    expect(planRepricing(assessed(70n, 100n), rows)).toMatchObject({ changes: [{ kind: 'COST' }] });
  });

  test('has the cost when another line of an order gives it, at the same price', () => {
    const bought = { ...price(100n), explanation: { subcontract: { lineId: 'other' } } } as Priced;
    const rows = [row('COST', { subcontractLineId: 'line' }), row('UNBILLED_SALES')];
    expect(planRepricing({ ...assessed(100n, 100n), cost: bought }, rows)).toMatchObject({ changes: [{ kind: 'COST' }] });
    const same = rows.map((each) => ({ ...each, subcontractLineId: each.kind === 'COST' ? 'other' : null }));
    expect(planRepricing({ ...assessed(100n, 100n), cost: bought }, same)).toMatchObject({ changes: [] });
  });

  test('goes on from the highest revision that there ever was', () => {
    const rows = [row('COST'), row('UNBILLED_SALES', { ...taken, pricingRevision: 6 }), row('UNBILLED_SALES', { pricingRevision: 3 })];
    expect(planRepricing(assessed(100n, 1n), rows)).toMatchObject({ revision: 7 });
  });

  test('is worth what the sales differ by, whatever they are', () => {
    const minor = fc.bigInt({ min: 0n, max: 10n ** 12n });
    fc.assert(
      fc.property(minor, minor, (before, after) => {
        const plan = planRepricing(assessed(100n, after), [row('COST'), row('UNBILLED_SALES', { amountMinor: before })]);
        if (plan instanceof Refused) throw plan;
        expect(plan.deltas.get('EUR') ?? 0n).toBe(after - before);
      }),
    );
  });
});

describe('what was taken back of a source', () => {
  test.each<[string, ActualRow[], string[]]>([
    ['nothing while all counts', [row('COST'), row('UNBILLED_SALES')], []],
    ['a sale', [row('COST'), row('UNBILLED_SALES', taken)], ['UNBILLED_SALES']],
    ['a cost', [row('COST', taken), row('UNBILLED_SALES')], ['COST']],
    ['both', [row('COST', taken), row('UNBILLED_SALES', taken)], ['COST', 'UNBILLED_SALES']],
    ['nothing once the next revision counts', [row('COST'), row('UNBILLED_SALES', taken), row('UNBILLED_SALES', { pricingRevision: 2 })], []],
    ['nothing where a later cost says that nothing is sold', [row('COST', taken), row('UNBILLED_SALES', taken), row('COST', { pricingRevision: 2 })], []],
    [
      'a cost although the sale went on by a credit note',
      [row('COST', taken), row('UNBILLED_SALES', taken), row('UNBILLED_SALES', { pricingRevision: 2 })],
      ['COST'],
    ],
    ['no BILLED_SALES, which credit notes take back', [row('COST'), row('UNBILLED_SALES'), row('BILLED_SALES', taken)], []],
    [
      'a sale that went after its cost was posted anew',
      [row('COST', taken), row('COST', { pricingRevision: 2 }), row('UNBILLED_SALES', { ...taken, updatedAt: new Date('2026-03-02T09:00:00.001Z') })],
      ['UNBILLED_SALES'],
    ],
    ['no reversal', [row('COST'), row('UNBILLED_SALES', { reversesId: 'x' })], []],
  ])('is %s', (_, rows, kinds) => {
    expect(lostOf(rows).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('where a source stands', () => {
  const of = (rows: ActualRow[], version: number, more: { newest?: number; anew?: boolean } = {}) => {
    const stand = postingOf(rows, { version, newest: more.newest ?? version, anew: more.anew ?? false });
    if (stand.state === 'REFUSED') return `${stand.state} ${stand.refused.code}`;
    return stand.state === 'NEW' ? `NEW ${stand.revision} former ${stand.former.length} kept ${stand.kept.length}` : `POSTED ${stand.actualIds.length}`;
  };
  const first = () => [row('COST'), row('UNBILLED_SALES')];
  const second = () => [row('COST', { sourceVersion: 2 }), row('UNBILLED_SALES', { sourceVersion: 2 })];
  const gone = () => [row('COST', taken), row('UNBILLED_SALES', taken)];
  test.each<[string, string]>([
    [of([], 1), 'NEW 1 former 0 kept 0'],
    [of(first(), 1), 'POSTED 2'],
    [of(first(), 2), 'NEW 1 former 2 kept 0'],
    [of([...gone(), ...second()], 2), 'POSTED 2'],
    [of([...gone(), ...second()], 1), 'POSTED 2'],
    [of(second(), 1), 'REFUSED STALE_VERSION'],
    [of([], 1, { newest: 2 }), 'REFUSED STALE_VERSION'],
    [of(gone(), 1), 'REFUSED ACTUAL_REVERSED'],
    [of(gone(), 1, { anew: true }), 'NEW 2 former 0 kept 0'],
    [of(gone(), 2), 'NEW 1 former 0 kept 0'],
    [of([row('COST'), row('UNBILLED_SALES', taken)], 1, { anew: true }), 'NEW 2 former 0 kept 1'],
    [of([row('COST'), row('UNBILLED_SALES', { status: 'BILLED' })], 2), 'REFUSED GUARD_REFUSED'],
    [of([row('COST', taken), row('UNBILLED_SALES', { status: 'BILLED' })], 1, { anew: true }), 'NEW 2 former 0 kept 1'],
  ])('%s is %s', (found, expected) => expect(found).toBe(expected));

  test('tells why it was taken back, and what that is worth', () => {
    const reversal = row('UNBILLED_SALES', { id: 'r', reversesId: 'a', reason: 'Wrong rate', amountMinor: -100n });
    const stand = postingOf([row('COST'), row('UNBILLED_SALES', { id: 'a', ...taken }), reversal], { version: 1, newest: 1, anew: false });
    expect(stand).toMatchObject({ refused: { message: expect.stringContaining('taken back: Wrong rate.') }, atRisk: { minor: 100n, currency: 'EUR' } });
  });
});
