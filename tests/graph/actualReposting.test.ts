import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as engagements } from '#engagements/published.ts';
import {
  type ApprovedEntry,
  type PostingOutcome,
  postAcceptedMilestones,
  postApprovedExpenses,
  postApprovedTime,
  reverseForSource,
} from '#finance/actual/commands.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { drafted, type Firm, firm, heldOpen, inScope, untilWaiting, type World } from '../support/books.ts';
import { aMilestone } from '../support/siblings.ts';
import { subgraphWorld } from '../support/subgraph.ts';

let world: World;
beforeAll(async () => {
  world = await subgraphWorld(financeSubgraph);
});
afterAll(() => world[Symbol.asyncDispose]());

const post = (entries: ApprovedEntry[]) => inScope(world, (scope) => postApprovedTime(scope, entries));
const idsOf = (outcome: PostingOutcome | undefined): string[] => (outcome && 'actualIds' in outcome ? outcome.actualIds : []);
const shown = `{ kind status transactionClass holdCode holdReason amount { amount currency } hours workDate accountingDate contractLineId sourceVersion
  priceExplanation { rule matchedDimensions rate { amount } rounding rateCard { id } rateCardVersion { id } rateCardLineId contract { id } contractLineId text } }`;
type Shown = { kind: string; status: string; holdCode: string | null; amount: { amount: string }; priceExplanation: { rule: string } };
const actualsOf = async (entry: { id: string }) => {
  const data = await world.ok(
    `query ($ids: [ID!]!) { actuals(filter: { sourceIds: $ids }, orderBy: { field: CREATED_AT, direction: ASC }) { nodes ${shown} } }`,
    { variables: { ids: [entry.id] } },
  );
  return data.actuals.nodes as Shown[];
};
const ready = async (): Promise<Firm> => {
  const f = await firm(world);
  await f.standardCards();
  return f;
};

describe('posting again', () => {
  test('gives the same actuals and states nothing', async () => {
    const f = await ready();
    const entries = [f.entry(), f.entry({ billable: false })];
    const first = await post(entries);
    const facts = await world.facts();
    expect((await post(entries)).map((outcome) => idsOf(outcome).sort())).toEqual(first.map((outcome) => idsOf(outcome).sort()));
    expect(await world.facts()).toEqual(facts);
    expect(idsOf((await post([...entries, f.entry()]))[2])).toHaveLength(2);
  });

  test('at the same time makes them once', async () => {
    const f = await ready();
    const entry = f.entry();
    const commit = await heldOpen(world, (scope) => postApprovedTime(scope, [entry]));
    const twin = post([entry]);
    await untilWaiting(world);
    await commit();
    expect(idsOf((await twin)[0])).toHaveLength(2);
    expect(await actualsOf(entry)).toHaveLength(2);
  });

  test('a later version takes the former one back; an earlier one is refused', async () => {
    const f = await ready();
    const entry = f.entry({ seconds: 3600n });
    await post([entry]);
    const [outcome] = await post([{ ...entry, version: 2, seconds: 7200n }]);
    expect(idsOf(outcome)).toHaveLength(2);
    const sums = (await actualsOf(entry)).filter((actual) => actual.kind === 'UNBILLED_SALES').map((actual) => actual.amount.amount);
    expect(sums.sort()).toEqual(['-100.00', '100.00', '200.00']);
    expect(await post([{ ...entry, version: 1 }])).toMatchObject([{ actualIds: { length: 2 } }]);
    const twice = f.entry();
    expect(
      await post([
        { ...twice, version: 1 },
        { ...twice, version: 2 },
      ]),
    ).toMatchObject([{ refused: { code: 'STALE_VERSION' } }, { actualIds: { length: 2 } }]);
  });

  test('500 entries take a dozen statements, and no more than 50 do', async () => {
    const f = await ready();
    const count = async (n: number) => {
      const entries = Array.from({ length: n }, (_, index) =>
        f.entry({ workDate: `2026-02-${String(1 + (index % 28)).padStart(2, '0')}`, laborCategoryId: index % 2 ? f.senior : f.junior }),
      );
      world.statements.length = 0;
      const outcomes = await post(entries);
      expect(outcomes.every((outcome) => idsOf(outcome).length === 2)).toBe(true);
      return world.statements.length;
    };
    const few = await count(50);
    expect(few).toBeLessThanOrEqual(12);
    expect(await count(500)).toBe(few);
    world.statements.length = 0;
    expect(await post([])).toEqual([]);
    expect(world.statements).toEqual([]);
  });
});

