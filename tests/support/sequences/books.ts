import assert from 'node:assert/strict';
import type { Sql } from 'postgres';
import { brokenRules } from '../historyRules.ts';

/** What must hold of the books whatever was done: each of these is zero. */
async function sumsOf(sql: Sql) {
  const [row] = await sql`select
    (select coalesce(sum(debit_minor - credit_minor), 0)::int from finance.journal_line) as balance,
    (select count(*)::int from (select kind from finance.invoice where number <> '' group by kind, legal_entity_id having count(*) <> max(number_sequence)) as series) as gaps,
    (select count(*)::int from (select source_id from finance.actual where kind in ('UNBILLED_SALES', 'COST') and reverses_id is null and reversed_by_id is null
      group by source_id, kind having count(*) <> 1) as sources) as doubles,
    (select coalesce(sum(credit_minor - debit_minor), 0)::int from finance.journal_line where account = 'REVENUE')
      - (select coalesce(sum(amount_minor), 0)::int from finance.revenue_event where status = 'RECOGNIZED') as unearned,
    (select count(*)::int from finance.actual where kind = 'UNBILLED_SALES' and reverses_id is null and reversed_by_id is null
      and (status in ('ON_INVOICE', 'BILLED')) <> exists (select from finance.invoice where invoice.id = actual.invoice_id and (invoice.status not in ('CANCELLED', 'CREDITED')
        or exists (select from finance.invoice note where note.credits_id = invoice.id and note.concession)))) as astray,
    (select count(*)::int from (select own.id, sum(paper.subtotal_minor) as net, coalesce(sum(billed.minor), 0) as minor
      from finance.invoice own join finance.invoice paper on own.id in (paper.id, paper.credits_id)
      left join (select invoice_id, sum(amount_minor) as minor from finance.actual where kind = 'BILLED_SALES' group by 1) as billed on billed.invoice_id = paper.id
      where own.kind = 'INVOICE' and own.number <> '' group by own.id) as each where net <> minor) as misbilled,
    (select coalesce(sum(credit_minor - debit_minor), 0)::int from finance.journal_line where account = 'CUSTOMER_CREDIT')
      - (select coalesce(sum(amount_minor - applied_minor - refunded_minor), 0)::int from finance.payment where status <> 'REVERSED') as uncredited`;
  return row;
}

/** The books balance and agree with the papers, and no rule of the log is broken. */
export async function checkBooks(sql: Sql): Promise<void> {
  const [unscoped] = await sql`select not row_security_active('log.fact') as sees`;
  assert.ok(unscoped?.sees, 'who checks sees every row: no rule is broken among rows that nobody sees');
  assert.deepEqual({ ...(await sumsOf(sql)) }, { balance: 0, gaps: 0, doubles: 0, unearned: 0, astray: 0, misbilled: 0, uncredited: 0 });
  assert.deepEqual(await brokenRules(sql), {});
}
