import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { openDb } from '#kernel/db.ts';
import { newId } from '#kernel/ids.ts';
import { type Difference, recordDifferences } from '#operations/reconciliation/commands.ts';
import { plantCorruption } from '../support/corruption.ts';
import { firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { reconciliationsOf, turnReconciliation } from '../support/reconciliations.ts';

let world: FlowWorld;
let at: ReturnType<typeof reconciliationsOf>;
beforeAll(async () => {
  world = await flowWorld();
  at = reconciliationsOf(world);
});
afterAll(() => world[Symbol.asyncDispose]());

const euro = (amount: string) => ({ amount, currency: 'EUR' });
const nothing = { count: 0, seconds: 0n, minor: 0n, hash: '0' };
const one = (minor: bigint) => ({ count: 1, seconds: 3600n, minor, hash: '1' });

type Found = Partial<Omit<Difference, 'left' | 'right' | 'atRisk'>> & { minor?: bigint };

function difference({ minor = 10_000n, ...rest }: Found = {}): Difference {
  const place = { customerId: newId(), projectId: newId(), legalEntityId: null, week: '2026-02-09', currency: 'EUR' };
  const left = one(minor);
  return { pair: 'POSTED_BILLED', cause: 'UNKNOWN', code: null, ...place, ...rest, left, right: nothing, atRisk: left, exampleIds: rest.exampleIds ?? [] };
}

/** What a run finds of the customers of these differences. */
async function found(differences: readonly Difference[], customerIds = differences.map(({ customerId }) => customerId)) {
  await using open = openDb({ url: world.databaseUrl, name: 'found', max: 1, scope: 'command' });
  const scope = { actor: serviceActor('reconciliation'), trace: { correlationId: 'test' }, now: new Date() };
  return open.db.transaction((tx) => recordDifferences({ ...scope, tx }, { customerIds, differences }));
}

const only = async (customerId: string, more: Record<string, unknown> = {}) => at.breaks({ customerIds: [customerId], ...more });
const facts = async (subjectId: string): Promise<string[]> => {
  await world.sequence();
  return (await world.sql`select type from log.fact where subject_id = ${subjectId} order by position`).map(({ type }) => type);
};

describe('a break', () => {
  test('opens once, follows what later runs find, and is resolved by the run that finds it whole: each with its fact', async () => {
    const first = difference();
    expect(await found([first])).toEqual({ opened: 1, resolved: 0, explained: 0 });
    const [row] = await only(first.customerId);
    expect(await found([first])).toEqual({ opened: 0, resolved: 0, explained: 0 });
    await found([difference({ ...first, minor: 20_000n })]);
    expect(await only(first.customerId)).toMatchObject([{ id: row?.id, moneyAtRisk: euro('200.00') }]);
    expect(await found([], [first.customerId])).toEqual({ opened: 0, resolved: 1, explained: 0 });
    expect(await only(first.customerId)).toEqual([]);
    expect(await only(first.customerId, { statuses: ['RESOLVED'] })).toMatchObject([{ id: row?.id, cures: [] }]);
    expect(await facts(row?.id ?? '')).toEqual(['ReconciliationBreakOpened', 'ReconciliationBreakResolved']);
    // What comes back is another break.
    expect(await found([first])).toMatchObject({ opened: 1 });
  });

  test('that was found again has moved its last moment, and no version', async () => {
    const first = difference();
    await found([first]);
    const read = async () =>
      (await world.sql`select version, last_seen_at, first_seen_at from operations.reconciliation_break where customer_id = ${first.customerId}`)[0];
    const before = await read();
    await found([first]);
    const after = await read();
    expect(after?.version).toBe(before?.version);
    expect(after?.first_seen_at).toEqual(before?.first_seen_at);
    expect(after?.last_seen_at.getTime()).toBeGreaterThan(before?.last_seen_at.getTime());
  });

  test('with a cause comes and goes without a fact', async () => {
    const first = difference({ cause: 'READY_TO_BILL' });
    expect(await found([first])).toEqual({ opened: 0, resolved: 0, explained: 1 });
    const [row] = await only(first.customerId);
    expect(row).toMatchObject({ status: 'EXPLAINED', cures: [{ mutation: 'runBilling' }, { mutation: 'draftInvoices' }] });
    expect(await found([], [first.customerId])).toEqual({ opened: 0, resolved: 0, explained: 0 });
    expect(await only(first.customerId, { statuses: ['RESOLVED', 'EXPLAINED'] })).toEqual([]);
    expect(await facts(row?.id ?? '')).toEqual([]);
  });

  test('that is accepted stays so while it is the same, and is open again when other or more is at risk', async () => {
    const first = difference();
    await found([first]);
    const [row] = await only(first.customerId);
    const id = row?.id ?? '';
    const accepted = await world.graph.done(
      'acceptReconciliationBreak',
      { id, reason: 'Known since the migration' },
      {
        select: 'reconciliationBreak { status reason acceptedBy availableActions { name } }',
      },
    );
    expect(accepted.reconciliationBreak).toMatchObject({ status: 'ACCEPTED', reason: 'Known since the migration', acceptedBy: expect.any(String) });
    expect(accepted.reconciliationBreak.availableActions.map(({ name }: Json) => name)).toEqual(['reopen', 'resolve']);
    await found([first]);
    expect(await only(first.customerId)).toMatchObject([{ status: 'ACCEPTED' }]);
    await found([difference({ ...first, minor: 10_001n })]);
    expect(await only(first.customerId)).toMatchObject([{ id, status: 'OPEN' }]);
    expect(await facts(id)).toEqual(['ReconciliationBreakOpened', 'ReconciliationBreakAccepted', 'ReconciliationBreakOpened']);
  });

  test('is accepted with a reason only, by who may, at the version that was read', async () => {
    const first = difference();
    await found([first]);
    const [row] = await only(first.customerId);
    const id = row?.id;
    const codes = async (input: Record<string, unknown>, role?: string) =>
      (await world.graph.mutate('acceptReconciliationBreak', { id, reason: 'r', ...input }, role ? { wish: { role } } : {})).userErrors.map(
        ({ code }: Json) => code,
      );
    expect(await codes({ reason: ' ' })).toEqual(['VALIDATION_FAILED']);
    expect(await codes({ expectedVersion: 9 })).toEqual(['STALE_VERSION']);
    expect(await codes({ id: newId() })).toEqual(['NOT_FOUND']);
    expect(await codes({}, 'support')).toEqual(['FORBIDDEN']);
    expect(await codes({}, 'finance')).toEqual([]);
  });

  test('is read by its id alone, and says who holds its stages', async () => {
    const first = difference();
    await found([first]);
    const [row] = await only(first.customerId);
    const { node } = await world.graph.ok(
      `query ($id: ID!) { node(id: $id) { __typename ... on ReconciliationBreak { leftSystem rightSystem status left { count hours amount { amount } hash } right { count } } } }`,
      { id: row?.id },
    );
    expect(node).toMatchObject({
      __typename: 'ReconciliationBreak',
      leftSystem: 'ACCORD',
      rightSystem: 'ACCORD',
      left: { count: 1, amount: { amount: '100.00' } },
      right: { count: 0 },
    });
  });
});

describe('who sees a part of the firm', () => {
  test('sees the breaks and the leakage of its legal entities and customers, and no run', async () => {
    const [mine, theirs] = [await firmAt(world.graph, { name: 'Mine' }), await firmAt(world.graph, { name: 'Theirs' })];
    await found([
      difference({ customerId: mine.customerId, legalEntityId: mine.legalEntityId, minor: 100n }),
      difference({ customerId: theirs.customerId, legalEntityId: theirs.legalEntityId, minor: 200n }),
    ]);
    for (const confined of [{ legalEntityIds: [mine.legalEntityId] }, { customerIds: [mine.customerId] }]) {
      const wish = { role: 'finance', ...confined } as const;
      const { rows } = await at.leakage({ groupBy: 'CUSTOMER', filter: { customerIds: [mine.customerId, theirs.customerId] } }, wish);
      expect(rows).toMatchObject([{ customer: { id: mine.customerId }, moneyAtRisk: [euro('1.00')] }]);
      const query = `query ($ids: [ID!]) { operations { reconciliationBreaks(filter: { customerIds: $ids }) { totalCount nodes { customer { id } legalEntity { id } } } } }`;
      const { operations } = await world.graph.ok(query, { ids: [mine.customerId, theirs.customerId] }, wish);
      expect(operations.reconciliationBreaks).toMatchObject({ totalCount: 1, nodes: [{ customer: { id: mine.customerId } }] });
      const refused = await world.graph.ask('{ operations { reconciliationRuns { nodes { id } } } }', {}, wish);
      expect(refused.errors[0].extensions.code).toBe('FORBIDDEN');
      const { userErrors } = await world.graph.mutate('runReconciliation', {}, { wish });
      expect(userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
      const hidden = (await only(theirs.customerId))[0]?.id;
      expect(
        (await world.graph.ok('query ($id: ID!) { operations { reconciliationBreak(id: $id) { id } } }', { id: hidden }, wish)).operations.reconciliationBreak,
      ).toBeNull();
      expect((await world.graph.mutate('resolveReconciliationBreak', { id: hidden }, { wish })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
  });

  test('from outside the firm, or without the permission, gets nothing', async () => {
    const { customerId } = await firmAt(world.graph);
    for (const wish of [{ role: 'portal', customerIds: [customerId] } as const, { role: 'consultant' } as const]) {
      const { errors } = await world.graph.ask('{ operations { leakage { rows { count } } } }', {}, wish);
      expect(errors.length).toBeGreaterThan(0);
    }
  });
});

describe('the lists', () => {
  test('go in each of their orders, page by page, and their filters hold', async () => {
    const customerId = newId();
    const all = [1, 2, 3, 4].map((n) =>
      difference({
        customerId,
        minor: BigInt(n * 100),
        week: `2026-03-0${n + 1}`,
        cause: n % 2 === 0 ? 'HELD' : 'UNKNOWN',
        code: n === 2 ? 'NOT_TO_EXCEED' : null,
      }),
    );
    await found(all, [customerId]);
    const query = `query ($first: Int, $after: Cursor, $filter: ReconciliationBreakFilter, $orderBy: ReconciliationBreakOrder) { operations {
      reconciliationBreaks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) { nodes { startDate moneyAtRisk { amount } } pageInfo { hasNextPage endCursor } } } }`;
    const amounts = async (variables: Record<string, unknown>): Promise<string[]> => {
      const seen: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const { reconciliationBreaks: page }: Json = (await world.graph.ok(query, { first: 2, after, ...variables })).operations;
        seen.push(...page.nodes.map(({ moneyAtRisk }: Json) => moneyAtRisk.amount));
        after = page.pageInfo.endCursor;
        more = page.pageInfo.hasNextPage;
      }
      return seen;
    };
    const filter = { customerIds: [customerId] };
    for (const field of ['WEEK', 'MONEY_AT_RISK'])
      expect(await amounts({ filter, orderBy: { field, direction: 'DESC' } })).toEqual(['4.00', '3.00', '2.00', '1.00']);
    for (const field of ['FIRST_SEEN_AT', 'LAST_SEEN_AT']) expect(await amounts({ filter, orderBy: { field, direction: 'ASC' } })).toHaveLength(4);
    const weeks = { orderBy: { field: 'WEEK', direction: 'ASC' } };
    expect(await amounts({ ...weeks, filter: { ...filter, statuses: ['OPEN'] } })).toEqual(['1.00', '3.00']);
    expect(await amounts({ ...weeks, filter: { ...filter, causes: ['HELD'] } })).toEqual(['2.00', '4.00']);
    expect(await amounts({ ...weeks, filter: { ...filter, codes: ['NOT_TO_EXCEED'] } })).toEqual(['2.00']);
    expect(await amounts({ ...weeks, filter: { ...filter, projectIds: [all[2]?.projectId] } })).toEqual(['3.00']);
    expect(await amounts({ ...weeks, filter: { ...filter, weekFrom: '2026-03-03', weekTo: '2026-03-04' } })).toEqual(['2.00', '3.00']);
    expect(await amounts({ ...weeks, filter: { ...filter, pairs: ['BILLED_PAID'] } })).toEqual([]);
  });

  test('of leakage say when there is more, and what pair or cause a row is of', async () => {
    const customerId = newId();
    await found(
      [
        difference({ customerId, cause: 'HELD', code: 'NOT_TO_EXCEED', minor: 300n }),
        difference({ customerId, cause: 'READY_TO_BILL', minor: 200n, currency: 'USD' }),
        difference({ customerId, pair: 'BILLED_RECOGNIZED', cause: 'NOT_YET_RECOGNIZED', minor: 900n }),
      ],
      [customerId],
    );
    const filter = { customerIds: [customerId] };
    const { rows, more } = await at.leakage({ groupBy: 'CAUSE', filter, first: 1 });
    expect({ rows, more }).toMatchObject({ rows: [{ cause: 'HELD', code: 'NOT_TO_EXCEED', moneyAtRisk: [euro('3.00')] }], more: true });
    expect((await at.leakage({ groupBy: 'PAIR', filter })).rows).toMatchObject([
      { pair: 'POSTED_BILLED', count: 2, moneyAtRisk: [euro('3.00'), { amount: '2.00', currency: 'USD' }] },
    ]);
    const { errors } = await world.graph.ask('{ operations { leakage(first: 251) { more } } }');
    expect(errors[0].extensions.code).toBe('VALIDATION_FAILED');
  });
});

describe('a run', () => {
  test('is one at a time: who asks while one stands gets that one, and a key gives the first answer again', async () => {
    const key = newId();
    const ask = (idempotencyKey: string) => world.graph.mutate('runReconciliation', { idempotencyKey }, { select: 'reconciliationRun { id finishedAt }' });
    const [first, ...others] = await Promise.all([key, newId(), newId(), newId()].map(ask));
    expect(new Set([first, ...others].map(({ reconciliationRun }) => reconciliationRun.id)).size).toBe(1);
    await turnReconciliation(world.databaseUrl);
    const again = await ask(key);
    expect(again).toMatchObject({ replayed: true, reconciliationRun: { id: first.reconciliationRun.id, finishedAt: expect.any(String) } });
    const next = await ask(newId());
    expect(next.reconciliationRun.id).not.toBe(first.reconciliationRun.id);
    await turnReconciliation(world.databaseUrl);
  });

  test('goes on where it was when its worker dies between two bites or within one, and nothing is there twice', async () => {
    const made: { customerId: string; entries: string[] }[] = [];
    for (let n = 0; n < 3; n += 1) {
      const own = await firmAt(world.graph);
      const { entries } = await own.recorded(['2026-02-16']);
      made.push({ customerId: own.customerId, entries });
    }
    const entries = made.flatMap((each) => each.entries);
    await at.byHand(
      (tx) => plantCorruption(tx)`update time.timesheet_entry set status = 'APPROVED', approved_version = version where id = any(${entries}::uuid[])`,
    );
    // More than one bite.
    for (let n = 0; n < 22; n += 1) await world.graph.made('createCustomer', 'customer', { name: `Bite ${n}` });
    await world.sequence();
    const id = await at.begin();
    await turnReconciliation(world.databaseUrl, { most: 1 });
    const between = await at.read(id);
    expect(between).toMatchObject({ finishedAt: null, customers: 20 });
    await using dying = openDb({ url: world.databaseUrl, name: 'dying', max: 1, scope: 'command' });
    const { reconciliation } = await import('#processes/reconciliation.ts');
    const died = dying.db.transaction(async (tx) => {
      await reconciliation.run({ tx, actor: serviceActor('reconciliation'), trace: { correlationId: 'test' }, now: new Date() });
      throw new Error('died');
    });
    await expect(died).rejects.toThrow('died');
    expect(await at.read(id)).toMatchObject({ customers: 20 });
    await Promise.all([turnReconciliation(world.databaseUrl), turnReconciliation(world.databaseUrl)]);
    await turnReconciliation(world.databaseUrl);
    const [{ n }] = (await world.sql`select count(*)::int as n from engagements.customer`) as unknown as [{ n: number }];
    expect(await at.read(id)).toMatchObject({ finishedAt: expect.any(String), customers: n });
    for (const { customerId } of made) expect(await at.unknown({ customerIds: [customerId] })).toHaveLength(1);
    await world.sequence();
    const [told] = await world.sql`select payload from log.fact where type = 'ReconciliationCompleted' and subject_id = ${id}`;
    expect(told?.payload).toMatchObject({ complete: true, customers: n, opened: 3 });
  });

  test('of what changed compares the customers of whom the log told something since the last, and no other', async () => {
    const [quiet, busy] = [await firmAt(world.graph), await firmAt(world.graph)];
    await world.settle();
    await at.run();
    const { entries } = await quiet.recorded(['2026-02-16']);
    await world.settle();
    await at.run();
    await at.byHand(
      (tx) => plantCorruption(tx)`update time.timesheet_entry set status = 'APPROVED', approved_version = version where id = any(${entries}::uuid[])`,
    );
    await busy.approved(['2026-02-09']);
    await world.settle();
    const run = await at.run({ changed: true });
    expect(run).toMatchObject({ complete: false, customers: 1 });
    expect(await only(busy.customerId)).toMatchObject([{ cause: 'READY_TO_BILL' }]);
    expect(await at.unknown({ customerIds: [quiet.customerId] })).toEqual([]);
    await at.run();
    expect(await at.unknown({ customerIds: [quiet.customerId] })).toHaveLength(1);
  });

  test('comes by itself: an hour after the last of what changed, a day after it of all', async () => {
    await at.run();
    const runs = async () =>
      (await world.graph.ok('{ operations { reconciliationRuns(first: 2) { nodes { id complete startedBy finishedAt } } } }')).operations.reconciliationRuns
        .nodes;
    const [last] = await runs();
    const later = (hours: number) => () => new Date(Date.now() + hours * 3_600_000);
    await turnReconciliation(world.databaseUrl, { now: later(0.9) });
    expect((await runs())[0].id).toBe(last.id);
    await turnReconciliation(world.databaseUrl, { now: later(1.1) });
    expect(await runs()).toMatchObject([{ complete: false, startedBy: 'service:reconciliation' }, { id: last.id }]);
    await turnReconciliation(world.databaseUrl, { now: later(25) });
    expect(await runs()).toMatchObject([{ complete: true, finishedAt: expect.any(String) }, { complete: false }]);
  });
});
