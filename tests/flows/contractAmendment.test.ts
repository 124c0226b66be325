import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { amendedContracts, contractRerates } from '#processes/amendedContracts.ts';
import { consumers } from '#processes/wiring.ts';
import { amending } from '../support/amending.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { crashes, type FlowWorld, flowWorld } from '../support/flowWorld.ts';
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

    const amendment = await amended({ effectiveFrom: '2026-01-01', changes: raise(firm, '125.00'), notifiedSystems: ['payroll'] }, 'ACCEPTED');
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

describe('an amendment that was applied', () => {
  /** Three days of work, posted; and an amendment of them that is ready to be applied. */
  async function readied() {
    const firm = await firmAt(world.graph);
    const entries = await firm.approved(['2026-02-09', '2026-02-10', '2026-02-11']);
    await world.settle();
    const own = amending(world, firm);
    const amendment = await own.amended({ effectiveFrom: '2026-02-10', changes: raise(firm, '125.00') }, 'ACCEPTED');
    return { firm, own, entries, amendment };
  }
  const after = [['COST 1 48000', 'UNBILLED_SALES 1 80000'], ...[1, 2].map(() => ['COST 1 48000', 'UNBILLED_SALES 2 100000'])];
  const inTurn = (take: (scope: Parameters<typeof contractRerates.run>[0]) => Promise<unknown>) =>
    world.db.transaction((tx) => take({ tx, actor: serviceActor('turn'), trace: { correlationId: 'turn' }, now: new Date(Date.now() + 60_000) }));

  test('is heard of twice, and late, and does what it does once', async () => {
    const { own, entries, amendment } = await readied();
    await done('applyAmendment', { id: amendment });
    await world.settle([...consumers].reverse());
    expect(await Promise.all(entries.map(own.counting))).toEqual(after);
    const before = await world.state();
    const rerated = await own.rerated(amendment);
    await world.forgetDeliveries();
    await world.settle();
    expect(await world.state()).toEqual(before);
    expect(await own.rerated(amendment)).toEqual(rerated);
    expect((await own.read(amendment)).propagation).toMatchObject({ complete: true });
    await checkHistory(world.sql);
  });

  test.each(crashes)('breaks before it is noted (%s), and is noted once all the same', async (_, broken) => {
    const { own, entries, amendment } = await readied();
    await done('applyAmendment', { id: amendment });
    await world.sequence();
    await world.once(broken(amendedContracts)).catch(() => undefined);
    expect(await own.rerated(amendment)).toBeNull();
    await world.settle();
    expect(await Promise.all(entries.map(own.counting))).toEqual(after);
    await checkHistory(world.sql);
  });

  test('breaks in the middle of a turn, and leaves nothing half done', async () => {
    const { own, entries, amendment } = await readied();
    await done('applyAmendment', { id: amendment });
    await world.sequence();
    while (await world.once(amendedContracts));
    const gone = inTurn(async (scope) => {
      expect(await contractRerates.run(scope)).toBeGreaterThan(0);
      throw new Error('gone');
    });
    await expect(gone).rejects.toThrow('gone');
    expect(await own.counting(entries[2] ?? '')).toEqual(['COST 1 48000', 'UNBILLED_SALES 1 80000']);
    await world.settle();
    expect(await Promise.all(entries.map(own.counting))).toEqual(after);
    expect(await own.rerated(amendment)).toMatchObject({ repriced: 2, before: { amount: '1600.00' }, after: { amount: '2000.00' } });
    await checkHistory(world.sql);
  });

  test('is worked on by one of two workers who come at once', async () => {
    const { own, entries, amendment } = await readied();
    await done('applyAmendment', { id: amendment });
    await world.sequence();
    while (await world.once(amendedContracts));
    const looked = await Promise.all([1, 2].map(() => inTurn((scope) => contractRerates.run(scope))));
    expect(looked.toSorted()).toEqual([0, 3]);
    await world.settle();
    expect(await Promise.all(entries.map(own.counting))).toEqual(after);
    expect(await own.rerated(amendment)).toMatchObject({ repriced: 2, refused: 0 });
    await checkHistory(world.sql);
  });

  test('leaves what it cannot price as it is, as an exception that a later amendment and a retry settle', async () => {
    const { firm, own, entries } = await readied();
    await own.amended({ effectiveFrom: '2026-01-01', changes: { endDate: '2026-02-10' } }, 'APPLIED');
    await world.settle();
    expect(await own.counting(entries[2] ?? '')).toEqual(['COST 1 48000', 'UNBILLED_SALES 1 80000']);
    const find = 'query ($id: ID!) { operations { exceptions(filter: { customerIds: [$id] }) { nodes { id process code status } } } }';
    const exceptions = async () => (await world.graph.ok(find, { id: firm.customerId })).operations.exceptions.nodes;
    const [open] = await exceptions();
    expect(open).toMatchObject({ process: 'contract-rerates', code: 'PROJECT_NOT_BILLABLE', status: 'OPEN' });
    await own.amended({ effectiveFrom: '2026-01-01', changes: { endDate: null } }, 'APPLIED');
    await world.settle();
    expect((await exceptions()).map(({ status }: { status: string }) => status)).toEqual(['RESOLVED']);
    await checkHistory(world.sql);
  });

  test('ends assignments past a new end, and what was known of them stays to be read', async () => {
    const firm = await firmAt(world.graph);
    const own = amending(world, firm);
    const input = { employeeId: firm.employeeId, projectId: firm.projectId, startDate: '2026-01-01', endDate: '2027-12-31', weeklyHours: '8' };
    const id = await world.graph.made('createAssignment', 'assignment', input);
    await done('confirmAssignment', { id });
    const known = new Date().toISOString();
    const amendment = await own.amended({ effectiveFrom: '2026-01-01', changes: { endDate: '2027-06-30' } }, 'APPLIED');
    await world.settle();
    const text = `query ($id: ID!) { assignment(id: $id) { endDate now: asOf { endDate } before: asOf(knownAt: "${known}") { endDate status recordedBy } gone: asOf(effectiveOn: "2027-09-01") { endDate } } }`;
    expect((await world.graph.ok(text, { id })).assignment).toMatchObject({
      ...{ endDate: '2027-06-30', now: { endDate: '2027-06-30' }, gone: null },
      before: { endDate: '2027-12-31', status: 'CONFIRMED', recordedBy: 'dev-admin' },
    });
    expect((await own.read(amendment)).propagation.receipts[0]).toMatchObject({
      system: 'assignments',
      note: expect.stringContaining('1 open assignments end on 2027-06-30'),
    });
    await checkHistory(world.sql);
  });
});

