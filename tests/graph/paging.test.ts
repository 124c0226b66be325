import fc from 'fast-check';
import { type GraphQLField, getNamedType, isEnumType, isInputObjectType, isNonNullType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { openDb } from '#kernel/db.ts';
import { newId } from '#kernel/ids.ts';
import { openExceptions } from '#operations/exception/commands.ts';
import { loadSample } from '#sample/load.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { constellation } from '../support/constellation.ts';

let world: Awaited<ReturnType<typeof constellation>>;
beforeAll(async () => {
  world = await constellation({ subgraphs });
  const now = new Date('2026-11-22T10:00:00Z');
  await loadSample({ url: world.ownerUrl, scale: 'S', now });
  await using open = openDb({ url: world.databaseUrl, name: 'paging', max: 1, scope: 'command' });
  const report = { process: 'paging', code: 'RATE_NOT_FOUND', message: 'No rate.', owner: 'finance' } as const;
  const reports = Array.from({ length: 30 }, () => ({ ...report, subject: { type: 'TimesheetEntry', id: newId() } }));
  await open.db.transaction((tx) => openExceptions({ tx, actor: serviceActor('paging'), trace: { correlationId: 'paging' }, now }, reports));
});
afterAll(() => world[Symbol.asyncDispose]());

/** A list that needs no argument: at the root, or among the operations; `id` is asked of its rows in place of their id. */
type List = { name: string; path: readonly string[]; id?: string; order: string; orders: readonly string[] };
type Page = {
  nodes: { id: string }[];
  edges: { cursor: string }[];
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
};

function listsOf(fields: Record<string, GraphQLField<unknown, unknown>>, path: readonly string[]): List[] {
  return Object.values(fields).flatMap(({ name, type, args }): List[] => {
    const takes = args.map((arg) => arg.name);
    if (!['first', 'last', 'before', 'after'].every((each) => takes.includes(each))) return [];
    if (args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined) || !getNamedType(type).name.endsWith('Connection')) return [];
    const order = getNamedType(args.find((arg) => arg.name === 'orderBy')?.type);
    const by = isInputObjectType(order) ? getNamedType(order.getFields().field?.type) : undefined;
    const page = getNamedType(type);
    const row = isObjectType(page) ? getNamedType(page.getFields().nodes?.type) : undefined;
    // Uses of the schema are no entities.
    const id = isObjectType(row) && !('id' in row.getFields()) ? 'id: __typename' : 'id';
    return [{ name, path, id, order: order?.name ?? '', orders: isEnumType(by) ? by.getValues().map((value) => value.name) : [] }];
  });
}

function lists(): List[] {
  const query = world.graph.planning().apiSchema.getQueryType()?.getFields() ?? {};
  const operations = getNamedType(query.operations?.type);
  return [...listsOf(query, []), ...(isObjectType(operations) ? listsOf(operations.getFields(), ['operations']) : [])];
}

type Order = { field: string; direction: 'ASC' | 'DESC' };
type Args = { first?: number; last?: number; after?: string | null | undefined; before?: string | null | undefined; orderBy?: Order };

/** Asks by variables, so that all pages of a list share a plan. */
async function answer(
  list: List,
  args: Args,
  select = `nodes { ${list.id ?? 'id'} } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`,
) {
  const types = { first: 'Int', last: 'Int', after: 'Cursor', before: 'Cursor', ...(list.order ? { orderBy: list.order } : {}) };
  const declared = Object.entries(types).map(([name, type]) => `$${name}: ${type}`);
  const given = Object.keys(types).map((name) => `${name}: $${name}`);
  const inner = `${list.name}(${given.join(', ')}) { ${select} }`;
  const text = `query (${declared.join(', ')}) { ${list.path.map((each) => `${each} { `).join('')}${inner}${' }'.repeat(list.path.length)} }`;
  const { data, errors } = await world.ask(text, args);
  return { page: list.path.reduce((part, each) => part?.[each], data)?.[list.name] as Page, error: errors?.[0] };
}

async function page(list: List, args: Args): Promise<Page> {
  const { page, error } = await answer(list, args);
  if (error) throw new Error(`${list.name}: ${JSON.stringify(error)}`);
  return page;
}

/** All ids of a list in its order, page after page from one end. */
async function walked(list: List, { size = 250, backwards = false, orderBy }: { size?: number; backwards?: boolean; orderBy?: Order } = {}) {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; ; ) {
    const own = { ...(orderBy ? { orderBy } : {}), ...(backwards ? { last: size, before: cursor } : { first: size, after: cursor }) };
    const { nodes, edges, pageInfo } = await page(list, own);
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null]);
    expect(backwards ? pageInfo.hasNextPage : pageInfo.hasPreviousPage).toBe(cursor !== undefined);
    if (backwards) ids.unshift(...nodes.map(({ id }) => id));
    else ids.push(...nodes.map(({ id }) => id));
    cursor = backwards ? pageInfo.startCursor : pageInfo.endCursor;
    if (!(backwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return ids;
  }
}

