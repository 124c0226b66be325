import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApprovedEntry, postApprovedExpenses, postApprovedTime } from '#finance/actual/commands.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { done, type Firm, firm, inScope, type World } from '../support/books.ts';
import { plantCorruption } from '../support/corruption.ts';
import { aContractLine } from '../support/siblings.ts';
import { allowed, subgraphWorld } from '../support/subgraph.ts';

let world: World;
beforeAll(async () => {
  world = await subgraphWorld(financeSubgraph);
});
afterAll(() => world[Symbol.asyncDispose]());

const post = (entries: ApprovedEntry[], options = {}) => inScope(world, (scope) => postApprovedTime(scope, entries, options));
const ready = async (): Promise<Firm> => {
  const f = await firm(world);
  await f.standardCards();
  return f;
};
/** The contract sells every hour at this many cents from a day on, and at the cards' price before. */
const sellAt = (f: Firm, cents: number, from = '2026-01-01') => {
  const rate = { id: newId(), lineId: null, employeeId: f.employeeId, laborCategoryId: null, minor: String(cents), effectiveFrom: from, effectiveTo: null };
  return f.contract({ rates: [rate] });
};
const salesOf = async (sourceId: string, kind = 'UNBILLED_SALES') => {
  const [row] =
    await world.sql`select id, version from finance.actual where source_id = ${sourceId} and kind = ${kind} and reverses_id is null and reversed_by_id is null`;
  return String(row?.id);
};
const all =
  'succeeded failed replayed results { actual { id pricingRevision amount { amount } accountingDate priceExplanation { rule rate { amount } } } userErrors { code guard message field } }';
const run = async (name: 'reprice' | 'reverse', items: object[], { key = newId(), ...options } = {}) => {
  const type = name === 'reprice' ? 'RepriceActualsInput' : 'ReverseActualsInput';
  const text = `mutation ($input: ${type}!) { ${name}Actuals(input: $input) { ${all} } }`;
  return (await world.ok(text, { variables: { input: { idempotencyKey: key, items } }, ...options }))[`${name}Actuals`];
};
const reprice = (ids: string[], more = {}) =>
  run(
    'reprice',
    ids.map((id) => ({ id, reason: 'Agreed', ...more })),
  );
const counting = async (sourceId: string) => {
  const rows =
    await world.sql`select kind, pricing_revision, amount_minor from finance.actual where source_id = ${sourceId} and reverses_id is null and reversed_by_id is null order by kind`;
  return rows.map((row) => `${row.kind} ${row.pricing_revision} ${row.amount_minor}`);
};
/** WIP as the graph tells it, and as the ledger adds up: with and without what cancels out. */
const wips = async (f: Firm) => {
  const data = await world.ok(
    'query ($id: ID!) { _entities(representations: [{ __typename: "Project", id: $id }]) { ... on Project { workInProgress { amount { amount } } } } }',
    { variables: { id: f.projectId } },
  );
  const [row] =
    await world.sql`select coalesce(sum(amount_minor), 0)::int as all, coalesce(sum(amount_minor) filter (where reverses_id is null and reversed_by_id is null), 0)::int as counting
    from finance.actual where project_id = ${f.projectId} and kind = 'UNBILLED_SALES' and status <> 'BILLED'`;
  const told = Math.round(Number(data._entities[0].workInProgress[0]?.amount.amount ?? 0) * 100);
  return { told, all: row?.all, counting: row?.counting };
};

