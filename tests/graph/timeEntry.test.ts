import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as finance } from '#finance/published.ts';
import { keepClaims } from '#kernel/claim.ts';
import { newId } from '#kernel/ids.ts';
import { references as resources } from '#resources/published.ts';
import { markPosted } from '#time/entry/commands.ts';
import { aFiscalPeriod, anAssignment } from '../support/siblings.ts';
import { timeWorld } from '../support/time.ts';

let world: Awaited<ReturnType<typeof timeWorld>>;
let ada: string;
let apollo: Awaited<ReturnType<typeof world.project>>;
beforeAll(async () => {
  world = await timeWorld();
  apollo = await world.project();
});
afterAll(() => world[Symbol.asyncDispose]());

const ref = (externalId: string) => ({ system: 'psa', externalId });
const fields = `id version status hours span workDate notes billable postingStatus laborCategorySource approvedVersion recallReason rejectionReason
  laborCategory { id } customer { id } engagement { id } project { id } task { id } employee { id } approvedBy { id }
  timesheet { id startDate endDate status version } externalRefs { system externalId } availableActions { name refusals }`;
const someone = async () => (ada = await world.employee());

describe('recording time', () => {
  beforeAll(someone);

  test('opens the ISO week of the work date and takes what the project says', async () => {
    const task = await world.task(apollo.id, { billable: false });
    const [first, second] = (
      await world.bulk(
        'recordTimeEntries',
        [
          { ...world.item(ada, apollo.id, { workDate: '2026-03-04', hours: '7.25', notes: ' Kick-off ' }), externalRef: ref('e1') },
          world.item(ada, apollo.id, { workDate: '2026-03-08', hours: '1.01', taskId: task }),
        ],
        { select: fields },
      )
    ).results;
    expect(first.row).toMatchObject({
      ...{ version: 1, status: 'DRAFT', hours: '7.25', span: 'DAY', workDate: '2026-03-04', notes: 'Kick-off', billable: true, postingStatus: 'NOT_POSTED' },
      ...{ customer: { id: apollo.customerId }, engagement: { id: apollo.engagementId }, project: { id: apollo.id }, task: null, employee: { id: ada } },
      ...{ timesheet: { startDate: '2026-03-02', endDate: '2026-03-08', status: 'DRAFT', version: 1 }, externalRefs: [ref('e1')], laborCategory: null },
    });
    expect(first.row.availableActions).toEqual([
      { name: 'update', refusals: [] },
      { name: 'submit', refusals: [] },
    ]);
    expect(second.row).toMatchObject({ hours: '1.01', billable: false, task: { id: task }, timesheet: { id: first.row.timesheet.id } });
  });

  test('gives the category that is effective on the work date, or what the source states', async () => {
    const [old, young, given] = [newId(), newId(), await world.play(resources.LaborCategory, { code: 'X', name: 'X' })];
    const grace = await world.employee({
      laborCategories: [
        { laborCategoryId: old, effectiveFrom: '2025-01-01' },
        { laborCategoryId: young, effectiveFrom: '2026-02-01' },
      ],
    });
    const item = (workDate: string, more = {}) => ({ ...world.item(grace, apollo.id), workDate, hours: '1', ...more });
    const items = [
      ...[item('2026-01-31'), item('2026-02-01'), item('2024-12-31'), item('2026-02-02', { laborCategoryId: given })],
      ...[
        item('2026-02-03', { laborCategorySource: 'ENTRY' }),
        item('2026-02-03', { laborCategorySource: 'ENTRY', laborCategoryId: given }),
        item('2026-02-03', { laborCategoryId: newId() }),
      ],
    ];
    const { results } = await world.bulk('recordTimeEntries', items, { select: fields });
    expect(results.slice(0, 6).map(({ row }: { row: { laborCategory: { id: string } | null } }) => row.laborCategory?.id)).toEqual([
      old,
      young,
      undefined,
      given,
      undefined,
      given,
    ]);
    expect(results[6].userErrors).toMatchObject([{ code: 'NOT_FOUND', field: 'laborCategoryId' }]);
  });

  test('refuses item by item, says why, and leaves no empty timesheet behind', async () => {
    const lin = await world.employee({ terminatedOn: '2026-02-01' });
    const closed = await world.project({ status: 'COMPLETED' });
    const strict = await world.project({ selfAssign: false });
    const locked = await world.project();
    await world.play(
      finance.FiscalCalendar,
      { periods: [aFiscalPeriod({ name: 'FY26-02', from: '2026-02-01', to: '2026-02-28', status: 'CLOSED' })] },
      { id: locked.legalEntityId ?? '' },
    );
    const bob = await world.employee();
    const elsewhere = await world.task(closed.id);
    const { results, succeeded, failed } = await world.bulk('recordTimeEntries', [
      world.item(bob, apollo.id, { hours: '0' }),
      world.item(bob, apollo.id, { hours: '-1' }),
      world.item(bob, apollo.id, { hours: '0.0001' }),
      world.item(newId(), apollo.id),
      world.item(bob, newId()),
      world.item('nobody', 'nothing'),
      world.item(bob, apollo.id, { taskId: elsewhere }),
      world.item(bob, closed.id),
      world.item(bob, strict.id),
      world.item(lin, apollo.id),
      world.item(bob, locked.id),
      world.item(bob, apollo.id, { timesheetId: newId() }),
      world.item(bob, apollo.id, { externalRef: ref(' ') }),
    ]);
    expect([succeeded, failed]).toEqual([0, 13]);
    expect(
      results.map(({ userErrors: [error] }: { userErrors: { code: string; guard: string | null; field: string | null }[] }) => [
        error?.code,
        error?.guard ?? error?.field,
      ]),
    ).toEqual([
      ['VALIDATION_FAILED', 'hours'],
      ['VALIDATION_FAILED', 'hours'],
      ['VALIDATION_FAILED', 'hours'],
      ['NOT_FOUND', 'employeeId'],
      ['NOT_FOUND', 'projectId'],
      ['NOT_FOUND', 'employeeId'],
      ['VALIDATION_FAILED', 'taskId'],
      ['GUARD_REFUSED', 'projectActive'],
      ['GUARD_REFUSED', 'assigned'],
      ['GUARD_REFUSED', 'employedOnWorkDate'],
      ['GUARD_REFUSED', 'periodOpen'],
      ['NOT_FOUND', 'timesheetId'],
      ['VALIDATION_FAILED', 'externalRef.externalId'],
    ]);
    expect(await world.sql`select 1 from time.timesheet where employee_id in (${bob}, ${lin})`).toHaveLength(0);
  });

  test('takes confirmed assignments for what they are', async () => {
    const [strict, eve] = [await world.project({ selfAssign: false }), await world.employee()];
    await world.play(
      resources.EmployeeAssignments,
      { assignments: [anAssignment({ projectId: strict.id, from: '2026-02-01', to: '2026-02-28' })] },
      { id: eve },
    );
    const { results } = await world.bulk('recordTimeEntries', [world.item(eve, strict.id), world.item(eve, strict.id, { workDate: '2026-03-01' })]);
    expect(results.map(({ userErrors }: { userErrors: { guard: string }[] }) => userErrors.map(({ guard }) => guard))).toEqual([[], ['assigned']]);
  });

  test('holds a person to 24 hours a day and 168 a week, items of one call included', async () => {
    const max = await world.employee();
    const day = (workDate: string, hours: string, more = {}) => world.item(max, apollo.id, { workDate, hours, ...more });
    const { results } = await world.bulk('recordTimeEntries', [
      day('2026-02-23', '16'),
      day('2026-02-23', '8'),
      day('2026-02-23', '0.01'),
      day('2026-02-24', '100', { span: 'WEEK' }),
      day('2026-02-24', '24'),
      day('2026-02-25', '20.01'),
      day('2026-02-25', '20'),
    ]);
    expect(results.map(({ userErrors }: { userErrors: { guard: string }[] }) => userErrors[0]?.guard ?? 'recorded')).toEqual([
      'recorded',
      'recorded',
      'withinDailyLimit',
      'recorded',
      'recorded',
      'withinWeeklyLimit',
      'recorded',
    ]);
  });
});

