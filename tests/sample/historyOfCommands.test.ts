import type { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as engagements from '#engagements/tables.ts';
import * as finance from '#finance/tables.ts';
import { openDb } from '#kernel/db.ts';
import { storedKeys } from '#kernel/facts.ts';
import * as resources from '#resources/tables.ts';
import type { Firm } from '#sample/firm.ts';
import { tellFirm } from '#sample/history/firm.ts';
import type { Stated } from '#sample/history/stated.ts';
import { randomOf } from '#sample/random.ts';
import * as time from '#time/tables.ts';
import { firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** A small firm lives through what the sample's history tells of: by mutations and processes alone. */
async function live(world: FlowWorld): Promise<void> {
  const { done, made } = world.graph;
  const firm = await firmAt(world.graph);
  const { employeeId, approverId, projectId, engagementId, contractId, customerId, legalEntityId } = firm;
  await done('addContractVersion', { id: contractId, effectiveFrom: '2026-07-01', reason: 'Yearly adjustment' });
  const task = await made('createTask', 'task', { projectId, name: 'Design' });
  await done('startTask', { id: task });
  await done('finishTask', { id: task });
  const dates = { startDate: '2026-01-01', endDate: '2026-06-30', weeklyHours: '32' };
  await done('confirmAssignment', { id: await made('createAssignment', 'assignment', { employeeId, projectId, ...dates }) });
  await firm.approved(['2026-02-09', '2026-02-10']);
  const sent = await firm.recorded(['2026-02-17']);
  await done('submitTimesheet', { id: sent.timesheetId });
  await done('rejectTimesheet', { id: sent.timesheetId, approverId, reason: 'Which task?' });
  const outlay = { employeeId, projectId, category: 'TRAVEL', workDate: '2026-02-10', amount: eur('120.00'), receiptChecksum: 'a'.repeat(64) };
  const expense = await made('recordExpense', 'expense', outlay);
  await done('submitExpense', { id: expense });
  await done('approveExpense', { id: expense, approverId });
  await world.settle();
  const draft = { cutOffDate: '2026-02-28', contractIds: [contractId], invoiceDate: '2026-02-28' };
  const { results } = await done('draftInvoices', draft, { select: 'results { invoice { id } userErrors { code message } }' });
  const { id } = results[0].invoice;
  await done('validateInvoice', { id });
  await done('postInvoice', { id, invoiceDate: '2026-02-28' });
  const money = { customerId, legalEntityId, amount: eur('2081.20'), receivedOn: '2026-03-15' };
  const payment = await made('recordPayment', 'payment', money);
  await done('applyPayment', { id: payment, applications: [{ invoiceId: id, amount: eur('2081.20') }] });
  const period = await world.sql`select id from finance.fiscal_period where name = '2026-01'`;
  await done('closeFiscalPeriod', { id: period[0]?.id });
  expect(engagementId).toBeTruthy();
  await world.settle();
}

/** The rows of that firm, as the sample's makers would have made them. */
async function firmIn(url: string) {
  await using open = openDb({ url, name: 'test', max: 1 });
  const all = <Table extends PgTable>(table: Table): Promise<Table['$inferSelect'][]> => open.db.select().from(table as PgTable) as never;
  const [client] = await all(engagements.customers);
  const [engagement] = await all(engagements.engagementTable);
  const [contract] = await all(engagements.contracts);
  const [project] = await all(engagements.projects);
  const versions = (await all(engagements.contractVersions)).sort((a, b) => a.number - b.number).map((row) => ({ row, content: { lines: [], rates: [] } }));
  const deal = { client, engagement, contract, versions, byTheHour: true };
  const entries = await all(time.timesheetEntries);
  const expenses = await all(time.expenses);
  const [approver] = entries.flatMap(({ approvedBy }) => approvedBy ?? []);
  return {
    firm: {
      company: { periods: await all(finance.fiscalPeriods), taxProfiles: await all(finance.taxProfiles) },
      book: { cards: await all(finance.rateCards), versions: await all(finance.rateCardVersions) },
      workers: (await all(resources.employees)).map((employee) => ({ employee })),
      clients: [client],
      deals: [deal],
      jobs: [{ deal, project, tasks: await all(engagements.tasks), milestones: [], lastDay: '2026-12-31' }],
      assignments: await all(resources.assignments),
      staffing: { absences: [], requests: [] },
    } as unknown as Firm,
    work: {
      timesheets: await all(time.timesheets),
      entries,
      expenses,
      actuals: await all(finance.actuals),
      decidedBy: new Map([...entries, ...expenses].map(({ id }) => [id, approver ?? ''])),
      refusals: new Map(),
    },
    books: {
      invoices: await all(finance.invoices),
      invoiceLines: await all(finance.invoiceLines),
      sequences: [],
      entries: await all(finance.journalEntries),
      entryLines: (await all(finance.journalLines)).sort((a, b) => a.position - b.position),
      payments: await all(finance.payments),
      applications: await all(finance.paymentApplications),
      revenue: await all(finance.revenueEvents),
    },
  };
}

let world: FlowWorld;
let told: Map<string, unknown[]>;
let logged: Map<string, unknown[]>;
beforeAll(async () => {
  world = await flowWorld();
  await live(world);
  const { firm, work, books } = await firmIn(world.adminUrl);
  const telling = tellFirm(randomOf('test'), firm, new Date(0));
  const facts: Stated[] = [...telling.beginnings(), ...telling.work([work]), ...telling.books(books)];
  told = Map.groupBy(
    facts.map(({ type, version, subgraph, subject, keys, payload }) => ({ type, version, subgraph, subject, keys: storedKeys(keys).keys, payload })),
    ({ type }) => type,
  );
  const rows = await world.sql`select type, version, subgraph, subject_type, subject_id, subject_version, keys, payload from log.fact order by position`;
  logged = Map.groupBy(
    rows.map(({ type, version, subgraph, subject_type, subject_id, subject_version, keys, payload }) => ({
      ...{ type: String(type), version, subgraph, keys, payload },
      subject: { type: subject_type, id: subject_id, version: subject_version },
    })),
    ({ type }) => type,
  );
});
afterAll(() => world[Symbol.asyncDispose]());

const sorted = (facts: unknown[] | undefined) => facts?.map((fact) => JSON.stringify(fact, Object.keys(flat(fact)).sort())).sort();
const flat = (value: unknown): Record<string, true> =>
  Object.assign({}, ...Object.entries(value ?? {}).map(([key, inner]) => ({ [key]: true, ...(typeof inner === 'object' ? flat(inner) : {}) })));

test('the history of rows is told in the kinds of facts that commands and processes state', () => {
  expect([...told.keys()].sort()).toEqual([...logged.keys()].sort());
});

test.each([
  ...['CustomerCreated', 'CustomerUpdated', 'EngagementCreated', 'EngagementStatusChanged', 'ContractUpdated', 'ContractConfirmed'],
  ...['ProjectCreated', 'ProjectStatusChanged', 'TaskCreated', 'TaskStatusChanged', 'EmployeeHired', 'EmployeeUpdated', 'AssignmentChanged'],
  ...['ResourceAssigned', 'TimesheetSubmitted', 'TimesheetApproved', 'TimesheetRejected', 'ExpenseSubmitted', 'ExpenseApproved', 'RateCardPublished'],
  ...['ActualPosted', 'InvoiceDrafted', 'InvoicePosted', 'InvoicePaid', 'PaymentReceived', 'PaymentApplied', 'RevenueRecognized', 'JournalPosted'],
  ...['PeriodOpened', 'PeriodClosed', 'TaxProfileChanged', 'InvoiceValidated'],
])('%s: the sample tells of rows what their mutations stated', (type) => {
  expect(told.get(type)?.length).toBeGreaterThan(0);
  expect(sorted(told.get(type))).toEqual(sorted(logged.get(type)));
});
