import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { type ExceptionReport, openExceptions, resolveExceptions } from '#operations/exception/commands.ts';
import { operationsSubgraph } from '#operations/subgraph.ts';
import { allowed, portalOf, subgraphWorld } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof subgraphWorld>>;
beforeAll(async () => {
  world = await subgraphWorld(operationsSubgraph);
});
afterAll(() => world[Symbol.asyncDispose]());

const process = 'approvedTimeToBilling';
const customerId = newId();

function inProcess<Answer>(run: (scope: Scope) => Promise<Answer>): Promise<Answer> {
  return world.db.transaction((tx) =>
    run({ tx, actor: serviceActor(process), trace: { correlationId: 'journey', causationId: newId() }, now: world.time.now }),
  );
}

function report(id: string, more: Partial<ExceptionReport> = {}): ExceptionReport {
  return {
    process,
    code: 'RATE_NOT_FOUND',
    message: 'No rate.',
    subject: { type: 'TimesheetEntry', id },
    owner: 'finance',
    keys: { customerId },
    seconds: 3600n,
    moneyAtRisk: { minor: 10_000n, currency: 'EUR' },
    ...more,
  };
}

const exceptionsOf = async (subjectIds: string[]) =>
  (
    await world.ok(
      `query ($filter: ProcessExceptionFilter) { operations { exceptions(filter: $filter) { totalCount nodes {
    id version status code hours moneyAtRisk { amount currency } attempts owner age timeEntry { id } invoice { id } customer { id } availableActions { name refusals } } } } }`,
      { variables: { filter: { subjectIds } } },
    )
  ).operations.exceptions;

