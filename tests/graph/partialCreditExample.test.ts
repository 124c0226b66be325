import { afterAll, beforeAll, expect, test } from 'vitest';
import { references as engagements } from '#engagements/published.ts';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import { violations } from '../support/en16931/validate.ts';
import type { Json } from '../support/graph.ts';
import { aCustomer } from '../support/siblings.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const address = { lines: ['Keizersgracht 1'], city: 'Amsterdam', postalCode: '1015 CJ', countryCode: 'NL', region: null };
const note =
  'invoice { subtotal { amount } tax { amount } total { amount } concession eInvoice { xml problems { rule } } credits { status open { amount } credited { amount } } }';

/** docs/examples/partialCredit.md, number by number. */
test('what is given back by parts at two rates comes out as the example says', async () => {
  const { done, ok, ids, wip, balance } = world;
  await done('updateLegalEntity', 'legalEntity { id }', { id: ids.books, postalAddress: address, vatId: 'NL123456789B01' });
  const party = {
    legalName: 'Acme',
    postalAddress: address,
    billingAddress: null,
    vatId: null,
    registrationNumber: null,
    buyerReference: null,
    electronicAddress: null,
  };
  const customer = aCustomer({ name: 'Acme', legalEntityId: ids.books, taxProfileId: ids.profile, party });
  await world.publish(engagements.Customer, [{ id: ids.customer, data: customer }]);
  const rates = [
    { basisPoints: 2100, effectiveFrom: '2020-01-01', effectiveTo: '2026-05-31' },
    { basisPoints: 1000, effectiveFrom: '2026-06-01', effectiveTo: null },
  ];
  await done('updateTaxProfile', 'taxProfile { id }', { id: ids.profile, rates });
  await world.work(3, { minor: 3_333, workDate: '2026-05-20' });
  await world.work(1, { minor: 4_005, workDate: '2026-06-01' });
  const { id } = await world.invoiced('VALIDATED', 1, { minor: 4_500, workDate: '2026-06-01' });
  const lines = 'lines { nodes { id amount { amount } tax { amount } actuals { id } } }';
  const { invoice } = await done('postInvoice', `invoice { total { amount } ${lines} }`, { id, invoiceDate: '2026-06-02' });
  const [may, june] = invoice.lines.nodes;
  expect([may, june].map((line) => [line.amount.amount, line.tax.amount])).toEqual([
    ['99.99', '21.00'],
    ['85.05', '8.51'],
  ]);
  expect([invoice.total.amount, await wip()]).toEqual(['214.55', 0]);

  const credited = async (input: object): Promise<Json> => (await done('creditInvoice', note, { id, ...input })).invoice;
  const sums = ({ subtotal, tax, total }: Json) => [subtotal.amount, tax.amount, total.amount];
  const books = () => Promise.all(['RECEIVABLE', 'TAX_PAYABLE', 'REVENUE', 'CUSTOMER_CREDIT'].map(balance));

  const first = await credited({ reason: 'Wrong customer', lines: [{ lineId: may.id, actualIds: [may.actuals[0].id] }] });
  expect(sums(first)).toEqual(['-33.33', '-7.00', '-40.33']);
  expect(first.credits).toEqual({ status: 'POSTED', open: { amount: '174.22' }, credited: { amount: '40.33' } });
  expect([await wip(), await books()]).toEqual([3_333, [17_422, -2_251, -15_171, 0]]);

  const second = await credited({ reason: 'Came late', rebill: false, lines: [{ lineId: june.id, amount: eur('10.00') }] });
  expect([sums(second), second.concession, second.credits.open.amount, await wip()]).toEqual([['-10.00', '-1.00', '-11.00'], true, '163.22', 3_333]);
  const sold = await ok('query ($filter: ActualFilter) { actuals(filter: $filter) { nodes { kind amount { amount } description sourceType } } }', {
    variables: { filter: { workDateFrom: '2026-06-01', reversed: false } },
  });
  const amountsOf = (kind: string) => sold.actuals.nodes.filter((each: Json) => each.kind === kind).map((each: Json) => each.amount.amount);
  expect([amountsOf('UNBILLED_SALES').sort(), amountsOf('BILLED_SALES').sort()]).toEqual([
    ['40.05', '45.00'],
    ['-10.00', '40.05', '45.00'],
  ]);
  expect(sold.actuals.nodes).toContainEqual({ kind: 'BILLED_SALES', amount: { amount: '-10.00' }, description: 'Came late', sourceType: 'INVOICE_LINE' });

  const received = { customerId: ids.customer, legalEntityId: ids.books, amount: eur('100.00'), receivedOn: '2026-03-01' };
  const { payment } = await done('recordPayment', 'payment { id }', received);
  await done('applyPayment', 'payment { id }', { id: payment.id, applications: [{ invoiceId: id, amount: eur('100.00') }] });
  const third = await credited({ reason: 'All of it', unapplyPayments: true });
  expect(sums(third)).toEqual(['-141.71', '-21.51', '-163.22']);
  expect(third.credits).toEqual({ status: 'CREDITED', open: { amount: '0.00' }, credited: { amount: '214.55' } });
  expect([await wip(), await books()]).toEqual([18_504, [0, 0, 0, -10_000]]);
  expect((await ok('query ($id: ID!) { payment(id: $id) { status unapplied { amount } } }', { variables: { id: payment.id } })).payment).toEqual({
    status: 'RECEIVED',
    unapplied: { amount: '100.00' },
  });

  for (const { eInvoice } of [first, second, third]) {
    expect(eInvoice.problems).toEqual([]);
    expect(violations(eInvoice.xml)).toEqual([]);
    expect(eInvoice.xml).toContain('<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>');
    expect(eInvoice.xml).toMatch(/<cac:BillingReference>\s*<cac:InvoiceDocumentReference>\s*<cbc:ID>NL-INV-2026-000001</);
  }
});
