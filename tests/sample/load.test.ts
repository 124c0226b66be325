import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSample, type SampleCounts } from '#sample/load.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';

const now = new Date('2026-11-22T10:00:00Z');
let database: TestDatabase;
let counts: SampleCounts;
beforeAll(async () => {
  database = await cloneDatabase();
  counts = await loadSample({ url: database.ownerUrl, scale: 'S', now });
});
afterAll(() => database[Symbol.asyncDispose]());

const rows = async (text: string) => [...(await database.sql.unsafe(text))];
const one = async (text: string) => Object.values((await rows(text))[0] ?? {})[0];

describe('the loaded firm', () => {
  test('has the size that was promised', () => {
    expect(counts).toMatchObject({ customers: 8, contracts: 16, projects: 20, employees: 30 });
    expect(counts.timeEntries).toBeGreaterThan(1_400);
    expect(counts.timeEntries).toBeLessThan(2_000);
    expect(counts.invoices).toBeGreaterThan(50);
    expect(counts.payments).toBeGreaterThan(20);
  });

  test.each([
    ['finance.legal_entity', 'engagements.customer', 'legal_entity_id'],
    ['finance.tax_profile', 'engagements.customer', 'tax_profile_id'],
    ['finance.rate_card', 'engagements.contract_version', 'rate_card_id'],
    ['resources.employee', 'engagements.project', 'manager_id'],
    ['finance.legal_entity', 'resources.employee', 'legal_entity_id'],
    ['finance.cost_center', 'resources.employee', 'cost_center_id'],
    ['resources.employee', 'resources.employee', 'manager_id'],
    ['engagements.project', 'resources.assignment', 'project_id'],
    ['engagements.project', 'time.timesheet_entry', 'project_id'],
    ['engagements.task', 'time.timesheet_entry', 'task_id'],
    ['resources.employee', 'time.timesheet_entry', 'employee_id'],
    ['resources.employee', 'time.timesheet_entry', 'approved_by'],
    ['resources.labor_category', 'time.timesheet_entry', 'labor_category_id'],
    ['engagements.contract', 'finance.actual', 'contract_id'],
    ['engagements.contract_line', 'finance.actual', 'contract_line_id'],
    ['finance.invoice', 'finance.actual', 'invoice_id'],
    ['finance.invoice_line', 'finance.actual', 'invoice_line_id'],
    ['engagements.contract', 'finance.invoice', 'contract_id'],
    ['engagements.milestone', 'finance.revenue_event', 'milestone_id'],
    ['resources.labor_category', 'finance.rate_card_line', 'labor_category_id'],
  ])('finds %s for every %s.%s', async (parent, child, column) => {
    expect(
      await one(
        `select count(*)::int from ${child} child where ${column} is not null and not exists (select from ${parent} parent where parent.id = child.${column})`,
      ),
    ).toBe(0);
  });

  test('says the same customer and engagement everywhere', async () => {
    for (const table of ['time.timesheet_entry', 'time.expense_item', 'resources.assignment', 'finance.actual']) {
      expect(
        await one(
          `select count(*)::int from ${table} own join engagements.project on project.id = own.project_id where (own.customer_id, own.engagement_id) <> (project.customer_id, project.engagement_id)`,
        ),
      ).toBe(0);
    }
  });

  test('puts time only where its writer was assigned, within the project and 24 hours', async () => {
    const unassigned = `select count(*)::int from time.timesheet_entry entry where not exists (select from resources.assignment where employee_id = entry.employee_id
      and project_id = entry.project_id and entry.work_date between from_date and to_date and status in ('CONFIRMED', 'ENDED'))`;
    const outside =
      'select count(*)::int from time.timesheet_entry entry join engagements.project on project.id = project_id where work_date not between start_date and end_date';
    const tooLong = 'select count(*)::int from (select from time.timesheet_entry group by employee_id, work_date having sum(seconds) > 86400) as days';
    const sheets =
      'select count(*)::int from time.timesheet_entry entry join time.timesheet on timesheet.id = timesheet_id where work_date not between period_start and period_end or entry.employee_id <> timesheet.employee_id or entry.status <> timesheet.status';
    for (const text of [unassigned, outside, tooLong, sheets]) expect(await one(text)).toBe(0);
  });

  test('makes of approved work actuals, and of nothing else', async () => {
    const approved = `select count(*)::int from time.timesheet_entry entry where (status = 'APPROVED' and posting_status = 'POSTED') <> exists (select from finance.actual where source_id = entry.id and source_version = entry.approved_version and kind = 'COST' and seconds = entry.seconds)`;
    const expenses = `select count(*)::int from time.expense_item item where (status = 'APPROVED') <> exists (select from finance.actual where source_id = item.id and kind = 'COST' and amount_minor = item.amount_minor)`;
    const billed = `select count(*)::int from time.timesheet_entry entry where (billed_at is not null) <> exists (select from finance.actual where source_id = entry.id and kind = 'BILLED_SALES')`;
    const priced = `select count(*)::int from finance.actual where transaction_class = 'TIME' and amount_minor <> round((price_explanation ->> 'rateMinor')::numeric * seconds / 3600) and price_explanation ->> 'rounding' = 'HALF_UP'`;
    for (const text of [approved, expenses, billed, priced]) expect(await one(text)).toBe(0);
    expect((await rows(`select distinct price_explanation ->> 'rule' as rule from finance.actual order by 1`)).map(({ rule }) => rule)).toEqual([
      'CONTRACT_LABOR_CATEGORY',
      'CONTRACT_RATE_CARD',
      'CUSTOMER_RATE_CARD',
      'EXPENSE_AMOUNT',
      'MILESTONE_AMOUNT',
      'STANDARD_RATE_CARD',
    ]);
  });

  test('bills exactly its actuals: invoice, lines, actuals and books agree', async () => {
    const lines = `select count(*)::int from finance.invoice_line line where (amount_minor, coalesce(seconds, 0), actual_count) <>
      (select sum(amount_minor)::bigint, coalesce(sum(seconds), 0)::bigint, count(*)::int from finance.actual where invoice_line_id = line.id and kind = 'UNBILLED_SALES')`;
    const twins = `select count(*)::int from finance.invoice where number <> '' and subtotal_minor <> (select sum(amount_minor) from finance.actual where invoice_id = invoice.id and kind = 'BILLED_SALES')`;
    const states = `select count(*)::int from finance.actual join finance.invoice on invoice.id = invoice_id where actual.status <> case when number = '' then 'ON_INVOICE' else 'BILLED' end`;
    const balance =
      'select count(*)::int from (select from finance.journal_line group by journal_entry_id, currency, legal_entity_id having sum(debit_minor) <> sum(credit_minor)) as off';
    const receivable = `select count(*)::int from (select currency from finance.invoice where number <> '' group by currency having sum(total_minor - paid_minor) <>
      (select sum(debit_minor - credit_minor) from finance.journal_line where account = 'RECEIVABLE' and journal_line.currency = invoice.currency)) as off`;
    const revenue = `select count(*)::int from (select currency from finance.revenue_event group by currency having sum(amount_minor) <>
      (select sum(credit_minor - debit_minor) from finance.journal_line where account = 'REVENUE' and journal_line.currency = revenue_event.currency)) as off`;
    const limits = `select count(*)::int from engagements.contract_line_terms line where not_to_exceed_minor < (select sum(amount_minor) from finance.actual where contract_line_id = line.line_id and kind = 'UNBILLED_SALES' and status <> 'NOT_READY')`;
    for (const text of [lines, twins, states, balance, receivable, revenue, limits]) expect(await one(text)).toBe(0);
    expect((await rows('select distinct status from finance.invoice order by 1')).map(({ status }) => status)).toEqual([
      'DRAFT',
      'PAID',
      'PARTLY_PAID',
      'POSTED',
      'VALIDATED',
    ]);
    expect(await one(`select count(*)::int from finance.invoice where status = 'POSTED' and due_date < '2026-11-22'`)).toBeGreaterThan(0);
  });

  test('publishes what siblings rely on, and calls things as other systems do', async () => {
    const published = Object.fromEntries(
      (await rows('select entity_type, count(*)::int as n from log.reference group by 1')).map(({ entity_type, n }) => [entity_type, n]),
    );
    expect(published).toMatchObject({
      Customer: 8,
      Engagement: 16,
      Contract: 16,
      Project: 20,
      Employee: 30,
      LaborCategory: 9,
      LegalEntity: 2,
      TaxProfile: 5,
      CostCenter: 6,
      FiscalCalendar: 2,
    });
    expect(
      await one(
        'select count(*)::int from engagements.project where not exists (select from log.reference where entity_id = project.id and version = project.version)',
      ),
    ).toBe(0);
    const [employee] = await rows(`select data from log.reference where entity_type = 'Employee' limit 1`);
    expect(Object.keys(employee?.data).sort()).toEqual([
      'costCenterId',
      'hiredOn',
      'laborCategories',
      'legalEntityId',
      'managerId',
      'name',
      'status',
      'subcontractorId',
      'terminatedOn',
      'weeklySeconds',
    ]);
    expect(await one(`select count(*)::int from engagements.external_ref where system = 'crm'`)).toBe(8);
    expect(await one('select count(*)::int from log.pending')).toBe(0);
  });

  test('is loaded once, into an empty database, or not at all', async () => {
    await expect(loadSample({ url: database.ownerUrl, scale: 'S', now })).rejects.toThrow('empty database only');
    const before = await one('select count(*)::int from time.timesheet_entry');
    expect(before).toBe(counts.timeEntries);
  });
});
