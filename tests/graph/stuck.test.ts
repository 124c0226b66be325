import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { errorCodes } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { type ExceptionReport, openExceptions } from '#operations/exception/commands.ts';
import { curesOf, deliveryCures, runCures } from '#operations/exception/cures.ts';
import { operationsSubgraph } from '#operations/subgraph.ts';
import { allowed, portalOf, subgraphWorld } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof subgraphWorld>>;
beforeAll(async () => {
  world = await subgraphWorld(operationsSubgraph);
});
afterAll(() => world[Symbol.asyncDispose]());

async function opened(reports: readonly Partial<ExceptionReport>[]): Promise<string[]> {
  const whole = reports.map((more): ExceptionReport => {
    return { process: 'posting', code: 'RATE_NOT_FOUND', message: 'No rate.', subject: { type: 'TimesheetEntry', id: newId() }, owner: 'controller', ...more };
  });
  const rows = await world.db.transaction((tx) =>
    openExceptions({ tx, actor: serviceActor('posting'), trace: { correlationId: 'journey', causationId: newId() }, now: world.time.now }, whole),
  );
  return rows.map(({ id }) => id);
}

const stuckQuery = `query ($first: Int, $after: Cursor, $filter: StuckFilter) { operations { stuck(first: $first, after: $after, filter: $filter) {
  totalCount totalCountCapped edges { cursor } pageInfo { hasNextPage endCursor }
  nodes { id kind code message stuckAt process subjectType subjectId owner cures { mutation does } exception { id } delivery { id } run { id } } } } }`;
const stuck = async (variables: Record<string, unknown> = {}, actor = allowed) => (await world.ok(stuckQuery, { variables, actor })).operations.stuck;

describe('what is stuck', () => {
  test('is one list, the oldest first: exceptions, parked deliveries and runs that gave up, each with its cures; what is done is not in it', async () => {
    const [exceptionId = '', doneId = ''] = await opened([{}, {}]);
    await world.ok('mutation ($input: DismissExceptionInput!) { dismissException(input: $input) { userErrors { code } } }', {
      variables: { input: { id: doneId, reason: 'small' } },
    });
    await sequenceOnce(world.db);
    const [factId, runId, subjectId] = [newId(), newId(), newId()];
    await world.sql`insert into log.delivery (consumer, fact_id, position, subject_type, subject_id, status, attempts, reason) values ('shipping', ${factId}, 900, 'Invoice', ${subjectId}, 'PARKED', 8, 'broken')`;
    await world.sql`insert into log.process_run (id, process, state, subject_type, subject_id, fact_id, correlation_id, data, reason, started_at, updated_at)
      values (${runId}, 'onboarding', 'FAILED', 'Project', ${subjectId}, ${factId}, 'c', '{}', 'no answer', '2020-01-01', '2020-01-02')`;
    const { nodes, totalCount } = await stuck();
    expect(totalCount).toBe(3);
    expect(nodes).toMatchObject([
      {
        id: `shipping:${factId}`,
        kind: 'DELIVERY',
        code: 'INTERNAL',
        message: 'broken',
        process: 'shipping',
        subjectType: 'Invoice',
        subjectId,
        delivery: { id: `shipping:${factId}` },
      },
      { id: runId, kind: 'PROCESS_RUN', message: 'no answer', process: 'onboarding', run: { id: runId }, exception: null },
      { id: exceptionId, kind: 'EXCEPTION', code: 'RATE_NOT_FOUND', owner: 'controller', exception: { id: exceptionId }, delivery: null, run: null },
    ]);
    expect(nodes.map(({ cures }: { cures: { mutation: string }[] }) => cures[0]?.mutation)).toEqual([
      'retryDelivery',
      'retryProcessRun',
      'publishRateCardVersion',
    ]);
    const pages: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: Awaited<ReturnType<typeof stuck>> = await stuck({ first: 1, after });
      pages.push(...page.nodes.map(({ id }: { id: string }) => id));
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(pages).toEqual(nodes.map(({ id }: { id: string }) => id));
    for (const [filter, ids] of [
      [{ kinds: ['DELIVERY'] }, [`shipping:${factId}`]],
      [{ codes: ['RATE_NOT_FOUND'] }, [exceptionId]],
      [{ subjectIds: [subjectId] }, [`shipping:${factId}`, runId]],
      [{ stuckBefore: '2021-01-01T00:00:00Z' }, [`shipping:${factId}`, runId]],
      [{ subjectIds: ['nonsense'] }, []],
    ] as const)
      expect((await stuck({ filter })).nodes.map(({ id }: { id: string }) => id)).toEqual(ids);
  });

  test('is, for who sees a part of the firm, the exceptions of that part; a portal gets nothing', async () => {
    const [mine, theirs] = [newId(), newId()];
    const [own = ''] = await opened([{ keys: { customerId: mine } }, { keys: { customerId: theirs } }]);
    expect((await stuck({}, { ...allowed, customerIds: [mine] })).nodes.map(({ id }: { id: string }) => id)).toEqual([own]);
    expect((await world.run(stuckQuery, { actor: portalOf(mine) })).errors[0]?.code).toBe('FORBIDDEN');
    expect((await world.run(stuckQuery, { variables: { first: 251 } })).errors[0]?.code).toBe('VALIDATION_FAILED');
  });

  test('is cured by mutations that the contract has, whatever the code', () => {
    const mutations = buildSchema(readFileSync('schema/supergraph.graphql', 'utf8'), { assumeValidSDL: true }).getMutationType()?.getFields() ?? {};
    const codes = Object.keys(errorCodes) as (keyof typeof errorCodes)[];
    const named = [...deliveryCures, ...runCures, ...codes.flatMap((code) => curesOf({ code }))].map(({ mutation }) => mutation);
    expect(named.filter((mutation) => !Object.hasOwn(mutations, mutation))).toEqual([]);
  });
});

