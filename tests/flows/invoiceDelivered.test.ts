import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/en16931/validate.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';

let world: Awaited<ReturnType<typeof flowWorld>>;
let firm: Firm;
let id: string;
const address = { lines: ['Keizersgracht 1'], city: 'Amsterdam', postalCode: '1015 CJ', countryCode: 'NL' };

beforeAll(async () => {
  world = await flowWorld();
  const { graph, settle } = world;
  firm = await firmAt(graph);
  await graph.done('updateLegalEntity', { id: firm.legalEntityId, postalAddress: address, vatId: 'NL123456789B01' });
  await graph.done('updateCustomer', { id: firm.customerId, postalAddress: address });
  await firm.approved(['2026-02-10']);
  await settle();
  const wish = { cutOffDate: '2026-03-31', contractIds: [firm.contractId], invoiceDate: '2026-03-31' };
  const { results } = await graph.done('draftInvoices', wish, { select: 'results { invoice { id } userErrors { code } }' });
  id = results[0].invoice.id;
  await graph.done('validateInvoice', { id });
  await graph.done('postInvoice', { id });
});
afterAll(() => world[Symbol.asyncDispose]());

/** A system that delivers: it reads what was posted, fetches the document, sends it, and says so under a key of its own. */
async function deliver(sent: string[]): Promise<Json[]> {
  await world.sequence();
  const text = '{ operations { events(first: 250, filter: { types: [InvoicePosted] }) { nodes { subject { entityId } } } } }';
  const { nodes } = (await world.graph.ok(text)).operations.events;
  const answers: Json[] = [];
  for (const { subject } of nodes) {
    const { invoice } = await world.graph.ok('query ($id: ID!) { invoice(id: $id) { document { xml } } }', { id: subject.entityId });
    const headers = { authorization: `Bearer ${await world.token({ role: 'finance' })}` };
    const xml = await (await fetch(new URL(invoice.document.xml, world.url), { headers })).text();
    expect(violations(xml)).toEqual([]);
    sent.push(xml);
    const input = { idempotencyKey: `delivered ${subject.entityId}`, id: subject.entityId, channel: 'NETWORK', reference: 'AS4 1' };
    answers.push(await world.graph.mutate('acknowledgeInvoiceDelivery', input, { select: 'invoice { document { status } }', wish: { role: 'finance' } }));
  }
  return answers;
}

const timeline = async (args: object = {}): Promise<Json> => {
  await world.sequence();
  const text = `query ($id: ID!, $first: Int, $after: Cursor) { invoice(id: $id) { timeline(first: $first, after: $after) {
    nodes { type subject { entityId } } pageInfo { hasNextPage endCursor } } } }`;
  return (await world.graph.ok(text, { id, first: 50, ...args })).invoice.timeline;
};
const types = ({ nodes }: Json): string[] => nodes.map(({ type }: Json) => type);

describe('a posted invoice is delivered', () => {
  test('once, also by a system that begins at the start of the log again; it sends the same bytes', async () => {
    const sent: string[] = [];
    expect(await deliver(sent)).toMatchObject([{ replayed: false, userErrors: [], invoice: { document: { status: 'DELIVERED' } } }]);
    expect(await deliver(sent)).toMatchObject([{ replayed: true, userErrors: [] }]);
    expect(new Set(sent).size).toBe(1);
  });

  test('and its timeline tells the story, the latest first, in pages', async () => {
    expect(types(await timeline())).toEqual(['InvoiceDelivered', 'InvoicePosted', 'InvoiceValidated', 'InvoiceDrafted']);
    const first = await timeline({ first: 3 });
    expect([types(first).length, first.pageInfo.hasNextPage]).toEqual([3, true]);
    expect(types(await timeline({ after: first.pageInfo.endCursor }))).toEqual(['InvoiceDrafted']);
  });

  test('and credited: both papers have their own', async () => {
    await world.graph.done('creditInvoice', { id, reason: 'Wrong project', creditDate: '2026-03-31' });
    expect(types(await timeline())[0]).toBe('InvoiceCredited');
  });
});
