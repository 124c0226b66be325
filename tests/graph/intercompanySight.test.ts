import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postApprovedTime } from '#finance/actual/commands.ts';
import type { ApprovedEntry } from '#finance/actual/work.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { done, inScope, type World } from '../support/books.ts';
import { charge, type Lending, lendingFirm, poundsInEuro, setTerms, standingOf } from '../support/lending.ts';
import { allowed, portalOf, subgraphWorld } from '../support/subgraph.ts';

let world: World;
beforeAll(async () => {
  world = await subgraphWorld(financeSubgraph);
  await poundsInEuro(world);
});
afterAll(() => world[Symbol.asyncDispose]());

const plus = ({ lenderId, borrowerId }: Lending) => ({ lenderId, borrowerId, effectiveFrom: '2026-01-01', method: 'COST_PLUS', markUpPercent: '25' });
const posted = async (f: Lending, more: Partial<ApprovedEntry> = {}): Promise<ApprovedEntry> => {
  const entry = f.entry({ employeeId: f.basil, workDate: '2026-02-10', ...more });
  const [outcome] = await inScope(world, (scope) => postApprovedTime(scope, [entry]));
  if (!outcome || 'refused' in outcome) throw new Error(JSON.stringify(outcome));
  return entry;
};

describe('what lenders have', () => {
  test('is the firm’s own: no client, no partner and nobody without cost:read sees it, nor its sums', async () => {
    const f = await lendingFirm(world);
    await setTerms(world, plus(f));
    const entry = await posted(f);
    const text = `query ($id: ID!, $p: ID!) { actuals(filter: { sourceIds: [$id] }) { nodes { kind } } actualSummary(groupBy: [KIND], filter: { projectIds: [$p] }) { kind } }`;
    const seen = async (actor: object) => {
      const { data } = await world.run(text, { variables: { id: entry.id, p: f.projectId }, actor: { ...allowed, ...actor } });
      const { actuals, actualSummary } = (data ?? {}) as never as { actuals: { nodes: { kind: string }[] } | null; actualSummary: { kind: string }[] | null };
      return [actuals?.nodes.map(({ kind }) => kind).toSorted() ?? [], actualSummary?.map(({ kind }) => kind).toSorted() ?? []];
    };
    const all = ['COST', 'INTERCOMPANY_SALES', 'RESOURCING_COST', 'UNBILLED_SALES'];
    expect(await seen({})).toEqual([all, all]);
    expect(await seen({ permissions: ['actual:read'] })).toEqual([['UNBILLED_SALES'], ['UNBILLED_SALES']]);
    expect(await seen({ ...portalOf(f.customerId), permissions: ['*'] })).toEqual([['UNBILLED_SALES'], ['UNBILLED_SALES']]);
    expect(await seen({ kind: 'PARTNER', employeeIds: [f.basil] })).toEqual([[], []]);
    expect(await seen({ legalEntityIds: [f.lenderId] })).toEqual([
      ['INTERCOMPANY_SALES', 'RESOURCING_COST'],
      ['INTERCOMPANY_SALES', 'RESOURCING_COST'],
    ]);
    expect(await seen({ legalEntityIds: [f.borrowerId] })).toEqual([
      ['COST', 'UNBILLED_SALES'],
      ['COST', 'UNBILLED_SALES'],
    ]);
    const { RESOURCING_COST } = await standingOf(world, entry.id);
    const input = { idempotencyKey: newId(), items: [{ id: RESOURCING_COST.id, reason: 'test' }] };
    const mutation = 'mutation ($input: ReverseActualsInput!) { reverseActuals(input: $input) { results { userErrors { code } } } }';
    const { data } = await world.run(mutation, { variables: { input }, actor: { ...allowed, permissions: ['actual:reverse'] } });
    expect(data).toMatchObject({ reverseActuals: { results: [{ userErrors: [{ code: 'NOT_FOUND' }] }] } });
  });

  test('is no cost of the project: its cost to date is what it costs the borrower', async () => {
    const f = await lendingFirm(world);
    await setTerms(world, plus(f));
    await posted(f);
    await posted(f, { employeeId: f.employeeId });
    const sums = await world.sql`select currency, sum(amount_minor)::int as minor from finance.cost_balance where project_id = ${f.projectId} group by 1`;
    expect([...sums]).toEqual([{ currency: 'EUR', minor: 7200 + 6000 }]);
  });

  test('is never in the log with its amount', async () => {
    const f = await lendingFirm(world);
    await setTerms(world, plus(f));
    const entry = await posted(f);
    const rows =
      await world.sql`select payload ->> 'kind' as kind, payload -> 'amount' as amount from log.pending where type = 'ActualPosted' and payload ->> 'sourceId' = ${entry.id} order by 1`;
    expect(rows.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['COST', null],
      ['INTERCOMPANY_SALES', null],
      ['RESOURCING_COST', null],
      ['UNBILLED_SALES', { amount: '100.00', currency: 'EUR' }],
    ]);
  });

  test.each(['RESOURCING_COST', 'INTERCOMPANY_SALES'])('is recorded by no other system: %s', async (kind) => {
    const f = await lendingFirm(world);
    const work = { kind, transactionClass: 'TIME', workDate: '2026-02-10', hours: '1', amount: { amount: '60.00', currency: 'GBP' } };
    const item = { externalRef: { system: 'erp', externalId: newId() }, projectId: f.projectId, employeeId: f.basil, laborCategoryId: f.senior, ...work };
    const text = `mutation ($input: RecordActualsInput!) { recordActuals(input: $input) { results { userErrors { code field message } } userErrors { code } } }`;
    const { results } = await done(world, text, { idempotencyKey: newId(), items: [item] });
    expect(results[0].userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'kind' }]);
  });

  test('is not held, released or billed', async () => {
    const f = await lendingFirm(world);
    await setTerms(world, plus(f));
    const { INTERCOMPANY_SALES } = await standingOf(world, (await posted(f)).id);
    const text = `mutation ($input: HoldActualsInput!) { holdActuals(input: $input) { results { userErrors { guard } } userErrors { code } } }`;
    const { results } = await done(world, text, { idempotencyKey: newId(), items: [{ id: INTERCOMPANY_SALES.id, reason: 'test' }] });
    expect(results[0].userErrors).toEqual([{ guard: 'isUnbilledSales' }]);
    expect(await charge(world, { lenderId: f.lenderId, chargedOn: '2026-02-28', dryRun: true })).toHaveLength(1);
  });
});