describe('an amendment is refused', () => {
  test('when its author accepts it, when the contract would not take it, and by whoever may not', async () => {
    const firm = await firmAt(world.graph);
    const { amended, refusedFor, author, approver, read } = amending(world, firm);
    const id = await amended({ effectiveFrom: '2026-02-01', changes: { paymentTermDays: 14 } }, 'SUBMITTED');
    expect(await refusedFor('acceptAmendment', { id }, author)).toMatchObject({ code: 'GUARD_REFUSED', guard: 'approverIsNotAuthor' });
    expect(await refusedFor('acceptAmendment', { id }, { role: 'manager', subject: 'm' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusedFor('updateAmendment', { id, name: 'Other' })).toMatchObject({ code: 'INVALID_TRANSITION' });
    expect(await refusedFor('applyAmendment', { id }, approver)).toMatchObject({ code: 'INVALID_TRANSITION' });
    const early = await amended({ effectiveFrom: '2025-12-31', changes: { paymentTermDays: 14 } }, 'DRAFT');
    expect(await refusedFor('submitAmendment', { id: early })).toMatchObject({ code: 'GUARD_REFUSED', guard: 'contractTakesIt' });
    expect((await read(early)).availableActions[1]).toMatchObject({ name: 'submit', refusals: [expect.stringContaining('contractTakesIt')] });
    expect(await refusedFor('acknowledgeAmendment', { id, system: 'payroll' })).toMatchObject({ code: 'INVALID_TRANSITION' });
  });

  test('a client sees what was accepted, and nothing of the firm’s own in it', async () => {
    const firm = await firmAt(world.graph);
    const { amended } = amending(world, firm);
    await amended({ effectiveFrom: '2026-02-01', changes: { paymentTermDays: 14 } }, 'SUBMITTED');
    const applied = await amended({ effectiveFrom: '2026-03-01', changes: { paymentTermDays: 21 } }, 'APPLIED');
    const client = { role: 'portal', customerIds: [firm.customerId] };
    const text = 'query ($id: ID!) { contract(id: $id) { amendments { nodes { id status changes { field before after } } } } }';
    expect((await world.graph.ok(text, { id: firm.contractId }, client)).contract.amendments.nodes).toEqual([
      { id: applied, status: 'APPLIED', changes: [{ field: 'paymentTermDays', before: '30', after: '21' }] },
    ]);
  });
});
