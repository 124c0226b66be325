import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import { publishedCard } from '../support/books.ts';
import type { Json } from '../support/graph.ts';
import { listsOf } from '../support/lists.ts';

let world: BillingWorld;
let lists: ReturnType<typeof listsOf>;
let made: Readonly<Record<string, string>>;
const of = (name: string): string => made[name] ?? '';
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const ref = (externalId: string) => ({ system: 'erp', externalId });

/** Books with something of everything: several of a day, of an amount and of an instant, and no two lists alike. */
async function filled(): Promise<void> {
  world = await billingWorld();
  lists = listsOf(world);
  const { ids, done } = world;
  const later = () => {
    world.time.now = new Date(world.time.now.getTime() + 60_000);
  };
  const theirs = { contractId: ids.otherContract, customerId: ids.other, projectId: ids.project2 };
  const cancelled = await world.invoiced('DRAFT', 1);
  await done('cancelInvoice', 'invoice { id }', { id: cancelled.id });
  later();
  const first = await world.invoiced('POSTED', 2);
  const second = await world.invoiced('POSTED', 1, { projectId: ids.project2 });
  later();
  const other = await world.invoiced('POSTED', 1, theirs);
  await done('creditInvoice', 'invoice { id }', { id: second.id, reason: 'wrong' });
  const draft = await world.invoiced('DRAFT', 1);
  await done('updateInvoice', 'invoice { id }', { id: draft.id, externalRefs: [ref('i-1')] });
  await world.work(2, { workDate: '2026-03-10', minor: 5_000 });
  const [held] = await world.work(1, { ...theirs, workDate: '2026-03-11', kind: 'COST' });
  await world.work(1, { kind: 'COST' });
  await done('reverseActuals', 'succeeded', { items: [{ id: held, reason: 'wrong' }] });
  const [waiting] = await world.work(1, { workDate: '2026-03-12' });
  await done('holdActuals', 'succeeded', { items: [{ id: waiting, reason: 'ask' }] });
  const pay = async (amount: string, receivedOn: string, more: object = {}) => {
    const input = { customerId: ids.customer, legalEntityId: ids.books, amount: eur(amount), receivedOn, ...more };
    return (await done('recordPayment', 'payment { id }', input)).payment.id as string;
  };
  await pay('10.00', '2026-03-01', { reference: 'Part 1', externalRefs: [ref('p-1')] });
  await pay('10.00', '2026-03-01', { method: 'CARD' });
  later();
  const part = await pay('100.00', '2026-02-01');
  await done('applyPayment', 'payment { id }', { id: part, applications: [{ invoiceId: first.id, amount: eur('100.00') }] });
  const back = await pay('20.00', '2026-03-02', { reference: 'part 2', customerId: ids.other });
  await done('reversePayment', 'payment { id }', { id: back, reason: 'bounced' });
  const lines = [
    { account: 'CASH', debit: eur('1.00'), contractId: ids.contract },
    { account: 'OTHER', credit: eur('1.00') },
  ];
  for (const postingDate of ['2026-01-05', '2026-05-05'])
    await done('createJournalEntry', 'journalEntry { id }', { legalEntityId: ids.books, postingDate, description: 'x', lines });
  const term = {
    contractId: ids.contract,
    method: 'STRAIGHT_LINE',
    startDate: '2026-04-01',
    endDate: '2026-06-30',
    total: eur('300.00'),
    projectId: ids.project,
  };
  const { revenueEvents } = await done('scheduleRevenue', 'revenueEvents { id }', term);
  await done('submitRevenueEvent', 'revenueEvent { id }', { id: revenueEvents[0].id });
  const cards = await referenceData(ids.books, later);
  made = { ...ids, ...cards, first: first.id, firstNumber: first.number, other: ids.other, theirs: other.id };
}

