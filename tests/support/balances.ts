import type { Sql } from 'postgres';
import { balanceName } from '#kernel/balance.ts';
import { newId } from '#kernel/ids.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { plantCorruption } from './corruption.ts';

/** Every balance that a subgraph keeps. */
export const balances = subgraphs.flatMap(({ balances: own = [] }) => own.map((balance) => ({ ...balance, name: balanceName(balance.table) })));

export type Choice = { what: string; pick: number; size: number };

/** Rows of few customers, projects and months, so that many share a balance. */
export async function ledger(sql: Sql) {
  const [books = '', sheet = '', ...ids] = Array.from({ length: 12 }, () => newId());
  const id = (pick: number) => ids[pick % ids.length] ?? '';
  const day = (pick: number) => `2026-0${1 + (pick % 3)}-1${pick % 9}`;
  await plantCorruption(sql)`insert into finance.legal_entity (id, code, name, currency, country_code) values (${books}, 'F', 'Firm', 'EUR', 'NL')`;
  await plantCorruption(
    sql,
  )`insert into finance.fiscal_period (id, legal_entity_id, name, start_date, end_date) values (${newId()}, ${books}, '2026', '2026-01-01', '2026-12-31')`;
  await plantCorruption(sql)`insert into time.timesheet (id, employee_id, period_start, period_end) values (${sheet}, ${id(0)}, '2026-01-05', '2026-01-11')`;

  const writes: Record<string, (choice: Choice) => Promise<unknown>> = {
    post: ({ pick, size }) =>
      plantCorruption(
        sql,
      )`insert into finance.actual (id, kind, transaction_class, status, hold_code, source_type, source_id, source_version, legal_entity_id, customer_id, contract_id, contract_line_id,
        project_id, work_date, accounting_date, seconds, amount_minor, currency, price_explanation)
        select uuidv7(), ${pick % 2 ? 'COST' : 'UNBILLED_SALES'}, ${pick % 5 ? 'TIME' : 'EXPENSE'}, ${pick % 7 ? 'READY' : 'NOT_READY'}, ${pick % 7 ? null : 'HELD'}, 'EXTERNAL', uuidv7(), 1, ${books},
        ${pick % 11 ? id(pick) : null}, ${id(pick + 1)}, ${pick % 3 ? id(pick) : null}, ${pick % 13 ? id(size) : null}, ${day(pick)}, ${day(pick)}, ${pick % 5 ? 3600 : null}, n * ${pick - 20}, 'EUR', '{}'
        from generate_series(1, ${size}) n`,
    bill: ({ size }) =>
      plantCorruption(
        sql,
      )`update finance.actual set status = 'ON_INVOICE', invoice_id = ${id(0)} where id in (select id from finance.actual where status = 'READY' and kind = 'UNBILLED_SALES' order by id limit ${size})`,
    release: ({ size }) =>
      plantCorruption(
        sql,
      )`update finance.actual set status = 'READY', hold_code = null where id in (select id from finance.actual where status = 'NOT_READY' limit ${size})`,
    mention: ({ size }) => plantCorruption(sql)`update finance.actual set version = version + 1 where id in (select id from finance.actual limit ${size})`,
    reverse: ({ size }) =>
      plantCorruption(sql)`with taken as (select * from finance.actual where reverses_id is null and reversed_by_id is null limit ${size}),
        added as (insert into finance.actual (id, kind, transaction_class, status, source_type, source_id, source_version, legal_entity_id, customer_id, contract_id, contract_line_id, project_id, work_date,
          accounting_date, seconds, amount_minor, currency, price_explanation, reverses_id)
          select uuidv7(), kind, transaction_class, 'READY', source_type, source_id, 1, legal_entity_id, customer_id, contract_id, contract_line_id, project_id, work_date, accounting_date, -seconds, -amount_minor,
          currency, '{}', id from taken returning id, reverses_id)
        update finance.actual set reversed_by_id = added.id from added where actual.id = added.reverses_id`,
    journal: async ({ pick, size }) =>
      sql.begin(async (tx) => {
        const entries = Array.from({ length: size }, () => newId());
        await plantCorruption(
          tx,
        )`insert into finance.journal_entry (id, legal_entity_id, posting_date, description, source) select id, ${books}, ${day(pick)}, 'test', 'MANUAL' from unnest(${entries}::uuid[]) id`;
        await plantCorruption(
          tx,
        )`insert into finance.journal_line (id, journal_entry_id, position, legal_entity_id, account, debit_minor, credit_minor, currency)
          select uuidv7(), id, side, ${books}, case side when 1 then 'RECEIVABLE' else 'REVENUE' end, case side when 1 then ${pick + 1} else 0 end, case side when 1 then 0 else ${pick + 1} end, 'EUR'
          from unnest(${entries}::uuid[]) id, generate_series(1, 2) side`;
        if (pick % 3) await plantCorruption(tx)`update finance.journal_entry set status = 'POSTED', posted_at = now() where id in ${tx(entries)}`;
      }),
    work: ({ pick, size }) =>
      plantCorruption(
        sql,
      )`insert into time.timesheet_entry (id, timesheet_id, employee_id, customer_id, engagement_id, project_id, work_date, billable, seconds, labor_category_id)
        select uuidv7(), ${sheet}, ${id(size)}, ${id(pick)}, ${id(pick)}, ${id(pick + 1)}, ${day(pick)}, ${pick % 2 === 0}, 60 * n, ${pick % 4 ? id(1) : null} from generate_series(1, ${size}) n`,
    approve: ({ pick, size }) =>
      plantCorruption(
        sql,
      )`update time.timesheet_entry set status = 'APPROVED', posting_status = ${pick % 2 ? 'POSTED' : 'EXCEPTION'} where id in (select id from time.timesheet_entry where status = 'DRAFT' limit ${size})`,
    correct: ({ pick, size }) =>
      plantCorruption(
        sql,
      )`update time.timesheet_entry set seconds = seconds + 60, work_date = ${day(pick)}, project_id = ${id(pick)} where id in (select id from time.timesheet_entry order by id desc limit ${size})`,
    forget: ({ size }) => plantCorruption(sql)`delete from time.timesheet_entry where id in (select id from time.timesheet_entry order by id limit ${size})`,
    fail: ({ pick, size }) =>
      plantCorruption(
        sql,
      )`insert into operations.exception (id, process, code, message, subject_type, subject_id, customer_id, owner, seconds, amount_minor, currency, first_seen_at, last_seen_at, correlation_id)
        select uuidv7(), ${`process ${pick % 3}`}, ${pick % 2 ? 'RATE_NOT_FOUND' : 'PERIOD_CLOSED'}, 'why', 'TimesheetEntry', uuidv7(), ${pick % 5 ? id(pick) : null}, 'ops', ${pick % 4 ? 3600 : null},
        ${pick % 3 ? pick : null}, ${pick % 3 ? 'EUR' : null}, now(), now(), 'c' from generate_series(1, ${size})`,
    mend: ({ size }) =>
      plantCorruption(
        sql,
      )`update operations.exception set status = 'RESOLVED', ended_at = now() where id in (select id from operations.exception where status = 'OPEN' limit ${size})`,
    prune: ({ size }) => plantCorruption(sql)`delete from operations.exception where id in (select id from operations.exception order by id limit ${size})`,
  };
  return { books, writes, names: Object.keys(writes) };
}
