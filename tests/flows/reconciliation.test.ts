import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Consumer } from '#kernel/consume.ts';
import { approvedToBilling } from '#processes/approvedToBilling.ts';
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

const euro = (amount: string) => ({ amount, currency: 'EUR' });

/** A firm of its own, with two posted days of work: 16 hours, 1,600.00. */
async function firm() {
  const own = await firmAt(world.graph);
  const entries = await own.approved(['2026-02-09', '2026-02-10']);
  await world.settle();
  return { ...own, entries, filter: { customerIds: [own.customerId] } };
}

/** The same, with its work on an invoice that was posted: 1,600.00 and 21 per cent. */
async function billed() {
  const own = await firm();
  const { done } = world.graph;
  const input = { cutOffDate: '2026-12-31', contractIds: [own.contractId], invoiceDate: '2026-02-28' };
  const { results } = await done('draftInvoices', input, { select: 'results { invoice { id } }' });
  const invoiceId: string = results[0].invoice.id;
  await done('validateInvoice', { id: invoiceId });
  await done('postInvoice', { id: invoiceId, invoiceDate: '2026-02-28' });
  await world.settle();
  return { ...own, invoiceId };
}

/** What a hand did is a break; what another hand did about it, and a run, resolves it. */
async function resolvedBy(filter: Record<string, unknown>, repair: () => Promise<unknown>): Promise<void> {
  const before = await at.unknown(filter);
  expect(before.length).toBeGreaterThan(0);
  await repair();
  expect(await at.run()).toMatchObject({ resolved: before.length });
  expect(await at.unknown(filter)).toEqual([]);
  const resolved = await at.breaks({ ...filter, statuses: ['RESOLVED'] });
  expect(resolved.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
}

describe('approved and posted', () => {
  test('work that the ledger holds is no break, and its sale is ready to bill, with its hours and money', async () => {
    const { filter, customerId } = await firm();
    const run = await at.run();
    expect(run).toMatchObject({ complete: true, opened: 0, finishedAt: expect.any(String) });
    expect(await at.breaks(filter)).toMatchObject([
      { pair: 'POSTED_BILLED', cause: 'READY_TO_BILL', status: 'EXPLAINED', startDate: '2026-02-09', count: 2, moneyAtRisk: euro('1600.00') },
    ]);
    const { rows } = await at.leakage({ groupBy: 'CUSTOMER', filter });
    expect(rows).toMatchObject([{ customer: { id: customerId }, count: 2, moneyAtRisk: [euro('1600.00')] }]);
    expect(Number(rows[0].hours)).toBe(16);
  });

  test('an entry that somebody set to APPROVED in the database is found with what it would sell for, and resolved once it is gone', async () => {
    const { filter, ...own } = await firm();
    const { entries } = await own.recorded(['2026-02-16']);
    await at.byHand(
      (tx) => plantCorruption(tx)`update time.timesheet_entry set status = 'APPROVED', approved_version = version where id = any(${entries}::uuid[])`,
    );
    await at.run();
    const [found] = await at.unknown(filter);
    expect(found).toMatchObject({
      ...{ pair: 'APPROVED_POSTED', status: 'OPEN', startDate: '2026-02-16', count: 1, exampleIds: entries },
      moneyAtRisk: euro('800.00'),
    });
    expect(found?.cures.map(({ mutation }) => mutation)).toEqual(['requestTimeEntryRecall', 'reverseActuals', 'acceptReconciliationBreak']);
    await resolvedBy(filter, () =>
      at.byHand((tx) => plantCorruption(tx)`update time.timesheet_entry set status = 'DRAFT', approved_version = null where id = any(${entries}::uuid[])`),
    );
  });

  test('an entry that is marked as posted and is not in the ledger is found with what it would sell for', async () => {
    const { filter, ...own } = await firm();
    const { entries } = await own.recorded(['2026-02-16', '2026-02-17']);
    const mark = (status: string, posting: string) =>
      at.byHand(
        (tx) =>
          plantCorruption(
            tx,
          )`update time.timesheet_entry set status = ${status}, posting_status = ${posting}, approved_version = version where id = any(${entries}::uuid[])`,
      );
    await mark('APPROVED', 'POSTED');
    await at.run();
    expect(await at.unknown(filter)).toMatchObject([
      { pair: 'APPROVED_POSTED', startDate: '2026-02-16', count: 2, moneyAtRisk: euro('1600.00'), exampleIds: expect.arrayContaining(entries) },
    ]);
    await resolvedBy(filter, () => mark('DRAFT', 'NOT_POSTED'));
  });

  test('a cost that was deleted from the ledger is found by the work that it stood for', async () => {
    const { filter, entries } = await firm();
    const [first = ''] = entries;
    await at.byHand((tx) => plantCorruption(tx)`delete from finance.actual where source_id = ${first} and kind = 'COST'`);
    await at.run();
    expect(await at.unknown(filter)).toMatchObject([{ pair: 'APPROVED_POSTED', count: 1, exampleIds: [first], moneyAtRisk: euro('800.00') }]);
  });

  test('work in the ledger that nobody approved is found with what it was sold for', async () => {
    const { filter, entries } = await firm();
    const [first = ''] = entries;
    const set = (status: string) => at.byHand((tx) => plantCorruption(tx)`update time.timesheet_entry set status = ${status} where id = ${first}`);
    await set('DRAFT');
    await at.run();
    expect(await at.unknown(filter)).toMatchObject([{ pair: 'APPROVED_POSTED', count: 1, exampleIds: [first], moneyAtRisk: euro('800.00') }]);
    await resolvedBy(filter, () => set('APPROVED'));
  });

  test('work that waits with an exception says which, and who dismisses it explains it otherwise', async () => {
    const own = await firmAt(world.graph, { cards: false });
    const filter = { customerIds: [own.customerId] };
    await own.approved(['2026-02-09', '2026-02-10']);
    await world.settle();
    await at.run();
    const explained = { pair: 'APPROVED_POSTED', status: 'EXPLAINED', code: 'RATE_NOT_FOUND', count: 2, moneyAtRisk: null };
    const [found, ...others] = await at.breaks(filter);
    expect(found).toMatchObject({ ...explained, cause: 'EXCEPTION' });
    expect(found?.cures[0]).toEqual({ mutation: 'publishRateCardVersion' });
    expect(Number(found?.hours)).toBe(16);
    expect(others).toEqual([]);
    await world.graph.done('dismissExceptionsWhere', { where: { customerIds: [own.customerId] }, reason: 'pro bono', idempotencyKey: own.customerId });
    await at.run();
    expect(await at.breaks(filter)).toMatchObject([{ ...explained, cause: 'EXCEPTION_DISMISSED' }]);
  });

  test('an exception that was resolved by hand, with nothing posted, is a break', async () => {
    const own = await firmAt(world.graph, { cards: false });
    const filter = { customerIds: [own.customerId] };
    await own.approved(['2026-02-09']);
    await world.settle();
    const { operations } = await world.graph.ok('query ($ids: [ID!]) { operations { exceptions(filter: { customerIds: $ids }) { nodes { id } } } }', {
      ids: filter.customerIds,
    });
    await world.graph.done('resolveException', { id: operations.exceptions.nodes[0].id });
    await at.run();
    expect(await at.unknown(filter)).toMatchObject([{ pair: 'APPROVED_POSTED', status: 'OPEN', count: 1, moneyAtRisk: null }]);
  });

  test('work whose approval nobody has taken yet is under way; once it is given up, its delivery is parked', async () => {
    const own = await firmAt(world.graph);
    const filter = { customerIds: [own.customerId] };
    await own.approved(['2026-02-09']);
    await at.run();
    expect(await at.breaks(filter)).toMatchObject([{ pair: 'APPROVED_POSTED', cause: 'UNDER_WAY', count: 1 }]);
    const broken: Consumer = {
      ...approvedToBilling,
      handle: async () => {
        throw new Error('broken');
      },
    };
    for (let parked = false; !parked; ) {
      await world.settle([broken]);
      world.time.now = new Date(world.time.now.getTime() + 86_400_000);
      const [row] = await world.sql`select count(*)::int as n from log.delivery where consumer = ${broken.name} and status = 'PARKED'`;
      parked = row?.n > 0;
    }
    await at.run();
    expect(await at.breaks({ ...filter, pairs: ['APPROVED_POSTED'] })).toMatchObject([
      { cause: 'PARKED_DELIVERY', status: 'EXPLAINED', count: 1, cures: [{ mutation: 'retryDelivery' }, { mutation: 'skipDelivery' }] },
    ]);
    const [{ id } = { id: '' }] =
      await world.sql`select consumer || ':' || fact_id as id from log.delivery where consumer = ${broken.name} and status = 'PARKED'`;
    await world.graph.done('retryDelivery', { id });
    await world.settle();
    await at.run();
    expect(await at.breaks({ ...filter, pairs: ['APPROVED_POSTED'] })).toEqual([]);
  });
});

describe('posted and billed', () => {
  test('a sale that was deleted, or whose amount was changed, is found by the ledger’s balances, with exactly its money', async () => {
    const { filter, entries } = await firm();
    const [first = '', second = ''] = entries;
    await at.byHand(async (tx) => {
      await plantCorruption(tx)`delete from finance.actual where source_id = ${first} and kind = 'UNBILLED_SALES'`;
      await plantCorruption(tx)`update finance.actual set amount_minor = amount_minor - 12345 where source_id = ${second} and kind = 'UNBILLED_SALES'`;
    });
    await at.run();
    expect(await at.unknown(filter)).toMatchObject([{ pair: 'POSTED_BILLED', status: 'OPEN', count: 1, moneyAtRisk: euro('923.45') }]);
  });

  test('what is on a draft says so, and what is posted is owed', async () => {
    const own = await firm();
    const input = { cutOffDate: '2026-12-31', contractIds: [own.contractId], invoiceDate: '2026-02-28' };
    await world.graph.done('draftInvoices', input);
    await at.run();
    expect(await at.breaks(own.filter)).toMatchObject([
      { pair: 'POSTED_BILLED', cause: 'ON_DRAFT_INVOICE', count: 2, moneyAtRisk: euro('1600.00'), cures: [{ mutation: 'postInvoice' }] },
    ]);
  });

  test('a held sale says by what', async () => {
    const own = await firm();
    const { actuals } = await world.graph.ok('query ($ids: [ID!]) { actuals(filter: { customerIds: $ids, kinds: [UNBILLED_SALES] }) { nodes { id } } }', {
      ids: own.filter.customerIds,
    });
    await world.graph.done('holdActuals', { items: [{ id: actuals.nodes[0].id, reason: 'Client asked' }] });
    await at.run();
    const causes = (await at.breaks(own.filter)).map(({ cause, code, moneyAtRisk }) => [cause, code, moneyAtRisk?.amount]).sort();
    expect(causes).toEqual([
      ['HELD', expect.any(String), '800.00'],
      ['READY_TO_BILL', null, '800.00'],
    ]);
  });

  test('work that is marked as billed and that no line bills is found, and so is a line that asks for other than its work', async () => {
    const { filter, entries } = await billed();
    const [first = ''] = entries;
    await at.byHand((tx) => plantCorruption(tx)`delete from finance.actual where source_id = ${first} and kind = 'BILLED_SALES'`);
    await at.run();
    expect(await at.unknown(filter)).toMatchObject([{ pair: 'POSTED_BILLED', count: 1, startDate: '2026-02-09', moneyAtRisk: euro('800.00') }]);
    const other = await billed();
    const change = (minor: number) =>
      at.byHand((tx) => plantCorruption(tx)`update finance.invoice_line set amount_minor = amount_minor + ${minor} where invoice_id = ${other.invoiceId}`);
    await change(5000);
    await at.run();
    const found = await at.unknown({ ...other.filter, pairs: ['POSTED_BILLED'] });
    expect(found).toMatchObject([{ count: 1, moneyAtRisk: euro('50.00') }]);
    await resolvedBy(other.filter, () => change(-5000));
  });
});

describe('billed, paid and recognized', () => {
  test('what is billed is overdue when its day has passed, disputed while the client says so, and gone when it is paid', async () => {
    const { filter, invoiceId, ...own } = await billed();
    await at.run();
    const owed = { pair: 'BILLED_PAID', startDate: '2026-02-23', count: 1, moneyAtRisk: euro('1936.00') };
    const due = (await world.sql`select due_date < current_date as past from finance.invoice where id = ${invoiceId}`)[0]?.past;
    expect(await at.breaks(filter)).toMatchObject([{ ...owed, cause: due ? 'OVERDUE' : 'NOT_YET_DUE' }]);
    const { dispute } = await world.graph.done('disputeInvoice', { invoiceId, reasonCode: 'PRICE', reason: 'too much' }, { select: 'dispute { id }' });
    await at.run();
    expect(await at.breaks(filter)).toMatchObject([{ ...owed, cause: 'DISPUTED', cures: [{ mutation: 'resolveDispute' }] }]);
    await world.graph.done('withdrawDispute', { id: dispute.id });
    const payment = {
      customerId: own.customerId,
      legalEntityId: own.legalEntityId,
      amount: euro('1000.00'),
      receivedOn: '2026-03-02',
      method: 'BANK_TRANSFER',
    };
    const paid = await world.graph.done('recordPayment', payment, { select: 'payment { id }' });
    await world.graph.done('applyPayment', { id: paid.payment.id, applications: [{ invoiceId, amount: euro('1000.00') }] });
    await at.run();
    expect(await at.breaks(filter)).toMatchObject([{ pair: 'BILLED_PAID', moneyAtRisk: euro('936.00') }]);
  });

  test('an invoice that says otherwise than its payments, or than its revenue, is a break of that pair', async () => {
    const { filter, invoiceId } = await billed();
    await at.byHand(async (tx) => {
      await plantCorruption(tx)`update finance.invoice set paid_minor = 7700, status = 'PARTLY_PAID' where id = ${invoiceId}`;
      await plantCorruption(tx)`update finance.revenue_event set amount_minor = amount_minor - 100 where invoice_id = ${invoiceId}`;
    });
    await at.run();
    const found = (await at.unknown(filter)).map(({ pair, moneyAtRisk, exampleIds }) => [pair, moneyAtRisk?.amount, exampleIds]).sort();
    expect(found).toEqual([
      ['BILLED_PAID', '77.00', [invoiceId]],
      ['BILLED_RECOGNIZED', '1.00', [invoiceId]],
    ]);
    await resolvedBy(filter, () =>
      at.byHand(async (tx) => {
        await plantCorruption(tx)`update finance.invoice set paid_minor = 0, status = 'POSTED' where id = ${invoiceId}`;
        await plantCorruption(tx)`update finance.revenue_event set amount_minor = amount_minor + 100 where invoice_id = ${invoiceId}`;
      }),
    );
  });
});