const orderings = ({ orders }: List) => (orders.length === 0 ? [undefined] : orders);
const ordered = (field: string | undefined, direction: Order['direction']) => (field ? { orderBy: { field, direction } } : {});
/** Lists of which the sample firm has something. */
async function filled(): Promise<List[]> {
  const found: List[] = [];
  for (const list of lists()) if ((await page(list, { first: 1 })).nodes.length > 0) found.push(list);
  return found;
}

describe('a list, in each of its orders', () => {
  test('is whole, and from its other end turned round by the other direction', async () => {
    expect(lists().length).toBeGreaterThan(24);
    for (const list of lists()) {
      const { page: counted } = await answer(list, { first: 0 }, 'totalCount');
      for (const field of orderings(list)) {
        const ascending = await walked(list, ordered(field, 'ASC'));
        const what = `${list.name} by ${field}`;
        expect(new Set(ascending).size, what).toBe(ascending.length);
        expect(ascending.length, what).toBe(counted.totalCount);
        const otherWay = await walked(list, { backwards: true, ...ordered(field, 'DESC') });
        expect(field ? otherWay.reverse() : otherWay, what).toEqual(ascending);
      }
    }
  });

  test('has rows in the sample firm, so that all this says something', async () => {
    // All but two: all of its work is posted, and no process of it is long.
    expect((await filled()).length).toBeGreaterThanOrEqual(25);
  });
});

describe('pages of any size', () => {
  // By a column with few values, so that pages end amid rows that only their ids tell apart.
  const tied = [
    { name: 'assignments', order: 'AssignmentOrder', orderBy: { field: 'END_DATE', direction: 'DESC' } },
    { name: 'employees', order: 'EmployeeOrder', orderBy: { field: 'HIRED_ON', direction: 'ASC' } },
    { name: 'tasks', order: 'TaskOrder', orderBy: { field: 'NAME', direction: 'ASC' } },
  ].map((each) => ({ path: [], orders: [], ...each }) as List & { orderBy: Order });

  test.each(tied)('make up the whole of $name', async ({ orderBy, ...list }) => {
    const whole = await walked(list, { orderBy });
    expect(whole.length).toBeGreaterThan(20);
    for (const size of [1, 2, 7, whole.length - 1, whole.length, whole.length + 1])
      for (const backwards of [false, true]) expect(await walked(list, { size, orderBy, backwards }), `${size} ${backwards}`).toEqual(whole);
  });

  test('between any two rows are what stands between them', async () => {
    const [list] = tied;
    if (!list) throw new Error('nothing to page');
    const { orderBy } = list;
    const { edges, nodes } = await page(list, { first: 250, orderBy });
    const place = fc.integer({ min: 0, max: nodes.length - 1 });
    const cut = fc.record({ one: place, other: place, size: fc.integer({ min: 0, max: 12 }), backwards: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(cut, async ({ one, other, size, backwards }) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const between = nodes.slice(from + 1, to);
        const bounds = { after: edges[from]?.cursor, before: edges[to]?.cursor, orderBy };
        const found = await page(list, { ...bounds, ...(backwards ? { last: size } : { first: size }) });
        const { hasNextPage, hasPreviousPage } = found.pageInfo;
        expect(found.nodes).toEqual(backwards ? between.slice(Math.max(0, between.length - size)) : between.slice(0, size));
        expect(backwards ? hasPreviousPage : hasNextPage).toBe(between.length > size);
      }),
      { numRuns: 40, seed: 20_261_122 },
    );
  });

  test('go on where they were, whatever is made meanwhile', async () => {
    const list = { name: 'customers', path: [], order: '', orders: [] };
    const make = (name: string) =>
      world.ok('mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }', { input: { name } });
    const before = await walked(list);
    const first = await page(list, { first: 3 });
    const [ahead, behind] = [await make('!Ahead'), await make('~~Behind')].map(({ createCustomer }) => createCustomer.customer.id);
    const rest: string[] = [];
    for (let cursor = first.pageInfo.endCursor; ; ) {
      const next = await page(list, { first: 2, after: cursor });
      rest.push(...next.nodes.map(({ id }) => id));
      cursor = next.pageInfo.endCursor;
      if (!next.pageInfo.hasNextPage) break;
    }
    expect([...first.nodes.map(({ id }) => id), ...rest]).toEqual([...before, behind]);
    expect(await walked(list)).toEqual([ahead, ...before, behind]);
  });
});

