import { expect, test } from 'vitest';
import { failpoints } from '../../roles/failpoints.ts';
import { cloneDatabase } from '../support/database.ts';
import { differences, tellUnderKills } from '../support/killMatrix.ts';
import { runScript } from '../support/program.ts';
import { choices, seeds } from '../support/seeds.ts';

const points = failpoints();

test('every point has a name of its own', () => {
  expect(new Set(points).size).toBe(points.length);
});

test.each(seeds())('a program that dies at points of the story leaves what one leaves that lives (seed %i)', async (seed) => {
  const { one } = choices(seed);
  const deaths = new Map(
    [/^mutation\/(record|approve|post|apply)/, /^consumer\//, /^step\//, /^schedule\/|^sequencer\//].map((kind) => [
      one(points.filter((each) => kind.test(each))),
      1,
    ]),
  );
  await using quiet = await cloneDatabase();
  await using loud = await cloneDatabase();
  const expected = await tellUnderKills({ databaseUrl: quiet.url, sql: quiet.sql, deaths: [] });
  expect(expected).toMatchObject({ broken: {}, endedThemselves: [] });
  const told = await tellUnderKills({ databaseUrl: loud.url, sql: loud.sql, deaths: [...deaths] });
  expect(differences(told.figures, expected.figures)).toEqual([]);
  expect(told).toMatchObject({ broken: {}, endedThemselves: [] });
});

test.each([
  [['--help'], 0, 'usage: npm run faults'],
  [['sequences', '--help'], 0, 'usage: npm run faults -- sequences'],
  [['sequences', '--count', 'x'], 1, '--count must be a whole number above 0'],
  [['sequences', '--count', '3', '--seed', '1'], 0, 'seed 1: 3 sequences'],
  [['--only', 'nothing'], 1, 'No point has nothing in its name'],
  [['--kills', 'x'], 1, '--kills must be a whole number above 0'],
])('the command with %j ends with %i', async (args, code, words) => {
  await using program = runScript('tests/faults/main.ts', args);
  expect([await program.ended, program.output()]).toEqual([code, expect.stringContaining(words)]);
});
