import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as engagements } from '#engagements/published.ts';
import { newId } from '#kernel/ids.ts';
import { references } from '#kernel/reference.ts';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import type { Json } from '../support/graph.ts';
import { aContract } from '../support/siblings.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const paper = 'id status number paid { amount } credited { amount } open { amount } total { amount }';
const read = async (id: string): Promise<Json> =>
  (
    await world.ok(
      `query ($id: ID!) { invoice(id: $id) { ${paper} creditNote { id } creditNotes { totalCount nodes { id concession total { amount } } }
        lines { nodes { id credited { amount } amount { amount } actuals { id amount { amount } reversedBy { id } } } } } }`,
      { variables: { id } },
    )
  ).invoice;

/** A posted invoice of pieces of an hour at 100.00 each on one line, and that line; of a contract of its own. */
async function posted(hours = 4): Promise<{ id: string; line: Json; contractId: string }> {
  const contractId = newId();
  const like = (await references(world.db, engagements.Contract, [world.ids.contract])).get(world.ids.contract);
  await world.publish(engagements.Contract, [{ id: contractId, data: aContract(like ?? {}) }]);
  const { id } = await world.invoiced('POSTED', hours, { contractId });
  return { id, line: (await read(id)).lines.nodes[0], contractId };
}

const credit = (input: object) =>
  world.mutate('creditInvoice', `invoice { ${paper} lines { nodes { hours amount { amount } creditsLine { id } } } }`, { reason: 'Test', ...input });
const credited = async (input: object): Promise<Json> => {
  const answer = await credit(input);
  expect(answer.userErrors).toEqual([]);
  return answer.invoice;
};
const codes = ({ userErrors }: Json) => userErrors.map(({ code, guard, field }: Json) => `${code} ${guard ?? field}`);

async function pay(invoiceId: string, amount: string): Promise<string> {
  // Which of two is the latest is told by their instants.
  world.time.now = new Date(world.time.now.getTime() + 1_000);
  const received = { customerId: world.ids.customer, legalEntityId: world.ids.books, amount: eur(amount), receivedOn: '2026-03-01' };
  const { payment } = await world.done('recordPayment', 'payment { id }', received);
  await world.done('applyPayment', 'payment { id }', { id: payment.id, applications: [{ invoiceId, amount: eur(amount) }] });
  return payment.id;
}

/** What was sold less what was billed of an invoice, and what was billed of it by the ledger less by the papers. */
async function ledger(id: string): Promise<Json> {
  const [row] = await world.sql`with papers as (select id from finance.invoice where id = ${id} or credits_id = ${id})
    select sum(amount_minor) filter (where kind = 'UNBILLED_SALES')::int as sold, coalesce(sum(amount_minor) filter (where kind = 'BILLED_SALES'), 0)::int as billed,
      (select sum(subtotal_minor)::int from finance.invoice where id in (select id from papers)) as papers
    from finance.actual where invoice_id in (select id from papers)`;
  return row;
}

