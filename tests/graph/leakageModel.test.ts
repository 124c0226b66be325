import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { reconciliationsOf } from '../support/reconciliations.ts';
import { runBatch } from '../support/sequences/batch.ts';
import { stageIn } from '../support/sequences/run.ts';
import { type Run, scriptOf } from '../support/sequences/sequence.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** By currency, in cents. */
type Sums = Record<string, number>;
const add = (sums: Sums, currency: string, minor: number): void => {
  if (minor !== 0) sums[currency] = (sums[currency] ?? 0) + minor;
};

/** What the pencils say that is not billed and not paid: they know nothing of stages, nor of the database. */
function pencilled(runs: readonly Run[]): { unbilled: Sums; unpaid: Sums; waitingHours: number } {
  const said = { unbilled: {} as Sums, unpaid: {} as Sums, waitingHours: 0 };
  for (const { lane } of runs) {
    const { currency } = lane.terms;
    for (const { sale, minor } of lane.model.entries) if (sale !== 'NONE' && sale !== 'BILLED') add(said.unbilled, currency, minor);
    for (const { status, total, paid, credited } of lane.model.invoices)
      if (status === 'POSTED' || status === 'PARTLY_PAID') add(said.unpaid, currency, total - paid - credited);
    for (const { waits, hours } of lane.model.entries) if (waits) said.waitingHours += hours;
  }
  return said;
}

function counted(rows: readonly Json[]): Sums {
  const sums: Sums = {};
  for (const { amount, currency } of rows.flatMap(({ moneyAtRisk }) => moneyAtRisk)) add(sums, currency, Math.round(Number(amount) * 100));
  return sums;
}

test('after any histories there is no break, and the leakage meter says what a pencil says, by stage', async () => {
  const at = reconciliationsOf(world);
  const seeds = Array.from({ length: 150 }, (_, index) => 9_100 + index);
  const stage = await stageIn(world, seeds.length);
  const runs = await runBatch(
    stage,
    seeds.map((seed) => scriptOf(seed)),
  );
  expect(runs.filter(({ failure }) => failure).map(({ failure }) => failure)).toEqual([]);
  await world.settle();
  await at.run();
  expect(await at.unknown()).toEqual([]);
  const { unbilled, unpaid, waitingHours } = pencilled(runs);
  const rowsOf = async (pair: string) => (await at.leakage({ groupBy: 'CAUSE', filter: { pairs: [pair] } })).rows;
  expect(counted(await rowsOf('POSTED_BILLED'))).toEqual(unbilled);
  expect(counted(await rowsOf('BILLED_PAID'))).toEqual(unpaid);
  const hours = (await rowsOf('APPROVED_POSTED')).reduce((sum: number, row: Json) => sum + Number(row.hours), 0);
  expect(hours).toBeCloseTo(waitingHours, 6);
  expect(Object.keys(unbilled).length).toBeGreaterThan(0);
  expect(Object.keys(unpaid).length).toBeGreaterThan(0);
});
