import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import { plantCorruption } from '../support/corruption.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const fields = 'payment { id version status amount { amount } applied { amount } unapplied { amount } }';
const money = (amount: string, more = {}) => ({
  customerId: world.ids.customer,
  legalEntityId: world.ids.books,
  amount: eur(amount),
  receivedOn: '2026-03-01',
  ...more,
});
const paid = async (amount: string) => (await world.done('recordPayment', fields, money(amount))).payment;
const invoice = (id: string) =>
  world
    .ok(
      'query ($id: ID!) { invoice(id: $id) { status paid { amount } open { amount } payments { totalCount nodes { amount { amount } appliedOn reversedAt payment { id } journalEntry { source } } } } }',
      { variables: { id } },
    )
    .then((data) => data.invoice);

describe('a payment', () => {
  test('arrives as customer credit, settles invoices in parts, and can be taken back', async () => {
    const [a, b] = [await world.invoiced('POSTED', 1), await world.invoiced('POSTED', 2)];
    const facts = await world.facts();
    const payment = await paid('300.00');
    expect(payment).toMatchObject({ status: 'RECEIVED', unapplied: { amount: '300.00' } });
    expect([await world.balance('CASH'), await world.balance('CUSTOMER_CREDIT')]).toEqual([30_000, -30_000]);
    const applications = [
      { invoiceId: a.id, amount: eur('121.00') },
      { invoiceId: b.id, amount: eur('100.00') },
    ];
    const { payment: applied } = await world.done(
      'applyPayment',
      `${fields.slice(0, -1)} applications { totalCount nodes { invoice { number } } } journalEntry { source } availableActions { name refusals } }`,
      { id: payment.id, applications },
    );
    expect(applied).toMatchObject({
      status: 'PARTLY_APPLIED',
      applied: { amount: '221.00' },
      unapplied: { amount: '79.00' },
      applications: { totalCount: 2 },
      journalEntry: { source: 'PAYMENT' },
    });
    expect(applied.availableActions).toEqual([
      { name: 'apply', refusals: [] },
      { name: 'unapply', refusals: [] },
      { name: 'refund', refusals: [] },
      { name: 'reverseRefund', refusals: ['somethingRefunded: Nothing of it was paid back.'] },
      { name: 'reverse', refusals: [] },
    ]);
    expect(await invoice(a.id)).toMatchObject({ status: 'PAID', paid: { amount: '121.00' }, open: { amount: '0.00' } });
    expect(await invoice(b.id)).toMatchObject({
      status: 'PARTLY_PAID',
      open: { amount: '142.00' },
      payments: { nodes: [{ payment: { id: payment.id }, journalEntry: { source: 'PAYMENT_APPLICATION' } }] },
    });
    expect([await world.balance('RECEIVABLE'), await world.balance('CUSTOMER_CREDIT')]).toEqual([14_200, -7_900]);
    expect((await world.facts()).slice(facts.length)).toEqual([
      'JournalPosted',
      'PaymentReceived',
      'JournalPosted',
      'PaymentApplied',
      'InvoicePaid',
      'JournalPosted',
      'PaymentApplied',
    ]);
    expect((await world.mutate('creditInvoice', 'invoice { id }', { id: a.id, reason: 'no' })).userErrors).toMatchObject([{ guard: 'noPaymentStands' }]);
    const { payment: reversed } = await world.done('reversePayment', `${fields.slice(0, -1)} reversalReason }`, { id: payment.id, reason: 'Bounced' });
    expect(reversed).toMatchObject({ status: 'REVERSED', applied: { amount: '0.00' }, unapplied: { amount: '0.00' }, reversalReason: 'Bounced' });
    expect(await invoice(a.id)).toMatchObject({
      status: 'POSTED',
      open: { amount: '121.00' },
      payments: { nodes: [{ reversedAt: '2026-03-02T09:00:00.000Z' }] },
    });
    expect([await world.balance('CASH'), await world.balance('CUSTOMER_CREDIT'), await world.balance('RECEIVABLE')]).toEqual([0, 0, 36_300]);
    expect((await world.mutate('applyPayment', fields, { id: payment.id, applications })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    await world.done('creditInvoice', 'invoice { number }', { id: a.id, reason: 'now it may' });
  });

  test('is never applied beyond itself or the invoice, nor across customers or currencies', async () => {
    const posted = await world.invoiced('POSTED', 1);
    const over = (Number(posted.open.amount) + 0.01).toFixed(2);
    const theirs = await world.invoiced('POSTED', 1, { contractId: world.ids.otherContract, customerId: world.ids.other });
    const draft = await world.invoiced('DRAFT', 1);
    const small = await paid('50.00');
    const large = await paid('500.00');
    const refused = async (id: string, invoiceId: string, amount: unknown) =>
      (await world.mutate('applyPayment', fields, { id, applications: [{ invoiceId, amount }] })).userErrors[0];
    expect(await refused(small.id, posted.id, eur('50.01'))).toMatchObject({ guard: 'neverOverApplied' });
    expect(await refused(large.id, posted.id, eur(over))).toMatchObject({ guard: 'neverOverPaid' });
    expect(await refused(large.id, posted.id, eur('0.00'))).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await refused(large.id, posted.id, { amount: '1.00', currency: 'USD' })).toMatchObject({ code: 'CURRENCY_MISMATCH' });
    expect(await refused(large.id, theirs.id, eur('1.00'))).toMatchObject({ code: 'VALIDATION_FAILED', field: 'applications' });
    expect(await refused(large.id, draft.id, eur('1.00'))).toMatchObject({ code: 'INVALID_TRANSITION' });
    expect(await refused(large.id, newId(), eur('1.00'))).toMatchObject({ code: 'NOT_FOUND' });
    expect((await world.mutate('applyPayment', fields, { id: large.id, applications: [] })).userErrors).toMatchObject([{ field: 'applications' }]);
    expect(
      (await world.mutate('applyPayment', fields, { id: large.id, applications: [{ invoiceId: posted.id, amount: eur('1.00') }], appliedOn: '2031-01-01' }))
        .userErrors,
    ).toMatchObject([{ code: 'PERIOD_CLOSED', field: 'appliedOn' }]);
    expect(await invoice(posted.id)).toMatchObject({ status: 'POSTED', payments: { totalCount: 0 } });
    await expect(
      plantCorruption(world.sql)`update finance.payment set applied_minor = amount_minor + 1, status = 'APPLIED' where id = ${small.id}`,
    ).rejects.toMatchObject({
      constraint_name: 'payment_applied',
    });
    await expect(plantCorruption(world.sql)`update finance.payment set amount_minor = 1 where id = ${small.id}`).rejects.toMatchObject({ code: 'AC002' });
    await expect(
      plantCorruption(world.sql)`update finance.invoice set paid_minor = total_minor + 1, status = 'PAID' where id = ${posted.id}`,
    ).rejects.toMatchObject({
      constraint_name: 'invoice_paid',
    });
    await world.done('cancelInvoice', 'invoice { id }', { id: draft.id });
  });

  test('is recorded in bulk and settles at once; each refused one has its own result', async () => {
    const posted = await world.invoiced('POSTED', 2);
    const ref = { system: 'bank', externalId: 'T-1' };
    const items = [
      money('142.00', { reference: 'Part', externalRefs: [ref], applications: [{ invoiceId: posted.id, amount: eur('142.00') }] }),
      money('300.00', { applications: [{ invoiceId: posted.id, amount: eur('300.00') }] }),
      money('400.00', { applications: [{ invoiceId: posted.id, amount: posted.open }] }),
      money('1.00', { externalRefs: [ref] }),
      money('1.00', { customerId: newId() }),
      money('1.00', { legalEntityId: newId() }),
      money('0.00'),
      money('1.00', { receivedOn: '2025-12-31' }),
      money('5.00', { receivedOn: '2025-12-31', postingDate: '2026-03-02', method: 'CARD' }),
    ];
    const total = Number(posted.total.amount);
    items[2] = money('400.00', { applications: [{ invoiceId: posted.id, amount: eur((total - 142).toFixed(2)) }] });
    const input = { idempotencyKey: 'bulk-1', items };
    const selection = 'replayed succeeded failed results { index payment { status unapplied { amount } method } userErrors { code field guard } }';
    const answer = await world.done('recordPayments', selection, input);
    expect(
      answer.results.map(
        (result: { payment: { status: string } | null; userErrors: { code: string; guard: string | null; field: string | null }[] }) =>
          result.payment?.status ?? result.userErrors[0]?.guard ?? result.userErrors[0]?.field,
      ),
    ).toEqual([
      'APPLIED',
      total < 442 ? 'neverOverPaid' : 'APPLIED',
      'PARTLY_APPLIED',
      'externalRefs',
      'customerId',
      'legalEntityId',
      'amount',
      'receivedOn',
      'RECEIVED',
    ]);
    expect([answer.succeeded, answer.failed]).toEqual([3, 6]);
    expect(await invoice(posted.id)).toMatchObject({ status: 'PAID', open: { amount: '0.00' } });
    expect((await world.done('recordPayments', selection, input)).replayed).toBe(true);
    const found = await world.ok(
      '{ payments(filter: { externalRefs: [{ system: "bank", externalId: "T-1" }], referenceContains: "par", unapplied: false, methods: [BANK_TRANSFER], statuses: [APPLIED] }, orderBy: { field: AMOUNT, direction: DESC }) { totalCount nodes { externalRefs { externalId } customer { id } legalEntity { code } } } }',
    );
    expect(found.payments).toMatchObject({
      totalCount: 1,
      nodes: [{ externalRefs: [{ externalId: 'T-1' }], customer: { id: world.ids.customer }, legalEntity: { code: 'NL' } }],
    });
  });

  test('never settles an invoice before that is there: what comes earlier settles it on its day', async () => {
    const posted = await world.invoiced('POSTED', 1);
    const applications = [{ invoiceId: posted.id, amount: eur('1.00') }];
    await world.done('recordPayments', 'failed', { items: [money('1.00', { receivedOn: '2026-02-10', applications })] });
    const early = (await world.done('recordPayment', fields, money('1.00', { receivedOn: '2026-02-10' }))).payment;
    for (const appliedOn of ['2026-02-09', '2026-03-01']) {
      const { userErrors } = await world.mutate('applyPayment', fields, { id: early.id, applications, appliedOn });
      expect(userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'appliedOn' }]);
    }
    await world.done('applyPayment', fields, { id: early.id, applications, appliedOn: '2026-03-02' });
    expect((await invoice(posted.id)).payments.nodes.map(({ appliedOn }: { appliedOn: string }) => appliedOn)).toEqual(['2026-03-02', '2026-03-02']);
    const back = { id: early.id, reason: 'Bounced' };
    expect((await world.mutate('reversePayment', fields, { ...back, reversedOn: '2026-03-01' })).userErrors).toMatchObject([{ field: 'reversedOn' }]);
    await world.done('reversePayment', fields, { ...back, reversedOn: '2026-03-02' });
  });

  test('never is below nothing on any day of the books, though what it did was undone since', async () => {
    const posted = await world.invoiced('POSTED', 1);
    const applications = [{ invoiceId: posted.id, amount: eur('60.00') }];
    const late = await world.done('recordPayment', fields, money('100.00', { postingDate: '2026-03-03' }));
    const { id } = late.payment;
    const said = async (name: string, input: object) =>
      (await world.mutate(name, fields, { id, ...input })).userErrors.map(({ code, field }: { code: string; field: string }) => `${code} ${field}`);
    const [applied, reversed] = [['VALIDATION_FAILED appliedOn'], ['VALIDATION_FAILED reversedOn']];
    // It is received, and not yet in the books.
    expect(await said('applyPayment', { applications, appliedOn: '2026-03-02' })).toEqual(applied);
    await world.done('applyPayment', fields, { id, applications, appliedOn: '2026-03-10' });
    await world.done('unapplyPayment', fields, { id, reason: 'Wrong invoice', unappliedOn: '2026-03-20' });
    const again = { amount: eur('41.00'), reason: 'Paid twice' };
    // From the 10th to the 20th it had 40.00.
    const messages = ['2026-03-02', '2026-03-03'].map(
      async (refundedOn) => (await world.mutate('refundPayment', fields, { id, ...again, refundedOn })).userErrors,
    );
    expect((await Promise.all(messages)).flat()).toMatchObject([
      { field: 'refundedOn', message: 'On 2026-03-02 the payment has 0.00 EUR left in the books. Take a day from which on it has enough, or less.' },
      { field: 'refundedOn', message: 'On 2026-03-10 the payment has 40.00 EUR left in the books. Take a day from which on it has enough, or less.' },
    ]);
    expect(await said('applyPayment', { applications, appliedOn: '2026-03-06' })).toEqual(applied);
    expect(await said('reversePayment', { reason: 'Bounced', reversedOn: '2026-03-19' })).toEqual(reversed);
    // What was enough on each of those days passes, and what is used then counts for the next.
    const { payment } = await world.done('refundPayment', `${fields.slice(0, -1)} refunds { nodes { id } } }`, {
      id,
      ...again,
      amount: eur('40.00'),
      refundedOn: '2026-03-03',
    });
    expect(await said('applyPayment', { applications: [{ ...applications[0], amount: eur('0.01') }], appliedOn: '2026-03-12' })).toEqual(applied);
    await world.done('reverseRefund', fields, { id, refundId: payment.refunds.nodes[0].id, reason: 'Never sent', reversedOn: '2026-03-25' });
    expect(await said('reversePayment', { reason: 'Bounced', reversedOn: '2026-03-24' })).toEqual(reversed);
    await world.done('reversePayment', fields, { id, reason: 'Bounced', reversedOn: '2026-03-25' });
  });

  test('is taken off one invoice for another, and what is left is paid back; all of it can be undone', async () => {
    const [wrong, right] = [await world.invoiced('POSTED', 1), await world.invoiced('POSTED', 1)];
    const total = eur(wrong.total.amount);
    const { id } = await paid('200.00');
    const before = [await world.balance('CASH'), await world.balance('CUSTOMER_CREDIT'), await world.balance('RECEIVABLE')];
    await world.done('applyPayment', fields, { id, applications: [{ invoiceId: wrong.id, amount: total }] });
    const off = { id, invoiceIds: [wrong.id], reason: 'Meant for the other' };
    expect((await world.mutate('unapplyPayment', fields, { ...off, invoiceIds: [right.id] })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: 'invoiceIds' },
    ]);
    expect((await world.mutate('unapplyPayment', fields, { ...off, unappliedOn: '2026-03-01' })).userErrors).toMatchObject([{ field: 'unappliedOn' }]);
    const { payment: free } = await world.done('unapplyPayment', fields, off);
    expect(free).toMatchObject({ status: 'RECEIVED', applied: { amount: '0.00' }, unapplied: { amount: '200.00' } });
    expect((await world.facts()).at(-1)).toBe('PaymentUnapplied');
    expect(await invoice(wrong.id)).toMatchObject({ status: 'POSTED', open: { amount: total.amount } });
    expect([await world.balance('CASH'), await world.balance('CUSTOMER_CREDIT'), await world.balance('RECEIVABLE')]).toEqual(before);
    expect((await world.mutate('unapplyPayment', fields, off)).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    await world.done('applyPayment', fields, { id, applications: [{ invoiceId: right.id, amount: total }] });

    const left = eur((200 - Number(total.amount)).toFixed(2));
    const back = { id, amount: left, reason: 'Paid twice', reference: 'RF-1' };
    const refunds =
      'payment { status refunded { amount } unapplied { amount } refunds { totalCount nodes { id amount { amount } refundedOn reference reason reversedAt journalEntry { source } payment { id } } } }';
    const refused = async (more: object) => (await world.mutate('refundPayment', refunds, { ...back, ...more })).userErrors[0];
    expect(await refused({ amount: eur('200.00') })).toMatchObject({ guard: 'neverOverRefunded' });
    expect(await refused({ amount: eur('0.00') })).toMatchObject({ field: 'amount' });
    expect(await refused({ amount: { amount: '1.00', currency: 'USD' } })).toMatchObject({ code: 'CURRENCY_MISMATCH' });
    expect(await refused({ refundedOn: '2026-02-28' })).toMatchObject({ field: 'refundedOn' });
    const { payment: returned } = await world.done('refundPayment', refunds, back);
    expect(returned).toMatchObject({
      status: 'APPLIED',
      refunded: { amount: left.amount },
      unapplied: { amount: '0.00' },
      refunds: { nodes: [{ amount: { amount: left.amount }, reference: 'RF-1', reversedAt: null, journalEntry: { source: 'REFUND' }, payment: { id } }] },
    });
    expect(await world.balance('CASH')).toBe(Number(before[0]) - Math.round(Number(left.amount) * 100));
    expect((await world.mutate('reversePayment', fields, { id, reason: 'no' })).userErrors).toMatchObject([{ guard: 'nothingRefunded' }]);
    const refundId = returned.refunds.nodes[0].id;
    const undo = { id, refundId, reason: 'Account closed' };
    expect((await world.mutate('reverseRefund', refunds, { ...undo, refundId: newId() })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const { payment: again } = await world.done('reverseRefund', refunds, undo);
    expect(again).toMatchObject({ status: 'PARTLY_APPLIED', refunded: { amount: '0.00' }, unapplied: { amount: left.amount } });
    expect((await world.mutate('reverseRefund', refunds, undo)).userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'refundId' }]);
    expect(await world.balance('CASH')).toBe(before[0]);
    await world.done('reversePayment', fields, { id, reason: 'Bounced' });
  });

  test('is the credit of the customer again when its invoice is credited', async () => {
    const posted = await world.invoiced('POSTED', 1);
    const [one, two] = [await paid('10.00'), await paid('20.00')];
    await world.done('applyPayment', fields, { id: one.id, applications: [{ invoiceId: posted.id, amount: eur('10.00') }] });
    await world.done('applyPayment', fields, { id: two.id, applications: [{ invoiceId: posted.id, amount: eur('15.00') }] });
    expect((await world.mutate('creditInvoice', 'invoice { id }', { id: posted.id, reason: 'Wrong' })).userErrors).toMatchObject([
      { guard: 'noPaymentStands', message: expect.stringContaining('unapplyPayments') },
    ]);
    const credit = { id: posted.id, reason: 'Wrong', unapplyPayments: true };
    expect((await world.mutate('creditInvoice', 'invoice { id }', { ...credit, creditDate: '2026-03-01' })).userErrors).toMatchObject([
      { field: 'creditDate' },
    ]);
    const { invoice: note } = await world.done('creditInvoice', 'invoice { kind credits { status paid { amount } creditNote { id } } }', credit);
    expect(note).toMatchObject({ kind: 'CREDIT_NOTE', credits: { status: 'CREDITED', paid: { amount: '0.00' } } });
    const rows = await world.sql`select status, applied_minor::int as applied from finance.payment where id = any(${[one.id, two.id]}) order by id`;
    expect(rows).toEqual([
      { status: 'RECEIVED', applied: 0 },
      { status: 'RECEIVED', applied: 0 },
    ]);
  });

  test('changes what it says beside its amount', async () => {
    const payment = await paid('1.00');
    const { payment: changed } = await world.done('updatePayment', 'payment { version reference method externalRefs { externalId } }', {
      id: payment.id,
      expectedVersion: 1,
      reference: 'Found it',
      method: 'CHECK',
      externalRefs: [{ system: 'bank', externalId: 'T-9' }],
    });
    expect(changed).toEqual({ version: 2, reference: 'Found it', method: 'CHECK', externalRefs: [{ externalId: 'T-9' }] });
    expect((await world.mutate('updatePayment', 'payment { id }', { id: payment.id, expectedVersion: 1 })).userErrors).toMatchObject([
      { code: 'STALE_VERSION' },
    ]);
    expect((await world.mutate('updatePayment', 'payment { id }', { id: payment.id, method: null })).userErrors).toMatchObject([{ field: 'method' }]);
  });

  test('shows in what the customer owes, by lateness, and the ledger agrees', async () => {
    world.time.now = new Date('2026-04-20T09:00:00.000Z');
    const query =
      'query ($id: ID!) { _entities(representations: [{ __typename: "Customer", id: $id }]) { ... on Customer { payments(first: 1) { totalCount } receivables { open { amount } overdue { amount } overdue1To30 { amount } overdue31To60 { amount } credit { amount } } } } }';
    const { _entities } = await world.ok(query, { variables: { id: world.ids.customer } });
    const [customer] = _entities;
    const cents = (shown: { amount: string }) => Math.round(Number(shown.amount) * 100);
    const [receivable] = customer.receivables;
    const theirs = (await world.ok(query, { variables: { id: world.ids.other } }))._entities[0].receivables[0];
    expect(cents(receivable.open) + cents(theirs.open)).toBe(await world.balance('RECEIVABLE'));
    expect(cents(receivable.credit)).toBe(-(await world.balance('CUSTOMER_CREDIT')));
    expect(receivable.overdue1To30).toEqual(receivable.overdue);
    expect(receivable.overdue31To60.amount).toBe('0.00');
    expect(customer.payments.totalCount).toBeGreaterThan(4);
    world.time.now = new Date('2026-03-02T09:00:00.000Z');
  });
});
