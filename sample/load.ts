import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import postgres, { type TransactionSql } from 'postgres';
import * as engagements from '#engagements/tables.ts';
import * as finance from '#finance/tables.ts';
import * as operations from '#operations/tables.ts';
import * as resources from '#resources/tables.ts';
import * as time from '#time/tables.ts';
import { at, type Scale } from './calendar.ts';
import { type AnyRow, copyRows, copyText, escaped, settleRows } from './copy.ts';
import { type Firm, makeFirm } from './firm.ts';
import { type Telling, tellFirm } from './history/firm.ts';
import { type History, openHistory, settleHistory } from './history/log.ts';
import { randomOf } from './random.ts';
import { referencesOf } from './references.ts';
import { externalRefsOf } from './systems.ts';
import { unforced } from './unforced.ts';
import type { Work } from './work.ts';

export type SampleWish = {
  /** Of whoever owns the tables: no superuser is needed. */
  url: string;
  scale: Scale;
  /** The day on which the history ends. */
  now: Date;
  seed?: string;
  progress?: ((line: string) => void) | undefined;
};

/** How many of what were loaded. */
export type SampleCounts = Record<
  | ('customers' | 'contracts' | 'projects' | 'employees' | 'assignments' | 'timeEntries')
  | ('expenses' | 'actuals' | 'invoices' | 'payments' | 'journalEntries' | 'exceptions' | 'facts'),
  number
>;

/** Loads the sample firm into an empty database, in one transaction: all of it, or nothing. Then the log takes its facts in. */
export async function loadSample({ url, scale, now, seed, progress = () => undefined }: SampleWish): Promise<SampleCounts> {
  const connection = { application_name: 'accord-sample', TimeZone: 'UTC', statement_timeout: 0, 'accord.scope': 'command' };
  const options = { max: 1, onnotice: () => undefined, connection, socket: openSocket };
  const client = postgres(url, options);
  try {
    const counts = await client.begin(async (tx) => {
      await demandEmpty(tx);
      const firm = makeFirm({ scale, now, ...(seed === undefined ? {} : { seed }) });
      return unforced(tx, () => loadFirm(tx, firm, progress));
    });
    progress('the log');
    await settleHistory(url, now);
    return counts;
  } finally {
    await client.end({ timeout: 5 });
  }
}

type Address = { host: readonly string[]; port: readonly number[]; path?: string };

/** COPY ends in a second small packet, which would wait 40 ms for the answer to the first (Nagle's algorithm). */
async function openSocket({ host: [host], port: [port], path }: Address): Promise<Socket> {
  const socket = path ? connect(path) : connect({ host, port: port ?? 5432, noDelay: true });
  await once(socket, 'connect');
  return socket;
}

async function demandEmpty(tx: TransactionSql): Promise<void> {
  const [found] =
    await tx`select exists (select from engagements.customer) or exists (select from resources.employee) or exists (select from finance.legal_entity) as some`;
  if (found?.some) throw new Error('The sample firm is loaded into an empty database only; this one holds data.');
}

