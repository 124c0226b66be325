import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { feesDue } from '#finance/billing/fees.ts';
import { balancesOf, type Draw, earnedBy, retainersOf, roomOn } from '#finance/billing/retainer.ts';
import { addDays, addMonths } from '#kernel/period.ts';
import { aContract, aContractLine, aContractVersion } from '../support/siblings.ts';

const contractOf = (
  unused: 'EXPIRES' | 'ROLLS_OVER',
  { every = 'MONTH', start = '2026-01-01' }: { every?: 'MONTH' | 'QUARTER' | 'YEAR'; start?: string } = {},
) => {
  const line = aContractLine({ name: 'Retainer', method: 'RETAINER', amountMinor: '1000', retainer: { every, unused } });
  return aContract({ startDate: start, versions: [aContractVersion({ effectiveFrom: start, lines: [line] })] });
};
const sole = (contract: ReturnType<typeof contractOf>, upTo: string) => {
  const [retainer] = retainersOf(contract, upTo);
  if (!retainer) throw new Error('no retainer');
  return retainer;
};

describe('the periods of a retainer', () => {
  test('follow each other without a gap, also from the last day of a month', () => {
    const { periods } = sole(contractOf('EXPIRES', { start: '2026-01-31' }), '2026-04-15');
    expect(periods.map(({ from, to }) => `${from} ${to}`)).toEqual(['2026-01-31 2026-02-27', '2026-02-28 2026-03-30', '2026-03-31 2026-04-29']);
    const quarters = sole(contractOf('EXPIRES', { every: 'QUARTER' }), '2026-12-31').periods;
    expect(quarters.map(({ from }) => from)).toEqual(['2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01']);
    expect([addMonths('2024-02-29', 12), addMonths('2026-10-31', 4), addMonths('2026-05-15', -5)]).toEqual(['2025-02-28', '2027-02-28', '2025-12-15']);
  });

  test('cost what the version of their first day says, and end with the contract', () => {
    const contract = contractOf('EXPIRES');
    const [first] = contract.versions;
    const [line] = first?.lines ?? [];
    if (!first || !line) throw new Error('no line');
    const raised = { ...line, amountMinor: '1500', endDate: '2026-03-10' };
    const versions = [{ ...first, effectiveTo: '2026-02-14' }, aContractVersion({ number: 2, effectiveFrom: '2026-02-15', lines: [raised] })];
    const { periods } = sole({ ...contract, versions }, '2026-12-31');
    expect(periods.map(({ number, to, minor }) => `${number} ${to} ${minor}`)).toEqual(['1 2026-01-31 1000', '2 2026-02-28 1000', '3 2026-03-10 1500']);
  });

  test('are billed under ids that stay, whatever they cost', () => {
    const contract = contractOf('EXPIRES');
    const ids = feesDue(contract, '2026-03-15').map(({ id, dueOn }) => `${id} ${dueOn}`);
    expect(new Set(ids).size).toBe(3);
    const dearer = contract.versions.map((version) => ({ ...version, lines: version.lines.map((line) => ({ ...line, amountMinor: '9' })) }));
    expect(feesDue({ ...contract, versions: dearer }, '2026-03-15').map(({ id, dueOn }) => `${id} ${dueOn}`)).toEqual(ids);
  });
});

const draw = fc.record({ workDate: fc.integer({ min: -10, max: 130 }).map((days) => addDays('2026-01-01', days)), wanted: fc.bigInt(0n, 700n) });

test.each(['EXPIRES', 'ROLLS_OVER'] as const)('no draw, in whatever order work comes, takes what is not there (%s)', (unused) => {
  fc.assert(
    fc.property(fc.array(draw, { maxLength: 20 }), (wishes) => {
      const retainer = sole(contractOf(unused), '2026-12-31');
      const draws: Draw[] = [];
      for (const { workDate, wanted } of wishes) {
        const room = roomOn(retainer, draws, workDate);
        if (room >= wanted) draws.push({ workDate, minor: wanted });
        else draws.push({ workDate, minor: room });
      }
      const balances = balancesOf(retainer, draws, '0000-01-01');
      expect(balances.every(({ balanceMinor }) => balanceMinor >= 0n)).toBe(true);
      const drawn = draws.reduce((sum, { minor }) => sum + minor, 0n);
      const granted = retainer.periods.reduce((sum, { minor }) => sum + minor, 0n);
      const ended = balancesOf(retainer, draws, '2027-06-01');
      const expired = ended.reduce((sum, { expiredMinor }) => sum + expiredMinor, 0n);
      expect(earnedBy(retainer, draws, '2027-06-01')).toBe(drawn + expired);
      expect(expired).toBe(unused === 'EXPIRES' ? granted - drawn : 0n);
      expect(ended.at(-1)?.balanceMinor).toBe(unused === 'EXPIRES' ? 0n : granted - drawn);
    }),
  );
});