describe('a part of an invoice is given back', () => {
  test('by pieces of work, which are billable again and are billed anew', async () => {
    const { id, line, contractId } = await posted();
    const [one, two] = line.actuals.map((each: Json) => each.id);
    const wip = await world.wip();
    const note = await credited({ id, lines: [{ lineId: line.id, actualIds: [one, two] }] });
    expect(note).toMatchObject({
      total: { amount: '-242.00' },
      lines: { nodes: [{ hours: '-2.00', amount: { amount: '-200.00' }, creditsLine: { id: line.id } }] },
    });
    expect(await world.wip()).toBe(wip + 20_000);
    const now = await read(id);
    expect(now).toMatchObject({
      status: 'POSTED',
      open: { amount: '242.00' },
      credited: { amount: '242.00' },
      creditNote: null,
      creditNotes: { totalCount: 1 },
    });
    expect(now.lines.nodes[0]).toMatchObject({ credited: { amount: '200.00' } });
    expect(await ledger(id)).toMatchObject({ billed: 20_000, papers: 20_000 });
    const again = await world.done('draftInvoices', 'actualsTaken results { invoice { id } }', { cutOffDate: '2026-12-31', contractIds: [contractId] });
    expect(again.actualsTaken).toBe(2);
    await world.done('cancelInvoice', 'invoice { id }', { id: again.results[0].invoice.id });
    expect(codes(await credit({ id, lines: [{ lineId: line.id, actualIds: [one] }] }))).toEqual(['NOT_FOUND lines.0.actualIds']);
    await credited({ id });
    expect(await read(id)).toMatchObject({ status: 'CREDITED', open: { amount: '0.00' }, creditNotes: { totalCount: 2 } });
    expect(await ledger(id)).toMatchObject({ billed: 0, papers: 0 });
    expect(await world.wip()).toBe(wip + 40_000);
  });

  test('by hours of a line, or of a piece of work, as a concession that is no work in progress', async () => {
    const { id, line } = await posted();
    const wip = await world.wip();
    await credited({ id, rebill: false, lines: [{ lineId: line.id, hours: '0.5' }] });
    await credited({ id, rebill: false, lines: [{ lineId: line.id, duration: 'PT20M', actualIds: [line.actuals[0].id] }] });
    expect(await read(id)).toMatchObject({ credited: { amount: '100.83' }, lines: { nodes: [{ credited: { amount: '83.33' } }] } });
    expect([await world.wip(), await ledger(id)]).toEqual([wip, { sold: 40_000, billed: 31_667, papers: 31_667 }]);
    // With all that is left, what was conceded is open work again: nothing of it is billed any more.
    await credited({ id });
    expect([await world.wip(), await ledger(id)]).toMatchObject([wip + 40_000, { billed: 0, papers: 0 }]);
  });

  test('wholly as a concession: the invoice ends, and its work is never billed again', async () => {
    const { id, line } = await posted(1);
    const wip = await world.wip();
    await credited({ id, rebill: false, reason: 'Goodwill' });
    expect(await read(id)).toMatchObject({ status: 'CREDITED', creditNotes: { nodes: [{ concession: true }] } });
    expect([await world.wip(), await ledger(id)]).toEqual([wip, { sold: 10_000, billed: 0, papers: 0 }]);
    const [row] = await world.sql`select status, reversed_by_id as gone from finance.actual where id = ${line.actuals[0].id}`;
    expect(row).toEqual({ status: 'BILLED', gone: null });
  });

  test('beside payments: never more than is open, unless what was paid beyond is to be credit again', async () => {
    const { id, line } = await posted();
    const payments = [await pay(id, '121.00'), await pay(id, '363.00')];
    const asked = { id, rebill: false, lines: [{ lineId: line.id, amount: eur('100.00') }] };
    expect(codes(await credit(asked))).toEqual(['GUARD_REFUSED neverOverCredited']);
    await credited({ ...asked, unapplyPayments: true });
    expect(await read(id)).toMatchObject({ status: 'PAID', paid: { amount: '363.00' }, credited: { amount: '121.00' }, open: { amount: '0.00' } });
    const rows = await world.sql`select status, applied_minor::int as applied from finance.payment where id = any(${payments}::uuid[]) order by amount_minor`;
    expect(rows).toEqual([
      { status: 'APPLIED', applied: 12_100 },
      { status: 'PARTLY_APPLIED', applied: 24_200 },
    ]);
    await world.done('unapplyPayment', 'payment { id }', { id: payments[1], reason: 'Test' });
    expect(await read(id)).toMatchObject({ status: 'PARTLY_PAID', open: { amount: '242.00' } });
    await credited({ id, rebill: false, lines: [{ lineId: line.id, amount: eur('200.00') }] });
    expect(await read(id)).toMatchObject({ status: 'PAID', open: { amount: '0.00' }, paid: { amount: '121.00' } });
  });

  test('told twice it is given back once; an invoice is revised by its version', async () => {
    const { id, line } = await posted(2);
    const input = { id, idempotencyKey: 'a part once', rebill: false, lines: [{ lineId: line.id, amount: eur('10.00') }] };
    const [first, again] = [await credited(input), await credited(input)];
    expect(again.number).toBe(first.number);
    expect(await read(id)).toMatchObject({ credited: { amount: '12.10' }, creditNotes: { totalCount: 1 } });
    expect(codes(await credit({ ...input, idempotencyKey: 'another', expectedVersion: 1 }))).toEqual(['STALE_VERSION expectedVersion']);
  });

  test('what makes no sense is refused, and nothing changes', async () => {
    const { id, line } = await posted(2);
    const before = await read(id);
    const lineId = line.id;
    const [actualId] = line.actuals.map((each: Json) => each.id);
    const other = await posted(1);
    for (const [input, code] of [
      [{ lines: [] }, 'VALIDATION_FAILED lines'],
      [{ lines: [{ lineId: other.line.id }] }, 'NOT_FOUND lines.0.lineId'],
      [{ lines: [{ lineId }, { lineId }] }, 'VALIDATION_FAILED lines.1.lineId'],
      [{ lines: [{ lineId, amount: eur('1.00') }] }, 'VALIDATION_FAILED lines.0'],
      [{ lines: [{ lineId, hours: '1' }] }, 'VALIDATION_FAILED lines.0'],
      [{ rebill: false, lines: [{ lineId, amount: eur('200.01') }] }, 'VALIDATION_FAILED lines.0.amount'],
      [{ rebill: false, lines: [{ lineId, amount: eur('0.00') }] }, 'VALIDATION_FAILED lines.0.amount'],
      [{ rebill: false, lines: [{ lineId, amount: eur('-1.00') }] }, 'VALIDATION_FAILED lines.0.amount'],
      [{ rebill: false, lines: [{ lineId, amount: { amount: '1.00', currency: 'USD' } }] }, 'CURRENCY_MISMATCH lines.0.amount'],
      [{ rebill: false, lines: [{ lineId, amount: eur('1.00'), hours: '1' }] }, 'VALIDATION_FAILED lines.0.amount'],
      [{ rebill: false, lines: [{ lineId, hours: '1', duration: 'PT1H' }] }, 'VALIDATION_FAILED duration'],
      [{ rebill: false, lines: [{ lineId, hours: '2.5' }] }, 'VALIDATION_FAILED lines.0.hours'],
      [{ rebill: false, lines: [{ lineId, hours: '0' }] }, 'VALIDATION_FAILED lines.0.hours'],
      [{ rebill: false, lines: [{ lineId, duration: 'PT2H', actualIds: [actualId] }] }, 'VALIDATION_FAILED lines.0.duration'],
      [{ lines: [{ lineId, actualIds: [] }] }, 'VALIDATION_FAILED lines.0.actualIds'],
      [{ lines: [{ lineId, actualIds: [other.line.actuals[0].id] }] }, 'NOT_FOUND lines.0.actualIds'],
    ] as const)
      expect([input, codes(await credit({ id, ...input }))]).toEqual([input, [code]]);
    expect(await read(id)).toEqual(before);
  });
});

