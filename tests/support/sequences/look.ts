import type { Sql } from 'postgres';
import type { Terms } from './lane.ts';
import type { expectedOf } from './model.ts';

/** A line of an invoice; `left`: what no note gave back of it; `allowance`: the discount that it is a part of. */
export type SeenLine = { id: string; kind: string; minor: number; left: number; allowance: string | null };
/** What counts of an entry in the ledger, and what waits for a person. */
export type SeenEntry = { cost?: string | undefined; sale?: string | undefined; line?: string | undefined; exception?: string | undefined };

/** What commands point at, as it was after the last one. */
export type Seen = {
  entries: ReadonlyMap<string, SeenEntry>;
  lines: ReadonlyMap<string, readonly SeenLine[]>;
  /** By payment, what of it was paid back and did not come back. */
  refunds: ReadonlyMap<string, readonly { id: string; minor: number }[]>;
};

export const nothingSeen: Seen = { entries: new Map(), lines: new Map(), refunds: new Map() };

type Found = ReturnType<typeof expectedOf>;
type Looked = { found: Found; seen: Seen };

/** The same things as the models know, as the ledger, the papers, the books and the time sheets have them: a question each for all sequences together. */
export async function look(sql: Sql, all: readonly Terms[]): Promise<Map<string, Looked>> {
  const of = (name: 'contractId' | 'customerId' | 'projectId') => [...new Set(all.map((terms) => terms[name]))];
  const [contractIds, projectIds, customerIds] = [of('contractId'), of('projectId'), of('customerId')];
  const [entries, invoices, payments, disputes, sums] = await Promise.all([
    sql`with work as (select id, project_id, status, posting_status from time.timesheet_entry where project_id = any(${projectIds}::uuid[])
        union all select id, project_id, status, posting_status from time.expense_item where project_id = any(${projectIds}::uuid[])),
      counting as (select source_id, string_agg(status, '+') filter (where kind = 'UNBILLED_SALES') as sale, coalesce(sum(amount_minor) filter (where kind = 'UNBILLED_SALES'), 0)::int as minor,
          coalesce(sum(amount_minor) filter (where kind = 'COST'), 0)::int as cost, string_agg(id::text, '+') filter (where kind = 'UNBILLED_SALES') as sale_id,
          string_agg(id::text, '+') filter (where kind = 'COST') as cost_id, string_agg(invoice_line_id::text, '+') filter (where kind = 'UNBILLED_SALES') as line_id
        from finance.actual where project_id = any(${projectIds}::uuid[]) and kind in ('COST', 'UNBILLED_SALES') and reverses_id is null and reversed_by_id is null group by source_id),
      waiting as (select subject_id, string_agg(id::text, '+') as exception_id from operations.exception
        where subject_id in (select id from work) and status = 'OPEN' group by subject_id)
      select work.*, sale, coalesce(cost, 0) as cost, coalesce(minor, 0) as minor, sale_id, cost_id, line_id, exception_id
      from work left join counting on source_id = work.id left join waiting on subject_id = work.id`,
    sql`select id, contract_id, status, subtotal_minor::int as net, paid_minor::int as paid, credited_minor::int as credited, lines
      from finance.invoice own left join lateral (select json_agg(json_build_object('id', line.id, 'kind', line.kind, 'minor', line.amount_minor, 'allowance', line.allowance_id,
          'left', line.amount_minor + coalesce((select sum(note.amount_minor) from finance.invoice_line note where note.credits_line_id = line.id), 0)) order by position) as lines
        from finance.invoice_line line where line.invoice_id = own.id) as its on true
      where contract_id = any(${contractIds}::uuid[]) and kind = 'INVOICE'`,
    sql`select id, reference, status, applied_minor::int as applied, refunded_minor::int as refunded, refunds
      from finance.payment left join lateral (select json_agg(json_build_object('id', refund.id, 'minor', refund.amount_minor) order by refund.id) as refunds
        from finance.payment_refund refund where payment_id = payment.id and reversed_at is null) as its on true
      where customer_id = any(${customerIds}::uuid[])`,
    sql`select dispute.id, contract_id, dispute.status from finance.dispute join finance.invoice on invoice.id = invoice_id where contract_id = any(${contractIds}::uuid[])`,
    sql`select contract_id, coalesce(wip, 0) as wip, coalesce(open, 0) as open, coalesce(lost, 0) as lost, coalesce(accrued, 0) as accrued, coalesce(earned, 0) as earned
      from unnest(${contractIds}::uuid[]) as contract(contract_id)
      left join (select contract_id, sum(amount_minor)::int as wip from finance.actual where contract_id = any(${contractIds}::uuid[])
        and kind = 'UNBILLED_SALES' and status <> 'BILLED' and reverses_id is null and reversed_by_id is null group by 1) as unbilled using (contract_id)
      left join (select line.contract_id, sum(debit_minor - credit_minor) filter (where account = 'RECEIVABLE')::int as open,
          sum(debit_minor - credit_minor) filter (where account = 'BAD_DEBT')::int as lost, sum(debit_minor - credit_minor) filter (where account = 'ACCRUED_REVENUE')::int as accrued,
          sum(credit_minor - debit_minor) filter (where account = 'REVENUE')::int as earned
        from finance.journal_line line join finance.journal_entry entry on entry.id = journal_entry_id
        where line.contract_id = any(${contractIds}::uuid[]) and entry.status = 'POSTED' group by 1) as books using (contract_id)`,
  ]);
  const [worked, billed, paid, disputed] = [by(entries, 'project_id'), by(invoices, 'contract_id'), by(payments, 'reference'), by(disputes, 'contract_id')];
  const [summed] = [by(sums, 'contract_id')];
  return new Map(
    all.map(({ contractId, projectId }) => {
      const [work, bills, money] = [worked.get(projectId) ?? [], billed.get(contractId) ?? [], paid.get(contractId) ?? []];
      const [{ wip, open, lost, accrued, earned } = nothing] = summed.get(contractId) ?? [];
      const found = {
        entries: byId(work, (row) => `${row.status} ${row.posting_status === 'EXCEPTION' ? 'waits' : 'stands'} ${row.cost} ${row.sale ?? 'NONE'} ${row.minor}`),
        invoices: byId(bills, ({ status, net, paid: settled, credited }) => `${status} ${net} ${settled} ${credited}`),
        payments: byId(money, ({ status, applied, refunded }) => `${status} ${applied} ${refunded}`),
        disputes: byId(disputed.get(contractId) ?? [], ({ status }) => String(status)) as Found['disputes'],
        ...{ wip, open, lost, accrued, earned },
      };
      const seen = {
        entries: new Map(work.map((row) => [row.id, { cost: row.cost_id, sale: row.sale_id, line: row.line_id, exception: row.exception_id }])),
        lines: new Map(bills.map(({ id, lines }) => [id, lines ?? []])),
        refunds: new Map(money.map(({ id, refunds }) => [id, refunds ?? []])),
      };
      return [contractId, { found, seen }];
    }),
  );
}

// biome-ignore lint/suspicious/noExplicitAny: rows as the database gives them
type Row = any;

const nothing = { wip: 0, open: 0, lost: 0, accrued: 0, earned: 0 };

const by = (rows: readonly Row[], name: string): Map<string, Row[]> => Map.groupBy(rows, (row) => String(row[name]));
const byId = (rows: readonly Row[], say: (row: Row) => string): Record<string, string> => Object.fromEntries(rows.map((row) => [row.id, say(row)]));