describe('a page that cannot be', () => {
  const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  test.each<[string, Args, object]>([
    ['fewer than none', { first: -1 }, { code: 'VALIDATION_FAILED', field: 'first' }],
    ['more than 250', { first: 251 }, { code: 'VALIDATION_FAILED', field: 'first' }],
    ['as many as there are numbers', { first: 2_147_483_647 }, { code: 'COST_LIMIT' }],
    ['fewer than none from the end', { last: -1 }, { code: 'VALIDATION_FAILED', field: 'last' }],
    ['more than 250 from the end', { last: 251 }, { code: 'VALIDATION_FAILED', field: 'last' }],
  ])('is refused by every list: %s', async (_, args, refusal) => {
    for (const list of lists()) {
      const { error } = await answer(list, args);
      expect(error?.extensions, list.name).toMatchObject(refusal);
    }
  });

  test('is refused by every list: from both ends at once', async () => {
    for (const list of lists()) expect((await answer(list, { first: 1, last: 1 })).error?.extensions, list.name).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  test.each<[string, string]>([
    ['no base64', '%%%'],
    ['base64 of no JSON', Buffer.from('nothing').toString('base64url')],
    ['a place in the log', Buffer.from('log:1').toString('base64url')],
    ['an empty list', text([])],
    ['a list too long', text(['NAME ASC', 'a', newId(), 'more'])],
    ['a row without an id', text(['NAME ASC', 'a', 'CUST-7'])],
    ['of an order that nobody has', text(['SHOE_SIZE ASC', '43', newId()])],
  ])('is refused by every list, from a cursor that is %s', async (_, cursor) => {
    for (const list of lists())
      expect((await answer(list, { first: 1, after: cursor })).error?.extensions, list.name).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(world.faults).toEqual([]);
  });

  test('from a cursor of the other direction or another order is refused, for it would skip rows', async () => {
    for (const list of (await filled()).filter(({ orders }) => orders.length > 1)) {
      const [one, other] = list.orders;
      const { endCursor: after } = (await page(list, { first: 1, ...ordered(one, 'ASC') })).pageInfo;
      for (const wrong of [ordered(one, 'DESC'), ordered(other, 'ASC')]) {
        const { error } = await answer(list, { first: 1, after, ...wrong });
        expect(error, list.name).toMatchObject({ message: expect.stringMatching(/Start again without it/), extensions: { code: 'VALIDATION_FAILED' } });
      }
    }
  });

  test('of nothing is empty, and says that there is more', async () => {
    for (const list of await filled()) {
      const { nodes, edges, pageInfo } = await page(list, { first: 0 });
      expect({ nodes, edges, ...pageInfo }, list.name).toEqual({
        ...{ nodes: [], edges: [], startCursor: null, endCursor: null },
        ...{ hasNextPage: true, hasPreviousPage: false },
      });
    }
  });
});
