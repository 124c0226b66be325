import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPayment, recordPayments, reversePayment, updatePayment } from '#finance/payment/commands.ts';
import type { InvoiceRow, JournalEntryRow, PaymentApplicationRow, PaymentRow } from '#finance/tables.ts';
import { Refused } from '#kernel/errors.ts';
import { contextOf, id, outcomeOf, stamp, statedBy, writtenBy } from '../support/decide.ts';

const [customer, books, paymentId, entryId] = [id(11), id(21), id(71), id(81)];
const context = contextOf();
const usd = (amount: string) => ({ amount, currency: 'USD' });

const invoice = (n: number, total: bigint, more: Partial<InvoiceRow> = {}): InvoiceRow => ({
  ...{ ...stamp, id: id(500 + n), kind: 'INVOICE', status: 'POSTED', number: `NL-INV-2026-${n}`, numberYear: 2026, numberSequence: n, customerId: customer },
  ...{ engagementId: id(31), contractId: id(32), legalEntityId: books, taxProfileId: id(33), currency: 'USD', invoiceDate: '2026-02-01', paymentTermDays: 30 },
  ...{ dueDate: '2026-03-03', cutOffDate: '2026-01-31', subtotalMinor: total, taxMinor: 0n, totalMinor: total, paidMinor: 0n, creditedMinor: 0n },
  ...{
    purchaseOrderNumber: null,
    note: null,
    taxFailedAt: null,
    taxFailure: null,
    creditNoteId: null,
    creditsId: null,
    creditReason: null,
    concession: false,
    ...{ writtenOffMinor: 0n, writtenOffOn: null, writeOffReason: null, writeOffEntryId: null },
    journalEntryId: id(82),
    postedAt: context.now,
  },
  ...more,
});
const payment = (more: Partial<PaymentRow> = {}): PaymentRow => ({
  ...{ ...stamp, id: paymentId, status: 'RECEIVED', customerId: customer, legalEntityId: books, amountMinor: 10_000n, appliedMinor: 0n, currency: 'USD' },
  refundedMinor: 0n,
  ...{ receivedOn: '2026-03-01', method: 'BANK_TRANSFER', reference: null, reversalReason: null, journalEntryId: entryId },
  ...more,
});
const byId = <Row extends { id: string }>(...rows: Row[]) => new Map(rows.map((row) => [row.id, row]));
const periods = (closed: boolean) => () => (closed ? new Refused('PERIOD_CLOSED', 'February is CLOSED.', { field: 'appliedOn' }) : undefined);

/** What came to the payment and left it: what it was before it was applied, or all of it. */
const received = (minor = 10_000n, date = '2026-03-01') => new Map([[paymentId, [{ paymentId, minor, date }]]]);

