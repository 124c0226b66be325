import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as finance } from '#finance/published.ts';
import { newId } from '#kernel/ids.ts';
import { markExpensesBilled, markExpensesPosted, markExpensesPostingException, markExpensesUnposted } from '#time/expense/commands.ts';
import { approvedExpenses } from '#time/expense/queries.ts';
import { aFiscalPeriod } from '../support/siblings.ts';
import { timeWorld } from '../support/time.ts';

let world: Awaited<ReturnType<typeof timeWorld>>;
let ada: string;
let boss: string;
let project: Awaited<ReturnType<typeof world.project>>;
beforeAll(async () => {
  world = await timeWorld();
  [ada, boss, project] = [await world.employee(), await world.employee(), await world.project()];
});
afterAll(() => world[Symbol.asyncDispose]());

const fields = `id version status category workDate notes billable amount { amount currency } receiptChecksum receiptUrl postingStatus postedAt billedAt submittedAt approvedAt approvedBy { id } approvedVersion reimbursedAt rejectionReason
  employee { id } customer { id } engagement { id } project { id } task { id } externalRefs { externalId } availableActions { name refusals }`;
const usd = (amount: string) => ({ amount, currency: 'USD' });
const item = (more: Record<string, unknown> = {}) => ({
  employeeId: ada,
  projectId: project.id,
  category: 'MEALS',
  workDate: '2026-02-24',
  amount: usd('42.50'),
  ...more,
});
const record = (more: Record<string, unknown> = {}) => world.made('recordExpense', { idempotencyKey: newId(), ...item(more) }, { select: fields });
const receipt = (n: number) => n.toString(16).padStart(64, '0');
type Result = { row: { id: string; version: number } | null; userErrors: { code: string; guard: string | null; field: string | null }[] };
const reasons = (results: Result[]) => results.map(({ userErrors: [error] }) => (error ? (error.guard ?? error.field ?? error.code) : 'done'));

describe('recording expenses', () => {
  test('takes what the project says and counts in minor units', async () => {
    const task = await world.task(project.id, { billable: false });
    const expense = await record({
      notes: 'Lunch',
      externalRef: { system: 'psa', externalId: 'x1' },
      receiptChecksum: receipt(1).toUpperCase(),
      receiptUrl: 'https://receipts.example/1',
    });
    expect(expense).toMatchObject({
      ...{
        version: 1,
        status: 'DRAFT',
        category: 'MEALS',
        workDate: '2026-02-24',
        notes: 'Lunch',
        billable: true,
        amount: usd('42.50'),
        postingStatus: 'NOT_POSTED',
        task: null,
      },
      ...{
        employee: { id: ada },
        customer: { id: project.customerId },
        engagement: { id: project.engagementId },
        project: { id: project.id },
        receiptChecksum: receipt(1),
        externalRefs: [{ externalId: 'x1' }],
      },
    });
    expect(expense.availableActions).toEqual([
      { name: 'update', refusals: [] },
      { name: 'submit', refusals: [] },
    ]);
    expect(await record({ taskId: task })).toMatchObject({ billable: false, task: { id: task } });
    expect(await record({ amount: { amount: '900', currency: 'JPY' } })).toMatchObject({ amount: { amount: '900', currency: 'JPY' } });
  });

  test('refuses item by item and says why', async () => {
    const held = await world.project({ status: 'ON_HOLD' });
    const { results } = await world.bulk('recordExpenses', [
      ...[
        item({ amount: usd('0') }),
        item({ amount: usd('-1') }),
        item({ amount: usd('0.001') }),
        item({ receiptChecksum: 'abc' }),
        item({ receiptChecksum: receipt(1) }),
      ],
      ...[
        item({ receiptChecksum: receipt(2) }),
        item({ receiptChecksum: receipt(2) }),
        item({ amount: usd('1000.01') }),
        item({ projectId: held.id }),
        item({ employeeId: newId() }),
        item({ projectId: 'x' }),
      ],
    ]);
    expect(reasons(results)).toEqual([
      'amount',
      'amount',
      'amount',
      'receiptChecksum',
      'receiptIsNew',
      'done',
      'receiptIsNew',
      'withinCategoryLimit',
      'projectActive',
      'employeeId',
      'projectId',
    ]);
  });

  test('is safe to repeat by external reference, at once too, and once in a call', async () => {
    const one = item({ externalRef: { system: 'psa', externalId: 'again' }, notes: 'a' });
    const { results } = await world.bulk('recordExpenses', [one, { ...one, notes: 'b' }]);
    expect(results[1]).toMatchObject({ row: null, userErrors: [{ code: 'VALIDATION_FAILED', field: 'externalRef' }] });
    expect((await world.bulk('recordExpenses', [one])).results[0].row).toMatchObject({ id: results[0].row.id, version: 1 });
    const racing = item({ externalRef: { system: 'psa', externalId: 'racing' } });
    const answers = await Promise.all(Array.from({ length: 4 }, () => world.bulk('recordExpenses', [racing])));
    expect(new Set(answers.map((answer) => answer.results[0]?.row?.id)).size).toBe(1);
  });

  test('changes and deletes drafts', async () => {
    const { id } = await record({ receiptChecksum: receipt(3), notes: 'x' });
    const other = await world.project({ billable: false });
    const changed = await world.made(
      'updateExpense',
      { id, expectedVersion: 1, projectId: other.id, category: 'OTHER', workDate: '2026-02-25', amount: usd('9.99'), notes: null, receiptChecksum: null },
      { select: fields },
    );
    expect(changed).toMatchObject({
      version: 2,
      project: { id: other.id },
      billable: false,
      category: 'OTHER',
      amount: usd('9.99'),
      notes: null,
      receiptChecksum: null,
    });
    expect(await world.made('updateExpense', { id, billable: true }, { select: fields })).toMatchObject({ version: 3, billable: true });
    expect((await world.mutate('updateExpense', { id, receiptChecksum: receipt(1) })).userErrors).toMatchObject([{ guard: 'receiptIsNew' }]);
    expect((await world.mutate('updateExpense', { id, expectedVersion: 1 })).userErrors).toMatchObject([{ code: 'STALE_VERSION' }]);
    expect(await world.made('deleteExpense', { id })).toBe(id);
    expect((await world.ok('query ($id: ID!) { expense(id: $id) { id } }', { variables: { id } })).expense).toBeNull();
  });
});

