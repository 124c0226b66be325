import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consumers } from '#processes/wiring.ts';
import { loadSample, type SampleCounts } from '#sample/load.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { constellation } from '../support/constellation.ts';
import { cloneDatabase } from '../support/database.ts';
import { checkHistory } from '../support/history.ts';
import { factCatalogue } from '../support/house.ts';
import { isSettled, settleProcesses } from '../support/settle.ts';

const now = new Date('2026-11-22T10:00:00Z');
let world: Awaited<ReturnType<typeof constellation>>;
let counts: SampleCounts;
beforeAll(async () => {
  world = await constellation({ subgraphs });
  counts = await loadSample({ url: world.ownerUrl, scale: 'S', now });
});
afterAll(() => world[Symbol.asyncDispose]());

const rows = async (text: string) => [...(await world.sql.unsafe(text))];
const one = async (text: string) => Object.values((await rows(text))[0] ?? {})[0];

const late = 'select 1 from (select occurred_at, lag(occurred_at) over (order by position) as before from log.fact) f where occurred_at < before';
const adrift = `select fact.type from log.fact left join log.fact cause on cause.id = fact.causation_id
  where fact.causation_id is not null and (cause.id is null or cause.position >= fact.position or cause.correlation_id <> fact.correlation_id)`;

test('a history that ends early on a Monday, when the week before is approved, tells nothing of the hours to come', async () => {
  await using database = await cloneDatabase();
  const dawn = new Date('2026-11-23T04:00:00Z');
  await loadSample({ url: database.ownerUrl, scale: 'S', now: dawn });
  await checkHistory(database.sql);
  for (const text of [late, adrift]) expect(await database.sql.unsafe(text)).toEqual([]);
  expect(await database.sql`select type from log.fact where occurred_at > ${dawn.toISOString()}`).toEqual([]);
});

