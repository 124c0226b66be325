import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plantCorruption } from '../support/corruption.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { boughtBy, invoicing } from '../support/subcontracting.ts';

let world: FlowWorld;
let firm: Firm;
beforeAll(async () => {
  world = await flowWorld();
  firm = await firmAt(world.graph);
});
afterAll(() => world[Symbol.asyncDispose]());

const ok = (...args: Parameters<FlowWorld['graph']['ok']>) => world.graph.ok(...args);
const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const refused = async (...args: Parameters<FlowWorld['graph']['mutate']>) => (await world.graph.mutate(...args)).userErrors[0];

/** A subcontractor with 16 approved hours of two days. */
async function worked(order: Parameters<typeof boughtBy>[2] = {}) {
  const zeta = await boughtBy(world.graph, firm, order);
  const entries = await firm.approved(['2026-02-09', '2026-02-10'], { employeeId: zeta.employeeId });
  await world.settle();
  return { ...zeta, entries, ...invoicing(world.graph, zeta) };
}
const select = 'id version status lines { matchedHours differences { code } } availableActions { name refusals }';
const read = async (id: string): Promise<Json> => (await ok(`query ($id: ID!) { supplierInvoice(id: $id) { ${select} } }`, { id })).supplierInvoice;
const costOf = async (sourceId: string): Promise<string> =>
  (await ok('query ($ids: [ID!]) { actuals(filter: { sourceIds: $ids, kinds: [COST], reversed: false }) { nodes { id } } }', { ids: [sourceId] })).actuals
    .nodes[0].id;
const reverse = async (id: string) => done('reverseActuals', { items: [{ id, reason: 'Not worked' }] }, { select: 'succeeded' });

describe('hours that a supplier invoice holds', () => {
  test('are never held by two, though both are matched at once', async () => {
    const { record, match } = await worked();
    const ids = [await record('A-1', { hours: '16' }), await record('A-2', { hours: '16' })];
    const matched = await Promise.all(ids.map(match));
    expect(matched.map(({ status }) => status).sort()).toEqual(['DISPUTED', 'MATCHED']);
    expect(matched.map(({ lines }) => lines[0].matchedHours).sort()).toEqual(['0.00', '16.00']);
    const [held] = await world.sql`select sum(seconds)::int as seconds from finance.supplier_invoice_match where supplier_invoice_id = any(${ids})`;
    expect(held?.seconds).toBe(16 * 3600);
  });

  test('are shared by invoices that ask for parts of them, in the middle of an entry too', async () => {
    const { record, match } = await worked();
    const first = await match(await record('P-1', { hours: '10' }));
    const second = await match(await record('P-2', { hours: '6' }));
    const third = await match(await record('P-3', { hours: '1' }));
    expect([first, second, third].map(({ status, lines }) => `${status} ${lines[0].matchedHours}`)).toEqual(['MATCHED 10.00', 'MATCHED 6.00', 'DISPUTED 0.00']);
  });

  test('are free again when it is rejected, and so is its number', async () => {
    const { record, match } = await worked();
    const id = await record('R-1', { hours: '16' });
    await match(id);
    await done('rejectSupplierInvoice', { id, reason: 'Wrong address' });
    expect((await match(await record('R-1', { hours: '16' }))).status).toBe('MATCHED');
    expect(await refused('matchSupplierInvoice', { id })).toMatchObject({ code: 'INVALID_TRANSITION' });
  });

  test('stay held when the work is priced anew, and are lost when it is taken back', async () => {
    const { record, match, entries, subcontractId, order } = await worked();
    const id = await record('L-1', { hours: '16' });
    await match(id);
    const [first = '', second = ''] = entries;
    await reverse(await costOf(first));
    expect((await read(id)).lines[0].matchedHours).toBe('8.00');
    const approve = (await read(id)).availableActions.find(({ name }: Json) => name === 'approve');
    expect(approve.refusals).toEqual([expect.stringContaining('hoursStand: Of the hours of line 1 some were taken back since.')]);
    expect(await refused('approveSupplierInvoice', { id })).toMatchObject({ guard: 'hoursStand' });
    expect(await match(id)).toMatchObject({ status: 'DISPUTED', lines: [{ matchedHours: '8.00', differences: [{ code: 'MORE_HOURS_THAN_APPROVED' }] }] });
    // The other day is bought by another order from now on: the first one pays it no more.
    await done('closeSubcontract', { id: subcontractId, closedOn: '2026-02-09' });
    await order({ startDate: '2026-02-10', unitRate: { amount: '70.00', currency: 'EUR' } }, 'Order 8');
    await done('repriceActuals', { items: [{ id: await costOf(second), reason: 'Other order' }] }, { select: 'succeeded' });
    expect((await read(id)).lines[0].matchedHours).toBe('0.00');
  });

  test('are looked at anew without a change where their price did not change', async () => {
    const { record, match, entries } = await worked();
    const id = await record('V-1', { hours: '16' });
    await match(id);
    await done('repriceActuals', { items: [{ id: await costOf(entries[0] ?? ''), reason: 'Look again' }] }, { select: 'succeeded' });
    expect((await read(id)).lines[0].matchedHours).toBe('16.00');
  });
});

