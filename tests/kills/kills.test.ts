import { expect, test } from 'vitest';
import { percentile } from '../../bench/figures.ts';
import { runScript } from '../support/program.ts';
import { faultsOf, rowsOf } from './report.ts';
import type { Outcome } from './stage.ts';

const kill = (target: 'gateway' | 'postgres', started: number, recovered: number) => ({ target, started, recovered });
const fine: Outcome = {
  kills: [kill('gateway', 1000, 1500), kill('gateway', 2000, 4000), kill('postgres', 500, 900)],
  ...{ acknowledged: 7, lost: [], doubled: [], refused: [], endedThemselves: [], missed: 0, repeated: 0, broken: {} },
};

test('a percentile is a value that was measured', () => {
  expect([percentile([3, 1, 2], 50), percentile([3, 1, 2], 99), percentile([7], 50), percentile([], 99)]).toEqual([2, 3, 7, 0]);
});

test('the report has a line per target, and one of all', () => {
  expect(rowsOf(fine)).toEqual([
    ['killed', 'times', 'lost', 'doubled', 'serves p50', 'p99', 'content p50', 'p99'],
    ['gateway', '2', '0', '0', '1.0 s', '2.0 s', '1.5 s', '4.0 s'],
    ['postgres', '1', '0', '0', '0.5 s', '0.5 s', '0.9 s', '0.9 s'],
    ['all', '3', '0', '0', '1.0 s', '2.0 s', '1.5 s', '4.0 s'],
  ]);
});

test('whatever must not be is told in a sentence', () => {
  expect(faultsOf(fine)).toEqual([]);
  const bad = {
    ...fine,
    lost: ['time 1'],
    doubled: ['a'],
    refused: ['FORBIDDEN'],
    endedThemselves: ['worker (1)'],
    missed: 2,
    repeated: 1,
    broken: { 'it holds': 3 },
  };
  expect(faultsOf(bad)).toEqual([
    'lost: time 1',
    'doubled: a',
    'refused for good: FORBIDDEN',
    'ended by themselves: worker (1)',
    'the subscriber missed 2 events and saw 1 again',
    'broken: it holds (3 rows)',
  ]);
});

test.each([
  [['--help'], 0, 'usage: npm run kills'],
  [['--only', 'nobody'], 1, 'nobody is nothing that is killed'],
  [['--kills', 'x'], 1, '--kills must be a whole number above 0'],
  [['--pair', '--timesheets', '0'], 1, '--timesheets must be a whole number above 0'],
])('the command with %j ends with %i', async (args, code, words) => {
  await using program = runScript('tests/kills/main.ts', args);
  expect([await program.ended, program.output()]).toEqual([code, expect.stringContaining(words)]);
});
