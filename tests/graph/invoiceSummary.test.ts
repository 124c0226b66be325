import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import type { Json } from '../support/graph.ts';
import { portalOf } from '../support/subgraph.ts';

let world: BillingWorld;
let writtenOff: { id: string };
beforeAll(async () => {
  world = await billingWorld();
  const eur = (amount: string) => ({ amount, currency: 'EUR' });
  await world.invoiced('DRAFT', 1);
  await world.invoiced('VALIDATED', 3);
  const paid = await world.invoiced('POSTED', 2);
  writtenOff = await world.invoiced('POSTED', 1);
  const credited = await world.invoiced('POSTED', 4);
  await world.invoiced('POSTED', 1, { contractId: world.ids.otherContract, customerId: world.ids.other });
  const { customer: customerId, books: legalEntityId } = world.ids;
  const applications = [{ invoiceId: paid.id, amount: eur('42.00') }];
  await world.done('recordPayments', 'succeeded', {
    items: [{ customerId, legalEntityId, amount: eur('42.00'), receivedOn: '2026-11-26', applications }],
  });
  await world.done('writeOffInvoice', 'invoice { status }', { id: writtenOff.id, reason: 'Gone' });
  await world.done('creditInvoice', 'invoice { number }', { id: credited.id, reason: 'Wrong' });
});
afterAll(() => world[Symbol.asyncDispose]());

const selection = 'status kind customer { id } legalEntity { id } startDate age count total { amount } open { amount } currency';
const groups = ['STATUS', 'KIND', 'CUSTOMER', 'LEGAL_ENTITY', 'MONTH', 'AGE'] as const;

async function summary(groupBy: readonly string[], more: Record<string, unknown> = {}, actor?: Actor): Promise<Json[]> {
  const text = `query ($groupBy: [InvoiceGroup!]!, $filter: InvoiceFilter, $asOf: Date, $orderBy: InvoiceSummaryOrder) {
    invoiceSummary(groupBy: $groupBy, filter: $filter, asOf: $asOf, orderBy: $orderBy) { ${selection} } }`;
  const variables = { groupBy, ...more };
  return (await world.ok(text, actor ? { variables, actor } : { variables })).invoiceSummary;
}

async function listed(actor: Actor | undefined): Promise<Json[]> {
  const text = '{ invoices(first: 250) { nodes { status kind total { amount } open { amount } } } }';
  return (await world.ok(text, actor ? { actor } : {})).invoices.nodes;
}

const sum = (rows: readonly Json[], field: 'total' | 'open'): number => rows.reduce((all, row) => all + Math.round(Number(row[field].amount) * 100), 0);

describe.each([
  ['the firm', (): Actor | undefined => undefined],
  ['a client', (): Actor | undefined => portalOf(world.ids.customer)],
] as const)('what %s sees', (_, who) => {
  test.each([[[]], ...groups.map((group) => [[group]]), [[...groups]]])('by %j adds up to its list', async (groupBy) => {
    const [rows, invoices] = [await summary(groupBy, {}, who()), await listed(who())];
    expect(rows.reduce((all, { count }) => all + count, 0)).toBe(invoices.length);
    expect([sum(rows, 'total'), sum(rows, 'open')]).toEqual([sum(invoices, 'total'), sum(invoices, 'open')]);
    for (const row of rows) {
      const said = { STATUS: row.status, KIND: row.kind, CUSTOMER: row.customer, LEGAL_ENTITY: row.legalEntity, MONTH: row.startDate, AGE: row.age };
      expect(groups.filter((group) => said[group] !== null)).toEqual(groups.filter((group) => groupBy.includes(group as never)));
    }
  });

  test('by state counts each state as the list tells it', async () => {
    const [rows, invoices] = [await summary(['STATUS'], {}, who()), await listed(who())];
    const counted = Object.fromEntries([...Map.groupBy(invoices, ({ status }) => status)].map(([status, own]) => [status, own.length]));
    expect(Object.fromEntries(rows.map(({ status, count }) => [status, count]))).toEqual(counted);
  });
});

test('what the firm wrote off is owed all the same, as its client is told', async () => {
  const filter = { statuses: ['WRITTEN_OFF'] };
  expect(await summary(['STATUS'], { filter })).toMatchObject([{ status: 'WRITTEN_OFF', count: 1, open: { amount: '0.00' } }]);
  expect(await summary(['STATUS'], { filter }, portalOf(world.ids.customer))).toEqual([]);
  const states = (await summary(['STATUS'], {}, portalOf(world.ids.customer))).map(({ status }) => status);
  expect(states).not.toContain('WRITTEN_OFF');
  expect(states).toContain('POSTED');
});

test('rows come in the order that is asked for', async () => {
  const by = async (field: string, direction: string) => summary(['STATUS', 'KIND'], { orderBy: { field, direction } });
  for (const [field, read] of [
    ['TOTAL', (row: Json) => Number(row.total.amount)],
    ['OPEN', (row: Json) => Number(row.open.amount)],
    ['COUNT', (row: Json) => row.count],
  ] as const) {
    const up = (await by(field, 'ASC')).map(read);
    expect(up).toEqual(up.toSorted((a, b) => a - b));
    expect((await by(field, 'DESC')).map(read)).toEqual(up.toReversed());
  }
});

test('an empty list of groups gives a row per currency; who may not read invoices gets none', async () => {
  expect(await summary([])).toMatchObject([{ currency: 'EUR', status: null, kind: null }]);
  const nobody: Actor = { ...portalOf(world.ids.customer), permissions: [] };
  const { errors } = await world.run('{ invoiceSummary { count } }', { actor: nobody });
  expect(errors).toMatchObject([{ code: 'FORBIDDEN' }]);
});
