import { afterAll, beforeAll, expect, test } from 'vitest';
import { amending } from '../support/amending.ts';
import { firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import { checkHistory } from '../support/history.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);

/** docs/examples/amendment.md, number by number. */
test('a rate that was agreed on late comes out as the example says', async () => {
  const firm = await firmAt(world.graph);
  const { amended, preview, proposals } = amending(world, firm);
  const worked = async (day: string) => {
    await firm.approved([day]);
    await world.settle();
  };
  await worked('2026-01-12');
  const wish = { cutOffDate: '2026-01-31', contractIds: [firm.contractId], invoiceDate: '2026-01-31' };
  const { results } = await done('draftInvoices', wish, { select: 'results { invoice { id } }' });
  const january = results[0].invoice.id;
  for (const action of ['validateInvoice', 'postInvoice']) await done(action, { id: january });
  for (const day of ['2026-02-09', '2026-03-09', '2026-04-06']) await worked(day);
  const [march] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${firm.legalEntityId} and name = '2026-03'`;
  await done('closeFiscalPeriod', { id: String(march?.id) });

  const rates = [{ laborCategoryId: firm.categoryId, rate: { amount: '112.50', currency: 'EUR' } }];
  const amendmentId = await amended({ effectiveFrom: '2026-01-01', changes: { rates } }, 'ACCEPTED');
  const lines = 'lines { nodes { workDate outcome accountingDate adjusted beforeExplanation { text } afterExplanation { text } } totalCount }';
  const money = (before: string, after: string, difference: string) => ({
    before: { amount: before },
    after: { amount: after },
    difference: { amount: difference },
  });
  const told = await preview({ amendmentId }, lines);
  expect(told.totals.toSorted((one: { outcome: string }, other: { outcome: string }) => (one.outcome < other.outcome ? 1 : -1))).toEqual([
    { outcome: 'REPRICED', entries: 3, ...money('2400.00', '2700.00', '300.00') },
    { outcome: 'INVOICED', entries: 1, ...money('800.00', '900.00', '100.00') },
  ]);
  expect(told.invoices).toEqual([{ invoice: { id: january }, kind: 'CREDIT_AND_REBILL', entries: 1, ...money('800.00', '900.00', '100.00') }]);
  expect(told.periods).toMatchObject([
    { fiscalPeriod: { name: '2026-01' }, adjustmentDate: null },
    { fiscalPeriod: { name: '2026-02' }, adjustmentDate: null },
    { fiscalPeriod: { name: '2026-03', status: 'CLOSED' }, adjustmentDate: '2026-04-01' },
    { fiscalPeriod: { name: '2026-04' }, adjustmentDate: null },
  ]);
  expect(told.lines).toMatchObject({
    totalCount: 4,
    nodes: [
      { workDate: '2026-01-12', outcome: 'INVOICED', accountingDate: null, adjusted: false },
      { workDate: '2026-02-09', outcome: 'REPRICED', accountingDate: '2026-02-09', adjusted: false },
      { workDate: '2026-03-09', outcome: 'REPRICED', accountingDate: '2026-04-01', adjusted: true },
      { workDate: '2026-04-06', outcome: 'REPRICED', accountingDate: '2026-04-06', adjusted: false },
    ],
  });
  expect(told.lines.nodes[1].beforeExplanation.text).toContain('STANDARD_RATE_CARD');
  expect(told.lines.nodes[1].afterExplanation.text).toContain('version 2 of the contract: 112.50 EUR per hour');

  await done('applyAmendment', { id: amendmentId });
  await world.settle();
  const posted = await world.sql`select accounting_date::text as day, amount_minor::int as minor, reason from finance.actual
    where contract_id = ${firm.contractId} and kind = 'UNBILLED_SALES' and (reverses_id is not null or pricing_revision = 2) order by accounting_date, amount_minor, work_date`;
  expect(posted.map(({ day, minor }) => `${day} ${minor}`)).toEqual([
    ...['2026-02-09 -80000', '2026-02-09 90000', '2026-04-01 -80000', '2026-04-01 90000', '2026-04-06 -80000', '2026-04-06 90000'],
  ]);
  expect(posted[2]?.reason).toBe('Amendment Indexation, from 2026-01-01 on. 2026-03-09 lies in a closed period: adjusted on 2026-04-01.');

  const [proposal] = await proposals(amendmentId);
  const select = 'rerateProposal { creditNote { total { amount } } rebilled { id status subtotal { amount } } }';
  const accepted = await done('acceptRerateProposal', { id: proposal.id, creditDate: '2026-04-30', invoiceDate: '2026-04-30' }, { select });
  const { creditNote, rebilled } = accepted.rerateProposal;
  expect([creditNote.total.amount, rebilled.status, rebilled.subtotal.amount]).toEqual(['-968.00', 'DRAFT', '900.00']);
  const validated = await done('validateInvoice', { id: rebilled.id }, { select: 'invoice { total { amount } }' });
  expect(validated.invoice.total.amount).toBe('1089.00');
  await world.settle();
  await checkHistory(world.sql);
});