describe('exceptions by filter', () => {
  const payload = 'matched matchedCapped succeeded failed failures { exceptionId userErrors { code } } endCursor replayed userErrors { code field message }';
  const where = async (mutation: string, input: Record<string, unknown>, actor = allowed) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const variables = { input: { idempotencyKey: newId(), ...input } };
    return (await world.ok(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${payload} } }`, { variables, actor }))[mutation];
  };
  const statuses = async (customerId: string) =>
    (await world.sql`select status, owner, count(*)::int as n from operations.exception where customer_id = ${customerId} group by 1, 2 order by 1, 2`).map(
      (row) => ({ ...row }),
    );

  test('are tried again, assigned and dismissed: bounded work, a count, and a way to go on', async () => {
    const customerId = newId();
    await opened(Array.from({ length: 25 }, () => ({ keys: { customerId } })));
    await opened([{ keys: { customerId }, code: 'PERIOD_CLOSED' as const }]);
    const filter = { customerIds: [customerId], codes: ['RATE_NOT_FOUND'] };
    const key = newId();
    const before = await statuses(customerId);
    for (const [mutation, more] of [
      ['retryExceptionsWhere', {}],
      ['assignExceptionsWhere', { owner: 'ada' }],
      ['dismissExceptionsWhere', { reason: 'Written off' }],
    ] as const) {
      const looked = await where(mutation, { idempotencyKey: key, where: filter, first: 10, dryRun: true, ...more });
      expect(looked).toMatchObject({ matched: 25, succeeded: 10, failed: 0, userErrors: [], replayed: false });
    }
    expect(await statuses(customerId)).toEqual(before);
    const first = await where('retryExceptionsWhere', { idempotencyKey: key, where: filter, first: 10 });
    expect(first).toMatchObject({ matched: 25, matchedCapped: false, succeeded: 10, failed: 0, failures: [], userErrors: [], replayed: false });
    expect(await where('retryExceptionsWhere', { idempotencyKey: key, where: filter, first: 10 })).toEqual({ ...first, replayed: true });
    const second = await where('retryExceptionsWhere', { where: filter, after: first.endCursor });
    expect(second).toMatchObject({ matched: 15, succeeded: 15, endCursor: null });
    expect(await statuses(customerId)).toEqual([
      { status: 'OPEN', owner: 'controller', n: 1 },
      { status: 'RETRYING', owner: 'controller', n: 25 },
    ]);
    expect(await where('assignExceptionsWhere', { where: { customerIds: [customerId] }, owner: 'pat' })).toMatchObject({ matched: 26, succeeded: 26 });
    expect(await where('dismissExceptionsWhere', { where: { customerIds: [customerId] }, reason: 'Old.' })).toMatchObject({ matched: 1, succeeded: 1 });
    expect(await statuses(customerId)).toEqual([
      { status: 'DISMISSED', owner: 'pat', n: 1 },
      { status: 'RETRYING', owner: 'pat', n: 25 },
    ]);
  });

  test('are found by their age, project and employee too', async () => {
    const [customerId, projectId, employeeId] = [newId(), newId(), newId()];
    await opened([{ keys: { customerId, projectId } }, { keys: { customerId, employeeId } }]);
    const { now } = world.time;
    world.time.now = new Date(now.getTime() + 3_600_000);
    await opened([{ keys: { customerId } }]);
    const own = { customerIds: [customerId] };
    const counted = async (filter: Record<string, unknown>) => (await where('assignExceptionsWhere', { where: { ...own, ...filter }, owner: 'sam' })).matched;
    expect(await counted({ projectIds: [projectId] })).toBe(1);
    expect(await counted({ employeeIds: [employeeId] })).toBe(1);
    expect(await counted({ firstSeenBefore: new Date(now.getTime() + 1000).toISOString() })).toBe(2);
    expect(await counted({})).toBe(3);
  });

  test('are refused without a condition, out of bounds, without the permission; and those of others are never among them', async () => {
    const [mine, theirs] = [newId(), newId()];
    await opened([{ keys: { customerId: mine } }, { keys: { customerId: theirs } }]);
    for (const [input, field] of [
      [{ where: {} }, 'where'],
      [{ where: { customerIds: [mine] }, first: 0 }, 'first'],
      [{ where: { customerIds: [mine] }, first: 501 }, 'first'],
    ] as const)
      expect((await where('retryExceptionsWhere', input)).userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', field }]);
    const reader = { ...allowed, permissions: ['exception:read' as const] };
    expect((await where('retryExceptionsWhere', { where: { customerIds: [mine] } }, reader)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    const confined = { ...allowed, customerIds: [mine] };
    expect(await where('retryExceptionsWhere', { where: { codes: ['RATE_NOT_FOUND'] } }, confined)).toMatchObject({ matched: 1, succeeded: 1 });
    expect(await statuses(theirs)).toEqual([{ status: 'OPEN', owner: 'controller', n: 1 }]);
  });
});
