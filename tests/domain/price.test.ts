import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ContractRateTerms } from '#engagements/published.ts';
import { capsOf, piecesOf, withinCaps } from '#finance/billing/caps.ts';
import {
  type Cards,
  type ContractTerms,
  chooseLine,
  findCostRate,
  findSalesRate,
  type PricedCard,
  priceRules,
  priceTime,
  sellsWork,
} from '#finance/billing/price.ts';
import { aContractLine, aContractVersion } from '../support/siblings.ts';

const line = aContractLine({ id: 'line' });
const work = { workDate: '2026-02-02', employeeId: 'ada', laborCategoryId: 'senior' };
const rate = (more: Partial<ContractRateTerms>): ContractRateTerms => ({
  id: 'rate',
  lineId: null,
  employeeId: null,
  laborCategoryId: null,
  minor: '1',
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
  ...more,
});
const card = (id: string, minor: bigint, more: { currency?: string; from?: string; to?: string | null; employee?: boolean } = {}): PricedCard => {
  const entry = new Map([[more.employee ? 'ada' : 'senior', { id: `${id}-line`, minor }]]);
  const version = {
    id: `${id}-version`,
    effectiveFrom: more.from ?? '2026-01-01',
    effectiveTo: more.to ?? null,
    byEmployee: more.employee ? entry : new Map(),
    byLaborCategory: more.employee ? new Map() : entry,
  };
  return { id, currency: more.currency ?? 'EUR', versions: [version] };
};
const contractOf = (rates: ContractRateTerms[]): ContractTerms => ({ currency: 'EUR', ...aContractVersion({ id: 'version', lines: [line], rates }) });
const search = (rates: ContractRateTerms[], cards: Partial<Cards> = {}) =>
  findSalesRate(work, {
    contractId: 'contract',
    contract: contractOf(rates),
    lineId: 'line',
    cards: { contract: undefined, customer: [], standard: [], ...cards },
  });

/** One source of a rate for each step of the search, each with a rate of its own. */
const steps: { rates?: ContractRateTerms[]; cards?: Partial<Cards> }[] = [
  { rates: [rate({ lineId: 'line', minor: '1' })] },
  { rates: [rate({ employeeId: 'ada', minor: '2' })] },
  { rates: [rate({ laborCategoryId: 'senior', minor: '3' })] },
  { cards: { contract: card('contract-card', 4n) } },
  { cards: { customer: [card('customer-card', 5n)] } },
  { cards: { standard: [card('standard-card', 6n)] } },
];

