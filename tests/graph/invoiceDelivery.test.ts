import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import type { Json } from '../support/graph.ts';
import { portalOf } from '../support/subgraph.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const fields = 'id document { id version status channel reference failure deliveredAt availableActions { name } invoice { id } }';
const acknowledge = (input: object, actor?: Json) => world.mutate('acknowledgeInvoiceDelivery', `invoice { ${fields} }`, { channel: 'EMAIL', ...input }, actor);
const fail = (input: object) => world.mutate('failInvoiceDelivery', `invoice { ${fields} }`, { channel: 'POST', reason: 'Moved away', ...input });
const documentOf = async (id: string): Promise<Json> =>
  (await world.ok(`query ($id: ID!) { invoice(id: $id) { ${fields} } }`, { variables: { id } })).invoice.document;
const undelivered = async (is: boolean): Promise<string[]> =>
  (await world.ok('query ($is: Boolean) { invoices(filter: { undelivered: $is }) { nodes { id } } }', { variables: { is } })).invoices.nodes.map(
    ({ id }: Json) => id,
  );
const factsOf = async (id: string) =>
  (await world.sql`select type, payload from log.pending where subject_id = ${id} and type like 'InvoiceDeliver%' order by id`).map(({ type, payload }) => ({
    type,
    ...payload,
  }));

describe('a posted invoice', () => {
  test('waits for its delivery until somebody reports it; then it is out of the list', async () => {
    const { id } = await world.invoiced('POSTED');
    expect(await documentOf(id)).toMatchObject({ status: 'PENDING', channel: null, deliveredAt: null, invoice: { id } });
    expect(await undelivered(true)).toContain(id);
    const { invoice, userErrors } = await acknowledge({ id, reference: 'message 7' });
    expect(userErrors).toEqual([]);
    expect(invoice.document).toMatchObject({
      status: 'DELIVERED',
      channel: 'EMAIL',
      reference: 'message 7',
      deliveredAt: '2026-03-02T09:00:00.000Z',
      version: 2,
    });
    expect(await undelivered(true)).not.toContain(id);
    expect(await undelivered(false)).toContain(id);
    expect(await factsOf(id)).toMatchObject([{ type: 'InvoiceDelivered', channel: 'EMAIL', reference: 'message 7', invoiceId: id }]);
  });

  test('that came back is in the list again, with the reason, until it arrives another way', async () => {
    const { id } = await world.invoiced('POSTED');
    await acknowledge({ id });
    const bounced = await fail({ id, channel: 'EMAIL', reason: 'Bounced' });
    expect(bounced.invoice.document).toMatchObject({ status: 'FAILED', failure: 'Bounced', deliveredAt: null, reference: null });
    expect(await undelivered(true)).toContain(id);
    await fail({ id });
    expect((await acknowledge({ id, channel: 'NETWORK' })).invoice.document).toMatchObject({ status: 'DELIVERED', channel: 'NETWORK', failure: null });
    expect((await factsOf(id)).map(({ type }) => type)).toEqual(['InvoiceDelivered', 'InvoiceDeliveryFailed', 'InvoiceDeliveryFailed', 'InvoiceDelivered']);
  });

  test('arrives once: the same call again changes nothing, and another is refused', async () => {
    const { id } = await world.invoiced('POSTED');
    const call = { id, idempotencyKey: 'delivered once' };
    await acknowledge(call);
    const again = await acknowledge(call);
    expect([again.userErrors, again.invoice.document.version]).toEqual([[], 2]);
    expect((await acknowledge({ id })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    expect(await factsOf(id)).toHaveLength(1);
  });

  test('of two that report at once, one is taken', async () => {
    const { id } = await world.invoiced('POSTED');
    const answers = await Promise.all([acknowledge({ id }), acknowledge({ id, channel: 'POST' })]);
    expect(answers.map(({ userErrors }) => userErrors.length).sort()).toEqual([0, 1]);
    expect(await factsOf(id)).toHaveLength(1);
  });

  test('has a credit note that is delivered on its own', async () => {
    const { id } = await world.invoiced('POSTED');
    const { invoice } = await world.done('creditInvoice', 'invoice { id document { status } }', { id, reason: 'test' });
    expect(invoice.document.status).toBe('PENDING');
  });
});

describe('nobody', () => {
  test('delivers what is not posted, or is not there', async () => {
    const draft = await world.invoiced('DRAFT');
    expect((await acknowledge({ id: draft.id })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    expect((await acknowledge({ id: world.ids.contract })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await acknowledge({ id: 'nonsense' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    await world.done('cancelInvoice', 'invoice { id }', { id: draft.id });
  });

  test('of a client reports a delivery, or sees those of others', async () => {
    const mine = await world.invoiced('POSTED');
    const theirs = await world.invoiced('POSTED', 1, { contractId: world.ids.otherContract, customerId: world.ids.other });
    const actor = portalOf(world.ids.customer);
    expect((await acknowledge({ id: mine.id }, actor)).userErrors[0].code).toBe('FORBIDDEN');
    expect(['FORBIDDEN', 'NOT_FOUND']).toContain((await acknowledge({ id: theirs.id }, actor)).userErrors[0].code);
    const [row] = await world.sql`select id from finance.invoice_document where invoice_id = ${theirs.id}`;
    const text = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on InvoiceDocument { status } } }';
    const { _entities } = await world.ok(text, { variables: { representations: [{ __typename: 'InvoiceDocument', id: row?.id }] }, actor });
    expect(_entities).toEqual([null]);
  });
});
