import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { references as resources } from '#resources/published.ts';
import { markPosted } from '#time/entry/commands.ts';
import type { Json } from '../support/graph.ts';
import { listsOf } from '../support/lists.ts';
import { aLaborCategory } from '../support/siblings.ts';
import { timeWorld } from '../support/time.ts';

type World = Awaited<ReturnType<typeof timeWorld>>;
let world: World;
let lists: ReturnType<typeof listsOf>;
/** Who and what the rows are about, by names that read well in a table. */
let ids: Readonly<Record<string, string>>;

const ref = (externalId: string) => ({ system: 'psa', externalId });
const days = ['2026-02-16', '2026-02-17', '2026-02-17', '2026-02-23', '2026-02-24', '2026-02-24'];

/** Two people on two projects of two customers, in two weeks: some drafts, some submitted, approved, posted, rejected. */
async function filled(): Promise<void> {
  world = await timeWorld();
  lists = listsOf(world);
  const [ada, bob, boss, category] = [
    await world.employee({ name: 'Ada' }),
    await world.employee({ name: 'Bob' }),
    await world.employee(),
    await world.play(resources.LaborCategory, aLaborCategory()),
  ];
  const [alpha, beta] = [await world.project(), await world.project({ billable: false })];
  const task = await world.task(alpha.id);
  const record = async (employeeId: string, projectId: string, more: Record<string, unknown>) => {
    // Several come at one instant, as they do from an import.
    world.time.now = new Date(world.time.now.getTime() + (more.hours === '1' ? 0 : 60_000));
    return world.entry(employeeId, projectId, more);
  };
  const made: Json[] = [];
  for (const [index, workDate] of days.entries()) {
    const more = { workDate, hours: String(1 + (index % 3)), ...(index === 0 ? { externalRef: ref('e-1'), laborCategoryId: category } : {}) };
    made.push(await record(ada, alpha.id, { ...more, ...(index % 2 ? { taskId: task } : {}) }));
    made.push(await record(bob, beta.id, more.externalRef ? { workDate, hours: '1' } : more));
  }
  const sheet = (index: number): string => made[index].timesheet.id;
  await world.made('submitTimesheet', { id: sheet(0) });
  await world.made('approveTimesheet', { id: sheet(0), approverId: boss });
  await world.command((scope) => markPosted(scope, [made[0].id]));
  await world.made('submitTimesheet', { id: sheet(1) });
  await world.made('rejectTimeEntry', { id: made[1].id, approverId: boss, reason: 'no' });
  for (const [index, category_] of ['MEALS', 'TRAVEL', 'MEALS', 'OTHER'].entries()) {
    const amount = { amount: `${10 + index}.00`, currency: 'USD' };
    const item = { employeeId: index % 2 ? bob : ada, projectId: index % 2 ? beta.id : alpha.id, category: category_, workDate: days[index], amount };
    const { id } = await world.made('recordExpense', { idempotencyKey: newId(), ...item, ...(index === 0 ? { externalRef: ref('x-1'), taskId: task } : {}) });
    if (index > 0) await world.made('submitExpense', { id });
    if (index > 2) await world.made('approveExpense', { id, approverId: boss });
  }
  const owner = { customer: alpha.customerId, engagement: alpha.engagementId };
  ids = { ada, bob, boss, alpha: alpha.id, beta: beta.id, task, category, sheet: sheet(0), ...owner };
}
beforeAll(filled, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const of = (name: string): string => ids[name] ?? '';
const entry =
  'workDate createdAt updatedAt status postingStatus billable notes employee { id } project { id } task { id } customer { id } timesheet { id } laborCategory { id } externalRefs { externalId }';
const expense =
  'workDate createdAt updatedAt status postingStatus category billable employee { id } project { id } task { id } customer { id } externalRefs { externalId }';
const sheet = 'startDate endDate createdAt updatedAt status employee { id } entries(first: 0) { totalCount }';

describe.each([
  ['timeEntries', entry, { WORK_DATE: 'workDate', CREATED_AT: 'createdAt', UPDATED_AT: 'updatedAt' }],
  ['expenses', expense, { WORK_DATE: 'workDate', CREATED_AT: 'createdAt', UPDATED_AT: 'updatedAt' }],
  ['timesheets', sheet, { START_DATE: 'startDate', CREATED_AT: 'createdAt', UPDATED_AT: 'updatedAt' }],
] as const)('the list %s', (list, select, orders) => {
  test('offers no order but these', () => expect(lists.ordersOf(list).sort()).toEqual(Object.keys(orders).sort()));

  test.each(Object.entries(orders).flatMap(([field, property]) => [[field, 'ASC', property] as const, [field, 'DESC', property] as const]))(
    'is sorted and paged by %s %s',
    async (field, direction, property) => lists.checkOrder({ list, field, direction, select }, (node) => node[property]),
  );
});

test('a reader of a list meets no row twice and misses none, though others come and go between two pages', async () => {
  const order = { field: 'WORK_DATE', direction: 'ASC' } as const;
  const filter = { employeeIds: [of('ada')] };
  const read = (after?: string) => lists.page('timeEntries', 'workDate status', { first: 2, filter, orderBy: order, ...(after ? { after } : {}) });
  const before = (await lists.page('timeEntries', '', { first: 250, filter, orderBy: order })).nodes.map(({ id }: Json) => id);
  const seen: string[] = [];
  const came: string[] = [];
  let place: string | undefined;
  for (let more = true; more; ) {
    const { nodes, pageInfo } = await read(place);
    seen.push(...nodes.map(({ id }: Json) => id));
    [more, place] = [pageInfo.hasNextPage, pageInfo.endCursor];
    // One behind the reader, one ahead of it, and one just where it stands.
    for (const workDate of ['2026-02-15', '2026-03-01', nodes.at(-1).workDate]) {
      const { id } = await world.entry(of('ada'), of('alpha'), { workDate, hours: '0.25' });
      came.push(id);
    }
    if (came.length > 12) break;
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(before.filter((id: string) => !seen.includes(id))).toEqual([]);
  expect(seen.filter((id) => !before.includes(id) && !came.includes(id))).toEqual([]);
  for (const id of came) await world.made('deleteTimeEntry', { id }, { select: 'id' });
});

const has = (property: string, name: string) => (node: Json) => node[property]?.id === of(name);
const is =
  (property: string, ...values: unknown[]) =>
  (node: Json) =>
    values.includes(node[property]);
const referred = (externalId: string) => (node: Json) => node.externalRefs.some((each: Json) => each.externalId === externalId);

type Row = [string, () => object, (node: Json) => boolean];
const people: Row[] = [
  ['employeeIds', () => ({ employeeIds: [of('ada')] }), has('employee', 'ada')],
  ['employeeIds, in capitals and with strangers', () => ({ employeeIds: [of('ada').toUpperCase(), newId(), 'x'] }), has('employee', 'ada')],
];
const work: Row[] = [
  ...people,
  ['projectIds', () => ({ projectIds: [of('beta')] }), has('project', 'beta')],
  ['taskIds', () => ({ taskIds: [of('task')] }), has('task', 'task')],
  ['customerIds', () => ({ customerIds: [of('customer')] }), has('customer', 'customer')],
  ['engagementIds', () => ({ engagementIds: [of('engagement')] }), has('customer', 'customer')],
  ['billable', () => ({ billable: false }), is('billable', false)],
  ['workDateFrom', () => ({ workDateFrom: '2026-02-17' }), ({ workDate }) => workDate >= '2026-02-17'],
  ['workDateTo', () => ({ workDateTo: '2026-02-17' }), ({ workDate }) => workDate <= '2026-02-17'],
  ['one day', () => ({ workDateFrom: '2026-02-17', workDateTo: '2026-02-17' }), is('workDate', '2026-02-17')],
];

describe('time entries are told apart by', () => {
  test.each<Row>([
    ...work,
    ['status', () => ({ statuses: ['DRAFT', 'REJECTED'] }), is('status', 'DRAFT', 'REJECTED')],
    ['postingStatus', () => ({ postingStatuses: ['POSTED'] }), is('postingStatus', 'POSTED')],
    ['timesheetIds', () => ({ timesheetIds: [of('sheet')] }), has('timesheet', 'sheet')],
    ['laborCategoryIds', () => ({ laborCategoryIds: [of('category')] }), has('laborCategory', 'category')],
    ['laborCategoryMissing', () => ({ laborCategoryMissing: true }), ({ laborCategory }) => laborCategory === null],
    ['a labor category that is there', () => ({ laborCategoryMissing: false }), ({ laborCategory }) => laborCategory !== null],
    ['externalRefs', () => ({ externalRefs: [ref('e-1'), ref('none')] }), referred('e-1')],
    [
      'all conditions at once',
      () => ({ employeeIds: [of('ada')], workDateTo: '2026-02-17', taskIds: [of('task')] }),
      ({ task, workDate }) => task && workDate <= '2026-02-17',
    ],
  ])('%s', async (_, filter, meets) => lists.checkFilter({ list: 'timeEntries', select: entry, filter: filter(), meets }));
});

describe('expenses are told apart by', () => {
  test.each<Row>([
    ...work,
    ['status', () => ({ statuses: ['SUBMITTED'] }), is('status', 'SUBMITTED')],
    ['category', () => ({ categories: ['MEALS'] }), is('category', 'MEALS')],
    ['externalRefs', () => ({ externalRefs: [ref('x-1')] }), referred('x-1')],
  ])('%s', async (_, filter, meets) => lists.checkFilter({ list: 'expenses', select: expense, filter: filter(), meets }));
});

describe('timesheets are told apart by', () => {
  const filledBy = (name: string) => (node: Json) => node.employee.id === of(name) && node.entries.totalCount > 0;
  test.each<Row>([
    ...people,
    ['status', () => ({ statuses: ['APPROVED'] }), is('status', 'APPROVED')],
    ['projectIds of their entries', () => ({ projectIds: [of('alpha')] }), filledBy('ada')],
    ['customerIds of their entries', () => ({ customerIds: [of('customer')] }), filledBy('ada')],
    ['activeFrom: what ends on that day or later', () => ({ activeFrom: '2026-02-23' }), ({ endDate }) => endDate >= '2026-02-23'],
    ['activeTo: what begins on that day or before', () => ({ activeTo: '2026-02-22' }), ({ startDate }) => startDate <= '2026-02-22'],
  ])('%s', async (_, filter, meets) => lists.checkFilter({ list: 'timesheets', select: sheet, filter: filter(), meets }));
});

describe('a list of nothing', () => {
  test.each([
    ['an empty list of ids', { employeeIds: [] }],
    ['ids that are none', { employeeIds: ['x', ''] }],
    ['an empty list of states', { statuses: [] }],
    ['an empty list of references', { externalRefs: [] }],
    ['days that end before they begin', { workDateFrom: '2026-03-01', workDateTo: '2026-02-01' }],
  ])('is empty: %s', async (_, filter) => {
    for (const list of ['timeEntries', 'expenses']) {
      const found = await lists.page(list, '', { first: 5, filter });
      expect(found).toMatchObject({ totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null } });
    }
  });
});
