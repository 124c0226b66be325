import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postApprovedTime, reverseForSource } from '#finance/actual/commands.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { asRefused } from '#kernel/outcome.ts';
import { done, drafted, type Firm, firm, inScope, posted, publishedCard, type World } from '../support/books.ts';
import { plantCorruption } from '../support/corruption.ts';
import { allowed, portalOf, subgraphWorld } from '../support/subgraph.ts';

let world: World;
let f: Firm;
beforeAll(async () => {
  world = await subgraphWorld(financeSubgraph);
  f = await firm(world);
  await f.standardCards();
});
afterAll(() => world[Symbol.asyncDispose]());

const record = `mutation ($input: RecordActualsInput!) { recordActuals(input: $input) { succeeded failed replayed userErrors { code }
  results { index actual { id kind status holdCode amount { amount currency } hours sourceType externalRefs { system externalId } priceExplanation { rule } } userErrors { code field guard message } } } }`;
const item = (more: Record<string, unknown> = {}) => ({
  externalRef: { system: 'erp', externalId: newId() },
  kind: 'UNBILLED_SALES',
  transactionClass: 'FEE',
  projectId: f.projectId,
  contractLineId: f.lineId,
  workDate: '2026-02-02',
  amount: { amount: '10.00', currency: 'EUR' },
  ...more,
});
const recorded = async (items: unknown[], key = newId()) => (await world.ok(record, { variables: { input: { idempotencyKey: key, items } } })).recordActuals;
const reverse =
  'mutation ($input: ReverseActualsInput!) { reverseActuals(input: $input) { results { actual { id status reason accountingDate amount { amount } hours reverses { id reversedBy { id } } } userErrors { code guard field } } } }';
const reversed = async (items: unknown[]) => (await world.ok(reverse, { variables: { input: { idempotencyKey: newId(), items } } })).reverseActuals.results;
const wipOf = async (projectId: string) =>
  (
    await world.ok(
      'query ($id: ID!) { _entities(representations: [{ __typename: "Project", id: $id }]) { ... on Project { workInProgress { currency amount { amount } ready { amount } notReady { amount } onInvoice { amount } hours count oldestWorkDate } } } }',
      { variables: { id: projectId } },
    )
  )._entities[0].workInProgress;