describe('an exception', () => {
  test('stands once per process and subject; a repeat brings it up to date and keeps its age', async () => {
    const [a, b] = [newId(), newId()];
    const before = (await world.facts()).length;
    await inProcess((scope) => openExceptions(scope, [report(a), report(b, { moneyAtRisk: null, seconds: null })]));
    world.time.now = new Date(world.time.now.getTime() + 60_000);
    await inProcess((scope) => openExceptions(scope, [report(a, { code: 'LABOR_CATEGORY_MISSING' })]));
    expect((await world.facts()).slice(before)).toEqual(['ExceptionOpened', 'ExceptionOpened']);
    const { nodes, totalCount } = await exceptionsOf([a, b]);
    expect(totalCount).toBe(2);
    expect(nodes[0]).toMatchObject({
      status: 'OPEN',
      code: 'LABOR_CATEGORY_MISSING',
      hours: '1.00',
      moneyAtRisk: { amount: '100.00', currency: 'EUR' },
      attempts: 2,
      age: 60,
      timeEntry: { id: a },
      invoice: null,
      customer: { id: customerId },
    });
    expect(nodes[1]).toMatchObject({ status: 'OPEN', hours: null, moneyAtRisk: null, attempts: 1 });
    expect(nodes[0].availableActions.map((action: { name: string }) => action.name)).toEqual(['retry', 'resolve', 'dismiss']);
  });

  test('opens and ends for any number of subjects in a fixed number of statements', async () => {
    const ids = Array.from({ length: 300 }, () => newId());
    world.statements.length = 0;
    await inProcess((scope) =>
      openExceptions(
        scope,
        ids.map((id) => report(id)),
      ),
    );
    expect(world.statements.length).toBeLessThanOrEqual(5);
    world.statements.length = 0;
    expect(await inProcess((scope) => resolveExceptions(scope, { process, subjectIds: ids }))).toHaveLength(300);
    expect(world.statements.length).toBeLessThanOrEqual(5);
    expect((await exceptionsOf(ids.slice(0, 1))).nodes[0]).toMatchObject({ status: 'RESOLVED', availableActions: [] });
    expect(await inProcess((scope) => resolveExceptions(scope, { process, subjectIds: ids }))).toEqual([]);
  });

  test('two processes that meet the same subject at once leave one exception each', async () => {
    const id = newId();
    await Promise.all(Array.from({ length: 8 }, (_, n) => inProcess((scope) => openExceptions(scope, [report(id, { process: n % 2 ? 'other' : process })]))));
    expect((await exceptionsOf([id])).nodes.map((node: { attempts: number }) => node.attempts)).toEqual([4, 4]);
  });

  test('is retried in bulk, states what a process reacts to, and comes back when it fails again', async () => {
    const ids = [newId(), newId()];
    const rows = await inProcess((scope) =>
      openExceptions(
        scope,
        ids.map((id) => report(id)),
      ),
    );
    const before = (await world.facts()).length;
    const retry = `mutation ($input: RetryExceptionsInput!) { retryExceptions(input: $input) { succeeded failed replayed results { index exception { status } userErrors { code } } } }`;
    const input = { idempotencyKey: newId(), items: [{ id: rows[0]?.id }, { id: newId() }, { id: rows[1]?.id, expectedVersion: 9 }, { id: rows[1]?.id }] };
    const { retryExceptions } = await world.ok(retry, { variables: { input } });
    expect(retryExceptions).toEqual({
      succeeded: 2,
      failed: 2,
      replayed: false,
      results: [
        { index: 0, exception: { status: 'RETRYING' }, userErrors: [] },
        { index: 1, exception: null, userErrors: [{ code: 'NOT_FOUND' }] },
        { index: 2, exception: { status: 'RETRYING' }, userErrors: [{ code: 'STALE_VERSION' }] },
        { index: 3, exception: { status: 'RETRYING' }, userErrors: [] },
      ],
    });
    expect((await world.ok(retry, { variables: { input } })).retryExceptions.replayed).toBe(true);
    expect((await world.facts()).slice(before)).toEqual(['ExceptionRetryRequested', 'ExceptionRetryRequested']);
    await inProcess((scope) =>
      openExceptions(
        scope,
        ids.map((id) => report(id)),
      ),
    );
    expect((await exceptionsOf(ids)).nodes.map((node: { status: string }) => node.status)).toEqual(['OPEN', 'OPEN']);
    expect((await world.facts()).slice(before + 2)).toEqual(['ExceptionOpened', 'ExceptionOpened']);
  });

  test('is assigned, dismissed with a reason by those who may, and then over', async () => {
    const [row] = await inProcess((scope) => openExceptions(scope, [report(newId())]));
    const id = row?.id;
    const { assignException } = await world.ok('mutation ($input: AssignExceptionInput!) { assignException(input: $input) { exception { owner } } }', {
      variables: { input: { id, owner: 'pat' } },
    });
    expect(assignException.exception).toEqual({ owner: 'pat' });
    const dismiss =
      'mutation ($input: DismissExceptionInput!) { dismissException(input: $input) { exception { status dismissalReason endedAt } userErrors { code field } } }';
    const actor = { ...allowed, permissions: ['exception:read', 'exception:write'] };
    expect((await world.ok(dismiss, { actor, variables: { input: { id, reason: 'small' } } })).dismissException.userErrors).toEqual([
      { code: 'FORBIDDEN', field: null },
    ]);
    expect((await world.ok(dismiss, { variables: { input: { id, reason: ' ' } } })).dismissException.userErrors).toEqual([
      { code: 'VALIDATION_FAILED', field: 'reason' },
    ]);
    expect((await world.ok(dismiss, { variables: { input: { id, reason: 'small' } } })).dismissException.exception).toMatchObject({
      status: 'DISMISSED',
      dismissalReason: 'small',
    });
    expect((await world.ok(dismiss, { variables: { input: { id, reason: 'again' } } })).dismissException.userErrors).toEqual([
      { code: 'INVALID_TRANSITION', field: 'status' },
    ]);
  });

  test('is summarised by code, customer, process and owner', async () => {
    const own = newId();
    await inProcess((scope) =>
      openExceptions(scope, [
        report(newId(), { keys: { customerId: own } }),
        report(newId(), { keys: { customerId: own }, moneyAtRisk: { minor: 500n, currency: 'JPY' }, owner: 'hr' }),
        report(newId(), { keys: { customerId: own }, code: 'PERIOD_CLOSED', moneyAtRisk: null }),
      ]),
    );
    const query =
      'query ($by: ExceptionGrouping!, $ids: [ID!]) { operations { exceptionSummary(groupBy: $by, filter: { customerIds: $ids }) { key code count hours moneyAtRisk { amount currency } customer { id } } } }';
    const by = async (group: string) => (await world.ok(query, { variables: { by: group, ids: [own] } })).operations.exceptionSummary;
    expect(await by('CODE')).toEqual([
      { key: 'PERIOD_CLOSED', code: 'PERIOD_CLOSED', count: 1, hours: '1.00', moneyAtRisk: [], customer: null },
      {
        key: 'RATE_NOT_FOUND',
        code: 'RATE_NOT_FOUND',
        count: 2,
        hours: '2.00',
        moneyAtRisk: [
          { amount: '100.00', currency: 'EUR' },
          { amount: '500', currency: 'JPY' },
        ],
        customer: null,
      },
    ]);
    expect(await by('CUSTOMER')).toMatchObject([{ key: own, customer: { id: own }, count: 3 }]);
    expect((await by('OWNER')).map((row: { key: string }) => row.key)).toEqual(['finance', 'hr']);
    expect((await by('PROCESS')).map((row: { count: number }) => row.count)).toEqual([3]);
  });

  test('is seen only within the customers of the actor, and never by a portal', async () => {
    const id = newId();
    await inProcess((scope) => openExceptions(scope, [report(id)]));
    const confined = { ...allowed, customerIds: [newId()] };
    const query = 'query ($ids: [ID!]) { operations { exceptions(filter: { subjectIds: $ids }) { totalCount } exceptionSummary { count } } }';
    expect(await world.ok(query, { actor: confined, variables: { ids: [id] } })).toEqual({
      operations: { exceptions: { totalCount: 0 }, exceptionSummary: [] },
    });
    expect((await world.run(query, { actor: portalOf(customerId), variables: { ids: [id] } })).errors[0]?.code).toBe('FORBIDDEN');
    const { data, errors } = await world.run(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on TimesheetEntry { exceptions { totalCount nodes { code } } } } }',
      { variables: { r: [{ __typename: 'TimesheetEntry', id }] } },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ _entities: [{ exceptions: { totalCount: 1, nodes: [{ code: 'RATE_NOT_FOUND' }] } }] });
  });
});