describe('an external reference', () => {
  beforeAll(someone);

  test('is recorded once: unchanged items come back as they are, drafts change, others are refused', async () => {
    const before = await world.factsAfter(0);
    const item = { ...world.item(ada, apollo.id, { hours: '5', notes: 'x' }), externalRef: ref('once') };
    const [made, repeated] = (await world.bulk('recordTimeEntries', [item, { ...item, hours: '3' }])).results;
    expect(repeated).toMatchObject({ row: null, userErrors: [{ code: 'VALIDATION_FAILED', field: 'externalRef' }] });
    const first = [made.row];
    const again = (await world.bulk('recordTimeEntries', [item])).results[0].row;
    expect([...first, again]).toEqual(Array(2).fill({ id: first[0].id, version: 1, status: 'DRAFT' }));
    const changed = (await world.bulk('recordTimeEntries', [{ ...item, hours: '6' }], { select: fields })).results[0].row;
    expect(changed).toMatchObject({ id: first[0].id, version: 2, hours: '6.00', timesheet: { version: 2 } });
    await world.made('submitTimesheet', { id: changed.timesheet.id });
    const [same] = (await world.bulk('recordTimeEntries', [{ ...item, hours: '6' }])).results;
    const [other] = (await world.bulk('recordTimeEntries', [{ ...item, hours: '7' }])).results;
    expect([same.row.version, other.userErrors[0].code]).toEqual([3, 'INVALID_TRANSITION']);
    expect((await world.factsAfter(before.length)).map((fact) => fact.type)).toEqual(['TimesheetSubmitted']);
  });

  test('moves a draft to the week of its new work date', async () => {
    const item = { ...world.item(ada, apollo.id, { workDate: '2026-01-05' }), externalRef: ref('moving') };
    const from = (await world.bulk('recordTimeEntries', [item], { select: fields })).results[0].row;
    const to = (await world.bulk('recordTimeEntries', [{ ...item, workDate: '2026-01-12' }], { select: fields })).results[0].row;
    expect([to.id, to.timesheet.startDate]).toEqual([from.id, '2026-01-12']);
    const left = (await world.ok('query ($id: ID!) { timesheet(id: $id) { entries { totalCount } } }', { variables: { id: from.timesheet.id } })).timesheet;
    expect(left.entries.totalCount).toBe(0);
  });
});

