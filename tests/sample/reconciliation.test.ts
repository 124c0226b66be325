import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSample } from '#sample/load.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { constellation } from '../support/constellation.ts';
import { graphAt, type Json } from '../support/graph.ts';
import { reconciliationsOf } from '../support/reconciliations.ts';
import { settleProcesses } from '../support/settle.ts';

let world: Awaited<ReturnType<typeof constellation>>;
let at: ReturnType<typeof reconciliationsOf>;
beforeAll(async () => {
  world = await constellation({ subgraphs });
  await loadSample({ url: world.ownerUrl, scale: 'S', now: new Date() });
  await settleProcesses(world.databaseUrl);
  at = reconciliationsOf({ ...world, graph: graphAt({ url: world.url, token: world.issuer.token }) });
  await at.run();
});
afterAll(() => world[Symbol.asyncDispose]());

const ok = async (query: string): Promise<Json> => world.ok(query, {}, { role: 'admin' });
const rowsOf = async (pair: string, more: Record<string, unknown> = {}): Promise<Json[]> =>
  (await at.leakage({ groupBy: 'CAUSE', filter: { pairs: [pair], ...more } })).rows;
const money = (rows: readonly Json[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { amount, currency } of rows.flatMap(({ moneyAtRisk }) => moneyAtRisk)) sums[currency] = (sums[currency] ?? 0) + Math.round(Number(amount) * 100);
  return sums;
};
const sum = (rows: readonly Json[], of: (row: Json) => number) => rows.reduce((all, row) => all + of(row), 0);

describe('the books of the sample firm', () => {
  test('have no break: all that one stage holds and the next one does not has its cause', async () => {
    expect(await at.unknown()).toEqual([]);
  });

  test('leak what is approved and not posted: the same entries and hours, by their exceptions', async () => {
    const { approvedNotPostedSummary: waiting } = await ok('{ approvedNotPostedSummary { entries hours } }');
    const rows = await rowsOf('APPROVED_POSTED');
    expect(sum(rows, ({ count }) => count)).toBe(waiting.entries);
    expect(sum(rows, ({ hours }) => Number(hours))).toBeCloseTo(Number(waiting.hours), 6);
    expect(waiting.entries).toBeGreaterThan(0);
    expect(rows.every(({ cause, code }) => cause === 'EXCEPTION' && code)).toBe(true);
  });

  test('leak what is posted and not billed: the same actuals and money', async () => {
    const { actualSummary } = await ok(
      '{ actualSummary(groupBy: [], filter: { kinds: [UNBILLED_SALES], statuses: [READY, NOT_READY, ON_INVOICE] }) { count amount { amount currency } } }',
    );
    const rows = await rowsOf('POSTED_BILLED');
    expect(sum(rows, ({ count }) => count)).toBe(sum(actualSummary, ({ count }) => count));
    expect(money(rows)).toEqual(money(actualSummary.map(({ amount }: Json) => ({ moneyAtRisk: [amount] }))));
  });

  test('leak what is billed and not paid: the same money, to the cent', async () => {
    const { invoiceSummary } = await ok('{ invoiceSummary(groupBy: [], filter: { open: true }) { open { amount currency } } }');
    const rows = await rowsOf('BILLED_PAID');
    expect(money(rows)).toEqual(money(invoiceSummary.map(({ open }: Json) => ({ moneyAtRisk: [open] }))));
    expect(rows.length).toBeGreaterThan(0);
  });

  test('leak the same by whatever it is grouped', async () => {
    const whole = money((await at.leakage({ groupBy: 'FIRM' })).rows);
    for (const groupBy of ['LEGAL_ENTITY', 'CUSTOMER', 'PROJECT', 'CAUSE', 'PAIR'])
      expect(money((await at.leakage({ groupBy, first: 250 })).rows)).toEqual(whole);
  });
});