describe('the rate search', () => {
  test('gives the first hit of whatever is there, in the order of the house, or nothing', () => {
    fc.assert(
      fc.property(fc.subarray([0, 1, 2, 3, 4, 5]), (there) => {
        const rates = there.flatMap((step) => steps[step]?.rates ?? []);
        const cards = Object.assign({}, ...there.map((step) => steps[step]?.cards ?? {})) as Partial<Cards>;
        const hit = search(rates, cards);
        const first = Math.min(...there);
        expect(hit?.minor).toBe(there.length === 0 ? undefined : BigInt(first + 1));
        if (hit) expect(hit.explanation).toMatchObject({ rule: priceRules[first], rateMinor: String(first + 1), currency: 'EUR', contractId: 'contract' });
      }),
    );
  });

  test('goes by the work date and by nothing else', () => {
    const day = fc.integer({ min: 0, max: 364 }).map((days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, day, (on, a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const found = findSalesRate(
          { ...work, workDate: on },
          {
            contractId: 'c',
            contract: contractOf([rate({ employeeId: 'ada', minor: '9', effectiveFrom: from, effectiveTo: to })]),
            lineId: 'line',
            cards: { contract: undefined, customer: [], standard: [card('s', 6n, { from: '2000-01-01' })] },
          },
        );
        expect(found?.minor).toBe(from <= on && on <= to ? 9n : 6n);
        const inCard = findCostRate({ ...work, workDate: on }, [card('cost', 7n, { from, to })], 'EUR');
        expect(inCard?.minor).toBe(from <= on && on <= to ? 7n : undefined);
      }),
    );
  });

  test('prefers more dimensions, then the employee, then the latest', () => {
    const both = rate({ employeeId: 'ada', laborCategoryId: 'senior', minor: '1' });
    const employee = rate({ employeeId: 'ada', minor: '2' });
    expect(search([employee, both])).toMatchObject({ minor: 1n, explanation: { rule: 'CONTRACT_EMPLOYEE', matched: ['EMPLOYEE', 'LABOR_CATEGORY'] } });
    expect(search([rate({ lineId: 'line', laborCategoryId: 'senior', minor: '3' }), rate({ lineId: 'line', employeeId: 'ada', minor: '4' })])).toMatchObject({
      minor: 4n,
      explanation: { matched: ['CONTRACT_LINE', 'EMPLOYEE'], contractLineId: 'line' },
    });
    expect(search([rate({ employeeId: 'ada', minor: '5' }), rate({ employeeId: 'ada', minor: '6', effectiveFrom: '2026-02-01' })])?.minor).toBe(6n);
    expect(search([rate({ minor: '7' }), rate({ laborCategoryId: 'senior', minor: '8' })])?.minor).toBe(8n);
    expect(search([rate({ minor: '7' })])).toMatchObject({ minor: 7n, explanation: { rule: 'CONTRACT_LABOR_CATEGORY', matched: [] } });
  });

  test('ignores rates of other lines, employees and categories', () => {
    const others = [
      rate({ lineId: 'other' }),
      rate({ employeeId: 'bob' }),
      rate({ laborCategoryId: 'junior' }),
      rate({ lineId: 'line', employeeId: 'bob' }),
      rate({ employeeId: 'ada', laborCategoryId: 'junior' }),
    ];
    expect(search(others)).toBeUndefined();
  });

  test('finds the employee before the labor category in a card, and says which card, version and line', () => {
    const both: PricedCard = {
      id: 'k',
      currency: 'EUR',
      versions: [
        {
          id: 'v',
          effectiveFrom: '2026-01-01',
          effectiveTo: null,
          byEmployee: new Map([['ada', { id: 'e', minor: 8n }]]),
          byLaborCategory: new Map([['senior', { id: 'c', minor: 9n }]]),
        },
      ],
    };
    expect(findCostRate(work, [both], 'EUR')).toMatchObject({
      minor: 8n,
      explanation: { rule: 'STANDARD_RATE_CARD', matched: ['EMPLOYEE'], rateCardId: 'k', rateCardVersionId: 'v', rateCardLineId: 'e' },
    });
    expect(findCostRate({ ...work, employeeId: 'bob' }, [both], 'EUR')).toMatchObject({
      minor: 9n,
      explanation: { matched: ['LABOR_CATEGORY'], rateCardLineId: 'c' },
    });
  });

  test('takes the card in the contract currency first, and does not pass by one in another currency', () => {
    expect(search([], { customer: [card('usd', 1n, { currency: 'USD' }), card('eur', 2n)] })).toMatchObject({ minor: 2n, currency: 'EUR' });
    expect(search([], { customer: [card('usd', 1n, { currency: 'USD' })], standard: [card('eur', 2n)] })).toMatchObject({ minor: 1n, currency: 'USD' });
  });

  test('never makes 0 of a miss, and keeps an agreed 0', () => {
    expect(search([])).toBeUndefined();
    expect(search([rate({ employeeId: 'ada', minor: '0' })])?.minor).toBe(0n);
  });
});