describe('work priced anew', () => {
  test('changes what comes out otherwise, as the next revision, and says both facts of it', async () => {
    const f = await ready();
    const entry = f.entry();
    await post([entry]);
    await sellAt(f, 12_500);
    const before = (await world.facts()).length;
    const { results } = await reprice([await salesOf(entry.id)]);
    expect(results).toMatchObject([
      {
        actual: { id: await salesOf(entry.id), pricingRevision: 2, amount: { amount: '125.00' }, priceExplanation: { rule: 'CONTRACT_EMPLOYEE' } },
        userErrors: [],
      },
    ]);
    expect(await counting(entry.id)).toEqual(['COST 1 6000', 'UNBILLED_SALES 2 12500']);
    expect((await world.facts()).slice(before)).toEqual(['ActualReversed', 'ActualPosted']);
    expect(await post([entry])).toMatchObject([{ actualIds: { length: 2 } }]);
    expect(await counting(entry.id)).toEqual(['COST 1 6000', 'UNBILLED_SALES 2 12500']);
  });

  test('named by its cost is the same work, and gives the cost', async () => {
    const f = await ready();
    const entry = f.entry();
    await post([entry]);
    await sellAt(f, 11_000);
    const cost = await salesOf(entry.id, 'COST');
    expect((await reprice([cost])).results).toMatchObject([{ actual: { id: cost, pricingRevision: 1 } }]);
    expect(await counting(entry.id)).toEqual(['COST 1 6000', 'UNBILLED_SALES 2 11000']);
  });

  test('that comes out the same stays as it is, without a fact', async () => {
    const f = await ready();
    const entry = f.entry();
    await post([entry]);
    const facts = await world.facts();
    const id = await salesOf(entry.id);
    expect((await reprice([id])).results).toMatchObject([{ actual: { id, pricingRevision: 1 } }]);
    expect(await world.facts()).toEqual(facts);
  });

  test('is done once per key', async () => {
    const f = await ready();
    const entry = f.entry();
    await post([entry]);
    await sellAt(f, 9_000);
    const items = [{ id: await salesOf(entry.id), reason: 'Agreed' }];
    const key = newId();
    const first = await run('reprice', items, { key });
    expect(await run('reprice', items, { key })).toEqual({ ...first, replayed: true });
    expect(await counting(entry.id)).toEqual(['COST 1 6000', 'UNBILLED_SALES 2 9000']);
  });

  test('makes a sale of what was none, and none of what was one', async () => {
    const f = await ready();
    const fixed = aContractLine({ id: f.lineId, method: 'FIXED_FEE', amountMinor: '1' });
    await f.contract({ lines: [fixed] });
    const entry = f.entry();
    await post([entry]);
    expect(await counting(entry.id)).toEqual(['COST 1 6000']);
    await f.contract();
    await reprice([await salesOf(entry.id, 'COST')]);
    expect(await counting(entry.id)).toEqual(['COST 1 6000', 'UNBILLED_SALES 2 10000']);
    await f.contract({ lines: [fixed] });
    expect((await reprice([await salesOf(entry.id)])).results).toMatchObject([{ actual: { id: await salesOf(entry.id, 'COST') } }]);
    expect(await counting(entry.id)).toEqual(['COST 3 6000']);
    expect(await post([entry])).toMatchObject([{ actualIds: { length: 1 } }]);
  });

  test('of unbillable work stays unsold, whatever is agreed', async () => {
    const f = await ready();
    const entry = f.entry({ billable: false });
    await post([entry]);
    await sellAt(f, 9_900);
    await reprice([await salesOf(entry.id, 'COST')]);
    expect(await counting(entry.id)).toEqual(['COST 1 6000']);
  });

  test('keeps to the limit of its line, of which it frees what it had', async () => {
    const f = await ready();
    const rates = (cents: number) => [
      { id: newId(), lineId: null, employeeId: f.employeeId, laborCategoryId: null, minor: String(cents), effectiveFrom: '2026-01-01', effectiveTo: null },
    ];
    await f.contract({ lines: [{ ...f.line, notToExceedMinor: '20000' }] });
    const [one, two] = [f.entry(), f.entry()];
    await post([one, two]);
    const [row] =
      await world.sql`select count(*)::int as n from finance.actual where project_id = ${f.projectId} and status = 'READY' and kind = 'UNBILLED_SALES'`;
    expect(row?.n).toBe(2);
    await f.contract({ lines: [{ ...f.line, notToExceedMinor: '20000' }], rates: rates(9_000) });
    await reprice([await salesOf(one.id)]);
    await f.contract({ lines: [{ ...f.line, notToExceedMinor: '20000' }], rates: rates(11_000) });
    await reprice([await salesOf(two.id)]);
    const parts = async (entry: ApprovedEntry) => {
      const rows =
        await world.sql`select part, status, hold_code, amount_minor, seconds from finance.actual where source_id = ${entry.id} and kind = 'UNBILLED_SALES'
        and reverses_id is null and reversed_by_id is null order by part`;
      return rows.map((row) => Object.values(row).join(' '));
    };
    expect(await parts(two)).toEqual(['1 READY  11000 3600']);
    await reprice([await salesOf(one.id)]);
    expect(await parts(one)).toEqual(['1 READY  9000 2945', '2 NOT_READY NOT_TO_EXCEED 2000 655']);
    // At another price the parts go together, and are cut anew.
    await f.contract({ lines: [{ ...f.line, notToExceedMinor: '20000' }], rates: rates(9_000) });
    await reprice([await salesOf(one.id)]);
    expect(await parts(one)).toEqual(['1 READY  9000 3600']);
  });

  test('of a closed period needs a day in the books', async () => {
    const f = await ready();
    const entry = f.entry({ workDate: '2026-01-15' });
    await post([entry]);
    const [period] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${f.legalEntityId} and start_date = '2026-01-01'`;
    await done(world, 'mutation ($input: FiscalPeriodActionInput!) { closeFiscalPeriod(input: $input) { userErrors { code message } } }', { id: period?.id });
    await sellAt(f, 12_000);
    const id = await salesOf(entry.id);
    expect((await reprice([id])).results).toMatchObject([{ actual: null, userErrors: [{ code: 'PERIOD_CLOSED' }] }]);
    expect((await reprice([id], { accountingDate: '2026-02-01' })).results).toMatchObject([
      { actual: { accountingDate: '2026-02-01', amount: { amount: '120.00' } } },
    ]);
    const [reversal] = await world.sql`select accounting_date::text as on, reason from finance.actual where reverses_id = ${id}`;
    expect(reversal).toEqual({ on: '2026-02-01', reason: 'Agreed' });
  });

  test('is an expense too, at what it cost', async () => {
    const f = await ready();
    await f.contract({ lines: [{ ...f.line, kinds: ['TIME'] }] });
    const { id, version, customerId, engagementId, projectId, employeeId, workDate } = f.entry();
    const expense = {
      id,
      version,
      customerId,
      engagementId,
      projectId,
      taskId: null,
      employeeId,
      workDate,
      amountMinor: 1234n,
      currency: 'EUR',
      description: null,
    };
    await f.contract();
    await inScope(world, (scope) => postApprovedExpenses(scope, [{ ...expense, billable: true }]));
    await f.contract({ lines: [aContractLine({ name: 'Travel', kinds: ['EXPENSE'] }), { ...f.line, kinds: ['TIME'] }] });
    await reprice([await salesOf(id)]);
    expect(await counting(id)).toEqual(['COST 2 1234', 'UNBILLED_SALES 2 1234']);
  });

  test('500 pieces take as many statements as 5', async () => {
    const f = await ready();
    const count = async (n: number, cents: number) => {
      const entries = Array.from({ length: n }, () => f.entry());
      await post(entries);
      await sellAt(f, cents);
      const rows =
        await world.sql`select id from finance.actual where source_id = any(${entries.map(({ id }) => id)}::uuid[]) and kind = 'UNBILLED_SALES' and reversed_by_id is null`;
      world.statements.length = 0;
      const items = rows.map(({ id }) => ({ id, reason: 'Agreed' }));
      const text = 'mutation ($input: RepriceActualsInput!) { repriceActuals(input: $input) { succeeded failed } }';
      expect((await world.ok(text, { variables: { input: { idempotencyKey: newId(), items } } })).repriceActuals).toEqual({ succeeded: n, failed: 0 });
      return world.statements.length;
    };
    const few = await count(5, 7_000);
    expect(await count(500, 8_000)).toBe(few);
  });
});

describe('is refused', () => {
  test('what an invoice has taken', async () => {
    const f = await ready();
    const entry = f.entry();
    await post([entry]);
    const draft = 'mutation ($input: DraftInvoicesInput!) { draftInvoices(input: $input) { results { invoice { id } userErrors { code } } } }';
    const input = { idempotencyKey: newId(), cutOffDate: '2026-12-31', contractIds: [f.contractId], invoiceDate: '2026-02-28' };
    expect((await world.ok(draft, { variables: { input } })).draftInvoices.results).toMatchObject([{ userErrors: [] }]);
    await sellAt(f, 15_000);
    const before = await counting(entry.id);
    expect((await reprice([await salesOf(entry.id)])).results).toMatchObject([{ actual: null, userErrors: [{ code: 'INVALID_TRANSITION' }] }]);
    expect((await reprice([await salesOf(entry.id, 'COST')])).results).toMatchObject([{ actual: null, userErrors: [{ guard: 'notOnInvoice' }] }]);
    expect(await counting(entry.id)).toEqual(before);
  });

  test('what was taken back, in part or whole', async () => {
    const f = await ready();
    const entry = f.entry();
    await post([entry]);
    const sale = await salesOf(entry.id);
    await run('reverse', [{ id: sale, reason: 'Wrong' }]);
    expect((await reprice([sale])).results).toMatchObject([{ userErrors: [{ guard: 'stillCounts' }] }]);
    expect((await reprice([await salesOf(entry.id, 'COST')])).results).toMatchObject([{ userErrors: [{ guard: 'nothingTakenBack' }] }]);
    expect(await post([entry])).toMatchObject([{ refused: { code: 'ACTUAL_REVERSED' }, atRisk: { minor: 10_000n } }]);
    expect(await post([entry], { anew: true })).toMatchObject([{ actualIds: { length: 2 } }]);
    expect(await counting(entry.id)).toEqual(['COST 1 6000', 'UNBILLED_SALES 2 10000']);
  });

  test('one source twice, a stale version, a stranger, and whoever may not', async () => {
    const f = await ready();
    const entry = f.entry();
    await post([entry]);
    const [sale, cost] = [await salesOf(entry.id), await salesOf(entry.id, 'COST')];
    expect((await reprice([sale, cost, sale, newId()])).results).toMatchObject([
      { userErrors: [] },
      { userErrors: [{ code: 'VALIDATION_FAILED', field: 'id' }] },
      { userErrors: [{ code: 'VALIDATION_FAILED', field: 'id' }] },
      { userErrors: [{ code: 'NOT_FOUND' }] },
    ]);
    expect((await reprice([sale], { expectedVersion: 7 })).results).toMatchObject([{ userErrors: [{ code: 'STALE_VERSION' }] }]);
    const text = `mutation ($input: RepriceActualsInput!) { repriceActuals(input: $input) { userErrors { code } results { userErrors { code } } } }`;
    const as = async (permissions: string[], customerIds: string[] | null) => {
      const input = { idempotencyKey: newId(), items: [{ id: sale, reason: 'Agreed' }] };
      return (await world.ok(text, { variables: { input }, actor: { ...allowed, permissions, customerIds } as typeof allowed })).repriceActuals;
    };
    expect(await as(['actual:read', 'actual:reverse'], null)).toMatchObject({ userErrors: [{ code: 'FORBIDDEN' }] });
    expect(await as(['*'], [newId()])).toMatchObject({ results: [{ userErrors: [{ code: 'NOT_FOUND' }] }] });
  });

  test('what no terms price any more: the price that stands, stands', async () => {
    const f = await ready();
    const entry = f.entry();
    await post([entry]);
    await f.contract({ lines: [] });
    expect((await reprice([await salesOf(entry.id)])).results).toMatchObject([{ userErrors: [{ code: 'PROJECT_NOT_BILLABLE' }] }]);
    expect(await counting(entry.id)).toEqual(['COST 1 6000', 'UNBILLED_SALES 1 10000']);
  });
});

test('one revision counts at a time, and each is made once: the database says so alone', async () => {
  const f = await ready();
  const entry = f.entry();
  await post([entry]);
  const again = async (revision: number) => {
    const columns = (await world.sql`select column_name from information_schema.columns where table_schema = 'finance' and table_name = 'actual'`).map(
      (row) => row.column_name,
    );
    const kept = columns.filter((name) => name !== 'id' && name !== 'pricing_revision').join(', ');
    return plantCorruption(world.sql)
      .unsafe(
        `insert into finance.actual (id, pricing_revision, ${kept}) select gen_random_uuid(), ${revision}, ${kept} from finance.actual where id = '${await salesOf(entry.id)}'`,
      )
      .then(
        () => undefined,
        (error) => error.constraint_name,
      );
  };
  expect(await again(1)).toMatch(/actual_(source|revision)_once/);
  expect(await again(2)).toBe('actual_source_once');
});

test('forth and back, in whatever order with reversals and postings anew: WIP is the sum of what counts, and the totals come back', async () => {
  const f = await ready();
  const entries = Array.from({ length: 4 }, (_, index) => f.entry({ seconds: BigInt(900 * (index + 1)), workDate: `2026-02-0${index + 2}` }));
  await post(entries);
  const beginning = await wips(f);
  const step = fc.record({
    act: fc.constantFrom('price', 'price', 'reprice', 'reprice', 'reverse', 'anew', 'repeat'),
    pick: fc.nat(3),
    cents: fc.integer({ min: 1, max: 40_000 }),
  });
  const all = (cents: number | undefined) => (cents === undefined ? f.contract() : sellAt(f, cents));
  const walk = async ({ act, pick, cents }: { act: string; pick: number; cents: number }) => {
    const entry = entries[pick];
    if (!entry) return;
    if (act === 'price') await all(cents);
    const ids = await world.sql`select id from finance.actual where source_id = ${entry.id} and reverses_id is null and reversed_by_id is null order by kind`;
    const id = ids[cents % 2]?.id ?? ids[0]?.id;
    if (act === 'reprice' && id) await reprice([id]);
    if (act === 'reverse' && id) await run('reverse', [{ id, reason: 'walk' }]);
    if (act === 'anew') await post([entry], { anew: true });
    if (act === 'repeat') await post([entry]);
  };
  const consistent = async () => {
    const { told, all: total, counting: live } = await wips(f);
    expect([told, total]).toEqual([live, live]);
    const doubles =
      await world.sql`select source_id from finance.actual where project_id = ${f.projectId} and reverses_id is null and reversed_by_id is null group by source_id, kind having count(*) > 1`;
    expect(doubles).toEqual([]);
  };
  const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 12 }), async (steps) => {
    for (const each of steps) {
      await walk(each);
      await consistent();
    }
    await all(undefined);
    await post(entries, { anew: true });
    for (const entry of entries) await reprice([await salesOf(entry.id)]);
    await consistent();
    expect(await wips(f)).toEqual(beginning);
  });
  await fc.assert(property, { numRuns: 12, seed: 20260301, endOnFailure: true });
});
