import { afterAll, beforeAll, expect, test } from 'vitest';
import { references as engagements } from '#engagements/published.ts';
import { newId } from '#kernel/ids.ts';
import { references } from '#kernel/reference.ts';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import { aContract } from '../support/siblings.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** Statements of the domain: not the transaction, idempotency key or log around it. */
async function counted<Value>(run: () => Promise<Value>): Promise<{ value: Value; statements: number }> {
  world.statements.length = 0;
  const value = await run();
  return { value, statements: world.statements.length };
}

/** A contract of its own for the customer, so that each makes an invoice. */
async function contracts(count: number): Promise<string[]> {
  const like = (await references(world.db, engagements.Contract, [world.ids.contract])).get(world.ids.contract);
  const ids = Array.from({ length: count }, () => newId());
  await world.publish(
    engagements.Contract,
    ids.map((id, index) => ({ id, data: aContract({ ...like, name: `Contract ${index}` }) })),
  );
  return ids;
}

test('5,000 actuals are drafted, validated and posted in a few statements', async () => {
  await world.work(5_000, { minor: 12_345 });
  const drafted = await counted(() => world.done('draftInvoices', 'actualsTaken results { invoice { id subtotal { amount } } }', { cutOffDate: '2026-12-31' }));
  expect(drafted.value).toMatchObject({ actualsTaken: 5_000, results: [{ invoice: { subtotal: { amount: '617250.00' } } }] });
  expect(drafted.statements).toBeLessThanOrEqual(18);
  const { id } = drafted.value.results[0].invoice;
  const validated = await counted(() => world.done('validateInvoice', 'invoice { total { amount } }', { id }));
  expect(validated.statements).toBeLessThanOrEqual(14);
  const posted = await counted(() => world.done('postInvoice', 'invoice { number }', { id }));
  // Four more for each two thousand after the first.
  expect(posted.statements).toBeLessThanOrEqual(32 + 2 * 4);
  const credited = await counted(() => world.done('creditInvoice', 'invoice { number }', { id, reason: 'Test' }));
  expect(credited.statements).toBeLessThanOrEqual(37);
  expect(await world.wip()).toBe(5_000 * 12_345);
});

test('the number of invoices does not change the number of statements', async () => {
  const ids = await contracts(60);
  for (const contractId of ids) await world.work(3, { contractId });
  const drafted = await counted(() => world.done('draftInvoices', 'succeeded results { invoice { id } }', { cutOffDate: '2026-12-31', contractIds: ids }));
  expect(drafted.value.succeeded).toBe(60);
  expect(drafted.statements).toBeLessThanOrEqual(18);
  const items = drafted.value.results.map((result: { invoice: { id: string } }) => ({ id: result.invoice.id }));
  const validated = await counted(() => world.done('validateInvoices', 'succeeded', { items }));
  expect([validated.value.succeeded, validated.statements <= 14]).toEqual([60, true]);
  const posted = await counted(() => world.done('postInvoices', 'succeeded results { invoice { number total { amount } } }', { items }));
  expect([posted.value.succeeded, posted.statements <= 32]).toEqual([60, true]);
  const payments = items.map((item: { id: string }, index: number) => {
    const amount = posted.value.results[index].invoice.total;
    const applications = [{ invoiceId: item.id, amount: { ...amount, currency: 'EUR' } }];
    return { customerId: world.ids.customer, legalEntityId: world.ids.books, amount: { ...amount, currency: 'EUR' }, receivedOn: '2026-03-01', applications };
  });
  const paid = await counted(() => world.done('recordPayments', 'succeeded results { payment { status } }', { items: payments }));
  expect(paid.value.succeeded).toBe(60);
  expect(paid.statements).toBeLessThanOrEqual(30);
});

test('a page of invoices with everything below it costs a statement per list', async () => {
  const query = `{ invoices(first: 50) { nodes { number legalEntity { code } taxProfile { code } journalEntry { lines { nodes { account } } } payments { totalCount nodes { payment { status } } } creditNote { number } externalRefs { system }
    availableActions { name } lines { totalCount nodes { timeEntries { id } expenses { id } actuals { id } invoice { number } } } } } }`;
  const { value, statements } = await counted(() => world.ok(query));
  expect(value.invoices.nodes).toHaveLength(50);
  expect(statements).toBeLessThanOrEqual(16);
  const root = `query ($ids: [ID!]!) { invoices(filter: { contractIds: $ids }) { totalCount } }`;
  const ids = (await world.sql`select distinct contract_id from finance.invoice`).map((row) => row.contract_id);
  expect((await world.ok(root, { variables: { ids } })).invoices.totalCount).toBe(62);
  const representations = ids.map((id) => ({ __typename: 'Contract', id }));
  const below =
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Contract { invoices(first: 2) { totalCount nodes { number } } revenueEvents(first: 1) { totalCount nodes { amount { amount } } } } } }';
  const fetched = await counted(() => world.ok(below, { variables: { representations } }));
  expect(fetched.value._entities).toHaveLength(61);
  expect(fetched.statements).toBe(4);
});
