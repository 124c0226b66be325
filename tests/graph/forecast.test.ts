import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ContractRateTerms, references as engagements } from '#engagements/published.ts';
import { postApprovedTime } from '#finance/actual/commands.ts';
import { newId } from '#kernel/ids.ts';
import { references as resources, wholeFirm } from '#resources/published.ts';
import { type Firm, firm, inScope, publishedCard, type World } from '../support/books.ts';
import { amountOf, asOf, codes, type ForecastGraph, forecastGraph, lines } from '../support/forecastGraph.ts';
import { anotherProject, assign, staffed } from '../support/forecasts.ts';
import type { Json } from '../support/graph.ts';
import { aContractLine, anEmployee, aTask } from '../support/siblings.ts';

let graph: ForecastGraph;
let world: World;
beforeAll(async () => {
  graph = await forecastGraph();
  world = graph.world;
});
afterAll(() => graph[Symbol.asyncDispose]());

const forecast = (...args: Parameters<ForecastGraph['forecast']>) => graph.forecast(...args);
const run = (...args: Parameters<ForecastGraph['run']>) => graph.run(...args);
const ready = () => graph.ready();

describe('planned work', () => {
  test('is priced by the rate search that posts it: what is planned today is what is posted of it later', async () => {
    const f = await ready();
    const rate = (more: Partial<ContractRateTerms>): ContractRateTerms => ({
      ...{ id: newId(), lineId: null, employeeId: null, laborCategoryId: f.senior, minor: '13333', effectiveFrom: '2026-03-11', effectiveTo: '2026-03-12' },
      ...more,
    });
    await f.contract({ rates: [rate({}), rate({ lineId: f.lineId, minor: '14000', effectiveFrom: '2026-03-12', effectiveTo: null })] });
    const { employeeId, assignmentId } = await staffed(world, f, { startDate: '2026-03-09', endDate: '2026-03-13' });
    const found = await forecast(f.projectId);
    const told = found.lines.nodes.map((line: Json) => [
      line.startDate,
      line.endDate,
      line.hours,
      line.sales.amount,
      line.salesExplanation.rule,
      line.cost.amount,
    ]);
    expect(told).toEqual([
      ['2026-03-09', '2026-03-10', '8.00', '800.00', 'STANDARD_RATE_CARD', '480.00'],
      ['2026-03-11', '2026-03-11', '4.00', '533.32', 'CONTRACT_LABOR_CATEGORY', '240.00'],
      ['2026-03-12', '2026-03-13', '8.00', '1120.00', 'CONTRACT_LINE_OVERRIDE', '480.00'],
    ]);
    const entries = found.lines.nodes.map(({ startDate, hours: worked }: Json) => {
      const seconds = BigInt(Number(worked) * 3600);
      return f.entry({ employeeId, workDate: startDate, seconds });
    });
    const outcomes = await inScope(world, (scope) => postApprovedTime(scope, entries));
    expect(outcomes.flatMap((outcome) => ('actualIds' in outcome ? [outcome.actualIds.length] : []))).toEqual([2, 2, 2]);
    const posted = `query ($id: [ID!]) { actualSummary(groupBy: [KIND], filter: { projectIds: $id }) { kind amount { amount } } }`;
    const { actualSummary } = await world.ok(posted, { variables: { id: [f.projectId] } });
    const byKind = Object.fromEntries(actualSummary.map(({ kind, amount }: Json) => [kind, amount.amount]));
    expect(byKind).toEqual({ UNBILLED_SALES: amountOf(found, 'scheduledBacklog'), COST: amountOf(found, 'estimateToComplete') });
    expect(found.lines.nodes[0]).toMatchObject({ assignment: { id: assignmentId }, employee: { id: employeeId }, laborCategory: { id: f.senior } });
    expect(found.lines.nodes[0]).toMatchObject({ confirmed: true, weekStartDate: '2026-03-09', duration: 'PT8H', contractLineId: f.lineId });
  });

  test('in another currency is converted at the rates of the day that it is told as of, however far ahead it is', async () => {
    const f = await ready();
    await f.contract({ currency: 'CHF' });
    await staffed(world, f, { startDate: '2026-03-09', endDate: '2026-04-03' });
    const unknown = await forecast(f.projectId);
    const gaps = unknown.gaps.filter(({ figure }: Json) => figure === 'SALES');
    expect(gaps.map(({ code }: Json) => code)).toEqual(['CURRENCY_MISMATCH']);
    expect(gaps[0].message).toContain(`from EUR to CHF is known of ${asOf} or the 7 days before`);
    const items = [{ baseCurrency: 'EUR', quoteCurrency: 'CHF', rate: '0.95', effectiveOn: '2026-03-02', source: 'ECB' }];
    const setting = 'mutation ($input: SetExchangeRatesInput!) { setExchangeRates(input: $input) { failed } }';
    await world.ok(setting, { variables: { input: { idempotencyKey: newId(), items } } });
    const found = await forecast(f.projectId);
    // 4 h a day at 100.00 EUR: 380.00 CHF, and 240.00 EUR of cost in the books.
    expect([amountOf(found, 'scheduledBacklog'), amountOf(found, 'estimateToComplete')]).toEqual(['7600.00', '4800.00']);
    expect(found.lines.nodes.map(({ hours, sales }: Json) => `${hours} ${sales.amount}`)).toEqual(['20.00 1900.00', '60.00 5700.00']);
    expect(found.gaps.filter(({ figure }: Json) => figure === 'SALES')).toEqual([]);
  });

  test('counts as it stands: confirmed and ended work, tentative work beside it, and nothing that is proposed or given up', async () => {
    const f = await ready();
    const week = { startDate: '2026-03-09', endDate: '2026-03-13' };
    const { employeeId } = await staffed(world, f, week);
    for (const status of ['TENTATIVE', 'ENDED', 'PROPOSED', 'CANCELLED']) await assign(world, { ...week, projectId: f.projectId, employeeId, status });
    await assign(world, { projectId: f.projectId, employeeId, startDate: '2026-01-05', endDate: asOf });
    const found = await forecast(f.projectId);
    expect(found.weeks[1]).toMatchObject({
      startDate: '2026-03-09',
      endDate: '2026-03-15',
      confirmedHours: '40.00',
      tentativeHours: '20.00',
      unpricedHours: '0.00',
    });
    expect(found.weeks[1]).toMatchObject({
      confirmedSales: { amount: '4000.00' },
      tentativeSales: { amount: '2000.00' },
      tentativeCost: { amount: '1200.00' },
    });
    expect([amountOf(found, 'scheduledBacklog'), amountOf(found, 'estimateToComplete')]).toEqual(['4000.00', '2400.00']);
    expect(found.lines.nodes.map(({ confirmed }: Json) => confirmed).sort()).toEqual([false, true, true]);
  });

  test('keeps to the calendar as resources publishes it', async () => {
    const f = await ready();
    const { employeeId } = await staffed(world, f, { startDate: '2026-03-05', endDate: '2026-03-27', weeklySeconds: '144000' });
    await world.publish(resources.HolidayCalendar, [
      { id: f.legalEntityId, data: { dates: ['2026-03-09'] } },
      { id: wholeFirm, data: { dates: ['2026-03-10'] } },
    ]);
    await world.publish(resources.EmployeeAbsences, [
      { id: employeeId, data: { absences: [{ startDate: '2026-03-11', endDate: '2026-03-11', dailySeconds: '7200' }] } },
    ]);
    const short = [28_800, 28_800, 0, 0, 0, 0, 0];
    await world.publish(resources.EmployeeWorkWeeks, [{ id: employeeId, data: { workWeeks: [{ effectiveFrom: '2026-03-16', daySeconds: short }] } }]);
    const { weeks, later, lines: own } = await forecast(f.projectId);
    expect(weeks.map(({ confirmedHours }: Json) => confirmedHours)).toEqual(['16.00', '22.00']);
    expect([later.startDate, later.endDate, later.confirmedHours]).toEqual(['2026-03-16', null, '80.00']);
    expect(own.nodes.at(-1)).toMatchObject({ weekStartDate: null, startDate: '2026-03-16', endDate: '2026-03-24', hours: '80.00' });
    await world.publish(resources.HolidayCalendar, [{ id: wholeFirm, version: 2, data: { dates: [] } }]);
  });

  test('is paged line by line, in one order', async () => {
    const f = await ready();
    const { employeeId } = await staffed(world, f, { startDate: '2026-03-05', endDate: '2026-03-20' });
    await assign(world, { projectId: f.projectId, employeeId, startDate: '2026-03-05', endDate: '2026-03-20' });
    const whole = (await forecast(f.projectId)).lines;
    expect([whole.nodes.length, whole.totalCount, whole.totalCountCapped, whole.pageInfo.hasNextPage]).toEqual([6, 6, false, false]);
    const seen: Json[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const cursor: string = after ? `, after: "${after}"` : '';
      const { lines: page }: Json = await forecast(f.projectId, { select: lines.replace('lines {', `lines(first: 4${cursor}) {`) });
      seen.push(...page.nodes);
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(whole.nodes);
    const wrong = await run(f.projectId, { select: lines.replace('lines {', 'lines(after: "x") {') });
    expect(wrong.errors[0]).toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});

describe('what nothing prices is named', () => {
  const planWith = async (f: Firm) => (await staffed(world, f, { startDate: '2026-03-09', endDate: '2026-03-13' })).assignmentId;

  test('where no rate is there, each way', async () => {
    const f = await firm(world);
    const assignmentId = await planWith(f);
    const found = await forecast(f.projectId);
    expect(found.gaps.slice(0, 2)).toMatchObject([
      { figure: 'SALES', code: 'RATE_NOT_FOUND', hours: '20.00', startDate: '2026-03-09', endDate: '2026-03-13', assignment: { id: assignmentId } },
      { figure: 'COST', code: 'RATE_NOT_FOUND', hours: '20.00' },
    ]);
    expect(found.gaps[0].message).toContain('prices Ada');
    expect(found.weeks[1]).toMatchObject({ confirmedHours: '20.00', unpricedHours: '20.00', confirmedSales: { amount: '0.00' } });
    expect(['scheduledBacklog', 'estimateToComplete', 'estimateAtCompletion', 'marginAtCompletion'].map((name) => amountOf(found, name))).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(found.figures.percentComplete).toBeNull();
    expect(found.lines.nodes).toMatchObject([{ sales: null, salesExplanation: null, cost: null, hours: '20.00' }]);
  });

  test('where somebody is not known, or has no labor category', async () => {
    const f = await ready();
    await assign(world, { projectId: f.projectId });
    expect(codes(await forecast(f.projectId))).toEqual(['SALES EMPLOYEE_UNKNOWN', 'COST EMPLOYEE_UNKNOWN', 'CONTRACTED OPEN_ENDED']);
    const employeeId = newId();
    await world.publish(resources.Employee, [{ id: employeeId, data: anEmployee() }]);
    const g = await ready();
    await assign(world, { projectId: g.projectId, employeeId });
    expect(codes(await forecast(g.projectId))).toEqual(['SALES LABOR_CATEGORY_MISSING', 'COST LABOR_CATEGORY_MISSING', 'CONTRACTED OPEN_ENDED']);
  });

  test('where a rate is in another currency', async () => {
    const f = await firm(world);
    const card = { currency: 'USD', lines: [{ laborCategoryId: f.senior, rate: '100.00' }], legalEntityId: f.legalEntityId, scope: 'STANDARD' as const };
    for (const kind of ['SALES', 'COST'] as const) await publishedCard(world, { ...card, kind });
    await planWith(f);
    expect(codes(await forecast(f.projectId))).toEqual(['SALES CURRENCY_MISMATCH', 'COST CURRENCY_MISMATCH', 'CONTRACTED OPEN_ENDED']);
  });

  test('where the contract is over, and where no line bills time', async () => {
    const f = await ready();
    await planWith(f);
    await f.contract({ endDate: '2026-03-10' });
    const found = await forecast(f.projectId);
    expect(codes(found)).toEqual(['SALES PROJECT_NOT_BILLABLE', 'CONTRACTED OPEN_ENDED']);
    expect(found.gaps[0]).toMatchObject({ startDate: '2026-03-11', hours: '12.00' });
    expect(found.weeks[1]).toMatchObject({
      confirmedHours: '20.00',
      unpricedHours: '12.00',
      confirmedSales: { amount: '800.00' },
      confirmedCost: { amount: '1200.00' },
    });
    await f.contract({ lines: [aContractLine({ kinds: ['EXPENSE'] })] });
    expect(codes(await forecast(f.projectId))).toEqual(['SALES PROJECT_NOT_BILLABLE', 'CONTRACTED OPEN_ENDED']);
  });

  test('where nobody says in whose books the project stands', async () => {
    const f = await ready();
    const contractId = null;
    const projectId = await anotherProject(world, { contractId, legalEntityId: null });
    await staffed(world, { ...f, projectId });
    const found = await forecast(projectId);
    expect(codes(found)).toEqual(['SALES LEGAL_ENTITY_UNKNOWN', 'COST LEGAL_ENTITY_UNKNOWN']);
    expect([found.currency, found.booksCurrency, amountOf(found, 'costToDate'), amountOf(found, 'recognized')]).toEqual([null, null, null, null]);
  });

  test('where nothing is sold by time: that is known, so that nothing is missing', async () => {
    const f = await ready();
    await f.contract({ lines: [aContractLine({ name: 'Fee', method: 'FIXED_FEE', kinds: ['TIME', 'FEE'], amountMinor: '1000000' })] });
    await planWith(f);
    const found = await forecast(f.projectId);
    expect(codes(found)).toEqual(['SALES NOT_SOLD_BY_TIME']);
    expect(found.gaps[0].message).toContain('Fee');
    expect(
      ['contracted', 'backlog', 'scheduledBacklog', 'unscheduledBacklog', 'revenueAtCompletion', 'marginAtCompletion'].map((name) => amountOf(found, name)),
    ).toEqual([...['10000.00', '10000.00', '0.00', '10000.00', '10000.00', '8800.00']]);
    expect(found.weeks[1].unpricedHours).toBe('0.00');
    expect(found.contractedLines).toEqual([{ name: 'Fee', amount: { amount: '10000.00' }, code: null }]);
  });

  test('where the project or the task is not billed', async () => {
    const f = await ready();
    const taskId = newId();
    await world.publish(engagements.Task, [{ id: taskId, data: aTask({ projectId: f.projectId, billable: false }) }]);
    await staffed(world, f, { taskId, startDate: '2026-03-09', endDate: '2026-03-13' });
    expect(codes(await forecast(f.projectId))).toEqual(['SALES NOT_SOLD_BY_TIME', 'CONTRACTED OPEN_ENDED']);
    await f.project({ billable: false });
    await planWith(f);
    const found = await forecast(f.projectId);
    expect(codes(found)).toEqual(['SALES NOT_SOLD_BY_TIME', 'SALES NOT_SOLD_BY_TIME', 'CONTRACTED OPEN_ENDED']);
    expect([amountOf(found, 'scheduledBacklog'), amountOf(found, 'estimateToComplete')]).toEqual(['0.00', '2400.00']);
  });
});