describe('recorded actuals', () => {
  test('come from another system with their own amount, a result for each', async () => {
    const { results, succeeded, failed } = await recorded([
      item({ transactionClass: 'TIME', hours: '1.5', employeeId: f.employeeId, laborCategoryId: f.senior }),
      item({ kind: 'COST', transactionClass: 'EXPENSE', contractLineId: undefined, amount: { amount: '7.5', currency: 'USD' } }),
      item({ kind: 'BILLED_SALES' }),
      item({ contractLineId: undefined }),
      item({ contractLineId: newId() }),
      item({ projectId: newId() }),
      item({ hours: '1' }),
      item({ transactionClass: 'TIME' }),
      item({ amount: { amount: '1.234', currency: 'EUR' } }),
      item({ amount: { amount: '-1', currency: 'EUR' } }),
      item({ amount: { amount: '1', currency: 'USD' } }),
      item({ employeeId: newId() }),
      item({ workDate: '2031-01-01' }),
    ]);
    expect([succeeded, failed]).toEqual([2, 11]);
    expect(results[0].actual).toMatchObject({
      kind: 'UNBILLED_SALES',
      status: 'READY',
      hours: '1.50',
      sourceType: 'EXTERNAL',
      priceExplanation: { rule: 'GIVEN_AMOUNT' },
      externalRefs: [{ system: 'erp' }],
    });
    expect(results[1].actual).toMatchObject({ kind: 'COST', amount: { amount: '7.50', currency: 'USD' }, hours: null });
    const refusals = results
      .slice(2)
      .map((result: { userErrors: { code: string; field: string }[] }) => [result.userErrors[0]?.code, result.userErrors[0]?.field]);
    expect(refusals).toEqual([
      ['VALIDATION_FAILED', 'kind'],
      ['VALIDATION_FAILED', 'contractLineId'],
      ['NOT_FOUND', 'contractLineId'],
      ['NOT_FOUND', 'projectId'],
      ['VALIDATION_FAILED', 'hours'],
      ['VALIDATION_FAILED', 'hours'],
      ['VALIDATION_FAILED', 'amount'],
      ['VALIDATION_FAILED', 'amount'],
      ['CURRENCY_MISMATCH', 'amount'],
      ['NOT_FOUND', 'employeeId'],
      ['PERIOD_CLOSED', 'accountingDate'],
    ]);
  });

  test('are found again by their external reference, and never changed by it', async () => {
    const one = item();
    const key = newId();
    const first = await recorded([one], key);
    const facts = await world.facts();
    expect(await recorded([one], key)).toMatchObject({ replayed: true });
    expect((await recorded([one])).results[0].actual.id).toBe(first.results[0].actual.id);
    expect((await recorded([{ ...one, amount: { amount: '11', currency: 'EUR' } }])).results[0].userErrors).toMatchObject([
      { code: 'GUARD_REFUSED', guard: 'sameContent', field: 'amountMinor' },
    ]);
    expect(await world.facts()).toEqual(facts);
    const both = item();
    expect((await recorded([both, both])).results[1].userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'externalRef' }]);
  });

  test('500 of them take as many statements as 5', async () => {
    const count = async (n: number) => {
      world.statements.length = 0;
      await inScope(world, async (scope) => {
        const { recordActuals } = await import('#finance/actual/commands.ts');
        const outcomes = await recordActuals(scope, Array.from({ length: n }, () => item()) as never);
        expect(outcomes.every((outcome) => 'id' in outcome && !('refused' in outcome))).toBe(true);
      });
      return world.statements.length;
    };
    const few = await count(5);
    expect(few).toBeLessThanOrEqual(16);
    expect(await count(500)).toBe(few);
  });
});

