import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dunningIn } from '../support/dunning.ts';
import type { Firm } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const mutate = (...args: Parameters<FlowWorld['graph']['mutate']>) => world.graph.mutate(...args);
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const clientOf = (firm: Firm) => ({ role: 'portal' as const, customerIds: [firm.customerId] });
const because = { reasonCode: 'QUANTITY', reason: 'Six hours, not eight' };
const select = 'dispute { id status raisedBy amount { amount } lines { id } resolution creditNote { id } endedAt }';

/** An invoice of 968.00 that is due on 2026-04-30, of a firm that reminds. */
async function billed() {
  const own = dunningIn(world);
  const { firm, id } = await own.overdue();
  await done('setDunningPolicy', { id: firm.legalEntityId });
  return { ...own, firm, id, wish: clientOf(firm) };
}
const disputed = async (id: string, input: object = because, wish?: Json): Promise<Json> =>
  (await done('disputeInvoice', { invoiceId: id, ...input }, { select, wish })).dispute;
const shown = async (id: string, wish?: Json): Promise<Json> => {
  const text = 'query ($id: ID!) { invoice(id: $id) { disputed { amount } lines { nodes { id } } disputes { nodes { id status } } } }';
  return (await world.graph.ok(text, { id }, wish)).invoice;
};
const facts = async (id: string): Promise<string[]> => {
  await world.sequence();
  return (await world.sql`select type from log.fact where subject_id = ${id} and type ~ 'Disput|Dunned' order by position`).map(({ type }) => String(type));
};

