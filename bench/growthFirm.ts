import postgres, { type TransactionSql } from 'postgres';
import { rebuildBalances } from '#kernel/balance.ts';
import { openDb } from '#kernel/db.ts';
import { subgraphs } from '../roles/subgraphs.ts';

/** How large a firm of so many time entries is: twenty entries per person and month, for five years. */
export type Size = { entries: number; people: number; customers: number; projects: number };

export function sizeOf(entries: number): Size {
  const people = Math.max(1, Math.round(entries / 1_200));
  return { entries, people, customers: Math.max(2, Math.round(people / 2)), projects: Math.max(3, people) };
}

/** The last day of the history, whose last six months are not billed. */
export const lastDay = '2025-12-31';

/** Ids follow from what they are of, so that rows find each other without a join. */
const idOf = (kind: string, number: number | string) => `md5('${kind} ' || ${number})::uuid`;

export const bookId = `select ${idOf('books', 1)} as id`;
export const heldActualId = `select ${idOf('held', 1)} as id`;

type Step = { what: string; share: number; text: (size: Size) => string };

const monthOf = (entry: string, { people }: Size) => `((${entry} / ${people}) / 20 % 60)`;
/** One entry in twenty is of the first project, which grows with the firm. */
const projectOf = (entry: string, size: Size) =>
  `case when ${entry} % 20 = 0 then 0 else 1 + (${entry} % ${size.people} + ${monthOf(entry, size)}) % ${size.projects - 1} end`;
const dayOf = (entry: string, size: Size) =>
  `date '2021-01-01' + make_interval(months => ${monthOf(entry, size)}::int, days => (${entry} / ${size.people}) % 20)`;

const entries = (size: Size) => `select n, ${projectOf('n', size)} as project, (${dayOf('n', size)})::date as day, n % ${size.people} as person,
  n % 1000 = 7 as failed from generate_series(0, ${size.entries - 1}) n`;

const contractData = `jsonb_build_object('customerId', ${idOf('customer', 'c')}, 'engagementId', ${idOf('engagement', 'c')}, 'legalEntityId', ${idOf('books', 1)}, 'name', 'Contract ' || c, 'status', 'CONFIRMED',
  'currency', 'EUR', 'startDate', '2021-01-01', 'versions', jsonb_build_array(jsonb_build_object('id', ${idOf('version', 'c')}, 'number', 1, 'effectiveFrom', '2021-01-01', 'effectiveTo', null, 'rounding', 'HALF_UP',
  'rateCardId', null, 'paymentTermDays', 30, 'endDate', null, 'rates', '[]'::jsonb, 'lines', jsonb_build_array(jsonb_build_object('id', ${idOf('line', 'c')}, 'name', 'Work', 'method', 'TIME_AND_MATERIALS',
  'kinds', jsonb_build_array('TIME', 'EXPENSE'), 'projectIds', '[]'::jsonb, 'notToExceedMinor', case c when 0 then '900000000000' end, 'amountMinor', null, 'startDate', null, 'endDate', null)))))`;