describe('a limit', () => {
  test('holds back what is over it, with the verdict, until it is raised', async () => {
    const f = await ready();
    const limited = { ...f.line, notToExceedMinor: '25000' };
    await f.contract({ lines: [limited] });
    const entries = [f.entry(), f.entry(), f.entry(), f.entry({ seconds: 1800n })];
    await post(entries);
    const status = async (entry: ApprovedEntry) => {
      const sold = (await actualsOf(entry)).filter((actual) => actual.kind === 'UNBILLED_SALES');
      return sold.map(({ status, holdCode, amount }) => [status, holdCode, amount.amount].join(' ')).toSorted();
    };
    expect(await Promise.all(entries.map(status))).toEqual([
      ['READY  100.00'],
      ['READY  100.00'],
      ['NOT_READY NOT_TO_EXCEED 50.00', 'READY  50.00'],
      ['NOT_READY NOT_TO_EXCEED 50.00'],
    ]);
    const release =
      'mutation ($input: ReleaseActualsInput!) { releaseActuals(input: $input) { succeeded results { actual { status holdCode holdReason } userErrors { code } } } }';
    const { actuals } = await world.ok(
      'query ($p: ID!) { actuals(filter: { projectIds: [$p], statuses: [NOT_READY] }, orderBy: { field: CREATED_AT, direction: ASC }) { nodes { id holdReason availableActions { name refusals } } } }',
      { variables: { p: f.projectId } },
    );
    const [held] = actuals.nodes;
    expect(held).toMatchObject({
      holdReason: 'Contract line Work may bill 250.00 EUR in all; 50.00 EUR are left and this is 100.00 EUR.',
      availableActions: [
        { name: 'release', refusals: [] },
        { name: 'reverse', refusals: [] },
        { name: 'reprice', refusals: [] },
      ],
    });
    const run = async () =>
      (await world.ok(release, { variables: { input: { idempotencyKey: newId(), items: [{ id: held.id }] } } })).releaseActuals.results[0];
    expect(await run()).toEqual({ actual: null, userErrors: [{ code: 'NOT_TO_EXCEED' }] });
    await f.contract({ lines: [{ ...limited, notToExceedMinor: '30000' }] });
    expect(await run()).toEqual({ actual: { status: 'READY', holdCode: null, holdReason: null }, userErrors: [] });
  });

  test('is never passed by postings at the same time', async () => {
    const f = await ready();
    await f.contract({ lines: [{ ...f.line, notToExceedMinor: '55555' }] });
    await Promise.all(Array.from({ length: 8 }, () => post([f.entry(), f.entry()])));
    const [sum] =
      await world.sql`select sum(amount_minor) filter (where status = 'READY')::text as ready, sum(amount_minor)::text as all, sum(seconds)::text as seconds
      from finance.actual where project_id = ${f.projectId} and kind = 'UNBILLED_SALES'`;
    expect(sum).toEqual({ ready: '55555', all: '160000', seconds: String(16 * 3600) });
  });
});

describe('recalled time', () => {
  test('is taken back whole, once', async () => {
    const f = await ready();
    const [entry, stranger] = [f.entry(), f.entry()];
    await post([entry]);
    const recall = (ids: string[]) =>
      inScope(world, (scope) =>
        reverseForSource(
          scope,
          'TIMESHEET_ENTRY',
          ids.map((id) => ({ id, upToVersion: 9 })),
        ),
      );
    const before = (await world.facts()).length;
    expect(await recall([entry.id, stranger.id])).toMatchObject([
      { sourceId: entry.id, actualIds: { length: 2 } },
      { sourceId: stranger.id, actualIds: [] },
    ]);
    expect((await world.facts()).slice(before)).toEqual(['ActualReversed', 'ActualReversed']);
    expect(await recall([entry.id])).toMatchObject([{ actualIds: [] }]);
    const data = await world.ok(
      'query ($id: ID!) { _entities(representations: [{ __typename: "Project", id: $id }]) { ... on Project { workInProgress { amount { amount } } } } }',
      { variables: { id: f.projectId } },
    );
    expect(data._entities).toEqual([{ workInProgress: [] }]);
    expect(idsOf((await post([{ ...entry, version: 2 }]))[0])).toHaveLength(2);
  });

  test('is refused once it is on an invoice, and nothing of it is taken back', async () => {
    const f = await ready();
    const entry = f.entry();
    await post([entry]);
    await drafted(world, f.contractId);
    expect(await inScope(world, (scope) => reverseForSource(scope, 'TIMESHEET_ENTRY', [{ id: entry.id, upToVersion: 9 }]))).toMatchObject([
      { refused: { code: 'GUARD_REFUSED', guard: 'notOnInvoice' } },
    ]);
    expect(await actualsOf(entry)).toHaveLength(2);
    expect(await post([{ ...entry, version: 2 }])).toMatchObject([{ refused: { guard: 'notOnInvoice' } }]);
  });
});