describe('the log', () => {
  test('is paged as events, by type and key, and traced with its deliveries', async () => {
    const employeeId = newId();
    await inProcess((scope) =>
      openExceptions(scope, [report(newId(), { keys: { customerId, employeeId } }), report(newId(), { keys: { customerId, employeeId } })]),
    );
    while ((await sequenceOnce(world.db)) > 0);
    const query = `query ($first: Int, $after: Cursor, $filter: EventFilter) { operations { log { newestPosition oldestPosition newestCursor oldestCursor } events(first: $first, after: $after, filter: $filter) {
      nodes { id type position cursor occurredAt subject { type entityId } actorId correlationId customer { id } ... on ExceptionOpened { code hours moneyAtRisk { amount } timeEntry { id } exception { id status } } } pageInfo { hasNextPage endCursor } } } }`;
    const page = async (variables: Record<string, unknown>) =>
      (await world.ok(query, { variables: { filter: { employeeIds: [employeeId] }, ...variables } })).operations;
    const one = await page({ first: 1 });
    expect(one.events.nodes).toMatchObject([
      {
        type: 'ExceptionOpened',
        code: 'RATE_NOT_FOUND',
        hours: '1.00',
        moneyAtRisk: { amount: '100.00' },
        subject: { type: 'ProcessException' },
        customer: { id: customerId },
        exception: { status: 'OPEN' },
      },
    ]);
    const two = await page({ first: 10, after: one.events.nodes[0].cursor });
    expect(two.events.nodes).toHaveLength(1);
    expect(two.events.pageInfo).toMatchObject({ hasNextPage: false, endCursor: two.log.newestCursor });
    expect((await page({ first: 10, after: two.log.newestCursor })).events.nodes).toEqual([]);
    const factId = one.events.nodes[0].id;
    await world.sql`insert into log.delivery (consumer, fact_id, position, subject_type, subject_id, status, attempts, reason) values ('billing', ${factId}, ${one.events.nodes[0].position}, 'ProcessException', ${newId()}, 'PARKED', 8, 'broken')`;
    const trace = `query ($entity: EntityInput) { operations { businessTrace(entity: $entity) { correlationIds complete acknowledged entries { event { id } deliveries { id status reason event { id } } } } } }`;
    const { businessTrace } = (await world.ok(trace, { variables: { entity: { type: 'ProcessException', id: one.events.nodes[0].subject.entityId } } }))
      .operations;
    expect(businessTrace).toMatchObject({ correlationIds: ['journey'], acknowledged: false });
    const entry = businessTrace.entries.find((each: { event: { id: string } }) => each.event.id === factId);
    expect(entry.deliveries).toEqual([{ id: `billing:${factId}`, status: 'PARKED', reason: 'broken', event: { id: factId } }]);
  });

  test('refuses a cursor of nothing, and one beyond its end', async () => {
    const query = 'query ($after: Cursor) { operations { events(after: $after) { nodes { id } } } }';
    for (const after of ['nonsense', Buffer.from('log:999999999').toString('base64url')]) {
      expect((await world.run(query, { variables: { after } })).errors[0]?.code).toBe('VALIDATION_FAILED');
    }
  });
});

