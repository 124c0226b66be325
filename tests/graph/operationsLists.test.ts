import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, serviceActor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { type ExceptionReport, openExceptions } from '#operations/exception/commands.ts';
import { operationsSubgraph } from '#operations/subgraph.ts';
import { contentOf } from '../support/content.ts';
import { randomOf } from '../support/operations.ts';
import { allowed, portalOf, subgraphWorld } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof subgraphWorld>>;
const customers = [newId(), newId(), newId()];
const projects = [newId(), newId()];
const people = [newId(), newId()];
const entities = [newId(), newId()];
const codes = ['RATE_NOT_FOUND', 'PERIOD_CLOSED', 'LABOR_CATEGORY_MISSING'] as const;

/** Forty exceptions over three customers, some of nobody's, opened a minute apart; some of them are ended or tried again. */
beforeAll(async () => {
  world = await subgraphWorld(operationsSubgraph);
  const random = randomOf(7);
  const some = <Value>(values: readonly Value[]): Value | undefined => values[Math.floor(random() * (values.length + 1))];
  for (let number = 0; number < 40; number += 1) {
    const report: ExceptionReport = {
      ...{ process: number % 3 ? 'posting' : 'billing', code: codes[number % codes.length] ?? 'INTERNAL', message: `Number ${number}.` },
      subject: { type: number % 5 ? 'TimesheetEntry' : 'Invoice', id: newId() },
      owner: ['finance', 'hr'][number % 2] ?? '',
      keys: { customerId: some(customers), projectId: some(projects), employeeId: some(people), legalEntityId: some(entities) },
      seconds: number % 4 ? BigInt(number * 360) : null,
      moneyAtRisk: number % 2 ? { minor: BigInt(number * 100 + 1), currency: number % 3 ? 'EUR' : 'JPY' } : null,
    };
    const scope = { actor: serviceActor('test'), trace: { correlationId: `journey-${number % 4}` }, now: world.time.now };
    const [opened] = await world.db.transaction((tx) => openExceptions({ tx, ...scope }, [report]));
    if (number % 6 === 0) await act('resolveException', { id: opened?.id });
    if (number % 6 === 1) await act('retryException', { id: opened?.id });
    world.time.now = new Date(world.time.now.getTime() + 60_000);
  }
  while ((await sequenceOnce(world.db)) > 0);
});
afterAll(() => world[Symbol.asyncDispose]());

async function act(mutation: string, input: Record<string, unknown>, actor: Actor = allowed) {
  const type = world.schema.getMutationType()?.getFields()[mutation]?.args[0]?.type;
  const entity = /Delivery$/.test(mutation) ? 'delivery { id }' : 'exception { id status version }';
  const text = `mutation ($input: ${type}) { ${mutation}(input: $input) { replayed ${entity} userErrors { code field } } }`;
  return (await world.ok(text, { variables: { input }, actor }))[mutation];
}

type Row = {
  id: string;
  code: string;
  status: string;
  process: string;
  owner: string;
  subjectId: string;
  correlationId: string;
  hours: string | null;
  moneyAtRisk: { amount: string; currency: string } | null;
  customer: { id: string } | null;
  project: { id: string } | null;
  employee: { id: string } | null;
};
type Filter = Record<string, unknown>;

const rowFields = 'id code status process owner subjectId correlationId hours moneyAtRisk { amount currency } customer { id } project { id } employee { id }';
async function listed(filter: Filter | null = null, actor: Actor = allowed): Promise<Row[]> {
  const text = `query ($filter: ProcessExceptionFilter) { operations { exceptions(first: 250, filter: $filter) { nodes { ${rowFields} } } } }`;
  return (await world.ok(text, { variables: { filter }, actor })).operations.exceptions.nodes;
}

type Group = { key: string; count: number; hours: string; moneyAtRisk: { amount: string; currency: string }[] };
async function summarised(groupBy: string, filter: Filter, actor: Actor = allowed): Promise<Group[]> {
  const text =
    'query ($by: ExceptionGrouping!, $filter: ProcessExceptionFilter) { operations { exceptionSummary(groupBy: $by, filter: $filter) { key count hours moneyAtRisk { amount currency } } } }';
  return (await world.ok(text, { variables: { by: groupBy, filter }, actor })).operations.exceptionSummary;
}