describe('recording', () => {
  test('the same number with the same content twice is one invoice, at once too', async () => {
    const { subcontractorId, subcontractId } = await worked();
    const days = { startDate: '2026-02-09', endDate: '2026-02-15' };
    const lines = [{ subcontractId, lineNumber: 1, ...days, hours: '16', unitRate: { amount: '80.00', currency: 'EUR' } }];
    const item = { subcontractorId, number: 'S-1', invoiceDate: '2026-02-28', lines };
    const recording = (more: object = {}) =>
      done('recordSupplierInvoices', { items: [{ ...item, ...more }] }, { select: 'results { supplierInvoice { id version } userErrors { code guard } }' });
    const answers = await Promise.all([recording(), recording()]);
    const [one, other] = answers.map(({ results }) => results[0].supplierInvoice);
    expect(one).toEqual(other);
    const wrong = await world.graph.mutate(
      'recordSupplierInvoices',
      { idempotencyKey: randomUUID(), items: [{ ...item, invoiceDate: '2026-03-01' }] },
      { select: 'results { userErrors { code guard } }' },
    );
    expect(wrong.results[0].userErrors).toEqual([{ code: 'GUARD_REFUSED', guard: 'sameContent' }]);
  });

  test('refuses what no order and no invoice can say', async () => {
    const { subcontractorId, subcontractId } = await worked();
    const draft = await boughtBy(world.graph, firm, { confirm: false });
    const days = { startDate: '2026-02-09', endDate: '2026-02-15' };
    const line = { subcontractId, lineNumber: 1, ...days, hours: '16', unitRate: { amount: '80.00', currency: 'EUR' } };
    const said = [
      [{ lines: [] }, 'lines'],
      [{ lines: [{ ...line, lineNumber: 2 }] }, 'lines.lineNumber'],
      [{ lines: [{ ...line, subcontractId: draft.subcontractId }] }, 'lines.lineNumber'],
      [{ lines: [{ ...line, endDate: '2026-02-01' }] }, 'lines.endDate'],
      [{ lines: [{ ...line, hours: '0' }] }, 'lines.hours'],
      [{ lines: [{ ...line, hours: undefined }] }, 'hours'],
      [{ lines: [{ ...line, unitRate: { amount: '0.00', currency: 'EUR' } }] }, 'lines.unitRate'],
      [{ lines: [{ ...line, amount: { amount: '-1.00', currency: 'EUR' } }] }, 'lines.amount'],
      [{ lines: [{ ...line, amount: { amount: '1280.00', currency: 'USD' } }] }, 'lines.amount'],
      [{ lines: [line, { ...line, unitRate: { amount: '80.00', currency: 'USD' } }] }, 'lines'],
      [{ subcontractorId: randomUUID() }, 'subcontractorId'],
      [{ number: ' ' }, 'number'],
    ] as const;
    const items = said.map(([more]) => ({ subcontractorId, number: `X-${randomUUID()}`, invoiceDate: '2026-02-28', lines: [line], ...more }));
    for (const [index, item] of items.entries()) {
      const input = { idempotencyKey: randomUUID(), items: [item] };
      const { results } = await world.graph.mutate('recordSupplierInvoices', input, { select: 'results { userErrors { code field } }' });
      expect(results[0].userErrors, said[index]?.[1]).toMatchObject([{ field: said[index]?.[1] }]);
    }
  });
});

