import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from '#kernel/telemetry.ts';
import { startWorker } from '../../roles/worker.ts';
import { dunningIn } from '../support/dunning.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
/** An invoice that is due on 2026-04-30, of a firm that reminds as firms do. */
async function reminded() {
  const own = dunningIn(world);
  const { firm, id } = await own.overdue();
  await done('setDunningPolicy', { id: firm.legalEntityId });
  return { ...own, firm, id };
}

describe('reminding', () => {
  test('begins when a firm says so, by the levels that it says; until then an invoice is just overdue', async () => {
    const { overdue, turns, read, facts } = dunningIn(world);
    const { firm, id } = await overdue();
    await turns('2026-06-30');
    expect(await facts(id)).toEqual(['InvoiceOverdue']);
    const policy = 'legalEntity { dunningPolicy { version active levels { level name afterDays feeText } } }';
    const text = `query ($id: ID!) { ${policy.replace('legalEntity', 'legalEntity(id: $id)')} }`;
    const { legalEntity } = await world.graph.ok(text, { id: firm.legalEntityId });
    expect(legalEntity.dunningPolicy).toMatchObject({ version: 0, active: false, levels: [{ level: 1, afterDays: 7 }, { afterDays: 21 }, { afterDays: 35 }] });
    const levels = [{ name: 'Letter', afterDays: 10 }];
    const set = await done('setDunningPolicy', { id: firm.legalEntityId, expectedVersion: 0, levels }, { select: policy });
    expect(set.legalEntity.dunningPolicy).toEqual({ version: 1, active: true, levels: [{ level: 1, name: 'Letter', afterDays: 10, feeText: null }] });
    await turns('2026-07-01');
    expect((await read(id)).dunning).toEqual({ level: 1, dunnedOn: '2026-07-01', nextLevelOn: null, hold: null });
    await done('setDunningPolicy', { id: firm.legalEntityId, active: false, levels: null });
    expect(await turns('2026-12-31')).toBe(0);
    expect(await facts(id)).toEqual(['InvoiceOverdue', 'InvoiceDunned 1']);
  });

  test.each([
    ['no level', { levels: [] }, 'VALIDATION_FAILED', 'levels'],
    ['levels out of order', { levels: [7, 7].map((afterDays) => ({ name: 'x', afterDays })) }, 'VALIDATION_FAILED', 'levels'],
    ['a level before the due date', { levels: [{ name: 'x', afterDays: 0 }] }, 'VALIDATION_FAILED', 'levels'],
    ['neither yes nor no', { active: null }, 'VALIDATION_FAILED', 'active'],
    ['a version that is not there', { expectedVersion: 7 }, 'STALE_VERSION', 'expectedVersion'],
  ])('takes no policy with %s', async (_, input, code, field) => {
    const { userErrors } = await world.graph.mutate('setDunningPolicy', { id: await entity(), ...input });
    expect(userErrors).toMatchObject([{ code, field }]);
  });
  const entity = async () => String((await world.sql`select id from finance.legal_entity order by created_at limit 1`)[0]?.id);

  test('is read by level, by whoever delivers, and by the client once it arrived; the timeline tells it', async () => {
    const { firm, id, turns } = await reminded();
    await turns('2026-05-07');
    const listed = async (filter: object): Promise<string[]> =>
      (await world.graph.ok('query ($filter: InvoiceFilter) { invoices(filter: $filter) { nodes { id } } }', { filter })).invoices.nodes.map(
        ({ id: own }: Json) => own,
      );
    const own = { customerIds: [firm.customerId] };
    expect(await Promise.all([[0], [1], [2, 1]].map((dunningLevels) => listed({ ...own, dunningLevels })))).toEqual([[], [id], [id]]);
    const wanted = { ...own, statuses: ['PENDING'], open: true, levels: [1], legalEntityIds: [firm.legalEntityId], invoiceIds: [id] };
    const notices = async (filter: object, wish?: Json): Promise<Json[]> => {
      const text = 'query ($filter: DunningNoticeFilter) { dunningNotices(filter: $filter) { nodes { id level invoice { id } } } }';
      return (await world.graph.ok(text, { filter }, wish)).dunningNotices.nodes;
    };
    const [notice] = await notices(wanted);
    expect(notice).toMatchObject({ level: 1, invoice: { id } });
    const portal = { role: 'portal' as const, customerIds: [firm.customerId] };
    expect(await notices(own, portal)).toEqual([]);
    await done('failDunningDelivery', { id: notice.id, channel: 'EMAIL', reason: 'Bounced' });
    await done('acknowledgeDunningDelivery', { id: notice.id, channel: 'POST' }, { wish: { role: 'finance' } });
    expect(await notices(own, portal)).toEqual([notice]);
    expect(await notices({ ...own, open: false })).toEqual([]);
    const refused = await world.graph.mutate('acknowledgeDunningDelivery', { id: notice.id, channel: 'POST' });
    expect(refused.userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    await world.sequence();
    const text = 'query ($id: ID!) { invoice(id: $id) { timeline(first: 4) { nodes { type } } } }';
    const { timeline } = (await world.graph.ok(text, { id })).invoice;
    expect(timeline.nodes.map(({ type }: Json) => type)).toEqual(['DunningNoticeDelivered', 'DunningNoticeFailed', 'InvoiceDunned', 'InvoiceOverdue']);
  });

  test('waits while somebody holds it, and goes on by itself or when it is resumed', async () => {
    const { id, turns, read, facts } = await reminded();
    const hold = { id, endDate: '2099-06-30', reason: 'The client asked for a copy' };
    const past = await world.graph.mutate('holdDunning', { ...hold, endDate: '2026-01-01' });
    expect(past.userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'endDate' }]);
    const forbidden = await world.graph.mutate('holdDunning', hold, { wish: { role: 'manager' } });
    expect(forbidden.userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    await done('holdDunning', hold);
    await turns('2099-06-30');
    expect((await read(id)).dunning).toMatchObject({ level: 0, nextLevelOn: '2099-07-01', hold: { endDate: '2099-06-30', reason: hold.reason } });
    await done('resumeDunning', { id });
    expect((await world.graph.mutate('resumeDunning', { id })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    await turns('2026-06-30');
    await done('holdDunning', hold);
    await turns('2099-07-01');
    expect(await facts(id)).toEqual(['DunningHeld', 'InvoiceOverdue', 'DunningResumed', 'InvoiceDunned 1', 'DunningHeld', 'InvoiceDunned 2']);
  });

  test('ends where nothing is open: paid, or credited; and goes on at its level where a payment bounced', async () => {
    const paid = await reminded();
    const credited = await reminded();
    await paid.turns('2026-05-07');
    const payment = await paid.pay(paid.firm, paid.id, '968.00');
    await done('creditInvoice', { id: credited.id, reason: 'Wrong project', creditDate: '2026-03-31' });
    expect(await paid.turns('2026-12-31')).toBe(0);
    expect([(await paid.read(paid.id)).dunning.level, (await credited.read(credited.id)).dunning.level]).toEqual([0, 0]);
    expect((await world.graph.mutate('holdDunning', { id: paid.id, endDate: '2099-01-01', reason: 'x' })).userErrors).toMatchObject([
      { code: 'INVALID_TRANSITION' },
    ]);
    await done('reversePayment', { id: payment, reason: 'Bounced', reversedOn: '2026-06-01' });
    await paid.turns('2026-12-31');
    expect(await paid.facts(paid.id)).toEqual(['InvoiceOverdue', 'InvoiceDunned 1', 'InvoiceDunned 2']);
  });
});

describe('a turn', () => {
  const workers = (count: number, day: string) =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const clock = () => new Date(`${day}T09:00:00Z`);
        const worker = await startWorker({ url: world.databaseUrl, consumers: [], clock, log: createLogger({ level: 'silent' }) });
        await worker.stop();
      }),
    );

  test('is taken once by two workers, and again a day later by a third', async () => {
    const { id, facts } = await reminded();
    await world.sql`update log.schedule set next_at = '2026-01-01' where name = 'due-dunning'`;
    await workers(2, '2026-06-30');
    expect(await facts(id)).toEqual(['InvoiceOverdue', 'InvoiceDunned 1']);
    await workers(1, '2026-07-01');
    expect(await facts(id)).toEqual(['InvoiceOverdue', 'InvoiceDunned 1']);
  });

  test('taken by two hands at once that know nothing of each other states each thing once', async () => {
    const { id, facts, turns } = await reminded();
    await Promise.all([turns('2026-06-30'), turns('2026-06-30'), turns('2026-06-30')]);
    expect(await facts(id)).toEqual(['InvoiceOverdue', 'InvoiceDunned 1']);
  });

  test('that breaks in the middle leaves nothing half done', async () => {
    const { id, facts, turns, broken } = await reminded();
    await expect(broken('2026-06-30')).rejects.toThrow('gone');
    expect(await facts(id)).toEqual([]);
    await turns('2026-06-30');
    expect(await facts(id)).toEqual(['InvoiceOverdue', 'InvoiceDunned 1']);
  });

  test('raced by a payment or a hold reminds of what is open, or not at all', async () => {
    const { firm, id, pay, turns, read } = await reminded();
    await Promise.all([turns('2026-06-30'), pay(firm, id, '968.00')]);
    const { dunning, dunningNotices } = await read(id);
    expect(dunning.level).toBe(0);
    expect(dunningNotices.every(({ open }: Json) => open.amount === '968.00')).toBe(true);
    const held = await reminded();
    await Promise.all([held.turns('2026-06-30'), done('holdDunning', { id: held.id, endDate: '2099-06-30', reason: 'x' })]);
    expect([
      ['DunningHeld', 'InvoiceOverdue'],
      ['InvoiceOverdue', 'InvoiceDunned 1', 'DunningHeld'],
    ]).toContainEqual(await held.facts(held.id));
  });
});
