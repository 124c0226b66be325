import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dateOf } from '#kernel/period.ts';
import { makeFirm } from '#sample/firm.ts';
import { loadSample } from '#sample/load.ts';
import { troubleOf } from '#sample/trouble.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { constellation } from '../support/constellation.ts';
import { checkHistory } from '../support/history.ts';
import { settleProcesses } from '../support/settle.ts';

// Retries are made today: the firm's history ends today as well.
const now = new Date();
let world: Awaited<ReturnType<typeof constellation>>;
beforeAll(async () => {
  world = await constellation({ subgraphs });
  await loadSample({ url: world.ownerUrl, scale: 'S', now });
});
afterAll(() => world[Symbol.asyncDispose]());

type Standing = { id: string; code: string; message: string; subjectId: string; firstSeenAt: string; moneyAtRisk: { amount: string; currency: string } | null };
const advice = ' Repair the tax profile, then try again.';
const asController = { role: 'finance' };

async function standing(): Promise<Standing[]> {
  const fields = 'id process code message status owner subjectType subjectId hours moneyAtRisk { amount currency } firstSeenAt correlationId';
  const { operations } = await world.ok(`{ operations { exceptions(first: 250, filter: { statuses: [OPEN] }) { nodes { ${fields} } } } }`, {}, asController);
  return operations.exceptions.nodes.toSorted((a: Standing, b: Standing) => (a.id < b.id ? -1 : 1));
}
const byCode = async (code: string) => (await standing()).filter((each) => each.code === code);
const retry = async (exceptions: readonly Standing[]) => {
  const { retryExceptions } = await world.ok(
    'mutation ($input: RetryExceptionsInput!) { retryExceptions(input: $input) { succeeded failed } }',
    { input: { idempotencyKey: `retry-${exceptions.map(({ id }) => id).join()}`.slice(0, 200), items: exceptions.map(({ id }) => ({ id })) } },
    asController,
  );
  expect(retryExceptions).toEqual({ succeeded: exceptions.length, failed: 0 });
  await settleProcesses(world.databaseUrl);
};
const facts = (type: string) => world.sql`select subject_id, keys, payload - 'attempts' as payload from log.fact where type = ${type} order by position`;