/** The same sums, made of the list. */
function groupsOf(rows: readonly Row[], keyOf: (row: Row) => string): Group[] {
  const hundredths = (text: string | null | undefined) => Math.round(Number(text ?? 0) * 100);
  return [...Map.groupBy(rows, keyOf)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, own]) => {
      const currencies = [...new Set(own.flatMap(({ moneyAtRisk }) => moneyAtRisk?.currency ?? []))].sort();
      const sum = (currency: string) =>
        own.reduce((all, { moneyAtRisk }) => all + (moneyAtRisk?.currency === currency ? hundredths(moneyAtRisk.amount) : 0), 0);
      return {
        ...{ key, count: own.length, hours: (own.reduce((all, { hours }) => all + hundredths(hours), 0) / 100).toFixed(2) },
        moneyAtRisk: currencies.map((currency) => ({ currency, amount: (sum(currency) / 100).toFixed(currency === 'JPY' ? 0 : 2) })),
      };
    });
}

const keys: Record<string, (row: Row) => string> = {
  CODE: ({ code }) => code,
  PROCESS: ({ process }) => process,
  OWNER: ({ owner }) => owner,
  CUSTOMER: ({ customer }) => customer?.id ?? '',
};

const filters: [string, Filter, (row: Row) => boolean][] = [
  ['nothing', {}, () => true],
  ['a state', { statuses: ['RETRYING'] }, ({ status }) => status === 'RETRYING'],
  ['two states', { statuses: ['OPEN', 'RESOLVED'] }, ({ status }) => ['OPEN', 'RESOLVED'].includes(status)],
  ['no state', { statuses: [] }, () => false],
  ['a code', { codes: ['PERIOD_CLOSED'] }, ({ code }) => code === 'PERIOD_CLOSED'],
  ['a process', { processes: ['billing', 'nobody'] }, ({ process }) => process === 'billing'],
  ['an owner', { owners: ['hr'] }, ({ owner }) => owner === 'hr'],
  ['customers', { customerIds: customers.slice(1) }, ({ customer }) => customers.slice(1).includes(customer?.id ?? '')],
  ['a project', { projectIds: projects.slice(1) }, ({ project }) => project?.id === projects[1]],
  ['an employee', { employeeIds: people.slice(1) }, ({ employee }) => employee?.id === people[1]],
  ['a business transaction', { correlationIds: ['journey-2'] }, ({ correlationId }) => correlationId === 'journey-2'],
  ['an id that is none', { customerIds: ['CUST-7'] }, () => false],
  [
    'all at once',
    { statuses: ['OPEN'], codes: ['RATE_NOT_FOUND', 'PERIOD_CLOSED'], owners: ['finance'], customerIds: customers },
    ({ status, code, owner, customer }) => status === 'OPEN' && code !== 'LABOR_CATEGORY_MISSING' && owner === 'finance' && customer !== null,
  ],
];

describe('exceptions', () => {
  test.each(filters)('are found by %s', async (_, filter, meets) => {
    expect(await listed(filter)).toEqual((await listed()).filter(meets));
  });

  test.each(filters)('are summed by every dimension as the list has them, filtered by %s', async (_, filter) => {
    const rows = await listed(filter);
    for (const [groupBy, keyOf] of Object.entries(keys)) expect(await summarised(groupBy, filter), groupBy).toEqual(groupsOf(rows, keyOf));
  });

  test('are those of one, by its subject; a list holds what its reader may know of, and so do its sums', async () => {
    const rows = await listed();
    expect(rows).toHaveLength(40);
    expect(await listed({ subjectIds: [rows[3]?.subjectId] })).toEqual([rows[3]]);
    const confined = { ...allowed, customerIds: customers.slice(0, 1) };
    const own = rows.filter(({ customer }) => customer?.id === customers[0]);
    expect(own.length).toBeGreaterThan(3);
    expect(await listed({}, confined)).toEqual(own);
    const elsewhere = { ...allowed, legalEntityIds: entities.slice(0, 1) };
    const seen = await listed({}, elsewhere);
    expect(seen.length).toBeGreaterThan(own.length);
    expect(seen.length).toBeLessThan(rows.length);
    for (const actor of [confined, elsewhere]) {
      const visible = await listed({}, actor);
      for (const [groupBy, keyOf] of Object.entries(keys)) expect(await summarised(groupBy, {}, actor), groupBy).toEqual(groupsOf(visible, keyOf));
    }
  });

  test('are summed where they are open or tried again when nothing is said', async () => {
    const { operations } = await world.ok('{ operations { exceptionSummary { key count } } }');
    const standing = (await listed()).filter(({ status }) => status !== 'RESOLVED');
    expect(operations.exceptionSummary).toEqual(groupsOf(standing, ({ code }) => code).map(({ key, count }) => ({ key, count })));
  });
});