describe('bought time that no invoice has taken', () => {
  const text = `query ($id: ID!) { fiscalPeriod(id: $id) { closeChecklist { isReady items { kind count blocks mutation amounts { amount currency }
    things { label duration amount { amount } subcontractLine { id } project { id } } } } } }`;
  const itemOf = async (wish: { role: 'admin' | 'support' } = { role: 'admin' }): Promise<Json> => {
    const [period] =
      await world.sql`select id from finance.fiscal_period where legal_entity_id = ${firm.legalEntityId} and start_date <= '2026-02-01' and end_date >= '2026-02-28'`;
    const { closeChecklist } = (await ok(text, { id: period?.id }, wish)).fiscalPeriod;
    return closeChecklist.items.find(({ kind }: Json) => kind === 'UNINVOICED_PURCHASES');
  };
  const ofLine = async (lineId: string): Promise<Json> => (await itemOf())?.things.find(({ subcontractLine }: Json) => subcontractLine?.id === lineId);

  test('stands in the checklist with its cost until one is posted, and holds up no close', async () => {
    const { record, match, lineId } = await worked();
    expect(await itemOf()).toMatchObject({ blocks: false, mutation: 'recordSupplierInvoices' });
    const whole = { label: 'Order 7', duration: 'PT16H', amount: { amount: '1280.00' }, project: { id: firm.projectId } };
    expect(await ofLine(lineId)).toMatchObject(whole);
    const id = await record('U-1', { hours: '10' });
    await match(id);
    await done('approveSupplierInvoice', { id });
    // What is agreed is not in the books yet.
    expect(await ofLine(lineId)).toMatchObject(whole);
    await done('postSupplierInvoice', { id, postedOn: '2026-02-28' });
    expect(await ofLine(lineId)).toMatchObject({ duration: 'PT6H', amount: { amount: '480.00' } });
    const rest = await record('U-2', { hours: '6' });
    await match(rest);
    await done('approveSupplierInvoice', { id: rest });
    // Posted in the next period it was still owed in this one.
    await done('postSupplierInvoice', { id: rest, postedOn: '2026-03-02' });
    expect(await ofLine(lineId)).toMatchObject({ duration: 'PT6H' });
  });

  test('is counted for whoever sees no cost, without its money', async () => {
    await worked();
    expect(await itemOf({ role: 'support' })).toMatchObject({ amounts: [], things: [] });
  });

  test('is not there once it is taken back', async () => {
    const { entries, lineId } = await worked();
    await reverse(await costOf(entries[0] ?? ''));
    expect(await ofLine(lineId)).toMatchObject({ duration: 'PT8H', amount: { amount: '640.00' } });
    await reverse(await costOf(entries[1] ?? ''));
    expect(await ofLine(lineId)).toBeUndefined();
  });
});

describe('posting', () => {
  test('goes into an open period, or not at all', async () => {
    const { record, match } = await worked();
    const id = await record('B-1', { hours: '16' });
    await match(id);
    await done('approveSupplierInvoice', { id });
    expect(await refused('postSupplierInvoice', { idempotencyKey: randomUUID(), id, postedOn: '2029-01-01' })).toMatchObject({
      code: 'PERIOD_CLOSED',
      field: 'postedOn',
    });
    expect((await read(id)).status).toBe('APPROVED');
    await done('postSupplierInvoice', { id, postedOn: '2026-03-02' });
    expect(await refused('rejectSupplierInvoice', { id, reason: 'Late' })).toMatchObject({ code: 'INVALID_TRANSITION' });
    await expect(plantCorruption(world.sql)`update finance.supplier_invoice set number = 'other' where id = ${id}`).rejects.toThrow(/never changes/);
    await expect(plantCorruption(world.sql)`delete from finance.supplier_invoice_match where supplier_invoice_id = ${id}`).rejects.toThrow(/never changes/);
  });

  test('asks for another look when hours were taken back after the approval', async () => {
    const { record, match, entries } = await worked();
    const id = await record('B-2', { hours: '16' });
    await match(id);
    await done('approveSupplierInvoice', { id });
    await reverse(await costOf(entries[0] ?? ''));
    expect(await refused('postSupplierInvoice', { idempotencyKey: randomUUID(), id })).toMatchObject({ guard: 'hoursStand' });
    expect((await match(id)).status).toBe('DISPUTED');
  });

  test('needs somebody who may approve differences, and a reason', async () => {
    const { record, match } = await worked();
    const id = await record('B-3', { hours: '20' });
    await match(id);
    expect(await refused('approveSupplierInvoiceDifferences', { id, reason: ' ' })).toMatchObject({ code: 'VALIDATION_FAILED', field: 'reason' });
    expect(await refused('approveSupplierInvoiceDifferences', { id, reason: 'Mine' }, { wish: { role: 'manager' } })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refused('approveSupplierInvoiceDifferences', { id, reason: 'Agreed' })).toBeUndefined();
  });
});