describe('applying a payment', () => {
  const state = (row = payment(), invoices = [invoice(1, 6_000n), invoice(2, 9_000n)], closed = false) => ({
    payments: byId(row),
    moves: received(row.amountMinor - row.appliedMinor),
    invoices: byId(...invoices),
    periods: periods(closed),
  });
  const apply = (applications: object[], loaded = state(), by = context) =>
    outcomeOf(() => applyPayment.decide(loaded, { id: paymentId, applications } as never, by));
  const to = (n: number, amount: string) => ({ invoiceId: id(500 + n), amount: usd(amount) });
  const booked = [
    'new JournalEntry DRAFT v1',
    'new JournalLine v1',
    'new JournalLine v1',
    'JournalEntry POSTED v2',
    '+ JournalPosted',
    'new PaymentApplication v1',
    '+ PaymentApplied',
  ];

  test('pays an invoice, and a part of another', () => {
    expect(apply([to(1, '60'), to(2, '40')])).toEqual([
      'Payment APPLIED v2',
      ...booked,
      'Invoice PAID v2',
      '+ InvoicePaid',
      ...booked,
      'Invoice PARTLY_PAID v2',
    ]);
  });

  test('leaves the rest as the customer’s credit', () => {
    expect(apply([to(1, '10')])).toEqual(['Payment PARTLY_APPLIED v2', ...booked, 'Invoice PARTLY_PAID v2']);
  });

  test('sums what is said twice of one invoice', () => {
    expect(apply([to(1, '20'), to(1, '40')])).toEqual(['Payment PARTLY_APPLIED v2', ...booked, 'Invoice PAID v2', '+ InvoicePaid']);
  });

  test.each([
    ['nothing', [], 'VALIDATION_FAILED applications'],
    ['more than is left of it', [to(1, '60'), to(2, '40.01')], 'GUARD_REFUSED neverOverApplied'],
    ['more than is open', [to(1, '60.01')], 'GUARD_REFUSED neverOverPaid'],
    ['zero', [to(1, '0')], 'VALIDATION_FAILED applications'],
    ['another currency', [{ ...to(1, '1'), amount: { amount: '1', currency: 'EUR' } }], 'CURRENCY_MISMATCH applications'],
    ['an invoice that is not there', [to(9, '1')], 'NOT_FOUND applications'],
    ['a hundred and one invoices', Array(101).fill(to(1, '0.01')), 'VALIDATION_FAILED applications'],
  ])('refuses %s', (_, applications, then) => expect(apply(applications)).toBe(then));

  test.each([
    ['of another customer', { customerId: id(12) }, 'VALIDATION_FAILED applications'],
    ['of other books', { legalEntityId: id(22) }, 'VALIDATION_FAILED applications'],
    ['in another currency', { currency: 'EUR' }, 'CURRENCY_MISMATCH applications'],
    ['that is a draft', { status: 'DRAFT' }, 'INVALID_TRANSITION status'],
    ['that is a credit note', { kind: 'CREDIT_NOTE' }, 'GUARD_REFUSED isInvoice'],
    ['that was credited', { status: 'CREDITED' }, 'INVALID_TRANSITION status'],
  ] as const)('refuses an invoice %s', (_, more, then) => expect(apply([to(1, '1')], state(payment(), [invoice(1, 6_000n, more)]))).toBe(then));

  test.each([
    ['one that was taken back', payment({ status: 'REVERSED' }), 'INVALID_TRANSITION status'],
    ['one that is used up', payment({ status: 'APPLIED', appliedMinor: 10_000n }), 'INVALID_TRANSITION status'],
  ])('refuses %s', (_, row, then) => expect(apply([to(1, '1')], state(row))).toBe(then));

  test('waits for an open period, and for who may', () => {
    expect(apply([to(1, '1')], state(payment(), [invoice(1, 100n)], true))).toBe('PERIOD_CLOSED appliedOn');
    expect(apply([to(1, '1')], state(), contextOf(['payment:read']))).toBe('FORBIDDEN');
    expect(apply([to(1, '1')], state(), contextOf(['*'], { customerIds: [id(12)] }))).toBe('NOT_FOUND id');
  });

  test('whatever is applied: the payment has applied what the invoices were paid', () => {
    const share = fc.record({ n: fc.constantFrom(1, 2), cents: fc.integer({ min: 1, max: 12_000 }) });
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 6 }), (shares) => {
        const loaded = state();
        for (const { n, cents } of shares) {
          const input = { id: paymentId, applications: [to(n, (cents / 100).toFixed(2))] } as never;
          const outcome = outcomeOf(() => applyPayment.decide(loaded, input, context));
          if (typeof outcome !== 'string') applyPayment.absorb?.(loaded, applyPayment.decide(loaded, input, context), input);
        }
        const paid = [...loaded.invoices.values()].reduce((sum, row) => sum + row.paidMinor, 0n);
        const row = loaded.payments.get(paymentId);
        expect(row?.appliedMinor).toBe(paid);
        expect(paid <= 10_000n).toBe(true);
        for (const each of loaded.invoices.values()) {
          expect(each.paidMinor <= each.totalMinor).toBe(true);
          expect(each.status).toBe(each.paidMinor === 0n ? 'POSTED' : each.paidMinor === each.totalMinor ? 'PAID' : 'PARTLY_PAID');
        }
      }),
    );
  });
});

describe('recording a payment', () => {
  const item = { customerId: customer, legalEntityId: books, amount: usd('100'), receivedOn: '2026-03-01' };
  const state = (closed = false) => ({
    ...{ invoices: byId(invoice(1, 6_000n)), customers: new Set([customer]), legalEntities: new Set([books]) },
    ...{ taken: new Set(['bank 1']), periods: () => (closed ? new Refused('PERIOD_CLOSED', 'closed', { field: 'receivedOn' }) : undefined) },
  });
  const record = (more: object, closed = false) => outcomeOf(() => recordPayments.decide(state(closed), { ...item, ...more } as never, context));
  const received = [
    'new Payment RECEIVED v1',
    'new JournalEntry DRAFT v1',
    'new JournalLine v1',
    'new JournalLine v1',
    'JournalEntry POSTED v2',
    '+ JournalPosted',
    '+ PaymentReceived',
  ];

  test.each([
    ['is the customer’s credit', {}, received],
    ['brings its reference', { externalRefs: [{ system: 'bank', externalId: '2' }] }, [...received, '= Payment bank 2']],
    ['needs the customer', { customerId: id(9) }, 'NOT_FOUND customerId'],
    ['needs the books', { legalEntityId: id(9) }, 'NOT_FOUND legalEntityId'],
    ['is more than zero', { amount: usd('0') }, 'VALIDATION_FAILED amount'],
    ['is no part of a cent', { amount: usd('0.005') }, 'VALIDATION_FAILED amount'],
    ['has a reference of its own', { externalRefs: [{ system: 'bank', externalId: '1' }] }, 'DUPLICATE_EXTERNAL_REF externalRefs'],
  ])('%s', (_, more, then) => expect(record(more)).toEqual(then));

  test('waits for an open period', () => expect(record({}, true)).toBe('PERIOD_CLOSED receivedOn'));

  test('settles at once what it names', () => {
    const outcome = record({ applications: [{ invoiceId: id(501), amount: usd('60') }] });
    expect(outcome).toEqual(expect.arrayContaining(['Payment PARTLY_APPLIED v2', 'Invoice PAID v2', '+ PaymentApplied', '+ InvoicePaid']));
  });

  test('takes a reference once in a call', () => {
    const loaded = state();
    const twice = { ...item, externalRefs: [{ system: 'bank', externalId: '5' }] } as never;
    recordPayments.absorb?.(loaded, recordPayments.decide(loaded, twice, context), twice);
    expect(outcomeOf(() => recordPayments.decide(loaded, twice, context))).toBe('DUPLICATE_EXTERNAL_REF externalRefs');
  });

  test('is told with what is left of it', () => {
    expect(statedBy(recordPayments.decide(state(), item as never, context)).at(-1)).toMatchObject({
      amount: usd('100.00'),
      unapplied: usd('100.00'),
      status: 'RECEIVED',
    });
  });
});