describe('a call on an exception or a delivery', () => {
  let position = 1_000;
  const parked = async () => {
    position += 1;
    const [factId, subjectId] = [newId(), newId()];
    await world.sql`insert into log.consumer (name, position) values ('keyed', 0) on conflict do nothing`;
    await world.sql`insert into log.delivery (consumer, fact_id, position, subject_type, subject_id, status, attempts) values ('keyed', ${factId}, ${position}, 'X', ${subjectId}, 'PARKED', 8)`;
    return `keyed:${factId}`;
  };
  const open = async () => (await listed({ statuses: ['OPEN'] }))[0]?.id ?? '';

  test.each<[string, () => Promise<string>, Filter, Filter]>([
    ['resolveException', open, {}, { expectedVersion: 1 }],
    ['retryException', open, {}, { expectedVersion: 1 }],
    ['dismissException', open, { reason: 'We live with it.' }, { reason: 'We do not.' }],
    ['assignException', open, { owner: 'pat' }, { owner: 'kim' }],
    ['retryDelivery', parked, {}, { id: `keyed:${newId()}` }],
    ['skipDelivery', parked, { reason: 'Gone.' }, { reason: 'Here.' }],
  ])('%s is replayed under its key, and the key is of no use for another intent', async (mutation, make, input, other) => {
    const call = { idempotencyKey: newId(), id: await make(), ...input };
    const done = await act(mutation, call);
    expect(done).toMatchObject({ replayed: false, userErrors: [] });
    const content = await contentOf(world.sql);
    expect(await act(mutation, call)).toEqual({ ...done, replayed: true });
    expect((await act(mutation, { ...call, ...other })).userErrors).toEqual([{ code: 'IDEMPOTENCY_KEY_REUSED', field: 'idempotencyKey' }]);
    expect(await contentOf(world.sql)).toEqual(content);
  });

  test.each<[string, Filter, string, string | null]>([
    ['resolveException', { id: newId() }, 'NOT_FOUND', 'id'],
    ['retryException', { id: 'no id' }, 'NOT_FOUND', 'id'],
    ['dismissException', { id: newId(), reason: 'x'.repeat(1_001) }, 'VALIDATION_FAILED', 'reason'],
    ['assignException', { id: newId(), owner: 'x'.repeat(256) }, 'VALIDATION_FAILED', 'owner'],
    ['retryDelivery', { id: 'billing' }, 'NOT_FOUND', 'id'],
    ['retryDelivery', { id: `:${newId()}` }, 'NOT_FOUND', 'id'],
    ['retryDelivery', { id: `nobody:${newId()}` }, 'NOT_FOUND', 'id'],
    ['skipDelivery', { id: `nobody:${newId()}`, reason: ' ' }, 'VALIDATION_FAILED', 'reason'],
  ])('%s of %o is refused, and nothing changes', async (mutation, input, code, field) => {
    const content = await contentOf(world.sql);
    expect((await act(mutation, input)).userErrors).toEqual([{ code, field }]);
    expect((await act(mutation, input, { ...allowed, permissions: [] })).userErrors).toMatchObject([
      { code: expect.stringMatching(/FORBIDDEN|NOT_FOUND|VALIDATION/) },
    ]);
    expect(await contentOf(world.sql)).toEqual(content);
  });
});

