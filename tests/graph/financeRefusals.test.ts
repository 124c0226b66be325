import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as engagements } from '#engagements/published.ts';
import { newId } from '#kernel/ids.ts';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import { createCard, createVersion, done, publishedCard } from '../support/books.ts';
import { footprint, lineOf } from '../support/footprint.ts';
import type { Json } from '../support/graph.ts';
import { aContract, aContractLine, aContractVersion } from '../support/siblings.ts';

let world: BillingWorld;
let made: Readonly<Record<string, string>>;
const of = (name: string): string => made[name] ?? '';
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const pair = [
  { account: 'CASH', debit: eur('1.00') },
  { account: 'OTHER', credit: eur('1.00') },
];
const long = (length: number) => 'x'.repeat(length);

/** One of everything that a command may be refused on, in each of the states that matter. */
async function filled(): Promise<void> {
  world = await billingWorld();
  const { ids } = world;
  const [posted, validated, draft] = [await world.invoiced('POSTED', 1), await world.invoiced('VALIDATED', 1), await world.invoiced('DRAFT', 1)];
  const received = { customerId: ids.customer, legalEntityId: ids.books, amount: eur('50.00'), receivedOn: '2026-03-01' };
  const { payment } = await world.done('recordPayment', 'payment { id journalEntry { id } }', received);
  const books = { legalEntityId: ids.books, postingDate: '2026-03-01', description: 'Entry', lines: pair };
  const entry = async (more: object = {}) => (await world.done('createJournalEntry', 'journalEntry { id }', { ...books, ...more })).journalEntry.id;
  const [own, off, far, done_] = [await entry(), await entry({ lines: pair.slice(0, 1) }), await entry({ postingDate: '2031-01-01' }), await entry()];
  await world.done('postJournalEntry', 'journalEntry { id }', { id: done_ });
  const term = { contractId: ids.contract, method: 'STRAIGHT_LINE', startDate: '2026-04-01', endDate: '2026-04-30', total: eur('300.00') };
  const event = (await world.done('scheduleRevenue', 'revenueEvents { id }', term)).revenueEvents[0].id;
  const lines = [{ laborCategoryId: ids.category, rate: '90.00' }];
  const card = await publishedCard(world, { kind: 'SALES', scope: 'STANDARD', legalEntityId: ids.books, lines });
  const { rateCardVersion } = await done(world, createVersion, { rateCardId: card.cardId, effectiveFrom: '2026-07-01', lines });
  const { rateCard } = await done(world, createCard, { name: 'Named', kind: 'SALES', scope: 'NAMED', currency: 'EUR' });
  const [sale, hidden, cost] = [...(await world.work(2)), ...(await world.work(1, { kind: 'COST' }))];
  await world.done('holdActuals', 'succeeded', { items: [{ id: hidden, reason: 'ask' }] });
  const terms = { legalEntityId: ids.books, engagementId: ids.engagement, customerId: ids.customer };
  const suspended = newId();
  await world.publish(engagements.Contract, [
    { id: suspended, data: aContract({ ...terms, status: 'SUSPENDED', versions: [aContractVersion({ lines: [aContractLine()] })] }) },
  ]);
  const { fiscalPeriods } = await world.ok('{ fiscalPeriods(filter: { activeFrom: "2026-02-01", activeTo: "2026-03-31" }) { nodes { id } } }');
  const [february, march] = fiscalPeriods.nodes.map(({ id }: Json) => id);
  const documents = { posted: posted.id, validated: validated.id, draft: draft.id, payment: payment.id, paymentEntry: payment.journalEntry.id, event };
  const entries = { entry: own, off, far, done: done_, february, march };
  const rates = { card: card.cardId, published: card.versionId, version: rateCardVersion.id, named: rateCard.id };
  const [onInvoice] = await world.sql`select id from finance.actual where status = 'ON_INVOICE' limit 1`;
  made = {
    ...ids,
    ...documents,
    ...entries,
    ...rates,
    sale: sale ?? '',
    held: hidden ?? '',
    cost: cost ?? '',
    suspended,
    onInvoice: String(onInvoice?.id),
    nobody: newId(),
  };
}
beforeAll(filled, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

/** What a bulk call leaves although all of it is refused: its answer. */
const bookkeeping = ['log.idempotency'];

/** Everything that a mutation could leave behind. */
const traces = (except: readonly string[] = []) => footprint(world.sql, ['finance', 'log'], { except });

type Row = [mutation: string, why: string, input: () => object, refusal: string];

const entity = (more: object) => () => ({ code: 'ZZ', name: 'Firm', currency: 'EUR', countryCode: 'DE', ...more });
const profile = (more: object) => () => ({ legalEntityId: of('books'), code: 'ZZ', name: 'Tax', ...more });
const rated = (...rates: object[]) => profile({ rates });
const center = (more: object) => () => ({ legalEntityId: of('books'), code: 'ZZ', name: 'Centre', ...more });
const years = (more: object) => () => ({ legalEntityId: of('books'), firstYear: 2028, ...more });
const id =
  (name: string, more: object = {}) =>
  () => ({ id: of(name), ...more });
const reasoned = (name: string, more: object = {}) => id(name, { reason: 'because', ...more });

const reference: Row[] = [
  ['createLegalEntity', 'a blank code', entity({ code: ' ' }), 'VALIDATION_FAILED code'],
  ['createLegalEntity', 'a long name', entity({ name: long(256) }), 'VALIDATION_FAILED name'],
  ['createLegalEntity', 'a country in words', entity({ countryCode: 'Germany' }), 'VALIDATION_FAILED countryCode'],
  ['createLegalEntity', 'a code that is taken', entity({ code: ' NL ' }), 'VALIDATION_FAILED legal_entity_code'],
  ['createLegalEntity', 'a reference without a system', entity({ externalRefs: [{ system: ' ', externalId: '1' }] }), 'VALIDATION_FAILED externalRefs.system'],
  ['updateLegalEntity', 'one that is not there', id('nobody', { name: 'x' }), 'NOT_FOUND id'],
  ['updateLegalEntity', 'what was no id', () => ({ id: "'; drop", name: 'x' }), 'NOT_FOUND id'],
  ['updateLegalEntity', 'a version that is gone', id('books', { expectedVersion: 99 }), 'STALE_VERSION expectedVersion'],
  ['updateLegalEntity', 'another currency for books that are kept', id('books', { currency: 'USD' }), 'GUARD_REFUSED currencyForLife'],
  ['createTaxProfile', 'books that are not there', () => ({ legalEntityId: of('nobody'), code: 'ZZ', name: 'x' }), 'NOT_FOUND legalEntityId'],
  ['createTaxProfile', 'a code that is taken', profile({ code: 'NL21' }), 'VALIDATION_FAILED tax_profile_code'],
  ['createTaxProfile', 'a rate below nothing', rated({ basisPoints: -1, effectiveFrom: '2026-01-01' }), 'VALIDATION_FAILED rates'],
  ['createTaxProfile', 'a rate beyond all', rated({ basisPoints: 10_001, effectiveFrom: '2026-01-01' }), 'VALIDATION_FAILED rates'],
  [
    'createTaxProfile',
    'a rate that ends before it begins',
    rated({ basisPoints: 1, effectiveFrom: '2026-01-02', effectiveTo: '2026-01-01' }),
    'VALIDATION_FAILED rates',
  ],
  [
    'createTaxProfile',
    'two rates of one day',
    rated({ basisPoints: 1, effectiveFrom: '2026-01-01' }, { basisPoints: 2, effectiveFrom: '2026-01-01' }),
    'VALIDATION_FAILED rates',
  ],
  ['createTaxProfile', 'a note that is too long', profile({ note: long(1001) }), 'VALIDATION_FAILED note'],
  ['updateTaxProfile', 'a version that is gone', id('profile', { expectedVersion: 99 }), 'STALE_VERSION expectedVersion'],
  ['updateTaxProfile', 'one that is not there', id('nobody'), 'NOT_FOUND id'],
  ['createCostCenter', 'a code of 41 letters', center({ code: long(41) }), 'VALIDATION_FAILED code'],
  ['createCostCenter', 'an end before the beginning', center({ startDate: '2026-02-01', endDate: '2026-01-31' }), 'VALIDATION_FAILED endDate'],
  ['createCostCenter', 'books that are not there', () => ({ legalEntityId: 'x', code: 'ZZ', name: 'x' }), 'NOT_FOUND legalEntityId'],
  ['createFiscalPeriods', 'no years', years({ years: 0 }), 'VALIDATION_FAILED years'],
  ['createFiscalPeriods', 'too many years', years({ years: 51 }), 'VALIDATION_FAILED years'],
  ['createFiscalPeriods', 'a year long ago', years({ firstYear: 1899 }), 'VALIDATION_FAILED firstYear'],
  ['createFiscalPeriods', 'a month that there is not', years({ startMonth: 13 }), 'VALIDATION_FAILED startMonth'],
  ['createFiscalPeriods', 'books that are not there', () => ({ legalEntityId: of('nobody'), firstYear: 2028 }), 'NOT_FOUND legalEntityId'],
  [
    'createFiscalPeriods',
    'quarters over the months that are there',
    years({ firstYear: 2026, length: 'QUARTER' }),
    'VALIDATION_FAILED fiscal_period_no_overlap',
  ],
  ['closeFiscalPeriod', 'a month with drafts', id('march'), 'GUARD_REFUSED nothingUnposted'],
  ['closeFiscalPeriod', 'a version that is gone', id('february', { expectedVersion: 99 }), 'STALE_VERSION expectedVersion'],
  ['closeFiscalPeriod', 'one that is not there', id('nobody'), 'NOT_FOUND id'],
  ['reopenFiscalPeriod', 'a month that is open', id('february'), 'INVALID_TRANSITION status'],
  ['lockFiscalPeriod', 'a month that is open', id('february'), 'INVALID_TRANSITION status'],
];

const card = (more: object) => () => ({ name: 'Card', kind: 'SALES', scope: 'STANDARD', currency: 'EUR', ...more });
const priced = (lines: () => object[]) => () => ({ rateCardId: of('named'), effectiveFrom: '2026-01-01', lines: lines() });
const rates: Row[] = [
  ['createRateCard', 'a standard of nobody', card({}), 'VALIDATION_FAILED legalEntityId'],
  ['createRateCard', 'a customer’s of nobody', card({ scope: 'CUSTOMER' }), 'VALIDATION_FAILED customerId'],
  ['createRateCard', 'a customer that is not there', () => card({ scope: 'CUSTOMER', customerId: of('nobody') })(), 'NOT_FOUND customerId'],
  ['createRateCard', 'books that are not there', () => card({ legalEntityId: of('nobody') })(), 'NOT_FOUND legalEntityId'],
  ['createRateCard', 'a blank name', card({ name: '\t', scope: 'NAMED' }), 'VALIDATION_FAILED name'],
  ['createRateCardVersion', 'a card that is not there', () => ({ rateCardId: of('nobody'), effectiveFrom: '2026-01-01', lines: [] }), 'NOT_FOUND rateCardId'],
  ['createRateCardVersion', 'a rate for nobody', priced(() => [{ rate: '1.00' }]), 'VALIDATION_FAILED lines'],
  ['createRateCardVersion', 'a rate below nothing', priced(() => [{ laborCategoryId: of('category'), rate: '-1.00' }]), 'VALIDATION_FAILED lines'],
  ['createRateCardVersion', 'a part of a cent', priced(() => [{ laborCategoryId: of('category'), rate: '1.005' }]), 'VALIDATION_FAILED lines'],
  [
    'createRateCardVersion',
    'a category twice',
    priced(() => [1, 2].map((n) => ({ laborCategoryId: of('category'), rate: `${n}.00` }))),
    'VALIDATION_FAILED lines',
  ],
  ['updateRateCardVersion', 'one that is published', id('published', { effectiveFrom: '2026-02-01' }), 'INVALID_TRANSITION status'],
  ['updateRateCardVersion', 'a version that is gone', id('version', { expectedVersion: 99 }), 'STALE_VERSION expectedVersion'],
  ['publishRateCardVersion', 'one that is published', id('published'), 'INVALID_TRANSITION status'],
  ['publishRateCardVersion', 'one that is not there', id('nobody'), 'NOT_FOUND id'],
];

const booked = (more: object) => () => ({ legalEntityId: of('books'), postingDate: '2026-03-01', description: 'Entry', lines: pair, ...more });
const line = (more: object) => booked({ lines: [{ account: 'CASH', ...more }] });
const journal: Row[] = [
  ['createJournalEntry', 'no lines', booked({ lines: [] }), 'VALIDATION_FAILED lines'],
  ['createJournalEntry', 'a line of both sides', line({ debit: eur('1.00'), credit: eur('1.00') }), 'VALIDATION_FAILED lines'],
  ['createJournalEntry', 'a line of no side', line({}), 'VALIDATION_FAILED lines'],
  ['createJournalEntry', 'a line of nothing', line({ debit: eur('0.00') }), 'VALIDATION_FAILED lines'],
  ['createJournalEntry', 'a line below nothing', line({ credit: eur('-1.00') }), 'VALIDATION_FAILED lines'],
  ['createJournalEntry', 'a part of a cent', line({ debit: eur('0.001') }), 'VALIDATION_FAILED lines'],
  ['createJournalEntry', 'more than the books can hold', line({ debit: eur('99999999999999999999.00') }), 'VALIDATION_FAILED lines'],
  ['createJournalEntry', 'a long note', line({ debit: eur('1.00'), note: long(256) }), 'VALIDATION_FAILED lines.note'],
  ['createJournalEntry', 'a blank description', booked({ description: '' }), 'VALIDATION_FAILED description'],
  ['createJournalEntry', 'books that are not there', () => booked({ legalEntityId: of('nobody') })(), 'NOT_FOUND legalEntityId'],
  ['createJournalEntry', 'a customer that is not there', () => booked({ customerId: of('nobody') })(), 'NOT_FOUND customerId'],
  ['createJournalEntry', 'a contract that is not there', () => line({ debit: eur('1.00'), contractId: of('nobody') })(), 'NOT_FOUND lines.contractId'],
  ['createJournalEntry', 'a project that is no id', line({ debit: eur('1.00'), projectId: 'x' }), 'NOT_FOUND lines.projectId'],
  ['updateJournalEntry', 'no day', id('entry', { postingDate: null }), 'VALIDATION_FAILED postingDate'],
  ['updateJournalEntry', 'one that is posted', id('done', { description: 'x' }), 'INVALID_TRANSITION status'],
  ['updateJournalEntry', 'a version that is gone', id('entry', { expectedVersion: 99 }), 'STALE_VERSION expectedVersion'],
  ['postJournalEntry', 'one that is off balance', id('off'), 'GUARD_REFUSED balanced'],
  ['postJournalEntry', 'one in no period', id('far'), 'PERIOD_CLOSED postingDate'],
  ['postJournalEntry', 'one that is posted', id('done'), 'INVALID_TRANSITION status'],
  ['reverseJournalEntry', 'a draft', id('entry'), 'INVALID_TRANSITION status'],
  ['reverseJournalEntry', 'on a day in no period', id('done', { postingDate: '2031-01-01' }), 'PERIOD_CLOSED postingDate'],
  ['reverseJournalEntry', 'before the entry', id('done', { postingDate: '2026-02-28' }), 'VALIDATION_FAILED postingDate'],
  ['reverseJournalEntry', 'the entry of a payment', id('paymentEntry'), 'GUARD_REFUSED notFromDocument'],
];

const invoices: Row[] = [
  ['updateInvoice', 'no day', id('draft', { invoiceDate: null }), 'VALIDATION_FAILED invoiceDate'],
  ['updateInvoice', 'an order number of two lines', id('draft', { purchaseOrderNumber: 'a\nb' }), 'VALIDATION_FAILED purchaseOrderNumber'],
  ['updateInvoice', 'a long note', id('draft', { note: long(2001) }), 'VALIDATION_FAILED note'],
  ['updateInvoice', 'one that is posted', id('posted', { note: 'x' }), 'INVALID_TRANSITION status'],
  ['updateInvoice', 'a due day beyond the calendar', id('draft', { invoiceDate: '9999-12-31' }), 'VALIDATION_FAILED'],
  ['validateInvoice', 'one that is validated', id('validated'), 'INVALID_TRANSITION status'],
  ['validateInvoice', 'a version that is gone', id('draft', { expectedVersion: 99 }), 'STALE_VERSION expectedVersion'],
  ['postInvoice', 'a draft', id('draft'), 'INVALID_TRANSITION status'],
  ['postInvoice', 'on a day in no period', id('validated', { invoiceDate: '2031-01-01' }), 'PERIOD_CLOSED invoiceDate'],
  ['postInvoice', 'on a day without a tax rate', id('validated', { invoiceDate: '2019-12-31' }), 'PERIOD_CLOSED invoiceDate'],
  ['postInvoice', 'one that is not there', id('nobody'), 'NOT_FOUND id'],
  ['cancelInvoice', 'one that is posted', id('posted'), 'INVALID_TRANSITION status'],
  ['creditInvoice', 'a draft', reasoned('draft'), 'INVALID_TRANSITION status'],
  ['creditInvoice', 'without a reason', reasoned('posted', { reason: ' ' }), 'VALIDATION_FAILED reason'],
  ['creditInvoice', 'before the invoice', reasoned('posted', { creditDate: '2026-03-01' }), 'VALIDATION_FAILED creditDate'],
  ['creditInvoice', 'on a day in no period', reasoned('posted', { creditDate: '2031-01-01' }), 'PERIOD_CLOSED creditDate'],
];

const money = (more: object) => () => ({ customerId: of('customer'), legalEntityId: of('books'), amount: eur('1.00'), receivedOn: '2026-03-01', ...more });
const applied =
  (amount: string, more: object = {}) =>
  () => ({ id: of('payment'), applications: [{ invoiceId: of('posted'), amount: eur(amount) }], ...more });
const payments: Row[] = [
  ['recordPayment', 'nothing', money({ amount: eur('0.00') }), 'VALIDATION_FAILED amount'],
  ['recordPayment', 'less than nothing', money({ amount: eur('-0.01') }), 'VALIDATION_FAILED amount'],
  ['recordPayment', 'a part of a cent', money({ amount: eur('0.001') }), 'VALIDATION_FAILED amount'],
  ['recordPayment', 'more than the books can hold', money({ amount: eur('99999999999999999999.00') }), 'VALIDATION_FAILED amount'],
  ['recordPayment', 'a customer that is not there', () => money({ customerId: of('nobody') })(), 'NOT_FOUND customerId'],
  ['recordPayment', 'a customer that is no id', money({ customerId: 'x' }), 'NOT_FOUND customerId'],
  ['recordPayment', 'books that are not there', () => money({ legalEntityId: of('nobody') })(), 'NOT_FOUND legalEntityId'],
  ['recordPayment', 'a day in no period', money({ receivedOn: '2019-01-01' }), 'PERIOD_CLOSED receivedOn'],
  ['recordPayment', 'money that has not come', money({ receivedOn: '2026-03-04' }), 'VALIDATION_FAILED receivedOn'],
  ['recordPayment', 'a day of the books before the money came', money({ postingDate: '2026-02-28' }), 'VALIDATION_FAILED postingDate'],
  ['recordPayment', 'a day of the books in no period', money({ postingDate: '2031-01-01' }), 'PERIOD_CLOSED postingDate'],
  ['recordPayment', 'a reference that nobody sees', money({ reference: '\u200b' }), 'VALIDATION_FAILED reference'],
  ['updatePayment', 'no method', id('payment', { method: null }), 'VALIDATION_FAILED method'],
  ['updatePayment', 'a long reference', id('payment', { reference: long(256) }), 'VALIDATION_FAILED reference'],
  ['applyPayment', 'one cent more than there is', applied('50.01'), 'GUARD_REFUSED neverOverApplied'],
  ['applyPayment', 'on a day in no period', applied('1.00', { appliedOn: '2031-01-01' }), 'PERIOD_CLOSED appliedOn'],
  ['applyPayment', 'before the money came', applied('1.00', { appliedOn: '2026-02-28' }), 'VALIDATION_FAILED appliedOn'],
  ['applyPayment', 'before the invoice', applied('1.00', { appliedOn: '2026-03-01' }), 'VALIDATION_FAILED appliedOn'],
  [
    'applyPayment',
    'to 101 invoices',
    () => ({ id: of('payment'), applications: Array(101).fill({ invoiceId: of('posted'), amount: eur('0.01') }) }),
    'VALIDATION_FAILED applications',
  ],
  ['applyPayment', 'to none', () => ({ id: of('payment'), applications: [] }), 'VALIDATION_FAILED applications'],
  ['reversePayment', 'without a reason', reasoned('payment', { reason: '' }), 'VALIDATION_FAILED reason'],
  ['reversePayment', 'on a day in no period', reasoned('payment', { reversedOn: '2031-01-01' }), 'PERIOD_CLOSED reversedOn'],
  ['reversePayment', 'before it came', reasoned('payment', { reversedOn: '2026-02-28' }), 'VALIDATION_FAILED reversedOn'],
  ['reversePayment', 'a version that is gone', reasoned('payment', { expectedVersion: 99 }), 'STALE_VERSION expectedVersion'],
];

const planned = (method: string, more: () => object) => () => ({ contractId: of('contract'), method, ...more() });
const term = (more: object) => planned('STRAIGHT_LINE', () => ({ startDate: '2026-05-01', endDate: '2026-05-31', total: eur('1.00'), ...more }));
const revenue: Row[] = [
  ['scheduleRevenue', 'what only invoices do', planned('AS_BILLED', () => ({})), 'VALIDATION_FAILED method'],
  ['scheduleRevenue', 'a contract that is not there', () => ({ contractId: of('nobody'), method: 'MILESTONE' }), 'NOT_FOUND contractId'],
  ['scheduleRevenue', 'no first day', term({ startDate: null }), 'VALIDATION_FAILED startDate'],
  ['scheduleRevenue', 'no last day', term({ endDate: null }), 'VALIDATION_FAILED endDate'],
  ['scheduleRevenue', 'a last day before the first', term({ endDate: '2026-04-30' }), 'VALIDATION_FAILED endDate'],
  ['scheduleRevenue', 'more than ten years', term({ endDate: '2036-06-30' }), 'VALIDATION_FAILED endDate'],
  ['scheduleRevenue', 'no amount', term({ total: null }), 'VALIDATION_FAILED total'],
  ['scheduleRevenue', 'an amount of nothing', term({ total: eur('0.00') }), 'VALIDATION_FAILED total'],
  ['scheduleRevenue', 'another currency', term({ total: { amount: '1.00', currency: 'USD' } }), 'CURRENCY_MISMATCH total'],
  ['scheduleRevenue', 'a project that is not there', () => term({ projectId: of('nobody') })(), 'NOT_FOUND projectId'],
  ['scheduleRevenue', 'no milestone', planned('MILESTONE', () => ({})), 'VALIDATION_FAILED milestoneId'],
  ['scheduleRevenue', 'a milestone that is not there', planned('MILESTONE', () => ({ milestoneId: of('nobody') })), 'NOT_FOUND milestoneId'],
  ['scheduleRevenue', 'no project to measure', planned('COST_TO_COST', () => ({})), 'VALIDATION_FAILED projectId'],
  ['scheduleRevenue', 'no day to measure', planned('COST_TO_COST', () => ({ projectId: of('project') })), 'VALIDATION_FAILED asOf'],
  ['updateRevenueEvent', 'an amount of nothing', id('event', { amount: eur('0.00') }), 'VALIDATION_FAILED amount'],
  ['updateRevenueEvent', 'a blank description', id('event', { description: ' ' }), 'VALIDATION_FAILED description'],
  ['recognizeRevenueEvent', 'what nobody submitted', id('event'), 'INVALID_TRANSITION status'],
  ['reverseRevenueEvent', 'what was not recognized', id('event'), 'INVALID_TRANSITION status'],
  ['cancelRevenueEvent', 'a version that is gone', id('event', { expectedVersion: 99 }), 'STALE_VERSION expectedVersion'],
];

describe.each([
  ['reference data', reference],
  ['rates', rates],
  ['the journal', journal],
  ['invoices', invoices],
  ['payments', payments],
  ['revenue', revenue],
])('what is refused of %s leaves nothing behind, and its key is free', (_, rows) => {
  test.each(rows)('%s: %s', async (mutation, _why, input, refusal) => {
    const before = await traces();
    const given = { idempotencyKey: newId(), ...input() };
    for (const _time of ['first', 'again']) {
      const { userErrors, replayed } = await world.mutate(mutation, 'replayed', given);
      expect([userErrors.map(lineOf), replayed]).toEqual([[refusal], false]);
    }
    expect(await traces()).toEqual(before);
  });
});

const fee = (more: object) => () => ({
  externalRef: { system: 'erp', externalId: newId() },
  ...{ kind: 'UNBILLED_SALES', transactionClass: 'FEE', projectId: of('project'), contractLineId: of('tmLine'), workDate: '2026-02-10', amount: eur('1.00') },
  ...more,
});
const actual =
  (name: string, more: object = {}) =>
  () => ({ id: of(name), reason: 'because', ...more });
const named =
  (name: string, more: object = {}) =>
  () => ({ id: of(name), ...more });

describe('of a bulk call each refused item has its own answer, leaves nothing behind, and a repeat says the same', () => {
  test.each<Row>([
    ['recordActuals', 'what invoices make', fee({ kind: 'BILLED_SALES' }), 'VALIDATION_FAILED kind'],
    ['recordActuals', 'a project that is not there', () => fee({ projectId: of('nobody') })(), 'NOT_FOUND projectId'],
    ['recordActuals', 'a person who is not there', () => fee({ employeeId: of('nobody') })(), 'NOT_FOUND employeeId'],
    ['recordActuals', 'a sale without a line', fee({ contractLineId: null }), 'VALIDATION_FAILED contractLineId'],
    ['recordActuals', 'a line of another contract', () => fee({ contractLineId: of('nobody') })(), 'NOT_FOUND contractLineId'],
    ['recordActuals', 'less than nothing', fee({ amount: eur('-1.00') }), 'VALIDATION_FAILED amount'],
    ['recordActuals', 'another currency', fee({ amount: { amount: '1.00', currency: 'USD' } }), 'CURRENCY_MISMATCH amount'],
    ['recordActuals', 'hours of what is no time', fee({ hours: '1' }), 'VALIDATION_FAILED hours'],
    ['recordActuals', 'time without hours', fee({ transactionClass: 'TIME' }), 'VALIDATION_FAILED hours'],
    ['recordActuals', 'hours of parts of a second', fee({ transactionClass: 'TIME', hours: '0.0001' }), 'VALIDATION_FAILED hours'],
    ['recordActuals', 'a day in no period', fee({ accountingDate: '2031-01-01' }), 'PERIOD_CLOSED accountingDate'],
    ['recordActuals', 'a long description', fee({ description: long(1001) }), 'VALIDATION_FAILED description'],
    ['reverseActuals', 'one that is not there', actual('nobody'), 'NOT_FOUND id'],
    ['reverseActuals', 'without a reason', actual('sale', { reason: ' ' }), 'VALIDATION_FAILED reason'],
    ['reverseActuals', 'on a day in no period', actual('sale', { accountingDate: '2031-01-01' }), 'PERIOD_CLOSED accountingDate'],
    ['reverseActuals', 'before it was posted', actual('sale', { accountingDate: '2026-02-09' }), 'VALIDATION_FAILED accountingDate'],
    ['reverseActuals', 'what an invoice has', actual('onInvoice'), 'INVALID_TRANSITION status'],
    ['holdActuals', 'what is held', actual('held'), 'INVALID_TRANSITION status'],
    ['holdActuals', 'cost', actual('cost'), 'GUARD_REFUSED isUnbilledSales'],
    ['holdActuals', 'without a reason', actual('sale', { reason: '' }), 'VALIDATION_FAILED reason'],
    ['holdActuals', 'a version that is gone', actual('sale', { expectedVersion: 99 }), 'STALE_VERSION expectedVersion'],
    ['releaseActuals', 'what is not held', named('sale'), 'INVALID_TRANSITION status'],
    ['releaseActuals', 'a version that is gone', named('held', { expectedVersion: 99 }), 'STALE_VERSION expectedVersion'],
    ['repriceActuals', 'one that is not there', actual('nobody'), 'NOT_FOUND id'],
    ['repriceActuals', 'without a reason', actual('sale', { reason: ' ' }), 'VALIDATION_FAILED reason'],
    ['validateInvoices', 'one that is posted', id('posted'), 'INVALID_TRANSITION status'],
    ['validateInvoices', 'one that is not there', id('nobody'), 'NOT_FOUND id'],
    ['postInvoices', 'a draft', id('draft'), 'INVALID_TRANSITION status'],
    ['postInvoices', 'on a day in no period', id('validated', { invoiceDate: '2031-01-01' }), 'PERIOD_CLOSED invoiceDate'],
    ['recordPayments', 'nothing', money({ amount: eur('0.00') }), 'VALIDATION_FAILED amount'],
    [
      'recordPayments',
      'what settles more than it is',
      () => money({ applications: [{ invoiceId: of('posted'), amount: eur('2.00') }] })(),
      'GUARD_REFUSED neverOverApplied',
    ],
  ])('%s: %s', async (mutation, _why, input, refusal) => {
    const before = await traces(bookkeeping);
    const given = { idempotencyKey: newId(), items: [input()] };
    const answers: Json[] = [];
    for (const replayed of [false, true]) {
      const { results, ...rest } = await world.mutate(mutation, 'replayed succeeded failed results { index userErrors { code field guard message } }', given);
      expect(results.map(({ userErrors }: Json) => userErrors.map(lineOf))).toEqual([[refusal]]);
      expect(rest).toEqual({ replayed, succeeded: 0, failed: 1, userErrors: [] });
      answers.push(results);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(await traces(bookkeeping)).toEqual(before);
  });

  test.each([
    'recordActuals',
    'reverseActuals',
    'holdActuals',
    'releaseActuals',
    'repriceActuals',
    'validateInvoices',
    'postInvoices',
    'recordPayments',
    'upsertCostCenters',
  ])('%s takes 1 to 500 items', async (mutation) => {
    const before = await traces();
    const item = { recordActuals: fee({}), recordPayments: money({}), validateInvoices: id('draft'), postInvoices: id('draft') }[mutation];
    const upsert = () => ({ externalRef: { system: 'erp', externalId: 'x' }, legalEntityId: of('books'), code: 'x', name: 'x' });
    const one = (item ?? (mutation === 'upsertCostCenters' ? upsert : mutation === 'releaseActuals' ? named('sale') : actual('sale')))();
    for (const items of [[], Array(501).fill(one)])
      expect((await world.mutate(mutation, 'replayed', { items })).userErrors.map(lineOf)).toEqual(['VALIDATION_FAILED items']);
    expect(await traces()).toEqual(before);
  });
});

describe('who may not', () => {
  test.each<[string, () => object]>([
    ['createLegalEntity', entity({})],
    ['createFiscalPeriods', years({})],
    ['closeFiscalPeriod', id('february')],
    ['createRateCard', card({ scope: 'NAMED' })],
    ['publishRateCardVersion', id('version')],
    ['createJournalEntry', booked({})],
    ['postJournalEntry', id('entry')],
    ['reverseJournalEntry', id('done')],
    ['draftInvoices', () => ({ cutOffDate: '2026-12-31' })],
    ['validateInvoice', id('draft')],
    ['postInvoice', id('validated')],
    ['cancelInvoice', id('draft')],
    ['creditInvoice', reasoned('posted')],
    ['recordPayment', money({})],
    ['applyPayment', applied('1.00')],
    ['reversePayment', reasoned('payment')],
    ['scheduleRevenue', term({})],
    ['submitRevenueEvent', id('event')],
    ['reverseActuals', () => ({ items: [actual('sale')()] })],
    ['repriceActuals', () => ({ items: [actual('sale')()] })],
    ['holdActuals', () => ({ items: [actual('sale')()] })],
  ])('%s is told so, and nothing happens', async (mutation, input) => {
    const before = await traces();
    const permissions = ['invoice:read', 'actual:read', 'journal:read', 'payment:read', 'rate:read', 'revenue:read'];
    const reader = { id: 'reader', kind: 'STAFF' as const, permissions };
    const { userErrors } = await world.mutate(mutation, 'replayed', { idempotencyKey: newId(), ...input() }, reader);
    expect(userErrors.map(lineOf)).toEqual(['FORBIDDEN']);
    expect(await traces()).toEqual(before);
  });
});
