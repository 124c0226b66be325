import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../support/billing.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const many = (type: string, count: number): string[] => Array.from({ length: count }, () => type);

const lineFields =
  'lines { totalCount nodes { position description kind hours amount { amount } tax { amount } account actualCount project { id } laborCategory { id } contractLineId timeEntries { id } expenses { id } actuals { id status } } }';

describe('drafting', () => {
  test('answers clearly when nothing is ready', async () => {
    const answer = await world.done('draftInvoices', 'results { index } succeeded failed actualsTaken replayed', { cutOffDate: '2026-12-31' });
    expect(answer).toMatchObject({ results: [], succeeded: 0, failed: 0, actualsTaken: 0, replayed: false });
  });

  test('groups work by project and labor category, up to the cut-off date', async () => {
    const { ids } = world;
    await world.work(3);
    await world.work(2, { projectId: ids.project2, minor: 5_000 });
    await world.work(1, { laborCategoryId: null });
    await world.work(4, { workDate: '2026-02-28' });
    const input = { cutOffDate: '2026-02-15' };
    const { results, actualsTaken } = await world.done(
      'draftInvoices',
      `actualsTaken results { index invoice { id status kind number invoiceDate dueDate subtotal { amount currency } tax { amount } total { amount } ${lineFields} } }`,
      input,
    );
    expect(actualsTaken).toBe(6);
    expect(results).toHaveLength(1);
    expect(results[0].invoice).toMatchObject({
      status: 'DRAFT',
      kind: 'INVOICE',
      number: null,
      invoiceDate: '2026-03-02',
      dueDate: '2026-04-01',
      subtotal: { amount: '500.00', currency: 'EUR' },
      tax: { amount: '0.00' },
      total: { amount: '500.00' },
    });
    const lines = results[0].invoice.lines.nodes;
    expect(lines.map((line: { description: string; hours: string; amount: { amount: string } }) => [line.description, line.hours, line.amount.amount])).toEqual(
      [
        ['Alpha: Professional services', '1.00', '100.00'],
        ['Alpha: Senior', '3.00', '300.00'],
        ['Beta: Senior', '2.00', '100.00'],
      ],
    );
    expect(lines[1]).toMatchObject({
      position: 2,
      kind: 'TIME',
      account: 'REVENUE',
      actualCount: 3,
      project: { id: ids.project },
      laborCategory: { id: ids.category },
      contractLineId: ids.tmLine,
      expenses: [],
    });
    expect(lines[1].timeEntries).toHaveLength(3);
    expect(lines[1].actuals.every((actual: { status: string }) => actual.status === 'ON_INVOICE')).toBe(true);
    await world.done('cancelInvoice', 'invoice { status }', { id: results[0].invoice.id });
  });

  test('gives a suspended contract and a wrong currency their own refusals, and leaves their work ready', async () => {
    const { ids, sql } = world;
    await world.work(1, { contractId: ids.otherContract, customerId: ids.other });
    await sql`update log.reference set data = jsonb_set(data, '{status}', '"SUSPENDED"') where entity_id = ${ids.otherContract}`;
    const selection = 'succeeded failed results { invoice { id } userErrors { code guard } }';
    const suspended = await world.done('draftInvoices', selection, { cutOffDate: '2026-12-31', contractIds: [ids.otherContract] });
    expect(suspended).toMatchObject({
      succeeded: 0,
      failed: 1,
      results: [{ invoice: null, userErrors: [{ code: 'GUARD_REFUSED', guard: 'contractBillable' }] }],
    });
    await sql`update log.reference set data = data || '{"status": "CONFIRMED", "currency": "USD"}' where entity_id = ${ids.otherContract}`;
    const mixed = await world.done('draftInvoices', selection, { cutOffDate: '2026-12-31', contractIds: [ids.otherContract] });
    expect(mixed.results[0].userErrors).toMatchObject([{ code: 'CURRENCY_MISMATCH' }]);
    await sql`update log.reference set data = data || '{"currency": "EUR"}' where entity_id = ${ids.otherContract}`;
    const [ready] = await sql`select status from finance.actual where contract_id = ${ids.otherContract}`;
    expect(ready?.status).toBe('READY');
  });

  test('refuses what adds up to nothing, and replays its first answer', async () => {
    const { ids } = world;
    await world.work(1, { contractId: ids.otherContract, customerId: ids.other, minor: -10_000 });
    const input = { idempotencyKey: 'draft-once', cutOffDate: '2026-12-31', contractIds: [ids.otherContract] };
    const first = await world.done('draftInvoices', 'replayed results { userErrors { guard } }', input);
    expect(first).toMatchObject({ replayed: false, results: [{ userErrors: [{ guard: 'asksForMoney' }] }] });
    expect(await world.done('draftInvoices', 'replayed results { userErrors { guard } }', input)).toMatchObject({ ...first, replayed: true });
  });
});

