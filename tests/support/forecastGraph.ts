import { financeSubgraph } from '#finance/subgraph.ts';
import type { Actor } from '#kernel/actor.ts';
import { type Firm, firm, type World } from './books.ts';
import type { Json } from './graph.ts';
import { allowed, subgraphWorld } from './subgraph.ts';

export const asOf = '2026-03-04';
const money = ['contracted', 'billed', 'recognized', 'backlog', 'scheduledBacklog', 'unscheduledBacklog', 'costToDate', 'estimateToComplete'];
const others = ['estimateAtCompletion', 'revenueAtCompletion', 'marginToDate', 'marginAtCompletion'];
export const figures = `figures { ${[...money, ...others].map((name) => `${name} { amount currency }`).join(' ')} percentComplete }`;
export const hours =
  'startDate confirmedHours tentativeHours unpricedHours confirmedSales { amount } confirmedCost { amount } tentativeSales { amount } tentativeCost { amount }';
const gaps = 'gaps { figure code message hours startDate endDate assignment { id } employee { id } contractLineId }';
export const lines = `lines { totalCount totalCountCapped pageInfo { hasNextPage endCursor } nodes { assignment { id } employee { id } laborCategory { id } contractLineId confirmed
  weekStartDate startDate endDate hours duration sales { amount currency } salesExplanation { rule rate { amount } } cost { amount currency } costExplanation { rule rate { amount } } } }`;
const all = `project { id } currency booksCurrency ${figures} weeks { ${hours} endDate } later { ${hours} endDate } contractedLines { name amount { amount } code } ${gaps} ${lines}`;

type Wish = { actor?: Actor; args?: string; select?: string };
export const codes = (found: Json) => found.gaps.map(({ figure, code }: Json) => `${figure} ${code}`);
export const amountOf = (found: Json, name: string) => found.figures[name]?.amount ?? null;
export const lacking = (...permissions: string[]): Actor => {
  const held = ['actual:read', 'rate:read', 'invoice:read', 'assignment:read', 'revenue:read', 'cost:read'];
  return { id: 'somebody', kind: 'STAFF', permissions: held.filter((each) => !permissions.includes(each)) };
};

export type ForecastGraph = Awaited<ReturnType<typeof forecastGraph>>;

/** The finance subgraph, asked for forecasts. */
export async function forecastGraph() {
  const world: World = await subgraphWorld(financeSubgraph);
  /** The forecast of a project, as finance gives it to the gateway. */
  const run = (id: string, { actor = allowed, args = `asOf: "${asOf}", horizonWeeks: 2`, select = all }: Wish = {}) =>
    world.run(`query ($of: [_Any!]!) { _entities(representations: $of) { ... on Project { forecast(${args}) { ${select} } } } }`, {
      actor,
      variables: { of: [{ __typename: 'Project', id }] },
    });
  const forecast = async (id: string, asked: Wish = {}): Promise<Json> => {
    const { data, errors } = await run(id, asked);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return (data as Json)._entities[0].forecast;
  };
  const firmWide = async (filter: Record<string, unknown>, { actor = allowed, select = `totals { currency projects incomplete ${figures} }` }: Wish = {}) =>
    (
      await world.ok(`query ($filter: ForecastFilter) { forecast(asOf: "${asOf}", horizonWeeks: 2, filter: $filter) { ${select} } }`, {
        actor,
        variables: { filter },
      })
    ).forecast as Json;

  /** A firm whose seniors sell at 100.00 and cost 60.00. */
  const ready = async (): Promise<Firm> => {
    const f = await firm(world);
    await f.standardCards();
    return f;
  };
  return { world, run, forecast, firmWide, ready, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}
