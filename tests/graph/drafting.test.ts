import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as engagements } from '#engagements/published.ts';
import { newId } from '#kernel/ids.ts';
import { references } from '#kernel/reference.ts';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import { aContract } from '../support/siblings.ts';
import { plantVolume } from '../support/volume.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const selection = 'succeeded failed actualsTaken replayed results { index invoice { id contract { id } subtotal { amount } } userErrors { code guard } }';
const draft = (input: Record<string, unknown> = {}) => world.mutate('draftInvoices', selection, { cutOffDate: '2026-12-31', ...input });

/** Contracts like the first one, by id: drafts go by their order. */
async function contracts(count: number): Promise<string[]> {
  const like = (await references(world.db, engagements.Contract, [world.ids.contract])).get(world.ids.contract);
  const ids = Array.from({ length: count }, () => newId()).sort();
  await world.publish(
    engagements.Contract,
    ids.map((id, index) => ({ id, data: aContract({ ...like, name: `Contract ${index}` }) })),
  );
  return ids;
}

/** Work of one hour on each contract, in one statement. */
async function workOn(contractIds: readonly string[], { each = 1, minor = 10_000 } = {}): Promise<void> {
  const { ids, sql } = world;
  await plantVolume(
    sql,
  )`insert into finance.actual (id, kind, transaction_class, status, source_type, source_id, source_version, legal_entity_id, customer_id, engagement_id, contract_id,
    contract_line_id, project_id, labor_category_id, work_date, accounting_date, seconds, amount_minor, currency, price_explanation)
    select uuidv7(), 'UNBILLED_SALES', 'TIME', 'READY', 'TIMESHEET_ENTRY', uuidv7(), 1, ${ids.books}, ${ids.customer}, ${ids.engagement}, contract, ${ids.tmLine}, ${ids.project},
    ${ids.category}, '2026-02-10', '2026-02-10', 3600, ${minor}, 'EUR', '{}' from unnest(${[...contractIds]}::uuid[]) as contract, generate_series(1, ${each})`;
}

const pagesOf = async (key: string): Promise<string[]> =>
  (await world.sql`select mutation from log.idempotency where key = ${key} order by created_at, mutation`).map((row) => row.mutation);

describe('lines', () => {
  const actual = fc.record({
    kind: fc.constantFrom('TIME', 'EXPENSE', 'FEE'),
    line: fc.constantFrom('tmLine' as const, 'feeLine' as const, null),
    project: fc.constantFrom('project' as const, 'project2' as const, null),
    category: fc.constantFrom('category' as const, null),
    about: fc.constantFrom('taxi', 'hotel, "late"', '', null),
    seconds: fc.constantFrom(3600, 90, null),
    minor: fc.integer({ min: -5_000, max: 100_000 }),
  });
  type Actual = typeof actual extends fc.Arbitrary<infer Value> ? Value : never;

  async function put(contractId: string, work: readonly Actual[]): Promise<void> {
    const { ids, sql } = world;
    const rows = work.map((each) => ({
      ...each,
      line: each.line && ids[each.line],
      project: each.project && ids[each.project],
      category: each.category && ids[each.category],
    }));
    await plantVolume(
      sql,
    )`insert into finance.actual (id, kind, transaction_class, status, source_type, source_id, source_version, legal_entity_id, customer_id, engagement_id, contract_id,
      contract_line_id, project_id, labor_category_id, work_date, accounting_date, seconds, amount_minor, currency, description, price_explanation)
      select uuidv7(), 'UNBILLED_SALES', kind, 'READY', 'EXTERNAL', uuidv7(), 1, ${ids.books}, ${ids.customer}, ${ids.engagement}, ${contractId}, line, project, category,
      '2026-02-10', '2026-02-10', seconds, minor, 'EUR', about, '{}'
      from jsonb_to_recordset(${sql.json(rows as never)}) as given(kind text, line uuid, project uuid, category uuid, about text, seconds bigint, minor bigint)`;
  }

  /** What tells the lines of an invoice apart. */
  const keyOf = ({ project, line, kind, category, about }: Actual) => JSON.stringify([project, line, kind, category, kind === 'TIME' ? null : about]);

  function expected(work: readonly Actual[]) {
    return [...Map.groupBy(work, keyOf).values()]
      .map((same) => ({
        count: same.length,
        minor: same.reduce((sum, each) => sum + each.minor, 0),
        seconds: same.every((each) => each.seconds === null) ? null : same.reduce((sum, each) => sum + (each.seconds ?? 0), 0),
      }))
      .sort((a, b) => a.minor - b.minor || a.count - b.count || (a.seconds ?? -1) - (b.seconds ?? -1));
  }

  test('bill every actual once, by project, contract line, kind, category and what it was for, to the last unit and second', async () => {
    const property = fc.asyncProperty(fc.array(actual, { minLength: 1, maxLength: 40 }), async (work) => {
      const [contractId = ''] = await contracts(1);
      await put(contractId, work);
      const total = work.reduce((sum, each) => sum + each.minor, 0);
      const answer = await draft({ contractIds: [contractId] });
      if (total <= 0) {
        expect(answer.results).toMatchObject([{ invoice: null, userErrors: [{ guard: 'asksForMoney' }] }]);
        expect(await world.sql`select distinct status, version from finance.actual where contract_id = ${contractId}`).toEqual([
          { status: 'READY', version: 1 },
        ]);
        const rest = { kind: 'FEE', line: null, project: null, category: null, about: 'taxi', seconds: null, minor: 1 - total } as const;
        await put(contractId, [rest]);
        expect(await draft({ contractIds: [contractId] })).toMatchObject({ actualsTaken: work.length + 1, succeeded: 1 });
        return;
      }
      expect(answer).toMatchObject({ actualsTaken: work.length, results: [{ invoice: { subtotal: { amount: (total / 100).toFixed(2) } } }] });
      const lines = await world.sql`select line.actual_count as count, line.amount_minor::int as minor, line.seconds::int as seconds,
        (select count(*)::int from finance.actual where invoice_line_id = line.id and status = 'ON_INVOICE') as linked,
        (select sum(amount_minor)::int from finance.actual where invoice_line_id = line.id) as billed
        from finance.invoice_line line join finance.invoice on invoice.id = line.invoice_id where contract_id = ${contractId} order by minor, count, coalesce(line.seconds, -1)`;
      expect(lines.map(({ count, minor, seconds }) => ({ count, minor, seconds }))).toEqual(expected(work));
      expect(lines.every((line) => line.linked === line.count && line.billed === line.minor)).toBe(true);
    });
    await fc.assert(property, { numRuns: 25 });
  });
});

