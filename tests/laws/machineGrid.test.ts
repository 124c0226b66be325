import { describe, expect, test } from 'vitest';
import { machines, sources } from '../support/house.ts';
import { expectedMissing, lives } from '../support/lives/lives.ts';

const all = await machines();

describe('the machine grid', () => {
  test('executes every row of every machine by its mutation', () => {
    const rows = all.flatMap(({ machine }) => Object.keys(machine.actions).map((action) => `${machine.entity}.${action}`));
    const lived = lives.flatMap(({ machine, inputs }) => Object.keys(inputs).map((action) => `${machine.entity}.${action}`));
    expect(lived.sort()).toEqual(rows.filter((row) => !(row in expectedMissing)).sort());
    expect(expectedMissing).toEqual({});
  });

  test('finds a way into every state', () => {
    const lost = lives.flatMap(({ machine, path, made }) =>
      machine.states.filter((state) => !path[state] && !made?.[state]).map((state) => `${machine.entity} ${state}`),
    );
    expect(lost).toEqual([]);
  });

  test('closes no row altogether', () => {
    const closed = lives.flatMap(({ machine, closed: cells = {} }) =>
      Object.entries(machine.actions).flatMap(([action, { from }]) =>
        from.every((state) => `${state} ${action}` in cells) ? [`${machine.entity}.${action}`] : [],
      ),
    );
    expect(closed).toEqual([]);
  });

  test('is run for all lives', async () => {
    const text = (await sources(['tests'])).filter(({ path }) => path.startsWith('tests/graph/machineGrid')).map((source) => source.text);
    const files = ['engagements', 'resources', 'time', 'finance', 'operations'];
    expect(files.filter((name) => !text.some((each) => each.includes(`${name}Lives`)))).toEqual([]);
    expect(text.every((each) => each.includes('describeGrid('))).toBe(true);
  });
});
