import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { firmAt } from './firmAt.ts';
import { type Graph, headOf, type Json } from './graph.ts';

/** What anybody must be able to do with a graph, however it is put together. */
export type Story = { name: string; run: (graph: Graph) => Promise<void> };

const golden = (name: string) => new URL(`../golden/stories/${name}.json`, import.meta.url).pathname;
const written = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

const portalQuery = `query ($id: ID!) {
  customer(id: $id) {
    name status
    projects(first: 5) { totalCount nodes { name status assignments(first: 5) { nodes { employee { name } } } } }
    timeEntries(first: 10, orderBy: { field: WORK_DATE, direction: ASC }) { totalCount nodes { workDate hours billable employee { name } project { name } } }
    invoices(first: 5) { totalCount nodes { number status subtotal { amount currency } tax { amount } total { amount } lines(first: 5) { nodes { description hours amount { amount } timeEntries { workDate } } } } }
  }
}`;

async function createsOnce({ mutate }: Graph): Promise<void> {
  const input = { idempotencyKey: randomUUID(), name: 'Once' };
  const select = 'customer { id name status }';
  const first = await mutate('createCustomer', input, { select });
  const again = await mutate('createCustomer', input, { select });
  expect(first).toMatchObject({ customer: { name: 'Once', status: 'PROSPECT' }, userErrors: [], replayed: false });
  expect(again).toEqual({ ...first, replayed: true });
  const other = await mutate('createCustomer', { ...input, name: 'Twice' }, { select });
  expect(other).toMatchObject({ customer: null, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: 'idempotencyKey', retryable: false }] });
  const twins = await Promise.all(
    Array.from({ length: 5 }, () => mutate('createCustomer', { idempotencyKey: `${input.idempotencyKey}-2`, name: 'Twin' }, { select })),
  );
  expect(new Set(twins.map(({ customer }) => customer.id)).size).toBe(1);
  expect(twins.filter(({ replayed }) => !replayed)).toHaveLength(1);
}

async function workToCash(graph: Graph): Promise<void> {
  const { ok, done, mutate, posted } = graph;
  const firm = await firmAt(graph, { code: 'NL' });
  const { customerId, contractId, legalEntityId, employeeId, projectId } = firm;
  const assignment = await graph.made('createAssignment', 'assignment', {
    employeeId,
    projectId,
    startDate: '2026-01-01',
    endDate: '2026-12-31',
    weeklyHours: '32',
  });
  await done('confirmAssignment', { id: assignment });
  const { timesheetId } = await firm.recorded(['2026-02-09', '2026-02-10', '2026-02-11']);
  await done('submitTimesheet', { id: timesheetId });
  const own = await mutate('approveTimesheet', { id: timesheetId, approverId: employeeId });
  expect(own.userErrors).toMatchObject([{ code: 'GUARD_REFUSED', guard: 'approverIsNotOwner' }]);
  await done('approveTimesheet', { id: timesheetId, approverId: firm.approverId });
  await posted(customerId);
  const { results } = await done(
    'draftInvoices',
    { cutOffDate: '2026-02-28', contractIds: [contractId], invoiceDate: '2026-02-28' },
    { select: 'results { invoice { id status total { amount } } userErrors { code message } }' },
  );
  expect(results).toMatchObject([{ invoice: { status: 'DRAFT' } }]);
  const { id } = results[0].invoice;
  await done('validateInvoice', { id });
  await done('postInvoice', { id, invoiceDate: '2026-02-28' });
  const payment = await graph.made('recordPayment', 'payment', {
    customerId,
    legalEntityId,
    amount: { amount: '2904.00', currency: 'EUR' },
    receivedOn: '2026-03-15',
  });
  await done('applyPayment', { id: payment, applications: [{ invoiceId: id, amount: { amount: '2904.00', currency: 'EUR' } }] });
  const portal = { role: 'portal', customerIds: [customerId] };
  await expect(written(await ok(portalQuery, { id: customerId }, portal))).toMatchFileSnapshot(golden('workToCash.portal'));
  const books = await ok(
    `query ($id: ID!, $legalEntityId: ID!) { invoice(id: $id) { number open { amount } journalEntry { status lines(first: 9) { nodes { account debit { amount } credit { amount } } } } }
      trialBalance(legalEntityId: $legalEntityId) { accounts { account debit { amount } credit { amount } balance { amount } } sums { amount } } }`,
    { id, legalEntityId },
  );
  await expect(written(books)).toMatchFileSnapshot(golden('workToCash.books'));
}

const eventQuery = `subscription ($id: ID!, $after: Cursor) {
  businessEvents(types: [CustomerUpdated], customerIds: [$id], after: $after) { type cursor position customer { name projects(first: 1) { totalCount } } }
}`;