describe('a client that holds something against an invoice', () => {
  test('says so through its portal, is not reminded until the firm answers, and sees the answer', async () => {
    const { id, wish, turns, read, firm } = await billed();
    const dispute = await disputed(id, { ...because, amount: eur('242.00') }, wish);
    expect(dispute).toMatchObject({ status: 'OPEN', raisedBy: 'CLIENT', amount: { amount: '242.00' }, endedAt: null });
    expect(await shown(id, wish)).toMatchObject({ disputed: { amount: '242.00' }, disputes: { nodes: [{ id: dispute.id, status: 'OPEN' }] } });
    await turns('2026-06-30');
    expect((await read(id)).dunning).toMatchObject({ level: 0, nextLevelOn: null });
    const listed = async (filter: object) =>
      (await world.graph.ok('query ($filter: InvoiceFilter) { invoices(filter: $filter) { nodes { id } } }', { filter })).invoices.nodes;
    expect(await listed({ disputed: true, customerIds: [firm.customerId] })).toEqual([{ id }]);
    const rejected = { id: dispute.id, outcome: 'REJECTED', resolution: 'The timesheet was signed' };
    expect((await done('resolveDispute', rejected, { select, wish: { role: 'finance' } })).dispute).toMatchObject({
      status: 'REJECTED',
      resolution: rejected.resolution,
    });
    expect((await shown(id, wish)).disputed.amount).toBe('0.00');
    await turns('2026-06-30');
    expect((await read(id)).dunning.level).toBe(1);
    expect(await facts(id)).toEqual(['InvoiceDisputed', 'DisputeResolved', 'InvoiceDunned']);
  });

  test('names lines, which come to their tax with them, and gets a credit note for what is accepted', async () => {
    const { id, wish } = await billed();
    const [line] = (await shown(id)).lines.nodes;
    const dispute = await disputed(id, { ...because, lineIds: [line.id] }, wish);
    expect(dispute).toMatchObject({ amount: { amount: '968.00' }, lines: [{ id: line.id }] });
    const credited = await done('creditInvoice', { id, reason: 'Disputed', creditDate: '2026-03-31' }, { select: 'invoice { id }' });
    const accepted = { id: dispute.id, outcome: 'ACCEPTED', resolution: 'Credited' };
    const [strange, rejecting] = await Promise.all([
      mutate('resolveDispute', { ...accepted, creditNoteId: id }),
      mutate('resolveDispute', { ...accepted, outcome: 'REJECTED', creditNoteId: credited.invoice.id }),
    ]);
    expect([...strange.userErrors, ...rejecting.userErrors].map(({ code, field }: Json) => `${code} ${field}`)).toEqual(
      Array(2).fill('VALIDATION_FAILED creditNoteId'),
    );
    const answer = await done('resolveDispute', { ...accepted, creditNoteId: credited.invoice.id }, { select });
    expect(answer.dispute).toMatchObject({ status: 'ACCEPTED', creditNote: { id: credited.invoice.id } });
  });

  test('withdraws what it raised itself, not what the firm raised for it; resolves nothing', async () => {
    const { id, wish } = await billed();
    const byFirm = await disputed(id);
    expect(byFirm).toMatchObject({ raisedBy: 'FIRM', amount: { amount: '968.00' } });
    expect((await mutate('withdrawDispute', { id: byFirm.id }, { wish })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    await done('withdrawDispute', { id: byFirm.id });
    const own = await disputed(id, because, wish);
    expect((await done('withdrawDispute', { id: own.id }, { select, wish })).dispute.status).toBe('WITHDRAWN');
    expect((await mutate('withdrawDispute', { id: own.id }, { wish })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    await expect(mutate('resolveDispute', { id: own.id, outcome: 'ACCEPTED', resolution: 'x' }, { wish })).rejects.toThrow('not in the portal contract');
  });

  test('knows of its own invoices and disputes alone', async () => {
    const mine = await billed();
    const theirs = await billed();
    const dispute = await disputed(theirs.id);
    const refusals = await Promise.all([
      mutate('disputeInvoice', { invoiceId: theirs.id, ...because }, { wish: mine.wish }),
      mutate('withdrawDispute', { id: dispute.id }, { wish: mine.wish }),
      mutate('disputeInvoice', { invoiceId: mine.id, ...because, lineIds: [(await shown(theirs.id)).lines.nodes[0].id] }, { wish: mine.wish }),
    ]);
    expect(refusals.map(({ userErrors }) => userErrors[0].code)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    const all = (wish: Json) =>
      world.graph.ok('query ($ids: [ID!]) { disputes(filter: { invoiceIds: $ids, statuses: [OPEN] }) { nodes { id } } }', { ids: [theirs.id] }, wish);
    expect([(await all(mine.wish)).disputes.nodes, (await all(theirs.wish)).disputes.nodes]).toEqual([[], [{ id: dispute.id }]]);
  });

  test.each([
    ['more than is open', { amount: eur('968.01') }, 'VALIDATION_FAILED', 'amount'],
    ['nothing', { amount: eur('0.00') }, 'VALIDATION_FAILED', 'amount'],
    ['another currency', { amount: { amount: '1.00', currency: 'USD' } }, 'CURRENCY_MISMATCH', 'amount'],
  ])('disputes not %s', async (_, input, code, field) => {
    const [row] = await world.sql`select id from finance.invoice where status = 'POSTED' and paid_minor = 0
      and not exists (select from finance.dispute where invoice_id = invoice.id and dispute.status = 'OPEN') limit 1`;
    expect((await mutate('disputeInvoice', { invoiceId: String(row?.id), ...because, ...input })).userErrors).toMatchObject([{ code, field }]);
  });

  test('disputes nothing that is not to be paid', async () => {
    const { id, firm, pay } = await billed();
    await pay(firm, id, '968.00');
    expect((await mutate('disputeInvoice', { invoiceId: id, ...because })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
  });
});

describe('two at once', () => {
  test('raise one dispute; the same call again gives the first answer', async () => {
    const { id, wish } = await billed();
    const answers = await Promise.all([
      mutate('disputeInvoice', { invoiceId: id, ...because }),
      mutate('disputeInvoice', { invoiceId: id, ...because }, { wish }),
    ]);
    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }: Json) => code))).toEqual(['INVALID_TRANSITION']);
    const other = await billed();
    const call = { invoiceId: other.id, ...because, idempotencyKey: `dispute ${other.id}` };
    const [first, again] = [await mutate('disputeInvoice', call, { select }), await mutate('disputeInvoice', call, { select })];
    expect([first.replayed, again.replayed, again.dispute.id]).toEqual([false, true, first.dispute.id]);
    expect(await facts(other.id)).toEqual(['InvoiceDisputed']);
  });

  test('withdraw and resolve: one of both holds', async () => {
    const { id } = await billed();
    const { id: own } = await disputed(id);
    const answers = await Promise.all([
      mutate('withdrawDispute', { id: own }),
      mutate('resolveDispute', { id: own, outcome: 'REJECTED', resolution: 'No' }),
      mutate('resolveDispute', { id: own, outcome: 'ACCEPTED', resolution: 'Yes' }),
    ]);
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect((await facts(id)).length).toBe(2);
  });

  test('dispute and remind: a notice comes before the dispute, or not at all', async () => {
    const { id, turns } = await billed();
    await Promise.all([turns('2026-06-30'), disputed(id)]);
    expect([['InvoiceDisputed'], ['InvoiceDunned', 'InvoiceDisputed']]).toContainEqual(await facts(id));
  });
});

test('a dispute of what is paid meanwhile holds against nothing, and is ended all the same', async () => {
  const { id, firm, pay } = await billed();
  const dispute = await disputed(id, { ...because, amount: eur('500.00') });
  await pay(firm, id, '700.00');
  expect((await shown(id)).disputed.amount).toBe('268.00');
  await pay(firm, id, '268.00');
  expect((await shown(id)).disputed.amount).toBe('0.00');
  await done('resolveDispute', { id: dispute.id, outcome: 'REJECTED', resolution: 'Paid' });
});