describe('the controller of the sample firm', () => {
  test('has a question that has an answer', async () => {
    const { approvedNotPostedSummary, operations, actualSummary, invoices } = await world.ok(
      `{ approvedNotPostedSummary { entries hours pending { entries } inException { entries } }
        actualSummary(groupBy: [], filter: { kinds: [UNBILLED_SALES], statuses: [READY] }) { count amount { amount } }
        invoices(first: 50, filter: { overdueOn: "${dateOf(now)}" }) { totalCount }
        operations { exceptionSummary(groupBy: CODE) { code count hours } stuck(first: 50) { totalCount nodes { code owner } } log { newestPosition } } }`,
      {},
      { role: 'admin' },
    );
    expect(approvedNotPostedSummary.entries).toBe(approvedNotPostedSummary.inException.entries);
    expect(approvedNotPostedSummary.pending.entries).toBe(0);
    expect(approvedNotPostedSummary.entries).toBeGreaterThan(5);
    expect(operations.exceptionSummary.map(({ code }: { code: string }) => code).sort()).toEqual([
      'LABOR_CATEGORY_MISSING',
      'PERIOD_CLOSED',
      'RATE_NOT_FOUND',
      'TAX_FAILED',
    ]);
    expect(operations.stuck.totalCount).toBe((await standing()).length);
    expect(actualSummary.length).toBeGreaterThan(0);
    expect(invoices.totalCount).toBeGreaterThan(0);
    expect(Number(operations.log.newestPosition)).toBeGreaterThan(4_500);
  });

  test('sees one sheet that was handed in and approved long after its week, in a month that was closed by then', async () => {
    const late = await world.sql`select e.work_date::text, e.approved_at - e.work_date > interval '50 days' as late, p.status from time.timesheet_entry e
      join operations.exception x on x.subject_id = e.id and x.code = 'PERIOD_CLOSED'
      join finance.fiscal_period p on p.legal_entity_id = e.legal_entity_id and e.work_date between p.start_date and p.end_date`;
    expect(late.length).toBeGreaterThan(0);
    expect(late.every((each) => each.late && each.status === 'CLOSED')).toBe(true);
  });

  test('is told by a new attempt what the sample tells, until the cause is mended', async () => {
    const before = await standing();
    const told = await facts('ExceptionOpened');
    await retry(before);
    const again = await standing();
    // A retry that is refused says what to do as well.
    const same = ({ correlationId: _, message, ...rest }: Standing & { correlationId?: string }) => ({ ...rest, message: message.replace(advice, '') });
    expect(again.map(same)).toEqual(before.map(same));
    const since = (await facts('ExceptionOpened')).slice(told.length);
    const sorted = (list: readonly Record<string, unknown>[]) => list.map((each) => JSON.stringify(each).replace(advice, '')).sort();
    expect(sorted(since)).toEqual(sorted(told));
    await checkHistory(world.sql);
  });

  test('mends every cause, and nothing is stuck any more', async () => {
    const closed = await world.sql`select distinct p.id from operations.exception x join time.timesheet_entry e on e.id = x.subject_id
      join finance.fiscal_period p on p.legal_entity_id = e.legal_entity_id and e.work_date between p.start_date and p.end_date where x.code = 'PERIOD_CLOSED'`;
    for (const { id } of closed)
      await world.ok('mutation ($input: FiscalPeriodActionInput!) { reopenFiscalPeriod(input: $input) { userErrors { code } } }', { input: { id } });
    await retry(await byCode('PERIOD_CLOSED'));
    const [category] = await world.sql`select id from resources.labor_category where code = 'CON'`;
    const items = [...(await byCode('LABOR_CATEGORY_MISSING'))].map(({ subjectId }) => ({ id: subjectId, laborCategoryId: category?.id }));
    const { assignLaborCategory } = await world.ok(
      'mutation ($input: AssignLaborCategoryInput!) { assignLaborCategory(input: $input) { succeeded failed results { userErrors { message } } } }',
      { input: { idempotencyKey: 'assign', items } },
    );
    expect(assignLaborCategory).toMatchObject({ succeeded: items.length, failed: 0 });
    const [profile] = await world.sql`select id from finance.tax_profile where code = 'US-625'`;
    const rates = [{ basisPoints: 625, effectiveFrom: '2020-01-01' }];
    await world.ok('mutation ($input: UpdateTaxProfileInput!) { updateTaxProfile(input: $input) { userErrors { code } } }', {
      input: { id: profile?.id, rates },
    });
    await settleProcesses(world.databaseUrl);
    await retry([...(await byCode('TAX_FAILED'))]);
    expect((await standing()).map(({ code }) => code)).toEqual((await byCode('RATE_NOT_FOUND')).map(({ code }) => code));
    await checkHistory(world.sql);
  });
});

describe('trouble', () => {
  test.each(['2026-01-01', '2026-02-28', '2026-03-01', '2026-07-12', '2026-09-30', '2027-01-04', '2028-02-29'])('is there of every kind on %s', (day) => {
    const firm = makeFirm({ scale: 'S', now: new Date(`${day}T12:00:00Z`) });
    const work = [...firm.work()];
    firm.fees();
    const codes = work.flatMap(({ refusals }) => [...refusals.values()].map(({ refused }) => refused.code));
    expect([...new Set(codes)].sort()).toEqual(['LABOR_CATEGORY_MISSING', 'PERIOD_CLOSED', 'RATE_NOT_FOUND']);
    expect(firm.books().invoices.filter(({ taxFailedAt }) => taxFailedAt).length).toBeGreaterThan(0);
  });

  test('has a few people of twenty', () => {
    expect(Array.from({ length: 20 }, (_, index) => troubleOf(index)).filter(Boolean)).toEqual(['NO_LABOR_CATEGORY', 'UNPRICED_WORK', 'HANDED_IN_LATE']);
  });
});
