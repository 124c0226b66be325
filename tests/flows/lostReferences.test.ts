import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plantCorruption } from '../support/corruption.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';

let world: FlowWorld;
let firm: Firm;
let entries: string[];
let invoiceId: string;
beforeAll(async () => {
  world = await flowWorld();
  firm = await firmAt(world.graph);
  entries = await firm.approved(['2026-02-09', '2026-02-10']);
  await world.settle();
  const wish = { cutOffDate: '2026-12-31', contractIds: [firm.contractId], invoiceDate: '2026-02-28' };
  invoiceId = (await world.graph.done('draftInvoices', wish, { select: 'results { invoice { id } }' })).results[0].invoice.id;
  await world.graph.done('validateInvoice', { id: invoiceId });
  await world.graph.done('postInvoice', { id: invoiceId, invoiceDate: '2026-02-28' });
  // No command deletes what the ledger refers to; whoever restores half a backup does.
  await plantCorruption(world.sql)`delete from time.timesheet_entry where id = ${entries[0] ?? ''}`;
});
afterAll(() => world[Symbol.asyncDispose]());

const list = '{ invoices(first: 10) { nodes { id lines(first: 5) { nodes { amount { amount } timeEntries { id hours } } } } } }';

describe('a reference that leads nowhere', () => {
  test.each(['admin', 'portal'] as const)('costs its own place in a list, with an error there, and nothing else: %s', async (role) => {
    const wish = role === 'portal' ? { role, customerIds: [firm.customerId] } : { role };
    const { data, errors } = await world.graph.ask(list, {}, wish as never);
    const [found] = data.invoices.nodes;
    expect(found).toMatchObject({
      id: invoiceId,
      lines: { nodes: [{ amount: { amount: '1600.00' }, timeEntries: [null, { id: entries[1], hours: '8.00' }] }] },
    });
    expect(errors).toMatchObject([
      { path: ['invoices', 'nodes', 0, 'lines', 'nodes', 0, 'timeEntries', 0, 'hours'], extensions: { code: 'NOT_FOUND', retryable: false } },
    ]);
  });

  test('costs the nearest field that may be null, with an error there', async () => {
    const { data, errors } = await world.graph.ask(
      'query ($id: ID!) { invoice(id: $id) { number lines(first: 5) { nodes { actuals { timesheetEntry { hours } } } } } }',
      {
        id: invoiceId,
      },
    );
    expect(data.invoice.lines.nodes[0].actuals).toEqual([{ timesheetEntry: null }, { timesheetEntry: { hours: '8.00' } }]);
    expect(errors).toMatchObject([{ path: ['invoice', 'lines', 'nodes', 0, 'actuals', 0, 'timesheetEntry', 'hours'], extensions: { code: 'NOT_FOUND' } }]);
  });
});