describe('an actual', () => {
  test('is reversed by an opposite one, once', async () => {
    const [{ actual }] = (await recorded([item({ transactionClass: 'TIME', hours: '2' })])).results;
    const [result] = await reversed([{ id: actual.id, reason: 'Wrong project' }]);
    expect(result.actual).toMatchObject({
      status: 'READY',
      reason: 'Wrong project',
      accountingDate: '2026-02-02',
      amount: { amount: '-10.00' },
      hours: '-2.00',
      reverses: { id: actual.id, reversedBy: { id: result.actual.id } },
    });
    const again = await reversed([
      { id: actual.id, reason: 'x' },
      { id: result.actual.id, reason: 'x' },
      { id: newId(), reason: 'x' },
      { id: newId(), reason: 'x' },
    ]);
    expect(again.map((each: { userErrors: { guard: string; code: string }[] }) => each.userErrors[0]?.guard ?? each.userErrors[0]?.code)).toEqual([
      'stillCounts',
      'stillCounts',
      'NOT_FOUND',
      'NOT_FOUND',
    ]);
  });

  test('is reversed on the day that is asked for, if it is open', async () => {
    const results = (await recorded([item(), item()])).results;
    const answers = await reversed([
      { id: results[0].actual.id, reason: 'x', accountingDate: '2026-03-31' },
      { id: results[1].actual.id, reason: 'x', accountingDate: '2031-01-01' },
    ]);
    expect(answers[0].actual.accountingDate).toBe('2026-03-31');
    expect(answers[1].userErrors).toMatchObject([{ code: 'PERIOD_CLOSED', field: 'accountingDate' }]);
  });

  test('on an invoice is not reversed', async () => {
    const [{ actual }] = (await recorded([item()])).results;
    await drafted(world, f.contractId);
    expect((await reversed([{ id: actual.id, reason: 'x' }]))[0].userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
  });

  test('is held and released; cost is neither', async () => {
    const results = (await recorded([item(), item({ kind: 'COST', contractLineId: undefined })])).results;
    const hold =
      'mutation ($input: HoldActualsInput!) { holdActuals(input: $input) { results { actual { status holdCode holdReason version } userErrors { code guard } } } }';
    const run = async (text: string, items: unknown[]) =>
      Object.values(await world.ok(text, { variables: { input: { idempotencyKey: newId(), items } } }))[0] as {
        results: { actual: Record<string, unknown> | null; userErrors: { code: string }[] }[];
      };
    const held = await run(
      hold,
      results.map(({ actual }: { actual: { id: string } }) => ({ id: actual.id, reason: 'Disputed', expectedVersion: 1 })),
    );
    expect(held.results).toEqual([
      { actual: { status: 'NOT_READY', holdCode: 'HELD', holdReason: 'Disputed', version: 2 }, userErrors: [] },
      { actual: null, userErrors: [{ code: 'GUARD_REFUSED', guard: 'isUnbilledSales' }] },
    ]);
    const release = 'mutation ($input: ReleaseActualsInput!) { releaseActuals(input: $input) { results { actual { status } userErrors { code } } } }';
    const released = await run(release, [{ id: results[0].actual.id, expectedVersion: 1 }, { id: results[1].actual.id }]);
    expect(released.results.map((result) => result.userErrors[0]?.code)).toEqual(['STALE_VERSION', 'INVALID_TRANSITION']);
    expect((await run(release, [{ id: results[0].actual.id }])).results).toEqual([{ actual: { status: 'READY' }, userErrors: [] }]);
  });

  test('never changes and never goes, whoever tries', async () => {
    const [{ actual }] = (await recorded([item()])).results;
    const around = [
      plantCorruption(world.sql)`update finance.actual set amount_minor = 1 where id = ${actual.id}`,
      plantCorruption(world.sql)`update finance.actual set work_date = '2020-01-01' where id = ${actual.id}`,
      plantCorruption(world.sql)`update finance.actual set price_explanation = '{}' where id = ${actual.id}`,
      plantCorruption(world.sql)`delete from finance.actual where id = ${actual.id}`,
    ];
    for (const attempt of await Promise.allSettled(around)) {
      expect(attempt.status).toBe('rejected');
      if (attempt.status === 'rejected') expect(asRefused(attempt.reason)).toMatchObject({ code: 'GUARD_REFUSED', guard: 'actualImmutable' });
    }
    const copy = plantCorruption(
      world.sql,
    )`insert into finance.actual select (jsonb_populate_record(actual, jsonb_build_object('id', ${newId()}::text))).* from finance.actual where id = ${actual.id}`;
    await expect(copy).rejects.toMatchObject({ code: '23505', constraint_name: 'actual_source_once' });
  });
});

describe('work in progress', () => {
  test('is the sum of unreversed unbilled sales, after whatever happens', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('post' as const), seconds: fc.bigInt(1n, 40_000n), billable: fc.boolean() }),
      fc.record({ kind: fc.constantFrom('again' as const, 'revise' as const, 'recall' as const, 'reverse' as const, 'hold' as const), at: fc.nat(9) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const projectId = newId();
        await f.project({}, projectId);
        const model = new Map<string, { version: number; minor: bigint; entry: ReturnType<Firm['entry']> }>();
        for (const each of steps) {
          const known = [...model.values()];
          const chosen = 'at' in each ? known[each.at % Math.max(known.length, 1)] : undefined;
          if (each.kind === 'post') {
            const entry = f.entry({ projectId, seconds: each.seconds, billable: each.billable });
            await inScope(world, (scope) => postApprovedTime(scope, [entry]));
            model.set(entry.id, { version: 1, entry, minor: each.billable ? (each.seconds * 10_000n * 2n + 3600n) / 7200n : 0n });
          } else if (chosen && each.kind === 'again') await inScope(world, (scope) => postApprovedTime(scope, [{ ...chosen.entry, version: chosen.version }]));
          else if (chosen && each.kind === 'revise') {
            chosen.version += 1;
            chosen.minor = chosen.entry.billable ? 10_000n : 0n;
            await inScope(world, (scope) => postApprovedTime(scope, [{ ...chosen.entry, version: chosen.version, seconds: 3600n }]));
          } else if (chosen && each.kind === 'recall') {
            await inScope(world, (scope) => reverseForSource(scope, 'TIMESHEET_ENTRY', [{ id: chosen.entry.id, upToVersion: 9 }]));
            chosen.minor = 0n;
          } else if (chosen) {
            const { actuals } = await world.ok(
              'query ($ids: [ID!]!) { actuals(filter: { sourceIds: $ids, kinds: [UNBILLED_SALES], reversed: false }) { nodes { id } } }',
              { variables: { ids: [chosen.entry.id] } },
            );
            const [open] = actuals.nodes;
            if (open && each.kind === 'reverse') {
              await reversed([{ id: open.id, reason: 'x' }]);
              chosen.minor = 0n;
            } else if (open)
              await world.ok('mutation ($input: HoldActualsInput!) { holdActuals(input: $input) { failed } }', {
                variables: { input: { idempotencyKey: newId(), items: [{ id: open.id, reason: 'x' }] } },
              });
          }
          const sum = [...model.values()].reduce((total, one) => total + one.minor, 0n);
          const [wip] = await wipOf(projectId);
          const text = `${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`;
          expect(wip?.amount.amount ?? '0.00').toBe(text);
          const [raw] =
            await world.sql`select coalesce(sum(amount_minor), 0)::text as all_of_it from finance.actual where project_id = ${projectId} and kind = 'UNBILLED_SALES'`;
          expect(raw?.all_of_it).toBe(sum.toString());
        }
      }),
      { numRuns: 15 },
    );
  });

  test('tells what is ready, held back and on invoices, and since when', async () => {
    const own = await firm(world);
    await own.standardCards();
    const { projectId } = own;
    const post = (workDate: string) => inScope(world, (scope) => postApprovedTime(scope, [own.entry({ workDate })]));
    await post('2026-02-04');
    const draft = await drafted(world, own.contractId);
    await post('2026-02-03');
    const [held] = await post('2026-02-05');
    const [, sale] = held && 'actualIds' in held ? held.actualIds : [];
    const hold = 'mutation ($input: HoldActualsInput!) { holdActuals(input: $input) { results { userErrors { code } } userErrors { code } } }';
    await done(world, hold, { idempotencyKey: newId(), items: [{ id: sale, reason: 'Disputed' }] });
    const amount = (text: string) => ({ amount: text });
    expect(await wipOf(projectId)).toEqual([
      {
        currency: 'EUR',
        amount: amount('300.00'),
        ready: amount('100.00'),
        notReady: amount('100.00'),
        onInvoice: amount('100.00'),
        hours: '3.00',
        count: 3,
        oldestWorkDate: '2026-02-03',
      },
    ]);
    await posted(world, draft);
    expect((await wipOf(projectId))[0].amount).toEqual(amount('200.00'));
  });
});