describe('what subcontractors ask for', () => {
  test('is seen by who may see costs, in their own books, and by nobody else', async () => {
    const { record, subcontractorId, lineId, subcontractId } = await worked();
    const id = await record('H-1', { hours: '16' });
    const query = `query ($id: ID!, $ids: [ID!]) { supplierInvoice(id: $id) { id } supplierInvoices(filter: { subcontractorIds: $ids }) { nodes { id } } }`;
    const seen = { supplierInvoice: { id }, supplierInvoices: { nodes: [{ id }] } };
    const nothing = { supplierInvoice: null, supplierInvoices: { nodes: [] } };
    expect(await ok(query, { id, ids: [subcontractorId] })).toEqual(seen);
    expect(await ok(query, { id, ids: [subcontractorId] }, { role: 'manager' })).toEqual(seen);
    for (const wish of [
      { role: 'psa' as const },
      { role: 'finance' as const, legalEntityIds: [randomUUID()] },
      { role: 'finance' as const, customerIds: [firm.customerId] },
    ]) {
      expect(await ok(query, { id, ids: [subcontractorId] }, wish)).toEqual(nothing);
      expect(await refused('rejectSupplierInvoice', { id, reason: 'Mine' }, { wish })).toBeDefined();
    }
    const usage = 'query ($id: ID!) { subcontract(id: $id) { lines { id unitRate { amount } usage { hours } } } }';
    const { data, errors: hidden } = await world.graph.ask(usage, { id: subcontractId }, { role: 'psa' });
    expect(data.subcontract.lines).toEqual([{ id: lineId, unitRate: null, usage: null }]);
    expect(hidden.map((error: { path: string[] }) => error.path.at(-1))).toEqual(['unitRate', 'usage']);
    for (const role of ['portal', 'partner'] as const) {
      const { errors } = await world.graph.ask(query, { id, ids: [] }, { role, customerIds: [firm.customerId] });
      expect(errors?.[0]?.message).toMatch(/is not in the (portal|partner) contract/);
    }
  });

  test('is found by number, line of the order, state and day', async () => {
    const { record, subcontractorId, lineId } = await worked();
    const id = await record('F-1', { hours: '16' });
    const filter = { subcontractorIds: [subcontractorId], subcontractLineIds: [lineId], numbers: ['F-1'], statuses: ['RECEIVED'] };
    const found = async (more: object) =>
      (
        await ok('query ($filter: SupplierInvoiceFilter) { supplierInvoices(first: 5, filter: $filter) { totalCount nodes { id } } }', {
          filter: { ...filter, ...more },
        })
      ).supplierInvoices;
    expect(await found({ invoiceDateFrom: '2026-02-28', invoiceDateTo: '2026-02-28' })).toEqual({ totalCount: 1, nodes: [{ id }] });
    for (const more of [{ numbers: ['F-2'] }, { statuses: ['POSTED'] }, { subcontractLineIds: [randomUUID()] }, { invoiceDateFrom: '2026-03-01' }])
      expect(await found(more)).toEqual({ totalCount: 0, nodes: [] });
  });
});