describe('approved expenses and accepted milestones', () => {
  test('an expense costs what it cost and is sold for that', async () => {
    const f = await ready();
    const { id, version, customerId, engagementId, projectId, taskId, employeeId, workDate } = f.entry();
    const expense = {
      id,
      version,
      customerId,
      engagementId,
      projectId,
      taskId,
      employeeId,
      workDate,
      amountMinor: 1234n,
      currency: 'EUR',
      billable: true,
      description: 'Train',
    };
    const run = (more: Partial<typeof expense>) => inScope(world, (scope) => postApprovedExpenses(scope, [{ ...expense, ...more }]));
    expect(idsOf((await run({}))[0])).toHaveLength(2);
    expect(await actualsOf(expense)).toMatchObject([
      { transactionClass: 'EXPENSE', amount: { amount: '12.34' }, hours: null, priceExplanation: { rule: 'EXPENSE_AMOUNT', rate: null } },
      { amount: { amount: '12.34' } },
    ]);
    expect(await run({ id: newId(), currency: 'USD' })).toMatchObject([{ refused: { code: 'CURRENCY_MISMATCH' } }]);
    // Its cost has to be told in the currency of the books, too.
    expect(await run({ id: newId(), currency: 'USD', billable: false })).toMatchObject([{ refused: { code: 'CURRENCY_MISMATCH' } }]);
    expect(await run({ id: newId(), billable: false })).toMatchObject([{ actualIds: { length: 1 } }]);
    await f.contract({ lines: [{ ...f.line, kinds: ['TIME'] }] });
    expect(await run({ id: newId() })).toMatchObject([{ refused: { code: 'PROJECT_NOT_BILLABLE' } }]);
  });

  test('a milestone is sold once it is ACCEPTED, once', async () => {
    const f = await ready();
    const id = newId();
    const milestone = (status: string, version: number) =>
      world.publish(engagements.Milestone, [
        {
          id,
          version,
          data: aMilestone({
            customerId: f.customerId,
            projectId: f.projectId,
            contractId: f.contractId,
            contractLineId: f.lineId,
            status,
            acceptedOn: status === 'ACCEPTED' ? '2026-02-20' : null,
          }),
        },
      ]);
    const run = () => inScope(world, (scope) => postAcceptedMilestones(scope, [id]));
    expect(await run()).toMatchObject([{ refused: { code: 'NOT_FOUND' } }]);
    await milestone('REACHED', 1);
    expect(await run()).toMatchObject([{ refused: { code: 'GUARD_REFUSED', guard: 'accepted' } }]);
    await milestone('ACCEPTED', 2);
    const [first] = await run();
    expect(await run()).toEqual([first]);
    const data = await world.ok(
      'query ($id: ID!) { _entities(representations: [{ __typename: "Milestone", id: $id }]) { ... on Milestone { actuals { kind transactionClass amount { amount } description milestone { id } priceExplanation { rule text } } } } }',
      { variables: { id } },
    );
    expect(data._entities[0].actuals).toEqual([
      {
        kind: 'UNBILLED_SALES',
        transactionClass: 'FEE',
        amount: { amount: '5000.00' },
        description: 'Go live',
        milestone: { id },
        priceExplanation: { rule: 'MILESTONE_AMOUNT', text: 'MILESTONE_AMOUNT, version 1 of the contract' },
      },
    ]);
  });
});