describe('reading the ledger', () => {
  test('sums by any group, and reversed lines cancel out', async () => {
    const mine = await firm(world);
    await mine.standardCards();
    const entries = [mine.entry(), mine.entry({ seconds: 1800n }), mine.entry()];
    await inScope(world, (scope) => postApprovedTime(scope, entries));
    await inScope(world, (scope) => reverseForSource(scope, 'TIMESHEET_ENTRY', [{ id: entries[2]?.id ?? '', upToVersion: 9 }]));
    const query =
      'query ($by: [ActualGroup!]!, $filter: ActualFilter) { actualSummary(groupBy: $by, filter: $filter) { kind customer { id } project { id } contract { id } count hours amount { amount } currency } }';
    const run = async (by: string[], more: Record<string, unknown> = {}, actor = allowed) =>
      (await world.ok(query, { variables: { by, filter: { customerIds: [mine.customerId], ...more } }, actor })).actualSummary;
    expect(await run(['KIND'])).toMatchObject([
      { kind: 'COST', project: null, count: 2, hours: '1.50', amount: { amount: '90.00' }, currency: 'EUR' },
      { kind: 'UNBILLED_SALES', count: 2, hours: '1.50', amount: { amount: '150.00' } },
    ]);
    const grouped = await run(['KIND', 'CUSTOMER', 'PROJECT', 'CONTRACT'], { kinds: ['UNBILLED_SALES'], workDateFrom: '2026-02-01', workDateTo: '2026-02-28' });
    expect(grouped).toMatchObject([
      { kind: 'UNBILLED_SALES', customer: { id: mine.customerId }, project: { id: mine.projectId }, contract: { id: mine.contractId } },
    ]);
    expect(await run([], { reversed: true })).toMatchObject([{ kind: null, count: 4, hours: '0.00', amount: { amount: '0.00' } }]);
    expect(await run(['KIND'], {}, { ...allowed, permissions: ['actual:read'] })).toMatchObject([{ kind: 'UNBILLED_SALES' }]);
    expect(await run(['KIND'], {}, { ...allowed, customerIds: [newId()] })).toEqual([]);
    const series =
      'query ($order: ActualSummaryOrder, $filter: ActualFilter) { actualSummary(groupBy: [MONTH, KIND], filter: $filter, orderBy: $order) { startDate kind count } }';
    const ordered = async (order: object | null) =>
      (await world.ok(series, { variables: { order, filter: { customerIds: [mine.customerId] } }, actor: allowed })).actualSummary;
    const months = await ordered({ field: 'AMOUNT', direction: 'DESC' });
    expect(months).toMatchObject([{ kind: 'UNBILLED_SALES' }, { kind: 'COST' }]);
    expect(months[0].startDate).toMatch(/^2026-\d\d-01$/);
    expect([await ordered(null), await run(['KIND'], { workDateTo: '2020-01-01' })]).toEqual([months.toReversed(), []]);
  });

  test('explains a rate without posting anything', async () => {
    const mine = await firm(world);
    const query = `query ($employeeId: ID!, $projectId: ID!, $laborCategoryId: ID!, $kind: RateCardKind!, $workDate: Date!) {
      rateFor(employeeId: $employeeId, projectId: $projectId, laborCategoryId: $laborCategoryId, kind: $kind, workDate: $workDate) {
        rate { amount currency } explanation { rule matchedDimensions rateCard { name } } contractLineId billingMethod refused { code } } }`;
    const variables = { employeeId: mine.employeeId, projectId: mine.projectId, laborCategoryId: mine.senior, kind: 'SALES', workDate: '2026-02-02' };
    const ask = async (more: Record<string, unknown> = {}, actor = allowed) => (await world.ok(query, { variables: { ...variables, ...more }, actor })).rateFor;
    expect(await ask()).toMatchObject({ rate: null, refused: { code: 'RATE_NOT_FOUND' } });
    await mine.standardCards();
    await publishedCard(world, { kind: 'SALES', scope: 'CUSTOMER', customerId: mine.customerId, lines: [{ employeeId: mine.employeeId, rate: '140' }] });
    expect(await ask()).toEqual({
      rate: { amount: '140.00', currency: 'EUR' },
      explanation: { rule: 'CUSTOMER_RATE_CARD', matchedDimensions: ['EMPLOYEE'], rateCard: { name: 'CUSTOMER SALES' } },
      contractLineId: mine.lineId,
      billingMethod: 'TIME_AND_MATERIALS',
      refused: null,
    });
    expect(await ask({ kind: 'COST' })).toMatchObject({ rate: { amount: '60.00' }, contractLineId: null });
    expect(await ask({ projectId: newId() })).toMatchObject({ refused: { code: 'NOT_FOUND' } });
    expect(await ask({ workDate: '2025-01-01' })).toMatchObject({ refused: { code: 'PROJECT_NOT_BILLABLE' } });
    await mine.contract({ lines: [{ ...mine.line, method: 'FIXED_FEE' }] });
    expect(await ask()).toMatchObject({ rate: null, billingMethod: 'FIXED_FEE', refused: null });
    const seller = { ...allowed, permissions: ['rate:read'] };
    expect((await world.run(query, { variables: { ...variables, kind: 'COST' }, actor: seller })).errors[0]?.code).toBe('FORBIDDEN');
  });

  test('shows cost to nobody without cost:read, and nothing of it to a client', async () => {
    const mine = await firm(world);
    await mine.standardCards();
    const entry = mine.entry();
    await inScope(world, (scope) => postApprovedTime(scope, [entry]));
    const { actuals } = await world.ok('query ($ids: [ID!]!) { actuals(filter: { sourceIds: $ids, kinds: [COST] }) { nodes { id } } }', {
      variables: { ids: [entry.id] },
    });
    const costId = actuals.nodes[0].id;
    const query = `query ($cost: ID!, $entry: ID!, $project: ID!) { actual(id: $cost) { id } actuals(filter: { sourceIds: [$entry] }) { totalCount nodes { kind } }
      _entities(representations: [{ __typename: "Project", id: $project }, { __typename: "TimesheetEntry", id: $entry }]) { ... on Project { actuals { totalCount nodes { kind } } } ... on TimesheetEntry { made: actuals { kind } } } }`;
    const variables = { cost: costId, entry: entry.id, project: mine.projectId };
    const sales = { totalCount: 1, nodes: [{ kind: 'UNBILLED_SALES' }] };
    const without = { ...allowed, permissions: ['actual:read'] };
    const greedy = { ...portalOf(mine.customerId), permissions: ['*'] };
    for (const actor of [without, greedy]) {
      expect(await world.ok(query, { variables, actor })).toEqual({
        actual: null,
        actuals: sales,
        _entities: [{ actuals: sales }, { made: [{ kind: 'UNBILLED_SALES' }] }],
      });
    }
    const stranger = { ...allowed, customerIds: [newId()] };
    expect(await world.ok(query, { variables, actor: stranger })).toMatchObject({
      actual: null,
      actuals: { totalCount: 0 },
      _entities: [{ actuals: { totalCount: 0 } }, { made: [] }],
    });
    for (const [mutation, type] of [
      ['reverseActuals', 'ReverseActualsInput'],
      ['holdActuals', 'HoldActualsInput'],
    ]) {
      const text = `mutation ($input: ${type}!) { ${mutation}(input: $input) { results { userErrors { code } } } }`;
      const answer = await world.ok(text, { variables: { input: { idempotencyKey: newId(), items: [{ id: costId, reason: 'x' }] } }, actor: stranger });
      expect(answer[mutation ?? ''].results, mutation).toEqual([{ userErrors: [{ code: 'NOT_FOUND' }] }]);
    }
    const portal = await world.run('{ actuals { totalCount } }', { actor: portalOf(mine.customerId) });
    expect(portal.errors[0]?.code).toBe('FORBIDDEN');
  });

  test('a page of 50 with all that hangs on it takes a handful of statements', async () => {
    const { projects } = { projects: Array.from({ length: 50 }, () => newId()) };
    for (const id of projects) await f.project({}, id);
    await inScope(world, (scope) =>
      postApprovedTime(
        scope,
        projects.map((projectId) => f.entry({ projectId })),
      ),
    );
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Project { workInProgress { count } actuals(first: 5) { totalCount nodes { legalEntity { name } priceExplanation { rateCard { name } rateCardVersion { number } }
      reversedBy { id } externalRefs { externalId } availableActions { name } } } } } }`;
    world.statements.length = 0;
    const data = await world.ok(query, { variables: { of: projects.map((id) => ({ __typename: 'Project', id })) } });
    expect(data._entities.every((project: { actuals: { totalCount: number } }) => project.actuals.totalCount === 2)).toBe(true);
    expect(world.statements.length).toBeLessThanOrEqual(7);
  });
});
