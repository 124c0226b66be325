import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manyClients } from '../support/manyClients.ts';

const statements: string[] = [];
let world: Awaited<ReturnType<typeof manyClients>>;
beforeAll(async () => {
  world = await manyClients(50, (text) => statements.push(text));
});
afterAll(() => world[Symbol.asyncDispose]());

/** Fetches that the gateway has sent to subgraphs so far. */
async function fetches(): Promise<number> {
  const { values } = await world.metrics.fetchSeconds.get();
  return values.filter(({ metricName }) => metricName?.endsWith('_count')).reduce((sum, { value }) => sum + value, 0);
}

const year = new Date().getUTCFullYear() - 1;

const ways: Record<string, string> = {
  'customers -> engagements -> projects -> assignments -> employee': `customers(first: $first) { nodes { name engagements(first: 3) { totalCount nodes { name
    projects(first: 3) { totalCount nodes { name manager { name } assignments(first: 3) { totalCount nodes { startDate employee { name laborCategory { code } } } } } } } } } }`,
  'projects -> time entries, actuals, work in progress, invoices': `projects(first: $first) { nodes { name customer { name } contract { name rates { id } lines { name } } availableActions { name }
    timeEntries(first: 5) { totalCount nodes { hours employee { name } } } timeSummary { hours }
    actuals(first: 10) { totalCount nodes { kind amount { amount } employee { name } priceExplanation { rule rateCard { name } } } }
    workInProgress { amount { amount } } invoices(first: 3) { totalCount nodes { number total { amount } } } } }`,
  'projects -> forecasts, weeks, lines': `projects(first: $first) { nodes { name forecast(asOf: "${year}-01-31", horizonWeeks: 2) { currency figures { billed { amount } costToDate { amount } }
    weeks { startDate confirmedHours confirmedSales { amount } } lines(first: 2) { totalCount nodes { hours employee { name } sales { amount } salesExplanation { rule } } } } } }`,
  'employees -> timesheets, utilization': `employees(first: $first, filter: { nameContains: "Graded" }) { nodes { name laborCategory { name } assignments(first: 3) { nodes { project { name } } }
    timesheets(first: 3) { totalCount nodes { status summary { hours } entries(first: 5) { totalCount nodes { hours project { name } } } } }
    utilization(startDate: "${year}-02-01", endDate: "${year}-02-28") { approvedHours capacityHours } } }`,
  'invoices -> lines -> time entries -> employee': `invoices(first: $first) { nodes { number customer { name } contract { name } legalEntity { name } journalEntry { lines(first: 5) { nodes { account } } } availableActions { name }
    lines(first: 5) { totalCount nodes { description project { name } timeEntries { hours employee { name } } expenses { amount { amount } employee { name } } } } } }`,
  'time entries -> exceptions, actuals': `timeEntries(first: $first, filter: { workDateFrom: "${year}-02-03" }) { nodes { hours timesheet { status } task { name } laborCategory { name } project { name customer { name } } availableActions { name refusals }
    exceptions(first: 3) { totalCount nodes { code } } actuals { kind amount { amount } invoice { number } } } }`,
};

describe('a page of 50 takes as many statements and fetches as one of 5', () => {
  test.each(Object.keys(ways))('%s', async (name) => {
    const query = `query ($first: Int!) { ${ways[name]} }`;
    const cost = async (first: number) => {
      const before = { statements: statements.length, fetches: await fetches() };
      const data = await world.ok(query, { first });
      const texts = statements.slice(before.statements);
      return { data, texts, counts: { statements: texts.length, fetches: (await fetches()) - before.fetches } };
    };
    // Fetches beside each other share what one of them has read, and which comes first is chance: the least of some is what it takes.
    const least = async (first: number) => {
      const some = [await cost(first), await cost(first), await cost(first)] as const;
      return some.reduce((one, other) => (other.counts.statements < one.counts.statements ? other : one));
    };
    await cost(1);
    const five = await least(5);
    const fifty = await least(50);
    const [rows] = Object.values(fifty.data) as { nodes: unknown[] }[];
    expect(rows?.nodes).toHaveLength(50);
    expect(emptyIn(five.data)).toEqual([]);
    expect(fifty.counts, more(fifty.texts, five.texts)).toEqual(five.counts);
    expect(five.counts.fetches).toBeGreaterThan(2);
    expect(JSON.stringify(fifty.data).length).toBeGreaterThan(JSON.stringify(five.data).length * 5);
  });
});

/** Lists that hold nothing wherever they stand: a way that leads nowhere proves nothing. */
function emptyIn(data: unknown): string[] {
  const longest = new Map<string, number>();
  const look = (value: unknown, name: string): void => {
    if (Array.isArray(value)) longest.set(name, Math.max(longest.get(name) ?? 0, value.length));
    if (value && typeof value === 'object')
      for (const [key, below] of Object.entries(value)) look(below, Array.isArray(value) ? name : `${key === 'nodes' ? name : key}`);
  };
  look(data, 'data');
  return [...longest].filter(([, length]) => length === 0).map(([name]) => name);
}

/** The statements that only the larger page needed. */
function more(many: readonly string[], few: readonly string[]): string {
  const left = [...few];
  const extra = many.filter((text) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return extra.map((text) => text.slice(0, 200)).join('\n');
}
