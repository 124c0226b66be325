import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const days = ['2026-02-09', '2026-02-10', '2026-02-11'];
/** Work of so long on each day, approved and posted. */
async function posted(firm: Firm, duration: string, on: readonly string[] = days): Promise<void> {
  await firm.approved(on, { hours: undefined, duration });
  await world.settle();
}

async function sumsOf(firm: Firm): Promise<Json> {
  return world.graph.ok(
    `query ($customer: ID!, $project: ID!, $employee: ID!) {
      project(id: $project) { timeSummary { hours duration billableDuration approvedHours approvedDuration postedDuration submittedDuration approvedBillableDuration }
        workInProgress { hours duration amount { amount } } timeEntries { nodes { hours duration actuals { hours duration amount { amount } } } } }
      timeSummary(groupBy: CUSTOMER, filter: { customerIds: [$customer] }) { hours duration billableHours billableDuration }
      actualSummary(groupBy: [KIND], filter: { customerIds: [$customer] }) { hours duration amount { amount } }
      employee(id: $employee) { weeklyHours weeklyDuration availability(from: "2026-02-01", to: "2026-02-28") { freeHours freeDuration bookedDuration }
        utilization(from: "2026-02-01", to: "2026-02-28") { approvedHours approvedDuration capacityDuration } }
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
