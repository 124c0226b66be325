import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postApprovedTime } from '#finance/actual/commands.ts';
import { references as resources } from '#resources/published.ts';
import { inScope, publishedCard, type World } from '../support/books.ts';
import { amountOf, asOf, codes, type ForecastGraph, forecastGraph } from '../support/forecastGraph.ts';
import { assign } from '../support/forecasts.ts';
import type { Json } from '../support/graph.ts';
import { amountsOf, type Lending, lendingFirm, poundsInEuro, setTerms } from '../support/lending.ts';
import { anEmployee } from '../support/siblings.ts';

let graph: ForecastGraph;
let world: World;
beforeAll(async () => {
  graph = await forecastGraph();
  world = graph.world;
  await poundsInEuro(world, '1.20', ['2026-03-02']);
});
afterAll(() => graph[Symbol.asyncDispose]());

const plus = ({ lenderId, borrowerId }: Lending, more: object = {}) => ({
  ...{ lenderId, borrowerId, effectiveFrom: '2026-01-01', method: 'COST_PLUS', markUpPercent: '25' },
  ...more,
});
/** Basil is planned for a week of 40 hours. */
async function planned(f: Lending): Promise<void> {
  const laborCategories = [{ laborCategoryId: f.senior, effectiveFrom: '2026-01-01' }];
  await world.publish(resources.Employee, [{ id: f.basil, version: 2, data: anEmployee({ legalEntityId: f.lenderId, name: 'Basil', laborCategories }) }]);
  const week = { startDate: '2026-03-09', endDate: '2026-03-13' };
  await assign(world, { projectId: f.projectId, employeeId: f.basil, ...week });
}
const told = ({ lines: { nodes } }: Json) =>
  nodes.map(({ startDate, hours, cost, costExplanation }: Json) => [startDate, hours, cost?.amount, costExplanation?.rule]);

describe('planned work of somebody who is lent', () => {
  test('costs what the lender asks, day by day as terms and cards change, and as much as posting makes of it', async () => {
    const f = await lendingFirm(world);
    await setTerms(world, plus(f));
    await setTerms(world, plus(f, { effectiveFrom: '2026-03-11', markUpPercent: '50' }));
    const lines = [{ laborCategoryId: f.senior, rate: '65.00' }];
    const { cardId: rateCardId } = await publishedCard(world, { kind: 'TRANSFER', scope: 'NAMED', currency: 'GBP', legalEntityId: f.lenderId, lines });
    await setTerms(world, { ...plus(f), method: 'RATE_CARD', effectiveFrom: '2026-03-12', markUpPercent: undefined, rateCardId });
    await setTerms(world, { ...plus(f), method: 'NONE', effectiveFrom: '2026-03-13', markUpPercent: undefined });
    await planned(f);
    const found = await graph.forecast(f.projectId);
    const [first, ...rest] = told(found);
    const hours = Number(first[1]) / 2;
    expect([first, ...rest]).toEqual([
      ['2026-03-09', (2 * hours).toFixed(2), (2 * hours * 72).toFixed(2), 'INTERCOMPANY_COST_PLUS'],
      ['2026-03-11', hours.toFixed(2), (hours * 86.4).toFixed(2), 'INTERCOMPANY_COST_PLUS'],
      ['2026-03-12', hours.toFixed(2), (hours * 78).toFixed(2), 'INTERCOMPANY_RATE_CARD'],
      ['2026-03-13', hours.toFixed(2), (hours * 60).toFixed(2), 'STANDARD_RATE_CARD'],
    ]);
    const entry = f.entry({ employeeId: f.basil, workDate: '2026-03-09', seconds: BigInt(hours * 3600) });
    await inScope(world, (scope) => postApprovedTime(scope, [entry]));
    expect((await amountsOf(world, entry.id))[0]).toBe(`${(hours * 72).toFixed(2)} EUR`);
    const later = await graph.forecast(f.projectId, { args: 'asOf: "2026-03-09", horizonWeeks: 2' });
    expect(amountOf(later, 'costToDate')).toBe((hours * 72).toFixed(2));
  });

  test('is a gap that says which rate is missing', async () => {
    const f = await lendingFirm(world, { currency: 'NOK' });
    await setTerms(world, plus(f));
    await planned(f);
    const found = await graph.forecast(f.projectId);
    expect(codes(found)).toContain('COST CURRENCY_MISMATCH');
    expect(amountOf(found, 'estimateToComplete')).toBeNull();
  });
});

describe('readiness', () => {
  const gapsOf = async (lenderId: string): Promise<Json[]> => {
    const { readiness } = await world.ok(`{ readiness(asOf: "${asOf}") { gaps { code message subjectType subjectId mutation } } }`);
    return readiness.gaps.filter(({ code, subjectId }: Json) => code === 'LENDER_WITHOUT_TERMS' && subjectId === lenderId);
  };

  test('names who lends without terms, once per pair, until there are some: NONE is an answer, too', async () => {
    const f = await lendingFirm(world);
    expect(await gapsOf(f.lenderId)).toEqual([]);
    await planned(f);
    await assign(world, { projectId: f.projectId, employeeId: f.basil, startDate: '2026-04-06', endDate: '2026-04-10' });
    expect(await gapsOf(f.lenderId)).toMatchObject([
      {
        subjectType: 'LegalEntity',
        mutation: 'setIntercompanyTerms',
        message: expect.stringMatching(/^Lender .* lends people to Firm .* without terms for the day/),
      },
    ]);
    await setTerms(world, plus(f, { effectiveFrom: '2026-04-01' }));
    expect(await gapsOf(f.lenderId)).toHaveLength(1);
    await setTerms(world, { ...plus(f), method: 'NONE', markUpPercent: undefined });
    expect(await gapsOf(f.lenderId)).toEqual([]);
  });

  test('names nobody for work that is over, or on projects that are', async () => {
    const f = await lendingFirm(world);
    await assign(world, { projectId: f.projectId, employeeId: f.basil, startDate: '2026-02-02', endDate: '2026-02-27' });
    expect(await gapsOf(f.lenderId)).toEqual([]);
    await planned(f);
    await f.project({ status: 'CANCELLED' });
    expect(await gapsOf(f.lenderId)).toEqual([]);
  });
});