describe('the way of an expense', () => {
  test('goes to REIMBURSED with a fact per step', async () => {
    const { id } = await record();
    const before = await world.factsAfter(0);
    await world.made('submitExpense', { id, expectedVersion: 1 });
    expect(await world.made('approveExpense', { id, approverId: boss }, { select: fields })).toMatchObject({
      status: 'APPROVED',
      version: 3,
      approvedVersion: 3,
      approvedBy: { id: boss },
      approvedAt: '2026-05-04T09:00:00.000Z',
    });
    expect(await world.made('reimburseExpense', { id }, { select: fields })).toMatchObject({
      status: 'REIMBURSED',
      version: 4,
      approvedVersion: 3,
      reimbursedAt: '2026-05-04T09:00:00.000Z',
      availableActions: [],
    });
    const snapshot = {
      expenseId: id,
      employeeId: ada,
      customerId: project.customerId,
      projectId: project.id,
      category: 'MEALS',
      workDate: '2026-02-24',
      amount: usd('42.50'),
      billable: true,
    };
    expect((await world.factsAfter(before.length)).map(({ type, payload, customer_id }) => [type, payload, customer_id])).toEqual([
      ['ExpenseSubmitted', { ...snapshot, expenseVersion: 2 }, project.customerId],
      ['ExpenseApproved', { ...snapshot, expenseVersion: 3, approverId: boss }, project.customerId],
      ['ExpenseReimbursed', { ...snapshot, expenseVersion: 3 }, project.customerId],
    ]);
  });

  test('comes back with a reason and goes again', async () => {
    const { id } = await record();
    await world.made('submitExpense', { id });
    expect((await world.mutate('rejectExpense', { id, approverId: boss, reason: '' })).userErrors).toMatchObject([{ field: 'reason' }]);
    expect(await world.made('rejectExpense', { id, approverId: boss, reason: 'No alcohol' }, { select: fields })).toMatchObject({
      status: 'REJECTED',
      rejectionReason: 'No alcohol',
    });
    expect(await world.made('reviseExpense', { id })).toMatchObject({ status: 'DRAFT' });
    expect((await world.facts()).slice(-1)).toEqual(['ExpenseRejected']);
  });

  test('is refused for what the guards name, in bulk too', async () => {
    const locked = await world.project();
    const [plain, dear, late] = [await record(), await record({ amount: usd('75.01') }), await record({ projectId: locked.id })];
    await world.play(
      finance.FiscalCalendar,
      { periods: [aFiscalPeriod({ name: 'FY26-02', from: '2026-02-01', to: '2026-02-28', status: 'CLOSED' })] },
      { id: locked.legalEntityId ?? '' },
    );
    const submitted = await world.bulk('submitExpenses', [
      { id: plain.id },
      { id: plain.id },
      { id: dear.id },
      { id: late.id },
      { id: newId() },
      { id: dear.id, expectedVersion: 9 },
    ]);
    expect(reasons(submitted.results)).toEqual(['done', 'status', 'receiptOverLimit', 'periodOpen', 'id', 'expectedVersion']);
    const approved = await world.bulk('approveExpenses', [
      { id: plain.id },
      { id: plain.id, approverId: ada },
      { id: plain.id, approverId: newId() },
      { id: dear.id, approverId: boss },
      { id: plain.id, approverId: boss },
    ]);
    expect(reasons(approved.results)).toEqual(['approverId', 'approverIsNotOwner', 'approverId', 'status', 'done']);
    expect((await world.mutate('deleteExpense', { id: plain.id })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
  });

  test('is approved once, however many try', async () => {
    const { id } = await record();
    await world.made('submitExpense', { id });
    const answers = await Promise.all(Array.from({ length: 5 }, () => world.mutate('approveExpense', { id, approverId: boss })));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  });

  test('is posted and billed without a new version', async () => {
    const { id } = await record();
    const draft = await record();
    await world.made('submitExpense', { id });
    await world.made('approveExpense', { id, approverId: boss });
    const state = async () =>
      (await world.ok('query ($id: ID!) { expense(id: $id) { version postingStatus postedAt billedAt } }', { variables: { id } })).expense;
    const now = '2026-05-04T09:00:00.000Z';
    await world.command(async (scope) => {
      expect(await approvedExpenses(scope.tx, [id, draft.id])).toMatchObject([
        { id, version: 3, amountMinor: 4250n, currency: 'USD', billable: true, posted: false, customerId: project.customerId },
      ]);
      await markExpensesPostingException(scope, [id]);
    });
    expect(await state()).toEqual({ version: 3, postingStatus: 'EXCEPTION', postedAt: null, billedAt: null });
    await world.command((scope) => markExpensesPosted(scope, [id, draft.id]));
    await world.command((scope) => markExpensesPostingException(scope, [id]));
    await world.command((scope) => markExpensesBilled(scope, [id], world.time.now));
    expect(await state()).toEqual({ version: 3, postingStatus: 'POSTED', postedAt: now, billedAt: now });
    await world.command((scope) => markExpensesUnposted(scope, [id]));
    await world.command((scope) => markExpensesBilled(scope, [id], null));
    expect(await state()).toEqual({ version: 3, postingStatus: 'NOT_POSTED', postedAt: null, billedAt: null });
    expect(await world.sql`select posting_status from time.expense_item where id = ${draft.id}`).toEqual([{ posting_status: 'NOT_POSTED' }]);
  });
});

test('500 expenses need as many statements as two', async () => {
  const people = await Promise.all(Array.from({ length: 500 }, () => world.employee()));
  const items = (from: number, count: number) =>
    people
      .slice(from, from + count)
      .map((employeeId, n) => item({ employeeId, externalRef: { system: 'bulk', externalId: `${from + n}` }, receiptChecksum: receipt(10_000 + from + n) }));
  const counted = async (name: string, list: readonly unknown[]) => {
    world.statements.length = 0;
    const { succeeded, results } = await world.bulk(name, list);
    expect(succeeded).toBe(list.length);
    return { statements: world.statements.length, ids: results.map(({ row }: Result) => row?.id) };
  };
  const [few, many] = [await counted('recordExpenses', items(0, 2)), await counted('recordExpenses', items(2, 498))];
  expect(many.statements).toBe(few.statements);
  const of = (ids: string[], more = {}) => ids.map((id) => ({ id, ...more }));
  const submitted = [await counted('submitExpenses', of(few.ids)), await counted('submitExpenses', of(many.ids))];
  expect(submitted[1]?.statements).toBe(submitted[0]?.statements);
  const approved = [await counted('approveExpenses', of(few.ids, { approverId: boss })), await counted('approveExpenses', of(many.ids, { approverId: boss }))];
  expect(approved[1]?.statements).toBe(approved[0]?.statements);
  expect(Math.max(many.statements, ...submitted.map(({ statements }) => statements))).toBeLessThanOrEqual(18);
});
