import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';

let world: FlowWorld;
let firm: Firm;
beforeAll(async () => {
  world = await flowWorld();
  firm = await firmAt(world.graph);
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const guardOf = async (name: string, input: Record<string, unknown>, wish?: { role: string }) =>
  (await world.graph.mutate(name, input, wish ? { wish: wish as never } : {})).userErrors[0];

describe('what was true when time was written down is judged anew', () => {
  test('the labor category is the one that HR says when it is submitted', async () => {
    const employeeId = await firm.person('Late title', true);
    const code = await world.graph.made('createLaborCategory', 'laborCategory', { code: 'PRINCIPAL', name: 'Principal' });
    const { entries, timesheetId } = await firm.recorded(['2026-03-05'], { employeeId });
    await done('setEmployeeLaborCategory', { id: employeeId, laborCategoryId: code, effectiveFrom: '2026-03-01' });
    await done('submitTimesheet', { id: timesheetId });
    const query = 'query ($id: ID!) { timeEntry(id: $id) { laborCategory { name } laborCategorySource } }';
    expect((await world.graph.ok(query, { id: entries[0] })).timeEntry).toEqual({ laborCategory: { name: 'Principal' }, laborCategorySource: 'EMPLOYEE' });
  });

  test('who left meanwhile has nothing submitted, approved or priced', async () => {
    const leaver = async () => {
      const employeeId = await firm.person('Leaver', true);
      return { employeeId, ...(await firm.recorded(['2026-04-07'], { employeeId })) };
    };
    const leave = (id: string) => done('terminateEmployee', { id, terminatedOn: '2026-03-31' });
    const drafts = await leaver();
    await leave(drafts.employeeId);
    expect(await guardOf('submitTimesheet', { id: drafts.timesheetId })).toMatchObject({ guard: 'employedOnWorkDate' });
    const submitted = await leaver();
    await done('submitTimesheet', { id: submitted.timesheetId });
    await leave(submitted.employeeId);
    const approval = { id: submitted.timesheetId, approverId: firm.approverId };
    expect(await guardOf('approveTimesheet', approval)).toMatchObject({
      guard: 'employedOnWorkDate',
      message: 'Leaver left on 2026-03-31, before 2026-04-07.',
    });
    const approved = await leaver();
    await done('submitTimesheet', { id: approved.timesheetId });
    await done('approveTimesheet', { id: approved.timesheetId, approverId: firm.approverId });
    await leave(approved.employeeId);
    await world.settle();
    const exceptions = await world.sql`select code, message from operations.exception where subject_id = ${approved.entries[0] ?? ''}`;
    expect(exceptions).toMatchObject([{ code: 'GUARD_REFUSED', message: expect.stringContaining('Leaver left on 2026-03-31') }]);
  });

  test('an integration names an approver who has a reason to be one', async () => {
    const employeeId = await firm.person('Worker', true);
    const peer = await firm.person('Peer', true);
    const { timesheetId } = await firm.recorded(['2026-04-14'], { employeeId });
    await done('submitTimesheet', { id: timesheetId });
    expect(await guardOf('approveTimesheet', { id: timesheetId, approverId: peer }, { role: 'psa' })).toMatchObject({
      guard: 'approverHasReason',
      message: 'What Worker did on Build is decided by the manager of the project Build.',
    });
    await done('updateEmployee', { id: employeeId, managerId: peer });
    await done('approveTimesheet', { id: timesheetId, approverId: peer }, { wish: { role: 'psa' } as never });
  });

  test('a week over a closed month submits its open days and names the rest', async () => {
    const employeeId = await firm.person('Straddler', true);
    const { entries, timesheetId } = await firm.recorded(['2026-06-30', '2026-07-01'], { employeeId });
    const [june] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${firm.legalEntityId} and start_date = '2026-06-01'`;
    await done('closeFiscalPeriod', { id: june?.id });
    await done('submitTimesheet', { id: timesheetId });
    const query = 'query ($id: ID!) { timesheet(id: $id) { status entriesInClosedPeriods { id workDate } } }';
    expect((await world.graph.ok(query, { id: timesheetId })).timesheet).toEqual({
      status: 'SUBMITTED',
      entriesInClosedPeriods: [{ id: entries[0], workDate: '2026-06-30' }],
    });
    expect(await guardOf('submitTimesheet', { id: timesheetId })).toMatchObject({ guard: 'anyPeriodOpen' });
  });
});
