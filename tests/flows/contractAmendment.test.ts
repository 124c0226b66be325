import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { amending } from '../support/amending.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import { checkHistory } from '../support/history.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const eur = (amount: string) => ({ amount, currency: 'EUR' });
/** The senior's rate, wanted from a day on. */
const raise = (firm: Firm, amount: string) => ({ rates: [{ laborCategoryId: firm.categoryId, rate: eur(amount) }] });

describe('a rate that changes mid-project, from a day that has passed', () => {
  test('prices unbilled work anew, proposes what is invoiced, and everybody who has to know says so', async () => {
    const firm = await firmAt(world.graph);
    const { amended, preview, rerated, counting, proposals } = amending(world, firm);
    const [january = ''] = await firm.approved(['2026-01-12']);
    await world.settle();
    const billed = await world.graph.done(
      'draftInvoices',
      { cutOffDate: '2026-01-31', contractIds: [firm.contractId], invoiceDate: '2026-01-31' },
      { select: 'results { invoice { id } }' },
    );
    const invoiceId = billed.results[0].invoice.id;
    for (const action of ['validateInvoice', 'postInvoice']) await done(action, { id: invoiceId });
    const [february = ''] = await firm.approved(['2026-02-09']);
    await world.settle();

    const amendment = await amended({ effectiveFrom: '2026-01-01', changes: raise(firm, '125.00'), notify: ['payroll'] }, 'ACCEPTED');
    expect(await preview({ amendmentId: amendment })).toMatchObject({
      totals: expect.arrayContaining([
        { outcome: 'REPRICED', entries: 1, before: { amount: '800.00' }, after: { amount: '1000.00' }, difference: { amount: '200.00' } },
        { outcome: 'INVOICED', entries: 1, before: { amount: '800.00' }, after: { amount: '1000.00' }, difference: { amount: '200.00' } },
      ]),
      invoices: [{ invoice: { id: invoiceId }, kind: 'CREDIT_AND_REBILL', difference: { amount: '200.00' } }],
    });
    await done('applyAmendment', { id: amendment });
    await world.settle();
    expect(await counting(february)).toEqual(['COST 1 48000', 'UNBILLED_SALES 2 100000']);
    expect(await counting(january)).toEqual(['BILLED_SALES 1 80000', 'COST 1 48000', 'UNBILLED_SALES 1 80000']);
    expect(await rerated(amendment)).toMatchObject({ repriced: 1, invoiced: 1, refused: 0, before: { amount: '800.00' }, after: { amount: '1000.00' } });

    const [proposal] = await proposals(amendment);
    expect(proposal).toMatchObject({ status: 'PROPOSED', kind: 'CREDIT_AND_REBILL', invoice: { id: invoiceId }, difference: { amount: '200.00' } });
    const accepted = await done(
      'acceptRerateProposal',
      { id: proposal.id, creditDate: '2026-02-28', invoiceDate: '2026-02-28' },
      { select: 'rerateProposal { status creditNote { total { amount } } rebilled { status subtotal { amount } } }' },
    );
    expect(accepted.rerateProposal).toMatchObject({ status: 'ACCEPTED', rebilled: { status: 'DRAFT', subtotal: { amount: '1000.00' } } });
    await world.settle();
    expect(await counting(january)).toEqual(['COST 1 48000', 'UNBILLED_SALES 3 100000']);

    const { propagation } = await amending(world, firm).read(amendment);
    expect(propagation).toMatchObject({
      complete: false,
      receipts: [{ system: 'assignments' }, { system: 'billing' }, { system: 'payroll', acknowledgedAt: null }],
    });
    await done('acknowledgeAmendment', { id: amendment, system: 'payroll', note: 'New rate card' }, { wish: { role: 'psa' } });
    expect((await amending(world, firm).read(amendment)).propagation.complete).toBe(true);
    await checkHistory(world.sql);
  });
});
