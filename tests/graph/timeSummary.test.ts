import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { references as resources } from '#resources/published.ts';
import { markBilled, markPosted, markPostingException, markUnposted } from '#time/entry/commands.ts';
import { approvedEntries } from '#time/entry/queries.ts';
import { timeWorld } from '../support/time.ts';
import { plantVolume } from '../support/volume.ts';

let world: Awaited<ReturnType<typeof timeWorld>>;
let [ada, bob]: string[] = [];
let apollo: Awaited<ReturnType<typeof world.project>>;
let gemini: Awaited<ReturnType<typeof world.project>>;
let category: string;
const approved: string[] = [];
beforeAll(async () => {
  world = await timeWorld();
  category = await world.play(resources.LaborCategory, { code: 'G1', name: 'G1' });
  [ada, bob] = [
    await world.employee({ laborCategories: [{ laborCategoryId: category, effectiveFrom: '2020-01-01' }] }),
    await world.employee({ weeklySeconds: '72000' }),
  ];
  [apollo, gemini] = [await world.project(), await world.project({ billable: false })];
  for (const workDate of ['2026-02-02', '2026-02-03', '2026-02-04']) {
    const { id } = await world.entry(ada ?? '', apollo.id, { workDate, hours: '7.5' });
    approved.push(id);
  }
  const sheet = (await world.ok('{ timesheets { nodes { id } } }')).timesheets.nodes[0].id;
  await world.made('submitTimesheet', { id: sheet });
  await world.made('approveTimesheet', { id: sheet, approverId: bob });
  const { timesheet } = await world.entry(bob ?? '', gemini.id, { workDate: '2026-02-09', hours: '6' });
  await world.made('submitTimesheet', { id: timesheet.id });
  await world.entry(bob ?? '', apollo.id, { workDate: '2026-02-10', hours: '1.25' });
});
afterAll(() => world[Symbol.asyncDispose]());

