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

/** docs/examples/discounts.md, number by number. */
test('discounts of a line and of an invoice at two rates come out as the example says', async () => {
  const { done, ok, ids, wip, balance } = world;
  await done('updateLegalEntity', 'legalEntity { id }', { id: ids.books, postalAddress: address, vatId: 'NL123456789B01' });
  const none = { vatId: null, registrationNumber: null, buyerReference: null, electronicAddress: null, billingAddress: null };
  const party = { legalName: 'Acme', postalAddress: address, ...none };
  await world.publish(engagements.Customer, [
    { id: ids.customer, data: aCustomer({ name: 'Acme', legalEntityId: ids.books, taxProfileId: ids.profile, party }) },
  ]);
  const rates = [
    { basisPoints: 2100, effectiveFrom: '2020-01-01', effectiveTo: '2026-05-31' },
    { basisPoints: 1000, effectiveFrom: '2026-06-01', effectiveTo: null },
  ];
  await done('updateTaxProfile', 'taxProfile { id }', { id: ids.profile, rates });
  await world.work(10, { minor: 12_345, workDate: '2026-05-20' });
  const { id } = await world.invoiced('DRAFT', 4, { minor: 9_999, workDate: '2026-06-01' });
  await done('updateInvoice', 'invoice { id }', { id, invoiceDate: '2026-06-02' });
  const lines = 'subtotal { amount } lines { nodes { id kind amount { amount } discount { amount } discountPercent actuals { id amount { amount } } } }';
  const read = async (): Promise<Json> => (await ok(`query ($id: ID!) { invoice(id: $id) { ${lines} } }`, { variables: { id } })).invoice;
  const amounts = async () => (await read()).lines.nodes.map(({ kind, amount }: Json) => `${kind} ${amount.amount}`);
  const [may] = (await read()).lines.nodes;

  await done('addInvoiceDiscount', 'invoice { id }', { id, lineId: may.id, percent: '7.5', reason: 'Volume' });
  await done('addInvoiceLine', 'invoice { id }', { id, amount: eur('-50.00'), suppliedOn: '2026-05-31', description: 'Laptop returned' });
  await done('addInvoiceDiscount', 'invoice { id }', { id, percent: '2', reason: 'Framework agreement' });
  expect(await amounts()).toEqual(['TIME 1141.91', 'TIME 399.96', 'CORRECTION -50.00', 'DISCOUNT -21.84', 'DISCOUNT -8.00']);
  expect((await read()).subtotal.amount).toBe('1462.03');

  await done('validateInvoice', 'invoice { id }', { id });
  const select =
    'invoice { tax { amount } total { amount } taxBreakdown { basisPoints taxable { amount } tax { amount } } eInvoice { xml problems { rule } } }';
  const { invoice } = await done('postInvoice', select, { id, invoiceDate: '2026-06-02' });
  expect([invoice.tax.amount, invoice.total.amount]).toEqual(['263.91', '1725.94']);
  expect(invoice.taxBreakdown).toEqual([
    { basisPoints: 1000, taxable: { amount: '391.96' }, tax: { amount: '39.20' } },
    { basisPoints: 2100, taxable: { amount: '1070.07' }, tax: { amount: '224.71' } },
  ]);
  const books = () => Promise.all(['RECEIVABLE', 'REVENUE', 'TAX_PAYABLE'].map(balance));
  expect(await books()).toEqual([172_594, -146_203, -26_391]);
  const [ledger] = await world.sql`select sum(amount_minor) filter (where kind = 'UNBILLED_SALES')::int as sold,
    sum(amount_minor) filter (where kind = 'BILLED_SALES')::int as billed from finance.actual`;
  expect(ledger).toEqual({ sold: 163_446, billed: 146_203 });

  const { xml, problems } = invoice.eInvoice;
  expect([problems, violations(xml)]).toEqual([[], []]);
  expect(xml.match(/<cbc:AllowanceChargeReason>[^<]*|<cbc:MultiplierFactorNumeric>[^<]*/g).map((each: string) => each.replace(/.*>/, ''))).toEqual([
    ...['Framework agreement', '2', 'Framework agreement', '2', 'Volume', '7.5'],
  ]);
  expect(xml).toContain('<cbc:LineExtensionAmount currencyID="EUR">1491.87</cbc:LineExtensionAmount>');
  expect(xml).toContain('<cbc:AllowanceTotalAmount currencyID="EUR">29.84</cbc:AllowanceTotalAmount>');
  const { document } = (await ok('query ($id: ID!) { invoice(id: $id) { document { file(format: HTML) { content } } } }', { variables: { id } })).invoice;
  const html = Buffer.from(document.file.content, 'base64').toString();
  for (const text of ['less 7.5 % Volume: 92.59', 'Framework agreement, 2 % of 1,091.91', '1,491.87', '1,725.94']) expect(html).toContain(text);

  const note = 'invoice { subtotal { amount } total { amount } eInvoice { xml problems { rule } } credits { status open { amount } } }';
  const hour = { lineId: may.id, actualIds: [may.actuals[0].id] };
  const { invoice: first } = await done('creditInvoice', note, { id, reason: 'One hour', lines: [hour] });
  expect([first.subtotal.amount, first.total.amount, await wip()]).toEqual(['-114.19', '-138.17', 12_345]);
  expect(first.credits).toEqual({ status: 'POSTED', open: { amount: '1587.77' } });
  const { invoice: rest } = await done('creditInvoice', note, { id, reason: 'The rest' });
  expect([rest.total.amount, rest.credits.status, await wip(), await books()]).toEqual(['-1587.77', 'CREDITED', 163_446, [0, 0, 0]]);
  for (const { eInvoice } of [first, rest]) expect([eInvoice.problems, violations(eInvoice.xml)]).toEqual([[], []]);
  const [left] = await world.sql`select sum(amount_minor)::int as billed from finance.actual where kind = 'BILLED_SALES'`;
  expect(left?.billed).toBe(0);
});