describe('taking a payment back', () => {
  const entry = (n: string): JournalEntryRow => ({
    ...{ ...stamp, id: n, legalEntityId: books, postingDate: '2026-03-01', description: 'Payment', status: 'POSTED', source: 'PAYMENT', customerId: customer },
    ...{ invoiceId: null, paymentId, revenueEventId: null, reversesId: null, reversedById: null, postedAt: context.now },
  });
  const application = (n: number, minor: bigint): PaymentApplicationRow => ({
    ...{ ...stamp, id: id(600 + n), paymentId, invoiceId: id(500 + n), customerId: customer, amountMinor: minor, currency: 'USD' },
    ...{ appliedOn: '2026-03-01', reversedAt: null, journalEntryId: id(700 + n) },
  });
  const state = (row = payment({ status: 'APPLIED', appliedMinor: 10_000n }), closed = false) => ({
    payments: byId(row),
    moves: received(),
    invoices: byId(invoice(1, 6_000n, { status: 'PAID', paidMinor: 6_000n }), invoice(2, 9_000n, { status: 'PARTLY_PAID', paidMinor: 4_500n })),
    applications: new Map([[paymentId, [application(1, 6_000n), application(2, 4_000n)]]]),
    entries: byId(entry(entryId), entry(id(701)), entry(id(702))),
    lines: new Map(),
    periods: periods(closed),
  });
  const line = (debitMinor: bigint, creditMinor: bigint) => ({ account: 'CASH' as const, debitMinor, creditMinor, currency: 'USD', legalEntityId: books });
  const whole = (row?: PaymentRow, closed = false) => {
    const loaded = state(row, closed);
    return { ...loaded, lines: new Map([...loaded.entries.keys()].map((each) => [each, [line(5n, 0n), line(0n, 5n)]])) };
  };
  const input = { id: paymentId, reason: 'Bounced', idempotencyKey: 'k' };

  test('opens its invoices again and undoes every entry', () => {
    const decision = reversePayment.decide(whole(), input, context);
    const outcome = outcomeOf(() => decision) as string[];
    expect(outcome.filter((each) => each === '+ JournalPosted')).toHaveLength(3);
    expect(outcome).toEqual(expect.arrayContaining(['Invoice POSTED v2', 'Invoice PARTLY_PAID v2', 'Payment REVERSED v2', '+ PaymentReversed']));
    const rows = writtenBy(decision);
    expect(rows.filter((row) => row.kind === 'INVOICE').map((row) => row.paidMinor)).toEqual([0n, 500n]);
    expect(rows.at(-1)).toMatchObject({ appliedMinor: 0n, reversalReason: 'Bounced' });
  });

  test.each([
    ['without a reason', whole(), { reason: ' ' }, 'VALIDATION_FAILED reason'],
    ['twice', whole(payment({ status: 'REVERSED' })), {}, 'INVALID_TRANSITION status'],
    ['into a closed period', whole(undefined, true), {}, 'PERIOD_CLOSED appliedOn'],
    ['that is not there', whole(), { id: id(9) }, 'NOT_FOUND id'],
  ])('not %s', (_, loaded, more, then) => expect(outcomeOf(() => reversePayment.decide(loaded, { ...input, ...more }, context))).toBe(then));
});

test.each([
  ['a reference', { reference: 'INV 1' }, ['Payment RECEIVED v2']],
  ['no reference any more', { reference: null }, []],
  ['a method', { method: 'CARD' }, ['Payment RECEIVED v2']],
  ['no method', { method: null }, 'VALIDATION_FAILED method'],
  ['an external reference', { externalRefs: [{ system: 'bank', externalId: '3' }] }, ['= Payment bank 3']],
])('a payment is given %s', (_, more, then) => {
  expect(outcomeOf(() => updatePayment.decide({ payments: byId(payment()) }, { id: paymentId, ...more } as never, context))).toEqual(then);
});
