import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { repairedCauses } from '#processes/repairedCauses.ts';
import { consumers } from '#processes/wiring.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { crashes, type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';
import { boughtBy } from '../support/subcontracting.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
/** What one test mended is looked at once more a minute later: before the next one begins, however long the last one took. */
beforeEach(async () => {
  world.time.now = new Date(Date.now() + 120_000);
  await world.settle();
  world.time.now = new Date();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const exceptionsOf = async (customerId: string): Promise<Json[]> =>
  (
    await world.graph.ok(
      'query ($id: ID!) { operations { exceptions(filter: { customerIds: [$id] }) { nodes { id code status message attempts subjectType moneyAtRisk { amount } cures { mutation } } } } }',
      { id: customerId },
    )
  ).operations.exceptions.nodes;
const states = async (customerId: string) => (await exceptionsOf(customerId)).map(({ code, status }) => `${code} ${status}`);

/** A draft whose tax cannot be determined: the rates of the profile begin later. */
async function withoutTax(own: Firm): Promise<string> {
  await done('updateTaxProfile', { id: own.taxProfileId, rates: [{ basisPoints: 2100, effectiveFrom: '2030-01-01' }] });
  await own.approved(['2026-02-09']);
  await world.settle();
  const input = { cutOffDate: '2026-12-31', contractIds: [own.contractId], invoiceDate: '2026-02-28' };
  const { results } = await done('draftInvoices', input, { select: 'results { invoice { id } }' });
  const { id } = results[0].invoice;
  expect((await world.graph.mutate('validateInvoice', { id })).userErrors).toMatchObject([{ code: 'TAX_FAILED' }]);
  await world.settle();
  return id;
}
const rates = [{ basisPoints: 2100, effectiveFrom: '2020-01-01' }];

type Broken = { name: string; code: string; make: () => Promise<{ own: Firm; mend: () => Promise<unknown> }> };
const kinds: readonly Broken[] = [
  {
    name: 'a labor category is assigned',
    code: 'LABOR_CATEGORY_MISSING',
    make: async () => {
      const own = await firmAt(world.graph);
      const [entryId] = await own.approved(['2026-02-09'], { employeeId: await own.person('Newcomer', false) });
      return { own, mend: () => done('assignLaborCategory', { items: [{ id: entryId, laborCategoryId: own.categoryId }] }, { select: 'succeeded' }) };
    },
  },
  {
    name: 'a rate card is published',
    code: 'RATE_NOT_FOUND',
    make: async () => {
      const own = await firmAt(world.graph, { cards: false });
      await own.approved(['2026-02-09', '2026-02-10']);
      return { own, mend: own.publishCards };
    },
  },
  {
    name: 'an order to a subcontractor is confirmed',
    code: 'RATE_NOT_FOUND',
    make: async () => {
      const own = await firmAt(world.graph);
      const { employeeId, subcontractId } = await boughtBy(world.graph, own, { confirm: false });
      await own.approved(['2026-02-09'], { employeeId });
      return { own, mend: () => done('confirmSubcontract', { id: subcontractId }) };
    },
  },
  {
    name: 'an exchange rate is set',
    code: 'CURRENCY_MISMATCH',
    make: async () => {
      const own = await firmAt(world.graph, { terms: { currency: 'USD' } });
      await own.approved(['2026-02-09', '2026-02-10']);
      const rate = { baseCurrency: 'EUR', quoteCurrency: 'USD', rate: '1.0825', effectiveOn: '2026-02-06', source: 'ECB' };
      return { own, mend: () => done('setExchangeRates', { items: [rate] }, { select: 'succeeded' }) };
    },
  },
  {
    name: 'a closed period is opened',
    code: 'PERIOD_CLOSED',
    make: async () => {
      const own = await firmAt(world.graph);
      const { fiscalPeriods } = await world.graph.ok(
        'query ($id: ID!) { fiscalPeriods(first: 1, filter: { legalEntityIds: [$id], activeOn: "2026-02-09" }) { nodes { id } } }',
        { id: own.legalEntityId },
      );
      const { id } = fiscalPeriods.nodes[0];
      await own.approved(['2026-02-09']);
      await done('closeFiscalPeriod', { id, overrideOpenWork: true, reason: 'The month is reported today' });
      return { own, mend: () => done('reopenFiscalPeriod', { id }) };
    },
  },
  {
    name: 'the periods of a year are made',
    code: 'PERIOD_CLOSED',
    make: async () => {
      const own = await firmAt(world.graph, { periodsOf: 2027 });
      await own.approved(['2026-02-09']);
      return { own, mend: () => done('createFiscalPeriods', { legalEntityId: own.legalEntityId, firstYear: 2026, years: 1, startMonth: 1, length: 'MONTH' }) };
    },
  },
  {
    name: 'a tax profile gets its rate',
    code: 'TAX_FAILED',
    make: async () => {
      const own = await firmAt(world.graph);
      await withoutTax(own);
      return { own, mend: () => done('updateTaxProfile', { id: own.taxProfileId, rates }) };
    },
  },
];

describe('whoever mends a cause need not name what waits for it', () => {
  test.each(kinds)('$name: $code is tried again by itself, and ends', async ({ code, make }) => {
    const { own, mend } = await make();
    await world.settle();
    const before = await exceptionsOf(own.customerId);
    expect(before.length).toBeGreaterThan(0);
    for (const each of before) expect(each).toMatchObject({ code, status: 'OPEN' });
    await mend();
    await world.settle();
    for (const each of await exceptionsOf(own.customerId)) expect(each).toMatchObject({ code, status: 'RESOLVED' });
  });

  test('a mend of another customer, and what was decided, change nothing', async () => {
    const own = await firmAt(world.graph, { cards: false });
    await own.approved(['2026-02-09']);
    await world.settle();
    const [stands] = await exceptionsOf(own.customerId);
    expect(stands.message).toBe(
      `No cost card of Acme books prices Ada (${own.employeeId}) or the labor category Senior (${own.categoryId}) on 2026-02-09. Publish one, then retry.`,
    );
    const other = await firmAt(world.graph, { cards: false });
    await done('updateCustomer', { id: other.customerId, name: 'Renamed too' });
    await world.settle();
    expect(await exceptionsOf(own.customerId)).toMatchObject([{ status: 'OPEN', attempts: stands.attempts }]);
    await done('dismissException', { id: stands.id, reason: 'We live with it' });
    await own.publishCards();
    await world.settle();
    expect(await states(own.customerId)).toEqual(['RATE_NOT_FOUND DISMISSED']);
  });

  test('a mend that does not help leaves them open, tried once more and no oftener', async () => {
    const own = await firmAt(world.graph, { cards: false });
    await own.approved(['2026-02-09']);
    await world.settle();
    const [{ attempts }] = await exceptionsOf(own.customerId);
    await own.publishCard('SALES', '100.00');
    await world.settle();
    await world.settle();
    expect(await exceptionsOf(own.customerId)).toMatchObject([{ status: 'OPEN', attempts: attempts + 1 }]);
  });

  test('an attempt that did not see the mend is found by a last look, which ends it', async () => {
    const own = await firmAt(world.graph, { cards: false });
    // What was mended before has had its last look.
    world.time.now = new Date(Date.now() + 600_000);
    await world.settle();
    await own.approved(['2026-02-09']);
    const now = new Date();
    world.time.now = new Date(now.getTime() + 20_000);
    await world.settle();
    await own.publishCards();
    await world.settle();
    expect(await states(own.customerId)).toEqual(['RATE_NOT_FOUND OPEN']);
    world.time.now = new Date(now.getTime() + 90_000);
    await world.settle();
    expect(await states(own.customerId)).toEqual(['RATE_NOT_FOUND RESOLVED']);
    world.time.now = new Date(now.getTime() + 180_000);
    await world.settle();
    expect(await world.sql`select id from operations.repair`).toEqual([]);
  });

  test('more than a turn takes are all tried again, turn by turn', async () => {
    const own = await firmAt(world.graph, { cards: false });
    const weeks = Array.from({ length: 30 }, (_, week) => new Date(Date.UTC(2026, 1, 2 + 7 * week)));
    for (const monday of weeks) {
      const days = Array.from({ length: 7 }, (_, day) => new Date(monday.getTime() + day * 86_400_000).toISOString().slice(0, 10));
      await own.approved(
        days.filter((day) => day < '2026-09-01'),
        { hours: '1' },
      );
    }
    await world.settle();
    const waiting = (await states(own.customerId)).length;
    expect(waiting).toBe(50);
    const [{ n }] =
      (await world.sql`select count(*)::int as n from operations.exception where customer_id = ${own.customerId} and status = 'OPEN'`) as unknown as [
        { n: number },
      ];
    expect(n).toBeGreaterThan(200);
    await own.publishCards();
    await world.settle();
    const left = await world.sql`select status, count(*)::int as n from operations.exception where customer_id = ${own.customerId} group by 1`;
    expect(left).toEqual([{ status: 'RESOLVED', n }]);
  });

  test.each(crashes)('%s, comes twice and late: the same', async (_, crash) => {
    const own = await firmAt(world.graph, { cards: false });
    await own.approved(['2026-02-09']);
    await world.settle();
    await own.publishCards();
    await world.sequence();
    await world.once(crash(repairedCauses)).catch(() => undefined);
    await world.settle([repairedCauses, ...consumers]);
    expect(await states(own.customerId)).toEqual(['RATE_NOT_FOUND RESOLVED']);
    const ours = () => world.sql`select kind, status, count(*)::int as n from finance.actual where customer_id = ${own.customerId} group by 1, 2 order by 1`;
    const before = await ours();
    await world.forgetDeliveries();
    await world.settle();
    expect(await ours()).toEqual(before);
    expect(await states(own.customerId)).toEqual(['RATE_NOT_FOUND RESOLVED']);
    await checkHistory(world.sql);
  });
});

describe('failed tax', () => {
  test('stands among the exceptions with the money, the mutation that cures it, and in the one list of what is stuck', async () => {
    const own = await firmAt(world.graph);
    const id = await withoutTax(own);
    const [found] = await exceptionsOf(own.customerId);
    expect(found).toMatchObject({ code: 'TAX_FAILED', status: 'OPEN', subjectType: 'Invoice', moneyAtRisk: { amount: '800.00' } });
    expect(found.cures[0]).toEqual({ mutation: 'updateTaxProfile' });
    const { operations } = await world.graph.ok(
      'query ($id: ID!) { operations { stuck(filter: { subjectIds: [$id] }) { totalCount nodes { kind code message process subjectType subjectId owner exception { id invoice { id } } delivery { id } run { id } cures { mutation } } } } }',
      { id },
    );
    expect(operations.stuck).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          kind: 'EXCEPTION',
          code: 'TAX_FAILED',
          subjectType: 'Invoice',
          subjectId: id,
          owner: 'controller',
          exception: { invoice: { id } },
          delivery: null,
          run: null,
        },
      ],
    });
  });

  test('ends with the invoice that has no need of it: validated by hand, or cancelled', async () => {
    for (const end of ['validate', 'cancel'] as const) {
      const own = await firmAt(world.graph);
      const id = await withoutTax(own);
      if (end === 'cancel') await done('cancelInvoice', { id });
      else {
        await done('updateTaxProfile', { id: own.taxProfileId, rates });
        await done('validateInvoice', { id });
      }
      await world.settle();
      expect(await states(own.customerId)).toEqual(['TAX_FAILED RESOLVED']);
    }
  });

  test('of an invoice that was to be posted: the mark goes, and whoever decides on it posts', async () => {
    const own = await firmAt(world.graph);
    const id = await withoutTax(own);
    await done('updateTaxProfile', { id: own.taxProfileId, rates });
    await world.settle();
    await done('updateTaxProfile', { id: own.taxProfileId, rates: [{ basisPoints: 2100, effectiveFrom: '2030-01-01' }] });
    expect((await world.graph.mutate('postInvoice', { idempotencyKey: randomUUID(), id, invoiceDate: '2026-02-28' })).userErrors).toMatchObject([
      { code: 'TAX_FAILED' },
    ]);
    await world.settle();
    expect((await states(own.customerId)).sort()).toEqual(['TAX_FAILED OPEN', 'TAX_FAILED RESOLVED']);
    await done('updateTaxProfile', { id: own.taxProfileId, rates });
    await world.settle();
    expect(await states(own.customerId)).toEqual(['TAX_FAILED RESOLVED', 'TAX_FAILED RESOLVED']);
    const { invoice } = await world.graph.ok('query ($id: ID!) { invoice(id: $id) { status taxFailure } }', { id });
    expect(invoice).toEqual({ status: 'VALIDATED', taxFailure: null });
    await done('postInvoice', { id, invoiceDate: '2026-02-28' });
  });
});