async function subscribesAndResumes(graph: Graph): Promise<void> {
  const { events, done, made } = graph;
  const id = await made('createCustomer', 'customer', { name: 'Rename 0' });
  const newestCursor = await headOf(graph);
  const rename = async (from: number, to: number) => {
    for (let n = from; n <= to; n += 1) await done('updateCustomer', { id, name: `Rename ${n}` });
  };
  const live = events(eventQuery, { count: 3, variables: { id, after: newestCursor } });
  await rename(1, 3);
  const first = await live;
  expect(first.map(({ businessEvents }: Json) => businessEvents.type)).toEqual(['CustomerUpdated', 'CustomerUpdated', 'CustomerUpdated']);
  expect(first.at(-1).businessEvents.customer).toEqual({ name: 'Rename 3', projects: { totalCount: 0 } });
  await rename(4, 6);
  const resumed = await events(eventQuery, { count: 5, variables: { id, after: first[0].businessEvents.cursor } });
  const positions = [first[0], ...resumed].map(({ businessEvents }: Json) => Number(businessEvents.position));
  expect(positions.slice(0, 3)).toEqual(first.map(({ businessEvents }: Json) => Number(businessEvents.position)));
  expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
}

async function tellsErrors({ post, ask, mutate, url }: Graph): Promise<void> {
  const absent = '01900000-0000-7000-8000-000000000001';
  const codes = async (query: string, role = 'admin') => ((await ask(query, {}, { role })).errors ?? []).map((error: Json) => error.extensions.code);
  const nobody = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ customers { totalCount } }' }),
  });
  const refusal: Json = await nobody.json();
  expect([nobody.status, refusal.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  expect(await codes('{ customers { total } }')).toEqual(['VALIDATION_FAILED']);
  expect(await codes('{ customers(first: 1000) { totalCount } }')).toEqual(['VALIDATION_FAILED']);
  expect(await codes('{ journalEntries { totalCount } }', 'consultant')).toEqual(['FORBIDDEN']);
  expect((await ask(`{ customer(id: "${absent}") { name } }`)).data).toEqual({ customer: null });
  const answer = await post({ query: '{ customers(first: 1) { totalCount } }' }, { role: 'admin' }, { 'x-correlation-id': 'story-1' });
  expect(answer.headers.get('x-correlation-id')).toBe('story-1');
  expect((await mutate('activateCustomer', { id: absent })).userErrors).toMatchObject([{ code: 'NOT_FOUND', retryable: false }]);
}

async function keepsPortalsApart(graph: Graph): Promise<void> {
  const { ok, ask, made, done } = graph;
  const [mine, theirs] = [await firmAt(graph, { name: 'Mine' }), await firmAt(graph, { name: 'Theirs' })];
  await theirs.approved(['2026-02-09']);
  const portal = { role: 'portal', customerIds: [mine.customerId] };
  expect(await ok(portalQuery, { id: theirs.customerId }, portal)).toEqual({ customer: null });
  const everything = await ok(
    '{ customers { totalCount nodes { name } } engagements { totalCount } projects { totalCount nodes { name customer { name } } } timeEntries { totalCount } invoices { totalCount } }',
    {},
    portal,
  );
  expect(everything).toEqual({
    customers: { totalCount: 1, nodes: [{ name: 'Mine' }] },
    engagements: { totalCount: 1 },
    projects: { totalCount: 1, nodes: [{ name: 'Build', customer: { name: 'Mine' } }] },
    timeEntries: { totalCount: 0 },
    invoices: { totalCount: 0 },
  });
  const filtered = await ok(
    'query ($id: ID!) { timeEntries(filter: { customerIds: [$id] }) { totalCount } invoices(filter: { customerIds: [$id] }) { totalCount } project(id: $id) { name } }',
    { id: theirs.customerId },
    portal,
  );
  expect(filtered).toEqual({ timeEntries: { totalCount: 0 }, invoices: { totalCount: 0 }, project: null });
  for (const query of ['{ actuals { totalCount } }', '{ operations { log { newestPosition } } }', '{ journalEntries { totalCount } }'])
    expect((await ask(query, {}, portal)).errors.map((error: Json) => error.extensions.code)).toEqual(['FORBIDDEN']);
  const query = 'subscription { businessEvents(types: [CustomerUpdated]) { type customer { name } } }';
  const heard = { over: false };
  const first = graph.events(query, { count: 1, wish: portal }).finally(() => {
    heard.over = true;
  });
  // Its cursors are its own, so that it begins at no place that others know of: something happens until it hears of it.
  for (let n = 1; !heard.over; n += 1) {
    await done('updateCustomer', { id: theirs.customerId, name: `Hidden ${n}` });
    await done('updateCustomer', { id: mine.customerId, name: `Seen ${n}` });
  }
  expect(await first).toEqual([{ businessEvents: { type: 'CustomerUpdated', customer: { name: expect.stringContaining('Seen') } } }]);
  await made('createCustomer', 'customer', { name: 'Other' });
  expect((await ok('{ customers { totalCount } }', {}, portal)).customers.totalCount).toBe(1);
}

export const stories: readonly Story[] = [
  { name: 'a customer is created once, whatever is repeated', run: createsOnce },
  { name: 'work becomes cash: recorded, approved, posted, invoiced, paid', run: workToCash },
  { name: 'events of any subgraph arrive with nested fields, and again after a cursor', run: subscribesAndResumes },
  { name: 'errors come with codes that say what to do', run: tellsErrors },
  { name: 'a portal sees its own customer by no field, count or event more than that', run: keepsPortalsApart },
];
