import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { root } from '../support/house.ts';
import { blocksOf } from '../support/pages.ts';

let world: FlowWorld;
let firm: Firm;
beforeAll(async () => {
  world = await flowWorld();
  const line = { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME'], notToExceed: { amount: '20000.00', currency: 'EUR' } };
  firm = await firmAt(world.graph, { terms: { lines: [line] } });
  await plan();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const amount = (money: { amount: string } | null) => money?.amount ?? null;
const ref = () => ({ system: 'hr', externalId: newId() });

async function assigned(employeeId: string, [startDate, endDate, weeklyHours]: [string, string, string], action: 'hold' | 'confirm'): Promise<string> {
  const { projectId } = firm;
  const id = await world.graph.made('createAssignment', 'assignment', { employeeId, projectId, startDate, endDate, weeklyHours });
  await done(`${action}Assignment`, { id });
  return id;
}

async function plan(): Promise<void> {
  const [card] = await world.sql`select id from finance.rate_card where legal_entity_id = ${firm.legalEntityId} and kind = 'SALES'`;
  const lines = [{ laborCategoryId: firm.categoryId, rate: '110.00' }];
  const version = { rateCardId: String(card?.id), effectiveFrom: '2026-03-16', lines };
  await done('publishRateCardVersion', { id: await world.graph.made('createRateCardVersion', 'rateCardVersion', version) });
  await done('upsertHolidays', { items: [{ externalRef: ref(), date: '2026-03-13', name: 'A holiday', legalEntityId: firm.legalEntityId }] });
  await assigned(firm.employeeId, ['2026-03-02', '2026-03-20', '40'], 'confirm');
  // Time off that comes later is HR's to say, and stops no booking.
  await done('upsertAbsences', { items: [{ externalRef: ref(), employeeId: firm.employeeId, startDate: '2026-03-17', endDate: '2026-03-17' }] });
  await assigned(firm.approverId, ['2026-03-09', '2026-03-13', '20'], 'hold');
  await firm.approved(['2026-03-02', '2026-03-03']);
  await world.settle();
  const wish = { cutOffDate: '2026-03-03', contractIds: [firm.contractId], invoiceDate: '2026-03-03' };
  const { results } = await done('draftInvoices', wish, { select: 'results { invoice { id } }' });
  for (const action of ['validateInvoice', 'postInvoice']) await done(action, { id: results[0].invoice.id });
  await world.settle();
}

const money = ['contracted', 'billed', 'recognized', 'backlog', 'scheduledBacklog', 'unscheduledBacklog', 'costToDate', 'estimateToComplete'];
const ends = ['estimateAtCompletion', 'marginToDate', 'marginAtCompletion'];
const figures = `figures { ${[...money, ...ends].map((name) => `${name} { amount }`).join(' ')} percentComplete }`;
const planned =
  'startDate endDate confirmedHours tentativeHours unpricedHours confirmedSales { amount } confirmedCost { amount } tentativeSales { amount } tentativeCost { amount }';
const weeks = `weeks { ${planned} } later { ${planned} }`;
const gaps = 'gaps { figure code hours startDate endDate message assignment { id employee { name } } }';
const drill =
  'lines { nodes { confirmed weekStartDate startDate endDate hours assignment { status } employee { name } sales { amount } cost { amount } salesExplanation { text } } totalCount }';

const ask = async (select: string, wish?: Parameters<FlowWorld['graph']['ok']>[2]): Promise<Json> => {
  const text = `query ($id: ID!) { project(id: $id) { forecast(asOf: "2026-03-04", horizonWeeks: 2) { currency booksCurrency ${select} } } }`;
  return (await world.graph.ok(text, { id: firm.projectId }, wish)).project.forecast;
};
const numbers = (found: Json) =>
  Object.fromEntries(Object.entries<Json>(found).map(([name, value]) => [name, typeof value === 'string' ? value : amount(value)]));
const week = (each: Json) => [
  each.startDate,
  ...[each.confirmedHours, each.confirmedSales, each.confirmedCost, each.tentativeHours, each.tentativeSales, each.tentativeCost].map((value) =>
    typeof value === 'string' ? String(Number(value)) : amount(value),
  ),
];

/** docs/examples/forecast.md, number by number. */
const told = {
  ...{ contracted: '20000.00', billed: '1600.00', recognized: '1600.00', backlog: '18400.00', scheduledBacklog: '8320.00', unscheduledBacklog: '10080.00' },
  ...{ costToDate: '960.00', estimateToComplete: '4800.00', estimateAtCompletion: '5760.00', percentComplete: '16.67' },
  ...{ marginToDate: '640.00', marginAtCompletion: '14240.00' },
};
const first = ['2026-03-02', '16', '1600.00', '960.00', '0', '0.00', '0.00'];
const second = ['2026-03-09', '32', '3200.00', '1920.00', '16', '1600.00', '960.00'];
const later = ['2026-03-16', '32', '3520.00', '1920.00', '0', '0.00', '0.00'];

test('a forecast comes out as the example says, by week and in all', async () => {
  const found = await ask(`${figures} ${weeks} ${gaps} contractedLines { name method amount { amount } code } sources { name owner } asOf`);
  expect([...found.weeks, found.later].map(week)).toEqual([first, second, later]);
  expect([found.weeks[0].endDate, found.later.endDate]).toEqual(['2026-03-08', null]);
  expect(numbers(found.figures)).toEqual(told);
  expect(found).toMatchObject({ currency: 'EUR', booksCurrency: 'EUR', asOf: '2026-03-04', gaps: [] });
  expect(found.contractedLines).toEqual([{ name: 'Work', method: 'TIME_AND_MATERIALS', amount: { amount: '20000.00' }, code: null }]);
  expect(found.sources.map(({ owner }: { owner: string }) => owner).sort()).toEqual(['engagements', 'finance', 'finance', 'resources', 'resources']);
});

test('each number is made of lines that say whose work it is, when, and by which rate', async () => {
  const { lines } = await ask(drill);
  const [ada, , last] = lines.nodes.filter(({ employee }: Json) => employee.name === 'Ada');
  expect(lines.totalCount).toBe(4);
  expect(ada).toMatchObject({ confirmed: true, weekStartDate: '2026-03-02', startDate: '2026-03-05', endDate: '2026-03-06', hours: '16.00' });
  expect(ada).toMatchObject({ sales: { amount: '1600.00' }, cost: { amount: '960.00' } });
  expect(last).toMatchObject({ weekStartDate: null, startDate: '2026-03-16', endDate: '2026-03-20', sales: { amount: '3520.00' } });
  expect(last.salesExplanation.text).toBe(
    'STANDARD_RATE_CARD by LABOR_CATEGORY, version 1 of the contract: 110.00 EUR per hour, rounded HALF_UP once per entry',
  );
  expect(lines.nodes.find(({ employee }: Json) => employee.name === 'Grace')).toMatchObject({ confirmed: false, assignment: { status: 'TENTATIVE' } });
});

test('the firm adds its projects up by currency', async () => {
  const text = `query ($ids: [ID!]) { forecast(asOf: "2026-03-04", horizonWeeks: 2, filter: { customerIds: $ids }) {
    totals { currency projects incomplete ${figures} ${weeks} } projects(first: 1) { totalCount nodes { project { id name } ${figures} } pageInfo { hasNextPage } } } }`;
  const { forecast } = await world.graph.ok(text, { ids: [firm.customerId] });
  const [total] = forecast.totals;
  expect(forecast.totals).toHaveLength(1);
  expect(total).toMatchObject({ currency: 'EUR', projects: 1, incomplete: 0 });
  expect(numbers(total.figures)).toEqual(told);
  expect([...total.weeks, total.later].map(week)).toEqual([first, second, later]);
  expect(forecast.projects).toMatchObject({ totalCount: 1, nodes: [{ project: { id: firm.projectId, name: 'Build' } }], pageInfo: { hasNextPage: false } });
});

test('the page shows how to ask', async () => {
  const page = 'docs/examples/forecast.md';
  const blocks = blocksOf(page, await readFile(new URL(page, root), 'utf8'));
  const query = (name: string) => blocks.find(({ words }) => words[0] === name)?.text ?? '';
  const { project } = await world.graph.ok(query('oneProject'), { projectId: firm.projectId });
  expect(project.forecast.figures).toMatchObject({ backlog: { amount: '18400.00' }, percentComplete: '16.67' });
  expect(project.forecast.lines.nodes).toHaveLength(4);
  const { forecast } = await world.graph.ok(query('allProjects'), { customerId: firm.customerId });
  expect(forecast.totals).toMatchObject([{ currency: 'EUR', figures: { marginAtCompletion: { amount: '14240.00' } } }]);
  expect(forecast.projects.nodes).toMatchObject([{ project: { name: 'Build' }, figures: { percentComplete: '16.67' } }]);
});

test('without a labor category hours are named, and what hangs on them is not known', async () => {
  const hopper = await firm.person('Hopper', false);
  const assignment = await assigned(hopper, ['2026-03-05', '2026-03-05', '40'], 'confirm');
  const found = await ask(`${figures} ${weeks} ${gaps}`);
  const unknown = { scheduledBacklog: null, unscheduledBacklog: null, estimateToComplete: null, estimateAtCompletion: null, percentComplete: null };
  expect(numbers(found.figures)).toEqual({ ...told, ...unknown, marginAtCompletion: null });
  expect(week(found.weeks[0])).toEqual(['2026-03-02', '24', ...first.slice(2)]);
  expect(found.weeks[0].unpricedHours).toBe('8.00');
  const day = { startDate: '2026-03-05', endDate: '2026-03-05', hours: '8.00', assignment: { id: assignment, employee: { name: 'Hopper' } } };
  expect(found.gaps).toMatchObject([
    { ...day, figure: 'SALES', code: 'LABOR_CATEGORY_MISSING' },
    { ...day, figure: 'COST', code: 'LABOR_CATEGORY_MISSING' },
  ]);
  expect(found.gaps[0].message).toContain('Hopper');
});