describe('a firm with many contracts', () => {
  test('is drafted page by page, each in a transaction of its own; the answer is one', async () => {
    const ids = await contracts(230);
    await workOn(ids);
    const answer = await draft({ idempotencyKey: 'pages', contractIds: undefined });
    expect(answer).toMatchObject({ succeeded: 230, failed: 0, actualsTaken: 230, replayed: false, userErrors: [] });
    expect(answer.results.map((result: { invoice: { contract: { id: string } } }) => result.invoice.contract.id)).toEqual(ids);
    expect(answer.results.map((result: { index: number }) => result.index)).toEqual(ids.map((_, index) => index));
    expect(await pagesOf('pages')).toEqual(['draftInvoices', 'draftInvoices 1', 'draftInvoices 2']);
    expect(await draft({ idempotencyKey: 'pages' })).toEqual({ ...answer, replayed: true });
    expect(await draft()).toMatchObject({ results: [], actualsTaken: 0, replayed: false });
  });

  test('that is stopped in the middle keeps what is done, and the same key goes on behind it', async () => {
    const ids = await contracts(150);
    await workOn(ids);
    await world.sql.unsafe(`create function finance.stop() returns trigger language plpgsql as $$ begin raise exception 'stopped' using errcode = 'AC002', constraint = 'planted'; end $$;
      create trigger stop before insert on finance.invoice for each row when (new.contract_id = '${ids[120]}') execute function finance.stop()`);
    const stopped = await draft({ idempotencyKey: 'stopped' });
    expect(stopped).toMatchObject({ succeeded: 100, actualsTaken: 100, replayed: false, userErrors: [{ guard: 'planted' }] });
    await world.sql.unsafe('drop trigger stop on finance.invoice; drop function finance.stop()');
    const whole = await draft({ idempotencyKey: 'stopped' });
    expect(whole).toMatchObject({ succeeded: 150, actualsTaken: 150, replayed: false, userErrors: [] });
    expect(whole.results.slice(0, 100)).toEqual(stopped.results);
    const [row] = await world.sql`select count(distinct invoice_id)::int as invoices, count(*)::int as n from finance.actual
      where contract_id in ${world.sql(ids)} and status = 'ON_INVOICE'`;
    expect(row).toEqual({ invoices: 150, n: 150 });
  });

  test('begins no further contract in a transaction that has taken many actuals', async () => {
    const [first = '', second = ''] = await contracts(2);
    await workOn([first], { each: 10_000, minor: 1 });
    await workOn([second]);
    const answer = await draft({ idempotencyKey: 'large' });
    expect(answer.userErrors).toEqual([]);
    expect(answer).toMatchObject({ succeeded: 2, actualsTaken: 10_001 });
    expect(await pagesOf('large')).toEqual(['draftInvoices', 'draftInvoices 1']);
  });

  test('skips what is refused and goes on', async () => {
    const ids = await contracts(105);
    await workOn(ids);
    await workOn([ids[3] ?? ''], { minor: -10_000 });
    await world.sql`update log.reference set data = data || '{"status": "SUSPENDED"}' where entity_id = ${ids[99] ?? ''}`;
    const answer = await draft({ contractIds: ids });
    expect(answer).toMatchObject({ succeeded: 103, failed: 2, actualsTaken: 103 });
    const refused = answer.results.filter((result: { invoice: unknown }) => result.invoice === null);
    expect(refused.map((result: { index: number; userErrors: { guard: string }[] }) => [result.index, result.userErrors[0]?.guard])).toEqual([
      [3, 'asksForMoney'],
      [99, 'contractBillable'],
    ]);
  });

  test('takes the work of one legal entity where only that is asked for', async () => {
    const ids = await contracts(1);
    await workOn(ids);
    expect(await draft({ contractIds: ids, legalEntityIds: [newId()] })).toMatchObject({ results: [], actualsTaken: 0, userErrors: [] });
    expect(await draft({ contractIds: ids, legalEntityIds: [world.ids.books] })).toMatchObject({ succeeded: 1, actualsTaken: 1, userErrors: [] });
  });

  test('takes 250 contracts in a list at most', async () => {
    const ids = Array.from({ length: 251 }, () => newId());
    const refused = await draft({ contractIds: ids });
    expect(refused).toMatchObject({ results: [], userErrors: [{ code: 'VALIDATION_FAILED', field: 'contractIds' }] });
    expect(await draft({ contractIds: ids.slice(1) })).toMatchObject({ results: [], userErrors: [] });
  });
});