describe('a draft', () => {
  beforeAll(someone);

  test('is changed under the guards of recording, and deleted with its references', async () => {
    const task = await world.task(apollo.id);
    const { id, timesheet } = await world.entry(ada, apollo.id, { externalRef: ref('gone'), taskId: task, notes: 'a' });
    const other = await world.project({ billable: false });
    expect(await world.made('updateTimeEntry', { id, expectedVersion: 1, projectId: other.id, hours: '3.5', notes: null }, { select: fields })).toMatchObject({
      version: 2,
      hours: '3.50',
      notes: null,
      task: null,
      billable: false,
      project: { id: other.id },
    });
    expect((await world.mutate('updateTimeEntry', { id, expectedVersion: 1, hours: '1' })).userErrors).toMatchObject([
      { code: 'STALE_VERSION', retryable: true },
    ]);
    expect((await world.mutate('updateTimeEntry', { id, hours: '25' })).userErrors).toMatchObject([{ guard: 'withinDailyLimit' }]);
    expect((await world.mutate('updateTimeEntry', { id: newId(), hours: '2' })).userErrors).toMatchObject([{ code: 'NOT_FOUND', field: 'id' }]);
    expect(await world.made('updateTimeEntry', { id, hours: '3.5' })).toMatchObject({ version: 2 });
    expect(await world.made('deleteTimeEntry', { id }, { select: 'id version entries { totalCount }' })).toEqual({
      id: timesheet.id,
      version: 3,
      entries: { totalCount: 0 },
    });
    expect(await world.sql`select 1 from time.external_ref where external_id = 'gone'`).toHaveLength(0);
  });
});

