import { expect, test } from 'vitest';
import { type Case, judge, type Place } from './case.ts';
import { cases, runCases } from './run.ts';
import { tableOf } from './table.ts';

const nowhere = {} as Place;
const made = (id: string, actual: string): Case => ({ id, what: 'it', right: 'as it should', run: async () => actual });

test('every case has an id of its own, and a way to be seen or a reason why not', () => {
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  expect(cases.length).toBeGreaterThan(90);
  expect(cases.filter((each) => 'run' in each).length).toBeGreaterThan(60);
});

test('a case is right when its value is, and what breaks on the way is wrong and says how', async () => {
  const broken: Case = { ...made('T2', ''), run: async () => Promise.reject(new Error('no answer')) };
  const judged = await Promise.all(
    [made('T1', 'as it should'), broken, { id: 'T3', what: 'it', right: 'x', later: 'not yet' }].map((each) => judge(each, nowhere)),
  );
  expect(judged.map(({ verdict, actual }) => [verdict, actual])).toEqual([
    ['right', 'as it should'],
    ['wrong', 'failed: no answer'],
    ['later', 'not yet'],
  ]);
  expect(tableOf(judged)).toBe(
    [
      ...[
        'T1  RIGHT  it',
        '    as it should',
        'T2  WRONG  it',
        '    failed: no answer',
        '    right: as it should',
        'T3  LATER  it',
        '    not yet',
        '    right: x',
      ],
      '3 cases: 1 right, 1 wrong, 1 later, 0 seen elsewhere',
    ].join('\n'),
  );
});

test('a fresh start tells the first one right', async () => {
  expect(await runCases(cases.filter(({ id }) => id === 'T1'))).toMatchObject([{ id: 'T1', actual: 'PT50M, 83.33 READY', verdict: 'right' }]);
});
