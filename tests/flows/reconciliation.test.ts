import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plantCorruption } from '../support/corruption.ts';
import { firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import { reconciliationsOf } from '../support/reconciliations.ts';

let world: FlowWorld;
let at: ReturnType<typeof reconciliationsOf>;
beforeAll(async () => {
  world = await flowWorld();
  at = reconciliationsOf(world);
});
afterAll(() => world[Symbol.asyncDispose]());

/** A firm of its own, with two posted days of work: 16 hours, 1,600.00. */
async function firm() {
  const own = await firmAt(world.graph);
  const entries = await own.approved(['2026-02-09', '2026-02-10']);
  await world.settle();
  return { ...own, entries, filter: { customerIds: [own.customerId] } };
}

describe('approved and posted', () => {
  test('work that the ledger holds is no break, and its sale is ready to bill, with its hours and money', async () => {
    const { filter, customerId } = await firm();
    const run = await at.run();
    expect(run).toMatchObject({ complete: true, opened: 0, finishedAt: expect.any(String) });
    expect(await at.breaks(filter)).toMatchObject([
      {
        pair: 'POSTED_BILLED',
        cause: 'READY_TO_BILL',
        status: 'EXPLAINED',
        startDate: '2026-02-09',
        count: 2,
        moneyAtRisk: { amount: '1600.00', currency: 'EUR' },
      },
    ]);
    const { rows } = await at.leakage({ groupBy: 'CUSTOMER', filter });
    expect(rows).toMatchObject([{ customer: { id: customerId }, count: 2, moneyAtRisk: [{ amount: '1600.00', currency: 'EUR' }] }]);
    expect(Number(rows[0].hours)).toBe(16);
  });

  test('an entry that somebody set to APPROVED in the database is found with what it would sell for, and resolved once it is gone', async () => {
    const { filter, ...own } = await firm();
    const { entries } = await own.recorded(['2026-02-16']);
    await at.byHand(
      (tx) => plantCorruption(tx)`update time.timesheet_entry set status = 'APPROVED', approved_version = version where id = any(${entries}::uuid[])`,
    );
    await at.run();
    const [found] = await at.breaks({ ...filter, causes: ['UNKNOWN'] });
    expect(found).toMatchObject({
      ...{ pair: 'APPROVED_POSTED', status: 'OPEN', startDate: '2026-02-16', count: 1, exampleIds: entries },
      moneyAtRisk: { amount: '800.00', currency: 'EUR' },
    });
    await at.byHand((tx) => plantCorruption(tx)`update time.timesheet_entry set status = 'DRAFT', approved_version = null where id = any(${entries}::uuid[])`);
    expect(await at.run()).toMatchObject({ resolved: 1 });
    expect(await at.breaks({ ...filter, causes: ['UNKNOWN'] })).toEqual([]);
    expect(await at.breaks({ ...filter, statuses: ['RESOLVED'] })).toMatchObject([{ id: found?.id }]);
  });
});