const steps: readonly Step[] = [
  {
    what: 'books, customers, projects',
    share: 1,
    text: ({ customers, projects }) => `
      insert into finance.legal_entity (id, code, name, currency, country_code) values (${idOf('books', 1)}, 'F', 'Firm', 'EUR', 'NL');
      insert into finance.fiscal_period (id, legal_entity_id, name, start_date, end_date)
        select uuidv7(), ${idOf('books', 1)}, to_char(day, 'YYYY-MM'), day::date, (day + interval '1 month - 1 day')::date from generate_series(timestamp '2021-01-01', timestamp '2026-12-01', interval '1 month') day;
      insert into engagements.customer (id, name, status, currency) select ${idOf('customer', 'c')}, 'Customer ' || c, 'PROSPECT', 'EUR' from generate_series(0, ${customers - 1}) c;
      insert into engagements.project (id, customer_id, engagement_id, name)
        select ${idOf('project', 'p')}, ${idOf('customer', `p % ${customers}`)}, ${idOf('engagement', `p % ${customers}`)}, 'Project ' || p from generate_series(0, ${projects - 1}) p;
      insert into finance.tax_profile (id, legal_entity_id, code, name, rates)
        values (${idOf('tax', 1)}, ${idOf('books', 1)}, 'T', 'Tax', '[{"basisPoints": 2100, "effectiveFrom": "2020-01-01", "effectiveTo": null}]');
      insert into log.reference select 'Customer', ${idOf('customer', 'c')}, 1, jsonb_build_object('name', 'Customer ' || c, 'status', 'ACTIVE', 'currency', 'EUR', 'legalEntityId', ${idOf('books', 1)},
        'taxProfileId', ${idOf('tax', 1)}, 'party', null) from generate_series(0, ${customers - 1}) c;
      insert into log.reference select 'Contract', ${idOf('contract', 'c')}, 1, ${contractData} from generate_series(0, ${customers - 1}) c;
      insert into log.reference select 'Project', ${idOf('project', 'p')}, 1, jsonb_build_object('name', 'Project ' || p, 'contractId', ${idOf('contract', `p % ${customers}`)}) from generate_series(0, ${projects - 1}) p;
      insert into log.reference values ('LaborCategory', ${idOf('grade', 1)}, 1, '{"code": "G", "name": "Grade"}');`,
  },
  {
    what: 'time entries',
    share: 25,
    text: (size) => `
      insert into time.timesheet (id, employee_id, period_start, period_end) values (${idOf('sheet', 1)}, ${idOf('person', 0)}, '2021-01-01', '2021-01-07');
      insert into time.timesheet_entry (id, timesheet_id, employee_id, customer_id, engagement_id, project_id, work_date, billable, seconds, labor_category_id, status, posting_status, approved_version)
        select ${idOf('entry', 'n')}, ${idOf('sheet', 1)}, ${idOf('person', 'person')}, ${idOf('customer', `project % ${size.customers}`)}, ${idOf('engagement', `project % ${size.customers}`)}, ${idOf('project', 'project')},
        day, true, 3600, ${idOf('grade', 1)}, 'APPROVED', case when failed then 'EXCEPTION' else 'POSTED' end, 1 from (${entries(size)}) e;`,
  },
  {
    what: 'actuals',
    share: 60,
    text: (size) => `
      insert into finance.actual (id, kind, transaction_class, status, hold_code, source_type, source_id, source_version, legal_entity_id, customer_id, engagement_id, contract_id, contract_line_id, project_id, employee_id,
        labor_category_id, work_date, accounting_date, seconds, amount_minor, currency, price_explanation)
        select ${idOf(`' || kind || '`, 'n')}, kind, 'TIME', case when kind <> 'COST' and day < '2025-07-01' then 'BILLED' else 'READY' end, null, 'TIMESHEET_ENTRY', ${idOf('entry', 'n')}, 1, ${idOf('books', 1)},
        ${idOf('customer', `project % ${size.customers}`)}, ${idOf('engagement', `project % ${size.customers}`)}, ${idOf('contract', `project % ${size.customers}`)}, ${idOf('line', `project % ${size.customers}`)},
        ${idOf('project', 'project')}, ${idOf('person', 'person')}, ${idOf('grade', 1)}, day, day, 3600, case kind when 'COST' then 6000 else 10000 end, 'EUR', '{}'
        from (${entries(size)}) e, unnest(array['COST', 'UNBILLED_SALES', 'BILLED_SALES']) kind
        where not failed and (kind <> 'BILLED_SALES' or day < '2025-07-01');
      insert into finance.actual (id, kind, transaction_class, status, hold_code, source_type, source_id, source_version, legal_entity_id, customer_id, engagement_id, contract_id, contract_line_id, project_id, work_date,
        accounting_date, seconds, amount_minor, currency, price_explanation)
        values (${idOf('held', 1)}, 'UNBILLED_SALES', 'TIME', 'NOT_READY', 'HELD', 'EXTERNAL', ${idOf('held', 2)}, 1, ${idOf('books', 1)}, ${idOf('customer', 0)}, ${idOf('engagement', 0)}, ${idOf('contract', 0)},
        ${idOf('line', 0)}, ${idOf('project', 0)}, '2026-02-01', '2026-02-01', 3600, 10000, 'EUR', '{}');`,
  },
  {
    what: 'journal and exceptions',
    share: 4,
    text: (size) => `
      insert into finance.journal_entry (id, legal_entity_id, posting_date, description, source, status, posted_at, customer_id)
        select ${idOf('journal', `p || ' ' || m`)}, ${idOf('books', 1)}, (date '2021-01-28' + make_interval(months => m))::date, 'Month', 'INVOICE', 'POSTED', now(), ${idOf('customer', `p % ${size.customers}`)}
        from generate_series(0, ${size.projects - 1}) p, generate_series(0, 59) m;
      insert into finance.journal_line (id, journal_entry_id, position, legal_entity_id, account, debit_minor, credit_minor, currency, customer_id, contract_id, project_id)
        select uuidv7(), ${idOf('journal', `p || ' ' || m`)}, side, ${idOf('books', 1)}, case side when 1 then 'RECEIVABLE' else 'REVENUE' end, case side when 1 then 200000 else 0 end, case side when 1 then 0 else 200000 end, 'EUR',
        ${idOf('customer', `p % ${size.customers}`)}, ${idOf('contract', `p % ${size.customers}`)}, ${idOf('project', 'p')}
        from generate_series(0, ${size.projects - 1}) p, generate_series(0, 59) m, generate_series(1, 2) side;
      insert into operations.exception (id, process, code, message, status, subject_type, subject_id, customer_id, project_id, owner, seconds, amount_minor, currency, first_seen_at, last_seen_at, ended_at, correlation_id)
        select ${idOf('exception', 'n')}, 'approved-time', 'RATE_NOT_FOUND', 'No rate.', case when failed then 'OPEN' else 'RESOLVED' end, 'TimesheetEntry', ${idOf('entry', 'n')}, ${idOf('customer', `project % ${size.customers}`)},
        ${idOf('project', 'project')}, 'finance', 3600, 10000, 'EUR', day, day, case when failed then null else day end, 'growth' from (${entries(size)}) e where n % 50 = 7;`,
  },
];