describe("the sample firm's log", () => {
  test('is what commands and processes leave behind', async () => {
    await checkHistory(world.sql);
    expect(await isSettled(world.sql)).toBe(true);
    expect(await one('select position::int from log.head')).toBe(counts.facts);
    expect(counts.facts).toBeGreaterThan(4_500);
  });

  test('speaks the published language: every payload is exactly what its fact says', async () => {
    const types = new Map((await factCatalogue()).map((each) => [each.type, each]));
    const facts = await rows('select type, version, subgraph, subject_type, payload from log.fact');
    const wrong = facts.filter(({ type, version, subgraph, subject_type, payload }) => {
      const published = types.get(type);
      const named = published?.subgraph === subgraph && published?.subject === subject_type && published?.version === version;
      return !named || !published?.exact.safeParse(payload).success;
    });
    expect(wrong).toEqual([]);
    expect(facts).toHaveLength(counts.facts);
  });

  test('goes forward in time, and every effect follows its cause in the same business transaction', async () => {
    const ahead = `select type, occurred_at from log.fact where occurred_at > '${now.toISOString()}'`;
    for (const text of [late, ahead, adrift]) expect(await rows(text)).toEqual([]);
  });

  test.each([
    ['CustomerCreated', 'engagements.customer', 'true'],
    ['EngagementCreated', 'engagements.engagement', 'true'],
    ['ContractConfirmed', 'engagements.contract', "status = 'CONFIRMED'"],
    ['ProjectCreated', 'engagements.project', 'true'],
    ['TaskCreated', 'engagements.task', 'true'],
    ['MilestoneAccepted', 'engagements.milestone', "status = 'ACCEPTED'"],
    ['EmployeeHired', 'resources.employee', 'true'],
    ['EmployeeTerminated', 'resources.employee', "status = 'TERMINATED'"],
    ['ResourceAssigned', 'resources.assignment', "status in ('CONFIRMED', 'ENDED')"],
    ['TimesheetSubmitted', 'time.timesheet', "status <> 'DRAFT'"],
    ['TimesheetApproved', 'time.timesheet', "status = 'APPROVED'"],
    ['TimesheetRejected', 'time.timesheet', "status = 'REJECTED'"],
    ['ExpenseSubmitted', 'time.expense_item', "status <> 'DRAFT'"],
    ['ExpenseApproved', 'time.expense_item', "status = 'APPROVED'"],
    ['ExpenseRejected', 'time.expense_item', "status = 'REJECTED'"],
    ['RateCardPublished', 'finance.rate_card_version', "status <> 'DRAFT'"],
    ['PeriodOpened', 'finance.fiscal_period', 'true'],
    ['TaxProfileChanged', 'finance.tax_profile', 'true'],
    ['InvoiceValidated', 'finance.invoice', "number <> ''"],
    ['PeriodClosed', 'finance.fiscal_period', "status = 'CLOSED'"],
    ['ActualPosted', 'finance.actual', 'true'],
    ['InvoiceDrafted', 'finance.invoice', 'true'],
    ['InvoicePosted', 'finance.invoice', "number <> ''"],
    ['InvoicePaid', 'finance.invoice', "status = 'PAID'"],
    ['PaymentReceived', 'finance.payment', 'true'],
    ['PaymentApplied', 'finance.payment', 'applied_minor > 0'],
    ['RevenueRecognized', 'finance.revenue_event', "status = 'RECOGNIZED'"],
    ['JournalPosted', 'finance.journal_entry', "status = 'POSTED'"],
  ])('tells %s of every row of %s that is %s, and of no other', async (type, table, condition) => {
    const told = `select distinct subject_id as id from log.fact where type = '${type}'`;
    const there = `select id from ${table} where ${condition}`;
    expect(await rows(`(${told} except ${there}) union all (${there} except ${told})`)).toEqual([]);
  });

  test.each([
    ['engagements.customer', ''],
    ['engagements.engagement', ''],
    ['engagements.contract', ''],
    ['engagements.project', ''],
    ['engagements.task', ''],
    ['resources.employee', ''],
    ['resources.assignment', ''],
    ['time.timesheet', ''],
    ['time.expense_item', ''],
    ['finance.payment', ''],
    ['finance.fiscal_period', ''],
    ['finance.invoice', " and status not in ('VALIDATED', 'PARTLY_PAID')"],
  ])('ends, for each row of %s, with its status and version now', async (table, more) => {
    const last = 'select distinct on (subject_id) subject_id, subject_version, payload from log.fact order by subject_id, position desc';
    const text = `select own.id, own.status, own.version, last.subject_version, last.payload ->> 'status' as told from ${table} own join (${last}) last on last.subject_id = own.id
      where (own.version <> last.subject_version or own.status <> coalesce(last.payload ->> 'status', own.status))${more}`;
    expect(await rows(text)).toEqual([]);
  });

  test('has been delivered to every process, which has nothing left to do, and nothing again', async () => {
    for (const { name, types } of consumers) {
      const missing = await world.sql`select id from log.fact where type = any(${[...types]})
        and not exists (select from log.delivery where consumer = ${name} and fact_id = fact.id and status = 'DELIVERED' and acknowledged_at > occurred_at)`;
      expect(missing, name).toEqual([]);
    }
    const state = () => rows('select (select count(*) from finance.actual)::int as actuals, (select position from log.head)::int as head');
    const before = await state();
    await settleProcesses(world.databaseUrl);
    await world.sql`delete from log.delivery`;
    await world.sql`update log.consumer set position = 0`;
    const items = () => rows(`select entity_id, data from log.reference where entity_type = 'ProjectOpenItems' order by entity_id`);
    const published = await items();
    expect(published).toHaveLength(counts.projects);
    await settleProcesses(world.databaseUrl);
    expect(await state()).toEqual(before);
    expect(await items()).toEqual(published);
  });
});

test('a deal can be followed from its contract to the last payment', async () => {
  const [deal] = await rows(`select contract_id as id from finance.invoice where status = 'PAID' order by id limit 1`);
  const { operations } = await world.ok(
    'query ($id: ID!) { operations { businessTrace(entity: { type: "Contract", id: $id }) { complete acknowledged correlationIds entries { event { type } cause { type } deliveries { status } } } } }',
    { id: deal?.id },
  );
  const { complete, acknowledged, correlationIds, entries } = operations.businessTrace;
  expect({ complete, acknowledged, correlationIds }).toEqual({ complete: true, acknowledged: true, correlationIds: [deal?.id] });
  type Entry = { event: { type: string }; cause: { type: string } | null; deliveries: unknown[] };
  const types = [...new Set((entries as Entry[]).map(({ event }) => event.type))];
  const steps = [
    'EngagementCreated',
    'ContractConfirmed',
    'ProjectCreated',
    'ResourceAssigned',
    'TimesheetApproved',
    'ActualPosted',
    'InvoicePosted',
    'InvoicePaid',
  ];
  expect(types.filter((type) => steps.includes(type))).toEqual(steps);
  const causes = new Set((entries as Entry[]).flatMap(({ event, cause }) => (cause ? [`${event.type} by ${cause.type}`] : [])));
  expect([...causes]).toEqual(expect.arrayContaining(['ProjectCreated by ContractConfirmed', 'ActualPosted by TimesheetApproved']));
});
