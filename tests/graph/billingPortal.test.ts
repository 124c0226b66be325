import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import { portalOf } from '../support/subgraph.ts';

let world: BillingWorld;
let mine: { id: string; number: string };
let theirs: { id: string };
let draft: { id: string };
beforeAll(async () => {
  world = await billingWorld();
  mine = await world.invoiced('POSTED', 2);
  theirs = await world.invoiced('POSTED', 1, { contractId: world.ids.otherContract, customerId: world.ids.other });
  draft = await world.invoiced('VALIDATED', 1);
  const amount = { amount: '10.00', currency: 'EUR' };
  for (const [customerId, invoice] of [
    [world.ids.customer, mine],
    [world.ids.other, theirs],
  ] as const) {
    await world.done('recordPayments', 'succeeded', {
      items: [{ customerId, legalEntityId: world.ids.books, amount, receivedOn: '2026-03-01', applications: [{ invoiceId: invoice.id, amount }] }],
    });
  }
});
afterAll(() => world[Symbol.asyncDispose]());

const portal = () => portalOf(world.ids.customer);

describe('a client', () => {
  test('sees its posted invoices with lines, time and payments, and no one else', async () => {
    const query = `query ($mine: ID!, $theirs: ID!, $draft: ID!) {
      invoices { totalCount nodes { id number open { amount } legalEntity { name } lines { totalCount nodes { description timeEntries { id } expenses { id } } } payments { nodes { amount { amount } payment { amount { amount } applications { totalCount } } } } } }
      payments { totalCount nodes { customer { id } } }
      mine: invoice(id: $mine) { number } theirs: invoice(id: $theirs) { number } draft: invoice(id: $draft) { id } }`;
    const data = await world.ok(query, { variables: { mine: mine.id, theirs: theirs.id, draft: draft.id }, actor: portal() });
    expect(data).toMatchObject({
      mine: { number: mine.number },
      theirs: null,
      draft: null,
      payments: { totalCount: 1, nodes: [{ customer: { id: world.ids.customer } }] },
    });
    expect(data.invoices.totalCount).toBe(1);
    expect(data.invoices.nodes[0]).toMatchObject({
      id: mine.id,
      open: { amount: '232.00' },
      legalEntity: { name: 'Firm' },
      lines: { totalCount: 1 },
      payments: { nodes: [{ amount: { amount: '10.00' } }] },
    });
    expect(data.invoices.nodes[0].lines.nodes[0].timeEntries).toHaveLength(2);
  });

  test('sums its own, by month, state and age', async () => {
    const query = `query ($by: [InvoiceGroup!]!, $asOf: Date, $order: InvoiceSummaryOrder, $filter: InvoiceFilter) {
      invoiceSummary(groupBy: $by, asOf: $asOf, orderBy: $order, filter: $filter) { status kind startDate age customer { id } count total { amount } open { amount } currency } }`;
    const rows = async (by: string[], more: object = {}, actor = portal()) => (await world.ok(query, { variables: { by, ...more }, actor })).invoiceSummary;
    const sums = { count: 1, total: { amount: '242.00' }, open: { amount: '232.00' }, currency: 'EUR' };
    expect(await rows(['STATUS', 'CUSTOMER'])).toEqual([
      { status: 'PARTLY_PAID', kind: null, startDate: null, age: null, customer: { id: world.ids.customer }, ...sums },
    ]);
    const [due] = await world.sql`select to_char(due_date, 'YYYY-MM-DD') as day from finance.invoice where id = ${mine.id}`;
    const later = (days: number) => new Date(Date.parse(String(due?.day)) + days * 86_400_000).toISOString().slice(0, 10);
    const ages = await Promise.all([0, 1, 30, 31, 61, 91].map(async (days) => (await rows(['AGE'], { asOf: later(days) }))[0].age));
    expect(ages).toEqual(['NOT_LATE', 'DAYS_1_TO_30', 'DAYS_1_TO_30', 'DAYS_31_TO_60', 'DAYS_61_TO_90', 'OVER_90_DAYS']);
    const all = await world.ok(query, { variables: { by: ['STATUS'], order: { field: 'OPEN', direction: 'DESC' } } });
    expect(all.invoiceSummary.map(({ status }: { status: string }) => status)).toEqual(['PARTLY_PAID', 'VALIDATED']);
    expect(await rows([], { filter: { statuses: ['PAID'] } })).toEqual([]);
  });

  test('finds nothing more by reference, by parent or by filter', async () => {
    const lines = await world.sql`select id, invoice_id from finance.invoice_line`;
    const lineOf = (id: string) => String(lines.find((row) => row.invoice_id === id)?.id);
    const [payment] = await world.sql`select id from finance.payment where customer_id = ${world.ids.other}`;
    const representations = [
      { __typename: 'Invoice', id: theirs.id },
      { __typename: 'Invoice', id: draft.id },
      { __typename: 'InvoiceLine', id: lineOf(theirs.id) },
      { __typename: 'InvoiceLine', id: lineOf(draft.id) },
      { __typename: 'InvoiceLine', id: lineOf(mine.id) },
      { __typename: 'Payment', id: payment?.id },
      { __typename: 'Customer', id: world.ids.other },
      { __typename: 'Contract', id: world.ids.otherContract },
      { __typename: 'Project', id: world.ids.project },
    ];
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Invoice { id } ... on InvoiceLine { id } ... on Payment { id }
      ... on Customer { invoices { totalCount } payments { totalCount } receivables { currency } } ... on Contract { invoices { totalCount } } ... on Project { invoices { totalCount } } } }`;
    const { _entities } = await world.ok(query, { variables: { representations }, actor: portal() });
    expect(_entities).toEqual([
      null,
      null,
      null,
      null,
      { id: lineOf(mine.id) },
      null,
      { invoices: { totalCount: 0 }, payments: { totalCount: 0 }, receivables: [] },
      { invoices: { totalCount: 0 } },
      { invoices: { totalCount: 1 } },
    ]);
    const filtered = await world.ok(
      'query ($ids: [ID!]) { invoices(filter: { customerIds: $ids }) { totalCount } drafts: invoices(filter: { statuses: [DRAFT, VALIDATED, CANCELLED] }) { totalCount } }',
      { variables: { ids: [world.ids.other] }, actor: portal() },
    );
    expect(filtered).toEqual({ invoices: { totalCount: 0 }, drafts: { totalCount: 0 } });
  });

  test('sees no books and does nothing to them', async () => {
    const { data, errors } = await world.run('query ($id: ID!) { invoice(id: $id) { number journalEntry { id } } }', {
      variables: { id: mine.id },
      actor: portal(),
    });
    expect(data).toEqual({ invoice: { number: mine.number, journalEntry: null } });
    expect(errors).toMatchObject([{ code: 'FORBIDDEN', path: ['invoice', 'journalEntry'] }]);
    for (const [name, input] of [
      ['cancelInvoice', { id: draft.id }],
      ['postInvoice', { id: draft.id }],
      ['creditInvoice', { id: mine.id, reason: 'x' }],
      ['updateInvoice', { id: mine.id }],
    ] as const) {
      const { userErrors } = await world.mutate(name, 'invoice { id }', input, portal());
      expect(['FORBIDDEN', 'NOT_FOUND']).toContain(userErrors[0].code);
    }
    const drafted = await world.mutate('draftInvoices', 'succeeded', { cutOffDate: '2026-12-31' }, portal());
    expect(drafted.userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });

  test('as a confined colleague: writes stay within the customers of the token', async () => {
    const actor = { id: 'colleague', kind: 'STAFF' as const, permissions: ['*'], customerIds: [world.ids.customer] };
    expect((await world.mutate('creditInvoice', 'invoice { id }', { id: theirs.id, reason: 'x' }, actor)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const bulk = await world.mutate('postInvoices', 'results { userErrors { code } invoice { id } }', { items: [{ id: theirs.id }, { id: draft.id }] }, actor);
    expect(bulk.results).toEqual([
      { userErrors: [{ code: 'NOT_FOUND' }], invoice: null },
      { userErrors: [], invoice: { id: draft.id } },
    ]);
    await world.work(1, { contractId: world.ids.otherContract, customerId: world.ids.other });
    expect(await world.mutate('draftInvoices', 'actualsTaken', { cutOffDate: '2026-12-31' }, actor)).toMatchObject({ actualsTaken: 0, userErrors: [] });
    const payment = { customerId: world.ids.other, legalEntityId: world.ids.books, amount: { amount: '1.00', currency: 'EUR' }, receivedOn: '2026-03-01' };
    expect((await world.mutate('recordPayment', 'payment { id }', payment, actor)).userErrors).toMatchObject([{ code: 'NOT_FOUND', field: 'customerId' }]);
    expect(
      (await world.ok('{ journalEntries { nodes { customer { id } } } }', { actor })).journalEntries.nodes.every(
        (node: { customer: { id: string } }) => node.customer.id === world.ids.customer,
      ),
    ).toBe(true);
  });
});
