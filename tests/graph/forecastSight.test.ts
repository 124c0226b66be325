import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as engagements } from '#engagements/published.ts';
import { postApprovedTime } from '#finance/actual/commands.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { type Firm, firm, inScope, type World } from '../support/books.ts';
import { amountOf, codes, type ForecastGraph, figures, forecastGraph, hours, lacking } from '../support/forecastGraph.ts';
import { anotherProject, staffed } from '../support/forecasts.ts';
import type { Json } from '../support/graph.ts';
import { aContractLine, aContractVersion } from '../support/siblings.ts';
import { allowed, portalOf } from '../support/subgraph.ts';

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
const firmWide = (...args: Parameters<ForecastGraph['firmWide']>) => graph.firmWide(...args);

describe('what stands in the books', () => {
  const entry = async (f: Firm, { postingDate = '2026-03-02', minor = '500.00', currency = 'EUR', ...about }: Record<string, string>) => {
    const amount = { amount: minor, currency };
    const input = {
      ...{ idempotencyKey: newId(), legalEntityId: f.legalEntityId, postingDate, description: 'Revenue' },
      lines: [
        { account: 'CONTRACT_LIABILITY', debit: amount, contractId: f.contractId },
        { account: 'REVENUE', credit: amount, contractId: f.contractId, ...about },
      ],
    };
    const make = 'mutation ($input: CreateJournalEntryInput!) { createJournalEntry(input: $input) { journalEntry { id } userErrors { message } } }';
    const { createJournalEntry } = await world.ok(make, { variables: { input } });
    const post = 'mutation ($input: PostJournalEntryInput!) { postJournalEntry(input: $input) { userErrors { message } } }';
    const poster: Actor = { ...allowed, id: 'another' };
    const { postJournalEntry } = await world.ok(post, {
      actor: poster,
      variables: { input: { idempotencyKey: newId(), id: createJournalEntry.journalEntry.id } },
    });
    expect(postJournalEntry.userErrors).toEqual([]);
  };

  test('counts to the day: cost by accounting date, revenue by posting date', async () => {
    const f = await ready();
    const days = ['2026-01-30', '2026-03-04', '2026-03-05'];
    await inScope(world, (scope) =>
      postApprovedTime(
        scope,
        days.map((workDate) => f.entry({ workDate })),
      ),
    );
    for (const postingDate of ['2026-02-27', '2026-03-04', '2026-03-05']) await entry(f, { postingDate, projectId: f.projectId });
    const at = async (day: string) => {
      const found = await forecast(f.projectId, { args: `asOf: "${day}"` });
      return [amountOf(found, 'costToDate'), amountOf(found, 'recognized'), amountOf(found, 'marginToDate')];
    };
    expect(await at('2025-12-31')).toEqual(['0.00', '0.00', '0.00']);
    expect(await at('2026-03-03')).toEqual(['60.00', '500.00', '440.00']);
    expect(await at('2026-03-04')).toEqual(['120.00', '1000.00', '880.00']);
    expect(await at('2026-03-31')).toEqual(['180.00', '1500.00', '1320.00']);
    const today = await forecast(f.projectId, { args: 'horizonWeeks: 1', select: 'asOf horizonWeeks sources { name what } weeks { startDate }' });
    expect(today).toMatchObject({ asOf: '2026-03-02', horizonWeeks: 1, weeks: [{ startDate: '2026-03-02' }] });
    expect(today.sources.map(({ name }: Json) => name)).toEqual(['contracts', 'ledger', 'assignments', 'calendars', 'rates']);
  });

  test('of the contract alone is the only project’s; of several it is named, and nobody’s', async () => {
    const f = await ready();
    await entry(f, {});
    expect(amountOf(await forecast(f.projectId), 'recognized')).toBe('500.00');
    const { customerId, engagementId, contractId, legalEntityId } = f;
    const other = { customerId, engagementId, contractId, legalEntityId };
    await anotherProject(world, { ...other, status: 'CANCELLED' });
    expect(amountOf(await forecast(f.projectId), 'recognized')).toBe('500.00');
    await anotherProject(world, other);
    const found = await forecast(f.projectId);
    expect(amountOf(found, 'recognized')).toBe('0.00');
    expect(codes(found)).toEqual(['CONTRACTED SHARED', 'RECOGNIZED SHARED']);
    expect(found.gaps[1].message).toBe('500.00 EUR of the contract name none of its projects.');
    expect([amountOf(found, 'contracted'), amountOf(found, 'backlog')]).toEqual([null, null]);
  });

  test('in another currency is named, and no number is made of it', async () => {
    const f = await ready();
    await entry(f, { projectId: f.projectId, currency: 'USD' });
    const found = await forecast(f.projectId);
    expect(codes(found)).toEqual(['CONTRACTED OPEN_ENDED', 'RECOGNIZED CURRENCY_MISMATCH']);
    expect([amountOf(found, 'recognized'), amountOf(found, 'marginToDate')]).toEqual([null, null]);
    expect(found.gaps[1].message).toBe('500.00 USD stand in the books to 2026-03-04; EUR is expected.');
  });
});

