import { firmAt } from './firmAt.ts';
import type { Graph, Json } from './graph.ts';
import { untilTrue } from './program.ts';
import type { Telling } from './wholeStory.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

async function invoiceOf(graph: Graph, contractId: string): Promise<Json> {
  const fields = 'id number status total { amount } open { amount } lines { nodes { id actuals { id } } }';
  const text = `query ($ids: [ID!]) { invoices(first: 1, filter: { contractIds: $ids, kinds: [INVOICE] }, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { ${fields} } } }`;
  return (await graph.ok(text, { ids: [contractId] })).invoices.nodes[0];
}

/** The month's end: what is ready is looked at, drafted, found right and posted, all by one run. */
export async function monthEnd({ graph, rest }: Telling): Promise<{ contractId: string; legalEntityId: string; customerId: string }> {
  const firm = await firmAt(graph, { name: 'Month end' });
  await firm.approved(['2026-02-09', '2026-02-10']);
  await rest();
  const wish = { cutOffDate: '2026-02-28', invoiceDate: '2026-02-28', legalEntityIds: [firm.legalEntityId] };
  await graph.done('runBilling', { ...wish, dryRun: true }, { select: 'preview { totals { invoices } }' });
  const { billingRun } = await graph.done('runBilling', wish, { select: 'billingRun { id }' });
  const { id } = billingRun;
  const state = async () => (await graph.ok('query ($id: ID!) { billingRun(id: $id) { state } }', { id })).billingRun.state;
  await untilTrue('the billing run is through', async () => (await state()) === 'COMPLETED');
  await graph.done('validateBillingRun', { id });
  await graph.done('postBillingRun', { id });
  await rest();
  return firm;
}

type Owing = Awaited<ReturnType<typeof monthEnd>>;

/** What the client holds against an invoice is rejected; then a part is given back, a part is paid, the rest is given up, and comes after all. */
export async function latePayer({ graph, rest }: Telling, { contractId, legalEntityId, customerId }: Owing): Promise<void> {
  const { id: invoiceId, number, lines } = await invoiceOf(graph, contractId);
  const raised = { invoiceId, reasonCode: 'PRICE', reason: 'Not what was agreed' };
  const { dispute } = await graph.done('disputeInvoice', raised, { select: 'dispute { id }' });
  await graph.done('setDunningPolicy', { id: legalEntityId, expectedVersion: 0, levels: [{ name: 'Reminder', afterDays: 7 }] });
  await graph.done('resolveDispute', { id: dispute.id, outcome: 'REJECTED', resolution: 'It is what was agreed' });
  const [line] = lines.nodes;
  const given = { id: invoiceId, reason: 'Goodwill', creditDate: '2026-03-01', rebill: false, lines: [{ lineId: line.id, amount: eur('100.00') }] };
  await graph.done('creditInvoice', given);
  await rest();
  const paid = { customerId, legalEntityId, receivedOn: '2026-03-10', amount: eur('50.00'), reference: `For ${number}` };
  const payment = await graph.made('recordPayment', 'payment', paid);
  await graph.done('applyPayment', { id: payment, applications: [{ invoiceId, amount: eur('50.00') }], appliedOn: '2026-03-10' });
  await graph.done('writeOffInvoice', { id: invoiceId, reason: 'Gone', writtenOffOn: '2026-03-20' });
  await graph.done('reverseWriteOff', { id: invoiceId, reason: 'Back again' });
  const { open } = await invoiceOf(graph, contractId);
  const late = { ...paid, receivedOn: '2026-03-25', amount: eur(open.amount) };
  const last = await graph.made('recordPayment', 'payment', late);
  const { matches } = (await graph.ok('query ($id: ID!) { payment(id: $id) { matches { key } } }', { id: last })).payment;
  await graph.done('applyPaymentMatch', { id: last, matchKey: matches[0].key }, { wish: { role: 'finance' } });
  await rest();
}

/** A draft is discounted and added to; what was taken back of it is not on the invoice. */
export async function adjustedDraft({ graph, rest }: Telling): Promise<void> {
  const firm = await firmAt(graph, { name: 'Discounts' });
  await firm.approved(['2026-02-16']);
  await rest();
  const wish = { cutOffDate: '2026-02-28', invoiceDate: '2026-02-28', contractIds: [firm.contractId] };
  const { results } = await graph.done('draftInvoices', wish, { select: 'results { invoice { id } userErrors { code } }' });
  const { id } = results[0].invoice;
  await graph.done('addInvoiceDiscount', { id, percent: '10', reason: 'A good year' });
  await graph.done('addInvoiceLine', { id, description: 'Travel, as agreed', amount: eur('40.00') });
  await graph.done('validateInvoice', { id });
  await graph.done('postInvoice', { id, invoiceDate: '2026-02-28' });
  await rest();
}