/** Before the commit, for the checks that wait for it: unplanned, they read every line for every entry (76 s instead of 0.3 s at scale M). */
async function gatherStatistics(tx: TransactionSql): Promise<void> {
  const tables = await tx<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('engagements', 'resources', 'time', 'finance')`;
  for (const { name } of tables) await tx.unsafe(`analyze ${name}`);
  await tx`analyze log.reference`;
}

type Progress = (line: string) => void;

/** The firm, its story, and the log that the story goes into. */
type Loading = { firm: Firm; telling: Telling; history: History; progress: Progress };

async function loadFirm(tx: TransactionSql, firm: Firm, progress: Progress): Promise<SampleCounts> {
  const { calendar } = firm;
  const history = await openHistory(tx, calendar.now);
  const telling = tellFirm(randomOf(`history ${calendar.today}`), firm, at(calendar.loggedFrom, '00:00'));
  const loading: Loading = { firm, telling, history, progress };
  progress('people, customers and contracts');
  await loadCompany(tx, firm);
  await loadSales(tx, firm);
  await loadStaff(tx, firm);
  await history.add(loading.telling.beginnings());
  progress('time, expenses and actuals');
  const work = await loadWork(tx, loading);
  progress('invoices, payments and the books');
  const billed = await loadBooks(tx, loading);
  await settleRows(tx, {
    table: finance.fiscalPeriods,
    rows: firm.company.periods.filter(({ status }) => status !== 'OPEN'),
    properties: ['version', 'status', 'closedAt'],
  });
  const exceptions = await copyRows(tx, { table: operations.exceptions, rows: telling.exceptions() });
  await loadReferences(tx, firm);
  progress('gathering statistics');
  await gatherStatistics(tx);
  return {
    customers: firm.clients.length,
    contracts: firm.deals.length,
    projects: firm.jobs.length,
    employees: firm.workers.length,
    assignments: firm.assignments.length,
    ...work,
    ...billed,
    exceptions,
    facts: await history.state(),
  };
}

/** Versions and contracts come as DRAFT: the database lets nothing be added to what is published or confirmed. */
async function loadCompany(tx: TransactionSql, { company, book }: Firm): Promise<void> {
  await copyRows(tx, { table: finance.legalEntities, rows: company.legalEntities });
  await copyRows(tx, { table: finance.taxProfiles, rows: company.taxProfiles });
  await copyRows(tx, { table: finance.costCenters, rows: company.costCenters });
  await copyRows(tx, { table: finance.fiscalPeriods, rows: company.periods, instead: { status: 'OPEN', closedAt: null } });
  await copyRows(tx, { table: finance.rateCards, rows: book.cards });
  await copyRows(tx, { table: finance.rateCardVersions, rows: book.versions, instead: { status: 'DRAFT' } });
  await copyRows(tx, { table: finance.rateCardLines, rows: book.lines });
  await settleRows(tx, { table: finance.rateCardVersions, rows: book.versions, properties: ['status'] });
  await copyRows(tx, { table: resources.laborCategories, rows: [...company.grades, company.unpriced] });
}

async function loadSales(tx: TransactionSql, { clients, deals, jobs }: Firm): Promise<void> {
  await copyRows(tx, { table: engagements.customers, rows: clients });
  await copyRows(tx, { table: engagements.engagementTable, rows: deals.map(({ engagement }) => engagement) });
  await copyRows(tx, { table: engagements.contracts, rows: deals.map(({ contract }) => contract), instead: { status: 'DRAFT' } });
  const versions = deals.flatMap((deal) => deal.versions);
  const lines = versions.flatMap(({ content }) => content.lines);
  await copyRows(tx, { table: engagements.contractVersions, rows: versions.map(({ row }) => row) });
  await copyRows(tx, { table: engagements.contractLines, rows: [...new Map(lines.map((line) => [line.id, line])).values()] });
  await copyRows(tx, { table: engagements.contractLineTerms, rows: lines.map(({ id: lineId, termsId: id, ...terms }) => ({ ...terms, id, lineId })) });
  await copyRows(tx, { table: engagements.contractRates, rows: versions.flatMap(({ content }) => content.rates) });
  await settleRows(tx, { table: engagements.contracts, rows: deals.map(({ contract }) => contract), properties: ['status'] });
  await copyRows(tx, { table: engagements.projects, rows: jobs.map(({ project }) => project) });
  await copyRows(tx, { table: engagements.tasks, rows: jobs.flatMap(({ tasks }) => tasks) });
  await copyRows(tx, { table: engagements.milestones, rows: jobs.flatMap(({ milestones }) => milestones) });
}

async function loadStaff(tx: TransactionSql, { workers, assignments, staffing }: Firm): Promise<void> {
  await copyRows(tx, { table: resources.persons, rows: workers.map(({ person }) => person) });
  await copyRows(tx, { table: resources.employees, rows: workers.map(({ employee }) => employee) });
  await copyRows(tx, { table: resources.employeeLaborCategories, rows: workers.flatMap(({ held }) => held) });
  await copyRows(tx, { table: resources.assignments, rows: assignments });
  await copyRows(tx, { table: resources.employeeSkills, rows: staffing.skills });
  await copyRows(tx, { table: resources.employeeWorkWeeks, rows: staffing.workWeeks });
  await copyRows(tx, { table: resources.absences, rows: staffing.absences });
  await copyRows(tx, { table: resources.holidays, rows: staffing.holidays });
  await copyRows(tx, { table: resources.resourceRequests, rows: staffing.requests });
}

/** Rows of so many workers go in at a time: memory stays small, however large the firm. */
const bite = 50;

async function loadWork(
  tx: TransactionSql,
  { firm, telling, history, progress }: Loading,
): Promise<Pick<SampleCounts, 'timeEntries' | 'expenses' | 'actuals'>> {
  const counts = { timeEntries: 0, expenses: 0, actuals: 0 };
  const put = async (part: readonly Work[]) => {
    await copyRows(tx, { table: time.timesheets, rows: part.flatMap(({ timesheets }) => timesheets) });
    counts.timeEntries += await copyRows(tx, { table: time.timesheetEntries, rows: part.flatMap(({ entries }) => entries) });
    counts.expenses += await copyRows(tx, { table: time.expenses, rows: part.flatMap(({ expenses }) => expenses) });
    counts.actuals += await copyRows(tx, { table: finance.actuals, rows: part.flatMap(({ actuals }) => actuals) });
    await history.add(telling.work(part));
  };
  let part: Work[] = [];
  for (const work of firm.work()) {
    part.push(work);
    if (part.length < bite) continue;
    await put(part);
    part = [];
    progress(`${counts.timeEntries} time entries`);
  }
  await put(part);
  const fees = firm.fees();
  counts.actuals += await copyRows(tx, { table: finance.actuals, rows: fees });
  await history.add(telling.fees(fees));
  return counts;
}

/** Papers come as DRAFT too: lines go into no posted one. */
const unposted: AnyRow = { status: 'DRAFT', number: '', numberYear: null, numberSequence: null, journalEntryId: null, postedAt: null, paidMinor: 0n };

async function loadBooks(tx: TransactionSql, { firm, telling, history }: Loading): Promise<Pick<SampleCounts, 'invoices' | 'payments' | 'journalEntries'>> {
  const books = firm.books();
  await copyRows(tx, { table: finance.invoices, rows: books.invoices, instead: unposted });
  await copyRows(tx, { table: finance.invoiceLines, rows: books.invoiceLines });
  await copyRows(tx, { table: finance.journalEntries, rows: books.entries, instead: { status: 'DRAFT', postedAt: null } });
  await copyRows(tx, { table: finance.journalLines, rows: books.entryLines });
  await settleRows(tx, { table: finance.journalEntries, rows: books.entries, properties: ['status', 'postedAt'] });
  await settleRows(tx, {
    table: finance.invoices,
    rows: books.invoices,
    properties: ['status', 'number', 'numberYear', 'numberSequence', 'journalEntryId', 'postedAt', 'paidMinor'],
  });
  await copyRows(tx, { table: finance.invoiceSequences, rows: books.sequences });
  await copyRows(tx, { table: finance.payments, rows: books.payments });
  await copyRows(tx, { table: finance.paymentApplications, rows: books.applications });
  await copyRows(tx, { table: finance.revenueEvents, rows: books.revenue });
  await copyRows(tx, { table: finance.externalRefs, rows: externalRefsOf(firm, books).finance });
  await loadClaims(tx);
  await history.add(telling.books(books));
  return { invoices: books.invoices.length, payments: books.payments.length, journalEntries: books.entries.length };
}

/** What drafting and posting leave behind for time: the work on invoices is held, and posted invoices have names. */
async function loadClaims(tx: TransactionSql): Promise<void> {
  await tx`insert into log.claim (entity_type, entity_id, version, holder, for_id)
    select case source_type when 'TIMESHEET_ENTRY' then 'TimesheetEntry' else 'ExpenseItem' end, source_id, source_version, 'finance', invoice_id from finance.actual
    where source_type in ('TIMESHEET_ENTRY', 'EXPENSE_ITEM') and kind = 'UNBILLED_SALES' and status in ('ON_INVOICE', 'BILLED') and reversed_by_id is null`;
  await tx`insert into log.reference (entity_type, entity_id, version, data)
    select 'Invoice', id, version, jsonb_build_object('number', number) from finance.invoice where number <> ''`;
}

async function loadReferences(tx: TransactionSql, firm: Firm): Promise<void> {
  const refs = externalRefsOf(firm);
  await copyRows(tx, { table: engagements.externalRefs, rows: refs.engagements });
  await copyRows(tx, { table: resources.externalRefs, rows: refs.resources });
  const columns = ['entity_type', 'entity_id', 'version', 'data'];
  const lines = function* () {
    for (const { type, id, version, data } of referencesOf(firm)) yield `${type}\t${id}\t${version}\t${escaped(JSON.stringify(data))}\n`;
  };
  await copyText(tx, { into: 'log.reference', columns, lines: lines() });
}