async function referenceData(books: string, later: () => void) {
  const { done, ids } = world;
  const line = [{ laborCategoryId: ids.category, rate: '90.00' }];
  const sales = await publishedCard(world, { kind: 'SALES', scope: 'STANDARD', legalEntityId: books, lines: line });
  await publishedCard(world, { kind: 'COST', scope: 'STANDARD', legalEntityId: books, lines: line });
  later();
  await publishedCard(world, { kind: 'SALES', scope: 'CUSTOMER', customerId: ids.customer, lines: line, from: '2026-02-01' });
  for (const name of ['Named 10%', 'Named 10x'])
    await publishedCard(world, { kind: 'SALES', scope: 'NAMED', lines: line }).then(({ cardId }) =>
      done('updateRateCard', 'rateCard { id }', { id: cardId, name }),
    );
  await done('createRateCardVersion', 'rateCardVersion { id }', { rateCardId: sales.cardId, effectiveFrom: '2026-07-01', lines: line });
  for (const [code, name] of [
    ['BE', 'Same'],
    ['DE', 'Same'],
    ['AT', 'Alps_'],
  ] as const)
    await done('createLegalEntity', 'legalEntity { id }', { code, name, currency: 'EUR', countryCode: code, externalRefs: [ref(code)] });
  for (const [code, dates] of [
    ['C1', {}],
    ['C2', { endDate: '2025-12-31' }],
    ['C3', { startDate: '2026-01-01' }],
    ['C4', { startDate: '2026-01-01', endDate: '2026-01-31' }],
  ] as const) {
    await done('createCostCenter', 'costCenter { id }', {
      legalEntityId: books,
      code,
      name: `Centre ${code === 'C1' ? 'one' : 'more'}`,
      ...dates,
      externalRefs: [ref(code)],
    });
    await done('createTaxProfile', 'taxProfile { id }', {
      legalEntityId: books,
      code,
      name: `Tax ${code === 'C1' ? 'one' : 'more'}`,
      exempt: code === 'C2',
      externalRefs: [ref(code)],
    });
  }
  const { fiscalPeriods } = await world.ok('{ fiscalPeriods(filter: { activeOn: "2026-12-31" }) { nodes { id } } }');
  await done('closeFiscalPeriod', 'fiscalPeriod { id }', { id: fiscalPeriods.nodes[0].id });
  later();
  await done('createFiscalPeriods', 'fiscalPeriods { id }', { legalEntityId: books, firstYear: 2027, length: 'QUARTER' });
  return { card: sales.cardId };
}
beforeAll(filled, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const cents = (money: Json): number => Math.round(Number(money.amount) * 100);
const by = (property: string) => (node: Json) => node[property] ?? '';
const amount = (property: string) => (node: Json) => cents(node[property]);
const created = by('createdAt');
const updated = by('updatedAt');

const selections = {
  legalEntities: 'updatedAt code name createdAt externalRefs { externalId }',
  taxProfiles: 'updatedAt code name exempt createdAt legalEntity { id } externalRefs { externalId }',
  costCenters: 'updatedAt code name startDate endDate legalEntity { id } externalRefs { externalId }',
  fiscalPeriods: 'updatedAt name startDate endDate status createdAt',
  rateCards: 'updatedAt name kind scope createdAt customer { id } legalEntity { id }',
  rateCardVersions: 'updatedAt effectiveFrom effectiveTo status createdAt rateCard { id }',
  actuals:
    'updatedAt workDate createdAt kind status amount { amount } customer { id } project { id } contract { id } invoice { id } reverses { id } reversedBy { id }',
  invoices:
    'updatedAt number status kind invoiceDate dueDate createdAt total { amount } open { amount } customer { id } contract { id } externalRefs { externalId } lines(first: 9) { nodes { project { id } } }',
  payments: 'updatedAt receivedOn createdAt status method reference amount { amount } unapplied { amount } customer { id } externalRefs { externalId }',
  journalEntries: 'updatedAt postingDate createdAt status source customer { id } lines(first: 9) { nodes { account contract { id } } }',
  revenueEvents: 'updatedAt recognitionDate createdAt status method amount { amount } contract { id } project { id }',
} as const;
type ListName = keyof typeof selections;

const orders: Readonly<Record<ListName, Readonly<Record<string, (node: Json) => string | number>>>> = {
  legalEntities: { CODE: by('code'), NAME: by('name'), UPDATED_AT: updated },
  taxProfiles: { CODE: by('code'), NAME: by('name'), UPDATED_AT: updated },
  costCenters: { CODE: by('code'), NAME: by('name'), UPDATED_AT: updated },
  fiscalPeriods: { START_DATE: by('startDate'), CREATED_AT: created, UPDATED_AT: updated },
  rateCards: { NAME: by('name'), CREATED_AT: created, UPDATED_AT: updated },
  rateCardVersions: { EFFECTIVE_FROM: by('effectiveFrom'), CREATED_AT: created, UPDATED_AT: updated },
  actuals: { WORK_DATE: by('workDate'), CREATED_AT: created, UPDATED_AT: updated },
  invoices: {
    INVOICE_DATE: by('invoiceDate'),
    DUE_DATE: by('dueDate'),
    NUMBER: by('number'),
    TOTAL: amount('total'),
    CREATED_AT: created,
    UPDATED_AT: updated,
  },
  payments: { RECEIVED_ON: by('receivedOn'), AMOUNT: amount('amount'), CREATED_AT: created, UPDATED_AT: updated },
  journalEntries: { POSTING_DATE: by('postingDate'), CREATED_AT: created, UPDATED_AT: updated },
  revenueEvents: { RECOGNITION_DATE: by('recognitionDate'), AMOUNT: amount('amount'), CREATED_AT: created, UPDATED_AT: updated },
};

describe.each(Object.keys(orders) as ListName[])('the list %s', (list) => {
  test('offers no order but these', () => expect(lists.ordersOf(list).sort()).toEqual(Object.keys(orders[list]).sort()));

  test.each(Object.keys(orders[list]))('is sorted and paged by %s, up and down, from both ends', async (field) => {
    for (const direction of ['ASC', 'DESC'] as const)
      await lists.checkOrder({ list, field, direction, select: selections[list] }, orders[list][field] ?? (() => ''));
  });
});

const is =
  (property: string, ...values: unknown[]) =>
  (node: Json) =>
    values.includes(node[property]);
const has = (property: string, name: string) => (node: Json) => node[property]?.id === of(name);
const referred = (externalId: string) => (node: Json) => node.externalRefs.some((each: Json) => each.externalId === externalId);
const isOpen = ({ status, kind }: Json) => kind === 'INVOICE' && (status === 'POSTED' || status === 'PARTLY_PAID');
const holdsOn =
  (day: string) =>
  ({ startDate, endDate }: Json) =>
    (!startDate || startDate <= day) && (!endDate || day <= endDate);

type Row = [ListName, string, () => object, (node: Json) => boolean];
const dates = (list: ListName, property: string, [from, to]: readonly [string, string], [first, last]: readonly [string, string]): Row[] => [
  [list, from, () => ({ [from]: first }), (node) => node[property] >= first],
  [list, to, () => ({ [to]: last }), (node) => node[property] <= last],
  [list, `${from} and ${to} of one day`, () => ({ [from]: first, [to]: first }), is(property, first)],
];

test.each<Row>([
  ['legalEntities', 'codes', () => ({ codes: ['BE', 'AT', 'none'] }), is('code', 'BE', 'AT')],
  ['legalEntities', 'nameContains, in any case', () => ({ nameContains: 'SAM' }), is('name', 'Same')],
  ['legalEntities', 'nameContains, a wildcard being a letter', () => ({ nameContains: '_' }), is('name', 'Alps_')],
  ['legalEntities', 'externalRefs', () => ({ externalRefs: [ref('BE'), ref('DE')] }), is('code', 'BE', 'DE')],
  ['taxProfiles', 'codes', () => ({ codes: ['C1'] }), is('code', 'C1')],
  ['taxProfiles', 'nameContains', () => ({ nameContains: 'one' }), is('name', 'Tax one')],
  ['taxProfiles', 'externalRefs', () => ({ externalRefs: [ref('C3')] }), referred('C3')],
  ['costCenters', 'codes', () => ({ codes: ['C2', 'C4'] }), is('code', 'C2', 'C4')],
  ['costCenters', 'nameContains', () => ({ nameContains: 'MORE' }), is('name', 'Centre more')],
  ['costCenters', 'activeOn a first day', () => ({ activeOn: '2026-01-01' }), holdsOn('2026-01-01')],
  ['costCenters', 'activeOn a last day', () => ({ activeOn: '2026-01-31' }), holdsOn('2026-01-31')],
  ['costCenters', 'activeOn the day after', () => ({ activeOn: '2026-02-01' }), holdsOn('2026-02-01')],
  ['costCenters', 'externalRefs', () => ({ externalRefs: [ref('C1')] }), referred('C1')],
  ['fiscalPeriods', 'statuses', () => ({ statuses: ['CLOSED'] }), is('status', 'CLOSED')],
  ['fiscalPeriods', 'activeOn', () => ({ activeOn: '2026-02-28' }), is('name', '2026-02')],
  ['fiscalPeriods', 'activeFrom: what ends on that day or later', () => ({ activeFrom: '2026-02-28' }), ({ endDate }) => endDate >= '2026-02-28'],
  ['fiscalPeriods', 'activeTo: what begins on that day or before', () => ({ activeTo: '2026-03-01' }), ({ startDate }) => startDate <= '2026-03-01'],
  ['rateCards', 'kinds', () => ({ kinds: ['COST'] }), is('kind', 'COST')],
  ['rateCards', 'scopes', () => ({ scopes: ['NAMED', 'CUSTOMER'] }), is('scope', 'NAMED', 'CUSTOMER')],
  ['rateCards', 'legalEntityIds', () => ({ legalEntityIds: [of('books')] }), has('legalEntity', 'books')],
  ['rateCards', 'customerIds', () => ({ customerIds: [of('customer')] }), has('customer', 'customer')],
  ['rateCards', 'nameContains, a wildcard being a letter', () => ({ nameContains: '10%' }), is('name', 'Named 10%')],
  ['rateCardVersions', 'rateCardIds', () => ({ rateCardIds: [of('card')] }), has('rateCard', 'card')],
  ['rateCardVersions', 'statuses', () => ({ statuses: ['DRAFT'] }), is('status', 'DRAFT')],
  [
    'rateCardVersions',
    'effectiveOn: what prices that day',
    () => ({ effectiveOn: '2026-01-15' }),
    ({ status, effectiveFrom }) => status !== 'DRAFT' && effectiveFrom <= '2026-01-15',
  ],
  ['actuals', 'kinds', () => ({ kinds: ['COST', 'BILLED_SALES'] }), is('kind', 'COST', 'BILLED_SALES')],
  ['actuals', 'statuses', () => ({ statuses: ['NOT_READY', 'ON_INVOICE'] }), is('status', 'NOT_READY', 'ON_INVOICE')],
  ['actuals', 'customerIds', () => ({ customerIds: [of('other')] }), has('customer', 'other')],
  ['actuals', 'projectIds', () => ({ projectIds: [of('project2')] }), has('project', 'project2')],
  ['actuals', 'contractIds', () => ({ contractIds: [of('otherContract')] }), has('contract', 'otherContract')],
  ['actuals', 'invoiceIds', () => ({ invoiceIds: [of('first')] }), has('invoice', 'first')],
  ['invoices', 'statuses', () => ({ statuses: ['DRAFT', 'CREDITED'] }), is('status', 'DRAFT', 'CREDITED')],
  ['invoices', 'kinds', () => ({ kinds: ['CREDIT_NOTE'] }), is('kind', 'CREDIT_NOTE')],
  ['invoices', 'customerIds', () => ({ customerIds: [of('other')] }), has('customer', 'other')],
  ['invoices', 'contractIds', () => ({ contractIds: [of('contract')] }), has('contract', 'contract')],
  ['invoices', 'projectIds of their lines', () => ({ projectIds: [of('project2')] }), ({ lines }) => lines.nodes.some(has('project', 'project2'))],
  ['invoices', 'numbers', () => ({ numbers: [of('firstNumber'), ''] }), (node) => node.number === of('firstNumber')],
  ['invoices', 'open', () => ({ open: true }), isOpen],
  ['invoices', 'open: false', () => ({ open: false }), (node) => !isOpen(node)],
  ['invoices', 'overdueOn the day after', () => ({ overdueOn: '2027-01-01' }), isOpen],
  ['invoices', 'externalRefs', () => ({ externalRefs: [ref('i-1')] }), referred('i-1')],
  ['payments', 'statuses', () => ({ statuses: ['RECEIVED'] }), is('status', 'RECEIVED')],
  ['payments', 'methods', () => ({ methods: ['CARD'] }), is('method', 'CARD')],
  ['payments', 'customerIds', () => ({ customerIds: [of('other')] }), has('customer', 'other')],
  ['payments', 'unapplied', () => ({ unapplied: true }), ({ unapplied }) => cents(unapplied) > 0],
  ['payments', 'unapplied: false', () => ({ unapplied: false }), ({ unapplied }) => cents(unapplied) === 0],
  ['payments', 'referenceContains', () => ({ referenceContains: 'PART' }), ({ reference }) => /part/i.test(reference ?? '')],
  ['payments', 'externalRefs', () => ({ externalRefs: [ref('p-1')] }), referred('p-1')],
  ...dates('payments', 'receivedOn', ['receivedFrom', 'receivedTo'], ['2026-03-01', '2026-02-28']),
  ['journalEntries', 'statuses', () => ({ statuses: ['DRAFT'] }), is('status', 'DRAFT')],
  ['journalEntries', 'sources', () => ({ sources: ['PAYMENT', 'MANUAL'] }), is('source', 'PAYMENT', 'MANUAL')],
  ['journalEntries', 'customerIds', () => ({ customerIds: [of('other')] }), has('customer', 'other')],
  ['journalEntries', 'accounts of their lines', () => ({ accounts: ['CASH'] }), ({ lines }) => lines.nodes.some(is('account', 'CASH'))],
  [
    'journalEntries',
    'contractIds of their lines',
    () => ({ contractIds: [of('otherContract')] }),
    ({ lines }) => lines.nodes.some(has('contract', 'otherContract')),
  ],
  ...dates('journalEntries', 'postingDate', ['postingDateFrom', 'postingDateTo'], ['2026-05-05', '2026-02-28']),
  ['revenueEvents', 'statuses', () => ({ statuses: ['PENDING_APPROVAL'] }), is('status', 'PENDING_APPROVAL')],
  ['revenueEvents', 'methods', () => ({ methods: ['STRAIGHT_LINE'] }), is('method', 'STRAIGHT_LINE')],
  ['revenueEvents', 'projectIds', () => ({ projectIds: [of('project')] }), has('project', 'project')],
  ...dates('revenueEvents', 'recognitionDate', ['recognitionDateFrom', 'recognitionDateTo'], ['2026-04-30', '2026-04-30']),
])('%s are told apart by %s', async (list, _, filter, meets) => lists.checkFilter({ list, select: selections[list], filter: filter(), meets }));

describe('below a parent', () => {
  test('a page, its counts and its cursors are those of the whole list with the parent for a filter', async () => {
    const select = 'totalCount nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
    const text = `query ($id: ID!, $first: Int, $after: Cursor) { _entities(representations: [{ __typename: "Customer", id: $id }]) { ... on Customer { invoices(first: $first, after: $after, orderBy: { field: TOTAL, direction: ASC }) { ${select} } } } }`;
    const filter = { customerIds: [of('customer')] };
    const whole = (await lists.page('invoices', '', { first: 250, filter, orderBy: { field: 'TOTAL', direction: 'ASC' } })).nodes;
    const seen: string[] = [];
    let after: string | undefined;
    for (let more = true; more; ) {
      const { invoices } = (await world.ok(text, { variables: { id: of('customer'), first: 2, after } }))._entities[0];
      const root = await lists.page('invoices', '', { first: 2, filter, orderBy: { field: 'TOTAL', direction: 'ASC' }, ...(after ? { after } : {}) });
      expect(invoices).toEqual(root);
      seen.push(...invoices.nodes.map(({ id }: Json) => id));
      [more, after] = [invoices.pageInfo.hasNextPage, invoices.pageInfo.endCursor];
    }
    expect(seen).toEqual(whole.map(({ id }: Json) => id));
  });

  test('a parent that has nothing, and one that is not there, have an empty page', async () => {
    const text =
      'query ($id: ID!) { _entities(representations: [{ __typename: "Customer", id: $id }]) { ... on Customer { payments(first: 2) { totalCount nodes { id } } } } }';
    const [customer] = (await world.ok(text, { variables: { id: newId() } }))._entities;
    expect(customer.payments).toEqual({ totalCount: 0, nodes: [] });
  });
});

describe('what no page can be', () => {
  test.each([
    ['both ends at once', { first: 1, last: 1 }, 'first'],
    ['fewer than none', { first: -1 }, 'first'],
    ['more than 250', { first: 251 }, 'first'],
    ['more than 250 from the end', { last: 251 }, 'last'],
    ['behind a cursor of another order', { first: 1, after: 'other' }, 'after'],
    ['before a cursor of another order', { last: 1, before: 'other' }, 'after'],
  ])('%s is refused', async (_, args, field) => {
    const other = (await lists.page('invoices', '', { first: 1, orderBy: { field: 'NUMBER', direction: 'ASC' } })).edges[0].cursor;
    const given = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, value === 'other' ? other : value]));
    const refused = await lists.page('invoices', '', given).catch((error: Error) => JSON.parse(error.message));
    expect(refused).toMatchObject([{ code: 'VALIDATION_FAILED', cause: { field } }]);
  });

  test('a page of none counts all the same', async () => {
    const none = await lists.page('invoices', '', { first: 0 });
    expect(none).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true, hasPreviousPage: false, endCursor: null } });
    expect(none.totalCount).toBeGreaterThan(3);
  });
});