describe('the log as a list', () => {
  const text =
    'query ($first: Int, $after: Cursor, $filter: EventFilter) { operations { events(first: $first, after: $after, filter: $filter) { nodes { type position cursor correlationId customer { id } } pageInfo { hasNextPage endCursor } } } }';
  type Event = { type: string; position: string; cursor: string; correlationId: string; customer: { id: string } | null };
  const events = async (filter: Filter | null = null, { size = 250, actor = allowed }: { size?: number; actor?: Actor } = {}): Promise<Event[]> => {
    const all: Event[] = [];
    for (let after: string | undefined; ; ) {
      const { nodes, pageInfo } = (await world.ok(text, { variables: { first: size, after, filter }, actor })).operations.events;
      all.push(...nodes);
      if (!pageInfo.hasNextPage) return all;
      after = pageInfo.endCursor;
    }
  };

  test('is whole in pages of any size, in the order of its positions', async () => {
    const whole = await events();
    expect(whole.length).toBeGreaterThan(50);
    expect(whole.map(({ position }) => Number(position))).toEqual(whole.map(({ position }) => Number(position)).sort((a, b) => a - b));
    for (const size of [1, 7, whole.length - 1, whole.length]) expect(await events(null, { size }), String(size)).toEqual(whole);
  });

  test('is filtered by what it is about and by type, and shows a colleague of one customer no more than that', async () => {
    const whole = await events();
    const of = (id: string | undefined) => whole.filter(({ customer }) => customer?.id === id);
    expect(await events({ customerIds: customers.slice(0, 1) })).toEqual(of(customers[0]));
    expect(await events({ customerIds: customers.slice(0, 2) })).toEqual(whole.filter(({ customer }) => customers.slice(0, 2).includes(customer?.id ?? '')));
    expect(await events({ types: ['ExceptionResolved'] }, { size: 2 })).toEqual(whole.filter(({ type }) => type === 'ExceptionResolved'));
    expect(await events({ types: ['ExceptionOpened'], customerIds: customers.slice(1, 2) })).toEqual(
      of(customers[1]).filter(({ type }) => type === 'ExceptionOpened'),
    );
    expect(await events({ customerIds: [newId()] })).toEqual([]);
    expect(await events({}, { actor: { ...allowed, customerIds: customers.slice(0, 1) } })).toEqual(of(customers[0]));
    expect((await world.run(text, { actor: portalOf(customers[0] ?? '') })).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });

  test.each<[Filter]>([
    [{ first: -1 }],
    [{ first: 251 }],
    [{ after: 'log:1' }],
    [{ after: Buffer.from('log:-1').toString('base64url') }],
    [{ filter: { customerIds: ['x'] } }],
  ])('refuses %o', async (variables) => {
    expect((await world.run(text, { variables })).errors).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });

  test('traces a business transaction or an entity, and refuses both, neither, and what is no id', async () => {
    const trace = (variables: Filter, actor: Actor = allowed) =>
      world.run(
        'query ($c: String, $e: EntityInput) { operations { businessTrace(correlationId: $c, entity: $e) { correlationIds complete entries { event { correlationId } } } } }',
        { variables, actor },
      );
    const [row] = await listed({ correlationIds: ['journey-1'] });
    const entity = { type: 'ProcessException', id: row?.id };
    for (const variables of [{ c: 'journey-1' }, { e: entity }]) {
      const { data } = await trace(variables);
      const found = (data as Record<string, Record<string, { correlationIds: string[]; entries: { event: Event }[] }>>).operations?.businessTrace;
      expect(found?.correlationIds).toContain('journey-1');
      expect(found?.entries.length).toBeGreaterThan(0);
    }
    for (const variables of [{}, { c: 'journey-1', e: entity }, { e: { ...entity, id: 'no id' } }])
      expect((await trace(variables)).errors).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
    expect((await trace({ c: 'nobody' })).data).toEqual({ operations: { businessTrace: { correlationIds: ['nobody'], complete: true, entries: [] } } });
    expect((await trace({ c: 'journey-1' }, { ...allowed, permissions: ['exception:read'] })).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });
});