describe('a time summary', () => {
  test.each([
    [
      'PROJECT',
      'project { id }',
      () => [
        { project: { id: apollo.id }, entries: 4, hours: '23.75', billableHours: '23.75' },
        { project: { id: gemini.id }, entries: 1, hours: '6.00', billableHours: '0.00' },
      ],
    ],
    [
      'CUSTOMER',
      'customer { id }',
      () => [
        { customer: { id: apollo.customerId }, entries: 4, hours: '23.75', billableHours: '23.75' },
        { customer: { id: gemini.customerId }, entries: 1, hours: '6.00', billableHours: '0.00' },
      ],
    ],
    [
      'EMPLOYEE',
      'employee { id }',
      () => [
        { employee: { id: ada }, entries: 3, hours: '22.50', billableHours: '22.50' },
        { employee: { id: bob }, entries: 2, hours: '7.25', billableHours: '1.25' },
      ],
    ],
    [
      'STATUS',
      'status',
      () => [
        { status: 'APPROVED', entries: 3, hours: '22.50', billableHours: '22.50' },
        { status: 'SUBMITTED', entries: 1, hours: '6.00', billableHours: '0.00' },
        { status: 'DRAFT', entries: 1, hours: '1.25', billableHours: '1.25' },
      ],
    ],
    [
      'LABOR_CATEGORY',
      'laborCategory { id }',
      () => [
        { laborCategory: { id: category }, entries: 3, hours: '22.50', billableHours: '22.50' },
        { laborCategory: null, entries: 2, hours: '7.25', billableHours: '1.25' },
      ],
    ],
  ])('groups by %s, most hours first, in one statement', async (key, select, rows) => {
    world.statements.length = 0;
    const text = `{ timeSummary(groupBy: ${key}) { ${select} entries hours billableHours } }`;
    expect((await world.ok(text)).timeSummary).toEqual(rows());
    expect(world.statements).toHaveLength(1);
  });

  test('groups by week and month, earliest first, or in another order', async () => {
    const text = `query ($by: TimeSummaryKey!, $filter: TimesheetEntryFilter, $order: TimeSummaryOrder) {
      timeSummary(groupBy: $by, filter: $filter, orderBy: $order) { startDate project { id } entries hours } }`;
    const rows = async (by: string, more: object = {}) => (await world.ok(text, { variables: { by, ...more } })).timeSummary;
    const all = (await rows('PROJECT')).reduce((sum: number, row: { hours: string }) => sum + Number(row.hours), 0);
    const months = await rows('MONTH');
    expect(months.map(({ startDate }: { startDate: string }) => startDate)).toEqual(['2026-02-01']);
    const filter = { workDateFrom: '2026-01-01', workDateTo: '2026-12-31' };
    const weeks = await rows('WEEK', { filter });
    const mondays = weeks.map(({ startDate }: { startDate: string }) => startDate);
    expect(mondays).toEqual([...mondays].sort());
    expect(mondays.every((day: string) => new Date(day).getUTCDay() === 1)).toBe(true);
    for (const series of [months, weeks]) expect(series.reduce((sum: number, row: { hours: string }) => sum + Number(row.hours), 0)).toBe(all);
    expect(await rows('WEEK', { filter, order: { field: 'KEY', direction: 'DESC' } })).toEqual(weeks.toReversed());
    const byHours = await rows('PROJECT', { order: { field: 'HOURS', direction: 'ASC' } });
    expect(byHours).toEqual((await rows('PROJECT')).toReversed());
    expect(await rows('MONTH', { filter: { workDateFrom: '2026-02-02', workDateTo: '2026-02-08' } })).toMatchObject([{ startDate: '2026-02-01' }]);
    const refused = await world.run(text, { variables: { by: 'WEEK', filter: { workDateFrom: '2026-01-01' } } });
    expect(refused.errors).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });

  test('takes the filters of the list, and a limit', async () => {
    const text = 'query ($filter: TimesheetEntryFilter, $first: Int) { timeSummary(groupBy: PROJECT, filter: $filter, first: $first) { hours } }';
    const hours = async (filter: object, first = 250) =>
      (await world.ok(text, { variables: { filter, first } })).timeSummary.map((row: { hours: string }) => row.hours);
    expect(await hours({ statuses: ['APPROVED'], workDateFrom: '2026-02-03' })).toEqual(['15.00']);
    expect(await hours({ billable: false })).toEqual(['6.00']);
    expect(await hours({ employeeIds: [bob], workDateTo: '2026-02-09' })).toEqual(['6.00']);
    expect(await hours({ employeeIds: ['nobody'] })).toEqual([]);
    expect(await hours({}, 1)).toEqual(['23.75']);
    expect((await world.run(text, { variables: { first: 0 } })).errors).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });

  test('stands below customers, engagements and projects, a statement for each kind', async () => {
    const text = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Customer { timeSummary { entries hours billableHours submittedHours approvedHours approvedBillableHours postedHours } } ... on Engagement { timeSummary { hours } } ... on Project { timeSummary(filter: { statuses: [DRAFT] }) { hours } } } }`;
    const of = (__typename: string, ids: string[]) => ids.map((id) => ({ __typename, id }));
    const representations = [
      ...of('Customer', [apollo.customerId, gemini.customerId, newId()]),
      ...of('Engagement', [apollo.engagementId, gemini.engagementId]),
      ...of('Project', [apollo.id, gemini.id]),
    ];
    world.statements.length = 0;
    const [mine, theirs, nobody, ...rest] = (await world.ok(text, { variables: { representations } }))._entities.map(
      ({ timeSummary }: { timeSummary: unknown }) => timeSummary,
    );
    expect(world.statements).toHaveLength(3);
    expect(mine).toEqual({
      entries: 4,
      hours: '23.75',
      billableHours: '23.75',
      submittedHours: '0.00',
      approvedHours: '22.50',
      approvedBillableHours: '22.50',
      postedHours: '0.00',
    });
    expect(theirs).toMatchObject({ hours: '6.00', submittedHours: '6.00', billableHours: '0.00' });
    expect([nobody.entries, ...rest]).toEqual([0, { hours: '23.75' }, { hours: '6.00' }, { hours: '1.25' }, { hours: '0.00' }]);
  });
});

describe('utilization', () => {
  const text =
    'query ($representations: [_Any!]!, $to: Date!) { _entities(representations: $representations) { ... on Employee { utilization(startDate: "2026-02-02", endDate: $to) { startDate endDate capacityHours submittedHours approvedHours approvedBillableHours utilization } } } }';
  const of = (...ids: (string | undefined)[]) => ids.map((id) => ({ __typename: 'Employee', id }));

  test('is approved billable hours over capacity, in five statements for all', async () => {
    world.statements.length = 0;
    const rows = (await world.ok(text, { variables: { representations: of(ada, bob, newId()), to: '2026-02-15' } }))._entities;
    expect(world.statements).toHaveLength(5);
    expect(rows.map(({ utilization }: { utilization: unknown }) => utilization)).toEqual([
      {
        startDate: '2026-02-02',
        endDate: '2026-02-15',
        capacityHours: '80.00',
        submittedHours: '0.00',
        approvedHours: '22.50',
        approvedBillableHours: '22.50',
        utilization: '0.2813',
      },
      {
        startDate: '2026-02-02',
        endDate: '2026-02-15',
        capacityHours: '40.00',
        submittedHours: '6.00',
        approvedHours: '0.00',
        approvedBillableHours: '0.00',
        utilization: '0.0000',
      },
      {
        startDate: '2026-02-02',
        endDate: '2026-02-15',
        capacityHours: '0.00',
        submittedHours: '0.00',
        approvedHours: '0.00',
        approvedBillableHours: '0.00',
        utilization: null,
      },
    ]);
  });

  test('refuses a range that ends before it starts', async () => {
    expect((await world.run(text, { variables: { representations: of(ada), to: '2026-02-01' } })).errors).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });
});

describe('approved time that is not posted', () => {
  const text = `query ($filter: TimesheetEntryFilter) { approvedNotPosted(first: 2, filter: $filter) { totalCount nodes { id postingStatus } pageInfo { hasNextPage } }
    approvedNotPostedSummary(filter: $filter) { entries hours pending { entries hours } inException { entries hours } } }`;
  const sums = async (filter?: object) => (await world.ok(text, { variables: { filter } })).approvedNotPostedSummary;

  test('is all of it, until each entry is posted or in exception', async () => {
    const [one = '', two = '', three = ''] = approved;
    expect(await world.ok(text)).toMatchObject({
      approvedNotPosted: { totalCount: 3, nodes: [{ id: three }, { id: two }], pageInfo: { hasNextPage: true } },
      approvedNotPostedSummary: { entries: 3, hours: '22.50', pending: { entries: 3, hours: '22.50' }, inException: { entries: 0, hours: '0.00' } },
    });
    await world.command((scope) => markPosted(scope, [one]));
    await world.command((scope) => markPostingException(scope, [one, two]));
    await world.made('requestTimeEntryRecall', { id: three, reason: 'Maybe' });
    const open = { entries: 2, hours: '15.00', pending: { entries: 1, hours: '7.50' }, inException: { entries: 1, hours: '7.50' } };
    expect(await sums()).toEqual(open);
    expect(await sums({ projectIds: [gemini.id] })).toMatchObject({ entries: 0 });
    expect(await sums({ postingStatuses: ['EXCEPTION'] })).toMatchObject({ entries: 1 });
    await world.command((scope) => markUnposted(scope, [one]));
    expect((await sums()).entries).toBe(3);
    await world.command(async (scope) => {
      await markPosted(scope, approved);
      await markBilled(scope, [one], world.time.now);
      const entries = await approvedEntries(scope.tx, [...approved, newId()]);
      expect(entries.map(({ id, version, posted }) => ({ id, version, posted }))).toEqual([...approved].sort().map((id) => ({ id, version: 3, posted: true })));
      expect(entries.find(({ id }) => id === one)).toMatchObject({
        laborCategoryId: category,
        seconds: 27_000n,
        span: 'DAY',
        billable: true,
        workDate: '2026-02-02',
        engagementId: apollo.engagementId,
      });
      expect(await approvedEntries(scope.tx, [])).toEqual([]);
    });
    expect((await sums()).entries).toBe(0);
  });

  test('is answered by its partial index', async () => {
    await plantVolume(
      world.sql,
    )`insert into time.timesheet_entry (id, timesheet_id, employee_id, customer_id, engagement_id, project_id, work_date, billable, seconds, status, posting_status)
      select gen_random_uuid(), timesheet_id, employee_id, customer_id, engagement_id, project_id, work_date - n % 300, billable, 60, 'APPROVED', case when n % 500 = 0 then 'NOT_POSTED' else 'POSTED' end
      from time.timesheet_entry, generate_series(1, 5000) as n where id = ${approved[0] ?? ''}`;
    await world.sql`analyze time.timesheet_entry`;
    world.statements.length = 0;
    await world.ok(text);
    expect(world.statements).toHaveLength(3);
    for (const statement of world.statements) {
      const plan = JSON.stringify(await world.sql.unsafe(`explain ${statement.replaceAll(/\$\d/g, '3')}`));
      expect(plan).toContain('timesheet_entry_to_post');
    }
  });
});

describe('the lists', () => {
  test.each([
    ['timeEntries', 'WORK_DATE', 'workDate'],
    ['timeEntries', 'CREATED_AT', 'createdAt'],
    ['timesheets', 'START_DATE', 'startDate'],
    ['timesheets', 'CREATED_AT', 'createdAt'],
  ])('%s by %s run on by cursor in both directions', async (list, order, field) => {
    const type = list === 'timesheets' ? 'Timesheet' : 'TimesheetEntry';
    const text = `query ($first: Int, $after: Cursor, $order: ${type}Order) { ${list}(first: $first, after: $after, orderBy: $order) { nodes { id ${field} } pageInfo { hasNextPage endCursor } } }`;
    for (const direction of ['ASC', 'DESC']) {
      const all = (await world.ok(text, { variables: { first: 250, order: { field: order, direction } } }))[list].nodes;
      const first = (await world.ok(text, { variables: { first: 1, order: { field: order, direction } } }))[list];
      const next = (await world.ok(text, { variables: { first: 1, after: first.pageInfo.endCursor, order: { field: order, direction } } }))[list];
      expect([...first.nodes, ...next.nodes]).toEqual(all.slice(0, 2));
      const values = all.map((node: Record<string, string>) => node[field]);
      expect(values).toEqual([...values].sort((a, b) => (direction === 'ASC' ? 1 : -1) * (a < b ? -1 : Number(a > b))));
    }
  });
});