describe('a price', () => {
  const hit = (minor: bigint) => {
    const found = search([rate({ employeeId: 'ada', minor: minor.toString() })]);
    if (!found) throw new Error('no hit');
    return found;
  };

  test('is within half a minor unit of rate x time, and rounds halves by the policy', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 1_000_000n), fc.bigInt(0n, 604_800n), fc.constantFrom('HALF_UP' as const, 'HALF_EVEN' as const), (minor, seconds, rounding) => {
        const priced = priceTime(hit(minor), seconds, rounding);
        const off = priced.minor * 3600n - minor * seconds;
        expect((off < 0n ? -off : off) * 2n).toBeLessThanOrEqual(3600n);
        expect(priced.explanation.rounding).toBe(rounding);
      }),
    );
    expect(priceTime(hit(1n), 1800n, 'HALF_UP').minor).toBe(1n);
    expect(priceTime(hit(1n), 1800n, 'HALF_EVEN').minor).toBe(0n);
    expect(priceTime(hit(3n), 1800n, 'HALF_EVEN').minor).toBe(2n);
  });
});

describe('a contract line', () => {
  const all = aContractLine({ id: 'all' });
  const mine = aContractLine({ id: 'mine', projectIds: ['p'] });

  test('that names the project is taken before one for all', () => {
    const contract = { ...contractOf([]), lines: [all, mine] };
    expect(chooseLine(contract, { projectId: 'p', kind: 'TIME', workDate: '2026-02-02' })?.id).toBe('mine');
    expect(chooseLine(contract, { projectId: 'q', kind: 'TIME', workDate: '2026-02-02' })?.id).toBe('all');
  });

  test('bills only its kinds, projects and days', () => {
    const narrow = {
      ...contractOf([]),
      lines: [
        aContractLine({ kinds: ['EXPENSE'] }),
        aContractLine({ projectIds: ['other'] }),
        aContractLine({ startDate: '2026-03-01' }),
        aContractLine({ endDate: '2026-02-01' }),
      ],
    };
    expect(chooseLine(narrow, { projectId: 'p', kind: 'TIME', workDate: '2026-02-02' })).toBeUndefined();
  });

  test('sells work by time and materials, and by a retainer that says how it is drawn', () => {
    const methods = ['TIME_AND_MATERIALS', 'FIXED_FEE', 'MILESTONE', 'RETAINER'] as const;
    expect(methods.filter((method) => sellsWork(aContractLine({ method })))).toEqual(['TIME_AND_MATERIALS']);
    expect(sellsWork(aContractLine({ method: 'RETAINER', retainer: { every: 'MONTH', unused: 'EXPIRES' } }))).toBe(true);
  });

  test('with a limit never sells more than it', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 1000n), fc.array(fc.bigInt(0n, 400n)), (limit, amounts) => {
        const limited = aContractLine({ notToExceedMinor: limit.toString() });
        let sold = 0n;
        for (const minor of amounts) {
          const share = withinCaps(capsOf(limited, undefined), () => sold, { minor, currency: 'EUR' });
          sold += share.within;
          if (share.hold) expect(sold).toBe(limit);
          const pieces = piecesOf({ minor, seconds: 3600n * minor + 1n }, { drawn: 0n, ...share });
          expect(pieces.reduce((sum, piece) => sum + piece.minor, 0n)).toBe(minor);
          expect(pieces.reduce((sum, piece) => sum + (piece.seconds ?? 0n), 0n)).toBe(3600n * minor + 1n);
          expect(pieces.every((piece) => minor === 0n || piece.minor > 0n)).toBe(true);
        }
        expect(sold).toBeLessThanOrEqual(limit);
      }),
    );
    expect(withinCaps(capsOf(aContractLine({ name: 'Work', notToExceedMinor: '100' }), undefined), () => 90n, { minor: 11n, currency: 'KWD' })).toEqual({
      within: 10n,
      hold: { code: 'NOT_TO_EXCEED', reason: 'Contract line Work may bill 0.100 KWD in all; 0.010 KWD are left and this is 0.011 KWD.' },
    });
    expect(withinCaps(capsOf(aContractLine(), undefined), () => 90n, { minor: 11n, currency: 'EUR' })).toEqual({ within: 11n, hold: undefined });
  });
});