const filled = ['time.timesheet_entry', 'finance.actual', 'finance.journal_entry', 'finance.journal_line', 'operations.exception'];

/** Fills an empty, migrated database by set-based statements, as a role that may turn triggers off; balances are made from the rows at the end. */
export async function fillGrowthFirm(url: string, size: Size, progress: (share: number, what: string) => void = () => undefined): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connection: { statement_timeout: 0, TimeZone: 'UTC' } });
  try {
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`set local maintenance_work_mem = '256MB'`;
      const indexes = await dropIndexes(tx);
      let done = 0;
      for (const { what, share, text } of steps) {
        progress(done / 200, what);
        await tx.unsafe(text(size));
        done += share;
      }
      for (const [index, { name, text }] of indexes.entries()) {
        progress((90 + (90 * index) / indexes.length) / 200, `index ${name}`);
        await tx.unsafe(text);
      }
      for (const table of [...filled, 'engagements.customer', 'engagements.project', 'log.reference']) await tx.unsafe(`analyze ${table}`);
    });
  } finally {
    await sql.end();
  }
  progress(0.9, 'balances');
  await makeBalances(url);
  progress(1, 'filled');
}

/** A hundred rows are entered into an index one by one; millions are sorted first. */
async function dropIndexes(tx: TransactionSql): Promise<{ name: string; text: string }[]> {
  const found = await tx<{ name: string; text: string; schema: string }[]>`
    select indexname as name, indexdef as text, schemaname as schema from pg_indexes i
    where schemaname || '.' || tablename = any(${filled}) and not exists (select from pg_constraint where conindid = (quote_ident(schemaname) || '.' || quote_ident(indexname))::regclass)`;
  for (const { name, schema } of found) await tx.unsafe(`drop index ${schema}."${name}"`);
  return found.map(({ name, text }) => ({ name, text }));
}

async function makeBalances(url: string): Promise<void> {
  await using open = openDb({ url, name: 'growth', max: 1, statementTimeout: 0, scope: 'command' });
  for (const balance of subgraphs.flatMap(({ balances = [] }) => balances)) await open.db.transaction((tx) => rebuildBalances(tx, balance));
}