describe('a parked delivery', () => {
  test('is listed, tried again or skipped by those who may, and only while it is parked', async () => {
    const ids = [newId(), newId()];
    await world.sql`insert into log.consumer (name, position) values ('shipping', 0)`;
    for (const [index, id] of ids.entries())
      await world.sql`insert into log.delivery (consumer, fact_id, position, subject_type, subject_id, status, attempts) values ('shipping', ${id}, ${1000 + index}, 'X', ${newId()}, 'PARKED', 8)`;
    const list = `query ($first: Int, $last: Int, $after: Cursor, $before: Cursor) { operations { deliveries(first: $first, last: $last, after: $after, before: $before, filter: { consumers: ["shipping"], statuses: [PARKED] }) { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } consumers { name parked failed lag } } }`;
    const first = (await world.ok(list, { variables: { first: 1 } })).operations;
    expect(first.deliveries).toMatchObject({ totalCount: 2, nodes: [{ id: `shipping:${ids[1]}` }], pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    expect(first.consumers.find((each: { name: string }) => each.name === 'shipping')).toMatchObject({ parked: 2, failed: 0 });
    const next = (await world.ok(list, { variables: { first: 5, after: first.deliveries.pageInfo.endCursor } })).operations.deliveries;
    expect(next).toMatchObject({ nodes: [{ id: `shipping:${ids[0]}` }], pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    const back = (await world.ok(list, { variables: { last: 5, before: next.pageInfo.startCursor } })).operations.deliveries;
    expect(back).toMatchObject({ nodes: [{ id: `shipping:${ids[1]}` }], pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const retry = 'mutation ($input: DeliveryActionInput!) { retryDelivery(input: $input) { delivery { status attempts } userErrors { code } } }';
    const skip = 'mutation ($input: SkipDeliveryInput!) { skipDelivery(input: $input) { delivery { status reason } userErrors { code } } }';
    expect(
      (await world.ok(retry, { actor: { ...allowed, permissions: ['delivery:read'] }, variables: { input: { id: `shipping:${ids[0]}` } } })).retryDelivery
        .userErrors,
    ).toEqual([{ code: 'FORBIDDEN' }]);
    expect((await world.ok(retry, { variables: { input: { id: `shipping:${ids[0]}` } } })).retryDelivery.delivery).toEqual({ status: 'FAILED', attempts: 0 });
    expect((await world.ok(retry, { variables: { input: { id: `shipping:${ids[0]}` } } })).retryDelivery.userErrors).toEqual([{ code: 'INVALID_TRANSITION' }]);
    expect((await world.ok(skip, { variables: { input: { id: `shipping:${ids[1]}`, reason: 'gone' } } })).skipDelivery.delivery).toEqual({
      status: 'SKIPPED',
      reason: 'gone (skipped by test)',
    });
    expect((await world.ok(skip, { variables: { input: { id: 'nonsense', reason: 'gone' } } })).skipDelivery.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  });
});
