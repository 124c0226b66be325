import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dunDueInvoices } from '#finance/dunning/commands.ts';
import { serviceActor } from '#kernel/actor.ts';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import type { Json } from '../support/graph.ts';
import { plantVolume } from '../support/volume.ts';

const many = 450;
let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
  const { id } = await world.invoiced('POSTED');
  // Copies of a posted invoice, each due a day earlier; they have no lines, which only the triggers ask for.
  await world.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await plantVolume(tx)`insert into finance.invoice select (jsonb_populate_record(invoice, jsonb_build_object(
      'id', gen_random_uuid(), 'number', number || '-' || n, 'number_sequence', 100000 + n, 'due_date', due_date - n))).*
      from finance.invoice, generate_series(1, ${many - 1}) as n where invoice.id = ${id}`;
  });
});
afterAll(() => world[Symbol.asyncDispose]());

/** Statements of the domain: not the transaction around it. */
async function counted<Value>(run: () => Promise<Value>): Promise<{ value: Value; statements: number }> {
  world.statements.length = 0;
  const value = await run();
  return { value, statements: world.statements.length };
}

describe('with hundreds of open invoices', () => {
  test('turns of reminding take 200 each, in as many statements whatever they find', async () => {
    await world.done('setDunningPolicy', 'legalEntity { id }', { id: world.ids.books });
    const now = new Date('2027-06-01T08:00:00Z');
    const turn = () =>
      counted(() => world.db.transaction((tx) => dunDueInvoices({ tx, actor: serviceActor('scale'), trace: { correlationId: 'scale' }, now })));
    const turns = [await turn(), await turn(), await turn(), await turn()];
    expect(turns.map(({ value }) => value)).toEqual([200, 200, 50, 0]);
    expect(turns[0]?.statements).toBeLessThanOrEqual(14);
    expect(turns[1]?.statements).toBe(turns[0]?.statements);
    const [kept] = await world.sql`select count(*)::int as notices, count(distinct invoice_id)::int as invoices from finance.dunning_notice`;
    expect(kept).toEqual({ notices: many, invoices: many });
  });

  test('matches of a page of payments are worked out together, and find a number among them all', async () => {
    const [youngest] = await world.sql`select number, total_minor::text as minor from finance.invoice order by due_date desc limit 1`;
    const amount = { amount: `${Number(youngest?.minor) / 100}`, currency: 'EUR' };
    const paid = { customerId: world.ids.customer, legalEntityId: world.ids.books, amount, receivedOn: '2026-03-02' };
    const items = Array.from({ length: 50 }, (_, at) => ({ ...paid, reference: at === 0 ? `For ${youngest?.number}` : `Transfer ${at}` }));
    await world.done('recordPayments', 'results { userErrors { message } }', { items });
    const read = (first: number) =>
      counted(() => world.ok(`{ payments(first: ${first}) { nodes { reference matches { reasons applications { invoice { number } } } } } }`, {}));
    const [few, all] = [await read(2), await read(50)];
    expect(all.statements).toBe(few.statements);
    const nodes: Json[] = (all.value as Json).payments.nodes;
    const named = nodes.find(({ reference }) => reference === items[0]?.reference);
    expect(named.matches[0]).toMatchObject({
      reasons: expect.arrayContaining(['NUMBER_IN_REFERENCE', 'EXACT_AMOUNT']),
      applications: [{ invoice: { number: youngest?.number } }],
    });
    expect(nodes.every(({ matches }) => matches.length > 0 && matches.length <= 5)).toBe(true);
  });
});