describe('at once', () => {
  test('two parts of an invoice: both, where both fit; one, where they do not', async () => {
    const fits = await posted(2);
    const half = (amount: string) => ({ id: fits.id, rebill: false, lines: [{ lineId: fits.line.id, amount: eur(amount) }] });
    const both = await Promise.all([credit(half('100.00')), credit(half('100.00'))]);
    expect(both.flatMap(codes)).toEqual([]);
    expect(await read(fits.id)).toMatchObject({ status: 'CREDITED', credited: { amount: '242.00' } });
    const over = await posted(2);
    const asked = { id: over.id, rebill: false, lines: [{ lineId: over.line.id, amount: eur('150.00') }] };
    const one = await Promise.all([credit(asked), credit(asked)]);
    expect(one.flatMap(codes)).toEqual(['VALIDATION_FAILED lines.0.amount']);
    expect(await read(over.id)).toMatchObject({ status: 'POSTED', credited: { amount: '181.50' }, open: { amount: '60.50' } });
  });

  test('the same piece of work twice: it is billable again once', async () => {
    const { id, line } = await posted(2);
    const wip = await world.wip();
    const asked = { id, lines: [{ lineId: line.id, actualIds: [line.actuals[0].id] }] };
    const answers = await Promise.all([credit(asked), credit(asked), credit(asked)]);
    expect(answers.flatMap(codes)).toEqual(['NOT_FOUND lines.0.actualIds', 'NOT_FOUND lines.0.actualIds']);
    expect(await world.wip()).toBe(wip + 10_000);
  });

  test('a part and a payment of all: what comes second is refused, and nobody pays what was given back', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id, line } = await posted(1);
      const received = { customerId: world.ids.customer, legalEntityId: world.ids.books, amount: eur('121.00'), receivedOn: '2026-03-01' };
      const { payment } = await world.done('recordPayment', 'payment { id }', received);
      const [part, paid] = await Promise.all([
        credit({ id, rebill: false, lines: [{ lineId: line.id, amount: eur('10.00') }] }),
        world.mutate('applyPayment', 'payment { id }', { id: payment.id, applications: [{ invoiceId: id, amount: eur('121.00') }] }),
      ]);
      expect([...codes(part), ...codes(paid)]).toHaveLength(1);
      const now = await read(id);
      expect([now.status, now.open.amount]).toEqual(codes(part).length > 0 ? ['PAID', '0.00'] : ['POSTED', '108.90']);
    }
  });
});

test('facts say what was given back, and what ended the invoice', async () => {
  const { id, line } = await posted(2);
  const note = await credited({ id, rebill: false, lines: [{ lineId: line.id, amount: eur('10.00') }] });
  await credited({ id });
  const rows = await world.sql`select type, payload from log.pending where subject_id = ${id} and type like 'Invoice%Credited' order by id`;
  expect(rows.map(({ type }) => type)).toEqual(['InvoicePartlyCredited', 'InvoiceCredited']);
  expect(rows[0]?.payload).toMatchObject({ creditNoteInvoiceId: note.id, credited: eur('12.10'), concession: true, status: 'POSTED', reason: 'Test' });
});

test('the books agree with the papers, whatever was given back', async () => {
  const [row] = await world.sql`select
    (select sum(total_minor - paid_minor)::int from finance.invoice where number <> '') as owed,
    (select coalesce(sum(amount_minor), 0)::int from finance.revenue_event where status = 'RECOGNIZED') as earned`;
  expect([await world.balance('RECEIVABLE'), -(await world.balance('REVENUE'))]).toEqual([row?.owed, row?.earned]);
});