describe('an invoice', () => {
  test('is validated, posted with number, tax and journal entry, and its actuals are billed', async () => {
    const before = {
      facts: (await world.facts()).length,
      receivable: await world.balance('RECEIVABLE'),
      revenue: await world.balance('REVENUE'),
      tax: await world.balance('TAX_PAYABLE'),
    };
    await world.work(2, { minor: 3_333 });
    const draft = await world.invoiced('DRAFT', 1);
    const { invoice: validated } = await world.done(
      'validateInvoice',
      'invoice { status tax { amount } total { amount } taxProfile { code } availableActions { name refusals } }',
      { id: draft.id },
    );
    expect(validated).toMatchObject({ status: 'VALIDATED', taxProfile: { code: 'NL21' } });
    expect(validated.availableActions).toEqual(['update', 'post', 'cancel'].map((name) => ({ name, refusals: [] })));
    const selection = `invoice { number status invoiceDate dueDate subtotal { amount } tax { amount } total { amount } open { amount } overdue postedAt ${lineFields}
      journalEntry { status source postingDate lines { nodes { account debit { amount } credit { amount } contract { id } } } } }`;
    const { invoice } = await world.done('postInvoice', selection, { id: draft.id, invoiceDate: '2026-02-27' });
    expect(invoice).toMatchObject({ number: 'NL-INV-2026-000001', status: 'POSTED', invoiceDate: '2026-02-27', dueDate: '2026-03-29', overdue: false });
    expect(invoice.journalEntry).toMatchObject({ status: 'POSTED', source: 'INVOICE', postingDate: '2026-02-27' });
    const total = Number(invoice.total.amount);
    expect(Number(invoice.subtotal.amount) + Number(invoice.tax.amount)).toBeCloseTo(total, 5);
    expect((await world.balance('RECEIVABLE')) - before.receivable).toBe(Math.round(total * 100));
    expect((await world.balance('REVENUE')) - before.revenue).toBe(-Math.round(Number(invoice.subtotal.amount) * 100));
    expect((await world.balance('TAX_PAYABLE')) - before.tax).toBe(-Math.round(Number(invoice.tax.amount) * 100));
    const [ledger] =
      await world.sql`select count(*) filter (where kind = 'UNBILLED_SALES' and status = 'BILLED')::int as billed, count(*) filter (where kind = 'BILLED_SALES')::int as twins,
      sum(amount_minor) filter (where kind = 'BILLED_SALES')::int as minor from finance.actual where invoice_id = ${draft.id}`;
    const lines: { actualCount: number }[] = invoice.lines.nodes;
    const count = lines.reduce((sum, line) => sum + line.actualCount, 0);
    expect(ledger).toEqual({ billed: count, twins: count, minor: Math.round(Number(invoice.subtotal.amount) * 100) });
    expect((await world.facts()).slice(before.facts)).toEqual([
      'InvoiceDrafted',
      'InvoiceValidated',
      'JournalPosted',
      'RevenueRecognized',
      'InvoicePosted',
      ...many('ActualPosted', count),
    ]);
    const events = await world.ok(
      `{ revenueEvents(filter: { methods: [AS_BILLED] }) { nodes { status amount { amount } invoice { id } journalEntry { id } } } }`,
    );
    expect(events.revenueEvents.nodes).toMatchObject([{ status: 'RECOGNIZED', amount: invoice.subtotal, invoice: { id: draft.id } }]);
  });

  test('is taxed by the days of the work: what lies in two rates has two tax groups, whatever the date of the invoice, and its credit note is the mirror', async () => {
    const { ids } = world;
    const rates = [
      { basisPoints: 2100, effectiveFrom: '2020-01-01', effectiveTo: '2026-05-31' },
      { basisPoints: 1000, effectiveFrom: '2026-06-01', effectiveTo: null },
    ];
    await world.done('updateTaxProfile', 'taxProfile { id }', { id: ids.profile, rates });
    const before = await world.balance('TAX_PAYABLE');
    for (const [minor, workDate] of [
      [6_833, '2026-05-30'],
      [6_832, '2026-05-31'],
      [8_500, '2026-06-01'],
    ] as const)
      await world.work(1, { minor, workDate });
    const draft = await world.invoiced('VALIDATED', 1, { minor: 5, workDate: '2026-06-30' });
    const breakdown = 'taxBreakdown { basisPoints taxable { amount } tax { amount } }';
    const lines = 'lines { nodes { amount { amount } tax { amount } taxBasisPoints supplyStartDate supplyEndDate } }';
    const selection = `invoice { tax { amount } total { amount } dueDate ${breakdown} ${lines} }`;
    const { invoice } = await world.done('postInvoice', selection, { id: draft.id, invoiceDate: '2026-06-02' });
    const group = (basisPoints: number, taxable: string, tax: string) => ({ basisPoints, taxable: { amount: taxable }, tax: { amount: tax } });
    expect(invoice).toMatchObject({ tax: { amount: '37.21' }, total: { amount: '258.91' }, dueDate: '2026-07-02' });
    expect(invoice.taxBreakdown).toEqual([group(1_000, '85.05', '8.51'), group(2_100, '136.65', '28.70')]);
    expect(invoice.lines.nodes).toEqual([
      { amount: { amount: '136.65' }, tax: { amount: '28.70' }, taxBasisPoints: 2_100, supplyStartDate: '2026-05-30', supplyEndDate: '2026-05-31' },
      { amount: { amount: '85.05' }, tax: { amount: '8.51' }, taxBasisPoints: 1_000, supplyStartDate: '2026-06-01', supplyEndDate: '2026-06-30' },
    ]);
    expect((await world.balance('TAX_PAYABLE')) - before).toBe(-3_721);
    const { invoice: note } = await world.done('creditInvoice', `invoice { tax { amount } total { amount } ${breakdown} ${lines} }`, {
      id: draft.id,
      reason: 'x',
    });
    expect(note.taxBreakdown).toEqual([group(1_000, '-85.05', '-8.51'), group(2_100, '-136.65', '-28.70')]);
    expect(note).toMatchObject({
      tax: { amount: '-37.21' },
      total: { amount: '-258.91' },
      lines: { nodes: [{ tax: { amount: '-28.70' } }, { tax: { amount: '-8.51' } }] },
    });
    expect(await world.balance('TAX_PAYABLE')).toBe(before);
    const again = await world.done('draftInvoices', 'results { invoice { id } }', { cutOffDate: '2026-12-31', contractIds: [ids.contract] });
    await world.done('cancelInvoice', 'invoice { id }', { id: again.results[0].invoice.id });
  });

  test('whose tax cannot be determined stays, is marked, and the fact is not lost', async () => {
    const { ids, sql } = world;
    const draft = await world.invoiced('DRAFT', 1);
    await sql`update log.reference set data = data || '{"taxProfileId": null}' where entity_id = ${ids.customer}`;
    const facts = await world.facts();
    const failed = await world.mutate('validateInvoice', 'invoice { status taxFailedAt taxFailure }', { id: draft.id });
    expect(failed.userErrors).toMatchObject([{ code: 'TAX_FAILED' }]);
    expect(failed.invoice).toMatchObject({ status: 'DRAFT', taxFailedAt: '2026-03-02T09:00:00.000Z' });
    expect((await world.facts()).slice(facts.length)).toEqual(['InvoiceTaxFailed']);
    const listed = await world.ok('{ invoices(filter: { taxFailed: true }) { nodes { id } } }');
    expect(listed.invoices.nodes).toEqual([{ id: draft.id }]);
    const bulk = await world.done('validateInvoices', 'succeeded failed results { invoice { status } userErrors { code } }', { items: [{ id: draft.id }] });
    expect(bulk).toMatchObject({ succeeded: 0, failed: 1, results: [{ invoice: { status: 'DRAFT' }, userErrors: [{ code: 'TAX_FAILED' }] }] });
    await sql`update log.reference set data = data || ${sql.json({ taxProfileId: ids.profile })} where entity_id = ${ids.customer}`;
    const repaired = await world.done('validateInvoice', 'invoice { status taxFailedAt }', { id: draft.id });
    expect(repaired.invoice).toEqual({ status: 'VALIDATED', taxFailedAt: null });
    await world.done('cancelInvoice', 'invoice { status }', { id: draft.id });
  });

  test('over whose work a rate was changed meanwhile is told so: drafted anew it has both', async () => {
    const { ids } = world;
    const rate = (basisPoints: number, effectiveFrom: string) => ({ basisPoints, effectiveFrom });
    const draft = await world.invoiced('DRAFT', 1);
    const profile = (rates: object[]) => world.done('updateTaxProfile', 'taxProfile { id }', { id: ids.profile, rates });
    await profile([rate(2_100, '2020-01-01'), rate(1_900, '2026-05-31')]);
    const { userErrors } = await world.mutate('validateInvoice', 'invoice { id }', { id: draft.id });
    expect(userErrors).toMatchObject([{ code: 'TAX_FAILED', message: expect.stringContaining('draft it anew') }]);
    await world.done('cancelInvoice', 'invoice { id }', { id: draft.id });
    const again = await world.invoiced('VALIDATED', 1);
    await world.done('cancelInvoice', 'invoice { id }', { id: again.id });
    await profile([rate(2_100, '2020-01-01')]);
  });

  test('gives its actuals back when it is cancelled', async () => {
    const wip = await world.wip();
    const draft = await world.invoiced('VALIDATED', 3);
    const { invoice } = await world.done('cancelInvoice', 'invoice { status availableActions { name } lines { nodes { actuals { id } } } }', { id: draft.id });
    expect(invoice).toEqual({ status: 'CANCELLED', availableActions: [], lines: { nodes: [{ actuals: [] }] } });
    expect(await world.wip()).toBe(wip + 30_000);
    expect((await world.mutate('postInvoice', 'invoice { id }', { id: draft.id })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
  });

  test('ends through a credit note; what was billed is ready again and can be billed anew', async () => {
    const posted = await world.invoiced('POSTED', 2);
    const wip = await world.wip();
    const receivable = await world.balance('RECEIVABLE');
    const revenue = await world.balance('REVENUE');
    const facts = await world.facts();
    const selection =
      'invoice { id kind number status total { amount } creditReason credits { id status creditNote { number } availableActions { name } } lines { nodes { amount { amount } hours timeEntries { id } } } journalEntry { source reverses { invoice { id } } } availableActions { name refusals } }';
    const { invoice: note } = await world.done('creditInvoice', selection, { id: posted.id, reason: 'Wrong rate', creditDate: '2026-03-05' });
    expect(note).toMatchObject({
      kind: 'CREDIT_NOTE',
      number: 'NL-CN-2026-000002',
      status: 'POSTED',
      total: { amount: `-${posted.total.amount}` },
      creditReason: 'Wrong rate',
      credits: { id: posted.id, status: 'CREDITED', creditNote: { number: 'NL-CN-2026-000002' }, availableActions: [] },
    });
    expect(note.journalEntry).toEqual({ source: 'CREDIT_NOTE', reverses: { invoice: { id: posted.id } } });
    expect(note.availableActions.map((action: { name: string; refusals: string[] }) => [action.name, action.refusals.length])).toEqual([
      ['settle', 1],
      ['credit', 1],
      ['creditPart', 1],
      ['writeOff', 1],
    ]);
    const count = note.lines.nodes.reduce((sum: number, line: { timeEntries: unknown[] }) => sum + line.timeEntries.length, 0);
    expect((await world.facts()).slice(facts.length)).toEqual([
      'JournalPosted',
      ...many('ActualReversed', 2 * count),
      ...many('ActualPosted', count),
      'InvoiceCredited',
    ]);
    expect(await world.balance('RECEIVABLE')).toBe(receivable - Math.round(Number(posted.total.amount) * 100));
    const net = Math.round(Number(note.lines.nodes[0].amount.amount) * 100);
    expect(await world.wip()).toBe(wip - net);
    expect(await world.balance('REVENUE')).toBe(revenue - net);
    const [sums] =
      await world.sql`select sum(amount_minor)::int as billed from finance.actual where kind = 'BILLED_SALES' and invoice_id in (${posted.id}, ${note.id})`;
    expect(sums?.billed).toBe(0);
    const again = await world.invoiced('POSTED', 0);
    expect(again.total).toEqual(posted.total);
    expect(await world.wip()).toBe(0);
    const old = await world.ok(`query ($id: ID!) { invoice(id: $id) { lines { nodes { timeEntries { id } actuals { reversedBy { id } } } } } }`, {
      variables: { id: posted.id },
    });
    expect(old.invoice.lines.nodes[0].timeEntries).toHaveLength(note.lines.nodes[0].timeEntries.length);
    expect((await world.mutate('creditInvoice', 'invoice { id }', { id: posted.id, reason: 'Again' })).userErrors).toMatchObject([
      { code: 'INVALID_TRANSITION' },
    ]);
    const event = await world.ok(
      'query ($id: ID!) { invoice(id: $id) { id } revenueEvents(filter: { methods: [AS_BILLED], statuses: [REVERSED] }) { nodes { invoice { id } } } }',
      { variables: { id: posted.id } },
    );
    expect(event.revenueEvents.nodes).toContainEqual({ invoice: { id: posted.id } });
  });

  test('changes what it says beside its amounts until it is posted; references may come later', async () => {
    const draft = await world.invoiced('DRAFT', 1);
    const fields = 'invoice { version invoiceDate dueDate note purchaseOrderNumber externalRefs { externalId } }';
    const { invoice } = await world.done('updateInvoice', fields, {
      id: draft.id,
      expectedVersion: 1,
      invoiceDate: '2026-03-10',
      note: 'Thank you',
      purchaseOrderNumber: ' PO-7\t',
    });
    expect(invoice).toEqual({
      version: 2,
      invoiceDate: '2026-03-10',
      dueDate: '2026-04-09',
      note: 'Thank you',
      purchaseOrderNumber: 'PO-7',
      externalRefs: [],
    });
    expect((await world.mutate('updateInvoice', fields, { id: draft.id, expectedVersion: 1, note: 'x' })).userErrors).toMatchObject([
      { code: 'STALE_VERSION' },
    ]);
    expect((await world.mutate('updateInvoice', fields, { id: draft.id, invoiceDate: null })).userErrors).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
    await world.done('validateInvoice', 'invoice { id }', { id: draft.id });
    await world.done('postInvoice', 'invoice { id }', { id: draft.id });
    expect((await world.mutate('updateInvoice', fields, { id: draft.id, note: 'late' })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    await world.done('updateInvoice', fields, { id: draft.id, externalRefs: [{ system: 'erp', externalId: 'E-1' }] });
    const found = await world.ok('{ invoices(filter: { externalRefs: [{ system: "erp", externalId: "E-1" }] }) { nodes { id } } }');
    expect(found.invoices.nodes).toEqual([{ id: draft.id }]);
  });

  test('is posted in bulk with numbers in order; each refused one has its own result', async () => {
    const { ids } = world;
    const invoices = [];
    for (let n = 0; n < 3; n += 1) invoices.push(await world.invoiced('VALIDATED', 1));
    const [a, b, c] = invoices;
    const items = [{ id: a.id }, { id: ids.books }, { id: b.id, invoiceDate: '2031-01-01' }, { id: c.id }, { id: c.id }];
    const answer = await world.done('postInvoices', 'succeeded failed results { index invoice { number } userErrors { code field } }', { items });
    const [first, missing, closed, last, twice] = answer.results;
    expect([answer.succeeded, answer.failed]).toEqual([2, 3]);
    expect(Number(last.invoice.number.slice(-6)) - Number(first.invoice.number.slice(-6))).toBe(1);
    expect(missing).toEqual({
      index: 1,
      invoice: null,
      userErrors: [{ code: 'NOT_FOUND', field: 'id', guard: null }].map(({ code, field }) => ({ code, field })),
    });
    expect(closed).toEqual({ index: 2, invoice: { number: null }, userErrors: [{ code: 'PERIOD_CLOSED', field: 'invoiceDate' }] });
    expect(twice.userErrors).toEqual([{ code: 'VALIDATION_FAILED', field: 'items' }]);
    await world.done('cancelInvoice', 'invoice { id }', { id: b.id });
  });

  test('is found from everywhere, by every filter and in every order', async () => {
    const { ids } = world;
    const posted = await world.invoiced('POSTED', 1, { projectId: ids.project2 });
    const query = `query ($customer: ID!, $contract: ID!, $engagement: ID!, $project: ID!, $number: String!) {
      byNumber: invoices(filter: { numbers: [$number] }) { nodes { id } }
      overdue: invoices(filter: { overdueOn: "2027-01-01", customerIds: [$customer], contractIds: [$contract], engagementIds: [$engagement], projectIds: [$project], currencies: ["EUR"], kinds: [INVOICE], statuses: [POSTED], open: true,
        invoiceDateFrom: "2026-01-01", invoiceDateTo: "2026-12-31", dueDateFrom: "2026-01-01", dueDateTo: "2026-12-31" }) { totalCount nodes { id } }
      none: invoices(filter: { overdueOn: "2026-01-01" }) { totalCount }
      number: invoices(first: 1, orderBy: { field: NUMBER, direction: DESC }) { nodes { number } }
      total: invoices(first: 1, orderBy: { field: TOTAL, direction: ASC }) { nodes { kind } pageInfo { endCursor hasNextPage } }
      due: invoices(first: 1, orderBy: { field: DUE_DATE, direction: DESC }) { nodes { dueDate } }
      _entities(representations: [{ __typename: "Customer", id: $customer }, { __typename: "Contract", id: $contract }, { __typename: "Engagement", id: $engagement }, { __typename: "Project", id: $project }, { __typename: "Invoice", id: $contract }]) {
        ... on Customer { invoices(first: 200) { totalCount nodes { id } } receivables { currency open { amount } overdue { amount } credit { amount } } }
        ... on Contract { invoices(first: 200) { totalCount nodes { id } } } ... on Engagement { invoices(first: 200) { totalCount nodes { id } } }
        ... on Project { invoices(first: 200) { totalCount nodes { id } } } ... on Invoice { number } } }`;
    const data = await world.ok(query, {
      variables: { customer: ids.customer, contract: ids.contract, engagement: ids.engagement, project: ids.project2, number: posted.number },
    });
    expect(data.byNumber.nodes).toEqual([{ id: posted.id }]);
    expect(data.overdue.nodes).toContainEqual({ id: posted.id });
    expect(data.none.totalCount).toBe(0);
    expect(data.number.nodes[0].number).toBe(posted.number);
    expect(data.total.nodes[0].kind).toBe('CREDIT_NOTE');
    const [customer, contract, engagement, project, invoice] = data._entities;
    for (const owner of [customer, contract, engagement, project]) {
      expect(owner.invoices.nodes.map((node: { id: string }) => node.id)).toContain(posted.id);
      expect(owner.invoices.totalCount).toBe(owner.invoices.nodes.length);
    }
    expect(project.invoices.totalCount).toBeLessThan(contract.invoices.totalCount);
    expect(customer.receivables).toMatchObject([{ currency: 'EUR', overdue: { amount: '0.00' }, credit: { amount: '0.00' } }]);
    expect(Math.round(Number(customer.receivables[0].open.amount) * 100)).toBe(await world.balance('RECEIVABLE'));
    expect(invoice).toBeNull();
  });
});