describe('who asks', () => {
  const planned = async () => {
    const f = await ready();
    await staffed(world, f, { startDate: '2026-03-09', endDate: '2026-03-13' });
    await f.contract({ lines: [{ ...f.line, notToExceedMinor: '1000000' }] });
    return f;
  };

  test('without cost:read sees no cost and no margin, and without that and revenue:read no revenue', async () => {
    const f = await planned();
    const spent = ['costToDate', 'estimateToComplete', 'estimateAtCompletion', 'marginToDate', 'marginAtCompletion'];
    const earned = ['recognized', 'backlog', 'unscheduledBacklog', 'revenueAtCompletion'];
    const seen = async (actor: Actor) => {
      const found = await forecast(f.projectId, { actor });
      const shown = Object.keys(found.figures).filter((name) => name !== 'percentComplete' && found.figures[name]);
      return { found, shown: shown.sort() };
    };
    const whole = await seen(allowed);
    expect(whole.shown).toEqual([...spent, ...earned, 'contracted', 'billed', 'scheduledBacklog'].sort());
    expect((await seen(lacking('revenue:read'))).shown).toEqual(whole.shown);
    const blind = await seen(lacking('cost:read'));
    expect(blind.shown).toEqual([...earned, 'contracted', 'billed', 'scheduledBacklog'].sort());
    expect(blind.found.figures.percentComplete).toBeNull();
    expect(blind.found.weeks[1]).toMatchObject({ confirmedSales: { amount: '2000.00' }, confirmedCost: null, tentativeCost: null });
    expect(blind.found.lines.nodes).toMatchObject([{ sales: { amount: '2000.00' }, cost: null, costExplanation: null }]);
    expect((await seen(lacking('cost:read', 'revenue:read'))).shown).toEqual(['billed', 'contracted', 'scheduledBacklog']);
    const g = await firm(world);
    await staffed(world, g);
    expect(codes(await forecast(g.projectId, { actor: lacking('cost:read') }))).toEqual(['SALES RATE_NOT_FOUND', 'CONTRACTED OPEN_ENDED']);
    const [total] = (await firmWide({ projectIds: [f.projectId] }, { actor: lacking('cost:read', 'revenue:read') })).totals;
    expect(Object.keys(total.figures).filter((name) => total.figures[name])).toEqual(['contracted', 'billed', 'scheduledBacklog']);
  });

  test.each(['actual:read', 'rate:read', 'invoice:read', 'assignment:read'])('without %s is refused', async (permission) => {
    const f = await planned();
    expect((await run(f.projectId, { actor: lacking(permission) })).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await world.run('{ forecast { asOf } }', { actor: lacking(permission) })).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });

  test('from outside is refused, whatever the token grants', async () => {
    const f = await planned();
    for (const actor of [portalOf(f.customerId), { ...allowed, kind: 'PARTNER' as const, employeeIds: [] }]) {
      expect((await run(f.projectId, { actor })).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
      expect((await world.run('{ forecast { asOf } }', { actor })).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    }
  });

  test('sees the projects of its customers and legal entities alone', async () => {
    const f = await planned();
    const g = await planned();
    const names = { select: 'totals { projects } projects { totalCount nodes { project { id } } }' };
    for (const actor of [
      { ...allowed, customerIds: [f.customerId] },
      { ...allowed, legalEntityIds: [f.legalEntityId] },
    ]) {
      expect(await forecast(g.projectId, { actor })).toBeNull();
      const found = await firmWide({ customerIds: [f.customerId, g.customerId] }, { ...names, actor });
      expect(found).toEqual({ totals: [{ projects: 1 }], projects: { totalCount: 1, nodes: [{ project: { id: f.projectId } }] } });
      expect(await firmWide({ projectIds: [g.projectId] }, { ...names, actor })).toEqual({ totals: [], projects: { totalCount: 0, nodes: [] } });
    }
    expect(await forecast(newId())).toBeNull();
    expect(await forecast('no-id')).toBeNull();
  });

  test.each([0, -1, 105])('for %s weeks is refused', async (weeks) => {
    const f = await firm(world);
    expect((await run(f.projectId, { args: `horizonWeeks: ${weeks}` })).errors).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });
});

describe('the firm', () => {
  test('finds projects by all that they are of, and none that is over', async () => {
    const f = await ready();
    const managerId = newId();
    await f.project({ managerId });
    const { customerId, engagementId, contractId, legalEntityId, projectId } = f;
    for (const status of ['CLOSED', 'CANCELLED']) await anotherProject(world, { customerId, engagementId, contractId, legalEntityId, managerId, status });
    const found = async (filter: Record<string, unknown>) =>
      (await firmWide(filter, { select: 'projects { nodes { project { id } } }' })).projects.nodes.map(({ project }: Json) => project.id);
    const each = {
      projectIds: projectId,
      customerIds: customerId,
      engagementIds: engagementId,
      contractIds: contractId,
      managerIds: managerId,
      legalEntityIds: legalEntityId,
    };
    for (const [name, id] of Object.entries(each)) {
      expect(await found({ [name]: [id, newId()] }), name).toEqual([projectId]);
      expect(await found({ [name]: [id.toUpperCase()] }), name).toEqual([projectId]);
      expect(await found({ ...Object.fromEntries(Object.entries(each).map(([own, value]) => [own, [value]])), [name]: [newId()] }), name).toEqual([]);
      expect(await found({ [name]: ['no-id'] }), name).toEqual([]);
    }
    const many = await world.run('query ($ids: [ID!]) { forecast(filter: { projectIds: $ids }) { asOf } }', { variables: { ids: Array(251).fill(projectId) } });
    expect(many.errors).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });

  test('adds up by currency what its projects say, pages them, and takes as many statements for many as for few', async () => {
    const f = await ready();
    const { customerId, engagementId, legalEntityId } = f;
    const dollars = newId();
    const line = aContractLine({ notToExceedMinor: '1000000' });
    const rates = [
      { ...{ id: newId(), lineId: null, employeeId: null, laborCategoryId: f.senior, minor: '12000' }, effectiveFrom: '2026-01-01', effectiveTo: null },
    ];
    const terms = { ...{ customerId, engagementId, legalEntityId, name: 'Dollars', status: 'CONFIRMED', currency: 'USD', startDate: '2026-01-01' } };
    await world.publish(engagements.Contract, [{ id: dollars, data: { ...terms, versions: [aContractVersion({ lines: [line], rates })] } }]);
    const plan = { startDate: '2026-03-09', endDate: '2026-03-13' };
    const add = async (contractId: string) =>
      staffed(world, { ...f, projectId: await anotherProject(world, { customerId, engagementId, contractId, legalEntityId }) }, plan);
    await staffed(world, f, plan);
    await add(dollars);
    const select = `totals { currency projects incomplete ${figures} weeks { ${hours} } later { confirmedHours } }`;
    const page = (args: string) => `projects(${args}) { totalCount pageInfo { hasNextPage endCursor } nodes { project { id } ${figures} } }`;
    const { totals } = await firmWide({ customerIds: [customerId] }, { select });
    const [euros, usd] = totals;
    expect(totals.map(({ currency, projects, incomplete }: Json) => [currency, projects, incomplete])).toEqual([
      ['EUR', 2, 1],
      ['USD', 1, 0],
    ]);
    expect([amountOf(euros, 'scheduledBacklog'), amountOf(euros, 'estimateToComplete'), amountOf(euros, 'contracted')]).toEqual(['2000.00', '2400.00', '0.00']);
    expect([amountOf(usd, 'scheduledBacklog'), amountOf(usd, 'estimateToComplete'), amountOf(usd, 'backlog')]).toEqual(['2400.00', '0.00', '10000.00']);
    expect(euros.weeks[1]).toMatchObject({ confirmedHours: '20.00', confirmedSales: { amount: '2000.00' }, confirmedCost: { amount: '2400.00' } });
    expect(usd.weeks[1]).toMatchObject({ confirmedHours: '20.00', confirmedSales: { amount: '2400.00' }, confirmedCost: { amount: '0.00' } });
    const counted = async () => {
      const before = world.statements.length;
      await firmWide({ customerIds: [customerId] }, { select: `${select} ${page('first: 50')}` });
      return world.statements.length - before;
    };
    await counted();
    const few = await counted();
    for (let more = 0; more < 8; more += 1) await add(dollars);
    expect(await counted()).toBe(few);
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const cursor: string = after ? `, after: "${after}"` : '';
      const { projects }: Json = await firmWide({ customerIds: [customerId] }, { select: page(`first: 4${cursor}`) });
      seen.push(...projects.nodes.map(({ project }: Json) => project.id));
      expect([projects.totalCount, projects.nodes.length]).toEqual([10, Math.min(4, 10 - seen.length + projects.nodes.length)]);
      after = projects.pageInfo.endCursor;
      more = projects.pageInfo.hasNextPage;
    }
    expect(seen).toEqual([...new Set(seen)].sort());
    expect(seen).toHaveLength(10);
    // Two projects of one contract share its line.
    expect((await firmWide({ customerIds: [customerId] })).totals[1]).toMatchObject({ currency: 'USD', projects: 9, incomplete: 9 });
  });
});
