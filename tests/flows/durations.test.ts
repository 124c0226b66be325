import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const days = ['2026-02-09', '2026-02-10', '2026-02-11'];
const lineFields = 'lines { nodes { hours duration actualCount amount { amount } pricing { rounding policy rate { amount } difference { amount } } } }';

/** Work of so long on each day, approved and posted. */
async function posted(firm: Firm, duration: string, on: readonly string[] = days): Promise<void> {
  await firm.approved(on, { hours: undefined, duration });
  await world.settle();
}

async function drafted(firm: Firm): Promise<Json> {
  const select = `results { invoice { id ${lineFields} } userErrors { code message } }`;
  const input = { cutOffDate: '2026-12-31', contractIds: [firm.contractId], invoiceDate: '2026-02-28' };
  return (await world.graph.done('draftInvoices', input, { select })).results[0].invoice;
}

async function postedInvoice(firm: Firm): Promise<Json> {
  const { id } = await drafted(firm);
  await world.graph.done('validateInvoice', { id });
  return (await world.graph.done('postInvoice', { id, invoiceDate: '2026-02-28' }, { select: `invoice { id ${lineFields} }` })).invoice;
}

async function sumsOf(firm: Firm): Promise<Json> {
  return world.graph.ok(
    `query ($customer: ID!, $project: ID!, $employee: ID!) {
      project(id: $project) { timeSummary { hours duration billableDuration approvedHours approvedDuration postedDuration submittedDuration approvedBillableDuration }
        workInProgress { hours duration amount { amount } } timeEntries { nodes { hours duration actuals { hours duration amount { amount } } } } }
      timeSummary(groupBy: CUSTOMER, filter: { customerIds: [$customer] }) { hours duration billableHours billableDuration }
      actualSummary(groupBy: [KIND], filter: { customerIds: [$customer] }) { hours duration amount { amount } }
      employee(id: $employee) { weeklyHours weeklyDuration availability(startDate: "2026-02-01", endDate: "2026-02-28") { freeHours freeDuration bookedDuration }
        utilization(startDate: "2026-02-01", endDate: "2026-02-28") { approvedHours approvedDuration capacityDuration } }
      approvedNotPostedSummary(filter: { customerIds: [$customer] }) { duration pending { duration } inException { duration } } }`,
    { customer: firm.customerId, project: firm.projectId, employee: firm.employeeId },
  );
}

describe('three times 20 minutes', () => {
  test('are an hour wherever they are added up, though each of them is a rounded 0.333333', async () => {
    const firm = await firmAt(world.graph);
    await posted(firm, 'PT20M');
    const hour = { hours: '1.00', duration: 'PT1H' };
    const sums = await sumsOf(firm);
    expect(sums.project.timeSummary).toEqual({
      ...{ ...hour, billableDuration: 'PT1H', approvedHours: '1.00', approvedDuration: 'PT1H', postedDuration: 'PT1H' },
      ...{ submittedDuration: 'PT0S', approvedBillableDuration: 'PT1H' },
    });
    expect(sums.timeSummary).toEqual([{ ...hour, billableHours: '1.00', billableDuration: 'PT1H' }]);
    expect(sums.actualSummary).toMatchObject([hour, hour]);
    expect(sums.project.workInProgress).toEqual([{ ...hour, amount: { amount: '99.99' } }]);
    for (const { actuals, ...entry } of sums.project.timeEntries.nodes) {
      expect(entry).toEqual({ hours: '0.333333', duration: 'PT20M' });
      expect(actuals.map(({ amount }: Json) => amount.amount).sort()).toEqual(['20.00', '33.33']);
      for (const actual of actuals) expect(actual).toMatchObject(entry);
    }
    expect(sums.employee).toMatchObject({
      ...{ weeklyHours: '40.00', weeklyDuration: 'PT40H', availability: { freeHours: '40.00', freeDuration: 'PT40H', bookedDuration: 'PT0S' } },
      utilization: { approvedHours: '1.00', approvedDuration: 'PT1H', capacityDuration: 'PT160H' },
    });
    expect(sums.approvedNotPostedSummary).toEqual({ duration: 'PT0S', pending: { duration: 'PT0S' }, inException: { duration: 'PT0S' } });
  });
});

describe('a line of an invoice', () => {
  test('of 50 minutes at 100.00 is 83.33, and says that it is rate times time', async () => {
    const firm = await firmAt(world.graph);
    await posted(firm, 'PT50M', ['2026-02-09']);
    expect((await drafted(firm)).lines.nodes).toEqual([
      {
        ...{ hours: '0.833333', duration: 'PT50M', actualCount: 1, amount: { amount: '83.33' } },
        pricing: { rounding: 'PER_LINE', policy: 'HALF_UP', rate: { amount: '100.00' }, difference: { amount: '0.00' } },
      },
    ]);
  });

  test('of two quarter hours at 27.50 says that each was rounded, on the invoice and on its credit note, and to the client', async () => {
    const firm = await firmAt(world.graph, { salesRate: '27.50' });
    await posted(firm, 'PT15M', ['2026-02-09', '2026-02-10']);
    const { id, lines } = await postedInvoice(firm);
    const pricing = { rounding: 'PER_ACTUAL', policy: 'HALF_UP', rate: { amount: '27.50' }, difference: { amount: '0.01' } };
    expect(lines.nodes).toEqual([{ hours: '0.50', duration: 'PT30M', actualCount: 2, amount: { amount: '13.76' }, pricing }]);
    const portal = { role: 'portal', customerIds: [firm.customerId] };
    const seen = await world.graph.ok(
      'query ($id: ID!) { invoice(id: $id) { lines { nodes { duration pricing { rounding difference { amount } } } } } }',
      { id },
      portal,
    );
    expect(seen.invoice.lines.nodes).toEqual([{ duration: 'PT30M', pricing: { rounding: 'PER_ACTUAL', difference: { amount: '0.01' } } }]);
    const note = (await world.graph.done('creditInvoice', { id, reason: 'Wrong rate', creditDate: '2026-02-28' }, { select: `invoice { ${lineFields} }` }))
      .invoice;
    expect(note.lines.nodes).toEqual([
      { hours: '-0.50', duration: '-PT30M', actualCount: 2, amount: { amount: '-13.76' }, pricing: { ...pricing, difference: { amount: '-0.01' } } },
    ]);
    await world.settle();
    expect((await drafted(firm)).lines.nodes).toMatchObject([{ duration: 'PT30M', amount: { amount: '13.76' }, pricing }]);
    await world.settle();
    await checkHistory(world.sql);
  });

  test('of a cancelled invoice has nothing behind it any more', async () => {
    const firm = await firmAt(world.graph);
    await posted(firm, 'PT10M', ['2026-02-09']);
    const { id } = await drafted(firm);
    const { invoice } = await world.graph.done('cancelInvoice', { id }, { select: `invoice { ${lineFields} }` });
    expect(invoice.lines.nodes).toMatchObject([{ duration: 'PT10M', amount: { amount: '16.67' }, pricing: null }]);
  });
});