describe('an entry that went on', () => {
  beforeAll(someone);

  test('is recalled by its owner before a decision, and cannot be deleted or changed', async () => {
    const { id, timesheet } = await world.entry(ada, apollo.id);
    await world.made('submitTimesheet', { id: timesheet.id });
    for (const action of ['deleteTimeEntry', 'updateTimeEntry'])
      expect((await world.mutate(action, action === 'deleteTimeEntry' ? { id } : { id, hours: '1' })).userErrors).toMatchObject([
        { code: 'INVALID_TRANSITION' },
      ]);
    const before = await world.factsAfter(0);
    expect(await world.made('recallTimeEntry', { id }, { select: 'version status timesheet { status }' })).toEqual({
      version: 3,
      status: 'DRAFT',
      timesheet: { status: 'DRAFT' },
    });
    expect(await world.factsAfter(before.length)).toMatchObject([
      {
        type: 'TimeEntryRecalled',
        customer_id: apollo.customerId,
        project_id: apollo.id,
        employee_id: ada,
        payload: { timeEntryId: id, entryVersion: 2, wasApproved: false, hours: '8.00' },
      },
    ]);
  });

  test('is approved or rejected alone, and revised', async () => {
    const [boss, one, two] = [
      await world.employee(),
      await world.entry(ada, apollo.id, { workDate: '2026-02-02' }),
      await world.entry(ada, apollo.id, { workDate: '2026-02-03' }),
    ];
    await world.made('submitTimesheet', { id: one.timesheet.id });
    const before = await world.factsAfter(0);
    expect(await world.made('approveTimeEntry', { id: one.id, approverId: boss }, { select: fields })).toMatchObject({
      status: 'APPROVED',
      approvedBy: { id: boss },
      approvedVersion: 3,
      version: 3,
      timesheet: { status: 'PARTLY_APPROVED' },
    });
    expect((await world.mutate('rejectTimeEntry', { id: two.id, approverId: boss, reason: ' ' })).userErrors).toMatchObject([
      { code: 'VALIDATION_FAILED', field: 'reason' },
    ]);
    expect(await world.made('rejectTimeEntry', { id: two.id, approverId: boss, reason: 'Wrong day' }, { select: fields })).toMatchObject({
      status: 'REJECTED',
      rejectionReason: 'Wrong day',
      availableActions: [{ name: 'revise', refusals: [] }],
    });
    expect(await world.made('reviseTimeEntry', { id: two.id })).toMatchObject({ status: 'DRAFT' });
    expect(await world.factsAfter(before.length)).toMatchObject([
      { type: 'TimesheetApproved', payload: { entryIds: [one.id], hours: '8.00', complete: false, approverId: boss } },
      { type: 'TimesheetRejected', payload: { entryIds: [two.id], reason: 'Wrong day', approverId: boss } },
    ]);
  });

  test('keeps the approved version through a refused recall, and starts anew after a granted one', async () => {
    const { id } = await world.approved(ada, apollo.id, { workDate: '2026-03-10' });
    await world.command((scope) => markPosted(scope, [id]));
    const boss = await world.employee();
    expect((await world.mutate('requestTimeEntryRecall', { id, reason: '' })).userErrors).toMatchObject([{ field: 'reason' }]);
    expect(await world.made('requestTimeEntryRecall', { id, reason: 'Wrong project' }, { select: fields })).toMatchObject({
      status: 'RECALL_REQUESTED',
      version: 4,
      approvedVersion: 3,
      postingStatus: 'POSTED',
      timesheet: { status: 'APPROVED' },
    });
    expect(await world.made('refuseTimeEntryRecall', { id, approverId: boss }, { select: fields })).toMatchObject({
      status: 'APPROVED',
      version: 5,
      approvedVersion: 3,
      recallReason: null,
    });
    await world.made('requestTimeEntryRecall', { id, reason: 'Really' });
    const before = await world.factsAfter(0);
    expect(await world.made('approveTimeEntryRecall', { id, approverId: boss }, { select: fields })).toMatchObject({
      status: 'DRAFT',
      version: 7,
      approvedVersion: null,
      postingStatus: 'NOT_POSTED',
      approvedBy: null,
    });
    expect(await world.factsAfter(before.length)).toMatchObject([
      { type: 'TimeEntryRecalled', payload: { entryVersion: 3, wasApproved: true, wasPosted: true } },
    ]);
  });

  test('is neither recalled nor, once recalled, deleted while an invoice has it', async () => {
    const { id } = await world.approved(ada, apollo.id, { workDate: '2026-03-16' });
    const invoiceId = newId();
    const hold = (holder: string | null) =>
      world.command((scope) => keepClaims(scope, [{ entityType: 'TimesheetEntry', entityId: id, version: 3, holder, forId: holder && invoiceId }]));
    await hold('finance');
    const why = async () => (await world.mutate('requestTimeEntryRecall', { id, reason: 'Late' })).userErrors;
    expect(await why()).toMatchObject([{ code: 'GUARD_REFUSED', guard: 'notOnInvoice', message: expect.stringContaining(invoiceId) }]);
    await world.play(finance.Invoice, { number: 'NL-2026-4' }, { id: invoiceId });
    expect(await why()).toMatchObject([{ message: 'It is billed on the invoice NL-2026-4. Credit the invoice first.' }]);
    const actions = await world.ok('query ($id: ID!) { timeEntry(id: $id) { availableActions { name refusals } } }', { variables: { id } });
    expect(actions.timeEntry.availableActions).toContainEqual({
      name: 'requestRecall',
      refusals: ['notOnInvoice: It is billed on the invoice NL-2026-4. Credit the invoice first.'],
    });
    await hold(null);
    expect(await world.made('requestTimeEntryRecall', { id, reason: 'Late' })).toMatchObject({ status: 'RECALL_REQUESTED', version: 4 });
    await world.made('approveTimeEntryRecall', { id, approverId: await world.employee() });
    expect((await world.mutate('deleteTimeEntry', { id }, { select: 'id' })).userErrors).toMatchObject([{ guard: 'neverApproved' }]);
  });

  test('gets the labor category it lacks from the controller, once, and only when it exists', async () => {
    const entry = await world.approved(ada, apollo.id, { workDate: '2026-03-23', laborCategorySource: 'ENTRY', externalRef: ref('repair') });
    const category = await world.play(resources.LaborCategory, { code: 'G7', name: 'G7' });
    const lacking =
      'query { timeEntries(filter: { laborCategoryMissing: true, statuses: [APPROVED], workDateFrom: "2026-03-23", workDateTo: "2026-03-23" }) { nodes { id } } }';
    expect((await world.ok(lacking)).timeEntries.nodes).toEqual([{ id: entry.id }]);
    const items = [
      { id: entry.id, laborCategoryId: newId() },
      { id: entry.id, laborCategoryId: category },
      { id: entry.id, laborCategoryId: category },
      { id: newId(), laborCategoryId: category },
    ];
    const { results } = await world.bulk('assignLaborCategory', items, { select: fields });
    expect(results.map((result: { userErrors: { code: string; guard: string }[] }) => result.userErrors[0]?.guard ?? result.userErrors[0]?.code)).toEqual([
      'NOT_FOUND',
      undefined,
      'laborCategoryMissing',
      'NOT_FOUND',
    ]);
    expect(results[1].row).toMatchObject({ laborCategory: { id: category }, version: 4, approvedVersion: 3 });
    const again = await world.bulk('recordTimeEntries', [
      { ...world.item(ada, apollo.id, { workDate: '2026-03-23', laborCategorySource: 'ENTRY' }), externalRef: ref('repair') },
    ]);
    expect(again.results[0].row).toEqual({ id: entry.id, version: 4, status: 'APPROVED' });
  });
});
