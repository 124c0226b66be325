import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as engagements } from '#engagements/published.ts';
import { billNextContracts } from '#finance/billingRun/commands.ts';
import { roles } from '#gateway/roles.ts';
import { type Actor, serviceActor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { references } from '#kernel/reference.ts';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import type { Json } from '../support/graph.ts';
import { aContract } from '../support/siblings.ts';
import { plantVolume } from '../support/volume.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const all = { cutOffDate: '2026-12-31', invoiceDate: '2026-02-28' };
const runFields =
  'id version state contractsFound contractsDone drafted skipped actualsTaken finishedAt startedBy customers { id } contracts { id } legalEntities { code }';

/** Contracts like the first one, in the order of their ids, each with an hour of work. */
async function contracts(count: number, { minor = 10_000, currency = 'EUR' } = {}): Promise<string[]> {
  const { ids, sql } = world;
  const like = (await references(world.db, engagements.Contract, [ids.contract])).get(ids.contract);
  const made = Array.from({ length: count }, () => newId()).sort();
  await world.publish(
    engagements.Contract,
    made.map((id, index) => ({ id, data: aContract({ ...like, name: `Contract ${index}` }) })),
  );
  await plantVolume(
    sql,
  )`insert into finance.actual (id, kind, transaction_class, status, source_type, source_id, source_version, legal_entity_id, customer_id, engagement_id, contract_id,
    contract_line_id, project_id, labor_category_id, work_date, accounting_date, seconds, amount_minor, currency, price_explanation)
    select uuidv7(), 'UNBILLED_SALES', 'TIME', 'READY', 'TIMESHEET_ENTRY', uuidv7(), 1, ${ids.books}, ${ids.customer}, ${ids.engagement}, contract, ${ids.tmLine}, ${ids.project},
    ${ids.category}, '2026-02-10', '2026-02-10', 3600, ${minor}, ${currency}, '{}' from unnest(${made}::uuid[]) as contract`;
  return made;
}

const begin = async (input: Record<string, unknown>): Promise<Json> =>
  (await world.done('runBilling', `billingRun { ${runFields} } preview { cutOffDate }`, { ...all, ...input })).billingRun;
const bite = (id: string) =>
  world.db.transaction((tx) => billNextContracts({ tx, actor: serviceActor('billing-runs'), trace: { correlationId: 'run' }, now: world.time.now }, id));
const finish = async (id: string) => {
  while (await bite(id));
};
const read = async (id: string, more = '', actor?: Actor): Promise<Json> =>
  (await world.ok(`query ($id: ID!) { billingRun(id: $id) { ${runFields} ${more} } }`, { variables: { id }, ...(actor ? { actor } : {}) })).billingRun;
const looked = async (input: Record<string, unknown>, args = 'first: 250'): Promise<Json> =>
  (
    await world.done(
      'runBilling',
      `billingRun { id } preview { totals { currency invoices net { amount } tax { amount } gross { amount } } warnings { more warnings { code message count hours duration contract { id } mutation } }
        lines(${args}) { totalCount pageInfo { hasNextPage endCursor } nodes { contract { id } customer { id } actuals net { amount } gross { amount } refused { code } } } }`,
      { ...all, ...input, dryRun: true },
    )
  ).preview;

describe('a run', () => {
  test('goes through contracts ten at a time, and each bite takes as many statements as any other, and tells how far it is', async () => {
    const contractIds = await contracts(25);
    const { id, ...run } = await begin({ contractIds, customerIds: [world.ids.customer], legalEntityIds: [world.ids.books] });
    expect(run).toMatchObject({
      state: 'RUNNING',
      contractsFound: 25,
      contractsDone: 0,
      finishedAt: null,
      startedBy: 'test',
      customers: [{ id: world.ids.customer }],
    });
    expect(run.contracts).toHaveLength(25);
    expect(run.legalEntities).toEqual([{ code: 'NL' }]);
    const took: number[] = [];
    const seen: [number, string][] = [];
    for (let more = true; more; ) {
      world.statements.length = 0;
      more = await bite(id);
      took.push(world.statements.length);
      const { contractsDone, state } = await read(id);
      seen.push([contractsDone, state]);
    }
    expect(seen).toEqual([
      [10, 'RUNNING'],
      [20, 'RUNNING'],
      [25, 'COMPLETED'],
    ]);
    expect(took[1]).toBe(took[0]);
    expect(await bite(id)).toBe(false);
    const found = await read(
      id,
      'totals { currency status invoices net { amount } } drafts(first: 250) { totalCount nodes { contract { id } } } skips { totalCount }',
    );
    expect(found).toMatchObject({ drafted: 25, skipped: 0, actualsTaken: 25, drafts: { totalCount: 25 }, skips: { totalCount: 0 } });
    expect(found.totals).toEqual([{ currency: 'EUR', status: 'DRAFT', invoices: 25, net: { amount: '2500.00' } }]);
    expect(found.drafts.nodes.map(({ contract }: Json) => contract.id).sort()).toEqual(contractIds);
    expect((await world.facts()).filter((type) => type.startsWith('BillingRun'))).toEqual(['BillingRunStarted', 'BillingRunCompleted']);
  });

  test('passes over what cannot be billed, and says why of each', async () => {
    const [worthless = ''] = await contracts(1, { minor: 0 });
    const [foreign = ''] = await contracts(1, { currency: 'USD' });
    const contractIds = [worthless, foreign];
    const ahead = await looked({ contractIds });
    expect(ahead.totals).toEqual([]);
    expect(ahead.lines.nodes.map(({ refused, net }: Json) => [refused.code, net]).sort()).toEqual([
      ['CURRENCY_MISMATCH', null],
      ['GUARD_REFUSED', null],
    ]);
    const { id } = await begin({ contractIds });
    await finish(id);
    const found = await read(id, 'skips { nodes { contract { id } code message } }');
    expect(found).toMatchObject({ state: 'COMPLETED', drafted: 0, skipped: 2, contractsDone: 2 });
    expect(new Map(found.skips.nodes.map(({ contract, code }: Json) => [contract.id, code]))).toEqual(
      new Map([
        [worthless, 'GUARD_REFUSED'],
        [foreign, 'CURRENCY_MISMATCH'],
      ]),
    );
  });

  test('without anything to bill ends with its first look', async () => {
    const contractIds = [world.ids.otherContract];
    const { id, contractsFound } = await begin({ contractIds });
    expect(contractsFound).toBe(0);
    expect(await bite(id)).toBe(false);
    expect(await read(id)).toMatchObject({ state: 'COMPLETED', drafted: 0 });
  });

  test('is listed by its state and by when it changed', async () => {
    const { id } = await begin({ contractIds: await contracts(1) });
    const list = async (filter: string) =>
      (await world.ok(`{ billingRuns(first: 250, filter: ${filter}) { nodes { id state } } }`)).billingRuns.nodes as { id: string; state: string }[];
    expect((await list('{ states: [RUNNING] }')).map((run) => run.id)).toContain(id);
    expect((await list('{ states: [COMPLETED, CANCELLED] }')).map((run) => run.id)).not.toContain(id);
    await world.done('cancelBillingRun', 'billingRun { state cancelReason cancelledBy }', { id, reason: 'Too early' });
    expect(await list('{ states: [CANCELLED] }')).toContainEqual({ id, state: 'CANCELLED' });
    expect(await list('{ updatedSince: "2099-01-01T00:00:00Z" }')).toEqual([]);
    const stale = await world.mutate('cancelBillingRun', 'billingRun { id }', { id, reason: 'Again', expectedVersion: 1 });
    expect(stale.userErrors).toMatchObject([{ code: 'STALE_VERSION' }]);
  });

  test('is posted a hundred invoices at a time; the same key goes on behind what is done', async () => {
    const contractIds = await contracts(120);
    const { id } = await begin({ contractIds });
    await finish(id);
    const validated = await world.done('validateBillingRun', 'succeeded failed replayed results { index }', { id, idempotencyKey: 'validate all' });
    expect(validated).toMatchObject({ succeeded: 120, failed: 0, replayed: false });
    expect((await world.sql`select mutation from log.idempotency where key = 'validate all' order by mutation`).map((row) => row.mutation)).toEqual([
      'validateBillingRun',
      'validateBillingRun 1',
    ]);
    expect(await world.done('validateBillingRun', 'succeeded replayed', { id, idempotencyKey: 'validate all' })).toMatchObject({
      succeeded: 120,
      replayed: true,
    });
    const posted = await world.done('postBillingRun', 'billingRun { totals { status invoices } } succeeded results { invoice { number contract { id } } }', {
      id,
    });
    expect(posted.billingRun.totals).toEqual([{ status: 'POSTED', invoices: 120 }]);
    // In the order in which they were drafted, which is that of the contracts.
    expect(posted.results.map(({ invoice }: Json) => invoice.contract.id)).toEqual(contractIds);
    const numbers = posted.results.map(({ invoice }: Json) => invoice.number);
    expect(numbers).toEqual([...numbers].sort());
  });
});

describe('a preview', () => {
  test('comes in pages, each made anew, and keeps nothing', async () => {
    const contractIds = await contracts(12);
    const count = async () =>
      (
        await world.sql`select (select count(*) from finance.invoice)::int as invoices, (select count(*) from finance.billing_run)::int as runs,
      (select count(*) from log.pending)::int as facts, (select count(*) from log.idempotency)::int as keys, (select max(version) from finance.actual)::int as versions`
      )[0];
    const before = await count();
    const first = await looked({ contractIds }, 'first: 7');
    expect(first.lines).toMatchObject({ totalCount: 12, pageInfo: { hasNextPage: true } });
    const second = await looked({ contractIds }, `first: 7, after: "${first.lines.pageInfo.endCursor}"`);
    expect(second.lines.pageInfo.hasNextPage).toBe(false);
    expect([...first.lines.nodes, ...second.lines.nodes].map(({ contract }: Json) => contract.id)).toEqual(contractIds);
    expect(first.totals).toEqual([{ currency: 'EUR', invoices: 12, net: { amount: '1200.00' }, tax: { amount: '252.00' }, gross: { amount: '1452.00' } }]);
    expect(await count()).toEqual(before);
  });

  test('warns of work on hold', async () => {
    const [contractId = ''] = await contracts(2);
    const [row] = await world.sql`select id from finance.actual where contract_id = ${contractId}`;
    await world.done('holdActuals', 'succeeded', { items: [{ id: row?.id, reason: 'Dispute' }] });
    const { warnings } = await looked({ contractIds: [contractId] });
    expect(warnings).toMatchObject({
      more: false,
      warnings: [{ code: 'WORK_ON_HOLD', count: 1, hours: '1.00', duration: 'PT1H', contract: { id: contractId }, mutation: 'releaseActuals' }],
    });
  });

  test('warns of books that take no invoice of that date, also of a run that has drafted already', async () => {
    const contractIds = await contracts(1);
    const codes = (warned: Json) => warned.warnings.map(({ code }: Json) => code);
    const late = { contractIds, invoiceDate: '2031-01-31' };
    expect(codes((await looked({ contractIds })).warnings)).toEqual([]);
    expect(codes((await looked(late)).warnings)).toEqual(['PERIOD_NOT_OPEN']);
    const { id } = await begin(late);
    await finish(id);
    expect(codes((await read(id, 'warnings { warnings { code } }')).warnings)).toEqual(['PERIOD_NOT_OPEN']);
  });

  test('names twenty of a kind, and says that there are more', async () => {
    const contractIds = await contracts(25);
    const actualIds = (await world.sql`select id from finance.actual where contract_id = any(${contractIds}::uuid[])`).map((row) => row.id);
    await world.done('holdActuals', 'succeeded', { items: actualIds.map((id) => ({ id, reason: 'Dispute' })) });
    const { warnings } = await looked({ contractIds });
    expect([warnings.warnings.length, warnings.more]).toEqual([20, true]);
  });
});

describe('whoever sees a part of the firm', () => {
  test('has no billing runs, and begins none', async () => {
    const { id } = await begin({ contractIds: await contracts(1) });
    const parts: Actor[] = [
      { id: 'part', ...roles.finance, customerIds: [world.ids.customer] },
      { id: 'books', ...roles.finance, legalEntityIds: [world.ids.books] },
      { id: 'portal', ...roles.portal, customerIds: [world.ids.customer] },
    ];
    for (const actor of parts) {
      expect(await read(id, '', actor)).toBeNull();
      expect((await world.ok('{ billingRuns { totalCount } }', { actor })).billingRuns.totalCount).toBe(0);
      for (const dryRun of [true, false])
        expect((await world.mutate('runBilling', 'billingRun { id }', { ...all, dryRun }, actor)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
      for (const mutation of ['validateBillingRun', 'postBillingRun'])
        expect((await world.mutate(mutation, 'succeeded', { id }, actor)).userErrors[0].code).toMatch(/NOT_FOUND|FORBIDDEN/);
      expect((await world.mutate('cancelBillingRun', 'billingRun { id }', { id, reason: 'No' }, actor)).userErrors[0].code).toMatch(/NOT_FOUND|FORBIDDEN/);
    }
    expect(await read(id)).toMatchObject({ state: 'RUNNING' });
  });
});
